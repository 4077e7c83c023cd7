import pytest

from tizim.errors import BadInput
from tizim.newsroom import parse


@pytest.mark.parametrize("text", ["# Head\n\nOne.\nStill one.\n\nTwo.", "Head\n====\n\nOne.\nStill one.\r\n\r\nTwo.\n"])
def test_a_file_is_a_headline_and_paragraphs(text):
    """With the marks of a headline or without."""
    own = parse(text, "news.md")

    assert own.title == "Head"
    assert own.paragraphs == ("One.\nStill one.", "Two.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" \n", "is empty"),
        ("Head only", "no text after it"),
        ("Head\nand text at once\n\nMore", "the headline is one line"),
        ("Head\n\n- a list", "paragraph 1 has lists"),
        ("Head\n\nOne.\n\nSee [here](https://example.org)", "paragraph 2 has lists, links"),
        ("Head\n\n## Part\n\nText", "headings"),
    ],
)
def test_what_is_more_than_that_is_refused_with_its_place(text, reason):
    """What looks the same in no feed and no language is not written at all."""
    with pytest.raises(BadInput, match=reason):
        parse(text, "news.md")
