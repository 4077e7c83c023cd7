"""A copy of the site as files: everything in it leads somewhere, and nothing in it needs a server."""

import html
import json
import re
from collections import Counter
from urllib.parse import unquote

import html5lib
import pytest
from tests.api.conftest import a_site
from tests.site_files.made import DAY, files_in

from tizim.publish.rooms import ROOMS

HOST = "https://register.test"
PREFIX = "/site"
OUTSIDE = ("https://", "http://", "mailto:")


def tree_of(data):
    """A page read as the standard says, with whatever a parser would have to guess."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(data.decode())
    return list(tree.iter()), parser.errors


@pytest.fixture(scope="module")
def pages(copied):
    """Every page of the copy: its elements by its path."""
    _, out = copied
    found = {}
    for path, data in files_in(out).items():
        if path.endswith(".html"):
            found[path], errors = tree_of(data)
            assert errors == [], path
    return found


def path_of(address):
    """The file that a host answers an address of the copy with."""
    inside = unquote(address.removeprefix(PREFIX)).lstrip("/")
    return f"{inside}index.html" if inside.endswith("/") or not inside else inside


def test_every_link_leads_to_a_file_of_the_copy_and_every_fragment_to_a_place_in_it(copied, pages):
    """A host of files answers nothing that is not there, so a link into nothing would stay one."""
    _, out = copied
    files = files_in(out)
    ids = {path: {one.get("id") for one in every if one.get("id")} for path, every in pages.items()}
    broken = []

    for path, every in pages.items():
        for one in every:
            for name in ("href", "src", "action"):
                address = one.get(name)
                own, _, fragment = (address or "").removeprefix(HOST).partition("#")
                if address is None or own.startswith(OUTSIDE):
                    continue
                target = path_of(own) if own else path
                if (
                    (own and not own.startswith(f"{PREFIX}/"))
                    or target not in files
                    or (fragment and unquote(fragment) not in ids.get(target, ()))
                ):
                    broken.append((path, address))

    assert len(pages) > 300
    assert broken == []


def test_nothing_in_it_asks_a_server(pages):
    """There is none: the one form that stays is a script's, and it goes to a page that answers without one too."""
    for path, every in pages.items():
        for one in every:
            address = one.get("href") or one.get("src") or ""
            assert "?" not in address or address.startswith(OUTSIDE), (path, address)
            if one.tag == "form":
                assert "data-still" in one.attrib, path
            assert "style" not in one.attrib
            assert one.tag != "a" or one.get("href"), path


def test_pages_are_whole_without_a_script(pages):
    """Days, letters and names stand as links; what a script alone can do is hidden until there is one."""
    days = [one.get("href") for one in pages["en/lists/un-sc/index.html"] if "/at/" in str(one.get("href"))]
    letters = [one.get("href") for one in pages["en/names/index.html"] if "/names/" in str(one.get("href"))]
    pick = next(one for one in pages["en/lists/un-sc/index.html"] if one.tag == "form" and one.get("class") == "pick")

    assert f"{PREFIX}/en/lists/un-sc/at/2016-01-01/" in days
    assert f"{PREFIX}/en/names/Latn/h/" in letters
    assert "hidden" in pick.attrib
    assert any(one.tag == "ul" for one in pages["index.html"])


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_kind_of_page_is_in_the_copy(pages, room):
    """A new kind of page says which ids it has, or it is missing here."""
    keyed = ROOMS[room].keyed or ROOMS[room]
    own = [path for path in pages if path.startswith(f"en/{room}/" if room else "en/index.html")]

    assert own
    if ROOMS[room].takes_key:
        assert keyed.keys is not None
        assert any(path.removeprefix(f"en/{room}/").count("/") for path in own)


def test_pages_in_one_language_name_the_others_and_no_more(pages):
    """A version that is not there is not promised."""
    for path, every in pages.items():
        named = {one.get("hreflang") for one in every if one.tag == "link" and one.get("hreflang")}
        assert named <= {"en", "prs", "x-default"}, path


