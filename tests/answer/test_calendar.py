"""The review calendar: what falls due on a day, by the rules in force on that day."""

import datetime as dt
import re
import time

import pytest
from tests.makers import NOON, Ticking, a_claim, a_document, a_register, an_entry

from tizim.answer.agenda import as_json, as_lines
from tizim.answer.calendar import due
from tizim.answer.icalendar import icalendar
from tizim.answer.members import members
from tizim.answer.official import official_lists, parts_of
from tizim.answer.reviewing import DueState
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import RuleKind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import BadInput, NotFound
from tizim.keep.starter import load
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister

LATER = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def at(day):
    """As of *day*, as recorded by the day on which these tests stand."""
    return AsOf(valid_at=dt.date.fromisoformat(day), known_at=LATER, basis=Basis.RECORDED)


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    """The packaged starter (nobody writes to it)."""
    folder = tmp_path_factory.mktemp("starter")
    register = SqlRegister(f"sqlite:///{folder / 'register.sqlite'}", Archive(folder / "archive"))
    register.prepare()
    load(register, Ticking())
    yield register
    register.close()


@pytest.fixture
def calendar(starter):
    """The calendar of some lists of the starter as of a day."""

    def ask(day, *lists, until=None):
        with starter.view() as view:
            return due(view, lists or None, at(day), dt.date.fromisoformat(until) if until else None)

    return ask


def days(found, *states):
    """Subject and day of what stands in one of *states*, in the calendar's order."""
    return [(one.subject, one.due and str(one.due)) for one in found.dues if not states or one.state in states]


def only(found, subject):
    """The one day of a subject."""
    (one,) = [one for one in found.dues if one.subject == subject]
    return one


# -- real lists -------------------------------------------------------------------------------------------


def test_new_zealand_designations_expire_by_the_term_of_the_act_or_by_the_law(calendar):
    """The first notices print their term; renewals do not, and last three years by the law."""
    found = calendar("2011-06-01", "nz-tsa")
    later = calendar("2022-06-01", "nz-tsa")

    assert days(found) == [(one, "2013-02-10") for one in ("al-shabaab", "eta", "pkk", "farc")]
    assert {one.law.origin.value for one in found.dues} == {"act"}
    eta = only(later, "eta")
    assert (eta.state, str(eta.due), eta.law.origin.value) == (DueState.EXPIRES, "2024-12-14", "law")
    assert [(one.what, one.date) for one in eta.rests_on] == [("renewed", "2021-12-14")]


def test_what_expired_stays_on_the_calendar_with_its_day_and_what_says_so(calendar):
    """A lapse that nobody noticed is what an auditor looks for."""
    found = calendar("2026-11-22", "nz-tsa")

    assert ("pkk", "2013-02-10") in days(found, DueState.EXPIRED)
    assert days(found, DueState.EXPIRES) == [("hezbollah", "2027-11-20")]
    assert only(found, "pkk").reasons == ("no renewal is on record here",)
    assert [one.what for one in only(found, "eta").rests_on] == ["renewed", "expired"]
    assert only(found, "eta").reasons == ()


def test_an_expiry_told_the_day_before_is_still_to_come(calendar):
    """The notice on the Proud Boys is of 19 June 2025, the end of 20 June."""
    assert only(calendar("2025-06-19", "nz-tsa"), "proud-boys").state is DueState.EXPIRES
    assert only(calendar("2025-06-20", "nz-tsa"), "proud-boys").state is DueState.EXPIRED


def test_a_renewal_a_day_after_the_term_is_not_a_lapse(calendar):
    """New Zealand's first renewal of ETA is dated one day after the stated end."""
    on_the_day, next_day = (only(calendar(day, "nz-tsa"), "eta") for day in ("2013-02-10", "2013-02-11"))

    assert (on_the_day.state, str(on_the_day.due)) == (DueState.EXPIRES, "2013-02-10")
    assert (next_day.state, str(next_day.due)) == (DueState.EXPIRES, "2016-02-11")


def test_the_philippines_review_three_years_after_designation_or_renewal(calendar):
    """The renewal of 6 December 2023 moves the day of one of three."""
    found = calendar("2024-01-01", "ph-atc")

    assert days(found, DueState.OVERDUE) == [("isil-sea", "2023-12-09"), ("maute", "2023-12-09")]
    assert days(found, DueState.DUE) == [("cpp-npa", "2026-12-06")]


