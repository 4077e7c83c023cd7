"""What is done with a listing: put on, taken off, suspended or extended must be the same on both sides."""

from collections.abc import Iterator
from typing import Final

from tizim.guard import negation, sentences
from tizim.guard.findings import Finding
from tizim.guard.languages import SENSES
from tizim.guard.sides import Part
from tizim.news.lexicon import Mark

_OPPOSITE: Final = {"on": "off", "off": "on"}
_CONTEXT: Final = (
    "list",
    "blacklist",
    "ban",
    "sanctions",
    "terror",
    "terrorist",
    "status",
    "group",
    "instrument",
    "guard/entry",
)
_TURNED: Final = (("guard/forbid", "guard/allow"), ("guard/fail", "guard/manage"))
_DENIED: Final = 4  # words between a negation and the act behind it
_NEAR: Final = 12  # words between an act and what makes it one on a listing


def check(source: Part, target: Part) -> Iterator[Finding]:
    """An act on a listing that the other side does not tell, or tells as another."""
    yield from _assets(source, target)
    yield from _turned(source, target)
    sure_mine, sure_theirs = _sure(source), _sure(target)
    extra = [sense for sense in SENSES if len(sure_theirs[sense]) > len(_any(source, sense))]
    swapped = [sense for sense in SENSES if len(sure_mine[sense]) > len(sure_theirs[sense]) and sense not in extra]
    # Said once more, and the other said by a word that may stand for it, is no swap: "list him … renew it".
    if extra and swapped and not (_any(source, extra[0]) and _any(target, swapped[0])):
        mark, mine = sure_theirs[extra[0]][-1], sure_mine[swapped[0]][0]
        yield target.found(
            "term", "severe", (mark.start, mark.end),
            sentences.OTHER_ACT.said(source=_of(source, mine), target=_of(target, mark)),
            _suggested(target, swapped[0]),
        )  # fmt: skip
        return
    if (turned := _suspended(source, target) or _undone(source, target)) is not None:
        sense, mine, mark = turned
        yield target.found(
            "term", "severe", (mark.start, mark.end),
            sentences.OTHER_ACT.said(source=_of(source, mine), target=_of(target, mark)),
            _suggested(target, sense),
        )  # fmt: skip
        return
    are_of_lists = _is_of_lists(source.side.whole) or _is_of_lists(target.side.whole)
    for sense in extra:
        other = _OPPOSITE.get(sense)
        is_other = other is not None and (
            any(_acts(source, one) > _acts(target, one) for one in (other, "extend"))
            or (sense == "off" and _is_on_list(target, sure_theirs[sense][-1]) and bool(_sure_acts(source, other)))
        )
        is_told = _is_of_lists(source) or _is_of_lists(target) if sense == "suspend" else is_other and are_of_lists
        if is_told and not _any(source, sense):
            mark = sure_theirs[sense][-1]
            yield target.found(
                "term", "severe", (mark.start, mark.end),
                sentences.NEW_ACT.said(target=_of(target, mark)),
                _suggested(target, other) if other is not None else None,
            )  # fmt: skip
            return
    for sense in SENSES:
        is_turned = bool(sure_theirs.get(_OPPOSITE.get(sense, "")))
        told = [mark for mark in sure_mine[sense] if is_turned or _is_on_list(source, mark)]
        if told and not _any(target, sense):
            mark = told[0]
            yield source.found(
                "term", "severe", (mark.start, mark.end),
                sentences.NO_ACT.said(source=_of(source, mark)),
                _suggested(target, sense),
            )  # fmt: skip


def _suspended(source: Part, target: Part) -> tuple[str, Mark, Mark] | None:
    """What is extended in *source*, where *target* has only a word that may say it is suspended."""
    mine = _sure(source)["extend"]
    if not mine or _any(source, "suspend") or _any(target, "extend") or not _is_of_lists(source.side.whole):
        return None
    frozen = {mark.start for mark in target.of("guard/freeze")}
    theirs = next((mark for mark in _any(target, "suspend") if mark.start not in frozen), None)
    return None if theirs is None else ("extend", mine[0], theirs)


