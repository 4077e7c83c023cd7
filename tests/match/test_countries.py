"""Countries by the names that lists print."""

import pytest

from tizim.match.countries import country_code
from tizim.match.tables import table


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Afghanistan", "af"), ("Iran (Islamic Republic of)", "ir"), ("Афганистан", "af"),
        ("AFG", "af"), ("USA", "us"), ("UAE", "ae"), ("AF", "af"),
        ("Aljazair", "dz"), ("Mesir", "eg"), ("Republik Arab Suriah", "sy"), ("Amerika Serikat", "us"),
        ("السويد", "se"),
        ("United Republic of Tanzania", "tz"), ("United Arab Emirates", "ae"),
        ("United Kingdom of Great Britain and Northern Ireland", "gb"),
        ("12 Some Street, Kabul, Afghanistan", "af"),
    ],
)  # fmt: skip
def test_a_country_is_read_in_the_ways_in_which_lists_print_it(printed, code):
    """Names in several languages, long forms, and the codes of two and three letters."""
    assert country_code(printed) == code


@pytest.mark.parametrize("printed", ["", "and", "Ruritania", "Stateless", "ZZZ"])
def test_what_names_no_country_has_no_code(printed):
    """A word that is a code only in capitals is a word: *and* is not Andorra."""
    assert country_code(printed) == ""


def test_each_code_of_three_letters_is_one_country_s():
    """Two countries with one code would make strangers compatriots."""
    codes = [one for variants in table("countries").values() for one in variants if len(one) == 3 and one.isupper()]

    assert len(codes) == len(set(codes)) == 249
    assert [one for one in codes if country_code(one) == ""] == []


def test_no_name_is_two_countries():
    """Of the names added here, each is read as the country at whose line it stands."""
    wrong = [
        (name, code) for code, names in table("countries").items() for name in names
        if len(code) == 2 and country_code(name) != code
    ]  # fmt: skip

    assert not wrong
