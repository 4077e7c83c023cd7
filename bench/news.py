"""How well and how quickly articles are read.

    TIZIM_REAL_FILES=… .venv/bin/python bench/news.py [--quick] [--errors]

Scores the labelled stories of TIZIM_REAL_FILES/news by their own scheme: sets of (subject, list, action), and the same
with modality, for each story; recall over core claims, precision over all, the ``*`` claims aside. Announcers and dates
are told on claims that match and have one. Then the passages written for the tests, which everybody has. ``--errors``
prints what was missed and what was too much; ``--quick`` leaves out speed, memory and start.
"""

import csv
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import write

from tizim.news import Claim, read_news
from tizim.news.dates import almanac, resolve
from tizim.news.language import load
from tizim.news.tokens import Tokens
from tizim.text import fold, romanise

HERE = Path(__file__).parent
PASSAGES = HERE.parent / "tests" / "news" / "passages"
FRESH = HERE.parent / "tests" / "news" / "fresh"
CHARACTERS = 2_000
TURNS = 15
Key = tuple[str, ...]


class Score:
    """Counts over stories: right, found, right among those wanted, wanted."""

    def __init__(self) -> None:
        self.right = self.found = self.met = self.wanted = 0

    def add(self, found: set[Key], labelled: set[Key], core: set[Key]) -> None:
        """Count one story."""
        self.right += len(found & labelled)
        self.found += len(found)
        self.met += len(found & core)
        self.wanted += len(core)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.met / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f}, P {self.precision:.3f}, R {self.recall:.3f} ({self.wanted} core claims)"


