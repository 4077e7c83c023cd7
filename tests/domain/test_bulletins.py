"""Bulletins: what may follow on what, and what readers had of them at a moment."""

import datetime as dt

import pytest
from tests.bulletins_made import (
    ID,
    OWN,
    a_life,
    a_subject,
    a_telling,
    an_act,
    approving,
    at,
    correcting,
    drafting,
    publishing,
    two_copies,
    withdrawing,
)

from tizim.domain.bulletin_facts import ActKind, are_of_one, id_of
from tizim.domain.bulletins import (
    Own,
    Standing,
    Waiting,
    Withdrawn,
    apply,
    as_known,
    checked,
    replay,
    state_of,
)
from tizim.domain.dates import AsOf, Basis
from tizim.errors import BadInput


def after(*steps):
    """The bulletin after steps, each of which must fit."""
    state = None
    for step in steps:
        state = apply(state, checked(step))
    return state


def known(minute, basis=Basis.RECORDED):
    """As known so many minutes into the morning."""
    return AsOf(valid_at=dt.date(2026, 3, 1), known_at=at(minute), basis=basis)


def test_a_bulletin_goes_from_draft_to_correction():
    """Each step has its state, and the whole life is the six of them."""
    life = a_life()

    states = [state_of(after(*life[: count + 1])) for count in range(len(life))]

    assert states == ["draft", "approved", "published", "correction drafted", "correction approved", "corrected"]


def test_a_correction_keeps_the_first_version_and_says_why():
    """What was published stays what it was."""
    one = after(*a_life())

    assert isinstance(one, Standing)
    assert one.first == after(*a_life()[:3]).first
    assert one.first.version.own is None
    assert (one.corrections[0].reason, one.issue.version.own) == ("A slip", OWN)


def test_while_a_correction_waits_the_last_issue_stands():
    """Nobody reads what nobody approved."""
    one = after(*a_life()[:5])

    assert one.issue == one.first
    assert as_known(one, known(60)).correcting is None


@pytest.mark.parametrize("name", ["Ann", " ann", "ANN."])
def test_nobody_approves_what_he_drafted(name):
    """However the name is written."""
    with pytest.raises(BadInput, match="another person must approve it"):
        after(drafting(by="Ann"), approving(by=name))


def test_one_person_suffices_where_the_register_says_so():
    """The draft says whether it needs a second person."""
    assert state_of(after(drafting(needs_second=False), approving(by="Ann"))) == "approved"


def test_a_correction_cannot_get_around_the_second_person():
    """What needed two persons is not changed by one."""
    one = after(*a_life()[:3], correcting(needs_second=False))

    with pytest.raises(BadInput, match="another person must approve it"):
        apply(one, approving(5, by="Ann"))


