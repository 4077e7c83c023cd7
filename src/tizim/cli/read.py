"""``tizim read FILE|URL|-``."""

import sys
import tempfile
from pathlib import Path
from typing import Final

import click

from tizim.cli.options import as_json, print_json, print_lines
from tizim.errors import BadInput

LARGEST: Final = 64 * 1024 * 1024
"""bytes of a file that is read"""
SECONDS: Final = 60.0
"""what fetching a page may take"""


@click.command("read")
@click.argument("what", metavar="FILE|URL|-")
@click.option("--language", metavar="CODE", help="Language of the text, such as fr or prs.  [default: found out]")
@click.option(
    "--published", metavar="DAY", help="Day of publication, by which 'on Friday' is understood.  [default: the page's]"
)
@as_json
def command(what: str, language: str | None, published: str | None, json_: bool) -> None:
    """What does an article say of lists? Its claims, each with who says it and the words it rests on.

    Reads a plain text, a web page, a feed or a web archive (WARC), from a file, an https address or standard input.
    A claim is what somebody says, not a fact, and nothing is entered into the register.
    """
    from tizim.news import words
    from tizim.news.extract import articles
    from tizim.news.reading import read_article

    found = list(articles(_bytes(what), url=what if _is_url(what) else ""))
    if not found:
        raise BadInput(f"{what}: there is no article in it")
    readings = [(read_article(one, language=language, published=published), one) for one in found]
    if json_:
        many = [words.to_json(reading, article) for reading, article in readings]
        print_json(many[0] if len(many) == 1 else many)
        return
    lines: list[str] = []
    for reading, article in readings:
        lines += [*([""] if lines else []), *words.to_lines(reading, article)]
    print_lines(lines)


def _is_url(what: str) -> bool:
    return what.partition("://")[0].lower() in {"https", "http"}


def _bytes(what: str) -> bytes:
    """What is to be read, from wherever it is."""
    if what == "-":
        data = sys.stdin.buffer.read(LARGEST + 1)
    elif _is_url(what):
        data = _fetched(what)
    else:
        try:
            with Path(what).open("rb") as file:
                data = file.read(LARGEST + 1)
        except OSError as error:
            raise BadInput(f"{what} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise BadInput(f"{what}: more than {LARGEST:,} bytes, which no article, feed or archive at hand should have")
    return data


def _fetched(url: str) -> bytes:
    """The page at *url*, through the one fetcher: https only, public addresses only, no other host than its own."""
    import httpx

    from tizim.app import clock
    from tizim.sources.fetch import Fetcher, Limits
    from tizim.sources.network import Policy, place_of

    try:
        place = place_of(httpx.URL(url))
    except (httpx.InvalidURL, ValueError) as error:
        raise BadInput(f"{url[:300]} is no address: {error}") from None
    bare = place.removeprefix("www.")
    policy = Policy(places=frozenset({place, bare, f"www.{bare}"}))
    limits = Limits(wire=LARGEST, unpacked=LARGEST, tries=2)
    with tempfile.TemporaryDirectory() as folder:
        fetched = Fetcher(clock, limits=limits).fetch(url, policy, Path(folder), seconds=SECONDS, html=True)
        if fetched.path is None:
            raise BadInput(f"{url[:300]} gave nothing to read")
        return fetched.path.read_bytes()
