"""The roll of all names, by script and first letters: for those who look names up without a server, or by eye.

It is a tree. Where few names begin with the same letters they stand on one page; where there are many, the page names
the letters that may follow. Names are in the order of their folded forms, which all languages share.
"""

import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import msgspec

from tizim.answer.subjects import Clusters, is_no_subject, main_names
from tizim.domain.dates import AsOf, Basis
from tizim.publish.addresses import path_of
from tizim.publish.site import Site
from tizim.register.view import View
from tizim.text import script_of

PAGED: Final = 300
"""names on a page, unless they cannot be told apart by their letters"""
_DEEPEST: Final = 12
"""letters of the longest beginning"""
BLANK: Final = "_"
"""what a blank is in the beginning of a name as addresses have it; no folded name has this sign"""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A name, and whose it is."""

    script: str
    folded: str
    text: str
    subject: str
    called: str
    """the name that the subject is called by"""
    numbers: tuple[str, ...]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """All names of a script with one beginning."""

    script: str
    beginning: str
    entries: Sequence[Entry]
    """those that are shown: all, or where there are too many, those that have no more letters"""
    count: int
    further: Sequence[tuple[str, int]]
    """longer beginnings, and how many names have each"""


class Roll:
    """The names of all subjects, in order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_script: dict[str, list[Entry]] = {
            script: list(own) for script, own in groupby(sorted(entries, key=_in_order), key=lambda one: one.script)
        }
        self._keys = {script: [one.folded for one in own] for script, own in self._by_script.items()}

    @property
    def entries(self) -> Iterator[Entry]:
        """Every name."""
        for own in self._by_script.values():
            yield from own

    def scripts(self) -> list[tuple[str, int]]:
        """The scripts, and how many names are in each: those of the most names first."""
        return sorted(
            ((script, len(own)) for script, own in self._by_script.items()), key=lambda one: (-one[1], one[0])
        )

    def place(self, script: str, beginning: str) -> Place | None:
        """What stands under a beginning, with blanks as they are; ``None`` where nothing does."""
        own, keys = self._by_script.get(script, []), self._keys.get(script, [])
        first = bisect.bisect_left(keys, beginning)
        last = bisect.bisect_right(keys, beginning + "\U0010ffff")
        if first == last:
            return None
        size = len(beginning)
        if (last - first <= PAGED and beginning) or size >= _DEEPEST:
            return Place(script=script, beginning=beginning, entries=own[first:last], count=last - first, further=())
        ended = bisect.bisect_right(keys, beginning, first, last)
        following = [
            (letters, sum(1 for _ in rows))
            for letters, rows in groupby(keys[ended:last], key=lambda one: one[: size + 1])
        ]
        return Place(
            script=script, beginning=beginning, entries=own[first:ended], count=last - first, further=following
        )  # fmt: skip

    def places(self) -> Iterator[Place]:
        """Every place that has a page."""
        todo = [(script, "") for script, _ in self.scripts()]
        while todo:
            script, beginning = todo.pop()
            found = self.place(script, beginning)
            if found is not None:
                if beginning:
                    yield found
                todo += [(script, longer) for longer, _ in found.further]


def key_of(script: str, beginning: str) -> str:
    """A place as addresses name it."""
    return f"{script}/{beginning.replace(' ', BLANK)}"


def place_of(key: str) -> tuple[str, str]:
    """The script and the beginning that an address names."""
    script, _, beginning = key.partition("/")
    return script, beginning.replace(BLANK, " ")


def _in_order(one: Entry) -> tuple[str, str, str, str]:
    return one.script, one.folded, one.text, one.subject


def roll(view: View, site: Site, as_of: AsOf) -> Roll:
    """The roll as known, remembered for as long as the register does not grow. A page says by `View.rests_on` on
    which place of it it rests.
    """
    known = "now"
    if site.to.asked.known_at or as_of.basis is Basis.PUBLISHED:
        known = as_of.known_at.isoformat()
    key = ("roll", as_of.basis, known)
    with view.aside():
        found = view.shared.memo.get(key)
        if not isinstance(found, Roll):
            still = site.to.still
            is_there = None if still is None else lambda one: still.has(path_of("subjects", one))
            found = Roll(_entries(view, as_of, is_there))
            view.shared.memo[key] = found
    return found


def _entries(view: View, as_of: AsOf, is_there: Callable[[str], bool] | None) -> list[Entry]:
    clusters = Clusters(view, as_of)
    keys: dict[str, tuple[str, ...]] = {}
    for name in view.all_subjects():
        if not is_no_subject(name):
            public = clusters.id_of(name)
            if public not in keys and (is_there is None or is_there(public)):
                keys[public] = clusters.of(name)[0]
    called = main_names(view, keys, as_of)
    numbers = _numbers(view, keys)
    names: dict[str, dict[str, str]] = defaultdict(dict)
    owner = {key: public for public, own in keys.items() for key in own}
    for row in view.names_of(owner, as_of):
        names[owner[row.subject]].setdefault(row.text, row.folded)
    return [
        Entry(script_of(text), folded, text, public, called[public], numbers.get(public, ()))
        for public, own in names.items()
        for text, folded in own.items()
        if folded
    ]


def _numbers(view: View, keys: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    owner = {key: public for public, own in keys.items() for key in own}
    found: dict[str, set[str]] = defaultdict(set)
    for row in view.headlines_of(owner):
        if row.reference:
            found[owner[row.subject]].add(row.reference)
    return {public: tuple(sorted(own))[:3] for public, own in found.items()}
