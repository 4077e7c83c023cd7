"""What a reader chooses by a form: changes between two days, statements of a list, a kind of source and a year."""

import html
import re

import pytest
from tests.api.test_acts import section, told
from tests.api.test_pages import strictly

BETWEEN = "/en/lists/un-1988/?since=2015-03-27&as_of=2024-12-31"


def changed(text):
    """What is told of the changes between two days."""
    found = re.search(r'<h3 id="between">.*?(?=<h2)', text, re.DOTALL)
    return told(f"<main>{found[0]}</main>")


def test_what_came_and_went_between_two_days(site):
    """The copies nearest to both days are compared, and said to be."""
    page = site.get(BETWEEN).text

    text = changed(page)
    strictly(page)
    assert "Compared are the copies of 27 March 2015 and 21 September 2024." in text
    assert "1 added" in text
    assert "TOREK AGHA TAi.174" in text
    assert "AHMADULLAH TAi.081" in text
    assert "a delisting only where an act says so" in text


def test_the_data_of_the_changes_are_what_the_command_prints(site, cli_json):
    """One difference, whichever door it is asked at."""
    found = site.get(BETWEEN.replace("/?", ".json?")).json()

    assert found == cli_json("diff", "un-1988", "--from", "2015-03-27", "--to", "2024-12-31")


def test_the_day_since_is_carried_into_other_languages_and_the_data(site):
    """Whoever changes the language keeps the question."""
    page = html.unescape(site.get(BETWEEN).text)

    assert '"/en/lists/un-1988.json?since=2015-03-27&as_of=2024-12-31"' in page
    assert "/fr/lists/un-1988/?since=2015-03-27&as_of=2024-12-31" in page


def test_before_the_first_copy_nothing_is_compared_and_that_is_said(site):
    """A day of which nothing is known is no day without changes."""
    text = changed(site.get("/en/lists/un-1988/?since=2001-01-01&as_of=2024-12-31").text)

    assert "Nothing can be compared: the first copy of this list known here is of 26 February 2015" in text


def test_of_a_list_without_copies_the_changes_are_those_of_statements(site):
    """Kazakhstan's list is known by statements alone."""
    text = changed(site.get("/en/lists/kz-list/?since=2004-01-01&as_of=2006-12-31").text)

    assert "No copy of this list is held: what came and went is told by statements." in text
    assert re.search(r"\d+ added", text)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/lists/un-1988/?since=soon", "since wants a day such as 2024-06-03, not 'soon'"),
        ("/en/lists/un-1988/?since=2024-02-02&as_of=2024-02-01", "since 2024-02-02 is later than as_of 2024-02-01"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_with_the_reason(site, address, words):
    """What was understood is told, and what to do."""
    page = site.get(address)

    assert page.status_code == 400
    assert words in told(page.text)


def test_the_day_since_is_read_in_the_calendar_of_the_page(site):
    """A reader of Dari types what stands in front of them."""
    page = site.get("/prs/lists/un-1988/?since=۱۳۹۴-۰۱-۰۷&as_of=2024-12-31")

    assert 'value="2015-03-27"' in page.text


def test_statements_are_chosen_by_list_source_and_year(site):
    """Of fifty statements a reader finds those of the press in one year about one list."""
    page = site.get("/en/subjects/taliban/?list=kz-list&source=5&year=2023").text
    every = site.get("/en/subjects/taliban.json").json()["statements"]

    wanted = [
        one for one in every
        if one["list"] == "kz-list" and one["rank"] == 5 and (one["date"] or "").startswith("2023")
    ]  # fmt: skip
    chosen = section(page, "statements")
    strictly(page)
    assert wanted
    assert f"{len(wanted)} statements are left." in chosen
    assert 'value="kz-list" selected>' in page
    assert 'value="2023" selected>' in page


def test_without_a_choice_the_form_alone_is_there(site):
    """The statements stand list by list already."""
    page = site.get("/en/subjects/taliban/").text

    assert "statements are left" not in page
    assert 'name="year"' in page


def test_a_choice_that_leaves_nothing_says_so(site):
    """An empty table would be a riddle."""
    page = site.get("/en/subjects/taliban/?list=kz-list&year=1999").text

    assert "No statement known is of that list, kind of source and year." in page


def test_a_page_that_compares_can_be_followed_all_the_same(site):
    """Its feed goes on from wherever its reader is."""
    assert site.get("/en/lists/un-1988.atom?since=2015-03-27").status_code == 200
