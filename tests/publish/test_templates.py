"""What every template holds, whatever it is filled with."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[2] / "src" / "tizim" / "publish" / "templates").glob("*.j2"))
GLUED = re.compile(r"(?:\}\}|%\}|</[a-z]+>)\s?[:;,(،؛：，]")
"""a mark between two things that depends on the language: it belongs into a message"""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_mark_that_depends_on_the_language_stands_between_two_values(path):
    """Chinese writes other colons, Arabic other commas: a sentence is a message, never glued."""
    text = path.read_text(encoding="utf-8")

    assert GLUED.findall(re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)) == []
