"""Keys by which like words find each other: a word's sounds, each with one sound left out, and its consonants.

Two words that differ by two edits share a key when one sound is left out of both. Vowel-less words meet full
ones by consonants alone. Compiled; keys are 64-bit hashes.
"""

import numpy as np

from tizim.match.compiled import compiled
from tizim.match.distance import u32
from tizim.match.record import GROUP, KIN, KIND, N_SOUNDS, NUMBER, SOUNDS, WRITING, Kind
from tizim.match.sounds import CODES, N_CODES, SKELETON

MOST_KEYS = 72
_PRIME = np.uint64(0x100000001B3)
_START = np.uint64(0xCBF29CE484222325)
_NUMBER, _INITIAL, _LIGHT, _LEGAL, _TITLE, _FATHER = (
    int(Kind.NUMBER), int(Kind.INITIAL), int(Kind.LIGHT), int(Kind.LEGAL_FORM), int(Kind.TITLE), int(Kind.FATHER),
)  # fmt: skip
_CLASS_S, _CLASS_K = ord("s"), ord("k")
_LONGEST_SOUNDS = 14
_FULL, _CONSONANTS, _VOWELLESS, _GROUP, _KIN, _NUM, _PARTED = 1, 2, 3, 4, 5, 6, 8


def _consonants() -> np.ndarray:
    found = np.zeros(N_CODES, dtype=np.uint8)
    for code, letter in SKELETON.items():
        found[code] = ord(letter)
    for digit in range(10):
        found[CODES[str(digit)]] = ord(str(digit))
    return found


CONSONANTS = _consonants()
"""class of each sound in a skeleton, 0 for those that are left out"""


@compiled
def _key(space, data, size, skip):
    found = _START ^ np.uint64(space)
    for at in range(size):
        if at != skip:
            found = (found ^ np.uint64(data[at])) * _PRIME
    found ^= found >> np.uint64(29)
    return found * np.uint64(0x9E3779B97F4A7C15)


@compiled
def sounds_key(data, size):
    """The key of a whole sequence of sounds."""
    return _key(_FULL, data, size, -1)


@compiled
def _number_key(space, value):
    found = (_START ^ np.uint64(space) ^ np.uint64(value)) * _PRIME
    return (found ^ (found >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)


@compiled
def skeleton(words, row, consonants, into):
    """Write the consonant classes of a word into *into*; returns how many."""
    size = 0
    for at in range(words[row, N_SOUNDS]):
        letter = consonants[words[row, SOUNDS + at]]
        if letter and (size == 0 or into[size - 1] != letter):
            into[size] = letter
            size += 1
    return size


@compiled
def joined_consonants_key(words, first, second, consonants):
    """The key by which full words find the consonants of two words written together."""
    bare = np.empty(48, dtype=np.uint8)
    size = skeleton(words, first, consonants, bare)
    more = np.empty(24, dtype=np.uint8)
    for at in range(skeleton(words, second, consonants, more)):
        if size == 0 or bare[size - 1] != more[at]:
            bare[size] = more[at]
            size += 1
    return _key(_CONSONANTS, bare, size, -1)


@compiled
def keys_of(words, row, consonants, asking, into, spaces):
    """Write the keys of a word into *into*, the most telling first; returns how many.

    *asking*: for looking up, not for storing. Into *spaces* go the places from which on words share consonants
    only, and some consonants only, and before which they share a group.
    """
    spaces[0] = spaces[1] = MOST_KEYS
    spaces[2] = 0
    kind = words[row, KIND]
    count = 0
    if kind == _LIGHT or kind == _LEGAL or kind == _TITLE or kind == _FATHER or kind == _INITIAL:
        return 0
    if kind == _NUMBER:
        into[0] = _number_key(_NUM, u32(words, row, NUMBER * 4))
        return 1
    group, kin = u32(words, row, GROUP * 4), u32(words, row, KIN * 4)
    if group:
        into[count] = _number_key(_GROUP, group)
        count += 1
    if kin:
        into[count] = _number_key(_KIN, kin)
        count += 1
    spaces[2] = count
    size = min(np.int64(words[row, N_SOUNDS]), _LONGEST_SOUNDS)
    sounds = words[row, SOUNDS : SOUNDS + size]
    bare = np.empty(24, dtype=np.uint8)
    consonant_count = skeleton(words, row, consonants, bare)
    vowel_less = words[row, WRITING] >= 1  # or of syllables, which romanisations write in many ways
    into[count] = _key(_FULL, sounds, size, -1)
    count += 1
    if size >= 3 and not vowel_less:
        for skip in range(size):
            if skip == 0 or sounds[skip] != sounds[skip - 1]:
                into[count] = _key(_FULL, sounds, size, skip)
                count += 1
    spaces[0] = count
    if vowel_less:
        count = _loose_keys(words, row, bare, consonant_count, asking, into, count, spaces)
    else:
        count = _full_keys(sounds, size, bare, consonant_count, consonants, asking, into, count, spaces)
    return count


@compiled
def _loose_keys(words, row, bare, size, asking, into, count, spaces):
    """Keys by consonants of a word without vowels, or of syllables: among its like, and (asking) among full words."""
    last = _CONSONANTS if asking else _VOWELLESS
    for space in range(last, _VOWELLESS + 1):
        into[count] = _key(space, bare, size, -1)
        count += 1
        for at in range(size):  # j and ch are two classes, and one sound of syllables
            if bare[at] == _CLASS_S and words[row, WRITING] >= 2:
                bare[at] = _CLASS_K
                into[count] = _key(space, bare, size, -1)
                count += 1
                bare[at] = _CLASS_S
    spaces[1] = count
    if size >= 3:
        for space in range(last, _VOWELLESS + 1):
            for skip in range(min(size, 8)):
                into[count] = _key(space, bare, size, skip)
                count += 1
    return count


@compiled
def _full_keys(sounds, n, bare, size, consonants, asking, into, count, spaces):
    """Keys by consonants of a word with its vowels: among words without, and among its like.

    Among its like they are parted by whether a word begins and ends in a consonant: those that differ in this and
    in more are not near.
    """
    parted = _PARTED
    if n > 0:
        parted += (1 if consonants[sounds[0]] else 0) + (2 if consonants[sounds[n - 1]] else 0)
    beside = _VOWELLESS if asking else _CONSONANTS
    into[count] = _key(beside, bare, size, -1)
    count += 1
    if not asking or size >= 3:
        into[count] = _key(parted, bare, size, -1)
        count += 1
    spaces[1] = count
    if size >= 4:
        for skip in range(min(size, 8)):
            into[count] = _key(parted, bare, size, skip)
            into[count + 1] = _key(beside, bare, size, skip)
            count += 2
    return count
