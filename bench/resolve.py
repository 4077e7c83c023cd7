"""Measure resolving: 50,000 invented subjects on 15 lists, and a new document of 100 entries.

    .venv/bin/python bench/resolve.py [--quick]

Whoever is invented stands on one list to five, now with a slip of the keyboard, now with the words in another order,
without a middle name or without a birth date; every so often two people share a name. So it is known who is who,
and what is proposed as the same is counted against it. --quick makes 5,000 subjects. Results go to
bench/results/resolve.md.
"""

import argparse
import datetime as dt
import hashlib
import random
import resource
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from measuring import write
from names_made import slip

from tizim.domain.dates import AsOf, Basis
from tizim.domain.documents import DocumentFacts, Layer
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.register.archive import Archive
from tizim.register.protocol import DocumentBatch
from tizim.register.sql import SqlRegister
from tizim.resolve.propose import Proposal, propose
from tizim.resolve.since import told_since

LISTS = [f"list-{number:02d}" for number in range(15)]
_FIRST = [
    "b", "br", "d", "dr", "f", "g", "h", "j", "k", "kh", "l", "m", "n", "p", "r", "s", "sh", "t", "tr", "v", "y", "z",
]  # fmt: skip
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ei", "ou"]
_LAST = ["", "", "n", "r", "s", "l", "m", "k", "d", "sh", "v"]
_KINDS = ["Trading", "Shipping", "Bank", "Foundation", "Holding", "Energy", "Services", "Front", "Union", "Institute"]


