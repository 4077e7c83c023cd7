"""A small register whose exports are looked at, of any dates."""

import datetime as dt
import io
from contextlib import contextmanager

import pytest
from tests.makers import Ticking, a_claim, a_document, a_register, an_entry

from tizim.answer.times import Asked, as_of
from tizim.domain.statements import Property
from tizim.export import Output, export, from_kept, from_snapshot, from_view
from tizim.screen.from_register import snapshot
from tizim.screen.readings import Readings

NOW = dt.datetime(2024, 6, 10, 12, tzinfo=dt.UTC)
ANVAR = an_entry(
    "QDi.001",
    [
        a_claim(Property.KIND, "person"),
        a_claim(Property.ALIAS, "TESTER, Anvar", quality="good"),
        a_claim(Property.ALIAS, "=1+1", quality="low"),
        a_claim(Property.ORIGINAL_NAME, "أنور", script="Arab", language="ar"),
        a_claim(Property.BIRTH_DATE, "1971-05-06"),
        a_claim(Property.BIRTH_YEAR, "1971"),
        a_claim(Property.NATIONALITY, "Uzbekistan"),
        a_claim(Property.GENDER, "male"),
        a_claim(Property.ADDRESS, "1 Test Street; Kabul"),
        a_claim(Property.CONTACT, "+998 71 123 45 67", kind="phone"),
        a_claim(Property.IDENTIFIER, "AB 1234567", type="Passport"),
        a_claim(Property.IDENTIFIER, "12xyz", type="Digital Currency Address", currency="XBT"),
        a_claim(Property.LISTED_ON, "2001-10-06"),
    ],
    name="ANVAR TESTOV",
)
PLAIN = an_entry("QDi.001", [a_claim(Property.KIND, "person")], name="ANVAR TESTOV")
GROUP = an_entry("TAe.001", [a_claim(Property.KIND, "organisation")], on="un-1988", name="TEST GROUP")
DOCUMENTS = (
    a_document("2024-04-01", [ANVAR, an_entry("QDi.009", name="GONE FROM IT")]),
    a_document("2024-05-01", [PLAIN, GROUP]),
    a_document("2024-06-03", [ANVAR, GROUP]),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A register of three documents: one entry leaves, one comes, one says less for a while."""
    made = a_register(tmp_path_factory.mktemp("register"))
    clock = Ticking(NOW - dt.timedelta(days=1))
    for one in DOCUMENTS:
        made.append(one, clock)
    yield made
    made.close()


def gone_through(given):
    """All entities of what is supplied."""
    return [entity for one in given.subjects for entity in one.entities]


@pytest.fixture
def supplied(register, tmp_path):
    """What the register, or a snapshot of it, gives for dates and lists."""

    @contextmanager
    def of(*lists, day=None, by="view"):
        head = register.head()
        with register.view() as view:
            at = as_of(Asked(as_of=day), view, NOW)
            if by == "view":
                yield from_view(view, at, "v", head, lists, with_statements=True)
            elif by == "kept":
                readings = Readings(tmp_path / "readings")
                gone_through(from_view(view, at, "v", head, lists, readings=readings))
                yield from_kept(readings.found("v"), head, lists)
            else:
                yield from_snapshot(snapshot(view, at, "v", head.hash), head, lists)

    return of


@pytest.fixture
def exported(supplied):
    """The bytes of a format, and what is told of them."""

    def of(form, *lists, day=None, by="view", raw=False):
        file = io.BytesIO()
        with supplied(*lists, day=day, by=by) as given:
            (written,) = export(given, [Output(format=form, name="f", file=file)], raw=raw)
        return file.getvalue(), written

    return of
