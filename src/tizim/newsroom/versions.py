"""Versions of bulletins in other languages: what is translated, what comes of it, and what waits for a person."""

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from tizim.domain.bulletins import (
    Approved,
    Bulletin,
    Correctable,
    Replayed,
    Standing,
    Version,
    Waiting,
    Withdrawn,
    version_of,
)
from tizim.domain.bulletins import Own as OwnWords
from tizim.domain.dates import AsOf
from tizim.domain.versions import MachineVersion, Making, Pair, Severity, Side, VersionFinding, whole
from tizim.errors import BadInput, NotFound, NotSupported
from tizim.news.identify import UNKNOWN, language_of
from tizim.news.language import codes
from tizim.newsroom.checking import CHECKS, Check, unchecked
from tizim.newsroom.glossary import glossary
from tizim.newsroom.names import names_in
from tizim.publish.words import LANGUAGES
from tizim.register.view import View
from tizim.translate import Engine, EngineLimits, Protected, Wanted, make, sentences


class ToTranslate(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a bulletin that versions are made of."""

    bulletin: str
    version: Version
    own: OwnWords


def to_translate(one: Bulletin) -> ToTranslate:
    """The newest text that was approved: a correction that waits to be published comes before what it corrects, so
    that all languages are corrected together. Raises `BadInput` where there is none.
    """
    if isinstance(one, Withdrawn):
        raise BadInput(f"bulletin {one.id} is withdrawn: nothing of it is translated")
    version = _approved(one)
    if version is None:
        raise BadInput(f"bulletin {one.id} is a draft: what is translated was approved in the main language before")
    if version.own is None:
        raise BadInput(
            f"bulletin {one.id} has no words of an editor's own: its versions are made by template, in every language"
        )
    return ToTranslate(bulletin=one.id, version=version, own=version.own)


def _approved(one: Waiting | Standing) -> Version | None:
    if isinstance(one, Standing):
        if isinstance(one.correcting, Correctable) and isinstance(one.correcting.version, Approved):
            return one.correcting.version.version
        return one.issue.version
    return one.version.version if isinstance(one.version, Approved) else None


def wanted(view: View, as_of: AsOf, given: ToTranslate, language: str) -> Wanted:
    """What an engine is to make of a text: its sentences, the names to keep, the terms.

    Raises `BadInput` for a language in which there are no pages, or that of the text itself.
    """
    source = given.version.language
    if language not in LANGUAGES:
        raise BadInput(f"no pages are made in '{language}': the languages are {', '.join(LANGUAGES)}")
    if language == source:
        raise BadInput(f"'{language}' is the language of the text itself")
    text = f"{given.own.title}\n\n{given.own.text}"
    return Wanted(
        sentences=tuple(sentences(given.own.title, given.own.paragraphs)), source=source, target=language,
        names=names_in(view, as_of, text, given.version.facts.named, language),
        glossary=glossary(text, source, language),
    )  # fmt: skip


def names_for(view: View, as_of: AsOf, one: Bulletin, version: MachineVersion) -> tuple[Protected, ...]:
    """The names in the text of a version, each with the form that it has in its language."""
    told = version.made
    text = whole(told.pairs, Side.SOURCE, told.source_language)
    return names_in(view, as_of, text, version_of(one).facts.named, told.language)


def version(
    given: ToTranslate,
    order: Wanted,
    engine: Engine,
    limits: EngineLimits,
    check: Check,
    *,
    by: str,
    now: dt.datetime,
) -> Making:
    """A version of a text, with everything found in it. Whatever the engine does, it does not raise.

    It may take minutes, so nothing of the register is read meanwhile but what *check* reads.
    """
    made = make(order, engine, limits, language)
    findings = list(made.findings)
    if made.pairs and all(one.target for one in made.pairs):
        findings += compared(made.pairs, order.source, order.target, check)
    return Making(
        bulletin=given.bulletin, language=order.target, source_language=order.source, text=given.own.digest, by=by,
        at=now, engine=engine.name, engine_version=made.version, pairs=made.pairs,
        findings=tuple(dict.fromkeys(findings)), checks=CHECKS,
    )  # fmt: skip


def language(text: str, expected: str) -> str:
    """The language of a text; nothing where the one that it should be in is none that can be told."""
    return language_of(text, expected) if expected in codes() else UNKNOWN


def compared(pairs: Sequence[Pair], source: str, target: str, check: Check) -> list[VersionFinding]:
    """What a check finds in sentences beside their source, or why nobody compared them; *source* and *target* are the
    two languages.
    """
    try:
        return list(check(whole(pairs, Side.SOURCE, source), whole(pairs, Side.TARGET, target), source, target))
    except NotSupported as error:
        return [unchecked(f"no check compares these two languages: {error}")]
    except BadInput as error:
        return [unchecked(f"the two texts could not be compared: {error}")]


def versions_of(one: Bulletin) -> tuple[MachineVersion, ...]:
    """All that machines made of a bulletin, in the order in which they were made."""
    return (one.last if isinstance(one, Withdrawn) else one).versions


def latest_of(one: Bulletin, language: str) -> MachineVersion | None:
    """The last version made in a language."""
    return next((each for each in reversed(versions_of(one)) if each.made.language == language), None)


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A version that waits for a person."""

    bulletin: str
    version: MachineVersion

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, each once."""
        severe = (one.message for one in self.version.made.findings if one.severity is Severity.SEVERE)
        return tuple(dict.fromkeys(severe))


def held(now: Replayed) -> Iterator[Held]:
    """The versions that wait, of texts that stand or are to; one of a later version of the same text is left out."""
    for bulletin, one in sorted(now.bulletins.items()):
        if isinstance(one, Withdrawn):
            continue
        texts = texts_that_stand(one)
        last: dict[tuple[str, str], MachineVersion] = {}
        for each in one.versions:
            if each.made.text in texts and each.taken_back is None:
                last[each.made.language, each.made.text] = each
        for each in last.values():
            if each.waits:
                yield Held(bulletin=bulletin, version=each)


def texts_that_stand(one: Waiting | Standing) -> set[str]:
    """The digests of the texts of a bulletin that stand, or are to."""
    version = _approved(one)
    own = [] if version is None else [version]
    if isinstance(one, Standing):
        own.append(one.issue.version)
    return {each.own.digest for each in own if each.own is not None}


def found(now: Replayed, version_id: str) -> tuple[Bulletin, MachineVersion]:
    """A version by its id, or its first characters. Raises `NotFound`, or `BadInput` where several begin so."""
    every = [
        (one, each)
        for one in now.bulletins.values()
        for each in versions_of(one)
        if version_id and each.id.startswith(version_id)
    ]
    if not every:
        raise NotFound(f"there is no version '{version_id[:40]}'; 'tizim bulletin held' names those that wait")
    if len(every) > 1:
        raise BadInput(f"{len(every)} versions begin with '{version_id}': write more of it")
    return every[0]
