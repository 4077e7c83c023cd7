"""Keys at the command line."""

import json

import pytest

from tizim.cli import main


@pytest.fixture
def tizim(tmp_path, monkeypatch, capsys):
    """Runs a command in an empty home."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    for name in ("TIZIM_REGISTER_URL", "TIZIM_CUSTOMERS_URL"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        try:
            main(list(arguments))
            code = 0
        except SystemExit as end:
            code = end.code or 0
        return code, capsys.readouterr()

    return run


def test_a_key_is_shown_once_listed_without_its_secret_and_revoked(tizim):
    """Standard output has the key alone, for scripts."""
    code, said = tizim("key", "new", "The desk", "--scope", "screen", "--scope", "read", "--until", "2999-01-01")
    text = said.out.strip()
    assert code == 0
    assert text.startswith("tizim_")
    identifier = text.split("_")[1]

    for words in (("key",), ("key", "list", "--json")):
        _, listed = tizim(*words)
        assert identifier in listed.out
        assert text.split("_", 2)[2] not in listed.out
    assert tizim("key", "revoke", identifier)[0] == 0
    assert json.loads(tizim("key", "list", "--json")[1].out)[0]["revoked"]


def test_what_is_no_key_is_told(tizim):
    """Nothing is made of it."""
    assert "there is no key" in tizim("key")[1].out
    assert tizim("key", "revoke", "nothing")[0] == 2
    assert tizim("key", "new", "x")[0] == 2
    assert tizim("key", "new", "x", "--scope", "all")[0] == 2


@pytest.mark.parametrize(("name", "value"), [("TIZIM_API_KEYS", "yes"), ("TIZIM_RATE_LIMIT", "-1")])
def test_a_setting_that_says_nothing_is_refused_before_anything_listens(tizim, monkeypatch, name, value, tmp_path):
    """A word misspelt must not leave a door open."""
    path = tmp_path / "a.json"
    path.write_text('{"id": "a", "schema": "Person", "properties": {"name": ["A B"]}}\n', encoding="utf-8")
    monkeypatch.setenv(name, value)

    code, said = tizim("serve", "--port", "0", "--entities", f"{path}=one")

    assert code == 2
    assert name in said.err
