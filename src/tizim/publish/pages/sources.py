"""What is read, from whom, and how old what is held of it is."""

import datetime as dt
from typing import Any

import msgspec

from tizim.answer.official import official_list, official_lists
from tizim.domain.dates import AsOf, Basis
from tizim.publish.cards import Card
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.lists import list_name
from tizim.register.view import Doc, View
from tizim.sources import catalogue
from tizim.sources.protocol import SourceInfo


class Freshness(msgspec.Struct, frozen=True, kw_only=True):
    """A source, its newest document known then, and how old that was."""

    info: SourceInfo
    newest: Doc | None
    documents: int
    days: int | None

    @property
    def is_stale(self) -> bool:
        """Whether it is older than the source's own rhythm."""
        return self.days is not None and self.days > self.info.rhythm_days


def freshness(view: View, as_of: AsOf) -> list[Freshness]:
    """Every source of the catalogue; those of which something is known first."""
    found = []
    for source_id in catalogue.SOURCES:
        info = catalogue.source(source_id).info
        lines = {info.line_id(part.id) for part in info.lines} | {info.id}
        docs = [
            doc for doc in view.documents()
            if (doc.source in lines or (source_id in catalogue.OWN and doc.source.startswith(f"{source_id}/")))
            and _was_known(doc, as_of)
        ]  # fmt: skip
        # Beside whole documents an export limited to a programme does not tell how fresh a source is.
        whole = [doc for doc in docs if doc.complete] or docs
        newest = max(whole, key=lambda doc: (doc.instant, doc.recorded_at), default=None)
        days = None if newest is None else (as_of.valid_at - _seen(newest)).days
        found.append(Freshness(info=info, newest=newest, documents=len(docs), days=days))
    return sorted(found, key=lambda one: one.newest is None)


def _was_known(doc: Doc, as_of: AsOf) -> bool:
    if doc.day > as_of.valid_at:
        return False
    return as_of.basis is Basis.PUBLISHED or doc.recorded_at <= as_of.known_at


def _seen(doc: Doc) -> dt.date:
    return doc.retrieved_at.date() if doc.retrieved_at else doc.day


def page(view: View, site: Site, as_of: AsOf) -> Page:
    """The sources and their freshness."""
    words, to = site.words, site.to
    known = official_lists(view)
    every = freshness(view, as_of)
    return made(
        "sources", site, as_of, here_of("sources"), words.say("Sources"), section="sources",
        card=Card(
            said=[
                words.say("What this register reads, from whom, and how old what is held of it is."),
                words.count(
                    "Documents of {n} source are known.", "Documents of {n} sources are known.",
                    sum(one.newest is not None for one in every),
                ),
            ]
        ),
        values={
            "sources": every,
            "lists_of": lambda info: words.listed(
                words.link(to.list(one), list_name(words, official_list(view, one)))
                for one in info.lists
                if one in known
            ),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf) -> list[dict[str, Any]]:  # noqa: ARG001 - as all pages
    """The sources as JSON values."""
    return [
        {
            "source": one.info.id, "publisher": one.info.publisher, "authority": one.info.authority,
            "lists": list(one.info.lists), "url": one.info.url or None, "licence": one.info.licence,
            "rhythm_days": one.info.rhythm_days, "documents": one.documents, "stale": one.is_stale,
            "last_document": None
            if one.newest is None
            else {
                "date": one.newest.day.isoformat(), "sha256": one.newest.sha256, "held": one.newest.held,
                "entries": one.newest.entries, "days": one.days,
            },
        }
        for one in freshness(view, as_of)
    ]  # fmt: skip
