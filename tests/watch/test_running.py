"""What becomes other of what is found of customers is told, once and whole."""

import msgspec
import pytest
import sqlalchemy as sa
from tests.watch.conftest import NOW, a_customer, a_listing, an_entity, lists_of

from tizim.customers import schema
from tizim.customers.clearances import clear, end
from tizim.customers.policies import Act, PolicyVersion
from tizim.errors import BadInput, NotFound
from tizim.screen.policy import Policy, Stale, Threshold
from tizim.watch import Way, events, watched

ANVAR = an_entity("p1", "Anvar Testov", "Анвар Тестов", birthDate=["1971-05-06"])


def enter(desk, *customers):
    """Watch *customers*."""
    return watched.enter(desk.store, desk.marks, customers, NOW)


def told(desk, after=0):
    """What was told: what became of a hit, whose, of whom."""
    return [
        (one.event.what.value, one.event.customer, one.event.entity)
        for one in events.since(desk.store, after, events.MOST)
    ]


def test_a_name_that_comes_changes_and_goes_is_told_of_the_customer_who_has_it(desk):
    """The story of a hit: it is new with its list and reference, becomes another, and is gone."""
    enter(desk, a_customer("c1", "Anwar Testov"), a_customer("c2", "Jamila Bakker"))
    empty = [an_entity("p9", "Pieter Jansen")]

    first = desk.run(lists_of(empty, "1"))
    new = desk.run(lists_of([*empty, ANVAR, a_listing("p1", "un_1988", "TAi.001")], "2"))
    renumbered = desk.run(lists_of([*empty, ANVAR, a_listing("p1", "un_1988", "TAi.002")], "3"))
    gone = desk.run(lists_of(empty, "4"))

    assert (first.screened, first.everybody) == (2, "nobody was screened yet")
    assert (new.changed, new.screened, new.new, new.everybody) == (1, 1, 1, "")
    assert (renumbered.changed, renumbered.screened, renumbered.changed_matches) == (0, 1, 1)
    assert (gone.changed, gone.screened, gone.gone) == (1, 1, 1)
    assert told(desk) == [("new", "c1", "p1"), ("changed", "c1", "p1"), ("gone", "c1", "p1")]
    one, other, last = (kept.event for kept in events.since(desk.store, 0, 10))
    assert (one.lists[0].list, one.lists[0].reference, one.data_version) == ("un-1988", "TAi.001", "2")
    assert (one.evidence, one.because) == ({"of": "p1"}, events.Because.LISTS)
    assert (other.before.lists[0].reference, other.lists[0].reference) == ("TAi.001", "TAi.002")
    assert (last.evidence, last.cleared) == (None, False)


def test_nothing_is_asked_where_nothing_differs(desk):
    """A run a minute costs nothing: no customer is asked, nothing is told twice."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    desk.run(lists_of([ANVAR], "1"))

    again, later = desk.run(lists_of([ANVAR], "1")), desk.run(lists_of([ANVAR], "2"))

    assert (again.screened, later.screened, later.changed) == (0, 0, 0)
    assert told(desk) == [("new", "c1", "p1")]


def test_a_customer_told_otherwise_is_asked_anew_and_one_told_again_is_not(desk):
    """A file of all customers may be entered each night."""
    first = enter(desk, a_customer("c1", "Anwar Testov"), a_customer("c2", "Owen Example"))
    desk.run(lists_of([ANVAR], "1"))

    second = enter(desk, a_customer("c1", "Anwar Nobody"), a_customer("c2", "Owen Example"))
    done = desk.run(lists_of([ANVAR], "1"))

    assert (first.added, second.added, second.changed, second.unchanged) == (2, 0, 1, 1)
    assert done.screened == 1
    assert told(desk) == [("new", "c1", "p1"), ("gone", "c1", "p1")]


def test_a_cleared_hit_is_gone_and_comes_back_when_the_clearance_ends(desk):
    """As in an answer over HTTP: who was cleared is not shown, and the event says so."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    lists = lists_of([ANVAR], "1")
    desk.run(lists)

    customer = a_customer("c1", "Anwar Testov").example
    cleared = clear(desk.store, desk.marks, lists, customer, "p1", "R. Reviewer", "another", None, NOW)
    desk.run(lists)
    end(desk.store, cleared.id, "R. Reviewer", "mistaken", NOW)
    desk.run(lists)

    assert told(desk) == [("new", "c1", "p1"), ("gone", "c1", "p1"), ("new", "c1", "p1")]
    gone = events.since(desk.store, 1, 1)[0].event
    assert (gone.cleared, gone.because) == (True, events.Because.CLEARANCE)


