"""What people make of claims, and what comes of it."""

import pytest
from tests.claims.making import an_article, claim, december, december_in_french, june

from tizim.answer.ask import ask
from tizim.answer.times import Asked
from tizim.claims.asking import claimed
from tizim.claims.judging import Draft
from tizim.claims.tellings import Confirmation
from tizim.domain.acts import Action
from tizim.domain.claims import Standing
from tizim.domain.listing import Status
from tizim.errors import BadInput, NotFound, Overtaken
from tizim.sources import standings

COURT = "kg-list"
RELISTED = "Kyrgyzstan's court has put the Taliban back on its list, the prosecutors said on 5 May 2026."


def relisting(**more):
    """A claim that the starter knows nothing of."""
    return an_article(
        RELISTED,
        [claim(RELISTED, "court has put the Taliban back on its list", whose="kg", action="list", date="2026-05-05",
               date_kind="decision", decider="a court", announcer="Bakyt Example", **more)],
        title="Back on the list", published="2026-05-06", url="https://steppe.example/back",
    )  # fmt: skip


def acts(app, **about):
    """The acts that are claimed, by action."""
    with app.asking(Asked()) as (view, at):
        return {one.group.action.value: one for one in claimed(view, at, **about).acts}


def listing(app, on=COURT, **times):
    """The answer for the Taliban on a list."""
    with app.asking(Asked(**times)) as (view, at):
        return ask(view, "taliban", on, at)


def judge(app, standing, ids, **more):
    """Enter what a person makes of claims."""
    given = {"author": "Ann B. Clerk", "reason": "seen in the court's register", **more}
    return app.judge_claims(Draft(standing=standing, ids=tuple(ids), **given))


def claim_of(app):
    """The id of the only claim."""
    return acts(app)["list"].group.news[0].id


def test_a_claim_changes_nothing_until_a_person_confirms_it(app):
    """An article says listed; the register says so when somebody says that it is so."""
    app.keep_article(relisting())
    before = listing(app)

    judge(app, Standing.CONFIRMED, [claim_of(app)])

    after = listing(app)
    assert before.own_state.status is Status.DELISTED
    assert after.own_state.status is not Status.DELISTED
    (stated,) = [one for one in after.statements if one.provenance.source == standings.SOURCE_ID]
    assert (stated.action, stated.decided_by, stated.announced_by) == (Action.LISTED, "a court", "Bakyt Example")
    assert stated.source_class.name == "press, quoting an official by name"
    assert (stated.source_title, stated.source_address) == ("Back on the list", "https://steppe.example/back")
    assert acts(app)["list"].confirmation is Confirmation.CONFIRMED


def test_what_was_known_before_a_confirmation_stays_known(app):
    """The register can still say what it said then."""
    app.keep_article(relisting())
    moment = app.existing().head().time
    judge(app, Standing.CONFIRMED, [claim_of(app)])

    assert listing(app, known_at=moment.isoformat()).own_state.status is Status.DELISTED


def test_a_confirmation_is_corrected_only_by_another_decision(app):
    """Confirmed, then rejected: the state is as it was, and both decisions are kept."""
    app.keep_article(relisting())
    ident = claim_of(app)
    judge(app, Standing.CONFIRMED, [ident])
    confirmed = app.existing().head().time

    judge(app, Standing.REJECTED, [ident], reason="the court had not decided")

    assert listing(app).own_state.status is Status.DELISTED
    assert listing(app, known_at=confirmed.isoformat()).own_state.status is not Status.DELISTED
    one = acts(app)["list"]
    assert one.confirmation is Confirmation.DISMISSED
    assert (one.group.news[0].judged.author, one.group.news[0].judged.reason) == (
        "Ann B. Clerk", "the court had not decided",
    )  # fmt: skip
    with app.existing().view() as view:
        assert sum(doc.source == standings.SOURCE_ID for doc in view.documents()) == 2


def test_a_rejected_claim_is_shown_as_such_and_can_be_taken_up_again(app):
    """Nothing is hidden, and nothing is for ever."""
    app.keep_article(relisting())
    judge(app, Standing.REJECTED, [claim_of(app)])

    assert [one.standing for one in acts(app)["list"].group.news] == [Standing.REJECTED]
    judge(app, Standing.UNCONFIRMED, [claim_of(app)], reason="too early")
    assert acts(app)["list"].confirmation is Confirmation.UNCONFIRMED
    assert acts(app)["list"].is_open


def test_a_confirmed_claim_stands_with_the_statements_of_the_same_act(app):
    """The register's own reading of an event takes the confirmed claim in: one delisting, one more witness."""
    for made in (december(), december_in_french(), june()):
        app.keep_article(made)
    delisted = acts(app, about="taliban", list_id="kz-list")["delist"]
    assert delisted.confirmation is Confirmation.KNOWN
    state = listing(app, on="kz-list").own_state

    judge(app, Standing.CONFIRMED, [one.id for one in delisted.group.news])

    after = listing(app, on="kz-list")
    assert (after.own_state.status, after.own_state.ended) == (state.status, state.ended)
    stated = [one for one in after.statements if one.provenance.source == standings.SOURCE_ID]
    assert {one.conflict_group for one in stated} == {"kz-taliban"}
    assert {one.note for one in stated} == {"practice of the UN", "همکاری تجارتی", ""}


