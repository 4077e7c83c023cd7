"""What copies of a list around a day say of its units: which of them they show, and under which headline."""

import bisect
import datetime as dt
from collections.abc import Sequence
from typing import Final

from tizim.answer.evidence import Copies, Edges, edges_of
from tizim.answer.sheets import Group, printed_days
from tizim.domain.dates import AsOf
from tizim.domain.listing import Evidence
from tizim.register.view import Doc, Headline, View


class _Place:
    """Where a day stands among the copies of a line; days as ISO text, empty and -1 where there is no copy."""

    def __init__(self, view: View, copies: Copies, day: dt.date) -> None:
        self.source = copies.source
        self.line = line = copies.line
        self.is_whole = len(line.docs) == view.readings_held(copies.source)
        """whether all copies that are held were known"""
        self.has_complete = copies.has_complete
        """whether any copy known shows all entries: of the others a missing row says nothing"""
        self.index = bisect.bisect_right(line.days, day)
        """of the first copy after the day"""
        before, first_after = line.around(day)
        # Of several copies of one day the last speaks for the end of that day.
        after = None if first_after is None else line.around(first_after.day)[0]
        self.before = "" if before is None else before.day.isoformat()
        self.moment_before = -1 if before is None else before.moment
        self._after = "" if after is None else after.day.isoformat()
        self.moment_after = -1 if after is None else after.moment
        self._is_partial = (before is not None and not before.complete) or (after is not None and not after.complete)

    def speaking(self, spans: Sequence[tuple[int, int]]) -> tuple[str, bool, str, bool]:
        """The day of the last copy up to the day that says whether it has an entry with *spans*, and whether it has;
        and those of the first one after it. Exports limited to a part say nothing of what they lack.
        """
        before, after = self.moment_before, self.moment_after
        seen_before = seen_after = False
        for first, last in spans:
            seen_before = seen_before or first <= before <= last
            seen_after = seen_after or first <= after <= last
        if not self._is_partial:
            return self.before, seen_before, self._after, seen_after
        docs = self.line.docs

        def says(doc: Doc) -> bool:
            return doc.complete or any(first <= doc.moment <= last for first, last in spans)

        held = next((docs[place] for place in range(self.index - 1, -1, -1) if says(docs[place])), None)
        ahead = None
        for place in range(self.index, len(docs)):
            doc = docs[place]
            if ahead is not None and doc.day != ahead.day:
                break
            if says(doc):
                ahead = doc
        return (
            "" if held is None else held.day.isoformat(), _has(spans, held),
            "" if ahead is None else ahead.day.isoformat(), _has(spans, ahead),
        )  # fmt: skip


def _has(spans: Sequence[tuple[int, int]], doc: Doc | None) -> bool:
    return doc is not None and any(first <= doc.moment <= last for first, last in spans)


_KNOWN: Final = 128
"""sets of copies whose edges are remembered"""