class Labelled:
    """The labelled stories, and how they name things."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "news"
        self.seeds = folder / "seeds"
        self.ids = {row["key"]: row["ledger_org_id"] for row in _rows(self.folder / "subjects.csv")}
        aliases = json.loads((self.folder / "aliases.json").read_text(encoding="utf-8"))
        self.names = {fold(name): key for key, one in aliases.items() for name in one["names"]}
        speakers = json.loads((self.folder / "speakers.json").read_text(encoding="utf-8"))
        self.persons = {fold(form): name for name, forms in speakers.items() for form in [name, *forms]}

    def stories(self) -> Iterator[tuple[dict[str, Any], str]]:
        """Each story with its passage."""
        for line in (self.folder / "dev.jsonl").read_text(encoding="utf-8").splitlines():
            story = json.loads(line)
            path = self.folder / "texts" / f"{story['id']}.txt"
            path = path if path.exists() else self.seeds / f"{story['id']}.txt"
            yield story, path.read_text(encoding="utf-8")

    def subject(self, key: str) -> str:
        """A labelled subject as an answer names it."""
        return self.ids.get(key) or f"~{key}"

    def told(self, claim: Claim, labels: list[dict[str, Any]]) -> str:
        """The subject of a claim; a new name counts as the labelled one whose evidence has it."""
        if claim.subject is not None:
            return claim.subject
        name = fold(claim.subject_name)
        if name in self.names:
            return self.subject(self.names[name])
        for label in labels:
            if not self.ids.get(label["subject"]) and name and name in fold(label["evidence"]):
                return self.subject(label["subject"])
        return f"~{name}"

    def is_person(self, told: str | None, wanted: str) -> bool:
        """Whether *told* is the person *wanted*, in any script."""
        if told is None:
            return False
        name = self.persons.get(fold(told), told)
        if fold(name) == fold(self.persons.get(fold(wanted), wanted)):
            return True
        one, other = romanise(name).split(), romanise(wanted).split()
        return bool(one) and bool(other) and one[-1] == other[-1]


def nearest(claims: list[Claim], label: dict[str, Any]) -> Claim:
    """Of claims that match a label the one whose evidence is nearest to its own."""
    return min(claims, key=lambda one: max(one.start - label["end"], label["start"] - one.end, 0))


def is_date(told: str | None, wanted: str) -> bool:
    """Whether a date told is the one wanted or a finer one inside it."""
    return told is not None and all(part.startswith(wanted) for part in told.split("/"))


def labelled_rows(folder: Path, *, errors: bool) -> list[tuple[str, str, str]]:
    """Scores on the labelled stories."""
    labelled = Labelled(folder)
    plain: dict[str, Score] = defaultdict(Score)
    modal: dict[str, Score] = defaultdict(Score)
    removed, announcers, dates, anchored = [0, 0], [0, 0], [0, 0], [0, 0]
    for story, text in labelled.stories():
        labels = [one for one in story["claims"] if one["subject"] != "*"]
        claims = [one for one in read_news(text, story["lang"], story["published"]).claims if one.subject != "*"]
        keys = [(labelled.told(one, labels), one.list, one.action, one.modality) for one in claims]
        wanted = [(labelled.subject(one["subject"]), one["list"], one["action"], one["modality"]) for one in labels]
        core = [key for key, one in zip(wanted, labels, strict=True) if one["core"]]
        for table, size in ((plain, 3), (modal, 4)):
            for name in ("all", story["lang"]):
                table[name].add({k[:size] for k in keys}, {k[:size] for k in wanted}, {k[:size] for k in core})
        told = {key for key in keys if key[2] == "delist" and key[3] in {"done", "decided"}}
        removed[0] += len(told & set(wanted))
        removed[1] += len(told)
        anchored[0] += sum(text[one.start : one.end] == one.evidence != "" for one in claims)
        anchored[1] += len(claims)
        for key, label in zip(wanted, labels, strict=True):
            fit = [one for one, mine in zip(claims, keys, strict=True) if mine == key]
            fit = fit or [one for one, mine in zip(claims, keys, strict=True) if mine[:3] == key[:3]]
            if not fit:
                continue
            claim = nearest(fit, label)
            if label["announcer"]:
                announcers[0] += (right := labelled.is_person(claim.announcer, label["announcer"]))
                announcers[1] += 1
                if errors and not right:
                    print(f"{story['id']}: announcer {claim.announcer!r}, not {label['announcer']!r}: {key}")
            if label["date"] and label["date_text"]:
                dates[0] += (right := is_date(claim.date, label["date"]))
                dates[1] += 1
                if errors and not right:
                    print(f"{story['id']}: date {claim.date!r}, not {label['date']!r} ({label['date_text']}): {key}")
        if errors:
            for key in sorted(set(core) - set(keys)):
                print(f"{story['id']}: missed {key}")
            for key in sorted(set(keys) - set(wanted)):
                evidence = [one.evidence for one, mine in zip(claims, keys, strict=True) if mine == key]
                print(f"{story['id']}: too much {key}: {evidence}")
    rows = [
        ("subject, list, action: all languages", "F1 .87, P .90", str(plain.pop("all"))),
        ("the same with modality", "F1 .80", str(modal.pop("all"))),
        ("precision of delist done or decided", ".95", _share(removed)),
        ("announcer, of matched claims that name one", ".85", _share(announcers)),
        ("date, of matched claims that have one", ".90", _share(dates)),
        ("claims whose characters are their evidence", "all", _share(anchored)),
        ("date phrases (dates.tsv)", "53 of 55", _phrases(labelled.folder / "dates.tsv")),
    ]
    rows += [
        (f"{code}: subject, list, action", ".75 each of en fr ru fa/prs ar", str(score))
        for code, score in sorted(plain.items())
    ]
    return rows + [(f"{code}: with modality", "–", str(score)) for code, score in sorted(modal.items())]


def _share(counts: list[int]) -> str:
    return f"{counts[0] / counts[1]:.3f} ({counts[0]} of {counts[1]})" if counts[1] else "none"


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _phrases(path: Path) -> str:
    right = total = 0
    for row in _rows(path, delimiter="\t"):
        tokens = Tokens(row["text"], load(row["lang"]))
        found = almanac(row["lang"]).find(tokens, 0, len(tokens))
        total += 1
        right += bool(found) and resolve(found[0], dt.date.fromisoformat(row["published"])) == row["expected"]
    return f"{right} of {total}"


def passage_rows(*, errors: bool) -> list[tuple[str, str, str]]:
    """Scores on the passages written for the tests: they were seen when the rules were written."""
    plain, modal = _passages_scored(PASSAGES, errors=errors)
    rows = [
        ("our own passages, all languages", "–", str(plain.pop("all"))),
        ("the same with modality", "–", str(modal.pop("all"))),
    ]
    return rows + [(f"our own passages, {code}", "–", str(score)) for code, score in sorted(plain.items())]


def fresh_rows(*, errors: bool) -> list[tuple[str, str, str]]:
    """Scores on the sets frozen before the rules were mended by them; each says how it was read at first."""
    plain, modal = _passages_scored(FRESH, errors=errors)
    return [
        ("passages of the fresh sets, as read today", "–", str(plain["all"])),
        ("the same with modality", "–", str(modal["all"])),
    ]


def _passages_scored(folder: Path, *, errors: bool) -> tuple[dict[str, Score], dict[str, Score]]:
    """Scores of the passages in *folder* by language, and under "all", without modality and with it."""
    plain: dict[str, Score] = defaultdict(Score)
    modal: dict[str, Score] = defaultdict(Score)
    for path in sorted(folder.glob("*.toml")):
        for passage in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]:
            language = passage.get("language", path.stem)
            claims = read_news(passage["text"].strip(), language, passage["published"]).claims
            keys = {
                (one.subject or f"~{one.subject_name}", one.list, one.action, one.modality)
                for one in claims
                if one.subject != "*"
            }
            core = {_key(text) for text in passage["claims"]}
            both = core | {_key(text) for text in passage.get("optional", ())}
            for table, size in ((plain, 3), (modal, 4)):
                for name in ("all", language):
                    table[name].add({k[:size] for k in keys}, {k[:size] for k in both}, {k[:size] for k in core})
            if errors:
                for key in sorted(core - keys):
                    print(f"{path.stem}: missed {key} in {passage['text'].strip()[:60]!r}")
                for key in sorted(keys - both):
                    print(f"{path.stem}: too much {key} in {passage['text'].strip()[:60]!r}")
    return plain, modal


def _key(text: str) -> Key:
    head, place, action, modality = text.rsplit(" ", 3)
    return head, place, action, modality


def speed_rows() -> list[tuple[str, str, str]]:
    """Stories a second and core in each language, of the passages there are, and what a start costs.

    The languages take turns: a machine that is slow for some seconds is then slow for each of them, and the median of
    the turns says what a reader may expect.
    """
    given = {path.stem: _story(path) for path in sorted(PASSAGES.glob("*.toml"))}
    for code, text in given.items():
        read_news(text, code, "2024-06-03")
    turns = [{code: _seconds(text, code) for code, text in given.items()} for _ in range(TURNS)]
    rows = []
    for code, text in given.items():
        took = [turn[code] for turn in turns]
        tokens = Tokens(text, load(code))
        told = (
            f"median {1 / statistics.median(took):,.0f}, best {1 / min(took):,.0f}"
            f" ({len(tokens):,} words, {len(tokens.sentences)} sentences)"
        )
        rows.append((f"stories of {CHARACTERS:,} characters a second and core, {code}", "200", told))
    return rows + [
        (f"start and first story in a fresh process, {code}", "1 s", _start(code)) for code in ("en", "fa", "uk")
    ]


def _story(path: Path) -> str:
    texts = [one["text"].strip() for one in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]]
    text = "\n\n".join(texts)
    while len(text) < CHARACTERS:
        text += "\n\n" + text
    return text[:CHARACTERS]


def _seconds(text: str, code: str) -> float:
    start = time.process_time()
    for _ in range(5):
        read_news(text, code, "2024-06-03")
    return (time.process_time() - start) / 5


def _start(code: str) -> str:
    source = (
        "import time; t, p = time.perf_counter(), time.process_time()\n"
        "import tizim, resource\n"
        f"tizim.read_news('Kazakhstan removed the Taliban from its list.', '{code}', '2024-06-03')\n"
        "print(f'{time.process_time() - p:.2f} s of the processor, {time.perf_counter() - t:.2f} s, '"
        " f'{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB')"
    )
    runs = [
        subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, text=True).stdout.strip()
        for _ in range(3)
    ]
    return min(runs)


def main() -> None:
    """Measure, print, and keep the table."""
    errors = "--errors" in sys.argv
    rows: list[tuple[str, str, str]] = []
    folder = os.environ.get("TIZIM_REAL_FILES")
    if folder:
        rows += labelled_rows(Path(folder), errors=errors)
    else:
        print("TIZIM_REAL_FILES names no folder: the labelled stories are left out", file=sys.stderr)
    rows += passage_rows(errors=errors)
    rows += fresh_rows(errors=errors)
    if "--quick" not in sys.argv:
        rows += speed_rows()
    write("news.md", "Reading the news", rows)


if __name__ == "__main__":
    main()
