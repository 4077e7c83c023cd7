"""``tizim update`` and ``tizim sources``: what they print, and their codes; the network is a stand-in."""

import datetime as dt
import hashlib
import json

import pytest

from tizim.cli import main, update
from tizim.errors import SourceProblem, SourceRefused
from tizim.sources import catalogue
from tizim.sources.fetch import Fetched

LIST = (
    b'<CONSOLIDATED_LIST dateGenerated="2024-01-05T01:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>'
    b"<FIRST_NAME>Invented</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER>"
    b"<LISTED_ON>2010-01-01</LISTED_ON></INDIVIDUAL></INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
)
KEYS = {
    "source", "publisher", "lists", "url", "format", "licence", "proven_on_real_files", "experimental", "last_document",
}  # fmt: skip


class Ran:
    """What a command left behind."""

    def __init__(self, code, out, err) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        """Its standard output as JSON."""
        return json.loads(self.out)


class StandIn:
    """Fetches what it is given, from no network."""

    comes: bytes | Exception = LIST

    def __init__(self, clock) -> None:
        self.clock = clock

    def fetch(self, url, _, folder, *, name, known, **_more):
        """Write a document, or raise."""
        if isinstance(self.comes, Exception):
            raise self.comes
        folder.mkdir(parents=True, exist_ok=True)
        sha256 = hashlib.sha256(self.comes).hexdigest()
        same = known.etag == f'"{sha256}"'
        path = None if same else folder / name
        if path is not None:
            path.write_bytes(self.comes)
        return Fetched(
            path=path, not_modified=same, status=304 if same else 200, url=url, etag=f'"{sha256}"', last_modified="",
            retrieved_at=self.clock(), sha256=sha256, size=len(self.comes), received=len(self.comes) + 100,
        )  # fmt: skip


@pytest.fixture
def tizim(tmp_path, monkeypatch, capsys):
    """Runs a command in a home of its own, with a stand-in for the network."""
    monkeypatch.setenv("TIZIM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TIZIM_REGISTER_URL", raising=False)
    monkeypatch.setattr(StandIn, "comes", LIST)
    monkeypatch.setattr(update, "Fetcher", StandIn)

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


def test_a_list_is_fetched_and_kept_and_the_next_time_not_modified(tizim):
    """The first command of a crontab."""
    first, second, shown = tizim("update", "un-sc"), tizim("update", "un-sc"), tizim("show", "un-1267", "--json")

    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("kept  un-sc consolidated.xml: 2024-01-05, 1 entries; 1 new, 0 changed, 0 absent")
    assert second.out.startswith("not modified  un-sc consolidated.xml (")
    assert shown.json["members"][0]["reference"] == "QDi.001"


def test_what_came_is_told_as_json(tizim):
    """Monitoring reads this."""
    ran = tizim("update", "un-sc", "--json")

    (one,) = ran.json["documents"]
    assert (one["source"], one["line"], one["outcome"], one["reason"]) == ("un-sc", "un-sc", "kept", None)
    assert (one["size"], one["received"], one["entries"], one["new"]) == (len(LIST), len(LIST) + 100, 1, 1)
    assert one["sha256"] == hashlib.sha256(LIST).hexdigest()
    assert dt.datetime.fromisoformat(one["retrieved_at"]).tzinfo is not None


@pytest.mark.parametrize(("comes", "outcome"), [
    (SourceProblem("https://x: answered with status 503"), "failed"),
    (SourceRefused("https://x redirects to https://y: y is not a host"), "refused"),
    (b"<html>Sorry</html>", "refused"),
])  # fmt: skip
def test_what_did_not_come_ends_with_3_and_one_line(tizim, monkeypatch, comes, outcome):
    """A timer must be able to tell, and a person to read why."""
    monkeypatch.setattr(StandIn, "comes", comes)

    ran = tizim("update", "un-sc")

    assert ran.code == 3
    assert ran.out.startswith(f"{outcome}  un-sc consolidated.xml: ")
    assert ran.err.startswith(f"tizim: 1 {outcome} of 1; un-sc: ")
    assert ran.err.count("\n") == 1


def test_what_is_due_is_told_and_nothing_is_made(tizim):
    """A look must not leave an empty register."""
    ran = tizim("update", "un-sc", "--list")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("due  un-sc consolidated.xml: nothing held; https://scsanctions.un.org/")
    assert not tizim.home.exists()
    tizim("update", "un-sc")
    assert tizim("update", "un-sc", "--dry-run").out.startswith("not due  un-sc consolidated.xml: seen today; ")
    assert tizim("update", "un-sc", "--due").out.startswith("not due  un-sc consolidated.xml: seen today; ")


