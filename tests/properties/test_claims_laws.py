"""Laws of claims: nothing that an article says changes an answer; the order of keeping changes no group."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims.making import an_app, an_article, claim

from tizim.answer import wire
from tizim.answer.ask import ask
from tizim.answer.history import history
from tizim.answer.members import members
from tizim.answer.times import Asked
from tizim.claims import wire as claims_wire
from tizim.claims.asking import claimed
from tizim.claims.judging import Draft
from tizim.domain.claims import ClaimAction, Modality, Standing

pytestmark = pytest.mark.slow  # each law keeps many registers
ENOUGH = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = "Of all that was said of the Front and of the movement on that evening, nothing was certain but the hour."
LISTS = ("kz-list", "un-1988", "us-fto", "ru-fed", "tj-list")
AT = Asked(as_of="2026-11-20")

claims = st.builds(
    lambda subject, whose, action, modality, date, kind, announcer, decider, place: claim(
        TEXT, TEXT[place : place + 20], subject=subject, whose=whose, action=action, modality=modality, date=date,
        date_kind=kind, announcer=announcer, decider=decider,
    ),
    st.sampled_from(["taliban", "farc", "al-qaida", None, "*"]),
    st.sampled_from(["kz", "un", "us", "ru", "tj", "zz"]),
    st.sampled_from([*ClaimAction]).map(str),
    st.sampled_from([*Modality]).map(str),
    st.sampled_from([None, "2026-11-19", "2025", "2005-03", "2015-01-01/2015-02-02", "../2024-01-01"]),
    st.sampled_from([None, "event", "announced", "effective", "decision"]),
    st.sampled_from([None, "A. Speaker"]),
    st.sampled_from([None, "Supreme Court"]),
    st.integers(0, 60),
)  # fmt: skip
articles = st.lists(
    st.tuples(st.lists(claims, max_size=4), st.sampled_from(["", "2024-06-04", "2026-11-19"]), st.integers(0, 5)),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A home with the starter that nobody writes to."""
    home = tmp_path_factory.mktemp("filled") / "home"
    an_app(home).close()
    return home


@pytest.fixture
def fresh(filled):
    """Makes copies of the register with the starter."""
    made = []

    def make():
        folder = Path(tempfile.mkdtemp(prefix="claims-"))
        shutil.copytree(filled, folder / "home")
        app = an_app(folder / "home", starter=False)
        made.append((app, folder))
        return app

    yield make
    for app, folder in made:
        app.close()
        shutil.rmtree(folder, ignore_errors=True)


def documents(drawn):
    """The articles of a plan, told apart by their last words."""
    return [
        an_article(f"{TEXT} No. {number}", told, published=day, title=f"Story {number}")
        for told, day, number in {number: (told, day, number) for told, day, number in drawn}.values()
    ]


def answers(app):
    """What the register says of lists and subjects."""
    with app.asking(AT) as (view, at):
        said = {}
        for subject in ("taliban", "farc", "al-qaida"):
            said[subject] = wire.history(history(view, subject, at))["lists"]
            for on in LISTS:
                found = wire.answer(ask(view, subject, on, at))
                said[subject, on] = {key: value for key, value in found.items() if key not in {"as_of", "known_at"}}
        for on in LISTS:
            said[on] = members(view, on, at).members
    return said


def acts(app):
    """What is claimed, without the ids that depend on when a document was read."""
    with app.asking(AT) as (view, at):
        found = claims_wire.claimed(claimed(view, at))
    made = []
    for act in (*found["acts"], *found["plain"]):
        told = sorted(
            (one["id"].partition("-")[0] if one["kind"] == "claim" else one["id"])
            for one in (*act["tellings"], *act.get("reactions", ()))
        )
        points = [(one["about"], one["conflict"], len(one["answers"])) for one in act.get("points", ())]
        made.append(
            (act["subject"], act["list"], act["action"], act.get("confirmation"), act.get("origins"), told, points)
        )
    return sorted(made, key=str)


@ENOUGH
@given(articles)
def test_nothing_a_claim_says_changes_an_answer_before_a_person_confirms_it(fresh, drawn):
    """Whatever stands in an article: states, members, histories and conflicts stay what they were."""
    app = fresh()
    before = answers(app)

    for one in documents(drawn):
        app.keep_article(one)

    assert answers(app) == before


@ENOUGH
@given(articles, st.randoms())
def test_the_order_of_keeping_makes_no_difference(fresh, drawn, random):
    """Two registers that kept the same articles tell the same acts."""
    one, other = fresh(), fresh()
    made = documents(drawn)
    shuffled = list(made)
    random.shuffle(shuffled)

    for article in made:
        one.keep_article(article)
    for article in (*shuffled, *shuffled):
        other.keep_article(article)

    assert acts(one) == acts(other)


@ENOUGH
@given(articles)
def test_confirming_and_then_rejecting_leaves_every_answer_as_it_was(fresh, drawn):
    """A decision about a claim is undone by another, wholly."""
    app = fresh()
    for one in documents(drawn):
        app.keep_article(one)
    before = answers(app)
    with app.asking(AT) as (view, at):
        found = claimed(view, at)
    ids = {one.id for act in found.acts for one in (*act.group.news, *act.group.reactions)}
    ids |= {one.id for group in found.plain for one in group.news}

    for ident in sorted(ids):
        on = {"author": "A", "reason": "r", "subject": "taliban", "list": "kz-list", "ids": (ident,)}
        app.judge_claims(Draft(standing=Standing.CONFIRMED, **on))
        app.judge_claims(Draft(standing=Standing.REJECTED, **on))

    assert answers(app) == before
    assert not app.existing().verify().faults
