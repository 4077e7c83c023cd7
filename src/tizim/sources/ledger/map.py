"""Map the records of the ledger's files to claims."""

import re
from collections.abc import Callable, Iterable

from tizim.domain.acts import ROLE_OF, Action
from tizim.domain.dates import PartialDate, When, add_period
from tizim.domain.documents import Record, source_class
from tizim.domain.lists import RuleKind
from tizim.domain.measures import MeasureKind
from tizim.domain.names import Kind
from tizim.domain.statements import Claim, EntryReading, Property, Unread, facets
from tizim.errors import BadInput, SourceRefused
from tizim.sources.catalogue import LISTS
from tizim.sources.ledger import read, titles
from tizim.text import script_of

_UN_REFERENCE = re.compile(r"[A-Z]{2}([ie])\.\d{3}")
# EU annexes that repeat the entries of a UN list under the UN's own numbers.
_MIRRORS = frozenset({"eu-881", "eu-753"})
_SHAPES = {
    "day": re.compile(r"\d{4}-\d\d-\d\d"),
    "month": re.compile(r"\d{4}-\d\d"),
    "year": re.compile(r"\d{4}"),
    "between": re.compile(r"\d{4}-\d\d-\d\d"),
    "before": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "unknown": re.compile(""),
}
# Kinds of date that are the day on which the source itself spoke (the ledger's README, last paragraph).
_DAY_OF_THE_WORD = frozenset({"report", "announcement"})
_TERMED = frozenset({Action.LISTED, Action.RENEWED})
_CARRIER = re.compile(
    r"\balias of (?P<carrier>[^();,]+?)(?= in \d{4}| since | until | revoked| removed| added|[();,]|$)"
)
_STATED_ON = re.compile(r"as stated on (?P<list>[a-z0-9-]+)")
_ORG_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What the column subject of seed_claims.csv holds, beside ids of organisations, in the shape of an id.
_TOPICS = frozenset({"reaction", "recognition"})
_NOTHING = "-"


def map_record(record: Record) -> EntryReading:
    """Map one record to claims, by the file that its place names.

    Raises `SourceRefused` if the record is from no file of the ledger or its row is about nothing.
    """
    layout = read.layout_of(record)
    rows = read.rows_of(record)
    for _, row in rows:
        for column in layout.needed:
            if not row.get(column):
                raise SourceRefused(f"{record.place}, column {column}: empty; fill it in: it is about nothing")
    return _MAPPERS[layout.file](record, rows)


class _Unreads:
    """The values of one record that were not understood, in the order in which they were met."""

    def __init__(self, place: str) -> None:
        self._place = place
        self.found: list[Unread] = []

    def add(self, field: str, value: str) -> None:
        self.found.append(Unread(place=self._place, field=field, value=value))

    def add_other_columns(self, layout: read.Layout, row: dict[str, str], prefix: str = "") -> None:
        """Every value in a column that the layout does not know."""
        for column, value in row.items():
            if value and column not in layout.columns:
                self.add(prefix + column, value)

    def is_list(self, row: dict[str, str]) -> bool:
        """Whether the row names a list of the catalogue; else the name becomes unread."""
        if row["list_id"] in LISTS:
            return True
        self.add("list_id", row["list_id"])
        return False

    def are_dates(self, row: dict[str, str], *columns: str) -> bool:
        """Whether *columns* are empty or partial dates; those that are neither become unread."""
        bad = [column for column in columns if row[column] and _partial(row[column]) is None]
        for column in bad:
            self.add(column, row[column])
        return not bad

    def known(self, row: dict[str, str], column: str, is_known: Callable[[str], bool]) -> str:
        """The value of *column* if it is a known one; else nothing, and the value becomes unread."""
        value = row[column]
        if value and not is_known(value):
            self.add(column, value)
            return ""
        return value


_Rows = list[tuple[str, dict[str, str]]]


def _designation(record: Record, rows: _Rows) -> EntryReading:
    _, row = rows[0]
    unread = _Unreads(record.place)
    claims: list[Claim] = []
    if (act := _act(row, unread)) is not None:
        claims.append(act)
    mirrors_un = row["list_id"].startswith("un-") or row["list_id"] in _MIRRORS
    if row["ref_no"] and mirrors_un:
        if _UN_REFERENCE.fullmatch(row["ref_no"]):
            claims.append(_same_as_un(row["ref_no"], "ref_no"))
        else:
            unread.add("ref_no", row["ref_no"])
    claims.extend(_bundle(row))
    unread.add_other_columns(read.DESIGNATIONS, row)
    return EntryReading(
        key=row["row_id"],
        subject=f"ledger:{row['org_id']}",
        place=record.place,
        claims=tuple(claims),
        unread=tuple(unread.found),
    )


