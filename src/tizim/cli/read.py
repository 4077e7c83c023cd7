"""``tizim read FILE|URL|-``."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tizim.cli.options import app, as_json, print_json, print_lines
from tizim.errors import BadInput

if TYPE_CHECKING:
    from tizim.app import KeptArticle
    from tizim.claims.polling import Came
    from tizim.cli.reading import Read

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
@click.option("--keep", is_flag=True, help="Keep the article in the register, with what it claims.")
@click.option("--outlet", default="", help="With --keep: whose it is.  [default: what the page says]")
@click.option("--url", default="", help="With --keep: where a file was.")
@click.option("--retrieved-at", metavar="WHEN", help="With --keep: when you fetched it, a day or an instant.")
@click.option("--reader", type=click.Choice(["rules", "model"]), default="rules", show_default=True,
              help="Who reads it; a model is named by TIZIM_LLM_URL.")  # fmt: skip
@as_json
def command(
    what: str, language: str | None, published: str | None, keep: bool, outlet: str, url: str, retrieved_at: str | None,
    reader: str, json_: bool,
) -> None:  # fmt: skip
    """What does an article say of lists? Its claims, each with who says it and the words it rests on.

    Reads a plain text, a web page, a feed or a web archive (WARC), from a file, an https address or standard input.
    A claim is what somebody says, not a fact. With --keep the article and its claims go into the register, where
    nothing that is claimed changes an answer before a person confirms it ('tizim claims'); without, nothing does.
    """
    from tizim.cli import reading as reads
    from tizim.news import words
    from tizim.news.extract import articles

    data, address = _bytes(what), what if _is_url(what) else url
    if keep:
        title = "" if what == "-" or _is_url(what) else Path(what).name
        came = _came(data, address, title, outlet, language or "", published or "", retrieved_at)
        _kept(reads.keep(app(), came, reader), json_=json_)
        return
    if outlet or url or retrieved_at:
        raise BadInput("--outlet, --url and --retrieved-at are for an article that is kept: add --keep")
    found = list(articles(data, url=address))
    if not found:
        raise BadInput(f"{what}: there is no article in it")
    wired = app()
    done = [reads.read(wired, one, reader, language or "", published or "") for one in found]
    readings = [(one.reading, one.article) for one in done]
    if json_:
        many = [words.to_json(reading, article) for reading, article in readings]
        print_json(many[0] if len(many) == 1 else many)
        return
    lines: list[str] = []
    for reading, article in readings:
        lines += [*([""] if lines else []), *words.to_lines(reading, article)]
    print_lines(lines)


def _came(
    data: bytes, url: str, title: str, outlet: str, language: str, published: str, retrieved_at: str | None
) -> "Came":
    from tizim.answer.times import instant
    from tizim.app import clock
    from tizim.claims.polling import Came
    from tizim.claims.taking import check_published

    moment = instant(retrieved_at, "--retrieved-at") if retrieved_at else clock()
    return Came(
        data=data, url=url, outlet=outlet, title=title, language=language, published=check_published(published),
        retrieved_at=moment,
    )  # fmt: skip


def _kept(done: "Sequence[tuple[KeptArticle, Read]]", *, json_: bool) -> None:
    """Tell what became of the articles."""
    from tizim.cli import reading as reads

    if json_:
        many = [reads.to_json(*one) for one in done]
        print_json(many[0] if len(many) == 1 else many)
    else:
        print_lines([line for one in done for line in reads.lines(*one)])


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
