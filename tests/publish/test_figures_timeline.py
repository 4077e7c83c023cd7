"""The model of lanes: what is drawn is what documents support, and nothing more."""

import datetime as dt
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.figures_made import NOW, SPAN, a_piece, a_statement, on_a_list, ordinal, overdue

from tizim.domain.acts import Action
from tizim.domain.listing import Evidence, Mark, Period, Status, state
from tizim.publish.figures.timeline import Bracket, Cap, Fill, Seen, in_order, lane_of, span_of

ON = {Mark.BEGUN, Mark.PRINTED, Mark.SEEN}
IN_FORCE = {Status.LISTED, Status.AMENDED, Status.RENEWED}


def test_a_bar_is_solid_only_between_two_documents():
    """After the last sighting nothing shows it and nothing takes it off: from there on it is carried forward."""
    found = on_a_list([a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.SEEN, "2015-11-02")])

    lane = lane_of(found, SPAN, NOW)

    assert [(b.start, b.end, b.fill) for b in lane.bars] == [
        (ordinal("2005-03-15"), ordinal("2015-11-03"), Fill.SURE),
        (ordinal("2015-11-03"), NOW.toordinal() + 1, Fill.CARRIED),
    ]


def test_one_document_alone_makes_nothing_solid():
    """A single act bounds no stretch: the whole bar is carried forward from it."""
    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2002-07-02")]), SPAN, NOW)

    assert [(b.start, b.fill) for b in lane.bars] == [(ordinal("2002-07-02"), Fill.CARRIED)]


def test_a_change_between_two_copies_is_hatched_and_has_no_cap():
    """Seen in one copy and missing from the next: the end lies somewhere between, on no day."""
    found = on_a_list([
        a_piece(Mark.BEGUN, "2005-03-15"), Evidence.of_copy(dt.date(2010, 1, 1), seen=True),
        Evidence.of_copy(dt.date(2015, 1, 1), seen=False),
    ])  # fmt: skip

    lane = lane_of(found, SPAN, NOW)

    assert lane.bars[-1].fill is Fill.DOUBT_HELD
    assert (lane.bars[-1].start, lane.bars[-1].end) == (ordinal("2010-01-02"), ordinal("2015-01-01"))
    assert lane.caps == ()


def test_what_is_told_of_an_earlier_end_bounds_it():
    """A report that it is off the list by a day ends the hatching, and the cap stands where it had ended."""
    found = on_a_list([
        a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.SEEN, "2015-11-02"), a_piece(Mark.ENDED, "../2023-12-20"),
    ])  # fmt: skip

    lane = lane_of(found, SPAN, NOW)

    assert [b.fill for b in lane.bars] == [Fill.SURE, Fill.DOUBT_HELD]
    assert lane.caps == (Cap(day=ordinal("2023-12-20"), status=Status.DELISTED),)


def test_a_year_is_a_bracket_as_wide_as_the_year_and_never_a_point():
    """Placing 2002 on 1 January would say a day that no source gives."""
    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2002")]), SPAN, NOW)

    assert lane.points == ()
    assert lane.brackets == (
        Bracket(start=ordinal("2002-01-01"), end=ordinal("2003-01-01"), kind=Seen.REPORTED, closed=True),
    )
    assert lane.bars[0].fill is Fill.DOUBT


def test_an_end_known_to_the_month_has_a_bracket_and_no_cap():
    """A cap says a day."""
    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.ENDED, "2021-11")]), SPAN, NOW)

    assert lane.caps == ()
    assert [(b.start, b.end) for b in lane.brackets] == [(ordinal("2021-11-01"), ordinal("2021-12-01"))]


def test_a_year_that_is_not_over_has_no_second_bracket():
    """The end of the year lies after the day asked for, and nothing is drawn there."""
    now = dt.date(2020, 6, 1)

    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2020")], now=now), SPAN, now)

    assert [one.closed for one in lane.brackets] == [False]
    assert max(one.end for one in (*lane.bars, *lane.brackets)) == now.toordinal() + 1


def test_an_unknown_start_runs_off_the_edge():
    """No document bounds it: the hatching has no beginning, and no mark stands there."""
    lane = lane_of(on_a_list([Evidence.of_copy(dt.date(2015, 11, 2), seen=True)]), SPAN, NOW)

    assert (lane.bars[0].start, lane.bars[0].fill) == (None, Fill.DOUBT)
    assert [one.day for one in lane.points] == [ordinal("2015-11-02")]


