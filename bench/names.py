"""Names: quality and speed of the shipped model, beside the floors, nomenklatura's logic-v2 and rapidfuzz.

    TIZIM_REAL_FILES=../shared .venv/bin/python bench/names.py [--quick] [--odd] [--only quality|speed]

Quality goes through the public interface only: `tizim.compare_names`, `tizim.MATCH_THRESHOLD`, `tizim.Screener`.
Every part runs in a process of its own, pinned to one core, so that nothing is warm which a user would find cold.
The peers run in bench/.peers (`tools/peers.sh` makes it); without it their columns say so.
Progress goes to standard error, the tables to standard output and, of a full run, to bench/results/names.md.
"""

import argparse
import hashlib
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, perf_counter_ns, process_time
from typing import Any, NamedTuple

import names_data as data
import names_made as made
from measuring import RESULTS, machine

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "bench" / ".peers" / "bin" / "python"
MODEL = ROOT / "src" / "tizim" / "match" / "model.json"
CORE = max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
LOGIC_THRESHOLD, RATIO_THRESHOLD = 0.7, 0.85
"""where the peers say yes: nomenklatura's default, and the usual one of rapidfuzz (shared/matching.md, section 2)"""
CANDIDATES = 50
ASKED = 20_000
SAMPLES = {"negatives": 2_000, "cdist negatives": 10_000, "short negatives": 1_000, "aliases": 1_000, "speed": 600}
"""how many of each the peers are asked at most, who are slow; tizim is asked all of them"""
QUICK_SAMPLES = {"negatives": 300, "cdist negatives": 1_000, "short negatives": 300, "aliases": 60, "speed": 100}
WHY_ODD = (
    "measure original-script names and aliases of the references whose SHA-256 ends in an odd digit, too."
    " They are the held-out half: nothing was fitted on them, and they stay worth something only while nobody tunes"
    " by them. Others measure them on what lands; ask for them once, at a release, never while changing the score."
)
Scored = list[tuple[float, float]]


class Found(NamedTuple):
    """What a query found: the best (score, order) of the right subject and of any other."""

    right: tuple[float, float]
    other: tuple[float, float]


NOTHING = (-1.0, -1.0)


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


# -- figures ----------------------------------------------------------------------------------------------


def f1(labels: Sequence[bool], scores: Sequence[float], threshold: float) -> float:
    """F1 of accepting scores from *threshold* on."""
    taken = [score >= threshold for score in scores]
    right = sum(a and b for a, b in zip(taken, labels, strict=True))
    return 2 * right / max(sum(taken) + sum(labels), 1)


