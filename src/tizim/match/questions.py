"""Many questions kept ready to be asked again: names read into words once, and which of them a change can touch.

A question is a name as one schema reads it. `build` makes a set of them, `tizim.match.asking.Searcher.tops_of` asks
some of them, `touched` tells which a change of the index can have another answer to.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.match.index import Index
from tizim.match.keys import CONSONANTS
from tizim.match.record import FLAGS, HASH, KIND, PLACE, SIZE, WRITING, Words
from tizim.match.search import CROWD, MOST_LIKE, briefs_of, like_many
from tizim.match.sounds import insert_costs, shape_classes, swap_costs
from tizim.match.touching import joined_keys, mark_asking, mark_parted

_TOGETHER = 4_096
"""words whose like words are looked for in one call of compiled code"""


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """The arrays, to be written to a file and mapped from it. Questions are numbered as they were given."""

    words: npt.NDArray[np.uint8]
    """distinct words, shape (words, 88), without place and flags"""
    start: npt.NDArray[np.uint32]
    """where each question begins in ``word``, shape (questions + 1)"""
    word: npt.NDArray[np.uint32]
    place: npt.NDArray[np.uint16]
    """place in the text, and flags times 256"""
    exact: npt.NDArray[np.uint64]
    """hash of what is equal for names written alike"""
    joined_key: npt.NDArray[np.uint64]
    """keys of neighbours written together"""
    joined: npt.NDArray[np.uint32]
    """the question of each of those"""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.exact)

    def rows(self, chosen: npt.NDArray[np.int64]) -> tuple[Words, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The records of the words of the *chosen* questions, where each begins, and the numbers of the words."""
        start = self.start.astype(np.int64)
        first, sizes = start[chosen], start[chosen + 1] - start[chosen]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        at = np.repeat(first - starts[:-1], sizes) + np.arange(starts[-1])
        numbers = self.word[at].astype(np.int64)
        rows = self.words[numbers]
        rows[:, PLACE] = self.place[at] & 0xFF
        rows[:, FLAGS] = self.place[at] >> 8
        return rows, starts, numbers


def build(given: Iterable[tuple[bytes, int]]) -> Questions:
    """Questions of names that were read (`tizim.match.analysis.Analyser.records`): records, and the exact hash."""
    words: dict[bytes, int] = {}
    starts, numbers, places, exacts = [0], [], [], []
    whole: list[bytes] = []
    for rows, exact in given:
        for at in range(0, len(rows), SIZE):
            record = rows[at : at + SIZE]
            places.append(record[PLACE] | record[FLAGS] << 8)
            numbers.append(words.setdefault(record[:FLAGS] + b"\0\0" + record[PLACE + 1 :], len(words)))
        whole.append(rows)
        starts.append(len(numbers))
        exacts.append(exact)
    every = np.frombuffer(bytearray(b"".join(whole)), dtype=np.uint8).reshape(-1, SIZE)
    keys, owner = np.zeros(len(every), dtype=np.uint64), np.zeros(len(every), dtype=np.uint32)
    count = joined_keys(every, np.array(starts, dtype=np.int64), CONSONANTS, keys, owner)
    return Questions(
        words=np.frombuffer(bytearray(b"".join(words)), dtype=np.uint8).reshape(-1, SIZE),
        start=np.array(starts, dtype=np.uint32), word=np.array(numbers, dtype=np.uint32),
        place=np.array(places, dtype=np.uint16), exact=np.array(exacts, dtype=np.uint64),
        joined_key=keys[:count].copy(), joined=owner[:count].copy(),
    )  # fmt: skip


def touched(
    questions: Questions, changed: Index, before: Index, after: Index
) -> npt.NDArray[np.bool_]:  # fmt: skip
    """For each question whether its answer can be another one: a changed name has a word like one of its.

    *changed* is an index of the names that were changed, as they were and as they are; *before* and *after* are the
    whole index. Told of too many, never of too few.
    """
    found = np.zeros(len(questions), dtype=np.bool_)
    if not len(questions) or not changed.size:
        return found
    like = _like(questions.words, changed)
    own = _forms(questions.words)
    known = (np.isin(own, _forms(before.words)) & np.isin(own, _forms(after.words))).astype(np.uint8)
    mark_parted(questions.words, known, changed.keys, before.keys, after.keys, like)
    crowded = _crowding(changed, before, after)
    if len(crowded):
        mark_asking(questions.words, crowded, CONSONANTS, like)
    holds = np.concatenate([[0], np.cumsum(like[questions.word], dtype=np.int64)])
    start = questions.start.astype(np.int64)
    found |= holds[start[1:]] > holds[start[:-1]]
    found |= np.isin(questions.exact, changed.name_exact)
    found[questions.joined[np.isin(questions.joined_key, changed.keys)]] = True
    return found


def _forms(words: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Equal for words of one form that do the same in a name: one of them is found by the other as itself."""
    found = np.ascontiguousarray(words).view(np.uint64)[:, HASH]
    does = words[:, KIND].astype(np.uint64) * 256 + words[:, WRITING]
    forms: npt.NDArray[np.uint64] = np.bitwise_xor(found, does * np.uint64(0x9E3779B97F4A7C15))
    return forms


def _like(words: npt.NDArray[np.uint8], index: Index) -> npt.NDArray[np.uint8]:
    """A one for each word that has a like one in the index."""
    classes = shape_classes()
    briefs = briefs_of(index.words, classes)
    swap, insert = swap_costs(), insert_costs()
    found = np.zeros(len(words), dtype=np.uint8)
    seen = np.zeros(len(index.words), dtype=np.uint32)
    into = np.empty(_TOGETHER * MOST_LIKE, dtype=np.uint32)
    alike = np.empty(_TOGETHER * MOST_LIKE, dtype=np.float32)
    start = np.zeros(_TOGETHER, dtype=np.int64)
    for first in range(0, len(words), _TOGETHER):
        some = np.ascontiguousarray(words[first : first + _TOGETHER])
        counts = np.full(len(some), -1, dtype=np.int64)
        like_many(
            some, len(some), start, counts, into, alike, 0, index.words, briefs, classes, index.keys, index.key_start,
            index.key_word, CONSONANTS, swap, insert, seen, first + 1,
        )  # fmt: skip
        found[first : first + len(some)] = counts > 0
    return found


def _crowding(changed: Index, before: Index, after: Index) -> npt.NDArray[np.uint64]:
    """Keys of changed names that many words have before the change or after it, and not both.

    Of the words of such a key those that are not very near are passed over, changed or not.
    """
    sizes = [_sizes(changed.keys, index) > CROWD for index in (before, after)]
    keys: npt.NDArray[np.uint64] = changed.keys[sizes[0] != sizes[1]]
    return keys


def _sizes(keys: npt.NDArray[np.uint64], index: Index) -> npt.NDArray[np.int64]:
    """How many words of an index have each key."""
    if not len(index.keys):
        return np.zeros(len(keys), dtype=np.int64)
    at = np.minimum(np.searchsorted(index.keys, keys), len(index.keys) - 1)
    sizes: npt.NDArray[Any] = index.key_start[at + 1].astype(np.int64) - index.key_start[at]
    return np.where(index.keys[at] == keys, sizes, 0)
