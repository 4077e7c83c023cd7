"""One bulletin: how its version came about, its text, the facts it is made of, its other versions and corrections."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from tizim.answer.evidence import designations
from tizim.domain.bulletin_facts import CopyFacts, Facts, Turnover
from tizim.domain.bulletins import Issue, Standing, Withdrawn, as_known, version_of
from tizim.domain.dates import AsOf, Basis
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId
from tizim.errors import NotFound
from tizim.publish.bulletins import Mark, Written, what_changed, wire, written
from tizim.publish.bulletins.texts import call, list_called
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.statements import Row, row
from tizim.publish.vocabulary import BULLETIN_MARK
from tizim.publish.words import LANGUAGES, words
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
    own_version = written(view, site, found.issue)
    facts = own_version.facts
    main = LANGUAGES[found.issue.version.language]
    issues = [found.first, *(one.issue for one in found.corrections)]
    return made(
        "bulletin", site, as_of, here_of("bulletin", found.id), own_version.text.title,
        values={
            "one": found,
            "issue": found.issue,
            "mark_word": own.say(BULLETIN_MARK[own_version.mark.value]),
            "is_template": own_version.mark is Mark.TEMPLATE,
            "is_in_main": main.code == own.code,
            "main": own.data(main.name, main.code),
            "main_address": to.in_language(main.code).bulletin(found.id),
            "main_code": main.code,
            "paragraphs": own_version.text.paragraphs,
            "list": own.link(to.list(facts.on.id), list_called(own, facts.on)),
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
            "earlier": [(one, written(view, site, one).text) for one in issues[:-1]],
            "versions": _versions(site, found),
            **_facts_used(view, site, as_of, facts),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, bulletin_id: str) -> dict[str, Any]:
    """The bulletin, its facts and all its issues as JSON values, in the language of the page."""
    found = find(site, as_of, bulletin_id)
    if isinstance(found, Withdrawn):
        return {"id": found.id, "withdrawn_at": wire.instant(found.withdrawn.at), "reason": found.reason}
    issues = [found.first, *(one.issue for one in found.corrections)]
    reasons: list[str | None] = [None, *(one.reason for one in found.corrections)]
    last = written(view, site, found.issue)
    return {
        "id": found.id, "kind": last.facts.kind, "language": site.words.code,
        "main_language": found.issue.version.language,
        "issues": [
            _issue_json(site, issue, reason, written(view, site, issue))
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
        "mark": one.mark.value, "title": text(one.text.title), "text": [text(part) for part in one.text.paragraphs],
    }  # fmt: skip


def _later(site: Site, found: Standing) -> bool:
    """Whether it was corrected or withdrawn since the moment of knowing that was asked for."""
    if not site.to.asked.known_at:
        return False
    now = AsOf(valid_at=site.now.date(), known_at=site.now, basis=Basis.RECORDED)
    return any(one.id == found.id and as_known(one, now) != found for one in site.bulletins)


def _versions(site: Site, found: Standing) -> list[tuple[str, str, str, Markup]]:
    """Address, language, its name, and how the version came about, for the other languages."""
    version = found.issue.version
    return [
        (
            site.to.in_language(one.code).bulletin(found.id), one.code, one.name,
            site.words.say(BULLETIN_MARK["original" if version.own and version.language == one.code else "template"]),
        )
        for one in LANGUAGES.values()
        if one.code != site.words.code and (words(one.code).has_catalogue or one.code == version.language)
    ]  # fmt: skip


def _facts_used(view: View, site: Site, as_of: AsOf, facts: Facts) -> dict[str, Any]:
    """What the text is made of: statements with their places, or two documents and the entries that differ."""
    own, to = site.words, site.to
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
