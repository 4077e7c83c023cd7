"""What falls due for one subject on one list, and on what that rests."""

import datetime as dt
import enum
import functools
from collections.abc import Sequence

import msgspec

from tizim.answer.days import day as in_full
from tizim.answer.listings import Listing
from tizim.answer.printed import PrintedEnd
from tizim.answer.rules import DueRule, Origin, changed, in_words, stated_term
from tizim.domain.acts import EFFECT_OF, Action, Effect
from tizim.domain.dates import PartialDate, add_period
from tizim.domain.designations import Designation
from tizim.domain.listing import NOT_ENDED, ListingState, Mark, Status
from tizim.domain.lists import ListId, RuleKind
from tizim.domain.statements import StatementId
from tizim.errors import BadInput


class DueState(enum.StrEnum):
    """Where a day of the calendar stands on the day asked for."""

    DUE = "due"
    OVERDUE = "overdue"
    EXPIRES = "expires"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """that something falls due is known, when is not"""
    NONE = "none"
    """of a list: nothing falls due by its law"""


NO_REVIEW = "no review since the day it runs from is on record here"
NO_RENEWAL = "no renewal is on record here"


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What a day of the calendar rests on: a statement, or a date that a copy prints."""

    what: str
    """the action (``listed``, ``reviewed``) or the property printed (``listed_on``)"""
    date: str
    """as stated: an ISO date, partial or an interval"""
    statement: str
    """empty for a date printed by a copy of which only the headline was read"""
    source: str


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One day of the calendar, or the reason why there is none."""

    list: ListId
    subject: str
    """``list:ID`` for the review of a list as a whole"""
    reference: str
    name: str
    due: dt.date | None
    law: DueRule | None
    state: DueState
    status: Status | None
    """the state of the listing itself; ``None`` for a whole list"""
    rests_on: tuple[Ground, ...]
    reasons: tuple[str, ...]
    """what is to be known about the day; why there is none, where there is none"""
    members: int
    """how many entries it is about"""
    last_observed: dt.date | None
    """the newest day, up to the day asked for, on which anything speaks of it"""


class _Base(msgspec.Struct, frozen=True):
    """The last day from which a period runs."""

    day: dt.date
    grounds: tuple[Ground, ...]


def of_listing(
    listing: Listing,
    now: Sequence[DueRule],
    laws: Sequence[DueRule],
    printed: Sequence[PrintedEnd],
    list_id: ListId,
    day: dt.date,
) -> list[Due]:
    """What falls due for *listing* on *day*: by the rules in force *now*, by the term that an act states, and by the
    ends that copies print.
    """
    state = listing.state
    if state is None or (state.status is not Status.EXPIRED and state.status not in NOT_ENDED):
        return []
    at = _At(listing, state, laws, list_id, day)
    if state.status is Status.EXPIRED:
        return [at.expired()]
    # Two orders against one subject may end on the same day; it is one day of the calendar.
    found = list({end.value: at.printed(end) for end in printed}.values())
    term = at.term()
    if term is not None:
        found = [term, *(one for one in found if one.due is None or one.due != term.due)]
    laws_now, doubt = _applying(now, listing.statements)
    if doubt and not found:
        return [at.made(None, None, DueState.UNKNOWN, (), doubt)]
    for law in laws_now:
        if law.rule.kind is RuleKind.REVIEW:
            found.append(at.review(law))
        elif not any(one.law is not None and one.law.rule.kind is RuleKind.EXPIRY for one in found):
            found.append(at.expiry(law))
    return found


def _applying(now: Sequence[DueRule], statements: Sequence[Designation]) -> tuple[list[DueRule], str]:
    """The timed rules that apply to an entry, and why that cannot be told where the list has rules side by side.

    India's list holds bans of five years and a schedule without a term: the act cited tells them apart.
    """
    timed = [law for law in now if law.is_timed and law.rule.verified]
    others = [law for law in now if law.rule.kind is RuleKind.NONE]
    if not timed or (not others and len({law.rule.kind for law in timed}) == len(timed)):
        return timed, ""
    alternatives = [*timed, *others]
    acts = [one.act.text for one in statements if one.verified]
    cited = [law for law in alternatives if any(act.startswith(law.rule.legal_act) for act in acts)]
    if not cited:
        rules = "; ".join(f"{law.rule.legal_act}: {in_words(law)}" for law in alternatives)
        return [], f"the list has rules side by side, and nothing known says under which it stands ({rules})"
    return [law for law in cited if law.is_timed], ""


