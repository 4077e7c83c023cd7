"""Versions by machine that wait for a person: all of them, and one beside its source, finding by finding.

For those alone who may decide: what waits here is read by nobody else.
"""

from collections.abc import Sequence
from typing import Any

from tizim.domain.versions import MachineVersion, Side, VersionFinding, spans, whole
from tizim.publish.bulletins import wire
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.checked import finding, marked, said
from tizim.publish.vocabulary import VERSION_STATE
from tizim.publish.words import LANGUAGES, Words

Waiting = tuple[str, MachineVersion]
"""the id of a bulletin, and a version of it"""


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


def version_page(site: Site, bulletin: str, one: MachineVersion) -> Page:
    """One version beside its source, with the form by which a person decides about it."""
    words, to, told = site.words, site.to, one.made
    engine = f"{told.engine} {told.engine_version}".strip()
    rows, rest = _rows(words, one)
    ruling = one.taken_back or one.released
    return made(
        "version", site, None, here_of("held", one.id), words.say("Version {id}", id=words.machine(one.id)),
        values={
            "bulletin": words.link(to.bulletin(bulletin), words.machine(bulletin)),
            "state": words.say(VERSION_STATE[one.state]),
            "source": words.data(LANGUAGES[told.source_language].name, told.source_language),
            "target": words.data(LANGUAGES[told.language].name, told.language),
            "engine": words.machine(engine), "made": words.time(told.at.date()), "by": words.data(told.by),
            "rows": rows, "rest": rest, "severe": len(one.severe),
            "ruling": None if ruling is None else words.say(
                "{editor} decided on {day}. The reason given: {reason}", editor=words.data(ruling.by),
                day=words.time(ruling.at.date()), reason=words.data(ruling.reason),
            ),
            "may_release": one.waits and bool(told.pairs), "may_take_back": one.taken_back is None,
            "address": to.undated().held(one.id), "all": to.held(),
        },
    )  # fmt: skip


def version_data(bulletin: str, one: MachineVersion) -> dict[str, Any]:
    """The same as JSON values."""
    pairs = [{"paragraph": each.paragraph, "source": each.source, "target": each.target} for each in one.made.pairs]
    return _json(bulletin, one) | {"pairs": pairs}


def _json(bulletin: str, one: MachineVersion) -> dict[str, Any]:
    made_of = {"bulletin": bulletin, "language": one.made.language, "state": one.state, "text": one.made.text}
    return made_of | wire.machine_whole(one)


def _rows(words: Words, one: MachineVersion) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sentences with the findings in them, and the findings of the whole."""
    told = one.made
    languages = {Side.SOURCE: told.source_language, Side.TARGET: told.language}
    texts = {side: whole(told.pairs, side, languages[side]) for side in Side}
    places = {side: spans(told.pairs, side, languages[side]) for side in Side}
    left = list(told.findings)
    rows = []
    for number in range(len(told.pairs)):
        own = [each for each in left if _is_within(each, places[each.side][number])]
        left = [each for each in left if each not in own]
        shown = {
            side: marked(words, texts[side], places[side][number], [e for e in own if e.side is side], languages[side])
            for side in Side
        }
        rows.append({
            "source": shown[Side.SOURCE], "target": shown[Side.TARGET], "number": number + 1,
            "findings": [_finding(words, one, each) for each in own],
        })  # fmt: skip
    return rows, [_finding(words, one, each) for each in left]


def _is_within(one: VersionFinding, span: tuple[int, int]) -> bool:
    return span[0] <= one.start and one.end <= span[1]


def _languages(version: MachineVersion) -> tuple[str, str]:
    return version.made.source_language, version.made.language


def _finding(words: Words, version: MachineVersion, one: VersionFinding) -> dict[str, Any]:
    language = version.made.source_language if one.side is Side.SOURCE else version.made.language
    return finding(words, one, version.words_of(one), language, _languages(version))
