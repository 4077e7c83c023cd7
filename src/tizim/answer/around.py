"""What copies of a list around a day say of its units: which of them they show, and under which headline."""

import bisect
import datetime as dt
from collections.abc import Sequence

from tizim.answer.evidence import Copies, of_copies
from tizim.answer.sheets import Group, Unit
from tizim.domain.listing import Evidence
from tizim.register.view import Doc, Headline, View


class _Place:
    """Where a day stands among the copies of a line; days as ISO text, empty and -1 where there is no copy."""

    def __init__(self, view: View, copies: Copies, day: dt.date) -> None:
        self.source = copies.source
        self.line = line = copies.line
        self.is_whole = len(line.docs) == view.readings_held(copies.source)
        """whether all copies that are held were known"""
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


class Around:
    """The copies of some lines around a day, and what they say of the units of a list."""

    def __init__(self, view: View, copies: Sequence[Copies], day: dt.date) -> None:
        self._valid_at = day
        self._day = day.isoformat()
        self._places = [_Place(view, one, day) for one in copies]
        self._by_source = {one.source: one for one in self._places}

    def knows(self, row: Headline) -> bool:
        """Whether any copy known shows the headline."""
        place = self._by_source.get(row.source)
        if place is None:
            return False
        if place.is_whole:
            return True
        first, end = place.line.within(row.first, row.last)
        return first < end

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

    def evidence(self, unit: Unit, speaking: Sequence[str]) -> list[Evidence]:
        """What the copies say of a unit; *speaking* are the lines whose absences count although they never show it."""
        found: list[Evidence] = []
        known = [row for row in unit.rows if self.knows(row)]
        for place in self._places:
            own = [row for row in known if row.source == place.source]
            spans = tuple({span: None for one in unit.entries if one.source == place.source for span in one.spans})
            elsewhere = not own and bool(known) and place.source in speaking
            printed = {row.listed_on for row in own}
            found += of_copies(place.line, spans if own else (), printed, self._valid_at, elsewhere=elsewhere)
        return found

    def shows(self, group: Group) -> bool | None:
        """Whether copies have a group on the list on the day, or leave open whether they do; ``None`` where that is
        for the rules of ``domain.listing`` to say. A property test holds the two together.

        Only evidence next to the day decides: the last up to it, and the first after it.
        """
        unit = group.first
        known = [row for row in unit.rows if self.knows(row)]
        if not known:
            return False
        last, is_missing = "", False
        following, is_seen_after = "", False
        for place in self._places:
            spans: Sequence[tuple[int, int]] = ()
            if any(row.source == place.source for row in known):
                for one in unit.entries:
                    if one.source == place.source:
                        spans = (*spans, *one.spans) if spans else one.spans
            elif place.source not in group.speaking:
                continue
            before, seen_before, after, seen_after = place.speaking(spans)
            if before:
                if before > last:
                    last, is_missing = before, not seen_before
                elif before == last:
                    is_missing = is_missing or not seen_before
            if after:
                if not following or after < following:
                    following, is_seen_after = after, seen_after
                elif after == following:
                    is_seen_after = is_seen_after or seen_after
        begun, begins = "", ""
        for row in known:
            printed = row.listed_on
            if not printed:
                continue
            if len(printed) != len(self._day):
                return None  # a day inside a month or a year
            if printed <= self._day:
                begun = max(begun, printed)
            else:
                begins = min(begins, printed) if begins else printed
        came_after = bool(following) and is_seen_after and (not begins or following < begins)
        if begun > last:
            return True  # printed since the last copy
        if not last:
            return came_after
        return not is_missing or (last != self._day and came_after)
