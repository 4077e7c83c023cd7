"""Asking an index: like words first, then names that have them, then the score of the best of those.

Compiled, without the interpreter's lock. What a thread writes on is its own (`tizim.match.asking`).
"""

import numpy as np

from tizim.match.compiled import compiled
from tizim.match.distance import (
    LEAST,
    append_sounds,
    bones_agree,
    joined_alike,
    masks_agree,
    places_of,
    shapes_agree,
    u32,
    u64,
    words_alike,
)
from tizim.match.features import COUNT, is_core, measure, room, weight_of
from tizim.match.keys import MOST_KEYS, joined_consonants_key, keys_of, sounds_key
from tizim.match.model import score_of
from tizim.match.record import (
    BONES,
    FLAGS,
    KIND,
    MASK,
    MOST_WORDS,
    N_SOUNDS,
    PLACE,
    SIZE,
    SOUNDS,
    WRITING,
    Kind,
)

MOST_LIKE = 96
"""words taken as like one word of a query"""
MOST_CANDIDATES = 768
_NUMBER = int(Kind.NUMBER)
_OPENED = 12_000
"""postings read of a query while names are still let in; later ones only add to those"""
_READ = 60_000
"""postings read of a query before words that are still commoner are left to the score"""
_ENOUGH_READ = 4_000
_ENOUGH_OPEN = 64
_NAMES_EACH = 2
_TWINS_AMONG = 64
"""names before one that are looked at for its words: what is compared twice costs less than looking long"""
_UNLIKELY = np.float32(0.5)
"""names that share less than this with a query are scored only if there are too few others"""
_SCALE = np.float32(1_000_000.0)
_HALF = np.float32(0.5)
UNSURE = 2.0
"""stands for a score, above every score, where only the longer way can tell"""
_GOOD, _FAIR, _ENOUGH = np.float32(0.8), np.float32(0.7), 12
CROWD = 256
"""words with one key from which on those that are not very near are passed over"""
_NEAR = np.float32(0.68)
"""how alike words must be that share consonants only"""


@compiled
def find_key(keys, wanted):
    """Place of a key among the sorted *keys*, or -1."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    if low < len(keys) and keys[low] == wanted:
        return low
    return -1


@compiled
def shape_of(words, row, classes):
    """The classes of a word's first sixteen sounds, four bits each."""
    found = np.uint64(0)
    for at in range(min(16, np.int64(words[row, N_SOUNDS]))):
        found |= np.uint64(classes[words[row, SOUNDS + at]]) << np.uint64(4 * at)
    return found


@compiled
def briefs_of(words, classes):
    """What is looked at before words are compared, side by side for every word: mask and writing, bones, shape."""
    found = np.zeros((len(words), 4), dtype=np.uint64)
    for row in range(len(words)):
        found[row, 0] = np.uint64(u32(words, row, MASK * 4)) | (np.uint64(words[row, WRITING]) << np.uint64(32))
        found[row, 1] = u64(words, row, BONES * 8)
        found[row, 2] = shape_of(words, row, classes)
    return found


