"""The spelling guard: one name under several spellings, names close to a known official's."""

import pytest
from tests.news.passages import passages

from tizim.news import read_news
from tizim.news.spelling import likeness


def test_a_misspelt_official_is_named_as_the_register_does():
    """A form close to an official's name and not among its spellings is told, and the claim has the right name."""
    text = "Russia may remove the Taliban from its list, Foreign Ministry spokeswoman Maria Zakharotva said on Monday."

    reading = read_news(text, "en", "2024-06-03")

    assert [(one.forms, one.suggestion) for one in reading.spelling] == [(("Maria Zakharotva",), "Maria Zakharova")]
    assert text[slice(*reading.spelling[0].spans[0])] == "Maria Zakharotva"
    assert reading.claims[0].announcer == "Maria Zakharova"


def test_a_name_that_varies_within_a_text_is_told():
    """Two spellings of one speaker are one finding, with both places."""
    text = (
        "Ghana banned Hamas, Interior Minister Kwame Boatengson said on Monday.\n"
        "Minister Kwame Boatangson added that the group was listed."
    )

    findings = read_news(text, "en", "2024-06-03").spelling

    assert [one.forms for one in findings] == [("Kwame Boatengson", "Kwame Boatangson")]
    assert findings[0].suggestion is None


@pytest.mark.parametrize("name", ["Sergey Lavrov", "Sergei Lavrov", "Lavrov"])
def test_an_attested_spelling_is_no_alarm(name):
    """What the register knows as a spelling is right as it is."""
    text = f"Russia may remove the Taliban from its list, Foreign Minister {name} said."

    assert read_news(text, "en").spelling == ()


def test_clean_texts_raise_no_alarm():
    """None of the passages, all spelt right, has a finding."""
    assert [p["text"] for code, p in passages() if read_news(p["text"], code).spelling] == []


def test_likeness_is_one_for_equal_words_only():
    """And falls with each letter that differs."""
    assert likeness("lavrov", "lavrov") == 1
    assert likeness("lavrov", "lavrow") > likeness("lavrov", "lawrow") > likeness("lavrov", "petrov")