class Clock:
    """Moves a second each time it is asked, from the present."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(dt.UTC)

    def __call__(self) -> dt.datetime:
        """The next instant."""
        self.now += dt.timedelta(seconds=1)
        return self.now


def word(chance: random.Random, syllables: int) -> str:
    """An invented word."""
    parts = (chance.choice(_FIRST) + chance.choice(_VOWELS) + chance.choice(_LAST) for _ in range(syllables))
    return "".join(parts).capitalize()


class Invented:
    """Names by chance, common ones more often than rare ones."""

    def __init__(self, chance: random.Random, people: int) -> None:
        self._chance = chance
        self._given = [word(chance, 2) for _ in range(800)]
        self._family = [word(chance, chance.choice([2, 3, 3])) for _ in range(max(500, people // 4))]
        self._own = [word(chance, 3) for _ in range(max(500, people // 3))]

    def _common(self, pool: Sequence[str]) -> str:
        return pool[int(len(pool) * self._chance.random() ** 2)]

    def subject(self) -> tuple[str, list[str], str]:
        """Kind, words of the name, and birth date."""
        if self._chance.random() < 0.6:
            born = dt.date(1940, 1, 1) + dt.timedelta(days=self._chance.randrange(22_000))
            names = [self._common(self._given), self._common(self._given), self._common(self._family)]
            return "person", names, born.isoformat()
        names = [self._common(self._own), self._common(self._own), self._chance.choice(_KINDS)]
        return "organisation", names, ""

    def written(self, kind: str, words: list[str]) -> str:
        """The name as one list writes it."""
        own = words[:]
        if self._chance.random() < 0.15:
            at = self._chance.randrange(len(own))
            own[at] = slip(own[at], self._chance) if len(own[at]) >= 5 else own[at]
        if kind == "person" and self._chance.random() < 0.15:
            del own[1]
        if kind == "person" and self._chance.random() < 0.3:
            return f"{own[-1].upper()}, {' '.join(own[:-1])}"
        return " ".join(own)


def claims(on: str, kind: str, names: Sequence[str], born: str) -> tuple[Claim, ...]:
    """What a list says of an entry."""
    said = [(Property.MEMBER, on), (Property.NAME, names[0]), (Property.KIND, kind)]
    said += [(Property.ALIAS, name) for name in dict.fromkeys(names[1:]) if name != names[0]]
    said += [(Property.BIRTH_DATE, born)] if born else []
    return tuple(Claim(property=prop, value=value, facets=(), place=prop.value) for prop, value in said)


def document(on: str, entries: list[EntryReading]) -> DocumentBatch:
    """A table of the list *on*."""
    facts = DocumentFacts(
        source=f"table/{on}", sha256=hashlib.sha256(on.encode()).hexdigest(), size=1, date=dt.date(2024, 1, 1),
        instant=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), url="", media_type="text/csv", title=on,
        entries=len(entries), complete=True,
    )  # fmt: skip
    return DocumentBatch(
        facts=facts, held=True, layers=tuple(Layer), entries=tuple(entries), method="read", retrieved_at=None
    )


def made(count: int, chance: random.Random) -> tuple[dict[str, list[EntryReading]], list[tuple[str, list[str], str]]]:
    """Entries by list, *count* in all, each with the number of whom it is in its subject; and everyone."""
    invented = Invented(chance, count // 2)
    lists: dict[str, list[EntryReading]] = defaultdict(list)
    everyone: list[tuple[str, list[str], str]] = []
    total = 0
    while total < count:
        one = invented.subject()
        if everyone and chance.random() < 1 / 12:  # a person's namesake, born on another day
            kind, words, _ = chance.choice(everyone)
            one = (kind, words, one[2]) if kind == one[0] == "person" else one
        everyone.append(one)
        for on in chance.sample(LISTS, chance.choice([1, 1, 1, 2, 3, 4, 5])):
            lists[on].append(entry(on, len(everyone) - 1, one, invented, chance))
            total += 1
    return lists, everyone


def entry(
    on: str, number: int, one: tuple[str, list[str], str], invented: Invented, chance: random.Random
) -> EntryReading:
    """*one* as the list *on* has it."""
    kind, words, born = one
    names = [invented.written(kind, words) for _ in range(chance.choice([1, 1, 2, 3]))]
    shown = born if chance.random() < 0.7 else born[:4] if chance.random() < 0.5 else ""
    return EntryReading(key=f"{number}", subject=f"{on}:{number}", place="row", claims=claims(on, kind, names, shown))


def right(found: Sequence[Proposal], count: int) -> str:
    """Precision and recall of what is proposed as the same."""
    same = [one for one in found if one.judgement == "same"]
    good = sum(whose(one.left.subject) == whose(one.right.subject) for one in same)
    return f"{good / max(1, len(same)):.4f} of {len(same):,}, {good / max(1, count):.4f} of {count:,}"


def whose(subject: str) -> str:
    """The number of whom an entry is."""
    return subject.partition(":")[2]


def main(arguments: Sequence[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    count = 5_000 if parser.parse_args(arguments).quick else 50_000
    chance = random.Random(5)
    lists, everyone = made(count, chance)
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        register = SqlRegister(f"sqlite:///{folder}/register.sqlite", Archive(Path(folder) / "archive"))
        register.prepare()
        for on, entries in lists.items():
            register.append(document(on, entries), clock)
        moment = clock()
        with register.view() as view:
            start = perf_counter()
            found = propose(view, at(clock()))
            whole = perf_counter() - start
        times = defaultdict(int)
        for entries in lists.values():
            for one in entries:
                times[whose(one.subject)] += 1
        pairs = sum(number * (number - 1) // 2 for number in times.values())

        invented = Invented(chance, 1_000)
        known = chance.sample(range(len(everyone)), 50)
        fresh = [entry("list-15", number, everyone[number], invented, chance) for number in known]
        fresh += [entry("list-15", 10**6 + number, invented.subject(), invented, chance) for number in range(50)]
        register.append(document("list-15", fresh), clock)
        with register.view() as view:
            start = perf_counter()
            now = at(clock())
            some = propose(view, now, subjects=told_since(view, moment, now))
            new = perf_counter() - start
        register.close()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held = sum(times[str(number)] for number in known)
    rows = [
        (
            f"{count:,} subjects on {len(LISTS)} lists resolved, one process",
            "600 s",
            f"{whole:.0f} s, {megabytes:,.0f} MB",
        ),
        ("proposals", "", f"{len(found):,}"),
        ("proposed as the same: precision, recall", "", right(found, pairs)),
        ("a new document of 100 entries, names and index read anew", "", f"{new:.1f} s, {len(some):,} proposals"),
        ("its entries proposed as the same: precision, recall", "", right(some, held)),
    ]
    write("resolve.md", "Resolving", rows)


def at(moment: dt.datetime) -> AsOf:
    """As recorded by *moment*."""
    return AsOf(valid_at=moment.date(), known_at=moment, basis=Basis.RECORDED)


if __name__ == "__main__":
    main(sys.argv[1:])
