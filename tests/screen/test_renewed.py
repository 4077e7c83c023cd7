"""A reading of the register that begins with an earlier one says what one worked out anew says."""

import datetime as dt
import os
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import NOON, Ticking, a_claim, a_document, a_register, an_entry, archived, the_core_of

from tizim.answer.times import Asked, as_of
from tizim.domain.statements import Property, statement_id
from tizim.register.protocol import Withholding
from tizim.register.view import View
from tizim.screen.from_register import about_of, snapshot, supply
from tizim.screen.readings import Readings

LATER = NOON + dt.timedelta(days=300)
UN, OFAC = "un-sc", "us-ofac-cons-csv"
RECORDS = tuple(f"{line} {number}" for line in (UN, OFAC) for number in "123")
WHOLE = bool(os.environ.get("TIZIM_TEST_WHOLE"))


def told(record, variant):
    """An entry, which a document may tell in four ways: in the core, in what is beside it, or of whom it is."""
    line, number = record.split()
    claims = [a_claim(Property.KIND, "person"), a_claim(Property.ADDRESS, f"{variant % 3} Long Street")]
    if variant == 1:
        claims.append(a_claim(Property.IDENTIFIER, f"{number}xyz", type="Digital Currency Address", currency="XBT"))
    if variant == 2:
        claims.append(a_claim(Property.LISTED_ON, f"2020-01-0{number}"))
    if variant == 3 and line == OFAC:
        claims.append(a_claim(Property.CROSS_REFERENCE, f"QDi.00{number}", source="un-sc"))
    if line == UN:
        return an_entry(f"QDi.00{number}", claims, name=f"ANVAR {variant % 2} TESTOV {number}")
    made = an_entry(number, claims, on="us-ofac-cons", name=f"Anvar {variant % 2} Testov {number}")
    return msgspec.structs.replace(made, subject=f"us-ofac:{number}")


def document(step):
    """A document of one line, with its day and what it tells of each of its records."""
    line, day, records = step["line"], dt.date(2025, 1, 1) + dt.timedelta(days=step["day"]), step["records"]
    own = [told(record, variant) for record, variant in sorted(records.items()) if record.startswith(line)]
    return a_document(day.isoformat(), own, source=line, complete=step["complete"])


STEPS = st.lists(
    st.fixed_dictionaries({
        "line": st.sampled_from([UN, OFAC]),
        "day": st.integers(0, 12),
        "records": st.dictionaries(st.sampled_from(RECORDS), st.integers(0, 3)),
        "complete": st.sampled_from([True, True, True, False]),
        "first": st.sampled_from(["whole", "whole", "core"]),
        "read": st.booleans(),
        "asked": st.integers(0, 15),
    }),
    min_size=2, max_size=6,
)  # fmt: skip


def lines_of(view, readings, day, version, *, keep):
    """The entities of a reading, as lines."""
    at = as_of(Asked(as_of=day), view, LATER)
    given = supply(view, at, version, readings=readings)
    about = about_of(given, at, version, "head")
    subjects = readings.keep(about, given.subjects, given.begun) if keep else given.subjects
    return [line for one in subjects for line in one.lines]


