"""Decisions: how their basis is cited, and that a second person is another."""

import datetime as dt

import pytest

from tizim.domain.decisions import Basis, Decision, DecisionKind, is_one_person
from tizim.errors import BadInput


@pytest.mark.parametrize("name", ["Ann B. Clerk", " ann b. clerk ", "ANN B CLERK", "Ann  B.  Clerk", "Ａｎｎ B. Clerk"])
def test_one_person_is_not_another_written_otherwise(name):
    """A space or a capital lets nobody be two."""
    assert is_one_person("Ann B. Clerk", name)


def test_another_person_is_one():
    """A name alike is another name."""
    assert not is_one_person("Ann B. Clerk", "Anna B. Clerk")


def test_nobody_approves_what_he_entered():
    """Not in a document from elsewhere either."""
    pending = Decision(
        id="D-1", kind=DecisionKind.DELIST, list="xx-list", subject="zenda-front", name="Zenda Front",
        basis=Basis(text="an act invented"), body="", effective="2026-02", author="Ann B. Clerk", reason="",
        recorded=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), needs_second=True, approved_by="ann b. clerk",
    )  # fmt: skip

    with pytest.raises(BadInput, match="another person must approve it"):
        pending.checked()


@pytest.mark.parametrize(
    ("basis", "cited"),
    [
        (
            Basis(issuer="Supreme Court", kind="ruling", number="7", date="2026-01-05", article="3"),
            "Supreme Court ruling No. 7 of 2026-01-05, article 3",
        ),
        (Basis(kind="law", article="art. 3"), "law, art. 3"),
        (Basis(article="3"), "article 3"),
        (Basis(text="a letter"), "a letter"),
        (Basis(not_stated_by="a newspaper"), ""),
    ],
)
def test_an_act_is_cited_by_what_is_known_of_it(basis, cited):
    """An article that is a number alone says that it is one."""
    assert basis.cited == cited
