"""What of the bulletins was published by a moment, in the language of whoever reads."""

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from markupsafe import Markup

from tizim.answer.official import parts_of
from tizim.answer.subjects import Clusters
from tizim.domain.bulletin_facts import ActFacts, Facts, Named, NewsFacts, list_of
from tizim.domain.bulletins import NOTHING, Issue, Standing, Withdrawn, as_known, in_language, version_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.domain.versions import MachineVersion
from tizim.errors import Broken
from tizim.publish.bulletins.texts import Text, text_of
from tizim.publish.site import Site
from tizim.register.view import View


class Mark(enum.StrEnum):
    """How a version in a language came about."""

    ORIGINAL = "original"
    """an editor's own words"""
    TEMPLATE = "template"
    """filled in from the facts"""
    MACHINE = "machine"
    """made of an editor's own words by an engine, and checked"""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An issue in one language: its mark, its text, and the facts as the register still holds them."""

    mark: Mark
    text: Text
    facts: Facts
    language: str
    """of the text: the main one where there is nothing in the language of the page"""
    version: MachineVersion | None
    """made by machine, where that is what is shown"""
    is_older: bool
    """whether it was made of a text that was changed since"""
    waits: bool
    """whether a version in the language of the page waits for a person"""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A published bulletin in one language, as pages and feeds take it."""

    id: str
    kind: str
    list: str
    subjects: tuple[str, ...]
    """public ids of the subjects named"""
    day: dt.date
    """of the act, or of the newer copy"""
    published_at: dt.datetime
    """of the first issue"""
    corrected_at: dt.datetime | None
    """of the last correction"""
    mark: Mark
    title: Markup
    paragraphs: tuple[Markup, ...]
    address: str
    main_language: str
    text_language: str
    """of title and text: the main one where there is nothing in the language of the page"""
    decision: str
    """id of the decision entered here that it tells of; empty: none"""

    @property
    def updated_at(self) -> dt.datetime:
        """When it last said something new."""
        return self.corrected_at or self.published_at


def published(
    view: View,
    site: Site,
    as_of: AsOf,
    *,
    list_id: str = "",
    subject: str = "",
    skip: int = 0,
    most: int | None = None,
) -> tuple[Told, ...]:
    """The bulletins published by the moment of knowing about days up to the day asked for, the last first.

    *list_id* takes those about one list or a part of it, *subject* (an id or a record) those that name it, *most*
    that many of them after the newest *skip*. Withdrawn ones are not among them.
    """
    found = known_about(view, site, as_of, list_id=list_id, subject=subject)
    standing = [one for one in found if isinstance(one, Standing)]
    standing = standing[skip : None if most is None else skip + most]
    facts = as_held(view, [one.issue.version.facts for one in standing])
    return tuple(_told(site, one, own) for one, own in zip(standing, facts, strict=True))


def known_about(
    view: View, site: Site, as_of: AsOf, *, list_id: str = "", subject: str = ""
) -> Sequence[Standing | Withdrawn]:
    """The bulletins that readers had, about one list or a part of it, about a subject, or all. An answer rests on
    those about the list or the subject, whatever else was published.
    """
    if not list_id and not subject:
        return known(site, as_of)
    with view.aside():
        found = known(site, as_of)
    if list_id:
        for one in {list_id, *parts_of(view, ListId(list_id))}:
            view.rests_on("B", one)
    elif subject:
        for one in _records_of(view, as_of, subject):
            view.rests_on("B", one)
    return about(view, as_of, found, list_id=list_id, subject=subject)


def told_by(one: Standing | Withdrawn) -> set[str]:
    """The list and the records that a bulletin is about."""
    facts = version_of(one).facts
    own = list_of(facts)
    return {*([own] if own else ()), *(record for named in facts.named for record in named.records)}


def about(
    view: View, as_of: AsOf, found: Sequence[Standing | Withdrawn], *, list_id: str = "", subject: str = ""
) -> Sequence[Standing | Withdrawn]:
    """Those about one list or a part of it, and those that name a subject (an id or a record); else all."""
    if list_id:
        lists = {list_id, *parts_of(view, ListId(list_id))}
        found = [one for one in found if list_of(version_of(one).facts) in lists]
    if subject:
        own = _records_of(view, as_of, subject)
        found = [
            one for one in found if any(not own.isdisjoint(named.records) for named in version_of(one).facts.named)
        ]
    return found


def known(site: Site, as_of: AsOf) -> list[Standing | Withdrawn]:
    """The bulletins as readers had them at the moment of knowing, about days up to the day asked for."""
    found = [own for one in site.bulletins if (own := as_known(one, as_of)) is not None]
    upto = [one for one in found if _day(one) <= as_of.valid_at]
    return sorted(upto, key=lambda one: (_standing(one).first.published.at, one.id), reverse=True)


def telling_of_decisions(site: Site, as_of: AsOf) -> dict[str, str]:
    """The ids of the bulletins published about decisions entered here, by the decisions' ids."""
    found = {}
    for one in known(site, as_of):
        if isinstance(one, Standing):
            facts = one.issue.version.facts
            if isinstance(facts, ActFacts) and facts.decision:
                found[facts.decision] = one.id
    return found


