"""Names as this list prints them: aliases run together in one cell, the French name behind a slash.

What cannot be parted without guessing stays whole and says so (`ALTERNATIVES`, `LIST`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from tizim.text import one_line, script_of

ALTERNATIVES: Final = "alternatives inside"
"""facet ``form``: parts of the name are given twice (``Evgenyevich or Evgenievich``)"""
LIST: Final = "list, not parted"
"""facet ``form``: its commas may part names or stand inside one"""

_LANGUAGES: Final = {
    "russian": "ru", "belarusian": "be", "belarussian": "be", "ukrainian": "uk", "arabic": "ar", "persian": "fa",
    "farsi": "fa", "burmese": "my", "chinese": "zh", "hebrew": "he", "serbian": "sr",
}  # fmt: skip
_LABEL: Final = re.compile(rf"\b({'|'.join(_LANGUAGES)})\s?:\s*", re.IGNORECASE)
# Legal forms that stand behind a company's name after a comma, in the letters of this list.
_LEGAL_FORM: Final = re.compile(
    r"(?:pte|pvt|co|company|corp)?\.?\s?(?:ltd|limited|llc|llp|inc|incorporated|plc|pjsc|ojsc|cjsc|jsc|oao|ooo|zao|pao"
    r"|ao|oo|gmbh|ag|s\.?\s?a|s\.?\s?a\.?\s?r\.?\s?l|fsue|lp|kg|bv|nv|sc|corp|co"
    r"|ооо|оао|зао|пао|ао|сао|нао|мк|фгуп|гуп|некоммерческое партнерство)\.?",
    re.IGNORECASE,
)
_QUOTES: Final = {"“": "”", "«": "»", "„": "“", "(": ")"}
_KNOWN_AS: Final = re.compile(
    r"\s*\((?:also\s+known|formerly\s+known|also\s+kno\w*)\s+as\s+([^()]*)\)?\s*$", re.IGNORECASE
)
_FRENCH: Final = re.compile(
    r"[éèêàâçîôû]|\b(?:de|du|des|et|la|le)\b|\b[dl]['’]|^(?:Institut|Universit|Organis|Monopole|Agence)", re.IGNORECASE
)
_SPELLED_TWICE: Final = re.compile(r"^(.*\S)\s+\((\S+)\)$")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One name, the language it is said to be in (BCP 47), and how it stands, where it stands oddly."""

    text: str
    language: str = ""
    form: str = ""


@lru_cache(maxsize=8192)
def entity(printed: str) -> tuple[Found, ...]:
    """The names in the cell of an organisation or ship: the main name first, then the French one and others."""
    line = one_line(printed)
    known_as = _KNOWN_AS.search(line)
    others = [Found(text=known_as[1])] if known_as and known_as[1].strip() else []
    if known_as:
        line = line[: known_as.start()]
    english, slash, french = line.partition("/")
    if slash and "/" not in french and "(" not in _outside(english) and _FRENCH.search(french):
        return (Found(text=english.strip()), Found(text=french.strip(), language="fr"), *others)
    return (Found(text=line.strip()), *others)


def _outside(text: str) -> str:
    """*text* with what its closed brackets hold taken out, so that a bracket left over is an open one."""
    return re.sub(r"\([^()]*\)", "", text)


@lru_cache(maxsize=8192)
def spellings(printed: str) -> tuple[str, ...]:
    """``DIKIY (DIKY)`` is two spellings of a family name."""
    line = one_line(printed)
    match = _SPELLED_TWICE.match(line)
    return (match[1], match[2]) if match else (line,)


@lru_cache(maxsize=8192)
def aliases(printed: str, *, of_person: bool) -> tuple[Found, ...]:
    """Every name in a cell of aliases, parted where that is safe."""
    found: list[Found] = []
    for language, text in _by_language(one_line(printed)):
        for part in _parted(text, ";"):
            names = _of_person(part) if of_person else _of_entity(part)
            for number, (name, form) in enumerate(names):
                # ``Russian: A / B`` gives the name in two languages, of which one is named.
                of_label = language if not (number and "/" in part) else ""
                found.append(Found(text=name, language=of_label, form=form))
    return tuple(dict.fromkeys(name for name in found if name.text))


