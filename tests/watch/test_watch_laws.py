"""Laws of watching: what is found after any changes is what asking for everybody anew finds."""

import tempfile
from pathlib import Path

import msgspec
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.watch.conftest import LISTS, NOW, Desk, a_customer, a_listing, an_entity, lists_of

from tizim.customers import Store, schema
from tizim.customers.clearances import clear, end, read_clearances
from tizim.customers.policies import Act, PolicyVersion
from tizim.screen.policy import Policy, Threshold
from tizim.watch import Way, events, watched
from tizim.watch.answering import Answering, Shown

FIRST = ("Anvar", "Anwar", "Salman", "Mohammed", "Muhammad", "Abdul Rahman", "Abdulrahman", "Owen", "Анвар")
LAST = ("Testov", "Testow", "al-Tamimi", "Tamimi", "Example", "Exemple", "Holdings", "Ali", "Baker Trading", "Тестов")
ACT = Act(author="A", reason="b", at=NOW)
POLICIES = (
    None,
    Policy(lists=("un-1988",), weak_aliases=False),
    Policy(thresholds=(Threshold(score=0.55), Threshold(score=0.95, list="us-sdn"))),
)

names = st.builds(lambda first, last: f"{first} {last}", st.sampled_from(FIRST), st.sampled_from(LAST))
born = st.sampled_from([{}, {"birthDate": ["1971-05-06"]}, {"birthDate": ["1980"]}])
numbers = st.sampled_from([{}, {}, {"passportNumber": ["X1234567"]}])
schemata = st.sampled_from(["Person", "Person", "Organization", "Vessel"])


@st.composite
def entities(draw):
    """Somebody, and what a list says of them."""
    own = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    what = draw(schemata)
    more = {**draw(born), **draw(numbers)} if what == "Person" else {}
    weak = {"weakAlias": own[1:]} if draw(st.booleans()) else {}
    on = draw(st.sampled_from([LISTS[:1], LISTS[1:], LISTS]))
    return lambda at: (
        an_entity(f"e{at}", *(own[:1] if weak else own), schema=what, lists=on, **weak, **more),
        a_listing(f"e{at}", on[0], draw(st.sampled_from(["A.1", "A.2"]))),
    )


@st.composite
def customers(draw):
    """Somebody who is watched."""
    what = draw(st.sampled_from(["Person", "LegalEntity", "Thing", "Organization"]))
    more = {**draw(born), **draw(numbers)} if what == "Person" else {}
    return a_customer(f"c{draw(st.integers(0, 5))}", draw(names), what, **more)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), customers()),
        st.tuples(st.just("forget"), st.integers(0, 5)),
        st.tuples(st.just("list"), st.tuples(st.integers(0, 11), entities())),
        st.tuples(st.just("list"), st.tuples(st.integers(0, 11), entities())),
        st.tuples(st.just("delist"), st.integers(0, 11)),
        st.tuples(st.just("clear"), st.integers(0, 5)),
        st.tuples(st.just("end"), st.integers(0, 5)),
        st.tuples(st.just("policy"), st.sampled_from(POLICIES)),
    ),
    min_size=1,
    max_size=6,
)


def hits_of(store):
    """What is kept of who is found."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(schema.watch_hit))
        return {(row.customer, row.entity): msgspec.json.decode(row.body, type=Shown) for row in rows}


def take(desk, step, held, state):
    """Do one thing."""
    kind, what = step
    if kind == "enter":
        watched.enter(desk.store, desk.marks, [what], NOW)
    elif kind == "forget":
        with desk.store.writing() as connection:
            watched.forget_in(connection, desk.marks.of_customer(f"c{what}"))
        for key in [key for key in state["told"] if key[0] == f"c{what}"]:
            del state["told"][key]
    elif kind == "list":
        at, made = what
        held[at] = made(at)
    elif kind == "delist":
        held.pop(what, None)
    elif kind == "policy":
        state["policy"] = what
    elif kind == "clear":
        mark = desk.marks.of_customer(f"c{what}")
        for one in watched.after(desk.store, 0, 100):
            found = [entity for customer, entity in hits_of(desk.store) if customer == mark == one.mark]
            if found and state["lists"].called(found[0]) is not None:
                clear(desk.store, desk.marks, state["lists"], one.given.example, found[0], "A", "b", None, NOW)
    else:
        for one in read_clearances(desk.store, desk.marks.of_customer(f"c{what}")):
            if one.ended is None:
                end(desk.store, one.id, "A", "b", NOW)


@given(rounds=st.lists(steps, min_size=2, max_size=5), limit=st.sampled_from([1, 5]))
@settings(max_examples=40, deadline=None)
def test_hits_after_any_changes_are_those_of_asking_everybody_anew(rounds, limit):
    """The law of monitoring: lists, customers, clearances and policies change in any order, and no hit is missed,
    told wrongly or kept too long; and who adds up what was told has just these hits.
    """
    with tempfile.TemporaryDirectory() as name:
        store = Store(f"sqlite:///{name}/customers.sqlite")
        desk = Desk(store, Path(name))
        held, state = {}, {"policy": None, "lists": None, "told": {}}
        cursor, added_up = 0, state["told"]
        store.prepare()
        for number, several in enumerate(rounds):
            for step in several:
                take(desk, step, held, state)
            lists = state["lists"] = lists_of([one for at in sorted(held) for one in held[at]], str(number))
            policy = state["policy"] and PolicyVersion(
                name="desk", version=1 + POLICIES.index(state["policy"]), policy=state["policy"], proposed=ACT,
                approved=ACT,
            )  # fmt: skip
            way = Way(limit=limit, policy=policy.id if policy else "")

            desk.run(lists, way, policy)

            every = watched.after(store, 0, 1_000)
            anew = Answering(lists, way, policy, read_clearances(store), desk.marks, NOW.date()).answers(every)
            assert hits_of(store) == {(one.mark, shown.entity): shown for one in anew for shown in one.hits}
            for kept in events.since(store, cursor, events.MOST):
                cursor, one = kept.seq, kept.event
                key = (one.customer, one.entity)
                assert (key in added_up) == (one.what is not events.What.NEW)
                added_up.pop(key, None)
                if one.what is not events.What.GONE:
                    added_up[key] = one.score
            ids = {one.mark: one.given.id for one in every}
            there = {(ids[mark], entity): shown.score for (mark, entity), shown in hits_of(store).items()}
            assert added_up == there
        store.close()
