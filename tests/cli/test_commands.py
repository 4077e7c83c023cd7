"""The door: exit codes, one-line errors, and JSON whose keys others rely on."""

import gzip
import json
import socket
import sqlite3
import tarfile

import click
import pytest
from tests.makers import connections_counted

from tizim.cli import main
from tizim.cli.main import COMMANDS
from tizim.cli.main import tizim as tizim_command


class Ran:
    """What a command left behind."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        """Its standard output as JSON."""
        return json.loads(self.out)


@pytest.fixture
def tizim(tmp_path, monkeypatch, capsys):
    """Runs a command in a home of its own."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)

    def run(*arguments):
        try:
            main(list(arguments))
            code = 0
        except SystemExit as end:
            code = end.code or 0
        read = capsys.readouterr()
        return Ran(code, read.out, read.err)

    run.home = tmp_path / "home"
    return run


def a_un_file(path, *keys, day="2024-01-05"):
    """A UN-like file of *day* with invented entries."""
    people = "".join(
        f"<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>Invented {key}</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{key}</REFERENCE_NUMBER><LISTED_ON>2010-01-01</LISTED_ON></INDIVIDUAL>"
        for n, key in enumerate(keys)
    )
    path.write_text(
        f'<CONSOLIDATED_LIST dateGenerated="{day}T01:00:00Z"><INDIVIDUALS>{people}</INDIVIDUALS>'
        "<ENTITIES></ENTITIES></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    return path


BULLETIN = ("approve", "correct", "draft", "list", "propose", "publish", "show", "withdraw")
"""the commands of the one group"""


def test_the_group_of_commands_explains_itself_and_names_its_own(tizim):
    """What is below a group is found from its help."""
    ran = tizim("bulletin", "--help")

    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in BULLETIN)


def _commands():
    """Each command as it is typed, those of groups one by one."""
    for name in sorted(COMMANDS):
        own = tizim_command.get_command(click.Context(tizim_command), name)
        if isinstance(own, click.Group):
            yield from ((name, one) for one in sorted(own.commands))
        else:
            yield (name,)


@pytest.mark.parametrize("command", list(_commands()), ids=" ".join)
def test_every_command_has_help(tizim, command):
    """A command that cannot explain itself is not finished."""
    ran = tizim(*command, "--help")

    assert ran.code == 0
    assert "--json" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "un-sc"), ("ask", "Taliban", "--list", "kz-list"), ("history", "taliban"), ("lists",), ("verify",),
        ("diff", "un-sc", "--from", "2024-01-01", "--to", "2024-02-01"), ("rebuild",), ("match", "Taliban"),
    ],
)  # fmt: skip
def test_without_a_register_a_reading_command_says_so_and_makes_none(tizim, arguments):
    """An empty register that answers would look like knowledge."""
    ran = tizim(*arguments)

    assert ran.code == 2
    assert ran.err.startswith("tizim: there is no register at ")
    assert ran.err.count("\n") == 1
    assert not tizim.home.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "un-scc"), "did you mean un-sc"),
        (("show", "un-sc", "--as-of", "2024-13-01"), "--as-of wants a day"),
        (("show", "un-sc", "--known-at", "lately"), "--known-at wants"),
        (("ask", "nobody at all", "--list", "un-sc"), "no subject called 'nobody at all'"),
        (("keep", "un-scc", "--from", "x"), "did you mean un-sc"),
        (("keep", "un-sc", "--from", "/no/such/file"), "there is no file /no/such/file"),
        (("keep", "un-sc"), "name the files"),
        (("diff", "un-sc", "--from", "2024-02-01", "--to", "2024-01-01"), "is later than"),
        (("diff", "un-sc", "--from", "1999-01-01", "--to", "2024-01-01"), "no document of un-sc"),
        (("verify", "--head", "12"), "--head wants SEQUENCE:HASH"),
        (("verify", "--head", ""), "--head wants SEQUENCE:HASH"),
        (("history", "a\n\x1b[2Jb\u202e"), r"no subject called 'a \x1b[2Jb\u202e'"),
        (("nonsense",), "No such command"),
    ],
)
def test_what_cannot_be_answered_is_one_clear_sentence(tizim, tmp_path, arguments, words):
    """The caller's turn ends with 2 and says what to do."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))

    ran = tizim(*arguments)

    assert ran.code == 2
    assert words in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("lists",),
        ("verify",),
        ("show", "un-sc"),
        ("show", "un-scc"),
        ("history", "nobody"),
        ("up", "--offline", "--no-serve"),
        ("rebuild",),
    ],
)
def test_a_command_closes_every_connection_that_it_opened(tizim, tmp_path, arguments):
    """A server has few of them to give, and whoever calls the command in a process of their own would lose them all."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))

    with connections_counted() as still_open:
        tizim(*arguments)

    assert still_open == []


