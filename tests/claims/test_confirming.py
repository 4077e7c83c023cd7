"""What the register has to say to what is claimed: lists of our own that articles speak of."""

import datetime as dt

import pytest
from tests.claims.making import an_app, an_article, claim

from tizim.answer.times import Asked
from tizim.claims.asking import claimed
from tizim.claims.confirming import GroundKind, Weight
from tizim.claims.tellings import Confirmation
from tizim.domain.names import Kind
from tizim.errors import NotFound
from tizim.sources.table import Plan, checked, columns_of, source_of

LIST = "court-list"
TEXT = "The court has put the Zenda Front on its list, and taken the Ruritanian League off; so it is said, of all."


@pytest.fixture
def app(tmp_path):
    """A register with copies of a court's list: the League and the Front on it in May, only the Front in June."""
    made = an_app(tmp_path / "home", starter=False)
    plan = checked(
        Plan(
            list_id=LIST, list_name="Organisations banned by court",
            columns=columns_of(["name=Name", "listed=Listed", "reference=Number"]), kind=Kind.ORGANISATION,
        )
    )  # fmt: skip
    copies = {
        "2026-04-01": "Name;Listed;Number\nRuritanian League;2020-02-03;1\nGarden Club;2020-02-03;9\n",
        "2026-05-01": (
            "Name;Listed;Number\nRuritanian League;2020-02-03;1\nGarden Club;2020-02-03;9\nZenda Front;2026-04-20;2\n"
        ),
        "2026-06-01": "Name;Listed;Number\nGarden Club;2020-02-03;9\nZenda Front;2026-04-20;2\n",
    }
    for day, rows in copies.items():
        file = tmp_path / f"{day}.csv"
        file.write_text(rows, encoding="utf-8")
        assert made.keep(source_of(plan), [file], dated=dt.date.fromisoformat(day), accept_drop=True).is_clean
    yield made
    made.close()


def weighed(app, *claims, as_of="2026-11-20", published="2026-05-20"):
    """The act that an article's claims tell of, as the register weighs it."""
    app.keep_article(an_article(TEXT, claims, published=published))
    with app.asking(Asked(as_of=as_of)) as (view, at):
        (one,) = claimed(view, at).acts
        return one


def said(quote, name, action, **more):
    """A claim about an entry of the court's list, by the name that the article gives."""
    return claim(TEXT, quote, subject=more.pop("subject", None), name=name, whose=LIST, action=action, **more)


def ground(one):
    """The first reason of a confirmation."""
    return one.grounds[0].kind, one.grounds[0].weight, one.grounds[0].day


def number(app, name):
    """The record of an entry of the court's list."""
    with app.existing().view() as view:
        (key,) = view.subjects_called(name)
        return key


@pytest.fixture
def known(app):
    """Claims whose subjects the reader knew by the records of the list."""
    keys = {name: number(app, name) for name in ("Zenda Front", "Ruritanian League", "Garden Club")}
    return lambda quote, name, action, **more: said(quote, name, action, subject=keys[name], **more)


def test_a_delisting_that_a_later_copy_shows_is_confirmed(app, known):
    """In May it is on the list, in June it is gone."""
    one = weighed(app, known("taken the Ruritanian League off", "Ruritanian League", "delist", date="2026-05-15"))

    assert one.confirmation is Confirmation.CONFIRMED
    assert ground(one) == (GroundKind.LACKS, Weight.FOR, "2026-06-01")
    assert one.list == LIST


def test_a_delisting_that_a_newer_copy_denies_is_contradicted(app, known):
    """It is said to be off, and the newer list still shows it."""
    one = weighed(app, known("taken the Ruritanian League off", "Garden Club", "delist", date="2026-05-15"))

    assert one.confirmation is Confirmation.CONTRADICTED
    assert ground(one) == (GroundKind.SHOWS, Weight.AGAINST, "2026-06-01")
    assert one.is_open


def test_a_delisting_that_no_copy_is_new_enough_for_is_unconfirmed(app, known):
    """An announced delisting shows up before the official list changes: nothing denies it yet."""
    one = weighed(
        app, known("taken the Ruritanian League off", "Garden Club", "delist", date="2026-06-10"),
        published="2026-06-11",
    )  # fmt: skip

    assert one.confirmation is Confirmation.UNCONFIRMED
    assert ground(one)[0] is GroundKind.NONE
    assert one.is_open


