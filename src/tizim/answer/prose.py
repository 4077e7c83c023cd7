"""Answers in English sentences, for terminals: what documents support, and nothing more.

Wording rules: no yes or no; list, act and day in the same sentence; a gap is told as a gap; what
rests on a judgement says whose. Every function returns lines.
"""

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from tizim.answer.ask import Answer, Elsewhere, is_overtaken
from tizim.answer.changes import Difference
from tizim.answer.conflicts import Conflict
from tizim.answer.days import day, on, since
from tizim.answer.history import History, OnList
from tizim.answer.members import Member, Members
from tizim.answer.overview import Overview
from tizim.domain.acts import Action
from tizim.domain.dates import AsOf, Basis, PartialDate
from tizim.domain.designations import Designation
from tizim.domain.listing import ENDED, Evidence, ListingState, Mark, Status
from tizim.domain.lists import OfficialList
from tizim.domain.measures import MeasureKind
from tizim.domain.statements import Statement

_WIDTH = 96
_OPEN = Status.UNKNOWN


def times(at: AsOf) -> str:
    """The line that says which two times an answer stands for."""
    known = (
        f"{day(at.known_at.date())} {at.known_at:%H:%M} UTC" if at.basis is Basis.RECORDED else day(at.known_at.date())
    )
    reading = (
        f"as recorded in this register by {known}"
        if at.basis is Basis.RECORDED
        else f"as published by {known}, by the sources' own dates"
    )
    return f"As of the end of {day(at.valid_at)}, {reading}."


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )  # fmt: skip


# -- ask ---------------------------------------------------------------------------------------------


def answer(found: Answer) -> list[str]:
    """The whole answer of ``ask``."""
    name, where = found.subject.main_name, found.list
    lines = [*_wrapped(f"{name} on {_list_name(where)}", ""), *_wrapped(times(found.as_of), "")]
    if where.begins is not None and found.as_of.valid_at < where.begins:
        before = f": until then, {where.before}" if where.before else ""
        lines += _wrapped(f"This list exists under this name since {day(where.begins)}{before}.", "")
    for title, body in (
        ("An entry of its own", _own(found)),
        ("Associated entries", _associated(found)),
        ("Names that are not it", _collisions(found)),
        ("What binds on this list", _binds(found)),
        ("Other lists that hold it", _elsewhere([e for e in found.held_elsewhere if e.state.status is not _OPEN])),
        (
            "Other lists, not known for that day",
            _elsewhere([e for e in found.held_elsewhere if e.state.status is _OPEN]),
        ),
        ("Proposed elsewhere", _elsewhere(found.proposed)),
        ("Lists that held it and do not", _elsewhere(found.held_before)),
        ("Where sources disagree", _conflicts(found.conflicts)),
        ("Who says so", _statements(found, later=False)),
        ("Of later days", _statements(found, later=True)),
        ("What we could not see", _unseen(found)),
    ):
        if body:
            lines += ["", title, *body]
    return lines


def _own(found: Answer) -> list[str]:
    name = found.subject.main_name
    if found.own is None or found.own_state is None:
        later = _first_later(found)
        return [*_wrapped(_none(found, name)), *(_wrapped(later) if later else [])]
    lines = _wrapped(state_sentence(name, found.own, found.own_state, _list_name(found.own.official)))
    if found.own_state.carrier:
        lines += _wrapped(
            f"It has no entry of its own there: it stands as an alias inside the entry of {found.own_state.carrier}."
        )
    elif (listed := found.own_state.name or found.own.name) and listed.casefold() != name.casefold():
        lines += _wrapped(f"As listed: “{listed}”.")
    if days := _later_ends(found):
        lines += _wrapped(f"Other sources give a later day, {' or '.join(map(day, days))}: see where sources disagree.")
    for change in _scope_changes(found.own, found.as_of.valid_at):
        lines += _wrapped(change)
    if found.own_state.overdue:
        lines += _wrapped(f"A review was due by {day(found.own_state.review_due)}; none is on record here.")
    if len(found.own.periods) > 1:
        spans = "; ".join(_period(p.since, p.ended) for p in found.own.periods)
        lines += _wrapped(f"Listing periods: {spans}.")
    if found.judgements and found.own.references:
        lines += _wrapped(
            f"That {', '.join(found.own.references)} is {name} rests on the judgement of"
            f" {', '.join(sorted({_author(j.author) for j in found.judgements}))}."
        )
    return lines


