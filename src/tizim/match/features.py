"""What can be said of two names: words aligned without regard to order, and the measures the score is made of.

Everything is symmetric and blind to the order of words, except that marks of descent (bin, ibn, ould) give
an order to the words beside them. Compiled; explanations use the same alignment.
"""

from typing import Any, NamedTuple

import numpy as np

from tizim.match.compiled import compiled, inlined
from tizim.match.distance import (
    BY_INITIAL,
    LEAST,
    joined_alike,
    letter_edits,
    same_form,
    three_joined,
    u32,
    words_alike,
)
from tizim.match.record import (
    FLAGS,
    GROUP,
    KIN,
    KIND,
    LETTERS,
    MOST_WORDS,
    N_LETTERS,
    N_SOUNDS,
    NUMBER,
    PLACE,
    WRITING,
    Flag,
    Kind,
)

NAMES = (
    "covered_most", "covered_least", "alike", "contradicted", "omitted", "contradicted_words", "omitted_words",
    "worst", "second_worst", "mean", "worst_edits", "worst_edits_share", "worst_first_differs", "exact_words",
    "exact_share", "rarity", "least_rarity", "fewer_words", "more_words", "initials", "initial_contradicted",
    "numbers_differ", "legal_form", "legal_form_omitted", "descriptor_contradicted", "place_contradicted",
    "lineage_contradicted", "reversed", "joined", "variants", "kin", "vowel_less", "syllabic",
    "heaviest_contradicted", "nearest_contradicted", "schema", "acronym", "shortest_inexact", "aligned", "inexact",
    "edits", "unaligned_letters",
)  # fmt: skip
"""the measures in their order; the glossary of explanations is `tizim.match.explain`"""
COUNT = len(NAMES)

UNALIGNED, EXACT, SOUND, INITIAL, JOINED, ACRONYM = 0, 1, 2, 3, 4, 5
"""how a word was aligned"""

_WORD, _NUMBER, _LEGAL, _LIGHT = int(Kind.WORD), int(Kind.NUMBER), int(Kind.LEGAL_FORM), int(Kind.LIGHT)
_DESCRIPTOR, _PLACE, _TITLE = int(Kind.DESCRIPTOR), int(Kind.PLACE), int(Kind.TITLE)
_PATRONYMIC, _NISBA, _FATHER, _PART, _ONE = (
    int(Kind.PATRONYMIC), int(Kind.NISBA), int(Kind.FATHER), int(Kind.PART), int(Kind.INITIAL),
)  # fmt: skip
_AFTER = int(Flag.AFTER_FATHER)
_CHAIN = int(Flag.FATHER_CHAIN)
_GROUP_AT, _KIN_AT, _NUMBER_AT = GROUP * 4, KIN * 4, NUMBER * 4
_F = np.float32
_NEAR = 0.4
"""words less alike than this are not even near"""


class Room(NamedTuple):
    """What comparing two names writes on: made once, used for many pairs."""

    rows: Any
    places: Any
    both: Any
    table: Any
    partner: Any
    how: Any
    alike: Any
    back: Any
    back_how: Any
    back_alike: Any
    parts: Any
    taken: Any


@compiled
def room():
    """A `Room`."""
    return Room(
        np.empty((3, 72), dtype=np.int32), np.zeros(16, dtype=np.uint64), np.zeros((1, 128), dtype=np.uint8),
        np.zeros((MOST_WORDS, MOST_WORDS), dtype=np.float32),
        np.empty(MOST_WORDS, dtype=np.int8), np.empty(MOST_WORDS, dtype=np.int8),
        np.empty(MOST_WORDS, dtype=np.float32), np.empty(MOST_WORDS, dtype=np.int8),
        np.empty(MOST_WORDS, dtype=np.int8), np.empty(MOST_WORDS, dtype=np.float32),
        np.empty(4, dtype=np.int64), np.zeros(MOST_WORDS, dtype=np.uint8),
    )  # fmt: skip


@inlined
def weight_of(words, row):
    """Weight of a word, in [0, 1]."""
    return np.float32(np.uint16(words[row, 28]) | (np.uint16(words[row, 29]) << np.uint16(8))) / np.float32(1000.0)