def _act(row: dict[str, str], unread: _Unreads) -> Claim | None:
    """The act that a row tells of; ``None`` if its list, action or date cannot be used."""
    list_is_known = unread.is_list(row)
    action = row["action"] if row["action"] in set(Action) else ""
    if not action:
        unread.add("action", row["action"])
    event, until = _event(row, action, unread)
    kind_of_date = unread.known(row, "date_kind", ROLE_OF.__contains__)
    class_of_source = unread.known(row, "source_class", lambda name: source_class(name) is not None)
    mark = unread.known(row, "vk", {"V", "X"}.__contains__)
    if event is None or not list_is_known or not action:
        return None
    out = titles.published(row["source_title"], event, event_is_the_word=row["date_kind"] in _DAY_OF_THE_WORD)
    carrier = _CARRIER.search(row["org_name_as_stated"]) or _CARRIER.search(row["note"])
    return Claim(
        property=Property.ACT,
        value=action,
        facets=facets(
            list=row["list_id"],
            name=row["org_name_as_stated"],
            jurisdiction=row["jurisdiction"],
            authority=row["authority"],
            date=row["date"],
            precision=row["date_precision"],
            date_kind=kind_of_date,
            date_until=until,
            legal_act=row["legal_act"],
            decided_by=row["decided_by"],
            announced_by=row["announced_by"],
            reference=row["ref_no"],
            conflict_group=row["conflict_group"],
            note=row["note"],
            source_title=row["source_title"],
            source_address=row["source_address"],
            source_class=class_of_source,
            vk=mark,
            published=out.isoformat() if out else "",
            carrier=carrier["carrier"].strip() if carrier else "",
        ),
        place="action",
    )


def _event(row: dict[str, str], action: str, unread: _Unreads) -> tuple[When | None, str]:
    """When the act was, by date and precision, and ``date_until`` if it means anything.

    The time is ``None`` if the date does not fit its precision: then nothing is known of it, and the
    values that do not fit are unread. The shapes are those of the ledger's own check.
    """
    precision, text, until = row["date_precision"], row["date"], row["date_until"]
    shape = _SHAPES.get(precision)
    if shape is None:
        unread.add("date_precision", precision)
        return None, ""
    stated = _partial(text)
    if not shape.fullmatch(text) or (text and stated is None):
        unread.add("date", text)
        return None, ""
    ends = _partial(until)
    until_fits = ends is not None and stated is not None and stated.earliest <= ends.latest
    if precision == "between":
        if until_fits and stated is not None and ends is not None:
            return When.between(stated.earliest, ends.latest), until
        unread.add("date_until", until)
        return None, ""
    if until and not (until_fits and action in _TERMED):
        unread.add("date_until", until)
        until = ""
    if stated is None:
        return When.unknown(), until
    return When.by(stated.latest) if precision == "before" else When.on(stated), until


def _organisation(record: Record, rows: _Rows) -> EntryReading:
    unread = _Unreads(record.place)
    first_prefix, first = rows[0]
    claims: list[Claim] = []
    if first["main_name"]:
        claims.append(
            Claim(
                property=Property.NAME,
                value=first["main_name"],
                facets=facets(script=script_of(first["main_name"])),
                place=f"{first_prefix}main_name",
            )
        )
    for prefix, row in rows:
        if row["main_name"] != first["main_name"]:
            unread.add(f"{prefix}main_name", row["main_name"])
        if row["name"]:
            claims.append(_alias(row, prefix, unread))
        if (reference := row["un_ref"]) and not _UN_REFERENCE.fullmatch(reference):
            unread.add(f"{prefix}un_ref", reference)
        elif reference:
            claims.append(_same_as_un(reference, f"{prefix}un_ref"))
        if row["wikidata_id"]:
            claims.append(
                Claim(
                    property=Property.LINK,
                    value=row["wikidata_id"],
                    facets=facets(kind="wikidata"),
                    place=f"{prefix}wikidata_id",
                )
            )
        unread.add_other_columns(read.ORGANISATIONS, row, prefix)
    references = [match for _, row in rows if (match := _UN_REFERENCE.fullmatch(row["un_ref"]))]
    kind = Kind.PERSON if any(match[1] == "i" for match in references) else Kind.ORGANISATION
    claims.append(Claim(property=Property.KIND, value=kind.value, place=f"{first_prefix}un_ref"))
    return EntryReading(
        key=f"org:{first['org_id']}",
        subject=f"ledger:{first['org_id']}",
        place=record.place,
        claims=_distinct(claims),
        unread=tuple(unread.found),
    )


def _alias(row: dict[str, str], prefix: str, unread: _Unreads) -> Claim:
    """One name. Its source ``same`` points at the row before, which may be elsewhere: it is left out."""
    kind = row["name_kind"]
    stated_by = ""
    if match := _STATED_ON.match(kind):
        stated_by = match["list"]
        if stated_by not in LISTS:
            unread.add(f"{prefix}name_kind", kind)
            stated_by = ""
    elif "(UN" in kind:
        stated_by = "un-sc"
    return Claim(
        property=Property.ALIAS,
        value=row["name"],
        facets=facets(
            language=row["lang"],
            script=row["script"],
            name_kind=kind,
            stated_by=stated_by,
            source="" if row["source"] == "same" else row["source"],
            quality="low" if "low quality" in kind else "",
        ),
        place=f"{prefix}name",
    )


