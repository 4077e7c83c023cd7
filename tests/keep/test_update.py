"""What is held becomes what the publishers show; nothing here leaves this machine."""

import datetime as dt
import fcntl
import hashlib
import os

import msgspec
import pytest
from tests.makers import a_register
from tests.serving import NOW, Server, answer

from tizim.domain.lists import ListId
from tizim.errors import BadInput, Busy
from tizim.keep.holdings import holding
from tizim.keep.remembered import Memory
from tizim.keep.run import Keeping, KeepReport, KeptDocument, keep
from tizim.keep.update import Tools, chosen, update
from tizim.register.archive import Archive
from tizim.register.view import Doc
from tizim.sources import catalogue, un_sc
from tizim.sources.fetch import Fetcher, Limits, Outside
from tizim.sources.protocol import Part, SourceInfo, SourceOf

DAY = dt.timedelta(days=1)


@pytest.fixture
def server():
    """A server on loopback."""
    made = Server()
    yield made
    made.close()


def a_source(name, *parts, beside=None, rhythm_days=7, experimental=False, form="CSV"):
    """A source with an address for each of *parts*, each a line of its own but the first."""
    info = SourceInfo(
        id=name, publisher="P", authority="A", lists=(ListId("kz-list"),), url="https://list.example/", format=form,
        licence="none stated", rhythm_days=rhythm_days, complete=True, experimental=experimental,
        parts=tuple(Part(id="" if not n else f"part{n}", urls=(url,)) for n, url in enumerate(parts)),
    )  # fmt: skip
    more = beside or {}
    return SourceOf(
        info=info, reading=None, mapping=None, grouping=None, companions=lambda file: tuple(more.get(file, ()))
    )


class Desk:
    """Stands for the register: takes every file but those that begin with ``bad`` or ``odd``."""

    def __init__(self, server, home) -> None:
        self.server, self.home = server, home
        self.now = NOW
        self.docs: list[Doc] = []
        self.calls: list[tuple[str, dict[str, bytes], dt.datetime]] = []
        self.said: list[str] = []
        self.slept: list[float] = []
        self.archive = Archive(home / "archive")
        self.lines: dict[str, str] = {}
        self.raises: dict[str, Exception] = {}
        self.keep_files = self.keep

    @property
    def tools(self):
        """What an update works with."""
        outside = Outside(sleep=self.slept.append, chance=lambda: 1.0)
        return Tools(
            fetcher=Fetcher(lambda: self.now, outside=outside, limits=Limits(tries=2)), keep_files=self.keep_files,
            documents=lambda: self.docs, archive=self.archive, memory=Memory(self.home / "fetched", self.said.append),
            incoming=self.home / "incoming", clock=lambda: self.now, allowed=lambda _: self.server.allows(), seconds=5,
        )  # fmt: skip

    def __call__(self, *sources, **how):
        """An update; the outcomes by file."""
        self.calls.clear()
        self.report = update(sources, self.tools, **how)
        return {one.file: one.outcome for one in self.report.documents}

    def reasons(self):
        """Why, by file."""
        return {one.file: one.reason for one in self.report.documents}

    def keep(self, source, paths, retrieved_at):
        """Keep the files of a source."""
        if source in self.raises:
            raise self.raises[source]
        self.calls.append((source, {path.name: path.read_bytes() for path in paths}, retrieved_at))
        return KeepReport(documents=tuple(self._keep(source, path, retrieved_at) for path in paths))

    def _keep(self, source, path, retrieved_at):
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if data[:3] in {b"bad", b"odd"}:
            outcome = "refused" if data.startswith(b"bad") else "suspicious"
            return KeptDocument(source=source, file=path.name, outcome=outcome, reason=f"{path.name}: it says {data}")
        known = any(doc.sha256 == sha256 for doc in self.docs)
        if not known:
            self.docs.append(a_doc(self.lines.get(path.name, source), sha256, self.now, retrieved_at))
        return KeptDocument(source=source, file=path.name, outcome="unchanged" if known else "kept", sha256=sha256)

    @property
    def left(self):
        """What lies where documents are on their way, and what is half-written anywhere."""
        return [path for path in self.home.rglob("*") if "incoming" in path.parts[:-1] or ".part" in path.name]