@compiled
def like_words(
    query,
    row,
    words,
    briefs,
    classes,
    keys,
    key_start,
    key_word,
    consonants,
    swap,
    insert,
    r,
    seen,
    round_,
    into,
    alike,
):
    """Words of the index that are like word *row* of *query*, best first; returns how many (at most `MOST_LIKE`)."""
    asked = np.empty(MOST_KEYS, dtype=np.uint64)
    spaces = np.zeros(3, dtype=np.int64)
    count = 0
    bones, shapes = np.zeros(16, dtype=np.uint64), np.zeros(16, dtype=np.uint64)
    n_bones = places_of(u64(query, row, BONES * 8), bones)
    n_shapes = places_of(shape_of(query, row, classes), shapes)
    full = query[row, WRITING] != 1
    mask = u32(query, row, MASK * 4)
    least = np.float32(LEAST)
    total = keys_of(query, row, consonants, np.uint8(1), asked, spaces)
    for k in range(total):
        if spaces[0] <= k and count == MOST_LIKE and alike[count - 1] > _GOOD:
            break  # there are enough words closer than those that share consonants only
        if spaces[1] <= k and count >= _ENOUGH and alike[_ENOUGH - 1] > _FAIR:
            break  # and than those that share some consonants
        by_consonants = full and spaces[0] <= k
        if by_consonants and least < _NEAR:
            least = _NEAR
        place = find_key(keys, asked[k])
        if place < 0:
            continue
        crowded = key_start[place + 1] - key_start[place] > CROWD
        for at in range(key_start[place], key_start[place + 1]):
            word = np.int64(key_word[at])
            if seen[word] == round_:
                continue
            seen[word] = round_
            if k >= spaces[2]:
                brief = briefs[word, 0]
                if not masks_agree(mask, np.uint32(brief & np.uint64(0xFFFFFFFF))):
                    continue
                is_full = brief >> np.uint64(32) != 1
                if by_consonants and is_full and not shapes_agree(shapes, n_shapes, briefs[word, 2], crowded):
                    continue
                if not bones_agree(bones, n_bones, briefs[word, 1]):
                    continue
            if count == MOST_LIKE:
                least = max(least, alike[count - 1])
            found = words_alike(query, row, words, word, swap, insert, least, r.rows, r.places)
            if found >= least:
                count = _insert(into, alike, count, word, found)
    size = np.int64(query[row, N_SOUNDS])
    if size >= 7 and query[row, KIND] != _NUMBER and (count == 0 or alike[0] < 0.95):
        sounds = query[row, SOUNDS : SOUNDS + size]
        for cut in range(3, size - 2):
            first = find_key(keys, sounds_key(sounds[:cut], cut))
            if first < 0:
                continue
            second = find_key(keys, sounds_key(sounds[cut:], size - cut))
            if second < 0:
                continue
            for place in (first, second):
                for at in range(key_start[place], key_start[place + 1]):
                    word = np.int64(key_word[at])
                    if seen[word] != round_:
                        seen[word] = round_
                        count = _insert(into, alike, count, word, _HALF)
    return count


@compiled
def _insert(into, alike, count, word, found):
    """Put a word into its place among the best; a full list drops its last."""
    if count == MOST_LIKE:
        if found <= alike[count - 1]:
            return count
        count -= 1
    at = count
    while at > 0 and alike[at - 1] < found:
        into[at], alike[at] = into[at - 1], alike[at - 1]
        at -= 1
    into[at], alike[at] = word, found
    return count + 1


@compiled
def joined_key(query, first, second, consonants, r):
    """The key by which words are found that are two words of the query written together; 0 where there is none."""
    size = append_sounds(r.both, append_sounds(r.both, np.int64(0), query, first), query, second)
    if size > 14:
        return np.uint64(0)
    if query[first, WRITING] == 1 or query[second, WRITING] == 1:
        return joined_consonants_key(query, first, second, consonants)
    return sounds_key(r.both[0, SOUNDS:], size)


@compiled
def joined_words(query, first, second, words, keys, key_start, key_word, consonants, swap, insert, r, into, alike):
    """Words of the index that are two words of the query written together."""
    count = np.int64(0)
    wanted = joined_key(query, first, second, consonants, r)
    if wanted == np.uint64(0):
        return count
    place = find_key(keys, wanted)
    if place >= 0:
        for at in range(key_start[place], key_start[place + 1]):
            word = np.int64(key_word[at])
            found = joined_alike(words, word, query, first, second, swap, insert, np.float32(0.8), r.rows, r.both)
            if found >= 0.8:
                count = _insert(into, alike, count, word, found)
    return count


@compiled
def is_listed(subject, period_start, period_from, period_to, day):
    """Whether a subject is listed on a day; any day below 0 counts."""
    if day < 0:
        return True
    for p in range(period_start[subject], period_start[subject + 1]):
        if period_from[p] <= day and day < period_to[p]:
            return True
    return False


