"""One bulletin: how its version came about, its text, the facts it is made of, its other versions and corrections."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec
from markupsafe import Markup

from tizim.answer.evidence import designations
from tizim.domain.bulletin_facts import CopyFacts, Facts, NewsFacts, Turnover
from tizim.domain.bulletins import Issue, Standing, Withdrawn, as_known, version_of
from tizim.domain.dates import AsOf, Basis
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId
from tizim.domain.versions import MachineVersion
from tizim.errors import Broken, NotFound
from tizim.publish.bulletins import Mark, Written, mark_in, what_changed, wire, written
from tizim.publish.bulletins.texts import call, list_called
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.statements import Row, row
from tizim.publish.vocabulary import BULLETIN_MARK
from tizim.publish.words import LANGUAGES, is_spoken
from tizim.register.view import View


def page(view: View, site: Site, as_of: AsOf, bulletin_id: str) -> Page:
    """The bulletin of an id as it was known. Raises `NotFound` where nothing of it was published by then."""
    found = find(site, as_of, bulletin_id)
    if isinstance(found, Withdrawn):
        return made(
            "bulletin_withdrawn", site, as_of, here_of("bulletin", found.id),
            site.words.say("Bulletin {id} was withdrawn", id=site.words.machine(found.id)),
            values={"one": found, "reason": site.words.data(found.reason, version_of(found).language)},
        )  # fmt: skip
    own, to = site.words, site.to
    own_version = written(view, site, found, found.issue)
    facts = own_version.facts
    main = LANGUAGES[found.issue.version.language]
    issues = found.issues
    return made(
        "bulletin", site, as_of, here_of("bulletin", found.id), own_version.text.title,
        values={
            "one": found,
            "issue": found.issue,
            "mark_word": own.say(BULLETIN_MARK[own_version.mark.value]),
            "is_template": own_version.mark is Mark.TEMPLATE,
            "is_own": own_version.mark is Mark.ORIGINAL,
            "is_missing": own_version.language != own.code,
            "machine": None if own_version.version is None else _machine(site, found, own_version),
            "waits": own_version.waits,
            "is_in_main": main.code == own.code,
            "main": own.data(main.name, main.code),
            "main_address": to.in_language(main.code).bulletin(found.id),
            "main_code": main.code,
            "paragraphs": own_version.text.paragraphs,
            "list": own.link(to.list(facts.on.id), list_called(own, facts.on)) if facts.on is not None else None,
            "language": own.data(LANGUAGES[own.code].name, own.code),
            "later": _later(site, found),
            "corrections": [
                {
                    "on": one.issue.published,
                    "said": [
                        own.say("The reason given: {reason}", reason=own.data(one.reason, main.code)),
                        *what_changed(own, before.version, one.issue.version),
                    ],
                }
                for one, (before, _) in zip(found.corrections, pairwise(issues), strict=True)
            ],
            "earlier": [(one, written(view, site, found, one).text) for one in issues[:-1]],
            "versions": _versions(site, found),
            **_facts_used(view, site, as_of, facts),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, bulletin_id: str) -> dict[str, Any]:
    """The bulletin, its facts and all its issues as JSON values, in the language of the page."""
    found = find(site, as_of, bulletin_id)
    if isinstance(found, Withdrawn):
        return {"id": found.id, "withdrawn_at": wire.instant(found.withdrawn.at), "reason": found.reason}
    issues = found.issues
    reasons: list[str | None] = [None, *(one.reason for one in found.corrections)]
    last = written(view, site, found, found.issue)
    return {
        "id": found.id, "kind": last.facts.kind, "language": site.words.code,
        "main_language": found.issue.version.language,
        "issues": [
            _issue_json(site, issue, reason, written(view, site, found, issue))
            for issue, reason in zip(issues, reasons, strict=True)
        ],
        "facts": wire.facts(last.facts),
    }  # fmt: skip


def find(site: Site, as_of: AsOf, bulletin_id: str) -> Standing | Withdrawn:
    """The bulletin as readers had it. Raises `NotFound`; what waits is told apart from nothing by nobody."""
    for one in site.bulletins:
        if one.id == bulletin_id and (own := as_known(one, as_of)) is not None:
            return own
    raise NotFound(f"no bulletin {bulletin_id} was published by then")


def _issue_json(site: Site, issue: Issue, reason: str | None, one: Written) -> dict[str, Any]:
    text = site.words.text
    return {
        "published_at": wire.instant(issue.published.at), "correction_because": reason,
        "mark": one.mark.value, "text_language": one.language, "title": text(one.text.title),
        "text": [text(part) for part in one.text.paragraphs],
        "machine": None if one.version is None else wire.machine(one.version, is_older=one.is_older),
        "version_waits": one.waits,
    }  # fmt: skip


def _later(site: Site, found: Standing) -> bool:
    """Whether it was corrected or withdrawn since the moment of knowing that was asked for."""
    if not site.to.asked.known_at:
        return False
    now = AsOf(valid_at=site.now.date(), known_at=site.now, basis=Basis.RECORDED)
    return any(one.id == found.id and _said(as_known(one, now)) != _said(found) for one in site.bulletins)


def _said(one: Standing | Withdrawn | None) -> object:
    """What was said, without the versions that machines made of it: those change nothing."""
    return msgspec.structs.replace(one, versions=()) if isinstance(one, Standing) else one


def _machine(site: Site, found: Standing, one: Written) -> dict[str, Any]:
    """How a version by machine was made, what its checks found, and whether it is older than the original."""
    words, version = site.words, one.version
    if version is None:
        raise Broken(f"bulletin {found.id} has no version by machine")
    engine = version.made.engine
    if version.made.engine_version:
        engine = f"{engine} {version.made.engine_version}"
    said = [
        words.say(
            "Translated from {language} by {engine} on {day}. Errors are possible: read the original before relying on"
            " it.",
            language=words.data(LANGUAGES[version.made.source_language].name, version.made.source_language),
            engine=words.machine(engine), day=words.time(version.made.at.date()),
        ),
        *_mended(site, version),
        *_checked(site, version),
    ]  # fmt: skip
    if one.is_older:
        said.append(
            words.say(
                "It is older than the original of {day}, and says what was published before.",
                day=words.time(found.issue.published.at.date()),
            )
        )  # fmt: skip
    return {"said": said}


def _mended(site: Site, version: MachineVersion) -> list[Markup]:
    words, mended = site.words, version.mended
    if mended is None:
        return []
    return [
        words.say(
            "{editor} corrected it by hand on {day}.", editor=words.data(mended.by), day=words.time(mended.at.date())
        )
    ]


def _checked(site: Site, version: MachineVersion) -> list[Markup]:
    words = site.words
    small = len(version.made.findings) - len(version.severe)
    if version.released is not None:
        return [
            words.count(
                "Names, numbers, dates and terms were compared with the original: {n} grave difference was found.",
                "Names, numbers, dates and terms were compared with the original: {n} grave differences were found.",
                len(version.severe),
            ),
            words.say(
                "{editor} looked at it and released it on {day}. The reason given: {reason}",
                editor=words.data(version.released.by), day=words.time(version.released.at.date()),
                reason=words.data(version.released.reason),
            ),
        ]  # fmt: skip
    if small:
        return [
            words.count(
                "Names, numbers, dates and terms were compared with the original: {n} small difference was found.",
                "Names, numbers, dates and terms were compared with the original: {n} small differences were found.",
                small,
            )
        ]  # fmt: skip
    return [words.say("Names, numbers, dates and terms were compared with the original: nothing was found.")]


def _versions(site: Site, found: Standing) -> list[tuple[str, str, str, Markup]]:
    """Address, language, its name, and how the version came about, for the other languages."""
    version = found.issue.version
    marks = {code: mark_in(found, code) for code in LANGUAGES}
    return [
        (
            site.to.in_language(one.code).bulletin(found.id), one.code, one.name,
            site.words.say(BULLETIN_MARK[marks[one.code].value]),
        )
        for one in LANGUAGES.values()
        if one.code != site.words.code
        and (marks[one.code] is not Mark.ORIGINAL or one.code == version.language)  # else it is the same text
        and (is_spoken(one.code) or one.code == version.language)
    ]  # fmt: skip


def _facts_used(view: View, site: Site, as_of: AsOf, facts: Facts) -> dict[str, Any]:
    """What the text is made of: statements with their places, or two documents and the entries that differ."""
    own, to = site.words, site.to
    if isinstance(facts, NewsFacts):
        called = [own.link(to.subject(one.subject), call(own, one)) for one in facts.subjects]
        return {
            "rows": (), "gone": [], "subject": own.listed(called) if called else None, "decision": "", "copies": (),
            "came": None, "missing": None,
        }  # fmt: skip
    if isinstance(facts, CopyFacts):
        return {
            "rows": (), "gone": (), "subject": None, "decision": "",
            "copies": [
                own.link(to.document(one.document), own.say("the copy of {day}", day=own.time(one.day)))
                for one in (facts.before, facts.after)
            ],
            "came": _entries(site, facts.came), "missing": _entries(site, facts.missing),
        }  # fmt: skip
    told: dict[str, Designation] = {
        one.id: one
        for one in designations(view, as_of, subjects=facts.subject.records, lists=[ListId(facts.on.id)])
    }  # fmt: skip
    rows: list[Row] = [
        row(own, to, told[each.statement]) for each in facts.rests_on if each.statement in told
    ]  # fmt: skip
    return {
        "rows": rows, "gone": [own.machine(one.statement) for one in facts.rests_on if one.statement not in told],
        "subject": own.link(to.subject(facts.subject.subject), call(own, facts.subject)),
        "decision": facts.decision, "copies": (), "came": None, "missing": None,
    }  # fmt: skip


def _entries(site: Site, side: Turnover) -> dict[str, Any]:
    own, to = site.words, site.to
    shown: Sequence[Markup] = [
        own.link(to.subject(one.subject), own.name(one.name) if one.name else own.say("(withheld)"))
        for one in side.named
    ]
    return {"names": shown, "rest": side.count - len(shown)}
