"""Write docs/reference/ and the table of properties in docs/concepts.md from the code itself.

    .venv/bin/python tools/build_reference.py           writes the pages
    .venv/bin/python tools/build_reference.py --check   writes nothing; ends with 1 if a page is out of date

The sentences stand in reference.toml. What the code has and no sentence describes is an error, and so is a
sentence about what the code has no longer. tests/docs/test_reference.py holds the pages against the code.
"""

import argparse
import datetime as dt
import enum
import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import click
import msgspec
from click.testing import CliRunner

from tizim.answer.reviewing import DueState
from tizim.app import App, clock
from tizim.audit.findings import FindingKind
from tizim.cli.main import COMMANDS, exit_code, tizim
from tizim.customers import Marks
from tizim.customers.entered import Begun, begin, end
from tizim.customers.keys import KeyScope, new_key
from tizim.customers.log import Keeping, Noted, logged, write
from tizim.domain.acts import (
    ANNOUNCED_KINDS,
    EFFECT_OF,
    PRINTED_KINDS,
    ROLE_OF,
    WORD_KINDS,
    Action,
    DateRole,
    Effect,
)
from tizim.domain.claims import ClaimAction, Modality, Reported
from tizim.domain.dates import EndedOn, NotObservedSince, OpenEnd, UnknownEnd
from tizim.domain.decisions import ACTION_OF, DecisionKind
from tizim.domain.documents import _RANKS as RANKS
from tizim.domain.listing import ENDED, IN_FORCE, NOT_ENDED, Mark, Status
from tizim.domain.lists import OfficialList
from tizim.domain.statements import CORE, IDENTIFYING, NOT_AMENDING, Property
from tizim.errors import SourceProblem, TizimError
from tizim.screen.matching import Scope, Wanted, example_of, match
from tizim.settings import SETTINGS, Settings
from tizim.sources import catalogue
from tizim.sources.news import Article, Found, MachineTranslated, Reader, Reading, encode
from tizim.sources.protocol import Part, SourceInfo

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
CONCEPTS = ROOT / "docs" / "concepts.md"
TEXTS = tomllib.loads((ROOT / "tools" / "reference.toml").read_text(encoding="utf-8"))
WIDTH = 92
SECRET = "to show what --json prints, and nothing else"  # noqa: S105 - it protects nothing
WRITTEN = "<!-- Written by tools/build_reference.py from the code; `make reference` writes it anew. -->"


