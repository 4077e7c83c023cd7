"""What a page says of itself to machines: its versions, its canonical address, its card, its linked data."""

import html
import json
import re

import pytest
from tests.api.test_pages import HOSTILE, QUOTING, REORDERING, hostile, links_of, strictly  # noqa: F401 - a fixture
from tests.api.test_site import PAGES

from tizim.publish.words import LANGUAGES

KINDS = ["", "lists/", "lists/kz-list/", "lists/un-sc/?letter=B", "subjects/taliban/", "ask",
         "ask?subject=taliban&list=un-sc", "search?q=Taliban", "reviews/", "reviews/?list=un-1267", "sources/",
         "decisions/", "how-to-read/", "changes/", "changes/2024/"]  # fmt: skip
VERSION = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="http://register\.test([^"]+)">')
FORBIDDEN = re.compile(r"terror|sanction|criminal|extremis", re.IGNORECASE)


def versions_of(text):
    """The addresses of a page in other languages, by language."""
    found = VERSION.findall(text)
    assert len(dict(found)) == len(found)
    return {language: html.unescape(address) for language, address in found}


def card_of(text):
    """The properties of a card: each with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', text):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def linked(text):
    """The nodes of a page's linked data, by type."""
    [script] = [one for one in strictly(text).iter() if one.get("type") == "application/ld+json"]
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dates", ["", "as_of=2024-06-03&known_at=2026-05-01"])
def test_the_versions_of_a_page_are_all_there_and_name_each_other(site, kind, dates):
    """A search engine believes a version only if that one names this one too, and the dates must not get lost."""
    mark = ("&" if "?" in kind else "?") if dates else ""
    text = site.get(f"/en/{kind}{mark}{dates}").text

    versions = versions_of(text)

    canonical = html.unescape(re.search(r'<link rel="canonical" href="http://register\.test([^"]+)">', text)[1])
    assert set(versions) == {*LANGUAGES, "x-default"}
    assert canonical == versions["en"] == versions["x-default"]
    for date in dates.split("&"):
        assert all(date in address for address in versions.values())
    for language in ("prs", "zh"):
        assert versions_of(site.get(versions[language]).text) == versions


@pytest.mark.parametrize("address", [*PAGES, "/prs/subjects/taliban/", "/ar/lists/kz-list/", "/zh/changes/"])
def test_every_page_has_a_card_of_its_own(site, address):
    """Whoever gets a link sees what it leads to before following it, in the language of the page."""
    text = site.get(address).text
    card, language = card_of(text), address.split("/")[1]

    assert card["og:title"] == [re.search(r"<title>(.*?) · tizim</title>", text)[1]] or "&" in text
    assert card["og:description"] == card["description"]
    assert 0 < len(card["description"][0]) < 1_000
    assert "<" not in card["description"][0]
    assert card["og:url"][0].startswith(f"http://register.test/{language}/")
    assert len(card["og:locale:alternate"]) == len(LANGUAGES) - 1
    assert card["og:locale"][0] not in card["og:locale:alternate"]
    assert card["twitter:card"] == ["summary"]
    image = card["og:image"][0].removeprefix("http://register.test")
    assert site.get(image).headers["content-type"] == "image/png"


def test_the_card_of_a_list_tells_its_size_and_its_age_and_that_of_a_subject_its_state(site):
    """The short answer of the page as sentences, with the day to which it belongs."""
    a_list = card_of(site.get("/en/lists/un-1988/?as_of=2020-12-31").text)["description"][0]
    subject = card_of(site.get("/en/subjects/taliban/").text)["description"][0]

    assert re.search(r"\d+ entries on 31 December 2020, by evidence of \d+ \w+ 20\d\d at the newest", a_list)
    assert "Listed before that day, and no newer document shows it or takes it off" in subject


@pytest.mark.parametrize("address", [*PAGES, "/prs/subjects/taliban/", "/kk/lists/un-1988/"])
def test_linked_data_are_what_the_page_is(site, address):
    """Every page is a page of the register, in a language, under its own address, on its way from the first page."""
    text = site.get(address).text
    nodes = linked(text)

    page = nodes["WebPage"]
    assert f'<link rel="canonical" href="{html.escape(page["url"])}">' in text
    assert page["inLanguage"] == address.split("/")[1]
    assert page["isPartOf"]["@id"] == nodes["WebSite"]["@id"]
    if page["inLanguage"] == "en":
        assert {one["inLanguage"] for one in page["workTranslation"]} == {*LANGUAGES} - {"en"}
    else:
        assert page["translationOfWork"]["inLanguage"] == "en"
    if address == "/en/":
        assert "search_term_string" in nodes["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    else:
        trail = nodes["BreadcrumbList"]["itemListElement"]
        assert [one["position"] for one in trail] == list(range(1, len(trail) + 1))
        assert trail[-1]["item"] == page["url"]


def test_a_subject_is_told_to_machines_by_kind_and_names_and_never_judged(site):
    """What a list holds somebody to be is the list's word; a machine that reads only this must not take it for ours."""
    organisation = linked(site.get("/en/subjects/taliban/").text)["Organization"]
    person = linked(site.get("/en/subjects/un-sc:TAi.002/").text)["Person"]

    for node in (organisation, person):
        assert set(node) <= {"@type", "@id", "name", "alternateName", "sameAs", "subjectOf"}
        assert not FORBIDDEN.search(json.dumps({**node, "subjectOf": ""}))
    assert "Талибан" in organisation["alternateName"]


def test_a_list_is_a_set_of_data_with_its_documents(site):
    """Where the data are, of which days, and what they rest on; no licence where none is stated."""
    nodes = linked(site.get("/en/lists/un-1988/").text)
    dataset, page = nodes["Dataset"], nodes["WebPage"]

    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", dataset["temporalCoverage"])
    assert "license" not in dataset
    for one in dataset["distribution"]:
        answer = site.get(one["contentUrl"])
        assert answer.headers["content-type"].startswith(one["encodingFormat"])
    assert all(site.get(one).status_code == 200 for one in page["isBasedOn"])


def test_a_page_that_is_not_there_says_nothing_of_itself_to_machines(site):
    """An error is no page about anything."""
    assert "ld+json" not in site.get("/en/lists/nope/").text


def test_names_that_mean_harm_are_inert_in_cards_and_linked_data_and_still_themselves(hostile):  # noqa: F811
    """What ends a script element or a value is data there; a machine reads the name, steering marks as boxes."""
    listed = hostile.get("/en/lists/mine/").text
    names = set()
    for address in sorted(one for one in links_of(listed) if "/subjects/" in one):
        text = hostile.get(address).text
        tree = strictly(text)
        [own] = [node for kind, node in linked(text).items() if kind in {"Person", "Organization"}]
        names.add(own["name"])
        scripts = [one for one in tree.iter() if one.tag == "script" and not one.get("src")]
        assert len(scripts) == 1
        assert not re.search("[<>\u202a-\u202e\u2066-\u2069]", scripts[0].text)
        for one in tree.iter():
            assert one.tag != "meta" or set(one.attrib) <= {"charset", "name", "property", "content"}

    assert HOSTILE in names
    assert len(names) == 4
    assert REORDERING not in names
    assert "Good U+202EevilU+202C nameU+2066" in names
    assert QUOTING in names
    feed = hostile.get("/en/lists/mine.feed.json")
    assert feed.status_code == 200
