"""The interface in every language is checked as any translation is: placeholders, numbers, negations, terms."""

import os
import tomllib
from pathlib import Path

import pytest

from tizim.guard import check_message
from tizim.guard.languages import codes
from tizim.guard.negation import places
from tizim.guard.sides import Side
from tizim.news.known import starter
from tizim.publish.words import LANGUAGES
from tizim.publish.words.catalogue import catalogue
from tizim.publish.words.terms import terms

HERE = Path(__file__).parent
WHOLE = bool(os.environ.get("TIZIM_TEST_WHOLE"))
SHARE = 3  # of the messages one is looked at where time is short, each language's its own
CHECKED = [code for code in LANGUAGES if code in codes() and code != "en"]
OTHERWISE = {
    (one["english"], one["code"], language)
    for one in tomllib.loads((HERE / "said_otherwise.toml").read_text(encoding="utf-8"))["messages"]
    for language in one["languages"]
}


def differing(english, forms, language):
    """The codes of what differs between a message and its translation; more of one negation is none here."""
    found = set()
    for form in forms:
        for one in check_message(english, form, "en", language):
            if one.code == "negation" and _negates(english, "en") and _negates(form, language):
                continue  # the site's sentences say no so often that only its loss is told
            found.add(one.code)
    return found


def _negates(text, language):
    return bool(places(Side(text, language, starter(), "source").whole))


@pytest.mark.parametrize("language", CHECKED)
def test_a_catalogue_differs_from_the_english_nowhere_or_for_a_reason(language):
    """A placeholder, a number, a negation or a sense of a listing that is lost misleads every reader of a page."""
    own = CHECKED.index(language) % SHARE
    rows = [(english, forms) for (context, english), forms in catalogue(language).messages.items() if not context]
    rows = [row for number, row in enumerate(rows) if WHOLE or number % SHARE == own]

    found = {(english, code, language) for english, forms in rows for code in differing(english, forms, language)}

    looked_at = {english for english, _ in rows}
    assert found - OTHERWISE == set()
    assert {one for one in OTHERWISE if one[2] == language and one[0] in looked_at} - found == set()


def test_what_an_interface_can_lose_is_found():
    """A placeholder, a number, a negation."""
    assert differing("{n} of 30 days", ("{n} jours sur 20",), "fr") == {"number"}
    assert differing("{name} is not on {list}.", ("{name} est sur la liste.",), "fr") == {"negation", "placeholder"}


@pytest.mark.parametrize("language", CHECKED)
def test_the_senses_of_a_listing_are_said_as_the_glossary_says_them(language):
    """The guard takes the wording of each term for what it means."""
    senses = {"delisting": "off", "suspension": "suspend", "renewal": "extend"}

    for term in terms().terms:
        if term.id in senses:
            part = Side(term.words[language].say, language, starter(), "target").whole
            sense = senses[term.id]
            assert part.of(f"guard/sure/{sense}") or part.of(f"guard/also/{sense}"), (term.id, language)