class NotDescribed(Exception):
    """The code and the sentences about it do not fit; the message says where."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def pairs(head: Sequence[str], texts: Mapping[str, str], *, code: bool = False) -> str:
    """A table of names and sentences; the names are set as code if *code*."""
    return table(head, [(f"`{name}`" if code else name, text) for name, text in texts.items()])


def joined(parts: Iterable[str]) -> str:
    """One blank line between parts, one end of line at the end."""
    return "\n\n".join(part.strip() for part in parts) + "\n"


def intro(name: str) -> str:
    text: str = TEXTS["pages"][name]
    return text


def described(what: str, members: Iterable[str], texts: Mapping[str, object]) -> None:
    """Raise `NotDescribed` unless *texts* has just the *members*."""
    known, told = set(members), set(texts)
    if known != told:
        missing, extra = sorted(known - told), sorted(told - known)
        raise NotDescribed(f"{what}: without a description: {missing}; described but not in the code: {extra}")


def values(kind: type[enum.StrEnum]) -> list[str]:
    return [member.value for member in kind]


# -- commands ----------------------------------------------------------------------------------------


def command(name: str) -> click.Command:
    found: click.Command = importlib.import_module(f"tizim.cli.{COMMANDS[name][0]}").command
    return found


def help_text(name: str | None) -> str:
    """What ``--help`` prints, at a fixed width."""
    settings: dict[str, Any] = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    group = click.Context(tizim, info_name="tizim", help_option_names=["-h", "--help"], **settings)
    if name is None:
        return tizim.get_help(group)
    own = command(name)
    context = click.Context(own, info_name=name, parent=group, **settings)
    if not isinstance(own, click.Group):
        return own.get_help(context)
    verbs = ((verb, one) for verb, one in own.commands.items() if not one.hidden)
    parts = (one.get_help(click.Context(one, info_name=verb, parent=context)) for verb, one in verbs)
    return "\n\n".join((own.get_help(context), *parts))


def errors(base: type[TizimError] = TizimError) -> list[type[TizimError]]:
    """The tree of errors, each below its parent."""
    return [base, *(found for child in base.__subclasses__() for found in errors(child))]


def commands_page() -> str:
    exits = TEXTS["exits"]
    described("exit codes", COMMANDS, exits)
    classes = [(f"`{one.__name__}`", first_line(one), str(exit_code(one("")))) for one in errors()]
    parts = [
        "# Commands",
        WRITTEN,
        intro("commands"),
        block(help_text(None)),
        "## Exit codes",
        pairs(("code", "meaning"), TEXTS["codes"]),
        intro("errors"),
        table(("error", "meaning", "code"), classes),
    ]
    for name in COMMANDS:
        parts += [f"## tizim {name}", block(help_text(name))]
        if exits[name]:
            parts += ["Beside the codes that every command has:", pairs(("code", "when"), exits[name])]
    return joined(parts)


def first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().splitlines()[0]


def block(text: str) -> str:
    return f"```text\n{text}\n```\n"


# -- settings ----------------------------------------------------------------------------------------


def settings_page() -> str:
    head = ("variable", "if not set", "what it is for")
    rows = [(f"`{one.variable}`", re.sub("<(.*?)>", "‹\\1›", one.default), one.help) for one in SETTINGS]
    others = [(f"`{name}`", one["default"], one["text"]) for name, one in TEXTS["variables"].items()]
    return joined([
        "# Settings",
        WRITTEN,
        intro("settings"),
        table(head, rows),
        "These variables are looked at too:",
        table(head, others),
        "Below `TIZIM_HOME` stand:",
        pairs(("path", "what"), TEXTS["paths"], code=True),
    ])  # fmt: skip


# -- lists -------------------------------------------------------------------------------------------


NEVER = 36_500
"""days of a rhythm from which on a source is told as one that is never stale"""


def lists_page() -> str:
    sources = [catalogue.source(source_id).info for source_id in catalogue.SOURCES]
    rows = [
        (
            f"`{one.id}`", one.jurisdiction, one.name, ", ".join(shown_by((one.id, *one.parts), sources)),
            str(one.rhythm_days), "; ".join(notes_on(one)),
        )
        for one in catalogue.LISTS.values()
    ]  # fmt: skip
    about_sources = [
        (
            f"`{info.id}`", info.publisher, info.authority, format_of(info), standing(info), how_fetched(info),
            days(info.rhythm_days), info.licence, info.url or "none",
        )
        for info in sources
    ]  # fmt: skip
    lines = [
        (
            f"`{info.line_id(part.id)}`", ", ".join(f"`{one}`" for one in part.lists) or "–",
            "yes" if part.complete else "no", band(part), f"{info.max_drop:.0%}" if part.complete else "–",
            f"{info.max_unread:.0%}", " ".join(part.urls) or "–",
        )
        for info in sources
        for part in info.lines
    ]  # fmt: skip
    head = (
        "id", "publisher", "authority", "format", "proven on real files", "how it is fetched", "stale after",
        "licence", "address",
    )  # fmt: skip
    return joined([
        "# Lists and sources",
        WRITTEN,
        intro("lists"),
        table(("id", "jurisdiction", "name", "shown by", "stale after", "notes"), rows),
        "## Sources",
        intro("sources"),
        table(head, about_sources),
        "## Lines of documents",
        intro("lines"),
        table(("line", "lists", "complete", "entries", "drop", "unread", "fetched from"), lines),
    ])  # fmt: skip


def shown_by(lists: Sequence[str], sources: Iterable[SourceInfo]) -> Iterator[str]:
    """The sources of which a document shows one of *lists*; what is to be known of them stands in brackets."""
    for info in sources:
        own = [part for part in info.lines if not set(lists).isdisjoint(part.lists)]
        if own:
            notes = ["experimental"] if info.experimental else []
            notes += [] if any(part.complete for part in own) else ["in part"]
            yield f"`{info.id}` ({', '.join(notes)})" if notes else f"`{info.id}`"


def format_of(info: SourceInfo) -> str:
    """The form of its documents, as a link to the page beside its code that tells how they are read."""
    folder = info.id if info.id in catalogue.OWN else catalogue.SOURCES[info.id].partition(":")[0].rpartition(".")[2]
    page = f"src/tizim/sources/{folder}/README.md"
    return f"[{info.format}](../../{page})" if (ROOT / page).exists() else info.format


def standing(info: SourceInfo) -> str:
    return "yes" if info.proven else "no: experimental" if info.experimental else "–"


def how_fetched(info: SourceInfo) -> str:
    """Whether `tizim update` fetches it, and whether only when it is named."""
    if not any(part.urls for part in info.lines):
        return "by hand"
    return "by `update` when named" if info.experimental else "by `update`"


def days(rhythm: int) -> str:
    return "never" if rhythm >= NEVER else str(rhythm)


def band(part: Part) -> str:
    """How many entries a document of the line is expected to have."""
    if not part.complete or part.band == Part().band:
        return "–"
    return f"{part.band[0]:,} to {part.band[1]:,}"


def notes_on(one: OfficialList) -> Iterator[str]:
    if one.parts:
        yield f"a view of {', '.join(f'`{part}`' for part in one.parts)}"
    if one.about:
        yield f"its regime names {', '.join(f'`{about}`' for about in one.about)}"
    if one.begins:
        yield f"under this id since {one.begins}{f'; before: {one.before}' if one.before else ''}"


# -- states ------------------------------------------------------------------------------------------


def statuses_page() -> str:
    states, actions, marks, ranks = TEXTS["statuses"], TEXTS["actions"], TEXTS["marks"], TEXTS["ranks"]
    described("states", values(Status), states)
    described("actions", values(Action), actions)
    described("effects", values(Effect), TEXTS["effects"])
    described("kinds of evidence", [mark.name.lower() for mark in Mark], marks)
    described("dates", values(DateRole), TEXTS["roles"])
    ends = (OpenEnd, UnknownEnd, NotObservedSince, EndedOn)
    described("ends", [str(end.__struct_config__.tag) for end in ends], TEXTS["ends"])
    described("ranks", {str(rank) for rank in RANKS.values()}, ranks)
    kinds = {"printed": PRINTED_KINDS, "word": WORD_KINDS, "announced": ANNOUNCED_KINDS}
    described("kinds of date", kinds, TEXTS["kinds_of_date"])
    described("classes of findings", values(FindingKind), TEXTS["findings"])
    described("decisions", values(DecisionKind), TEXTS["decisions"])
    described("states of the review calendar", values(DueState), TEXTS["due"])
    classes = {rank: [f"`{name}`" for name, own in RANKS.items() if str(own) == rank] for rank in ranks}
    return joined([
        "# States, actions and dates",
        WRITTEN,
        "How a state is computed is told in [concepts.md](../concepts.md); here are the words.",
        "## States",
        intro("states"),
        table(
            ("status", "meaning", "what it needs", "member"),
            [(f"`{one}`", *states[one.value].values(), kind_of_state(one)) for one in Status],
        ),
        "## Flags",
        intro("flags"),
        pairs(("flag", "meaning"), TEXTS["flags"], code=True),
        "## Ends",
        intro("ends"),
        pairs(("end", "meaning"), TEXTS["ends"], code=True),
        "## Actions and their effect",
        intro("actions"),
        table(
            ("action", "meaning", "effect"),
            [(f"`{one}`", actions[one.value], EFFECT_OF[one].value) for one in Action],
        ),
        pairs(("effect", "meaning"), TEXTS["effects"], code=True),
        "## Evidence",
        intro("evidence"),
        table(
            ("evidence", "meaning"),
            [(f"`{one.name.lower()}`", marks[one.name.lower()]) for one in sorted(Mark)],
        ),
        "## The eight dates",
        pairs(("date", "meaning"), TEXTS["roles"], code=True),
        "Which of the eight a stated kind of date is:",
        table(
            ("kind of date", "is", "and"),
            [
                (
                    f"`{kind}`", role.value,
                    "; ".join(TEXTS["kinds_of_date"][name] for name, known in kinds.items() if kind in known),
                )
                for kind, role in ROLE_OF.items()
            ],
        ),
        "## Ranks of sources",
        "1 is the strongest.",
        table(
            ("rank", "meaning", "classes of sources"),
            [(rank, text, ", ".join(classes[rank])) for rank, text in ranks.items()],
        ),
        "## The review calendar",
        intro("due"),
        pairs(("state", "meaning"), TEXTS["due"], code=True),
        "## Findings of an audit",
        intro("findings"),
        pairs(("class", "meaning"), TEXTS["findings"], code=True),
        "## Decisions",
        intro("decisions"),
        table(
            ("decision", "meaning", "action"),
            [(f"`{one}`", TEXTS["decisions"][one.value], f"`{ACTION_OF[one]}`") for one in DecisionKind],
        ),
    ])  # fmt: skip


def kind_of_state(one: Status) -> str:
    if one in IN_FORCE:
        return "yes, in force"
    if one in NOT_ENDED:
        return "yes"
    return "no, ended" if one in ENDED else "no"


# -- properties, in concepts.md ----------------------------------------------------------------------


def properties_table() -> str:
    properties, facets_of = TEXTS["properties"], TEXTS["facets"]
    described("properties", values(Property), properties)
    described("facets", values(Property), facets_of)
    rows = []
    for one in Property:
        facets = ", ".join(f"`{name}`" for name in facets_of[one.value]) or "–"
        layer = "core" if one in CORE else "rest"
        amends = "" if one in NOT_AMENDING else "yes" if one in IDENTIFYING or one is Property.AMENDED_ON else "undated"
        rows.append((f"`{one.value}`", properties[one.value], facets, layer, amends))
    return table(("property", "value", "facets", "layer", "a change amends"), rows)


def with_properties(text: str) -> str:
    """*text* of concepts.md with the table of properties as the code has it."""
    begin, end = "<!-- begin: properties -->\n", "<!-- end: properties -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise NotDescribed(f"docs/concepts.md must have '{begin.strip()}' and '{end}' once each")
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{properties_table()}\n{end}{rest.partition(end)[2]}"


# -- JSON --------------------------------------------------------------------------------------------

_PARTIAL = r"\d{4}(-\d\d(-\d\d)?)?"
SCALARS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "decimal": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "day": lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
    "date": lambda value: bool(re.fullmatch(rf"{_PARTIAL}|(\.\.|{_PARTIAL})/{_PARTIAL}", value)),
    "any": lambda _: True,
    "facets": lambda value: all(isinstance(text, str) for text in value.values()),
    "null": lambda value: value is None,
    "instant": lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value)),
}


ARRAY = "[]"
"""in place of keys: the answer is an array of the shape that stands there"""


def keys_of(shape: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The keys of a shape; those of the shape that it widens (``...``) come first."""
    own = dict(shape)
    wider = own.pop("...", None)
    return own if wider is None else keys_of(TEXTS["shapes"][wider[0].strip("[]")]) | own


