"""Acts, decisions and listings as a reader meets them."""

import datetime as dt
import html
import re

import pytest
from tests.api.conftest import a_site
from tests.api.test_pages import links_of, strictly

from tizim.app import App
from tizim.audit.decide import Draft
from tizim.domain.decisions import Announcement, Basis, DecisionKind
from tizim.settings import Settings

DELISTING = "/en/acts/kz-taliban--end/"


def told(text):
    """What is read of a page, in one line, with a blank wherever an element ends."""
    main = text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    read = re.sub(r"<(?!/?(?:bdi|a|time|b)\b)[^>]+>", " ", main)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", read)))


def section(text, name):
    """A part of a page, by the id of its heading."""
    found = re.search(rf'<h2 id="{name}".*?(?=<section|<h2 id=|</main>)', text, re.DOTALL)
    assert found, name
    return told(f"<main>{found[0]}</main>")


def test_one_removal_told_by_many_is_one_act(site):
    """What was announced in December and in June, and reported in between, is one page."""
    page = site.get(DELISTING).text

    assert "Taliban: taken off, by 20 December 2023" in told(page)
    dates = section(page, "dates")
    assert "Announced 3 June 2024, as told by RAPSI 2024-06-03" in dates
    assert "29 December 2023, as told by mgorod.kz" in dates
    assert "Reported 20 December 2023, as told by bes.media" in dates
    assert "Recorded here" in dates


def test_an_act_that_nobody_names_is_said_to_be_unseen(site):
    """The text of the decision was never published."""
    assert "Nobody who tells of it names the act." in told(site.get(DELISTING).text)
    assert "none of the sources known here is the act itself" in told(
        site.get("/en/acts/us-8-usc-1189-ina-s-219--1997-10-08/").text
    )


def test_everybody_who_is_said_to_have_decided_stands_beside_the_others(site):
    """The sources name different deciders, and none is left out."""
    people = section(site.get(DELISTING).text, "people")

    for who in ("Supreme Court of Kazakhstan", "Security Council of Kazakhstan", "Government of Kazakhstan"):
        assert f"{who}" in people
    assert "Announced by President Tokayev" in people


def test_what_contradicts_it_is_told_on_the_page_of_the_act(site):
    """A reader who follows an act meets the disagreement about it."""
    text = told(site.get(DELISTING).text)

    assert "Kazakhstan: When was it taken off?" in text
    assert "Kazakhstan: Who decided?" in text


def test_a_courts_decision_of_one_day_is_one_act_about_all_whom_it_banned(site):
    """The Supreme Court listed them together."""
    done = section(site.get("/en/acts/kz-2005-court--begin/").text, "done")

    for name in ("Taliban", "Boz Gurd", "Lashkar-e-Tayyiba"):
        assert name in done
    assert "by 15 March 2005" in done or "15 March 2005" in done


def test_a_text_under_which_much_was_done_leads_to_each_of_its_days(site):
    """A statute is cited for thirty years; each day of listing under it is an act."""
    page = site.get("/en/acts/us-8-usc-1189-ina-s-219/").text

    assert "What was done under it, day by day" in page
    assert "/en/acts/us-8-usc-1189-ina-s-219--1997-10-08/" in links_of(page)
    one = site.get("/en/acts/us-8-usc-1189-ina-s-219--1997-10-08/").text
    assert "8 USC 1189 (INA s.219), 8 October 1997" in told(one)
    assert "/en/acts/us-8-usc-1189-ina-s-219/" in links_of(one)


def test_acts_are_reached_from_the_first_page_the_list_the_subject_and_the_statement(site):
    """An act is one click from wherever it is told of."""
    assert any("/acts/" in one for one in links_of(site.get("/en/?as_of=2024-01-15").text))
    assert any("/acts/" in one for one in links_of(site.get("/en/lists/kz-list/").text))
    subject = site.get("/en/subjects/taliban/").text
    assert DELISTING in links_of(subject)
    statement = next(one for one in links_of(site.get(DELISTING).text) if "/statements/" in one)
    assert any("/acts/" in one for one in links_of(site.get(statement).text))


def test_an_act_not_known_then_is_not_told(site):
    """In 2016 nobody had heard of the delisting."""
    then = site.get(f"{DELISTING}?known_at=2016-01-01&basis=published")

    assert then.status_code == 404
    assert "nothing known then tells of an act" in told(then.text)


def test_the_statements_of_an_act_are_its_data(site):
    """A program that follows an act gets the very statements."""
    found = site.get("/en/acts/kz-taliban--end.json").json()

    assert {one["list"] for one in found["statements"]} == {"kz-list"}
    assert len(found["statements"]) >= 9