def test_copies_without_it_are_rings_and_no_bar():
    """Silence has no duration."""
    days = [dt.date(2010, 1, 1), dt.date(2015, 1, 1)]

    lane = lane_of(on_a_list([Evidence.of_copy(day, seen=False) for day in days]), SPAN, NOW)

    assert lane.bars == ()
    assert [(p.day, p.kind) for p in lane.points] == [(day.toordinal(), Seen.MISSING) for day in days]


def test_only_the_text_of_an_act_is_a_filled_diamond():
    """What a newspaper tells of an act is drawn hollow: the act was not seen."""
    evidence = [a_piece(Mark.BEGUN, "2005-03-15", statement="a"), a_piece(Mark.PAUSED, "2025-04-17", statement="b")]
    statements = [a_statement("a", rank=1), a_statement("b", rank=5)]

    lane = lane_of(on_a_list(evidence, statements=statements), SPAN, NOW)

    assert [one.kind for one in lane.points] == [Seen.ACT, Seen.REPORTED]
    assert [one.fill for one in lane.bars] == [Fill.SURE, Fill.PAUSED]


def test_a_dot_stands_only_where_a_copy_is():
    """The press saying that a list has it is no copy of that list."""
    evidence = [a_piece(Mark.SEEN, "2006-10-12", statement="a"), a_piece(Mark.SEEN, "2015-11-02", statement="b")]
    statements = [a_statement("a", rank=5), a_statement("b", rank=2)]

    lane = lane_of(on_a_list(evidence, statements=statements), SPAN, NOW)

    assert [one.kind for one in lane.points] == [Seen.TOLD, Seen.SEEN]


def test_a_proposal_draws_no_bar():
    """What was proposed was not listed."""
    lane = lane_of(on_a_list([a_piece(Mark.PROPOSED, "2025-05-21")]), SPAN, NOW)

    assert (lane.bars, [one.kind for one in lane.points]) == ((), [Seen.MOOTED])


def test_an_annulled_listing_is_capped_and_stands_as_an_outline():
    """Annulment is not removal: nothing seen takes it off the list."""
    lane = lane_of(on_a_list([a_piece(Mark.BEGUN, "2006-05-29"), a_piece(Mark.ANNULLED, "2014-10-16")]), SPAN, NOW)

    assert lane.caps == (Cap(day=ordinal("2014-10-16"), status=Status.ANNULLED),)
    assert lane.bars[-1].fill is Fill.ANNULLED


def test_a_term_that_ran_out_by_the_list_s_own_rule_ends_the_bar():
    """The rule is not evidence; the period that it ended is, and nothing is drawn after it."""
    found = on_a_list([a_piece(Mark.BEGUN, "2010-02-10")])
    lapsed = Period(since="2010-02-10", ended="2013-02-10", end_status=Status.EXPIRED)

    lane = lane_of(msgspec.structs.replace(found, periods=(lapsed,)), SPAN, NOW)

    assert [(b.end, b.fill) for b in lane.bars] == [(ordinal("2013-02-10"), Fill.CARRIED)]
    assert lane.caps == (Cap(day=ordinal("2013-02-10"), status=Status.EXPIRED),)


def test_overdue_comes_on_top_of_the_state():
    """The bar stays what it was; the edge begins on the day after the review was due."""
    found = overdue(on_a_list([a_piece(Mark.BEGUN, "2014-11-15")]), "2015-11-15")

    lane = lane_of(found, SPAN, NOW)

    assert lane.overdue == ordinal("2015-11-16")
    assert [one.fill for one in lane.bars] == [Fill.CARRIED]


def test_what_has_no_date_or_a_later_one_is_counted_and_not_drawn():
    """The picture cannot hold it; its sentence and its table do."""
    now = dt.date(2020, 6, 1)
    evidence = [
        a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.SEEN, "", action=Action.ON_LIST),
        a_piece(Mark.ENDED, "2023-12-20"),
    ]  # fmt: skip

    lane = lane_of(on_a_list(evidence, now=now), SPAN, now)

    assert (lane.undated, lane.later, len(lane.rows)) == (1, 1, 3)
    assert [one.day for one in lane.points] == [ordinal("2005-03-15")]


def test_lanes_that_changed_come_first_and_silent_ones_last():
    """The latest change is what a reader looks for."""
    silent = lane_of(on_a_list([Evidence.of_copy(dt.date(2015, 1, 1), seen=False)]), SPAN, NOW)
    holding = lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15")]), SPAN, NOW)
    early = lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.ENDED, "2013-02-10")]), SPAN, NOW)
    late = lane_of(on_a_list([a_piece(Mark.BEGUN, "2005-03-15"), a_piece(Mark.PAUSED, "2025-04-17")]), SPAN, NOW)

    assert in_order([silent, holding, early, late]) == [late, early, holding, silent]


