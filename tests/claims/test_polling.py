"""Outlets that are followed: what is new is fetched once, within bounds, through the one fetcher."""

import datetime as dt

import pytest
from tests.serving import NOW, Server, answer

from tizim.claims.followed import Feed, Followed
from tizim.claims.polling import (
    ELSEWHERE,
    FAILED,
    KEPT,
    MOST_NEW,
    REFUSED,
    UNCHANGED,
    WAITING,
    Came,
    Told,
    Tools,
    poll,
)
from tizim.errors import BadInput, NotFound, SourceRefused
from tizim.sources.fetch import Fetcher, Limits, Outside

RSS = "<rss><channel>{}</channel></rss>"
ITEM = "<item><title>{0}</title><link>{0}</link><pubDate>Fri, 29 Dec 2023 10:00:00 GMT</pubDate></item>"


@pytest.fixture
def server():
    """An outlet on loopback."""
    made = Server()
    yield made
    made.close()


class Desk:
    """Follows one feed of the outlet, and remembers what it was given to keep."""

    def __init__(self, server, folder):
        self.server = server
        self.said = []
        self.came: list[Came] = []
        self.followed = Followed(folder / "news", self.said.append)
        self.feed = Feed(url=server.url("/feed"), added=dt.date(2024, 6, 3), outlet="Courier", language="en")
        self.followed.add(self.feed)
        outside = Outside(sleep=lambda _: None, resolve=lambda *_: ["127.0.0.1"])
        self.tools = Tools(
            fetcher=Fetcher(lambda: NOW, limits=Limits(tries=1), outside=outside), keep=self.keep,
            followed=self.followed, folder=folder / "incoming", clock=lambda: NOW,
            allowed=lambda _: server.allows("127.0.0.1"), sleep=lambda _: None,
        )  # fmt: skip

    def keep(self, came):
        """Keep an article, unless it says not to."""
        if b"refuse" in came.data:
            raise SourceRefused(f"{came.url}: is no article")
        if b"break" in came.data:
            raise RuntimeError("a fault of ours")
        outcome = UNCHANGED if any(one.data == came.data for one in self.came) else KEPT
        self.came.append(came)
        return Told(outcome=outcome, sha256="0" * 64, claims=1)

    def announces(self, *paths, **headers):
        """What stands in the feed from now on."""
        feed = RSS.format("".join(ITEM.format(path) for path in paths)).encode()
        self.server.says["/feed"] = [answer(feed, content_type="application/rss+xml", **headers)]

    def poll(self):
        """Outcomes by the last part of the address."""
        return {one.url.rpartition("/")[2]: one for one in poll(self.followed.feeds(), self.tools)}


@pytest.fixture
def desk(server, tmp_path):
    """Somebody who follows the outlet."""
    return Desk(server, tmp_path)


def test_new_stories_are_fetched_read_and_kept_once(server, desk):
    """The first run takes what is there, the second what came since."""
    desk.announces("/a", "/b")
    server.says |= {"/a": [answer(b"one")], "/b": [answer(b"two")], "/c": [answer(b"three")]}

    first = desk.poll()
    desk.announces("/c", "/a", "/b")
    second = desk.poll()

    assert {name: one.outcome for name, one in first.items()} == {"a": KEPT, "b": KEPT}
    assert {name: one.outcome for name, one in second.items()} == {"c": KEPT}
    one = desk.came[0]
    assert (one.data, one.outlet, one.language, one.published, one.title) == (
        b"one",
        "Courier",
        "en",
        "2023-12-29",
        "/a",
    )
    assert (one.retrieved_at, one.url) == (NOW, server.url("/a"))
    assert sorted(path for path in (asked.path for asked in server.asked) if path != "/feed") == ["/a", "/b", "/c"]


def test_a_feed_that_did_not_change_is_asked_conditionally(server, desk):
    """A polite reader costs an outlet nothing."""
    desk.announces("/a", etag='"v1"')
    server.says["/a"] = [answer(b"one")]
    desk.poll()
    server.says["/feed"] = [answer(b"", 304)]

    assert desk.poll() == {}
    assert server.asked[-1].headers["if-none-match"] == '"v1"'


def test_a_story_that_fails_is_tried_again_and_given_up_in_the_end(server, desk):
    """A server that is down for an hour loses no story; one that is gone is not asked for ever."""
    desk.announces("/a", etag='"v1"')
    server.says["/a"] = [answer(b"", 500)]

    outcomes = [desk.poll()["a"].outcome for _ in range(5)]

    assert outcomes == [FAILED] * 5
    assert desk.poll() == {}


