import pytest

from tizim.sources.uk.cells import Spot, bare, document, items, numbered, spots


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("(1) Strelsau (2) Zenda", {1: "Strelsau", 2: "Zenda"}),
        ("1) Strelsau 2) Zenda", {1: "Strelsau", 2: "Zenda"}),
        ("(1)-(2) Ruritania", {1: "Ruritania", 2: "Ruritania"}),
        ("(1) to (3) Ruritania (4) Graustark", {1: "Ruritania", 2: "Ruritania", 3: "Ruritania", 4: "Graustark"}),
        ("(1) (2) (4) Ruritania (3) Graustark", {1: "Ruritania", 2: "Ruritania", 3: "Graustark", 4: "Ruritania"}),
        ("(1) Strelsau (2)-(3) -", {1: "Strelsau", 2: "", 3: ""}),
        ("(1) Hofbau, (2) Zenda", {1: "Hofbau", 2: "Zenda"}),
        ("(1) Strelsau", {1: "Strelsau"}),
    ],
)
def test_numbered_lists_are_taken_apart(cell, expected):
    """One cell holds several towns or countries, and its marks say which belong together."""
    assert numbered(cell) == expected


@pytest.mark.parametrize(
    "cell", ["", "Strelsau", "Minister (as of June 2011)", "Road (Km 12)", "Unit 10 (1) (B)", "(2) X"]
)
def test_other_numbers_in_brackets_are_no_list(cell):
    """A kilometre, a year or a mark in the middle of the words does not make a list of them."""
    assert numbered(cell) is None


def test_a_number_within_an_item_is_part_of_it():
    """The next mark is the next number; all others are words."""
    assert numbered("(1) Tower (7) East (2) Zenda") == {1: "Tower (7) East", 2: "Zenda"}


def test_items_say_each_thing_once():
    """A cell without numbers is one item, an empty one or a dash none."""
    assert items("(1) Ruritanian (2) - (3) Ruritanian") == ["Ruritanian"]
    assert items("Ruritanian") == ["Ruritanian"]
    assert items(" - ") == items("") == []


def test_towns_and_countries_are_joined_by_their_numbers():
    """The lists have a cell for each, numbered alike."""
    assert spots("(1) Zenda (2) -", "(1) Ruritania (2) Graustark") == (
        Spot("Zenda", "Ruritania"), Spot("", "Graustark"),
    )  # fmt: skip
    assert spots("(1) Zenda (2) Hofbau", "Ruritania") == (Spot("Zenda", "Ruritania"), Spot("Hofbau", "Ruritania"))
    assert spots("Zenda", "Ruritania") == (Spot("Zenda", "Ruritania"),)
    assert spots("(1) Zenda", "(1) Ruritania (2) Graustark") == (Spot("Zenda", "Ruritania"), Spot("", "Graustark"))
    assert spots("", "") == ()


def test_a_town_without_a_number_is_of_none_of_numbered_countries():
    """Which country it lies in cannot be told, so it stands alone."""
    assert spots("Zenda", "(1) Ruritania (2) Graustark") == (
        Spot("Zenda", ""), Spot("", "Ruritania"), Spot("", "Graustark"),
    )  # fmt: skip


def test_a_country_that_ends_the_town_is_not_repeated_in_the_line():
    """Some towns are printed with their country."""
    assert Spot("Zenda, Ruritania", "Ruritania").line == "Zenda, Ruritania"
    assert Spot("Zenda", "Ruritania").line == "Zenda, Ruritania"


def test_remarks_at_the_end_are_taken_off():
    """A country reads bare of what is said of it."""
    assert bare("Ruritania (previous) (UN address)") == ("Ruritania", "previous; UN address")
    assert bare("(Head Office)") == ("", "Head Office")
    assert bare("Ruritania") == ("Ruritania", "")


@pytest.mark.parametrize(
    ("item", "number", "detail", "country", "note"),
    [
        ("X000123", "X000123", "", "", ""),
        ("X 000123", "X 000123", "", "", ""),
        ("no 00012345", "00012345", "", "", ""),
        ("X000123 (Tunisian). Issued on 1 May 1999", "X000123", "", "Tunisian", "Issued on 1 May 1999"),
        ("00001-0000001-1 (Pakistan)", "00001-0000001-1", "", "Pakistan", ""),
        ("German travel document (Reiseausweis) A 0000001 (revoked)", "A 0000001",
         "German travel document (Reiseausweis)", "", "(revoked)"),
        ("Italian Fiscal Code ABC DEF 00X00 Y000Z", "ABC DEF 00X00 Y000Z", "Italian Fiscal Code", "", ""),
        ("US Social Security no 000-00-0000", "000-00-0000", "US Social Security", "", ""),
        ("A000007 (MISUSE) issued in Zenda", "A000007", "", "", "(MISUSE) issued in Zenda"),
        ("0000001/A. Expires 2013", "0000001/A", "", "", "Expires 2013"),
        ("B/000001", "B/000001", "", "", ""),
    ],
)  # fmt: skip
def test_documents_are_told_from_what_is_said_of_them(item, number, detail, country, note):
    """The number alone can be compared; the rest stays beside it."""
    found = document(item)

    assert (found.number, found.detail, found.country, found.note) == (number, detail, country, note)
    assert not found.is_prose


@pytest.mark.parametrize("item", ["lost", "(Egypt). Issued 1993.", "Issued 3 May 1990", "expired 1990"])
def test_words_without_a_number_stay_whole(item):
    """A year of issue is no number of a document."""
    found = document(item)

    assert found.number == item
    assert found.is_prose
