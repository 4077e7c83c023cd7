"""The field's terms: complete in every language, and kept to by the catalogues."""

import pytest
from tests.publish.test_words import ROOT

from tizim.publish.pages.glossary import MEANING
from tizim.publish.words import LANGUAGES
from tizim.publish.words.catalogue import catalogue
from tizim.publish.words.terms import departures, terms

OTHERS = [code for code in LANGUAGES if code != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_each_term_as_the_glossary_does(language):
    """One thing has one word in each language, and a reader learns it once."""
    assert departures(language, catalogue(language).messages) == []


def test_a_departure_is_found_and_told():
    """A translator who takes another word is told which message and which term."""
    told = departures("fr", {("", "Suspended, while the listing stands"): ("Gelé, l'inscription demeurant",)})

    assert len(told) == 1
    assert told[0].startswith("suspension: 'Suspended, while the listing stands'")


def test_every_form_of_a_number_has_the_term():
    """A plural that says something else is found as well."""
    message = ("", "{n} statement")

    assert departures("ru", {message: ("{n} утверждение", "{n} утверждения", "{n} утверждений")}) == []
    assert departures("ru", {message: ("{n} утверждение", "{n} слова", "{n} слов")})


def test_every_term_is_said_in_every_language_and_has_a_meaning():
    """A term without a wording could not be kept to."""
    for one in terms().terms:
        assert sorted(one.words) == sorted(OTHERS), one.id
        assert all(own.say and own.stems for own in one.words.values()), one.id
        assert all(one.is_said(language, own.say) for language, own in one.words.items()), one.id
        assert one.is_in(one.english), one.id
    assert MEANING.keys() == {one.id for one in terms().terms}


@pytest.mark.parametrize("exception", terms().exceptions, ids=lambda one: one.message[:40])
def test_every_exception_has_a_reason_and_is_needed(exception):
    """An exception for a message that is gone, or that keeps to the term, would hide the next departure."""
    own = [one for one in terms().terms if one.id in exception.terms]

    assert exception.reason
    for language in exception.languages or ("fr",):
        said = [forms for (_, message), forms in catalogue(language).messages.items() if message == exception.message]
        assert said
        assert any(not term.is_said(language, form) for term in own for forms in said for form in forms)


def test_the_glossary_of_the_documentation_has_the_same_wordings():
    """Two glossaries that differ are none."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    languages = dict(zip(("ru", "kk", "fr", "prs"), range(3, 7), strict=True))
    known = {row[0]: row for row in rows}

    for one in terms().terms:
        row = known.get(one.english)
        for language, column in languages.items() if row else ():
            assert one.is_said(language, row[column]), (one.id, language, row[column])