def _later_ends(found: Answer) -> list[str]:
    """Days after the day asked for that other sources give for an end that is told as past."""
    if found.own_state is None or found.own_state.status is not Status.DELISTED:
        return []
    asked = found.as_of.valid_at.isoformat()
    told = (s for one in found.conflicts if one.about == "day" for s in one.statements)
    return sorted({s.date for s in told if s.action is Action.DELISTED and s.date > asked})


def _period(since: str, ended: str) -> str:
    return f"from {day(since)}" + (f" to {day(ended)}" if ended else "")


def _none(found: Answer, name: str) -> str:
    if not found.copies:
        if found.statements:
            return f"Nothing held here has {name} on this list by {day(found.as_of.valid_at)}."
        return f"No copy of this list is held here, and no statement known ties {name} to it."
    copy = found.copies[0]
    if copy.count == 1:
        return f"The one copy known, of {day(copy.first)}, has no entry for {name}."
    text = f"No entry for {name} in any of the {copy.count} copies known, from {day(copy.first)} to {day(copy.last)}."
    if copy.before and copy.after:
        text += f" The copy before that day ({day(copy.before)}) and the one after ({day(copy.after)}) have none."
    elif copy.after:
        text += f" The first copy known is of {day(copy.after)}: later than the day asked for."
    elif copy.before:
        text += f" The newest is of {day(copy.before)}; what stood there after it is not known here."
    return text


def _first_later(found: Answer) -> str:
    """What a statement says of a later day, where nothing is held for the day asked for."""
    later = sorted(
        s.date for s in found.statements
        if s.verified and s.date > found.as_of.valid_at.isoformat() and s.action is Action.LISTED
    )  # fmt: skip
    return f"It was listed later: {day(later[0])}." if later else ""