def average_precision(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Average precision; pairs of the same score count as one step."""
    by_score: dict[float, list[int]] = {}
    for label, score in zip(labels, scores, strict=True):
        step = by_score.setdefault(score, [0, 0])
        step[0] += label
        step[1] += 1
    total, right, taken = 0.0, 0, 0
    for score in sorted(by_score, reverse=True):
        right, taken = right + by_score[score][0], taken + by_score[score][1]
        total += by_score[score][0] * right / taken
    return total / max(sum(labels), 1)


def bar(negatives: Sequence[float], rate: float) -> float:
    """The score that a match must exceed so that no more than *rate* of the negatives do."""
    return sorted(negatives, reverse=True)[int(len(negatives) * rate)]


def recall(found: Sequence[Found], above: float) -> float:
    """Share of queries whose right subject scores more than that."""
    return sum(one.right[0] > above for one in found) / max(len(found), 1)


def first(found: Sequence[Found]) -> float:
    """Share of queries whose right subject comes first; ties, by score and order, count half."""
    return sum((one.right > one.other) + 0.5 * (one.right == one.other != NOTHING) for one in found) / max(
        len(found), 1
    )


def tied(found: Sequence[Found], threshold: float) -> float:
    """Of queries whose right subject is a match and second to none: the share with another subject beside it."""
    top = [one for one in found if one.right[0] >= threshold and one.right >= one.other]
    return sum(one.right == one.other for one in top) / max(len(top), 1)


def crowded(found: Sequence[Found], threshold: float) -> float:
    """Share of right subjects that are matches and have the one most common (score, order)."""
    top = [one.right for one in found if one.right[0] >= threshold]
    return Counter(top).most_common(1)[0][1] / len(top) if top else 0.0


def judged(results: Iterable[tuple[str, float, float]], right: frozenset[str]) -> Found:
    """Sort out what a query found, given as (id, score, order)."""
    own, other = NOTHING, NOTHING
    for key, score, order in results:
        if key in right:
            own = max(own, (score, order))
        else:
            other = max(other, (score, order))
    return Found(own, other)


# -- what is asked ----------------------------------------------------------------------------------------


def entities(rows: Iterable[data.Listed]) -> list[tuple[str, str, list[str]]]:
    """Entities of a list, as `Screener.build` takes them."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for row in rows:
        found.setdefault(row.key, (row.key, row.schema, []))[2].append(row.name)
    return list(found.values())


def everywhere(right: frozenset[str]) -> frozenset[str]:
    """The same persons on both lists: one person in two lists counts once."""
    return right.union(*(data.same_persons()[key] for key in right))


def queries(kind: str, *, odd: bool = False) -> list[tuple[str, frozenset[str]]]:
    """Queries of a kind and the subjects that are right."""
    if kind in {"treated", "untreated"}:
        return [(name, everywhere(right)) for name, right in data.un_queries(treated=kind == "treated")]
    rows = data.original_queries() if kind == "original" else data.alias_queries()
    return [(row.name, everywhere(row.right)) for row in rows if row.even != odd]


def is_latin(name: str) -> bool:
    """Whether all letters are Latin."""
    return not any(ord(letter) > 0x24F for letter in name if letter.isalpha())


def is_arabic(name: str) -> bool:
    """Whether the letters are Arabic, Persian, Urdu ..."""
    return any("\u0600" <= letter <= "\u077f" for letter in name)


def negatives(kind: Callable[[str], bool] | None = None, most: int | None = None) -> list[str]:
    """Names of nobody, both files in turn; *most* of them if that is given."""
    both = zip(data.negatives("global"), data.negatives("us"), strict=True)
    found = [name for pair in both for name in pair if kind is None or kind(name)]
    return found[:most]


_MARK = re.compile(r"(?<![\w.])[IVX]+(?![\w.])|\d+")


def marks_differ(left: str, right: str) -> bool:
    """Whether both names have numbers or series marks, and others: read here without tizim's help."""
    mine, theirs = sorted(_MARK.findall(left)), sorted(_MARK.findall(right))
    return bool(mine and theirs) and mine != theirs


_SERIES = (
    ("{} Fund III LP", "{} Fund IV LP"), ("{} Partners II", "{} Partners III"), ("{} Trust 2006-1", "{} Trust 2007-1"),
    ("Factory No. 7 {}", "Factory No. 9 {}"), ("{} 1", "{} 2"), ("{} 44th Brigade", "{} 45th Brigade"),
    ("{} First Bank", "{} Second Bank"), ("{} Series A", "{} Series B"), ("{} IX GmbH", "{} XI GmbH"),
    ("{} Holding 12", "{} Holding 21"), ("{} Forty Four", "{} 45"), ("{} VII", "{} 8"),
)  # fmt: skip


def series() -> dict[str, list[data.Pair]]:
    """Made pairs of names that differ in a number or series mark: as the fit makes them, and of other forms."""
    chance = random.Random(23)
    fitted = [one for one in made.pairs(data.un_names(), data.sdn_names(), chance) if one.group == "other series"]
    names = [
        row.name for row in data.sdn_names() if row.schema == "Organization" and row.name.replace(" ", "").isalpha()
    ]
    others = []
    for number, name in enumerate(chance.sample(names, 300)):
        left, right = _SERIES[number % len(_SERIES)]
        others.append(
            data.Pair(left.format(name), right.format(name), "Company", same=False, tier="", state="", group=left)
        )
    ships = [row.name for row in data.sdn_names() if row.schema == "Vessel" and row.name.isalpha()]
    others += [
        data.Pair(f"{name} 1", f"{name} 2", "Vessel", same=False, tier="", state="", group="vessel")
        for name in chance.sample(ships, 100)
    ]
    return {"as fitted": fitted, "other forms": others}


# -- part: quality ----------------------------------------------------------------------------------------


def quality(given: dict[str, Any]) -> dict[str, Any]:
    """Scores and finds of tizim, and the candidates that logic-v2 will be asked about."""
    import tizim  # noqa: PLC0415 - parts that measure starting must not have it loaded

    samples, kinds = given["samples"], ["treated", "untreated", "original", "alias"]

    def scored(pairs: Iterable[data.Pair]) -> list[float]:
        return [tizim.compare_names(one.left, one.right, one.schema) for one in pairs]

    say("quality: pairs")
    found: dict[str, Any] = {"threshold": tizim.MATCH_THRESHOLD, "pairs": scored(data.pairs())}
    found["series"] = {name: scored(pairs) for name, pairs in series().items()}
    found["languages"] = {name: scored(pairs) for name, pairs in data.language_pairs().items()}
    whole = tizim.Screener.build(entities(data.both_lists()))
    short = tizim.Screener.build(entities(data.primary_list()))
    lists = {"treated": whole, "untreated": whole, "original": short, "alias": short}
    halves = {"even": False, "odd": True} if given["odd"] else {"even": False}
    found["finds"] = {}
    for kind in kinds:
        for half, odd in halves.items() if kind in {"original", "alias"} else [("", False)]:
            say(f"quality: {kind} {half}")
            rows = []
            for name, right in queries(kind, odd=odd):
                rows.append(judged(((one.id, one.score, one.order) for one in lists[kind].match(name)), right))
            found["finds"][f"{kind} {half}".strip()] = rows
    say("quality: negatives")

    def tops(where: tizim.Screener, names: Iterable[str]) -> list[float]:
        return [best[0].score if best else 0.0 for best in (where.match(name) for name in names)]

    found["negatives"] = {
        "whole": tops(whole, negatives()),
        "short": tops(short, negatives(is_latin)),
        "arabic": tops(short, negatives(is_arabic)),
    }
    say("quality: candidates for logic-v2")

    def listed(where: tizim.Screener, name: str) -> list[tuple[str, str]]:
        return [(one.id, one.name) for one in where.match(name, limit=CANDIDATES)]

    found["candidates"] = {
        kind: [
            (name, listed(lists[kind], name))
            for name, _ in queries(kind)[: samples["aliases"] if kind == "alias" else None]
        ]
        for kind in kinds
    }
    found["candidates"]["negatives"] = [(name, listed(whole, name)) for name in negatives(most=samples["negatives"])]
    found["candidates"]["short"] = [
        (name, listed(short, name)) for name in negatives(is_latin, samples["short negatives"])
    ]
    return found


# -- parts: speed -----------------------------------------------------------------------------------------


def make(given: dict[str, Any]) -> dict[str, Any]:
    """Build a screener of that many names, save it, and write queries beside it."""
    import tizim  # noqa: PLC0415 - parts that measure starting must not have it loaded

    rows = list(data.both_lists())
    more = given["names"] - len(rows)
    if more > 0:
        say(f"speed: drawing {more:,} names")
        rows += [data.Listed(*row) for row in data.list_names().synth(rows, more, seed=7)]
    asked = [(name, "Person") for name in negatives()]
    chance = random.Random(5)
    chance.shuffle(asked)
    asked = asked[:ASKED]
    if more > 0:
        asked[: ASKED // 2] = [(slipped(row.name, chance), row.schema) for row in chance.sample(rows, ASKED // 2)]
        chance.shuffle(asked)
    Path(given["queries"]).write_text(json.dumps(asked), encoding="utf-8")
    listed = entities(rows)
    count = len(rows)
    del rows
    tizim.Screener.build([("warm", "Person", ["Warm Up"])]).match("Worm Up")
    say(f"speed: building {count:,} names")
    cpu, wall = process_time(), perf_counter()
    screener = tizim.Screener.build(listed)
    cpu, wall = process_time() - cpu, perf_counter() - wall
    screener.save(given["index"])
    return {"names": count, "cpu": cpu, "wall": wall, "peak": peak()}


def slipped(name: str, chance: random.Random) -> str:
    """A listed name as somebody types it: a letter changed or lost, a word left out, another order."""
    words = name.split()
    kind = chance.randrange(4)
    if kind == 0 and len(words) > 2:
        del words[chance.randrange(len(words))]
    elif kind == 1:
        chance.shuffle(words)
    else:
        at = max(range(len(words)), key=lambda place: len(words[place]))
        word = words[at]
        if len(word) > 3:
            cut = chance.randrange(1, len(word) - 1)
            words[at] = word[:cut] + chance.choice("abdefghiklmnorstuvyz") + word[cut + chance.randrange(2) :]
    return " ".join(words)


def peak() -> int:
    """The most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux may be that of the process which started this one
        return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))[0]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def ask(given: dict[str, Any]) -> dict[str, Any]:
    """Open a saved screener in this fresh process and ask it everything once."""
    import tizim  # noqa: PLC0415 - parts that measure starting must not have it loaded

    asked = json.loads(Path(given["queries"]).read_text(encoding="utf-8"))
    tizim.Screener.build([("warm", "Person", ["Warm Up"])]).match("Worm Up")  # loads compiled code, no cache of names
    before = peak()
    screener = tizim.Screener.open(given["index"])
    say(f"speed: asking {screener.names:,} names")
    times = []
    cpu, wall = process_time(), perf_counter()
    for name, schema in asked:
        start = perf_counter_ns()
        screener.match(name, schema)
        times.append(perf_counter_ns() - start)
    cpu, wall = process_time() - cpu, perf_counter() - wall
    times.sort()
    p50, p95, p99 = (times[int(len(times) * share)] / 1000 for share in (0.5, 0.95, 0.99))
    speeds = {"cpu": len(asked) / cpu, "wall": len(asked) / wall}
    return speeds | {"p50": p50, "p95": p95, "p99": p99, "most": times[-1] / 1000, "peak": peak(), "before": before}


def pair(_: dict[str, Any]) -> dict[str, Any]:
    """One pair from text: at first sight and warm, in µs of CPU time."""
    import tizim  # noqa: PLC0415 - parts that measure starting must not have it loaded

    pairs = [(one.left, one.right, one.schema) for one in data.pairs()]
    tizim.compare_names("Warm Up", "Worm Up")

    def once() -> tuple[float, float]:
        cpu, wall = process_time(), perf_counter()
        for left, right, schema in pairs:
            tizim.compare_names(left, right, schema)
        return (process_time() - cpu) / len(pairs) * 1e6, (perf_counter() - wall) / len(pairs) * 1e6

    sight = once()
    warm = [once() for _ in range(25)]
    cpu, wall = (statistics.median(one[at] for one in warm) for at in (0, 1))
    return {"first": sight[0], "cpu": cpu, "wall": wall}


PARTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "quality": quality,
    "make": make,
    "ask": ask,
    "pair": pair,
}


def pinned() -> None:
    """Keep to one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {CORE})


def run(part: str, given: dict[str, Any]) -> dict[str, Any]:
    """A part in a process of its own."""
    command = [sys.executable, __file__, "--part", part]
    done = subprocess.run(command, input=json.dumps(given), stdout=subprocess.PIPE, encoding="utf-8", check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


_OPEN = """
import os, resource, sys
if hasattr(os, "sched_setaffinity"): os.sched_setaffinity(0, {int(sys.argv[2])})
import tizim
best = tizim.Screener.open(sys.argv[1]).match("Osama bin Ladin")
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, flush=True)
"""


def started(index: Path, cache: str | None = None) -> tuple[float, float, str]:
    """Seconds from starting a new process to its first answer, by the wall and of CPU, and what it said meanwhile."""
    env = os.environ | ({"NUMBA_CACHE_DIR": cache} if cache else {})
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", _OPEN, str(index), str(CORE)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", env=env,
    ) as process:  # fmt: skip
        assert process.stdout is not None  # noqa: S101 - asked for above
        line = process.stdout.readline()
        wall = perf_counter() - start
        _, said = process.communicate()
    if process.returncode:
        sys.exit(f"a process that opens a screener failed:\n{said}")
    return wall, float(line), said.strip()


def speed(*, quick: bool) -> dict[str, Any]:
    """All speeds of tizim."""
    found: dict[str, Any] = {"pair": run("pair", {})}
    sizes = {"25 k": 0, "1 M": 1_000_000, "3 M": 3_000_000}
    with tempfile.TemporaryDirectory() as folder:
        for label, names in sizes.items():
            if quick and names:
                continue
            index = Path(folder) / "names.tizim"
            given = {"names": names, "index": str(index), "queries": str(Path(folder) / "queries.json")}
            built = run("make", given)
            rounds = [run("ask", given) for _ in range(1 if names else 3)]
            asked = {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
            found[label] = {"built": built, "asked": asked, "bytes": index.stat().st_size, "index": arrays(index)}
            if not names:
                say("speed: opening in new processes")
                opened = [started(index) for _ in range(5)]
                found["open"] = [statistics.median(one[at] for one in opened) for at in (0, 1)]
                if not quick:
                    say("speed: first run after installation")
                    with tempfile.TemporaryDirectory() as empty:
                        found["install"] = started(index, empty)
    return found


def arrays(index: Path) -> int:
    """Bytes of the arrays that are searched, without texts, by the head of a saved screener."""
    with index.open("rb") as file:
        file.readline()
        head = json.loads(file.readline())
    total = 0
    for name, one in head["arrays"].items():
        if name.startswith("index."):
            count = 1
            for size in one["shape"]:
                count *= size
            total += count * int(re.sub(r"\D", "", one["type"]))
    return total


# -- peers ------------------------------------------------------------------------------------------------


class Peers:
    """The process of the yardsticks."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.versions: dict[str, str] = self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101 - asked for when it was started
        line = self._process.stdout.readline()
        if not line:
            sys.exit("the peers ended early; see above, and make their environment anew with tools/peers.sh")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, **task: Any) -> tuple[Any, float]:  # noqa: ANN401 - a task is JSON
        """Scores and seconds of CPU time."""
        assert self._process.stdin is not None  # noqa: S101 - asked for when it was started
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        answer = self._read()
        return answer["scores"], answer["seconds"]


@contextmanager
def peers_in(python: Path) -> Iterator[Peers]:
    """The peers, started."""
    with subprocess.Popen(
        [str(python), str(ROOT / "bench" / "names_peers.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        encoding="utf-8", preexec_fn=pinned,  # noqa: PLW1509 - no threads yet
    ) as process:  # fmt: skip
        yield Peers(process)


def of_peers(peers: Peers, ours: dict[str, Any], samples: dict[str, int]) -> dict[str, Any]:
    """What the peers score and find."""
    found: dict[str, Any] = {"versions": peers.versions, "pairs": {}, "languages": {}, "series": {}, "pair µs": {}}
    for method in ("logic-v2", "WRatio", "token_sort"):
        say(f"peers: pairs with {method}")
        rows = [(one.left, one.right, one.schema) for one in data.pairs()]
        peers.ask(do="pairs", method=method, pairs=rows)
        again = [peers.ask(do="pairs", method=method, pairs=rows) for _ in range(3)]
        found["pairs"][method] = again[0][0]
        found["pair µs"][method] = statistics.median(seconds for _, seconds in again) / len(rows) * 1e6
        for where, groups in (("languages", data.language_pairs()), ("series", series())):
            found[where][method] = {
                name: peers.ask(do="pairs", method=method, pairs=[(one.left, one.right, one.schema) for one in pairs])[
                    0
                ]
                for name, pairs in groups.items()
            }
    found["logic-v2"] = by_logic(peers, ours["candidates"])
    found["cdist"] = by_cdist(peers, samples)
    return found


def by_logic(peers: Peers, candidates: dict[str, list[tuple[str, list[tuple[str, str]]]]]) -> dict[str, Any]:
    """logic-v2 on candidates that tizim found."""
    found: dict[str, Any] = {"finds": {}, "negatives": {}}
    seconds, count = 0.0, 0
    for kind, rows in candidates.items():
        say(f"peers: logic-v2 on {CANDIDATES} candidates of {len(rows)} {kind}")
        scores, took = peers.ask(do="candidates", asked=[(name, [text for _, text in listed]) for name, listed in rows])
        if kind in {"treated", "negatives"}:
            seconds, count = seconds + took, count + len(rows)
        if kind in {"negatives", "short"}:
            found["negatives"]["whole" if kind == "negatives" else kind] = [max(one, default=0.0) for one in scores]
            continue
        found["finds"][kind] = [
            judged(((key, score, 0.0) for (key, _), score in zip(listed, one, strict=True)), right)
            for (_, right), (_, listed), one in zip(queries(kind), rows, scores, strict=False)
        ]
    found["q/s"] = count / seconds
    return found


def by_cdist(peers: Peers, samples: dict[str, int]) -> dict[str, Any]:
    """Brute force by rapidfuzz over sorted words."""
    say("peers: rapidfuzz, brute force")
    found: dict[str, Any] = {"finds": {}, "negatives": {}}
    whole = [row for row in data.both_lists() if row.schema == "Person"]
    short = [row for row in data.primary_list() if row.schema == "Person"]
    for kind, rows in (("treated", whole), ("untreated", whole), ("original", short), ("alias", short)):
        asked = queries(kind)[: samples["aliases"] if kind == "alias" else None]
        scores, _ = peers.ask(
            do="cdist", queries=[one for one, _ in asked], names=[row.name for row in rows], most=CANDIDATES
        )
        found["finds"][kind] = [
            judged(((rows[number].key, score, 0.0) for number, score in one), right)
            for (_, right), one in zip(asked, scores, strict=True)
        ]
    for kind, rows, names in (
        ("whole", whole, negatives(most=samples["cdist negatives"])),
        ("short", short, negatives(is_latin, samples["cdist negatives"])),
        ("arabic", short, negatives(is_arabic, samples["cdist negatives"])),
    ):
        scores, _ = peers.ask(do="cdist", queries=names, names=[row.name for row in rows], most=1)
        found["negatives"][kind] = [one[0][1] for one in scores]
    names = [row.name for row in data.both_lists()]
    asked_names = negatives(most=samples["speed"])
    _, seconds = peers.ask(do="cdist", queries=asked_names, names=names, most=5)
    found["q/s"] = len(asked_names) / seconds
    return found


# -- the tables -------------------------------------------------------------------------------------------


Row = tuple[str, str, str, str, str, str]
NO = "–"


CROSS = {
    "clean": ("pairs clean F1 at threshold", "pairs clean AP"),
    "all": ("pairs all F1", "pairs all AP"),
    "strong": ("STRONG wrong",),
    "treated": ("treated at FPR 0.1%", "treated at FPR 0.5%"),
    "untreated": ("untreated at FPR 0.1%",),
    "original": ("original @1", "original at FPR 1.0%"),
    "own script": ("original at FPR 5%, own script",),
    "alias": ("alias @1", "alias at FPR 1.0%"),
}
"""figures of the fit for a row"""


def figures() -> dict[str, float]:
    """Cross-validated figures of the shipped model, as the fit stored them."""
    found: dict[str, float] = json.loads(MODEL.read_text(encoding="utf-8"))["figures"]
    return found


def validated(*names: str) -> str:
    """Cross-validated figures by their names in the model's file."""
    known = figures()
    forms = {name: ".0f" if name.endswith("wrong") else ".3f" for name in names}
    return " / ".join(f"{known[name]:{forms[name]}}" if name in known else NO for name in names)


def quality_rows(ours: dict[str, Any], peers: dict[str, Any] | None) -> list[Row]:
    """The first table."""
    return [*pair_rows(ours, peers), *find_rows(ours, peers), *language_rows(ours, peers)]


def methods(ours: dict[str, Any], peers: dict[str, Any] | None, key: str) -> list[tuple[Any, float] | None]:
    """Scores and thresholds of tizim, logic-v2 and WRatio."""
    mine = (ours[key], ours["threshold"])
    if peers is None:
        return [mine, None, None]
    return [mine, (peers[key]["logic-v2"], LOGIC_THRESHOLD), (peers[key]["WRatio"], RATIO_THRESHOLD)]


def pair_rows(ours: dict[str, Any], peers: dict[str, Any] | None) -> list[Row]:
    """Rows about pairs."""
    pairs = data.pairs()
    clean = [at for at, one in enumerate(pairs) if one.state in {"ok", "typo"}]
    strong = [at for at in clean if pairs[at].tier == "STRONG"]
    marks = [at for at, one in enumerate(pairs) if marks_differ(one.left, one.right)]
    ways = methods(ours, peers, "pairs")

    def both(chosen: Sequence[int]) -> list[str]:
        labels = [pairs[at].same for at in chosen]
        cells = []
        for way in ways:
            scores = [way[0][at] for at in chosen] if way else []
            cells.append(f"{f1(labels, scores, way[1]):.3f} / {average_precision(labels, scores):.3f}" if way else NO)
        return cells

    def wrong(chosen: Sequence[int]) -> list[str]:
        cells = []
        for way in ways:
            said = [(way[0][at] >= way[1], pairs[at].same) for at in chosen] if way else []
            cells.append(f"{said.count((False, True))} + {said.count((True, False))}" if way else NO)
        return cells

    def accepted(chosen: Sequence[int]) -> list[str]:
        return [str(sum(way[0][at] >= way[1] for at in chosen)) if way else NO for way in ways]

    what = "F1 / average precision"
    rows = [
        row(f"pairs, labels ok and typo ({len(clean)}): {what}", ".87 / .92", both(clean), CROSS["clean"]),
        row(f"pairs, all labels ({len(pairs)}): {what}", NO, both(range(len(pairs))), CROSS["all"]),
        row(
            f"STRONG pairs, labels ok and typo ({len(strong)}): missed + wrongly accepted",
            "0",
            wrong(strong),
            CROSS["strong"],
        ),
        row(f"labelled pairs whose numbers or marks differ ({len(marks)}, any label): accepted", "0", accepted(marks)),
    ]
    ways = methods(ours, peers, "series")
    for kind, made_pairs in series().items():
        cells = [str(sum(score >= way[1] for score in way[0][kind])) if way else NO for way in ways]
        rows.append(row(f"made pairs whose numbers or marks differ, {kind} ({len(made_pairs)}): accepted", "0", cells))
    return rows


def row(what: str, floor: str, cells: Sequence[str], cross: Sequence[str] = ()) -> Row:
    """A row; *cells* are those of tizim, then of logic-v2 and rapidfuzz if they take part."""
    first_peer, second_peer = (*cells, NO, NO)[1:3]
    return what, floor, cells[0], validated(*cross) if cross else NO, first_peer, second_peer


def find_rows(ours: dict[str, Any], peers: dict[str, Any] | None) -> list[Row]:
    """Rows about finding in lists."""
    ways = [as_finds(ours), *([as_finds(peers["logic-v2"]), as_finds(peers["cdist"])] if peers else [])]
    count = {kind: f"{len(found):,}" for kind, found in ours["finds"].items()}
    pool = {kind: f"{len(scores):,}" for kind, scores in ours["negatives"].items()}

    def cells(kind: str, *measures: Callable[[list[Found], dict[str, list[float]]], float | None]) -> list[str]:
        texts = []
        for way in ways:
            figures = [one(way.finds[kind], way.negatives) if kind in way.finds else None for one in measures]
            texts.append(" / ".join(NO if one is None else f"{one:.3f}" for one in figures))
        return texts

    def at(where: str, rate: float) -> Callable[[list[Found], dict[str, list[float]]], float | None]:
        return lambda found, pools: recall(found, bar(pools[where], rate)) if where in pools else None

    def top(found: list[Found], _: dict[str, list[float]]) -> float:
        return first(found)

    def own(found: list[Found], _: dict[str, list[float]]) -> float:
        return recall(found, bar([one.other[0] for one in found], 0.05))

    strict = [at("whole", 0.001), at("whole", 0.005)]
    what = f"recall at FPR 0.1 % / 0.5 % ({pool['whole']} negatives)"
    rows = [
        row(
            f"UN persons, treated ({count['treated']}): {what}",
            ".985 / .994",
            cells("treated", *strict),
            CROSS["treated"],
        ),
        row(
            f"UN persons, untreated ({count['untreated']}): {what}",
            "1.000",
            cells("untreated", *strict),
            CROSS["untreated"],
        ),
    ]
    for half in ("even", "odd"):
        original, alias = f"original {half}", f"alias {half}"
        if original not in count:
            continue
        cross = CROSS if half == "even" else dict.fromkeys(CROSS, ())
        rows += [
            row(
                f"original-script names, {half} references ({count[original]}):"
                f" recall @1 / at FPR 1 % ({pool['short']} Latin negatives)",
                ".93 / .88", cells(original, top, at("short", 0.01)), cross["original"],
            ),
            row(
                "the same at FPR 5 % in the same script: each query's best other person"
                f" / {pool['arabic']} Arabic-script negatives",
                ".75", cells(original, own, at("arabic", 0.05)), cross["own script"],
            ),
            row(
                f"multi-token aliases, {half} references ({count[alias]}): recall @1 / at FPR 1 %",
                "– / .40", cells(alias, top, at("short", 0.01)), cross["alias"],
            ),
        ]  # fmt: skip

    def pooled(measure: Callable[[Sequence[Found], float], float], *kinds: str) -> list[str]:
        thresholds = (ours["threshold"], LOGIC_THRESHOLD, RATIO_THRESHOLD)
        return [
            f"{measure([one for kind in kinds for one in way.finds[kind]], threshold):.1%}"
            for way, threshold in zip(ways, thresholds, strict=False)
        ]

    plain = [name for name, _ in queries("untreated")]
    changed = [name != listed for (name, _), listed in zip(queries("treated"), plain, strict=True)]
    for way in ways:
        way.finds["changed"] = [one for one, keep in zip(way.finds["treated"], changed, strict=True) if keep]
    kinds = ("original even", "alias even")
    rows += [
        row("right subject at the top and another one beside it (same score, same order)", "< 5 %",
            pooled(tied, "untreated", "treated", *kinds)),
        row("right subjects, names written otherwise, on the one most common score and order", "< 5 %",
            pooled(crowded, "changed", *kinds)),
    ]  # fmt: skip
    return rows


class Way(NamedTuple):
    """What a method found, by kind of query, and its scores for negatives, by list."""

    finds: dict[str, list[Found]]
    negatives: dict[str, list[float]]


def as_finds(given: dict[str, Any]) -> Way:
    """What came through JSON; peers were asked for even references only."""
    halves = {"original": "original even", "alias": "alias even"}
    finds = {
        halves.get(kind, kind): [Found(tuple(own), tuple(other)) for own, other in rows]
        for kind, rows in given["finds"].items()
    }
    return Way(finds, given["negatives"])


def language_rows(ours: dict[str, Any], peers: dict[str, Any] | None) -> list[Row]:
    """F1 by language."""
    rows = []
    for name, pairs in data.language_pairs().items():
        labels = [one.same for one in pairs]
        cells = [f"{f1(labels, way[0][name], way[1]):.3f}" if way else NO for way in methods(ours, peers, "languages")]
        rows.append(row(f"language {name} ({len(pairs)} pairs): F1", NO, cells, [f"language {name} F1"]))
    return rows


def mb(size: float) -> str:
    """Bytes, in MB."""
    return f"{size / 1e6:,.0f} MB"


def speed_rows(found: dict[str, Any], peers: dict[str, Any] | None) -> list[Row]:
    """The second table."""
    floors = {"25 k": ("8,000", NO, NO), "1 M": ("2,500", "p99 3,000 µs", "300 MB"), "3 M": ("1,000", NO, "1,000 MB")}
    rows: list[Row] = []
    for label, (least, slowest, size) in floors.items():
        if label not in found:
            rows.append(row(f"{label} names", least, ["not measured (--quick)"]))
            continue
        one, asked, built = found[label], found[label]["asked"], found[label]["built"]
        per_second = [f"{asked['cpu']:,.0f} ({asked['wall']:,.0f})"]
        if peers and label == "25 k":
            per_second += [f"{peers['logic-v2']['q/s']:,.0f}", f"{peers['cdist']['q/s']:,.0f} (cdist)"]
        times = f"{asked['p50']:,.0f} / {asked['p95']:,.0f} / {asked['p99']:,.0f} µs"
        build = f"{built['cpu']:.1f} s ({built['wall']:.1f}); {mb(built['peak'])}"
        sizes, memory = f"{mb(one['index'])} / {mb(one['bytes'])}", f"{mb(asked['peak'])} ({mb(asked['before'])})"
        what = f"{built['names']:,} names"
        rows += [
            row(f"{what}: queries a second of CPU (of wall)", least, per_second),
            row(f"{what}: wall p50 / p95 / p99 of a query", slowest, [times]),
            row(f"{what}: index: arrays searched / whole file, texts too", size, [sizes]),
            row(f"{what}: peak memory of the process that opened it (before that)", NO, [memory]),
            row(f"{what}: build from text, CPU (wall); peak memory", NO, [build]),
        ]  # fmt: skip
    pair_cells = [f"{found['pair']['cpu']:.1f} µs ({found['pair']['wall']:.1f}); {found['pair']['first']:.0f} µs"]
    if peers:
        micro = peers["pair µs"]
        pair_cells += [
            f"{micro['logic-v2']:.0f} µs",
            f"WRatio {micro['WRatio']:.1f}, token_sort {micro['token_sort']:.1f} µs",
        ]
    rows.append(row("one pair from text, warm, CPU (wall); at first sight", "40 µs", pair_cells))
    opened = f"{found['open'][0]:.2f} s ({found['open'][1]:.2f})"
    rows.append(row("a new process opens 25,000 saved names and answers: wall (CPU)", "2 s", [opened]))
    if "install" in found:
        wall, cpu, said = found["install"]
        message = f"; says “{said.splitlines()[0]}”" if said else ""
        what = "the same when nothing is compiled yet (it is `tizim match` that says so)"
        rows.append(row(what, "30 s", [f"{wall:.1f} s ({cpu:.1f}){message}"]))
    return rows


def table(rows: Sequence[Row]) -> list[str]:
    """A table in Markdown."""
    lines = [
        "| what | floor | measured | cross-validated | logic-v2 | rapidfuzz |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return lines + [f"| {' | '.join(cells)} |" for cells in rows]


HEADING = """\
# Names

{machine}

The model: {algorithm}, SHA-256 of its file {sha256}.

**Measured**: the shipped model through the public interface, on the development halves.
It was FITTED ON THESE very halves (labelled pairs, pairs by language, treated and untreated names, even references,
part of the negatives), so this column flatters.

**Cross-validated**: models that had not seen the subject or pair (five folds, `tools/fit_names.py`; figures kept in
`src/tizim/match/model.json`). This is the column to judge by.
Its rates rest on part of the negatives, its right subject is the UN entry alone, its threshold is chosen on the pairs,
and other names that look very much like the right subject are left out as perhaps its own: compare the two with care.

**Peers** stand as they ship, nothing of them is fitted here. {who}
For pairs: logic-v2 at {logic}, rapidfuzz WRatio at {ratio}.
In lists: logic-v2 on the {candidates} best candidates that tizim finds, each by its best name ({negatives:,} negatives,
{short:,} for primary names); rapidfuzz by brute force, cdist of sorted words ({cdist:,} negatives of each kind at
most); both {aliases:,} aliases at most.

A negative's score is that of its best person (`match` with its default limit of 5); at a rate a match must score more
than the first negative beyond it. A person on two lists, or under two entries of one name, counts once.
{halves}

"""
SPEED = f"""\
One core, one call after another from Python, result objects included: {ASKED:,} queries in a fresh process that opens a
saved index, so that no name or word was met before; compiled code is loaded. 25,000 names: negatives, median of three
processes. More names: half of the queries are listed names with a slip, drawn from all; names by `list_names.synth`.

"""


def heading(peers: dict[str, Any] | None, samples: dict[str, int], *, odd: bool) -> str:
    """What the figures are, said before them."""
    who = "They are missing in this run: `tools/peers.sh` makes their environment."
    if peers:
        who = f"Versions: {', '.join(f'{name} {version}' for name, version in peers['versions'].items())}."
    model = MODEL.read_bytes()
    return HEADING.format(
        algorithm=json.loads(model)["algorithm"],
        sha256=hashlib.sha256(model).hexdigest()[:16],
        machine=machine(), who=who, logic=LOGIC_THRESHOLD, ratio=RATIO_THRESHOLD, candidates=CANDIDATES,
        negatives=samples["negatives"], short=samples["short negatives"], cdist=samples["cdist negatives"],
        aliases=samples["aliases"],
        halves="Odd references were asked for: they are HELD OUT, do not tune by them." if odd
        else "Of original-script names and aliases only even references are asked; the odd ones are held out.",
    )  # fmt: skip


def main() -> None:
    """Measure and write, or do one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--quick", action="store_true", help="no large lists, no first run, small samples for the peers; writes nothing"
    )
    parser.add_argument("--odd", action="store_true", help=WHY_ODD)
    parser.add_argument("--only", choices=["quality", "speed"], help="one table; prints it and writes nothing")
    parser.add_argument(
        "--peers", type=Path, default=PEERS, metavar="PYTHON", help="the Python of the peers' environment"
    )
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        pinned()
        print(json.dumps(PARTS[given.part](json.load(sys.stdin))))
        return
    samples = QUICK_SAMPLES if given.quick else SAMPLES
    ours = run("quality", {"samples": samples, "odd": given.odd}) if given.only != "speed" else None
    peers = None
    if ours and given.peers.exists():
        with peers_in(given.peers) as process:
            peers = of_peers(process, ours, samples)
    elif ours:
        say(f"the peers are missing ({given.peers}): tools/peers.sh makes their environment")
    speeds = speed(quick=given.quick) if given.only != "quality" else None
    text = heading(peers, samples, odd=given.odd)
    if ours:
        text += "\n".join(["## Quality", "", *table(quality_rows(ours, peers)), "", ""])
    if speeds:
        text += "\n".join(["## Speed", "", SPEED + "\n".join(table(speed_rows(speeds, peers))), ""])
    print(text)
    if not (given.only or given.odd or given.quick):
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "names.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
