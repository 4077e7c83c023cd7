"""Matches that somebody looked at and found to be another: not shown again while nothing that matters has changed."""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
import sqlalchemy as sa

from tizim.customers import schema
from tizim.customers.marks import Marks
from tizim.customers.policies import Act, act_of
from tizim.customers.prints import facts_of_example, print_of_entity
from tizim.customers.store import Store, instant, moment
from tizim.errors import BadInput, NotFound
from tizim.screen.matching import Example, Hit
from tizim.screen.policy import Judge
from tizim.screen.snapshot import Snapshot

_LONGEST_ID: Final = 200


class Clearance(msgspec.Struct, frozen=True, kw_only=True):
    """That a customer is not a listed entity, who says so, why and until when."""

    id: str
    customer: str
    """a mark"""
    entity: str
    customer_print: str
    entity_print: str
    act: Act
    until: dt.date | None
    """the first day on which it does not hold; none: until something changes"""
    ended: Act | None


class Clearances:
    """Those of a store that were not ended, as they were read at one moment."""

    def __init__(self, clearances: Iterable[Clearance] = ()) -> None:
        found: dict[str, dict[str, Clearance]] = defaultdict(dict)
        for one in clearances:
            if one.ended is None:
                found[one.customer][one.entity] = one  # a later one stands in the place of an earlier
        self._of: Mapping[str, Mapping[str, Clearance]] = found

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._of)

    def of(self, customer: str) -> Mapping[str, Clearance]:
        """By entity, those of the customer of a mark."""
        return self._of.get(customer, {})


class Cleared:
    """Which entities are cleared for one customer, as it is now."""

    def __init__(self, own: Mapping[str, Clearance], snapshot: Snapshot, facts: str, day: dt.date) -> None:
        self._own = own
        self._snapshot = snapshot
        self._facts = facts
        self._day = day

    def of(self, at: int) -> Clearance | None:
        """The clearance of the entity of that number, if it holds: neither side is compared by anything else."""
        found = self._own.get(self._snapshot.id(at))
        if found is None or found.customer_print != self._facts or (found.until and self._day >= found.until):
            return None
        return found if found.entity_print == print_of_entity(self._snapshot, at) else None


def cleared_for(known: Clearances, marks: Marks, snapshot: Snapshot, example: Example, day: dt.date) -> Cleared | None:
    """What is cleared for the customer that *example* is; none where nothing ever was."""
    own = known.of(marks.of_customer(example.id or "")) if known and example.id else None
    return Cleared(own, snapshot, marks.of_facts(facts_of_example(example)), day) if own else None


def uncleared(own: Cleared, judged: Judge | None, left_out: list[tuple[Hit, Clearance]]) -> Judge:
    """Judges as *judged* does, and puts those aside that were cleared."""

    def judge_too(hit: Hit) -> Hit | None:
        counts = hit if judged is None else judged(hit)
        clearance = None if counts is None else own.of(hit.at)
        if counts is None or clearance is None:
            return counts
        left_out.append((counts, clearance))
        return None

    return judge_too


def clear(
    store: Store, marks: Marks, snapshot: Snapshot, example: Example, entity: str, author: str, reason: str,
    until: dt.date | None, now: dt.datetime,
) -> Clearance:  # fmt: skip
    """Enter that the customer *example* is not *entity*. Raises `BadInput`, `NotFound` for an entity not there."""
    if not example.id or len(example.id) > _LONGEST_ID:
        raise BadInput(f"a clearance is of a customer: give its id, of at most {_LONGEST_ID} characters")
    if not example.names and not example.facts:
        raise BadInput("a clearance holds while the customer's facts are the same: give its name, and what is known")
    if until is not None and until <= now.date():
        raise BadInput(f"a clearance until {until.isoformat()} holds on no day")
    at = snapshot.called(entity)
    if at is None:
        raise NotFound(f"there is no entity {entity[:_LONGEST_ID]} among those that are screened against")
    act = act_of(author, reason, now)
    found = Clearance(
        id=secrets.token_hex(12), customer=marks.of_customer(example.id), entity=entity,
        customer_print=marks.of_facts(facts_of_example(example)), entity_print=print_of_entity(snapshot, at), act=act,
        until=until, ended=None,
    )  # fmt: skip
    with store.writing(noticed=True) as connection:
        connection.execute(
            sa.insert(schema.clearance).values(
                id=found.id, customer=found.customer, entity=entity, customer_print=found.customer_print,
                entity_print=found.entity_print, author=act.author, reason=act.reason,
                until=until.isoformat() if until else "", at_us=moment(now),
            )
        )  # fmt: skip
    return found


def end(store: Store, identifier: str, author: str, reason: str, now: dt.datetime) -> Clearance:
    """Let a clearance hold no longer. Raises `NotFound`, `BadInput` where it was ended already."""
    found = next((one for one in read_clearances(store) if one.id == identifier), None)
    if found is None:
        raise NotFound("there is no clearance of that id: 'tizim clear list' names them")
    if found.ended is not None:
        raise BadInput(f"it was ended already, by {found.ended.author}")
    act = act_of(author, reason, now)
    with store.writing(noticed=True) as connection:
        connection.execute(
            sa.insert(schema.clearance_end).values(
                id=identifier, author=act.author, reason=act.reason, at_us=moment(now)
            )
        )
    return msgspec.structs.replace(found, ended=act)


def read_clearances(store: Store, customer: str = "") -> list[Clearance]:
    """Every clearance, or those of the customer of a mark, in the order in which they were entered."""
    if not store.exists():
        return []
    own, ended = schema.clearance, schema.clearance_end
    query = (
        sa.select(own, ended.c.author.label("by"), ended.c.reason.label("why"), ended.c.at_us.label("ended_us"))
        .outerjoin(ended, own.c.id == ended.c.id)
        .order_by(own.c.at_us, own.c.id)
    )
    if customer:
        query = query.where(own.c.customer == customer)
    with store.reading() as connection:
        return [
            Clearance(
                id=row.id, customer=row.customer, entity=row.entity, customer_print=row.customer_print,
                entity_print=row.entity_print, until=dt.date.fromisoformat(row.until) if row.until else None,
                act=Act(author=row.author, reason=row.reason, at=instant(row.at_us)),
                ended=None if row.by is None else Act(author=row.by, reason=row.why, at=instant(row.ended_us)),
            )
            for row in connection.execute(query)
        ]  # fmt: skip
