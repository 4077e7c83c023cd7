import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tizim.text import han_syllables, hangul_syllables, is_vowelless, romanise, script_of, scripts_in, tokens

# Anything a string can hold, and the characters that rules speak of more often than chance would.
SPECIAL = "aAbB1٣'’׳״.&-·ーっ़्ّ́̇ـ\u200c\u200d\u202e\ud800РрСсОоΟοйЙїёўİıßẞſẖגצкАأئلهःকযমਂ가가習々Ꮳꭰﷺﬁ½Ⅳᾳͅ"
ANY_TEXT = st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from(SPECIAL)), max_size=40)


@given(ANY_TEXT)
def test_romanised_words_are_small_ascii_letters_and_digits(text):
    """Indexes are keyed by them, so nothing else may slip in, whatever a list or a user wrote."""
    assert set(romanise(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


@given(ANY_TEXT)
def test_romanising_twice_is_romanising_once(text):
    """A romanised form that is stored and read again must still be found."""
    once = romanise(text)

    assert romanise(once) == once


@given(ANY_TEXT)
def test_tokens_of_tokens_are_the_same_tokens(text):
    """What was cut into words once is cut alike when it comes back from a store or a wire."""
    once = tokens(text)

    assert tokens(" ".join(once)) == once


@given(ANY_TEXT)
def test_a_token_is_never_empty_and_holds_no_blank_and_no_surrogate(text):
    """Words are joined with blanks and written as UTF-8 by others."""
    for token in tokens(text):
        assert token
        assert token.split() == [token]
        assert token.encode()


@given(ANY_TEXT)
def test_syllables_are_romanised_and_none_is_empty(text):
    """Each syllable stands in an alignment by itself."""
    for syllable in hangul_syllables(text) + han_syllables(text):
        assert syllable
        assert romanise(syllable) == syllable


@given(ANY_TEXT)
def test_the_script_of_a_text_is_one_of_those_in_it(text):
    """The two ways of asking must agree."""
    script = script_of(text)

    assert script in scripts_in(text) or (script == "Zyyy" and not scripts_in(text))
    assert isinstance(is_vowelless(script), bool)


@given(ANY_TEXT, st.sampled_from(SPECIAL), st.integers(min_value=1, max_value=3000))
def test_what_comes_out_is_bounded_by_what_goes_in(text, character, times):
    """No input of a caller may blow up: a character gives at most a few letters, and a few words."""
    long = text + character * times

    assert len(romanise(long)) <= 24 * len(long)
    assert sum(map(len, tokens(long))) <= 24 * len(long)


@given(ANY_TEXT, st.sampled_from(["NFC", "NFD"]))
def test_composed_and_decomposed_forms_are_one(text, form):
    """Keyboards and file formats differ in how they write a marked letter, and no reader sees it."""
    assert romanise(unicodedata.normalize(form, text)) == romanise(text)
    assert tokens(unicodedata.normalize(form, text)) == tokens(text)