def _by_language(text: str) -> Iterator[tuple[str, str]]:
    """The text before any label, then what follows each: ``X, Russian: Y`` is ``X`` and ``Y`` in Russian."""
    head, *rest = _LABEL.split(text)
    yield "", head
    for label, part in zip(rest[::2], rest[1::2], strict=True):
        yield _LANGUAGES[label.lower()], part


_OPENS: Final = re.compile(r'(?:^|(?<=[\s(,;]))"(?=\w)')
_CLOSES: Final = re.compile(r'(?<=[\w.,!»”])"(?=[\s,;)]|$)')


def _parted(text: str, mark: str) -> list[str]:
    """*text* at every *mark* that stands outside brackets and quotation marks that are closed again.

    A straight quotation mark is its own end: the letter or blank beside it tells which it is.
    """
    parts: list[str] = []
    ends: list[str] = []
    start = straight = 0
    last = {end: text.rfind(end) for end in (*_QUOTES.values(), '"')}
    turns = dict.fromkeys((match.start() for match in _OPENS.finditer(text)), 1)
    turns |= dict.fromkeys((match.start() for match in _CLOSES.finditer(text)), -1)
    for at, letter in enumerate(text):
        straight += turns.get(at, 0)
        if ends and letter == ends[-1]:
            ends.pop()
        elif letter in _QUOTES and last[_QUOTES[letter]] > at:
            ends.append(_QUOTES[letter])
        elif letter == mark and not ends and not (straight > 0 and last['"'] > at):
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _of_person(text: str) -> Iterator[tuple[str, str]]:
    """The list prints given names before the family name, so that a comma parts names of persons."""
    for part in _parted(text, ","):
        name = _clean(part)
        for joint in (r"\s+and\s+", r"\s+or\s+", r"\s*/\s*"):
            split = re.split(joint, name)
            if len(split) > 1 and _are_whole(split, is_or="or" in joint):
                yield from ((_clean(piece), _oddly(piece)) for piece in split)
                break
        else:
            yield name, _oddly(name)


def _are_whole(pieces: list[str], *, is_or: bool) -> bool:
    """Whether each of *pieces* is a whole name, and none a part of one that is given twice.

    ``Ilia Petrovich or Petrovych Vell`` has two words on either side, but they do not begin alike.
    """
    counts = {len(piece.split()) for piece in pieces}
    if not is_or:
        if any(re.search(r"\sor\s", piece) for piece in pieces):
            return False
        return len(counts) == 1 or min(counts) > 1
    begin = {(piece.strip()[:1].casefold(), script_of(piece)) for piece in pieces}
    alike = len(begin) == 1 or len({script for _, script in begin}) == len(pieces)
    return len(counts) == 1 and (alike or counts != {2})


def _oddly(name: str) -> str:
    return ALTERNATIVES if re.search(r"\s(?:or|and)\s|/", name) else ""


def _of_entity(text: str) -> Iterator[tuple[str, str]]:
    """At ``or`` and at commas, but not before a legal form, and not at all where a piece looks like half a name."""
    for part in re.split(r"\s+or\s+(?=[\"“«A-ZА-ЯЁ])", text):
        pieces: list[str] = []
        for piece in _parted(part, ","):
            bare = piece.strip()
            joins = pieces and (_LEGAL_FORM.fullmatch(bare) or _LEGAL_FORM.fullmatch(pieces[-1].strip()))
            if joins:
                pieces[-1] = f"{pieces[-1].strip()}, {bare}"
            elif bare:
                pieces.append(bare)
        if any(_is_half(piece) for piece in pieces[1:]):
            yield _clean(part), LIST
        else:
            yield from ((_clean(piece), "") for piece in pieces)


def _is_half(piece: str) -> bool:
    """Whether a piece behind a comma cannot stand alone: it begins with a small letter or a joining word."""
    first = piece.lstrip("\"“«'‘„")[:1]
    return first.islower() and not piece.startswith(("the ", "l'"))


def _clean(text: str) -> str:
    """The name without stray marks at its edges and the words that join it to the others."""
    name = re.sub(r"^(?:or|and|also)\s+", "", one_line(text).strip(" ,;:"))
    name = name.strip(" ,;")
    if name.count("(") != name.count(")"):
        name = name.strip("() ")
    if re.fullmatch(r"“[^“”]*”|\"[^\"]*\"", name):
        name = name[1:-1].strip()
    return name
