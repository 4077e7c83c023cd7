"""Whoever loads an export gets the answers that the register gives for the same dates."""

import datetime as dt
import io
import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.makers import NOON, a_claim, a_document, an_entry

from tizim.domain.dates import AsOf, Basis
from tizim.domain.statements import Property
from tizim.export import Output, export, from_view
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister
from tizim.screen.entities import Entity
from tizim.screen.from_files import EntityFile
from tizim.screen.from_files import snapshot as of_files
from tizim.screen.from_register import snapshot
from tizim.screen.matching import Scope, Wanted, example_of, match

NAMES = ("ANVAR TESTOV", "Анвар Тестов", "ANWAR TEST", "BIN EXAMPLE")
KEYS = ("QDi.001", "QDi.002", "QDi.003")
DAYS = 40
entries = st.dictionaries(
    st.sampled_from(KEYS),
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(["", "1971", "1980-02-03"]), st.sampled_from(["un-1267", "un-1988"])
    ),
)
plans = st.lists(st.tuples(st.integers(0, DAYS), entries), min_size=1, max_size=4, unique_by=lambda one: one[0])
WANTED = Wanted(limit=5, threshold=0.7, cutoff=0.1)


def day(number):
    """A day of the plan."""
    return dt.date(2020, 1, 1) + dt.timedelta(days=number)


def batch(number, rows):
    """The document of a day."""
    made = [
        an_entry(
            key, [a_claim(Property.KIND, "person"), *([a_claim(Property.BIRTH_DATE, born)] if born else [])],
            on=on, name=name,
        )
        for key, (name, born, on) in sorted(rows.items())
    ]  # fmt: skip
    return a_document(day(number).isoformat(), made)


def answers(found):
    """Who each name may be, how much, and what is told of their listings."""
    told = {}
    for name in NAMES:
        example = example_of(None, "Person", {"name": [name], "birthDate": ["1971"]})
        for hit in match(Scope(found), example, WANTED).hits:
            listings = sorted(
                (one.id, *one.properties["status"]) for at in found.naming(hit.at) if (one := found.entity(at))
            )
            told.setdefault(name, []).append((found.id(hit.at), hit.score, hit.listed, listings))
        told.setdefault(name, []).sort()
    return told


@given(plan=plans, as_of=st.integers(-1, DAYS + 10), documents=st.integers(0, 4))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_an_export_loaded_elsewhere_gives_the_same_answers(plan, as_of, documents):
    """For any day in the world, as known when any number of the documents had been kept."""
    with tempfile.TemporaryDirectory() as folder:
        register = SqlRegister("sqlite://", Archive(Path(folder)))
        try:
            register.prepare()
            for number, (at, rows) in enumerate(plan, start=1):
                register.append(batch(at, rows), lambda number=number: NOON + dt.timedelta(minutes=number))
            head = register.head()
            known = AsOf(
                valid_at=day(as_of), known_at=NOON + dt.timedelta(minutes=documents, seconds=30), basis=Basis.RECORDED
            )
            with register.view() as view:
                own = snapshot(view, known, "v", head.hash)
                file = io.BytesIO()
                (written,) = export(from_view(view, known, "v", head), [Output(format="ftm", name="f", file=file)])
        finally:
            register.close()
        place = Path(folder) / "entities.ftm.json"
        place.write_bytes(file.getvalue())

        left_out = []
        loaded = of_files([EntityFile(path=place, dataset="loaded")], NOON, left_out)

    assert not left_out
    assert len(loaded) == len(own) == written.rows
    assert answers(loaded) == answers(own)
    everybody = [msgspec.json.decode(line, type=Entity) for line in file.getvalue().splitlines()]
    shown = {f"un-sc:{key}" for at, rows in plan[:documents] if at <= as_of for key in rows}
    told = {one.properties["entity"][0] for one in everybody if one.properties.get("status") == ["listed"]}
    assert told <= shown  # of whom only a later copy tells, the state is unknown, and that is what stands there
