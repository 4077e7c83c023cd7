"""Readings that exports keep: whole or not at all, never another's, and gone when a value is withheld."""

import pytest
from tests.makers import Ticking

from tizim.answer.times import Asked, as_of
from tizim.app import App
from tizim.domain.statements import statement_id
from tizim.export import from_view
from tizim.register.protocol import Withholding
from tizim.screen.readings import Readings
from tizim.settings import Settings

from .conftest import DOCUMENTS, NOW, gone_through


@pytest.fixture
def readings(tmp_path):
    """A folder of readings, in which there is none."""
    return Readings(tmp_path / "readings")


@pytest.fixture
def asked(register, readings):
    """What the register gives for a version of the data, kept once it is gone through."""
    with register.view() as view:
        at = as_of(Asked(), view, NOW)

        def of(version="v", *lists):
            return from_view(view, at, version, register.head(), lists, readings=readings)

        yield of


def test_a_reading_of_one_list_is_kept_whole(asked, readings):
    """All are worked out for it anyway, so the next export of any list finds them."""
    gone_through(asked("some", "un-1988"))
    everybody = gone_through(asked("all"))

    kept = [line for some in readings.found("some") for line in some]
    assert kept == [line for some in readings.found("all") for line in some]
    assert len(kept) == len(everybody) > len(gone_through(asked("again", "un-1988")))


def test_what_was_not_gone_through_to_its_end_is_not_kept(asked, readings):
    """Half of a register would look like a register of half as many."""
    subjects = asked().subjects
    next(subjects)
    subjects.close()

    assert readings.found("v") is None
    assert not list(readings.folder.iterdir())


def test_a_reading_that_was_changed_on_the_disk_is_worked_out_anew(asked, readings):
    """One letter of it is enough: nobody could tell a name from a damaged one."""
    gone_through(asked())
    path = readings.path("v")
    data = path.read_bytes()

    for damaged in (data.replace(b"ANVAR", b"ANWAR", 1), data[: len(data) // 2], b"\n", b""):
        path.write_bytes(damaged)
        assert readings.found("v") is None
    path.write_bytes(data)
    assert readings.found("v") is not None


def test_only_the_readings_used_last_stay(asked, readings):
    """A folder of every day's register would fill the disk."""
    for version in ("a", "b", "c", "d"):
        gone_through(asked(version))

    assert sum(readings.found(version) is not None for version in "abcd") == 3
    assert readings.found("d") is not None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_breaks_nothing(asked, readings):
    """The export is what was asked for."""
    readings.folder.write_bytes(b"a file in its place")

    assert gone_through(asked())
    assert readings.found("v") is None


def test_an_export_that_was_begun_before_a_value_was_withheld_leaves_nothing(asked, readings):
    """It is written as it was asked for, but what it read is kept for nobody."""
    subjects = asked().subjects
    first = next(subjects)

    readings.clear()
    gone_through(asked("another"))  # the folder is there again
    others = list(subjects)

    assert first
    assert others
    assert readings.found("v") is None
    assert readings.found("another") is not None


def test_a_withheld_value_is_in_no_reading_kept(tmp_path):
    """Its bytes leave what is made of the register for good."""
    app = App(Settings.read({"TIZIM_HOME": str(tmp_path)}))
    app.made().append(DOCUMENTS[0], Ticking(NOW))
    with app.supplied(Asked(as_of="2024-06-10"), []) as given:
        gone_through(given)
    with app.existing().view() as view:
        claim = next(one for one in view.claims(["un-sc:QDi.001"]) if one.value == "TESTER, Anvar")
        statement = statement_id(claim.claim_key, view.documents()[0].sha256)
    kept = list((tmp_path / "exports").iterdir())

    app.withhold(statement, Withholding(author="A Court", ground="order", scope="statement", act=""))

    assert kept
    assert not (tmp_path / "exports").exists()
    with app.supplied(Asked(as_of="2024-06-10"), []) as given:
        assert "TESTER, Anvar" not in str(gone_through(given))
    app.close()