@compiled
def candidates(
    like_start, like_count, like_word, like_alike, like_weight, like_share, groups,
    words, name_start, name_word, name_weight, name_schema, post_start, post_name, allowed,
    within, entity, period_start, period_from, period_to, day, total, gathered, gains, touched, epoch, best, best_rank,
    most,
):  # fmt: skip
    """Fill *best* with the names that share most with the query; returns how many.

    The words of the query come as *groups* of like words: group *g* has ``like_count[g]`` words of the index from
    ``like_start[g]``, each alike by so much; its weight is ``like_weight[g]``. *day* < 0: whatever the period.
    *within*: for each subject whether it counts; of no length: all do.
    """
    bounded = len(within) > 0
    order = np.empty(groups, dtype=np.int64)
    sizes = np.empty(groups, dtype=np.int64)
    for g in range(groups):
        size = 0
        for k in range(like_start[g], like_start[g] + like_count[g]):
            word = like_word[k]
            size += np.int64(post_start[word + 1]) - np.int64(post_start[word])
        sizes[g] = size
        at = g
        while at > 0 and sizes[order[at - 1]] > size:
            order[at] = order[at - 1]
            at -= 1
        order[at] = g
    read, seen = 0, 0
    low, high = np.uint64(0xFFFFFFFF), np.uint64(0xFFFFFFFF00000000)
    for turn in range(groups):
        g = order[turn]
        mark = np.uint64(epoch * 64 + g + 1) << np.uint64(32)
        weight = like_weight[g]
        if turn > 0 and seen >= _ENOUGH_OPEN and sizes[g] > 4 * seen:
            # Fewer names are open than have these words: it is quicker to look into the names.
            for k in range(like_start[g], like_start[g] + like_count[g]):
                word = like_word[k]
                gains[word] = mark | np.uint64(
                    like_alike[k] * min(weight, weight_of(words, word) * like_share[g]) * _SCALE
                )
            for at in range(seen):
                name = touched[at]
                gain = np.uint64(0)
                for place in range(name_start[name], name_start[name + 1]):
                    cell = gains[name_word[place]]
                    if cell & high == mark and cell & low > gain:
                        gain = cell & low
                gathered[name] += gain
            continue
        opening = turn == 0 or read < _OPENED
        if turn > 0 and read > _READ:
            break
        mine = 0
        for k in range(like_start[g], like_start[g] + like_count[g]):
            if mine > _ENOUGH_READ and like_alike[k] < _GOOD:
                break  # so many names have words closer than this that those with this one would not come first
            word = like_word[k]
            gain = np.uint64(like_alike[k] * min(weight, weight_of(words, word) * like_share[g]) * _SCALE)
            begin, end = np.int64(post_start[word]), np.int64(post_start[word + 1])
            for at in range(begin, end):
                name = post_name[at]
                cell = gathered[name]
                if cell >> np.uint64(38) == epoch:
                    if cell & high != mark:
                        gathered[name] = mark | ((cell & low) + gain)
                elif opening and allowed[name_schema[name]] and (not bounded or within[entity[name]]):
                    gathered[name] = mark | gain
                    touched[seen] = name
                    seen += 1
            mine += end - begin
            read += end - begin
            if mine > 5 * _OPENED:
                break
    count = 0
    for at in range(seen):
        name = touched[at]
        other = name_weight[name]
        least, largest = min(total, other), max(total, other)
        sum_ = np.float32(gathered[name] & low) / _SCALE
        rank = min(sum_, least) / (np.float32(0.65) * least + np.float32(0.35) * largest + np.float32(0.01))
        if count == most and rank <= best_rank[count - 1]:
            continue
        if day >= 0 and not is_listed(entity[name], period_start, period_from, period_to, day):
            continue
        # No more than two names of one subject, so that a subject of many names leaves room for others.
        subject, own, worst = entity[name], 0, -1
        for k in range(count):
            if entity[best[k]] == subject:
                own += 1
                worst = k
        if own >= _NAMES_EACH:
            if rank <= best_rank[worst]:
                continue
            for k in range(worst, count - 1):
                best[k], best_rank[k] = best[k + 1], best_rank[k + 1]
            count -= 1
        elif count == most:
            count -= 1
        place = count
        while place > 0 and best_rank[place - 1] < rank:
            best[place], best_rank[place] = best[place - 1], best_rank[place - 1]
            place -= 1
        best[place], best_rank[place] = name, rank
        count += 1
    return count