class Seen:
    """Compares answers with their description, and remembers what occurred."""

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()

    def answer(self, name: str, shape: Mapping[str, list[str]], value: object) -> None:
        """Compare the whole answer of a command: an object, or an array of them."""
        if ARRAY not in shape:
            self.object(name, shape, value)
        elif not isinstance(value, list):
            raise NotDescribed(f"JSON: {name} is no array but {value!r}")
        else:
            self.value(name, f"several {shape[ARRAY][0]}", value)

    def object(self, name: str, shape: Mapping[str, list[str]], value: object, *, partial: bool = False) -> None:
        """Compare the object *value* with the shape called *name*; *partial*: some keys may be left out."""
        if not isinstance(value, dict):
            raise NotDescribed(f"JSON: {name} is no object but {value!r}")
        keys = keys_of(shape)
        always = set() if partial else {key for key, (kind, _) in keys.items() if not kind.startswith("maybe ")}
        if not always <= set(value) <= set(keys):
            described(f"JSON keys of {name}", value, keys)
        for key, inside in value.items():
            self.keys.add((name, key))
            self.value(f"{name}.{key}", keys[key][0], inside)

    def value(self, where: str, kind: str, value: Any) -> None:  # noqa: ANN401 - JSON may hold anything
        """Compare one value with its type as described."""
        bare = kind.removeprefix("maybe ").removesuffix(" or null")
        if value is None and kind.endswith(" or null"):
            return
        if bare.startswith("several "):
            for one in value:
                self.value(where, bare.removeprefix("several "), one)
        elif bare.startswith("by date "):
            for role, stated in value.items():
                described(f"JSON {where}", [role], {role: ""} if role in values(DateRole) else {})
                self.value(where, f"several {bare.removeprefix('by date ')}", stated)
        elif bare.startswith("by class "):
            for one, number in value.items():
                described(f"JSON {where}", [one], {one: ""} if one in values(FindingKind) else {})
                self.value(where, bare.removeprefix("by class "), number)
        elif bare.startswith("["):
            name = bare.strip("[]")
            # A subject whose listing had not begun on the day has a status of null and no keys of a state.
            partial = "status" in value and value["status"] is None
            self.object(name, TEXTS["shapes"][name], value, partial=partial)
        elif (value is None and bare != "null") or not SCALARS[bare](value):
            raise NotDescribed(f"JSON: {where} is described as {kind}, and is {value!r}")


