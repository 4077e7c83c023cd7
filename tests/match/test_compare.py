import pytest

from tizim.errors import BadInput
from tizim.match.compare import compare_names, measures_of
from tizim.match.features import COUNT, NAMES
from tizim.match.model import HIGHEST, MATCH_THRESHOLD

SAME = [
    ("Abdul Rahman Khalidi", "Abdulrahman Khalidi", "Person"),
    ("Abd al-Rahman Khalidi", "عبدالرحمن خالدي", "Person"),
    ("Abdullah Azzam", "عبد الله عزام", "Person"),
    ("Saif Ullah Khan", "Saifullah Khan", "Person"),
    ("Nur al-Din Zangi", "Nuruddin Zangi", "Person"),
    ("Zia Ur Rahman", "Ziaurrahman", "Person"),
    ("Jon Smith", "John Smith", "Person"),
    ("Bill Clinton", "William Clinton", "Person"),
    ("John Smith", "J. Smith", "Person"),
    ("Ivan Petrovich Sidorov", "Ivan Sidorov", "Person"),
    ("Haji Abdul Qayum Zakir", "Abdul Qayum Zakir", "Person"),
    ("Ahmed al-Tikriti", "Ahmad Tikriti", "Person"),
    ("习近平", "Xi Jinping", "Person"),
    ("김정은", "Kim Jong Un", "Person"),
    ("Vladimir Putin (Владимир Путин)", "Vladimir Putin", "Person"),
    ("Владимир Путин", "Vladimir Putin", "Person"),
    ("Volodymyr Zelenskyy", "Володимир Зеленський", "Person"),
    ("בנימין נתניהו", "Benjamin Netanyahu", "Person"),
    ("Acme Ltd", "Acme Limited", "Company"),
    ("Rosneft LLC", "ООО Роснефть", "Company"),
    ("International Business Machines", "IBM", "Company"),
    ("Bank of China", "中国银行", "Company"),
    ("Second Brigade", "2nd Brigade", "Organization"),
    ("Johnson & Johnson", "Johnson and Johnson", "Company"),
    ("MV Ocean Star", "Ocean Star", "Vessel"),
]
DIFFERENT = [
    ("Salman bin Ahmed al-Tamimi", "Ahmed bin Salman al-Tamimi", "Person"),
    ("Ali Hassan Mahmoud", "Ali Tariq Mahmoud", "Person"),
    ("Mary Jones", "Mary Smith", "Person"),
    ("Ivan Petrovich Sidorov", "Ivan Ivanovich Sidorov", "Person"),
    ("Ahmed al-Tikriti", "Ahmed al-Mosuli", "Person"),
    ("Umm Kulthum", "Abu Kulthum", "Person"),
    ("Boris Johnson", "Viktor Johnson", "Person"),
    ("Fund VII", "Fund VIII", "Company"),
    ("Acme Trust 2004-1", "Acme Trust 2004-2", "Company"),
    ("Acme Trust Series A", "Acme Trust Series B", "Company"),
    ("Second Brigade", "Third Brigade", "Organization"),
    ("Acme Bank", "Acme Insurance", "Company"),
    ("Acme AG", "Acme GmbH", "Company"),
    ("Bank of China", "Bank of Japan", "Company"),
    ("Ocean Star", "Ocean Queen", "Vessel"),
]


@pytest.mark.parametrize(("left", "right", "schema"), SAME)
def test_two_spellings_of_one_name_match(left, right, schema):
    """A pair for each way in which a name may be written otherwise."""
    assert compare_names(left, right, schema) >= MATCH_THRESHOLD


@pytest.mark.parametrize(("left", "right", "schema"), DIFFERENT)
def test_names_of_two_subjects_do_not_match_however_alike(left, right, schema):
    """A pair for each kind of word that tells two subjects apart."""
    assert compare_names(left, right, schema) < MATCH_THRESHOLD


@pytest.mark.parametrize(
    ("left", "right", "schema"),
    [
        ("OWEN EXAMPLE", "Owen Example", "Person"),
        ("Example, Owen", "Owen Example", "Person"),
        ("Sa'id O’Hara", "Said OHara", "Person"),
        ("José Núñez", "Jose Nunez", "Person"),
        ("Acme-Trading, Ltd.", "ACME Trading LTD", "Company"),
        ("مُحَمَّد علي", "محمد علی", "Person"),
        ("Рutin Vlаdimir", "Vladimir Putin", "Person"),
        ("Vla\u200bdimir Pu\u200dtin", "Vladimir Putin", "Person"),
        ("\u202eVladimir\u202c Putin\u2069", "Vladimir Putin", "Person"),
        ("Vladi\0mir Putin", "Vladimir Putin", "Person"),
        ("Vladimir 😀 Putin", "Vladimir Putin", "Person"),
        ("Vladimir\ud800 Putin", "Vladimir Putin", "Person"),
        ("Ｖｌａｄｉｍｉｒ　Ｐｕｔｉｎ", "Vladimir Putin", "Person"),
        ("Vladi\u00admir\u2003Putin", "Vladimir Putin", "Person"),
    ],
)
def test_what_is_written_alike_but_for_habits_and_tricks_is_1_by_rule(left, right, schema):
    """Case, marks, punctuation, look-alikes and what nobody sees make no other name."""
    assert compare_names(left, right, schema) == 1


def test_order_makes_another_name_of_a_company():
    """Bank Trade and Trade Bank are two names; they are near, and not written alike."""
    assert compare_names("Bank Acme Trade", "Trade Acme Bank", "Company") <= HIGHEST


