"""``tizim due``: options, formats and exit codes."""

import json

import pytest
from tests.makers import Ticking, a_register

from tizim.cli import main
from tizim.keep.starter import load


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The home of somebody who ran ``tizim up`` (nobody writes to it)."""
    folder = tmp_path_factory.mktemp("home")
    register = a_register(folder)
    load(register, Ticking())
    register.close()
    return folder


@pytest.fixture
def tizim(home, monkeypatch, capsysbinary):
    """Runs a command; gives its exit code and what it printed."""
    monkeypatch.setenv("TIZIM_HOME", str(home))
    monkeypatch.setenv("TIZIM_REGISTER_URL", f"sqlite:///{home / 'register.sqlite'}")

    def run(*arguments):
        try:
            main(list(arguments))
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsysbinary.readouterr()
        return code, read.out, read.err.decode()

    return run


def test_the_calendar_as_a_table(tizim):
    """What a reviewer prints in the morning."""
    code, out, _ = tizim("due", "ph-atc", "--as-of", "2024-01-01")

    assert code == 0
    assert out.decode().startswith("2 overdue, 0 expired, 1 to come, 0 without a known day. As of the end of 1 January")
    assert b"2023-12-09  overdue  ph-atc  Islamic State East Asia  review every 3 years" in out


def test_the_keys_that_others_rely_on(tizim):
    """One array of days, each with these keys at least."""
    code, out, _ = tizim("due", "--as-of", "2024-01-01", "--json")

    found = json.loads(out)
    assert code == 0
    assert all({"list", "subject", "name", "due", "rule", "state"} <= one.keys() for one in found)
    assert {one["state"] for one in found} == {"overdue", "expired", "due", "expires", "unknown", "none"}


@pytest.mark.parametrize("limit", [("--until", "2024-04-01"), ("--within", "P3M")])
def test_a_limit_by_day_and_by_period(tizim, limit):
    """Three months from the day asked for are until 1 April."""
    _, out, _ = tizim("due", "us-fto", "--as-of", "2024-01-01", "--json", *limit)

    found = {one["subject"]: one["state"] for one in json.loads(out)}
    assert "irgc" not in found
    assert found["isis-sinai"] == "unknown"
    assert set(found.values()) == {"overdue", "unknown"}


def test_an_icalendar_on_standard_output_and_in_a_file_is_the_same(tizim, tmp_path):
    """With the line ends of the format, wherever it goes."""
    _, out, _ = tizim("due", "nz-tsa", "--as-of", "2024-01-01", "--known-at", "2026-11-22", "--ics", "-")
    file = tmp_path / "due.ics"
    code, said, _ = tizim("due", "nz-tsa", "--as-of", "2024-01-01", "--known-at", "2026-11-22", "--ics", str(file))

    assert code == 0
    assert out.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert file.read_bytes() == out
    assert f"days in {file}".encode() in said


def test_json_and_a_file_in_one_run(tizim, tmp_path):
    """A file for the calendar, JSON for the program."""
    _, out, _ = tizim("due", "ph-atc", "--as-of", "2024-01-01", "--json", "--ics", str(tmp_path / "due.ics"))

    assert len(json.loads(out)) == 3
    assert (tmp_path / "due.ics").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("un-1268",), "did you mean un-1267"),
        (("--until", "soon"), "--until wants a day"),
        (("--within", "3 months"), "is not an ISO period"),
        (("--within", "P9999Y"), "reaches beyond the calendar"),
        (("--until", "2024-06-01", "--within", "P3M"), "give one of them"),
        (("--as-of", "2024-01-01", "--until", "2023-01-01"), "give a later day"),
        (("--json", "--ics", "-"), "name a file for --ics"),
        (("--ics", "/no/such/folder/due.ics"), "cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_one_clear_sentence(tizim, arguments, words):
    """The caller's turn ends with 2 and says what to do."""
    code, _, err = tizim("due", *arguments)

    assert code == 2
    assert words in err
    assert err.count("\n") == 1
