"""Bulletins in lines of text and as JSON, for the command line."""

from collections.abc import Iterator
from typing import Any, Final

import click
import msgspec

from tizim.domain.bulletin_facts import ActFacts, CopyFacts, Facts, NewsFacts, list_of
from tizim.domain.bulletins import (
    Bulletin,
    Correcting,
    Replayed,
    Standing,
    Step,
    Version,
    Withdrawing,
    Withdrawn,
    state_of,
    version_of,
    waiting_of,
)
from tizim.errors import BadInput, Broken
from tizim.publish.bulletins import Mark, Proposal, Text, text_of, wire
from tizim.publish.bulletins.published import as_held
from tizim.publish.words import LANGUAGES, Words, words
from tizim.register.view import View

STATES: Final = (
    "draft", "approved", "published", "correction drafted", "correction approved", "corrected", "withdrawn",
)  # fmt: skip
_WIDTH: Final = 96

Json = dict[str, Any]


def spoken(language: str) -> Words:
    """The words of a language. Raises `BadInput` for one in which no pages are made."""
    if language not in LANGUAGES:
        raise BadInput(f"nothing is written in '{language}': the languages are {', '.join(LANGUAGES)}")
    return words(language)


# -- proposals ---------------------------------------------------------------------------------------


def proposal_json(own: Words, one: Proposal) -> Json:
    """A proposal as JSON."""
    made = text_of(own, one.facts)
    return {"id": one.id, "language": own.code, **_text_json(own, made), "facts": wire.facts(one.facts)}


def proposal_lines(own: Words, one: Proposal) -> Iterator[str]:
    """A proposal in lines: its id, its title, its text."""
    made = text_of(own, one.facts)
    yield one.id
    yield from _wrapped(own.text(made.title), "  ")
    for part in made.paragraphs:
        yield from _wrapped(own.text(part), "    ")
    yield ""


# -- one in a line -----------------------------------------------------------------------------------


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A bulletin at a glance."""

    id: str
    state: str
    step: int
    kind: str
    list: str
    day: str
    language: str
    title: str

    @property
    def line(self) -> str:
        """The row as text."""
        return f"{self.id}  {self.state} (step {self.step})  {self.title}"

    def to_json(self) -> Json:
        """The row as JSON."""
        made: Json = msgspec.to_builtins(self)
        return made


def row(view: View, own: Words, now: Replayed, bulletin: str) -> Row:
    """A bulletin at a glance; a title by template is in the language of the words."""
    one = now.bulletins[bulletin]
    version = latest(one)
    _, made = _text(view, own, version)
    return Row(
        id=bulletin, state=state_of(one), step=len(now.steps[bulletin]), kind=version.facts.kind,
        list=list_of(version.facts), day=version.facts.day, language=version.language, title=own.text(made.title),
    )  # fmt: skip


def latest(one: Bulletin) -> Version:
    """What waits, else what stands."""
    if isinstance(one, Standing) and one.correcting is not None:
        return one.correcting.version.version
    return version_of(one)


# -- one as a whole ----------------------------------------------------------------------------------


def whole_json(view: View, own: Words, now: Replayed, one: Bulletin) -> Json:
    """A bulletin as JSON: what is published, what waits, and every step."""
    published, waiting = _published(one), _waiting(one)
    return {
        "id": one.id, "state": state_of(one), "main_language": version_of(one).language, "language": own.code,
        "published": None if published is None else _version_json(view, own, published),
        "waiting": None if waiting is None else _version_json(view, own, waiting),
        "steps": [_step_json(step) for step in now.steps[one.id]],
        "without_effect": list(_without_effect(now, one.id)),
    }  # fmt: skip


def whole_lines(view: View, own: Words, now: Replayed, one: Bulletin) -> Iterator[str]:
    """A bulletin in lines of text."""
    yield f"{one.id}: {state_of(one)} (main language {version_of(one).language})"
    if isinstance(one, Withdrawn):
        yield f"withdrawn by {one.withdrawn.by}: {one.reason}"
    for head, version in (("Published", _published(one)), ("Waiting", _waiting(one))):
        if version is not None:
            mark, made = _text(view, own, version)
            yield ""
            yield f"{head} ({mark.value}, {version.language if mark is Mark.ORIGINAL else own.code})"
            yield from _wrapped(own.text(made.title), "  ")
            for part in made.paragraphs:
                yield from _wrapped(own.text(part), "    ")
            yield from _rests_on(version.facts)
    yield ""
    yield "Steps"
    for step in now.steps[one.id]:
        yield f"  {_step_line(step)}"
    for line in _without_effect(now, one.id):
        yield f"  without effect: {line}"


def _without_effect(now: Replayed, bulletin: str) -> Iterator[str]:
    """Steps that others came before, or that followed on nothing, each with its reason."""
    return (f"{_step_line(one.step)}: {one.reason}" for one in now.refused if one.step.bulletin == bulletin)


def _rests_on(facts: Facts) -> Iterator[str]:
    if isinstance(facts, ActFacts):
        yield f"  rests on {', '.join(one.statement for one in facts.rests_on)}"
    elif isinstance(facts, CopyFacts):
        yield f"  rests on the documents {facts.before.document[:12]} and {facts.after.document[:12]}"


def _published(one: Bulletin) -> Version | None:
    last = one.last if isinstance(one, Withdrawn) else one
    return last.issue.version if isinstance(last, Standing) else None


def _waiting(one: Bulletin) -> Version | None:
    waiting = waiting_of(one)
    return None if waiting is None else waiting.version


def _text(view: View, own: Words, version: Version) -> tuple[Mark, Text]:
    """Mark and text of a version in the language of the words, without names that the register holds no more."""
    if version.own is not None and (version.language == own.code or isinstance(version.facts, NewsFacts)):
        paragraphs = tuple(own.data(part) for part in version.own.paragraphs)
        return Mark.ORIGINAL, Text(title=own.data(version.own.title), paragraphs=paragraphs)
    (facts,) = as_held(view, [version.facts])
    if isinstance(facts, NewsFacts):
        raise Broken(f"news without words on {facts.day}")  # refused where steps are read
    return Mark.TEMPLATE, text_of(own, facts)


def _version_json(view: View, own: Words, version: Version) -> Json:
    mark, made = _text(view, own, version)
    (facts,) = as_held(view, [version.facts])
    return {
        "mark": mark.value, **_text_json(own, made), "facts": wire.facts(facts),
        "drafted_by": version.drafted.by, "needs_second": version.needs_second,
    }  # fmt: skip


def _text_json(own: Words, made: Text) -> Json:
    return {"title": own.text(made.title), "text": [own.text(part) for part in made.paragraphs]}


def _step_json(step: Step) -> Json:
    reason = step.reason if isinstance(step, Correcting | Withdrawing) else None
    at = wire.instant(step.at)
    return {"number": step.number, "step": _name(step), "by": step.by, "at": at, "reason": reason}


def _step_line(step: Step) -> str:
    reason = f": {step.reason}" if isinstance(step, Correcting | Withdrawing) else ""
    return f"{step.number}  {step.at:%Y-%m-%d %H:%M} UTC  {_name(step)} by {step.by}{reason}"


def _name(step: Step) -> str:
    return str(step.__struct_config__.tag)


def _wrapped(text: str, indent: str) -> list[str]:
    return click.wrap_text(text, _WIDTH, indent, indent).split("\n")
