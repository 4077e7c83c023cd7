"""``tizim screen``: its options, its exit codes, and what it says."""

import json
from pathlib import Path

import pytest

from tizim.cli import main

DATA = Path(__file__).parents[1] / "data" / "ftm"
KEYS = {
    "input", "output", "rejects", "rows", "screened", "rejected", "matched", "found", "left_out", "algorithm",
    "data_version", "sha256", "resumed", "was_done",
}  # fmt: skip


@pytest.fixture
def screen(tmp_path, monkeypatch, capsys):
    """Runs the command in a folder of its own; gives its code, output and errors."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments, against=("--entities", f"{DATA / 'sanctions.ftm.json'}=eu_fsf"), workers=("--workers", "1")):
        try:
            main(["screen", *arguments, *against, *workers])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return code, read.out, read.err

    return run


@pytest.fixture
def customers(tmp_path):
    """Two customers, of whom one is listed."""
    (tmp_path / "in.csv").write_text("id,full,kind\nc1,Anvar Testov,Person\nc2,Nobody Else,Person\n", encoding="utf-8")


NAMED = ("--name-column", "full")


@pytest.mark.usefixtures("customers")
def test_its_json_has_the_keys_that_others_rely_on(screen, tmp_path):
    """Keys are added, never renamed."""
    code, out, _ = screen("in.csv", "-o", "out.jsonl", *NAMED, "--schema", "Person", "--json")

    told = json.loads(out)
    assert code == 0
    assert set(told) == KEYS
    assert (told["rows"], told["matched"], told["rejects"], told["was_done"]) == (2, 1, None, False)
    line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (line["row"], line["customer_id"], line["subject"], line["list"]) == (1, "c1", "tz-anvar", "eu_fsf")


@pytest.mark.usefixtures("customers")
def test_its_exit_codes_are_honest(screen, tmp_path):
    """Somebody found is said with 5 if asked for, rows not screened with 3, and a wrong call with 2."""
    assert screen("in.csv", "-o", "a.csv", *NAMED, "--strict")[0] == 5
    assert screen("in.csv", "-o", "b.csv", *NAMED)[0] == 0
    assert screen("in.csv", "-o", "b.csv", *NAMED)[0] == 0
    (tmp_path / "bad.csv").write_text("full\nAnvar Testov\n,\n", encoding="utf-8")
    code, out, _ = screen("bad.csv", "-o", "c.csv", *NAMED)
    assert (code, "c.csv.rejects.csv tells which and why" in out) == (3, True)


@pytest.mark.usefixtures("customers")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("in.csv", "-o", "out.csv"), "no column 'name'; its columns are id, full, kind"),
        (("no.csv", "-o", "out.csv"), "no.csv cannot be read"),
        (("in.csv", "-o", "out.xlsx", *NAMED), "--output-format"),
        (("in.csv", "-o", "out.csv", *NAMED, "--map", "born"), "--map wants PROPERTY=COLUMN"),
        (("in.csv", "-o", "out.csv", *NAMED, "--map", "birthDate=kind"), "no Thing has it; say with --schema"),
        (("in.csv", "-o", "out.csv", *NAMED, "--lists", "eu_fsf,xx"), "nothing is held of a list 'xx'"),
        (("in.csv", "-o", "out.csv", *NAMED, "--delimiter", "::"), "--delimiter wants one sign"),
        (("in.csv", "-o", "out.csv", *NAMED, "--master", "local"), "--engine spark"),
        (("in.csv", "-o", "out.csv", *NAMED, "--as-of", "2024-01-01"), "files of entities have no dates"),
        (("in.csv", "-o", "s3://desk/out.csv", *NAMED), "--work"),
    ],
)
def test_a_call_that_nobody_can_answer_is_refused(screen, tmp_path, options, told):
    """With what is wrong, in a line, and nothing is left behind."""
    code, _, err = screen(*options)

    assert code == 2
    assert told in err
    assert not list(tmp_path.glob("out*"))


@pytest.mark.usefixtures("customers")
def test_without_a_register_there_is_nobody_to_screen_against(screen):
    """An empty list of matches would be an answer, and a wrong one."""
    code, _, err = screen("in.csv", "-o", "out.csv", *NAMED, against=())

    assert code == 2
    assert "tizim up" in err


@pytest.mark.usefixtures("customers")
def test_each_row_may_say_what_it_is(screen, tmp_path):
    """By a column of schemata; a row with none that there is, is told."""
    (tmp_path / "in.csv").write_text(
        "name;kind\nAnvar Testov;Person\nAnvar Testov;Vessel\nAnvar Testov;Zebra\nAnvar Testov;\n", encoding="utf-8"
    )

    code, _, _ = screen("in.csv", "-o", "out.csv", "--schema-column", "kind", "--delimiter", ";", "--schema", "Person")

    rows = [line.split(",")[0] for line in (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert (code, rows) == (3, ["1", "4"])
    assert "no schema 'Zebra'" in (tmp_path / "out.csv.rejects.csv").read_text(encoding="utf-8")


def test_spark_is_named_where_it_is_missing(screen, customers, monkeypatch):
    """An extra that is not installed is told with the way to install it."""
    import builtins  # noqa: PLC0415 - one use

    known = builtins.__import__

    def without(name, *more):
        if name.startswith("pyspark"):
            raise ImportError(name)
        return known(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    code, _, err = screen("in.csv", "-o", "out.csv", *NAMED, "--engine", "spark", workers=())

    assert code == 2
    assert "--with spark" in err
