import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.domain.dates import PartialDate, When
from tizim.sources.ledger.titles import dates_in, newest, published


def on(text: str) -> When:
    """On the day, month or year that *text* writes."""
    return When.on(PartialDate.parse(text))


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        # days, in each way of writing them
        ("Agency 2005-04-02: court bans a group", {"2005-04-02"}),
        ("Annex as consolidated, read 2026-08-14", {"2026-08-14"}),
        ("List XML, generated 2025-04-19T00:00", {"2025-04-19"}),
        ("Radio, Dari, 4 June 2024", {"2024-06-04"}),
        ("list dated 2nd of September 2024", {"2024-09-02"}),
        ("Post, July 7th, 2025", {"2025-07-07"}),
        ("site.example, 29.12.2023 09:51", {"2023-12-29"}),
        ("Text of the decision of 14 Feb 2003 (lawyer site)", {"2003-02-14"}),
        ("Page (the page id is a time stamp of 2014-12-29)", {"2014-12-29"}),
        ("Copies of 2020-12-01 and 2022-10-21 compared", {"2020-12-01", "2022-10-21"}),
        ("Copies 2020-12-01/2022-10-21", {"2020-12-01", "2022-10-21"}),
        ("Agency 2005-03-15 (25/12/1383, fa): seven banned", {"2005-03-15"}),
        # months
        ("Guardian 2011-02: Reg. 83/2011", {"2011-02"}),
        ("Court of Appeal on a group (May 2008)", {"2008-05"}),
        ("TV (from radio), Dec. 2023", {"2023-12"}),
        ("Stored copy, state after Oct. 2021", {"2021-10"}),
        ("Wire, ſep 2020", {"2020-09"}),
        # years that read as the date of the source
        ("Review of the listing of four organisations, ch. 1 (2005)", {"2005"}),
        ("Library SN/HA/00815 (2014): contents", {"2014"}),
        ("Daily 2019: group declared banned", {"2019"}),
        ("Law firm 2017 on the Grand Chamber", {"2017"}),
        ("Wire, 2014", {"2014"}),
        ("Table as of 2019, mirrored", {"2019"}),
        # a report on a year comes out in the next
        ("US Country Reports on Terrorism 2006, Kazakhstan", {"2007"}),
        ("Annual report 2010", {"2011"}),
        # years and numbers that belong to an act or an event
        ("SI 2016/770 explanatory note", set()),
        ("Gazette SI/2021-5", set()),
        ("SI 2021-05", set()),
        ("Gazette SOR/2012-162", set()),
        ('Game: invented "SOR/2018-18"', set()),
        ("Gazette 2010-go1066", set()),
        ("Gazette notice 2024-go5987 (address formed from the notice number)", set()),
        ("F2020L01135 explanatory statement", set()),
        ("Implementing Regulation (EU) 2023/420", set()),
        ("E.O. 13268, agency text", set()),
        ("Terrorism Act 2000, Schedule 2 (plain view)", set()),
        ("Terrorism Act 2000: Schedule 2", set()),
        ("Tracker on the Revocation Order 2025", set()),
        ("Law 7 of 2014", set()),
        ('Paper (fa): "Supreme Court in 2015"', set()),
        ("Committee established pursuant to resolution 1988", set()),
        ("UNSCR 1267 (1999), 1989 (2011)", set()),
        ("Release on res. 2799", set()),
        ("Annex I to Reg. 881/2002 as consolidated, read 2026-08-14", {"2026-08-14"}),
        ("Chamber 2024-01-18: Organisations (Amendment) Order 2024", {"2024-01-18"}),
        # no dates at all
        ("list of organisations (undated)", set()),
        ("FSB list of 17 first published", set()),
        ("Wire 2023-02-30", set()),
        ("Wire, December 11: court on four groups", set()),
        ("", set()),
    ],
)
def test_a_title_names_the_dates_of_its_source_and_not_the_numbers_of_acts(title, dates):
    """Numbers of acts look like dates; read as such they would move what was known and when."""
    found = dates_in(title)

    assert {str(date) for date in found} == dates