class _At:
    """One listing on one day."""

    def __init__(
        self, listing: Listing, state: ListingState, laws: Sequence[DueRule], list_id: ListId, day: dt.date
    ) -> None:
        self._listing = listing
        self._state = state
        self._laws = laws
        self._list = list_id
        self._day = day

    def made(
        self, on: dt.date | None, law: DueRule | None, state: DueState, grounds: Sequence[Ground], *reasons: str
    ) -> Due:
        """A `Due` of this listing."""
        return Due(
            list=self._list, subject=self._listing.subject, reference=self._listing.reference,
            name=self._listing.name, due=on, law=law, state=state, status=self._state.status, rests_on=tuple(grounds),
            reasons=tuple(text for text in reasons if text), members=1, last_observed=self._state.last_observed,
        )  # fmt: skip

    def base(self, *, before_expiry: bool = False) -> _Base | None:
        """The last day of listing or review up to the day, with all that give it; ``None`` if no day is known.

        *before_expiry*: of the listing that has expired, not of one that began after it.
        """
        told: list[tuple[dt.date, Designation]] = []
        ended = dt.date.min
        for one in self._listing.statements:
            latest = one.when.latest
            if not one.verified or latest is None or latest > self._day:
                continue
            if EFFECT_OF[one.action] is Effect.END and not (before_expiry and one.action is Action.EXPIRED):
                ended = max(ended, latest)
            elif EFFECT_OF[one.action] is Effect.BEGIN or one.action in _REVIEWING:
                told.append((latest, one))
        printed = [
            (day, what, text, row.source)
            for row in self._listing.rows
            for what, text in (("reviewed_on", row.reviewed_on), ("listed_on", row.listed_on))
            if text and (day := _latest(text)) <= self._day
        ]
        # What was before an end of the listing gives no day to the listing that followed it.
        days = [*(one[0] for one in told), *(one[0] for one in printed)]
        last = max((day for day in days if day > ended), default=None)
        if last is None:
            return None
        grounds = dict.fromkeys(ground(one) for latest, one in told if latest == last)
        grounds |= dict.fromkeys(
            Ground(what=what, date=text, statement="", source=source)
            for day, what, text, source in printed
            if day == last
        )
        return _Base(last, tuple(sorted(grounds, key=lambda one: (one.statement == "", one.what, one.statement))))

    def review(self, law: DueRule) -> Due:
        """The next review by a rule in force."""
        base = self.base()
        if base is None:
            return self.made(None, law, DueState.UNKNOWN, (), "no day of its listing or of a review is known by then")
        period_ends = add_period(base.day, law.rule.period)
        on = max(period_ends, law.begins)
        late = on < self._day
        return self.made(
            on, law, DueState.OVERDUE if late else DueState.DUE, base.grounds,
            NO_REVIEW if late else "",
            "its period was over before that rule began: it fell due with the rule" if period_ends < on else "",
            _inexact(base), changed(law, self._laws, on),
        )  # fmt: skip

    def expiry(self, law: DueRule) -> Due:
        """The end by a rule in force, of a listing that has not lapsed."""
        base = self.base()
        if base is None:
            return self.made(None, law, DueState.UNKNOWN, (), "no day of its listing or of a renewal is known by then")
        on = add_period(base.day, law.rule.period)
        if on < self._day:
            return self.made(None, law, DueState.UNKNOWN, base.grounds, self._outlived(on))
        return self.made(on, law, DueState.EXPIRES, base.grounds, _inexact(base), changed(law, self._laws, on))

    def term(self) -> Due | None:
        """The end of the term that an act states, if one is running or the listing has outlived it."""
        found = self._stated()
        if found is None:
            return None
        statement, on = found
        law = self._law_of(statement)
        if on < self._day:
            return self.made(None, law, DueState.UNKNOWN, [ground(statement)], self._outlived(on))
        return self.made(on, law, DueState.EXPIRES, [ground(statement)])

    def printed(self, end: PrintedEnd) -> Due:
        """The end that a copy prints."""
        law = stated_term(self._list, Origin.DOCUMENT, legal_act="", decides="", source=end.source)
        own = Ground(what="expires_on", date=end.value or "", statement=end.statement, source=end.source)
        if end.value is None:
            return self.made(None, law, DueState.UNKNOWN, [own], "the day that the list prints is withheld here")
        try:
            on = _latest(end.value)
        except BadInput:
            return self.made(None, law, DueState.UNKNOWN, [own], f"the list prints '{end.value}', which is no date")
        over = on <= self._day
        still = f"the copy of {end.copy} still shows it" if over and on < end.copy <= self._day else ""
        later = f"only a copy of a later day, {end.copy}, is known to print it" if end.copy > self._day else ""
        return self.made(on, law, DueState.EXPIRED if over else DueState.EXPIRES, [own], still, later)

    def expired(self) -> Due:
        """The end of a listing that lapsed: by a term, by a rule, or on the word of an act."""
        said = [
            one
            for one in self._listing.statements
            if one.verified and one.action is Action.EXPIRED and (latest := one.when.latest) and latest <= self._day
        ]
        told = [ground(one) for one in said]
        stated = self._stated()
        if stated is not None:
            on: dt.date | None = stated[1]
            law: DueRule | None = self._law_of(stated[0])
            grounds = [ground(stated[0]), *told]
        else:
            on = self._state.expires or _last_day(self._state.ended)
            base = self.base(before_expiry=True)
            by_law = next((one for one in self._laws if base and _ends(one, base.day) == on), None)
            law = by_law or (self._law_of(said[-1]) if said else None)
            grounds = [*(base.grounds if base and by_law else ()), *told]
        state = DueState.EXPIRES if on is not None and on > self._day else DueState.EXPIRED
        return self.made(on, law, state, grounds, "" if said else NO_RENEWAL)

    def _stated(self) -> tuple[Designation, dt.date] | None:
        """The statement of the last term that nothing up to the day shows to be outlived, and its last day."""
        if not self._listing.statements:
            return None
        by_id = {one.id: one for one in self._listing.statements}
        found: tuple[Designation, dt.date] | None = None
        dated = [(one.latest, one) for one in self._listing.evidence if one.latest and one.latest <= self._day]
        for latest, one in sorted(dated, key=lambda pair: (pair[0], pair[1].mark, pair[1].statement)):
            if one.mark not in _ON_LIST:
                continue
            if found is not None and latest >= found[1]:
                found = None
            if one.expires is not None and one.statement in by_id:
                found = by_id[StatementId(one.statement)], one.expires
        return found

    def _outlived(self, on: dt.date) -> str:
        """Why a listing that has not lapsed has no day, although its term would have ended before."""
        later = [
            (first, one.when.text)
            for one in self._listing.statements
            if one.verified and one.action in _REVIEWING and (first := one.when.earliest) and first > self._day
        ]
        known = f"; the next that is known is of {in_full(min(later)[1])}" if later else ""
        return (
            f"its term would have ended on {in_full(on)}, and what is known does not end it there: the renewal from"
            f" which its term runs is not held here{known}"
        )

    def _law_of(self, one: Designation) -> DueRule:
        """The term that a statement gives, as a rule."""
        return stated_term(
            self._list, Origin.ACT, legal_act=one.act.text, decides=one.decided_by or one.authority,
            source=one.source_title,
        )  # fmt: skip


