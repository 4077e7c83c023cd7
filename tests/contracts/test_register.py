"""What every register must do, whatever database it lies in."""

import datetime as dt
import itertools
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from tests.makers import (
    NOON,
    Ticking,
    a_claim,
    a_document,
    a_register,
    an_entry,
    archived,
    some_documents,
    the_core_of,
)
from tests.saying import everything, names, periods, projections, relations, said_by

from tizim.domain.dates import AsOf, Basis
from tizim.domain.documents import Layer
from tizim.domain.statements import Property
from tizim.errors import BadInput, Broken, Busy
from tizim.register import appending
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.projector import Projector
from tizim.register.sql import SqlRegister
from tizim.register.writer import Writer

PLAN = {
    "2015-01-01": ["A", "B", "C"],
    "2016-01-01": ["A", "B=Bee", "D"],
    "2017-01-01": ["A", "D"],
    "2018-01-01": ["A", "C", "B"],
    "2019-01-01": ["B", "C=Sea", "A"],
}
LATER = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)

Opener = Callable[..., SqlRegister]


@pytest.fixture
def opened(register_url: str, tmp_path: Path) -> Iterator[Opener]:
    """Opens the register once more, as another process would."""
    made = []

    def opener(**options: float) -> SqlRegister:
        made.append(SqlRegister(register_url, Archive(tmp_path / "archive"), **options))
        return made[-1]

    yield opener
    for register in made:
        register.close()


@pytest.fixture
def register(register_url: str, tmp_path: Path) -> Iterator[SqlRegister]:
    """An empty register."""
    made = a_register(tmp_path, register_url)
    yield made
    made.close()


def emptied(register: SqlRegister) -> None:
    """Take everything out of a register, whatever its triggers say, to use it again."""
    with register._engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            made = connection.exec_driver_sql(triggers).all()
            for name, _ in made:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in t.metadata.tables.values():
            connection.execute(table.delete())
        if connection.dialect.name != "postgresql":
            for _, text in made:
                connection.exec_driver_sql(text)
    register._projector = register._shared = None


# -- appending ---------------------------------------------------------------------------------------


def test_appending_says_what_came_changed_and_is_absent(register):
    """The report of a keep compares a document with the nearest earlier one."""
    clock = Ticking()
    first, second = some_documents({"2015-01-01": ["A", "B"], "2016-01-01": ["B=Bee", "C"]})

    register.append(first, clock)
    appended = register.append(second, clock)

    assert appended.outcome == "kept"
    assert (appended.new, appended.changed, appended.absent) == (("C",), ("B",), ("A",))
    assert appended.statements == 3  # the new name of B, and what is said of C


def test_only_what_amends_an_entry_counts_as_a_change(register):
    """Prose and numbers of databases change without the listing changing."""
    clock = Ticking()
    remark = a_claim(Property.COMMENT, "a remark")
    register.append(a_document("2015-01-01", [an_entry("A")]), clock)

    appended = register.append(a_document("2016-01-01", [an_entry("A", [remark])]), clock)

    assert appended.changed == ()
    assert appended.statements == 1


def test_a_document_is_compared_with_the_nearest_earlier_one_also_if_kept_later(register):
    """Which file is kept first must not change what its neighbour is reported to have changed."""
    clock = Ticking()
    first, second, third = some_documents({"2015-01-01": ["A"], "2016-01-01": ["A", "B"], "2017-01-01": ["C"]})
    register.append(first, clock)
    register.append(third, clock)

    appended = register.append(second, clock)

    assert (appended.new, appended.absent) == (("B",), ())


def test_the_same_document_twice_is_the_same_document_once(register):
    """Keeping a folder again must be harmless."""
    clock = Ticking()
    first, second = some_documents({"2015-01-01": ["A"], "2016-01-01": ["A", "B"]})
    register.append(first, clock)
    register.append(second, clock)
    head, before = register.head(), projections(register)

    again = [register.append(one, clock).outcome for one in (first, second, first)]

    assert again == ["unchanged"] * 3
    assert register.head() == head
    assert projections(register) == before