@pytest.mark.parametrize(
    ("steps", "step", "reason"),
    [
        ([], approving(1), "draft it first"),
        ([drafting()], publishing(2), "must be approved before it is published"),
        ([drafting(), approving()], approving(3), "approved already, by Ben"),
        ([drafting()], correcting(2), "is not published: draft it again"),
        ([drafting(), approving(), publishing()], drafting(4), "is published: correct it"),
        ([drafting(), approving(), publishing()], approving(4), "nothing that waits"),
        ([drafting(), approving(), publishing()], publishing(4), "published already"),
        ([drafting(), approving(), publishing()], correcting(own=None), "nothing of bulletin .* would change"),
        ([drafting(), withdrawing(2)], drafting(3), "is withdrawn"),
        ([drafting()], drafting(2, bulletin="another"), "is none of"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_with_what_does(steps, step, reason):
    """A reader of the message knows what to do."""
    before = after(*steps) if steps else None

    with pytest.raises(BadInput, match=reason):
        apply(before, step)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (drafting(bulletin="Not An Id"), "no id of a bulletin"),
        (drafting(number=0), "numbered from 1"),
        (drafting(by=" "), "needs its author"),
        (correcting(reason=" "), "say why"),
        (withdrawing(reason=""), "say why"),
        (drafting(language="English"), "no code of a language"),
        (drafting(own=Own(title="", text="x")), "has a title and a text"),
        (drafting(own=Own(title="x", text=" \n ")), "has a title and a text"),
        (drafting(own=Own(title="x\ny", text="x")), "one line"),
        (drafting(own=Own(title="x", text="x" * 20_001)), "at most 20,000 signs"),
        (drafting(facts=two_copies()), "do not differ"),
        (drafting(facts=two_copies(["A", "B"], came_count=1)), "2 names of 1 entries"),
        (drafting(facts=an_act(when="next week")), "is not a date"),
        (drafting(facts=an_act(a_telling(date="2026-13", when=""))), "not a date of the calendar"),
    ],
)
def test_a_step_that_nobody_could_follow_is_refused(step, reason):
    """Documents from elsewhere go through the same door."""
    with pytest.raises(BadInput, match=reason):
        checked(step)


def test_a_moment_without_a_zone_is_no_moment():
    """Nobody knows when that was."""
    naive = type(approving())(bulletin=ID, number=2, by="Ben", at=dt.datetime(2026, 3, 1))  # noqa: DTZ001 - the fault

    with pytest.raises(BadInput, match="has no zone"):
        checked(naive)


def test_readers_have_what_was_published_by_then():
    """As known at a moment, a bulletin is what it was then."""
    one = after(*a_life())

    assert as_known(one, known(2)) is None
    assert as_known(one, known(3)).issue == one.first
    assert as_known(one, known(5)).corrections == ()
    assert as_known(one, known(6)) == one
    assert as_known(one, known(0, Basis.PUBLISHED)) == one  # of that basis only the day counts


def test_a_withdrawn_bulletin_stood_until_then():
    """A withdrawal rewrites no past."""
    one = after(*a_life()[:3], withdrawing(4))

    assert isinstance(as_known(one, known(3)), Standing)
    assert isinstance(as_known(one, known(4)), Withdrawn)
    assert as_known(after(drafting(), withdrawing(2)), known(9)) is None


def test_drafted_again_it_waits_again():
    """An approval is of what was approved, not of what came after."""
    one = after(drafting(), approving(), drafting(3, own=OWN))

    assert isinstance(one, Waiting)
    assert state_of(one) == "draft"


def test_two_who_take_the_same_step_are_told():
    """The earlier one has effect; the other is named with its reason, and nothing is lost."""
    done = replay([drafting(), approving(by="Ben"), approving(by="Cy", minute=3), publishing(3, minute=4)])

    assert state_of(done.bulletins[ID]) == "published"
    assert [(one.step.by, one.reason) for one in done.refused] == [
        ("Cy", f"step 2 of {ID} was made by Ben before: look at it, then go on")
    ]


def test_a_step_without_the_one_before_has_no_effect():
    """A register that got only some of the documents says so."""
    done = replay([drafting(), publishing(3)])

    assert state_of(done.bulletins[ID]) == "draft"
    assert "has no step 2 to follow" in done.refused[0].reason


def test_a_step_dated_before_the_one_it_follows_has_no_effect():
    """Time does not run backwards."""
    done = replay([drafting(minute=10), approving(minute=5)])

    assert "dated before" in done.refused[0].reason


# -- facts -------------------------------------------------------------------------------------------


def test_days_that_cannot_be_one_are_disputed_and_a_month_disputes_no_day_in_it():
    """Less precision is no contradiction."""
    day, month = a_telling(date="2026-02-03"), a_telling(date="2026-02")
    other = a_telling(date="2026-03-04")

    assert not an_act(day, month).is_day_disputed
    assert an_act(day, other).is_day_disputed


def test_different_acts_contradict_each_other_in_nothing():
    """A judgment and the one that confirms it are of different days, and of different courts."""
    one = a_telling(date="2026-02-03", act="judgment 1", decided_by="Court A")
    other = a_telling(date="2026-03-04", act="judgment 2", decided_by="Court B")

    assert not an_act(one, other).is_day_disputed
    assert not an_act(one, other).is_decider_disputed
    assert an_act(one, a_telling(decided_by="Court B")).is_decider_disputed


def test_what_stands_in_brackets_makes_no_other_decider():
    """The same court with its judge is the same court."""
    facts = an_act(a_telling(decided_by="High Court"), a_telling(decided_by="High Court (Judge Flavia)"))

    assert not facts.is_decider_disputed
    assert len(facts.deciders) == 1


def test_an_act_told_by_one_more_statement_is_the_same_act():
    """What is learned later corrects a bulletin, it makes no second one."""
    first = an_act()
    later = an_act(a_telling(statement="ff-00"), a_telling())
    grouped = an_act(a_telling(statement="ff-00"))

    assert are_of_one(first, later)
    assert are_of_one(first, grouped)  # of one event about one subject
    assert not are_of_one(first, an_act(a_telling(statement="ff-00"), event="end g2"))
    assert not are_of_one(first, two_copies(["A"]))
    assert are_of_one(two_copies(["A"]), two_copies(["A", "B"]))


@pytest.mark.parametrize(
    ("subject", "taken", "expected"),
    [
        (a_subject(), [], "2026-02-03-xx-list-zenda-front"),
        (a_subject(), ["2026-02-03-xx-list-zenda-front"], "2026-02-03-xx-list-zenda-front-delisted"),
        (
            a_subject(),
            ["2026-02-03-xx-list-zenda-front", "2026-02-03-xx-list-zenda-front-delisted"],
            "2026-02-03-xx-list-zenda-front-delisted-2",
        ),
        (a_subject(subject="xx-list:QDe.001"), [], "2026-02-03-xx-list-xx-list-qde-001"),
        (a_subject(subject="xx-list:зенда"), [], "2026-02-03-xx-list-xxlistzenda"),
        (a_subject("؟", "؟"), [], "2026-02-03-xx-list-subject"),
    ],
)
def test_an_id_can_be_read_and_is_nobody_else_s(subject, taken, expected):
    """It stands in addresses for good."""
    found = id_of(an_act(subject=subject), taken)

    assert found == expected
    assert checked(drafting(bulletin=found))


def test_every_kind_of_act_is_an_action():
    """The words of bulletins are the field's."""
    assert {kind.value for kind in ActKind} >= {"listed", "delisted", "suspended", "amended"}