@inlined
def is_core(kind):
    """Whether a word of this kind says who is meant."""
    return kind != _LEGAL and kind != _LIGHT and kind != _TITLE and kind != _FATHER


@inlined
def comes_first(left, n, right, m):
    """Whether *left* is the side to begin with: an order of names that does not depend on who asks."""
    if n != m:
        return n < m
    for i in range(n):
        for at in range(8):
            if left[i, at] != right[i, at]:
                return left[i, at] < right[i, at]
    return True


@compiled
def align(left, n, right, m, swap, insert, persons, r):
    """Pair the core words of two names, best first.

    Into the `Room` *r*: ``partner[i]`` is the word of the right name that word *i* goes with, or -1; ``how[i]`` says
    how, and ``alike[i]`` how much; ``back``, ``back_how`` and ``back_alike`` are the same from the right. Joined words
    share a partner.
    """
    table, partner, how, alike, back, back_how, back_alike, parts = (
        r.table, r.partner, r.how, r.alike, r.back, r.back_how, r.back_alike, r.parts,
    )  # fmt: skip
    for j in range(m):
        back[j], back_how[j], back_alike[j] = -1, UNALIGNED, 0.0
    for i in range(n):
        partner[i], how[i], alike[i] = -1, UNALIGNED, 0.0
        core = is_core(left[i, KIND])
        for j in range(m):
            if core and is_core(right[j, KIND]):
                table[i, j] = words_alike(left, i, right, j, swap, insert, np.float32(_NEAR), r.rows, r.places)
            else:
                table[i, j] = 0.0
    while True:
        best, at_i, at_j = np.float32(0.0), np.int64(-1), np.int64(-1)
        for i in range(n):
            if partner[i] < 0:
                for j in range(m):
                    if back[j] < 0 and table[i, j] >= np.float32(BY_INITIAL):
                        if table[i, j] < LEAST and (left[i, KIND] == _ONE) == (right[j, KIND] == _ONE):
                            continue
                        value = table[i, j] + np.float32(0.01) * (weight_of(left, i) + weight_of(right, j))
                        if value > best:
                            best, at_i, at_j = value, i, j
        if at_i < 0:
            break
        kind = SOUND
        if same_form(left, at_i, right, at_j):
            kind = EXACT
        elif (left[at_i, KIND] == _ONE) != (right[at_j, KIND] == _ONE):
            kind = INITIAL
        partner[at_i], how[at_i], alike[at_i] = at_j, kind, table[at_i, at_j]
        back[at_j], back_how[at_j], back_alike[at_j] = at_i, kind, table[at_i, at_j]
    free_left = free_right = False
    for i in range(n):
        free_left = free_left or partner[i] < 0
    for j in range(m):
        free_right = free_right or back[j] < 0
    if free_right and n > 0:
        best = _join(left, n, right, m, swap, insert, back, alike, r)
        if best > 0:
            i = parts[0]
            partner[i], how[i], alike[i] = parts[1], JOINED, best
            for part in range(1, 4):
                if parts[part] >= 0:
                    back[parts[part]], back_how[parts[part]], back_alike[parts[part]] = i, JOINED, best
    if free_left and m > 0:
        best = _join(right, m, left, n, swap, insert, partner, back_alike, r)
        if best > 0:
            j = parts[0]
            back[j], back_how[j] = parts[1], JOINED
            for part in range(1, 4):
                if parts[part] >= 0:
                    partner[parts[part]], how[parts[part]], alike[parts[part]] = j, JOINED, best
    if free_left and free_right:
        _acronyms(left, n, right, m, partner, how, alike, back, back_how, persons, r.taken)


@inlined
def _open(words, row, partner, at):
    """Whether a word may be part of a joined one: a word of letters, free or paired with *at* itself."""
    kind = words[row, KIND]
    return kind != _NUMBER and kind != _LEGAL and kind != _TITLE and (partner[row] < 0 or partner[row] == at)


