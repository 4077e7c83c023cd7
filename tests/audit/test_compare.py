"""Two invented lists against each other: who is whose counterpart, beyond what names alone say."""

import datetime as dt

import msgspec
import pytest
from tests.makers import Ticking, a_claim, a_register
from tests.resolve.makers import LATER, a_table, an_entry_of, judge

from tizim.audit.compare import compare_lists
from tizim.audit.findings import FindingKind
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.register.view import View
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


# -- how far what is held reaches ----------------------------------------------------------------------


def listed(entry, day):
    """An entry with the day on which its list says that it was listed."""
    return msgspec.structs.replace(entry, claims=(*entry.claims, a_claim(Property.LISTED_ON, day)))


def found_on(register):
    """The findings by class."""
    with register.view() as view:
        audit = compare_lists(view, HOME, WORLD, LATER, 1)
    return {finding.kind: finding for finding in audit.findings}


def test_what_is_newer_than_the_other_list_is_told_as_that(register, clock):
    """A copy from before the listing cannot show it, so nothing is said of who is late."""
    register.append(a_table(HOME, an_entry_of(HOME, "1", "Strelsau Union"), day="2024-01-01"), clock)
    newer = listed(an_entry_of(WORLD, "7", "Zenda Front"), "2024-03-05")
    register.append(a_table(WORLD, newer, day="2024-04-01"), clock)

    missing = found_on(register)[FindingKind.MISSING]

    assert missing.reasons[-1] == (
        "it is listed since 2024-03-05, and home was last seen on 2024-01-01: a newer copy may have it"
    )
    assert missing.lag_days is None


def test_an_entry_is_late_up_to_the_day_on_which_the_list_was_seen(register, clock):
    """Whether it came since, nothing held here says."""
    register.append(a_table(HOME, an_entry_of(HOME, "1", "Strelsau Union"), day="2024-01-01"), clock)
    older = listed(an_entry_of(WORLD, "7", "Zenda Front"), "2023-12-01")
    register.append(a_table(WORLD, older, day="2024-04-01"), clock)

    missing = found_on(register)[FindingKind.MISSING]

    assert (missing.lag_days, len(missing.reasons)) == (31, 1)


def test_where_nothing_is_held_of_a_list_the_reason_says_so(register, clock):
    """That its entries were not found says nothing then."""
    register.append(a_table(WORLD, an_entry_of(WORLD, "7", "Zenda Front"), day="2024-01-01"), clock)

    with register.view() as view:
        (missing,) = compare_lists(view, ListId("kz-list"), WORLD, LATER, 1).findings

    assert missing.reasons[-1] == "nothing held here shows kz-list on that day or before it"
    assert missing.lag_days is None


def test_a_date_of_a_listing_that_ended_says_not_who_was_late(register, clock):
    """A list prints the first date of an entry that it struck out and took in again."""
    entry = listed(an_entry_of(WORLD, "7", "Zenda Front"), "2006-12-23")
    other = an_entry_of(WORLD, "8", "Ruritanian Union")
    for day, entries in (("2015-01-01", [entry, other]), ("2017-01-01", [other]), ("2024-01-01", [entry, other])):
        register.append(a_table(WORLD, *entries, day=day), clock)
    home = listed(an_entry_of(HOME, "1", "Zenda Front"), "2023-05-01")
    register.append(a_table(HOME, home, day="2024-02-01"), clock)

    same = found_on(register)[FindingKind.SAME]

    assert same.lag_days is None


def test_an_entry_that_the_other_list_had_is_told_with_its_end(register, clock):
    """That there is none like it today is half of what an auditor wants to know."""
    entry, other = an_entry_of(WORLD, "7", "Zenda Front"), an_entry_of(WORLD, "8", "Ruritanian Union")
    register.append(a_table(WORLD, entry, other, day="2023-01-01"), clock)
    register.append(a_table(WORLD, other, day="2024-01-01"), clock)
    register.append(a_table(HOME, an_entry_of(HOME, "1", "Zenda Front"), day="2024-02-01"), clock)
    judge(register, clock, "home:1", "world:7", "same")

    extra = found_on(register)[FindingKind.EXTRA]

    assert extra.reasons[0] == (
        "world had an entry for it: absent since a day between 1 January 2023 and 1 January 2024"
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Zendan Army of Right", FindingKind.EXTRA), ("ZENDA ARMY OF RIGHT", FindingKind.SAME)],
    ids=["a like name", "the very same name"],
)
def test_two_subjects_of_the_ledger_are_not_one_by_likeness(register, clock, name, kind):
    """Who keeps a ledger has looked at both; only one very same name says more, and then the doubt is told."""
    audited(register, clock, [an_entry_of(HOME, "1", name)], [an_entry_of(WORLD, "7", "Zenda Army of Right")])
    before = again(register)["home:1"]
    judge(register, clock, "home:1", "ledger:army-of-zendans", "same", author="ledger")
    judge(register, clock, "world:7", "ledger:army-of-zenda", "same", author="ledger")

    after = again(register)
    finding = next(iter(after.values()))

    assert before.kind is FindingKind.SAME
    assert finding.kind is kind
    assert "the ledger has the two as two subjects, army-of-zendans and army-of-zenda" in finding.reasons[-1]


def test_an_entry_of_aliases_alone_is_called_by_one(register, clock):
    """A list may print no main name, and a finding without any name helps nobody."""
    entry = an_entry_of(HOME, "1", "Zenda Front")
    aliases = [a_claim(Property.MEMBER, HOME), a_claim(Property.ALIAS, "Zenda Front")]
    found = audited(
        register, clock, [msgspec.structs.replace(entry, claims=tuple(aliases))],
        [an_entry_of(WORLD, "7", "Strelsau Union")],
    )  # fmt: skip

    assert found["home:1"].national.member.name == "Zenda Front"


def test_a_second_audit_of_one_register_finds_what_the_first_found(register, clock):
    """What an audit leaves behind for the next must not change it; another day's entries are others."""
    home = [an_entry_of(HOME, "1", "Zenda Front"), an_entry_of(HOME, "2", "Ruritania Trading")]
    audited(register, clock, home, [an_entry_of(WORLD, "7", "Zenda Front"), an_entry_of(WORLD, "8", "Ruritan Trade")])

    with register.view() as view:
        first = compare_lists(view, HOME, WORLD, LATER, 1)
        turned = compare_lists(view, WORLD, HOME, LATER, 1)
        assert compare_lists(view, HOME, WORLD, LATER, 1) == first
        assert compare_lists(view, WORLD, HOME, LATER, 1) == turned
        early = msgspec.structs.replace(LATER, valid_at=dt.date(1990, 1, 1))
        assert compare_lists(view, HOME, WORLD, early, 1) == compare_lists(View(view._db), HOME, WORLD, early, 1)