@pytest.mark.parametrize("day", ["2024-01-01", "2026-11-22"])
def test_the_1267_calendar_agrees_with_the_members_of_the_list(starter, day):
    """Two answers of one register may not name two days for one review."""
    with starter.view() as view:
        found = due(view, ["un-1267"], at(day))
        listed = members(view, "un-1267", at(day)).members

    assert {one.subject: one.due for one in found.dues} == {one.subject: one.review_due for one in listed}
    late = {one.subject for one in found.dues if one.state is DueState.OVERDUE}
    assert late == {one.subject for one in listed if one.overdue}
    assert {one.law.rule.period for one in found.dues} == {"P3Y"}


def test_a_triennial_review_rests_on_the_statement_and_on_the_date_that_the_list_prints(calendar):
    """Lashkar-e-Tayyiba was reviewed on 30 October 2023; the one before was of 2010."""
    found = only(calendar("2024-01-01", "un-1267"), "lashkar-e-tayyiba")

    assert (found.state, str(found.due)) == (DueState.DUE, "2026-10-30")
    assert {(one.what, one.date) for one in found.rests_on} == {
        ("reviewed", "2023-10-30"), ("reviewed_on", "2023-10-30"),
    }  # fmt: skip
    assert [one.statement != "" for one in found.rests_on] == [True, False]


def test_foreign_terrorist_organisations_are_reviewed_five_years_after_designation(calendar):
    """What was designated before the rule began fell due with the rule; a month counts by its last day."""
    found = calendar("2024-01-01", "us-fto")

    assert str(only(found, "irgc").due) == "2024-04-15"
    assert str(only(found, "hezbollah").due) == "2004-01-01"
    assert str(only(found, "al-qaida").due) == "2027-05-31"
    assert "given as May 2022" in only(found, "al-qaida").reasons[0]


def test_an_entry_without_a_known_day_says_so_and_has_none(calendar):
    """A day that no source gives is not made up from the first sighting."""
    found = only(calendar("2024-01-01", "us-fto"), "isis-sinai")

    assert (found.due, found.state) == (None, DueState.UNKNOWN)
    assert found.reasons == ("no day of its listing or of a review is known by then",)


# -- rules that changed -----------------------------------------------------------------------------------


def test_canada_reviewed_the_whole_list_every_two_years_and_reviews_each_entry_every_five(calendar):
    """The same entry is reviewed by the rule of the day asked for."""
    then = calendar("2015-06-01", "ca-cc")
    now = calendar("2022-06-01", "ca-cc")

    assert days(then) == [("list:ca-cc", "2014-07-23"), ("list:ca-cc", "2016-07-23")]
    assert {one.law.rule.period for one in then.dues} == {"P2Y"}
    assert str(only(now, "al-mouakaoune-biddam").due) == "2023-11-21"
    assert {one.law.rule.period for one in now.dues} == {"P5Y"}


def test_an_anniversary_is_kept_by_a_review_on_record_after_it(calendar):
    """The reviews of 21 November 2018 are those of July 2018; the next would come when the rule is gone."""
    (found,) = calendar("2018-12-01", "ca-cc").dues

    assert (found.state, str(found.due)) == (DueState.DUE, "2020-07-23")
    assert "in force until 2019, then review every 5 years from 2019" in found.reasons[0]
    assert found.members > 10


@pytest.mark.parametrize(
    ("day", "period", "ends"), [("2009-12-01", "P2Y", "2011-08-31"), ("2011-06-01", "P3Y", "2012-08-31")]
)
def test_an_australian_listing_lapses_by_the_term_in_force_on_the_day(calendar, day, period, ends):
    """Two years until 2010, three from then on; August 2009 counts by its last day."""
    found = only(calendar(day, "au-cc"), "al-shabaab")

    assert (found.state, found.law.rule.period, str(found.due)) == (DueState.EXPIRES, period, ends)


def test_australia_has_no_term_since_2023_and_what_was_to_lapse_says_so(calendar):
    """Asked as of 2022 the term of then counts, with the word that the rule did not last so long."""
    before = only(calendar("2022-06-01", "au-cc"), "the-base")
    after = calendar("2024-06-01", "au-cc")

    assert str(before.due) == "2024-12-10"
    assert before.reasons == ("that rule is in force until 2023, then no review or expiry from 2023",)
    assert after.dues == ()
    assert [(one.list, one.state) for one in after.silent] == [("au-cc", DueState.NONE)]


