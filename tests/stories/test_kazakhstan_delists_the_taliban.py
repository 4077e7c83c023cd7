"""Kazakhstan takes the Taliban off its list: one delisting, two announcements, nobody's act seen."""

import pytest
from tests.stories.conftest import NOW

from tizim.answer import prose, wire
from tizim.domain.listing import NOT_ENDED, Status


def test_in_2010_the_list_holds_them_by_the_decision_of_2005(desk):
    """Two dated sightings stand on both sides of the day, so it is documented."""
    found = desk.ask("Taliban", "kz-list", "2010-06-01")

    assert found.own_state.status is Status.LISTED
    assert found.own_state.since == "2005-03-15"
    assert found.conflicts == ()


@pytest.mark.parametrize("day", ["2023-12-20", "2023-12-28", "2024-01-15", "2024-06-03"])
def test_after_december_2023_they_are_off_with_the_day_and_the_decider_in_conflict(desk, day):
    """Reports give two days and three deciders; the end is an interval and all siblings are shown."""
    found = desk.ask("Taliban", "kz-list", day)

    assert found.own_state.status is Status.DELISTED
    assert found.own_state.ended == "2015-11-02/2023-12-20"
    assert {one.about for one in found.conflicts} == {"day", "decider"}
    assert {s.date for one in found.conflicts if one.about == "day" for s in one.statements} == {
        "2023-12-20", "2023-12-29",
    }  # fmt: skip


def test_between_the_last_sighting_and_the_first_word_the_state_is_unknown(desk):
    """It ended on some day of those eight years, and no source says which."""
    found = desk.ask("Taliban", "kz-list", "2020-01-01")

    assert found.own_state.status is Status.UNKNOWN
    assert found.own_state.ended == "2015-11-02/2023-12-20"


def test_as_known_in_january_2024_nothing_said_in_june_is_told(desk):
    """Published goes by the date of each statement's own source."""
    found = desk.ask("Taliban", "kz-list", "2023-12-28", known_at="2024-01-15")

    text = repr(wire.answer(found)["statements"]) + repr(wire.answer(found)["conflicts"])
    assert found.as_of.basis.value == "published"
    assert "2024-06" not in text
    assert found.own_state.status is not Status.DELISTED
    assert desk.ask("Taliban", "kz-list", "2024-01-15", known_at="2024-01-15").own_state.status is Status.DELISTED


@pytest.mark.parametrize("name", ["taliban", "Taliban", "طالبان", "Талибан", "движение Талибан"])
def test_they_are_found_under_a_name_in_any_script(desk, name):
    """A subject is one, whatever the script of the question."""
    assert desk.ask(name, "kz-list", "2024-06-03").subject.id == "taliban"


def test_the_un_list_has_no_entry_for_them_and_140_for_their_associates(desk):
    """The answer comes in parts: none of its own, the associated, the namesakes, the measures, elsewhere."""
    found = desk.ask("Taliban", "un-1988", "2024-01-15")

    assert found.own_state is None
    assert len(found.associated) == 140
    assert "QDe.132" in {one.reference for one in found.collisions}
    assert {one.what for one in found.measures} >= {"asset freeze", "travel ban", "arms embargo"}
    assert any("2615" in one.act.text for one in found.measures)
    assert {"us-sdgt", "tj-list", "ae-cab"} <= {one.on.list for one in found.held_elsewhere}
    assert {one.on.list for one in found.held_before} == {"kz-list"}


def test_a_suspended_ban_is_told_as_held_and_an_ended_one_as_held_before(desk):
    """Russia suspended in April 2025; Kyrgyzstan dropped them in September 2024."""
    found = desk.ask("Taliban", "un-1988", "2025-06-01")

    elsewhere = {one.on.list: one.state.status for one in found.held_elsewhere}
    assert elsewhere["ru-fed"] is Status.SUSPENDED
    assert {"kz-list", "kg-list"} <= {one.on.list for one in found.held_before}


