"""What the guard says: a closed list of sentences, each of which can be told from the finding that it fills."""

import random

import guard_made
from hypothesis import given
from hypothesis import strategies as st

from tizim import check_translation
from tizim.guard.sentences import ALL, read

FILLED = st.text("abc “”{}.ё", min_size=1, max_size=12)


@given(st.sampled_from(ALL), st.lists(FILLED, min_size=3, max_size=3))
def test_a_sentence_is_read_as_one_that_says_the_same(sentence, texts):
    """Whatever fills it, quotation marks and braces too, what is read says the message again."""
    values = {
        name: text for name, text in zip(("source", "target", "right"), texts, strict=True) if name in sentence.english
    }

    message = sentence.said(**values)
    found = read(message)

    assert found is not None
    assert found[0].said(**found[1]) == message


def test_what_the_guard_does_not_say_is_not_read():
    """A reason that an engine gave stays as it is."""
    assert read("the engine gave back nothing") is None


def test_each_finding_is_one_of_the_sentences():
    """Whatever was spoilt in a translation."""
    blocks = guard_made.blocks("first.txt")[:6]

    said = [
        one.message
        for number, block in enumerate(blocks)
        for language, text in block.items()
        if language != "en"
        for spoilt in guard_made.spoil(block["en"], text, random.Random(number))
        for one in check_translation(
            block["en"].text, spoilt.text, source_language="en", target_language=language
        ).findings
    ]

    assert len(said) > 100
    assert [message for message in said if read(message) is None] == []