def state_sentence(name: str, one: OnList, now: ListingState, where: str) -> str:
    """One sentence for a state: list, number, since when, by what act, and how far the evidence reaches."""
    number = f" under {', '.join(one.references)}" if one.references else ""
    act = _act(one, (Action.LISTED, Action.AMENDED, Action.RENEWED, Action.ON_LIST))
    begun = f", {_since(now.since)}" if now.since else ""
    match now.status:
        case Status.LISTED:
            return f"{where} holds {name}{number}{begun}{act}."
        case Status.AMENDED:
            return f"{where} holds {name}{number}, as amended{begun}{act}."
        case Status.RENEWED:
            return f"{where} holds {name}{number}, as renewed{begun}{act}."
        case Status.NOT_OBSERVED:
            seen = ""
            if (
                now.last_observed
                and str(now.last_observed) not in now.since
                and _latest(now.since) != now.last_observed
            ):
                seen = f" last seen there {on(now.last_observed)};"
            rest = "no newer document shows it or takes it off"
            return f"{where} listed {name}{number} {_begun(now.since)}{act};{seen} {rest}."
        case Status.UNKNOWN if now.ended:
            return (
                f"{where} listed {name}{number}{act}, and it ended {day(now.ended)}, on a day not known:"
                " the state on the day asked for is unknown."
            )
        case Status.UNKNOWN if pause := _later_pause(one, now):
            done = "suspended" if pause.mark is Mark.PAUSED else "annulled by a court"
            return (
                f"{where} listed {name}{number} {_begun(now.since)}{act}, and the listing was {done}"
                f" {day(f'{now.last_observed}/{pause.latest}')}, on a day not known:"
                " whether that was so on the day asked for is unknown."
            )
        case Status.UNKNOWN if "/" in now.since and not now.since.startswith(".."):
            missing, _, seen = now.since.partition("/")
            return (
                f"{name} came onto {where}{number} after the copy of {day(missing)}, which has it not, and by that of"
                f" {day(seen)}, which has it: the state on the day asked for is unknown."
            )
        case Status.UNKNOWN:
            return (
                f"{name} was seen on {where}{number} only later{_first_seen(one)}; when that began is not known here."
            )
        case Status.SUSPENDED:
            told = _act(one, (Action.SUSPENDED,), now.since)
            return f"The listing on {where} is suspended {since(now.since)}{told}; it stands."
        case Status.ANNULLED:
            return (
                f"A court annulled the listing {on(now.since)}{_act(one, (Action.ANNULLED,), now.since)};"
                " annulment is not removal,"
                f" and nothing held here takes it off {where}."
            )
        case Status.DELISTED:
            return f"Taken off {where} {_ended(now.ended or now.since)}{_act(one, (Action.DELISTED,))}."
        case Status.EXPIRED:
            return f"Its term on {where} ended {on(now.ended or now.since)}, and no renewal is on record here."
        case Status.SUPERSEDED:
            return f"Replaced by another entry on {where} {on(now.ended or now.since)}."
        case Status.ABSENT:
            if now.ended:
                seen, _, missing = now.ended.partition("/")
                return (
                    f"Missing from the copy of {day(missing)}{number}; last seen in that of {day(seen)}."
                    " No act has been seen that takes it off."
                )
            return f"No entry seen on {where} up to that day."
        case Status.PROPOSED:
            return (
                f"Proposed for {where} {on(now.since)}{_act(one, (Action.PROPOSED,))}; no decision is on record here."
            )
    raise AssertionError(now.status)  # pragma: no cover - the words above are all there are


def _later_pause(one: OnList, now: ListingState) -> Evidence | None:
    """The suspension or annulment after the last evidence of a listing, of which only a bound is known."""
    last = now.last_observed
    if last is None or now.since.rpartition("/")[2] > last.isoformat():
        return None  # it was not yet on the list
    later = (e for e in one.evidence if e.latest is not None and e.latest > last and e.mark is not Mark.PROPOSED)
    nearest = min(later, key=lambda e: (e.latest or dt.date.max, e.mark), default=None)
    return nearest if nearest is not None and nearest.mark in {Mark.PAUSED, Mark.ANNULLED} else None


def _latest(since: str) -> dt.date | None:
    text = since.rpartition("/")[2]
    return PartialDate.parse(text).latest if text else None


def _first_seen(one: OnList) -> str:
    days = sorted(e.text.removeprefix("../") for e in one.evidence if e.text)
    return f", {on(days[0])}" if days else ", on a day not given"


def _since(text: str) -> str:
    if text.startswith("../"):
        return f"seen there first {on(text[3:])}"
    return f"begun {day(text)}" if "/" in text else f"since {day(text)}"


def _begun(text: str) -> str:
    if not text:
        return "on a day not known"
    return f"by {day(text[3:])}" if text.startswith("../") else on(text)


def _ended(text: str) -> str:
    return (
        day(text) + (" (the day is not known)" if text.startswith("../") else ", on a day not known")
        if "/" in text
        else on(text)
    )


def _act(one: OnList, actions: Sequence[Action], date: str = "") -> str:
    """By whose act, as far as a statement names one; *date* sets apart the acts of other days."""
    told = sorted(
        (s for s in one.statements if s.verified and s.action in actions and (not date or s.date == date)),
        key=lambda s: (
            actions.index(s.action),
            s.source_class.rank,
            not s.act.text,
            not s.decided_by,
            s.date,
        ),
    )
    deciders = {
        s.decided_by.partition("(")[0].strip().casefold(): s.decided_by
        for s in reversed(told)
        if s.decided_by and not s.decided_by.lower().startswith(_NOT_NAMED)
    }
    act = next((s.act.text for s in told if s.act.text), "")
    if len(deciders) > 1:
        return f"; who decided is not settled{f' ({act})' if act else ''}"
    if deciders:
        decided = next(iter(deciders.values()))
        return f", decided by {decided} ({act})" if act else f", decided by {decided}, as reported; no act seen"
    return f", under {act}" if act else ""