def written(view: View, site: Site, one: Standing, issue: Issue) -> Written:
    """An issue in the language of the site: an editor's own words in the main language, else what machines made of
    them, else by template.
    """
    (facts,) = as_held(view, [issue.version.facts])
    return _written(site, one, issue, facts)


def as_held(view: View, many: Sequence[Facts]) -> list[Facts]:
    """The facts without names that the register holds no more: what was withheld is not told by bulletins either."""
    records = {record for facts in many for one in facts.named for record in one.records}
    held: dict[str, set[str]] = defaultdict(set)
    for row in view.names_of(records):
        held[row.subject].add(row.text)
    return [_held(facts, held) for facts in many]


def _held(facts: Facts, held: Mapping[str, set[str]]) -> Facts:
    def own(one: Named) -> Named:
        names = set().union(*(held.get(record, ()) for record in one.records)) | {one.subject}
        attested = tuple(name for name in one.attested if name.text in names)
        name = one.name if one.name in names else ""
        return msgspec.structs.replace(one, name=name, attested=attested)

    def all_of(many: Iterable[Named]) -> tuple[Named, ...]:
        return tuple(map(own, many))

    if isinstance(facts, ActFacts):
        return msgspec.structs.replace(facts, subject=own(facts.subject))
    if isinstance(facts, NewsFacts):
        return msgspec.structs.replace(facts, subjects=all_of(facts.subjects))
    came = msgspec.structs.replace(facts.came, named=all_of(facts.came.named))
    missing = msgspec.structs.replace(facts.missing, named=all_of(facts.missing.named))
    return msgspec.structs.replace(facts, came=came, missing=missing)


def _records_of(view: View, as_of: AsOf, subject: str) -> set[str]:
    clusters = Clusters(view, as_of)
    return {key for start in (subject, f"ledger:{subject}") for key in clusters.of(start)[0]}


def _standing(one: Standing | Withdrawn) -> Standing:
    if isinstance(one, Standing):
        return one
    if not isinstance(one.last, Standing):  # what was never published was never known
        raise TypeError(one.id)
    return one.last


def _day(one: Standing | Withdrawn) -> dt.date:
    return dt.date.fromisoformat(_standing(one).issue.version.facts.day)


def _written(site: Site, one: Standing, issue: Issue, facts: Facts) -> Written:
    words, version = site.words, issue.version
    there = NOTHING if version.language == words.code else in_language(_up_to(one, issue), words.code)
    # Where the facts make a text of their own, it is newer than a translation of what was said before.
    if there.version is not None and (isinstance(facts, NewsFacts) or not there.is_older):
        made = Text(
            title=words.data(there.version.title, words.code),
            paragraphs=tuple(words.data(part, words.code) for part in there.version.paragraphs),
        )
        return Written(
            mark=Mark.MACHINE, text=made, facts=facts, language=words.code, version=there.version,
            is_older=there.is_older, waits=there.waits,
        )  # fmt: skip
    if not isinstance(facts, NewsFacts) and (version.own is None or version.language != words.code):
        return Written(
            mark=Mark.TEMPLATE, text=text_of(words, facts), facts=facts, language=words.code, version=None,
            is_older=False, waits=there.waits,
        )  # fmt: skip
    if version.own is None:  # refused where steps are read
        raise Broken(f"bulletin {one.id} has no words")
    own = Text(
        title=words.data(version.own.title, version.language),
        paragraphs=tuple(words.data(part, version.language) for part in version.own.paragraphs),
    )
    return Written(
        mark=Mark.ORIGINAL, text=own, facts=facts, language=version.language, version=None, is_older=False,
        waits=there.waits,
    )  # fmt: skip


def _up_to(one: Standing, issue: Issue) -> Standing:
    """The bulletin as it was while an issue of it stood."""
    return msgspec.structs.replace(one, corrections=one.corrections[: one.issues.index(issue)])


def mark_in(one: Standing, language: str) -> Mark:
    """How the text came about that readers of a language see."""
    version = one.issue.version
    if version.own is None or language == version.language:
        return Mark.TEMPLATE if version.own is None else Mark.ORIGINAL
    there = in_language(one, language)
    is_news = isinstance(version.facts, NewsFacts)
    if there.version is not None and (is_news or not there.is_older):
        return Mark.MACHINE
    return Mark.ORIGINAL if is_news else Mark.TEMPLATE


def _told(site: Site, one: Standing, facts: Facts) -> Told:
    made = _written(site, one, one.issue, facts)
    return Told(
        id=one.id, kind=facts.kind, list=list_of(facts), subjects=tuple(named.subject for named in facts.named),
        day=_day(one), published_at=one.first.published.at,
        corrected_at=one.issue.published.at if one.corrections else None, mark=made.mark, title=made.text.title,
        paragraphs=made.text.paragraphs, address=site.to.bulletin(one.id), main_language=one.issue.version.language,
        text_language=made.language,
        decision=facts.decision if isinstance(facts, ActFacts) else "",
    )  # fmt: skip
