"""Templates filled: everything from outside is escaped, and what is undefined stops the page."""

import functools
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote

import jinja2
from markupsafe import Markup

from tizim.domain.dates import AsOf, Basis
from tizim.publish import drawn
from tizim.publish.addresses import Addresses, data_of, path_and_query
from tizim.publish.assets import Asset, assets
from tizim.publish.cards import PLAIN, Card, description, locale
from tizim.publish.forms import MEDIA_TYPES, Form, in_form
from tizim.publish.linked import script
from tizim.publish.site import Here, Page, Site, in_languages
from tizim.publish.words import Words
from tizim.publish.words.languages import MAIN
from tizim.publish.words.marking import noted

MASTHEAD: Final = (
    ("lists", noted("Lists")),
    ("ask", noted("Ask")),
    ("audits", noted("Audits")),
    ("reviews", noted("Reviews due")),
    ("sources", noted("Sources")),
    ("how_to_read", noted("How to read this")),
)
"""the pages that the masthead names, by the method that gives their address"""


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tizim.publish"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.globals |= {"mark": drawn.mark, "mark_overdue": drawn.overdue, "defs": drawn.defs}
    return environment


def load_templates() -> None:
    """Read every template: the first page of a kind need not wait for it."""
    environment = _environment()
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)


class Frame:
    """What surrounds the content of a page: its address in other languages and forms, its dates, its notices."""

    def __init__(
        self, site: Site, here: Here, as_of: AsOf | None, section: str, title: str, card: Card, follows: str,
        *, is_found: bool,
    ) -> None:  # fmt: skip
        self.site = site
        self.card = card
        self.is_home = here(site.to) == site.to.home()
        self.is_found = is_found
        self._title = title
        self.address = here(site.to)
        self.canonical = site.base + self.address
        self.data = data_of(here(site.to.whole()))
        still = site.to.still
        self.suggest = data_of(site.to.undated().search())
        fixed = site.to.fixed(as_of) if as_of is not None and still is None else site.to
        self.cited = site.base + here(fixed)
        """the address with both days, which will say the same later"""
        self.section = section
        self.as_of = as_of
        self.plain_path, query = path_and_query(here(site.to.undated()))
        self.plain_query = parse_qsl(query)
        """what the form of dates has to carry along"""
        self.undated = here(site.to.undated())
        self.languages = [(one, address, one.code == site.words.code) for one, address in in_languages(site, here)]
        self.main_version = here(site.to.in_language(MAIN))
        self.description = description(site.words, card)
        self._undated_path = path_and_query(follows or here(site.to.undated().whole()))[0]
        self._calendar_of = here(site.to.undated().whole())
        self._follows = frozenset({Form.ATOM, Form.FEED}) if follows else site.forms
        self.default_version = self.main_version or next((address for _, address, _ in self.languages), "")

    @property
    def masthead(self) -> list[tuple[str, Markup, bool]]:
        """The links of the masthead: address, words, whether the page is of that part."""
        to, say = self.site.to, self.site.words.say
        return [(getattr(to, name)(), say(label), name == self.section) for name, label in MASTHEAD]

    @property
    def feeds(self) -> list[tuple[str, str, str]]:
        """Feeds of what changes on the page, of today and of all days: address, media type, and what it is called."""
        called = {Form.ATOM: "Atom", Form.FEED: "JSON Feed"}
        return [
            (in_form(self._undated_path, form), MEDIA_TYPES[form], name)
            for form, name in called.items()
            if form in self._follows
        ]

    @property
    def calendar(self) -> str:
        """The address of the page as a calendar, of today and of all days; empty where it is none."""
        return in_form(self._calendar_of, Form.CALENDAR) if Form.CALENDAR in self.site.forms else ""

    @property
    def followed(self) -> Markup:
        """Links to the feeds, in a row."""
        words = self.site.words
        return words.listed(words.link(address, name) for address, _, name in self.feeds)

    @property
    def image(self) -> Asset:
        """The picture that stands beside a link to the page: the mark."""
        return assets()["card.png"]

    @property
    def locales(self) -> tuple[str, list[str]]:
        """The page's language and those of its other versions, as cards name them."""
        others = [locale(one) for one, _, is_own in self.languages if not is_own]
        return locale(self.site.words.language), others

    @property
    def linked(self) -> Markup:
        """The page for machines."""
        others = {one.code: self.site.base + address for one, address, _ in self.languages}
        return script(self.site, self.card, self._title, self.description, self.canonical, others, is_home=self.is_home)

    @property
    def is_published(self) -> bool:
        """Whether what was published counts as known, not what was recorded here."""
        return self.as_of is not None and self.as_of.basis is Basis.PUBLISHED

    @property
    def shared(self) -> list[tuple[str, Markup]]:
        """Where a page can be shared: plain addresses, without anybody's script."""
        say, whole = self.site.words.say, quote(self.canonical, safe="")
        return [
            (f"mailto:?body={whole}", say("by e-mail")),
            (f"https://t.me/share/url?url={whole}", Markup("Telegram")),
            (f"https://wa.me/?text={whole}", Markup("WhatsApp")),
            (f"https://mastodonshare.com/?url={whole}", Markup("Mastodon")),
            (f"https://bsky.app/intent/compose?text={whole}", Markup("Bluesky")),
            (f"https://x.com/intent/post?url={whole}", Markup("X")),
        ]


def page(
    template: str,
    site: Site,
    as_of: AsOf | None,
    here: Here,
    title: Markup,
    *,
    section: str = "",
    status: int = 200,
    card: Card = PLAIN,
    follows: str = "",
    values: Mapping[str, Any],
) -> Page:
    """The page of a template. *title* is its first heading too; *card* is what it says of itself elsewhere.

    *follows* is the address of the page whose feeds tell what changes on this one, if it has none of its own.
    """
    own: Words = site.words
    frame = Frame(site, here, as_of, section, own.text(title), card, follows, is_found=status == 200)
    body = _environment().get_template(f"{template}.html.j2").render(
        say=own.say, say_in=own.say_in, count=own.count, w=own, to=site.to, site=site, frame=frame, title=title,
        **values,
    )  # fmt: skip
    return Page(
        title=own.text(title), body=body if site.to.still is None else _still(body), lang=own.code, status=status
    )


_NOWHERE: Final = re.compile(r'<a href=""[^>]*>(.*?)</a>', re.DOTALL)
_ASKING: Final = re.compile(r"<form\b(?![^>]*\bdata-still\b)[^>]*>.*?</form>", re.DOTALL)
_NOTHING: Final = re.compile(r'<link rel="[^>]*? href="">\n?')


def _still(body: str) -> str:
    """A page as it stands in a copy of the site: what only a server can answer is left out, and a link to a page that
    the copy does not have is the text of it. All three begin with markup of our own: what is from outside is escaped.
    """
    return _NOTHING.sub("", _NOWHERE.sub(r"\1", _ASKING.sub("", body)))


def here_of(method: str, *arguments: str) -> Here:
    """The address of a page by the method of `Addresses` that gives it."""

    def here(to: Addresses) -> str:
        made: str = getattr(to, method)(*arguments)
        return made

    return here
