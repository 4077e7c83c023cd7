import numpy as np
import pytest

from tizim.match.costs import INSERT, INSERT_VOWELLESS, SWAPS
from tizim.match.sounds import (
    CODES,
    N_CODES,
    NAMES,
    bones_of,
    insert_costs,
    mask_of,
    shape_classes,
    sounds_of,
    sounds_of_syllables,
    swap_costs,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phillip", "filip"),
        ("mahmoud", "mahmud"),
        ("jack", "jak"),
        ("hussein", "husein"),
        ("schmidt", "shmidt"),
        ("tchaikovsky", "chaikovsky"),
        ("djamal", "jamal"),
        ("max", "maks"),
    ],
)
def test_habits_of_spelling_have_the_same_sounds(one, other):
    """Digraphs and doubled letters are ways to write one sound."""
    assert sounds_of(one) == sounds_of(other)


@pytest.mark.parametrize(("one", "other"), [("ali", "ala"), ("hasan", "husayn"), ("salim", "salm"), ("11", "1")])
def test_words_that_sound_different_have_different_sounds(one, other):
    """What is made equal here can never be told apart later."""
    assert sounds_of(one) != sounds_of(other)


def test_in_a_vowel_less_word_alif_waw_and_ya_are_sounds_of_their_own():
    """They stand for a long vowel or for a consonant, and nobody knows which."""
    assert sounds_of("awy", vowel_less=True) == bytes([CODES["alif"], CODES["waw"], CODES["ya"]])
    assert sounds_of("awy") == bytes([CODES["a"], CODES["w"], CODES["y"]])


def test_syllables_have_consonants_that_romanisations_write_in_two_ways():
    """Kim and Gim, Chung and Jung are one syllable each."""
    assert sounds_of_syllables("gim", hangul=True)[0] == CODES["hk"]
    assert sounds_of_syllables("jeong", hangul=True)[0] == sounds_of_syllables("cheong", hangul=True)[0] == CODES["hj"]
    assert sounds_of_syllables("xi", hangul=False)[0] == CODES["hx"]


@pytest.mark.parametrize("word", ["", "!", "é"])
def test_what_is_no_letter_or_digit_has_no_sound(word):
    """Romanised words hold a to z and digits only; anything else says nothing."""
    assert sounds_of(word) == b""


def test_a_mask_has_a_bit_for_each_class_and_bones_are_the_consonants_in_order():
    """Both are looked at before words are compared sound by sound: a lost bit would lose a match."""
    putin, budin, nitup = (sounds_of(word) for word in ("putin", "budin", "nitup"))

    assert mask_of(putin) == mask_of(budin) == mask_of(nitup)
    assert bones_of(putin) == bones_of(budin) != bones_of(nitup)
    assert bones_of(sounds_of("aeiou")) == 0


def test_bones_of_a_long_word_fit_into_64_bits():
    """Sixteen consonants of four bits each; the seventeenth would spill over."""
    assert bones_of(sounds_of("bcdfg" * 10)) < 2**64


def test_swapping_costs_the_same_both_ways_and_nothing_for_a_sound_with_itself():
    """Else the score of two names would depend on which is asked about."""
    table = swap_costs()

    assert (table == table.T).all()
    assert not table.diagonal().any()
    assert table[1:, 1:].max() == 1000


def test_every_sound_of_the_cost_tables_exists_and_no_pair_is_named_twice():
    """A misspelt row would be an error at the first name; a pair named twice would be decided by the order of rows."""
    pairs = [frozenset(pair.split()) for pair in SWAPS]

    assert set().union(*pairs) | set(INSERT) | set(INSERT_VOWELLESS) <= set(NAMES)
    assert len(set(pairs)) == len(pairs)
    assert all(0 <= cost <= 1 for cost in (*SWAPS.values(), *INSERT.values(), *INSERT_VOWELLESS.values()))


def test_a_vowel_too_many_costs_less_beside_a_vowel_less_word():
    """محمد has none of the vowels of Muhammad."""
    table = insert_costs()

    for vowel in "aeiou":
        assert table[1, CODES[vowel]] < table[0, CODES[vowel]]
    assert table.shape == (2, N_CODES)


def test_every_sound_has_a_class_of_shape_that_fits_into_four_bits():
    """0 would be no sound."""
    classes = shape_classes()

    assert classes.dtype == np.uint8
    assert classes.min() >= 1
    assert classes.max() <= 15
