"""What is done with a listing: put on, taken off, suspended or extended must be the same on both sides."""

from collections.abc import Iterator
from typing import Final

from tizim.guard.findings import Finding
from tizim.guard.languages import SENSES
from tizim.guard.sides import Part
from tizim.news.lexicon import Mark

_SAID: Final = {
    "on": "put on a list", "off": "taken off a list", "suspend": "suspended", "extend": "extended or kept",
}  # fmt: skip
_CONTEXT: Final = ("list", "blacklist", "ban", "sanctions", "terror", "terrorist", "status", "group", "instrument")


def check(source: Part, target: Part) -> Iterator[Finding]:
    """An act on a listing that the other side does not tell."""
    if not _is_of_lists(source) and not _is_of_lists(target):
        return
    sure_mine, sure_theirs = _sure(source), _sure(target)
    lost = [sense for sense in SENSES if len(sure_mine[sense]) > len(_any(target, sense))]
    extra = [sense for sense in SENSES if len(sure_theirs[sense]) > len(_any(source, sense))]
    for sense in lost:
        instead = next((one for one in extra if one != sense), None)
        marks = sure_theirs[instead] if instead else []
        if marks:
            place = marks[-1]
            yield target.found(
                "term", "severe", (place.start, place.end),
                f"The source says “{_of(source, sure_mine[sense][0])}” ({_SAID[sense]}); this says {_SAID[instead or '']}.",
                _suggested(target, sense),
            )  # fmt: skip
        else:
            place = sure_mine[sense][0]
            yield source.found(
                "term", "severe", (place.start, place.end),
                f"The source says “{_of(source, place)}” ({_SAID[sense]}); no word of the translation says so.",
                _suggested(target, sense),
            )  # fmt: skip
    if not lost and any(sure_mine.values()):
        for sense in extra:
            if any(one != sense and len(_any(source, one)) > len(_any(target, one)) for one in SENSES):
                place = sure_theirs[sense][-1]
                yield target.found(
                    "term", "severe", (place.start, place.end),
                    f"The translation says “{_of(target, place)}” ({_SAID[sense]}); the source does not.",
                )  # fmt: skip


def _is_of_lists(part: Part) -> bool:
    return any(part.of(kind) for kind in _CONTEXT) or any(mark.kind == "subject" for mark in part.names)


def _sure(part: Part) -> dict[str, list[Mark]]:
    return {sense: part.of(f"sure/{sense}") for sense in SENSES}


def _any(part: Part, sense: str) -> list[Mark]:
    """The words that say *sense*, surely or not."""
    found: list[Mark] = []
    for mark in sorted((*part.of(f"sure/{sense}"), *part.of(f"also/{sense}")), key=lambda mark: (mark.start, mark.end)):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return found


def _of(part: Part, mark: Mark) -> str:
    return part.said(mark.start, mark.end)


def _suggested(part: Part, sense: str) -> str | None:
    """A word of the target's language for *sense*."""
    patterns = getattr(part.side.habits, sense).split(",")
    words = (one.strip() for one in patterns)
    return next((word for word in words if word and not set(word) & set("*/~? ")), None)
