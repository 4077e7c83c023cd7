import multiprocessing
import os
import subprocess
import sys

import msgspec
import pytest

from tizim.errors import BadInput
from tizim.screen import Screener, storing

QUERIES = ["Vladimir Putin", "Owen Example", "Salman bin Ahmed", "弗拉基米尔 普京", "Nobody Here", ""]


@pytest.fixture
def saved(screener, tmp_path):
    """The small list in a file."""
    path = tmp_path / "names.tizim"
    screener.save(path)
    return path


def answers(screener, told):
    """All that can be asked, by all schemata."""
    return [
        told(screener.match(name, schema, limit=10, facts=facts))
        for name in QUERIES
        for schema in ("Person", "LegalEntity", "Company", "Vessel")
        for facts in (None, {"countries": "ru"})
    ]


def refused(path, words):
    """Open it: it must be refused with one sentence that names the file and says why."""
    with pytest.raises(BadInput) as caught:
        Screener.open(path)

    message = str(caught.value)
    assert str(path) in message
    assert words in message
    assert "\n" not in message


def test_a_screener_opened_from_a_file_gives_the_same_answers(screener, saved, told):
    """Scores, order, facts and explanations alike."""
    opened = Screener.open(saved)

    assert answers(opened, told) == answers(screener, told)
    assert (len(opened), opened.names) == (len(screener), screener.names)
    one, other = (it.match("Putin, Vladimir", facts={"countries": "fr"})[0].explain() for it in (opened, screener))
    assert one == other


def test_a_path_may_be_a_text(saved):
    """As for Python's own open."""
    assert len(Screener.open(str(saved))) == len(Screener.open(saved))


def test_periods_and_odd_names_survive_the_file(tmp_path):
    """Whatever a string can hold."""
    screener = Screener.build(
        [
            ("\ud800", "Person", ["Owen\ud800 Example\0"], {"periods": [("2001-01-01", "2002-01-01")]}),
            ("ид", "Person", ["Owen Example"]),
        ]
    )
    screener.save(tmp_path / "odd")
    opened = Screener.open(tmp_path / "odd")

    assert {one.id for one in opened.match("Owen Example")} == {"\ud800", "ид"}
    assert {one.id for one in opened.match("Owen Example", as_of="2002-01-01")} == {"ид"}
    assert "Owen\ud800 Example\0" in {one.name for one in opened.match("Owen Example")}


def test_an_empty_screener_can_be_saved_and_opened(tmp_path):
    """A list may have lost all its entries."""
    Screener.build([]).save(tmp_path / "empty")

    opened = Screener.open(tmp_path / "empty")

    assert (len(opened), opened.match("Owen Example")) == (0, [])


def test_an_opened_screener_can_be_saved_again_to_the_same_bytes(saved, tmp_path):
    """The file is a function of the list; and saving over the file that is mapped harms neither."""
    first = saved.read_bytes()
    opened = Screener.open(saved)

    opened.save(saved)

    assert saved.read_bytes() == first
    assert opened.match("Vladimir Putin")[0].id == "p1"


def test_saving_replaces_an_older_file_and_leaves_nothing_else(screener, saved):
    """Who has the older one mapped keeps it."""
    older = Screener.open(saved)
    Screener.build([("new", "Person", ["Jane Roe"])]).save(saved)

    assert [one.name for one in saved.parent.iterdir()] == [saved.name]
    assert Screener.open(saved).match("Jane Roe")[0].id == "new"
    assert older.match("Vladimir Putin")[0].id == "p1"


def test_a_damaged_byte_anywhere_is_found(saved):
    """A list with one wrong bit answers wrongly for ever."""
    whole = saved.read_bytes()
    head = whole.index(b"\n", len(storing._MAGIC)) + 1
    places = [*range(head), *range(head, len(whole), 97), len(whole) - 1]

    for at in places:
        saved.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BadInput, match="build it anew"):
            Screener.open(saved)


@pytest.mark.parametrize("kept", [0, 1, 13, 14, 15, 100, 0.5, -1])
def test_a_file_cut_short_is_refused(saved, kept):
    """A copy that broke off."""
    whole = saved.read_bytes()
    saved.write_bytes(whole[: int(kept * len(whole)) if isinstance(kept, float) else kept])

    refused(saved, "build it anew")


def test_a_file_with_something_after_its_end_is_refused(saved):
    """Two files in one are none."""
    saved.write_bytes(saved.read_bytes() + b"\0")

    refused(saved, "damaged (its checksum differs)")


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\n1,Owen\n",
        b"SQLite format 3\0" + bytes(5000),
        b"\x89PNG\r\n",
        b"tizim names 2\n{}\n",
        b"tizim names 1\nnonsense\n",
        b"tizim names 1\n" + b"x" * 3_000_000,
    ],
)
def test_a_foreign_file_is_refused(tmp_path, content):
    """Somebody will name the wrong one."""
    path = tmp_path / "foreign"
    path.write_bytes(content)

    refused(path, "build it anew")


