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
