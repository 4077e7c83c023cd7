"""Sounds: the small alphabet in which romanised words of all scripts are compared, and what it costs to swap two.

Romanisation leaves habits behind (kh, ou, ck, doubled letters); here digraphs become one code and a table says
how near two codes are. Words of vowel-less scripts have codes of their own for alif, waw and ya, which stand
for long vowels and for consonants alike.
"""

import numpy as np
import numpy.typing as npt

from tizim.match.costs import INSERT, INSERT_VOWELLESS, SWAPS

_SINGLE = "abcdefghijklmnopqrstuvwxyz"
_DIGRAPHS = {
    "kh": "kh", "gh": "gh", "sh": "sh", "th": "th", "dh": "dh", "ch": "ch", "zh": "zh", "ts": "ts", "ng": "ng",
}  # fmt: skip
_SPELLINGS = (
    ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("dsch", "j"), ("dzh", "j"), ("dj", "j"), ("ph", "f"),
    ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("tz", "ts"), ("x", "ks"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("yy", "i"),
)  # fmt: skip
NAMES = [*_SINGLE, *_DIGRAPHS, "alif", "waw", "ya", *"0123456789"]
CODES = {name: number + 1 for number, name in enumerate(NAMES)}
"""code of each sound; 0 is no sound"""
N_CODES = len(NAMES) + 1

_VOWEL_LESS = {"a": CODES["alif"], "w": CODES["waw"], "y": CODES["ya"]}

_CLASSES = [
    "a e alif", "i y ya", "o u w waw", "b p", "v f", "k q c g gh kh ng", "s z th dh x", "t d", "sh ch zh j", "ts", "h", "l", "r", "m", "n",
]  # fmt: skip


def _class_bits() -> list[int]:
    bits = [0] * N_CODES
    for number, members in enumerate(_CLASSES):
        for name in members.split():
            bits[CODES[name]] = 1 << number
    for digit in range(10):
        bits[CODES[str(digit)]] = 1 << (16 + digit)
    return bits


_BITS = _class_bits()
_SKELETON = {
    CODES[name]: letter
    for letter, names in {
        "k": "k q c g gh kh j", "s": "s z x sh ch zh ts", "t": "t d th dh", "p": "b p f v", "l": "l", "r": "r",
        "m": "m n ng",
    }.items()
    for name in names.split()
}  # fmt: skip


def sounds_of(word: str, *, vowel_less: bool = False) -> bytes:
    """The codes of a romanised *word* (lower-case a-z and digits), doubles made one."""
    if not vowel_less:
        for spelt, sound in _SPELLINGS:
            if spelt in word:
                word = word.replace(spelt, sound)
    found = bytearray()
    place, end = 0, len(word)
    while place < end:
        two = word[place : place + 2]
        if two in _DIGRAPHS:
            code = CODES[two]
            place += 2
        else:
            letter = word[place]
            place += 1
            code = _VOWEL_LESS.get(letter, CODES.get(letter, 0)) if vowel_less else CODES.get(letter, 0)
        if code and (not found or found[-1] != code or code > CODES["ya"]):
            found.append(code)
    return bytes(found)


def mask_of(sounds: bytes) -> int:
    """One bit for each class of sound that occurs."""
    mask = 0
    for code in sounds:
        mask |= _BITS[code]
    return mask


def skeleton_of(sounds: bytes) -> str:
    """The classes of the consonants, neighbours of the same class made one; vowels, h, w and y are left out."""
    found = ""
    for code in sounds:
        letter = _SKELETON.get(code) or (NAMES[code - 1] if code > CODES["ya"] else "")
        if letter and not found.endswith(letter):
            found += letter
    return found


def swap_costs() -> npt.NDArray[np.float32]:
    """Cost of reading one sound for another, in [0, 1], shape (codes, codes), symmetric."""
    table = np.ones((N_CODES, N_CODES), dtype=np.float32)
    np.fill_diagonal(table, 0)
    for pair, cost in SWAPS.items():
        left, right = pair.split()
        table[CODES[left], CODES[right]] = table[CODES[right], CODES[left]] = cost
    return table


def insert_costs() -> npt.NDArray[np.float32]:
    """Cost of one sound too many: row 0 between two full spellings, row 1 beside a vowel-less one."""
    table = np.ones((2, N_CODES), dtype=np.float32)
    for name, cost in INSERT.items():
        table[:, CODES[name]] = cost
    for name, cost in INSERT_VOWELLESS.items():
        table[1, CODES[name]] = cost
    return table
