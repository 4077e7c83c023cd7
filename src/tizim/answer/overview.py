"""All lists at a glance: who decides, how many members, how old."""

import datetime as dt
from collections import defaultdict

import msgspec

from tizim.answer.evidence import age, copies_of, designations, rules_of, whole_of
from tizim.answer.members import Roll
from tizim.answer.official import official_lists
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId, OfficialList
from tizim.register.view import View


class ListLine(msgspec.Struct, frozen=True, kw_only=True):
    """One list: what it is, and what is held of it."""

    official: OfficialList
    decides: str
    members: int
    copies: int
    statements: int
    last_observed: dt.date | None
    stale: bool


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """All lists of which anything is held; ``silent`` are those of which nothing is."""

    as_of: AsOf
    lists: tuple[ListLine, ...]
    silent: tuple[ListId, ...]
    last_observed: dt.date | None
    stale: bool


def overview(view: View, as_of: AsOf) -> Overview:
    """Every list, with what is held of it."""
    by_list: dict[str, list[Designation]] = defaultdict(list)
    for one in designations(view, as_of):
        by_list[one.list].append(one)
    lines, silent = [], []
    for list_id, official in official_lists(view).items():
        copies = copies_of(view, list_id, as_of)
        statements = by_list.get(list_id, [])
        if not copies and not statements:
            silent.append(list_id)
            continue
        rules = rules_of(view, [list_id], as_of)
        observed, stale = age(view, official, as_of, copies, statements)
        lines.append(
            ListLine(
                official=official, decides=rules[0].decides if rules else "", members=Roll(view, list_id, as_of).count,
                copies=sum(len(one.line.docs) for one in whole_of(copies)), statements=len(statements),
                last_observed=observed, stale=stale,
            )
        )  # fmt: skip
    days = [one.last_observed for one in lines if one.last_observed is not None]
    return Overview(
        as_of=as_of, lists=tuple(lines), silent=tuple(silent), last_observed=max(days, default=None),
        stale=all(one.stale for one in lines),
    )  # fmt: skip
