"""Each rule of the docstring of ``domain.listing``, by name."""

import datetime as dt

import pytest

from tizim.domain.acts import Action
from tizim.domain.dates import EndedOn, NotObservedSince, OpenEnd, PartialDate, UnknownEnd
from tizim.domain.listing import Evidence, Mark, Status, periods, state
from tizim.domain.lists import ListId, Rule, RuleKind


def day(text):
    """A day."""
    return dt.date.fromisoformat(text)


def seen(text):
    """A complete copy that shows the entry."""
    return Evidence.of_copy(day(text), seen=True)


def missing(text):
    """A complete copy that does not."""
    return Evidence.of_copy(day(text), seen=False)


def printed(text):
    """A listing date that a list prints."""
    return Evidence.of_printed_date(PartialDate.parse(text))


def act(mark, first, last=None, action=None, expires=None):
    """A statement about an act, between two days (``None`` first: by the last day)."""
    return Evidence(
        earliest=day(first) if first else None, latest=day(last or first), mark=mark, text=last or first,
        action=action, expires=day(expires) if expires else None,
    )  # fmt: skip


def status(evidence, on, rules=()):
    """The word for the state, ``None`` before it began."""
    now = state(evidence, day(on), rules)
    return None if now is None else now.status


def a_rule(kind, period, since="2000", until="", *, verified=True):
    """A list's rule."""
    return Rule(
        list=ListId("au-cc"), kind=kind, period=period, valid_from=since, valid_to=until, legal_act="", decides="",
        removal="", source="", verified=verified,
    )  # fmt: skip


def test_between_two_sightings_it_was_listed():
    """Documents on both sides have it."""
    assert status([seen("2015-01-01"), seen("2016-01-01")], "2015-06-01") is Status.LISTED


def test_a_printed_date_proves_a_beginning_and_not_unbroken_membership():
    """Before it nothing, on it listed, after it not observed until the first sighting."""
    evidence = [printed("2007-03-24"), seen("2015-01-01")]

    assert status(evidence, "2007-03-23") is None
    assert status(evidence, "2007-03-24") is Status.LISTED
    assert status(evidence, "2010-01-01") is Status.NOT_OBSERVED
    assert status(evidence, "2015-01-01") is Status.LISTED


def test_after_the_last_evidence_it_is_not_observed_since():
    """Old sight is never told as today's, and is neither open nor ended."""
    now = state([seen("2015-01-01")], day("2020-01-01"))

    assert now.status is Status.NOT_OBSERVED
    assert now.end == NotObservedSince(day=day("2015-01-01"))


def test_between_the_last_sighting_and_the_first_absence_the_state_is_unknown():
    """It ended on a day that nobody gives."""
    now = state([seen("2023-03-27"), missing("2024-09-21")], day("2023-10-01"))

    assert now.status is Status.UNKNOWN
    assert now.ended == "2023-03-27/2024-09-21"
    assert isinstance(now.end, UnknownEnd)


def test_a_copy_without_the_entry_is_an_absence_and_no_delisting():
    """Silence is an observation with bounds."""
    now = state([seen("2023-03-27"), missing("2024-09-21")], day("2025-01-01"))

    assert (now.status, now.ended) == (Status.ABSENT, "2023-03-27/2024-09-21")


def test_a_copy_proves_absence_whatever_a_later_one_prints():
    """A second period begins between the last copy without and the first with it, not on the old printed date."""
    evidence = [printed("2007-03-24"), seen("2015-01-01"), missing("2016-01-01"), seen("2017-01-01")]

    assert status(evidence, "2016-01-01") is Status.ABSENT
    assert status(evidence, "2016-06-01") is Status.UNKNOWN
    assert state(evidence, day("2017-01-01")).since == "2016-01-01/2017-01-01"
    assert [(p.since, p.ended) for p in periods(evidence, day("2018-01-01"))] == [
        ("2007-03-24", "2015-01-01/2016-01-01"), ("2016-01-01/2017-01-01", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "action", "word"),
    [
        (Mark.ENDED, Action.DELISTED, Status.DELISTED), (Mark.ENDED, Action.EXPIRED, Status.EXPIRED),
        (Mark.ENDED, Action.SUPERSEDED, Status.SUPERSEDED), (Mark.PAUSED, Action.SUSPENDED, Status.SUSPENDED),
        (Mark.ANNULLED, Action.ANNULLED, Status.ANNULLED),
    ],
)  # fmt: skip
def test_what_an_act_ended_or_paused_stays_so_until_another_statement(mark, action, word):
    """A missing row adds nothing to an act; a later sighting does."""
    evidence = [seen("2015-01-01"), act(mark, "2016-01-01", action=action), missing("2017-01-01")]

    assert status(evidence, "2016-01-01") is word
    assert status(evidence, "2018-01-01") is word
    assert status([*evidence, seen("2019-01-01")], "2019-01-01") is Status.LISTED


def test_an_act_that_ends_beats_a_copy_of_the_same_day_and_an_annulment_does_not():
    """The copy of a day is made before the act takes effect; an annulled listing lives on."""
    assert status([seen("2026-02-27"), act(Mark.ENDED, "2026-02-27")], "2026-02-27") is Status.DELISTED
    assert status([seen("2017-07-26"), act(Mark.ANNULLED, "2017-07-26")], "2017-07-26") is Status.LISTED


