"""A file is screened once and whole, however often it is begun and wherever it is stopped."""

import fcntl
import hashlib
import json
from itertools import pairwise

import msgspec
import pytest
from tests.batch.conftest import a_file, customers, read

from tizim.batch.local import Local
from tizim.batch.places import sha256_of
from tizim.batch.terms import Terms
from tizim.batch.writing import COLUMNS
from tizim.errors import BadInput, Busy


class _Stopped(Exception):
    """The run is stopped here."""


def stopping_after(count):
    """Stops a run after *count* chunks."""
    seen = []

    def tell(progress):
        seen.append(progress)
        if len(seen) == count:
            raise _Stopped

    return tell


def test_the_output_has_a_row_for_each_customer_subject_and_list(screen, tmp_path):
    """These ten columns and no others are what reviewers' tools rely on."""
    given = a_file(tmp_path / "in.csv", [("c1", "Anvar Testov"), ("c2", "Nobody Else")])

    outcome = screen(given, tmp_path / "out.csv")

    rows = read(tmp_path / "out.csv")
    assert list(rows[0]) == list(COLUMNS) == [
        "row", "customer_id", "subject", "list", "reference", "name", "score", "order", "algorithm", "data_version",
    ]  # fmt: skip
    assert [(one["row"], one["customer_id"], one["subject"], one["list"], one["reference"]) for one in rows] == [
        ("1", "c1", "p1", "one", "TZi.001"),
        ("1", "c1", "q1", "two", ""),
    ]
    assert (rows[0]["name"], rows[0]["score"], rows[0]["order"]) == ("Anvar Testov", "1.0", "1.0")
    assert {(one["algorithm"], one["data_version"]) for one in rows} == {("tizim-1", outcome.summary.data_version)}
    assert (outcome.summary.rows, outcome.summary.matched, outcome.summary.found) == (2, 1, 2)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_run_that_is_stopped_ends_with_the_same_bytes(screen, tmp_path, form):
    """Whatever was done before is kept, what was not is done once."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    given = a_file(tmp_path / "in.csv", customers(230))
    screen(given, tmp_path / f"whole.{form}", chunk=20)
    out = tmp_path / f"stopped.{form}"

    with pytest.raises(_Stopped):
        screen(given, out, chunk=20, tell=stopping_after(5))
    assert not out.exists()
    outcome = screen(given, out, chunk=20)

    assert outcome.resumed == 5
    assert out.read_bytes() == (tmp_path / f"whole.{form}").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.csv", f"stopped.{form}", f"stopped.{form}.manifest.json", f"whole.{form}", f"whole.{form}.manifest.json",
    ]  # fmt: skip


def test_the_size_of_chunks_and_the_number_of_processes_change_nothing(screen, tmp_path):
    """They are ways to the answer and no part of it."""
    given = a_file(tmp_path / "in.csv", customers(150))

    screen(given, tmp_path / "a.csv", chunk=7)
    screen(given, tmp_path / "b.csv", chunk=1_000)
    screen(given, tmp_path / "c.csv", chunk=40, engine=Local(2))

    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes() == (tmp_path / "c.csv").read_bytes()


def test_an_output_that_is_there_already_is_not_made_again(screen, tmp_path):
    """The same call twice is the same as once."""
    given = a_file(tmp_path / "in.csv", customers(30))
    first = screen(given, tmp_path / "out.csv")
    before = (tmp_path / "out.csv").stat()

    second = screen(given, tmp_path / "out.csv")

    assert (first.was_done, second.was_done) == (False, True)
    assert second.summary == first.summary
    assert (tmp_path / "out.csv").stat().st_mtime_ns == before.st_mtime_ns
    assert first.summary.sha256 == hashlib.sha256((tmp_path / "out.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"terms": Terms(schema="Person", threshold=0.9)}, "threshold was 0.7 and is 0.9"),
        ({"chunk": 10}, "chunk was 20 and is 10"),
        ({"rows": customers(41)}, "the input is another file, or has changed"),
    ],
)
def test_what_another_run_left_is_not_gone_on_with(screen, tmp_path, change, told):
    """Halves of two different runs would be an answer to no question."""
    given = a_file(tmp_path / "in.csv", customers(60))
    with pytest.raises(_Stopped):
        screen(given, tmp_path / "out.csv", chunk=20, tell=stopping_after(1))
    change = dict(change)
    if rows := change.pop("rows", None):
        a_file(tmp_path / "in.csv", rows)

    with pytest.raises(BadInput, match=told):
        screen(given, tmp_path / "out.csv", **{"chunk": 20, **change})
    outcome = screen(given, tmp_path / "out.csv", **{"chunk": 20, **change}, afresh=True)

    assert (outcome.resumed, outcome.was_done) == (0, False)
    assert not (tmp_path / "out.csv.work").exists()


def test_an_output_of_something_else_stays_unless_it_is_said(screen, tmp_path):
    """Neither another run's answer nor anybody's file is written over."""
    given = a_file(tmp_path / "in.csv", customers(10))
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")

    with pytest.raises(BadInput, match="no run tells of it"):
        screen(given, out)
    assert out.read_text(encoding="utf-8") == "mine"

    screen(given, out, afresh=True)
    with pytest.raises(BadInput, match=r"its lists are as of .*, now later"):
        screen(given, out, version="later")
    with pytest.raises(BadInput, match="limit was 5 and is 6"):
        screen(given, out, terms=Terms(schema="Person", limit=6))


def test_a_run_goes_on_against_the_lists_it_was_begun_with(screen, tmp_path):
    """One output never mixes two days' lists, and whoever waits is told that there are newer ones."""
    given = a_file(tmp_path / "in.csv", customers(60))
    whole = screen(given, tmp_path / "whole.csv", chunk=20)
    with pytest.raises(_Stopped):
        screen(given, tmp_path / "out.csv", chunk=20, tell=stopping_after(1))

    outcome = screen(given, tmp_path / "out.csv", chunk=20, version="newer")

    assert outcome.summary.data_version == whole.summary.data_version
    assert "newer" in screen.notices[0]
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize("left", ["before the account", "before the folder is gone"])
def test_a_run_that_ends_while_it_puts_things_away_is_ended_by_the_next(screen, tmp_path, monkeypatch, left):
    """Between two renames lies a moment, and a moment is enough to be killed in."""
    given = a_file(tmp_path / "in.csv", customers(50))
    whole = screen(given, tmp_path / "whole.csv")
    stopped = "tizim.batch.running.places.sha256_of" if left == "before the account" else "tizim.batch.running.clear"
    with monkeypatch.context() as patch:
        calls = []

        def stop(*given):
            calls.append(given)
            if stopped.endswith("sha256_of") and len(calls) == 1:
                return sha256_of(*given)  # the first is that of the input
            raise _Stopped

        patch.setattr(stopped, stop)
        with pytest.raises(_Stopped):
            screen(given, tmp_path / "out.csv")
    assert (tmp_path / "out.csv.work").exists()

    outcome = screen(given, tmp_path / "out.csv")

    assert msgspec.structs.replace(outcome.summary, output="", asked=None) == msgspec.structs.replace(
        whole.summary, output="", asked=None
    )
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert not (tmp_path / "out.csv.work").exists()