def test_keep_reports_each_document_and_a_bad_one_does_not_stop_the_others(tizim, tmp_path):
    """One of several was refused: 3, and the others are kept."""
    good = a_un_file(tmp_path / "good.xml", "QDi.001", "QDi.002")
    later = a_un_file(tmp_path / "later.xml", "QDi.001", "QDi.002", "QDi.003", day="2024-02-05")
    bad = tmp_path / "bad.xml"
    bad.write_text("<html>an error page</html>")

    ran = tizim("keep", "un-sc", "--json", "--from", str(later), str(bad), str(good))

    assert ran.code == 3
    assert ran.err == "tizim: 1 refused of 3; bad.xml: line 1, column 1: this is an HTML page, not a list\n"
    outcome = {one["file"]: one for one in ran.json["documents"]}
    assert outcome["bad.xml"]["outcome"] == "refused"
    assert "HTML" in outcome["bad.xml"]["reason"]
    assert [one["file"] for one in ran.json["documents"] if one["outcome"] == "kept"] == ["good.xml", "later.xml"]
    assert outcome["later.xml"]["new"] == 1
    assert set(outcome["good.xml"]) >= {"file", "outcome", "reason", "new", "changed", "absent", "unread"}


def test_a_tar_in_which_there_is_nothing_is_refused(tizim, tmp_path):
    """Ending with 0 would tell a nightly job that the list of the day was kept."""
    with tarfile.open(tmp_path / "empty.tar.xz", "w:xz"):
        pass
    (tmp_path / "no.tar.xz").write_bytes(b"no tar")

    ran = tizim("keep", "un-sc", "--from", str(tmp_path / "empty.tar.xz"), str(tmp_path / "no.tar.xz"))

    assert ran.code == 3
    assert ran.err == "tizim: 2 refused of 2; the first: empty.tar.xz: there is no file in it\n"
    assert ran.out.startswith("refused  empty.tar.xz: there is no file in it\nrefused  no.tar.xz: cannot be unpacked: ")
    assert ran.out.count("\n") == 2


def test_who_fetched_a_file_may_say_when_and_answers_cite_it(tizim, tmp_path):
    """A document's date is the publisher's; when it was fetched only the person knows."""
    given = str(a_un_file(tmp_path / "a.xml", "QDi.001"))
    tizim("keep", "un-sc", "--from", given, "--retrieved-at", "2024-01-06T07:08Z")

    cited = tizim("history", "QDi.001", "--json", "--statements").json["records_say"][0]["first"]

    assert cited["retrieved_at"] == "2024-01-06T07:08:00Z"
    assert "--retrieved-at wants" in tizim("keep", "un-sc", "--from", given, "--retrieved-at", "lately").err


def test_verify_also_finds_an_answers_table_that_is_not_what_the_log_says(tizim, tmp_path):
    """The chain proves the log; what is read every day is made from it."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))
    whole = tizim("verify", "--projections")
    with sqlite3.connect(tizim.home / "register.sqlite") as other:
        other.execute("UPDATE headline SET name = 'Somebody Else'")
    other.close()

    assert whole.code == 0
    assert "all that is derived is what the log says" in whole.out
    assert tizim("verify").code == 0
    ran = tizim("verify", "--projections")
    assert ran.code == 1
    assert "the projection headline is not what the log says: run 'tizim rebuild'" in ran.out
    tizim("rebuild")
    assert tizim("verify", "--projections").code == 0


def test_a_fall_in_entries_is_set_aside_until_a_person_accepts_it(tizim, tmp_path):
    """More than a quarter fewer than the nearest document held waits."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001", "QDi.002", "QDi.003", "QDi.004")))
    small = a_un_file(tmp_path / "b.xml", "QDi.001", "QDi.002", day="2024-02-05")
    head = tizim("verify", "--json").json

    aside = tizim("keep", "un-sc", "--json", "--from", str(small))
    after = tizim("verify", "--json").json
    taken = tizim("keep", "un-sc", "--json", "--accept-drop", "--from", str(small))

    assert (aside.code, aside.json["documents"][0]["outcome"]) == (3, "suspicious")
    assert after["hash"] == head["hash"]
    assert (taken.code, taken.json["documents"][0]["outcome"], taken.json["documents"][0]["absent"]) == (0, "kept", 2)


def test_show_and_diff_carry_the_keys_that_others_rely_on(tizim, tmp_path):
    """Keys are added, never renamed."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001", "QDi.002")))
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "b.xml", "QDi.002", "QDi.003", day="2024-02-05")))

    shown = tizim("show", "un-sc", "--as-of", "2024-02-05", "--json").json
    changed = tizim("diff", "un-sc", "--from", "2024-01-05", "--to", "2024-02-05", "--json").json

    assert set(shown) >= {"list", "members", "as_of", "last_observed", "stale"}
    assert set(shown["as_of"]) == {"valid_at", "known_at", "basis"}
    assert [one["reference"] for one in shown["members"]] == ["QDi.002", "QDi.003"]
    assert set(shown["members"][0]) >= {"subject", "reference", "name", "status", "since"}
    assert [one["reference"] for one in changed["added"]] == ["QDi.003"]
    assert [one["reference"] for one in changed["gone"]] == ["QDi.001"]
    assert set(changed) >= {"list", "from", "to", "added", "gone", "amended", "as_of", "last_observed", "stale"}


def test_diff_under_strict_ends_with_five_if_anything_changed(tizim, tmp_path):
    """A script can ask whether there is something to look at."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "b.xml", "QDi.001", "QDi.002", day="2024-02-05")))

    assert tizim("diff", "un-sc", "--from", "2024-01-05", "--to", "2024-02-05", "--strict").code == 5
    assert tizim("diff", "un-sc", "--from", "2024-01-05", "--to", "2024-01-06", "--strict").code == 0