class Runner:
    """Runs commands as a user would, in one register."""

    def __init__(self, home: Path, more: Mapping[str, str] | None = None) -> None:
        self._env = {
            "TIZIM_HOME": str(home),
            "TIZIM_REGISTER_URL": "",
            "XDG_DATA_HOME": "",
            "TIZIM_CUSTOMERS_KEY": SECRET,
            **(more or {}),
        }

    def text(self, *arguments: str) -> str:
        done = CliRunner().invoke(tizim, arguments, env=self._env)
        if done.exception is not None and not isinstance(done.exception, SystemExit | SourceProblem):
            raise NotDescribed(f"tizim {' '.join(arguments)}: {done.exception!r}") from done.exception
        return done.stdout

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 - JSON may hold anything
        answer: Any = json.loads(self.text(*arguments, "--json"))
        return answer

    def serving(self) -> Any:  # noqa: ANN401 - JSON may hold anything
        """What ``tizim serve`` says before it serves; it is stopped at once."""
        code = "from tizim.cli import main; main()"
        with subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--port", "0", "--json"], env={**os.environ, **self._env},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            said = ""
            while not said.rstrip().endswith("}"):
                line = process.stdout.readline()
                if not line:
                    raise NotDescribed("tizim serve ended before it said where it serves")
                said += line
            process.terminate()
        return json.loads(said)


