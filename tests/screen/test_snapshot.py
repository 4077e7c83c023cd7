"""What is screened against: whole, immutable, in one file."""

import datetime as dt
import gc
import weakref
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tizim.errors import BadInput
from tizim.ftm import MODEL
from tizim.screen.current import Current, Shelf
from tizim.screen.entities import Dataset, Entity, caption_of, leaves, second
from tizim.screen.from_files import EntityFile, datasets_of, entities, snapshot, version_of
from tizim.screen.from_files import given as given_file
from tizim.screen.matching import Scope, Wanted, example_of, match
from tizim.screen.searching import Limits, Page, scope_of, search, within
from tizim.screen.snapshot import About, Snapshot, seconds_of

DATA = Path(__file__).parents[1] / "data" / "ftm"
MADE = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)


def an_entity(entity_id, *names, schema="Person", datasets=("one",), **properties):
    """An entity of which only that is known."""
    return Entity(
        id=entity_id,
        caption=names[0] if names else entity_id,
        schema=schema,
        properties={"name": list(names), **properties},
        datasets=list(datasets),
        referents=[],
        target=False,
        first_seen=None,
        last_seen=None,
        last_change=None,
    )


def a_snapshot(*found, names=("one", "two")):
    """A snapshot of entities in datasets, and of a collection of them."""
    datasets = (*(Dataset(name=name, title=name) for name in names), Dataset(name="all", title="all", children=names))
    return Snapshot.build(About(version="1", made="", datasets=datasets), found)


@pytest.fixture(scope="module")
def held():
    """A small list."""
    return snapshot([EntityFile(path=DATA / "sanctions.ftm.json", dataset="eu_fsf")], MADE, [])


def everything(snapshot):
    """All that can be seen of a snapshot."""
    limits = Limits(datasets=snapshot.leaves["all"])
    page = Page(limit=100, offset=0, facets=("countries", "topics", "schema"))
    return (
        [snapshot.text(at) for at in range(len(snapshot))],
        [snapshot.naming(at) for at in range(len(snapshot))],
        msgspec.to_builtins(search(snapshot, "test*", limits, page)),
        [
            match(
                Scope(snapshot), example_of(None, "Thing", {"name": name}), Wanted(limit=5, threshold=0.7, cutoff=0.0)
            )
            for name in ("Anvar Testov", "Ocean Example")
        ],
        msgspec.to_builtins(snapshot.about),
    )


def test_a_snapshot_from_its_file_is_the_same(held, tmp_path):
    """Workers map what was made once."""
    held.save(tmp_path / "s")

    assert everything(Snapshot.open(tmp_path / "s")) == everything(held)


def test_a_file_is_a_function_of_what_is_in_it(held, tmp_path):
    """Saved again it has the same bytes."""
    held.save(tmp_path / "one")
    Snapshot.open(tmp_path / "one").save(tmp_path / "two")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("at", [0, 3, 40, -1, -5000])
def test_a_damaged_file_is_refused(held, tmp_path, at):
    """A list with a wrong bit would answer wrongly."""
    held.save(tmp_path / "s")
    whole = bytearray((tmp_path / "s").read_bytes())
    whole[at] ^= 1
    (tmp_path / "s").write_bytes(whole)

    with pytest.raises(BadInput, match="snapshot"):
        Snapshot.open(tmp_path / "s")


def test_an_empty_snapshot_answers(tmp_path):
    """Lists may lose all their entries."""
    a_snapshot().save(tmp_path / "empty")
    empty = Snapshot.open(tmp_path / "empty")

    assert len(empty) == 0
    assert empty.called("x") is None
    assert empty.once_called("x") is None
    assert search(empty, "x", Limits(datasets=empty.leaves["all"]), Page(limit=5, offset=0)).total == 0
    wanted = Wanted(limit=5, threshold=0.7, cutoff=0.0)
    assert match(Scope(empty), example_of(None, "Person", {"name": "X Y"}), wanted).hits == ()


def test_entities_are_found_by_their_ids_and_by_those_they_had(held):
    """In any order of the file."""
    assert held.entity(held.called("tz-ship")).caption == "Ocean Example"
    assert held.called("old-anvar") is None
    assert held.id(held.once_called("old-anvar")) == "tz-anvar"
    assert held.called("") is None


