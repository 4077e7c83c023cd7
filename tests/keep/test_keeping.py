"""Keeping files: days for files that print none, sets of files, guards, and a folder of all sources."""

import datetime as dt
import gzip

import msgspec
import pytest
from tests.makers import Ticking, a_register

from tizim.app import App
from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.errors import BadInput, SourceSuspicious
from tizim.keep import Keeping, keep
from tizim.keep.files import GivenFile
from tizim.keep.guard import check_names, check_required, check_unread
from tizim.keep.run import keep_one
from tizim.register.archive import Archive
from tizim.settings import Settings
from tizim.sources.catalogue import source
from tizim.sources.dating import placed
from tizim.sources.entries import Making
from tizim.sources.protocol import Hints, Part, SourceInfo, SourceOf

HEAD = "invented list\n"


def a_source(**changed):
    """A source of text files with a name a line; ``+notes`` beside it says more of each."""
    told = {
        "id": "invented", "publisher": "nobody", "authority": "nobody", "lists": (ListId("un-1267"),), "url": "",
        "format": "text", "licence": "none", "rhythm_days": 7, "complete": True, "prints_date": False,
    }  # fmt: skip
    info = SourceInfo(**(told | changed))

    def read(data, name, hints):
        date, instant, how = placed(hints, name)
        names = data.decode().splitlines()[1:]
        notes = next(iter(hints.beside.values()), b"").decode()
        records = [
            Record(place=one, fields=(("name", one), ("odd", "?" * ("?" in one)), ("note", notes))) for one in names
        ]
        facts = DocumentFacts(
            source=info.id, sha256=f"{hash(data) & 0xFFFFFFFFFF:064x}", size=len(data), date=date, instant=instant,
            url="", media_type="text/plain", title=how, entries=len(names), complete=True,
        )  # fmt: skip
        return facts, records

    def map_(record):
        making = Making(record.place, f"invented:{record.place}", record.place)
        making.say(Property.MEMBER, "un-1267", "list")
        making.say(Property.NAME, record.place, "name")
        making.say(Property.COMMENT, dict(record.fields)["note"], "note")
        making.leave("odd", "odd", dict(record.fields)["odd"])
        return making.made()

    return SourceOf(
        info=info, reading=read, mapping=map_, grouping=lambda records: map(map_, records),
        companions=lambda name: (name.replace(".txt", "+notes.txt"),) if "+notes" not in name else (),
    )  # fmt: skip


@pytest.fixture
def keeping(tmp_path):
    """An empty register to keep into."""
    register = a_register(tmp_path)
    yield Keeping(register=register, archive=Archive(tmp_path / "archive"), clock=Ticking())
    register.close()


def a_file(folder, name, *names):
    """A file of the invented list."""
    path = folder / name
    path.write_text(HEAD + "\n".join(names), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("2019-01-04-commit.sdn.csv", dt.datetime(2019, 1, 4, tzinfo=dt.UTC)),
        ("2021-08-18T093901-f2dad11.sdn.csv", dt.datetime(2021, 8, 18, 9, 39, 1, tzinfo=dt.UTC)),
        ("list_2024_06_03.csv", dt.datetime(2024, 6, 3, tzinfo=dt.UTC)),
        ("2019-13-04.csv", None),
        ("2019-2023-commit.csl.csv", None),
        ("202207210950531.xlsx", None),
        ("tar-of-2020-01-01.tar/list.csv", None),
    ],
)
def test_the_name_of_a_file_may_give_its_day(name, when):
    """A file without a date inside must come from somewhere in time; the name of a tar is not its members'."""
    assert GivenFile(name=name, read=bytes, folder="").dated == when