def answers(home: Path) -> list[tuple[str, Any]]:
    """Real answers of every command, by name."""
    starter, own = Runner(home / "starter"), Runner(home / "own")
    made = [("up", starter.json("up", "--no-serve", "--offline"))]
    made += [(run[0], starter.json(*run)) for run in RUNS]
    page = home / "page.xml"
    page.write_text("<html></html>", encoding="utf-8")
    files = [str(ROOT / "tests" / "data" / "un_sc" / name) for name in ("list-of-2015.xml", "list-of-today.xml")]
    damaged = home / "damaged.xml"
    damaged.write_text(
        Path(files[1]).read_text(encoding="utf-8").replace("<GENDER>", "<SHOE_SIZE>44</SHOE_SIZE><GENDER>"),
        encoding="utf-8",
    )
    made.append(("serve", starter.serving()))
    made += [(" ".join(run[:2]), starter.json(*run)) for run in SERVICE]
    made.append(("screen", starter.json("screen", str(customers(home)), "-o", str(home / "found.jsonl"), *SCREENING)))
    made += screened(starter, home / "starter")
    made += watching(starter, home)
    made.append(("keep", own.json("keep", "un-sc", str(page), *files)))
    made.append(("keep", own.json("keep", "un-sc", str(damaged))))
    everything = home / "everything"
    (everything / "no-such-source").mkdir(parents=True)
    (everything / "no-such-source" / "list.csv").write_text("name\n", encoding="utf-8")
    made.append(("keep", own.json("keep", "--all-from", str(everything))))
    statement = next(one for name, one in made if name == "ask")["statements"][0]["statement"]
    withhold = ("withhold", statement, "--author", "An editor", "--ground", "To show the answer")
    made += [
        ("withhold", starter.json(*withhold)),
        *((run[0], starter.json(*run)) for run in DECIDING),
        *((" ".join(run[:2]), starter.json(*run)) for run in BULLETINS),
        *translating(home),
        ("decide --worksheet", starter.json("decide", "--worksheet", str(worksheet(starter, home)))),
        ("rebuild", own.json("rebuild")),
        ("verify", own.json("verify")),
        (
            "publish",
            own.json("publish", str(home / "site"), *["--languages", "en", "--lists", "un-1988", "--days", "none"]),
        ),
        ("export", own.json("export", "--format", "targets", "--list", "un-1988", "-o", str(home / "targets.csv"))),
        ("mcp", starter.json("mcp")),
        ("dossier", starter.json("dossier", "taliban", "--pdf", str(home / "taliban.pdf"))),
        ("export", own.json("export", "--format", "ftm", "--list", "un-1988", "--into", str(home / "data"))),
    ]
    made += claiming(starter, home)
    (home / "own" / "archive").rename(home / "elsewhere")
    made.append(("verify", own.json("verify")))
    return made


def screened(starter: Runner, home: Path) -> list[tuple[str, Any]]:
    """A query that was kept and asked again, by another score than was kept."""
    app = App(Settings.read({"TIZIM_HOME": str(home)}))
    try:
        snapshot, marks = app.snapshot(), Marks(SECRET)
        example = example_of("customer-77", "Organization", {"name": ["Al-Qaida"]})
        found = match(Scope(snapshot), example, Wanted(limit=1, threshold=0.7, cutoff=0.7))
        parameters: dict[str, object] = {"limit": 1, "threshold": 0.7}
        noted = Noted(id="00ab", example=example, parameters=parameters, policy="", hits=found.hits, cleared=())
        entry = logged(noted, snapshot, "default", "", marks, Keeping.WHOLE, clock())
        lower = tuple(msgspec.structs.replace(one, score=0.8) for one in entry.hits)
        write(app.customers, [msgspec.structs.replace(entry, hits=lower)])
        key, _ = new_key(app.customers, "The desk", [KeyScope.DECIDE], None, clock())
        for case in ("case-1", "case-2"):
            begun = begin(app.customers, key.id, case, "decide delist", "00ab", clock(), dt.timedelta(minutes=1))
            if case == "case-1" and isinstance(begun, Begun):
                end(app.customers, begun, 201, b"{}")
    finally:
        app.close()
    facts = ("--schema", "Organization", "--property", "name=Al-Qaida")
    who = ("--author", "A. Clerk", "--reason", "To show it")
    enter = ("clear", "enter", "customer-77", entry.hits[0].id, *facts, *who, "--until", "2999-01-01")
    cleared = starter.json(*enter)
    return [
        ("clear enter", cleared),
        ("clear end", starter.json("clear", "end", cleared[0]["id"], *who)),
        ("clear list", starter.json("clear", "list")),
        ("key entered", starter.json("key", "entered")),
        ("screenings list", starter.json("screenings", "list")),
        ("replay", starter.json("replay", "00ab", "--data", "now")),
        ("screenings delete", starter.json("screenings", "delete", "--customer", "customer-77")),
    ]


def watching(starter: Runner, home: Path) -> list[tuple[str, Any]]:
    """A customer who is watched, of whom somebody is found and then no longer, and who is told of it."""
    table = home / "customers.csv"

    def enter(name: str) -> Any:  # noqa: ANN401 - JSON may hold anything
        table.write_text(f"customer_id,name\ncustomer-77,{name}\n", encoding="utf-8")
        return starter.json("watch", "add", str(table), "--schema", "Organization")

    made = [("hooks add", starter.json("hooks", "add", "mailto:desk@example.org", "--on", "match,bulletin"))]
    made += [("watch add", enter("Al-Qaida")), ("watch run", starter.json("watch", "run", "--workers", "1"))]
    enter("Nobody Whom Anybody Knows")
    starter.json("watch", "run", "--workers", "1")
    (_, hook), *_ = made
    (delivery, *_) = starter.json("hooks", "deliveries")
    return [
        *made,
        ("watch told", starter.json("watch", "told")),
        ("watch list", starter.json("watch", "list")),
        ("watch list --customer", starter.json("watch", "list", "--customer", "customer-77")),
        ("hooks list", starter.json("hooks", "list")),
        ("hooks deliveries", starter.json("hooks", "deliveries")),
        ("hooks send", starter.json("hooks", "send")),
        ("hooks again", starter.json("hooks", "again", str(delivery["number"]))),
        ("hooks remove", starter.json("hooks", "remove", hook["id"])),
        ("watch remove", starter.json("watch", "remove", "customer-77")),
    ]


