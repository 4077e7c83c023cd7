"""Whom a name may be: of each entity its best name, by one call of compiled code for one query or many.

`tizim.match.search` finds names; here all names of those entities count that may well be meant, and of each entity the
best remains. Names that are read otherwise than the query (a person's among subjects of which nobody said what they
are) are scored as the query is read, by what the index holds of them.
"""

import numpy as np

from tizim.match.analysis import PERSON
from tizim.match.compiled import compiled, inlined
from tizim.match.features import COUNT, measure, room
from tizim.match.index import AS_PERSONS
from tizim.match.model import score_of
from tizim.match.record import MOST_WORDS, SIZE
from tizim.match.search import ask, gather, twin_of

UNSURE = -1
"""stands for how many there are where names are read in a way of which the index holds nothing"""


@compiled
def _score_as_read(
    query, n, reading, exact, best, count, words, name_start, name_word, name_place, name_exact, name_schema, readings,
    person_start, person_word, person_exact, swap, insert, r, feature, threshold, value, base, scores,
):  # fmt: skip
    """Score the first *count* names of *best*, all read as the query is; returns whether that can be told of all.

    What is told of a name read as the query is stands in `score_names` too: shared by a function of its own, even an
    inlined one, it cost a match of somebody listed a hundredth more of its time.
    """
    other = np.empty((MOST_WORDS, SIZE), dtype=np.uint8)
    out = np.empty(COUNT, dtype=np.float32)
    for at in range(count):
        name = best[at]
        if readings[name] == reading:
            if name_exact[name] == exact:
                scores[at] = 1.0
                continue
            twin = twin_of(at, best, name_start, name_word, name_place, name_exact)
            if twin >= 0 and readings[best[twin]] == reading:
                scores[at] = scores[twin]
                continue
            m = gather(words, name_start, name_word, name_place, name, other)
        else:
            if reading != PERSON or name_schema[name] != AS_PERSONS:
                return False
            first, last = np.int64(person_start[name]), np.int64(person_start[name + 1])
            m = last - first
            if m == 0:
                scores[at] = 0.0
                continue
            if person_exact[name] == exact:
                scores[at] = 1.0
                continue
            for row in range(m):
                for byte in range(SIZE):
                    other[row, byte] = person_word[first + row, byte]
        measure(query, n, other, m, reading, swap, insert, r, out)
        scores[at] = score_of(out, feature, threshold, value, base)
    return True


@inlined
def _take(owner, name, score, owners, tops, numbers, begin, size):
    """Let *name* stand for its entity if it scores more than what stands there; returns how many entities there are."""
    for at in range(begin, begin + size):
        if owners[at] == owner:
            if score > tops[at] or (score == tops[at] and name < numbers[at]):
                tops[at], numbers[at] = score, name
            return size
    at = begin + size
    owners[at], tops[at], numbers[at] = owner, score, name
    return size + 1


@compiled
def find_many(
    query, starts, exacts, n, reading, known_start, known_count, arena_word, arena_alike, arena_end,
    words, briefs, classes, name_start, name_word, name_place, name_weight, name_schema,
    name_exact, exact_order, post_start, post_name, keys, key_start, key_word,
    consonants, swap, insert, allowed, within, entity, period_start, period_from, period_to, day,
    gathered, gains, touched, seen, epoch, best, best_rank, most, fewest, feature, threshold, value, base, scores,
    order, entity_start, several, meant, readings, person_start, person_word, person_exact, worth, most_names, floor,
    counts, owners, tops, numbers,
):  # fmt: skip
    """For each of *n* queries the entities that it may be and score above *floor*; returns where the arena ends.

    Query *q* has the words from ``starts[q]`` on. Its entities are ``counts[q]`` (`UNSURE` where names are read in a
    way of which nothing is held) from ``q * most`` on: their numbers in *owners*, the score of the best name in *tops*
    and its number in *numbers*. All names of an entity count whose best so far scores *worth*, *most_names* at most;
    of entities with *several* schemata those that are *meant*. See `ask` for the rest; *n* epochs are used.
    """
    r = room()
    rest = np.empty(most_names, dtype=np.int64)
    rest_scores = np.empty(most_names, dtype=np.float64)
    unscored = feature[:0]
    for q in range(n):
        begin, end = starts[q], starts[q + 1]
        counts[q] = 0
        if begin == end:
            continue
        asked, size_asked = query[begin:end], end - begin
        count, arena_end = ask(
            asked, size_asked, exacts[q], reading, known_start[begin:end], known_count[begin:end],
            arena_word, arena_alike, arena_end, words, briefs, classes, name_start, name_word, name_place, name_weight,
            name_schema, name_exact, exact_order, post_start, post_name, keys, key_start, key_word,
            consonants, swap, insert, allowed, within, entity, period_start, period_from, period_to, day,
            gathered, gains, touched, seen, epoch + q, best, best_rank, most, fewest, unscored, threshold, value, base,
            scores,
        )  # fmt: skip
        if not _score_as_read(
            asked, size_asked, reading, exacts[q], best, count, words, name_start, name_word, name_place, name_exact,
            name_schema, readings, person_start, person_word, person_exact, swap, insert, r,
            feature, threshold, value, base, scores,
        ):  # fmt: skip
            counts[q] = UNSURE
            continue
        first, size = q * most, 0
        for at in range(count):
            size = _take(entity[best[at]], best[at], scores[at], owners, tops, numbers, first, size)
        taken = 0
        for at in range(first, first + size):
            if tops[at] < worth or taken >= most_names:
                continue
            owner = owners[at]
            start = entity_start[owner]
            for place in range(start, min(entity_start[owner + 1], start + most_names - taken)):
                name = order[place]
                if several[owner] and not meant[name_schema[name]]:
                    continue
                known = False
                for k in range(count):
                    known = known or best[k] == name
                if not known:
                    rest[taken] = name
                    taken += 1
        if taken:
            if not _score_as_read(
                asked, size_asked, reading, exacts[q], rest, taken, words, name_start, name_word, name_place,
                name_exact, name_schema, readings, person_start, person_word, person_exact, swap, insert, r,
                feature, threshold, value, base, rest_scores,
            ):  # fmt: skip
                counts[q] = UNSURE
                continue
            for at in range(taken):
                size = _take(entity[rest[at]], rest[at], rest_scores[at], owners, tops, numbers, first, size)
        kept = first
        for at in range(first, first + size):
            if tops[at] > floor:
                owners[kept], tops[kept], numbers[kept] = owners[at], tops[at], numbers[at]
                kept += 1
        counts[q] = kept - first
    return arena_end