def test_a_copy_that_was_not_known_yet_confirms_nothing(app, known):
    """As of May nobody had seen the list of June."""
    one = weighed(
        app, known("taken the Ruritanian League off", "Ruritanian League", "delist", date="2026-05-15"),
        as_of="2026-05-21",
    )  # fmt: skip

    assert one.confirmation is Confirmation.UNCONFIRMED


def test_a_listing_whose_day_the_list_prints_is_confirmed(app, known):
    """The list itself says since when."""
    one = weighed(app, known("put the Zenda Front on its list", "Zenda Front", "list", date="2026-04-20"))

    assert one.confirmation is Confirmation.CONFIRMED
    assert ground(one) == (GroundKind.PRINTS, Weight.FOR, "2026-04-20")


def test_a_listing_that_the_next_copy_shows_is_confirmed(app, known):
    """Told without a day, and on the list a week later."""
    one = weighed(app, known("put the Zenda Front on its list", "Zenda Front", "list"), published="2026-04-25")

    assert one.confirmation is Confirmation.CONFIRMED
    assert ground(one) == (GroundKind.SHOWS, Weight.FOR, "2026-05-01")


def test_a_listing_that_no_copy_shows_is_unconfirmed_and_never_denied(app):
    """It may stand there under another name, or in a copy that nobody kept."""
    one = weighed(app, said("put the Zenda Front on its list", "Black Hand", "list", date="2026-05-15"))

    assert one.confirmation is Confirmation.UNCONFIRMED
    assert ground(one) == (GroundKind.LACKS, Weight.NOTHING, "2026-06-01")


def test_not_listed_is_held_against_the_copy_of_the_day(app, known):
    """True of a day on which the copy has no entry, false of a day on which it has one."""
    true = weighed(app, known("of all", "Ruritanian League", "not_listed", modality="stated"), published="2026-06-02")

    assert true.confirmation is Confirmation.CONFIRMED
    assert ground(true) == (GroundKind.LACKS, Weight.FOR, "2026-06-01")


def test_not_listed_of_a_day_with_an_entry_is_contradicted(app, known):
    """The spokesman is wrong of his own list."""
    false = weighed(app, known("of all", "Ruritanian League", "not_listed", modality="stated"))

    assert false.confirmation is Confirmation.CONTRADICTED
    assert ground(false) == (GroundKind.SHOWS, Weight.AGAINST, "2026-05-01")


def test_still_listed_is_held_against_the_copy_of_the_day(app, known):
    """A disclaimer is evidence of its day."""
    one = weighed(app, known("of all", "Garden Club", "list", modality="in_force"))

    assert one.confirmation is Confirmation.CONFIRMED
    assert ground(one) == (GroundKind.SHOWS, Weight.FOR, "2026-05-01")


def test_what_is_only_planned_is_neither_confirmed_nor_denied_by_copies(app, known):
    """A plan is no act: the list that still shows the entry does not contradict it."""
    one = weighed(
        app, known("taken the Ruritanian League off", "Garden Club", "delist", modality="planned", date="2026-05-15")
    )

    assert one.confirmation is Confirmation.UNCONFIRMED


def test_a_list_or_subject_that_nobody_knows_is_refused(app):
    """A question about nothing is no empty answer."""
    with app.asking(Asked()) as (view, at):
        with pytest.raises(NotFound):
            claimed(view, at, list_id="no-such-list")
        with pytest.raises(NotFound):
            claimed(view, at, about="nobody at all")


def test_a_subject_that_only_claims_know_is_asked_for_by_its_name(app):
    """A new group is in the news before it is on any list."""
    app.keep_article(an_article(TEXT, [said("put the Zenda Front on its list", "Black Hand", "list")]))

    with app.asking(Asked()) as (view, at):
        found = claimed(view, at, about="BLACK hand")

    assert found.subject is None
    assert [one.group.name for one in found.acts] == ["Black Hand"]


def test_since_leaves_out_what_was_told_before(app, known):
    """A newsroom asks for what is new."""
    app.keep_article(
        an_article(TEXT, [known("put the Zenda Front on its list", "Zenda Front", "list")], published="2026-04-25")
    )

    with app.asking(Asked()) as (view, at):
        assert claimed(view, at, since=dt.date(2026, 4, 25)).acts
        assert not claimed(view, at, since=dt.date(2026, 4, 26)).acts
