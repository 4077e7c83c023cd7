import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.domain.dates import PartialDate
from tizim.sources import dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1979-12-31 00:00:00.0", "1979-12-31"),
        ("1979-12-31T00:00:00", "1979-12-31"),
        ("1979-12-31-05:00", "1979-12-31"),
        ("1979-12-31T00:00:00Z", "1979-12-31"),
        ("1979-12-31T05:00:00", None),
        ("1979-13-31", None),
        ("0000-01-01", None),
        ("", None),
    ],
)
def test_a_day_loses_its_zone_and_midnight_and_nothing_else(text, date):
    """A time that is no midnight would be news, so it is not cut off."""
    assert dates.iso_day(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1958", "1958"), ("1955-1958", "1955/1958"), ("1958 - 1964", "1958/1964"),
        ("1977/1978", "1977/1978"), ("1978-1977", None), ("0000", None), ("58", None),
        ("1958?", None), ("", None),
    ],
)  # fmt: skip
def test_years_are_a_year_or_a_span(text, date):
    """A span that runs backwards is a mistake, not a span."""
    assert dates.iso_years(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 March 1979", "1979-03-03"), ("Nov. 1973", "1973-11"), ("August 1961", "1961-08"),
        ("Sept. 1961", "1961-09"), ("01 Jan.1967", "1967-01-01"),
        ("Between Aug. and Sep. 1977", "1977-08/1977-09"), ("between Sep. and Aug. 1977", None),
        ("29 Feb. 1969", None), ("Ma 1969", None), ("Brumaire 1969", None), ("30-35 years old", None),
    ],
)  # fmt: skip
def test_dates_in_words_are_english_months(text, date):
    """Anything else stays words."""
    assert dates.in_words(text) == date


@pytest.mark.parametrize(
    ("date", "years"),
    [("1973-11", "1973"), ("1960/1965", "1960/1965"), ("1977-08/1977-09", "1977"), ("../1965", "../1965"),
     ("1960/..", "1960/..")],
)  # fmt: skip
def test_the_years_of_a_date(date, years):
    """What matching needs of a birth date."""
    assert dates.years_in(date) == years


@given(st.text(alphabet="0123456789-/TZ: .adjmunsep", max_size=22))
def test_whatever_is_made_of_a_text_is_a_date(text):
    """No reader of claims should have to expect anything else."""
    made = [dates.iso_day(text), dates.iso_years(text), dates.in_words(text)]

    for date in made:
        for end in (date or "..").split("/"):
            assert end == ".." or PartialDate.parse(end)


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("07/03/1960", "dmy", "1960-03-07"),
        ("07/03/1960", "mdy", "1960-07-03"),
        ("1960-03-07", "ymd", "1960-03-07"),
        ("00/00/1960", "dmy", "1960"),
        ("00/03/1960", "dmy", "1960-03"),
        ("31/02/1960", "dmy", None),
        ("07/00/1960", "dmy", None),
        ("07/03/60", "dmy", None),
        ("7.3.1960", "dmy", "1960-03-07"),
        ("about 1960", "dmy", None),
    ],
)
def test_a_date_in_digits_is_read_in_the_order_that_its_list_uses(text, order, date):
    """Parts of zeros are not known, and of a year of two digits nobody can say the century."""
    assert dates.numeric(text, order) == date


@pytest.mark.parametrize(
    ("text", "date", "about"),
    [
        ("08 Feb 1971", "1971-02-08", False),
        ("Aug 16, 1965", "1965-08-16", False),
        ("circa 1960", "1960", True),
        ("approximately 1955-1958", "1955/1958", True),
        ("1955 to 1958", "1955/1958", False),
        ("between 1955 and Mar 1958", "1955/1958-03", False),
        ("between 01 Jan 1960 and 31 Dec 1969", "1960-01-01/1969-12-31", False),
        ("May 1960 to circa 1962", "1960-05/1962", True),
    ],
)
def test_a_date_in_english_words_is_read_whole(text, date, about):
    """What is said to be about right stays so."""
    assert dates.english(text) == dates.Read(date=date, about=about)


@pytest.mark.parametrize("text", ["", "long ago", "1958 to 1955", "32 Jan 1960", "1955 or 1958"])
def test_what_is_no_date_is_none(text):
    """Nothing is guessed."""
    assert dates.english(text) is None


def test_days_of_the_islamic_calendar_are_spans_for_months_may_begin_a_day_apart():
    """1 Muharram 1445 was seen on 19 July 2023; a year is the span of its days."""
    assert dates.from_hijri(1445, 1, 1) == "2023-07-18/2023-07-20"
    assert dates.from_hijri(1445, 1) == "2023-07-19/2023-08-17"
    assert dates.from_hijri(1445) == "2023-07-19/2024-07-07"
    assert dates.from_hijri(1445, 0, 3) is None
    assert dates.from_hijri(3000) is None


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ((1403, 1, 1), "2024-03-20"),
        ((1400, 1, 1), "2021-03-21"),
        ((1357, 11, 22), "1979-02-11"),
        ((1403,), "2024-03-20/2025-03-20"),
        ((1403, 12), "2025-02-19/2025-03-20"),
        ((1100,), None),
    ],
)
def test_days_of_the_solar_hijri_calendar_are_days(parts, date):
    """New Year's days and 22 Bahman 1357 are on record in both calendars."""
    assert dates.from_solar_hijri(*parts) == date
