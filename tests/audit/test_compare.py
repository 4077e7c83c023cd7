"""Two invented lists against each other: who is whose counterpart, beyond what names alone say."""

import pytest
from tests.makers import Ticking, a_register
from tests.resolve.makers import LATER, a_table, an_entry_of, judge

from tizim.audit.compare import compare_lists
from tizim.audit.findings import FindingKind
from tizim.domain.lists import ListId
from tizim.resolve.pairs import without_initials

HOME, WORLD = ListId("home"), ListId("world")


@pytest.fixture
def clock():
    """A clock that moves a second each time."""
    return Ticking()


@pytest.fixture
def register(tmp_path):
    """An empty register."""
    made = a_register(tmp_path)
    yield made
    made.close()


def audited(register, clock, home, world):
    """The findings of *home* against *world* by the national entry's subject."""
    register.append(a_table(HOME, *home), clock)
    register.append(a_table(WORLD, *world), clock)
    return again(register)


def again(register):
    """The findings once more."""
    with register.view() as view:
        audit = compare_lists(view, HOME, WORLD, LATER, 1)
    return {finding.national.member.subject: finding for finding in audit.findings if finding.national}


def test_a_judgement_that_two_are_two_is_kept_to(register, clock):
    """The same name and nothing against it, but a person has said that they are others."""
    found = audited(register, clock, [an_entry_of(HOME, "1", "Zenda Front")], [an_entry_of(WORLD, "7", "Zenda Front")])
    assert found["home:1"].kind is FindingKind.SAME

    judge(register, clock, "home:1", "world:7", "different")

    assert again(register)["home:1"].kind is FindingKind.EXTRA


def test_an_entry_twice_on_a_list_has_its_counterpart_twice(register, clock):
    """A judgement ties the first; the second bears the same main name, and nothing speaks against it."""
    found = audited(
        register, clock,
        [an_entry_of(HOME, "1", "Zenda Shipping Company"), an_entry_of(HOME, "2", "ZENDA SHIPPING COMPANY")],
        [an_entry_of(WORLD, "7", "Zenda Shipping Company")],
    )  # fmt: skip
    assert {one.kind for one in found.values()} == {FindingKind.SAME}

    judge(register, clock, "home:1", "world:7", "same")
    found = {one.member.name: (finding.kind, finding.reasons) for finding in again(register).values()
             if (one := finding.national)}  # fmt: skip

    assert {kind for kind, _ in found.values()} == {FindingKind.SAME}
    assert found["ZENDA SHIPPING COMPANY"][1][-1] == "the list has it twice: “Zenda Shipping Company” stands for it too"


def test_a_namesake_of_another_birth_is_not_a_second_entry(register, clock):
    """One of two of one name is tied; the other was born at another time and is for a person to look at."""
    audited(
        register, clock,
        [an_entry_of(HOME, "1", "Rudolf Rassendyll", kind="person"),
         an_entry_of(HOME, "2", "Rudolf Rassendyll", kind="person", born="1890-02-03")],
        [an_entry_of(WORLD, "7", "Rudolf Rassendyll", kind="person", born="1889-05-04")],
    )  # fmt: skip
    judge(register, clock, "home:1", "world:7", "same")

    found = again(register)["home:2"]

    assert found.kind in {FindingKind.AMBIGUOUS, FindingKind.EXTRA}


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("DEFENCE INDUSTRIES ORGANISATION (DIO)", "DEFENCE INDUSTRIES ORGANISATION"),
        ("General Bureau of Atomic Energy (GBAE)", "General Bureau of Atomic Energy"),
        ("Islamic Movement of Zenda (IMZ)", "Islamic Movement of Zenda"),
        ("Islamic Movement of Zenda (IMoZ)", "Islamic Movement of Zenda"),
    ],
)
def test_initials_in_brackets_are_no_part_of_a_name(printed, bare):
    """One list prints them behind the name and another does not; small words may be left out of them."""
    assert without_initials(printed) == bare


@pytest.mark.parametrize(
    "printed", ["Zenda Army (Algeria)", "Abu Bakr (ABC)", "(DIO)", "Zenda Front", "Front (F)", "Islamic State ()"]
)
def test_what_else_stands_in_brackets_stays(printed):
    """A place in brackets tells two organisations apart."""
    assert without_initials(printed) == printed


def test_a_name_without_its_initials_is_the_same_name(register, clock):
    """The reason names both as they are printed."""
    found = audited(
        register, clock,
        [an_entry_of(HOME, "1", "General Bureau of Zendan Energy")],
        [an_entry_of(WORLD, "7", "General Bureau of Zendan Energy (GBZE)")],
    )  # fmt: skip

    assert found["home:1"].kind is FindingKind.SAME
    assert found["home:1"].reasons[0] == (
        "“General Bureau of Zendan Energy” and “General Bureau of Zendan Energy (GBZE)” are alike (1.00)"
    )