def test_ask_has_its_parts_whatever_the_answer(tizim, tmp_path):
    """Parts, not verdicts: every part is there, empty or not."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))

    told = tizim("ask", "Invented QDi.001", "--list", "un-1267", "--as-of", "2024-01-05", "--json").json

    parts = {
        "subject", "list", "own_entry", "associated", "collisions", "measures", "held_elsewhere", "held_before",
        "conflicts", "statements", "as_of", "last_observed", "stale",
    }  # fmt: skip
    assert parts <= set(told)
    assert told["own_entry"]["status"] == "listed"


def test_verify_proves_an_earlier_head_and_finds_a_changed_value(tizim, tmp_path):
    """0 if the chain is whole, 1 if not; a published head is proved or refuted."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))
    head = tizim("verify", "--json").json
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "b.xml", "QDi.001", "QDi.002", day="2024-02-05")))

    proved = tizim("verify", "--head", f"{head['sequence']}:{head['hash']}")
    refuted = tizim("verify", "--head", f"{head['sequence']}:{'0' * 64}")
    with sqlite3.connect(tizim.home / "register.sqlite") as connection:
        connection.execute("DROP TRIGGER payload_no_update")
        connection.execute("UPDATE payload SET data = replace(data, 'Invented', 'Invited')")
    connection.close()
    changed = tizim("verify", "--json")

    assert set(head) >= {"sequence", "hash", "time"}
    assert proved.code == 0
    assert refuted.code == 1
    assert changed.code == 1
    assert "was changed" in changed.json["faults"][0]


def test_a_register_that_another_writes_is_busy(tizim, tmp_path, monkeypatch):
    """4: try again when the other has finished; readers are not disturbed."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))
    monkeypatch.setattr("tizim.app.SqlRegister.__init__.__kwdefaults__", {"wait_seconds": 0.2})
    other = sqlite3.connect(tizim.home / "register.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    busy = tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "b.xml", "QDi.001", day="2024-02-05")))
    read = tizim("show", "un-sc")
    other.execute("ROLLBACK")
    other.close()

    assert busy.code == 4
    assert "another process" in busy.err
    assert read.code == 0


def test_a_file_that_is_no_register_is_told_as_damage(tizim):
    """1: our turn, in one line, and the file is left alone."""
    tizim.home.mkdir()
    (tizim.home / "register.sqlite").write_bytes(b"this is no database at all, " * 100)

    ran = tizim("show", "un-sc")

    assert ran.code == 1
    assert "damaged or not a register" in ran.err
    assert (tizim.home / "register.sqlite").read_bytes().startswith(b"this is no")


def test_up_fills_the_register_once_and_says_that_the_network_gave_nothing(tizim, monkeypatch):
    """A second run adds nothing; without a network the starter's copies stand."""

    def no_network(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "no route")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    first = tizim("up", "--no-serve", "--json")
    second = tizim("up", "--no-serve", "--json")

    assert (first.code, second.code) == (0, 0)
    assert first.json["starter_documents_added"] > 20
    assert second.json["starter_documents_added"] == 0
    assert second.json["head"] == first.json["head"]
    assert "could not be fetched" in first.json["network"]
    pairs = {one["national"]["subject"]: one for one in first.json["beside"][0]["pairs"]}
    assert pairs["al-qaida"]["reference"]["reference"] == "QDe.004"
    assert pairs["al-qaida"]["by_judgement_of"] == ["ledger"]
    assert pairs["taliban"]["counterpart"] == "members only"


def test_withhold_takes_the_value_away_and_leaves_its_mark(tizim, tmp_path):
    """The bytes are gone from the whole home; the chain is whole; the statement shows as withheld."""
    tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))
    told = tizim("history", "QDi.001", "--statements", "--json").json
    statement = next(one["statement"] for one in told["records_say"] if one["property"] == "name")

    ran = tizim("withhold", statement, "--author", "A Court", "--ground", "order of the court", "--json")

    assert ran.json["withheld"] == 1
    assert tizim("verify").code == 0
    after = tizim("history", "QDi.001", "--statements", "--json").json
    assert any(one["withheld"] for one in after["records_say"])
    for path in tizim.home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            assert b"Invented QDi.001" not in data, path


def test_a_home_that_cannot_be_a_folder_is_the_callers_to_mend(tizim, tmp_path):
    """TIZIM_HOME is input: a wrong one is no fault of ours."""
    tizim.home.write_text("a file")

    ran = tizim("keep", "un-sc", "--from", str(a_un_file(tmp_path / "a.xml", "QDi.001")))

    assert ran.code == 2
    assert ran.err == f"tizim: no folder can be made at {tizim.home}: File exists; see TIZIM_HOME\n"
