"""Printed numbers of the Security Council, hidden from the matcher and used as truth.

What publishers print beside their rows says which entry of the Council's list a row is. The profiles that are
compared know nothing of it; the choice is made by the functions that an audit goes by.
"""

import msgspec
import pytest
from tests.real.kept import a_register_of, on

from tizim.answer.members import members
from tizim.answer.profiles import Profile, profiles
from tizim.answer.subjects import Clusters
from tizim.audit.compare import choices_among
from tizim.resolve.choose import Choice, Verdict

pytestmark = pytest.mark.real

UK, UK_DAY = ("uk-sanctions", "uk-ofsi:"), "2014-04-02"
AUSTRALIA, AUSTRALIA_DAY = ("au-dfat", "au-dfat:"), "2026-02-24"


class Compared(msgspec.Struct, frozen=True):
    """Two lists, what was chosen, and what the numbers printed say."""

    own: dict[str, Profile]
    others: dict[str, Profile]
    choices: dict[str, Choice]
    truth: dict[str, set[str]]

    def wrong(self) -> dict[str, str]:
        """Rows of which another entry was chosen than the number says, or none, with both sides in words."""
        found = {}
        for row, entries in self.truth.items():
            choice = self.choices[row]
            chosen = choice.best.right if choice.verdict is Verdict.SAME and choice.best else ""
            if chosen not in entries:
                said = [self._told(self.others[entry]) for entry in sorted(entries)]
                got = self._told(self.others[chosen]) if chosen else f"{choice.verdict.value} {choice.why}"
                found[row] = f"{self._told(self.own[row])}: {said}, but {got}"
        return found

    def _told(self, one: Profile) -> str:
        return f"{one.subject} {', '.join(one.main_names)} {one.facts.birth_dates}"

    def figures(self) -> tuple[float, float]:
        """Precision and recall over the rows of which a number tells."""
        chosen = {
            row: choice.best.right
            for row in self.truth
            if (choice := self.choices[row]).verdict is Verdict.SAME and choice.best
        }
        right = sum(entry in self.truth[row] for row, entry in chosen.items())
        return right / len(chosen), right / len(self.truth)


@pytest.fixture(scope="module")
def register(real_files, tmp_path_factory):
    """The lists with numbers, the Council's beside them, and the committee files that bridge its old numbers."""
    made = a_register_of(
        tmp_path_factory.mktemp("printed"),
        real_files / "lists",
        {
            "un-sc": ["2015-03-27.xml.gz", "2026-02-27.xml.gz"],
            "un-sc-committee": ["*.xml"],
            "uk-ofsi-conlist": ["2014-04-02*"],
            "au-dfat": ["2026-02-24*"],
        },
    )
    yield made
    made.close()


def _profiles(view, list_and_prefix, day):
    """Members of a list by what its own publisher prints, and by nothing of others."""
    list_id, prefix = list_and_prefix
    as_of = on(view, day)
    keys = {}
    for member in members(view, list_id, as_of).members:
        own = sorted(key for key in member.keys if key.startswith(prefix))
        if own:
            keys[own[0]] = own
    return profiles(view, keys, as_of)


def _compared(register, own, own_day, council_day):
    with register.view() as view:
        mine, theirs = _profiles(view, own, own_day), _profiles(view, ("un-sc", "un-sc:"), council_day)
        clusters = Clusters(view, None)
        numbers = [(row[0], row[1]) for row in view.printed_numbers()]
        truth = {}
        for row, _ in numbers:
            entries = {key for key in clusters.of(row)[0] if key in theirs}
            printed = {other for subject, other in numbers if subject == row}
            entries &= {key for other in printed for key in clusters.of(other)[0]} | printed
            if row in mine and entries:
                truth[row] = entries
    return Compared(mine, theirs, choices_among(mine, theirs), truth)


@pytest.fixture(scope="module")
def british(register):
    """The British list of April 2014 and the Council's of March 2015."""
    return _compared(register, UK, UK_DAY, "2015-03-27")


@pytest.fixture(scope="module")
def australian(register):
    """The Australian list and the Council's of one week."""
    return _compared(register, AUSTRALIA, AUSTRALIA_DAY, "2026-02-27")


def test_what_is_compared_does_not_know_the_numbers(british, australian):
    """A truth that the matcher has seen would measure nothing."""
    for one in (british, australian):
        for row, entries in one.truth.items():
            profile = one.own[row]
            said = {*profile.references, *profile.strong_names, *profile.facts.identifiers, *profile.keys}

            assert said.isdisjoint(entries | {entry.removeprefix("un-sc:") for entry in entries})


def test_the_british_list_is_matched_as_its_printed_numbers_say(british):
    """``UN Ref …`` in old forms, as far as the committee files and the list of 2015 bridge them to today's."""
    precision, recall = british.figures()

    assert len(british.truth) >= 255  # a few were taken off the Council's list in between
    assert (precision >= 0.98, recall >= 0.95) == (True, True), (precision, recall, british.wrong())


def test_the_british_list_is_matched_with_the_council_s_of_its_own_day_too(register):
    """As of April 2014 the Council's members are known by their dates and by the committee files."""
    compared = _compared(register, UK, UK_DAY, "2014-04-02")

    precision, recall = compared.figures()

    assert len(compared.truth) >= 265
    assert (precision >= 0.98, recall >= 0.95) == (True, True), (precision, recall, compared.wrong())


def test_the_australian_list_is_matched_as_its_printed_numbers_say(australian):
    """The number with which the additional information of a primary row begins."""
    precision, recall = australian.figures()

    assert len(australian.truth) >= 771
    assert (precision >= 0.98, recall >= 0.95) == (True, True), (precision, recall, australian.wrong())


def test_what_is_missed_is_told_as_doubt(british, australian):
    """Of a row whose entry was not found none is said to be another: it is ambiguous, or nothing is like enough."""
    for one in (british, australian):
        assert {one.choices[row].verdict for row in one.wrong()} <= {Verdict.AMBIGUOUS, Verdict.NONE}


def test_the_regime_decides_between_two_entries_of_one_person(register, australian):
    """Hassan Dahir Aweys has a number for Al-Qaida and one for Somalia; a row of the one list is the one entry."""
    with register.view() as view:
        row = next(
            subject for subject, other, *_ in view.printed_numbers()
            if other == "un-sc:QDi.042" and subject.startswith("au-dfat:")
        )  # fmt: skip

    choice = australian.choices[row]

    assert choice.best.right == "un-sc:QDi.042"
    assert [reason.what for reason in choice.best.reasons][-1] == (
        "of entries as near to it, the one under the same regime (isil, qaida)"
    )


def test_a_person_under_both_regimes_is_not_decided_by_one(british):
    """The British row says Al-Qaida and Somalia: either number is right, and neither is taken for the other."""
    both = [
        choice for row, choice in british.choices.items()
        if "AWEYS" in " ".join(british.own[row].main_names) and "Somalia" in british.own[row].regimes
    ]  # fmt: skip

    assert [choice.verdict for choice in both] == [Verdict.AMBIGUOUS]