def _rule(record: Record, rows: _Rows) -> EntryReading:
    row = _without_dashes(rows[0][1])
    unread = _Unreads(record.place)
    list_is_known = unread.is_list(row)
    kind = unread.known(row, "rule_kind", set(RuleKind).__contains__)
    timed = kind in {RuleKind.REVIEW, RuleKind.EXPIRY}
    period_fits = _is_period(row["period"]) if row["period"] else not timed
    if not period_fits:
        unread.add("period", row["period"])
    dates_fit = unread.are_dates(row, "rule_from", "rule_to")
    mark = unread.known(row, "vk", {"V", "K", "V/K"}.__contains__)
    unread.add_other_columns(read.LISTS, row)
    claims: tuple[Claim, ...] = ()
    if list_is_known and kind and period_fits and dates_fit:
        names = (
            "jurisdiction", "list_name", "decides", "legal_act", "period", "rule_from", "rule_to",
            "machine_rule", "effect", "removal", "published", "source",
        )  # fmt: skip
        claims = (
            Claim(
                property=Property.RULE,
                value=kind,
                facets=facets(list=row["list_id"], vk=mark, **{name: row[name] for name in names}),
                place="rule_kind",
            ),
        )
    return EntryReading(
        key=f"list:{row['list_id']}:{row['rule_kind']}:{row['rule_from']}",
        subject=f"list:{row['list_id']}",
        place=record.place,
        claims=claims,
        unread=tuple(unread.found),
    )


def _measure(record: Record, rows: _Rows) -> EntryReading:
    _, row = rows[0]
    unread = _Unreads(record.place)
    list_is_known = unread.is_list(row)
    kind = unread.known(row, "kind", set(MeasureKind).__contains__)
    dates_fit = unread.are_dates(row, "valid_from", "valid_to")
    mark = unread.known(row, "vk", {"V", "K", "V/K"}.__contains__)
    unread.add_other_columns(read.MEASURES, row)
    claims = list(_bundle(row))
    if list_is_known and kind and dates_fit:
        names = ("kind", "scope", "valid_from", "valid_to", "legal_act", "source_title", "source_address")
        claims.insert(
            0,
            Claim(
                property=Property.MEASURE,
                value=row["what"],
                facets=facets(list=row["list_id"], vk=mark, **{name: row[name] for name in names}),
                place="what",
            ),
        )
    return EntryReading(
        key=f"measure:{row['list_id']}:{row['kind']}:{row['what']}:{row['valid_from']}",
        subject=f"list:{row['list_id']}",
        place=record.place,
        claims=tuple(claims),
        unread=tuple(unread.found),
    )


def _seed_claim(record: Record, rows: _Rows) -> EntryReading:
    row = _without_dashes(rows[0][1])
    unread = _Unreads(record.place)
    unread.add_other_columns(read.SEED_CLAIMS, row)
    others = {name: row[name] for name in read.SEED_CLAIMS.columns if name not in {"claim_id", "claim"}}
    return EntryReading(
        key=f"claim:{row['claim_id']}",
        subject=_claimed_of(row["subject"]),
        place=record.place,
        claims=(Claim(property=Property.CLAIM, value=row["claim"], facets=facets(**others), place="claim"),),
        unread=tuple(unread.found),
    )


def _claimed_of(subject: str) -> str:
    """The subject of a claim: the first id of an organisation in *subject*, else a topic in words.

    ``taliban; the list`` names the organisation first; ``… = taliban`` says whom a name means.
    """
    for part in re.split(r"[;=]", subject):
        if _ORG_ID.fullmatch(part.strip()) and part.strip() not in _TOPICS:
            return f"ledger:{part.strip()}"
    return f"topic:{subject}"


_MAPPERS = {
    read.DESIGNATIONS.file: _designation,
    read.ORGANISATIONS.file: _organisation,
    read.LISTS.file: _rule,
    read.MEASURES.file: _measure,
    read.SEED_CLAIMS.file: _seed_claim,
}


def _same_as_un(reference: str, place: str) -> Claim:
    """The ledger's own judgement that its subject is the UN's entry *reference*."""
    return Claim(
        property=Property.JUDGEMENT,
        value="same",
        facets=facets(**{"with": f"un-sc:{reference}", "author": "ledger"}),
        place=place,
    )


def _bundle(row: dict[str, str]) -> tuple[Claim, ...]:
    if not row["bundle"]:
        return ()
    kept = facets(field="bundle")
    return (Claim(property=Property.HOUSEKEEPING, value=row["bundle"], facets=kept, place="bundle"),)


def _distinct(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, each said once, at the place where it is said first."""
    first: dict[object, Claim] = {}
    for claim in claims:
        first.setdefault(claim.identity, claim)
    return tuple(first.values())


def _without_dashes(row: dict[str, str]) -> dict[str, str]:
    """The row with its dashes, which stand for "nothing", as empty cells."""
    return {column: "" if value == _NOTHING else value for column, value in row.items()}


def _partial(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except BadInput:
        return None


def _is_period(text: str) -> bool:
    try:
        add_period(PartialDate.parse("2000-01-01").earliest, text)
    except (BadInput, OverflowError, ValueError):
        return False
    return True
