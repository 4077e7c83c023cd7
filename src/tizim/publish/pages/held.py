"""Versions by machine that wait for a person: all of them, and one beside its source, finding by finding.

For those alone who may decide: what waits here is read by nobody else.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from tizim.domain.versions import MachineVersion, Ruling, Side, VersionFinding, mended_as, spans, takes, whole
from tizim.publish.bulletins import wire
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.checked import finding, marked, said
from tizim.publish.vocabulary import VERSION_STATE
from tizim.publish.words import LANGUAGES, Words

Waiting = tuple[str, MachineVersion]
"""the id of a bulletin, and a version of it"""


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the fields of a version's page, as it was typed."""

    reason: str = ""
    sentences: Mapping[int, str] = {}
    """by their numbers, the first is 1"""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Why what was sent from the page could not be done, and what was typed there."""

    reason: str
    status: int
    typed: Typed


class AtTheDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What can be done about a version by whoever sees its page."""

    seen: str
    """names what is seen of it: it goes with whatever is done"""
    versions: Sequence[MachineVersion]
    """all of its bulletin"""
    may_mend: bool
    """whether its text stands"""
    may_make_anew: bool
    """whether there is an engine that may be asked"""


def page(site: Site, waiting: Sequence[Waiting]) -> Page:
    """All that wait."""
    words, to = site.words, site.to
    rows = [
        {
            "link": words.link(to.held(one.id), words.machine(one.id)),
            "bulletin": words.link(to.bulletin(bulletin), words.machine(bulletin)),
            "language": words.data(LANGUAGES[one.made.language].name, one.made.language),
            "made": words.time(one.made.at.date()),
            "reasons": [
                said(words, text, _languages(one)) for text in dict.fromkeys(each.message for each in one.severe)
            ],
            "held_on": None if one.held_on is None else _held_on(words, one.held_on),
        }
        for bulletin, one in waiting
    ]
    return made(
        "held", site, None, here_of("held"), words.say("Versions that wait for a person"),
        values={"rows": rows, "draft": to.draft()},
    )  # fmt: skip


def data(waiting: Sequence[Waiting]) -> list[dict[str, Any]]:
    """The same as JSON values."""
    return [_json(bulletin, one) for bulletin, one in waiting]


def version_page(
    site: Site, bulletin: str, one: MachineVersion, desk: AtTheDesk, trouble: Trouble | None = None
) -> Page:
    """One version beside its source, with the form in which a person mends it and decides about it."""
    words, to, told = site.words, site.to, one.made
    engine = f"{told.engine} {told.engine_version}".strip()
    typed = Typed() if trouble is None else trouble.typed
    ruling = one.taken_back or one.released
    after = mended_as(one, desk.versions)
    newer = [each for each in desk.versions if each.made.language == told.language and each.at > one.at]
    is_open = one.taken_back is None and after is None
    may_mend = desk.may_mend and is_open
    rows, rest = _rows(words, one, typed, takes(one) if may_mend else ())
    return made(
        "version", site, None, here_of("held", one.id), words.say("Version {id}", id=words.machine(one.id)),
        status=200 if trouble is None else trouble.status,
        values={
            "bulletin": words.link(to.bulletin(bulletin), words.machine(bulletin)),
            "state": words.say(VERSION_STATE[one.state]),
            "source": words.data(LANGUAGES[told.source_language].name, told.source_language),
            "target": words.data(LANGUAGES[told.language].name, told.language),
            "target_code": told.language, "direction": LANGUAGES[told.language].direction,
            "engine": words.machine(engine), "made": words.time(told.at.date()), "by": words.data(told.by),
            "mended": None if one.mended is None else words.say(
                "{day}, by {editor}, from version {version}", day=words.time(one.mended.at.date()),
                editor=words.data(one.mended.by), version=_link(site, one.mended.of),
            ),
            "rows": rows, "rest": rest, "severe": len(one.severe),
            "ruling": None if ruling is None else words.say(
                "{editor} decided on {day}. The reason given: {reason}", editor=words.data(ruling.by),
                day=words.time(ruling.at.date()), reason=words.data(ruling.reason),
            ),
            "held_on": None if one.held_on is None or not one.waits else _held_on(words, one.held_on),
            "newer": _link(site, (after or newer[-1]).id) if after or newer else None, "is_mended": after is not None,
            "problem": None if trouble is None else words.data(trouble.reason, "en"),
            "reason": typed.reason, "seen": desk.seen,
            "may_mend": may_mend, "shows_fields": may_mend or bool(typed.sentences),
            "may_release": one.waits and is_open and bool(told.pairs), "may_hold": one.waits and is_open,
            "may_take_back": one.taken_back is None, "may_make_anew": desk.may_make_anew and after is None,
            "address": to.undated().held(one.id), "all": to.held(), "desk": to.undated().draft(bulletin),
        },
    )  # fmt: skip