def a_doc(source, sha256, instant, retrieved_at=None):
    """A document as the register knows it."""
    return Doc(
        id=1, source=source, sha256=sha256, moment=1, day=instant.date(), instant=instant, recorded_at=instant,
        held=True, entries=1, complete=True, url="", title="", method="read", retrieved_at=retrieved_at,
    )  # fmt: skip


@pytest.fixture
def desk(server, tmp_path):
    """A home with a register that takes what it is given."""
    return Desk(server, tmp_path / "home")


# -- what comes of one document ----------------------------------------------------------------------


def test_a_new_document_is_archived_and_kept(server, desk):
    """The bytes first: what was fetched is evidence, whatever a reader makes of it."""
    server.says["/a.csv"] = [answer(b"one", ETag='"1"')]

    outcomes = desk(a_source("a", server.url("/a.csv")))

    one = desk.report.documents[0]
    assert outcomes == {"a.csv": "kept"}
    assert desk.calls == [("a", {"a.csv": b"one"}, NOW)]
    assert desk.archive.get(one.sha256) == b"one"
    assert (one.source, one.line, one.url, one.size, one.retrieved_at) == ("a", "a", server.url("/a.csv"), 3, NOW)
    assert one.received > 3
    assert desk.report.is_clean
    assert desk.left == []


def test_the_next_run_asks_whether_it_changed_and_reads_nothing_again(server, desk):
    """Lists are asked for every day and change now and then."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [
        answer(b"one", ETag='"1"', Last_Modified="Mon, 03 Jun 2024 01:00:00 GMT"), answer(b"", 304), answer(b"two"),
    ]  # fmt: skip
    desk(source)

    second, second_calls, sha256 = desk(source), list(desk.calls), desk.report.documents[0].sha256
    third = desk(source)

    assert [one.headers.get("if-none-match") for one in server.asked] == [None, '"1"', '"1"']
    assert server.asked[1].headers["if-modified-since"] == "Mon, 03 Jun 2024 01:00:00 GMT"
    assert (second, second_calls) == ({"a.csv": "not modified"}, [])
    assert sha256 == hashlib.sha256(b"one").hexdigest()
    assert third == {"a.csv": "kept"}


def test_the_same_bytes_again_are_not_read_again(server, desk):
    """Many servers send everything whatever they are asked."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one")]
    desk(source)

    assert desk(source) == {"a.csv": "unchanged"}
    assert desk.calls == []


@pytest.mark.parametrize(("body", "outcome"), [(b"bad", "refused"), (b"odd", "set aside")])
def test_a_document_that_is_not_taken_is_asked_for_in_full_again(server, desk, body, outcome):
    """Were it remembered as fetched, tomorrow's run would call it not modified and all would seem well."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one", ETag='"1"'), answer(body, ETag='"2"')]
    desk(source)

    second, third = desk(source), desk(source)

    assert (second, third) == ({"a.csv": outcome}, {"a.csv": outcome})
    assert server.asked[2].headers["if-none-match"] == '"1"'
    assert desk.archive.has(hashlib.sha256(body).hexdigest())
    assert "a.csv: it says" in desk.reasons()["a.csv"]
    assert not desk.report.is_clean


def test_a_document_that_the_register_lost_is_asked_for_in_full(server, desk):
    """A register made anew must not stay empty because everything is said to be known."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one", ETag='"1"')]
    desk(source)
    desk.docs.clear()

    assert desk(source) == {"a.csv": "kept"}
    assert "if-none-match" not in server.asked[1].headers


