"""From a record to claims, by the meanings that the plan gives to its columns."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.crossing import say_un_numbers
from tizim.sources.dates import years_in
from tizim.sources.entries import Making, each_once
from tizim.sources.table import days, names, vocabulary
from tizim.sources.table.layout import resolve
from tizim.sources.table.meanings import MEANINGS
from tizim.sources.table.plan import Plan
from tizim.sources.table.read import orders
from tizim.text import fold, one_line, script_of

_Orders = Mapping[str, days.Order]
_LONGEST_KEY: Final = 500


class Mapper:
    """Maps the rows of tables that one plan reads; keeps nothing between calls but what the plan says."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._meanings: dict[tuple[str, ...], dict[str, list[str]]] = {}
        self._wanted = plan.headers_of(*MEANINGS)
        self._by_reference = plan.has("reference")

    def map_record(self, record: Record) -> EntryReading:
        """One row by itself. Only all rows together show namesakes and the order of day and month."""
        return self._reading(record, self._cells(record), frozenset(), orders(self._plan, [record]))

    def readings(self, records: list[Record]) -> Iterator[EntryReading]:
        """Every row, each key once. Raises `SourceRefused` where two have one."""
        cells = [self._cells(record) for record in records]
        namesakes: frozenset[str] = frozenset()
        if not self._by_reference:
            counts = Counter(map(self._name_key, cells))
            namesakes = frozenset(key for key, count in counts.items() if count > 1)
        known = orders(self._plan, records)
        return each_once(
            self._reading(record, found, namesakes, known) for record, found in zip(records, cells, strict=True)
        )

    def _reading(self, record: Record, cells: "_Cells", namesakes: frozenset[str], known: _Orders) -> EntryReading:
        key = self._key(cells, record, namesakes, known)
        row = _Row(self._plan, Making(key, f"{self._plan.list_id}:{key}", record.place), cells, known)
        for meaning in sorted(cells, key=_PLACE_OF.__getitem__):
            if meaning:
                _STEPS[meaning](row, meaning, cells[meaning])
        row.close()
        return row.making.made()

    def _cells(self, record: Record) -> "_Cells":
        """The filled-in cells by meaning; under an empty one those that the plan does not name."""
        headers = tuple(header for header, _ in record.fields)
        meanings = self._meanings.get(headers)
        if meanings is None:
            meanings = resolve(self._plan, headers)
            if len(self._meanings) < 4096:
                self._meanings[headers] = meanings
        found: _Cells = {}
        for header, cell in record.fields:
            if names.is_nothing(one_line(cell)):
                continue
            for meaning in meanings.get(header, [""]):
                found.setdefault(meaning, []).append((header, cell.strip()))
        for several in found.values():
            if len(several) > 1:  # in the order in which the plan names them
                several.sort(key=lambda one: _position(self._wanted, one[0]))
        return found

    def _key(self, cells: "_Cells", record: Record, namesakes: frozenset[str], known: _Orders) -> str:
        if self._by_reference:
            reference = cells.get("reference")
            if not reference:
                header = self._plan.headers_of("reference")[0]
                raise SourceRefused(f"{record.place}: has no number in '{header}', by which entries are told apart")
            return self._short(one_line(reference[0][1]), record)
        key = self._short(self._name_key(cells), record)
        if not key:
            raise SourceRefused(f"{record.place}: has no name, so the entry has no identity")
        if key in namesakes:
            born = cells.get("birth_date", [])
            date = next((self._day(header, cell, known).date or fold(cell) for header, cell in born), "")
            return f"{key}-{date.replace(' ', '-')}" if date else key
        return key

    @staticmethod
    def _short(key: str, record: Record) -> str:
        """The *key*; one of a length that none has is a cell of prose, or a quotation mark that is lost."""
        if len(key) > _LONGEST_KEY:
            raise SourceRefused(f"{record.place}: a name or number of {len(key)} letters: {key[:60]!r}…")
        return key

    def _name_key(self, cells: "_Cells") -> str:
        parts = cells.get("name_part") if "name" not in cells else cells["name"][:1]
        name = " ".join(cell for _, cell in parts or [])
        found = names.apart(name, self._plan.separators).names if "name" in cells else ()
        text = found[0].name if found else one_line(name)
        return names.key_of(text) or text

    def _day(self, header: str, cell: str, known: _Orders) -> days.Day:
        return _day(self._plan, known, header, cell)


_Cells = dict[str, list[tuple[str, str]]]


