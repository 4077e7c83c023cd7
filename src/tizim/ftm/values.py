"""Values of properties, cleaned by the rules of their types: what is no value of its type is none.

Stricter than telling what a person meant, and looser than proof that a number was ever given out.
"""

import csv
import ipaddress
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from tizim.ftm.model import MODEL, Prop
from tizim.text import fold

_SPACE: Final = re.compile(r"\s+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATE: Final = re.compile(
    r"([12]\d{3})(?:-(\d{1,2})(?:-(\d{1,2})"
    r"(?:[T ](\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?(?:Z|\+00:?00)?)?)?)?"
)
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PHONE: Final = re.compile(r"\+[1-9]\d{6,14}")
_LOCAL: Final = re.compile(r"[^<>()\[\],;:?\s@\"]{1,64}")
_DOMAIN: Final = re.compile(r"(?!-)(?:[^\W_](?:[\w-]{0,62})\.)+[\w-]{2,}")
_GENDERS: Final[Mapping[str, str]] = MappingProxyType({
    "m": "male", "man": "male", "masculin": "male", "männlich": "male", "мужской": "male", "男": "male",
    "f": "female", "woman": "female", "féminin": "female", "weiblich": "female", "женский": "female", "女": "female",
    "o": "other", "d": "other", "divers": "other",
})  # fmt: skip
_LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({
    "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bs": "bos", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu",
    "el": "ell", "en": "eng", "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "ko": "kor",
    "ky": "kir", "lt": "lit", "lv": "lav", "mk": "mkd", "ms": "msa", "nl": "nld", "no": "nor", "pl": "pol", "ps": "pus",
    "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tg": "tgk",
    "tk": "tuk", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "zh": "zho",
})  # fmt: skip
"""ISO 639-1 codes; the model has those of three letters"""

Countries = Callable[[str], str]
"""the code of the country that a text names, empty if it names none"""


def as_text(value: object) -> str:
    """A value of any kind as text: numbers as they are written, with three digits after the point at most."""
    if isinstance(value, str) and value.isprintable():
        return value.strip()  # nearly all: it has no sign that the rest is about
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return _CONTROL.sub("", value if isinstance(value, str) else str(value)).encode(errors="replace").decode().strip()


def cleaned(prop: Prop, value: object, countries: Countries) -> str:
    """*value* as the property *prop* has it; empty if it is no value of the property's type."""
    text = as_text(value)
    if not text:
        return ""
    if prop.type == "country":
        return _country(text, countries)
    if prop.type == "identifier" and prop.format:
        return _FORMATS.get(prop.format, _as_it_is)(text)
    return _TYPES.get(prop.type, _as_it_is)(text)


def country_of(value: str, prop: Prop) -> str:
    """The country that a value of another type hints at: that of an IBAN, or of a telephone number; empty where there
    is none, or where several share a calling code.
    """
    if prop.format == "iban":
        code = value[:2].lower()
        return code if code in MODEL.types["country"].values else ""
    if prop.type == "phone":
        codes = _calling_codes()
        return next((codes[value[1:end]] for end in (4, 3, 2) if value[1:end] in codes), "")
    return ""


@cache
def _calling_codes() -> Mapping[str, str]:
    text = resources.files("tizim.ftm").joinpath("calling_codes.csv").read_text(encoding="utf-8")
    return {row["code"]: row["country"] for row in csv.DictReader(text.splitlines(), strict=True)}


def _as_it_is(text: str) -> str:
    return text


def _one_line(text: str) -> str:
    if text.isprintable() and "  " not in text:  # no other space is printable
        return text.strip(" ")
    return _SPACE.sub(" ", text).strip()


def _name(text: str) -> str:
    found = _one_line(text)
    return found[1:-1].strip() if len(found) > 2 and found[0] == found[-1] == '"' else found


def _address(text: str) -> str:
    return ", ".join(line for part in text.splitlines() if (line := _one_line(part).strip(" ,")))


def date(text: str) -> str:
    """A date as far as it is given, ISO 8601; empty if it is none."""
    match = _DATE.fullmatch(text)
    if match is None:
        return ""
    year, month, day, hour, minute, second = (None if part is None else int(part) for part in match.groups())
    if not month:
        return f"{year:04d}"
    if month > 12:
        return ""
    if not day:
        return f"{year:04d}-{month:02d}"
    if day > _DAYS[month - 1] or (month == 2 and day == 29 and not _is_leap(year or 0)):
        return ""
    found = f"{year:04d}-{month:02d}-{day:02d}"
    if hour is None:
        return found
    clock = [(hour, 23), (minute, 59), (second, 59)]
    if any(part is not None and part > most for part, most in clock):
        return ""
    return f"{found}T{':'.join(f'{part:02d}' for part, _ in clock if part is not None)}"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _country(text: str, countries: Countries) -> str:
    known = MODEL.types["country"].values
    code = text.lower()
    if code in known and code != "su":
        return code
    found = _country_names().get(fold(text)) or countries(text)
    return found if found in known else ""