_REVIEWING = frozenset({Action.REVIEWED, Action.RENEWED, Action.RETAINED})
_ON_LIST = frozenset({Mark.BEGUN, Mark.PRINTED, Mark.SEEN})


def ground(one: Designation) -> Ground:
    """A statement as the ground of a day."""
    return Ground(what=one.action.value, date=one.when.text, statement=one.id, source=one.source_title)


@functools.lru_cache(maxsize=8_192)
def _latest(text: str) -> dt.date:
    """The last day that a date as printed can mean."""
    return PartialDate.parse(text).latest


def _ends(law: DueRule, base: dt.date) -> dt.date | None:
    """When a listing of *base* ends by a rule, if the rule sets an end."""
    if law.rule.kind is not RuleKind.EXPIRY or not law.rule.period or not law.rule.verified:
        return None
    return add_period(base, law.rule.period)


def _inexact(base: _Base) -> str:
    """What is to be said of a day that its source gives only in part."""
    if any(len(one.date) == len("2024-06-03") for one in base.grounds):
        return ""
    return f"the day it runs from is given as {in_full(base.grounds[0].date)}: the last day of that counts"


def _last_day(text: str) -> dt.date | None:
    """The last day that a date or an interval can mean."""
    return PartialDate.parse(text.rpartition("/")[2]).latest if text else None
