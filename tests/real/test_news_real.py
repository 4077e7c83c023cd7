"""Reading labelled stories: the floors that every change must hold."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "bench"))


@pytest.fixture(scope="module")
def rows(real_files):
    """The scores, once."""
    import news  # noqa: PLC0415 - the benchmark, which scores

    return {what: measured for what, _, measured in news.labelled_rows(real_files, errors=False)}


def figure(measured, name="F1"):
    """A number out of a row."""
    return float(measured.partition(f"{name} ")[2].split(",")[0].split()[0]) if name else float(measured.split()[0])


def test_claims_are_found_and_few_are_made_up(rows):
    """Over all languages, and in each of the great ones."""
    total = rows["subject, list, action: all languages"]

    assert figure(total) >= 0.87
    assert figure(total, "P") >= 0.90
    assert figure(rows["the same with modality"]) >= 0.80
    assert all(figure(rows[f"{code}: subject, list, action"]) >= 0.75 for code in ("en", "fr", "ru", "fa", "prs", "ar"))


def test_a_delisting_told_as_done_was_told_so(rows):
    """The claim that does most harm when it is wrong."""
    assert figure(rows["precision of delist done or decided"], "") >= 0.95


def test_speakers_and_dates_are_right(rows):
    """Of the claims that match."""
    assert figure(rows["announcer, of matched claims that name one"], "") >= 0.85
    assert figure(rows["date, of matched claims that have one"], "") >= 0.90
    assert int(rows["date phrases (dates.tsv)"].split()[0]) >= 53


def test_every_claim_is_anchored(rows):
    """Its characters are its evidence."""
    assert rows["claims whose characters are their evidence"].startswith("1.000")
