"""Customers are watched and hooks told from the command line."""

import json

import pytest

from tizim.cli import main

SECRET = "a secret of more than thirty-two characters"


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """Runs a command; gives its code and what it printed."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TIZIM_CUSTOMERS_KEY", SECRET)
    for name in ("REGISTER_URL", "CUSTOMERS_URL", "POLICY", "SMTP_URL", "MAIL_FROM", "WEBHOOK_PRIVATE"):
        monkeypatch.delenv(f"TIZIM_{name}", raising=False)

    def run(*words):
        try:
            main(list(words))
            code = 0
        except SystemExit as end:
            code = end.code
        out = capsys.readouterr()
        return code, out.out if code != 2 else out.err

    return run


@pytest.fixture
def listed(tmp_path):
    """Writes a list of names; gives the option that names it."""
    path = tmp_path / "list.ftm.json"

    def write(*names):
        rows = [{"id": f"p{at}", "schema": "Person", "properties": {"name": [name]}} for at, name in enumerate(names)]
        path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
        return ("--entities", f"{path}=own", "--workers", "1")

    return write


def test_customers_are_watched_from_a_file_and_told_of(told, tmp_path, listed):
    """The whole way: entered, screened, told, shown, sent, and forgotten."""
    table = tmp_path / "customers.csv"
    table.write_text(
        "id,full,born\nc1,Anwar Testov,1971\nc2,Owen Example,\nc2,Owen Other,\n,Nobody,\n", encoding="utf-8"
    )

    code, out = told(
        "watch", "add", str(table), "--name-column", "full", "--map", "birthDate=born", "--schema", "Person", "--json"
    )
    assert (code, json.loads(out)["added"], json.loads(out)["rejected"]) == (3, 2, 2)
    assert "row 2 has the same id" in (tmp_path / "customers.csv.rejects.csv").read_text()
    assert told("hooks", "add", "mailto:desk@bank.test", "--on", "match")[0] == 0
    assert told("watch", "run", *listed("Pieter Jansen"))[0] == 0
    code, out = told("watch", "run", *listed("Pieter Jansen", "Anvar Testov"), "--strict", "--json")
    done = json.loads(out)
    assert (code, done["screened"], done["new"], done["not_arrived"]) == (5, 1, 1, 1)
    assert "Customer c1 may be Anvar Testov (p1; own)" in told("watch", "told")[1]
    assert json.loads(told("watch", "told", "--since", "1", "--json")[1]) == []
    assert "no server is set for e-mail" in told("hooks", "deliveries")[1]
    assert told("hooks", "again", "1")[0] == 0
    assert told("hooks", "send")[0] == 1
    assert "born" not in told("watch", "list", "--customer", "c1")[1]
    assert "2 customers are watched" in told("watch", "list")[1]
    assert told("watch", "remove", "c1")[0] == 0
    assert "nothing was told" in told("watch", "told")[1]
    assert "nothing waits" in told("hooks", "deliveries")[1]
    assert told("watch", "remove", "c1")[0] == 2


def test_what_cannot_be_done_says_what_to_do(told, tmp_path, monkeypatch, listed):
    """Each with the option or setting that it is about."""
    table = tmp_path / "customers.csv"
    table.write_text("name\nAnwar\n", encoding="utf-8")
    for words, said in (
        (("watch", "add", str(table)), "--id-column"),
        (("hooks", "add", "https://a.test/", "--on", "rain"), "--on wants match or bulletin"),
        (("hooks", "add", "http://a.test/"), "TIZIM_WEBHOOK_PRIVATE"),
        (("hooks", "again", "7"), "no delivery of that number"),
        (("watch", "run", "--policy", "none", "--lists", "nowhere", *listed("A B")), "nothing is held of a list"),
        (("watch", "list", "--customer", "c9"), "no customer of that id"),
    ):
        code, out = told(*words)
        assert (code, said in out) == (2, True), (words, out)
    monkeypatch.setenv("TIZIM_WEBHOOK_PRIVATE", "yes")
    assert "TIZIM_WEBHOOK_PRIVATE is 'refused' or 'allowed'" in told("hooks", "add", "https://a.test/")[1]
    monkeypatch.setenv("TIZIM_CUSTOMERS_KEY", "")
    assert "TIZIM_CUSTOMERS_KEY is not set" in told("watch", "add", str(table))[1]
