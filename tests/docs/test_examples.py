"""The examples in the docs are what tizim prints."""

import gzip
import json
import re
import shlex
import shutil

import pytest
from tests.docs.conftest import PAGES, ROOT, Tizim, blocks, name_of

from tizim.domain.listing import Status

CUT = "[…]"
EXAMPLES = [page for page in PAGES if any(kind == "console" for kind, _ in blocks(page))]
REAL_EXAMPLES = [page for page in PAGES if any(kind == "console real" for kind, _ in blocks(page))]
QUICK = {"README.md"}
WRITING = {"docs/how-to/publish-the-site.md", "docs/how-to/export-the-register.md"}
"""pages whose commands write into the folder where they are run"""
ONCE = re.compile(r"^tizim: compiling the matcher, once after installation.*\n", re.MULTILINE)
"""what only the first run after an installation says"""


def steps(text: str) -> list[tuple[list[str], str]]:
    """The commands of a block, each with what it is said to print."""
    parts = re.split(r"^\$ (?:tizim|\./tizim\.sh) (.*)\n", text, flags=re.MULTILINE)
    assert not parts[0].strip(), f"output without a command: {parts[0]}"
    return [(shlex.split(typed), said) for typed, said in zip(parts[1::2], parts[2::2], strict=True)]


def pattern(said: str) -> re.Pattern[str]:
    """What a command must print: the text as it stands, with anything where it is marked as cut."""
    lines = []
    for line in said.rstrip("\n").split("\n"):
        if line.strip() == CUT:
            lines.append("(?:.*\n)*?")
        else:
            lines.append(r"[\s\S]*?".join(re.escape(part) for part in line.split(CUT)) + "\n")
    return re.compile("".join(lines))


def check(tizim: Tizim, text: str, folder=None) -> None:
    """Run the commands of a block and compare what they print."""
    for arguments, said in steps(text):
        printed, _ = tizim(*arguments, folder=folder)
        printed = ONCE.sub("", printed)
        assert pattern(said).fullmatch(printed.rstrip("\n") + "\n"), f"tizim {shlex.join(arguments)}\n{printed}"


@pytest.mark.parametrize(
    "page", [page if name_of(page) in QUICK else pytest.param(page, marks=pytest.mark.slow) for page in EXAMPLES],
    ids=name_of,
)  # fmt: skip
def test_an_example_is_what_a_run_on_the_starter_prints(page, starter, empty, tmp_path):
    """A reader trusts an example more than a sentence; so each is run, in order, in a register of its own."""
    folder = tmp_path if name_of(page) in WRITING else None
    for kind, text in blocks(page):
        if kind == "console":
            check(empty if steps(text)[0][0][0] == "up" else starter, text, folder)


@pytest.mark.slow
@pytest.mark.parametrize("page", REAL_EXAMPLES, ids=name_of)
def test_an_example_with_real_files_is_what_a_run_prints(page, starter, real_files, tmp_path):
    """Keeping is told with the publisher's own documents, and two damaged ones."""
    folder = tmp_path / "files"
    folder.mkdir()
    for path in (real_files / "lists" / "un-sc").glob("*.xml.gz"):
        shutil.copy(path, folder)
    (folder / "page.xml").write_text("<html></html>", encoding="utf-8")
    newest = gzip.decompress((folder / "2026-02-27.xml.gz").read_bytes()).decode("utf-8")
    before, *persons = re.split(r"(?=<INDIVIDUAL>)", newest)
    cut = before + "".join(persons[:200]) + persons[-1]
    cut = re.sub(r'dateGenerated="[^"]*"', 'dateGenerated="2026-03-05T00:00:00.000Z"', cut)
    (folder / "cut.xml").write_text(cut, encoding="utf-8")
    for source, file in (
        ("un-sc", "2023-03-27.xml.gz"), ("un-sc-committee", "1988-2015-03-27.xml"),
        ("us-bis-dpl", "2021-07-07-commit.dpl.txt"),
    ):  # fmt: skip
        (folder / "lists" / source).mkdir(parents=True)
        shutil.copy(real_files / "lists" / source / file, folder / "lists" / source / file.rpartition("commit.")[2])
    (folder / "lists" / "ministry").mkdir()
    (folder / "lists" / "ministry" / "list.csv").write_text("name\n", encoding="utf-8")

    for kind, text in blocks(page):
        if kind == "console real":
            check(starter, text, folder)


def example_rows(title: str) -> list[list[str]]:
    """The rows of the first table below the heading *title* of concepts.md."""
    text = (ROOT / "docs" / "concepts.md").read_text(encoding="utf-8").partition(f"### Example: {title}\n")[2]
    table = [line for line in text.partition("\n#")[0].splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[2:]]


@pytest.mark.slow
def test_the_example_of_the_iran_entries_is_what_the_starter_gives(starter):
    """The example teaches what a list proves; a wrong number in it would teach something else."""
    rows = [line for line in example_rows("the 121 entries under the Iran regime") if line[0][0] == "2"]
    assert rows
    for day, count, states, *_ in rows:
        printed, code = starter("show", "un-1737", "--as-of", day)
        told = dict.fromkeys(Status, 0) | {Status(word): int(n) for n, word in re.findall(r"(\d+) `(\w+)`", states)}

        assert code == 0
        assert printed.startswith(f"un-1737: {count} members.")
        for status, number in told.items():
            word = "not observed since" if status is Status.NOT_OBSERVED else status.value
            assert len(re.findall(rf"^IR.*  {word} ", printed, re.MULTILINE)) == number, (day, status)


@pytest.mark.slow
def test_the_example_of_kazakhstan_is_what_the_starter_gives(starter):
    """The seed of the project: one delisting, a span of days, and no act."""
    rows = example_rows("Kazakhstan and the Taliban")
    assert rows
    for day, status, bounds, *_ in rows:
        printed, _ = starter("history", "taliban", "--as-of", day, "--json")
        found = next(one for one in json.loads(printed)["lists"] if one["list"] == "kz-list")

        assert f"`{found['status']}`" == status, day
        assert (found["ended"] or "") == bounds, day


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "un-1988", "--as-of", "2024-01-15"), 0),
        (("show", "no-such-list"), 2),
        (("show", "un-1988", "--as-of", "yesterday"), 2),
        (("ask", "Taliban", "--list", "kz-list", "--as-of", "2024-01-15", "--strict"), 5),
        (("diff", "un-2653", "--from", "2023-12-31", "--to", "2025-12-31", "--strict"), 5),
        (("match", "Талибан", "--list", "kz-list", "--as-of", "2010-06-01", "--strict"), 5),
        (("match", "Nobody Of That Name", "--list", "un-1988", "--strict"), 0),
        (("match", "..."), 2),
        (("keep", "un-sc", "README.md"), 3),
        (("verify",), 0),
        (("verify", "--head", f"1:{'0' * 64}"), 1),
    ],
    ids=lambda value: value if isinstance(value, int) else "_".join(value[:2]),
)
def test_commands_end_with_the_documented_codes(starter, arguments, code):
    """Scripts decide by them."""
    _, ended = starter(*arguments)

    assert ended == code


def test_without_a_register_a_reading_command_ends_with_2(empty):
    """It must not look as if an empty register had been read."""
    printed, code = empty("lists")

    assert code == 2
    assert "tizim up" in printed
