"""How alike two words are: compiled functions on records (`tizim.match.record`). All are symmetric."""

import numpy as np

from tizim.match.compiled import compiled, inlined
from tizim.match.record import (
    BONES,
    GROUP,
    KIN,
    KIND,
    LETTERS,
    N_LETTERS,
    N_SOUNDS,
    NUMBER,
    SOUNDS,
    WRITING,
    Kind,
)

_INITIAL, _NUMBER = int(Kind.INITIAL), int(Kind.NUMBER)
_MASK_AT, _GROUP_AT, _KIN_AT, _NUMBER_AT, _BONES_AT = 24, GROUP * 4, KIN * 4, NUMBER * 4, BONES * 8

CONSONANT_BITS = np.uint32(0xFFFFFFF8)
"""the classes of a mask that are not vowels"""
LEAST = 0.6
"""words less alike than this are different words"""
BY_INITIAL = 0.55
BY_GROUP = 0.95
BY_KIN = 0.82


@inlined
def u32(words, row, at):
    """Four bytes as a number."""
    return (
        np.uint32(words[row, at])
        | (np.uint32(words[row, at + 1]) << np.uint32(8))
        | (np.uint32(words[row, at + 2]) << np.uint32(16))
        | (np.uint32(words[row, at + 3]) << np.uint32(24))
    )


@inlined
def same_form(left, i, right, j):
    """Whether two words have the same form, by its hash."""
    for at in range(8):
        if left[i, at] != right[j, at]:
            return False
    return left[i, WRITING] == right[j, WRITING]


@inlined
def bits(value):
    """How many of 32 bits are set."""
    value = np.uint32(value)
    value = value - ((value >> np.uint32(1)) & np.uint32(0x55555555))
    value = (value & np.uint32(0x33333333)) + ((value >> np.uint32(2)) & np.uint32(0x33333333))
    value = (value + (value >> np.uint32(4))) & np.uint32(0x0F0F0F0F)
    return np.int64(np.uint32(value * np.uint32(0x01010101)) >> np.uint32(24))


@inlined
def u64(words, row, at):
    """Eight bytes as a number."""
    return np.uint64(u32(words, row, at)) | (np.uint64(u32(words, row, at + 4)) << np.uint64(32))


@inlined
def masks_agree(mine, theirs):
    """Whether two words share enough classes of consonants to be alike: all but one, of many all but two."""
    mine, theirs = mine & CONSONANT_BITS, theirs & CONSONANT_BITS
    if not mine or not theirs:
        return True
    most = max(bits(mine), bits(theirs))
    return bits(mine & theirs) + (1 if most < 6 else 2) >= most


@inlined
def places_of(classes, places):
    """Where each class stands in a sequence of classes (four bits each), as bits of *places*; returns its length."""
    n = np.int64(0)
    for one in range(16):
        places[one] = 0
    while classes:
        places[classes & np.uint64(15)] |= np.uint64(1) << np.uint64(n)
        n += 1
        classes >>= np.uint64(4)
    return n


@inlined
def in_common(places, n, theirs):
    """How many classes a sequence (by its `places_of`) has in common with another, in order, and how long that is.

    The longest common subsequence, counted in parallel bits.
    """
    whole = (np.uint64(1) << np.uint64(n)) - np.uint64(1)
    free = whole
    m = np.int64(0)
    while theirs:
        taken = free & places[theirs & np.uint64(15)]
        free = ((free + taken) | (free - taken)) & whole
        m += 1
        theirs >>= np.uint64(4)
    return n - bits(free), m


@inlined
def bones_agree(places, n, theirs):
    """Whether the consonants that two words have in common, in order, are all but one, of many all but two."""
    common, m = in_common(places, n, theirs)
    most = max(n, m)
    return common + (1 if most < 6 else 2) >= most


@inlined
def shapes_agree(places, n, theirs, strictly):
    """Whether three in five (strictly: two in three) sounds of the longer word are in the other, in order, by class."""
    common, m = in_common(places, n, theirs)
    return 3 * common >= 2 * max(n, m) if strictly else 5 * common >= 3 * max(n, m)


