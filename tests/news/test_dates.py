"""Dates as stories tell them, in words of our own choice."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.domain.solar import AFGHANISTAN, IRAN, solar
from tizim.news.dates import almanac, resolve
from tizim.news.language import load
from tizim.news.tokens import Tokens

FRIDAY = dt.date(2024, 6, 7)


def told(text, code, published=FRIDAY):
    """The dates of *text*, resolved."""
    tokens = Tokens(text, load(code))
    return [resolve(one, published) for one in almanac(code).find(tokens, 0, len(tokens))]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "on Thursday", "2024-06-06"),
        ("en", "on Friday", "2024-06-07"),
        ("en", "last Friday", "2024-05-31"),
        ("en", "on June 3, 2021", "2021-06-03"),
        ("en", "on the 3rd of June", "2024-06-03"),
        ("en", "in September 2019", "2019-09"),
        ("en", "in November", "2023-11"),
        ("en", "in 1997", "1997"),
        ("en", "yesterday", "2024-06-06"),
        ("en", "last year", "2023"),
        ("fr", "le 1er février 2011", "2011-02-01"),
        ("fr", "le 1er mai", "2024-05-01"),
        ("fr", "mardi dernier", "2024-06-04"),
        ("ru", "в среду", "2024-06-05"),
        ("ru", "5 июня", "2024-06-05"),
        ("ru", "в мае 2020 года", "2020-05"),
        ("ru", "03.06.2024", "2024-06-03"),
        ("de", "am 3. Juni 2024", "2024-06-03"),
        ("es", "el 2 de octubre de 2016", "2016-10-02"),
        ("tr", "12 Mayıs 2023'te", "2023-05-12"),
        ("id", "Rabu (5/6/2024)", "2024-06-05"),
        ("zh", "2024年5月30日", "2024-05-30"),
        ("zh", "去年", "2023"),
        ("kk", "2 мамырда", "2024-05-02"),
        ("fa", "۱۵ خرداد ۱۴۰۳", "2024-06-04"),
        ("fa", "پنجشنبه ۱۷ خرداد", "2024-06-06"),
        ("prs", "۱۷ جوزا", "2024-06-06"),
        ("ar", "5 حزيران 2024", "2024-06-05"),
        ("ar", "الخميس 6 يونيو", "2024-06-06"),
        ("ar", "٢٠ رمضان ١٤٤٥", "2024-03-30"),
    ],
)
def test_a_date_is_understood_by_the_day_of_publication(code, text, expected):
    """Weekdays, missing years, other calendars and other digits."""
    assert told(text, code)[:1] == [expected]


@pytest.mark.parametrize(("code", "text"), [("en", "on Friday"), ("ru", "5 июня"), ("zh", "5日"), ("fa", "دیروز")])
def test_without_a_day_of_publication_nothing_is_guessed(code, text):
    """A date that only the day of publication could tell stays unknown."""
    assert told(text, code, None) == [None]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), st.booleans())
def test_solar_dates_are_read_back(day, afghan):
    """A day told by the Solar Hijri calendar, with Iranian or Afghan months, is that day."""
    year, month, number = solar(day)
    name = (AFGHANISTAN if afghan else IRAN)[month - 1]

    assert told(f"{number} {name} {year}", "fa") == [day.isoformat()]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 60))
def test_a_recent_day_needs_no_year(day, passed):
    """A day of the last weeks told without its year is found by the day of publication."""
    published = day + dt.timedelta(days=passed)

    assert told(f"{day.day} {day:%B}", "en", published) == [day.isoformat()]


def test_a_month_misspelt_by_a_letter_is_that_month():
    """Where a number stands on both sides, one wrong letter hides no month."""
    assert told("le 4 févreir 2020", "fr") != []
    assert told("4 septembrre 2020", "fr") == ["2020-09-04"]


@pytest.mark.parametrize("text", ["2,000 fighters", "a budget of 2020000", "31.12 percent", "flight 2019"])
def test_numbers_are_no_dates(text):
    """Counts, shares and numbers of things are left alone, but for a bare year."""
    assert told(text, "en") in ([], ["2019"])
