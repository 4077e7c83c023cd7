"""Decisions at the door: what a person enters from the command line, and what comes of it."""

import pytest

from tizim.cli import main

LIST = "kz-list"
ENTER = ("--list", LIST, "--author", "Ann B. Clerk", "--act", "an act invented")


@pytest.fixture
def tizim(tmp_path, monkeypatch, capsys):
    """Runs a command in a home with the starter."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)

    def run(*arguments):
        try:
            main(list(arguments))
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return code, read.out + read.err

    assert run("up", "--no-serve", "--offline")[0] == 0
    return run


def test_a_delisting_of_an_unknown_day_is_one_by_the_day_on_which_it_was_told(tizim):
    """That nobody knows the day does not keep the entry on the list."""
    told = ("--announced", "2026-03-02=Ministry")

    assert tizim("decide", "delist", "Лашкар-и-Тайба", *ENTER, *told)[0] == 0
    _, before = tizim("ask", "Лашкар-и-Тайба", "--list", LIST, "--as-of", "2026-03-01")
    _, after = tizim("ask", "Лашкар-и-Тайба", "--list", LIST, "--as-of", "2026-03-02")

    assert "the state on the day asked for is unknown" in " ".join(before.split())
    assert "between 2 November 2015 and 2 March 2026" in " ".join(after.split())
    assert "Taken off" in after


def test_bytes_that_are_no_text_are_the_caller_s(tizim):
    """They are refused with the argument, and nothing is entered."""
    code, said = tizim("decide", "delist", "Лашкар-и-Тайба", *ENTER, "--reason", "\udc9b")

    assert (code, said) == (2, "tizim: \\udc9b is no text in UTF-8\n")
    assert tizim("decisions") == (0, "no decisions\n")


def test_decisions_of_a_list_that_there_is_not_are_refused(tizim):
    """None on a list and no such list are two answers."""
    code, said = tizim("decisions", "--list", "nolist")

    assert code == 2
    assert "no official list has the id 'nolist'" in said


def test_an_impact_tells_days_in_words(tizim):
    """An interval as the register writes it is none."""
    _, said = tizim("impact", "QDe.137", "--list", "un-1267", "--as-of", "2026-02-01")

    assert "kz-list: not observed, since 2 November 2015 at the latest" in said
    assert "../" not in said
