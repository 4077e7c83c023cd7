"""A state audits its list against the Security Council's, decides, announces twice, and is told of in two ways."""

import datetime as dt

import pytest

from tizim.answer import wire
from tizim.answer.ask import ask
from tizim.answer.impact import impact
from tizim.answer.times import Asked
from tizim.app import App, clock
from tizim.audit.compare import compare_lists
from tizim.audit.decide import Draft, latest
from tizim.audit.findings import FindingKind
from tizim.domain.decisions import Announcement, Basis, DecisionKind
from tizim.domain.listing import Status
from tizim.domain.lists import ListId
from tizim.errors import BadInput, Overtaken
from tizim.settings import Settings
from tizim.sources import judgements
from tizim.sources.judgements import Judged, Judgements
from tizim.sources.table import Plan, checked, columns_of, source_of

COURT = ListId("court-list")
TABLE = """Организация;Суд;Дата решения
движение Талибан;Верховный Суд;15 марта 2005 года
Асбат-аль-Ансар;Верховный Суд;15 марта 2005 года
Братья мусульмане;Верховный Суд;15 марта 2005 года
"""
MINISTRY = "Ministry of Foreign Affairs, in an interview"


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """A register with the starter and a court's list of 2005, as it stood in November 2015."""
    home = tmp_path_factory.mktemp("country")
    app = App(Settings.read({"TIZIM_HOME": str(home)}))
    app.fill(None)
    file = home / "list.csv"
    file.write_text(TABLE, encoding="utf-8")
    plan = checked(
        Plan(
            list_id=COURT, list_name="Organisations banned by court",
            columns=columns_of(["name=Организация", "authority=Суд", "listed=Дата решения"]),
        )
    )  # fmt: skip
    report = app.keep(source_of(plan), [file], dated=dt.date(2015, 11, 2))
    assert report.is_clean
    yield app
    app.close()


def asked(app, day, **times):
    """The answer for the Taliban on the court's list."""
    with app.asking(Asked(as_of=day, **times)) as (view, at):
        return ask(view, "taliban", COURT, at)


def audited(app, day):
    """What the audit finds of each entry, by its name on the list."""
    with app.asking(Asked(as_of=day)) as (view, at):
        found = compare_lists(view, COURT, ListId("un-sc"), at, app.register.head().sequence)
    return {one.national.member.name: one for one in found.findings if one.national is not None}


def a_delisting(**changed):
    """The decision that the ministry tells of: no act is shown, and nobody says who decided."""
    told = {
        "kind": DecisionKind.DELIST, "subject": "taliban", "list": COURT, "body": "", "effective": "2023-12-29",
        "basis": Basis(not_stated_by=MINISTRY), "author": "An auditor", "reason": "not on the Council's list",
        "announced": (Announcement(date="2023-12-29", by="the ministry's spokesman"),
                      Announcement(date="2024-06-03", by="the President")),
        "published": "2023-12-29", "needs_second": True,
    }  # fmt: skip
    return Draft(**(told | changed))


def test_the_story_from_the_audit_to_the_two_announcements(country):
    """Each step adds what it says and takes nothing away from what was true before it."""
    before = audited(country, "2015-11-30")

    assert before["Асбат-аль-Ансар"].kind is FindingKind.SAME
    assert before["Братья мусульмане"].kind is FindingKind.EXTRA
    assert before["движение Талибан"].kind is FindingKind.MEMBERS_ONLY
    assert "un-1988" in before["движение Талибан"].reasons[0]

    judge(country, f"{COURT}:движение-талибан", "ledger:taliban")
    assert asked(country, "2015-11-02").own_state.since == "2005-03-15"
    assert asked(country, "2015-11-02").own_state.status is Status.LISTED
    assert asked(country, "2010-01-01").own_state.status is Status.NOT_OBSERVED  # printed, not seen

    with country.asking(Asked(as_of="2023-12-01")) as (view, at):
        touched = impact(view, "taliban", COURT, DecisionKind.DELIST, at)
    assert {"us-sdgt", "tj-list", "ae-cab"} <= {one.on.list for one in touched.elsewhere}

    undecided = clock().isoformat()
    entered = country.decide(a_delisting(), None)
    assert entered.decision.is_pending
    assert asked(country, "2024-01-15").own_state.status is not Status.DELISTED

    for same in ("an auditor", " An  Auditor"):
        with pytest.raises(BadInput, match="another person must approve it"):
            country.approve(entered.decision.id, same, None)
    with pytest.raises(BadInput, match="a second person has a name"):
        country.approve(entered.decision.id, " ", None)
    with pytest.raises(BadInput, match="nobody can have seen row 999999"):
        country.approve(entered.decision.id, "A second person", 999_999)
    country.approve(entered.decision.id, "A second person", None)

    found = asked(country, "2024-01-15")
    assert found.own_state.status is Status.DELISTED
    assert found.own_state.ended == "2023-12-29"
    assert asked(country, "2023-12-28").own_state.status is not Status.DELISTED
    assert asked(country, "2015-11-02").own_state.status is Status.LISTED
    said = wire.answer(found)["statements"]
    assert {one["act"] for one in said if one["action"] == "delisted"} == {None}
    assert {one["decided_by"] for one in said if one["action"] == "delisted"} == {None}
    assert {one["date"] for one in said if one["action"] == "announced"} == {"2023-12-29", "2024-06-03"}

    decided = clock().isoformat()
    country.decide(
        a_delisting(
            effective="2024-06-03", basis=Basis(not_stated_by="A report of 3 June 2024"), needs_second=False,
            announced=(), published="2024-06-03", author="A reader of the news", anyway=True,
        ),
        None,
    )  # fmt: skip
    found = asked(country, "2024-07-01")
    assert found.own_state.status is Status.DELISTED
    assert found.own_state.ended == "2023-12-29"
    assert "day" in {one.about for one in found.conflicts}

    # What was known at each step stays what it was, on both bases of knowing.
    assert asked(country, "2024-07-01", known_at=undecided, basis="recorded").own_state.status is not Status.DELISTED
    then = asked(country, "2024-07-01", known_at=decided, basis="recorded")
    assert then.own_state.status is Status.DELISTED
    assert then.conflicts == ()
    in_december = asked(country, "2024-07-01", known_at="2023-12-30", basis="published")
    assert in_december.own_state.ended == "2023-12-29"
    assert "2024-06" not in repr(wire.answer(in_december)["statements"])