@inlined
def sounds_distance(left, i, n, right, j, m, swap, insert, beside, most, rows):
    """Weighted edit distance of two words' sounds in thousandths, with neighbours changing places.

    *most* or more is told as *most*. *beside*: which row of insertion costs holds. *rows* is room for three rows
    of the table, shape (3, 72).
    """
    before, above, row = 0, 1, 2
    rows[above, 0] = 0
    for b in range(m):
        rows[above, b + 1] = rows[above, b] + insert[beside, right[j, SOUNDS + b]]
    for a in range(n):
        mine = left[i, SOUNDS + a]
        cost = insert[beside, mine]
        last = rows[above, 0] + cost
        rows[row, 0] = last
        least = last
        for b in range(m):
            theirs = right[j, SOUNDS + b]
            best = rows[above, b] + swap[mine, theirs]
            other = rows[above, b + 1] + cost
            best = other if other < best else best
            other = last + insert[beside, theirs]
            best = other if other < best else best
            if (
                a > 0
                and b > 0
                and mine != theirs
                and mine == right[j, SOUNDS + b - 1]
                and theirs == left[i, SOUNDS + a - 1]
            ):
                other = rows[before, b - 1] + 500
                best = other if other < best else best
            rows[row, b + 1] = best
            last = best
            least = best if best < least else least
        if least >= most:
            return most
        before, above, row = above, row, before
    found = rows[above, m]
    return found if found < most else most


@inlined
def sounds_alike(left, i, n, right, j, m, swap, insert, beside, least, rows):
    """Similarity in [0, 1] of two words' sounds; less than *least* is told as 0."""
    if n == 0 or m == 0:
        return np.float32(0.0)
    left_size = right_size = np.int32(0)
    for a in range(n):
        left_size += insert[beside, left[i, SOUNDS + a]]
    for b in range(m):
        right_size += insert[beside, right[j, SOUNDS + b]]
    size = max(np.float32(0.5) * np.float32(left_size + right_size), np.float32(1000.0))
    most = np.int32((np.float32(1.0) - least) * size) + np.int32(1)
    apart = abs(left_size - right_size)
    if apart >= most or apart > np.float32(0.45) * size:
        return np.float32(0.0)
    distance = sounds_distance(left, i, n, right, j, m, swap, insert, beside, most, rows)
    if distance >= most:
        return np.float32(0.0)
    return np.float32(1.0) - np.float32(distance) / size


@inlined
def _natives_alike(left, i, right, j):
    """Two words of the same syllabic script, by the syllables as written."""
    n = m = 0
    while n < 4 and (left[i, 8 + 2 * n] or left[i, 9 + 2 * n]):
        n += 1
    while m < 4 and (right[j, 8 + 2 * m] or right[j, 9 + 2 * m]):
        m += 1
    if n == 0 or m == 0:
        return np.float32(-1.0)
    same = 0
    for k in range(min(n, m)):
        if left[i, 8 + 2 * k] == right[j, 8 + 2 * k] and left[i, 9 + 2 * k] == right[j, 9 + 2 * k]:
            same += 1
    share = np.float32(same) / np.float32(max(n, m))
    return share if share == 1 else np.float32(0.8) * share


@compiled
def words_alike(left, i, right, j, swap, insert, least, rows, places):
    """Similarity in [0, 1] of two words. Below `LEAST` they are different words; less than *least* may be told as 0.

    *rows* and *places* are room to write on, see `tizim.match.features.Room`.
    """
    if same_form(left, i, right, j):
        return np.float32(1.0)
    kind, other = left[i, KIND], right[j, KIND]
    if kind == _NUMBER or other == _NUMBER:
        if kind == other and u32(left, i, _NUMBER_AT) == u32(right, j, _NUMBER_AT):
            return np.float32(1.0)
        return np.float32(0.0)
    if kind == _INITIAL or other == _INITIAL:
        if left[i, LETTERS] == right[j, LETTERS]:
            return np.float32(1.0) if kind == other else np.float32(BY_INITIAL)
        return np.float32(0.0)
    floor = np.float32(0.0)
    group = u32(left, i, _GROUP_AT)
    if group and group == u32(right, j, _GROUP_AT):
        floor = np.float32(BY_GROUP)
    kin = u32(left, i, _KIN_AT)
    if floor == 0 and kin and kin == u32(right, j, _KIN_AT):
        floor = np.float32(BY_KIN)
    writing = left[i, WRITING]
    if writing >= 2 and writing == right[j, WRITING]:
        native = _natives_alike(left, i, right, j)
        if native >= 0:
            return max(native, floor)
    if not masks_agree(u32(left, i, _MASK_AT), u32(right, j, _MASK_AT)):
        return floor
    n = places_of(u64(left, i, _BONES_AT), places)
    if not bones_agree(places, n, u64(right, j, _BONES_AT)):
        return np.float32(0.75) if floor == 0 and _mirrored(left, i, right, j) else floor
    row = 1 if (writing == 1) != (right[j, WRITING] == 1) else 0
    alike = sounds_alike(
        left, i, np.int64(left[i, N_SOUNDS]), right, j, np.int64(right[j, N_SOUNDS]), swap, insert, row, least, rows
    )
    if alike < LEAST and _mirrored(left, i, right, j):
        alike = np.float32(0.75)
    return max(min(alike, np.float32(0.99)), floor)