@compiled
def gather(words, name_start, name_word, name_place, name, into):
    """Copy the records of a name into *into*; returns how many."""
    count = 0
    for at in range(name_start[name], name_start[name + 1]):
        row = name_word[at]
        for byte in range(SIZE):
            into[count, byte] = words[row, byte]
        into[count, PLACE] = name_place[at] & np.uint16(0xFF)
        into[count, FLAGS] = name_place[at] >> np.uint16(8)
        count += 1
    return count


@compiled
def twin_of(at, best, name_start, name_word, name_place, name_exact):
    """The place, before *at* in *best*, of a name of the same words in the same places; -1 where there is none.

    A subject has one name from several lists: it is compared once.
    """
    name = best[at]
    start, size = name_start[name], name_start[name + 1] - name_start[name]
    for k in range(max(0, at - _TWINS_AMONG), at):
        other = best[k]
        if name_exact[other] != name_exact[name] or name_start[other + 1] - name_start[other] != size:
            continue
        same = True
        for row in range(size):
            mine, theirs = start + row, name_start[other] + row
            if name_word[mine] != name_word[theirs] or name_place[mine] != name_place[theirs]:
                same = False
                break
        if same:
            return k
    return -1


@compiled
def score_names(
    query, n, reading, exact, best, count, words, name_start, name_word, name_place, name_exact, swap, insert, r,
    feature, threshold, value, base, scores,
):  # fmt: skip
    """Score the first *count* names of *best*."""
    other = np.empty((MOST_WORDS, SIZE), dtype=np.uint8)
    out = np.empty(COUNT, dtype=np.float32)
    for at in range(count):
        name = best[at]
        if name_exact[name] == exact:
            scores[at] = 1.0
            continue
        twin = twin_of(at, best, name_start, name_word, name_place, name_exact)
        if twin >= 0:
            scores[at] = scores[twin]
            continue
        m = gather(words, name_start, name_word, name_place, name, other)
        measure(query, n, other, m, reading, swap, insert, r, out)
        scores[at] = score_of(out, feature, threshold, value, base)


@compiled
def score_these(
    query, n, reading, exact, names, count, words, name_start, name_word, name_place, name_exact, swap, insert,
    feature, threshold, value, base, scores,
):  # fmt: skip
    """`score_names` for who has no room of their own: handing one over to compiled code costs more than making it."""
    score_names(
        query, n, reading, exact, names, count, words, name_start, name_word, name_place, name_exact, swap, insert,
        room(), feature, threshold, value, base, scores,
    )  # fmt: skip


