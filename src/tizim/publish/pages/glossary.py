"""The field's terms: what each means here, how the language of the page has it, and on whose word."""

from typing import Any, Final

from markupsafe import Markup

from tizim.domain.dates import AsOf
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.words import LANGUAGES
from tizim.publish.words.languages import MAIN
from tizim.publish.words.marking import noted
from tizim.publish.words.terms import Term, Wording, terms
from tizim.register.view import View

MEANING: Final = {
    "list": noted("A roster that an authority keeps, under a law."),
    "listing": noted("The state that follows from a decision to list: one subject on one list, from a day on."),
    "delisting": noted("A decision that ends a listing. That an entry is missing from a copy is none."),
    "suspension": noted("A decision that pauses what a listing brings. The listing itself stands."),
    "annulment": noted("A court's decision that an act has no force. That alone takes nobody off a list."),
    "expiry": noted("The end of a listing by its own term or by the law of its list, without a new act."),
    "review": noted("An examination whether a listing should go on, which a law may ask for by a day."),
    "renewal": noted("A decision that lets a listing go on past its term."),
    "court": noted("A body that gives judgment; in some countries it is who decides on a list."),
    "act": noted("The law, order, judgment or decision that does something. What tells of it is not the act."),
    "statement": noted("What one source says, with its place in a document. It stays as it was made."),
    "measure": noted("What a listing binds others to, such as to freeze assets, each with its act."),
    "exemption": noted("What a measure leaves free, each with its act."),
    "asset-freeze": noted("A measure: funds and assets of whoever is listed may not move."),
    "travel-ban": noted("A measure: whoever is listed may not enter a state or pass through it."),
    "arms-embargo": noted("A measure: whoever is listed may not be supplied with arms."),
    "sanctions-committee": noted("The body of the Security Council that keeps the list of a regime."),
    "terrorist-organisation": noted(
        "What a law calls an organisation that an authority has named so. It is no word of ours."
    ),
    "banned-organisation": noted("An organisation whose activity a law or a court has forbidden in a state."),
    "legal-basis": noted("The act, and the place in it, on which a decision rests."),
    "entry": noted("What a list prints of one subject, under a number of its own where it has one."),
    "united-nations": noted("The organisation whose Security Council keeps lists under several regimes."),
}
"""by the ids of ``words/terms.toml``"""


def page(view: View, site: Site, as_of: AsOf) -> Page:  # noqa: ARG001 - as all pages
    """The glossary in the language of the page, and every other wording."""
    words = site.words
    rows = [_row(site, one) for one in terms().terms]
    return made(
        "glossary", site, as_of, here_of("glossary"), words.say("Glossary"),
        values={
            "rows": rows,
            "languages": [one for one in LANGUAGES.values() if one.code != MAIN],
            "without": sum(not row["sourced"] for row in rows),
        },
    )  # fmt: skip


def _row(site: Site, one: Term) -> dict[str, Any]:
    words = site.words
    own = one.words.get(words.code)
    source = one.source if own is None else own.source
    return {
        "id": one.id,
        "say": words.data(one.english if own is None else own.say),
        "english": words.data(one.english, MAIN) if own is not None else None,
        "meaning": words.say(MEANING[one.id]),
        "source": _source(site, one, source, MAIN if own is None else words.code),
        "sourced": bool(source) or one.own,
        "others": [
            (LANGUAGES[code], words.data(other.say, code), _source(site, one, other.source, code))
            for code, other in _everywhere(one).items()
            if code != words.code
        ],
    }


def _everywhere(one: Term) -> dict[str, Wording]:
    """The wordings in the order in which languages are offered."""
    english = Wording(say=one.english, stems=(), source=one.source)
    return {code: english if code == MAIN else one.words[code] for code in LANGUAGES if code in {MAIN, *one.words}}


def _source(site: Site, one: Term, source: str, language: str) -> Markup:
    """Where a wording is taken from: a title in the wording's own language."""
    if source:
        return site.words.data(source, language)
    return site.words.say("the register's own word") if one.own else site.words.say("no source yet")


def data(view: View, site: Site, as_of: AsOf) -> list[dict[str, Any]]:  # noqa: ARG001 - as all pages
    """The terms in every language, with their sources."""
    text, say = site.words.text, site.words.say
    return [
        {
            "term": one.id, "meaning": text(say(MEANING[one.id])), "own": one.own,
            "words": {
                code: {"say": other.say, "source": other.source or None} for code, other in _everywhere(one).items()
            },
        }
        for one in terms().terms
    ]  # fmt: skip
