"""The order of names in each language: known alphabets, and laws that hold for any text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.publish.words import LANGUAGES
from tizim.publish.words.order import OTHERS, order

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fr": "abcdefghijklmnopqrstuvwxyz",
    "id": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "prs": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "ja": "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
}
"""as they are taught"""

PAIRS = [
    ("en", "résumé", "resumes"),  # a mark counts less than a later letter
    ("en", "resume", "résumé"),
    ("en", "al qaida", "Al Qaida"),  # small before capital, where nothing else differs
    ("en", "Abu Zaid", "Abubakar"),  # a blank comes before letters
    ("en", "Zulu", "Талибан"),  # the language's own script first
    ("en", "Zulu", "9th Brigade"),  # numbers last
    ("fr", "cote", "coté"),
    ("fr", "coté", "côte"),  # marks from the front, as CLDR has it for French of France
    ("fr", "oeuf", "œuvre"),
    ("es", "nz", "ñandú"),
    ("es", "ñandú", "oasis"),
    ("tr", "ılgaz", "ince"),
    ("tr", "IRAK", "İzmir"),
    ("ru", "еж", "ёж"),
    ("ru", "ёж", "ель"),
    ("ru", "Яков", "Abu"),
    ("kk", "ун", "ұлт"),
    ("kk", "ыстық", "іні"),
    ("fa", "وطن", "هند"),  # Persian has vav before he
    ("ar", "هند", "وطن"),  # Arabic has he before waw
    ("ar", "احمد", "أحمد"),
    ("ar", "يمن", "Abu"),
    ("fa", "کابل", "گرگان"),
    ("zh", "阿富汗", "基地"),
    ("zh", "塔利班", "中国"),
    ("zh", "中国", "Abu"),
    ("ja", "Abu", "あき"),
    ("ja", "かな", "がな"),
    ("ja", "さくら", "漢字"),
]


@pytest.mark.parametrize(("language", "alphabet"), ALPHABETS.items())
def test_an_alphabet_is_in_its_order(language, alphabet):
    """Whoever looks a name up does so as they were taught."""
    own = order(language)

    for one, other in itertools.pairwise(alphabet):
        assert own.key(one) < own.key(other), (one, other)
        assert own.key(f"{one}яz") < own.key(f"{other}аa"), (one, other)


@pytest.mark.parametrize(("language", "first", "second"), PAIRS)
def test_names_that_stand_one_after_the_other(language, first, second):
    """Marks, capitals, blanks, scripts and numbers, each as far as it counts."""
    assert order(language).key(first) < order(language).key(second)


@pytest.mark.parametrize(
    ("language", "name", "label"),
    [
        ("en", "Élan", "E"), ("en", "al-Qaida", "A"), ("en", '"The Base"', "T"), ("en", "313 Brigade", OTHERS),
        ("en", "", OTHERS), ("en", "–", OTHERS), ("es", "Ñandú", "Ñ"), ("en", "Ñandú", "N"), ("tr", "izci", "İ"),
        ("tr", "Irak", "I"), ("kk", "қала", "Қ"), ("ru", "Ёж", "Е"), ("fa", "پارس", "پ"), ("ar", "كتاب", "ك"),
        ("ja", "ガンダム", "か"), ("zh", "中国", "字"), ("en", "ʿAbd", "A"), ("en", "한국", "ㅎ"),
    ],
)  # fmt: skip
def test_a_name_is_found_under_its_letter(language, name, label):
    """The letter of the language, never of another one's alphabet."""
    assert order(language).label(name) == label


TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("aAäÄbñNİıяёұ‐'\"  09کكيیあガ漢")), max_size=8
)  # fmt: skip
CODES = st.sampled_from(sorted(LANGUAGES))


@given(CODES, TEXTS, TEXTS)
def test_only_the_same_text_is_equal(language, one, other):
    """Two orders of the same names would make two pages of the same list."""
    own = order(language)

    assert (own.key(one) == own.key(other)) == (one == other)


@given(CODES, st.lists(TEXTS, max_size=8), st.randoms())
def test_the_order_is_the_same_whatever_came_first(language, texts, chance):
    """Sorting twice, or from another beginning, changes nothing."""
    own = order(language)
    shuffled = list(texts)
    chance.shuffle(shuffled)

    ordered = sorted(texts, key=own.key)

    assert sorted(shuffled, key=own.key) == ordered
    assert sorted(ordered, key=own.key) == ordered


@given(CODES, st.lists(TEXTS, max_size=12))
def test_the_names_of_one_letter_stand_together(language, texts):
    """A page of a letter has all of its names, and they are one run of the list."""
    own = order(language)

    labels = [own.label(one) for one in sorted(texts, key=own.key)]

    runs = [label for label, _ in itertools.groupby(labels)]
    assert len(runs) == len(set(runs))


@given(CODES, TEXTS)
def test_a_letter_added_comes_after(language, text):
    """A name stands before every name that goes on from it."""
    own = order(language)

    if own.label(text) != OTHERS:
        assert own.key(text) < own.key(f"{text} a")


def test_a_language_without_an_alphabet_of_its_own_has_the_common_one():
    """Whatever language comes next, its names have an order."""
    assert order("tlh").key("b") > order("tlh").key("a")