def _scope_changes(one: OnList, valid_at: dt.date) -> Iterator[str]:
    """Amendments and proposals that say what the entry covers."""
    for s in sorted(one.statements, key=lambda s: s.date):
        when = s.when
        if not s.verified or when.latest is None or when.latest > valid_at:
            continue
        who = f" by {s.announced_by or s.decided_by}" if (s.announced_by or s.decided_by) else ""
        note = f": {s.note}" if s.note else ""
        if s.action is Action.AMENDED:
            name = "" if one.state is not None and s.name == one.state.name else f" to “{s.name}”"
            yield f"Amended {on(s.date)}{name}{who}{note} ({s.source_title})."
        elif s.action is Action.PROPOSED and s.name:
            rest = "what came of it is told only by other statements"
            yield f"Proposed {on(s.date)} for “{s.name}”{who}{note}; {rest} ({s.source_title})."


def _associated(found: Answer) -> list[str]:
    if not found.associated:
        return []
    regime = [one.member for one in found.associated if found.regime]
    kinds = Counter(one.kind for one in regime)
    lines = []
    if regime:
        words = Counter(one.status for one in regime)
        states = ", ".join(f"{count} {_status_word(status)}" for status, count in sorted(words.items()))
        counted = [(kinds["person"], "persons"), (kinds["organisation"], "entities")]
        who = " and ".join(f"{count} {word}" for count, word in counted if count)
        lines += _wrapped(f"{len(regime)} entries stand under the regime that names it: {who} ({states}).")
        if found.copies and found.as_of.valid_at < found.copies[0].first:
            lines += _wrapped(
                f"Entries that were gone by the first copy, {day(found.copies[0].first)}, are not among them."
            )
    printed = [one for one in found.associated if one.printed]
    if printed:
        own = ", ".join(found.own.references) if found.own else "its number"
        lines += _wrapped(f"{len(printed)} entries print a relation to {own}.")
    shown = (
        [one.member for one in found.associated if one.member.kind == "organisation"][:8]
        if regime
        else [one.member for one in printed[:8]]
    )
    lines += [f"    {one.reference}  {one.name}"[:_WIDTH] for one in shown]
    rest = len(found.associated) - len(shown)
    if rest:
        more = f"and {rest} more" if shown else "Each of them"
        lines.append(f"    {more}: tizim show {found.list.id} --as-of {found.as_of.valid_at}")
    return lines


def _status_word(status: Status) -> str:
    return "not observed since" if status is Status.NOT_OBSERVED else status.value


def _collisions(found: Answer) -> list[str]:
    if not found.collisions:
        return ["  No other subject of a like name is known here."]
    lines = []
    for one in found.collisions[:8]:
        number = f", {one.reference}," if one.reference else ""
        lines += _wrapped(f"{one.name}{number} is another subject: {one.reason}.")
    if len(found.collisions) > 8:
        lines.append(f"    and {len(found.collisions) - 8} more (--json lists them)")
    return lines


def _binds(found: Answer) -> list[str]:
    """The measures of the list; whom they bind is said where the subject is not among those listed."""
    lines = []
    name = found.subject.main_name
    if found.measures and (found.own_state is None or found.own_state.status in ENDED):
        lines += _wrapped(f"This binds those who are listed; nothing held here has {name} among them on that day.")
    for one in found.measures:
        word = "Exempt" if one.kind is MeasureKind.EXEMPTION else "Measure"
        note = "" if one.verified else " [general knowledge, source not seen]"
        begins = f", {since(one.valid_from)}" if one.valid_from else ""
        lines += _wrapped(f"{word}: {one.what} ({one.scope}){begins}, {one.act.text}.{note}")
    return lines