def _position(wanted: Sequence[str], header: str) -> int:
    """Where the plan names a header, or one that it is like."""
    form = fold(header)
    return next((at for at, one in enumerate(wanted) if one == header or fold(one) == form), len(wanted))


def _day(plan: Plan, known: _Orders, header: str, cell: str) -> days.Day:
    order = known.get(header)
    first = plan.date_order or (order.order if order else "")
    return days.read_day(cell, first, plan.calendar, order.dots if order else plan.date_order or "dmy")


class _Row:
    """A row while claims are made of it."""

    __slots__ = ("cells", "is_off", "kind", "known", "making", "name", "plan")

    def __init__(self, plan: Plan, making: Making, cells: _Cells, known: _Orders) -> None:
        self.plan = plan
        self.making = making
        self.cells = cells
        self.known = known
        self.name = ""
        self.kind = ""
        self.is_off = False

    def leave(self, header: str, value: str, reason: str = "") -> None:
        """Name a value that was not understood, with the reason where it is known."""
        self.making.leave(header, f"{header} ({reason})" if reason else header, one_line(value))

    def values(self, cell: str) -> list[str]:
        return names.values(cell, self.plan.separators)

    def close(self) -> None:
        """Say what follows from all cells together, and leave what the plan does not name."""
        if not self.is_off:
            self.making.say(Property.MEMBER, self.plan.list_id, "")
        self.making.say(Property.KIND, self.kind or self.plan.kind.value, "")
        for header, cell in self.cells.get("", []):
            self.leave(header, cell)


_Step = Callable[[_Row, str, list[tuple[str, str]]], None]


# -- names ---------------------------------------------------------------------------------------


def _names(row: _Row, meaning: str, found: list[tuple[str, str]]) -> None:
    """The first name of the first cell is the name; all others are aliases, or the name in its own script."""
    for header, cell in found:
        _one_cell_of_names(row, header, cell, meaning)


def _one_cell_of_names(row: _Row, header: str, cell: str, meaning: str) -> None:
    apart = names.apart(cell, row.plan.separators)
    if not apart.names:
        row.leave(header, cell)
        return
    for number, one in enumerate(apart.names, start=1):
        place = f"{header}#{number}" if len(apart.names) > 1 else header
        script = script_of(one.name)
        if meaning == "name" and not row.name:
            row.name = one.name
            row.making.say(Property.NAME, one.name, place, script=script)
        elif meaning == "original_name" and not one.former:
            row.making.say(Property.ORIGINAL_NAME, one.name, place, script=script)
        elif one.name != row.name:
            former = "former name" if one.former or meaning == "former_name" else ""
            quality = "low" if meaning == "weak_alias" else ""
            row.making.say(Property.ALIAS, one.name, place, kind=former, quality=quality, script=script)
    for remark in apart.remarks:
        row.making.say(Property.COMMENT, remark, header, of=apart.names[0].name)


def _parts_of_name(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    """The name from its parts, in the order in which the plan names the columns."""
    whole = " ".join(one_line(cell) for _, cell in found)
    place = "+".join(header for header, _ in found)
    if row.name:
        row.making.say(Property.ALIAS, whole, place, script=script_of(whole))
    else:
        row.name = whole
        row.making.say(Property.NAME, whole, place, script=script_of(whole))


# -- dates ---------------------------------------------------------------------------------------


def _dates(row: _Row, meaning: str, found: list[tuple[str, str]]) -> None:
    prop = MEANINGS[meaning].property
    for header, cell in found:
        for value in row.values(cell):
            day = _day(row.plan, row.known, header, value)
            if prop is None or not day.date or ("/" in day.date and meaning != "birth_date"):
                reason = day.reason if not day.date else "a span of days"
                row.leave(header, value, reason)
                continue
            row.making.say(prop, day.date, header, **_of_day(day, value))
            if meaning == "birth_date":
                row.making.say(Property.BIRTH_YEAR, years_in(day.date), header)
            row.is_off = row.is_off or meaning == "delisted"


def _of_day(day: days.Day, printed: str) -> dict[str, str]:
    """The facets of a date: what was printed, where it took more than to put digits in order."""
    return {
        "printed": printed if day.in_words or day.calendar else "",
        "about": "circa" if day.about else "",
        "calendar": day.calendar,
    }


# -- the act -------------------------------------------------------------------------------------

_NUMBER: Final = re.compile(
    r"№\s*((?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{1,8}\s?)?[\w./-]{0,30}\d[\w./-]{0,30})|\b[Nn][or]?[.°º]{0,2}\s?(\d[\w./-]{0,30})"
)
_LONGEST: Final = 2_000
"""No act is named by more; of a longer cell patterns see the beginning only."""
_DATE_IN_ACT: Final = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2}|«?\d{1,2}»?[\s-]+(?:de\s+)?[^\W\d_]{3,12}\.?,?(?:\s+de)?\s+\d{4}"
    r"|\d{4}\s+(?:ж\.|жылғы|жылы)\s*\d{1,2}\s+[^\W\d_]{3,12}|[^\W\d_]{3,12}\.?\s+\d{1,2},\s*\d{4}"
)