def test_two_files_may_have_an_entity_of_one_id():
    """What one says is not shown to who asks the other."""
    found = a_snapshot(an_entity("x", "Jane Roe"), an_entity("x", "John Doe", datasets=["two"]))
    wanted = Wanted(limit=5, threshold=0.7, cutoff=0.7)

    def asked(name, dataset):
        scope = Scope(found, within(found, Limits(datasets=frozenset({dataset}))))
        return [hit.at for hit in match(scope, example_of(None, "Person", {"name": name}), wanted).hits]

    assert (asked("Jane Roe", "one"), asked("Jane Roe", "two"), asked("John Doe", "two")) == ([0], [], [1])
    assert found.called("x") == 0


def test_collections_stand_for_what_is_below_them():
    """Also through collections, and where they contain each other."""
    found = leaves(
        [
            Dataset(name="a", title=""),
            Dataset(name="b", title=""),
            Dataset(name="ab", title="", children=("a", "b")),
            Dataset(name="top", title="", children=("ab", "gone")),
            Dataset(name="loop", title="", children=("loop", "a")),
        ]
    )

    assert found == {"a": {"a"}, "b": {"b"}, "ab": {"a", "b"}, "top": {"a", "b"}, "loop": {"a"}}


NAMES = st.lists(
    st.sampled_from(
        ["Anvar Testov", "Anwar Testov", "Bunyod Examplov", "Jane Roe", "John Doe", "Testov", "Mohammed Ali"]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(NAMES, st.booleans(), st.sampled_from(["Person", "Company", "LegalEntity"])), max_size=12),
    asked=st.sampled_from(["Anvar Testov", "Jane Roe", "Mohammed Ali"]),
    schema=st.sampled_from(["Person", "LegalEntity", "Thing"]),
)
def test_a_scope_is_as_if_there_were_nothing_else(rows, asked, schema):
    """Who screens against one list gets what a service with that list alone would say."""
    made = [
        an_entity(str(at), *names, schema=kind, datasets=["one" if own else "two"])
        for at, (names, own, kind) in enumerate(rows)
    ]
    whole, part = a_snapshot(*made), a_snapshot(*(one for one in made if one.datasets == ["one"]))
    wanted = Wanted(limit=20, threshold=0.7, cutoff=0.3)
    example = example_of(None, schema, {"name": asked})

    def told(found, scope):
        return [(found.id(hit.at), hit.score, hit.listed) for hit in match(Scope(found, scope), example, wanted).hits]

    limits = Limits(datasets=frozenset({"one"}))
    assert sorted(told(whole, within(whole, limits))) == sorted(told(part, within(part, limits)))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(NAMES, st.sets(st.sampled_from(["ru", "uz", "kz"])), st.booleans()), max_size=10),
    word=st.sampled_from(["testov", "anvar", "jane", "nobody", ""]),
    country=st.sampled_from(["ru", "uz", None]),
)
def test_a_search_finds_just_what_one_would_find_by_looking_at_each(rows, word, country):
    """Words, filters and counts against the plain way."""
    made = [
        an_entity(str(at), *names, datasets=["one" if own else "two"], **({"country": sorted(codes)} if codes else {}))
        for at, (names, codes, own) in enumerate(rows)
    ]
    found = a_snapshot(*made)
    filters = (("countries", country),) if country else ()

    answer = search(
        found,
        word,
        Limits(datasets=frozenset({"one"}), filters=filters),
        Page(limit=50, offset=0, facets=("countries",)),
    )

    expected = [
        one
        for one in made
        if one.datasets == ["one"]
        and (country is None or country in one.properties.get("country", []))
        and (not word or any(word in name.lower().split() for name in one.properties["name"]))
    ]
    assert sorted(found.id(at) for at in answer.found) == sorted(one.id for one in expected)
    assert answer.total == len(expected)
    codes = [code for one in expected for code in one.properties.get("country", [])]
    assert dict(answer.facets["countries"]) == {code: codes.count(code) for code in set(codes)}


def test_inclusion_narrows_and_exclusion_wins():
    """Of a collection as of a list."""
    found = a_snapshot(an_entity("x", "Jane Roe"))

    assert scope_of(found, "all", (), ()) == {"one", "two"}
    assert scope_of(found, "all", ("one",), ()) == {"one"}
    assert scope_of(found, "all", ("one",), ("one",)) == frozenset()
    assert scope_of(found, "one", ("two",), ()) == frozenset()
    assert scope_of(found, "all", ("nothing",), ()) == frozenset()


def test_times_are_told_to_the_second_without_a_zone():
    """As clients read them."""
    assert second("2024-05-01T10:20:30.123456+02:00") == "2024-05-01T08:20:30"
    assert second("2024-05-01") == "2024-05-01T00:00:00"
    assert second("soon") is None
    assert second(None) is None
    assert seconds_of("2024") == seconds_of("2024-01-01T00:00:00")
    with pytest.raises(BadInput):
        seconds_of("2024-13")


