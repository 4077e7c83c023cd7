"""``tizim sources``."""

import datetime as dt
from typing import Final

import click

from tizim.app import clock
from tizim.cli.options import app, as_json, print_json, print_lines
from tizim.cli.update import documents, memory
from tizim.keep.holdings import Holding, holding
from tizim.sources import catalogue


def to_json(one: Holding) -> dict[str, object]:
    """A source as JSON."""
    info, doc = one.info, one.newest
    return {
        "source": info.id,
        "publisher": info.publisher,
        "authority": info.authority,
        "lists": list(info.lists),
        "url": info.url or None,
        "format": info.format,
        "licence": info.licence,
        "rhythm_days": info.rhythm_days,
        "hosts": list(info.hosts),
        "parts": [
            {
                "line": info.line_id(part.id),
                "lists": list(part.lists),
                "complete": part.complete,
                "urls": list(part.urls),
            }
            for part in info.lines
        ],
        "proven_on_real_files": info.proven,
        "experimental": info.experimental,
        "stale": one.is_stale,
        "last_document": None
        if doc is None
        else {
            "line": doc.source,
            "date": doc.day.isoformat(),
            "sha256": doc.sha256,
            "entries": doc.entries,
            "retrieved_at": _instant(doc.retrieved_at),
            "held": doc.held,
            "days_since_seen": one.days,
        },
    }


def _instant(moment: dt.datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def to_lines(one: Holding) -> list[str]:
    """A source in some lines of text."""
    info, doc = one.info, one.newest
    marks = [
        "EXPERIMENTAL: read by format notes alone" if info.experimental else "",
        "proven on real files" if info.proven else "not proven on real files",
    ]
    fetched = any(part.urls for part in info.lines)
    own = "--list ID " if info.id in catalogue.OWN else ""
    command = f"tizim update {info.id}" if info.experimental else "tizim update"
    rows = [
        ("publisher", info.publisher),
        ("authority", info.authority),
        ("lists", ", ".join(info.lists)),
        ("address", info.url or "none"),
        ("fetched", f"by '{command}'" if fetched else f"by hand: tizim keep {info.id} {own}--from FILE"),
        ("rhythm", _rhythm(info.rhythm_days, fetched=fetched)),
        ("format", info.format),
        ("licence", info.licence),
        ("newest", _newest(one)),
    ]
    head = f"{info.id}  ({'; '.join(mark for mark in marks if mark)})"
    return [
        head,
        *(f"  {name:<10} {value}" for name, value in rows if value),
        *([] if doc is None else [f"  {'sha256':<10} {doc.sha256}"]),
    ]


def _rhythm(days: int, *, fetched: bool) -> str:
    """How often it is due, or when what is held is stale; nothing for what is never published again."""
    if days >= _NEVER:
        return ""
    return f"due every {days} days" if fetched else f"stale after {days} days"


_NEVER: Final = 3650


def _newest(one: Holding) -> str:
    if one.newest is None or one.days is None:
        return "none held"
    days = one.days
    ago = "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
    known = "" if one.newest.held else ", known by its facts alone"
    return f"{one.newest.day}, {one.newest.entries} entries, last seen {ago}{known}{', STALE' if one.is_stale else ''}"


@click.command("sources")
@as_json
def command(json_: bool) -> None:
    """The sources: who publishes what where, under what licence, and the newest document of each.

    A source is stale when what is held of it was last seen longer ago than its rhythm. Works without a
    register.
    """
    wired = app()
    docs, remembered = documents(wired), memory(wired)
    found = []
    for source_id in catalogue.SOURCES:
        info = catalogue.source(source_id).info
        lines = [info.line_id(part.id) for part in info.lines if part.urls]
        recalled = [one for line in lines for one in remembered.recall(line).values()]
        found.append(holding(info, docs, recalled, clock()))
    if json_:
        print_json([to_json(one) for one in found])
        return
    for number, one in enumerate(found):
        print_lines([*([""] if number else []), *to_lines(one)])
