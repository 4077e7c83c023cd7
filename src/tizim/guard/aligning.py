"""Which sentences of the two texts belong together: by length, numbers, dates and names."""

import math
from typing import Final, NamedTuple

from tizim.guard.numbers import said_in
from tizim.guard.sides import Part, Side

_STEPS: Final = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3))
_BAND: Final = 40  # sentences that one text may run ahead of the other
_MERGE: Final = 0.35
_SKIP: Final = 0.35
_LONG: Final = 80  # characters, in English, of a sentence that costs the most to leave out


class Pair(NamedTuple):
    """Sentences of the source and those of the target that say the same; one of the two may be empty."""

    source: Part
    target: Part


class _Row(NamedTuple):
    length: float
    anchors: frozenset[str]


def align(source: Side, target: Side) -> list[Pair]:
    """The pairs, in the order of the texts."""
    mine, theirs = _rows(source), _rows(target)
    if len(mine) == len(theirs) == 1:
        return [Pair(source.whole, target.whole)]
    ahead = abs(len(mine) - len(theirs)) + _BAND
    costs: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for one in range(len(mine) + 1):
        for other in range(max(0, one - ahead), min(len(theirs), one + ahead) + 1):
            best = costs.get((one, other))
            for step in _STEPS:
                before = costs.get((one - step[0], other - step[1]))
                if before is None or (one, other) == (0, 0):
                    continue
                cost = before[0] + _cost(mine[one - step[0] : one], theirs[other - step[1] : other])
                if best is None or cost < best[0]:
                    best = (cost, step)
            if best is not None:
                costs[one, other] = best
    return _traced(source, target, costs, (len(mine), len(theirs)))


def _traced(
    source: Side, target: Side, costs: dict[tuple[int, int], tuple[float, tuple[int, int]]], last: tuple[int, int]
) -> list[Pair]:
    pairs: list[Pair] = []
    one, other = last
    while (one, other) != (0, 0):
        step = costs[one, other][1]
        pairs.append(
            Pair(
                _joined(source, one - step[0], one),
                _joined(target, other - step[1], other),
            )
        )
        one, other = one - step[0], other - step[1]
    return pairs[::-1]


def _joined(side: Side, first: int, last: int) -> Part:
    if first == last:
        place = side.sentences[first].start if first < len(side.sentences) else len(side.tokens)
        return Part(side, place, place)
    return Part(side, side.sentences[first].start, side.sentences[last - 1].end)


def _rows(side: Side) -> list[_Row]:
    return [
        _Row(
            max(1.0, part.length / side.habits.length),
            frozenset(
                [f"{mark.kind} {mark.value}" for mark in part.names if mark.kind in {"official", "subject"}]
                + [f"state {mark.value}" for mark in part.names if mark.kind in {"state", "people"}]
                + [f"number {value}" for value in said_in(part)]
                + [f"date {told.month} {told.day}" for told in part.dates if told.month]
            ),
        )
        for part in side.sentences
    ]


def _cost(mine: list[_Row], theirs: list[_Row]) -> float:
    if not mine or not theirs:
        (row,) = mine or theirs
        return _SKIP + 0.9 * min(1.0, row.length / _LONG) + 0.1 * min(3, len(row.anchors))
    one, other = sum(row.length for row in mine), sum(row.length for row in theirs)
    cost = 1.4 * abs(math.log(one / other)) * min(1.0, max(one, other) / 30) + _MERGE * (len(mine) + len(theirs) - 2)
    first, second = frozenset().union(*(row.anchors for row in mine)), frozenset().union(*(r.anchors for r in theirs))
    if first or second:
        cost += 0.8 * (1 - len(first & second) / len(first | second)) if first | second else 0.0
    return cost