def _undone(source: Part, target: Part) -> tuple[str, Mark, Mark] | None:
    """An act that *source* tells, and *target* with a negation inside the word: Turkish ``çıkarılmaması``."""
    places = negation.places(target)
    if target.side.lexicon.negated is None or len(places) <= len(negation.places(source)):
        return None
    for sense in ("on", "off"):
        mine, theirs = _sure(source)[sense], _sure(target)[sense]
        if len(mine) == len(theirs) == 1 and theirs[0].end - 1 in places and not _is_denied(source, mine[0]):
            return sense, mine[0], theirs[0]
    return None


def _assets(source: Part, target: Part) -> Iterator[Finding]:
    """Assets that are frozen on one side and released on the other."""
    for one, other in (("guard/freeze", "guard/free"), ("guard/free", "guard/freeze")):
        mine, theirs = source.of(one), target.of(other)
        if mine and theirs and not source.of(other) and not target.of(one):
            yield target.found(
                "term", "severe", (theirs[0].start, theirs[0].end),
                sentences.OTHER_ACT.said(source=_of(source, mine[0]), target=_of(target, theirs[0])),
            )  # fmt: skip
            return


def _turned(source: Part, target: Part) -> Iterator[Finding]:
    """What is forbidden on one side and allowed on the other, or fails on one and succeeds on the other."""
    for no, yes in _TURNED:
        # "not allowed" is "forbidden", and "barely managed" may be "failed".
        if (mine := _turned_into(source, target, no, yes)) is not None:
            yield source.found(
                "negation", "severe", (mine.start, mine.end),
                sentences.NEGATION_LOST.said(source=_of(source, mine)),
            )  # fmt: skip
        elif (theirs := _turned_into(target, source, no, yes)) is not None:
            yield target.found(
                "negation", "severe", (theirs.start, theirs.end),
                sentences.NEGATION_NEW.said(target=_of(target, theirs)),
            )  # fmt: skip


def _turned_into(one: Part, other: Part, no: str, yes: str) -> Mark | None:
    """The word by which *one* says *no*, where *other* only says *yes*."""
    denying, granting = one.of(no), other.of(yes)
    if not denying or not granting or one.of(yes) or other.of(no):
        return None
    if _is_denied(one, denying[0]) or any(_is_denied(other, mark) for mark in granting):
        return None
    return denying[0]


def _is_denied(part: Part, mark: Mark) -> bool:
    """Whether a word that negates, or may stand for one that does, is near *mark* or in its clause behind it."""
    words = {*negation.places(part), *(one.start for one in part.of("guard/neg_soft"))}
    border = part.side.tokens.border
    own = range(mark.start, mark.end)
    return any(
        place not in own
        and (
            mark.start - _DENIED <= place < mark.start or (place >= mark.end and not any(border[mark.end : place + 1]))
        )
        for place in words
    )


def _is_of_lists(part: Part) -> bool:
    return any(part.of(kind) for kind in _CONTEXT) or any(mark.kind == "subject" for mark in part.names)


def _is_on_list(part: Part, mark: Mark) -> bool:
    """Whether a list, a ban or somebody listed is told of near the act at *mark*, and not with the act alone."""
    near = range(mark.start - _NEAR, mark.end + _NEAR)
    return any(one.start in near for kind in _CONTEXT for one in part.of(kind)) or any(
        one.kind == "subject" and one.start in near for one in part.names
    )


def _sure(part: Part) -> dict[str, list[Mark]]:
    return {sense: part.of(f"guard/sure/{sense}") for sense in SENSES}


def _any(part: Part, sense: str) -> list[Mark]:
    """The words that say *sense*, surely or not."""
    found: list[Mark] = []
    for mark in sorted(
        (*part.of(f"guard/sure/{sense}"), *part.of(f"guard/also/{sense}")), key=lambda mark: (mark.start, mark.end)
    ):
        if not found or mark.start >= found[-1].end:
            found.append(mark)
    return found


def _acts(part: Part, sense: str) -> int:
    """How many words say *sense*, the word "list" itself left out."""
    lists = {mark.start for kind in ("list", "blacklist") for mark in part.of(kind)}
    return sum(mark.start not in lists for mark in _any(part, sense))


def _sure_acts(part: Part, sense: str) -> list[Mark]:
    return part.of(f"guard/sure/{sense}")


def _of(part: Part, mark: Mark) -> str:
    return part.said(mark.start, mark.end)


def _suggested(part: Part, sense: str) -> str:
    """The word of the target's language for *sense*."""
    return part.side.habits.say[sense]
