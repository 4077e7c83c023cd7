"""Subjects by what somebody typed: an id or number first, then names that are it, then names that hold it."""

from collections import defaultdict
from typing import Final

import msgspec

from tizim.answer.official import official_lists
from tizim.answer.subjects import LEDGER, Clusters, main_names
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.register.view import NameRow, View
from tizim.sources import catalogue
from tizim.text import fold

MOST: Final = 50


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A subject, the name of it that was found, and the lists that ever had it."""

    subject: str
    main_name: str
    name: str
    """empty where it was found by its id or number"""
    references: tuple[str, ...]
    lists: tuple[ListId, ...]
    is_exact: bool


def search(view: View, text: str, as_of: AsOf) -> list[Found]:
    """Subjects that *text* may mean, by what was known, the nearest first; at most `MOST`."""
    wanted = fold(text)
    if not wanted:
        return []
    clusters = Clusters(view, as_of)
    view.concord()
    by_number = [*_by_id(view, text.strip()), *view.subject_with_key(text.strip().rstrip("."))]
    groups: dict[tuple[str, ...], list[NameRow]] = defaultdict(list)
    for subject in by_number:
        if not _is_no_subject(subject):
            _ = groups[clusters.of(subject)[0]]
    longest = None
    for row in view.names_with(text):  # the shortest first: those that come after the last one shown are not read
        if longest is not None and len(row.folded) > longest:
            break
        if not _is_no_subject(row.subject):
            groups[clusters.of(row.subject)[0]].append(row)
            if longest is None and len(groups) >= MOST:
                longest = len(row.folded)
    exact = {key for keys in groups for key in keys if key in by_number}
    for keys, rows in groups.items():
        if not rows:  # found by its number, and perhaps by a long name too
            rows.extend(row for row in view.names_of(keys) if f" {wanted} " in f" {row.folded} ")
    ordered = sorted(
        groups.items(),
        key=lambda pair: (
            not exact & set(pair[0]), min((len(row.folded) for row in pair[1]), default=0), clusters.id_of(pair[0][0]),
        ),
    )[:MOST]  # fmt: skip
    called = main_names(view, {clusters.id_of(keys[0]): keys for keys, _ in ordered}, as_of)
    headlines = view.headlines_of({key for keys, _ in ordered for key in keys})
    known = official_lists(view)
    made = []
    for keys, rows in ordered:
        seen = [row for row in headlines if row.subject in keys]
        public = clusters.id_of(keys[0])
        best = min(rows, key=lambda row: len(row.folded), default=None)
        shown = [row for row in seen if _is_known(view, row.source, row.first, row.last, as_of)]
        if seen and not shown and not any(key.startswith(LEDGER) for key in keys):
            continue  # nothing known then has it
        made.append(
            Found(
                subject=public, main_name=called[public], name=best.text if best else "",
                references=tuple(sorted({row.reference for row in shown if row.reference}))[:3],
                lists=tuple(one for one in known if any(row.list == one for row in shown)),
                is_exact=bool(exact & set(keys)) or bool(best and best.folded == wanted),
            )
        )  # fmt: skip
    return made


def _is_no_subject(key: str) -> bool:
    return key.startswith(("list:", "topic:")) or key == f"{LEDGER}*"


def _is_known(view: View, source: str, first: int, last: int, as_of: AsOf) -> bool:
    start, end = view.line(source, as_of).within(first, last)
    return start < end


def _by_id(view: View, wanted: str) -> list[str]:
    ids = (wanted, LEDGER + wanted, LEDGER + wanted.lower(), *(f"{source}:{wanted}" for source in catalogue.SOURCES))
    return view.subjects_among(ids)
