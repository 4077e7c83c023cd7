"""Laws of bulletins: any heap of steps gives a legal state or a clear refusal, in whatever order it comes."""

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.bulletins_made import ID, OWN, an_act, approving, at, correcting, drafting, publishing, withdrawing

from tizim.domain.bulletins import Standing, Withdrawn, as_known, replay
from tizim.domain.dates import AsOf, Basis

MAKERS = (drafting, approving, publishing, correcting, withdrawing)


@st.composite
def heaps(draw):
    """Steps of any kind, by any of three, with any numbers and moments near each other."""
    steps = []
    for _ in range(draw(st.integers(0, 9))):
        make = draw(st.sampled_from(MAKERS))
        more = {}
        if make in {drafting, correcting}:
            more = {"own": draw(st.sampled_from([None, OWN])), "needs_second": draw(st.booleans())}
            more["facts"] = draw(st.sampled_from([an_act(), an_act(when="2026-02")]))
        number, minute = draw(st.integers(1, 6)), draw(st.integers(0, 8))
        steps.append(make(number, draw(st.sampled_from(["Ann", "Ben", "Cy"])), minute, **more))
    return steps


@st.composite
def lives(draw):
    """Steps that follow each other by number and time, of any kind: more of them fit."""
    kinds = draw(st.lists(st.sampled_from(MAKERS), max_size=10))
    own = [OWN, msgspec.structs.replace(OWN, title="Another title")]
    steps, number = [], 1
    for minute, make in enumerate((drafting, approving, publishing, *kinds)):
        more = {"own": own[minute % 2]} if make in {drafting, correcting} else {}
        by = "Ben" if make is approving else "Ann"
        made = make(number, by, minute, **more)
        if not replay([*steps, made]).refused:
            steps.append(made)
            number += 1
    return steps


def at_minute(minute):
    """As known then."""
    return AsOf(valid_at=dt.date(2026, 3, 1), known_at=at(minute), basis=Basis.RECORDED)


@given(steps=heaps(), random=st.randoms(use_true_random=False))
def test_the_order_in_which_documents_arrive_changes_nothing(steps, random):
    """A register that is filled from another's documents says the same."""
    shuffled = list(steps)
    random.shuffle(shuffled)

    one, other = replay(steps), replay(shuffled)

    assert (one.bulletins, one.steps) == (other.bulletins, other.steps)
    assert sorted(map(repr, one.refused)) == sorted(map(repr, other.refused))


@given(steps=heaps())
def test_every_step_has_effect_or_a_reason_why_not(steps):
    """Nothing is dropped in silence."""
    done = replay(steps)

    taken = [step for own in done.steps.values() for step in own]
    assert len(taken) + len(done.refused) == len(steps)
    assert all(one.reason for one in done.refused)
    assert replay(taken).bulletins == done.bulletins
    assert replay(taken).refused == ()


@given(steps=lives())
def test_a_bulletin_never_forgets_what_it_published(steps):
    """The first version stays, and every issue stays in its place."""
    issued = ()
    for count in range(1, len(steps) + 1):
        one = replay(steps[:count]).bulletins[ID]
        last = one.last if isinstance(one, Withdrawn) else one
        now = (last.first, *(each.issue for each in last.corrections)) if isinstance(last, Standing) else ()

        assert now[: len(issued)] == issued
        issued = now


@given(steps=lives(), minute=st.integers(0, 14))
def test_what_readers_had_at_a_moment_never_changes(steps, minute):
    """Later steps are known later."""
    upto = [step for step in steps if step.at <= at(minute)]

    then = replay(upto).bulletins.get(ID)
    now = replay(steps).bulletins.get(ID)

    assert (then and as_known(then, at_minute(minute))) == (now and as_known(now, at_minute(minute)))


@given(steps=heaps())
def test_nobody_published_alone_what_needed_two(steps):
    """Whatever is tried: each issue that needs a second person has one."""
    for one in replay(steps).bulletins.values():
        last = one.last if isinstance(one, Withdrawn) else one
        if isinstance(last, Standing):
            for issue in (last.first, *(each.issue for each in last.corrections)):
                assert not issue.version.needs_second or issue.version.drafted.by != issue.approved.by
