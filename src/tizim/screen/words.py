"""Who a name may be, as JSON and as text."""

import math
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec

from tizim.answer import prose, wire
from tizim.answer.days import day
from tizim.answer.members import Member
from tizim.domain.listing import Status
from tizim.domain.names import Kind, NameKind
from tizim.match.explain import Explanation
from tizim.match.model import MATCH_THRESHOLD
from tizim.screen.listed import Listed, Row
from tizim.text import one_line

_WIDTH = 96
_LONGEST_NAME = 200


def to_json(found: Listed) -> dict[str, Any]:
    """The answer as plain JSON values. Keys are relied on from outside: add, never rename."""
    return {
        "query": found.question.name,
        "schema": found.question.schema or None,
        "algorithm": found.algorithm,
        "threshold": found.question.threshold,
        "match_threshold": MATCH_THRESHOLD,
        "limit": found.question.limit,
        "as_of": wire.as_of(found.as_of),
        "last_observed": found.last_observed.isoformat() if found.last_observed else None,
        "stale": found.stale,
        "names": found.names,
        "subjects": found.subjects,
        "lists": [msgspec.to_builtins(one) for one in found.searched],
        "results": [_row(one) for one in found.results],
    }


def _row(one: Row) -> dict[str, Any]:
    return {
        **wire.member(one.member),
        "kind": one.kind.value,
        "schema": one.schema,
        "main_name": one.main_name,
        "name": one.name,
        "name_kind": one.name_kind.value,
        "score": one.score,
        "order": one.order,
        "match": one.is_match,
        "explanation": msgspec.to_builtins(one.explanation),
    }


def to_lines(found: Listed, *, explained: bool) -> list[str]:
    """The answer as text; *explained*: with the words and reasons behind each score."""
    query = one_line(found.question.name)
    shown = query if len(query) <= _LONGEST_NAME else f"{query[:_LONGEST_NAME]}…"
    lines = _wrapped(f"“{shown}” compared with {_searched(found)}. {prose.times(found.as_of)}")
    lines += _wrapped(_age(found))
    if not found.results:
        return [*lines, "", _none(found)]
    for _, rows in groupby(found.results, key=lambda row: row.member.subject):
        lines += ["", *_subject(list(rows), explained=explained)]
    return [
        *lines, "",
        *_wrapped(
            f"Scores from {MATCH_THRESHOLD:g} on are matches, those below are candidates. A like name is not yet the"
            " person: compare what else is known."
        ),
    ]  # fmt: skip


def _none(found: Listed) -> str:
    if not found.names:
        return "There was no name to compare with."
    lowest = found.question.threshold
    return f"No name scores {lowest:g} or more." if lowest else "No name has a word like it."


def _searched(found: Listed) -> str:
    lists = found.searched[0].list if len(found.searched) == 1 else _count(len(found.searched), "list")
    return f"{_count(found.names, 'name')} of {_count(found.subjects, 'subject')} on {lists}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _age(found: Listed) -> str:
    """How old what was searched is."""
    oldest, newest = found.oldest, found.last_observed
    if oldest is None or oldest.last_observed is None or newest is None:
        return "Nothing held here speaks of a list searched up to that day."
    if oldest.last_observed == newest:
        return f"Rests on what was seen up to {day(newest)}{' (stale)' if found.stale else ''}."
    return (
        f"Rests on what was seen up to {day(newest)}{' (stale)' if found.stale else ''};"
        f" the oldest is of {day(oldest.last_observed)} ({oldest.list})."
    )


def _subject(rows: list[Row], *, explained: bool) -> Iterator[str]:
    """A subject with the lists it is on."""
    first = rows[0]
    score = math.floor(first.score * 1000) / 1000  # a candidate just below a match is not shown as one
    kind = "" if first.kind is Kind.UNKNOWN else f"{first.kind.value}, "
    verdict = "match" if first.is_match else "candidate"
    yield f"{score:.3f}  {verdict:<9}  {one_line(first.main_name)} ({kind}{first.member.subject})"
    if first.name != first.main_name:
        called = "name" if first.name_kind is NameKind.AS_STATED else first.name_kind.value
        yield from _wrapped(f"by the {called} “{one_line(first.name)}”", "       ")
    for row in rows:
        yield from _wrapped(_on_list(row.member), "       ")
    if explained:
        yield from _explained(first.explanation)


def _on_list(one: Member) -> str:
    reference = f" {one.reference}" if one.reference else ""
    state = "unknown on that day" if one.status is Status.UNKNOWN else one.status.value
    if one.status is Status.NOT_OBSERVED and one.last_observed:
        state = f"not observed since {day(one.last_observed)}"
    begun = f"; begun {day(one.since)}" if one.since else ""
    overdue = "; review overdue" if one.overdue else ""
    inside = f"; alias in the entry of {one.carrier}" if one.carrier else ""
    return f"{one.list}{reference}: {state}{begun}{overdue}{inside}"


def _explained(why: Explanation) -> Iterator[str]:
    parts = {
        "words that go together": [f"{one.query} = {one.listed} ({one.how})" for one in why.aligned],
        "words that contradict": [f"{mine} against {theirs}" for mine, theirs in why.contradicted],
        "words of one name only": list(why.omitted),
        "rules": list(why.rules),
        "what moved the score": [f"{one.gain:+.1f} {one.what}" for one in (*why.contributions, *why.facts)],
    }
    for title, told in parts.items():
        if told:
            yield from _wrapped(f"{title}: {'; '.join(told)}", "         ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )  # fmt: skip
