"""A searcher: an index, the caches that make asking it quick, and what each thread writes on."""

import threading
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.match.analysis import MATCHABLE, as_words
from tizim.match.features import COUNT
from tizim.match.finding import find_many
from tizim.match.index import SCHEMA_NAMES, Index
from tizim.match.keys import CONSONANTS
from tizim.match.model import Model
from tizim.match.pairing import MOST_TOLD, pair_listed
from tizim.match.questions import Questions
from tizim.match.record import FLAGS, MOST_WORDS, SIZE, Words
from tizim.match.search import MOST_CANDIDATES, MOST_LIKE, ask, ask_many, briefs_of, like_many, measure_all, score_these
from tizim.match.sounds import insert_costs, shape_classes, swap_costs

_ARENA = 2_000_000
"""like words kept of words asked for before"""
_MOST_KNOWN = 200_000
"""words asked for before, those that nothing is like among them"""
_TOGETHER = 512
"""queries of one call of compiled code: the like words of all their words must find room in an empty arena"""
_UNASKED = -2
"""stands for the number of like words of a word of which they were not looked for"""
_UNCOMPARED = (0, -1)
"""where words stand that nothing is compared with"""


class Periods(msgspec.Struct, frozen=True, kw_only=True):
    """When entities were listed: for each a stretch of half-open intervals of days (ordinals)."""

    entity: npt.NDArray[np.uint32]
    """the entity of each name"""
    start: npt.NDArray[np.uint32]
    """where each entity's intervals begin, shape (entities + 1)"""
    first: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]


class Owners(msgspec.Struct, frozen=True, kw_only=True):
    """Which names belong to one entity, and how names are read."""

    order: npt.NDArray[np.int64]
    """names in the order of their entities"""
    start: npt.NDArray[np.int64]
    """where in that order each entity's begin, shape (entities + 1)"""
    readings: npt.NDArray[np.uint8]
    """of each name"""
    worth: float
    """all names of an entity count of which the best so far scores this much"""
    most: int
    """names looked at for one query in that way"""
    several: npt.NDArray[np.uint8]
    """a one for each entity whose names stand under more than one schema"""