def claiming(starter: Runner, home: Path) -> list[tuple[str, Any]]:
    """An invented article, as it was read: what is claimed, and what people make of it."""
    made = reading_articles(starter, home)
    file = home / "reading.json"
    file.write_bytes(invented_reading())
    starter.text("keep", "news", str(file))
    told = starter.json("claims", "--list", "kz-list")
    entered = [one["id"] for act in told["acts"] for one in act["tellings"] if one["kind"] == "claim"]
    judged = ("--author", "A. Clerk", "--reason", "To show it")
    starter.text("news", "add", "https://courier.example/feed", "--unchecked", "--outlet", "Port Courier")
    return [
        *made,
        ("claims", told),
        ("claims confirm", starter.json("claims", "confirm", entered[0], *judged)),
        ("claims", starter.json("claims", "taliban", "--since", "2026-01-01")),
        ("claims", starter.json("claims")),
        ("ask", starter.json("ask", "taliban", "--list", "kz-list")),
        ("news list", starter.json("news", "list")),
        ("update", starter.json("update", "news", "--list")),
    ]


def reading_articles(starter: Runner, home: Path) -> list[tuple[str, Any]]:
    """An invented page and an endless text, read; and the page kept."""
    page, text = home / "page.html", home / "text.txt"
    words = "Kazakhstan has removed the Taliban from its list of terrorist groups, minister Rudolf Invented said."
    page.write_text(
        '<html lang="en"><head><meta property="og:title" content="An invention"></head><body><article>'
        f"<p>{words} Mr Inventedd said it again.</p><p>Translated by machine.</p></article></body></html>",
        encoding="utf-8",
    )
    text.write_text("word " * 90_000, encoding="utf-8")
    return [
        ("read", starter.json("read", str(page))),
        ("read", starter.json("read", str(text), "--language", "en")),
        ("read --keep", starter.json("read", str(page), "--keep")),
        ("check-translation", checked(starter, home)),
    ]


def checked(starter: Runner, home: Path) -> object:
    """An invented translation with two mistakes in it, one of which has a suggestion."""
    source, target = home / "source.txt", home / "target.txt"
    source.write_text("It took 5 names off the list on 3 June 2024. Nobody asked why it had done so.", encoding="utf-8")
    target.write_text("Il a radié 5 noms de la liste le 8 juin 2024.", encoding="utf-8")
    languages = ("--source-language", "en", "--target-language", "fr")
    return starter.json("check-translation", str(source), str(target), *languages)


def invented_reading() -> bytes:
    """The document of a reading of an invented article."""
    text = (
        "Kazakhstan has taken the Taliban off its list, said an invented minister. An invented neighbour welcomed it."
    )

    def found(words: str, action: ClaimAction, modality: Modality, **more: str) -> Found:
        start = text.index(words)
        claim = Reported(
            subject="taliban", subject_name="Taliban", list="kz", action=action, modality=modality,
            reason="an invention", decider="an invented court", act="an invented act",
            chain=("an invented wire",), **more,
        )  # fmt: skip
        return Found(
            claim=claim, start=start, end=start + len(words), evidence=words, rule="an invented rule", confidence=0.9
        )

    claims = (
        found("taken the Taliban off its list", ClaimAction.DELIST, Modality.DONE, date="2026-02-03",
              date_text="a day", date_kind="announcement", announcer="I. Nobody", announcer_role="minister"),
        found("welcomed it", ClaimAction.WELCOME, Modality.STATED),
        found("said an invented minister", ClaimAction.STATEMENT, Modality.STATED),
    )  # fmt: skip
    reading = Reading(
        article=Article(
            sha256="0" * 64, size=len(text), media_type="text/plain", url="https://courier.example/a",
            outlet="Port Courier", title="An invention", language="en", published="2026-02-04",
            machine_translated=MachineTranslated(notice="translated by machine", main_language="id"),
        ),
        reader=Reader(name="rules", version="0"), read_at=dt.datetime(2026, 2, 5, tzinfo=dt.UTC), text=text,
        claims=claims,
    )  # fmt: skip
    return encode(reading)


def customers(home: Path) -> Path:
    """Customers to be screened: one with a birth date that is none, and one without a name."""
    path = home / "customers.csv"
    path.write_text("customer_id,name,born\nC1,Sirajuddin Haqqani,unknown\nC2,,1980\n", encoding="utf-8")
    return path


SCREENING = ("--schema", "Person", "--map", "birthDate=born", "--lists", "un-1988", "--workers", "1")


def worksheet(starter: Runner, home: Path) -> Path:
    """An audit filled in as its worksheet: one decision."""
    audit = starter.json("audit", "kz-list", "--against", "un-sc", "--as-of", "2015-11-30", "--kind", "extra")
    audit["findings"][0]["decision"] = {"decision": "retain", "act_number": "2-17", "author": "A. Clerk"}
    path = home / "worksheet.json"
    path.write_text(json.dumps(audit), encoding="utf-8")
    return path