@pytest.mark.parametrize(
    "nothing",
    ["", " ", "\t\n", "...", "!?-–—", "\u202e\u202c", "\u200b\u200d", "\ud800", "\0", "😀", "\u0301", "." * 100_000],
)
def test_a_name_without_letters_or_digits_matches_nothing(nothing):
    """Not even itself: nothing is known of whom it names."""
    assert compare_names(nothing, "Owen Example") == 0
    assert compare_names("Owen Example", nothing) == 0
    assert compare_names(nothing, nothing) == 0


LONG = {
    "letters": "abcdefghij" * 10_000,
    "one letter": "a" * 100_000,
    "marks": "Owen Example" + "\u0301\u0323" * 50_000,
    "words": "owen example " * 7_700,
    "digits": "7" * 100_000,
    "digit words": "7 " * 50_000,
    "mixed": "aбγ習ع" * 20_000,
    "look-alikes": "Рutin " * 17_000,
    "brackets": "(习" * 50_000,
    "surrogates": "\ud800a" * 50_000,
    "ligatures": "ﷺ" * 100_000,
    "bin": "bin " * 25_000,
    "abd": "abd al " * 14_000,
    "legal forms": "ab " * 33_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("schema", ["Person", "Company", "Vessel"])
def test_a_text_of_a_hundred_thousand_characters_has_a_sane_score(text, schema):
    """Callers send whatever they like: itself it is, somebody else it is not."""
    assert compare_names(text, text, schema) == 1
    assert compare_names(text, text.swapcase(), schema) == 1
    assert compare_names(text, "Somebody Entirely Different", schema) < MATCH_THRESHOLD


@pytest.mark.parametrize("wrong", [None, 7, b"Owen", ["Owen"], 1.5])
def test_a_name_that_is_no_text_is_the_callers_mistake(wrong):
    """The message says which one and what it is."""
    with pytest.raises(BadInput, match=f"the left name must be text, not {type(wrong).__name__}"):
        compare_names(wrong, "Owen")
    with pytest.raises(BadInput, match="the right name must be text"):
        compare_names("Owen", wrong)


@pytest.mark.parametrize("schema", ["Thing", "", None, "person"])
def test_an_unknown_schema_is_the_callers_mistake(schema):
    """Silently taking it for a person would give wrong scores for years."""
    with pytest.raises(BadInput, match="no schema"):
        compare_names("Owen", "Owen", schema)


def test_an_omitted_word_is_not_a_contradicted_one():
    """A list that leaves out the middle name says nothing against it."""
    whole, omitted, replaced = "Ali Hassan Mahmoud", "Ali Mahmoud", "Ali Tariq Mahmoud"

    assert compare_names(whole, omitted) > compare_names(whole, replaced)


def test_measures_have_names_and_are_the_same_both_ways():
    """They are what the score is made of, and what an explanation accounts for."""
    one, other = (measures_of(*pair, "Person") for pair in (("Ali Hassan", "علي حسن"), ("علي حسن", "Ali Hassan")))

    assert len(set(NAMES)) == COUNT == len(one)
    assert (one == other).all()


@pytest.mark.parametrize(
    ("left", "right", "schema", "measure"),
    [
        ("Fund VII", "Fund VIII", "Company", "numbers_differ"),
        ("Ali bin Omar", "Omar bin Ali", "Person", "reversed"),
        ("J. Smith", "John Smith", "Person", "initials"),
        ("Zia Ur Rahman Khan", "Ziaurrahman Khan", "Person", "joined"),
        ("Bill Clinton", "William Clinton", "Person", "variants"),
        ("International Business Machines", "IBM", "Company", "acronym"),
        ("Acme Ltd", "Acme Limited", "Company", "legal_form"),
        ("Acme Ltd", "Acme", "Company", "legal_form_omitted"),
        ("Acme Bank", "Acme Insurance", "Company", "descriptor_contradicted"),
        ("Bank of China", "Bank of Japan", "Company", "place_contradicted"),
        ("Ivan Petrovich Sidorov", "Ivan Ivanovich Sidorov", "Person", "lineage_contradicted"),
        ("علي حسن", "Ali Hassan", "Person", "vowel_less"),
        ("习近平", "Xi Jinping", "Person", "syllabic"),
        ("Ali Hassan Mahmoud", "Ali Mahmoud", "Person", "omitted_words"),
        ("Mary Jones", "Mary Smith", "Person", "contradicted_words"),
    ],
)
def test_what_a_measure_is_for_raises_it(left, right, schema, measure):
    """One pair for each; a pair of equal names has none of them."""
    at = NAMES.index(measure)

    assert measures_of(left, right, schema)[at] > 0
    assert measures_of("Owen Example", "Owen Example", "Person")[at] == 0


def test_numbers_on_one_side_only_do_not_differ_in_full():
    """A fund's short name leaves the number out."""
    at = NAMES.index("numbers_differ")

    assert measures_of("Acme Fund 7", "Acme Fund", "Company")[at] == 0.5
    assert measures_of("Acme Fund 7", "Acme Fund VII", "Company")[at] == 0


def test_legal_forms_of_one_family_differ_less_than_those_of_two():
    """A Ltd may be a translated GmbH; a GmbH is no AG."""
    at = NAMES.index("legal_form")

    assert measures_of("Acme Ltd", "Acme Limited", "Company")[at] == 1
    assert measures_of("Acme GmbH", "Acme LLC", "Company")[at] == 0.5
    assert measures_of("Acme GmbH", "Acme AG", "Company")[at] == -1


def test_initials_alone_name_no_person():
    """J. S. may be anybody."""
    assert compare_names("JS", "John Smith") < MATCH_THRESHOLD