_Alike = tuple[
    npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint32], npt.NDArray[np.float32], int
]  # fmt: skip
"""where the like words of each word of queries begin, how many they are, those words, how alike each is, and where
what is kept of them ends"""
Best = dict[int, tuple[float, int]]
"""by the entity's number: the score of its best name, and the number of that"""


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
        self.told = np.zeros(MOST_TOLD, dtype=np.int64)
        self.known_start = np.zeros(MOST_WORDS, dtype=np.int64)
        self.known_count = np.zeros(MOST_WORDS, dtype=np.int64)

    def next(self, count: int = 1) -> int:
        """The first of *count* epochs of which nothing is written yet."""
        first = self.epoch + 1
        self.epoch += count
        if self.epoch >= 2**26:
            self.gathered[:] = 0
            self.gains[:] = 0
            self.seen[:] = 0
            first, self.epoch = 1, count
        return first


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

    def find(
        self, queries: Sequence[tuple[bytes, int]], schema: str, reading: int, owners: Owners, *, day: int, most: int,
        fewest: int, within: npt.NDArray[np.uint8] | None, floor: float,
    ) -> list[Best | None]:  # fmt: skip
        """For each of some queries (records and exact hash) the entities that it may be with a score above *floor*.

        All names of an entity count that may well be meant. None where names are read in a way of which the index
        holds nothing. *day*, *most*, *fewest* and *within* as in `ask`.
        """
        i, p, s, m = self.index, self._periods, self._scratch, self._model
        count = len(queries)
        if i.size == 0:
            return [{} for _ in queries]
        most = min(most, MOST_CANDIDATES)
        allowed = self._allowed[schema] if within is None else self._any_schema
        within = self._everybody if within is None else within
        whole = b"".join([data for data, _ in queries]) if count > 1 else queries[0][0]
        words = [whole[at : at + FLAGS] for at in range(0, len(whole), SIZE)]
        starts = [0]
        for data, _ in queries:
            starts.append(starts[-1] + len(data) // SIZE)
        counts = np.empty(count, dtype=np.int64)
        found = np.empty(count * most, dtype=np.int64), np.empty(count * most), np.empty(count * most, dtype=np.int64)
        with self._lock:
            known = self._known
            if known.end + (len(words) + 2 * MOST_WORDS) * MOST_LIKE > _ARENA or len(known.places) >= _MOST_KNOWN:
                known = self._known = _Known()
            places = known.places
            told = [places.get(word, _UNCOMPARED) for word in words]
            place = np.array(told, dtype=np.int64).reshape(-1, 2).T.copy()
            known_start, known_count = place[0], place[1]
            known.end = find_many(
                as_words(whole), np.array(starts), np.array([exact for _, exact in queries], dtype=np.uint64), count,
                reading, known_start, known_count, known.word, known.alike, known.end,
                i.words, self._briefs, self._classes, i.name_start, i.name_word, i.name_place,
                i.name_weight, i.name_schema, i.name_exact, i.exact_order, i.post_start, i.post_name,
                i.keys, i.key_start, i.key_word, CONSONANTS, self._swap, self._insert, allowed, within,
                p.entity, p.start, p.first, p.end, day, s.gathered, s.gains, s.touched, s.seen, s.next(count),
                s.best, s.rank, most, fewest, m.feature, m.threshold, m.value, m.base, s.scores,
                owners.order, owners.start, owners.several, self._allowed[schema], owners.readings,
                i.person_start, i.person_word, i.person_exact, owners.worth, owners.most, floor,
                counts, *found,
            )  # fmt: skip
            if _UNCOMPARED in told:
                first, size = known_start.tolist(), known_count.tolist()
                for row, word in enumerate(words):
                    if told[row] is _UNCOMPARED and size[row] >= 0:
                        places[word] = (first[row], size[row])
        every: list[Best | None] = []
        for at, size_found in enumerate(counts.tolist()):
            if size_found <= 0:
                every.append({} if size_found == 0 else None)
                continue
            own, scores, names = (part[at * most : at * most + size_found].tolist() for part in found)
            every.append(dict(zip(own, zip(scores, names, strict=True), strict=True)))
        return every

    def tops(
        self, queries: Sequence[tuple[bytes, int]], reading: int, floor: float, owners: Owners,
        most: int, fewest: int, within: npt.NDArray[np.uint8],
    ) -> npt.NDArray[np.float64]:  # fmt: skip
        """For each of many queries (records and exact hash) the highest score of a name that it may be.

        What `ask` finds for one after the other, in one call of compiled code. Above *floor* a score is any that is
        above it; `UNSURE` where only the longer way can tell. *owners*: which names belong together.
        """
        found = np.zeros(len(queries), dtype=np.float64)
        if self.index.size == 0:
            return found
        for first in range(0, len(queries), _TOGETHER):
            some = queries[first : first + _TOGETHER]
            sizes = [len(data) // SIZE for data, _ in some]
            starts = np.zeros(len(some) + 1, dtype=np.int64)
            np.cumsum(sizes, out=starts[1:])
            whole = b"".join([data for data, _ in some])
            query = as_words(whole)
            exacts = np.array([exact for _, exact in some], dtype=np.uint64)
            words = [whole[at : at + FLAGS] for at in range(0, len(whole), SIZE)]
            with self._lock:
                known = self._with_all(words, query)
                places = [known.places.get(word, _UNCOMPARED) for word in words]
                known_start = np.array([place for place, _ in places], dtype=np.int64)
                known_count = np.array([count for _, count in places], dtype=np.int64)
                self._put_tops(
                    query, starts, exacts, (known_start, known_count, known.word, known.alike, known.end), reading,
                    floor, owners, most, fewest, within, found[first : first + len(some)],
                )  # fmt: skip
        return found

    def tops_of(
        self, questions: Questions, chosen: npt.NDArray[np.int64], reading: int, floor: float, owners: Owners,
        most: int, fewest: int, within: npt.NDArray[np.uint8],
    ) -> npt.NDArray[np.float64]:  # fmt: skip
        """`tops` of those of *questions* that are *chosen*, all of which are read as *reading* says."""
        i, s = self.index, self._scratch
        found = np.zeros(len(chosen), dtype=np.float64)
        if i.size == 0:
            return found
        like, alike = np.empty(_ARENA, dtype=np.uint32), np.empty(_ARENA, dtype=np.float32)
        start, count = np.zeros(len(questions.words), dtype=np.int64), np.full(len(questions.words), _UNASKED)
        end = 0
        for first in range(0, len(chosen), _TOGETHER):
            some = chosen[first : first + _TOGETHER]
            query, starts, numbers = questions.rows(some)
            fresh = np.unique(numbers[count[numbers] == _UNASKED])
            if end + (len(fresh) + 2 * MOST_WORDS) * MOST_LIKE > _ARENA:
                count[:] = _UNASKED
                end, fresh = 0, np.unique(numbers)
            if len(fresh):
                own_start, own_count = start[fresh], np.full(len(fresh), -1, dtype=np.int64)
                end = like_many(
                    np.ascontiguousarray(questions.words[fresh]), len(fresh), own_start, own_count, like, alike, end,
                    i.words, self._briefs, self._classes, i.keys, i.key_start, i.key_word, CONSONANTS, self._swap,
                    self._insert, s.seen, s.next(len(fresh)),
                )  # fmt: skip
                start[fresh], count[fresh] = own_start, own_count
            self._put_tops(
                query, starts, questions.exact[some], (start[numbers], count[numbers], like, alike, end), reading,
                floor, owners, most, fewest, within, found[first : first + len(some)],
            )  # fmt: skip
        return found

    def _put_tops(
        self, query: Words, starts: npt.NDArray[np.int64], exacts: npt.NDArray[np.uint64], known: _Alike, reading: int,
        floor: float, owners: Owners, most: int, fewest: int, within: npt.NDArray[np.uint8],
        tops: npt.NDArray[np.float64],
    ) -> None:  # fmt: skip
        """Put the highest score of each query into *tops*; the like words of all their words are *known*."""
        i, p, s, m = self.index, self._periods, self._scratch, self._model
        ask_many(
            query, starts, exacts, len(exacts), reading, *known, i.words, self._briefs, self._classes, i.name_start,
            i.name_word, i.name_place, i.name_weight, i.name_schema, i.name_exact, i.exact_order, i.post_start,
            i.post_name, i.keys, i.key_start, i.key_word, CONSONANTS, self._swap, self._insert, self._any_schema,
            within, p.entity, p.start, p.first, p.end, -1, s.gathered, s.gains, s.touched, s.seen,
            s.next(len(exacts)), s.best, s.rank, min(most, MOST_CANDIDATES), fewest, m.feature, m.threshold, m.value,
            m.base, s.scores, owners.order, owners.start, owners.readings, floor, owners.worth, owners.most, tops,
        )  # fmt: skip

    @staticmethod
    def _fresh(words: Sequence[bytes], known: _Known) -> tuple[_Known, dict[bytes, int]]:
        """Those of *words* that are not known yet, each with the first of its places."""
        fresh: dict[bytes, int] = {}
        for row, word in enumerate(words):
            if word not in known.places:
                fresh.setdefault(word, row)
        return known, fresh

    def _with_all(self, words: Sequence[bytes], query: Words) -> _Known:
        """The like words of words asked for before, with those of all *words*, which *query* holds, among them."""
        s, i = self._scratch, self.index
        known, fresh = self._fresh(words, self._known)
        if known.end + (len(fresh) + 2 * MOST_WORDS) * MOST_LIKE > _ARENA or len(known.places) > _MOST_KNOWN:
            known, fresh = self._fresh(words, _Known())
        self._known = known
        if fresh:
            rows = np.ascontiguousarray(query[list(fresh.values())])
            start, count = np.zeros(len(fresh), dtype=np.int64), np.full(len(fresh), -1, dtype=np.int64)
            known.end = like_many(
                rows, len(fresh), start, count, known.word, known.alike, known.end, i.words, self._briefs,
                self._classes, i.keys, i.key_start, i.key_word, CONSONANTS, self._swap, self._insert, s.seen,
                s.next(len(fresh)),
            )  # fmt: skip
            for word, place, size in zip(fresh, start.tolist(), count.tolist(), strict=True):
                if size >= 0:
                    known.places[word] = (place, size)
        return known

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

    def paired(self, data: bytes, reading: int, name: int) -> list[int]:
        """How the words of the query and the name of that number go together (`tizim.match.pairing`)."""
        i, told = self.index, self._scratch.told
        query = as_words(data)
        end = pair_listed(
            query, len(query), i.words, i.name_start, i.name_word, i.name_place, name, reading, self._swap,
            self._insert, told,
        )  # fmt: skip
        found: list[int] = told[:end].tolist()
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