def test_a_file_that_prints_no_day_is_dated_as_given_else_by_its_name_else_as_fetched(keeping, tmp_path):
    """The title says which, and nothing is taken from the clock."""
    source = a_source()
    fetched = dt.datetime(2024, 3, 3, 4, tzinfo=dt.UTC)

    by_name = keep(source, [a_file(tmp_path, "2024-01-01.txt", "A")], keeping)
    as_given = keep(
        source, [a_file(tmp_path, "2024-01-02.txt", "A", "B")],
        Keeping(register=keeping.register, archive=keeping.archive, clock=Ticking(), dated=dt.date(2024, 2, 2)),
    )  # fmt: skip
    as_fetched = keep(
        source, [a_file(tmp_path, "list.txt", "A", "B", "C")],
        Keeping(register=keeping.register, archive=keeping.archive, clock=Ticking(), retrieved_at=fetched),
    )  # fmt: skip
    without = keep(source, [a_file(tmp_path, "other.txt", "A", "B", "C", "D")], keeping)

    assert [one.documents[0].date for one in (by_name, as_given, as_fetched)] == [
        "2024-01-01", "2024-02-02", "2024-03-03",
    ]  # fmt: skip
    assert without.documents[0].outcome == "refused"
    assert "--dated" in without.documents[0].reason
    with keeping.register.view() as view:
        titles = [doc.title for doc in view.documents()]
    assert titles == ["dated by its file name", "dated as given", "dated by the time of its fetching"]


def test_files_of_a_set_are_read_together_and_a_later_reading_says_more(keeping, tmp_path):
    """A remark that spills over into another file is whole only with it."""
    source = a_source()
    main = a_file(tmp_path, "2024-01-01.txt", "A")
    alone = keep(source, [main], keeping).documents[0]
    notes = tmp_path / "2024-01-01+notes.txt"
    notes.write_text("more of it", encoding="utf-8")

    together = keep(source, [main, notes], keeping).documents
    again = keep(source, [main, notes], keeping).documents

    assert alone.statements == 2
    assert next(one for one in together if one.file == main.name).statements == 1
    assert [one.outcome for one in again if one.file == main.name] == ["unchanged"]


def test_a_count_beyond_what_is_expected_waits_for_a_person(keeping, tmp_path):
    """A list that doubles over night is most likely another list."""
    source = a_source(parts=(Part(lists=(ListId("un-1267"),), band=(2, 3)),))

    few = keep(source, [a_file(tmp_path, "2024-01-01.txt", "A")], keeping).documents[0]
    many = keep(source, [a_file(tmp_path, "2024-01-02.txt", *"ABCD")], keeping).documents[0]

    assert (few.outcome, many.outcome) == ("suspicious", "suspicious")
    assert "expected are 2 to 3" in many.reason


def test_a_few_unread_values_are_reported_and_a_great_share_sets_the_document_aside(keeping, tmp_path):
    """A new form of a list shows in values that nobody understands."""
    names = [f"N{number}" for number in range(60)]
    few = keep(a_source(), [a_file(tmp_path, "2024-01-01.txt", *names, "X?")], keeping).documents[0]
    many = keep(a_source(), [a_file(tmp_path, "2024-01-02.txt", *(f"{name}?" for name in names))], keeping).documents[0]

    assert (few.outcome, few.unread) == ("kept", 1)
    assert many.outcome == "suspicious"
    assert "were not understood" in many.reason
    with pytest.raises(SourceSuspicious):
        check_unread(21, 100, 0.1)
    check_unread(20, 20, 0.1)


def test_a_count_is_looked_at_in_a_document_that_may_not_be_whole_too(keeping, tmp_path):
    """A copy that lost its end mark together with most of its rows must not pass for a smaller list."""
    part = Part(lists=(ListId("un-1267"),), complete=False, band=(2, 3))

    few = keep(a_source(parts=(part,)), [a_file(tmp_path, "2024-01-01.txt", "A")], keeping).documents[0]

    assert few.outcome == "suspicious"


def test_an_element_that_no_entry_has_any_more_sets_the_document_aside(keeping, tmp_path):
    """What the publisher calls otherwise would go missing from every entry, a little under the share of unread."""
    names = [f"N{number}" for number in range(60)]
    path = a_file(tmp_path, "2024-01-01.txt", *names)
    accepting = msgspec.structs.replace(keeping, accept_drop=True)

    as_ever = keep(a_source(required=("name",)), [path], keeping).documents[0]
    renamed = keep(a_source(id="other", required=("name", "listed on")), [path], keeping).documents[0]
    accepted = keep(a_source(id="other", required=("name", "listed on")), [path], accepting).documents[0]

    assert (as_ever.outcome, renamed.outcome, accepted.outcome) == ("kept", "suspicious", "kept")
    assert "no entry has listed on, which this list always has" in renamed.reason


