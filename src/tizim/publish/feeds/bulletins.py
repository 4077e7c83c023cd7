"""Bulletins as entries of a feed: a correction or a withdrawal is the same entry, told anew."""

from collections.abc import Collection

import msgspec
from markupsafe import Markup

from tizim.answer.official import official_list
from tizim.domain.bulletin_facts import list_of
from tizim.domain.bulletins import Standing, Withdrawn, version_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.publish.bulletins import Mark, known_about, published
from tizim.publish.feeds.feed import MOST, Entry
from tizim.publish.site import Site
from tizim.publish.told.changes import listed
from tizim.publish.words import LANGUAGES
from tizim.register.view import View


def bulletins_of(view: View, site: Site, as_of: AsOf, *, list_id: str = "", subject: str = "") -> list[Entry]:
    """The bulletins, of all or about one list or subject, and those that were withdrawn; no more than a feed holds."""
    words = site.words
    away = msgspec.structs.replace(site, to=site.to.undated())  # a bulletin says its own days
    made = []
    for one in published(view, away, as_of, list_id=list_id, subject=subject, most=MOST):
        said = list(one.paragraphs)
        if one.corrected_at is not None:
            said.append(
                words.say(
                    "Corrected on {day}: the page of the bulletin has the first version, what changed and why.",
                    day=words.time(one.corrected_at.date()),
                )
            )  # fmt: skip
        if one.mark is Mark.MACHINE:
            main = LANGUAGES[one.main_language]
            said.insert(
                0,
                words.say(
                    "This version was made by machine: read the original in {language} before relying on it.",
                    language=words.data(main.name, main.code),
                ),
            )  # fmt: skip
        there = one.address and site.base + one.address
        made.append(
            Entry(
                key=("bulletin", one.id), title=one.title, said=said,
                links=[words.link(there, words.say("The bulletin, with the facts it is made of"))],
                address=one.address, published=one.published_at, updated=one.updated_at,
                about=_about(view, site, {one.list}),
            )
        )  # fmt: skip
    every = known_about(view, site, as_of, list_id=list_id, subject=subject)
    for taken in [one for one in every if isinstance(one, Withdrawn)][:MOST]:
        if not isinstance(taken.last, Standing):
            continue  # known as published to nobody
        address = away.to.bulletin(taken.id)
        version = version_of(taken)
        made.append(
            Entry(
                key=("bulletin", taken.id),
                title=words.say("Bulletin {id} was withdrawn", id=words.machine(taken.id)),
                said=[
                    words.say("Withdrawn on {day}.", day=words.time(taken.withdrawn.at.date())),
                    words.say("The reason given: {reason}", reason=words.data(taken.reason, version.language)),
                ],
                links=[words.link(address and site.base + address, words.say("The page of the bulletin"))],
                address=address,
                published=taken.last.first.published.at, updated=taken.withdrawn.at,
                about=_about(view, site, {list_of(version.facts)}),
            )
        )  # fmt: skip
    return made


def _about(view: View, site: Site, lists: Collection[str]) -> list[tuple[str, Markup]]:
    return [(one, listed(site.words, official_list(view, ListId(one)))) for one in sorted(lists) if one]
