"""Audits as a reader meets them: one list held against another, kind by kind, with what was decided since."""

import html
import re

import pytest
from tests.api.conftest import NOW
from tests.api.test_the_seed_case import told

from tizim.answer.times import Asked, as_of
from tizim.app import App
from tizim.publish import answers, audits

KAZAKHSTAN = "/en/audits/kz-list--un-sc/?as_of=2015-11-30"


def part(text, name):
    """A kind of findings on the page, by its id."""
    found = re.search(rf'<h2 id="{name}">.*?(?=<h2 id=|<div class="box|</main>)', text, re.DOTALL)
    assert found, name
    return told(f"<main>{found[0]}</main>")


@pytest.fixture(scope="module")
def page(site):
    """Kazakhstan's list of November 2015 against that of the United Nations."""
    return site.get(KAZAKHSTAN).text


def test_the_worked_audit_of_kazakhstans_list(page):
    """Seven entries have no counterpart, two need a person, eight are on both lists."""
    extra = part(page, "extra")

    assert "6 on one list only: Kazakhstan" in extra
    for name in ("АУМ Синрике", "Боз Гурд", "Братья мусульмане", "Общество социальных реформ"):
        assert name in extra
    assert "2 that need a person" in part(page, "person")
    assert "It may be EASTERN TURKISTAN ISLAMIC MOVEMENT (ETIM) (QDe.088)." in part(page, "person")
    assert "8 on both lists" in part(page, "same")


def test_the_taliban_have_associates_there_and_a_later_act_is_on_record(page):
    """The movement has no entry of its own, and what was done about it since is told beside it."""
    members = part(page, "members")

    assert "движение Талибан" in members
    assert "1988 (Taliban) Sanctions List is the regime that names it" in members
    assert "taken off: by 20 December 2023" in members
    assert "7 entries differ. Of 1 of them a later act is on record." in told(page)


def test_of_all_others_no_decision_is_seen_and_that_is_said(page):
    """An empty cell could be read as anything."""
    assert part(page, "extra").count("none seen") == 6


def test_the_criterion_is_told_with_whoever_stated_it(page):
    """An audit without its criterion would be a verdict of ours."""
    text = told(page)

    assert "The criterion is a reason that Aibek Smadiyarov" in text
    assert "gave on 29 December 2023 for what was done about Движение Талибан: practice of the UN." in text


def test_the_ages_of_both_copies_are_told_first(page):
    """A finding is no better than the documents that it rests on."""
    text = told(page).partition("on one list only")[0]

    assert "rests on what was seen up to 2 November 2015, 28 days before." in text
    assert "rests on what was seen up to 27 March 2015, 248 days before: that is old." in text


def test_what_it_does_not_say_is_said(page):
    """That the other list has entries which this one lacks is no finding where nobody says that it must."""
    box = told(f"<main>{page.partition('unsaid')[2]}")

    assert re.search(r"1,\d\d\d entries of the other list \(United Nations\) have no counterpart", box)
    assert "No copy of this list is held here: Kazakhstan." in box
    assert "an absence is no delisting" in box
    assert 'id="missing"' not in page


def test_where_a_list_follows_another_by_law_missing_entries_are_findings(home):
    """The Union's lists repeat those of the United Nations entry by entry."""
    app = App(home)
    with app.existing().view() as view:
        at = as_of(Asked(), view, NOW)
        pair = audits.pair_of(view, "eu-753--un-1988", at)
        other = audits.pair_of(view, "kz-list--un-sc", at)
    app.close()

    assert pair.asks_for_all
    assert pair.criterion.law.rule.legal_act.startswith("Reg. 753/2011")
    assert not other.asks_for_all


def test_the_units_lead_to_their_findings(page):
    """One square for each entry, and a key of links."""
    links = re.findall(r'href="#([a-z]+)">(\d+ [^<]*)<', page)

    assert [name for name, _ in links] == ["extra", "members", "person", "same"]
    assert 'aria-label="17 entries:' in html.unescape(page)


def test_audits_are_found_from_the_first_page_the_list_and_the_masthead(site):
    """Nobody types addresses."""
    assert "/en/audits/kz-list--un-sc/" in site.get("/en/").text
    assert "/en/audits/kz-list--un-sc/" in site.get("/en/lists/kz-list/").text
    assert "/en/audits/us-fto--un-sc/" in site.get("/en/lists/us-fto/").text
    assert 'href="/en/audits/"' in site.get("/en/sources/").text


def test_any_two_lists_can_be_asked_for_by_a_form(site):
    """Without a script: the answer has the address of the audit."""
    page = site.get("/en/audits/?national=us-fto&reference=uk-tact").text

    assert '<link rel="canonical" href="http://register.test/en/audits/us-fto--uk-tact/">' in page
    assert "Nothing known here says that the one list must agree with the other" in told(page)


def test_the_data_are_what_the_command_prints(site, cli_json):
    """One audit, whichever door it is asked at."""
    found = site.get("/en/audits/kz-list--un-sc.json?as_of=2015-11-30").json()

    printed = cli_json("audit", "kz-list", "--against", "un-sc", "--as-of", "2015-11-30")

    assert found == printed
    assert site.get("/en/audits.json").json()[0]["audit"] == "kz-list--un-sc"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/en/audits/kz-list--nope/", 404, "no official list has the id"),
        ("/en/audits/kz-list/", 404, "name two lists"),
        ("/en/audits/kz-list--kz-list/", 400, "against itself"),
    ],
)
def test_lists_that_cannot_be_compared_are_refused_with_the_reason(site, address, status, words):
    """A wrong id is the asker's turn, and the answer helps."""
    page = site.get(address)

    assert page.status_code == status
    assert words in told(page.text)


def test_two_lists_too_long_for_a_page_are_left_to_the_command(site, monkeypatch):
    """A page that takes minutes is none; the command that does it is named."""
    monkeypatch.setattr(audits, "LONGEST", 10)

    page = site.get("/en/audits/kz-list--un-sc/?as_of=2015-11-29").text
    data = site.get("/en/audits/kz-list--un-sc.json?as_of=2015-11-29").json()

    assert "Too long for a page" in page
    assert "tizim audit kz-list --against un-sc --as-of 2015-11-29" in told(page)
    assert data["too_long"]["entries"] > 10


def test_what_was_not_known_then_is_no_criterion_and_no_decision(site):
    """In 2016 nobody had given a reason and nothing had been decided."""
    page = site.get("/en/audits/kz-list--un-sc/?as_of=2015-11-30&known_at=2016-06-01&basis=published").text

    assert "Smadiyarov" not in page
    assert "taken off" not in told(page)


def test_one_audit_is_made_at_a_time(site, monkeypatch):
    """Readers of long audits must never take all the threads in which everybody's pages are made."""
    monkeypatch.setattr(answers, "_PATIENCE", 0.01)

    with answers._auditing:
        page = site.get("/en/audits/kg-list--un-sc/?as_of=2015-11-28")
    again = site.get("/en/audits/kg-list--un-sc/?as_of=2015-11-28")

    assert page.status_code == 503
    assert "Try again in a moment." in told(page.text)
    assert again.status_code == 200
