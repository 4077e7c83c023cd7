"""How one word of a name is laid out in memory: 88 bytes, read by the compiled kernel byte by byte.

A name is the concatenation of its words' records, so that text becomes input of the kernel by joining
bytes, and a saved list is a file that can be mapped. All numbers are little-endian.

    bytes   view      what
    0-7     u64[0]    hash of the word's form
    8-15    u16[4-7]  code points of the original syllables (Han, Hangul), 0 where none
    16-19   u32[4]    group: words with the same group mean the same (spellings, translations, numbers)
    20-23   u32[5]    second group: weaker kinship (translated given names, families of legal forms)
    24-27   u32[6]    mask: one bit for every class of sound in the word
    28-29   u16[14]   weight, in thousandths
    30      u8        number of sounds
    31      u8        number of letters
    32-51   u8        sounds (codes of `tizim.match.sounds`), at most 20
    52-71   u8        letters as ASCII, at most 20
    72      u8        kind, see `Kind`
    73      u8        writing: 0 letters, 1 vowel-less, 2 Han, 3 Hangul
    74      u8        flags, see `Flag`
    75      u8        place of the word in the name
    76-79   u32[19]   number that the word stands for (kind NUMBER), else 0
    80-87   u64[10]   bones: the classes of its consonants in their order, four bits each, the first lowest
"""

import enum
import struct

import numpy as np
import numpy.typing as npt

SIZE = 88
LONGEST = 20
"""sounds and letters kept of one word; the hash of the form covers all of it"""
MOST_WORDS = 16
"""words compared of one name; the hash of the name covers all of them"""

HASH, NATIVE, GROUP, KIN, MASK, WEIGHT = 0, 4, 4, 5, 6, 14
N_SOUNDS, N_LETTERS, SOUNDS, LETTERS = 30, 31, 32, 52
KIND, WRITING, FLAGS, PLACE, NUMBER, BONES = 72, 73, 74, 75, 19, 10

_LAYOUT = struct.Struct("<Q4HIIIHBB20s20sBBBBIQ")
assert _LAYOUT.size == SIZE  # noqa: S101 - the layout above and the struct are one


class Kind(enum.IntEnum):
    """What a word does in a name."""

    WORD = 0
    INITIAL = 1
    NUMBER = 2
    LEGAL_FORM = 3
    LIGHT = 4
    """articles, prepositions, conjunctions"""
    DESCRIPTOR = 5
    """words that many organisations share: bank, front, international"""
    PLACE = 6
    TITLE = 7
    PATRONYMIC = 8
    NISBA = 9
    """a word that says from where, or of which clan: al-Tikriti, Haqqani"""
    FATHER = 10
    """bin, ibn, ould, oglu: the next word is the father"""
    PART = 11
    """a part of a compound given name: abd, din, abu"""


class Flag(enum.IntFlag):
    """What else is true of a word."""

    AFTER_FATHER = 1
    """the word follows a mark of descent"""
    FATHER_CHAIN = 2
    """set on every word of a name that has a mark of descent"""
    CUT = 4
    """longer than what is kept"""


Words = npt.NDArray[np.uint8]
"""records of a name's words, shape (words, 88)"""


def pack(
    *,
    form_hash: int,
    native: tuple[int, ...],
    group: int,
    kin: int,
    mask: int,
    weight: float,
    sounds: bytes,
    letters: bytes,
    kind: Kind,
    writing: int,
    flags: int,
    number: int,
    bones: int,
) -> bytes:
    """One record; its place in the name is 0, to be set by who puts words together."""
    four = (*native[:4], 0, 0, 0, 0)[:4]
    return _LAYOUT.pack(
        form_hash, *four, group, kin, mask, round(weight * 1000), min(len(sounds), LONGEST), min(len(letters), LONGEST),
        sounds[:LONGEST], letters[:LONGEST], kind, writing, flags, 0, number, bones,
    )  # fmt: skip
