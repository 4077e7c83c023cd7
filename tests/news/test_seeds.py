"""The two stories the project grew from: each claim found in them by hand is read, or named as out of scope."""

import csv

import pytest

from tizim.news import read_news

PUBLISHED = {"fr": "2023-12-31", "prs": "2024-06-04"}
SMADIYAROV, TOKAYEV = "Aibek Smadiyarov", "Kassym-Jomart Tokayev"
READ = {
    "F1": ("kz", "delist", "done", "2023-12-29", SMADIYAROV),
    "F2": ("un", "not_listed", "stated", "2023-12-29", SMADIYAROV),
    "F3": ("kz", "delist", "decided", None, SMADIYAROV),
    "F4": ("un", "not_listed", "stated", "2023-12-29", SMADIYAROV),
    "F6": ("kz", "welcome", "stated", None, None),
    "D1": ("kz", "delist", "done", "2024-06-03", TOKAYEV),
    "D2": ("kz", "delist", "done", "2024-06-03", TOKAYEV),
    "D5": ("kz", "welcome", "stated", None, "Hafiz Zia Ahmad"),
    "D6": ("kz", "list", "done", "2005-03", None),
    "D7": ("ru", "delist", "possible", "2024-05-26", "Sergey Lavrov"),
    "D8": ("ru", "delist", "precondition", "2024-05-27", "Zamir Kabulov"),
    "D9": ("ru", "delist", "possible", "2024-05-28", "Vladimir Putin"),
}
"""list, action, modality, date and announcer by the number of the claim; none where the text, as it stands, has none"""
OUT_OF_SCOPE = {
    "F5": "of relations between two states, not of a list",
    "F7": "what the reaction hopes for; that there is a reaction is F6",
    "F8": "of a return to power, not of a list",
    "F9": "of the document: read as its notice of machine translation",
    "D3": "why it was done; the reason of D2, given in a sentence that names no list",
    "D4": "a rank among states: no statement of one list",
    "D10": "that somebody reacted, not how",
    "D11": "recognition of governments, not lists",
}


def seed(real_files, code):
    """A seed story as it stands."""
    return (real_files / "seeds" / f"seed-{code}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def readings(real_files):
    """Both stories, read."""
    return {code: read_news(seed(real_files, code), code, day) for code, day in PUBLISHED.items()}


def test_every_row_is_read_or_named_as_out_of_scope(real_files):
    """None of the twenty is forgotten."""
    with (real_files / "ledger" / "seed_claims.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["claim_id"] for row in csv.DictReader(file)}

    assert rows == READ.keys() | OUT_OF_SCOPE.keys()
    assert READ.keys().isdisjoint(OUT_OF_SCOPE)


@pytest.mark.parametrize("number", READ)
def test_a_row_is_read(readings, number):
    """With its list, action and modality, and the date and announcer that the text gives."""
    whose, action, modality, date, announcer = READ[number]
    claims = readings["fr" if number.startswith("F") else "prs"].claims

    fit = [
        one
        for one in claims
        if (one.subject, one.list, one.action, one.modality) == ("taliban", whose, action, modality)
        and (announcer is None or one.announcer == announcer)
        and (date is None or one.date == date)
    ]

    assert fit


def test_the_french_story_is_known_as_machine_made(readings):
    """Its notice names the original's language."""
    assert readings["fr"].machine_translated["original_language"] == "id"
    assert readings["prs"].machine_translated is None


def test_one_man_under_three_spellings_is_one(readings):
    """The guard groups them and names the register's form."""
    (found,) = readings["fr"].spelling

    assert len(found.forms) == 3
    assert found.suggestion == SMADIYAROV


def test_dissiper_is_read_as_taking_off(real_files, readings):
    """A word that a machine chose wrongly stands where only a delisting can."""
    claims = [one for one in readings["fr"].claims if "dissiper" in one.evidence]

    assert [(one.action, one.modality) for one in claims] == [("delist", "decided")]