@compiled
def _join(one, n, many, m, swap, insert, back, alike, r):
    """The best way to see a word of *one* as two or three words of *many*; returns whether there is any.

    ``alike[i]`` is how well each word of *one* is paired already. Into ``r.parts`` go the word and its parts.
    """
    found = r.parts
    best = np.float32(0.8)
    got = False
    for i in range(n):
        size = np.int64(one[i, N_SOUNDS])
        if size < 4 or alike[i] > 0.9 or not is_core(one[i, KIND]) or one[i, KIND] == _NUMBER:
            continue
        for j in range(m):
            first = np.int64(many[j, N_SOUNDS])
            if first == 0 or first > size or not _open(many, j, back, i):
                continue
            for k in range(j + 1, m):
                both = first + np.int64(many[k, N_SOUNDS])
                if both > size + 3 or (back[j] >= 0 and back[k] >= 0) or not _open(many, k, back, i):
                    continue
                if both >= size - 3 and (is_core(many[j, KIND]) or is_core(many[k, KIND])):
                    value = joined_alike(one, i, many, j, k, swap, insert, np.float32(0.8), r.rows, r.both)
                    if value > best and value > alike[i]:
                        best, got = value, True
                        found[0], found[1], found[2], found[3] = i, j, k, -1
                if size < 6:
                    continue
                for last in range(k + 1, m):
                    if (
                        abs(both + np.int64(many[last, N_SOUNDS]) - size) <= 2 and _open(many, last, back, i)
                        and best < 0.99 and three_joined(one, i, many, j, k, last, r.both)
                    ):  # fmt: skip
                        best, got = np.float32(0.99), True
                        found[0], found[1], found[2], found[3] = i, j, k, last
    return best if got else np.float32(0.0)


@compiled
def _spells(words, row, others, count, partner, taken):
    """Whether the letters of a short word are the first letters of the other name's free words, in order."""
    size = np.int64(words[row, N_LETTERS])
    if size < 2 or size > 6 or words[row, KIND] != _WORD:
        return False
    free = 0
    for j in range(count):
        taken[j] = 0
        if partner[j] < 0 and is_core(others[j, KIND]) and others[j, KIND] != _NUMBER:
            free += 1
    if free < size:
        return False
    found, last = 0, -1
    for _ in range(size):
        at, place = -1, 255
        for j in range(count):
            if taken[j] == 0 and partner[j] < 0 and is_core(others[j, KIND]) and others[j, KIND] != _NUMBER:
                if others[j, PLACE] > last and others[j, PLACE] < place:
                    at, place = j, np.int64(others[j, PLACE])
        if at < 0 or others[at, LETTERS] != words[row, LETTERS + found]:
            return False
        taken[at] = 1
        last = place
        found += 1
    return True


@compiled
def _acronyms(left, n, right, m, partner, how, alike, back, back_how, persons, taken):
    """Pair a free short word with the free words of the other name whose first letters it is made of."""
    aligned = 0
    for i in range(n):
        aligned += partner[i] >= 0
    if persons and aligned == 0:  # initials alone name nobody
        return
    for i in range(n):
        if partner[i] < 0 and _spells(left, i, right, m, back, taken):
            for j in range(m):
                if taken[j]:
                    partner[i], how[i], alike[i] = j, ACRONYM, 0.9
                    back[j], back_how[j] = i, ACRONYM
            return
    for j in range(m):
        if back[j] < 0 and _spells(right, j, left, n, partner, taken):
            for i in range(n):
                if taken[i]:
                    partner[i], how[i], alike[i] = j, ACRONYM, 0.9
                    back[j], back_how[j] = i, ACRONYM
            return


@compiled
def _numbers_differ(left, n, right, m):
    """1 if both names have numbers and they are not the same ones, 0.5 if only one has."""
    mine = theirs = 0
    lacking = False
    for i in range(n):
        if left[i, KIND] == _NUMBER:
            mine += 1
            found = False
            for j in range(m):
                if right[j, KIND] == _NUMBER and u32(left, i, _NUMBER_AT) == u32(right, j, _NUMBER_AT):
                    found = True
            lacking = lacking or not found
    for j in range(m):
        if right[j, KIND] == _NUMBER:
            theirs += 1
            found = False
            for i in range(n):
                if left[i, KIND] == _NUMBER and u32(left, i, _NUMBER_AT) == u32(right, j, _NUMBER_AT):
                    found = True
            lacking = lacking or not found
    if mine == 0 and theirs == 0:
        return np.float32(0.0)
    if mine == 0 or theirs == 0:
        return np.float32(0.5)
    return np.float32(1.0) if lacking else np.float32(0.0)