def test_a_document_that_says_nothing_new_costs_two_rows(register):
    """The log grows with what changes, not with how often a list is fetched."""
    clock = Ticking()
    register.append(a_document("2015-01-01", [an_entry(f"K{n}") for n in range(50)]), clock)
    before = register.head().sequence

    register.append(a_document("2016-01-01", [an_entry(f"K{n}") for n in range(50)]), clock)

    assert register.head().sequence == before + 3  # the document, and its sightings in two layers


def test_an_exception_in_the_middle_leaves_no_trace(register, monkeypatch):
    """A document is taken whole or not at all, wherever the work stops."""
    clock = Ticking()
    register.append(a_document("2015-01-01", [an_entry("A")]), clock)
    batch = a_document("2016-01-01", [an_entry("A"), an_entry("B", [a_claim(Property.GENDER, "female")])])
    head, before = register.head(), projections(register)

    for owner, name, call in [
        (Projector, "document", 1), (Projector, "fresh", 1), (Projector, "sightings", 1), (Projector, "sightings", 2),
        (Writer, "row", 1), (Writer, "row", 3), (Writer, "flush", 1),
    ]:  # fmt: skip
        calls = itertools.count(1)
        whole = getattr(owner, name)

        def failing(*args, _calls=calls, _whole=whole, _call=call, **options):
            if next(_calls) == _call:
                raise ZeroDivisionError
            return _whole(*args, **options)

        with monkeypatch.context() as patch:
            patch.setattr(owner, name, failing)
            with pytest.raises(ZeroDivisionError):
                register.append(batch, clock)

        assert register.head() == head
        assert projections(register) == before

    assert register.append(batch, clock).outcome == "kept"


def test_two_entries_of_one_key_are_refused_whole(register):
    """A source that names two things alike is read wrongly: nothing of it may be taken."""
    batch = a_document("2015-01-01", [an_entry("A", name="One"), an_entry("A", name="Two")])

    with pytest.raises(Broken, match="two entries 'A'"):
        register.append(batch, Ticking())

    assert register.head().sequence == 0


def test_a_value_that_only_one_database_could_hold_is_refused_by_both(register):
    """The same files must give the same register anywhere."""
    batch = a_document("2015-01-01", [an_entry("A", name="nul \0 character")])

    with pytest.raises(BadInput, match="null character"):
        register.append(batch, Ticking())

    assert register.head().sequence == 0


def test_values_in_any_script_and_any_length_come_back_as_they_were(register):
    """Quotes, line breaks, tabs, letters beyond the basic plane: no character has a meaning of its own."""
    values = ['O\'Brien "x"', "a\\b\tc\nd\r\ne", "𒀀𒁀 and 𐎠", "ہ\u200cی", "\\N", "", "x" * 100_000, "\u2028"]
    claims = [a_claim(Property.ALIAS, value, note=value) for value in values]
    register.append(a_document("2015-01-01", [an_entry("A", claims)]), Ticking())

    with register.view() as view:
        found = {row.value: row.facets for row in view.claims(["un-sc:A"]) if row.property == "alias"}
        named = {row.text for row in view.names_of(["un-sc:A"]) if row.property == "alias"}

    assert found == {value: ({"note": value} if value else {}) for value in values}
    assert named == set(values)


def test_documents_of_one_day_stand_in_the_order_of_their_instants(register):
    """Publishers correct a list on the day of its issue."""
    clock = Ticking()
    early = a_document("2015-01-01", [an_entry("A")])
    late = msgspec.structs.replace(
        a_document("2015-01-01", [an_entry("B")]).facts, instant=dt.datetime(2015, 1, 1, 22, tzinfo=dt.UTC)
    )
    register.append(msgspec.structs.replace(a_document("2015-01-01", [an_entry("B")]), facts=late), clock)
    register.append(early, clock)

    with register.view() as view:
        line = view.line("un-sc", AsOf(valid_at=LATER.date(), known_at=LATER, basis=Basis.RECORDED))
        before, _ = line.around(dt.date(2015, 1, 1))

    assert [doc.instant.hour for doc in line.docs] == [1, 22]
    assert before == line.docs[1]


