"""What counts as an amendment of an entry, and what is only another way of writing it."""

import datetime as dt

import pytest
from tests.makers import NOON, Ticking, a_claim, a_document, a_register, an_entry

from tizim.answer.changes import difference
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import ListId
from tizim.domain.statements import Property

NOW = AsOf(valid_at=dt.date(2017, 1, 1), known_at=NOON + dt.timedelta(days=1), basis=Basis.RECORDED)
DATED = a_claim(Property.AMENDED_ON, "2015-03-01")
DATED_LATER = a_claim(Property.AMENDED_ON, "2015-09-01")
ADDRESS, OTHER_ADDRESS = (a_claim(Property.ADDRESS, text) for text in ("Invented Street 1", "Invented Street 2"))


@pytest.fixture
def changes(tmp_path):
    """The properties that differ in an amended entry, or ``None`` if it is not amended; `keep` must count the same."""
    register = a_register(tmp_path)

    def between(before, after):
        clock = Ticking()
        register.append(a_document("2015-01-01", [an_entry("A", before)]), clock)
        kept = register.append(a_document("2016-01-01", [an_entry("A", after)]), clock)
        with register.view() as view:
            found = difference(view, ListId("un-1267"), dt.date(2015, 1, 1), dt.date(2016, 1, 1), NOW).amended
        assert kept.changed == tuple("A" for _ in found)
        return [change.property for change in found[0].changes] if found else None

    yield between
    register.close()


def test_a_new_date_of_amendment_is_one_and_shows_all_that_differs(changes):
    """The publisher says so; whoever reads it wants to know what it was about."""
    assert changes([DATED, ADDRESS], [DATED_LATER, OTHER_ADDRESS]) == ["address", "amended_on"]


def test_an_address_rewritten_without_a_new_date_amends_nobody(changes):
    """A new edition rewrites countries and addresses of many entries, and no decision was taken about them."""
    assert changes([DATED, ADDRESS], [DATED, OTHER_ADDRESS]) is None


def test_an_address_changed_counts_where_the_publisher_dates_no_amendments(changes):
    """Without a date to go by, silence would hide a change."""
    assert changes([ADDRESS], [OTHER_ADDRESS]) == ["address"]


@pytest.mark.parametrize("prop", [Property.ALIAS, Property.BIRTH_DATE, Property.IDENTIFIER])
def test_a_change_of_who_is_meant_is_an_amendment_whatever_the_date(changes, prop):
    """Screening by the old name or number would miss the person."""
    assert changes([DATED, a_claim(prop, "1960-01-01")], [DATED, a_claim(prop, "1961-01-01")]) == [prop.value]


@pytest.mark.parametrize(
    ("before", "after"),
    [(["Invented One"], ["INVENTED ONE"]), (["Invented One"], ["Invented, One"]), (["One Two"], ["Two One"])],
)
def test_the_same_words_written_otherwise_are_no_amendment(changes, before, after):
    """Case, marks and the order of a name's parts are typing."""
    sides = [[a_claim(Property.ALIAS, text) for text in side] for side in (before, after)]

    assert changes(*sides) is None


def test_an_alias_that_becomes_weak_is_an_amendment(changes):
    """A weak alias weighs less in screening: that is more than typing."""
    before, after = (a_claim(Property.ALIAS, "Invented One", quality=quality) for quality in ("good", "low"))

    assert changes([before], [after]) == ["alias"]


def test_prose_that_changes_is_no_amendment(changes):
    """The comments are rewritten in every edition."""
    assert changes([a_claim(Property.COMMENT, "one")], [a_claim(Property.COMMENT, "two")]) is None
