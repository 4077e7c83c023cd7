"""Countries and bodies, by name, demonym or organ: the same on both sides."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global

from tizim.guard import sentences
from tizim.guard.findings import Finding, Severity
from tizim.guard.sides import Part
from tizim.news.lexicon import Mark

_HINT: Final = 3  # letters by which a word reminds of a country
_BODIES: Final = frozenset({"un", "eu"})


def check(source: Part, target: Part) -> Iterator[Finding]:
    """A country that only one side names."""
    mine, theirs = _states(source), _states(target)
    near_mine, near_theirs = _near(source), _near(target)
    # "مالی" is Mali and "financial": such a word names a country only where the other side names it.
    mine = {code: mark for code, mark in mine.items() if code in theirs or not _is_homonym(source, mark)}
    theirs = {code: mark for code, mark in theirs.items() if code in mine or not _is_homonym(target, mark)}
    lost = [code for code in mine if code not in theirs and code not in near_theirs and not _is_hinted(target, code)]
    extra = [code for code in theirs if code not in mine and code not in near_mine and not _is_hinted(source, code)]
    for code, other in zip(lost, extra, strict=False):
        said = source.said(mine[code].start, mine[code].end)
        mark = theirs[other]
        yield target.found(
            "country", "severe", (mark.start, mark.end),
            sentences.OTHER_COUNTRY.said(source=said, target=target.said(mark.start, mark.end)),
            _name(target, code) or said,
        )  # fmt: skip
    # In its own language a country goes without saying: "the Interior Minister" in Turkish is Turkey's.
    at_home = {_home(source.side.language.locale), _home(target.side.language.locale)}
    for code in _nations(source, mine, [code for code in lost[len(extra) :] if code not in at_home]):
        mark = mine[code]
        yield source.found(
            "country", _weight(source, mark), (mark.start, mark.end),
            sentences.NOT_NAMED.said(source=source.said(mark.start, mark.end)),
        )  # fmt: skip
    for code in _nations(target, theirs, [code for code in extra[len(lost) :] if code not in at_home]):
        mark = theirs[code]
        yield target.found(
            "country", _weight(target, mark), (mark.start, mark.end),
            sentences.NAMED_NEW.said(target=target.said(mark.start, mark.end)),
        )  # fmt: skip


@cache
def _home(locale: str) -> str:
    """The country that most people who write in *locale* live in; none for English, which is written for the world."""
    named = Locale.parse(locale)
    if named.language == "en":
        return ""
    likely = named.territory or get_global("likely_subtags").get(named.language, "").rpartition("_")[2]
    return likely.lower()


def _nations(part: Part, marks: dict[str, Mark], codes: list[str]) -> list[str]:
    """The countries named as such: bodies are named by too many organs, and states by their capitals, to be missed."""
    return [
        code
        for code in codes
        if len(code) == 2
        and code not in _BODIES
        and _is_hinted(Part(part.side, marks[code].start, marks[code].end), code)
    ]


def _weight(part: Part, mark: Mark) -> Severity:
    return "severe" if mark.kind == "state" and part.of("home") == [] else "minor"


def _states(part: Part) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    for mark in part.names:
        if mark.kind in {"state", "people"} and (mark.value not in found or found[mark.value].kind == "people"):
            found[mark.value] = mark
    return found


def _is_homonym(part: Part, mark: Mark) -> bool:
    return any(one.start == mark.start for one in part.of("guard/homonyms"))


def _near(part: Part) -> set[str]:
    """States that are meant by other words than their names: by an organ, a title, or inside a name."""
    found = {mark.value for kind in ("organ", "title") for mark in part.side.of(kind) if _in(part, mark)}
    inner = part.side.grammar.names
    for mark in part.names:
        if mark.kind in {"subject", "official", "outlet"}:
            words = part.side.tokens.words[mark.start : mark.end]
            found |= {one.value for one in inner.find(words, ()) if one.kind.rstrip("AC") in {"state", "people"}}
            if mark.kind == "official":
                found.add(mark.value.partition("\t")[0])
    for quoted in ("fromit", "home", "guard/nation"):
        found |= {mark.value for mark in part.of(quoted) if mark.value}
    return found


def _is_hinted(part: Part, code: str) -> bool:
    """Whether a word of *part* begins as the country's name does: ``sueco`` for Sweden."""
    name = _name(part, code)
    if name is None or part.side.language.letters:
        return False
    start = _plain(name).removeprefix("ال")
    words = [_plain(word).removeprefix("ال") for word in _raw(part)]
    if len(start) <= _HINT:
        return start in words
    if " " in start:  # "Nueva Zelandia" for "Nueva Zelanda": the longest word tells the country
        start = max(start.split(), key=len)
    least = _HINT if len(start) > 5 and not start.isascii() else _HINT + 1
    return any(word.startswith(start[: max(least, len(start) - 4)]) for word in words)


def _raw(part: Part) -> list[str]:
    return part.side.tokens.raw[part.start : part.end]


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))


def _in(part: Part, mark: Mark) -> bool:
    return part.start <= mark.start < part.end


def _name(part: Part, code: str) -> str | None:
    if len(code) != 2 or code in _BODIES:
        return None
    return Locale.parse(part.side.language.locale).territories.get(code.upper())