@compiled
def ask(
    query, n, exact, reading, known_start, known_count, arena_word, arena_alike, arena_end,
    words, briefs, classes, name_start, name_word, name_place, name_weight, name_schema,
    name_exact, exact_order, post_start, post_name, keys, key_start, key_word,
    consonants, swap, insert, allowed, within, entity, period_start, period_from, period_to, day,
    gathered, gains, touched, seen, epoch, best, best_rank, most, fewest, feature, threshold, value, base, scores,
):  # fmt: skip
    """The best candidates of a query and their scores; returns how many, and where the arena of like words ends.

    There are *most* at most; beyond *fewest* only those that share half with the query.

    ``known_start`` and ``known_count`` say where like words of each word of the query are in the arena already
    (count -1: not yet; they are found, added at its end, and the two arrays filled in).
    """
    r = room()
    into = np.empty(MOST_LIKE, dtype=np.int64)
    alike = np.empty(MOST_LIKE, dtype=np.float32)
    starts, counts = np.zeros(2 * MOST_WORDS, dtype=np.int64), np.zeros(2 * MOST_WORDS, dtype=np.int64)
    weights, shares = np.empty(2 * MOST_WORDS, dtype=np.float32), np.empty(2 * MOST_WORDS, dtype=np.float32)
    by_place = np.full(256, -1, dtype=np.int64)
    groups, total = np.int64(0), np.float32(0.0)
    for row in range(n):
        by_place[query[row, PLACE]] = row
        if not is_core(query[row, KIND]):
            continue
        if known_count[row] < 0:
            found = like_words(
                query,
                row,
                words,
                briefs,
                classes,
                keys,
                key_start,
                key_word,
                consonants,
                swap,
                insert,
                r,
                seen,
                np.uint32(epoch * 16 + row),
                into,
                alike,
            )
            known_start[row], known_count[row] = arena_end, found
            for k in range(found):
                arena_word[arena_end], arena_alike[arena_end] = into[k], alike[k]
                arena_end += 1
        weight = weight_of(query, row)
        total += weight
        starts[groups], counts[groups], weights[groups], shares[groups] = (
            known_start[row],
            known_count[row],
            weight,
            1.0,
        )
        groups += 1
    free = arena_end
    last = np.int64(-1)
    for place in range(2 * MOST_WORDS):
        row = by_place[place]
        if row < 0 or not is_core(query[row, KIND]) or query[row, KIND] == _NUMBER:
            continue
        if last >= 0:
            found = joined_words(
                query, last, row, words, keys, key_start, key_word, consonants, swap, insert, r, into, alike
            )
            if found:
                starts[groups], counts[groups] = free, found
                weights[groups] = weight_of(query, last) + weight_of(query, row)
                shares[groups] = 2.0
                groups += 1
                for k in range(found):
                    arena_word[free], arena_alike[free] = into[k], alike[k]
                    free += 1
        last = row
    count = candidates(
        starts, counts, arena_word, arena_alike, weights, shares, groups,
        words, name_start, name_word, name_weight, name_schema, post_start, post_name, allowed, within, entity,
        period_start, period_from, period_to, day, total, gathered, gains, touched, epoch, best, best_rank, most,
    )  # fmt: skip
    count = _with_exact(
        exact, name_exact, exact_order, name_schema, allowed, within, entity, period_start, period_from, period_to, day,
        best, count, most,
    )  # fmt: skip
    while count > fewest and best_rank[count - 1] < _UNLIKELY and name_exact[best[count - 1]] != exact:
        count -= 1
    if len(feature):
        score_names(
            query, n, reading, exact, best, count, words, name_start, name_word, name_place, name_exact, swap, insert,
            r, feature, threshold, value, base, scores,
        )  # fmt: skip
    return count, arena_end


@compiled
def _with_exact(
    exact,
    name_exact,
    exact_order,
    name_schema,
    allowed,
    within,
    entity,
    period_start,
    period_from,
    period_to,
    day,
    best,
    count,
    most,
):
    """See to it that names written just like the query are among the best; the last of the others give way."""
    low, high = 0, len(exact_order)
    while low < high:
        middle = (low + high) >> 1
        if name_exact[exact_order[middle]] < exact:
            low = middle + 1
        else:
            high = middle
    kept = count
    taken = 0
    while low < len(exact_order) and name_exact[exact_order[low]] == exact and taken < most:
        name = exact_order[low]
        low += 1
        if not allowed[name_schema[name]] or not is_listed(entity[name], period_start, period_from, period_to, day):
            continue
        if len(within) > 0 and not within[entity[name]]:
            continue
        known = False
        for at in range(count):
            known = known or best[at] == name
        if known:
            continue
        taken += 1
        if count < most:
            best[count] = name
            count += 1
        else:
            kept = min(kept, count) - 1
            while kept >= 0 and name_exact[best[kept]] == exact:
                kept -= 1
            if kept < 0:
                break
            best[kept] = name
    return count


@compiled
def measure_all(query, n, reading, best, count, words, name_start, name_word, name_place, swap, insert, out):
    """Measures of the query and each of the first *count* names of *best*."""
    other = np.empty((MOST_WORDS, SIZE), dtype=np.uint8)
    r = room()
    for at in range(count):
        m = gather(words, name_start, name_word, name_place, best[at], other)
        measure(query, n, other, m, reading, swap, insert, r, out[at])