def test_a_listing_that_outlived_its_term_has_no_day_since_its_renewal_is_not_held(calendar):
    """The Brigades were listed in 2003 and stayed; the renewal from which the term of 2009 ran is not known."""
    found = only(calendar("2009-06-01", "au-cc"), "hamas")

    assert (found.due, found.state) == (None, DueState.UNKNOWN)
    assert "ended on 31 December 2005" in found.reasons[0]
    assert "the next that is known is of 2015" in found.reasons[0]


def test_the_eu_list_is_due_six_months_after_the_last_act_that_renewed_it(calendar):
    """One day for the whole list, counted from acts on the whole list, not from each entry's own."""
    (found,) = calendar("2023-03-01", "eu-931").dues
    (late,) = calendar("2024-01-01", "eu-931").dues
    (early,) = calendar("2005-01-01", "eu-931").dues

    assert (found.subject, str(found.due), found.state) == ("list:eu-931", "2023-08-24", DueState.DUE)
    assert (str(late.due), late.state) == ("2023-08-24", DueState.OVERDUE)
    assert (early.due, early.reasons) == (None, ("no act that reviews or renews the list is known by that day",))


def test_a_rule_known_only_in_general_sets_no_day_and_is_named(calendar):
    """The two-year relisting of the United States before 2004 was not seen in a source."""
    found = calendar("2003-06-01", "us-fto")

    assert found.dues == ()
    (why,) = found.silent
    assert (why.state, why.law.standing) == (DueState.UNKNOWN, "general knowledge")
    assert "expiry after 2 years" in why.reason


def test_before_the_first_rule_of_a_list_the_rules_known_are_named(calendar):
    """The three years of the 1267 list stand in a resolution of 2017."""
    (why,) = calendar("2012-01-01", "un-1267").silent

    assert why.reason == "no rule is known for that day; known are: review every 3 years from 2017-07-20"


def test_of_two_rules_side_by_side_the_act_cited_decides(calendar):
    """India bans for five years under section 3 and without a term under section 35."""
    found = calendar("2026-01-01", "in-uapa")

    assert days(found) == [("ltte", "2029-05-14")]
    assert (found.dues[0].law.origin.value, found.dues[0].law.rule.legal_act) == ("act", "UAPA s.3(1),(3)")


# -- all lists --------------------------------------------------------------------------------------------


def test_every_list_is_on_the_calendar_or_among_those_with_the_reason_why_not(starter, calendar):
    """A list left out in silence would look like a list without duties."""
    with starter.view() as view:
        every = {part for one in official_lists(view) for part in parts_of(view, one)}

    found = calendar("2024-01-01")

    assert {one.list for one in found.dues} | {one.list for one in found.silent} == every
    why = {one.list: one for one in found.silent}
    assert why["eu-881"].law.rule.kind is RuleKind.FOLLOWS
    assert (why["uk-tact"].state, why["kz-list"].state) == (DueState.NONE, DueState.UNKNOWN)
    assert why["un-751"].reason == "no rule of this list is known"


def test_a_reviewer_meets_the_longest_overdue_first_then_day_after_day(calendar):
    """The order in which a reviewer works."""
    found = calendar("2024-01-01").dues

    late = [one.due for one in found if one.state is DueState.OVERDUE]
    dated = [one.due for one in found if one.state is not DueState.OVERDUE and one.due]
    assert [one.state for one in found][: len(late)] == [DueState.OVERDUE] * len(late)
    assert late == sorted(late)
    assert dated == sorted(dated)
    assert all(one.due is None for one in found[len(late) + len(dated) :])


def test_a_limit_leaves_out_only_what_is_to_come_after_it(calendar):
    """What is late, or has no day, does not go away by looking less far ahead."""
    every, near = calendar("2024-01-01"), calendar("2024-01-01", until="2024-06-30")

    gone = set(every.dues) - set(near.dues)
    assert gone
    assert all(one.due > dt.date(2024, 6, 30) for one in gone)
    assert {one.state for one in gone} == {DueState.DUE, DueState.EXPIRES}


def test_a_limit_before_the_day_and_an_unknown_list_are_refused(calendar):
    """Nothing can fall due in the past of the day asked for."""
    with pytest.raises(BadInput, match="until 2023-01-01"):
        calendar("2024-01-01", until="2023-01-01")
    with pytest.raises(NotFound, match="did you mean"):
        calendar("2024-01-01", "un-1268")


def test_the_calendar_of_all_lists_is_quick(starter):
    """Under two seconds for the starter, without anything remembered from before."""
    with starter.view() as view:
        view.shared.memo.clear()
        began = time.thread_time()
        due(view, None, at("2024-01-01"))

    assert time.thread_time() - began < 2


