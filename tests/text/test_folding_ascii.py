from hypothesis import given
from hypothesis import strategies as st

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
