"""Subjects by name, in any script."""

from typing import Any

from tizim.answer.official import official_list
from tizim.domain.dates import AsOf
from tizim.publish.finding import MOST, Found, search
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.lists import whose
from tizim.register.view import View


def page(view: View, site: Site, as_of: AsOf, asked: str = "") -> Page:
    """What is found for the words *asked*."""
    words, to = site.words, site.to
    found = search(view, asked, as_of) if asked.strip() else []
    title = words.say("Search: {words}", words=words.name(asked)) if asked.strip() else words.say("Search")
    return made(
        "search", site, as_of, here_of("search", asked), title,
        values={
            "asked": asked,
            "found": found,
            "is_full": len(found) == MOST,
            "listed_in": lambda lists: words.listed(
                words.link(to.list(one), whose(words, official_list(view, one))) for one in lists
            ),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, asked: str = "") -> dict[str, Any]:
    """What is found, as JSON values, with what is said of it to whoever types."""
    found = search(view, asked, as_of)
    said = site.words.count("{n} subject found.", "{n} subjects found.", len(found))
    return {
        "q": asked,
        "said": site.words.text(said),
        "results": [
            {
                "subject": one.subject, "name": one.main_name, "found_by": one.name or None, "exact": one.is_exact,
                "references": list(one.references), "lists": list(one.lists), "href": site.to.subject(one.subject),
                "note": _note(site, one),
            }
            for one in found
        ],
    }  # fmt: skip


def _note(site: Site, one: Found) -> str:
    """What tells a subject from its namesakes, in a line: another name, and its numbers."""
    words = site.words
    by_name = [words.say("by the name {name}", name=one.name)] if one.name and one.name != one.main_name else []
    return " · ".join([*(words.text(said) for said in by_name), *one.references])