@compiled
def like_many(
    query, n, known_start, known_count, arena_word, arena_alike, arena_end, words, briefs, classes,
    keys, key_start, key_word, consonants, swap, insert, seen, epoch,
):  # fmt: skip
    """Like words of each of the *n* words of *query*, added to the arena; returns where that ends.

    Words that nothing is compared with keep the count -1, as in `ask`. *n* epochs are used from *epoch* on.
    """
    r = room()
    into = np.empty(MOST_LIKE, dtype=np.int64)
    alike = np.empty(MOST_LIKE, dtype=np.float32)
    for row in range(n):
        if not is_core(query[row, KIND]):
            continue
        round_ = np.uint32((epoch + row) * 16)
        found = like_words(
            query, row, words, briefs, classes, keys, key_start, key_word, consonants, swap, insert, r, seen, round_,
            into, alike,
        )  # fmt: skip
        known_start[row], known_count[row] = arena_end, found
        for k in range(found):
            arena_word[arena_end], arena_alike[arena_end] = into[k], alike[k]
            arena_end += 1
    return arena_end


@compiled
def ask_many(
    query, starts, exacts, n, reading, known_start, known_count, arena_word, arena_alike, arena_end,
    words, briefs, classes, name_start, name_word, name_place, name_weight, name_schema,
    name_exact, exact_order, post_start, post_name, keys, key_start, key_word,
    consonants, swap, insert, allowed, within, entity, period_start, period_from, period_to, day,
    gathered, gains, touched, seen, epoch, best, best_rank, most, fewest, feature, threshold, value, base, scores,
    order, entity_start, readings, floor, worth, most_names, tops,
):  # fmt: skip
    """Put into *tops*, for each of *n* queries, the highest score of a name that it may be, as far as that matters.

    Of a query with a score above *floor* it may be any above it; `UNSURE` stands where names are read in another way
    than the query, or an entity has more names than are looked at here. Query *q* has the words from ``starts[q]`` on,
    all of which are known. All names of an entity count whose best so far scores *worth*. *n* epochs are used.
    """
    r = room()
    rest = np.empty(most_names, dtype=np.int64)
    rest_scores = np.empty(most_names, dtype=np.float64)
    for q in range(n):
        begin, end = starts[q], starts[q + 1]
        tops[q] = 0.0
        if begin == end:
            continue
        asked = query[begin:end]
        count, _ = ask(
            asked, end - begin, exacts[q], reading, known_start[begin:end], known_count[begin:end],
            arena_word, arena_alike, arena_end, words, briefs, classes, name_start, name_word, name_place, name_weight,
            name_schema, name_exact, exact_order, post_start, post_name, keys, key_start, key_word,
            consonants, swap, insert, allowed, within, entity, period_start, period_from, period_to, day,
            gathered, gains, touched, seen, epoch + q, best, best_rank, most, fewest, feature, threshold, value, base,
            scores,
        )  # fmt: skip
        top = 0.0
        for at in range(count):
            if readings[best[at]] != reading:
                top = UNSURE
                break
            top = max(top, scores[at])
        if top > floor:
            tops[q] = top
            continue
        taken = 0
        for at in range(count):
            if scores[at] < worth:
                continue
            owner = entity[best[at]]
            for place in range(entity_start[owner], entity_start[owner + 1]):
                name = order[place]
                known = False
                for k in range(count):
                    known = known or best[k] == name
                if known:
                    continue
                if taken == most_names or readings[name] != reading:
                    top = UNSURE
                    break
                rest[taken] = name
                taken += 1
            if top > floor:
                break
        if top <= floor and taken:
            score_names(
                asked, end - begin, reading, exacts[q], rest, taken, words, name_start, name_word, name_place,
                name_exact, swap, insert, r, feature, threshold, value, base, rest_scores,
            )  # fmt: skip
            for at in range(taken):
                top = max(top, rest_scores[at])
        tops[q] = top
