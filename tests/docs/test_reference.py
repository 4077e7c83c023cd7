"""The reference pages are what the code says."""

import subprocess
import sys

import pytest
from tests.docs.conftest import ROOT

from tools import build_reference


@pytest.mark.parametrize("name", build_reference.QUICK)
def test_a_reference_page_is_what_the_code_says(name):
    """A page that is not written anew with the code tells users of options and words that are not there."""
    page = build_reference.REFERENCE / name

    written = build_reference.QUICK[name]()

    assert page.read_text(encoding="utf-8") == written, "run `make reference`"


def test_the_table_of_properties_is_what_the_code_says():
    """Readers of statements look up values and facets in concepts.md, as the code itself tells them to."""
    text = build_reference.CONCEPTS.read_text(encoding="utf-8")

    assert build_reference.with_properties(text) == text, "run `make reference`"


@pytest.mark.slow
def test_every_key_of_every_json_answer_is_described():
    """Keys are relied on from outside: each real answer has just the keys and types that the page describes."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, ROOT / "tools" / "build_reference.py", "--check"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


def test_a_thing_without_a_description_stops_the_build():
    """Silence about a new status or key would look as if it did not exist."""
    with pytest.raises(build_reference.NotDescribed, match="frozen"):
        build_reference.described("states", ["listed", "frozen"], {"listed": ""})


def test_a_description_of_a_thing_that_is_gone_stops_the_build():
    """A sentence about what tizim no longer does is worse than none."""
    with pytest.raises(build_reference.NotDescribed, match="frozen"):
        build_reference.described("states", ["listed"], {"listed": "", "frozen": ""})


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("number", True), ("text", None), ("day", "2024-01"), ("date", "2015-11-02 to 2016"), ("flag", "no"),
        ("instant", "2024-01-01"), ("several text", ["a", 1]), ("[head]", {"sequence": 1}),
        ("by date [stated date]", {"guessed": []}),
    ],
)  # fmt: skip
def test_a_value_of_another_type_than_described_stops_the_build(kind, value):
    """A type on the page is a promise to programs that read answers."""
    with pytest.raises((build_reference.NotDescribed, TypeError)):
        build_reference.Seen().value("somewhere", kind, value)
