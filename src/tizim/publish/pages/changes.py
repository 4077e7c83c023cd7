"""What changed on lists: the newest changes, and everything by year and month."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from tizim.domain.dates import AsOf
from tizim.errors import NotFound
from tizim.publish.cards import Card
from tizim.publish.changed import ALL, Change, as_json, changes_of_span, month_of
from tizim.publish.changed import years as years_known
from tizim.publish.feeds import Feed, bulletins_of, entries_of, key_of, newest
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.changes import changes_said, recorded_said
from tizim.register.view import View

PAGED: Final = 100
"""changes of the longest year that is shown on one page"""


def page(view: View, site: Site, as_of: AsOf, span: str = "") -> Page:
    """The newest changes, or those of a year or a month. Raises `NotFound` where none is known.

    How many there were each year stands on the first page alone: the page of a year is as it was when others change.
    """
    words, to = site.words, site.to
    every = sorted(_of(view, as_of, span), key=lambda one: one.latest, reverse=True)
    shown = every
    months: list[tuple[str, int]] = []
    if len(span) == 4 and len(shown) > PAGED:
        counts = Counter(month for one in shown if (month := month_of(one)) != span)
        months = sorted(counts.items(), reverse=True)
        shown = [one for one in shown if month_of(one) == span]
    elif not span:
        shown = shown[:PAGED]
    counted = Counter() if span else Counter(month_of(one)[:4] for one in every)
    title = words.say("What changed: {span}", span=words.time(span)) if span else words.say("What changed")
    newest_day = max((one.amended for one in shown), default=None)
    return made(
        "changes", site, as_of, here_of("changes", span), title, follows=to.undated().changes(),
        card=Card(
            said=[
                words.say("Acts that statements tell of, and what came and went between copies of lists."),
                words.count("{n} change is known.", "{n} changes are known.", len(every)),
            ],
            trail=[(words.say("What changed"), to.changes())] if span else (), modified=newest_day,
        ),
        values={
            "span": span,
            "rows": [
                {"day": words.day(one.when), "told": told, "learned": recorded_said(words, one)}
                for one, told in changes_said(view, site, as_of, shown)
            ],
            "years": [(year, words.time(year), counted.get(year)) for year in years_known(view, as_of)],
            "months": [(month, words.time(month), count) for month, count in months],
            "is_whole": bool(span) or len(every) <= PAGED,
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, span: str = "") -> list[dict[str, Any]]:  # noqa: ARG001 - as all pages
    """The changes as JSON values, those that were learned last first."""
    return [as_json(one) for one in _of(view, as_of, span)]


def feed(view: View, site: Site, as_of: AsOf) -> Feed:
    """Everything that changes."""
    words = site.words
    entries = entries_of(view, site, as_of, changes_of_span(view, as_of, ALL))
    return Feed(
        key=key_of(site, "changes"), title=words.say("What changed on terrorist and sanctions lists"),
        subtitle=words.say("Acts that statements tell of, and what came and went between copies of lists."),
        here=here_of("changes"), entries=newest(entries, bulletins_of(view, site, as_of)),
    )  # fmt: skip


def _of(view: View, as_of: AsOf, span: str) -> Sequence[Change]:
    """Those of a year or a month; all where none is given."""
    own = changes_of_span(view, as_of, span)
    if not own and span != ALL:
        raise NotFound(f"no change is known of '{span}': give a year such as 2024 or a month such as 2024-06")
    return own