def test_a_decision_needs_author_and_reason(app):
    """Nobody confirms without a name and a ground."""
    app.keep_article(relisting())

    with pytest.raises(BadInput, match="--author"):
        judge(app, Standing.CONFIRMED, [claim_of(app)], author=" ")
    with pytest.raises(BadInput, match="--reason"):
        judge(app, Standing.CONFIRMED, [claim_of(app)], reason="")


def test_a_claim_is_found_by_its_id_its_number_or_the_beginning_of_it(app):
    """What a terminal shows can be typed."""
    app.keep_article(relisting())
    ident = claim_of(app)

    for typed in (ident, ident.partition("-")[0], ident[:8].upper()):
        assert judge(app, Standing.SET_ASIDE, [typed]).standings.claims[0].statement == ident
    for wrong in ("", "abc", "zzzzzzzz", ident[:8] + "0" * 20):
        with pytest.raises(NotFound, match="tizim claims"):
            judge(app, Standing.SET_ASIDE, [wrong])


def test_a_claim_about_nobody_known_is_confirmed_with_the_subject_named(app):
    """The reader did not know the name; the person does."""
    app.keep_article(relisting(subject=None, name="the movement"))

    with pytest.raises(BadInput, match="--subject"):
        judge(app, Standing.CONFIRMED, [claim_of(app)])
    with pytest.raises(BadInput, match="--list"):
        judge(app, Standing.CONFIRMED, [claim_of(app)], subject="taliban")
    judge(app, Standing.CONFIRMED, [claim_of(app)], subject="taliban", list=COURT)

    assert listing(app).own_state.status is not Status.DELISTED


def test_a_state_with_several_lists_leaves_the_choice_to_the_person(app):
    """“The United States” has several lists; the claim names none."""
    text = "The United States has taken the FARC off, an official said."
    app.keep_article(
        an_article(text, [claim(text, "has taken the FARC off", subject="farc", whose="us")], published="2026-05-06")
    )
    ident = acts(app, about="farc")["delist"].group.news[0].id

    with pytest.raises(BadInput, match="us-fto"):
        judge(app, Standing.CONFIRMED, [ident])
    judge(app, Standing.CONFIRMED, [ident], list="us-fto")
    with pytest.raises(NotFound):
        judge(app, Standing.CONFIRMED, [ident], list="no-such-list")


@pytest.mark.parametrize(
    ("action", "modality", "stated"),
    [
        ("list", "done", Action.LISTED),
        ("list", "in_force", Action.ON_LIST),
        ("list", "planned", Action.PROPOSED),
        ("list", "decided", Action.DECISION_SIGNED),
        ("delist", "done", Action.DELISTED),
        ("delist", "planned", Action.ANNOUNCED),
        ("delist", "denied", None),
        ("delist", "possible", None),
        ("not_listed", "stated", None),
        ("welcome", "stated", None),
    ],
)
def test_what_a_confirmed_claim_states_is_no_more_than_it_says(app, action, modality, stated):
    """Planned is not done, and an absence is no delisting."""
    text = "It was said of the Taliban on the list."
    app.keep_article(
        an_article(text, [claim(text, "said of the Taliban", whose="tj", action=action, modality=modality)])
    )
    with app.asking(Asked()) as (view, at):
        found = claimed(view, at)
    told = [one for act in found.acts for one in (*act.group.news, *act.group.reactions)]

    judge(app, Standing.CONFIRMED, [told[0].id], list="tj-list")

    own = [one for one in listing(app, "tj-list").statements if one.provenance.source == standings.SOURCE_ID]
    assert [one.action for one in own] == ([stated] if stated else [])


def test_whoever_decides_past_anothers_decision_is_told(app):
    """Two people at once: the second looks first."""
    app.keep_article(relisting())
    seen = app.existing().head().sequence
    judge(app, Standing.CONFIRMED, [claim_of(app)])

    with pytest.raises(Overtaken):
        app.judge_claims(Draft(standing=Standing.CONFIRMED, ids=(claim_of(app),), author="Another", reason="too"), seen)


def test_the_reader_that_reads_again_leaves_what_people_decided(app):
    """A confirmation holds for the claim, by whatever reading it stands."""
    app.keep_article(relisting())
    judge(app, Standing.CONFIRMED, [claim_of(app)])

    app.keep_article(
        an_article(
            RELISTED,
            [claim(RELISTED, "put the Taliban back on its list", whose="kg", action="list", date="2026-05-05",
                   date_kind="decision", decider="a court", announcer="Bakyt Example", rule="another rule")],
            title="Back on the list", published="2026-05-06", url="https://steppe.example/back",
        )
    )  # fmt: skip

    assert acts(app)["list"].group.news[0].standing is Standing.CONFIRMED