def test_documents_stand_in_the_order_of_the_days_they_print(register):
    """A publisher that changes its zone may print a later day with an earlier instant."""
    clock = Ticking()
    for day, instant in [
        ("2023-05-02", dt.datetime(2023, 5, 2, 1, tzinfo=dt.UTC)),
        ("2023-05-01", dt.datetime(2023, 5, 2, 3, tzinfo=dt.UTC)),
    ]:
        batch = a_document(day, [an_entry("A", name=day)])
        facts = msgspec.structs.replace(batch.facts, instant=instant)
        register.append(msgspec.structs.replace(batch, facts=facts), clock)

    with register.view() as view:
        line = view.line("un-sc", AsOf(valid_at=LATER.date(), known_at=LATER, basis=Basis.RECORDED))

    assert [str(doc.day) for doc in line.docs] == ["2023-05-01", "2023-05-02"]
    assert [str(doc.day) for doc in line.around(dt.date(2023, 5, 1)) if doc] == ["2023-05-01", "2023-05-02"]


def test_two_documents_of_one_place_in_time_are_refused_not_merged(register):
    """Twenty bits part the documents of one second; where they do not, nothing may be guessed."""
    clock = Ticking()
    register.append(a_document("2015-01-01", [an_entry("A")], sha256="abcde" + "0" * 59), clock)

    with pytest.raises(Broken, match="the same place"):
        register.append(a_document("2015-01-01", [an_entry("B")], sha256="abcde" + "1" * 59), clock)


# -- order -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [False, True], ids=["once", "each twice"])
def test_any_order_of_keeping_gives_the_same_answers(register, again):
    """Archives are found in any order; the answers for every day must not depend on it."""
    batches = some_documents(PLAN)
    orders = list(itertools.permutations(batches))
    if register._engine.dialect.name == "postgresql" or again:
        orders = orders[::17]
    found = []

    for order in orders:
        clock = Ticking()
        for batch in order:
            for _ in range(1 + again):
                register.append(batch, clock)
        found.append((everything(register), periods(register), names(register)))
        emptied(register)

    assert all(one == found[0] for one in found)
    assert ("un-1267", "B", 2, "2018-01-01") in found[0][1]
    assert ("un-1267", "C", 2, "from the start") in found[0][1]


@pytest.mark.parametrize("others", [(), ("2014-01-01",), ("2016-01-01",), ("2014-01-01", "2016-01-01")])
def test_the_file_of_a_starter_document_adds_only_what_was_missing(register, others):
    """The starter says what a document says; its bytes add the rest and repeat nothing."""
    rest = a_claim(Property.NATIONALITY, "Nowhere")
    whole = a_document("2015-01-01", [an_entry("A", [rest]), an_entry("B")])
    beside = [a_document(day, [an_entry("A", [rest])]) for day in others]
    batches = [whole, the_core_of(whole), *beside]
    found = set()

    for order in itertools.permutations(batches):
        clock = Ticking()
        reports = [register.append(one, clock) for one in order]
        with register.view() as view:
            claims = view.claims(["un-sc:A", "un-sc:B"])
            (doc,) = [one for one in view.documents() if one.sha256 == whole.facts.sha256]
            assert doc.held
            assert view.covered(doc, Layer.CORE)
            assert view.covered(doc, Layer.REST)
        assert sum(one.statements for one in reports) == 5
        assert len({row.claim_id for row in claims}) == 5
        found.add(repr(everything(register)))
        emptied(register)

    assert len(found) == 1


@pytest.mark.parametrize("starter_beside", [False, True])
def test_layers_read_at_different_times_do_not_disturb_each_other(register, starter_beside):
    """Between two files held there may lie one of which only the core is known."""
    documents = [
        a_document(day, [an_entry("A", [a_claim(Property.NATIONALITY, value)])])
        for day, value in [("2014-01-01", "One"), ("2015-01-01", "Two"), ("2016-01-01", "One")]
    ]
    batches = [documents[0], the_core_of(documents[1]) if starter_beside else documents[1], documents[2]]
    found = []

    for order in itertools.permutations(batches):
        clock = Ticking()
        for one in order:
            register.append(one, clock)
        found.append(everything(register))
        emptied(register)

    assert all(one == found[0] for one in found)
    said = found[0]["documents"]["un-sc", "2015-01-01", documents[1].facts.sha256]
    assert said["layers"] == ({0} if starter_beside else {0, 1})
    assert (("A", "un-sc:A", "nationality", "Two", ()) in said["claims"]) is not starter_beside


