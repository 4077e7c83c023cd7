"""News in an editor's own words: the form in which it is written, and a draft that was kept, with what was found in it.

For those alone who may decide: a draft is read by nobody else.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from tizim.domain.bulletin_facts import NewsFacts
from tizim.domain.bulletins import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Approved,
    Draft,
    Own,
    Standing,
    Waiting,
    state_of,
    version_of,
    waiting_of,
)
from tizim.domain.versions import VersionFinding
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.checked import finding, marked
from tizim.publish.words import LANGUAGES, Words

_PART: Final = "\n\n"


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the fields of the form, as it was typed."""

    title: str = ""
    text: str = ""
    day: str = ""
    list: str = ""
    subjects: str = ""
    """an id or a name a line"""


class Typed(msgspec.Struct, frozen=True):
    """What stood in the fields of a bulletin's page, as it was typed; a title and a text where it was written anew."""

    reason: str
    title: str = ""
    text: str = ""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Why what was asked about a bulletin could not be done, and what was typed."""

    reason: str
    status: int
    typed: Typed


class LookedOver(msgspec.Struct, frozen=True, kw_only=True):
    """An editor's words in the main language, and what was found in them."""

    own: Own
    findings: tuple[VersionFinding, ...]


def page(
    site: Site,
    filled: Filled,
    waiting: Sequence[Waiting | Standing],
    looked: LookedOver | None = None,
    problem: str = "",
) -> Page:
    """The form, with what was found in its words, or why they cannot be kept; and the drafts that wait."""
    words = site.words
    language = site.main_language
    return made(
        "draft", site, None, here_of("draft"), words.say("Draft news"), status=400 if problem else 200,
        values={
            "filled": filled, "address": site.to.undated().draft(), "held": site.to.held(), "main": language,
            "language": words.data(LANGUAGES[language].name, language),
            "problem": words.data(problem, "en") if problem else None,
            "found": None if looked is None else _found(words, looked, language),
            "longest": {"title": LONGEST_TITLE, "text": LONGEST_TEXT},
            "waiting": [words.link(site.to.draft(one.id), words.machine(one.id)) for one in waiting],
        },
    )  # fmt: skip


def kept_page(
    site: Site, one: Waiting | Standing, looked: LookedOver, seen: int, trouble: Trouble | None = None
) -> Page:
    """News that was kept, what was found in it, and what can be done about it; *seen*: the number of its last step."""
    words, to = site.words, site.to.undated()
    waiting = waiting_of(one)
    version = version_of(one) if waiting is None else waiting.version
    facts = version.facts
    about = facts.subjects if isinstance(facts, NewsFacts) else ()
    correcting = one.correcting if isinstance(one, Standing) else None
    typed = Typed("") if trouble is None else trouble.typed
    return made(
        "drafted", site, None, here_of("draft", one.id), words.say("Draft {id}", id=words.machine(one.id)),
        status=200 if trouble is None else trouble.status,
        values={
            "title_": words.data(looked.own.title, version.language),
            "by": words.data(version.drafted.by), "at": words.time(version.drafted.at.date()),
            "day": words.time(facts.day), "language": words.data(LANGUAGES[version.language].name, version.language),
            "list": None if facts.on is None else words.data(facts.on.name),
            "subjects": [words.data(each.name) for each in about],
            "may_approve": isinstance(waiting, Draft), "may_publish": isinstance(waiting, Approved),
            "is_published": isinstance(one, Standing), "published_at": to.bulletin(one.id),
            "correcting": None if correcting is None else words.say(
                "A correction waits. The reason given: {reason}", reason=words.data(correcting.reason)
            ),
            "needs_second": version.needs_second,
            "approve": words.machine(f"tizim bulletin approve {one.id} --author NAME"),
            "found": _found(words, looked, version.language), "new": site.to.draft(), "held": site.to.held(),
            "problem": None if trouble is None else words.data(trouble.reason, "en"),
            "reason": typed.reason, "seen": seen, "address": to.draft(one.id),
            "written": {"title": typed.title or looked.own.title, "text": typed.text or looked.own.text},
            "is_rewritten": bool(typed.title or typed.text), "main": version.language,
            "longest": {"title": LONGEST_TITLE, "text": LONGEST_TEXT},
        },
    )  # fmt: skip


def all_data(waiting: Sequence[Waiting | Standing]) -> list[dict[str, Any]]:
    """The drafts that wait, as JSON values."""
    return [_told(one) for one in waiting]


def data(one: Waiting | Standing, looked: LookedOver, seen: int) -> dict[str, Any]:
    """A draft as JSON values; *seen*: the number of its last step."""
    findings = [msgspec.to_builtins(each) for each in looked.findings]
    return _told(one) | {"text": looked.own.text, "findings": findings, "seen": seen}


def _told(one: Waiting | Standing) -> dict[str, Any]:
    waiting = waiting_of(one)
    version = version_of(one) if waiting is None else waiting.version
    return {
        "bulletin": one.id, "language": version.language, "title": version.own.title if version.own else None,
        "author": version.drafted.by, "state": state_of(one),
    }  # fmt: skip


def _found(words: Words, looked: LookedOver, language: str) -> dict[str, Any]:
    """The text with its findings marked, and each of them in words."""
    parts = (looked.own.title, *looked.own.paragraphs)
    whole = _PART.join(parts)
    return {
        "paragraphs": [
            marked(words, whole, span, [one for one in looked.findings if _is_within(one, span)], language)
            for span in _spans(parts)
        ],
        "findings": [
            finding(words, one, whole[one.start : one.end], language, (language, language)) for one in looked.findings
        ],
        "language": language,
        "direction": LANGUAGES[language].direction,
    }


def _spans(parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each part stands in the whole."""
    at = 0
    for part in parts:
        yield at, at + len(part)
        at += len(part) + len(_PART)


def _is_within(one: VersionFinding, span: tuple[int, int]) -> bool:
    return span[0] <= one.start and one.end <= span[1]
