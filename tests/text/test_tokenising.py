import pytest

from tizim.text import tokens
from tizim.text.bounding import bounded


@pytest.mark.parametrize(
    "text", ["Sa'id", "Sa’id", "Sa`id", "Saʿid", "Saʼid", "SA´ID", "'Sa'id'", "Sa\u200b'id", "Sáïd"]
)
def test_apostrophes_and_marks_do_not_part_a_word(text):
    """The same name is printed with a dozen signs for one sound, or with none."""
    assert tokens(text) == ("said",)


@pytest.mark.parametrize(
    "text",
    [
        "al-Qaida",
        "al Qaida",
        "al/Qaida",
        "al,Qaida",
        "al_Qaida",
        "al·Qaida",
        "(al) [Qaida]",
        "«al» “Qaida”",
        "al.Qaida",
        "al–Qaida",
    ],
)
def test_other_punctuation_parts_words(text):
    """A hyphen, a slash and a blank are one and the same to lists."""
    assert tokens(text) == ("al", "qaida")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L.L.C.", ("llc",)),
        ("G.m.b.H.", ("gmbh",)),
        ("S.A.R.L", ("sarl",)),
        ("О.О.О. Ромашка", ("ооо", "ромашка")),
        ("Ｌ．Ｌ．Ｃ．", ("llc",)),
        ("U.S. Steel", ("us", "steel")),
        ("J.P.Morgan", ("jp", "morgan")),
        ("J. P. Morgan", ("j", "p", "morgan")),
        ("St. John", ("st", "john")),
    ],
)
def test_single_letters_with_dots_between_them_are_one_word(text, words):
    """Legal forms and initials are printed with and without dots; blanks tell given initials apart."""
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3percenters", ("3", "percenters")),
        ("3%ers", ("3", "ers")),
        ("2nd Brigade", ("2nd", "brigade")),
        ("17N", ("17", "n")),
        ("Unit 8200", ("unit", "8200")),
        ("Group17", ("group", "17")),
        ("٢٣ يوليو", ("23", "یولیو")),
    ],
)
def test_digits_part_from_letters_but_in_ordinals(text, words):
    """A number is a word of its own, in whatever digits it is written."""
    assert tokens(text) == words


@pytest.mark.parametrize("text", ["Johnson & Johnson", "Johnson&Johnson", "Johnson ＆ Johnson"])
def test_an_ampersand_is_the_word_and(text):
    """Companies write both."""
    assert tokens(text) == ("johnson", "and", "johnson")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("贝拉克·奥巴马", ("贝拉克", "奥巴马")),
        ("バラク・オバマ", ("バラク", "オバマ")),
        ("محمود احمدی\u200cنژاد", ("محمود", "احمدینژاد")),
        ("مُحَمَّد أحمد", ("محمد", "احمد")),
        ("ج\u0640\u0640مال", ("جمال",)),
        ("Андрей Київ", ("андрей", "київ")),
        ("Семён", ("семен",)),
        ("Αλέξης", ("αλεξησ",)),
        ("नरेन्द्र मोदी", ("नरेन्द्र", "मोदी")),
        ("ทักษิณ", ("ทักษิณ",)),
        ("김정은", ("김정은",)),
        ("צה״ל", ("צהל",)),
        ("ג'ורג'", ("ג׳ורג׳",)),
        ("שָׁלוֹם", ("שלום",)),
        ("İstanbul", ("istanbul",)),
        ("STRASSE Straße", ("strasse", "strasse")),
        ("Рutin", ("putin",)),
    ],
)
def test_each_script_keeps_its_letters_and_loses_its_habits(text, words):
    """Marks are habits in some scripts and vowels in others."""
    assert tokens(text) == words


@pytest.mark.parametrize("text", ["", " ", "\t\n", "...", "'", "\ud800", "\u202e\u202c", "\u200d", "%+*", "\u0301"])
def test_a_text_without_letters_has_no_tokens(text):
    """An empty name is nothing to compare, and no error."""
    assert tokens(text) == ()


def test_marks_in_a_row_are_cut_to_what_normalisation_sorts_quickly():
    """Sorting the marks of a row costs the square of their number, so a row is kept short."""
    hostile = "a" + "\u0301" * 50_000 + "\u0323" * 50_000

    assert len(bounded(hostile)) == 31
    assert tokens(hostile) == ("a",)


def test_a_text_of_a_hundred_thousand_characters_is_cut_into_words():
    """Callers send whatever they like."""
    assert tokens("a.b'c-1 " * 12_500) == ("a", "bc", "1") * 12_500
    assert tokens("é.ñ " * 25_000) == ("en",) * 25_000
