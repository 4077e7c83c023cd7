"""Versions of news at the command line: what is refused, with which code, and what it says."""

import json

import pytest
from tests.engines_made import serving

from tizim.app import App
from tizim.cli import main
from tizim.settings import Settings

ID = "2026-02-03-ruritania-opens"


@pytest.fixture
def tizim(tmp_path, monkeypatch, capsys):
    """Runs a command of bulletins in an empty register, with news that are approved and an engine that fails."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    for name in ("REGISTER_URL", "MAIN_LANGUAGE", "TRANSLATE_ENGINE", "TRANSLATE_URL", "TRANSLATE_SECONDS"):
        monkeypatch.delenv(f"TIZIM_{name}", raising=False)
    App(Settings.read()).made()

    def run(*arguments):
        try:
            main(["bulletin", *arguments])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return code, read.out + read.err

    file = tmp_path / "news.md"
    file.write_text("# Ruritania opens\n\nThe port was opened.", encoding="utf-8")
    assert run("new", str(file), "--author", "Ann", "--day", "2026-02-03")[0] == 0
    assert run("approve", ID, "--author", "Ben")[0] == 0
    return run


def test_what_cannot_be_asked_for_says_what_to_do(tizim, monkeypatch, tmp_path):
    """The caller's turn, code 2, one line; nothing is kept."""
    translate = ("translate", ID, "--to", "fr", "--author", "Ann")
    assert "set TIZIM_TRANSLATE_ENGINE to libre, chat or local" in tizim(*translate)[1]
    for engine, url, seconds, reason in (
        ("magic", "http://x", "9", "TIZIM_TRANSLATE_ENGINE is 'magic': write libre, chat or local"),
        ("libre", "nowhere", "9", "'nowhere' is no address"),
        ("libre", "http://me:secret@x", "9", "no password stands in an address"),
        ("chat", "http://x", "9", "TIZIM_TRANSLATE_MODEL: name the model"),
        ("libre", "http://x", "soon", "TIZIM_TRANSLATE_SECONDS is 'soon'"),
    ):
        monkeypatch.setenv("TIZIM_TRANSLATE_ENGINE", engine)
        monkeypatch.setenv("TIZIM_TRANSLATE_URL", url)
        monkeypatch.setenv("TIZIM_TRANSLATE_SECONDS", seconds)
        code, said = tizim(*translate)
        assert (code, said.count("\n")) == (2, 1)
        assert reason in said
        assert "secret" not in said
    monkeypatch.setenv("TIZIM_TRANSLATE_SECONDS", "9")
    for arguments, reason in (
        (["translate", ID, "--to", "tlh", "--author", "Ann"], "no pages are made in 'tlh'"),
        (["translate", ID, "--to", "en", "--author", "Ann"], "the language of the text itself"),
        (["translate", "nothing", "--author", "Ann"], "there is no bulletin 'nothing'"),
        (["release", "0123", "--author", "Ben", "--reason", "x"], "there is no version '0123'"),
        (["review", ""], "there is no version ''"),
        (["new", str(tmp_path / "none.md"), "--author", "Ann"], "cannot be read"),
        (["new", str(tmp_path / "news.md"), "--author", "Ann", "--list", "no-list"], "no-list"),
    ):
        code, said = tizim(*arguments)
        assert code == 2
        assert reason in said
    assert tizim("held") == (0, "nothing waits\n")
    assert tizim("versions", ID) == (0, "no versions\n")


def test_an_engine_that_fails_leaves_a_version_that_waits_with_the_reason(tizim, monkeypatch):
    """It can be looked at and taken back, and there is nothing to release."""
    with serving(lambda *_: (500, "no memory")) as server:
        monkeypatch.setenv("TIZIM_TRANSLATE_ENGINE", "libre")
        monkeypatch.setenv("TIZIM_TRANSLATE_URL", f"http://127.0.0.1:{server.server_address[1]}")
        code, said = tizim("translate", ID, "--to", "fr", "--author", "Ann")

    assert code == 0
    assert "  held  fr  " in said
    assert "answered with status 500: no memory" in said
    (held,) = json.loads(tizim("held", "--json")[1])
    assert "answered with status 500" in tizim("review", held["id"])[1]
    assert "has no text that could be read" in tizim("release", held["id"], "--author", "Ben", "--reason", "x")[1]
    assert "  taken back  fr  " in tizim("take-back", held["id"][:6], "--author", "Ben", "--reason", "Broken")[1]
    assert "was taken back by Ben" in tizim("take-back", held["id"], "--author", "Cy", "--reason", "Again")[1]
    assert tizim("held") == (0, "nothing waits\n")
