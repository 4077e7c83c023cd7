"""Every page that a search engine may know, in every language: an index, and parts of it as the protocol has them.

Days in the past and questions have no end, so they are left out here and in ``robots.txt``; such a page names its own
address, with its dates, as the canonical one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final
from xml.sax.saxutils import escape, quoteattr  # it writes here, and reads nothing

from tizim.answer.subjects import Clusters, is_no_subject
from tizim.domain.dates import AsOf
from tizim.errors import BadInput, NotFound
from tizim.publish.acts import acts_of
from tizim.publish.addresses import path_of
from tizim.publish.audits import offered
from tizim.publish.forms import File
from tizim.publish.pages.home import ages
from tizim.publish.rendering import here_of
from tizim.publish.site import Here, Site, in_languages
from tizim.publish.whole import every_listing
from tizim.publish.words.languages import MAIN
from tizim.register.view import View

INDEX: Final = "sitemap.xml"
FOLDER: Final = "sitemap/"
ROBOTS: Final = "robots.txt"
PART: Final = 1_000
"""pages of a part: with every language of each 12,000 addresses and 20 MB; a part may have 50,000 and 50 MB"""
_DECLARED: Final = '<?xml version="1.0" encoding="utf-8"?>'
_SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_PAGES: Final = (
    "home", "lists", "changes", "audits", "reviews", "sources", "decisions", "claims", "bulletins", "glossary",
    "names", "how_to_read",
)  # fmt: skip


def index(view: View, site: Site, as_of: AsOf) -> File:
    """The parts. Raises `BadInput` where the host of the site is not known, for addresses must be whole."""
    base = _base(site)
    names = part_names(view, site, as_of)
    root = f"{base}{site.to.still.prefix}" if site.to.still is not None else base
    parts = "".join(f"<sitemap><loc>{escape(f'{root}/{FOLDER}{name}.xml')}</loc></sitemap>\n" for name in names)
    return _file(f'{_DECLARED}\n<sitemapindex xmlns="{_SITEMAPS}">\n{parts}</sitemapindex>\n')


def part_names(view: View, site: Site, as_of: AsOf) -> list[str]:
    """The parts, in the order of the index."""
    return [
        "pages",
        *(
            f"{kind}-{number}"
            for kind in _MANY
            for number in range(1, (len(_ids(view, site, as_of, kind)) + PART - 1) // PART + 1)
        ),
    ]


def part(view: View, site: Site, as_of: AsOf, name: str) -> File:
    """One part: ``pages``, ``subjects-1`` and so on, ``acts-1``, ``listings-1``.

    Raises `NotFound` for one that the index does not name.
    """
    base = _base(site)
    kind, _, number = name.partition("-")
    if name == "pages":
        found = list(_pages(view, as_of))
    elif kind in _MANY and number.isascii() and number.isdigit() and int(number[:6]) > 0:
        first = (int(number[:6]) - 1) * PART
        here = _MANY[kind][1]
        found = [here(one) for one in _ids(view, site, as_of, kind)[first : first + PART]]
    else:
        found = []
    if not found:
        raise NotFound(f"there is no part '{name}' of the sitemap; {INDEX} names them")
    urls = "".join(_urls(site, base, here) for here in found)
    return _file(f'{_DECLARED}\n<urlset xmlns="{_SITEMAPS}" xmlns:xhtml="{_XHTML}">\n{urls}</urlset>\n')


def robots(site: Site) -> File:
    """What those who follow every link are asked to leave out, and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(
            f"Disallow: /*?*{name}="
            for name in ("as_of", "known_at", "basis", "q", "subject", "since", "national", "year")
        ),
    ]
    if site.base:
        root = f"{site.base}{site.to.still.prefix}" if site.to.still is not None else site.base
        lines += ["", f"Sitemap: {root}/{INDEX}"]
    return File(body=("\n".join(lines) + "\n").encode(), media_type="text/plain; charset=utf-8", lang=MAIN)


def _pages(view: View, as_of: AsOf) -> Iterator[Here]:
    """The pages of which there are few: the register's own, audits, and the lists of which anything is held."""
    yield from (here_of(name) for name in _PAGES)
    yield from (here_of("audit", one.id) for one in offered(view, as_of))
    yield from (here_of("list", one.official.id) for one in sorted(ages(view, as_of), key=lambda one: one.official.id))


def _subjects(view: View, as_of: AsOf) -> Sequence[str]:
    """The public id of every subject, put together by the judgements known; remembered until the register grows."""
    found = view.shared.memo.get("every subject")
    if not isinstance(found, tuple):
        clusters = Clusters(view, as_of)
        ids = {clusters.id_of(one) for one in view.all_subjects() if not is_no_subject(one)}
        found = view.shared.memo["every subject"] = tuple(sorted(ids))
    return found


def _ids(view: View, site: Site, as_of: AsOf, kind: str) -> Sequence[str]:
    """The ids of the pages of a kind that there are: of a copy of the site those that it has."""
    every, still = _MANY[kind][0](view, as_of), site.to.still
    return every if still is None else [one for one in every if still.has(path_of(kind, one))]


def _acts(view: View, as_of: AsOf) -> Sequence[str]:
    """The id of every act of which statements tell."""
    return acts_of(view, as_of).ids


def _listings(view: View, as_of: AsOf) -> Sequence[str]:
    """List and subject of every listing, put together by the judgements known."""
    return view.shared.once("every listing", lambda: tuple(every_listing(view, as_of)))


def _listing(one: str) -> Here:
    list_id, _, subject = one.partition("--")
    return here_of("listing", list_id, subject)


_MANY: Final[Mapping[str, tuple[Callable[[View, AsOf], Sequence[str]], Callable[[str], Here]]]] = {
    "subjects": (_subjects, partial(here_of, "subject")),
    "acts": (_acts, partial(here_of, "act")),
    "listings": (_listings, _listing),
}
"""kinds of pages of which there are many: their ids, and the page of one"""


def _urls(site: Site, base: str, here: Here) -> str:
    """A page in each of its languages, each with all the others, as search engines ask."""
    versions = [(one.code, f"{base}{address}") for one, address in in_languages(site, here)]
    if not versions:
        return ""  # a copy of the site that does not have the page
    main = next((address for code, address in versions if code == MAIN), versions[0][1])
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in [*versions, ("x-default", main)]
    )
    return "".join(f"<url><loc>{escape(address)}</loc>{links}</url>\n" for _, address in versions)


def _base(site: Site) -> str:
    if not site.base:
        raise BadInput("a sitemap holds whole addresses, and the host of this site is not known")
    return site.base


def _file(text: str) -> File:
    return File(body=text.encode(), media_type="application/xml; charset=utf-8", lang=MAIN)
