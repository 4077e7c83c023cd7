"""Wings, aliases, annulments, three dates for one act: the cases that a yes or no gets wrong."""

from tests.stories.conftest import NOW

from tizim.answer import prose, wire
from tizim.answer.history import history
from tizim.answer.times import Asked, as_of
from tizim.domain.listing import Status


def test_hamas_is_listed_in_britain_as_its_brigades_and_proposed_as_a_whole(desk):
    """The scope is part of the state: the proposal of 2021 is told, and is no listing."""
    found = desk.ask("Hamas", "uk-tact", "2022-01-01")

    assert "Brigades" in found.own_state.name
    assert found.own_state.status is Status.NOT_OBSERVED
    assert any(s.action.value == "proposed" and s.date == "2021-11-19" for s in found.statements)


def test_hts_stands_in_britain_as_an_alias_inside_another_entry(desk):
    """Taking an alias for an entry of its own would name the wrong carrier."""
    assert desk.ask("HTS", "uk-tact", "2024-01-01").own_state.carrier == "Al-Qa'ida"
    assert desk.ask("HTS", "uk-tact", "2025-12-01").own_state.status is Status.DELISTED


def test_the_american_revocation_of_hts_keeps_its_three_dates_apart(desk):
    """Signed on 23 June, told on 7 July, effective on 8 July 2025."""
    found = desk.ask("HTS", "us-fto", "2025-07-08")

    dates = wire.answer(found)["own_entry"]["dates"]
    assert {"date": "2025-06-23", "of": "decision_signed"}.items() <= dates["decided"][-1].items()
    assert any(one["date"] == "2025-07-07" for one in dates["announced"])
    assert any(one["date"] == "2025-07-08" for one in dates["effective"])
    assert found.own_state.status is Status.DELISTED
    assert desk.ask("HTS", "us-fto", "2025-07-07").own_state.status is not Status.DELISTED


def test_the_un_took_hts_off_in_february_2026_not_with_resolution_2799(desk):
    """The resolution of November 2025 took two persons off; the group followed by the Committee."""
    assert desk.ask("HTS", "un-1267", "2025-12-01").own_state.status is Status.LISTED
    assert desk.ask("HTS", "un-1267", "2026-02-27").own_state.status is Status.DELISTED


def test_an_annulment_is_no_removal(desk):
    """The LTTE judgments of 2014 and 2017 left the listing alive under later acts."""
    assert desk.ask("LTTE", "eu-931", "2012-01-01").own_state.status is Status.RENEWED
    assert desk.ask("LTTE", "eu-931", "2015-01-01").own_state.status is Status.ANNULLED
    after = desk.ask("LTTE", "eu-931", "2018-01-01").own_state
    assert (after.status, after.since) == (Status.NOT_OBSERVED, "2006-05-29")


def test_etim_left_the_exclusion_list_on_publication(desk):
    """The order was signed on 20 October and published on 5 November 2020."""
    assert desk.ask("ETIM", "us-tel", "2020-11-04").own_state.status is Status.LISTED
    assert desk.ask("ETIM", "us-tel", "2020-11-05").own_state.status is Status.DELISTED
    assert desk.ask("ETIM", "un-1267", "2020-11-05").own_state.status is Status.LISTED


def test_farc_is_off_the_american_list_and_its_dissidents_are_another_subject(desk):
    """One name, two groups, delisting and listing in the same week."""
    found = desk.ask("farc", "us-fto", "2022-01-01")

    assert found.own_state.status is Status.DELISTED
    assert "farc-ep-dissident" in {one.subject for one in found.collisions}


def test_mek_left_three_lists_on_three_days(desk):
    """Each list decides for itself."""
    assert desk.ask("MEK", "uk-tact", "2009-01-01").own_state.status is Status.DELISTED
    assert desk.ask("MEK", "eu-931", "2009-01-25").own_state.status is Status.LISTED
    assert desk.ask("MEK", "eu-931", "2009-01-26").own_state.status is Status.DELISTED
    assert desk.ask("MEK", "us-fto", "2012-09-28").own_state.status is Status.DELISTED


def test_the_iran_entries_are_121_subjects_with_two_periods_each(desk):
    """They left silently and came back under the same numbers; ends and beginnings are intervals."""
    back = desk.show("un-1737", "2026-01-01")
    assert len(back.members) == 121
    assert {one.since for one in back.members} == {"2025-08-02/2025-11-15"}
    assert desk.show("un-1737", "2024-10-01").members == ()
    ends = set()
    with desk.register.view() as view:
        for one in back.members:
            told = history(view, one.reference, as_of(Asked(as_of="2026-01-01"), view, NOW))
            assert len(told.lists[0].periods) == 2
            ends.add(told.lists[0].periods[0].ended)
    assert ends == {"2015-03-27/2017-06-20", "2023-03-27/2024-09-21"}


def test_the_court_of_one_annulment_is_not_mixed_up_with_that_of_a_later_one(desk):
    """Two courts annulled on two days: nothing about the decider of the first is in doubt."""
    text = " ".join(" ".join(prose.answer(desk.ask("LTTE", "eu-931", "2015-01-01"))).split())

    assert "annulled the listing on 16 October 2014, decided by General Court (T-208/11 and T-508/11);" in text


def test_an_amendment_that_keeps_the_name_is_not_told_as_a_change_of_name(desk):
    """In 2018 the American entry got an alias and kept its name."""
    text = " ".join(" ".join(prose.answer(desk.ask("HTS", "us-fto", "2018-06-01"))).split())

    assert "Amended on 1 June 2018: alias Hay'at Tahrir al-Sham added" in text


def test_a_suspension_by_a_month_is_not_told_as_an_end(desk):
    """The European listing of FARC was suspended by September 2016; it never ended by what is held."""
    found = desk.ask("farc", "eu-931", "2010-01-01")

    text = " ".join(" ".join(prose.answer(found)).split())
    assert found.own_state.ended == ""
    assert "the listing was suspended between 31 December 2002 and 30 September 2016, on a day not known" in text
    assert "it ended" not in text
