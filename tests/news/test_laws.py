"""Laws of reading that hold for every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.news.passages import named, passages

from tizim.news import read_news
from tizim.news.language import codes

ALL = passages()
UNSEEN = "\u200b\u200c\u200d\u2060\u00ad\u200e\ufeff"
WORDS = st.sampled_from([
    "Taliban", "removed", "list", "of", "terrorist", "organisations", "Russia", "the", "said", ".", ",", "(", ")", "“",
    "”", "2024", "3", "June", "on", "Friday", "banned", "in", "not", "ISIL", "and", "its", "\n", "طالبان", "список",
    "名单", "\u202e", "\u0301",
])  # fmt: skip


@given(st.lists(WORDS, max_size=60), st.sampled_from(codes()))
@settings(max_examples=150, deadline=None)
def test_every_claim_points_at_its_words(words, code):
    """Whatever the text, a claim's start and end are the characters of its evidence, and no text is an error."""
    text = " ".join(words)

    reading = read_news(text, code, "2024-06-03")

    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.evidence
        assert claim.evidence.strip() == claim.evidence != ""
        assert claim.date_text is None or claim.date_text in text


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_an_error(text):
    """Reading finds the language out, or says that it knows none; it never fails."""
    reading = read_news(text)

    assert reading.language == "und" or reading.language in codes()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_unseen_characters_change_no_claim(data):
    """Zero-width characters inside words, put there to slip by filters or by a broken copy, hide nothing."""
    code, passage = data.draw(st.sampled_from([one for one in ALL if one[0] in {"en", "fr", "ru", "es"}]))
    text = passage["text"].strip()
    letters = [place for place in range(1, len(text)) if text[place - 1].isalpha() and text[place].isalpha()]
    places = set(data.draw(st.lists(st.sampled_from(letters), max_size=12)))
    sign = data.draw(st.sampled_from(UNSEEN))

    broken = "".join(sign + letter if place in places else letter for place, letter in enumerate(text))

    assert named(read_news(broken, code, passage["published"]).claims) == named(
        read_news(text, code, passage["published"]).claims
    )


@pytest.mark.parametrize("code", codes())
def test_reading_twice_is_reading_once(code):
    """A reading leaves nothing behind that changes the next one."""
    texts = [passage["text"].strip() for _, passage in passages(code)]

    first = [read_news(text, code, "2024-06-03") for text in texts]
    second = [read_news(text, code, "2024-06-03") for text in reversed(texts)]

    assert first == second[::-1]
