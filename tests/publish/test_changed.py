"""Changes of a list between its copies, as the pages and the interface tell them."""

import datetime as dt

import msgspec
import pytest
from tests.makers import NOON, Ticking, a_document, a_register, an_entry

from tizim.answer.subjects import find
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import ListId
from tizim.publish.changed import changes_of_list, changes_of_subject

SDN, LINE = ListId("us-ofac-cons"), "us-ofac-cons-csv"
AT = AsOf(valid_at=dt.date(2024, 12, 1), known_at=NOON + dt.timedelta(days=1), basis=Basis.RECORDED)


@pytest.fixture
def register(tmp_path):
    """Two whole copies of a list, and between them one that shows a part of it."""
    made = a_register(tmp_path)
    clock = Ticking()
    for day, keys, complete in (
        ("2024-01-01", "12", True), ("2024-02-01", "24", False), ("2024-03-01", "23", True),
    ):  # fmt: skip
        entries = [msgspec.structs.replace(an_entry(key, on=str(SDN)), subject=f"us-ofac:{key}") for key in keys]
        made.append(a_document(day, entries, source=LINE, complete=complete), clock)
    yield made
    made.close()


def test_a_part_of_a_list_between_two_whole_copies_hides_no_change_between_these(register):
    """Who is missing from the part has not gone by it, and who is in it alone has not come."""
    with register.view() as view:
        (found,) = changes_of_list(view, SDN, AT)

    assert [doc.day for doc in found.copies] == [dt.date(2024, 1, 1), dt.date(2024, 3, 1)]
    assert [one.keys for one in found.added] == [("us-ofac:3",)]
    assert [one.keys for one in found.gone] == [("us-ofac:1",)]


@pytest.mark.parametrize(("key", "came", "went"), [("1", 0, 1), ("2", 0, 0), ("3", 1, 0), ("4", 0, 0)])
def test_of_a_subject_the_same_is_told(register, key, came, went):
    """One page may not contradict another."""
    with register.view() as view:
        found = changes_of_subject(view, find(view, f"us-ofac:{key}", AT), AT)

    assert (sum(len(one.added) for one in found), sum(len(one.gone) for one in found)) == (came, went)