RUNS = (
    ("ask", "taliban", "--list", "kz-list", "--as-of", "2024-01-15"),
    ("ask", "taliban", "--list", "un-1988", "--as-of", "2024-01-15"),
    ("ask", "taliban", "--list", "un-1988", "--known-at", "2010-01-01"),
    ("ask", "taliban", "--list", "us-sdgt", "--as-of", "2025-06-01"),
    ("ask", "taliban", "--list", "ru-fed", "--as-of", "1990-01-01"),
    ("ask", "isil", "--list", "un-1267", "--as-of", "2020-01-01"),
    ("ask", "eta", "--list", "nz-tsa", "--as-of", "2024-01-01"),
    ("ask", "jamaat-ul-ahrar", "--list", "uk-tact", "--as-of", "2024-01-01"),
    ("history", "taliban"),
    ("history", "QDe.137", "--statements"),
    ("history", "ltte"),
    ("show", "un-1988", "--as-of", "2024-01-15"),
    ("show", "un-1267", "--as-of", "2020-01-01"),
    ("show", "un-1267", "--as-of", "2010-01-01"),
    ("show", "kz-list"),
    ("show", "uk-tact"),
    ("diff", "un-1988", "--from", "2015-03-01", "--to", "2024-12-31"),
    ("diff", "kz-list", "--from", "2015-11-01", "--to", "2024-01-01"),
    ("match", "Taliban"),
    ("match", "Serajuddin Haqani Abdullah", "--schema", "Person", "--threshold", "0"),
    ("lists",),
    ("lists", "--known-at", "2000-01-01"),
    ("sources",),
    ("update", "un-sc", "--list"),
    ("due", "--as-of", "2024-01-15"),
    ("due", "un-1267", "au-cc", "--as-of", "2009-01-15"),
    ("audit", "kz-list", "--against", "un-sc", "--as-of", "2015-11-30"),
    ("audit", "un-1988", "--against", "un-1988", "--as-of", "2024-12-31", "--reference-as-of", "2015-03-27"),
    ("resolve", "--list", "au-cc"),
    ("audit", "uk-tact", "--against", "un-sc", "--as-of", "2020-01-01"),
    ("impact", "taliban", "--list", "kz-list", "--as-of", "2015-11-30"),
    ("impact", "isil", "--list", "un-1267", "--decision", "list", "--as-of", "2020-01-01"),
)

DECIDING = (
    (
        "decide", "list", "Invented Front", "--list", "kz-list", "--new", "organisation", "--effective", "2024-03-04",
        "--decided", "2024-03-01", "--act-kind", "judgment", "--act-number", "2-1", "--act-date", "2024-03-01",
        "--article", "article 1", "--issuer", "an invented court", "--author", "A. Clerk", "--reason", "To show it",
        "--announced", "2024-03-05=a spokesman", "--second",
    ),
    (
        "decide", "retain", "taliban", "--list", "ru-fed", "--effective", "2010", "--author", "A. Clerk",
        "--act", "an invented order",
    ),
    (
        "decide", "delist", "taliban", "--list", "tj-list", "--author", "A. Clerk",
        "--basis-not-stated-by", "an invented newspaper",
    ),
    ("decisions",),
    ("resolve", "--different", "al-shabaab", "SOe.001", "--author", "A. Clerk", "--grounds", "to show it"),
)  # fmt: skip
"""entered in this order, after everything else was asked"""

SERVICE = (
    ("key", "new", "The desk", "--scope", "screen", "--until", "2999-01-01"),
    ("key", "list"),
    (
        "policy", "new", "strict", "--list", "un-1267", "--threshold", "un-1267/Person=0.8", "--author", "A. Clerk",
        "--reason", "To show it",
    ),
    ("policy", "approve", "strict", "--author", "B. Chief", "--reason", "To show it"),
    ("policy", "show", "strict"),
    ("policy", "list"),
)  # fmt: skip
"""what users of the service keep of their own, in this order"""

BULLETINS = (
    ("bulletin", "propose", "--since", "2023-12-01"),
    *(
        ("bulletin", step, "2023-12-20-kz-list-taliban", "--author", author)
        for step, author in (("draft", "A. Editor"), ("approve", "B. Editor"), ("publish", "A. Editor"))
    ),
    ("bulletin", "draft", "2026-02-27-un-1591-copies", "--author", "A. Editor"),
    (
        "bulletin", "correct", "2023-12-20-kz-list-taliban", "--author", "A. Editor", "--reason", "To show it",
        "--title", "A title", "--text", str(ROOT / "CONTRIBUTING.md"),
    ),
    ("bulletin", "show", "2023-12-20-kz-list-taliban"),
    ("bulletin", "show", "2026-02-27-un-1591-copies"),
    ("bulletin", "withdraw", "2026-02-27-un-1591-copies", "--author", "A. Editor", "--reason", "To show it"),
    ("bulletin", "list"),
)  # fmt: skip
"""steps of two bulletins, in this order"""


