"""How alike two names are as written, letter by letter: a finer key where scores are the same."""

from functools import lru_cache
from itertools import accumulate

import numpy as np

from tizim.match.compiled import compiled

_LONGEST = 80


@compiled
def _edits(points, first, middle, end):
    """Edit distance of two runs of code points that stand in one array."""
    n, m = middle - first, end - middle
    above = np.arange(m + 1)
    row = np.empty(m + 1, dtype=np.int64)
    for i in range(n):
        last = i + 1
        row[0] = last
        for j in range(m):
            best = above[j] + (points[first + i] != points[middle + j])
            other = above[j + 1] + 1
            best = other if other < best else best
            other = last + 1
            best = other if other < best else best
            row[j + 1] = best
            last = best
        above, row = row, above
    return above[m]


@compiled
def _alike(points, a, b, c, d):
    longest = max(a, b - a, 1)
    plain = _edits(points, np.int64(0), a, b) / longest
    folded = _edits(points, b, c, d) / max(c - b, d - c, 1)
    return max(0.0, 0.999 - 0.9 * folded - 0.09 * plain)


def written_alike(left: str, right: str) -> float:
    """1 for equal texts, less for other case, order, marks and letters; in [0, 1], symmetric."""
    return 1.0 if left == right else _of_two(left[:_LONGEST], right[:_LONGEST])


@lru_cache(maxsize=4_096)  # whoever puts matches in order tells of each where it stands, too
def _of_two(left: str, right: str) -> float:
    texts = [left, right]
    texts += [text.casefold()[:_LONGEST] for text in texts]
    a, b, c, d = accumulate(map(len, texts))
    points = np.frombuffer(bytearray("".join(texts).encode("utf-32-le", "surrogatepass")), dtype=np.uint32)
    return float(_alike(points, a, b, c, d))