def test_the_head_stands_in_one_file(copied):
    """It changes with every row: on each page it would change all of them."""
    small, out = copied
    head = small.register.head()
    files = files_in(out)

    told = json.loads(files["head.json"])

    assert (told["sequence"], told["hash"], told["as_of"]) == (head.sequence, head.hash, DAY)
    assert [path for path, data in files.items() if head.hash.encode() in data] == ["head.json"]


def test_data_lie_beside_each_page(copied, pages):
    """As in the served site: the address of the page without its last stroke, with .json behind it."""
    _, out = copied
    files = files_in(out)

    for path, every in pages.items():
        if path in {"index.html", "404.html"}:
            continue
        data = next(one.get("href") for one in every if one.get("type") == "application/json")
        assert json.loads(files[path_of(data)]) is not None, path


def test_names_are_found_in_the_index_by_the_first_letters_of_their_words(copied):
    """A script reads these files instead of asking; without one the pages of names have the same."""
    _, out = copied
    files = files_in(out)
    beginnings = json.loads(files["names-index/index.json"])["beginnings"]

    def rows(word):
        own = max((one for one in beginnings if word.startswith(one)), key=len)
        return json.loads(files[f"names-index/{own.encode().hex()}.json"])

    assert ["HAQQANI NETWORK", "un-sc:A", "", ["A"]] in rows("network")
    assert any(subject == "un-sc:D" for _, subject, _, _ in rows("طالبان"))
    assert any(name == "Джамаат Ансаруллах" for name, *_ in rows("джамаат"))


def test_an_answer_made_ready_tells_what_the_served_site_tells(copied):
    """The copy is the site: the same sentences under the same heading."""
    small, out = copied
    page = (out / "en/ask/kz-list/taliban/index.html").read_text()
    served = a_site(small.app).get(f"/en/ask?subject=taliban&list=kz-list&as_of={DAY}").text

    def said(text):
        parts = re.search(r'<ol class="parts">.*</ol>', text, re.DOTALL)[0]
        return " ".join(html.unescape(re.sub("<[^>]+>", " ", parts)).split())

    assert said(page) == said(served)


@pytest.mark.parametrize(
    "address",
    [
        "/en/lists/un-sc/at/2015-01-01/",
        "/prs/ask/kz-list/taliban/",
        "/en/names/Latn/h/",
        "/en/lists/un-sc/at/2015-01-01.json",
    ],
)
def test_the_served_site_answers_the_addresses_of_a_copy(copied, address):
    """So that a link into a copy works wherever the site is served."""
    small, _ = copied

    answer = a_site(small.app).get(address)

    assert answer.status_code == 200
    if "/at/" in address and not address.endswith(".json"):
        assert 'datetime="2015-01-01"' in answer.text
        assert "?as_of=2015-01-01" in re.search(r'<link rel="canonical" href="([^"]*)"', answer.text)[1]


def test_ids_are_once_on_a_page(pages):
    """Two places of one name make one of them unreachable."""
    for path, every in pages.items():
        ids = Counter(one.get("id") for one in every if one.get("id"))
        assert [one for one, count in ids.items() if count > 1] == [], path


def test_the_sitemap_names_pages_of_the_copy(copied):
    """Where the copy is called by an address, search engines are told of its pages and of no others."""
    _, out = copied
    files = files_in(out)

    index = files["sitemap.xml"].decode()
    parts = re.findall(r"<loc>([^<]*)</loc>", index)
    named = [
        one
        for part in parts
        for one in re.findall(r"<loc>([^<]*)</loc>", files[path_of(part.removeprefix(HOST))].decode())
    ]

    assert f"Sitemap: {HOST}{PREFIX}/sitemap.xml" in files["robots.txt"].decode()
    assert len(named) > 20
    assert [one for one in named if path_of(one.removeprefix(HOST)) not in files] == []
