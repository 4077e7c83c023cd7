"""Letters of a name in another script that changed places, though what is left could be read as the name."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tizim.guard.letters import departure

_RIGHT: Final = 0.06  # departure up to which a name is written as it sounds
_LESS: Final = 0.04  # by how much letters in their order have to be nearer
_BREATH: Final = frozenset("hхһه")  # said or not, by language
_VOWELS: Final = frozenset("aeiouyаеиоуыэюяіїё")


@lru_cache(maxsize=65_536)
def is_slip(word: str, against: str, cost: float, *, bare_other: bool) -> bool:
    """Whether *against*, which departs by *cost* from the name *word*, is it but for two letters in the other order.

    *bare_other*: that the script of *against* leaves short vowels out.
    """

    def departs(other: str) -> float:
        return departure(word, other, bare_other=bare_other)

    return any(departs(other) <= min(_RIGHT, cost - _LESS) for other in _turned(against))


def _turned(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        pair = {word[at], word[at + 1]}
        if (
            len(pair) == 2
            and pair.isdisjoint(_BREATH)
            and not pair <= _VOWELS
            and (at + 2 < len(word) or "e" not in pair)
        ):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
