"""How much a word says: frozen counts of words in names, and the weight that follows.

The counts ship with the package (``tables/frequencies.txt``, made by ``tools/build_frequencies.py``) and are
the same for every list, so that the same two names always get the same score.
"""

import math
from collections import defaultdict
from functools import cache

from tizim.match.tables import table

_LEAST = 0.15


class Frequencies:
    """Weights of romanised words and of groups of words, each in [0.15, 1]."""

    def __init__(self, counts: dict[str, int], total: int) -> None:
        self._top = math.log(max(total, 2))
        self._counts = counts
        self._groups: dict[str, int] = defaultdict(int)
        for name in ("given_names", "nisba_places", "east_asian_names"):
            for key, variants in table(name).items():
                self._groups[f"{name}:{key}"] = sum(counts.get(variant, 0) for variant in variants)

    def weight(self, word: str) -> float:
        """Weight of a romanised word, or of a group where *word* names one (``table:key``); 1 for one never seen."""
        count = self._groups.get(word, 0) if ":" in word else self._counts.get(word, 0)
        return max(_LEAST, min(1.0, 1.0 - math.log(max(count, 0.5) * 2) / self._top))


@cache
def frequencies() -> Frequencies:
    """The frozen counts of this release."""
    rows = table("frequencies")
    counts = {word: int(found[-1]) for word, found in rows.items() if not word.startswith("=")}
    return Frequencies(counts, int(rows["=total"][-1]))