def test_a_document_whose_bytes_say_otherwise_than_the_starter_is_read_anew(register):
    """The bytes are believed from then on; what the starter said stays what was known before."""
    clock = Ticking()
    whole = a_document("2015-01-01", [an_entry("A", name="Right")])
    wrong = a_document("2015-01-01", [an_entry("A", name="Wrong"), an_entry("X")], sha256=whole.facts.sha256)
    register.append(the_core_of(wrong), clock)
    before = AsOf(valid_at=LATER.date(), known_at=clock.now, basis=Basis.RECORDED)
    said_before = everything(register, before)

    register.append(whole, clock)

    now = everything(register)["documents"]["un-sc", "2015-01-01", whole.facts.sha256]
    assert [(row[2], row[3]) for row in now["headlines"]] == [("A", "Right")]
    assert everything(register, before) == said_before
    with register.view() as view:
        assert len(view.documents()) == 1


def test_an_entry_without_any_headline_in_a_middle_document_has_no_stretch_there(register):
    """A document between two others cuts a stretch also by what it does not say."""
    clock = Ticking()
    dated = [a_claim(Property.LISTED_ON, "2001-01-01")], [a_claim(Property.LISTED_ON, "2002-02-02")]
    register.append(a_document("2014-01-01", [an_entry("A", dated[0])]), clock)
    register.append(a_document("2016-01-01", [an_entry("A", dated[1])]), clock)

    register.append(a_document("2015-01-01", [an_entry("A")]), clock)

    with register.view() as view:
        rows = view.headlines_of(["un-sc:A"])
        shown = [[row.listed_on for row in rows if row.first <= doc.moment <= row.last] for doc in view.documents()]
    assert shown == [["2001-01-01"], [""], ["2002-02-02"]]


# -- facts -------------------------------------------------------------------------------------------


def an_act(value: str, name: str) -> object:
    """An act of the ledger about X."""
    return a_claim(Property.ACT, value, list="kz-list", name=name, published="2015-01-01")


def ledger(day: str, rows: dict[str, list[object]], sha256: str = "") -> object:
    """A partial document: rows by key."""
    readings = [
        msgspec.structs.replace(an_entry(key), subject="ledger:x", claims=tuple(claims)) for key, claims in rows.items()
    ]
    return a_document(day, readings, source="ledger", complete=False, sha256=sha256)


def acts(register: SqlRegister, as_of: AsOf | None = None) -> list[tuple[str, str]]:
    """The acts known, with the name that each gives."""
    with register.view() as view:
        found = view.facts(Property.ACT, as_of)
    return sorted((fact.value, fact.facets["name"]) for fact in found)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_rows_that_a_partial_document_does_not_hold_stand_as_they_were(register, order):
    """The ledger comes in parts; silence about a row is not a word about it, in whatever order parts come."""
    clock = Ticking()
    documents = [
        ledger("2015-01-01", {"r1": [an_act("listed", "one")], "r2": [an_act("listed", "two")]}),
        ledger("2016-01-01", {"r2": [an_act("listed", "two, mended")]}),
        ledger("2017-01-01", {"r3": [an_act("delisted", "three")]}),
    ]

    for number in order:
        register.append(documents[number], clock)

    assert acts(register) == [("delisted", "three"), ("listed", "one"), ("listed", "two, mended")]


def test_a_changed_row_supersedes_and_is_still_what_was_known_before(register):
    """A correction is a new statement; the old one keeps the time in which it was believed."""
    clock = Ticking()
    register.append(ledger("2015-01-01", {"r1": [an_act("listed", "wrong")]}), clock)
    first = AsOf(valid_at=LATER.date(), known_at=clock.now, basis=Basis.RECORDED)
    register.append(ledger("2016-01-01", {"r1": [an_act("listed", "right")]}), clock)
    second = AsOf(valid_at=LATER.date(), known_at=clock.now, basis=Basis.RECORDED)
    register.append(ledger("2017-01-01", {"r1": [an_act("listed", "wrong")]}), clock)
    third = AsOf(valid_at=LATER.date(), known_at=clock.now, basis=Basis.RECORDED)

    assert acts(register, first) == [("listed", "wrong")]
    assert acts(register, second) == [("listed", "right")]
    assert acts(register, third) == [("listed", "wrong")]


