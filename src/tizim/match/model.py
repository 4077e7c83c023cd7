"""The frozen score: boosted trees over the measures of `tizim.match.features`, and the rules around them.

The trees are in ``model.json``, made by ``tools/fit_names.py`` from data that the file names by checksum. A score
is a probability-like number in [0, 1]; two names written alike get 1 by rule, names whose numbers or series marks
differ, or whose fathers and sons are exchanged, never reach the threshold.
"""

from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.errors import Broken
from tizim.match.compiled import compiled
from tizim.match.features import COUNT, NAMES, measure, room

ALGORITHM = "tizim-1"
MATCH_THRESHOLD = 0.7
"""scores from here on are matches"""
HIGHEST = 0.9999
"""the highest score of names that are not written alike"""
DEPTH = 4
"""levels of every tree"""
LEAN = 0.02
"""what a whole alikeness adds to the log-odds: too little to matter, enough to part names that the trees score alike"""
RULED_OUT = 0.4
"""the highest score where numbers differ or father and son are exchanged"""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    algorithm: str
    measures: list[str]
    depth: int
    base: float
    shift: float
    feature: list[list[int]]
    threshold: list[list[float]]
    value: list[list[float]]
    inner: list[list[float]]
    data: dict[str, str]
    figures: dict[str, float]


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """Trees of one depth, laid out level by level."""

    algorithm: str
    feature: npt.NDArray[np.int16]
    """measure asked at each inner node, shape (trees, 2 ** depth - 1)"""
    threshold: npt.NDArray[np.float32]
    value: npt.NDArray[np.float32]
    """what each leaf adds, shape (trees, 2 ** depth)"""
    inner: npt.NDArray[np.float32]
    """what names that come through each inner node get on average, for explanations"""
    base: float
    """log-odds before any tree, moved so that the threshold falls on `MATCH_THRESHOLD`"""
    data: dict[str, str]
    """SHA-256 of the data that the score was fitted on, by file"""


def no_model() -> Model:
    """No trees at all: for fitting, which asks an index before there is a score."""
    none = np.zeros((0, 0), dtype=np.float32)
    return Model(algorithm="", feature=none.astype(np.int16), threshold=none, value=none, inner=none, base=0.0, data={})


@cache
def model() -> Model:
    """The score of this release. Raises `Broken` if its file does not belong to this code."""
    text = files("tizim.match").joinpath("model.json").read_bytes()
    found = msgspec.json.decode(text, type=_File)
    if found.algorithm != ALGORITHM or tuple(found.measures) != NAMES or found.depth != DEPTH:
        raise Broken("match/model.json does not belong to this version: make it anew with tools/fit_names.py")
    return Model(
        algorithm=found.algorithm, feature=np.array(found.feature, dtype=np.int16),
        threshold=np.array(found.threshold, dtype=np.float32), value=np.array(found.value, dtype=np.float32),
        inner=np.array(found.inner, dtype=np.float32), base=found.base + found.shift, data=found.data,
    )  # fmt: skip


@compiled
def log_odds(measures, feature, threshold, value, base):
    """Sum of the leaves that *measures* fall into, and the lean."""
    total = np.float64(base)
    inner = np.uint64(feature.shape[1])
    one, two = np.uint64(1), np.uint64(2)
    for tree in range(feature.shape[0]):
        node = np.uint64(0)
        for _ in range(DEPTH):  # a fixed count and no branch: the processor works on several trees at once
            above = np.uint64(measures[np.uint64(feature[tree, node])] > threshold[tree, node])
            node = two * node + one + above
        total += value[tree, node - inner]
    return total + LEAN * measures[2]


@compiled
def moves(measures, feature, threshold, value, inner, into):
    """Add to *into*, for each measure, by how much the questions about it moved the expected outcome."""
    size = feature.shape[1]
    for tree in range(feature.shape[0]):
        node = 0
        while node < size:
            asked = feature[tree, node]
            after = 2 * node + 1
            if measures[asked] > threshold[tree, node]:
                after += 1
            reached = value[tree, after - size] if after >= size else inner[tree, after]
            into[asked] += np.float64(reached) - np.float64(inner[tree, node])
            node = after


@compiled
def score_of(measures, feature, threshold, value, base):
    """Score in [0, `HIGHEST`] of two names not written alike, rules applied."""
    found = 1.0 / (1.0 + np.exp(-log_odds(measures, feature, threshold, value, base)))
    found = min(found, HIGHEST)
    if measures[38] == 0 and measures[36] == 0:
        found = min(found, 0.05)
    if measures[21] == 1.0 or measures[27] > 0:
        found *= RULED_OUT
    return found


@compiled
def score_pair(left, n, right, m, reading, swap, insert, feature, threshold, value, base):
    """Score of two names not written alike, measured and weighed in one go."""
    out = np.empty(COUNT, dtype=np.float32)
    measure(left, n, right, m, reading, swap, insert, room(), out)
    return score_of(out, feature, threshold, value, base)