@pytest.mark.parametrize(
    ("title", "event", "day"),
    [
        ("Wire, December 11: court on four groups", "2012-10-24", "2012-12-11"),
        ("Wire, December 11: court on four groups", "2012", "2012-12-11"),
        ("Site: a group is off, Feb. 27", "2026-02-27", "2026-02-27"),
        ("Wire, 28 December: ban comes on Monday", "2024-01-01", "2023-12-28"),
        ("Rights site: order of 20 Oct. made public Thursday", "2020-10-20", None),
    ],
)
def test_a_day_without_a_year_is_the_one_nearest_to_the_event(title, event, day):
    """News gives no year because it is near what it tells; a day of the act itself dates no source."""
    found = newest(title, on(event))

    assert (None if found is None else str(found)) == day


def test_of_several_dates_the_newest_by_its_last_day_counts():
    """A source that cites an older report is as old as its youngest part."""
    title = "Wire 2004-10-15 (de), with Agency 2005-03"

    found = newest(title)

    assert str(found) == "2005-03"


@pytest.mark.parametrize(
    ("title", "event", "event_is_the_word", "day"),
    [
        # the word and the title: the later
        ("site 2024-06-06 on a complaint", "2023-12-20", True, "2024-06-06"),
        ("ANF 2017: group off the list", "2016-09", True, "2017-12-31"),
        ("Post 2020-11-07", "2020-11-06", True, "2020-11-07"),
        ("Paper on a text of 2024-01-02", "2024-01-15", True, "2024-01-15"),
        # one holds the other: the finer
        ("TV, Dec. 2023", "2023-12-29", True, "2023-12-29"),
        ("Wire 2014-11-20", "2014-11", True, "2014-11-20"),
        ("Daily 2019: banned", "2019", True, "2019-12-31"),
        # the event is no word: the title alone
        ("Daily 2019: banned", "2019-02-21", False, "2019-12-31"),
        ("Courier 2024-01-15: minister moves to ban", "2024-01-19", False, "2024-01-15"),
        ("List XML, generated 2025-04-19", "2001-10-06", False, "2025-04-19"),
        # neither: the event's own last day
        ("Encyclopedia: a list", "2018", False, "2018-12-31"),
        ("daily8 on designations", "2025-07", True, "2025-07-31"),
    ],
)
def test_a_source_was_out_by_the_later_of_its_word_and_its_title(title, event, event_is_the_word, day):
    """A report of June that a thing became known in December was out in June, not in December."""
    out = published(title, on(event), event_is_the_word=event_is_the_word)

    assert str(out) == day


def test_a_source_without_any_date_was_out_on_no_known_day():
    """Nothing is guessed for an undated page about an undated event."""
    out = published("list of organisations (undated)", When.unknown(), event_is_the_word=True)

    assert out is None


@given(st.text(), st.dates())
def test_any_text_can_be_asked_for_its_dates(title, day):
    """Titles are typed by hand: whatever they hold, the reader answers and never fails."""
    near = When.between(day, day)

    found = dates_in(title, near)

    assert all(date.earliest <= date.latest for date in found)


@given(st.dates(min_value=PartialDate.parse("1900-01-01").earliest, max_value=PartialDate.parse("2099-12-31").latest))
def test_each_way_to_write_a_day_is_read_as_that_day(day):
    """The four ways in which titles print a day agree."""
    month = calendar.month_name[day.month]
    written = (
        f"Wire {day.isoformat()}: text",
        f"Wire, {day.day} {month} {day.year}",
        f"Wire, {month[:3]}. {day.day}, {day.year}",
        f"Wire {day.day}.{day.month:02d}.{day.year}",
    )

    found = {tuple(str(date) for date in dates_in(title)) for title in written}

    assert found == {(day.isoformat(),)}