def test_an_entity_is_never_without_a_caption():
    """The name that most others resemble; else what it is."""
    person = MODEL.schemata["Person"]

    assert caption_of(person, {"name": ["Путин", "Vladimir Putin", "Putin, Vladimir", "V. P."]}) == "Vladimir Putin"
    assert caption_of(person, {"alias": ["Tester"]}) == "Tester"
    assert caption_of(person, {}) == "Person"


def test_lines_that_are_no_entities_are_left_out_and_told(tmp_path):
    """With the number of the line and the reason; the others stand."""
    path = tmp_path / "some.json"
    path.write_text(
        '{"id": "a", "schema": "Person", "properties": {"name": ["Jane Roe"], "country": [{"id": "q"}, 5]}}\n'
        "\n{broken\n"
        '{"id": "b", "schema": "Nothing", "properties": {}}\n{"id": "", "schema": "Person"}\n{"schema": "Person"}\n'
        '{"id": "a", "schema": "Person", "properties": {"name": "John Doe"}}\n',
        encoding="utf-8",
    )
    left_out = []

    found = list(entities(EntityFile(path=path, dataset="x"), left_out))

    assert [(one.id, one.properties) for one in found] == [("a", {"name": ["John Doe"]})]  # the last of an id counts
    assert [one.line for one in left_out] == [3, 4, 5, 6]
    assert all(one.reason for one in left_out)


@pytest.mark.parametrize("text", ["", "file", "=x", "file=", "file=a b", "file=../x"])
def test_a_file_is_given_with_the_name_of_its_dataset(text):
    """Anything else is refused before anything is read."""
    with pytest.raises(BadInput, match="--entities"):
        given_file(text)


def test_files_have_names_of_their_own(tmp_path):
    """Two of one name would hide each other; one that is not there is said to be missing."""
    one = EntityFile(path=DATA / "sanctions.ftm.json", dataset="x")

    with pytest.raises(BadInput, match="two files"):
        datasets_of([one, one])
    with pytest.raises(BadInput, match="cannot be read"):
        datasets_of([EntityFile(path=tmp_path / "gone", dataset="x")])
    assert [found.name for found in datasets_of([EntityFile(path=one.path, dataset="all")])] == ["all", "default"]


def test_files_that_were_written_to_are_another_version(tmp_path):
    """So that a service notices."""
    path = tmp_path / "x.json"
    path.write_text("{}\n", encoding="utf-8")
    file = EntityFile(path=path, dataset="x")
    before = version_of([file])
    path.write_text("{}\n{}\n", encoding="utf-8")

    assert version_of([file]) != before


def test_a_shelf_marks_the_newest_and_keeps_the_one_before(held, tmp_path):
    """Who answers from the older one is not left without; the oldest go."""
    shelf = Shelf(tmp_path / "shelf")
    assert shelf.marked() is None
    paths = []
    for version in "1234":
        about = msgspec.structs.replace(held.about, version=version)
        paths.append(shelf.put(Snapshot(about, held.screener, held.held, held.inverted)))

    assert shelf.marked() == paths[-1]
    assert [path.exists() for path in paths] == [False, False, True, True]
    assert shelf.has("4")
    assert Snapshot.open(shelf.marked()).about.version == "4"
    assert {one.suffix for one in shelf.folder.iterdir()} == {"", ".snapshot"}  # nothing half made is left


def test_a_shelf_that_cannot_be_written_says_so(held, tmp_path):
    """The message names the place."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(BadInput, match="file"):
        Shelf(tmp_path / "file" / "shelf").put(held)


def test_what_is_answered_from_is_swapped_whole(held):
    """One assignment."""
    current = Current()
    assert (current.snapshot, current.newest) == (None, "")

    current.take(held)

    assert (current.snapshot, current.newest) == (held, held.about.version)


def test_a_snapshot_that_nobody_holds_is_gone_at_once(held, tmp_path):
    """A service that swaps lists for years holds the last one: nothing waits until rings of objects are looked for."""
    held.save(tmp_path / "it")
    one = Snapshot.open(tmp_path / "it")
    one.warm()
    everything(one)
    gone = [weakref.ref(part) for part in (one, one.screener)]
    gc.disable()

    try:
        del one
        assert [part() for part in gone] == [None, None]
    finally:
        gc.enable()
