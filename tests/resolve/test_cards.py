"""What a person sees of a pair."""

import pytest
from tests.resolve.makers import LATER, a_table, an_entry_of

from tizim.resolve.cards import Sign, card
from tizim.resolve.propose import propose


@pytest.fixture
def shown(register, clock):
    """Rows by their matter, of the pair of two records."""
    register.append(
        a_table(
            "d-list",
            an_entry_of(
                "d-list", "5", "RUDOLF RASSENDYLL", "Rudolf Rassendyll", "Рудольф Рассендилл", kind="person",
                born="1899", number="ZB 123456",
            ),
        ),
        clock,
    )  # fmt: skip

    def shown(left, right):
        with register.view() as view:
            found = propose(view, LATER, least=0.0, subjects={left})
            (one,) = (one for one in found if one.right.subject == right)
            made = card(view, one, LATER)
        return {row.what: row for row in made.rows}

    return shown


def texts(cells):
    """What is said."""
    return [cell.text for cell in cells]


def test_rows_say_whether_the_sides_agree(shown):
    """Signs lead the eye to what decides."""
    rows = shown("a-list:2", "d-list:5")

    assert {what: row.sign for what, row in rows.items()} == {
        "names": Sign.SAME, "kind": Sign.SAME, "born": Sign.DIFFERENT, "numbers": Sign.NONE, "lists": Sign.NONE,
    }  # fmt: skip


def test_names_are_shown_in_all_scripts_and_once_each(shown):
    """Capitals make no other name; a name in another script may decide."""
    names = shown("a-list:2", "d-list:5")["names"]

    assert texts(names.left) == ["Rudolf Rassendyll"]
    assert len(names.right) == 2
    assert "Рудольф Рассендилл" in texts(names.right)
    assert [cell.is_shared for cell in names.right] == [True, False]


def test_the_names_that_are_most_alike_come_first(shown):
    """Of forty names one pair made the score."""
    names = shown("a-list:1", "b-list:7")["names"]

    assert texts(names.left)[0] == texts(names.right)[0] == "Фронт освобождения Зенды"


def test_a_list_is_told_with_the_number_the_state_and_since_when(shown):
    """Two entries of the same day on two lists are seldom chance."""
    assert texts(shown("a-list:2", "d-list:5")["lists"].right) == [
        "d-list 5: not observed; begun by 1 January 2024"
    ]  # fmt: skip