def test_a_row_that_changes_its_subject_leaves_the_old_one(register):
    """A row of the ledger may have been given to the wrong organisation."""
    clock = Ticking()
    act = an_act("listed", "one")
    register.append(ledger("2015-01-01", {"r1": [act]}), clock)
    moved = msgspec.structs.replace(an_entry("r1"), subject="ledger:y", claims=(act,))

    register.append(a_document("2016-01-01", [moved], source="ledger", complete=False), clock)

    with register.view() as view:
        assert [fact.subject for fact in view.facts(Property.ACT, None)] == ["ledger:y"]


def test_facts_are_known_by_record_or_by_publication(register):
    """Under *recorded* counts when the register took a fact in, under *published* when its source was out."""
    clock = Ticking()
    register.append(ledger("2015-01-01", {"r1": [an_act("listed", "one")]}), clock)

    for basis, moment, known in [
        (Basis.RECORDED, NOON, 0), (Basis.RECORDED, LATER, 1),
        (Basis.PUBLISHED, dt.datetime(2014, 12, 31, tzinfo=dt.UTC), 0),
        (Basis.PUBLISHED, dt.datetime(2015, 1, 1, tzinfo=dt.UTC), 1),
    ]:  # fmt: skip
        at = AsOf(valid_at=LATER.date(), known_at=moment, basis=basis)
        assert len(acts(register, at)) == known, at


@pytest.mark.parametrize("prop", [Property.JUDGEMENT, Property.RULE, Property.MEASURE])
def test_every_kind_of_fact_is_told_by_subject_and_by_list(register, prop):
    """Judgements, rules and measures are read as acts are."""
    claim = a_claim(prop, "value", list="kz-list", **{"with": "un-sc:B"})
    register.append(ledger("2015-01-01", {"r1": [claim]}), Ticking())

    with register.view() as view:
        (fact,) = view.facts(prop, None, subjects=["ledger:x"])
        assert view.facts(prop, None, lists=["kz-list"]) == [fact]
        assert view.facts(prop, None, subjects=["ledger:y"]) == []
        assert view.facts(prop, None, lists=["un-1267"]) == []
        doc = view.document(fact.document_id)

    assert (fact.value, fact.other, fact.place) == ("value", "un-sc:B", f"entry r1, {prop.value}")
    assert doc is not None
    assert doc.source == "ledger"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_fact_is_told_of_the_earliest_document_that_makes_it(register, order):
    """Its statement's id must not depend on which edition was kept first."""
    clock = Ticking()
    rows = {"r1": [an_act("listed", "one")]}
    documents = [
        ledger("2015-01-01", rows),
        ledger("2016-01-01", {**rows, "r2": [an_act("listed", "two")]}),
    ]

    for number in order:
        register.append(documents[number], clock)

    with register.view() as view:
        told = {fact.facets["name"]: view.document(fact.document_id) for fact in view.facts(Property.ACT, None)}
    assert {name: str(doc.day) for name, doc in told.items()} == {"one": "2015-01-01", "two": "2016-01-01"}


def test_the_rows_that_the_starter_left_out_come_with_the_file(register):
    """Not every row of the ledger may ship; the file itself adds the others, and no second statement."""
    clock = Ticking()
    whole = ledger("2015-01-01", {"r1": [an_act("listed", "one")], "r2": [an_act("listed", "two")]})
    part = ledger("2015-01-01", {"r1": [an_act("listed", "one")]}, whole.facts.sha256)
    register.append(the_core_of(part), clock)
    before = AsOf(valid_at=LATER.date(), known_at=clock.now, basis=Basis.RECORDED)

    appended = register.append(whole, clock)

    assert appended.statements == 1
    assert acts(register) == [("listed", "one"), ("listed", "two")]
    assert acts(register, before) == [("listed", "one")]