def test_a_document_that_the_archive_lost_is_asked_for_in_full(server, desk):
    """What is not modified may be needed to read another document with."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one", ETag='"1"')]
    desk(source)
    next(desk.home.rglob("*.gz")).unlink()

    assert desk(source) == {"a.csv": "unchanged"}
    assert "if-none-match" not in server.asked[1].headers
    assert desk.archive.has(hashlib.sha256(b"one").hexdigest())


def test_of_a_packed_document_only_what_is_in_it_is_archived(server, desk):
    """A value is withheld from documents; a second copy, packed, would keep it."""
    source = a_source("a", server.url("/a.csv.gz"))
    server.says["/a.csv.gz"] = [answer(b"packed", ETag='"1"')]
    first = desk(source)
    archived = desk.archive.has(hashlib.sha256(b"packed").hexdigest())
    desk.archive.put(b"packed")  # stands for what is in it

    assert (first, archived) == ({"a.csv.gz": "kept"}, False)
    assert desk(source) == {"a.csv.gz": "unchanged"}


@pytest.mark.parametrize(("says", "outcome", "words"), [
    (answer(b"", 404), "failed", "answered with status 404"),
    (answer(b"", 503), "failed", "answered with status 503"),
    (answer(b"<html>", Content_Type="text/html"), "refused", "an HTML page"),
    (answer(b"one", length=99), "refused", "was cut off"),
    (answer(b"", 302, Location="http://10.0.0.1/"), "refused", "redirects to http://10.0.0.1/: 10.0.0.1 is not a host"),
    (answer(b"one", Content_Encoding="gzip"), "refused", "gzip encoding is damaged"),
    (b"rubbish\r\n\r\n", "failed", "could not be fetched"),
])  # fmt: skip
def test_a_document_that_does_not_come_is_told_and_remembered_and_the_one_before_counts(
    server, desk, says, outcome, words
):
    """A failed fetch looks like silence, and silence must not look like a list."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one", ETag='"1"'), says]
    desk(source)

    assert desk(source) == {"a.csv": outcome}
    assert words in desk.reasons()["a.csv"]
    assert desk.calls == []
    remembered = desk.tools.memory.recall("a")[server.url("/a.csv")]
    assert (remembered.outcome, remembered.etag, remembered.reason) == (outcome, '"1"', desk.reasons()["a.csv"])
    assert desk.left == []


def test_a_web_page_is_taken_from_a_source_of_web_pages(server, desk):
    """Some lists are published as nothing else."""
    server.says["/a.html"] = [answer(b"<html>", Content_Type="text/html")]

    assert desk(a_source("a", server.url("/a.html"), form="HTML, one table")) == {"a.html": "kept"}


# -- sources beside one another ----------------------------------------------------------------------


def test_one_source_that_fails_never_stops_the_others(server, desk):
    """Of forty publishers one is always down."""
    server.says |= {"/a.csv": [answer(b"", 500)], "/b.csv": [answer(b"bad")], "/d.csv": [answer(b"four")]}
    server.says["/c.csv"] = [answer(b"three")]
    desk.raises = {"c": KeyError("a fault of ours")}

    outcomes = desk(*(a_source(name, server.url(f"/{name}.csv")) for name in "abcd"))

    assert outcomes == {"a.csv": "failed", "b.csv": "refused", "c.csv": "failed", "d.csv": "kept"}
    assert desk.reasons()["c.csv"] == "our fault: KeyError: 'a fault of ours'"
    assert desk.left == []


