import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.translate.sentences import sentences, split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. A. Smith of No. 5 spoke. He left.", ["Mr. A. Smith of No. 5 spoke.", "He left."]),
        ("It is 3.5 per cent. So it is.", ["It is 3.5 per cent.", "So it is."]),
        ("He said “Yes.” Then he left.", ["He said “Yes.”", "Then he left."]),
        ("این یک است. آن دو است؟ سه.", ["این یک است.", "آن دو است؟", "سه."]),
        ("第一句。第二句！第三句", ["第一句。", "第二句！", "第三句"]),
        ("no capital follows. so it stays one", ["no capital follows. so it stays one"]),
        ("", []),
    ],
)
def test_a_paragraph_is_parted_where_a_sentence_surely_ends(text, expected):
    """In every script; where that is not sure two stay together."""
    assert split(text) == expected


@given(st.text(alphabet="Ab .!?。”\n1", max_size=60))
def test_nothing_is_lost_or_added(text):
    """Sentences put together are the text again, but for the space between."""
    told = "".join(one.text for one in sentences("T", tuple(p for p in text.split("\n") if p.strip()))[1:])

    assert "".join(told.split()) == "".join(text.split())