def with_head(path, **changes):
    """The file with a changed head, its content whole."""
    whole = path.read_bytes()
    end = whole.index(b"\n", len(storing._MAGIC))
    head = msgspec.json.decode(whole[len(storing._MAGIC) : end]) | changes
    path.write_bytes(storing._MAGIC + msgspec.json.encode(head) + b"\n" + whole[end + 1 :])


@pytest.mark.parametrize("changes", [{"algorithm": "tizim-0"}, {"tables": "0" * 64}])
def test_a_file_made_by_another_version_is_refused(saved, changes):
    """Its words were read in another way, so that its scores would be others."""
    with_head(saved, **changes)

    refused(saved, "was made by another version of tizim")


@pytest.mark.parametrize(
    "changes",
    [
        {"arrays": {}},
        {"arrays": {"index.words": {"type": "|u1", "shape": [1 << 40, 88], "place": 0}}},
        {"arrays": {"index.words": {"type": "|O", "shape": [1], "place": 0}}},
        {"arrays": {"index.words": {"type": "nonsense", "shape": [1], "place": 0}}},
        {"arrays": {"index.words": {"type": "|u1", "shape": [1], "place": -8}}},
        {"size": 0},
        {"sha256": ""},
    ],
)
def test_a_head_that_does_not_fit_its_content_is_refused(saved, changes):
    """A head is not covered by the checksum of what follows it."""
    with_head(saved, **changes)

    refused(saved, "build it anew")


def test_what_is_no_file_is_refused(tmp_path):
    """A folder, and nothing at all."""
    refused(tmp_path, "cannot be read")
    refused(tmp_path / "missing", "cannot be read")


def test_a_screener_is_not_written_where_there_is_no_folder(screener, tmp_path):
    """The message names the path, and nothing is left behind."""
    with pytest.raises(BadInput, match="cannot be written"):
        screener.save(tmp_path / "missing" / "names")
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        screener.save(tmp_path / "folder")

    assert [one.name for one in tmp_path.iterdir()] == ["folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_file_that_may_not_be_read_or_written_is_refused(screener, saved):
    """The reason is the system's own."""
    saved.chmod(0)
    refused(saved, "Permission denied")
    saved.parent.chmod(0o500)
    try:
        with pytest.raises(BadInput, match="Permission denied"):
            screener.save(saved.parent / "other")
    finally:
        saved.parent.chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
def test_one_who_may_not_read_or_write_is_told_so(saved):
    """The same, where tests run as root: another user tries."""
    saved.chmod(0o600)
    script = f"""
import os, sys
from pathlib import Path
from tizim.screen import storing
from tizim.errors import BadInput
os.chdir({str(saved.parent)!r})
os.setegid(65534); os.seteuid(65534)
for tried in (lambda: storing.load(Path("names.tizim")), lambda: storing.save(None, Path("x"))):
    try:
        tried()
    except BadInput as error:
        print(error)
"""
    script = script.replace("storing.save(None", "storing.save(whole").replace(
        "os.setegid", 'whole = storing.load(Path("names.tizim"))\nos.setegid'
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - the script above

    assert done.stdout.splitlines() == [
        "the screener names.tizim cannot be read: Permission denied",
        "the screener cannot be written to x: Permission denied",
    ]
    assert [one.name for one in saved.parent.iterdir()] == ["names.tizim"]


def test_nothing_is_left_behind_when_writing_fails(screener, saved, monkeypatch):
    """The older file stays whole, and no half-written one beside it."""
    before = saved.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing.os, "fsync", full)
    with pytest.raises(BadInput, match="No space left on device"):
        screener.save(saved)

    assert [one.name for one in saved.parent.iterdir()] == [saved.name]
    assert saved.read_bytes() == before


def ask(path, barrier, answers):
    """In another process: open, wait for the other, ask."""
    screener = Screener.open(path)
    barrier.wait(60)
    answers.put([(one.id, one.name, one.score) for name in QUERIES for one in screener.match(name, limit=10)])


def test_two_processes_that_open_a_file_at_once_get_the_same_answers(screener, saved):
    """Workers of one server share the file."""
    context = multiprocessing.get_context("spawn")
    barrier, queue = context.Barrier(2), context.Queue()
    workers = [context.Process(target=ask, args=(saved, barrier, queue)) for _ in range(2)]
    for worker in workers:
        worker.start()

    found = [queue.get(timeout=120) for _ in workers]

    for worker in workers:
        worker.join()
    expected = [(one.id, one.name, one.score) for name in QUERIES for one in screener.match(name, limit=10)]
    assert found == [expected, expected]
    assert [worker.exitcode for worker in workers] == [0, 0]