def test_a_register_that_another_writes_is_told_and_tried_again_the_next_time(server, desk):
    """Nothing was kept, so nothing is remembered as kept."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one", ETag='"1"')]
    desk.raises = {"a": Busy("another process writes the register")}
    first = desk(source)
    desk.raises = {}

    second = desk(source)

    assert (first, second) == ({"a.csv": "failed"}, {"a.csv": "kept"})
    assert "if-none-match" not in server.asked[1].headers


def test_a_source_that_is_refused_by_its_own_policy_asks_nobody(server, desk):
    """The catalogue's hosts are the only ones, also for its own addresses."""
    outcomes = desk(a_source("a", "http://127.0.0.2/a.csv", f"https://127.0.0.1:{server.port}/b.csv"))

    assert outcomes == {"a.csv": "refused", "b.csv": "refused"}
    assert server.asked == []


def test_files_of_one_name_are_told_apart(server, desk):
    """Addresses that differ only in what follows the question mark."""
    server.says |= {"/content?of=1": [answer(b"one")], "/content?of=2": [answer(b"two")], "/x/%2e%2e/": [answer(b"x")]}
    source = a_source("a", *(server.url(path) for path in ("/content?of=1", "/content?of=2")))

    assert desk(source) == {"content": "kept", "content-2": "kept"}
    assert desk.calls[0][1] == {"content": b"one", "content-2": b"two"}


@pytest.mark.parametrize(("path", "file"), [
    ("/a%2f..%2f..%2fetc%2fpasswd", "a_.._.._etc_passwd"), ("/", "document"), ("/..%2f", "_"), ("/%00", "_"),
    ("/.hidden", "hidden"), ("/UK%20List.ods", "UK List.ods"), ("/" + "x" * 300 + ".csv", "x" * 96 + ".csv"),
])  # fmt: skip
def test_an_address_makes_a_name_within_its_folder(server, desk, path, file):
    """The catalogue is ours, but a name must not depend on that."""
    server.says[path] = [answer(b"one")]

    assert desk(a_source("a", server.url(path))) == {file: "kept"}
    assert desk.left == []


# -- files that belong together ----------------------------------------------------------------------

BESIDE = {"main.csv": ("more.csv",)}


def a_set(server):
    """A source whose main file is read with another, and which has a third."""
    return a_source("s", *(server.url(f"/{name}.csv") for name in ("main", "more", "other")), beside=BESIDE)


def says(server, main, more, other):
    """What the three addresses say now: bytes, or a status."""
    for name, said in (("main", main), ("more", more), ("other", other)):
        marks = {"ETag": f'"{name}"'}
        server.says[f"/{name}.csv"] = [answer(b"", said) if isinstance(said, int) else answer(said, **marks)]


def test_files_of_a_set_are_kept_together(server, desk):
    """Each is read with what belongs to it."""
    says(server, b"main", b"more", b"other")

    assert set(desk(a_set(server)).values()) == {"kept"}
    assert [set(files) for _, files, _ in desk.calls] == [{"main.csv", "more.csv", "other.csv"}]


def test_a_file_not_modified_is_given_from_the_archive_where_another_is_read_with_it(server, desk):
    """It was not sent again, and without it the new one would say less."""
    says(server, b"main", b"more", b"other")
    desk(a_set(server))
    says(server, b"main of today", 304, 304)

    assert desk(a_set(server)) == {"main.csv": "kept", "more.csv": "not modified", "other.csv": "not modified"}
    assert desk.calls[0][1] == {"main.csv": b"main of today", "more.csv": b"more"}


def test_a_file_is_read_again_where_what_it_is_read_with_changed(server, desk):
    """What it says has changed, though it has not."""
    says(server, b"main", b"more", b"other")
    desk(a_set(server))
    says(server, 304, b"more of today", b"other")

    assert desk(a_set(server)) == {"main.csv": "not modified", "more.csv": "kept", "other.csv": "unchanged"}
    assert desk.calls[0][1] == {"main.csv": b"main", "more.csv": b"more of today"}


