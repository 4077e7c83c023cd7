"""Everything users meet is named in the docs, and everything the docs name is there."""

import enum
import importlib
import lzma
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest
from tests.docs.conftest import PAGES, ROOT, blocks, name_of, prose
from tests.whole import some
from tools.build_reference import TEXTS, errors

from tizim.cli.main import COMMANDS, exit_code, tizim
from tizim.domain.listing import Status
from tizim.domain.statements import Claim, Property
from tizim.errors import SourceProblem, TizimError
from tizim.keep import files, run
from tizim.settings import SETTINGS
from tizim.sources import catalogue
from tizim.sources.protocol import Source

DOCS = ROOT / "docs"
EVERYTHING = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
SCRIPTS = ("*.sh", "tools/*.sh", "tools/*.py", "tests/**/*.py", "src/**/*.py")
FILE = re.compile(r"[\w./-]+/[\w.-]+\.(py|sh|toml|csv|xz|md)|[\w-]+\.(py|sh|toml)")
SHELL_OPTIONS = {"--no-serve", "--with", "--setup", "--test", "--help", "-h", "--version"}
OTHER_PROGRAMS = {"createdb", "curl", "export", "python3", "tools/postgres.sh", "make"}


def command(name: str) -> click.Command:
    """The command, loaded."""
    found: click.Command = importlib.import_module(f"tizim.cli.{COMMANDS[name][0]}").command
    return found


def options(name: str) -> set[str]:
    """All options of a command, and of the commands of a group."""
    own = command(name)
    every = [own, *own.commands.values()] if isinstance(own, click.Group) else [own]
    found = {
        option
        for one in every
        for param in one.params
        if isinstance(param, click.Option)
        for option in (*param.opts, *param.secondary_opts)
    }
    return found | {"--help", "-h"}


def page(*parts: str) -> str:
    """The text of a page of the docs."""
    return DOCS.joinpath(*parts).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    """What is not in the reference does not exist for a user."""
    own = page("reference", "commands.md").partition(f"## tizim {name}\n")[2].partition("\n## ")[0]

    assert all(option in own for option in options(name)), f"{name}: {options(name)}"
    assert f"| `{name}` |" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_and_every_variable_looked_at_is_documented():
    """A variable that changes what tizim does and stands nowhere is a trap."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    looked_at = set(re.findall(r"\bTIZIM_[A-Z]+(?:_[A-Z]+)*\b|\bXDG_[A-Z_]+\b", code))

    assert looked_at >= {setting.variable for setting in SETTINGS}
    assert all(f"| `{name}` |" in page("reference", "settings.md") for name in looked_at), looked_at


def test_every_variable_that_the_docs_name_is_looked_at():
    """A setting that does nothing is worse than none."""
    scripts = [path for kind in SCRIPTS for path in ROOT.glob(kind)]
    code = "".join(path.read_text(encoding="utf-8") for path in scripts)

    assert all(name in code for name in re.findall(r"\bTIZIM_[A-Z_]+\b", EVERYTHING))


def test_every_error_class_is_documented_with_its_code():
    """Scripts decide by exit codes, so each error must say which it gives."""
    text = page("reference", "commands.md")

    for one in errors(TizimError):
        assert re.search(rf"\| `{one.__name__}` \|.*\| {exit_code(one(''))} \|", text), one


@pytest.mark.parametrize("words", [Status, Property], ids=lambda kind: kind.__name__)
def test_every_word_of_a_state_and_every_property_is_documented(words: type[enum.StrEnum]):
    """The words stand in answers; concepts.md says what they mean."""
    text = page("concepts.md")

    assert all(f"| `{word.value}` |" in text for word in words)


def test_every_list_and_source_is_documented():
    """Users type these ids."""
    text = page("reference", "lists.md")

    assert all(f"| `{name}` |" in text for name in (*catalogue.LISTS, *catalogue.SOURCES))


def commands_in(text: str) -> list[list[str]]:
    """The lines of shell in a block, as words; of a line of another program only the name."""
    lines = [line.removeprefix("$ ") for line in text.splitlines()]
    return [shlex.split(line) for line in lines if line.strip()]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_in_a_block_exists_with_its_options(path):
    """An example that cannot be typed costs a reader more than no example."""
    for kind, text in blocks(path):
        typed = "\n".join(line for line in text.splitlines() if line.startswith("$ ")) if "console" in kind else text
        if kind.split(" ")[0] not in {"sh", "console"}:
            continue
        for program, *words in commands_in(typed):
            if program not in {"tizim", "./tizim.sh"}:
                assert program in OTHER_PROGRAMS, program
                continue
            rest = list(words)
            while program == "./tizim.sh" and rest and rest[0] in {"--with", "--setup", "--test"}:
                rest = rest[2:] if rest[0] == "--with" else rest[1:]
            if not rest:
                continue
            assert rest[0] in COMMANDS, words
            assert {word for word in rest if word.startswith("-")} <= options(rest[0]), words


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_and_option_in_a_sentence_exists(path):
    """Sentences go stale as examples do."""
    known = set().union(SHELL_OPTIONS, *(options(name) for name in COMMANDS))
    for span in re.findall(r"`([^`\n]+)`", prose(path)):
        typed = re.match(r"tizim ([a-z]+)", span)
        assert typed is None or typed[1] in COMMANDS, span
        assert set(re.findall(r"(?<!\S)--[a-z-]+", span)) <= known, span


def test_the_settings_of_the_group_are_as_documented():
    """The front page of --help is the first page that many read."""
    assert set(tizim.context_settings["help_option_names"]) == {"-h", "--help"}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_name_of_code_in_the_docs_exists(path):
    """A decision that points at a function which is gone explains nothing."""
    for span in re.findall(r"`([^`\n]+)`", prose(path)):
        if re.fullmatch(r"tizim(\.\w+)+", span):
            assert resolves(span), span
        elif not span.startswith("changes/") and FILE.fullmatch(span):
            places = (ROOT, ROOT / "src" / "tizim", ROOT / "tools")
            found = any((place / span).exists() for place in places) or any((ROOT / "src").rglob(span))
            assert found, span


def resolves(name: str) -> bool:
    """Whether a dotted name is a module, or a thing in one."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            thing: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            if not hasattr(thing, part):
                return False
            thing = getattr(thing, part)
        return True
    return False