def _elsewhere(found: Sequence[Elsewhere]) -> list[str]:
    lines = []
    for one in sorted(found, key=lambda one: (_whose(one.on.official), one.on.list)):
        name = _list_name(one.on.official)
        sentence = state_sentence("it", one.on, one.state, name)
        if not sentence.startswith(name):
            sentence = sentence[:1].lower() + sentence[1:]
        sentence = f"{_whose(one.on.official).removesuffix(name)}{sentence}"
        sources = sorted({s.source_title for s in one.on.statements if s.verified})
        told = f" [{'; '.join(sources[:2])}{' …' if len(sources) > 2 else ''}]" if sources else ""
        lines += _wrapped(f"{sentence[:1].upper()}{sentence[1:]}{told}")
    return lines


def _conflicts(found: Sequence[Conflict]) -> list[str]:
    lines = []
    for one in found:
        lines += _wrapped(f"{one.question} {one.reading}")
        lines += [line for s in one.statements for line in _statement(s)]
    return lines


def _statements(found: Answer, *, later: bool) -> list[str]:
    """Statements not told among the conflicts already, in the order of their days."""
    told = {s.id for one in found.conflicts for s in one.statements}
    limit = found.as_of.valid_at.isoformat()
    rest = [s for s in found.statements if s.verified and s.id not in told and (s.date > limit) == later]
    rest.sort(key=lambda s: (s.date or "~", s.source_class.rank, s.source_title))
    return [line for s in rest for line in _statement(s)]


def _author(name: str) -> str:
    """Whose judgement it is: the ledger is a thing, all others are called by their names."""
    return "the ledger" if name == "ledger" else name


def _list_name(official: OfficialList) -> str:
    """What a list is called, with its id: in one pair of brackets where the name ends in one."""
    name, list_id = official.name, official.id
    if name == list_id:
        return name
    return f"{name[:-1]}; {list_id})" if name.endswith(")") else f"{name} ({list_id})"


def _whose(official: OfficialList) -> str:
    """A list of another country, by the country."""
    place = _PLACES.get(official.jurisdiction, "")
    return f"{place}: {_list_name(official)}" if place else _list_name(official)


_PLACES = {
    "AE": "United Arab Emirates", "AR": "Argentina", "AU": "Australia", "BD": "Bangladesh", "BY": "Belarus",
    "CA": "Canada", "CN": "China", "CSTO": "Collective Security Treaty Organization", "DE": "Germany", "EG": "Egypt",
    "EU": "European Union", "GB": "United Kingdom", "ID": "Indonesia", "IL": "Israel", "IN": "India",
    "KG": "Kyrgyzstan", "KZ": "Kazakhstan", "NZ": "New Zealand", "PH": "Philippines", "PK": "Pakistan",
    "PY": "Paraguay", "RU": "Russia", "SA": "Saudi Arabia", "SCO": "Shanghai Cooperation Organisation",
    "TJ": "Tajikistan", "TR": "Turkey", "UN": "United Nations", "US": "United States", "UZ": "Uzbekistan",
}  # fmt: skip