def test_a_file_is_not_kept_without_what_it_is_read_with(server, desk):
    """It would be kept saying less, and the same bytes are never read twice."""
    says(server, b"main", 500, b"other")

    assert desk(a_set(server)) == {"main.csv": "failed", "more.csv": "failed", "other.csv": "kept"}
    assert "not kept, as more.csv, which it is read with, did not come" in desk.reasons()["main.csv"]

    says(server, b"main", b"more", 304)

    assert desk(a_set(server)) == {"main.csv": "kept", "more.csv": "kept", "other.csv": "not modified"}


# -- when a source is due ----------------------------------------------------------------------------


def test_only_what_is_older_than_its_rhythm_is_due(server, desk):
    """A daily run asks each publisher as often as it publishes."""
    server.says |= {"/a.csv": [answer(b"one")], "/b.csv": [answer(b"two")]}
    sources = [a_source("a", server.url("/a.csv"), rhythm_days=1), a_source("b", server.url("/b.csv"), rhythm_days=7)]
    desk(*sources)

    at_once = desk(*sources, due_only=True)
    desk.now = NOW + DAY - dt.timedelta(minutes=5)
    next_day = desk(*sources, due_only=True)
    desk.now = NOW + 7 * DAY
    next_week = desk(*sources, due_only=True)

    assert at_once == {"a.csv": "not due", "b.csv": "not due"}
    assert next_day == {"a.csv": "unchanged", "b.csv": "not due"}
    assert next_week == {"a.csv": "unchanged", "b.csv": "unchanged"}


def test_a_document_not_modified_was_seen_today(server, desk):
    """The publisher said that it is still the newest."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one", ETag='"1"'), answer(b"", 304)]
    desk(source)
    desk.now = NOW + 8 * DAY
    desk(source)
    desk.now = NOW + 10 * DAY

    assert desk(source, due_only=True) == {"a.csv": "not due"}
    assert holding(source.info, desk.docs, desk.tools.memory.recall("a").values(), desk.now).days == 2


def test_a_source_that_failed_is_due_until_it_comes(server, desk):
    """An hourly run mends what a nightly one could not."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"", 404), answer(b"one")]
    desk(source, due_only=True)

    assert desk(source, due_only=True) == {"a.csv": "kept"}


def test_one_document_missing_makes_its_whole_source_due(server, desk):
    """The others of its line were seen today, which says nothing of this one."""
    source = a_source("a", server.url("/a.csv"), server.url("/b.csv"))
    desk.lines = {"b.csv": "a/part1"}
    server.says |= {"/a.csv": [answer(b"one")], "/b.csv": [answer(b"", 404), answer(b"two")]}
    desk(source)

    assert desk(source, due_only=True) == {"a.csv": "unchanged", "b.csv": "kept"}
    assert desk(source, due_only=True) == {"a.csv": "not due", "b.csv": "not due"}


def test_one_address_missing_of_a_line_of_several_makes_it_due(server, desk):
    """What the one address serves is no sign of the other."""
    source = a_source("a")
    info = msgspec.structs.replace(
        source.info, parts=(Part(urls=(server.url("/a.csv"), server.url("/b.csv"))),), rhythm_days=7
    )
    source = msgspec.structs.replace(source, info=info)
    server.says |= {"/a.csv": [answer(b"one")], "/b.csv": [answer(b"", 404), answer(b"two")]}
    desk(source)

    assert desk(source, due_only=True) == {"a.csv": "unchanged", "b.csv": "kept"}


@pytest.mark.parametrize(
    ("retrieved", "age", "due"), [(None, 6, False), (None, 7, True), (2, 30, False), (8, 30, True)]
)
def test_a_document_kept_by_hand_counts_from_when_it_was_retrieved_or_else_from_its_date(
    server, desk, retrieved, age, due
):
    """Who downloads a list by hand need not download it again the same night."""
    server.says["/a.csv"] = [answer(b"one")]
    desk.docs = [a_doc("a", "0" * 64, NOW - age * DAY, None if retrieved is None else NOW - retrieved * DAY)]

    assert desk(a_source("a", server.url("/a.csv")), due_only=True) == {"a.csv": "kept" if due else "not due"}