# -- listings ------------------------------------------------------------------------------------------


def test_a_listing_tells_its_state_its_periods_and_their_evidence(site):
    """One subject on one list, with all that it rests on."""
    page = site.get("/en/listings/kz-list--taliban/").text

    text = told(page)
    assert "Taliban on National list of banned terrorist and extremist organisations" in text
    assert "it was taken off between 2 November 2015 and 20 December 2023, on a day not known." in text
    assert "No copy of this list known then shows it or lacks it: what is told rests on statements." in text
    assert 'class="lane"' in page
    assert len(re.findall(r'class="lane"', page)) == 1
    assert DELISTING in links_of(page)


def test_a_listing_shows_what_copies_print_and_what_changed_between_them(site):
    """The entry of Al-Qaida carries its names in every copy, and was amended once."""
    printed = section(site.get("/en/listings/un-1267--un-sc:QDe.004/").text, "printed")

    assert "Al Qa'ida" in printed
    assert "from 26 February 2015 to 27 February 2026" in printed
    assert "New in the copy of 21 October 2022: " in printed


def test_a_listing_carries_measures_exemptions_the_rule_and_the_review(site):
    """What it brings, and what is due, stand on the same page."""
    page = site.get("/en/listings/un-1267--al-qaida/").text

    assert "Measure: asset freeze" in section(page, "measures")
    assert "Exempt: humanitarian" in section(page, "measures")
    assert "reviewed every 3 years, since 20 July 2017" in section(page, "rule")
    assert "A review was due by" in section(page, "rule")


def test_the_data_of_a_listing_are_those_of_the_history(site):
    """One answer, whichever page it is asked at."""
    listing = site.get("/en/listings/kz-list--taliban.json").json()
    history = site.get("/en/subjects/taliban.json").json()

    own = next(one for one in history["lists"] if one["list"] == "kz-list")
    assert own.items() <= listing.items()
    assert {one["list"] for one in listing["statements"]} == {"kz-list"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/listings/kz-list--farc/", "nothing known then ties farc to kz-list"),
        ("/en/listings/nope--taliban/", "no official list has the id"),
        ("/en/listings/taliban/", "name a list and a subject"),
        ("/en/decisions/D-20200101-00000000/", "no decision D-20200101-00000000 had been entered"),
    ],
)
def test_what_is_not_there_is_not_found_with_the_reason(site, address, words):
    """The answer says what would be."""
    page = site.get(address)

    assert page.status_code == 404
    assert words in told(page.text)


# -- decisions -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def deciding(tmp_path_factory):
    """A site of a register into which a decision was entered that waits for a second person."""
    folder = tmp_path_factory.mktemp("deciding")
    app = App(Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}"))
    app.fill(None)
    entered = app.decide(
        Draft(
            kind=DecisionKind.RETAIN, subject="aum-shinrikyo", list="kz-list", basis=Basis(not_stated_by="A newspaper"),
            body="", effective="2024-02-01", author="A. Clerk", reason="grounds of its own <b>",
            announced=(Announcement(date="2024-02", by="the ministry"),), needs_second=True,
        ),
        None,
    )  # fmt: skip
    yield a_site(app, dt.datetime(2100, 1, 1, tzinfo=dt.UTC)), entered.decision
    app.close()


def test_a_decision_entered_here_has_a_page_of_its_own(deciding):
    """What, whom, on what basis, since when, by whom, and that it changes nothing yet."""
    site, decision = deciding
    listed = site.get("/en/decisions/")

    page = site.get(f"/en/decisions/{decision.id}/")

    text = told(page.text)
    strictly(page.text)
    assert f"/en/decisions/{decision.id}/" in links_of(listed.text)
    assert "It waits for a second person, and changes nothing yet." in text
    assert "basis not stated; told by A newspaper" in text
    assert "In effect 1 February 2024" in text
    assert "Announced February 2024, by the ministry" in text
    assert "grounds of its own <b>" in text
    assert "Entered by A. Clerk" in text
    assert any("/documents/" in one for one in links_of(page.text))
    assert site.get(f"/en/decisions/{decision.id}.json").json()["kind"] == "retain"


def test_statements_of_a_decision_lead_to_it(deciding):
    """What was entered here is told of on the subject's page, one click from the decision."""
    site, decision = deciding

    assert f"/en/decisions/{decision.id}/" in links_of(site.get("/en/subjects/aum-shinrikyo/").text)
