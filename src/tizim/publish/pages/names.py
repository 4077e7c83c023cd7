"""Names in the order of their letters, script by script."""

from typing import Any

from markupsafe import Markup

from tizim.domain.dates import AsOf
from tizim.errors import NotFound
from tizim.publish.addresses import Addresses
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.roll import Entry, Place, place_of, roll
from tizim.publish.site import Page, Site
from tizim.publish.words import Words
from tizim.publish.words.marking import noted_in
from tizim.register.view import View
from tizim.text.scripts import COMMON

_OTHERS = noted_in("script", "Signs that are no letters")


def page(view: View, site: Site, as_of: AsOf, key: str = "") -> Page:
    """The scripts with their first letters, or the names of a beginning. Raises `NotFound` where none begins so."""
    words, to = site.words, site.to
    script, beginning = place_of(key)
    if not key:
        view.rests_on("N", "")
        found = roll(view, site, as_of)
        scripts = [
            (script_name(words, one), count, _further(to, one, found.place(one, ""))) for one, count in found.scripts()
        ]
        return made("names", site, as_of, here_of("names"), words.say("All names"), section="search",
                    values={"scripts": scripts, "place": None})  # fmt: skip
    place = _place(view, site, as_of, script, beginning)
    return made(
        "names", site, as_of, here_of("names", script, beginning.replace(" ", "_")),
        words.say("Names in {script} that begin with {letters}", script=script_name(words, script),
                  letters=words.name(beginning)),
        section="search",
        values={
            "scripts": [],
            "place": place,
            "further": _further(to, script, place),
            "rows": [(words.link(to.subject(one.subject), words.name(one.text)), _beside(words, one))
                     for one in place.entries],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, key: str = "") -> dict[str, Any]:
    """The same as JSON values."""
    script, beginning = place_of(key)
    if not key:
        view.rests_on("N", "")
        return {"scripts": [{"script": one, "names": count} for one, count in roll(view, site, as_of).scripts()]}
    place = _place(view, site, as_of, script, beginning)
    return {
        "script": script, "beginning": beginning, "names": place.count,
        "further": [{"beginning": letters, "names": count} for letters, count in place.further],
        "entries": [{"name": one.text, "subject": one.subject, "called": one.called} for one in place.entries],
    }  # fmt: skip


def _place(view: View, site: Site, as_of: AsOf, script: str, beginning: str) -> Place:
    view.rests_on("N", f"{script} {beginning}")
    found = roll(view, site, as_of).place(script, beginning) if beginning else None
    if found is None:
        raise NotFound(f"no name known then begins with {beginning!r} in the script {script!r}")
    return found


def _further(to: Addresses, script: str, place: Place | None) -> list[tuple[str, str, int]]:
    return [
        (to.names(script, letters.replace(" ", "_")), letters.replace(" ", "_"), count)
        for letters, count in (place.further if place else ())
    ]


def script_name(words: Words, script: str) -> Markup:
    """A script by its name in the language of the page."""
    if script == COMMON:
        return words.say(_OTHERS)
    return words.data(words.locale.scripts.get(script, script))


def _beside(words: Words, one: Entry) -> Markup:
    """What tells a name from its namesakes: the name its subject is called by, and its numbers."""
    parts = [words.name(one.called)] if one.called != one.text else []
    return Markup(" · ").join([*parts, *(words.machine(number) for number in one.numbers)])