def test_of_a_set_the_first_line_is_told_as_the_newest_document(server, desk):
    """Files of one set have one moment, and its main one stands for it."""
    source = a_set(server)
    desk.docs = [a_doc(line, line, NOW) for line in ("s/part2", "s", "s/part1")]

    assert holding(source.info, desk.docs, [], NOW).newest.source == "s"


def test_lists_of_users_are_those_of_every_table():
    """They come in any form, and each is a line of its own."""
    docs = [a_doc("table/kz-list", "0" * 64, NOW), a_doc("s", "1" * 64, NOW + DAY)]

    assert {holding(a_source(name).info, docs, [], NOW).newest for name in catalogue.OWN} == {docs[0]}


def test_what_would_be_done_is_told_without_doing_it(server, desk):
    """No request, no folder, no file."""
    outcomes = desk(a_source("a", server.url("/a.csv")), dry_run=True)

    assert outcomes == {"a.csv": "due"}
    assert server.asked == []
    assert not desk.home.exists()
    assert desk.report.is_clean


# -- which sources -----------------------------------------------------------------------------------


def test_experimental_sources_and_those_without_an_address_wait_to_be_named():
    """What was never proven on a real file is nobody's default."""
    proven = a_source("a", "https://list.example/a.csv")
    experimental = a_source("b", "https://list.example/b.csv", experimental=True)
    by_hand = a_source("c")

    assert chosen([proven, experimental, by_hand], []) == [proven]
    assert chosen([proven, experimental, by_hand], ["b", "a", "b"]) == [experimental, proven]
    with pytest.raises(BadInput, match="c has no address of a document that could be fetched"):
        chosen([proven, experimental, by_hand], ["c"])


# -- what is remembered ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"\xff", b'{"line":"a","addresses":{"x":{"outcome":"kept"}}}', b"\0" * 100]
)
def test_a_damaged_memory_means_a_download_and_a_word_about_it(server, desk, damage):
    """It spares work and decides nothing."""
    source = a_source("a", server.url("/a.csv"))
    server.says["/a.csv"] = [answer(b"one", ETag='"1"')]
    desk(source)
    path = desk.home / "fetched" / "a.json"
    path.write_bytes(damage)

    assert desk(source) == {"a.csv": "unchanged"}
    assert "if-none-match" not in server.asked[1].headers
    assert len(desk.said) == 1
    assert str(path) in desk.said[0]
    assert desk(source) == {"a.csv": "unchanged"}
    assert len(desk.said) == 1


def test_a_memory_that_cannot_be_written_is_told_and_stops_nothing(server, desk):
    """The document is kept, which is what counts."""
    desk.home.mkdir()
    (desk.home / "fetched").write_bytes(b"in the way")
    server.says["/a.csv"] = [answer(b"one")]

    assert desk(a_source("a", server.url("/a.csv"))) == {"a.csv": "kept"}
    assert any("cannot be remembered" in said for said in desk.said)


def test_the_memory_of_each_line_is_a_file_of_its_own(server, desk):
    """Sources are updated side by side, and a damaged file costs one line its memory."""
    server.says |= {"/a.csv": [answer(b"one")], "/b.csv": [answer(b"two")]}
    desk(a_source("a", server.url("/a.csv"), server.url("/b.csv")))

    assert sorted(path.name for path in (desk.home / "fetched").iterdir()) == ["a+part1.json", "a.json"]


# -- what a run leaves behind ------------------------------------------------------------------------


def test_a_run_that_is_stopped_leaves_nothing_on_its_way(server, desk):
    """Ctrl-C comes at any moment."""

    def stop(*_):
        raise KeyboardInterrupt

    server.says["/a.csv"] = [answer(b"one")]
    desk.keep_files = stop

    with pytest.raises(KeyboardInterrupt):
        desk(a_source("a", server.url("/a.csv")))

    assert desk.left == []