def test_a_clearance_ends_when_the_entity_is_told_otherwise(desk):
    """A birth date that a list adds makes it another question."""
    enter(desk, a_customer("c1", "Anvar Testov"))
    lists = lists_of([ANVAR], "1")
    customer = a_customer("c1", "Anvar Testov").example
    clear(desk.store, desk.marks, lists, customer, "p1", "R. Reviewer", "another", None, NOW)
    desk.run(lists)
    assert told(desk) == []

    desk.run(lists_of([an_entity("p1", "Anvar Testov", birthDate=["1980-01-01"])], "2"))

    assert told(desk) == [("new", "c1", "p1")]


def test_a_policy_decides_what_is_told_and_another_one_asks_everybody(desk):
    """Lists and scores of a policy count, and events name it."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    lists = lists_of([ANVAR], "1")
    act = Act(author="A", reason="b", at=NOW)
    strict = PolicyVersion(
        name="desk", version=1, proposed=act, approved=act, policy=Policy(thresholds=(Threshold(score=1.0),))
    )
    other = msgspec.structs.replace(strict, version=2, policy=Policy(lists=("un-1988",)))

    none = desk.run(lists, Way(policy=strict.id), strict)
    found = desk.run(lists, Way(policy=other.id), other)

    assert none.new == 0
    assert (found.new, found.everybody) == (1, "lists, scores or policy are others than in the last run")
    assert events.since(desk.store, 0, 1)[0].event.policy == "desk@2"


def test_a_policy_that_refuses_stale_lists_refuses_the_run(desk):
    """Nobody is told to be gone because a list was not seen for too long."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    act = Act(author="A", reason="b", at=NOW)
    policy = PolicyVersion(name="desk", version=1, proposed=act, approved=act, policy=Policy(stale=Stale.REFUSE))

    with pytest.raises(BadInput, match="not seen for too long: us_sdn"):
        desk.run(lists_of([ANVAR], "1", stale=("us_sdn",)), Way(policy=policy.id), policy)

    assert told(desk) == []


def test_who_is_forgotten_is_forgotten_everywhere(desk):
    """Deleting a customer deletes what was found of it and what was told."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    desk.run(lists_of([ANVAR], "1"))

    watched.forget(desk.store, desk.marks.of_customer("c1"))
    desk.run(lists_of([ANVAR], "1"))

    for table in (schema.watched, schema.watch_hit, schema.watch_event, schema.watch_warm):
        with desk.store.reading() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    with pytest.raises(NotFound):
        watched.forget(desk.store, desk.marks.of_customer("c1"))


def test_what_can_be_made_again_is_made_again(desk):
    """Whoever loses the folder loses time, and no hit: everybody is asked anew, and nothing is told that was."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    desk.run(lists_of([ANVAR], "1"))
    for path in (desk.folder / "watch").rglob("*"):
        if path.is_file():
            path.unlink()

    done = desk.run(lists_of([ANVAR, an_entity("p2", "Anwar Testow")], "2"))

    assert done.everybody == "the lists of the last run are no longer here"
    assert told(desk) == [("new", "c1", "p1"), ("new", "c1", "p2")]


def test_a_number_alone_is_told(desk):
    """Who is known by a passport alone is asked when a list tells it."""
    enter(desk, a_customer("c1", "Nobody Known", passportNumber=["X-123 4567"]))
    desk.run(lists_of([an_entity("p2", "Salman al-Tamimi")], "1"))

    done = desk.run(lists_of([an_entity("p2", passportNumber=["X1234567"])], "2"))

    assert (done.screened, done.new) == (1, 1)


def test_a_run_that_breaks_off_is_gone_on_with(desk):
    """What was kept was told, and what was not is told by the next run."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    desk.run(lists_of([], "1"))
    good = desk.evidence

    def broken(_):
        raise LookupError("the register is gone")

    desk.evidence = broken
    with pytest.raises(LookupError):
        desk.run(lists_of([ANVAR], "2"))
    assert told(desk) == []
    desk.evidence = good
    desk.run(lists_of([ANVAR], "2"))

    assert told(desk) == [("new", "c1", "p1")]


def test_events_older_than_they_may_be_kept_are_deleted(desk):
    """Retention holds for what was told, too."""
    enter(desk, a_customer("c1", "Anwar Testov"))
    desk.run(lists_of([ANVAR], "1"))
    desk.now = NOW.replace(year=2027)

    desk.run(lists_of([ANVAR], "1"), days=30)

    assert told(desk) == []