def test_measures_go_by_the_day_asked_for(desk):
    """The humanitarian exemption of resolution 2615 dates from December 2021."""
    before = {one.act.text for one in desk.ask("Taliban", "un-1988", "2021-12-21").measures}
    after = {one.act.text for one in desk.ask("Taliban", "un-1988", "2021-12-22").measures}

    assert not any("2615" in act for act in before)
    assert any("2615" in act for act in after)


def test_the_list_of_november_2015_has_its_seventeen_entries(desk):
    """The audited list: seventeen, the Taliban among them although their end is in doubt."""
    found = desk.show("kz-list", "2015-11-30")

    assert len(found.members) == 17
    assert "taliban" in {one.subject for one in found.members}
    assert all(one.status in NOT_ENDED for one in found.members)


@pytest.mark.parametrize(
    ("subject", "on", "day"),
    [
        ("Taliban", "kz-list", "2010-06-01"), ("Taliban", "kz-list", "2023-12-28"),
        ("Taliban", "un-1988", "2010-06-01"),
        ("Taliban", "un-1988", "2024-06-03"), ("hamas", "uk-tact", "2022-01-01"), ("HTS", "uk-tact", "2024-01-01"),
        ("ltte", "eu-931", "2015-06-01"), ("etim", "us-tel", "2021-01-01"), ("farc", "us-fto", "2022-01-01"),
        ("mek", "uk-tact", "2009-01-01"), ("QDe.115", "un-sc", "2015-11-30"),
    ],
)  # fmt: skip
def test_an_answer_reads_as_prose(desk, subject, on, day):
    """No placeholder, no raw interval, no line too wide for a terminal reaches the reader."""
    lines = prose.answer(desk.ask(subject, on, day))

    text = "\n".join(lines)
    assert "None" not in text
    assert "()" not in text
    assert ".." not in text.replace("…", "")
    assert not any(len(line) > 100 for line in lines[2:])
    assert "What we could not see" in text


@pytest.mark.parametrize("day", ["2023-12-20", "2023-12-28"])
def test_before_the_later_of_the_two_days_the_entry_itself_says_that_others_give_it(desk, day):
    """Who reads only the first part must not take one report's day for settled."""
    text = " ".join(" ".join(prose.answer(desk.ask("Taliban", "kz-list", day))).split())

    assert "Other sources give a later day, 29 December 2023: see where sources disagree." in text
    assert "Other sources give" not in " ".join(prose.answer(desk.ask("Taliban", "kz-list", "2024-01-15")))


def test_a_list_seen_to_hold_them_only_later_is_not_told_as_holding_them_then(desk):
    """The lists of the treaty organisation were seen in 2024; of 2010 nothing is known."""
    lines = prose.answer(desk.ask("Taliban", "un-1988", "2010-01-01"))

    holding, unknown = lines.index("Other lists that hold it"), lines.index("Other lists, not known for that day")
    assert not any("csto-list" in line for line in lines[holding:unknown])
    assert any("csto-list" in line for line in lines[unknown:])
    assert "  Entries that were gone by the first copy, 26 February 2015, are not among them." in lines


def test_what_was_only_told_again_is_not_passed_over_as_silence(desk):
    """The President spoke of it on 3 June 2024: it moves no state, yet something does speak of the list."""
    found = desk.ask("Taliban", "kz-list", "2024-06-03")

    text = " ".join(" ".join(prose.answer(found)).split())
    assert found.own_state.last_observed.isoformat() == "2023-12-29"
    assert (
        "nothing known shows it after 29 December 2023: what is told later, up to 3 June 2024,"
        " only repeats it or comments on it." in text
    )


def test_a_moment_still_to_come_is_taken_as_now(desk):
    """What will be recorded by then is not known, so an answer that named that moment would change."""
    found = desk.ask("Taliban", "kz-list", known_at="2030-01-01")
    today = desk.ask("Taliban", "kz-list", known_at=NOW.date().isoformat())

    assert found.as_of.known_at == today.as_of.known_at == NOW
