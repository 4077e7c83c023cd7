"""The seed case as a reader meets it: Kazakhstan takes the Taliban off its list, in English."""

import html
import re

import pytest


@pytest.fixture(scope="module")
def page(site):
    """The subject's page."""
    return site.get("/en/subjects/taliban/").text


def told(text):
    """What is read of a page, in one line."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", main)))


def section(text, name):
    """A part of a page, by its id."""
    found = re.search(rf'<(?:section|h2)[^>]*\bid="{name}".*?(?=<section|<h2 id=|</main>)', text, re.DOTALL)
    assert found, name
    return told(f"<main>{found[0]}</main>")


def test_kazakhstan_listed_them_in_2005_and_no_longer_does(page):
    """From the first day to the bounds of the last, with no day made up."""
    kazakhstan = section(page, "on-kz-list")

    assert "delisted" in kazakhstan
    assert "it was taken off between 2 November 2015 and 20 December 2023, on a day not known." in kazakhstan
    assert "Who decided is not settled" in kazakhstan
    assert "15 March 2005" in kazakhstan
    assert "Supreme Court of Kazakhstan" in kazakhstan


def test_both_announcements_are_one_removal(page):
    """In December by a spokesman, in June by the President: told twice, removed once."""
    kazakhstan = section(page, "on-kz-list")

    assert "It was announced on 29 December 2023 by Aibek Smadiyarov" in kazakhstan
    assert "It was announced on 3 June 2024 by President Tokayev" in kazakhstan
    assert "Told more than once, it is one removal." in kazakhstan


def test_what_sources_disagree_about_stands_side_by_side(page):
    """The question, the reading with its bounds, and every sibling."""
    day = section(page, "conflict-kz-list-1")
    decider = section(page, "conflict-kz-list-2")

    assert "Kazakhstan: When was it taken off?" in day
    assert "It had ended by 20 December 2023, and after 2 November 2015" in day
    assert day.count("29 December 2023") >= 4
    assert "Smad Tarov" in day
    assert "Kazakhstan: Who decided?" in decider
    for who in ("Supreme Court of Kazakhstan", "Security Council of Kazakhstan", "Government of Kazakhstan"):
        assert who in decider


def test_kyrgyzstan_and_russia_are_told_as_they_stand(page):
    """One took them off, and no act is seen; the other suspended its ban, which is no removal."""
    assert "it was taken off on 2 September 2024" in section(page, "on-kg-list")
    assert "No act that takes it off has been seen." in section(page, "on-kg-list")
    assert "is suspended since 17 April 2025; it stands." in section(page, "on-ru-fed")


def test_who_still_lists_them_is_told_with_how_old_that_is(page):
    """What was seen years ago is not told as today's."""
    text = told(page)

    assert "Listed before that day, and no newer document shows it or takes it off: United Arab Emirates" in text
    for place in ("Tajikistan", "United States: Specially Designated Global Terrorists"):
        assert place in text.partition("Held before, not then")[0]
    assert "no newer document shows it or takes it off." in section(page, "on-us-sdgt")


def test_the_united_nations_have_no_entry_for_them_but_140_beside_them(page):
    """The absence is told as what was looked at; those beside carry measures and exemptions."""
    text = told(page)
    beside = section(page, "associated")

    assert "No entry for Taliban in any of the 23 copies known, from 26 February 2015 to 27 February 2026." in text
    assert "140 entries stand under the regime that names it." in text
    assert "135 persons and 5 other entries have entries of their own beside it" in beside
    assert "1988 (Taliban) Sanctions List" in beside
    for measure in ("Measure: asset freeze", "Measure: travel ban", "Measure: arms embargo"):
        assert measure in beside
    assert (
        "Exempt: humanitarian assistance and other activities that support basic human needs in Afghanistan" in beside
    )


def test_the_names_that_are_not_it_are_named(page):
    """A naive search would return them."""
    others = section(page, "not")

    for name in ("TEHRIK-E TALIBAN PAKISTAN (TTP)", "ANSAR AL-ISLAM"):
        assert name in others


def test_the_names_of_the_movement_are_shown_in_their_scripts(page):
    """A reader of Dari or Russian finds the name they know."""
    for name in ("Движение Талибан", "طالبان", "امارت اسلامی افغانستان"):
        assert name in page


def test_the_figure_says_in_words_what_it_draws(page):
    """Whoever hears the page misses nothing that stands in a picture."""
    labels = [html.unescape(one) for one in re.findall(r'<svg class="lane"[^>]*aria-label="([^"]*)"', page)]

    kazakhstan = next(one for one in labels if "banned terrorist and extremist" in one)
    assert "delisted" in kazakhstan
    assert "2 November 2015" in kazakhstan


def test_no_page_says_yes_or_no_or_calls_anybody_clean(site):
    """Parts, not verdicts."""
    for address in ("/en/subjects/taliban/", "/en/ask?subject=Taliban&list=un-sc", "/en/ask?subject=hamas&list=un-sc"):
        text = told(site.get(address).text)

        assert not re.search(r"\b(Yes|No[,.]|clean|hit|match|reportedly|alleged|currently listed)\b", text)
        assert "What we could not see" in text or "/ask" not in address


@pytest.mark.parametrize("subject", ["hayat-tahrir-al-sham", "hamas", "ltte", "farc"])
def test_the_other_known_cases_read_as_well(site, subject):
    """They are found by what people call them, with their lists in time."""
    found = site.get(f"/en/search.json?q={subject.replace('-', ' ')}").json()["results"]

    page = site.get(found[0]["href"])

    assert page.status_code == 200
    assert 'class="lane"' in page.text
    assert "On which list, when" in page.text
