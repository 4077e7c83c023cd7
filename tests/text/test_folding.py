import types
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.text import folding
from tizim.text.folding import _fold_any, fold


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text):
    """Most names of lists are ASCII; that they are folded quickly must not change how they are found."""
    assert fold(text) == _fold_any(text)


def test_every_ascii_character_folds_the_same_both_ways():
    """Controls, apostrophes and punctuation each have a rule."""
    for number in range(128):
        text = f"a{chr(number)}B{chr(number)}"
        assert fold(text) == _fold_any(text), number


MARKS = "\u0301\u0316\u0327\u05b0\u0e48\u3099\uff9e\u0f73\u0344\u034f\u302e\U0001d165\U0001d16d\u0345"


@given(st.text(st.one_of(st.sampled_from(MARKS), st.characters())), st.integers(0, 3))
def test_a_long_text_folds_as_a_short_one(text, times):
    """Folded forms are stored: one and the same string must have one of them, however long it is."""
    long = f"{text}é한ﷺ" * (600 // (len(text) + 3) + times)

    folded = fold(long)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "_SHORT", len(long) * 20)
        assert folded == fold(long)


def test_no_long_row_of_marks_is_handed_on_to_be_ordered(monkeypatch):
    """Ordering a row of marks takes the square of its length: a hostile list must not hold the machine."""
    handed = []

    def normalize(form, text):
        handed.append(len(text))
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(folding, "unicodedata", types.SimpleNamespace(**{**vars(unicodedata), "normalize": normalize}))

    assert fold("a" + MARKS * 10_000 + "b") == fold("a" + "\u302e\U0001d165\U0001d16d" * 10_000 + "b")
    assert fold("ALI" + "\u0301\u0316" * 100_000) == "ali"
    assert max(handed) <= folding._SHORT
