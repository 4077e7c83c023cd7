"""What a page is and is about, for machines: JSON-LD in the words of schema.org.

It is data in a ``script`` element that no browser runs; every character that could end the element is escaped.
Nothing here says what somebody is held to be: a subject is a person, an organisation or a thing with names, and that
a list has it is told on the page, with the day and the source.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from tizim.domain.lists import OfficialList
from tizim.domain.names import Kind
from tizim.publish.cards import Card
from tizim.publish.feeds.feed import moment
from tizim.publish.forms import MEDIA_TYPES, Form, in_form
from tizim.publish.site import Site
from tizim.publish.words.shown import STEERING

Node = dict[str, Any]

_TYPES: Final[Mapping[str, str]] = {Kind.PERSON.value: "Person", Kind.ORGANISATION.value: "Organization"}
_NOT_IN_SCRIPT: Final = re.compile(f"[<>&]|{STEERING.pattern}")
_MOST: Final = 50
"""names of a subject, links to the same elsewhere"""


def thing(kind: str, name: str, names: Sequence[str], links: Sequence[str]) -> Node:
    """A subject: its kind and its names. *links* are pages elsewhere that documents name for it."""
    made: Node = {"@type": _TYPES.get(kind, "Thing"), "name": name}
    if others := [one for one in dict.fromkeys(names) if one != name]:
        made["alternateName"] = others[:_MOST]
    if same := [one for one in dict.fromkeys(links) if one.lower().startswith(("http://", "https://"))]:
        made["sameAs"] = same[:_MOST]
    return made


def dataset(
    site: Site, official: OfficialList, name: str, said: str, days: tuple[str, str] | None, licences: Sequence[str]
) -> Node:
    """A list: where its data are, between which days copies show it, under which licences they were published."""
    to = site.to
    page = to.list(official.id)
    made: Node = {
        "@type": "Dataset", "name": name, "description": said, "identifier": official.id, "url": site.base + page,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload", "encodingFormat": MEDIA_TYPES[form],
                "contentUrl": site.base + in_form(page, form),
            }
            for form in (Form.DATA, Form.ATOM)
        ],
    }  # fmt: skip
    if days is not None:
        made["temporalCoverage"] = "/".join(days)
    if licences:
        made["license"] = [{"@type": "CreativeWork", "name": one} for one in licences]
    return made


def searching(site: Site) -> Node:
    """How the site is searched."""
    target = f"{site.base}{site.to.undated().search()}?q={{search_term_string}}"
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": target},
        "query-input": "required name=search_term_string",
    }


def script(
    site: Site, card: Card, title: str, said: str, canonical: str, others: Mapping[str, str], *, is_home: bool
) -> Markup:
    """The graph of a page, as it stands inside a ``script`` element; *others* are its versions by language."""
    words = site.words
    root = f"{site.base}{site.to.undated().home()}"
    website: Node = {"@type": "WebSite", "@id": f"{root}#site", "url": root, "name": "tizim", "inLanguage": words.code}
    if is_home:
        website["potentialAction"] = searching(site)
    page: Node = {
        "@type": "WebPage", "@id": canonical, "url": canonical, "name": title, "description": said,
        "inLanguage": words.code, "isPartOf": {"@id": website["@id"]},
    }  # fmt: skip
    versions = [{"@id": address, "inLanguage": code} for code, address in others.items() if code != words.code]
    if words.is_main:
        page["workTranslation"] = versions
    elif main := next((one for one in versions if one["inLanguage"] == "en"), None):
        page["translationOfWork"] = main
    if card.published:
        page["datePublished"] = moment(card.published)
    if card.modified:
        page["dateModified"] = moment(card.modified)
    if card.based_on:
        page["isBasedOn"] = [site.base + one for one in card.based_on]
    about = []
    for number, node in enumerate(card.about, start=1):
        own: Node = {"@id": f"{canonical}#about-{number}", **node, "subjectOf": {"@id": canonical}}
        about.append(own)
    if about:
        page["about"] = [{"@id": one["@id"]} for one in about]
    graph: list[Node] = [website, page, *about]
    if not is_home:
        crumbs = [("tizim", site.to.home()), *((words.text(name), address) for name, address in card.trail)]
        items = [*((name, site.base + address) for name, address in crumbs), (title, canonical)]
        page["breadcrumb"] = {"@id": f"{canonical}#trail"}
        graph.append({
            "@type": "BreadcrumbList", "@id": f"{canonical}#trail",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": name, "item": address}
                for number, (name, address) in enumerate(items, start=1)
            ],
        })  # fmt: skip
    return inert({"@context": "https://schema.org", "@graph": graph})


def inert(value: Node) -> Markup:
    """JSON in which nothing can end a ``script`` element, begin a comment, or steer the eye of whoever reads it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_NOT_IN_SCRIPT.sub(_escaped, text))  # noqa: S704 - no sign of markup is left


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
