"""Two lists beside each other, as JSON and as text."""

from typing import Any

from tizim.answer import prose, wire
from tizim.answer.days import day
from tizim.audit.beside import Beside, Counterpart, Pair


def to_json(found: Beside) -> dict[str, Any]:
    """Two lists beside each other as plain JSON values."""
    return {
        "as_of": wire.as_of(found.as_of),
        "national": found.national.list,
        "reference": found.reference.list,
        "last_observed": found.national.last_observed.isoformat() if found.national.last_observed else None,
        "stale": found.national.stale,
        "pairs": [
            {
                "national": wire.member(pair.national),
                "counterpart": pair.counterpart.value,
                "reference": wire.member(pair.reference) if pair.reference else None,
                "associated": pair.associated,
                "by_judgement_of": list(pair.by_judgement_of),
            }
            for pair in found.pairs
        ],
    }


def to_lines(found: Beside) -> list[str]:
    """Two lists beside each other as a table, with what rests on a judgement marked."""
    own, other = found.national, found.reference
    age = f"{own.list} rests on what was seen up to {day(own.last_observed)}"
    beside = (
        f"{other.list} on the copy of {day(other.copy_before)}"
        if other.copy_before
        else (f"{other.list} has no copy before that day (the first known is of {day(other.copy_after)})")
    )
    head = [f"{own.list} beside {other.list}. {prose.times(found.as_of)}", f"{age}; {beside}."]
    if not found.pairs:
        return [*head, "Nothing held here has a member of the national list on that day."]
    rows = [(_name(pair), _state(pair), _beside(pair)) for pair in found.pairs]
    lines = [*head, "", *prose.table((own.list, "state", other.list), rows, 58)]
    judged = [pair for pair in found.pairs if pair.by_judgement_of]
    if judged:
        authors = ", ".join(sorted({author for pair in judged for author in pair.by_judgement_of}))
        lines += [
            "",
            f"* {len(judged)} pairs rest on judgements of the {authors}, not on a number that a list prints.",
        ]
    return lines


def _name(pair: Pair) -> str:
    return pair.national.name


def _state(pair: Pair) -> str:
    return pair.national.status.value.replace("_", " ")


def _beside(pair: Pair) -> str:
    if pair.counterpart is Counterpart.SAME and pair.reference is not None:
        mark = " *" if pair.by_judgement_of else ""
        state = "" if pair.reference.status.value == "listed" else f" ({pair.reference.status.value.replace('_', ' ')})"
        return f"{pair.reference.reference}{mark}{state} {pair.reference.name}"
    if pair.counterpart is Counterpart.MEMBERS_ONLY:
        return f"no entry of its own; {pair.associated} associated entries ({pair.associated_on})"
    return "none"
