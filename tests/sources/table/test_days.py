import pytest

from tizim.sources.table.days import Day, Order, order_of, read_day
from tizim.sources.table.vocabulary import ISLAMIC, SOLAR, months

SAME = [
    "2005-03-15", "2005-03-15T00:00:00", "15.03.2005", "15.3.2005", "15.03.2005 г.", "15.03.2005ж.", "15/03/2005",
    "15-03-2005", "2005.03.15", "2005/03/15", "15 марта 2005 года", "«15» марта 2005 г.", "15 мар. 2005",
    "2005 ж. 15 наурыз", "2005 жылғы 15 наурызда", "2005 жылдың 15 наурызы", "15 March 2005", "Mar 15, 2005",
    "15th of March 2005", "15 mars 2005", "le 15 mars 2005", "15 مارس ٢٠٠٥", "١٥ آذار ٢٠٠٥", "۱۵ مارچ ۲۰۰۵",
    "۱۵ مارس ۲۰۰۵", "15 Maret 2005", "15 Mart 2005", "15 Mart'ta 2005", "15 de marzo de 2005", "15. März 2005",
    "15 березня 2005 року", "2005 yil 15 mart", "2005-yil 15-mart", "2005-жылдын 15-марты", "15 марти соли 2005",
    "۲۵ اسفند ۱۳۸۳", "۲۵ حوت ۱۳۸۳", "۱۵/۰۳/۲۰۰۵",
]  # fmt: skip
PARTS = {
    "2005": "2005", "2005 г.": "2005", "2005-03": "2005-03", "03.2005": "2005-03", "03/2005": "2005-03",
    "март 2005 г.": "2005-03", "2005 ж. наурыз": "2005-03", "mars 2005": "2005-03", "مارچ ۲۰۰۵": "2005-03",
    "00.03.2005": "2005-03", "00/00/2005": "2005", "1955-1958": "1955/1958",
}  # fmt: skip
NOT_READ = [
    "15 марта", "неизвестно", "31.02.2005", "15.03.2005; 16.03.2005", "до 15 марта 2005 года", "15 марта 16 мая 2005",
    "35 марта 2005", "№ 15 2005", "12345", "1958-1955", "", "x" * 500, "март", "15.13.2005.2005",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_one_day_is_read_however_it_is_written(text):
    """Ministries write dates as their language does; each of these is the same day."""
    assert read_day(text).date == "2005-03-15"


@pytest.mark.parametrize(("text", "date"), PARTS.items(), ids=PARTS)
def test_a_part_of_a_date_stays_a_part(text, date):
    """A month is no first of the month."""
    assert read_day(text).date == date


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_date_is_not_read(text):
    """A wrong date is worse than an unread one."""
    assert read_day(text).date == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/04/2005", "day or month first?"),
        ("3-4-2005", "day or month first?"),
        ("15.03.05", "of which century?"),
        ("15 марта 05", "of which century?"),
        ("۲۵/۱۲/۱۳۸۳", "of which calendar?"),
        ("1383", "of which calendar?"),
        ("25 محرم 1383 ش", "of which calendar?"),
        ("1383 هجري", "of which calendar?"),
    ],
)
def test_a_date_that_could_be_two_days_is_not_read_and_says_why(text, reason):
    """Whoever keeps the list can then say which."""
    assert read_day(text) == Day(reason=reason)


def test_the_order_of_day_and_month_is_that_of_the_column():
    """The plan, or another cell of the column, says what the cell itself does not."""
    assert read_day("03/04/2005", "dmy").date == "2005-04-03"
    assert read_day("03/04/2005", "mdy").date == "2005-03-04"
    assert read_day("05/05/2005").date == "2005-05-05"
    assert read_day("13/04/2005", "mdy") == Day(reason="not in the order of the others")
    assert read_day("03.04.2005").date == "2005-04-03"
    assert read_day("03.04.2005", dots="mdy").date == "2005-03-04"


def test_a_column_proves_its_order_by_a_cell_that_can_be_read_one_way_only():
    """Nobody need say what the table shows."""
    assert order_of(["03/04/2005", "13/04/2005", "x"]) == Order(order="dmy", proof="13/04/2005", open=("03/04/2005",))
    assert order_of(["03/04/2005", "04/13/2005"]).order == "mdy"
    assert order_of(["03/04/2005"]) == Order(open=("03/04/2005",))


def test_a_column_that_proves_both_orders_proves_none():
    """Two people filled it in: no cell of theirs may be read by the habit of the other."""
    order = order_of(["13/04/2005", "04/13/2005", "03/04/2005"])

    assert (order.order, order.proof, order.contrary) == ("", "13/04/2005", "04/13/2005")


def test_dots_prove_nothing_for_strokes():
    """Dates with dots have the day first nearly everywhere; so they say nothing of the others."""
    assert order_of(["13.04.2005", "03/04/2005"]).order == ""
    assert order_of(["04.13.2005"]).dots == "mdy"
    assert order_of(["04.13.2005", "13.04.2005"]).dots == ""


def test_years_of_other_calendars_are_turned_only_where_the_calendar_is_said():
    """1383 is a year of the Solar Hijri calendar and of the Islamic one, 41 years apart."""
    assert read_day("1383 ش").date == "2004-03-20/2005-03-20"
    assert read_day("1425 هـ") == Day(date="2004-02-22/2005-02-09", calendar=ISLAMIC, in_words=True)
    assert read_day("12 محرم 1425").date == "2004-03-03/2004-03-05"
    assert read_day("25/12/1383", "dmy", SOLAR) == Day(date="2005-03-15", calendar=SOLAR)
    assert read_day("2005-03-15", "", SOLAR).date == "2005-03-15"
    assert read_day("31 بهمن 1383").date == ""


@pytest.mark.parametrize("text", ["около 1970 г.", "circa 1970", "шамамен 1970 ж.", "vers 1970", "حدود ۱۹۷۰"])
def test_about_is_kept(text):
    """The word is part of what the list says."""
    assert read_day(text) == Day(date="1970", about=True, in_words=True)


def test_no_name_of_a_month_means_two():
    """A name that did would be read as either; the table of months must not have one."""
    assert months()["مارس"] == ("gregorian", 3)
    assert len(months()) > 300
    assert set(months().values()) == {
        (calendar, number) for calendar in ("gregorian", "solar hijri", "islamic") for number in range(1, 13)
    }
