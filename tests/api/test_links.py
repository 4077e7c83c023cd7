"""A walk through the site from its first page: every link leads to a page, and every place in a page is there."""

import html
import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from tizim.publish.rooms import ROOMS

EACH = 30
"""pages of a kind that are visited; all links of a page that is visited must lead somewhere"""
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')
ID = re.compile(r'\sid="([^"]*)"')


def kind_of(path):
    """What kind of page an address asks for: its room, whether for one thing in it, whether as data."""
    _, language, *parts = path.rstrip("/").split("/")
    room = parts[0].removesuffix(".json") if parts else ""
    return language, room, len(parts) > 1, path.endswith(".json")


def walk(site, language, each):
    """What is wrong with the links of the pages of a language, and how many pages of each kind were visited."""
    start = f"/{language}/"
    queue, seen, visited = deque([start]), {start}, Counter({kind_of(start): 1})
    places, named, wrong = {}, [], []
    while queue:
        address = queue.popleft()
        answer = site.get(address)
        if answer.status_code != 200:
            wrong.append(f"{address}: answered {answer.status_code}")
            continue
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        text = re.sub(r"\A.*?<body", "", answer.text, flags=re.DOTALL)
        places[address] = {html.unescape(one) for one in ID.findall(text)}
        for link in LINK.findall(answer.text):
            to = urljoin(address, html.unescape(link))
            parts = urlsplit(to)
            if parts.scheme or parts.netloc:
                continue
            bare, _, place = to.partition("#")
            if place:
                named.append((address, bare, place))
            if bare in seen or not bare.startswith((start, "/static/")):
                continue
            seen.add(bare)
            kind = kind_of(parts.path)
            if visited[kind] < each:
                visited[kind] += 1
                queue.append(bare)
    wrong += [f"{on}: no place {place} in {to}" for on, to, place in named if to in places and place not in places[to]]
    return wrong, visited


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "prs"])
def test_every_link_and_every_place_in_a_page_is_there(site, language):
    """A reader who follows any link from the first page on never ends before a wall."""
    wrong, visited = walk(site, language, EACH)

    assert "\n".join(sorted(set(wrong))) == ""
    assert set(ROOMS) <= {room for _, room, _, as_data in visited if not as_data}, "a kind of page is linked nowhere"
    assert visited[language, "subjects", True, False] == EACH


def test_a_link_into_nothing_is_found(site):
    """The walk tells of what it meets: here of a page that links to a place that is not in it, and to no page."""

    class Torn:
        """The site, with two links too many on its first page."""

        def get(self, address):
            answer = site.get(address)
            if address != "/en/":
                return answer
            more = answer.text.replace("<main", '<a href="#no"></a><a href="/en/nope/"></a><main', 1)
            return httpx.Response(200, headers={"content-type": answer.headers["content-type"]}, text=more)

    wrong, _ = walk(Torn(), "en", 1)

    assert "/en/nope/: answered 404" in wrong
    assert "/en/: no place no in /en/" in wrong
