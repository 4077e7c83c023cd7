"""What answers rest on: everything read is noted, remembered answers carry it along, and marks tell what changed."""

import inspect

import pytest
from tests.makers import Ticking, a_claim, a_document, a_register, an_entry

from tizim.answer.evidence import designations
from tizim.answer.subjects import Clusters
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.register import marks
from tizim.register.account import MOST, Account, Accounted, compact
from tizim.register.view import View


@pytest.fixture
def register(tmp_path):
    """Two copies of a list and an act."""
    made = a_register(tmp_path)
    clock = Ticking()
    made.append(a_document("2015-01-01", [an_entry("A"), an_entry("B")]), clock)
    made.append(a_document("2016-01-01", [an_entry("A"), an_entry("C", on="un-1988")]), clock)
    act = a_claim(Property.ACT, "listed", list="kz-list", date="2005-03-15", published="2005-03-15")
    made.append(a_document("2020-01-01", [an_entry("A", (act,))], source="ledger", complete=False), clock)
    yield made
    made.close()


def known(view):
    """Everything recorded, of a day after all."""
    last = max(doc.recorded_at for doc in view.documents())
    return AsOf(valid_at=last.date(), known_at=last, basis=Basis.RECORDED)


def test_every_way_of_reading_is_accounted_for():
    """A way that is not noted would leave pages as they were while what they tell has changed."""
    ways = {name for name, one in inspect.getmembers(View, inspect.isfunction) if not name.startswith("_")}

    missed = sorted(name for name in ways if name not in vars(Accounted))

    assert missed == []


def test_what_is_read_about_a_subject_is_noted_by_its_name(register):
    """And nothing that happens inside the reading."""
    with register.accounted() as view:
        view.account.take()
        view.headlines_of(["un-sc:A"])

        assert view.account.take() == {"s un-sc:A"}
        assert view.account.take() == frozenset()


def test_what_calls_a_subject_by_its_name_rests_on_its_names_alone(register):
    """Many pages name a subject and tell nothing else of it: an act upon it leaves them as they are."""
    act = a_claim(Property.ACT, "delisted", list="kz-list", date="2024-06-03", published="2024-06-03")
    name = a_claim(Property.ALIAS, "Another Name")
    with register.accounted() as view:
        view.account.take()
        view.names_of(["un-sc:A"])
        assert view.account.take() == {"m un-sc:A", "w"}
        first = marks.of_line(view, "ledger")
    register.append(a_document("2024-06-04", [an_entry("A", (act,))], source="ledger", complete=False), Ticking())

    with register.accounted() as view:
        acted = marks.of_line(view, "ledger")
    register.append(a_document("2024-06-05", [an_entry("A", (name,))], source="ledger", complete=False), Ticking())
    with register.accounted() as view:
        named = marks.of_line(view, "ledger")

    assert first["s un-sc:A"] != acted["s un-sc:A"]
    assert acted["m un-sc:A"] != named["m un-sc:A"]


def test_a_remembered_answer_rests_on_what_it_rested_on_when_it_was_made(register):
    """Whoever uses it later has not read the register, and rests on it all the same."""
    with register.accounted() as view:
        at = known(view)
        first = designations(view, at, lists=[ListId("kz-list")])
        rested = view.account.take()
        again = designations(view, at, lists=[ListId("kz-list")])

        assert first == again
        assert {word for word in rested if word.startswith(("f act", "d "))} <= view.account.take()


def test_which_records_are_one_subject_is_noted_subject_by_subject(register):
    """All ties are read at once; a page rests on those of the subjects that it asks for."""
    with register.accounted() as view:
        clusters = Clusters(view, known(view))
        view.account.take()
        clusters.id_of("un-sc:A")

        assert view.account.take() == {"c un-sc:A"}


def test_words_of_many_subjects_become_one():
    """A list of thousands rests on its publisher's subjects."""
    many = {f"s un-sc:{number}" for number in range(MOST + 1)}

    assert compact({*many, "s ledger:x", "h un-1267"}) == {"S un-sc", "s ledger:x", "h un-1267"}
    assert marks.with_coarse({"s un-sc:1"}) == {"s un-sc:1", "S un-sc"}


def test_nothing_is_noted_aside():
    """For what is read whole and used in parts."""
    account = Account()
    with account.aside():
        account.note("D")
        account.note_all(frozenset({"s x"}))

    assert account.take() == frozenset()


def test_marks_of_a_line_tell_which_of_its_subjects_changed(register):
    """And that its documents did; a subject that stayed as it was has the same mark."""
    with register.accounted() as view:
        before = marks.of_line(view, "un-sc")
        head = view.shared.head
    register.append(a_document("2017-01-01", [an_entry("A"), an_entry("C", on="un-1267")]), Ticking())

    with register.accounted() as view:
        lines = marks.grown(view, head)
        after = marks.of_line(view, "un-sc")
    changed = {word for word in before.keys() | after.keys() if before.get(word) != after.get(word)}

    assert lines == {"un-sc"}
    assert {"s un-sc:C", "h un-1267", "h un-1988", "D", "D un-sc", "l un-sc 0"} <= changed
    assert not {"s un-sc:A", "s un-sc:B"} & changed


def test_a_withheld_value_shows_in_the_marks_of_its_line(register):
    """Its rows are gone, and with them the mark of its subject is another."""
    from tests.register.test_withhold import ACT, statement_of  # noqa: PLC0415

    batch = a_document("2018-01-01", [an_entry("W", name="Withheld Name")])
    register.append(batch, Ticking())
    with register.accounted() as view:
        before, head = marks.of_line(view, "un-sc"), view.shared.head
    register.withhold(statement_of(batch, "name", "Withheld Name", key="W"), ACT, Ticking())

    with register.accounted() as view:
        assert marks.grown(view, head) == {"un-sc"}
        assert marks.of_line(view, "un-sc")["s un-sc:W"] != before["s un-sc:W"]


def test_new_names_touch_those_who_looked_for_their_words(register):
    """A page that found no namesake has to be made again when one comes."""
    with register.accounted() as view:
        words = marks.of_changed_subjects(view, ["un-sc:A"])

    assert {"n name", "n of a", "n name of a"} <= words
    assert "n name a" not in words
