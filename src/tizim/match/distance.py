"""How alike two words are: compiled functions on records (`tizim.match.record`). All are symmetric."""

import numpy as np
from numba import njit  # type: ignore[import-untyped]

from tizim.match.record import (
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
_MASK_AT, _GROUP_AT, _KIN_AT, _NUMBER_AT = 24, GROUP * 4, KIN * 4, NUMBER * 4

LEAST = 0.6
"""words less alike than this are different words"""
BY_INITIAL = 0.55
BY_GROUP = 0.95
BY_KIN = 0.82


@njit(cache=True, nogil=True)
def u32(words, row, at):
    """Four bytes as a number."""
    return (
        np.uint32(words[row, at])
        | (np.uint32(words[row, at + 1]) << np.uint32(8))
        | (np.uint32(words[row, at + 2]) << np.uint32(16))
        | (np.uint32(words[row, at + 3]) << np.uint32(24))
    )


@njit(cache=True, nogil=True)
def same_form(left, i, right, j):
    """Whether two words have the same form, by its hash."""
    for at in range(8):
        if left[i, at] != right[j, at]:
            return False
    return left[i, WRITING] == right[j, WRITING]


@njit(cache=True, nogil=True)
def bits(value):
    """How many bits are set."""
    count = 0
    while value:
        value &= value - np.uint32(1)
        count += 1
    return count


@njit(cache=True, nogil=True)
def sounds_distance(left, n, right, m, swap, insert):
    """Weighted edit distance of two sequences of sounds, with neighbours changing places."""
    before = np.empty(44, dtype=np.float32)
    above = np.empty(44, dtype=np.float32)
    row = np.empty(44, dtype=np.float32)
    above[0] = 0.0
    for j in range(m):
        above[j + 1] = above[j] + insert[right[j]]
    for i in range(n):
        a = left[i]
        cost = insert[a]
        row[0] = above[0] + cost
        for j in range(m):
            b = right[j]
            best = above[j] + swap[a, b]
            other = above[j + 1] + cost
            best = min(other, best)
            other = row[j] + insert[b]
            best = min(other, best)
            if i > 0 and j > 0 and a == right[j - 1] and b == left[i - 1] and a != b:
                other = before[j - 1] + np.float32(0.5)
                best = min(other, best)
            row[j + 1] = best
        before, above, row = above, row, before
    return above[m]


@njit(cache=True, nogil=True)
def _sounds_alike(left, n, right, m, swap, insert):
    """Similarity in [0, 1] of two sequences of sounds."""
    if n == 0 or m == 0:
        return np.float32(0.0)
    size_left, size_right = np.float32(0.0), np.float32(0.0)
    for i in range(n):
        size_left += insert[left[i]]
    for j in range(m):
        size_right += insert[right[j]]
    size = max(np.float32(0.5) * (size_left + size_right), np.float32(1.0))
    if abs(size_left - size_right) > np.float32(0.45) * size:
        return np.float32(0.0)
    alike = np.float32(1.0) - sounds_distance(left, n, right, m, swap, insert) / size
    return max(alike, np.float32(0.0))


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def words_alike(left, i, right, j, swap, insert):
    """Similarity in [0, 1] of two words; below `LEAST` they are different words, and 0 is given early."""
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
    # Consonants first: words that share less than half of their classes are different words.
    mine, theirs = u32(left, i, _MASK_AT) & np.uint32(0xFFFFFFF8), u32(right, j, _MASK_AT) & np.uint32(0xFFFFFFF8)
    if mine and theirs and 2 * bits(mine & theirs) < max(bits(mine), bits(theirs)):
        return floor
    row = 1 if (writing == 1) != (right[j, WRITING] == 1) else 0
    alike = _sounds_alike(
        left[i, SOUNDS : SOUNDS + left[i, N_SOUNDS]], left[i, N_SOUNDS],
        right[j, SOUNDS : SOUNDS + right[j, N_SOUNDS]], right[j, N_SOUNDS],
        swap, insert[row],
    )  # fmt: skip
    if alike < LEAST and _mirrored(left, i, right, j):
        alike = np.float32(0.75)
    return max(min(alike, np.float32(0.99)), floor)


@njit(cache=True, nogil=True)
def _mirrored(left, i, right, j):
    n = left[i, N_LETTERS]
    if n < 4 or n != right[j, N_LETTERS]:
        return False
    for k in range(n):
        if left[i, LETTERS + k] != right[j, LETTERS + n - 1 - k]:
            return False
    return True


@njit(cache=True, nogil=True)
def _append(both, size, words, row):
    """Write the sounds of a word after *size* others, two equal neighbours as one; returns the new size."""
    for at in range(words[row, N_SOUNDS]):
        code = words[row, SOUNDS + at]
        if size < 60 and not (at == 0 and size > 0 and both[size - 1] == code):
            both[size] = code
            size += 1
    return size


@njit(cache=True, nogil=True)
def joined_alike(left, i, right, j, k, swap, insert):
    """Similarity of one word and two others written together, in the better order."""
    n, a, b = left[i, N_SOUNDS], right[j, N_SOUNDS], right[k, N_SOUNDS]
    if a == 0 or b == 0 or abs(np.int64(n) - np.int64(a) - np.int64(b)) > 3:
        return np.float32(0.0)
    both = np.empty(64, dtype=np.uint8)
    costs = insert[1 if (left[i, WRITING] == 1) != (right[j, WRITING] == 1) else 0]
    best = np.float32(0.0)
    for turn in range(2):
        first, second = (j, k) if turn == 0 else (k, j)
        size = _append(both, _append(both, 0, right, first), right, second)
        alike = _sounds_alike(left[i, SOUNDS : SOUNDS + n], n, both[:size], min(size, 40), swap, costs)
        best = max(alike, best)
    return best


@njit(cache=True, nogil=True)
def three_joined(left, i, right, j, k, last):
    """Whether one word is three others written together, in any order, sound for sound."""
    n = np.int64(left[i, N_SOUNDS])
    if abs(n - np.int64(right[j, N_SOUNDS]) - np.int64(right[k, N_SOUNDS]) - np.int64(right[last, N_SOUNDS])) > 2:
        return False
    both = np.empty(64, dtype=np.uint8)
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
        size = _append(both, _append(both, _append(both, 0, right, a), right, b), right, c)
        same = size == n
        at = 0
        while same and at < n:
            same = both[at] == left[i, SOUNDS + at]
            at += 1
        if same:
            return True
    return False


@njit(cache=True, nogil=True)
def letter_edits(left, i, right, j):
    """Plain edit distance of the letters (neighbours changing places count as one)."""
    n, m = left[i, N_LETTERS], right[j, N_LETTERS]
    before = np.empty(22, dtype=np.int32)
    above = np.empty(22, dtype=np.int32)
    row = np.empty(22, dtype=np.int32)
    for at in range(m + 1):
        above[at] = at
    for a in range(n):
        row[0] = a + 1
        for b in range(m):
            differs = left[i, LETTERS + a] != right[j, LETTERS + b]
            best = above[b] + (1 if differs else 0)
            best = min(best, above[b + 1] + 1, row[b] + 1)
            if (
                a > 0 and b > 0 and differs
                and left[i, LETTERS + a] == right[j, LETTERS + b - 1]
                and left[i, LETTERS + a - 1] == right[j, LETTERS + b]
            ):  # fmt: skip
                best = min(best, before[b - 1] + 1)
            row[b + 1] = best
        before, above, row = above, row, before
    return above[m]
