"""How long the server needs for each kind of page, and how heavy the pages are.

    .venv/bin/python bench/site.py [--quick] [--home DIR] [--only WORDS]

Without ``--home`` the register is that of the starter, made anew. With it, it is the one that lies in that folder
(a ``TIZIM_HOME``), which is only read: the floors are meant for a register with everything kept, so that is what is
measured before a release. A register is filled by ``tizim up --no-serve`` and ``tizim keep-all FOLDER``; see
docs/how-to/keep-all-lists.md. ``--only`` measures the kinds whose names have these words in them, and writes nothing.

Pages are asked in one warm process, none twice: as no page was made before, each is made anew from the register,
and only what several pages share is remembered. Dates differ from page to page in the rows that say so. The first
rows say how long a fresh server takes to warm up. The last rows ask the same pages again, and from eight threads at
once, and say how much memory the process holds at the end.
"""

import datetime as dt
import gzip
import random
import resource
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, thread_time
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote

from measuring import median_ms, options, timed, write

from tizim.answer.evidence import designations
from tizim.answer.members import members
from tizim.answer.official import official_lists
from tizim.answer.records import statements
from tizim.answer.subjects import Clusters, subject
from tizim.answer.times import Asked
from tizim.api.site import Server, application
from tizim.app import App
from tizim.publish.assets import assets
from tizim.settings import Settings
from tizim.text import fold

FLOOR = "< 50 ms (p95)"
TYPING = "< 30 ms (p95)"
DATA = ""
WELL_KNOWN = ("taliban", "hamas", "al-qaida", "isil", "ltte", "farc", "haqqani-network", "hezbollah", "pkk")
COMMON = (
    "bank", "al", "ali", "mohammad", "muhammad", "ahmed", "company", "ltd", "limited", "group", "international",
    "trading", "shipping", "oil", "the", "of", "de", "jose", "maria", "korea", "iran", "islamic", "front", "abu",
    "bin", "hassan", "banco", "general", "center", "foundation", "али", "хасан", "محمد", "علی", "银行",
)  # fmt: skip
_LONG = 4_000
"""members of a list, or entries of a document, that counts as long"""


class Chance:
    """Choices of chance that are the same in every run."""

    def __init__(self, each: int) -> None:
        self.each = each
        self._random = random.Random(1)

    def some(self, found: Sequence[str], most: int | None = None) -> list[str]:
        """Some of *found*, none twice."""
        return self._random.sample(list(found), min(len(found), most or self.each))

    def any(self, found: Sequence[str], count: int | None = None) -> list[str]:
        """As many as asked for, some of them perhaps twice."""
        return self._random.choices(list(found), k=count or self.each)

    def days(self, count: int | None = None) -> list[str]:
        """Days from 2003 on, none twice."""
        first = dt.date(2003, 1, 1).toordinal()
        chosen = self._random.sample(range(8_700), count or self.each)
        return [str(dt.date.fromordinal(first + number)) for number in chosen]

    def prefixes(self, names: Sequence[str]) -> list[str]:
        """The first one to six letters of names, none twice."""
        found = {name[: self._random.randint(1, 6)] for name in self.any(names, self.each * 3)}
        return self.some(sorted(one for one in found if fold(one)))