def test_siblings_of_one_name_are_the_element_itself():
    """Where an entry has several names, its record counts them."""
    records = [Record(place="1", fields=(("NAME[1]/WHOLE", "A"), ("NAME[2]/WHOLE", "B")))]

    check_required(records, ("NAME/WHOLE",))
    with pytest.raises(SourceSuspicious, match="no entry has NAME or KIND"):
        check_required(records, ("NAME", "NAME/WHOLE", "KIND"))


def test_entries_that_lost_their_names_set_the_document_aside():
    """A register of nameless numbers answers nobody; one or two among hundreds are the publisher's own gaps."""

    def readings(named, nameless):
        made = []
        for number in range(named + nameless):
            making = Making(str(number), f"invented:{number}", "1")
            making.say(Property.NAME, "A" if number < named else "", "name")
            made.append(making.made())
        return made

    check_names(readings(200, 2))
    with pytest.raises(SourceSuspicious, match="30 of 130 entries have no name, the first is 100"):
        check_names(readings(100, 30))


@pytest.mark.parametrize(
    ("source_id", "element"),
    [("un-sc", "FIRST_NAME"), ("un-sc", "LISTED_ON"), ("un-sc", "UN_LIST_TYPE"), ("un-sc-committee", "FIRST_NAME"),
     ("us-ofac-cons-xml", "lastName"), ("us-ofac-cons-xml", "sdnType"), ("eu-fsf-old-xml", "NAME/WHOLENAME")],
)  # fmt: skip
def test_what_every_document_of_a_source_has_is_required_of_it(source_id, element):
    """None of these has ever been missing from an entry."""
    assert element in source(source_id).info.required


def test_the_place_of_an_unread_value_names_its_row_once(keeping):
    """Where several rows are one entry, each value has its own row before it already."""
    rows = [Record(place=f"row {n}", fields=(("name", "A"), ("odd", "?"))) for n in (2, 3)]

    def grouped(_):
        making = Making("A", "invented:A", "row 2")
        making.say(Property.MEMBER, "un-1267", "row 2/list")
        making.say(Property.NAME, "A", "row 2/name")
        making.leave("row 3/odd", "odd", "?")
        making.leave("odd", "odd", "?")
        yield making.made()

    plain = a_source()
    source_ = SourceOf(
        info=plain.info, mapping=plain.map, grouping=grouped,
        reading=lambda data, name, hints: (plain.read(data, name, hints)[0], rows),
    )  # fmt: skip
    given = GivenFile(name="2024-01-01.txt", read=lambda: HEAD.encode() + b"A", folder="")
    instant = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)

    kept = keep_one(source_, given, Hints(instant=instant, by="as given"), keeping)

    assert [value.place for value in kept.unread_values] == ["row 3/odd", "row 2/odd"]


def test_a_folder_of_all_sources_is_kept_source_by_source(tmp_path):
    """Whatever has no source is refused in plain sight."""
    folder = tmp_path / "lists"
    (folder / "us-bis-dpl").mkdir(parents=True)
    (folder / "un-sc").mkdir()
    (folder / "nobody-knows").mkdir()
    (folder / "un-sc" / "page.xml.gz").write_bytes(gzip.compress(b"<html></html>"))
    (folder / "nobody-knows" / "list.csv").write_text("a", encoding="utf-8")
    (folder / "README.md").write_text("notes", encoding="utf-8")
    app = App(Settings.read({"TIZIM_HOME": str(tmp_path / "home")}))

    report = app.keep_all(folder, progress=lambda _: None)
    app.close()

    told = {one.file: (one.source, one.outcome) for one in report.documents}
    assert told == {"page.xml.gz": ("un-sc", "refused"), "list.csv": ("", "refused")}
    assert "called by no source's id" in next(one for one in report.documents if not one.source).reason
    with pytest.raises(BadInput, match="is not a folder"):
        app.keep_all(folder / "README.md", progress=lambda _: None)