def test_a_resumed_or_surviving_listing_keeps_its_beginning():
    """Neither a pause nor an annulment ends the period."""
    evidence = [
        act(Mark.BEGUN, "2006-05-29", action=Action.LISTED), act(Mark.ANNULLED, "2014-10-16"), seen("2017-07-26")
    ]  # fmt: skip

    assert state(evidence, day("2018-01-01")).since == "2006-05-29"


def test_the_day_of_a_word_only_bounds_the_end():
    """Told by 20 December: it ended between the last sighting and that day, and a second telling moves nothing."""
    evidence = [seen("2015-11-02"), act(Mark.ENDED, None, "2023-12-20"), act(Mark.ENDED, None, "2023-12-29")]

    assert status(evidence, "2020-01-01") is Status.UNKNOWN
    now = state(evidence, day("2024-01-01"))
    assert (now.status, now.ended) == (Status.DELISTED, "2015-11-02/2023-12-20")
    assert isinstance(now.end, EndedOn)


def test_a_month_is_no_evidence_for_a_day_inside_it():
    """Listed in March 2005: on the 10th it is not known whether it had happened."""
    evidence = [act(Mark.BEGUN, "2005-03-01", "2005-03-31", Action.LISTED)]

    assert status(evidence, "2005-02-28") is None
    assert status(evidence, "2005-03-10") is Status.UNKNOWN
    assert status(evidence, "2005-03-31") is Status.LISTED


def test_an_end_in_a_month_is_told_as_in_that_month_on_a_day_inside_it():
    """That it stood before the month is known, whenever it was last seen."""
    evidence = [seen("2015-11-02"), act(Mark.ENDED, "2026-02-01", "2026-02-28")]

    within = state(evidence, dt.date(2026, 2, 10))

    assert (within.status, within.ended) == (Status.UNKNOWN, "2026-02-01/2026-02-28")
    assert status(evidence, "2026-01-31") is Status.LISTED


def test_amended_renewed_and_proposed_have_their_own_words():
    """The word is that of the last act while documents on both sides have it."""
    amended = [act(Mark.SEEN, "2017-01-01", action=Action.AMENDED), seen("2020-01-01")]
    renewed = [act(Mark.SEEN, "2017-01-01", action=Action.RENEWED), seen("2020-01-01")]

    assert status(amended, "2018-01-01") is Status.AMENDED
    assert status(renewed, "2018-01-01") is Status.RENEWED
    assert status([act(Mark.PROPOSED, "2017-01-01")], "2018-01-01") is Status.PROPOSED
    assert status([seen("2016-01-01"), act(Mark.PROPOSED, "2017-01-01")], "2018-01-01") is Status.NOT_OBSERVED


def test_a_stated_term_ends_a_listing_unless_it_is_seen_to_have_lived_on():
    """A renewal that is not held here shows in what comes after it."""
    listed = act(Mark.BEGUN, "2010-02-10", action=Action.LISTED, expires="2013-02-10")

    assert status([listed], "2013-02-09") is Status.NOT_OBSERVED
    assert status([listed], "2013-02-10") is Status.EXPIRED
    assert status([listed, seen("2015-01-01")], "2014-01-01") is Status.LISTED


def test_a_rule_moves_a_state_only_if_it_was_seen_and_in_force():
    """General knowledge expires nothing, nor does a rule that had ended by then."""
    listed = [act(Mark.BEGUN, "2015-01-01", action=Action.LISTED)]

    assert status(listed, "2018-01-02", [a_rule(RuleKind.EXPIRY, "P3Y")]) is Status.EXPIRED
    assert status(listed, "2018-01-02", [a_rule(RuleKind.EXPIRY, "P3Y", verified=False)]) is Status.NOT_OBSERVED
    assert status(listed, "2018-01-02", [a_rule(RuleKind.EXPIRY, "P3Y", until="2017")]) is Status.NOT_OBSERVED


def test_an_overdue_review_is_a_flag_beside_the_state():
    """Overdue is no end."""
    evidence = [act(Mark.BEGUN, "2015-01-01", action=Action.LISTED), seen("2020-01-01")]

    now = state(evidence, day("2019-01-01"), [a_rule(RuleKind.REVIEW, "P3Y")])

    assert (now.status, now.overdue, now.review_due) == (Status.LISTED, True, day("2018-01-01"))


def test_an_open_end_is_not_an_unknown_one():
    """Seen on both sides: nothing ends it."""
    assert state([seen("2015-01-01"), seen("2016-01-01")], day("2015-02-01")).end == OpenEnd()


def test_the_order_in_which_evidence_is_given_does_not_matter():
    """Whatever came first into the register."""
    evidence = [printed("2007-01-01"), seen("2015-01-01"), missing("2016-01-01"), act(Mark.ENDED, "2015-06-01")]

    assert state(evidence, day("2017-01-01")) == state(list(reversed(evidence)), day("2017-01-01"))


@pytest.mark.parametrize("mark", [Mark.PAUSED, Mark.ANNULLED])
def test_a_pause_of_which_only_the_bound_is_known_leaves_doubt_and_is_no_end(mark):
    """Suspended or annulled by some day: on a day before it, whether it was so is unknown, but it stood."""
    evidence = [seen("2002-12-31"), act(mark, None, "2016-09-30")]

    now = state(evidence, day("2010-01-01"))

    assert now.status is Status.UNKNOWN
    assert now.ended == ""
    assert now.end == OpenEnd()