def problem_page(site: Site, status: int, reason: str) -> Page:
    """Why nothing was shown or done at the desk, and where to go from there."""
    words = site.words
    titles = {
        400: words.say("This cannot be done as it was asked"),
        401: words.say("A key is needed here"),
        403: words.say("This key may not decide"),
        404: words.say("Not found here"),
        409: words.say("Somebody decided in the meantime"),
        413: words.say("This is too long"),
    }
    reasons = {
        401: words.say(
            "Any name will do; the password is a key of the scope {scope}, which {command} makes.",
            scope=words.machine("decide"), command=words.machine("tizim key new"),
        ),
        403: words.say("Ask with a key of the scope {scope}: this one has another.", scope=words.machine("decide")),
    }  # fmt: skip
    return made(
        "desk_problem", site, None, here_of("held"), titles.get(status, words.say("Try again in a moment.")),
        status=status,
        values={
            "reason": reasons.get(status, words.data(reason, "en")), "all": site.to.held(), "draft": site.to.draft(),
        },
    )  # fmt: skip


def version_data(bulletin: str, one: MachineVersion, seen: str) -> dict[str, Any]:
    """The same as JSON values."""
    return {
        **_json(bulletin, one), "seen": seen, "takes": list(takes(one)),
        "pairs": [msgspec.to_builtins(each) for each in one.made.pairs],
    }  # fmt: skip


def _json(bulletin: str, one: MachineVersion) -> dict[str, Any]:
    return wire.machine_at_the_desk(bulletin, one)


def _link(site: Site, version: str) -> Markup:
    return site.words.link(site.to.held(version), site.words.machine(version))


def _held_on(words: Words, ruling: Ruling) -> Markup:
    return words.say(
        "{editor} had it wait further on {day}. The reason given: {reason}", editor=words.data(ruling.by),
        day=words.time(ruling.at.date()), reason=words.data(ruling.reason),
    )  # fmt: skip


def _rows(
    words: Words, one: MachineVersion, typed: Typed, taken: Sequence[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sentences with the findings in them, and the findings of the whole; *taken*: the numbers of those whose
    suggestions can be taken into the text.
    """
    told = one.made
    languages = {Side.SOURCE: told.source_language, Side.TARGET: told.language}
    texts = {side: whole(told.pairs, side, languages[side]) for side in Side}
    places = {side: spans(told.pairs, side, languages[side]) for side in Side}
    left = dict(enumerate(told.findings, start=1))
    rows = []
    for number, pair in enumerate(told.pairs):
        own = {at: each for at, each in left.items() if _is_within(each, places[each.side][number])}
        left = {at: each for at, each in left.items() if at not in own}
        shown = {
            side: marked(
                words, texts[side], places[side][number], [e for e in own.values() if e.side is side], languages[side]
            )
            for side in Side
        }
        written = typed.sentences.get(number + 1, pair.target)
        rows.append({
            "source": shown[Side.SOURCE], "target": shown[Side.TARGET], "number": number + 1, "written": written,
            "lines": min(8, 2 + len(written) // 40), "is_rewritten": written != pair.target,
            "findings": [_finding(words, one, each, at if at in taken else 0) for at, each in own.items()],
        })  # fmt: skip
    return rows, [_finding(words, one, each) for each in left.values()]


def _is_within(one: VersionFinding, span: tuple[int, int]) -> bool:
    return span[0] <= one.start and one.end <= span[1]


def _languages(version: MachineVersion) -> tuple[str, str]:
    return version.made.source_language, version.made.language


def _finding(words: Words, version: MachineVersion, one: VersionFinding, take: int = 0) -> dict[str, Any]:
    language = version.made.source_language if one.side is Side.SOURCE else version.made.language
    return finding(words, one, version.words_of(one), language, _languages(version), take)
