"""Which words of two names go together and which stand alone, as numbers: for explanations, by the score's alignment.

What is told is a run of small numbers, so that explaining costs one call of compiled code:

    0           rules that hold: `DIFFER`, `REVERSED` and `NOTHING`, added up
    1           legal forms: 2 the same, 1 equivalent, -2 different, 0 none on one side or both
    2           how many pairs there are; of each pair `HOW`, then the rows of the one name, then those of the other
    then        rows that stand alone in the one name, those in the other
    then        unless 1 is 0: rows that are legal forms in the one name, those in the other

Rows are told as their number, then they themselves in the order of the text.
"""

from typing import Final, Literal

import numpy as np

from tizim.match.compiled import compiled, inlined
from tizim.match.distance import u32
from tizim.match.features import (
    ACRONYM,
    COUNT,
    EXACT,
    INITIAL,
    JOINED,
    NAMES,
    comes_first,
    is_core,
    measure,
    room,
)
from tizim.match.record import GROUP, KIN, KIND, MOST_WORDS, PLACE, SIZE, Kind
from tizim.match.search import gather

How = Literal[
    "the same", "sounds alike", "another spelling", "a kindred form", "initial", "written together", "acronym"
]
HOW: Final[tuple[How, ...]] = (
    "the same", "sounds alike", "another spelling", "a kindred form", "initial", "written together", "acronym",
)  # fmt: skip
"""how words go together, by its number in what is told"""
_SAME, _SOUNDS, _SPELLING, _KINDRED, _ONE, _TOGETHER, _ACRONYM = range(len(HOW))
DIFFER, REVERSED, NOTHING = 1, 2, 4
MOST_TOLD: Final = 1_024
"""numbers that are told at most: all words of two names as pairs, and alone"""
_LEGAL = int(Kind.LEGAL_FORM)
_GROUP_AT, _KIN_AT = GROUP * 4, KIN * 4
_NUMBERS_AT, _LEGAL_AT, _REVERSED_AT, _ACRONYM_AT, _ALIGNED_AT = map(
    NAMES.index, ("numbers_differ", "legal_form", "reversed", "acronym", "aligned")
)
_BIT = np.uint32(1)


@inlined
def _rows(told, at, words, n, chosen):
    """Tell the rows of *words* whose bits are set in *chosen*, in the order of the text; returns where that ends."""
    size = 0
    for row in range(n):
        if (chosen >> np.uint32(row)) & _BIT:
            place = at + 1 + size
            while place > at + 1 and words[told[place - 1], PLACE] > words[row, PLACE]:
                told[place] = told[place - 1]
                place -= 1
            told[place] = row
            size += 1
    told[at] = size
    return at + 1 + size


@inlined
def _how(left, i, right, j, how):
    if how == EXACT:
        return _SAME
    if how == INITIAL:
        return _ONE
    if how == JOINED:
        return _TOGETHER
    if how == ACRONYM:
        return _ACRONYM
    group, kin = u32(left, i, _GROUP_AT), u32(left, i, _KIN_AT)
    if group and group == u32(right, j, _GROUP_AT):
        return _SPELLING
    if kin and kin == u32(right, j, _KIN_AT):
        return _KINDRED
    return _SOUNDS


@inlined
def _partners(i, partner, back, m):
    """The words of the right name that word *i* of the left one goes with, as bits."""
    found = np.uint32(0)
    for j in range(m):
        if back[j] == i:
            found |= _BIT << np.uint32(j)
    return found or _BIT << np.uint32(partner[i])


@compiled
def _alone(words, n, partner):
    """Words that say who is meant and have no partner, as bits."""
    found = np.uint32(0)
    for row in range(n):
        if partner[row] < 0 and is_core(words[row, KIND]):
            found |= _BIT << np.uint32(row)
    return found


@compiled
def _forms(words, n):
    """Words that are legal forms, as bits."""
    found = np.uint32(0)
    for row in range(n):
        if words[row, KIND] == _LEGAL:
            found |= _BIT << np.uint32(row)
    return found


@compiled
def pair_words(one, n, other, m, reading, swap, insert, measures, told, alike):
    """Fill *measures*, *told* (see the head of this module) and how *alike* the words of each pair are.

    Returns how many numbers are told.
    """
    r = room()
    measure(one, n, other, m, reading, swap, insert, r, measures)
    turned = not comes_first(one, n, other, m)
    left, a, right, b = one, n, other, m
    if turned:
        left, a, right, b = other, m, one, n
    told[0] = 0
    if measures[_NUMBERS_AT] == 1:
        told[0] += DIFFER
    if measures[_REVERSED_AT] > 0:
        told[0] += REVERSED
    if measures[_ALIGNED_AT] == 0 and measures[_ACRONYM_AT] == 0:
        told[0] += NOTHING
    told[1] = np.int64(2 * measures[_LEGAL_AT])
    firsts = np.empty(MOST_WORDS, dtype=np.int64)
    theirs = np.zeros(MOST_WORDS, dtype=np.uint32)
    count = 0
    for i in range(a):
        if r.partner[i] < 0:
            continue
        theirs[i] = _partners(i, r.partner, r.back, b)
        known = False
        for k in range(count):
            known = known or theirs[firsts[k]] == theirs[i]
        if known:
            continue
        place = count
        while place > 0 and left[firsts[place - 1], PLACE] > left[i, PLACE]:
            firsts[place] = firsts[place - 1]
            place -= 1
        firsts[place] = i
        count += 1
    told[2] = count
    at = 3
    for k in range(count):
        first = firsts[k]
        mine = np.uint32(0)
        for i in range(a):
            if r.partner[i] >= 0 and theirs[i] == theirs[first]:
                mine |= _BIT << np.uint32(i)
        j = 0
        while not (theirs[first] >> np.uint32(j)) & _BIT:
            j += 1
        told[at] = _how(left, first, right, j, r.how[first])
        alike[k] = r.alike[first]
        if turned:
            at = _rows(told, _rows(told, at + 1, right, b, theirs[first]), left, a, mine)
        else:
            at = _rows(told, _rows(told, at + 1, left, a, mine), right, b, theirs[first])
    mine, yours = _alone(left, a, r.partner), _alone(right, b, r.back)
    if turned:
        mine, yours = yours, mine
    at = _rows(told, _rows(told, at, one, n, mine), other, m, yours)
    if told[1] != 0:
        at = _rows(told, _rows(told, at, one, n, _forms(one, n)), other, m, _forms(other, m))
    return at


@compiled
def pair_listed(query, n, words, name_start, name_word, name_place, name, reading, swap, insert, told):
    """`pair_words` of a query and a name of an index, without what only a whole explanation needs."""
    other = np.empty((MOST_WORDS, SIZE), dtype=np.uint8)
    m = gather(words, name_start, name_word, name_place, name, other)
    return pair_words(
        query, n, other, m, reading, swap, insert, np.empty(COUNT, dtype=np.float32), told,
        np.empty(MOST_WORDS, dtype=np.float32),
    )  # fmt: skip
