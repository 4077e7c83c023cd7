"""A pair as lines of text."""

import re

import pytest

from tizim.cli.drawing import clean, cut, draw, frame, isolated, width_of, wrapped
from tizim.resolve.cards import Card, Cell, Row, Sign

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ARABIC = "جبهة زندا"


def cell(text, *, shared=False):
    """One thing said of one side."""
    return Cell(text=text, is_shared=shared)


CARD = Card(
    titles=("Zenda Liberation Front", ARABIC), ids=("a-list:1", "b-list:7"), score=0.953, judgement="same",
    author="tizim-1 (matcher)",
    rows=(
        Row(
            what="names", sign=Sign.SAME, left=(cell("Zenda Liberation Front", shared=True), cell("ZLF")),
            right=(cell("ZENDA LIBERATION FRONT", shared=True), cell(ARABIC)),
        ),
        Row(what="born", sign=Sign.DIFFERENT, left=(cell("1861-05-04"),), right=(cell("1899"),)),
        Row(what="countries", sign=Sign.NONE, left=(cell("kz"),), right=()),
        Row(
            what="lists", sign=Sign.NONE, left=(cell("a-list 1: listed, since 1 May 2024"),),
            right=(cell("b-list 7: listed, since a day between 1 January 2023 and 1 February 2024"),),
        ),
    ),
    reasons=("the names “Zenda” and “Zenda” score 0.953", "against it: born 38 years apart"),
)  # fmt: skip


def plain(lines):
    """Without colours and marks of direction."""
    return [COLOUR.sub("", line).replace("\u2068", "").replace("\u2069", "") for line in lines]


def test_both_sides_stand_beside_each_other():
    """Two columns, with the same matter on the same line."""
    lines = plain(draw(CARD, 100))

    assert any("Zenda Liberation Front" in line and ARABIC in line for line in lines)
    assert any(line.startswith("≠ born") and "1861-05-04" in line and "1899" in line for line in lines)


@pytest.mark.parametrize("width", [20, 40, 63, 64, 80, 120, 300])
def test_no_line_is_wider_than_the_terminal(width):
    """A line that breaks by itself tears the columns apart."""
    assert all(width_of(line) <= width for line in plain(draw(CARD, width)))


def test_a_terminal_of_no_width_stops_nothing():
    """A window is dragged small and large again."""
    assert draw(CARD, 1)
    assert frame("head", draw(CARD, 1), ("foot",), (1, 1), 0)


def test_on_a_narrow_terminal_one_side_stands_below_the_other():
    """Columns of a few letters cannot be read."""
    lines = plain(draw(CARD, 50))

    assert "≠ born" in lines
    assert any(line.startswith("  1   1861-05-04") for line in lines)
    assert any(line.startswith("  2   1899") for line in lines)


def test_nothing_is_lost_on_the_way_to_the_screen():
    """What is cut off cannot be judged."""
    text = re.sub(r"[\s│]+", " ", " ".join(plain(draw(CARD, 64))))

    for word in ("Liberation", "ZLF", "1861-05-04", "1899", "kz", "February", "apart", "a-list:1", "b-list:7"):
        assert word in text


def test_differences_are_told_by_signs_and_not_by_colour_alone():
    """One man in twelve does not tell red from green."""
    with_colour, without = draw(CARD, 100), draw(CARD, 100, colour=False)

    assert without == [COLOUR.sub("", line) for line in with_colour]
    assert any("≠ born" in line for line in without)
    assert any("= Zenda Liberation Front" in line for line in without)


def test_text_from_right_to_left_keeps_its_direction_to_itself():
    """Else the columns beside it change places."""
    assert isolated(ARABIC) == f"\u2068{ARABIC}\u2069"
    assert isolated("Zenda") == "Zenda"
    assert isolated(f"{ARABIC} ABC") == f"\u2068{ARABIC} ABC\u2069"
    assert isolated(f"“{ARABIC}” is a name of 1", is_sentence=True) == "\u2068“جبهة زندا”\u2069 is a name of 1"


def test_signs_that_steer_a_terminal_are_shown_by_their_numbers():
    """A name in a list must not clear the screen or turn what stands beside it."""
    assert clean("a\x1b[2Jb\u202ec") == "a\\x1b[2Jb\\u202ec"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_wide_and_combining_letters_are_counted_as_they_are_shown():
    """Chinese letters take two columns, marks take none."""
    assert width_of("平壤") == 4
    assert width_of("И\u0306") == 1
    assert [width_of(line) for line in wrapped("平壤平壤平壤", 5)] == [4, 4, 4]
    assert cut("平壤平壤", 5) == "平壤…"


# -- a whole screen ---------------------------------------------------------------------------------


BODY = [f"line {number}" for number in range(30)]


def test_a_screen_has_as_many_lines_as_the_terminal():
    """One more scrolls the head away."""
    assert len(frame("head", BODY, ("foot",), (80, 24), 0)) == 24
    assert len(frame("head", [], ("foot",), (80, 24), 0)) == 24
    assert len(frame("head", BODY, ("foot",), (80, 2), 0)) == 2


def test_a_screen_says_that_there_is_more():
    """A name below the edge may be the one that decides."""
    at = {offset: plain(frame("head", BODY, ("foot",), (80, 24), offset)) for offset in (0, 4, 99)}

    assert at[0][1] == "line 0"
    assert "more below: ↓" in at[0][-2]
    assert "more above and below: ↑ ↓" in at[4][-2]
    assert (at[99][-3], at[99][-2].strip()) == ("line 29", "more above: ↑")