@compiled
def _legal_forms(left, n, right, m):
    """(1 same, 0.5 equivalent, 0 none on one side or both, -1 different; and whether one side alone has one)."""
    mine = theirs = 0
    best = np.float32(-1.0)
    for i in range(n):
        if left[i, KIND] == _LEGAL:
            mine += 1
            for j in range(m):
                if right[j, KIND] == _LEGAL:
                    if u32(left, i, _GROUP_AT) == u32(right, j, _GROUP_AT):
                        best = np.float32(1.0)
                    elif u32(left, i, _KIN_AT) and u32(left, i, _KIN_AT) == u32(right, j, _KIN_AT):
                        best = max(best, np.float32(0.5))
    for j in range(m):
        if right[j, KIND] == _LEGAL:
            theirs += 1
    if mine and theirs:
        return best, np.float32(0.0)
    return np.float32(0.0), np.float32(1.0) if mine or theirs else np.float32(0.0)


@compiled
def measure(left, n, right, m, schema, swap, insert, r, out):
    """Fill *out* (`COUNT` numbers) with what holds of two names of *n* and *m* words."""
    if not comes_first(left, n, right, m):
        left, n, right, m = right, m, left, n
    align(left, n, right, m, swap, insert, schema == 0, r)
    table, partner, how, alike, back, back_how = r.table, r.partner, r.how, r.alike, r.back, r.back_how
    total_left, total_right = _F(0), _F(0)
    got_left, got_right, weighed, exact_weight = _F(0), _F(0), _F(0), _F(0)
    core_left = core_right = free_left = free_right = free_letters = 0
    open_left, open_right, heavy_left, heavy_right = _F(0), _F(0), _F(0), _F(0)
    descriptors_left = descriptors_right = places_left = places_right = lines_left = lines_right = 0
    ones_left = ones_right = names_left = names_right = 0
    worst, second, total_alike, rarity = _F(1), _F(1), _F(0), _F(0)
    worst_i, aligned, exact, inexact, initials, joined, variants, kin, edits = np.int64(-1), 0, 0, 0, 0, 0, 0, 0, 0
    vowel_less, syllabic, acronym, crossing_up, crossing_down = _F(0), _F(0), 0, 0, 0
    shortest = 20
    for i in range(n):
        kind = left[i, KIND]
        if not is_core(kind):
            continue
        w = weight_of(left, i)
        core_left += 1
        total_left += w
        j = np.int64(partner[i])
        if j < 0:
            free_left += 1
            free_letters += left[i, N_LETTERS]
            open_left += w
            heavy_left = max(heavy_left, w)
            descriptors_left += kind == _DESCRIPTOR
            places_left += kind == _PLACE
            lines_left += kind == _PATRONYMIC or kind == _NISBA
            ones_left += kind == _ONE
            names_left += kind != _ONE and kind != _NUMBER
            continue
        got_left += w * alike[i]
        weighed += w * alike[i]
        aligned += 1
        total_alike += alike[i]
        if how[i] == EXACT:
            exact += 1
            exact_weight += w
        elif how[i] == INITIAL:
            initials += 1
        elif how[i] == JOINED:
            joined += 1
        elif how[i] == ACRONYM:
            acronym = 1
        else:
            inexact += 1
            if u32(left, i, _GROUP_AT) and u32(left, i, _GROUP_AT) == u32(right, j, _GROUP_AT):
                variants += 1
            elif u32(left, i, _KIN_AT) and u32(left, i, _KIN_AT) == u32(right, j, _KIN_AT):
                kin += 1
            shortest = min(shortest, left[i, N_LETTERS], right[j, N_LETTERS])
            if left[i, WRITING] == 0 and right[j, WRITING] == 0:
                edits += letter_edits(left, i, right, j, r.rows)
            if alike[i] < worst:
                worst, second, worst_i = alike[i], worst, i
            elif alike[i] < second:
                second = alike[i]
        a, b = left[i, WRITING], right[j, WRITING]
        if (a == 1) != (b == 1):
            vowel_less = max(vowel_less, _F(1))
        elif a == 1:
            vowel_less = max(vowel_less, _F(0.5))
        if (a >= 2) != (b >= 2):
            syllabic = max(syllabic, _F(1))
        elif a >= 2:
            syllabic = max(syllabic, _F(0.5))
        if left[i, FLAGS] & _CHAIN and right[j, FLAGS] & _CHAIN:
            up, down = left[i, FLAGS] & _AFTER, right[j, FLAGS] & _AFTER
            crossing_up += up and not down
            crossing_down += down and not up
    for j in range(m):
        kind = right[j, KIND]
        if not is_core(kind):
            continue
        w = weight_of(right, j)
        core_right += 1
        total_right += w
        i = np.int64(back[j])
        if i < 0:
            free_right += 1
            free_letters += right[j, N_LETTERS]
            open_right += w
            heavy_right = max(heavy_right, w)
            descriptors_right += kind == _DESCRIPTOR
            places_right += kind == _PLACE
            lines_right += kind == _PATRONYMIC or kind == _NISBA
            ones_right += kind == _ONE
            names_right += kind != _ONE and kind != _NUMBER
            continue
        got_right += w * alike[i]
        weighed += w * alike[i]
        rarity += _F(0.5) * (w + weight_of(left, i)) * alike[i]
        if back_how[j] == EXACT:
            exact_weight += w
    total = total_left + total_right
    nearest = _F(0)
    for i in range(n):
        if is_core(left[i, KIND]) and partner[i] < 0:
            for j in range(m):
                if is_core(right[j, KIND]) and back[j] < 0:
                    nearest = max(nearest, table[i, j])
                    if left[i, KIND] != _NUMBER and right[j, KIND] != _NUMBER:
                        nearest = max(nearest, _prefix(left, i, right, j))
    cover_left = got_left / max(total_left, _F(0.01))
    cover_right = got_right / max(total_right, _F(0.01))
    legal, legal_omitted = _legal_forms(left, n, right, m)
    out[0] = max(cover_left, cover_right)
    out[1] = min(cover_left, cover_right)
    out[2] = weighed / max(total, _F(0.01))
    out[3] = min(open_left, open_right)
    out[4] = max(open_left, open_right)
    out[5] = min(free_left, free_right)
    out[6] = max(free_left, free_right)
    out[7] = worst
    out[8] = second
    out[9] = total_alike / max(aligned, 1)
    out[10], out[11], out[12] = 0, 0, 0
    if worst_i >= 0:
        j = np.int64(partner[worst_i])
        longest = max(left[worst_i, N_LETTERS], right[j, N_LETTERS], 1)
        if left[worst_i, WRITING] == 0 and right[j, WRITING] == 0:
            out[10] = letter_edits(left, worst_i, right, j, r.rows)
        else:
            out[10] = (_F(1) - worst) * longest
        out[11] = out[10] / longest
        out[12] = left[worst_i, LETTERS] != right[j, LETTERS]
    out[13] = exact
    out[14] = exact_weight / max(total, _F(0.01))
    out[15] = rarity
    out[16] = min(total_left, total_right)
    out[17] = min(core_left, core_right)
    out[18] = max(core_left, core_right)
    out[19] = initials
    out[20] = (
        (ones_left > 0 and names_right > 0) or (ones_right > 0 and names_left > 0) or (ones_left > 0 and ones_right > 0)
    )
    out[21] = _numbers_differ(left, n, right, m)
    out[22] = legal
    out[23] = legal_omitted
    out[24] = min(descriptors_left, descriptors_right)
    out[25] = _F(1) if places_left and places_right else (_F(0.5) if places_left or places_right else _F(0))
    out[26] = min(lines_left, lines_right)
    out[27] = crossing_up > 0 and crossing_down > 0
    out[28] = joined
    out[29] = variants
    out[30] = kin
    out[31] = vowel_less
    out[32] = syllabic
    out[33] = min(heavy_left, heavy_right)
    out[34] = nearest
    out[35] = schema
    out[36] = acronym
    out[37] = shortest
    out[38] = aligned
    out[39] = inexact
    out[40] = edits
    out[41] = free_letters


@compiled
def _prefix(left, i, right, j):
    """Share of the shorter word's letters with which both begin, scaled below `LEAST`."""
    shorter = min(left[i, N_LETTERS], right[j, N_LETTERS])
    same = 0
    while same < shorter and left[i, LETTERS + same] == right[j, LETTERS + same]:
        same += 1
    return _F(0.59) * same / max(shorter, 1)