@cache
def _country_names() -> Mapping[str, str]:
    found = {fold(label): code for code, label in MODEL.types["country"].values.items()}
    return {**found, "soviet union": "suhh", "su": "suhh", "ussr": "suhh", "crimea": "ua-cri"}


def _topic(text: str) -> str:
    return text.lower() if text.lower() in MODEL.types["topic"].values else ""


def _gender(text: str) -> str:
    code = text.lower()
    code = _GENDERS.get(code, code)
    return code if code in MODEL.types["gender"].values else ""


def _language(text: str) -> str:
    known = MODEL.types["language"].values
    code = text.lower()
    code = _LANGUAGES.get(code, code)
    if code in known:
        return code
    return next((one for one, label in known.items() if label.lower() == code), "")


def _phone(text: str) -> str:
    found = re.sub(r"[\s().\-/]", "", text)
    if found.startswith("00"):
        found = f"+{found[2:]}"
    return found if _PHONE.fullmatch(found) else ""


def _email(text: str) -> str:
    local, at, domain = text.removeprefix("mailto:").rpartition("@")
    domain = domain.rstrip(".").lower()
    return f"{local}@{domain}" if at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) else ""


def _url(text: str) -> str:
    found = text if re.match(r"[a-z][a-z0-9+.\-]*://", text, re.IGNORECASE) else f"http://{text}"
    try:
        parts = urlsplit(found)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https", "ftp"} or "." not in (parts.hostname or "") or " " in found:
        return ""
    return found if parts.path else parts._replace(path="/").geturl()


def _ip(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


_TYPES: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType({
    "name": _name, "address": _address, "date": date, "topic": _topic, "gender": _gender, "language": _language,
    "phone": _phone, "email": _email, "url": _url, "ip": _ip, "mimetype": str.lower,
})  # fmt: skip


# -- numbers that registers give out -------------------------------------------------------------------


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def _matching(pattern: str, holds: Callable[[str], bool] = bool) -> Callable[[str], str]:
    """Numbers that are written by *pattern* and of which the check digit *holds*."""
    compiled = re.compile(pattern)

    def read(text: str) -> str:
        found = _plain(text)
        return found if compiled.fullmatch(found) and holds(found) else ""

    return read


def _digits_of(text: str) -> int:
    """Letters as two digits, A being 10."""
    return int("".join(str(int(sign, 36)) for sign in text))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


def _weighed(text: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(text, weights, strict=False))


def _imo(text: str) -> str:
    digits = _plain(text).removeprefix("IMO")
    sound = len(digits) == 7 and digits.isdigit() and _weighed(digits, (7, 6, 5, 4, 3, 2)) % 10 == int(digits[6])
    return f"IMO{digits}" if sound else ""


_INN_10: Final = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11: Final = (7, *_INN_10)
_INN_12: Final = (3, *_INN_11)


def _inn(digits: str) -> bool:
    if len(digits) == 10:
        return _weighed(digits, _INN_10) % 11 % 10 == int(digits[9])
    first, second = _weighed(digits, _INN_11) % 11 % 10, _weighed(digits, _INN_12) % 11 % 10
    return (first, second) == (int(digits[10]), int(digits[11]))


_USCC: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))


def _uscc(text: str) -> bool:
    total = sum(_USCC.index(sign) * weight for sign, weight in zip(text[:17], _USCC_WEIGHTS, strict=True))
    return _USCC[-total % 31] == text[17]


def _bic(text: str) -> str:
    found = _matching(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")(text)
    return found[:8]  # the branch is not part of whose it is


def _wikidata(text: str) -> str:
    match = re.fullmatch(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?([QqPp]\d{1,12})", text)
    return match[1].upper() if match else ""


_FORMATS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType[str, Any]({
    "imo": _imo,
    "bic": _bic,
    "wikidata": _wikidata,
    "lei": _matching(r"[A-Z0-9]{18}\d{2}", lambda text: _digits_of(text) % 97 == 1),
    "isin": _matching(r"[A-Z]{2}[A-Z0-9]{9}\d", lambda text: _luhn(str(_digits_of(text)))),
    "inn": _matching(r"\d{10}|\d{12}", _inn),
    "ogrn": _matching(
        r"\d{13}|\d{15}", lambda text: int(text[:-1]) % (11 if len(text) == 13 else 13) % 10 == int(text[-1])
    ),
    "iban": _matching(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", lambda text: _digits_of(text[4:] + text[:4]) % 97 == 1),
    "npi": _matching(r"\d{10}", lambda text: _luhn(f"80840{text}")),
    "uei": _matching(r"[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}"),
    "uscc": _matching(rf"[{_USCC}]{{18}}", _uscc),
    "ssn": _matching(r"(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}"),
    "figi": _matching(r"[A-Z]{2}G[A-Z0-9]{8}\d"),
})  # fmt: skip