def test_without_names_all_proven_sources_with_an_address_are_updated(tizim):
    """An experimental source is read by format notes alone: it waits to be named."""
    named = {one["source"] for one in tizim("update", "--list", "--json").json["documents"]}

    infos = [catalogue.source(source_id).info for source_id in catalogue.SOURCES]
    assert named == {
        info.id for info in infos if any(part.urls for part in info.lines) and not info.experimental
    }  # fmt: skip
    assert "un-sc" in named


@pytest.mark.parametrize(
    ("name", "words"), [("un-scc", "did you mean un-sc"), ("ledger", "ledger has no address of a document")]
)
def test_a_source_that_cannot_be_updated_is_the_callers_turn(tizim, name, words):
    """2: nothing was asked of any publisher."""
    ran = tizim("update", name)

    assert ran.code == 2
    assert words in ran.err
    assert not tizim.home.exists()


def test_sources_are_told_without_a_register(tizim):
    """Who publishes what is known before anything is kept."""
    ran, told = tizim("sources"), tizim("sources", "--json")

    assert (ran.code, ran.err) == (0, "")
    assert not tizim.home.exists()
    assert [one["source"] for one in told.json] == list(catalogue.SOURCES)
    for one in told.json:
        info = catalogue.source(one["source"]).info
        assert set(one) >= KEYS
        assert (one["publisher"], one["licence"], one["format"]) == (info.publisher, info.licence, info.format)
        assert one["lists"] == list(info.lists)
        assert (one["proven_on_real_files"], one["experimental"]) == (info.proven, info.experimental)
        assert (one["last_document"], one["stale"]) == (None, None)


def test_experimental_sources_are_marked_where_they_are_named(tizim):
    """Nobody may take one for proven."""
    heads = [line for line in tizim("sources").out.splitlines() if line and not line.startswith(" ")]

    for head in heads:
        info = catalogue.source(head.split(" ")[0]).info
        assert ("EXPERIMENTAL" in head) == info.experimental
        assert ("not proven on real files" in head) == (not info.proven)


def test_an_experimental_source_is_marked_in_what_became_of_its_documents(tizim, tmp_path):
    """Whoever keeps or fetches one sees it there, not only in the list of sources."""
    file = tmp_path / "list.xml"
    file.write_text("<html></html>", encoding="utf-8")

    kept, proven = tizim("keep", "kg-fiu", "--from", str(file)), tizim("keep", "un-sc", "--from", str(file))
    due, others = tizim("update", "--list", "fr-gels"), tizim("update", "--list")

    assert kept.out.startswith("refused (EXPERIMENTAL: read by format notes alone)  list.xml")
    assert due.out.startswith("due (EXPERIMENTAL: read by format notes alone)  fr-gels")
    assert "EXPERIMENTAL" not in proven.out + others.out
    told = tizim("keep", "kg-fiu", "--from", str(file), "--json"), tizim("update", "--list", "fr-gels", "--json")
    assert [ran.json["documents"][0]["experimental"] for ran in told] == [True, True]


def test_each_source_tells_its_rhythm_and_how_it_is_fetched(tizim):
    """An experimental one is fetched only when it is named; what is kept by hand grows stale all the same."""
    told = {part.split(" ")[0]: part for part in tizim("sources").out.split("\n\n")}

    assert "fetched    by 'tizim update'\n  rhythm     due every 7 days" in told["un-sc"]
    assert "fetched    by 'tizim update fr-gels'\n" in told["fr-gels"]
    assert "rhythm     stale after 183 days" in told["id-dttot"]
    assert "rhythm" not in told["un-sc-committee"]


def test_the_newest_document_of_a_source_is_told(tizim):
    """With its hash, so that somebody else can hold the same one against it."""
    tizim("update", "un-sc")

    told = {one["source"]: one for one in tizim("sources", "--json").json}["un-sc"]
    ran = tizim("sources")

    last = told["last_document"]
    assert (last["date"], last["sha256"]) == ("2024-01-05", hashlib.sha256(LIST).hexdigest())
    assert (last["entries"], last["held"], last["days_since_seen"], told["stale"]) == (1, True, 0, False)
    assert dt.datetime.fromisoformat(last["retrieved_at"]).tzinfo is not None
    assert "newest     2024-01-05, 1 entries, last seen today" in ran.out
    assert hashlib.sha256(LIST).hexdigest() in ran.out


def test_a_damaged_memory_is_told_on_stderr_and_stops_nothing(tizim):
    """It spares work and decides nothing."""
    tizim("update", "un-sc")
    (tizim.home / "fetched" / "un-sc.json").write_bytes(b"{")

    ran = tizim("update", "un-sc")

    assert ran.code == 0
    assert ran.out.startswith("unchanged  un-sc")
    assert ran.err.startswith("tizim: ")
    assert "is fetched anew" in ran.err
