import pytest

from tizim.match.distance import BY_GROUP, BY_INITIAL, BY_KIN, LEAST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zarqawi", "zarkaoui"),
        ("gaddafi", "qadhafi"),
        ("khrushchev", "хрущёв"),
        ("netanyahu", "נתניהו"),
        ("shevardnadze", "შევარდნაძე"),
        ("zawahiri", "ظواهري"),
        ("poroshenko", "порошенко"),
        ("tsereteli", "zereteli"),
        ("lukashenka", "lukashenko"),
    ],
)
def test_spellings_of_one_word_are_alike(alike, one, other):
    """Each language and each clerk romanises in another way."""
    assert alike(one, other) >= LEAST


@pytest.mark.parametrize(
    ("one", "other"),
    [("smith", "jones"), ("putin", "pushkin"), ("tikriti", "mosuli"), ("ivanov", "petrov"), ("ظواهري", "smith")],
)
def test_different_words_are_not_alike(alike, one, other):
    """Below `LEAST` two words contradict each other."""
    assert alike(one, other) < LEAST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zarqawi", "zarkaoui"),
        ("smith", "smyth"),
        ("نتنیاهو", "netanyahu"),
        ("bill", "william"),
        ("j", "john"),
        ("7", "8"),
    ],
)
def test_likeness_is_the_same_both_ways(alike, one, other):
    """A score that depends on who is asked about is no score."""
    assert alike(one, other) == alike(other, one)


def test_the_same_form_is_fully_alike_and_another_spelling_never_is(alike):
    """Only equal words give the full likeness: the score tells a spelling from an identity."""
    assert alike("Mahmoud", "MAHMOUD") == 1
    assert alike("mahmoud", "mahmud") < 1


def test_neighbours_that_changed_places_cost_less_than_two_errors(alike):
    """The commonest slip of the keyboard."""
    assert alike("kowalksi", "kowalski") > alike("kowalngi", "kowalski")


def test_known_variants_are_alike_by_their_table(alike):
    """No rule of sounds leads from Bill to William."""
    assert alike("bill", "william") == pytest.approx(BY_GROUP)


def test_a_kindred_form_counts_less_than_a_variant_and_more_than_an_initial():
    """The three kinds of evidence keep their order."""
    assert BY_INITIAL < BY_KIN < BY_GROUP


def test_an_initial_is_like_a_name_that_begins_with_it_and_no_other(alike):
    """J. may be John, and is not Peter."""
    assert alike("j", "john") == pytest.approx(BY_INITIAL)
    assert alike("j", "peter") == 0
    assert alike("j", "j") == 1
    assert alike("j", "k") == 0


def test_numbers_are_the_same_or_not_alike_at_all(alike):
    """The 17th brigade is no misspelling of the 18th."""
    assert alike("17", "seventeen", "Company") == 1
    assert alike("17", "18", "Company") == 0


def test_a_word_read_from_the_wrong_end_is_known(alike):
    """Right-to-left text that a system turned round comes out mirrored."""
    assert LEAST <= alike("miharbi", "ibrahim") < 1


def test_words_of_syllables_are_compared_as_written(alike):
    """Two characters that sound alike are two names."""
    assert alike("정", "종") < LEAST
    assert alike("정", "정") == 1


def test_a_vowel_less_word_is_like_its_full_spelling(alike):
    """Hebrew and Arabic write consonants; the vowels beside them cost next to nothing."""
    assert alike("מוחמד", "muhammad") >= LEAST
    assert alike("قذافی", "qadhafi") > 0.8


def test_a_word_longer_than_a_record_is_told_from_one_with_the_same_beginning(alike):
    """Twenty letters are kept; the hash of the form covers all of them."""
    long = "abcdefghijklmnopqrstuvwxyz"

    assert alike(long, long) == 1
    assert alike(long, long + "tail") < 1