def test_what_a_killed_run_left_is_removed_and_what_a_living_one_has_is_not(server, desk):
    """A power cut removes nothing; two timers may ring at once."""
    killed, living = desk.home / "incoming" / "update-killed", desk.home / "incoming" / "update-living"
    for folder in (killed, living):
        folder.mkdir(parents=True)
        (folder / "a.csv").write_bytes(b"half")
    server.says["/a.csv"] = [answer(b"one")]
    held = os.open(living, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)

        desk(a_source("a", server.url("/a.csv")))
    finally:
        os.close(held)

    assert sorted(path.name for path in (desk.home / "incoming").iterdir()) == ["update-living"]
    assert (living / "a.csv").exists()


def test_progress_is_told_from_the_first_document_to_the_last(server, desk):
    """A bar that goes back or never ends tells nothing."""
    told = []
    server.says |= {"/a.csv": [answer(b"one")], "/b.csv": [answer(b"two")]}

    desk(*(a_source(name, server.url(f"/{name}.csv")) for name in "ab"), progress=lambda *said: told.append(said))

    assert [count for _, count, _ in told] == sorted(count for _, count, _ in told)
    assert {total for _, _, total in told} == {2}
    assert told[-1] == ("", 2, 2)


# -- with a register ---------------------------------------------------------------------------------


def a_list(day, *keys):
    """A UN-like document of *day* with invented entries."""
    people = "".join(
        f"<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>Invented {key}</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>{key}</REFERENCE_NUMBER><LISTED_ON>2010-01-01</LISTED_ON></INDIVIDUAL>"
        for n, key in enumerate(keys)
    )
    return (
        f'<CONSOLIDATED_LIST dateGenerated="{day}T01:00:00Z"><INDIVIDUALS>{people}</INDIVIDUALS>'
        "<ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def test_a_list_is_kept_up_to_date_in_a_register(server, tmp_path):
    """Kept, not modified, refused and newer: the register holds what was whole, and no more."""
    register = a_register(tmp_path)
    archive = Archive(tmp_path / "archive")
    info = msgspec.structs.replace(un_sc.SOURCE.info, url=server.url("/list.xml"), parts=())
    source = msgspec.structs.replace(un_sc.SOURCE, info=info)
    keys = [f"QDi.00{n}" for n in range(1, 9)]
    server.says["/list.xml"] = [
        answer(a_list("2024-06-01", *keys), ETag='"1"'), answer(b"", 304), answer(b"<html></html>"),
        answer(a_list("2024-06-02", *keys)[:-30]), answer(a_list("2024-06-03", *keys[:2])),
        answer(a_list("2024-06-03", *keys, "QDi.009")),
    ]  # fmt: skip

    def documents():
        with register.view() as view:
            return view.documents()

    def keep_files(_, paths, retrieved_at):
        keeping = Keeping(register=register, archive=archive, clock=lambda: NOW, retrieved_at=retrieved_at)
        return keep(source, paths, keeping)

    tools = Tools(
        fetcher=Fetcher(lambda: NOW), keep_files=keep_files, documents=documents, archive=archive,
        memory=Memory(tmp_path / "fetched", pytest.fail), incoming=tmp_path / "incoming", clock=lambda: NOW,
        allowed=lambda _: server.allows(),
    )  # fmt: skip

    reports = [update([source], tools).documents[0] for _ in range(6)]

    assert [one.outcome for one in reports] == ["kept", "not modified", "refused", "refused", "set aside", "kept"]
    assert [doc.day.isoformat() for doc in documents()] == ["2024-06-01", "2024-06-03"]
    assert {doc.retrieved_at for doc in documents()} == {NOW}
    assert (reports[5].kept.new, reports[5].kept.absent) == (1, 0)
    assert list((tmp_path / "incoming").iterdir()) == []
    register.close()