def test_a_story_that_comes_at_last_is_kept(server, desk):
    """What failed yesterday is read today."""
    desk.announces("/a", etag='"v1"')
    server.says["/a"] = [answer(b"", 500), answer(b"one")]

    assert [desk.poll()["a"].outcome for _ in range(2)] == [FAILED, KEPT]


def test_what_is_no_article_is_refused_once_and_stops_nothing(server, desk):
    """A log-in page among the stories."""
    desk.announces("/a", "/b", "/c")
    server.says |= {"/a": [answer(b"refuse")], "/b": [answer(b"break")], "/c": [answer(b"three")]}

    found = desk.poll()

    assert {name: one.outcome for name, one in found.items()} == {"a": REFUSED, "b": FAILED, "c": KEPT}
    assert "our fault: RuntimeError" in found["b"].reason
    assert set(desk.poll()) == {"b"}


def test_a_story_on_another_host_is_told_and_not_fetched(server, desk):
    """A feed must not send its reader anywhere."""
    desk.announces("https://elsewhere.example/x", "http://169.254.169.254/latest")

    found = desk.poll()

    assert {one.outcome for one in found.values()} == {ELSEWHERE}
    assert "--host elsewhere.example" in found["x"].reason
    assert [asked.path for asked in server.asked] == ["/feed"]


def test_a_redirect_to_another_host_is_refused(server, desk):
    """Neither must the story."""
    desk.announces("/a")
    server.says["/a"] = [answer(b"", 302, location="http://internal.example/secret")]

    assert desk.poll()["a"].outcome == REFUSED


def test_of_many_new_stories_some_wait_for_the_next_run(server, desk):
    """A first run must not become a crawl."""
    names = [f"/{number}" for number in range(MOST_NEW + 5)]
    desk.announces(*names, etag='"v1"')
    server.says |= {name: [answer(name.encode())] for name in names}

    first, second = desk.poll(), desk.poll()

    assert sum(one.outcome == KEPT for one in first.values()) == MOST_NEW
    assert first["feed"].outcome == WAITING
    assert sum(one.outcome == KEPT for one in second.values()) == 5


def test_a_feed_that_is_none_is_told_and_the_others_are_read(server, desk):
    """One outlet's page of errors is not another's."""
    server.says |= {"/feed": [answer(b"%PDF")], "/other": [answer(RSS.format(ITEM.format("/a")).encode())]}
    server.says["/a"] = [answer(b"one")]
    desk.followed.add(Feed(url=server.url("/other"), added=dt.date(2024, 6, 3)))

    found = desk.poll()

    assert (found["feed"].outcome, found["a"].outcome) == (REFUSED, KEPT)
    assert desk.came[0].outlet == "127.0.0.1"


def test_what_was_seen_is_read_anew_where_its_file_is_damaged(server, desk, tmp_path):
    """A lost file costs a download, and nothing else."""
    desk.announces("/a")
    server.says["/a"] = [answer(b"one")]
    desk.poll()
    (tmp_path / "news" / "seen" / f"{desk.feed.id}.json").write_text("{", encoding="utf-8")

    assert desk.poll()["a"].outcome == UNCHANGED
    assert "read anew" in desk.said[0]


def test_feeds_are_added_and_removed_by_their_addresses(desk, tmp_path):
    """One address is followed once; what is not followed cannot be removed."""
    followed = Followed(tmp_path / "other", print)

    followed.add(desk.feed)
    with pytest.raises(BadInput, match="followed already"):
        followed.add(desk.feed)
    for wrong in ("courier.example/feed", "file:///etc/passwd", ""):
        with pytest.raises(BadInput, match="https://"):
            followed.add(Feed(url=wrong, added=dt.date(2024, 6, 3)))
    with pytest.raises(NotFound, match="tizim news list"):
        followed.remove("https://other.example/")
    assert followed.remove(desk.feed.url) == desk.feed
    assert followed.feeds() == []
    (tmp_path / "other" / "feeds.json").write_text("[{}]", encoding="utf-8")
    with pytest.raises(BadInput, match=r"feeds\.json"):
        followed.feeds()


def test_a_feed_allows_its_own_host_with_and_without_www_and_those_named():
    """Outlets move their stories between the two."""
    one = Feed(url="https://www.courier.example/feed", added=dt.date(2024, 6, 3), hosts=("static.courier.example",))

    assert one.places == {"www.courier.example", "courier.example", "static.courier.example"}
