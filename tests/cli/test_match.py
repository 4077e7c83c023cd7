"""``tizim match``: its keys, its exit codes, and what it refuses."""

import json

import pytest

from tizim.cli import main
from tizim.keep.starter import load
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister
from tizim.screen import listed

KEYS = {
    "subject", "reference", "list", "name", "score", "order", "explanation", "status", "schema", "main_name", "match",
}  # fmt: skip
HAQQANI = ("Haqqani Sirajuddin", "--list", "un-1988", "--as-of", "2024-01-15")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home filled from the starter, to be read only."""
    from tests.makers import Ticking  # noqa: PLC0415 - one use

    folder = tmp_path_factory.mktemp("home")
    register = SqlRegister(f"sqlite:///{folder / 'register.sqlite'}", Archive(folder / "archive"))
    register.prepare()
    load(register, Ticking())
    register.close()
    return folder


@pytest.fixture
def match(home, monkeypatch, capsys):
    """Runs the command; gives its code, output and errors."""
    monkeypatch.setenv("TIZIM_HOME", str(home))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)

    def run(*arguments):
        try:
            main(["match", *arguments])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return code, read.out, read.err

    return run


def test_its_json_has_the_keys_that_others_rely_on(match):
    """Keys are added, never renamed."""
    code, out, _ = match(*HAQQANI, "--json")

    told = json.loads(out)
    assert code == 0
    assert (told["query"], told["algorithm"], told["threshold"]) == ("Haqqani Sirajuddin", "tizim-1", 0.5)
    assert told["as_of"].keys() == {"valid_at", "known_at", "basis"}
    assert (told["last_observed"], told["stale"]) == ("2023-03-27", True)
    best = told["results"][0]
    assert set(best) >= KEYS
    assert (best["subject"], best["reference"], best["list"]) == ("un-sc:TAi.144", "TAi.144", "un-1988")
    assert (best["status"], best["schema"], best["match"]) == ("listed", "Person", True)
    assert best["score"] == best["explanation"]["score"]
    assert best["explanation"]["aligned"]


def test_the_command_and_the_two_functions_agree(match):
    """One pair of names has one score, whoever asks."""
    from tizim import compare_names  # noqa: PLC0415 - loaded when asked for

    _, out, _ = match("Serajuddin Haqani Khan", "--as-of", "2024-01-15", "--threshold", "0", "--json")

    for row in json.loads(out)["results"]:
        assert row["score"] == compare_names("Serajuddin Haqani Khan", row["name"], row["schema"])


def test_a_subject_on_several_lists_has_a_row_for_each_and_counts_once(match):
    """--limit counts subjects, so that one on many lists crowds nobody out."""
    _, out, _ = match("Hamas", "--as-of", "2024-01-15", "--limit", "1", "--json")

    rows = json.loads(out)["results"]
    assert {row["subject"] for row in rows} == {"hamas"}
    assert len(rows) > 1
    assert len({row["list"] for row in rows}) == len(rows)


def test_strict_ends_with_five_only_if_a_score_makes_a_match(match):
    """A script can ask whether there is something to look at."""
    assert match(*HAQQANI, "--strict")[0] == 5
    assert match(*HAQQANI)[0] == 0
    assert match("Nobody Of That Name", "--list", "un-1988", "--strict", "--threshold", "0")[0] == 0


def test_explain_prints_the_words_behind_a_score(match):
    """A reviewer sees what was compared with what."""
    told = " ".join(match(*HAQQANI, "--explain")[1].split())

    assert "words that go together: " in told
    assert "haqqani = " in told
    assert "what moved the score: " in told
    assert "words that go together" not in match(*HAQQANI)[1]


def test_a_schema_leaves_out_subjects_of_other_kinds(match):
    """Who asks for a vessel does not look for a person."""
    asked = (*HAQQANI, "--json", "--schema")

    assert json.loads(match(*asked, "Person")[1])["results"]
    assert json.loads(match(*asked, "Vessel")[1])["results"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("",), "no letters or digits"),
        (("?!…",), "no letters or digits"),
        (("\u200f\u200b",), "no letters or digits"),
        (("Ali", "--list", "un-1989"), "no official list"),
        (("Ali", "--schema", "Human"), "no schema 'Human'"),
        (("Ali", "--as-of", "yesterday"), "--as-of wants a day"),
        (("Ali", "--limit", "0"), "--limit wants"),
        (("Ali", "--limit", "many"), "--limit"),
        (("Ali", "--threshold", "70"), "--threshold wants"),
        (("Ali", "--threshold", "nan"), "--threshold wants"),
    ],
)
def test_bad_input_is_told_in_one_sentence_and_ends_with_two(match, arguments, told):
    """Whose turn it is, and what to change."""
    code, out, err = match(*arguments)

    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["A" * 100_000, "Ali\udcff Hasan", "\u202eAli\u202c Hasan", "Аli Наsan"])
def test_a_strange_name_is_answered(match, name):
    """Names come from the outside: no length, no broken byte and no control letter stops the command."""
    assert match(name, "--list", "un-1988", "--json")[0] == 0
    assert match(name, "--list", "un-1988")[0] == 0


def test_a_list_of_which_nothing_is_held_gives_an_empty_answer(match):
    """What was searched is told: nothing."""
    code, out, _ = match("Ali Hasan", "--list", "us-csl", "--strict")

    assert code == 0
    assert "compared with 0 names of 0 subjects on us-csl" in out
    assert "Nothing held here speaks of a list searched" in out


def test_the_first_run_after_an_installation_says_why_it_takes_long(match, monkeypatch):
    """A minute of silence looks like a fault."""
    monkeypatch.setattr(listed, "needs_compiling", lambda: True)

    code, out, err = match(*HAQQANI, "--json")

    assert code == 0
    assert "compiling the matcher, once after installation" in err
    assert json.loads(out)["results"]