@settings(max_examples=400 if WHOLE else 30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_what_is_renewed_is_what_would_be_worked_out(steps):
    """Whatever came in between: documents in any order, in parts, read twice, of records that are tied or loosed."""
    with tempfile.TemporaryDirectory() as folder:
        register, clock = a_register(Path(folder)), Ticking()
        readings, none = Readings(Path(folder) / "readings"), Readings(Path(folder) / "none")
        met = set()
        for number, step in enumerate(steps):
            whole = archived(register, document(step))
            if whole.facts.sha256 not in met:
                register.append(the_core_of(whole) if step["first"] == "core" else whole, clock)
                met.add(whole.facts.sha256)
            elif step["read"]:
                register.append(whole, clock)
            day = (dt.date(2025, 1, 1) + dt.timedelta(days=step["asked"])).isoformat()
            with register.view() as view:
                anew = lines_of(view, none, day, str(number), keep=False)
                renewed = lines_of(view, readings, day, str(number), keep=True)
            assert renewed == anew
        register.close()


@pytest.fixture
def register(tmp_path):
    """Two lines of documents, each of two records."""
    made, clock = a_register(tmp_path), Ticking()
    made.append(a_document("2025-01-01", [told(f"{UN} 1", 0), told(f"{UN} 2", 0)]), clock)
    made.append(a_document("2025-01-02", [told(f"{OFAC} 1", 0), told(f"{OFAC} 2", 0)], source=OFAC), clock)
    yield made
    made.close()


@pytest.fixture
def renewed(register, tmp_path, monkeypatch):
    """Reads the register anew, beginning with the last reading: the lines, and whose claims were read for them."""
    read = []
    claims = View.claims

    def recorded(view, subjects, properties=None):
        read.extend(subjects)
        return claims(view, subjects, properties)

    monkeypatch.setattr(View, "claims", recorded)
    readings = Readings(tmp_path / "readings")

    def again(version, day="2025-02-01"):
        read.clear()
        with register.view() as view:
            lines = lines_of(view, readings, day, version, keep=True)
        return lines, sorted(set(read))

    again("before")
    return again


def test_nothing_is_worked_out_again_where_nothing_came(renewed):
    """The next day of a register that stands still is copied."""
    lines, read = renewed("after", "2025-02-02")

    assert len(lines) == 8
    assert read == []


def test_only_those_are_worked_out_of_whom_a_document_tells_otherwise(register, renewed):
    """The others were seen once more, and their entities say so."""
    register.append(a_document("2025-01-20", [told(f"{UN} 1", 1), told(f"{UN} 2", 0)]), Ticking(NOON.replace(hour=13)))

    lines, read = renewed("after")

    assert read == ["un-sc:QDi.001"]
    seen = {msgspec.json.decode(line)["id"]: msgspec.json.decode(line)["last_seen"] for line in lines}
    assert seen["un-sc:QDi.001"] == seen["un-sc:QDi.002"] == "2025-01-20T00:00:00"
    assert seen["listing:un-1267:un-sc:QDi.002"] == "2025-01-20T00:00:00"
    assert seen["us-ofac:1"] == "2025-01-02T00:00:00"


def test_a_document_that_comes_into_the_midst_of_a_line_has_all_of_it_worked_out(register, renewed):
    """What it tells may part what others say, of anybody in it."""
    register.append(a_document("2024-12-20", [told(f"{UN} 1", 0)]), Ticking(NOON.replace(hour=13)))

    _, read = renewed("after")

    assert read == ["un-sc:QDi.001", "un-sc:QDi.002"]


def test_nothing_read_before_a_value_was_withheld_is_used(register, renewed, tmp_path):
    """Even where a reading was left lying, as on another machine."""
    with register.view() as view:
        claim = next(one for one in view.claims(["un-sc:QDi.001"]) if one.value == "0 Long Street")
        statement = statement_id(claim.claim_key, view.documents()[0].sha256)
    act = Withholding(author="A Court", ground="order", scope="statement", act="")
    register.withhold(statement, act, Ticking(NOON.replace(hour=13)))

    lines, read = renewed("after")

    assert len(read) == 4
    first = next(line for line in lines if b'"id":"un-sc:QDi.001"' in line)
    assert b"Long Street" not in first
    assert b"Long Street" in b"".join(lines)


def test_what_was_known_before_all_was_kept_renews_nothing_and_begins_nothing(register, renewed, tmp_path):
    """A reading of less than the log tells cannot say what has come since."""
    known = NOON + dt.timedelta(seconds=1)
    with register.view() as view:
        at = as_of(Asked(as_of="2025-02-01", known_at=known.isoformat()), view, LATER)
        given = supply(view, at, "then", readings=Readings(tmp_path / "readings"))
        lines = [line for one in given.subjects for line in one.lines]

    assert given.begun is None
    assert not any(b"us-ofac" in line for line in lines)


def test_a_reading_that_was_changed_on_the_disk_begins_nothing(renewed, tmp_path):
    """It is known by its sum."""
    (path,) = (tmp_path / "readings").glob("*.lines")
    path.write_bytes(path.read_bytes().replace(b"ANVAR", b"ANWAR", 1))

    lines, read = renewed("after")

    assert len(read) == 4
    assert not any(b"ANWAR" in line for line in lines)


def test_a_snapshot_begins_with_what_an_export_left_and_leaves_the_same(register, tmp_path):
    """Screening and exports read the register by one way."""
    readings = Readings(tmp_path / "readings")
    with register.view() as view:
        at = as_of(Asked(as_of="2025-02-01"), view, LATER)
        anew = snapshot(view, at, "anew", "head")
        lines_of(view, readings, "2025-01-31", "export", keep=True)
        renewed = snapshot(view, at, "renewed", "head", readings=readings)

    assert len(anew) == 8
    assert [renewed.text(at) for at in range(8)] == [anew.text(at) for at in range(8)]
    assert [line for some in readings.found("renewed") for line in some] == [anew.text(at) for at in range(8)]
