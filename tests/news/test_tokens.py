"""Words and sentences, each with its characters in the text as given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.news.language import load
from tizim.news.tokens import Tokens, fold


@given(st.text(max_size=200), st.sampled_from(["en", "fa", "tr", "zh", "ar"]))
def test_words_lie_where_they_say(text, code):
    """Every word knows its characters, in order, and every word is in one sentence."""
    tokens = Tokens(text, load(code))

    assert tokens.starts == sorted(tokens.starts)
    assert all(start < end for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert all(end <= start for end, start in zip(tokens.ends, tokens.starts[1:], strict=False))
    assert [place for start, end in tokens.sentences for place in range(start, end)] == list(range(len(tokens)))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(word):
    """A folded word is its own folded form."""
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("en", "Russia's list", ["russia", "s", "list"]),
        ("en", "Hay'at didn't", ["hayat", "didnt"]),
        ("fr", "l’ONU d'organisations", ["l", "onu", "d", "organisations"]),
        ("tr", "Taliban’ın ABD'nin", ["taliban", "in", "abd", "nin"]),
        ("fa", "گروه های تروریستی", ["گروههای", "تروریستی"]),
        ("fa", "گروه‌های", ["گروههای"]),
        ("fa", "حذف می کند", ["حذف", "میکند"]),
        ("fa", "۲۶ ماه می گفت", ["۲۶", "ماه", "می", "گفت"]),
        ("zh", "2023年塔利班", ["2023", "年", "塔", "利", "班"]),
    ],
)
def test_words_are_parted_as_each_language_parts_them(code, text, words):
    """Apostrophes, joiners and blanks mean different things in different languages."""
    assert Tokens(text, load(code)).words == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Mr. Smith of the U.S. spoke.", 1),
        ("It cost 3.5 million.", 1),
        ("A title\nA sentence.", 2),
    ],
)
def test_sentences_end_where_they_end(text, count):
    """A full stop in a short form or a number ends nothing."""
    assert len(Tokens(text, load("en")).sentences) == count


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("one (two three) four", "two three"),
        ("one (two. Three) four", "two"),
        ("one (two (three) four) five", "two three"),
        ("one two) three", ""),
        ("one (two three", "two three"),
    ],
)
def test_words_in_brackets_are_known(text, inside):
    """A bracket ends where one closes, and at the end of its sentence at the latest."""
    tokens = Tokens(text, load("en"))

    assert " ".join(word for word, is_inside in zip(tokens.words, tokens.inside, strict=True) if is_inside) == inside


def test_what_goes_on_without_a_full_stop_is_cut():
    """No text may take for ever: its sentences are of a bounded length, whatever stands in them."""
    tokens = Tokens("word (" * 1_000, load("en"))

    assert [end - start for start, end in tokens.sentences] == [120] * 8 + [40]