def judge(app, one, other):
    """A person says that two records are one subject."""
    left, right = sorted((one, other))
    document = Judgements(
        author="An auditor", at=clock(), judgements=(Judged(left=left, right=right, verdict="same", grounds="a name"),)
    )
    path = app.settings.home / "judgements.json"
    path.write_bytes(judgements.encode(document))
    assert app.keep(judgements.SOURCE, [path]).is_clean


def test_two_people_deciding_at_once_one_is_told(country):
    """Whoever has not seen the other's decision must look at it first."""
    seen = country.register.head().sequence
    first = a_delisting(subject="asbat-al-ansar", needs_second=False, author="One", announced=())
    judge(country, f"{COURT}:асбат-аль-ансар", "ledger:asbat-al-ansar")

    country.decide(first, seen)
    with pytest.raises(Overtaken, match="One came first"):
        country.decide(a_delisting(subject="asbat-al-ansar", kind=DecisionKind.RETAIN, author="Two", anyway=True), seen)


def test_a_correction_stands_in_the_place_of_what_it_corrects(country):
    """A decision is never edited: the one that corrects it is another document, and both are kept."""
    wrong = country.decide(
        a_delisting(subject=f"{COURT}:братья-мусульмане", effective="2023-01-01", needs_second=False, announced=()),
        None,
    )
    entered = clock().isoformat()
    country.decide(
        a_delisting(
            subject=f"{COURT}:братья-мусульмане", effective="2023-12-01", needs_second=False, announced=(),
            corrects=wrong.decision.id,
        ),
        None,
    )  # fmt: skip

    with country.asking(Asked(as_of="2024-01-01")) as (view, at):
        now = ask(view, f"{COURT}:братья-мусульмане", COURT, at).own_state
    with country.asking(Asked(as_of="2024-01-01", known_at=entered, basis="recorded")) as (view, at):
        then = ask(view, f"{COURT}:братья-мусульмане", COURT, at).own_state

    assert now.ended == "2023-12-01"
    assert then.ended == "2023-01-01"
    assert latest(country.decisions())[wrong.decision.id].effective == "2023-12-01"


def test_a_decision_without_a_basis_or_against_the_state_is_refused(country):
    """Nobody could follow the one, and the other is most likely about another entry."""
    with pytest.raises(BadInput, match="needs its legal basis"):
        country.decide(a_delisting(subject="lashkar-e-tayyiba", list="kz-list", basis=Basis()), None)
    with pytest.raises(BadInput, match="is not on the list"):
        country.decide(a_delisting(subject="ltte"), None)


def test_a_correction_is_about_the_same_subject_and_needs_the_second_person_that_it_corrects(country):
    """Else it would take away another decision, or be entered by one person alone."""
    first = country.decide(a_delisting(subject="lashkar-e-tayyiba", list="kz-list", announced=()), None)
    country.approve(first.decision.id, "A second person", None)
    correcting = {"subject": "lashkar-e-tayyiba", "list": "kz-list", "corrects": first.decision.id, "announced": ()}

    with pytest.raises(BadInput, match="is about lashkar-e-tayyiba on kz-list"):
        country.decide(a_delisting(**(correcting | {"list": "tj-list", "anyway": True})), None)
    with pytest.raises(BadInput, match="needed a second person"):
        country.decide(a_delisting(**(correcting | {"needs_second": False})), None)
    with pytest.raises(BadInput, match="before it takes effect"):
        country.decide(a_delisting(**(correcting | {"expires": "2020"})), None)