def test_the_span_leaves_room_before_the_earliest_date():
    """What has an unknown start is hatched there, and needs a place."""
    span = span_of([on_a_list([a_piece(Mark.SEEN, "2015-11-02")])], NOW)

    assert span.first < dt.date(2015, 9, 1)
    assert span.last > NOW


# -- laws --------------------------------------------------------------------------------------------

_DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2024, 12, 31))
_TEXTS = st.one_of(
    _DAYS.map(str), _DAYS.map("{:%Y-%m}".format), _DAYS.map("{:%Y}".format), _DAYS.map("../{}".format),
    st.tuples(_DAYS, _DAYS).map(lambda pair: f"{min(pair)}/{max(pair)}"), st.just(""),
)  # fmt: skip
_COPIES = st.builds(lambda day, seen: Evidence.of_copy(day, seen=seen), _DAYS, st.booleans())
_ACTS = st.builds(a_piece, st.sampled_from([m for m in Mark if m is not Mark.MISSING]), _TEXTS)
_EVIDENCE = st.lists(st.one_of(_COPIES, _ACTS), max_size=9)
_NOW = st.dates(dt.date(2005, 1, 1), dt.date(2026, 1, 1))


@given(_EVIDENCE, _NOW, _DAYS)
def test_a_bar_says_for_each_day_what_the_state_of_that_day_says(evidence, now, day):
    """The picture and the words beside it are one reading of the evidence."""
    lane = lane_of(on_a_list(evidence, now=now), SPAN, now)

    fills = [b.fill for b in lane.bars if (b.start or 0) <= day.toordinal() < b.end]
    found = state(evidence, day) if day <= now else None
    status = None if found is None else found.status
    if status in IN_FORCE:
        assert fills in ([Fill.SURE], [Fill.CARRIED])
    elif status is Status.UNKNOWN:
        assert fills in ([Fill.DOUBT], [Fill.DOUBT_HELD])
    else:
        own = {
            Status.NOT_OBSERVED: Fill.CARRIED, Status.SUSPENDED: Fill.PAUSED, Status.ANNULLED: Fill.ANNULLED
        }  # fmt: skip
        assert fills == ([own[status]] if status in own else [])


@given(_EVIDENCE, _NOW)
def test_solid_lies_between_a_sighting_and_another_document(evidence, now):
    """Nothing is interpolated: both ends of what is solid are held up by documents."""
    lane = lane_of(on_a_list(evidence, now=now), SPAN, now)

    for bar in (one for one in lane.bars if one.fill is Fill.SURE):
        assert bar.start is not None
        before = [e for e in evidence if e.latest and e.latest.toordinal() <= bar.start and e.mark in ON]
        after = [e for e in evidence if e.latest and e.latest.toordinal() >= bar.end - 1]
        assert before
        assert after
        assert any(one is not other for one in before for other in after)


@given(_EVIDENCE, _NOW)
def test_bars_never_overlap_and_end_at_the_day_asked_for(evidence, now):
    """A day has one state, and none that lies ahead."""
    bars = lane_of(on_a_list(evidence, now=now), SPAN, now).bars

    for one, other in pairwise(bars):
        assert other.start is not None
        assert one.end <= other.start
    assert all(one.end <= now.toordinal() + 1 for one in bars)
    assert all(one.start is None or one.start < one.end for one in bars)


@given(_EVIDENCE, _NOW)
def test_points_stand_only_on_days_that_evidence_names(evidence, now):
    """A partial date is never placed on its first day, its last or its middle."""
    lane = lane_of(on_a_list(evidence, now=now), SPAN, now)

    named = {e.latest.toordinal() for e in evidence if e.latest and e.earliest in {None, e.latest} and e.latest <= now}
    spans = {
        (e.earliest.toordinal(), min(e.latest, now).toordinal() + 1)
        for e in evidence
        if e.earliest and e.latest and e.earliest != e.latest
    }
    assert {one.day for one in lane.points} == named
    assert {(one.start, one.end) for one in lane.brackets} <= spans


@given(_EVIDENCE, _NOW)
def test_all_evidence_stands_in_the_table(evidence, now):
    """Nothing exists only in the picture, and nothing is lost."""
    lane = lane_of(on_a_list(evidence, now=now), SPAN, now)

    said = {row.when for row in lane.rows}
    assert {e.text for e in evidence if e.statement} <= said
    assert bool(lane.rows) == bool(evidence)