class Around:
    """The copies of some lines around a day, and what they say of the units of a list."""

    def __init__(self, view: View, copies: Sequence[Copies], as_of: AsOf) -> None:
        self._valid_at = day = as_of.valid_at
        self._day = day.isoformat()
        self._places = [_Place(view, one, day) for one in copies]
        self._by_source = {one.source: one for one in self._places}
        # What does not depend on the day is remembered for all days, with its group, lest another takes its place.
        key = tuple((one.source, *(doc.id for doc in one.line.docs)) for one in copies)
        self._edges: dict[int, tuple[Group, tuple[Edges, ...]]] = view.shared.recent("edges", key, dict, _KNOWN)
        self._are_whole = all(one.is_whole for one in self._places)

    def knows(self, row: Headline) -> bool:
        """Whether any copy known shows the headline."""
        place = self._by_source.get(row.source)
        if place is None:
            return False
        if place.is_whole:
            return True
        first, end = place.line.within(row.first, row.last)
        return first < end

    def known(self, rows: tuple[Headline, ...]) -> tuple[Headline, ...]:
        """Those of the headlines that any copy known shows."""
        return rows if self._are_whole else tuple(row for row in rows if self.knows(row))

    def bears(self, row: Headline) -> bool:
        """Whether a headline that is known says anything of the day: a copy around it shows it, or prints a date
        that may begin it.
        """
        place = self._by_source[row.source]
        if row.first <= place.moment_before <= row.last or row.first <= place.moment_after <= row.last:
            return True
        # Of a date of which only the year or month is printed nobody knows on which side of the copy it lies.
        eve = f"{int(place.before[:4]) - 1:04d}-~" if place.before else ""
        begins = eve < row.listed_on <= self._day
        return begins and (len(row.listed_on) < len(self._day) or row.listed_on > place.before)

    def nearest(self, rows: Sequence[Headline], *, together: bool) -> Headline:
        """Of headlines of one unit the one that a copy before the day shows, else the newest; where one line shows
        all *together*, that of the copy after the day comes before the newest.
        """
        if together:
            place = self._by_source[rows[0].source]
            for moment in (place.moment_before, place.moment_after):
                for row in rows:
                    if row.first <= moment <= row.last:
                        return row
            return max(rows, key=lambda row: row.first)
        return max(rows, key=lambda row: (self._shown_on(row), row.first))

    def _shown_on(self, row: Headline) -> dt.date:
        """The day of the last copy up to the day that shows the headline; before all days if there is none."""
        place = self._by_source[row.source]
        first, end = place.line.within(row.first, row.last)
        last = min(end, place.index) - 1
        return place.line.days[last] if first <= last else dt.date.min

    # -- what copies say -------------------------------------------------------------------------

    def evidence(self, group: Group) -> list[Evidence]:
        """What the copies say of the units of a group."""
        key = id(group)
        kept = self._edges.get(key)
        if kept is None or kept[0] is not group:
            kept = self._edges[key] = (group, self._edges_of(group))
        return [item for one in kept[1] for item in one.upto(self._valid_at)]

    def _edges_of(self, group: Group) -> tuple[Edges, ...]:
        found = []
        unit = group.first
        known = self.known(unit.rows)
        for place in self._places:
            own = [row for row in known if row.source == place.source]
            spans = tuple({span: None for one in unit.entries if one.source == place.source for span in one.spans})
            elsewhere = not own and bool(known) and place.source in group.speaking
            printed = {row.listed_on for row in own}
            found.append(edges_of(place.line, spans if own else (), printed, elsewhere=elsewhere))
        return tuple(found)

    def shows(self, group: Group) -> bool | None:
        """Whether copies have a group on the list on the day, or leave open whether they do; ``None`` where that is
        for the rules of ``domain.listing`` to say. A property test holds the two together.

        Only evidence next to the day decides: the last up to it, and the first after it.
        """
        spans_by_line, printed = group.spans, group.printed
        if not self._are_whole:
            known = self.known(group.first.rows)
            if not known:
                return False
            own = {row.source for row in known}
            spans_by_line = {line: spans for line, spans in spans_by_line.items() if line in own}
            spans_by_line |= {line: () for line in group.speaking if line not in own}
            printed = printed_days(known)
        if printed is None:
            return None  # a day inside a month or a year
        last, is_missing = "", False
        following, is_seen_after = "", False
        for line, spans in spans_by_line.items():
            place = self._by_source.get(line)
            if place is None or not (spans or place.has_complete):
                continue
            before, seen_before, after, seen_after = place.speaking(spans)
            if before > last:
                last, is_missing = before, not seen_before
            elif before and before == last:
                is_missing = is_missing or not seen_before
            if after and (not following or after < following):
                following, is_seen_after = after, seen_after
            elif after and after == following:
                is_seen_after = is_seen_after or seen_after
        begun, begins = "", ""
        for day in printed:
            if day <= self._day:
                begun = day
            else:
                begins = day
                break
        came_after = is_seen_after and (not begins or following < begins)
        if begun > last:
            return True  # printed since the last copy
        if not last:
            return came_after
        return not is_missing or (last != self._day and came_after)
