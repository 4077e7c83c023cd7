import pytest

from tizim.sources.table.names import apart, is_nothing, values

CELLS = {
    "Фронт Зенды": ["Фронт Зенды"],
    "A; B": ["A", "B"],
    "A | B": ["A", "B"],
    "A\nB": ["A", "B"],
    "A a.k.a. B a.k.a. C": ["A", "B", "C"],
    "A alias B": ["A", "B"],
    "A ALIAS B": ["A", "B"],
    "A (B; C)": ["A", "B", "C"],
    "A, он же B, она же C": ["A", "B", "C"],
    "Зенда ұйымы (басқа атауы: Зенда)": ["Зенда ұйымы", "Зенда"],
    "1) A 2) B": ["A", "B"],
    "Al-Nur (al-Nour)": ["Al-Nur", "al-Nour"],
    '«A» ("B")': ["A", "B"],
    "Движение (движение «Маяк»)": ["Движение", "движение «Маяк»"],
    "X (Y (Z))": ["X", "Y (Z)"],
    "Smith, John": ["Smith, John"],
    "Foo (Ruritania) Ltd": ["Foo (Ruritania) Ltd"],
    "Alias Group": ["Alias Group"],
    "Союз ранее судимых": ["Союз ранее судимых"],
    "Бывший союз моряков": ["Бывший союз моряков"],
    "A; A": ["A"],
    "–": [],
}  # fmt: skip


@pytest.mark.parametrize(("cell", "names"), CELLS.items(), ids=CELLS)
def test_the_names_of_a_cell_are_parted(cell, names):
    """Each name must match by itself; a comma parts none, because families' names come before given ones."""
    assert [found.name for found in apart(cell).names] == names


@pytest.mark.parametrize("cell", ["A (formerly known as B)", "A, ранее «B»", "A; f.k.a. B", "A (бывшее название: B)"])
def test_a_name_that_is_said_to_be_former_is_one(cell):
    """A former name still matches, but nobody should be told that it is the name."""
    assert [(found.name, found.former) for found in apart(cell).names] == [("A", False), ("B", True)]


@pytest.mark.parametrize("remark", ["запрещена судом", "1999", "decision of 12 May 2001"])
def test_a_remark_in_brackets_is_no_name(remark):
    """A name is bare of what is said about it."""
    found = apart(f"A ({remark})")

    assert [one.name for one in found.names] == ["A"]
    assert found.remarks == (remark,)


def test_only_the_named_separators_part_names():
    """Some tables use a semicolon or brackets within names: their keeper says so."""
    assert [one.name for one in apart("A; B (C) alias D", ("|",)).names] == ["A; B (C) alias D"]
    assert [one.name for one in apart("A, B; C", (",",)).names] == ["A", "B; C"]


@pytest.mark.parametrize(
    "cell",
    ["A (B", "A) B", "((", "A (()", ";;;", "a.k.a.", "1) 2) 3)", "(" * 5000, "aka " * 500, "()" * 9000, "(a" * 9000],
)
def test_broken_cells_are_taken_apart_without_end_or_error(cell):
    """Cells are typed by people."""
    apart(cell)


@pytest.mark.parametrize("cell", ["-", "—", "...", "n/a", "н/д", ""])
def test_a_dash_says_nothing(cell):
    """People fill empty cells with something."""
    assert is_nothing(cell)
    assert values(cell) == []


def test_values_of_other_columns_are_parted_at_marks_only():
    """A nationality or a number is no name: brackets and words belong to it."""
    assert values("A alias B (C); D\nE | F") == ["A alias B (C)", "D", "E", "F"]
