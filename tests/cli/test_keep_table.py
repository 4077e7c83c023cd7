import pytest

from tizim.cli.keep_table import notices_of, plan_from_options, source_from_options
from tizim.domain.names import Kind
from tizim.errors import BadInput
from tizim.sources.table import Column
from tizim.sources.un_sc import SOURCE as UN

FILE = 'list = "old-list"\nname = "Old list"\n[columns]\nname = "N"\nlisted = "D"\n[optional]\nignore = "X"\n'


def test_options_make_a_plan():
    """What is typed once is all that a small list needs."""
    plan = plan_from_options(
        list_id="min-list", list_name="Ministry  list", columns=("name=Наименование",), sheet="S", kind="organisation"
    )

    assert (plan.list_id, plan.title, plan.sheet, plan.kind) == ("min-list", "Ministry list", "S", Kind.ORGANISATION)
    assert plan.columns == (Column(meaning="name", headers=("Наименование",)),)


def test_an_option_goes_before_the_mapping_file(tmp_path):
    """The file says what is so in general, the command what is so today."""
    file = tmp_path / "map.toml"
    file.write_text(FILE, encoding="utf-8")

    plan = plan_from_options(list_id="new-list", columns=("name=M", "comment=X"), mapping=str(file), date_order="dmy")

    assert (plan.list_id, plan.list_name, plan.date_order) == ("new-list", "", "dmy")
    assert [(column.meaning, column.headers) for column in plan.columns] == [
        ("name", ("M",)), ("comment", ("X",)), ("listed", ("D",)),
    ]  # fmt: skip
    assert plan_from_options(mapping=str(file)).title == "Old list"


def test_a_mapping_that_comes_with_tizim_is_taken_by_its_name():
    """Nobody need know where it lies."""
    assert plan_from_options(mapping="kz-list").list_id == "kz-list"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({}, "say which list the table is, by an id of your choice: --list ID"),
        ({"list_id": "x", "columns": ("nome=A",)}, "did you mean name"),
        ({"list_id": "x", "kind": "club"}, "--kind is one of person"),
        ({"list_id": "x", "mapping": "nope.toml"}, "cannot be read"),
    ],
)
def test_a_slip_is_answered_before_any_file_is_opened(options, why):
    """The caller's turn."""
    with pytest.raises(BadInput, match=why):
        plan_from_options(**options)


def test_both_sources_of_own_lists_are_made_of_the_plan():
    """A table has notices; others have none."""
    plan = plan_from_options(list_id="min-list", list_name="Ministry list", columns=("name=N",))
    table, entities = source_from_options("table", plan), source_from_options("ftm", plan)

    assert (table.info.id, entities.info.id) == ("table", "ftm")
    assert table.info.lists == entities.info.lists == ("min-list",)
    assert notices_of(table, b"N;D\nA;1\n", "x") == (
        "columns parted by semicolon", "not named, so unread: 'D'; name them with --column, or as ignore",
    )  # fmt: skip
    assert notices_of(UN, b"", "x") == ()
