"""Which words of many questions a change of an index can touch. Compiled; who asks is `tizim.match.questions`.

A word of a question finds words of an index by keys, whole, written together with its neighbour, or in two parts. What
it finds cannot change where none of the words that were changed is found in any of these ways.
"""

import numpy as np

from tizim.match.compiled import compiled
from tizim.match.features import is_core, room
from tizim.match.keys import MOST_KEYS, keys_of, sounds_key
from tizim.match.record import KIND, MOST_WORDS, N_SOUNDS, PLACE, SOUNDS, Kind
from tizim.match.search import find_key, joined_key

_NUMBER = int(Kind.NUMBER)
_SHORTEST_PARTED = 7
"""sounds of the shortest word that is looked for in two parts, as in `tizim.match.search.like_words`"""


@compiled
def joined_keys(words, starts, consonants, keys, owner):
    """Write the keys of neighbours written together, and the question of each; returns how many.

    Question *q* has the words from ``starts[q]`` on; neighbours are those that `tizim.match.search.ask` joins.
    """
    r = room()
    by_place = np.empty(256, dtype=np.int64)
    count = 0
    for q in range(len(starts) - 1):
        by_place[:] = -1
        for row in range(starts[q], starts[q + 1]):
            by_place[words[row, PLACE]] = row
        last = np.int64(-1)
        for place in range(2 * MOST_WORDS):
            row = by_place[place]
            if row < 0 or not is_core(words[row, KIND]) or words[row, KIND] == _NUMBER:
                continue
            if last >= 0:
                key = joined_key(words, last, row, consonants, r)
                if key != np.uint64(0):
                    keys[count], owner[count] = key, q
                    count += 1
            last = row
    return count


@compiled
def mark_parted(words, known, changed, before, after, touched):
    """Mark words of which a part is one that was changed, where both parts are found before or after the change.

    *known*: a one for each word that the index has itself, before and after: such a word is not parted.
    """
    for row in range(len(words)):
        size = np.int64(words[row, N_SOUNDS])
        kind = words[row, KIND]
        if touched[row] or known[row] or size < _SHORTEST_PARTED or kind == _NUMBER or not is_core(kind):
            continue
        sounds = words[row, SOUNDS : SOUNDS + size]
        for cut in range(3, size - 2):
            one, other = sounds_key(sounds[:cut], cut), sounds_key(sounds[cut:], size - cut)
            if find_key(changed, one) < 0 and find_key(changed, other) < 0:
                continue
            if (find_key(before, one) >= 0 and find_key(before, other) >= 0) or (
                find_key(after, one) >= 0 and find_key(after, other) >= 0
            ):
                touched[row] = 1
                break


@compiled
def mark_asking(words, wanted, consonants, touched):
    """Mark words that look for any of the *wanted* keys."""
    into = np.empty(MOST_KEYS, dtype=np.uint64)
    spaces = np.zeros(3, dtype=np.int64)
    for row in range(len(words)):
        if touched[row]:
            continue
        for k in range(keys_of(words, row, consonants, np.uint8(1), into, spaces)):
            if find_key(wanted, into[k]) >= 0:
                touched[row] = 1
                break