def test_every_facet_in_the_starter_is_documented():
    """A facet qualifies a value: who reads the value without it reads something else."""
    seen: dict[str, set[str]] = defaultdict(set)
    with lzma.open(ROOT / "src" / "tizim" / "keep" / "starter.jsonl.xz") as lines:
        next(lines)
        for line in lines:
            for prop, _, facets, _ in msgspec.json.decode(line)["claims"]:
                seen[prop] |= set(facets)

    assert not {prop: more for prop, facets in seen.items() if (more := facets - set(TEXTS["facets"][prop]))}


def claims_in(source: Source, paths: list[Path]) -> Iterator[Claim]:
    """All that files say, read with those that belong to them; what is refused says nothing."""
    keeping = run.Keeping(register=None, archive=None, clock=None)
    with files.Spool() as spool:
        given = list(files.open_all(paths, spool))
        by_name = {(one.folder, one.own_name): one for one in given}
        for one in given:
            try:
                _, records = source.read(one.read(), one.name, run._hints(one, by_name, source, keeping))
            except SourceProblem:
                continue
            for reading in source.readings(records):
                yield from reading.claims


@pytest.mark.slow
def test_the_documented_facets_are_those_of_real_files(real_files):
    """The starter has the core only; the rest shows in the files themselves, and what they lack in the code."""
    seen: dict[str, set[str]] = defaultdict(set)
    every = {path.name: path for path in (real_files / "lists").iterdir() if path.is_dir()}
    for source_id, folder in {**every, "ledger": real_files / "ledger"}.items():
        kind = "*.csv" if source_id == "ledger" else "*"
        # Runs of versions of a list say in hundreds of files what its other files say.
        paths = some(sorted(path for path in folder.glob(kind) if ".tar" not in path.name), 6)
        for claim in claims_in(catalogue.source(source_id), paths):
            seen[claim.property.value] |= {name for name, _ in claim.facets}
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/tizim/sources").rglob("*.py"))

    for prop, documented in TEXTS["facets"].items():
        assert seen[prop] <= set(documented), prop
        assert not [name for name in set(documented) - seen[prop] if not re.search(rf"\b{name}\b", code)], prop


def test_the_bundled_ledger_of_decisions_is_complete():
    """The map of the docs is how a reader finds a decision."""
    files = sorted(path.name for path in (DOCS / "decisions").glob("*.md"))

    assert [name[:4] for name in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    assert all(f"(decisions/{name})" in page("README.md") for name in files)


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_it_costs_and_how_we_would_know_it_wrong(path: Path):
    """A decision without its cost is advertisement; without a sign of error it cannot be revised."""
    heads = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)

    assert heads == ["Question", "Choice", "Cost", "How we would notice that we were wrong"]


def test_the_numbers_that_the_docs_give_of_the_starter_are_those_of_the_starter():
    """The starter is rebuilt now and then, and its size is the first thing that the front page promises."""
    with lzma.open(ROOT / "src" / "tizim" / "keep" / "starter.jsonl.xz") as lines:
        documents = msgspec.json.decode(next(lines))["documents"]
        entries = [msgspec.json.decode(line) for line in lines]
    acts = [facets["list"] for entry in entries for prop, _, facets, _ in entry["claims"] if prop == "act"]
    organisations = [entry for entry in entries if entry["key"].startswith("org:")]
    copies = sum(document["source"] == "un-sc" for document in documents)
    front, decision = (ROOT / "README.md").read_text(encoding="utf-8"), page("decisions", "0010-the-starter.md")

    assert f"({copies} copies of the UN list" in front
    assert f"and {len(acts)} sourced statements about {len(set(acts))} lists)" in front
    assert f"of {copies} copies of the UN list" in decision
    assert f"{len(acts)} statements about acts on {len(set(acts))} lists" in decision
    assert f"names of {len(organisations)} organisations" in decision
