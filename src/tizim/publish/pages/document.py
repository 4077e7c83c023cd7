"""One document: the facts of its file, the lists it shows, and the statements about acts that were taken from it."""

from typing import Any, Final

from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.evidence import designations_in
from tizim.answer.official import official_list, shown_by
from tizim.claims import wire as claims_wire
from tizim.claims.asking import by_article
from tizim.claims.known import articles
from tizim.domain.dates import AsOf
from tizim.domain.documents import Method
from tizim.errors import NotFound
from tizim.publish.acts import acts_of
from tizim.publish.addresses import Addresses
from tizim.publish.cards import Card
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told import claims as told_claims
from tizim.publish.told.lists import whose
from tizim.publish.told.statements import row
from tizim.publish.vocabulary import METHOD
from tizim.register.view import Doc, View
from tizim.sources.news import LINE as READINGS
from tizim.sources.news import SOURCE_ID as NEWS

PAGED: Final = 200


def page(view: View, site: Site, as_of: AsOf, sha256: str, number: int = 1, statement: str = "") -> Page:
    """The document of a hash; the page with *statement*, or page *number*. Raises `NotFound` for an unknown one."""
    words, to = site.words, site.to
    doc = _document(view, sha256)
    told = designations_in(view, as_of, sha256)
    at = next((index for index, one in enumerate(told) if one.id == statement), None)
    pages = max((len(told) + PAGED - 1) // PAGED, 1)
    number = at // PAGED + 1 if at is not None else min(max(number, 1), pages)
    day = to.on(doc.day.isoformat())
    acts = acts_of(view, as_of)
    claims = by_article(view, as_of, sha256) if doc.source in {NEWS, READINGS} else []

    def here(other: Addresses) -> str:
        return other.document(sha256, number)

    return made(
        "document", site, as_of, here,
        words.say("{title}, {day}", title=words.name(doc.title or doc.source), day=words.time(doc.day)),
        card=Card(
            said=[
                words.count(
                    "A document of {day}, and {n} statement about an act taken from it.",
                    "A document of {day}, and {n} statements about acts taken from it.",
                    len(told), day=words.time(doc.day),
                )
            ],
            trail=[(words.say("Sources"), to.sources())], modified=doc.recorded_at,
        ),
        values={
            "doc": doc,
            "method": words.say(METHOD[Method(doc.method)]),
            "retrieved": words.time(doc.retrieved_at.date()) if doc.retrieved_at else words.say("not known"),
            "lists": [
                words.link(day.list(one), whose(words, official_list(view, one))) for one in shown_by(doc.source)
            ],
            "rows": [
                (one.id, row(words, to, one, acts.address(to, one)))
                for one in told[(number - 1) * PAGED : number * PAGED]
            ],
            "count_told": len(told),
            "claims": [told_claims.claim(words, to, one) for one in claims],
            "article": _article(view, site, as_of, doc),
            "number": number,
            "pages": pages,
        },
    )  # fmt: skip


def _article(view: View, site: Site, as_of: AsOf, doc: Doc) -> list[tuple[Markup, Markup]]:
    """What is known of an article beside the facts of its file."""
    if doc.source not in {NEWS, READINGS}:
        return []
    words, to = site.words, site.to
    unknown = words.say("not known")
    held = {one.sha256 for one in view.documents() if one.source == NEWS}
    found = [(words.say("What it is"), words.say("an article") if doc.source == NEWS else words.say("a reading"))]
    for article in articles(view, as_of).values():
        if doc.sha256 not in {article.sha256, article.reading}:
            continue
        own = words.machine(article.sha256)
        reader = words.say(
            "{reader}, version {version}", reader=words.data(article.reader), version=words.machine(article.version)
        )
        found += [
            (words.say("The article"), words.link(to.document(article.sha256), own) if article.sha256 in held else own),
            (words.say("Outlet"), words.data(article.outlet) if article.outlet else unknown),
            (words.say("Language"), words.machine(article.language) if article.language else unknown),
            (words.say("Published"), words.time(article.published) if article.published else unknown),
            (words.say("Read by"), reader),
            (words.say("The reading"), words.link(to.document(article.reading), words.machine(article.reading))),
        ]
        if article.machine_translated:
            found.append((words.say("It says of itself"), words.name(article.machine_translated, article.language)))
    return found


def data(view: View, site: Site, as_of: AsOf, sha256: str) -> dict[str, Any]:  # noqa: ARG001 - as all pages
    """The facts of the document, and the statements about acts taken from it."""
    doc = _document(view, sha256)
    return {
        "sha256": doc.sha256, "source": doc.source, "title": doc.title, "url": doc.url or None,
        "date": doc.day.isoformat(), "entries": doc.entries, "complete": doc.complete, "method": doc.method,
        "held": doc.held,
        "retrieved_at": doc.retrieved_at.isoformat(timespec="seconds") if doc.retrieved_at else None,
        "recorded_at": doc.recorded_at.isoformat(timespec="seconds"),
        "lists": list(shown_by(doc.source)),
        "statements": [wire.statement(one) for one in designations_in(view, as_of, sha256)],
        "claims": [claims_wire.telling(one) for one in by_article(view, as_of, sha256)],
    }  # fmt: skip


def _document(view: View, sha256: str) -> Doc:
    found = view.documents_with(sha256)
    if not found:
        raise NotFound(f"no document with the hash {sha256} is known here")
    return found[0]