def _acts(row: _Row, _: str, __: list[tuple[str, str]]) -> None:
    """The act, with its number and date from their own columns or from its own words."""
    acts = _all(row, "act")
    numbers, dates = _all(row, "act_number"), _all(row, "act_date")
    if not acts:
        _act_without_words(row, numbers, dates)
        return
    for number, (header, act) in enumerate(acts):
        own_number = _of_one(numbers, number, len(acts)) or ("", "")
        own_date = _of_one(dates, number, len(acts)) or ("", "")
        day = _act_day(row, own_date)
        said = _NUMBER.search(act[:_LONGEST])
        date_said = _DATE_IN_ACT.search(act[:_LONGEST])
        in_words = _day(row.plan, row.known, header, date_said[0]).date if date_said and not day.date else ""
        row.making.say(
            Property.LEGAL_BASIS, act, header,
            number=own_number[1] or ((said[1] or said[2]).rstrip(".,-/") if said else ""),
            date=day.date or in_words, **_printed(day, own_date[1]),
        )  # fmt: skip
    if len(acts) > 1:
        for columns in (numbers, dates):
            if len(columns) != len(acts):
                for header, value in columns:
                    row.leave(header, value, "of which act?")


def _act_apart(row: _Row, meaning: str, found: list[tuple[str, str]]) -> None:
    """Number or date of an act that has no column of its own, once for both."""
    if not row.cells.get("act") and (meaning == "act_number" or not row.cells.get("act_number")):
        _acts(row, meaning, found)


def _act_without_words(row: _Row, numbers: list[tuple[str, str]], dates: list[tuple[str, str]]) -> None:
    """An act of which only who decided, the number or the date have columns: these words are the act as printed."""
    who = _all(row, "court") or _all(row, "authority")
    count = max(len(numbers), len(dates))
    for number in range(count):
        own_number = _of_one(numbers, number, count)
        own_date = _of_one(dates, number, count)
        own_who = _of_one(who, number, count) or (who[0] if len(who) == 1 else None)
        words = [one[1] for one in (own_who, own_number, own_date) if one]
        day = _act_day(row, own_date or ("", ""))
        place = "+".join(one[0] for one in (own_who, own_number, own_date) if one)
        row.making.say(
            Property.LEGAL_BASIS, ", ".join(words), place, form="from several columns",
            number=own_number[1] if own_number else "", date=day.date, **_printed(day, own_date[1] if own_date else ""),
        )  # fmt: skip
    for columns in (numbers, dates):
        if 1 <= len(columns) < count:
            for header, value in columns:
                row.leave(header, value, "of which act?")


def _all(row: _Row, meaning: str) -> list[tuple[str, str]]:
    """Header and value of all values of a meaning."""
    return [(header, value) for header, cell in row.cells.get(meaning, []) for value in row.values(cell)]


def _of_one(values: list[tuple[str, str]], number: int, count: int) -> tuple[str, str] | None:
    """The value that goes with the act of a number: only where there is one for each."""
    return values[number] if len(values) == count else None


def _act_day(row: _Row, own: tuple[str, str]) -> days.Day:
    header, value = own
    if not value:
        return days.Day()
    day = _day(row.plan, row.known, header, value)
    if not day.date:
        row.leave(header, value, day.reason)
    return day


def _printed(day: days.Day, value: str) -> dict[str, str]:
    return _of_day(day, value) if day.date else {}


# -- everything else -----------------------------------------------------------------------------


def _plain(row: _Row, meaning: str, found: list[tuple[str, str]]) -> None:
    """A claim for each value, as printed."""
    prop = MEANINGS[meaning].property
    for header, cell in found:
        for value in row.values(cell):
            if prop is not None:
                row.making.say(prop, value, header)


