"""What every page holds: strict HTML, no style or script inside, links that lead somewhere, inert foreign text."""

import csv
import datetime as dt
import html
import itertools
import re
from collections import Counter

import html5lib
import pytest
from click.testing import CliRunner
from tests.api.conftest import a_site
from tests.api.test_site import PAGES

from tizim.app import App
from tizim.cli.main import tizim as command
from tizim.settings import Settings
from tizim.text import fold

HOSTILE = "<script>alert(1)</script>"
REORDERING = "Good \u202eevil\u202c name\u2066"
QUOTING = '" onmouseover="alert(1)" x="'


def links_of(text):
    """The addresses within the site that a page names, without the place in the page."""
    found = {html.unescape(one) for one in re.findall(r'(?:href|action)="([^"]*)"', text)}
    return {one.partition("#")[0] for one in found if one.startswith("/")}


def strictly(text):
    """The page, read as the standard says; fails where a parser would have to guess."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    assert [(place, code, more) for place, code, more in parser.errors] == []
    return tree


@pytest.mark.parametrize("address", [*PAGES, "/prs/subjects/taliban/", "/ar/lists/kz-list/", "/en/nothing/"])
def test_every_page_is_strict_html_without_style_or_script_inside(site, address):
    """A page that must be guessed at is read otherwise by each browser; what stands inside could be injected."""
    text = site.get(address).text

    tree = strictly(text)

    every = list(tree.iter())
    assert not [one for one in every if "style" in one.attrib]
    assert not [one for one in every if any(name.startswith("on") for name in one.attrib)]
    scripts = [one for one in every if one.tag == "script" and one.get("type") != "application/ld+json"]
    assert all(one.get("src", "").startswith("/static/") and not one.text for one in scripts)
    assert not [one for one in every if one.tag == "style"]
    ids = Counter(one.get("id") for one in every if one.get("id"))
    assert [one for one, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_walked_by_ear_and_by_keyboard(site, address):
    """One main, one first heading, no heading left out, a way past the masthead, every field with a name."""
    tree = strictly(site.get(address).text)

    every = list(tree.iter())
    headings = [int(one.tag[1]) for one in every if re.fullmatch(r"h[1-6]", str(one.tag))]
    assert [one.tag for one in every].count("main") == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    labelled = {one.get("for") for one in every if one.tag == "label"}
    inside = {field for label in every if label.tag == "label" for field in label.iter()}
    fields = [one for one in every if one.tag in {"input", "select"} and one.get("type") != "hidden"]
    assert all(one.get("id") in labelled or one in inside for one in fields)
    places = {one.get("href") or "" for one in every if one.tag in {"a", "use"}}
    assert {one[1:] for one in places if one.startswith("#")} <= {one.get("id") for one in every}


def test_every_link_of_every_kind_of_page_leads_somewhere(site):
    """A link into nothing is a promise that is not kept. Of the many subjects and statements some are tried."""
    found = set()
    for address in PAGES:
        found |= links_of(site.get(address).text)
    many = [one for one in sorted(found) if re.match(r"/en/(subjects|statements)/", one)]
    tried = sorted(found - set(many)) + many[::23]

    broken = [one for one in tried if site.get(one).status_code not in {200, 302}]

    assert len(tried) > 100
    assert broken == []


def test_every_statement_leads_to_its_document_or_says_that_it_is_not_held(site):
    """A sentence whose source cannot be reached is no evidence."""
    page = site.get("/en/subjects/taliban/").text
    statements = sorted(one for one in links_of(page) if one.startswith("/en/statements/"))

    texts = [site.get(one).text for one in statements]

    assert len(statements) > 20
    for text in texts:
        assert any(one.startswith("/en/documents/") for one in links_of(text))
        assert "document not held here" in text
        assert "Place in it" in text


def test_a_statement_is_found_again_on_the_page_of_its_document(site):
    """The link to a document opens at the statement, on whichever of its pages that stands."""
    said = site.get("/en/subjects/taliban.json").json()["statements"][-1]["statement"]
    links = links_of(site.get(f"/en/statements/{said}/").text)
    address = next(one for one in links if one.startswith("/en/documents/"))

    page = site.get(address)

    assert f'id="s-{said}"' in page.text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A site of a register in which somebody kept a table of names that mean harm."""
    folder = tmp_path_factory.mktemp("hostile")
    app = App(Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}"))
    rows = [
        ["id", "name", "kind", "listed"],
        ["1", HOSTILE, "organisation", "2020-01-01"],
        ["2", REORDERING, "organisation", "2020-01-01"],
        ["3", QUOTING, "person", "2020-01-01"],
        ["4", "javascript:alert(1)", "person", "2020-01-01"],
    ]
    table = folder / "mine-2020-02-01.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    ran = CliRunner(env={"TIZIM_HOME": str(folder)}).invoke(
        command,
        ["keep", "table", "--list", "mine", "--list-name", f"List {HOSTILE}", "--column", "name=name", "--column",
         "reference=id", "--column", "kind=kind", "--column", "listed=listed", "--from", str(table)],
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output + str(ran.exception)
    yield a_site(app, dt.datetime(2100, 1, 1, tzinfo=dt.UTC))  # after whatever moment the command recorded
    app.close()


@pytest.mark.parametrize(
    "address", ["/en/", "/en/lists/", "/en/lists/mine/", "/en/search?q=alert", "/en/search?q=" + "%22%3E%3Cscript%3E"]
)
def test_hostile_names_are_inert_and_visible(hostile, address):
    """What a list printed is shown as text, whatever it is; what would reorder the line is shown as a box."""
    page = hostile.get(address)

    tree = strictly(page.text)

    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert not [one for one in tree.iter() if "onmouseover" in one.attrib or "style" in one.attrib]
    assert not [one for one in tree.iter() if str(one.get("href", "")).startswith("javascript")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text)


def test_controls_of_direction_are_boxes_with_their_numbers(hostile):
    """A reader sees that something was there, and the order of the line stands."""
    page = hostile.get("/en/lists/mine/").text

    assert "U+202E" in page
    assert "U+2066" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_pages_of_hostile_subjects_are_inert_too(hostile):
    """The subject's own page has its name in the title, the heading, the figure's labels and the links."""
    listed = hostile.get("/en/lists/mine/").text
    subjects = sorted(one for one in links_of(listed) if "/subjects/" in one)

    pages = [hostile.get(one) for one in subjects]

    assert len(subjects) == 4
    for page in pages:
        assert page.status_code == 200
        tree = strictly(page.text)
        assert not [one for one in tree.iter() if "onmouseover" in one.attrib]
        assert "<script>alert" not in page.text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text)


def test_a_letter_with_many_entries_is_shown_on_several_pages_that_hold_each_entry_once(site):
    """A page that holds thousands is slow to make and no use to read; none may be lost between two pages."""
    whole = site.get("/en/lists/un-sc.json").json()["members"]
    first = site.get("/en/lists/un-sc/?letter=A").text
    pages = sorted({int(one) for one in re.findall(r"letter=A&amp;page=(\d+)", first)})
    texts = [first, *(site.get(f"/en/lists/un-sc/?letter=A&page={page}").text for page in pages)]

    shown = [one for text in texts for one in re.findall(r'<th scope="row"><a href="/en/subjects/([^/"]+)/', text)]

    expected = [one["subject"] for one in whole if fold(one["name"]).startswith("a")]
    assert pages
    assert Counter(shown) == Counter(expected)
    assert all(strictly(text) is not None for text in texts)