def addresses(app: App, each: int) -> dict[str, tuple[str, list[str]]]:
    """Floor and addresses of each kind of page, in an order of chance that is always the same."""
    chance = Chance(each)
    with app.asking(Asked()) as (view, now):
        lists = list(official_lists(view))
        every = [one for one in view.all_subjects() if ":*" not in one and not one.startswith(("list:", "topic:"))]
        clusters = Clusters(view, now)
        subjects = [clusters.id_of(one) for one in chance.some(every)]
        rows = view.headlines_of(every)
        of_subject: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            of_subject[clusters.id_of(row.subject)].add(row.list)
        versions = Counter(clusters.id_of(row.subject) for row in rows)
        listed = sorted(of_subject, key=lambda one: (-len(of_subject[one]), one))[: each // 2]
        changed = [one for one, _ in versions.most_common(each // 2)]
        held = view.documents()
        documents = [doc.sha256 for doc in held]
        long_documents = [doc.sha256 for doc in held if doc.entries > _LONG]
        names = sorted({row.text for row in view.names_of(chance.some(every, 4_000))})
        long_lists = {one: found for one in lists if len(found := members(view, one, now).members) > 200}
        letters = [
            (one, letter)
            for one, found in long_lists.items()
            for letter in sorted({fold(member.name)[:1].upper() for member in found if fold(member.name)[:1].isalpha()})
        ]
        long = [one for one, found in long_lists.items() if len(found) > _LONG]
        acts = [one.id for one in designations(view, None)]
        said = [
            one.id
            for name in [*chance.some(every), *chance.some(changed)]
            for one in chance.any(statements(view, subject(view, clusters.of(name)[0], (), now), now) or [None], 1)
            if one is not None
        ]  # fmt: skip
    days, third, fifth = chance.days(), max(each // 3, 5), max(each // 5, 5)
    by_letter = [f"/en/lists/{one}/?letter={quote(letter)}" for one, letter in letters]
    well_known = chance.any(WELL_KNOWN)

    def dated(paths: Sequence[str], *, also: str = "") -> list[str]:
        return [
            f"{path}{'&' if '?' in path else '?'}as_of={day}{also}"
            for path, day in zip(paths, chance.days(len(paths)), strict=True)
        ]

    def known(day: str) -> str:
        return f"known_at={day}"

    mixed = [
        "/en/", "/en/lists/", "/en/reviews/", *(f"/en/lists/{one}/" for one in chance.any(lists, third)),
        *(f"/en/subjects/{one}/" for one in chance.any([*well_known, *listed, *subjects], third)),
        *(f"/en/ask?subject={one}&list=un-sc" for one in chance.any([*WELL_KNOWN, *listed], fifth)),
    ]  # fmt: skip

    def asked_with(ask_of: str) -> list[str]:
        return [f"{path}{'&' if '?' in path else '?'}{ask_of}" for path in dict.fromkeys(mixed)]

    return {
        "home": (FLOOR, ["/en/"]),
        "home, another day each": (FLOOR, [f"/en/?as_of={day}" for day in days[:fifth]]),
        "all lists": (FLOOR, ["/en/lists/"]),
        "all lists, another day each": (FLOOR, [f"/en/lists/?as_of={day}" for day in days[fifth : 2 * fifth]]),
        "list": (FLOOR, [f"/en/lists/{one}/" for one in lists]),
        "list, another day each": (FLOOR, dated([f"/en/lists/{one}/" for one in chance.any(lists)])),
        "long list, by letter": (FLOOR, chance.some(by_letter)),
        "long list, by letter, another day each": (FLOOR, dated(chance.any(by_letter))),
        f"list of over {_LONG} members, another day each": (
            FLOOR, dated([f"/en/lists/{one}/" for one in chance.any(long, third)] if long else [])
        ),
        "the UN's whole list, another day each": (FLOOR, dated(["/en/lists/un-sc/"] * third)),
        "subject": (FLOOR, [f"/en/subjects/{one}/" for one in dict.fromkeys(subjects)]),
        "subject, well known, another day each": (
            FLOOR, dated([f"/en/subjects/{one}/" for one in well_known[: each // 2]])
        ),
        "subject on the most lists": (FLOOR, [f"/en/subjects/{one}/" for one in listed]),
        "subject on the most lists, another day each": (FLOOR, dated([f"/en/subjects/{one}/" for one in listed])),
        "subject in the most versions, another day each": (FLOOR, dated([f"/en/subjects/{one}/" for one in changed])),
        "statement about an act": (FLOOR, [f"/en/statements/{one}/" for one in chance.some(acts)]),
        "statement of a record": (FLOOR, [f"/en/statements/{one}/" for one in dict.fromkeys(said)]),
        "ask, another list each": (
            FLOOR, [f"/en/ask?subject={one}&list={a_list}" for one in WELL_KNOWN for a_list in lists[::4]]
        ),
        "ask, over long lists, another day each": (
            FLOOR,
            dated([
                f"/en/ask?subject={one}&list={a_list}"
                for one, a_list in zip(
                    chance.any([*WELL_KNOWN, *listed, *changed]), chance.any(list(long_lists)), strict=True
                )
            ]),
        ),
        "search": (FLOOR, [f"/en/search?q={quote(name[:30])}" for name in chance.some(names)]),
        "search, common words": (FLOOR, [f"/en/search?q={quote(one)}" for one in COMMON]),
        "search while typing, 1 to 6 letters": (
            TYPING, [f"/en/search.json?q={quote(one)}" for one in chance.prefixes(names)]
        ),
        "search while typing, common words": (
            TYPING,
            [
                f"/en/search.json?q={quote(one)}"
                for one in dict.fromkeys(word[:length] for word in COMMON for length in range(1, 7))
            ],
        ),
        "search while typing, another day each": (
            TYPING, dated([f"/en/search.json?q={quote(one)}" for one in chance.prefixes(names)])
        ),
        "reviews": (FLOOR, ["/en/reviews/"]),
        "reviews, another day each": (FLOOR, [f"/en/reviews/?as_of={day}" for day in days[2 * fifth : 3 * fifth]]),
        "sources": (FLOOR, ["/en/sources/"]),
        "sources, another day each": (FLOOR, [f"/en/sources/?as_of={day}" for day in days[:fifth]]),
        "document": (FLOOR, [f"/en/documents/{one}/" for one in chance.some(documents)]),
        f"document of over {_LONG} entries": (FLOOR, [f"/en/documents/{one}/" for one in chance.some(long_documents)]),
        "how to read this": (FLOOR, ["/en/how-to-read/"]),
        "as known on an earlier day": (FLOOR, asked_with(known("2026-11-25"))),
        "as published": (FLOOR, asked_with("basis=published")),
        "as published by 1 March 2024, another day each": (
            FLOOR, dated([one for one in dict.fromkeys(mixed) if "?" not in one], also="&known_at=2024-03-01")
        ),
        "in Persian": (FLOOR, [one.replace("/en/", "/fa/", 1) for one in dict.fromkeys(mixed)]),
        "data of lists": (DATA, [f"/en/lists/{one}.json" for one in lists]),
    }  # fmt: skip


class Sample(NamedTuple):
    """A page that was asked for: seconds, seconds of the processor, its bytes as sent packed, and its status."""

    seconds: float
    worked: float
    size: int
    status: int


def ask(server: Server, address: str) -> Sample:
    """Ask for a page."""
    path, _, query = address.partition("?")
    start, begun = perf_counter(), thread_time()
    try:
        sent = server.answer(unquote(path), query, dict(parse_qsl(query)), "http://bench.test", "")
    except Exception as error:  # noqa: BLE001 - a subject unknown on a day is a page too
        sent = server.problem(path, {}, error, "en", "http://bench.test")
    return Sample(perf_counter() - start, thread_time() - begun, len(sent.packed), sent.status)


def both(found: Sequence[Sample]) -> str:
    """Times on the clock, and those of the processor: the others at work on a machine do not show in these."""
    return f"{median_ms([one.seconds for one in found])}; processor {median_ms([one.worked for one in found])}"


@contextmanager
def register(home: Path | None) -> Iterator[App]:
    """The register that lies in *home*, or one made of the starter."""
    with tempfile.TemporaryDirectory() as folder:
        where = home or Path(folder)
        app = App(Settings(home=where, register_url=f"sqlite:///{where / 'register.sqlite'}"))
        if home is None:
            app.fill(None)
        yield app
        app.close()


def memory(field: str) -> str:
    """What the process holds, by a field of Linux's own count, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == field:
            return f"{int(value.split()[0]) / 1024:.0f} MB"
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"


def main() -> None:
    """Ask, and write what came of it."""
    asked = options()
    asked.add_argument("--only", default="")
    given = asked.parse_args()
    with register(given.home) as app:
        server: Server = application(app).state.server
        rows = [("fresh server, until warm", "", f"{timed(server.warm):.1f} s; memory {memory('VmRSS')}")]
        with app.asking(Asked()) as (view, _):
            size = f"{len(view.documents())} documents, {len(view.all_subjects())} subjects, head {view.shared.head}"
        rows.insert(0, ("register", "", size))
        every = addresses(app, 20 if given.quick else 150)
        every = {kind: asked for kind, asked in every.items() if given.only in kind and asked[1]}
        samples: list[Sample] = []
        for kind, (floor, asked) in every.items():
            found = [ask(server, one) for one in asked]
            if floor:
                samples += found
            wrong = Counter(one.status for one in found if one.status != 200)
            told = f"; answers other than 200: {dict(wrong)}" if wrong else ""
            heaviest = max(one.size for one in found)
            slowest = max(zip((one.worked for one in found), asked, strict=True))
            measured = f"{both(found)}; heaviest {heaviest / 1000:.1f} kB packed{told}"
            rows.append((f"{kind} ({len(asked)})", floor, measured))
            print(*rows[-1], f"{slowest[0] * 1000:.0f}", slowest[1], sep=" | ", flush=True)
        if given.only:
            return
        rows.append((f"every page above but data ({len(samples)})", FLOOR, both(samples)))
        mixed = [one for floor, asked in every.values() if floor for one in asked[:20]]
        rows.append((f"pages asked again ({len(mixed)})", FLOOR, both([ask(server, one) for one in mixed])))
        rows.append(("memory after all that", "< 1 GB", f"{memory('VmRSS')} (at most {memory('VmHWM')})"))
        fresh: Server = application(app).state.server
        with ThreadPoolExecutor(8) as pool:
            start = perf_counter()
            statuses: defaultdict[int, int] = defaultdict(int)
            for one in pool.map(lambda one: ask(fresh, one), mixed * 3):
                statuses[one.status] += 1
            seconds = perf_counter() - start
        rows.append((
            f"eight threads, {len(mixed) * 3} pages", "none fails",
            f"{len(mixed) * 3 / seconds:.0f} a second; answers {dict(sorted(statuses.items()))}",
        ))  # fmt: skip
        first = ask(server, "/en/").size + sum(
            len(gzip.compress(one.data, 9)) for name, one in assets().items() if name.endswith((".css", ".js"))
        )
        rows.append(("first page with style sheet and script", "< 100 kB", f"{first / 1000:.1f} kB"))
        rows += [
            (f"{name}", "", f"{len(gzip.compress(one.data, 9)) / 1000:.1f} kB packed")
            for name, one in assets().items()
            if name.endswith((".css", ".js", ".woff2"))
        ]
    which = "register of the starter" if given.home is None else "everything kept"
    write("site.md", f"The site: server time and weight of pages, {which}", rows)


if __name__ == "__main__":
    main()