def test_relations_that_a_list_prints_are_found_from_the_other_end(register):
    """A comment on one entry may name the number of another."""
    relation = a_claim(Property.RELATION, "B", phrase="leader of")
    register.append(a_document("2015-01-01", [an_entry("A", [relation]), an_entry("B")]), Ticking())

    assert relations(register) == {("un-sc:A", "un-sc:B", "B", "leader of")}


# -- time --------------------------------------------------------------------------------------------


def test_recorded_time_always_grows_even_when_the_clock_goes_back(register):
    """The order of knowing is the order of the chain, whatever a machine's clock does."""
    backwards = iter(NOON - dt.timedelta(hours=n) for n in range(10))
    times = []

    for batch in some_documents(PLAN):
        register.append(batch, lambda: next(backwards))
        times.append(register.head().time)

    assert times == sorted(set(times))
    assert times[0] == NOON


def test_a_reading_does_not_see_what_is_written_after_it_began(register, opened):
    """An answer is made of one moment's register."""
    clock, other = Ticking(), opened()
    first, second, third = some_documents({"2015-01-01": ["A"], "2016-01-01": ["A", "B"], "2017-01-01": ["C"]})
    register.append(first, clock)

    with other.view() as view:
        before = said_by(view)
        register.append(second, clock)
        with register.view() as new:
            assert said_by(new) != before
        register.append(third, clock)
        view.shared.docs = None
        view.shared.memo.clear()
        assert said_by(view) == before

    assert everything(other) == everything(register)


def test_readers_go_on_while_a_writer_writes(register, opened):
    """Any number of readers: a writer in the middle of its work keeps none of them waiting."""
    clock, reader = Ticking(), opened(wait_seconds=0.1)
    register.append(a_document("2015-01-01", [an_entry("A")]), clock)
    before = everything(reader)

    with register._write(clock) as writer:
        writer.connection.execute(t.name.delete())
        assert everything(reader) == before
        assert reader.verify().head == reader.head()
    assert everything(reader) == before


def test_there_is_one_writer_at_a_time(register, opened):
    """A second writer waits a while and then says that it could not begin; nothing is half written."""
    clock = Ticking()
    batch = a_document("2015-01-01", [an_entry("A")])
    hasty = opened(wait_seconds=0.05)

    with register._write(clock), pytest.raises(Busy, match="another process"):
        hasty.append(batch, clock)

    assert hasty.append(batch, clock).outcome == "kept"


def test_a_writer_that_waits_goes_on_when_the_other_has_finished(register, opened):
    """Two runs at the same time give what one after the other gives."""
    clock, patient = Ticking(), opened(wait_seconds=30)
    first, second = some_documents({"2015-01-01": ["A"], "2016-01-01": ["A", "B"]})
    done = []

    with register._write(clock) as writer:
        appending.append(writer, register.archive, first)
        waiting = threading.Thread(target=lambda: done.append(patient.append(second, Ticking(LATER))))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(30)

    assert [one.new for one in done] == [("B",)]
    assert not [fault for fault in register.verify().faults if "not in the archive" not in fault]


def test_threads_of_one_process_may_share_a_register(register):
    """A server answers from many threads while one of them keeps a file."""
    clock = Ticking()
    documents = some_documents(PLAN)
    register.append(documents[0], clock)
    faults = []

    def ask() -> None:
        try:
            for _ in range(10):
                everything(register)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a thread must reach the test
            faults.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for batch in documents[1:]:
        register.append(batch, clock)
    for thread in threads:
        thread.join()

    assert faults == []


OTHER_PROCESS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from tests.makers import Ticking, a_document, an_entry
from tizim.register.archive import Archive
from tizim.register.projector import Projector
from tizim.register.sql import SqlRegister
from tizim.register.writer import Writer
register = SqlRegister(sys.argv[1], Archive(Path(sys.argv[2]) / "archive"), wait_seconds=30)
for year in range(2000, 2010):
    entries = [an_entry(f"{sys.argv[4]}{n}") for n in range(5)]
    register.append(a_document(f"{year}-01-01", entries, source=sys.argv[4]), Ticking())