@inlined
def _mirrored(left, i, right, j):
    n = left[i, N_LETTERS]
    if n < 4 or n != right[j, N_LETTERS]:
        return False
    for k in range(n):
        if left[i, LETTERS + k] != right[j, LETTERS + n - 1 - k]:
            return False
    return True


@inlined
def append_sounds(both, size, words, row):
    """Write the sounds of a word after *size* others into *both* (laid out like a record), equal neighbours as one."""
    for at in range(words[row, N_SOUNDS]):
        code = words[row, SOUNDS + at]
        if size < 60 and not (at == 0 and size > 0 and both[0, SOUNDS + size - 1] == code):
            both[0, SOUNDS + size] = code
            size += 1
    return size


@compiled
def joined_alike(left, i, right, j, k, swap, insert, least, rows, both):
    """Similarity of one word and two others written together, in the better order; less than *least* is told as 0."""
    n, a, b = np.int64(left[i, N_SOUNDS]), np.int64(right[j, N_SOUNDS]), np.int64(right[k, N_SOUNDS])
    if a == 0 or b == 0 or abs(n - a - b) > 3:
        return np.float32(0.0)
    if not masks_agree(u32(left, i, _MASK_AT), u32(right, j, _MASK_AT) | u32(right, k, _MASK_AT)):
        return np.float32(0.0)
    beside = 1 if (left[i, WRITING] == 1) != (right[j, WRITING] == 1) else 0
    size = append_sounds(both, append_sounds(both, np.int64(0), right, j), right, k)
    best = sounds_alike(left, i, n, both, np.int64(0), min(size, 40), swap, insert, beside, least, rows)
    size = append_sounds(both, append_sounds(both, np.int64(0), right, k), right, j)
    least = max(least, best)
    return max(best, sounds_alike(left, i, n, both, np.int64(0), min(size, 40), swap, insert, beside, least, rows))


@compiled
def three_joined(left, i, right, j, k, last, both):
    """Whether one word is three others written together, in any order, sound for sound."""
    n = np.int64(left[i, N_SOUNDS])
    if abs(n - np.int64(right[j, N_SOUNDS]) - np.int64(right[k, N_SOUNDS]) - np.int64(right[last, N_SOUNDS])) > 2:
        return False
    for turn in range(6):
        a, b, c = j, k, last
        if turn == 1:
            a, b, c = j, last, k
        elif turn == 2:
            a, b, c = k, j, last
        elif turn == 3:
            a, b, c = k, last, j
        elif turn == 4:
            a, b, c = last, j, k
        elif turn == 5:
            a, b, c = last, k, j
        size = append_sounds(both, append_sounds(both, append_sounds(both, np.int64(0), right, a), right, b), right, c)
        same = size == n
        at = 0
        while same and at < n:
            same = both[0, SOUNDS + at] == left[i, SOUNDS + at]
            at += 1
        if same:
            return True
    return False


@compiled
def letter_edits(left, i, right, j, rows):
    """Plain edit distance of the letters (neighbours changing places count as one)."""
    n, m = np.int64(left[i, N_LETTERS]), np.int64(right[j, N_LETTERS])
    before, above, row = 0, 1, 2
    for b in range(m + 1):
        rows[above, b] = b
    for a in range(n):
        last = np.int32(a + 1)
        rows[row, 0] = last
        for b in range(m):
            differs = left[i, LETTERS + a] != right[j, LETTERS + b]
            best = rows[above, b] + differs
            other = rows[above, b + 1] + 1
            best = other if other < best else best
            other = last + 1
            best = other if other < best else best
            if (
                a > 0 and b > 0 and differs
                and left[i, LETTERS + a] == right[j, LETTERS + b - 1]
                and left[i, LETTERS + a - 1] == right[j, LETTERS + b]
            ):  # fmt: skip
                other = rows[before, b - 1] + 1
                best = other if other < best else best
            rows[row, b + 1] = best
            last = best
        before, above, row = above, row, before
    return rows[above, m]