def _prose(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        row.making.say(Property.COMMENT, one_line(cell), header)


def _reference(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        row.making.say(Property.REFERENCE, one_line(cell), header)


def _kind(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        form = fold(cell)
        kinds = [kind for kind in Kind if kind is not Kind.UNKNOWN and form in vocabulary.words(kind.value)]
        if len(kinds) == 1 and not row.kind:
            row.kind = kinds[0].value
        else:
            row.leave(header, cell)


def _status(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        row.making.say(Property.STATUS, one_line(cell), header)
        row.is_off = row.is_off or fold(cell) in vocabulary.words("off")


def _gender(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        form = fold(cell)
        genders = [gender for gender in ("male", "female") if form in vocabulary.words(gender)]
        if len(genders) == 1:
            row.making.say(Property.GENDER, genders[0], header)
        else:
            row.leave(header, cell)


def _identifiers(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    """Numbers of documents and registers; their type is the header, unless a column says it."""
    numbers = [(header, value) for header, cell in found for value in row.values(cell)]
    types, countries = _all(row, "identifier_type"), _all(row, "identifier_country")
    for at, (header, value) in enumerate(numbers):
        kind = _of_one(types, at, len(numbers))
        country = _of_one(countries, at, len(numbers)) or (countries[0] if len(countries) == 1 else None)
        row.making.say(
            Property.IDENTIFIER, value, header,
            type=kind[1] if kind else "" if types else header, country=country[1] if country else "",
        )  # fmt: skip
    if types and len(types) != len(numbers):
        for header, value in types:
            row.leave(header, value, "of which number?")
    if len(countries) > 1 and len(countries) != len(numbers):
        for header, value in countries:
            row.leave(header, value, "of which number?")


def _beside(row: _Row, meaning: str, found: list[tuple[str, str]]) -> None:
    """What only qualifies another cell, where that one is empty."""
    if not row.cells.get(_BESIDE[meaning]):
        for header, cell in found:
            row.leave(header, cell)


_BESIDE: Final = {"identifier_type": "identifier", "identifier_country": "identifier"}


def _un_numbers(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        for value in row.values(cell):
            part = Making("", "", "")
            say_un_numbers(part, value, header)
            claims = part.made().claims
            for claim in claims:
                row.making.state(claim.property, claim.value, header, claim.facets)
            if not claims:
                row.leave(header, value)


def _contact(row: _Row, meaning: str, found: list[tuple[str, str]]) -> None:
    kind = {"email": "e-mail"}.get(meaning, meaning)
    for header, cell in found:
        for value in row.values(cell):
            row.making.say(Property.CONTACT, value, header, kind=kind)


def _relation(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        for value in row.values(cell):
            pairs = {"phrase": header, "with": f"{row.plan.list_id}:{value}"}
            row.making.say(Property.RELATION, value, header, **pairs)


def _related_name(row: _Row, _: str, found: list[tuple[str, str]]) -> None:
    for header, cell in found:
        for value in row.values(cell):
            row.making.say(Property.RELATED_NAME, value, header, phrase=header)


def _named(row: _Row, meaning: str, found: list[tuple[str, str]]) -> None:
    """A property that is called by its column."""
    prop = MEANINGS[meaning].property
    for header, cell in found:
        if prop is not None:
            row.making.say(prop, one_line(cell), header, field=header)


def _nothing(_: _Row, __: str, ___: list[tuple[str, str]]) -> None:
    """Taken along by another meaning, or ignored."""


_SPECIAL: Final[dict[str, _Step]] = {
    "name": _names,
    "name_part": _parts_of_name,
    "alias": _names,
    "weak_alias": _names,
    "original_name": _names,
    "former_name": _names,
    "reference": _reference,
    "kind": _kind,
    "act": _acts,
    "act_number": _act_apart,
    "act_date": _act_apart,
    "status": _status,
    "gender": _gender,
    "identifier": _identifiers,
    "identifier_type": _beside,
    "identifier_country": _beside,
    "un_number": _un_numbers,
    "phone": _contact,
    "email": _contact,
    "website": _contact,
    "relation": _relation,
    "related_name": _related_name,
    "comment": _prose,
    "feature": _named,
    "housekeeping": _named,
    "ignore": _nothing,
} | dict.fromkeys(("listed", "amended", "reviewed", "effective", "expires", "delisted", "birth_date"), _dates)
_STEPS: Final[dict[str, _Step]] = {meaning: _SPECIAL.get(meaning, _plain) for meaning in MEANINGS}
_PLACE_OF: Final = {meaning: number for number, meaning in enumerate(("", *MEANINGS))}
"""Meanings in the order of their table: the name first, so that aliases are told from it."""