def _statement(s: Designation) -> list[str]:
    when = _stated(s)
    by = f", {_decider(s)}" if s.decided_by else ""
    told = f", told by {s.announced_by}" if s.announced_by else ""
    act = f", {s.act.text}" if s.act.text else ""
    held = "" if s.provenance.held else "; document not held here"
    return textwrap.wrap(
        f"{s.action.value.replace('_', ' ')} {when}{by}{told}{act} — {s.source_title} [{s.source_class.name}{held}]",
        _WIDTH, initial_indent="    · ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _decider(s: Designation) -> str:
    """Who decided, or did what the statement tells, as its source names them."""
    if s.decided_by.lower().startswith(_NOT_NAMED):
        rest = s.decided_by[len(_NOT_NAMED) :].strip()
        return f"by whom is not said {rest}".strip()
    return f"{'by' if s.action in _NO_DECISION else 'decided by'} {s.decided_by}"


_NOT_NAMED = "not named"
_NO_DECISION = frozenset({Action.APPEALED, Action.PROPOSED})


def _stated(s: Designation) -> str:
    if not s.date:
        return "on a day not given"
    if s.precision == "between" and s.date_until:
        return f"between {day(s.date)} and {day(s.date_until)}"
    if s.precision == "before":
        return f"before {day(s.date)}"
    return day(s.date)


def _unseen(found: Answer) -> list[str]:
    lines: list[str] = []
    for copy in found.copies:
        if copy.before and copy.after:
            if copy.before != found.as_of.valid_at:
                lines += _wrapped(
                    f"Between the copies of {day(copy.before)} and {day(copy.after)} nothing of this list is held here."
                )
        elif copy.before and copy.before != found.as_of.valid_at and not is_overtaken(copy, found.copies):
            lines += _wrapped(f"No copy after {day(copy.before)} was known.")
        elif copy.after and not copy.before and not any(other.before for other in found.copies):
            lines += _wrapped(f"No copy before {day(copy.after)} is held here.")
        missing = copy.count - copy.held
        if missing and copy.count > 1:
            which = f"All {copy.count} copies" if not copy.held else f"Of the {copy.count} copies, {missing}"
            lines += _wrapped(f"{which} are known by their facts only: the documents are not held here.")
        elif missing:
            lines += _wrapped("The copy is known by its facts only: the document is not held here.")
    if not found.copies:
        days = sorted(
            e.latest for s in found.statements for e in s.evidence if e.latest is not None
        )  # fmt: skip
        before = [d for d in days if d <= found.as_of.valid_at]
        after = [d for d in days if d > found.as_of.valid_at]
        if before and after:
            lines += _wrapped(
                f"No copy of this list is held; nothing speaks of it between {day(before[-1])} and {day(after[0])}."
            )
        elif before:
            told = [s.when.latest for s in found.statements if s.verified and not s.evidence and s.when.latest]
            since = [d for d in told if before[-1] < d <= found.as_of.valid_at]
            words = f"what is told later, up to {day(max(since))}, only repeats it or comments on it" if since else ""
            lines += _wrapped(
                f"No copy of this list is held; nothing known {'shows' if since else 'speaks of'} it after"
                f" {day(before[-1])}{f': {words}' if words else ''}."
            )
        elif after:
            lines += _wrapped(f"No copy of this list is held; nothing known speaks of it before {day(after[0])}.")
        else:
            lines += _wrapped("No copy of this list is held here; that a statement is missing proves nothing.")
    if found.stale:
        if found.last_observed:
            lines += _wrapped(f"What this rests on is old: the newest is of {day(found.last_observed)}.")
        else:
            lines += _wrapped("Nothing known speaks of this list on that day or before it.")
    return lines


# -- show, diff, history ------------------------------------------------------------------------------


def members(found: Members) -> list[str]:
    """The answer of ``show`` as a table."""
    lines = _wrapped(f"{found.list}: {len(found.members)} members. {times(found.as_of)}", "")
    if found.last_observed:
        lines.append(f"Rests on what was seen up to {day(found.last_observed)}{' (stale)' if found.stale else ''}.")
    if not found.members:
        return [*lines, "Nothing held here has a member of this list on that day."]
    rows = [(m.reference, m.name, _status(m), m.since) for m in found.members]
    return [*lines, "", *table(("reference", "name", "state", "since"), rows)]


def _status(one: Member) -> str:
    extra = ", review overdue" if one.overdue else ""
    inside = f" (alias in {one.carrier})" if one.carrier else ""
    return _status_word(one.status) + extra + inside


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widest: int = 60) -> list[str]:
    """Rows under a head, in columns as wide as their widest cell, up to *widest*."""
    widths = [min(widest, max(len(head[i]), *(len(row[i]) for row in rows))) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(cell[: widths[i]].ljust(widths[i]) for i, cell in enumerate(cells)).rstrip()

    return [line(head), line(["-" * width for width in widths]), *(line(row) for row in rows)]


def difference(found: Difference) -> list[str]:
    """The answer of ``diff``."""
    what = (
        f"the copies of {day(found.from_document)} and {day(found.to_document)}"
        if found.from_document
        else "the statements held (no copy of this list is held)"
    )
    lines = [
        f"{found.list} from {day(found.from_day)} to {day(found.to_day)}, by {what}.",
        (
            f"{len(found.added)} added, {len(found.gone)} gone, {len(found.amended)} amended."
            if found.amendments_compared
            else f"{len(found.added)} added, {len(found.gone)} gone; amendments are not compared."
        )
        + " A missing row is an absence, not a delisting.",
    ]
    for title, group in (("Added", found.added), ("Gone", found.gone), ("Amended", found.amended)):
        if group:
            lines += ["", title]
        for one in group:
            lines += _wrapped(f"{one.reference or one.subject}  {one.name}")
            for change in one.changes:
                lines += _wrapped(
                    f"{change.property}: {'; '.join(change.before) or '–'} → {'; '.join(change.after) or '–'}",
                    "      ",
                )
    return lines


def history(found: History) -> list[str]:
    """The answer of ``history``."""
    names = list(dict.fromkeys(row.text for row in found.subject.names))
    lines = [f"{found.subject.main_name} ({found.subject.id})", *_wrapped(times(found.as_of), "")]
    if names:
        more = f" and {len(names) - 8} more" if len(names) > 8 else ""
        lines += _wrapped(f"Names: {'; '.join(names[:8])}{more}", "")
    for judgement in found.subject.judgements:
        lines += _wrapped(f"{judgement.subject} is {judgement.same_as}: judgement of {_author(judgement.author)}.", "")
    for one in found.lists:
        lines += ["", f"{one.list}" + (f"  {', '.join(one.references)}" if one.references else "")]
        if one.state is not None:
            lines += _wrapped(state_sentence("it", one, one.state, _list_name(one.official)))
        for period in one.periods:
            lines += _wrapped(f"{_period(period.since, period.ended)}: {_status_word(period.end_status)}", "    ")
        if one.copies_with or one.copies_without:
            lines += _wrapped(f"in {one.copies_with} copies up to that day, missing from {one.copies_without}", "    ")
        lines += [line for s in one.statements for line in _statement(s)]
    return lines


def overview(found: Overview) -> list[str]:
    """The answer of ``lists``."""
    rows = [
        (
            one.official.id, one.official.name, str(one.members), str(one.copies), str(one.statements),
            f"{one.last_observed or '–'}{' (stale)' if one.stale else ''}",
        )
        for one in found.lists
    ]  # fmt: skip
    return [
        f"{len(found.lists)} lists. {times(found.as_of)}",
        "",
        *table(("list", "name", "members", "copies", "statements", "last observed"), rows, 56),
        "",
        *_wrapped(f"Nothing is held of: {', '.join(found.silent)}.", ""),
    ]


def records(found: Sequence[Statement]) -> list[str]:
    """Every statement that documents make, with its id, for ``history --statements``."""
    if not found:
        return []
    lines = ["", "What documents say of it"]
    for one in found:
        said = "(withheld)" if one.claim is None else one.claim.value
        extra = "; ".join(f"{key}: {value}" for key, value in one.claim.facets) if one.claim else ""
        span = (
            f"{one.first.date}"
            if one.documents == 1
            else f"{one.first.date} to {one.last.date}, {one.documents} copies"
        )
        lines += _wrapped(f"{one.property.value}: {said}{f' ({extra})' if extra else ''} [{span}] {one.id}", "    ")
    return lines
