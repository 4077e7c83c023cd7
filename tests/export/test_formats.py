"""The formats: each says who is on a list on a day, and nobody else; values stand as their readers expect them."""

import csv
import hashlib
import io
import json

import pytest

from tizim.errors import BadInput
from tizim.export.statements import REGISTER


def lines(data):
    """Lines of JSON."""
    return [json.loads(line) for line in data.splitlines()]


def rows(data):
    """Rows of CSV by the names of their columns."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("form", ["ftm", "targets", "senzing"])
@pytest.mark.parametrize("lists", [(), ("un-1988",), ("un-sc",)], ids=["all", "one", "several"])
@pytest.mark.parametrize("by", ["snapshot", "kept"])
def test_a_snapshot_and_an_earlier_export_give_the_same_bytes_as_the_register(exported, form, lists, by):
    """Whether the entities lie ready is a matter of time alone."""
    data, told = exported(form, *lists)
    copied, also_told = exported(form, *lists, by=by)

    assert data == copied
    assert told == also_told
    assert told.rows
    assert (told.sha256, told.bytes) == (hashlib.sha256(data).hexdigest(), len(data))


def test_who_is_off_the_list_is_in_no_export(exported):
    """Neither who left before the day, nor who came after it."""
    now = exported("ftm")[0].decode()
    then = exported("ftm", day="2024-04-01")[0].decode()

    assert ("GONE FROM IT" in now, "TEST GROUP" in now) == (False, True)
    assert ("GONE FROM IT" in then, "TEST GROUP" in then) == (True, False)


def test_what_was_last_seen_long_ago_says_so_in_every_format(exported):
    """Old sight is never told as today's."""
    told = "not observed since 2024-06-03"

    listing = next(one for one in lines(exported("ftm")[0]) if one["schema"] == "Sanction")
    assert listing["properties"]["status"] == [told]
    assert all(told in row["sanctions"] for row in rows(exported("targets")[0]))
    assert all(told in one["LISTINGS"] for one in lines(exported("senzing")[0]))
    assert told in {row["value"] for row in rows(exported("statements")[0]) if row["prop"] == "status"}


def test_a_list_that_nothing_is_held_of_is_no_empty_export(exported):
    """An empty file would look like an empty list."""
    with pytest.raises(BadInput, match="nothing is held of a list 'un-9999'"):
        exported("ftm", "un-9999")


def test_only_those_on_the_lists_asked_for_are_exported(exported):
    """With their listings on these lists."""
    found = lines(exported("ftm", "un-1988")[0])

    assert [one["id"] for one in found] == ["un-sc:TAe.001", "listing:un-1988:un-sc:TAe.001"]


# -- statements ----------------------------------------------------------------------------------------


def test_statements_add_up_to_the_entities(exported):
    """Each value of each entity is stated, and nothing else is."""
    stated = {}
    for row in rows(exported("statements", raw=True)[0]):
        stated.setdefault(row["canonical_id"], set()).add((row["schema"], row["prop"], row["value"]))
    entities = {
        one["id"]: {(one["schema"], prop, value) for prop, values in one["properties"].items() for value in values}
        for one in lines(exported("ftm")[0])
    }

    assert stated == entities


def test_a_statement_tells_who_says_so_and_between_which_days(exported):
    """What a record said, left out, and said again are two statements."""
    found = rows(exported("statements")[0])

    names = [row for row in found if row["value"] == "TESTER, Anvar"]
    assert [(row["first_seen"], row["last_seen"]) for row in names] == [
        ("2024-04-01", "2024-04-01"), ("2024-06-03", "2024-06-03"),
    ]  # fmt: skip
    assert {(row["entity_id"], row["dataset"], row["origin"]) for row in names} == {
        ("un-sc:QDi.001", "un_1267", "un-sc")
    }
    assert len({row["id"] for row in found}) == len(found)
    arabic = next(row for row in found if row["value"] == "أنور")
    assert (arabic["lang"], arabic["prop_type"]) == ("ara", "name")
    country = next(row for row in found if row["prop"] == "nationality")
    assert (country["value"], country["original_value"]) == ("uz", "Uzbekistan")
    assert {row["dataset"] for row in found} <= {"un_1267", "un_1988", REGISTER}


def test_formulas_are_neutral_unless_asked_for(exported):
    """A name that begins like a formula runs in no spreadsheet; programs may have it as it is."""
    data, told = exported("statements")
    raw, untouched = exported("statements", raw=True)

    assert "'=1+1" in {row["value"] for row in rows(data)}
    assert "=1+1" in {row["value"] for row in rows(raw)}
    assert (told.neutralised > 0, untouched.neutralised) == (True, 0)
    assert exported("targets")[0].decode().count("'+998711234567") == 1


# -- targets, Senzing, Parquet -------------------------------------------------------------------------


def test_targets_are_a_row_for_each(exported):
    """Also for what a subject holds; a semicolon within a value parts nothing."""
    found = {row["id"]: row for row in rows(exported("targets", raw=True)[0])}

    own = found["un-sc:QDi.001"]
    assert (own["schema"], own["name"], own["birth_date"]) == ("Person", "ANVAR TESTOV", "1971-05-06")
    assert set(own["aliases"].split(";")) == {"TESTER, Anvar", "=1+1", "أنور"}
    assert (own["countries"], own["addresses"], own["identifiers"]) == ("uz", "1 Test Street, Kabul", "AB 1234567")
    assert (own["phones"], own["program_ids"], own["dataset"]) == ("+998711234567", "un-1267", "un_1267")
    assert {row["schema"] for row in found.values()} == {"Person", "Organization", "CryptoWallet"}


def test_senzing_compares_features(exported):
    """One primary name, each fact by its own attribute, and a holder's addresses of currency as numbers."""
    person, group = lines(exported("senzing")[0])

    features = person["FEATURES"]
    assert (person["DATA_SOURCE"], person["RECORD_ID"], features[0]) == (
        "TIZIM", "un-sc:QDi.001", {"RECORD_TYPE": "PERSON"},
    )  # fmt: skip
    assert [one["NAME_FULL"] for one in features if one.get("NAME_TYPE") == "PRIMARY"] == ["ANVAR TESTOV"]
    assert {"NAME_TYPE": "WEAK", "NAME_FULL": "=1+1"} in features
    for fact in (
        {"DATE_OF_BIRTH": "1971-05-06"}, {"NATIONALITY": "UZ"}, {"GENDER": "M"}, {"PASSPORT_NUMBER": "AB 1234567"},
        {"OTHER_ID_TYPE": "DIGITAL CURRENCY ADDRESS", "OTHER_ID_NUMBER": "12xyz"},
    ):  # fmt: skip
        assert fact in features
    assert {"NAME_TYPE": "PRIMARY", "NAME_ORG": "TEST GROUP"} in group["FEATURES"]


def test_parquet_holds_the_entities_and_says_of_when_they_are(exported, register):
    """Dates and head stand in the file's own metadata."""
    pq = pytest.importorskip("pyarrow.parquet")

    table = pq.read_table(io.BytesIO(exported("parquet")[0]))
    found = table.to_pylist()
    expected = lines(exported("ftm")[0])

    assert [(one["id"], one["target"], dict(one["properties"])) for one in found] == [
        (one["id"], one["target"], one["properties"]) for one in expected
    ]
    told = table.schema.metadata
    assert (told[b"as_of"], told[b"head_hash"]) == (b"2024-06-10", register.head().hash.encode())
