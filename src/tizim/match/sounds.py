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
    "kh": "kh", "gh": "gh", "sh": "sh", "th": "th", "dh": "dh", "ch": "ch", "zh": "zh", "ts": "ts", "tz": "ts", "ng": "ng",
}  # fmt: skip
_SPELLINGS = (
    ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("dsch", "j"), ("dzh", "j"), ("dj", "j"), ("ph", "f"),
    ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("tz", "ts"), ("tsz", "ts"), ("chzh", "zh"), ("nng", "ng"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("yy", "i"),
)  # fmt: skip
SYLLABIC = ("hk", "ht", "hp", "hj", "hx", "hr")
"""consonants of Hangul and Han syllables that romanisations write as k or g, t or d, p or b, j or ch, x or hs, r or l"""
NAMES = [*_SINGLE, *dict.fromkeys(_DIGRAPHS.values()), "alif", "waw", "ya", *SYLLABIC, *"0123456789"]
CODES = {name: number + 1 for number, name in enumerate(NAMES)}
"""code of each sound; 0 is no sound"""
N_CODES = len(NAMES) + 1
_LAST_LETTER = CODES["hr"]

_VOWEL_LESS = {"a": CODES["alif"], "w": CODES["waw"], "y": CODES["ya"]}

_CLASSES = [
    "a e alif", "i y ya", "o u w waw", "b p v f hp", "k q c g gh kh ng hk", "s z th dh x ts hx", "t d ht", "sh ch zh j hj", "h", "l r hr", "m", "n",
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
SKELETON = {
    CODES[name]: letter
    for letter, names in {
        "k": "k q c g gh kh j hk", "s": "s z x sh ch zh ts hx hj", "t": "t d th dh ht", "p": "b p f v hp", "l": "l", "r": "r hr",
        "m": "m n ng",
    }.items()
    for name in names.split()
}  # fmt: skip
"""the class of each consonant in the skeleton of a word; vowels, h, w and y are in none"""


_HANGUL = (("yeo", "yo"), ("eo", "o"), ("eu", "u"), ("ae", "e"), ("oe", "o"), ("ui", "i"), ("wo", "o"))
_HAN = (("ian", "ien"), ("zh", "J"), ("ch", "J"), ("sh", "s"), ("ui", "uei"), ("z", "ts"), ("c", "ts"))
_SYLLABIC_LETTERS = {"k": "hk", "g": "hk", "t": "ht", "d": "ht", "p": "hp", "b": "hp", "j": "hj", "J": "hj", "q": "hj", "x": "hx", "r": "hr"}  # fmt: skip


def sounds_of_syllables(word: str, *, hangul: bool) -> bytes:
    """The codes of romanised Hangul (Revised Romanisation) or Han (pinyin) syllables."""
    for spelt, sound in _HANGUL if hangul else _HAN:
        word = word.replace(spelt, sound)
    if hangul:
        word = word.replace("ch", "J")
    found = bytearray()
    place = 0
    while place < len(word):
        two = word[place : place + 2]
        name = _DIGRAPHS.get(two) or _SYLLABIC_LETTERS.get(word[place], word[place])
        place += 2 if two in _DIGRAPHS else 1
        code = CODES.get(name, 0)
        if code and (not found or found[-1] != code):
            found.append(code)
    return bytes(found)


def sounds_of(word: str, *, vowel_less: bool = False) -> bytes:
    """The codes of a romanised *word* (lower-case a-z and digits), doubles made one."""
    if not vowel_less:
        for spelt, sound in _SPELLINGS:
            if spelt in word:
                word = word.replace(spelt, sound)
        if "x" in word:
            word = word[:1] + word[1:].replace("x", "ks")
    found = bytearray()
    place, end = 0, len(word)
    while place < end:
        two = word[place : place + 2]
        if two in _DIGRAPHS:
            code = CODES[_DIGRAPHS[two]]
            place += 2
        else:
            letter = word[place]
            place += 1
            code = _VOWEL_LESS.get(letter, CODES.get(letter, 0)) if vowel_less else CODES.get(letter, 0)
        if code and (not found or found[-1] != code or code > _LAST_LETTER):
            found.append(code)
    return bytes(found)


def mask_of(sounds: bytes) -> int:
    """One bit for each class of sound that occurs."""
    mask = 0
    for code in sounds:
        mask |= _BITS[code]
    return mask


_BONES = {
    CODES[name]: number + 1
    for number, names in enumerate(("b p v f hp", "k q c g gh kh ng hk", "s z th dh x ts hx", "t d ht", "sh ch zh j hj", "l", "r hr", "m", "n"))
    for name in names.split()
} | {CODES[str(digit)]: 10 + digit % 6 for digit in range(10)}  # fmt: skip


def bones_of(sounds: bytes) -> int:
    """The classes of the consonants in their order, four bits each, the first lowest; at most sixteen."""
    found = place = 0
    for code in sounds:
        if (bone := _BONES.get(code, 0)) and place < 64:
            found |= bone << place
            place += 4
    return found


def shape_classes() -> npt.NDArray[np.uint8]:
    """A class from 1 to 15 for every sound, vowels too: what is compared before words are compared sound by sound."""
    found = np.full(N_CODES, 13, dtype=np.uint8)
    groups = (
        "b p v f hp w waw", "k q c g gh kh ng hk h", "s z th dh x ts hx", "t d ht", "sh ch zh j hj", "l", "r hr", "m", "n",
        "a alif", "e i y ya", "o u",
    )  # fmt: skip
    for number, names in enumerate(groups):
        for name in names.split():
            found[CODES[name]] = number + 1
    return found


def swap_costs() -> npt.NDArray[np.int32]:
    """Cost of reading one sound for another, in thousandths of a consonant, shape (codes, codes), symmetric."""
    table = np.full((N_CODES, N_CODES), 1000, dtype=np.int32)
    np.fill_diagonal(table, 0)
    for pair, cost in SWAPS.items():
        left, right = pair.split()
        table[CODES[left], CODES[right]] = table[CODES[right], CODES[left]] = round(cost * 1000)
    return table


def insert_costs() -> npt.NDArray[np.int32]:
    """Cost of one sound too many, in thousandths: row 0 between two full spellings, row 1 beside a vowel-less one."""
    table = np.full((2, N_CODES), 1000, dtype=np.int32)
    for name, cost in INSERT.items():
        table[:, CODES[name]] = round(cost * 1000)
    for name, cost in INSERT_VOWELLESS.items():
        table[1, CODES[name]] = round(cost * 1000)
    return table
