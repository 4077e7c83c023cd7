"""A searcher: an index, the caches that make asking it quick, and what each thread writes on."""

import threading

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.match.analysis import MATCHABLE, as_words
from tizim.match.features import COUNT
from tizim.match.index import SCHEMA_NAMES, Index
from tizim.match.keys import CONSONANTS
from tizim.match.model import Model
from tizim.match.record import FLAGS, MOST_WORDS, SIZE
from tizim.match.search import MOST_CANDIDATES, MOST_LIKE, ask, briefs_of, measure_all, score_these
from tizim.match.sounds import insert_costs, shape_classes, swap_costs

_ARENA = 2_000_000
"""like words kept of words asked for before"""
_MOST_KNOWN = 200_000
"""words asked for before, those that nothing is like among them"""


class Periods(msgspec.Struct, frozen=True, kw_only=True):
    """When entities were listed: for each a stretch of half-open intervals of days (ordinals)."""

    entity: npt.NDArray[np.uint32]
    """the entity of each name"""
    start: npt.NDArray[np.uint32]
    """where each entity's intervals begin, shape (entities + 1)"""
    first: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]


class _Scratch(threading.local):
    """What one thread writes on while it asks."""

    def __init__(self, names: int, words: int) -> None:
        self.gathered = np.zeros(names, dtype=np.uint64)
        self.touched = np.zeros(names, dtype=np.uint32)
        self.seen = np.zeros(words, dtype=np.uint32)
        self.gains = np.zeros(words, dtype=np.uint64)
        self.epoch = 0
        self.best = np.zeros(MOST_CANDIDATES, dtype=np.int64)
        self.rank = np.zeros(MOST_CANDIDATES, dtype=np.float32)
        self.scores = np.zeros(MOST_CANDIDATES, dtype=np.float64)
        self.known_start = np.zeros(MOST_WORDS, dtype=np.int64)
        self.known_count = np.zeros(MOST_WORDS, dtype=np.int64)

    def next(self) -> int:
        self.epoch += 1
        if self.epoch >= 2**26:
            self.gathered[:] = 0
            self.gains[:] = 0
            self.seen[:] = 0
            self.epoch = 1
        return self.epoch


class _Known:
    """Like words of words asked for before; thrown away whole when full."""

    def __init__(self) -> None:
        self.word = np.empty(_ARENA, dtype=np.uint32)
        self.alike = np.empty(_ARENA, dtype=np.float32)
        self.end = 0
        self.places: dict[bytes, tuple[int, int]] = {}


class Searcher:
    """Asks an `Index`; safe to share between threads."""

    def __init__(self, index: Index, periods: Periods, model: Model) -> None:
        self.index = index
        self._periods = periods
        self._model = model
        self._swap, self._insert = swap_costs(), insert_costs()
        self._classes = shape_classes()
        self._briefs = briefs_of(index.words, self._classes)
        self._known = _Known()
        self._lock = threading.Lock()
        self._scratch = _Scratch(index.size, len(index.words))
        self._allowed = {
            schema: np.array([name in others for name in SCHEMA_NAMES], dtype=np.uint8)
            for schema, others in MATCHABLE.items()
        }
        self._any_schema = np.ones(len(SCHEMA_NAMES), dtype=np.uint8)
        self._everybody = np.zeros(0, dtype=np.uint8)

    def ask(
        self, data: bytes, exact: int, schema: str, reading: int, day: int, most: int, fewest: int,
        within: npt.NDArray[np.uint8] | None = None,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:  # fmt: skip
        """Numbers and scores of the names that share most with the query, *most* at most.

        Beyond *fewest* only names count that share half with it.

        *day*: names of entities listed on that day (an ordinal), or of all where it is below 0.
        *within*: a one for each entity whose names count, whatever its schema; without it those that *schema* may mean.
        The two are views that the thread's next call overwrites.
        """
        i, p, s, m = self.index, self._periods, self._scratch, self._model
        query = as_words(data)
        n = len(query)
        most = min(most, MOST_CANDIDATES)
        allowed = self._allowed[schema] if within is None else self._any_schema
        within = self._everybody if within is None else within
        if n == 0 or i.size == 0:
            return s.best[:0], s.scores[:0]
        with self._lock:
            known = self._known
            if known.end + 3 * MOST_WORDS * MOST_LIKE > _ARENA or len(known.places) >= _MOST_KNOWN:
                known = self._known = _Known()
            places = known.places
            fresh = []
            for row in range(n):
                word = data[row * SIZE : row * SIZE + FLAGS]
                place = places.get(word)
                if place is None:
                    fresh.append((row, word))
                    s.known_count[row] = -1
                else:
                    s.known_start[row], s.known_count[row] = place
            count, end = ask(
                query, n, np.uint64(exact), reading, s.known_start, s.known_count, known.word, known.alike, known.end,
                i.words, self._briefs, self._classes, i.name_start, i.name_word, i.name_place,
                i.name_weight, i.name_schema,
                i.name_exact, i.exact_order, i.post_start, i.post_name, i.keys, i.key_start, i.key_word,
                CONSONANTS, self._swap, self._insert, allowed, within, p.entity, p.start, p.first, p.end, day,
                s.gathered, s.gains, s.touched, s.seen, s.next(), s.best, s.rank, most, fewest,
                m.feature, m.threshold, m.value, m.base, s.scores,
            )  # fmt: skip
            if fresh:
                known.end = end
                for row, word in fresh:
                    if s.known_count[row] >= 0:
                        places[word] = (int(s.known_start[row]), int(s.known_count[row]))
        return s.best[:count], s.scores[:count]

    def scores(self, data: bytes, exact: int, reading: int, names: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Scores of the query and the names of these numbers."""
        i, m = self.index, self._model
        query = as_words(data)
        found = np.empty(len(names), dtype=np.float64)
        score_these(
            query, len(query), reading, np.uint64(exact), names, len(names), i.words, i.name_start, i.name_word,
            i.name_place, i.name_exact, self._swap, self._insert,
            m.feature, m.threshold, m.value, m.base, found,
        )  # fmt: skip
        return found

    def measures(self, data: bytes, reading: int, names: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Measures of the query and the names of these numbers, shape (names, COUNT)."""
        i = self.index
        out = np.zeros((len(names), COUNT), dtype=np.float32)
        query = as_words(data)
        measure_all(
            query, len(query), reading, names, len(names), i.words, i.name_start, i.name_word, i.name_place,
            self._swap, self._insert, out,
        )  # fmt: skip
        return out