"""


def test_processes_that_write_at_the_same_time_wait_for_each_other(register, register_url, tmp_path):
    """Nothing is lost between two runs that were started together."""
    root = str(Path(__file__).parents[2])
    children = [
        subprocess.Popen([sys.executable, "-c", OTHER_PROCESS, register_url, str(tmp_path), root, name])  # noqa: S603 - our own program
        for name in ("one", "two")
    ]
    assert [child.wait(120) for child in children] == [0, 0]

    with register.view() as view:
        assert len(view.documents()) == 20
    assert not [fault for fault in register.verify().faults if "not in the archive" not in fault]


def test_what_was_known_stays_whatever_comes_later(register):
    """Documents kept later, also between and before those held, change no earlier answer."""
    clock = Ticking()
    batches = some_documents(PLAN)
    known = []
    for number in (2, 4, 0, 3, 1):
        register.append(batches[number], clock)
        at = AsOf(valid_at=LATER.date(), known_at=clock.now, basis=Basis.RECORDED)
        known.append((at, everything(register, at)))

    assert [everything(register, at) for at, _ in known] == [said for _, said in known]
    assert [len(said["documents"]) for _, said in known] == [1, 2, 3, 4, 5]


# -- the whole ---------------------------------------------------------------------------------------


def test_rebuilding_gives_the_same_projections_row_by_row(register):
    """Projections follow from the log alone, also after documents came in any order and a value was withheld."""
    clock = Ticking()
    batches = some_documents(PLAN)
    for number in (3, 0, 4, 1, 2):
        register.append(the_core_of(batches[number]) if number % 2 else batches[number], clock)
    register.append(batches[3], clock)
    register.append(ledger("2015-01-01", {"r1": [an_act("listed", "one")]}), clock)
    register.append(ledger("2016-01-01", {"r1": [an_act("listed", "two")]}), clock)
    before = projections(register)

    register.rebuild()

    assert projections(register) == before


def test_projections_that_were_spoilt_come_back_by_rebuilding(register):
    """Only log and payload have to be kept safe."""
    clock = Ticking()
    for batch in some_documents(PLAN):
        register.append(batch, clock)
    before = projections(register)
    with register._engine.connect() as connection, connection.begin():
        connection.execute(t.headline.update().values(name="spoilt"))
        connection.execute(t.span.delete().where(t.span.c.property == "name"))

    register.rebuild()

    assert projections(register) == before


def test_a_whole_register_is_found_whole(register):
    """Verification of what was appended, with its files, finds nothing, and proves every earlier head."""
    clock = Ticking()
    heads = [register.head()]
    for batch in some_documents(PLAN):
        register.append(archived(register, batch), clock)
        heads.append(register.head())

    assert register.verify().faults == ()
    assert register.verify().head == heads[-1]
    for head in heads:
        assert register.verify(head).faults == ()


def test_both_databases_hold_the_same_rows(register, tmp_path):
    """Whatever the database, the same documents give the same log: salts apart, row for row."""
    clock, other_clock = Ticking(), Ticking()
    other = a_register(tmp_path / "other")
    for batch in some_documents(PLAN):
        register.append(batch, clock)
        other.append(batch, other_clock)

    with register.view() as view, other.view() as beside:
        query = sa.select(t.log.c.seq, t.log.c.recorded_us, t.log.c.kind, t.log.c.body).order_by(t.log.c.seq)
        assert view._db.execute(query).all() == beside._db.execute(query).all()
    assert projections(register) == projections(other)
    other.close()


# -- when a document was fetched ---------------------------------------------------------------------


def fetched(register):
    """When each document was fetched, by its day."""
    with register.view() as view:
        return {str(doc.day): doc.retrieved_at for doc in view.documents()}


def test_when_a_document_was_fetched_is_kept_in_the_log(register):
    """It is one of a document's times, and a rebuild must not lose it; where nobody said, nothing is guessed."""
    clock, moment = Ticking(), dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    first, second = (archived(register, one) for one in some_documents({"2015-01-01": ["A"], "2016-01-01": ["A"]}))
    register.append(msgspec.structs.replace(first, retrieved_at=moment), clock)
    register.append(second, clock)

    register.rebuild()

    assert fetched(register) == {"2015-01-01": moment, "2016-01-01": None}
    assert register.verify().faults == ()


