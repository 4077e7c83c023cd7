"""The bulletins that were published, the newest first."""

from typing import Any, Final

from tizim.domain.bulletins import Withdrawn
from tizim.domain.dates import AsOf
from tizim.publish.addresses import Addresses
from tizim.publish.bulletins import Told, known, published, wire
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.words import LANGUAGES
from tizim.register.view import View

PAGED: Final = 20


def page(view: View, site: Site, as_of: AsOf, number: int = 1) -> Page:
    """A page of the bulletins."""
    words, to = site.words, site.to
    every = known(site, as_of)
    withdrawn = [one for one in every if isinstance(one, Withdrawn)]
    pages = max((len(every) - len(withdrawn) + PAGED - 1) // PAGED, 1)
    number = min(max(number, 1), pages)

    def here(other: Addresses) -> str:
        return other.bulletins(number)

    main = LANGUAGES[site.main_language]
    return made(
        "bulletins", site, as_of, here, words.say("Bulletins"),
        values={
            "rows": published(view, site, as_of, skip=(number - 1) * PAGED, most=PAGED),
            "number": number,
            "pages": pages,
            "main": words.data(main.name, main.code),
            "withdrawn": [(words.link(to.bulletin(one.id), words.machine(one.id)), one) for one in withdrawn],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, number: int = 0) -> list[dict[str, Any]]:
    """Every bulletin published, in the language of the page; or those of one page, none where there is no such page."""
    if not number:
        return [to_json(site, one) for one in published(view, site, as_of)]
    return [to_json(site, one) for one in published(view, site, as_of, skip=(number - 1) * PAGED, most=PAGED)]


def to_json(site: Site, one: Told) -> dict[str, Any]:
    """A bulletin in a language as JSON values."""
    text = site.words.text
    return {
        "id": one.id, "kind": one.kind, "list": one.list, "subjects": list(one.subjects), "day": one.day.isoformat(),
        "published_at": wire.instant(one.published_at),
        "corrected_at": wire.instant(one.corrected_at) if one.corrected_at else None,
        "language": site.words.code, "main_language": one.main_language,
        "text_language": one.text_language, "mark": one.mark.value,
        "title": text(one.title), "text": [text(part) for part in one.paragraphs],
        "decision": one.decision or None, "address": site.base + one.address,
    }  # fmt: skip
