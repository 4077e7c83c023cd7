"""What figures say: whole sentences for those who hear a picture, words for its key, its caption and its table."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from tizim.domain.acts import Action
from tizim.domain.designations import Designation
from tizim.domain.listing import Status
from tizim.domain.solar import solar
from tizim.publish.figures.marks import Sign, sign_of
from tizim.publish.figures.places import Tick
from tizim.publish.figures.timeline import Fill, Lane, Row, Seen
from tizim.publish.vocabulary import ACTION, PLACES, STATUS
from tizim.publish.words import Words


class Say:
    """The words of figures in one language.

    *statement* gives the address of a statement's page, *list_name* the name of a list in the page's language;
    without them, sources are not linked and lists are called as in the register.
    """

    def __init__(
        self,
        words: Words,
        *,
        statement: Callable[[str], str] | None = None,
        list_name: Callable[[Lane], Markup] | None = None,
    ) -> None:
        self.words = words
        self.mirrored = words.direction == "rtl"
        self._statement = statement
        self._list_name = list_name

    # -- lanes -----------------------------------------------------------------------------------

    def list_name(self, lane: Lane) -> Markup:
        """The name of the lane's list."""
        return self._list_name(lane) if self._list_name is not None else self.words.data(lane.official.name)

    def keeper(self, lane: Lane) -> Markup:
        """Who keeps the lane's list."""
        place = PLACES.get(lane.official.jurisdiction)
        return self.words.data(lane.official.jurisdiction) if place is None else self.words.say(place)

    def state(self, lane: Lane) -> Markup:
        """The state in words, as it stands beside the lane's mark."""
        words, now = self.words, lane.state
        if now is None and not lane.copies_without:
            return words.say_in("state", "nothing known by that day")
        if now is not None and now.status is Status.NOT_OBSERVED and now.last_observed is not None:
            return words.say("listed, not observed since {day}", day=words.day(now.last_observed))
        return self.sign(sign_of(now))

    def sign(self, sign: Sign) -> Markup:
        """The word of a sign."""
        words = self.words
        if sign is Sign.ENDED_ON_UNKNOWN_DAY:
            return words.say_in("state", "ended, day unknown")
        if sign is Sign.OVERDUE:
            return words.say_in("state", "review overdue")
        if sign is Sign.DISAGREEMENT:
            return words.say_in("state", "sources disagree")
        return words.say(STATUS[Status(sign.value)])

    def lane(self, lane: Lane) -> str:
        """The whole lane in sentences: who, state, from when to when, evidence and doubt."""
        return " ".join(self.words.text(one) for one in self._sentences(lane))

    def _sentences(self, lane: Lane) -> Iterator[Markup]:
        words = self.words
        say = words.say
        yield say(
            "{keeper}, {list}. State on {day}: {state}.", keeper=self.keeper(lane), list=self.list_name(lane),
            day=words.day(lane.now), state=self.state(lane),
        )  # fmt: skip
        for one in lane.periods:
            yield from self._period(one.since, one.ended, one.end_status)
        if not lane.periods and any(bar.fill is Fill.DOUBT for bar in lane.bars):
            yield say("When it began is not known.")
        if lane.overdue is not None and lane.state is not None:
            yield say("A review was due by {day}; none is on record.", day=words.day(lane.state.review_due))
        if lane.first_copy is not None and lane.last_copy is not None:
            yield from self._copies(lane, lane.first_copy, lane.last_copy)
        acts = sum(row.kind is Seen.ACT for row in lane.rows)
        told = sum(row.kind in {Seen.REPORTED, Seen.TOLD, Seen.MOOTED} and row.by is not None for row in lane.rows)
        if acts:
            yield words.count("{n} statement comes from the text of an act.",
                              "{n} statements come from the text of an act.", acts)  # fmt: skip
        if told:
            yield words.count("{n} statement rests on no act that is held here.",
                              "{n} statements rest on no act that is held here.", told)  # fmt: skip
        if lane.undated:
            yield words.count("{n} statement has no date and is not drawn.",
                              "{n} statements have no date and are not drawn.", lane.undated)  # fmt: skip
        if lane.later:
            yield words.count("{n} piece of evidence is of a later day and is not drawn.",
                              "{n} pieces of evidence are of later days and are not drawn.", lane.later)  # fmt: skip

    def _period(self, since: str, ended: str, status: Status) -> Iterator[Markup]:
        words = self.words
        say = words.say
        if since.startswith("../"):
            yield say("Seen on the list first {when}; when it began is not known.", when=words.on(since[3:]))
        elif since:
            yield say("Listed {when}.", when=words.on(since))
        else:
            yield say("When it began is not known.")
        if ended and status is Status.EXPIRED:
            yield say("Its term ended {when}, and no renewal is on record.", when=words.on(ended))
        elif ended and "/" in ended:
            yield say("It ended {when}, on a day not known.", when=words.day(ended))
        elif ended:
            yield say("It ended {when}.", when=words.on(ended))

    def _copies(self, lane: Lane, first: dt.date, last: dt.date) -> Iterator[Markup]:
        words = self.words
        days = {"first": words.day(first), "last": words.day(last)}
        if lane.copies_with and first == last:
            yield words.say("The one copy known, of {day}, shows it.", day=words.day(first))
        elif lane.copies_with:
            yield words.count("{n} copy shows it, among those from {first} to {last}.",
                              "{n} copies show it, among those from {first} to {last}.",
                              lane.copies_with, **days)  # fmt: skip
        if lane.copies_without and not lane.copies_with and first == last:
            yield words.say("The one copy known, of {day}, has no entry.", day=words.day(first))
        elif lane.copies_without:
            yield words.count("{n} copy has no entry, among those from {first} to {last}.",
                              "{n} copies have no entry, among those from {first} to {last}.",
                              lane.copies_without, **days)  # fmt: skip

    # -- axis, key, caption ----------------------------------------------------------------------

    def tick(self, tick: Tick) -> str:
        """The label of a tick: a year, or a month with its year where the year is new."""
        if tick.by_month:
            return self.words.date_text(f"{tick.day:%Y-%m}")
        return self.words.date_text(f"{tick.day:%Y}")

    def second_tick(self, tick: Tick) -> tuple[dt.date, str] | None:
        """The new year's day of the Solar Hijri year that begins in a tick's year, where readers date by it."""
        if not self.words.language.solar or tick.by_month:
            return None
        for day in range(19, 24):
            date = dt.date(tick.day.year, 3, day)
            found = solar(date)
            if found is not None and found[1:] == (1, 1):
                return date, self.words.digits(str(found[0]))
        return None

    def count_of_copies(self, n: int) -> str:
        """The count beside marks that overlap."""
        return self.words.text(self.words.count("{n} copy", "{n} copies", n))

    def number(self, n: int) -> str:
        """A number, in the digits of the language."""
        return self.words.text(self.words.number(n))

    def signed(self, added: int, gone: int) -> str:
        """How many came and went: +4, −1, or both. The signs stand before the numbers in every direction."""
        parts = [f"\u200e+{self.number(added)}"] if added else []
        return " ".join([*parts, f"\u200e−{self.number(gone)}"] if gone else parts)

    def key(self, of: str) -> Markup:
        """The words of an item of the key."""
        say = self.words.say
        match of:
            case "sure":
                return say("listed, shown by a dated document before and after")
            case "carried":
                return say("listed, carried forward: no newer document")
            case "doubt":
                return say("the change lies somewhere in here")
            case "paused":
                return say("suspended")
            case "annulled":
                return say("annulled by a court, not seen taken off")
            case "acts":
                return say("act held · act reported, not seen")
            case "copies":
                return say("a copy shows it · a copy does not")
            case "told":
                return say("said by others to be on the list")
            case "mooted":
                return say("proposed")
            case "overdue":
                return say("review overdue")
        raise AssertionError(of)  # pragma: no cover - the figure asks for no others

    def caption(self, day: dt.date, learned_later: int) -> Markup:
        """What the marks mean, and what the picture does not show."""
        words = self.words
        said = [
            words.say("Bars show what documents support, not what is supposed between them."),
            words.say("The upright line is {day}, the day asked for.", day=words.day(day)),
        ]
        if learned_later:
            said.append(
                words.count("{n} statement that bears on it was learned since then and is not drawn.",
                            "{n} statements that bear on it were learned since then and are not drawn.", learned_later)
            )  # fmt: skip
        return Markup(" ").join(said)

    # -- the table -------------------------------------------------------------------------------

    def table_words(self) -> Mapping[str, Markup]:
        """Headings of the tables, and the words that open them."""
        say = self.words.say
        return {
            "open": say("The same as a table"), "list": say("List"), "when": say("When"), "what": say("What"),
            "source": say("Source"), "caption": say("Every mark of the figure, list by list"),
            "day": say("Day"), "added": say("Added"), "gone": say("Gone"),
            "changes": say("Changes of the list, the earliest first"),
        }  # fmt: skip

    def head(self, lane: Lane) -> Markup:
        """The heading of a lane's rows: many lists have the same name."""
        return self.words.say("{keeper}: {list}", keeper=self.keeper(lane), list=self.list_name(lane))

    def when(self, row: Row) -> Markup:
        """The date of a row. Copies were seen *from … to …*, where an act happened *between … and …*."""
        first, slash, last = row.when.partition("/")
        if slash and row.by is None and row.kind in {Seen.SEEN, Seen.MISSING}:
            return self.words.say("from {first} to {last}", first=self.words.day(first), last=self.words.day(last))
        return self.words.day(row.when)

    def row(self, row: Row) -> Markup:
        """What a row of the table says was done or seen."""
        words = self.words
        if row.by is None and row.kind is Seen.SEEN:
            return words.count("{n} copy shows it", "{n} copies show it", row.count)
        if row.by is None and row.kind is Seen.MISSING:
            return words.count("{n} copy has no entry", "{n} copies have no entry", row.count)
        if row.by is None:
            return words.say("date of listing, as copies of the list print it")
        done = words.say(ACTION[row.action or Action.ON_LIST])
        if row.kind is Seen.ACT:
            return words.say("{what} (act held)", what=done)
        if row.kind is Seen.REPORTED:
            return words.say("{what} (reported, act not seen)", what=done)
        return done

    def source(self, by: Designation | None) -> Markup:
        """On whose word: the source's title, linked to the statement where that has a page."""
        if by is None:
            return self.words.say("the list itself")
        title = self.words.data(by.source_title or by.provenance.title)
        return title if self._statement is None else self.words.link(self._statement(str(by.id)), title)
