"""What the prose of Deskripsi says in a fixed form: dates of birth, numbers of documents, telephones, mail."""

import re
from typing import Final

import msgspec

from tizim.sources.id_ppatk.dates import Born, leading

_LABEL: Final = re.compile(
    r"\b(?:(?:DOB|tanggal lahir|tgl\.? lahir|tahun lahir|lahir (?:pada )?tahun)\b"
    r"(?:\s+(?:dan POB|lainnya|tambahan|yaitu|pada))*\s*:?\s*)+",
    re.IGNORECASE,
)
_PASSPORT: Final = re.compile(
    r"\b(?:nomor|no)\.?\s+(?:paspor|passport|pasport)\s*:?\s+(?:number\s+)?"
    r"(?P<country>(?:[A-Z][a-z]+\s+){0,3}?)\s*:?\s*(?P<first>[A-Z]{0,3}\s?-?\d{4,12})(?P<more>(?:[,;]\s[A-Z]{0,3}\d{4,12}\b)*)",
    re.IGNORECASE,
)
_OWN_NUMBERS: Final = (
    ("NIK", re.compile(r"\bNIK\s*:?\s*(\d{16})\b")),
    ("NPWP", re.compile(r"\bNPWP(?:\s\d)?\s*:\s*([\d.-]{12,24}\d)")),
)
_PHONES: Final = re.compile(r"\btelp\.?\s*:?\s*((?:\+?[\d(][\d\s()-]{5,18}\d(?:\s*[,/]\s*)?)+)", re.IGNORECASE)
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,}")
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s;,()]+", re.IGNORECASE)


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """The number of a document, its kind, and the country that the prose names before it."""

    value: str
    kind: str
    country: str


def births(text: str) -> list[Born]:
    """Dates that follow a label such as ``DOB`` or ``tanggal lahir`` at once; others stay prose."""
    found: list[Born] = []
    for label in _LABEL.finditer(text):
        found += leading(text[label.end() :])[0]
    return found


def numbers(text: str) -> list[Number]:
    """Numbers of passports, of identity (NIK) and of the tax office (NPWP), where they are labelled."""
    found = []
    for match in _PASSPORT.finditer(text):
        country = " ".join(dict.fromkeys(word for word in match["country"].split() if word.casefold() != "number"))
        values = [match["first"], *(more.strip() for more in re.split(r"[,;]\s", match["more"]) if more)]
        found += [Number(value=" ".join(v.split()), kind="passport", country=country) for v in values if v.strip()]
    for kind, pattern in _OWN_NUMBERS:
        found += [Number(value=match[1], kind=kind, country="") for match in pattern.finditer(text)]
    return found


def contacts(text: str) -> list[tuple[str, str]]:
    """Telephones and addresses of mail, each with its kind."""
    found = [
        ("phone", phone.strip())
        for match in _PHONES.finditer(text)
        for phone in re.split(r"[,/]", match[1])
        if phone.strip()
    ]
    return found + [("e-mail", match[0]) for match in _MAIL.finditer(text)]


def links(text: str) -> list[str]:
    """Addresses of pages, as printed."""
    return [match[0].rstrip(".") for match in _LINK.finditer(text)]