def test_lines_tell_the_standing_of_each_rule(calendar):
    """What is only partly verified must not read like law."""
    lines = "\n".join(as_lines(calendar("2024-01-01", "ca-cc", "kz-list")))

    assert "2023-11-21  overdue" in lines
    assert "review every 5 years from 2019, Criminal Code s.83.05(8.1) [verified in part" in lines
    assert "kz-list: whether its law sets a review or an end is not known" in lines


# -- what copies print (invented entries) -----------------------------------------------------------------

_NAME = "Пример, Вымышленный; “Ёлка” \\ " + "очень длинное имя " * 6


def _expiring(day, **ends):
    entries = [
        an_entry(key, [a_claim(Property.EXPIRES_ON, end)] if end else [], on="un-751", name=_NAME)
        for key, end in ends.items()
    ]
    return a_document(day, entries)


@pytest.fixture
def printed(tmp_path):
    """Two copies of a list without a rule, which print ends; the second moves one and lacks another's entry."""
    register = a_register(tmp_path)
    clock = Ticking()
    register.append(_expiring("2020-01-01", A="2021-05-01", B="2020-06-30", C=""), clock)
    register.append(_expiring("2021-01-01", A="2025-05-01", C="", D="2020-12-01"), clock)
    yield register
    register.close()


def test_an_end_that_a_list_prints_is_on_the_calendar_as_the_copy_of_the_day_has_it(printed):
    """Orders of the denied persons list print the day on which they end."""
    with printed.view() as view:
        before, after = (due(view, ["un-751"], at(day)) for day in ("2020-07-01", "2021-02-01"))

    assert ("un-sc:A", "2021-05-01") in days(before, DueState.EXPIRES)
    assert only(before, "un-sc:D").reasons == ("only a copy of a later day, 2021-01-01, is known to print it",)
    assert days(after) == [("un-sc:D", "2020-12-01"), ("un-sc:A", "2025-05-01")]
    assert [one.state for one in after.dues] == [DueState.EXPIRED, DueState.EXPIRES]
    assert after.dues[0].reasons == ("the copy of 2021-01-01 still shows it",)
    assert (after.dues[0].rests_on[0].what, bool(after.dues[0].rests_on[0].statement)) == ("expires_on", True)
    assert [one.list for one in after.silent] == ["un-751"]


def test_an_end_printed_later_was_not_known_before(printed):
    """As known when only the first copy had been recorded, the end is that of the first copy."""
    first = AsOf(valid_at=dt.date(2021, 2, 1), known_at=NOON + dt.timedelta(seconds=1), basis=Basis.RECORDED)
    with printed.view() as view:
        found = due(view, ["un-751"], first)

    assert ("un-sc:A", "2021-05-01") in days(found)


def _ledger(day, *claims, subject="list:un-751"):
    entry = EntryReading(key=f"{subject}:{day}", subject=subject, place="row", claims=claims)
    return a_document(day, [entry], source="ledger", complete=False)


def _rule(period, **more):
    return a_claim(
        Property.RULE, "review", list="un-751", period=period, legal_act="an invented law", vk="V", source="invented",
        **more,
    )  # fmt: skip


def test_a_whole_list_rule_that_does_not_say_from_when_has_no_day(printed):
    """Wording that cannot be read is told, not worked around."""
    printed.append(_ledger("2021-02-01", _rule("P2Y", machine_rule="whole list, at times")), Ticking(LATER))
    known = AsOf(valid_at=dt.date(2021, 2, 1), known_at=LATER + dt.timedelta(days=1), basis=Basis.RECORDED)
    with printed.view() as view:
        found = only(due(view, ["un-751"], known), "list:un-751")

    assert (found.due, found.reasons) == (None, ("from which day its period runs is not told: whole list, at times",))


# -- iCalendar --------------------------------------------------------------------------------------------


def parsed(data):
    """Components of an iCalendar file as (name, [(property, parameters, value)]), by the rules of RFC 5545."""
    assert data.endswith(b"\r\n")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert b"\n" not in data.replace(b"\r\n", b"")
    raw = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in raw)
    lines = []
    for line in (part.decode("utf-8") for part in raw):  # every part is UTF-8 by itself: no character is cut
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    stack, done = [], []
    for line in lines:
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line)
        name, parameters, value = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[A-Z-]+)*):(.*)", line).groups()
        if name == "BEGIN":
            stack.append((value, []))
        elif name == "END":
            assert stack[-1][0] == value
            done.append(stack.pop())
        else:
            stack[-1][1].append((name, parameters, value))
    assert not stack
    return done


