"""What of the bulletins was published by a moment, in the language of whoever reads."""

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from markupsafe import Markup

from tizim.answer.official import parts_of
from tizim.answer.subjects import Clusters
from tizim.domain.bulletin_facts import ActFacts, CopyFacts, Facts, Named
from tizim.domain.bulletins import Issue, Standing, Withdrawn, as_known, version_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.publish.bulletins.texts import Text, text_of
from tizim.publish.site import Site
from tizim.register.view import View


class Mark(enum.StrEnum):
    """How a version in a language came about. Translations by machine will be a third."""

    ORIGINAL = "original"
    """an editor's own words"""
    TEMPLATE = "template"
    """filled in from the facts"""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An issue in one language: its mark, its text, and the facts as the register still holds them."""

    mark: Mark
    text: Text
    facts: Facts


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
    found = about(view, as_of, known(site, as_of), list_id=list_id, subject=subject)
    standing = [one for one in found if isinstance(one, Standing)]
    standing = standing[skip : None if most is None else skip + most]
    facts = as_held(view, [one.issue.version.facts for one in standing])
    return tuple(_told(site, one, own) for one, own in zip(standing, facts, strict=True))


def about(
    view: View, as_of: AsOf, found: Sequence[Standing | Withdrawn], *, list_id: str = "", subject: str = ""
) -> Sequence[Standing | Withdrawn]:
    """Those about one list or a part of it, and those that name a subject (an id or a record); else all."""
    if list_id:
        lists = {list_id, *parts_of(view, ListId(list_id))}
        found = [one for one in found if version_of(one).facts.on.id in lists]
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


def written(view: View, site: Site, issue: Issue) -> Written:
    """An issue in the language of the site: an editor's own words in the main language, else made by template."""
    (facts,) = as_held(view, [issue.version.facts])
    return _written(site, issue, facts)


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


def _written(site: Site, issue: Issue, facts: Facts) -> Written:
    words, version = site.words, issue.version
    if version.own is None or version.language != words.code:
        return Written(mark=Mark.TEMPLATE, text=text_of(words, facts), facts=facts)
    own = Text(
        title=words.data(version.own.title, version.language),
        paragraphs=tuple(words.data(part, version.language) for part in version.own.paragraphs),
    )
    return Written(mark=Mark.ORIGINAL, text=own, facts=facts)


def _told(site: Site, one: Standing, facts: Facts) -> Told:
    made = _written(site, one.issue, facts)
    return Told(
        id=one.id, kind=facts.kind, list=facts.on.id, subjects=tuple(named.subject for named in facts.named),
        day=_day(one), published_at=one.first.published.at,
        corrected_at=one.issue.published.at if one.corrections else None, mark=made.mark, title=made.text.title,
        paragraphs=made.text.paragraphs, address=site.to.bulletin(one.id), main_language=one.issue.version.language,
        decision="" if isinstance(facts, CopyFacts) else facts.decision,
    )  # fmt: skip
