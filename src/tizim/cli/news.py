"""``tizim news add FEED``, ``tizim news list``, ``tizim news remove FEED``."""

import click

from tizim.answer.wire import instant as instant_said
from tizim.app import App, clock
from tizim.claims.followed import Feed, Followed
from tizim.claims.polling import SECONDS
from tizim.cli.groups import group
from tizim.cli.options import app, as_json, print_json
from tizim.keep.incoming import on_its_way
from tizim.sources.feed import items
from tizim.sources.fetch import Fetcher, Limits
from tizim.sources.network import Policy
from tizim.text.folding import one_line

LIMITS = Limits(wire=10 * 1024 * 1024, unpacked=30 * 1024 * 1024, tries=2)
"""what one article or feed may cost"""


def followed(wired: App) -> Followed:
    """The feeds that are followed here."""
    return Followed(wired.settings.home / "news", lambda text: click.echo(f"tizim: {one_line(text)}", err=True))


@group("news")
def command() -> None:
    """Outlets that are followed: 'tizim update' reads what is new of them, and keeps what it claims.

    Without a verb: the feeds that are followed, and when each was read last.

    A feed is RSS, Atom, JSON Feed, or a page whose links are stories. Its articles are fetched from its own host
    and from those named with --host, and from no other.
    """


@command.command("add")
@click.argument("url", metavar="FEED")
@click.option("--outlet", default="", help="What its articles are said to be by; its host if left out.")
@click.option("--language", default="", metavar="CODE", help="The language of its articles; found out if left out.")
@click.option("--host", "hosts", multiple=True, metavar="HOST", help="Another host on which its articles may be.")
@click.option("--unchecked", is_flag=True, help="Follow it without fetching it first.")
@as_json
def add(url: str, outlet: str, language: str, hosts: tuple[str, ...], unchecked: bool, json_: bool) -> None:
    """Follow FEED from now on; it is fetched once to see that it is one."""
    wired = app()
    feed = Feed(
        url=url.strip(), added=clock().date(), outlet=outlet, language=language,
        hosts=tuple(host.strip().lower() for host in hosts),
    )  # fmt: skip
    known = followed(wired)
    known.check(feed)
    stories = None if unchecked else len(_stories(wired, feed))
    known.add(feed)
    if json_:
        print_json({**to_json(feed), "stories": stories})
    else:
        now = "" if stories is None else f"; it names {stories} {'story' if stories == 1 else 'stories'} now"
        click.echo(f"followed: {feed.url}{now}. 'tizim update' reads what is new of it.")


def _stories(wired: App, feed: Feed) -> list[object]:
    with on_its_way(wired.settings.home / "incoming") as folder:
        fetched = Fetcher(clock, limits=LIMITS).fetch(
            feed.url, Policy(places=feed.places), folder, seconds=SECONDS, name="feed", html=True
        )
        return [] if fetched.path is None else list(items(fetched.path.read_bytes(), feed.url))


@command.default
@click.command("list")
@as_json
def list_(json_: bool) -> None:
    """The feeds that are followed, and when each was read last."""
    known = followed(app())
    feeds = known.feeds()
    if json_:
        print_json([
            {**to_json(one), "polled_at": instant_said(moment) if moment else None}
            for one in feeds
            for moment in (known.seen(one).polled_at,)
        ])  # fmt: skip
        return
    for one in feeds:
        moment = known.seen(one).polled_at
        when = f"read {moment:%Y-%m-%d %H:%M} UTC" if moment else "not read yet"
        click.echo(f"{one.url}  {one.outlet or one.host}, {when}")
    if not feeds:
        click.echo("no feed is followed: tizim news add FEED")


@command.command("remove")
@click.argument("url", metavar="FEED")
@as_json
def remove(url: str, json_: bool) -> None:
    """Follow FEED no more; what was kept of it stays."""
    found = followed(app()).remove(url.strip())
    if json_:
        print_json(to_json(found))
    else:
        click.echo(f"no longer followed: {found.url}")


def to_json(feed: Feed) -> dict[str, object]:
    """A feed as JSON."""
    return {
        "url": feed.url, "outlet": feed.outlet or feed.host, "language": feed.language or None,
        "hosts": sorted(feed.places), "added": feed.added.isoformat(),
    }  # fmt: skip