def unescaped(value):
    """A TEXT value as it was; every backslash, semicolon and comma in it must have been escaped."""
    assert not re.search(r"[;,]", re.sub(r"\\[\\;,nN]", "", value))
    return re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], value)


def one_of(component, name):
    """The only value of a property, with its parameters."""
    (found,) = [(parameters, value) for key, parameters, value in component[1] if key == name]
    return found


def test_the_file_is_an_icalendar_by_the_rfc(calendar):
    """Whoever subscribes has another program; the RFC is what the two have in common."""
    found = calendar("2024-01-01")

    components = parsed(icalendar(found))

    whole, events = components[-1], [one for one in components if one[0] == "VEVENT"]
    assert whole[0] == "VCALENDAR"
    assert [one_of(whole, name) for name in ("VERSION", "CALSCALE")] == [("", "2.0"), ("", "GREGORIAN")]
    assert one_of(whole, "PRODID")[1]
    assert one_of(whole, "X-WR-CALNAME")[1]
    dated = [one for one in found.dues if one.due]
    assert len(events) == len(dated)
    for event, one in zip(events, dated, strict=True):
        assert one_of(event, "DTSTAMP") == ("", "20240101T000000Z")
        assert one_of(event, "DTSTART") == (";VALUE=DATE", f"{one.due:%Y%m%d}")
        assert one_of(event, "DTEND") == (";VALUE=DATE", f"{one.due + dt.timedelta(days=1):%Y%m%d}")
        assert one_of(event, "CATEGORIES") == ("", one.state.value)
        assert one.name in unescaped(one_of(event, "SUMMARY")[1])
        assert one.subject in unescaped(one_of(event, "DESCRIPTION")[1])
    uids = [one_of(one, "UID")[1] for one in components if one is not whole]
    assert len(uids) == len(set(uids))


def test_the_file_says_what_has_no_day(calendar):
    """An event needs a day; what has none is in the journal entry of the day asked for."""
    (journal,) = [one for one in parsed(icalendar(calendar("2024-01-01"))) if one[0] == "VJOURNAL"]

    told = unescaped(one_of(journal, "DESCRIPTION")[1])
    assert "us-fto: Ansar Bayt al-Maqdis: no day of its listing" in told
    assert "\nun-751: no rule of this list is known\n" in told


def test_the_file_is_the_same_for_the_same_question_and_an_event_keeps_its_uid(calendar):
    """A file made later moves the event in the calendar of whoever took the first."""
    first, again = (icalendar(calendar("2024-01-01", "ph-atc")) for _ in range(2))
    later = icalendar(calendar("2026-11-22", "ph-atc"))

    assert first == again

    def uids(data):
        return {one_of(one, "UID")[1] for one in parsed(data) if one[0] == "VEVENT"}

    assert first != later
    assert uids(first) == uids(later)


def test_names_in_any_script_and_with_any_sign_come_back_as_they_were(printed):
    """Folding counts octets and cuts no character; separators of the format are escaped."""
    with printed.view() as view:
        found = due(view, ["un-751"], at("2021-02-01"))

    events = [one for one in parsed(icalendar(found)) if one[0] == "VEVENT"]
    assert all(_NAME.strip() in unescaped(one_of(event, "SUMMARY")[1]) for event in events)


def test_a_calendar_without_a_day_is_a_calendar_all_the_same(calendar):
    """The RFC knows no calendar without a component."""
    components = parsed(icalendar(calendar("2024-01-01", "uk-tact")))

    assert [name for name, _ in components] == ["VJOURNAL", "VCALENDAR"]


def test_json_holds_every_day_and_every_list_without_one(calendar):
    """One array: days in the order of work, then the lists of which there is nothing to say but why."""
    found = as_json(calendar("2024-01-01", "ph-atc", "uk-tact"))

    assert [(one["list"], one["subject"], one["due"], one["state"]) for one in found] == [
        ("ph-atc", "isil-sea", "2023-12-09", "overdue"),
        ("ph-atc", "maute", "2023-12-09", "overdue"),
        ("ph-atc", "cpp-npa", "2026-12-06", "due"),
        ("uk-tact", None, None, "none"),
    ]
    assert found[0]["rule"]["kind"] == "review"
    assert (found[0]["rule"]["period"], found[0]["rule"]["from"]) == ("P3Y", "2020")
    assert found[0]["rests_on"][0]["date"] == "2020-12-09"
