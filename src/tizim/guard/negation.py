"""Negations: how often each side says no, sentence by sentence."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.guard import sentences
from tizim.guard.findings import Finding
from tizim.guard.sides import Part

_REACH: Final = 8  # words between the halves of a negation
_CLOSE: Final = 5  # words between a first half and what negates by itself, too
_BESIDE: Final = 3  # words between a negation and what is not allowed
_BEFORE: Final = 12  # words by which the second half may come first: "aucun pays n'a"

_OPENS: Final = re.compile(r"[.!?…:]|[«“„\"「]$")  # what stands before the first word of a sentence


def check(source: Part, target: Part) -> Iterator[Finding]:
    """A negation that is on one side only, or more often in the source."""
    mine, theirs = places(source), places(target)
    mine, theirs = _not_forbidding(source, mine, target), _not_forbidding(target, theirs, source)
    if not mine and not theirs:
        mine, theirs = _refused(source, target), _refused(target, source)
    if len(mine) == len(theirs):
        return
    if len(mine) > len(theirs) + max(0, _soft(target, theirs) - _soft(source, mine)):
        place = mine[0]
        yield source.found(
            "negation", "severe", (place, place + 1),
            sentences.NEGATION_LOST.said(source=source.said(place, place + 1)),
        )  # fmt: skip
    elif theirs and not mine and not _soft(source, mine):
        # One more "no" beside another, or where the source refuses or doubts, is how a language says it.
        place = theirs[0]
        yield target.found(
            "negation", "severe", (place, place + 1),
            sentences.NEGATION_NEW.said(target=target.said(place, place + 1)),
        )  # fmt: skip


def _not_forbidding(part: Part, counted: list[int], other: Part) -> list[int]:
    """*counted* without those of "not allowed" in *part*, where *other* alone says "forbidden"."""
    if not counted or part.of("guard/forbid") or not other.of("guard/forbid") or other.of("guard/allow"):
        return counted
    allowed = [mark.start for mark in part.of("guard/allow")]
    return [
        place
        for place in counted
        if not any(abs(place - one) <= _BESIDE and _is_one_clause(part, place, one) for one in allowed)
    ]


def _refused(part: Part, other: Part) -> list[int]:
    """A refusal in *part*, where nothing in *other* says no in any way."""
    return [] if _soft(other, []) else [mark.start for mark in part.of("guard/neg_refuse")[:1]]


def _soft(part: Part, counted: list[int]) -> int:
    """How many words may stand for a negation, those left out that are *counted* as one."""
    # "sans doute" is none; "пока не" and the verb of "не исключать" may stand for one though they negate nothing.
    none = {place for mark in part.of("guard/neg_drop") for place in range(mark.start, mark.end)}
    found = {
        mark.start
        for mark in part.of("guard/neg_soft")
        if set(counted).isdisjoint(range(mark.start, mark.end))
        and (mark.end - mark.start > 1 or mark.start not in none)
    }
    softly, words = part.side.lexicon.softly, part.side.tokens.words
    if softly is not None:
        found |= {
            place for place in range(part.start, part.end) if place not in counted and softly.search(words[place])
        }
    return len(found)


def places(part: Part) -> list[int]:
    """The words that negate in *part*, one for each negation."""
    dropped = {place for mark in part.of("guard/neg_drop") for place in range(mark.start, mark.end)}
    found = {mark.start for mark in part.of("guard/neg") if mark.start not in dropped}
    found = {place for place in found if not _is_placeholder(part, place) and not _is_number_sign(part, place)}
    tokens = part.side.tokens
    if (never := part.side.lexicon.never) is not None:
        found = {place for place in found if not never.search(tokens.words[place])}
    found = _merged(part, found)
    found |= _halves(part, dropped, found)
    negated = part.side.lexicon.negated
    if negated is not None:
        named = {place for mark in part.names for place in range(mark.start, mark.end)}
        before = {mark.start - 1 for mark in part.of("guard/neg_before")}
        found |= {
            place
            for place in range(part.start, part.end)
            if place not in dropped
            and place not in before
            and place not in named
            and not _is_written_as_name(part, place)
            and negated.search(tokens.words[place])
            and not _is_whether(part, place)
        }
    joining = {mark.end for mark in part.of("conj")}
    for mark in part.of("guard/neg_lead"):
        # Behind "no" it goes on with that negation; before the verb, and behind "and", it is one by itself.
        if mark.start in joining or not any(_is_one_clause(part, place, mark.start) for place in found):
            found.add(mark.start)
    return sorted(found)


def _merged(part: Part, found: set[int]) -> set[int]:
    """*found* without second halves that are told as phrases behind a first one: "ne peut toujours pas"."""
    heads = found & {mark.start for mark in part.of("guard/half")}
    return {
        place
        for place in found
        if place in heads or not any(0 < place - head <= _CLOSE and _is_one_clause(part, head, place) for head in heads)
    }


def _is_written_as_name(part: Part, place: int) -> bool:
    """Whether the word has a capital that no sentence and no quotation begins with."""
    tokens = part.side.tokens
    if not part.side.language.capitals or not tokens.raw[place][0].isupper() or place == part.start:
        return False
    return not _OPENS.search(tokens.text[tokens.ends[place - 1] : tokens.starts[place]])


def _is_one_clause(part: Part, one: int, other: int) -> bool:
    """Whether two words are near each other with no border between them."""
    first, last = sorted((one, other))
    return last - first <= _REACH and not any(part.side.tokens.border[first + 1 : last + 1])


def _halves(part: Part, dropped: set[int], found: set[int]) -> set[int]:
    """First halves that have their second, and second halves that negate without a first."""
    halves = [
        mark.start
        for mark in part.of("guard/half")
        if mark.start not in dropped and not _is_placeholder(part, mark.start)
    ]
    others = [mark.start for mark in part.of("guard/other") if mark.start not in dropped]
    leads = [mark.start for mark in part.of("guard/other_lead") if mark.start not in dropped]
    whole = {
        half
        for half in halves
        if any(0 < other - half <= _REACH for other in (*others, *leads))
        or any(0 < half - lead <= _BEFORE for lead in leads)
    }
    alone = set[int]()
    for lead in leads:
        beside = (*whole, *found, *alone)
        if not any(-_REACH <= place - lead <= _BEFORE for place in beside) and not any(
            0 < verb.start - lead <= _BEFORE or _is_one_clause(part, verb.start, lead)
            for verb in part.of("guard/verbs")
        ):
            alone.add(lead)
    # "n'avait pas de" is one negation, though "pas de" is one without its first half, too.
    return {
        place
        for place in (*whole, *alone)
        if not any(place != one and (abs(place - one) < 2 or 0 < one - place < _CLOSE) for one in found)
    }


def _is_whether(part: Part, place: int) -> bool:
    """Whether the word only says "or not" after the one before it."""
    whether, words = part.side.lexicon.whether, part.side.tokens.words
    return whether is not None and place > 0 and whether.search(f"{words[place - 1]} {words[place]}") is not None


def _is_number_sign(part: Part, place: int) -> bool:
    """Whether "no" is short for number: "No. 41"."""
    tokens = part.side.tokens
    if tokens.words[place] != "no" or place + 1 >= len(tokens):
        return False
    between = tokens.text[tokens.ends[place] : tokens.starts[place + 1]].strip()
    return tokens.words[place + 1][0].isdigit() and between in {"", ".", "°", "º", ".º"}


def _is_placeholder(part: Part, place: int) -> bool:
    """Whether the word is the name of a placeholder: ``{n}``."""
    text, start = part.side.text, part.side.tokens.starts[place]
    return text[max(0, start - 1) : start] in {"{", "%"}