def test_two_processes_are_not_at_the_same_output(screen, tmp_path):
    """The second is told so and can try again."""
    given = a_file(tmp_path / "in.csv", customers(5))
    (tmp_path / "out.csv.work").mkdir()
    with (tmp_path / "out.csv.work" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(Busy):
            screen(given, tmp_path / "out.csv")


def test_a_folder_with_other_files_is_not_taken_for_a_run(screen, tmp_path):
    """What is removed after a run is the run's own."""
    given = a_file(tmp_path / "in.csv", customers(5))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(BadInput, match=r"letter\.txt"):
        screen(given, tmp_path / "out.csv", work=str(tmp_path / "mine"))

    assert (tmp_path / "mine" / "letter.txt").exists()


def test_rows_that_cannot_be_screened_are_told_with_line_and_reason(screen, tmp_path):
    """None is lost in silence, and none stops those after it."""
    path = tmp_path / "in.csv"
    path.write_bytes(
        b'customer_id,name\nc1,Anvar Testov\nc2,\nc3\n\nc4,---\n"c5,never closed\nc6,Anvar \xff\nc7,"Anvar\nTestov"\n'
    )

    outcome = screen(path, tmp_path / "out.csv")

    assert read(tmp_path / "out.csv.rejects.csv") == [
        {"row": "2", "line": "3", "reason": "it has no name and no number to look for"},
        {"row": "3", "line": "4", "reason": "it has 1 cells, the head has 2"},
        {"row": "4", "line": "6", "reason": "it has no name and no number to look for"},
        {
            "row": "5",
            "line": "7",
            "reason": "something stands between a closing quotation mark and the end of the cell",
        },
        {"row": "6", "line": "8", "reason": "it is no text in UTF-8"},
    ]
    assert {(one["row"], one["customer_id"]) for one in read(tmp_path / "out.csv")} == {("1", "c1"), ("7", "c7")}
    assert (outcome.summary.rows, outcome.summary.screened, outcome.summary.rejected) == (7, 2, 5)
    assert outcome.summary.rejects == f"{tmp_path / 'out.csv'}.rejects.csv"


def test_values_that_are_none_are_counted_and_the_row_is_screened_without_them(screen, tmp_path):
    """A birth date that nobody can read must not look like one that was compared."""
    rows = [("c1", "Anvar Testov", "06/05/1971"), ("c2", "Anvar Testov", "1971-05-06"), ("c3", "Anvar Testov", "?")]
    given = a_file(tmp_path / "in.csv", rows, ("customer_id", "name", "born"))

    outcome = screen(given, tmp_path / "out.csv", terms=Terms(schema="Person", mapped=(("birthDate", "born"),)))

    left = outcome.summary.left_out["birthDate"]
    assert (left.count, left.first) == (2, 1)
    assert {one["row"] for one in read(tmp_path / "out.csv") if one["subject"] == "p1"} == {"1", "2", "3"}


def test_what_else_is_known_counts_as_it_does_for_one_query(screen, tmp_path):
    """A number alone finds its bearer; another birth date lowers what a name says."""
    rows = [("c1", "", "X1234567", ""), ("c2", "Anvar Testov", "", "1931-01-01"), ("c3", "Anvar Testov", "", "1971")]
    given = a_file(tmp_path / "in.csv", rows, ("customer_id", "name", "passport", "born"))
    terms = Terms(schema="Person", mapped=(("passportNumber", "passport"), ("birthDate", "born")), lists=("one",))

    screen(given, tmp_path / "out.csv", terms=terms)

    found = {one["customer_id"]: one for one in read(tmp_path / "out.csv")}
    assert (found["c1"]["subject"], found["c1"]["name"]) == ("p2", "Salman bin Ahmed al-Tamimi")
    assert float(found["c2"]["score"]) < float(found["c3"]["score"]) == 1.0


def test_only_the_lists_asked_for_are_searched(screen, tmp_path):
    """And one that there is not is refused before anything is done."""
    given = a_file(tmp_path / "in.csv", [("c1", "Anvar Testov")])

    screen(given, tmp_path / "two.csv", terms=Terms(schema="Person", lists=("two",)))
    with pytest.raises(BadInput, match="there are one, two"):
        screen(given, tmp_path / "three.csv", terms=Terms(schema="Person", lists=("three",)))

    assert [one["list"] for one in read(tmp_path / "two.csv")] == ["two"]
    assert not (tmp_path / "three.csv").exists()


def test_progress_tells_rows_and_the_share_of_the_file(screen, tmp_path):
    """Whoever waits wants to know for how long."""
    given = a_file(tmp_path / "in.csv", customers(3_000))
    seen = []

    screen(given, tmp_path / "out.csv", chunk=600, tell=seen.append)

    assert [one.rows for one in seen] == [600, 1200, 1800, 2400, 3000]
    assert seen[-1].share == 1.0 or seen[-1].share > 0.8
    assert all(one.share <= other.share for one, other in pairwise(seen))


def test_a_damaged_part_stops_the_run_plainly(screen, tmp_path):
    """Half a part must not become half an answer."""
    given = a_file(tmp_path / "in.csv", customers(60))
    with pytest.raises(_Stopped):
        screen(given, tmp_path / "out.csv", chunk=20, tell=stopping_after(1))
    part = next((tmp_path / "out.csv.work").glob("*.part"))
    part.write_bytes(part.read_bytes()[:-3])

    with pytest.raises(Exception, match="--afresh"):
        screen(given, tmp_path / "out.csv", chunk=20)

    assert not (tmp_path / "out.csv").exists()


def test_the_account_beside_the_output_tells_what_it_was_made_of(screen, tmp_path):
    """A year later somebody asks which lists, which input and which threshold."""
    given = a_file(tmp_path / "in.csv", customers(20))

    screen(given, tmp_path / "out.csv")

    told = json.loads((tmp_path / "out.csv.manifest.json").read_text(encoding="utf-8"))
    assert told["asked"]["input_sha256"] == hashlib.sha256((tmp_path / "in.csv").read_bytes()).hexdigest()
    assert told["asked"]["terms"]["threshold"] == 0.7
    assert (told["rows"], told["algorithm"]) == (20, "tizim-1")


def test_files_at_addresses_are_read_and_written_as_those_here_are(screen, tmp_path):
    """A store is reached by Arrow; what is here has an address, too, and shows the same bytes."""
    pytest.importorskip("pyarrow")
    given = a_file(tmp_path / "in.csv", [*customers(60), ("bad", "")])
    screen(given, tmp_path / "whole.csv", chunk=20)

    with pytest.raises(BadInput, match="--work"):
        screen(f"file://{given}", f"file://{tmp_path}/out.csv", chunk=20)
    with pytest.raises(_Stopped):
        screen(
            f"file://{given}", f"file://{tmp_path}/out.csv", chunk=20, work=str(tmp_path / "w"), tell=stopping_after(1)
        )
    screen(f"file://{given}", f"file://{tmp_path}/out.csv", chunk=20, work=str(tmp_path / "w"))

    for ending in ("", ".rejects.csv"):
        assert (tmp_path / f"out.csv{ending}").read_bytes() == (tmp_path / f"whole.csv{ending}").read_bytes()
    left = sorted(path.name for path in tmp_path.glob("out*"))
    assert left == ["out.csv", "out.csv.manifest.json", "out.csv.rejects.csv"]


def test_parquet_goes_in_and_out(screen, tmp_path):
    """The same customers give the same answer, whatever they come in."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    rows = customers(500)
    given = a_file(tmp_path / "in.csv", rows)
    ids, names = zip(*rows, strict=True)
    pq.write_table(pa.table({"customer_id": ids, "name": names}), tmp_path / "in.parquet", row_group_size=64)

    screen(given, tmp_path / "a.parquet", chunk=100)
    screen(tmp_path / "in.parquet", tmp_path / "b.parquet", chunk=90)

    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    assert pq.read_schema(tmp_path / "a.parquet").names == list(COLUMNS)