def test_a_document_known_by_its_facts_is_fetched_when_its_bytes_come(register):
    """The starter fetched nothing for this register."""
    clock, moment = Ticking(), dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    whole = archived(register, a_document("2015-01-01", [an_entry("A")]))
    register.append(the_core_of(whole), clock)
    before = fetched(register)

    register.append(msgspec.structs.replace(whole, retrieved_at=moment), clock)

    assert (before, fetched(register)) == ({"2015-01-01": None}, {"2015-01-01": moment})


# -- projections that are not what the log says ------------------------------------------------------


def test_projections_are_what_the_log_says_however_the_documents_came(register):
    """A check that cried without reason would soon be ignored."""
    clock = Ticking()
    for batch in [*some_documents(PLAN)][::-1]:
        register.append(archived(register, batch), clock)
    before = projections(register)

    assert register.misprojected() == ()
    assert projections(register) == before
    register.append(a_document("2030-01-01", [an_entry("A")], held=False), clock)
    assert register.misprojected() == ()


def test_a_projection_that_was_changed_by_hand_is_found_and_left_for_a_rebuild(register):
    """Answers come from it, and the chain alone would call the register whole."""
    clock = Ticking()
    for batch in some_documents(PLAN):
        register.append(archived(register, batch), clock)
    with register._engine.connect() as connection, connection.begin():
        connection.execute(t.headline.update().values(list="un-1988").where(t.headline.c.subject == "un-sc:A"))
    assert register.verify().faults == ()

    assert register.misprojected() == ("headline",)
    register.rebuild()
    assert register.misprojected() == ()


# -- finding -----------------------------------------------------------------------------------------


def test_names_and_numbers_are_found_alike_with_their_order_made_before_and_without(register):
    """A server puts them in order once; a command that asks once does not. Both must find the same."""
    names = {"a1": "Bank of the East", "A1": "EAST BANK", "B": "Bank", "C": "Embankment", "D": "Банк «Восток»"}
    entries = [an_entry(key, name=name) for key, name in names.items()]
    register.append(a_document("2015-01-01", entries), Ticking())
    asked = ("bank", "east bank", "Bank of", "BANK!", "ank", "банк", "%", "", "восток банк")

    with register.view() as view:
        plain = {one: [row.subject for row in view.names_with(one)] for one in asked}
        numbered = {one: view.subject_with_key(one) for one in ("A1", "a1", "b", "x")}
        view.concord()

        assert {one: [row.subject for row in view.names_with(one)] for one in asked} == plain
        assert {one: view.subject_with_key(one) for one in numbered} == numbered
    assert plain["bank"][0] == "un-sc:B"
    assert set(plain["bank"]) == {"un-sc:a1", "un-sc:A1", "un-sc:B"}
    assert plain["ank"] == plain["%"] == plain[""] == []
    assert numbered["a1"] == ["un-sc:A1", "un-sc:a1"]


def test_subjects_can_be_asked_for_by_the_beginning_of_their_ids(register):
    """The ids of one publisher are few among all."""
    others = [msgspec.structs.replace(an_entry(key), subject=f"other:{key}") for key in ("B", "Ω")]
    register.append(a_document("2015-01-01", [an_entry("A"), *others]), Ticking())

    with register.view() as view:
        assert view.all_subjects("other:") == ["other:B", "other:Ω"]
        assert view.all_subjects("oth") == ["other:B", "other:Ω"]
        assert view.all_subjects("otherx") == []


def test_the_key_of_what_was_known_changes_when_something_becomes_known(register):
    """Answers are remembered by it: the same key for what was known then and later would tell the future."""
    clock = Ticking()
    for batch in some_documents(PLAN):
        register.append(batch, clock)

    with register.view() as view:
        times = [
            AsOf(valid_at=NOON.date(), known_at=NOON + dt.timedelta(seconds=seconds), basis=Basis.RECORDED)
            for seconds in range(-1, 60)
        ]
        known = [(view.knowledge(at), len(view.line("un-sc", at).docs)) for at in times]

    assert len({key for key, _ in known}) == len({count for _, count in known}) == len(PLAN) + 1
    assert len(set(known)) == len(PLAN) + 1