class Mirror(BaseHTTPRequestHandler):
    """An engine that translates from English to French by writing the sentence behind a few words of French."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._send([{"code": "en", "targets": ["fr"]}])

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self._send({"translatedText": [f"Voici ce que dit la phrase 7 : {one}" for one in asked["q"]]})

    def _send(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def translating(home: Path) -> list[tuple[str, Any]]:
    """Invented news, and a version of it by an engine at hand: held on, mended, released, then taken back."""
    file = home / "news.md"
    file.write_text("# The port is open\n\nThe harbour was opened again on 3 February 2026.\n", encoding="utf-8")
    with HTTPServer(("127.0.0.1", 0), Mirror) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        own = {"TIZIM_TRANSLATE_ENGINE": "libre", "TIZIM_TRANSLATE_URL": f"http://127.0.0.1:{server.server_port}"}
        desk = Runner(home / "starter", own)
        subject = ("--subject", "taliban")
        new = desk.json("bulletin", "new", str(file), "--author", "A. Editor", "--day", "2026-02-03", *subject)
        bulletin = new["id"]
        desk.text("bulletin", "approve", bulletin, "--author", "B. Editor")
        desk.text("bulletin", "publish", bulletin, "--author", "A. Editor")
        made = desk.json("bulletin", "translate", bulletin, "--to", "fr", "--author", "A. Editor")
        server.shutdown()
    held = desk.json("bulletin", "hold", made[0]["id"], "--author", "B. Editor", "--reason", "To show it")
    sentence = ("--sentence", "1", "Le port est ouvert")
    mended = desk.json("bulletin", "mend", made[0]["id"], "--author", "B. Editor", *sentence)
    decided = (mended["id"], "--author", "B. Editor", "--reason", "To show it")
    return [
        ("bulletin new", new),
        ("bulletin show", desk.json("bulletin", "show", bulletin)),
        ("bulletin translate", made),
        ("bulletin hold", held),
        ("bulletin mend", mended),
        ("bulletin held", desk.json("bulletin", "held")),
        ("bulletin release", desk.json("bulletin", "release", *decided)),
        ("bulletin take-back", desk.json("bulletin", "take-back", *decided)),
        ("bulletin versions", desk.json("bulletin", "versions", bulletin)),
        ("bulletin review", desk.json("bulletin", "review", mended["id"])),
    ]


def json_page(home: Path) -> str:
    """The page of JSON answers, held against real runs in the folder *home*."""
    shapes, tops = TEXTS["shapes"], TEXTS["answers"]
    described("JSON answers", COMMANDS, dict.fromkeys(name.partition(" ")[0] for name in tops))
    seen = Seen()
    for name, value in answers(home):
        seen.answer(f"tizim {name}", tops[name], value)
    wanted = {(f"tizim {name}", key) for name in tops if ARRAY not in tops[name] for key in keys_of(tops[name])}
    wanted |= {(name, key) for name in shapes for key in keys_of(shapes[name])}
    if unseen := sorted(wanted - seen.keys):
        raise NotDescribed(f"JSON: described, but in no answer of tools/build_reference.py: {unseen}")
    parts = ["# JSON answers", WRITTEN, intro("json"), "## Answers"]
    for name in sorted(tops, key=lambda top: list(COMMANDS).index(top.partition(" ")[0])):
        parts += [f"### tizim {name} --json", keys_table(tops[name]) if ARRAY not in tops[name] else array(tops[name])]
    parts.append("## Objects")
    for name in shapes:
        parts += [f"### {name}", keys_table(shapes[name])]
    return joined(parts)


def linked(kind: str) -> str:
    """A type in words, with a link to each object it names."""
    kind = re.sub("^maybe (.*)$", r"\1, or left out", kind)
    return re.sub(r"\[([^\]]+)\]", lambda match: f"[{match[1]}](#{match[1].replace(' ', '-')})", kind)


def array(shape: Mapping[str, list[str]]) -> str:
    kind, text = shape[ARRAY]
    return f"An array of {linked(kind)}.\n{text}"


def keys_table(shape: Mapping[str, list[str]]) -> str:
    return table(("key", "type", "meaning"), [(f"`{key}`", linked(kind), text) for key, (kind, text) in shape.items()])


# -- all of it ---------------------------------------------------------------------------------------

QUICK: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "lists.md": lists_page,
    "statuses.md": statuses_page,
}
"""pages that need no register"""


def pages() -> dict[Path, str]:
    made = {REFERENCE / name: page() for name, page in QUICK.items()}
    made[CONCEPTS] = with_properties(CONCEPTS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        made[REFERENCE / "json.md"] = json_page(Path(folder))
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the reference pages from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if a page is out of date")
    options = parser.parse_args()
    try:
        made = pages()
    except NotDescribed as error:
        print(error, file=sys.stderr)
        return 1
    old = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in old:
        print(f"{'out of date' if options.check else 'written'}: {path.relative_to(ROOT)}")
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
    return 1 if options.check and old else 0


if __name__ == "__main__":
    sys.exit(main())
