"""Writes src/tizim/publish/words/tizim.pot: every message of the site, from the code and the templates.

    .venv/bin/python tools/extract_messages.py            write it
    .venv/bin/python tools/extract_messages.py --check    end with 1 if it is not what the code says

Messages are the first arguments of `say`, `say_in` and `count`, of `noted`, `noted_in` and `noted_count`, and of
`ground` and `counted`, with which an audit and the matcher give their reasons; of `Sentence`, with which the guard
tells what it found; and the names of the lists in sources/lists.csv.
A translator copies the file to LANGUAGE.po (or brings an older one up to date with Babel's `pybabel update`) and puts
in its header, once a person has read it:

    # Reviewed by: NAME, DAY
"""

import ast
import csv
import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parent.parent
PUBLISH = ROOT / "src" / "tizim" / "publish"
ROOMS = ROOT / "src" / "tizim"
GROUNDS = (
    *sorted((ROOMS / "audit").glob("*.py")), ROOMS / "resolve" / "choose.py", ROOMS / "match" / "entities.py",
    ROOMS / "guard" / "sentences.py",
)  # fmt: skip
LISTS = ROOT / "src" / "tizim" / "sources" / "lists.csv"
POT = PUBLISH / "words" / "tizim.pot"
NAME_OF_LIST = "name of a list"
CONTEXT_FIRST = {"say_in", "noted_in"}
OF_NUMBERS = {"count", "counted", "noted_count"}
FUNCTIONS = ["say", "noted", "ground", "Sentence", *sorted(CONTEXT_FIRST | OF_NUMBERS)]
HEADER = """\
# Messages of tizim's site.
# A message stands by itself: its placeholders, such as {name}, may be put in any order, and each must stay.
# Dates, numbers, names and links are put in by the program, in the form of the language.
# Reviewed by: nobody
#"""

Found = tuple[Path, int, str, str, str | None]
"""file, line, context, message, plural"""


def messages() -> Iterator[Found]:
    """Every message, by file and line."""
    for path in sorted((*PUBLISH.rglob("*.py"), *PUBLISH.rglob("*.j2"), *GROUNDS)):
        calls = _in_template(path) if path.suffix == ".j2" else _in_code(path)
        for line, function, texts in calls:
            if not texts:
                continue  # said of a variable: its message is noted elsewhere
            if function in CONTEXT_FIRST:
                if len(texts) == 2:
                    yield path, line, texts[0], texts[1], None
            elif function in OF_NUMBERS:
                if len(texts) == 2:
                    yield path, line, "", texts[0], texts[1]
            else:
                yield path, line, "", texts[0], None


def _in_template(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    found = babel_extract(
        io.BytesIO(path.read_bytes()), FUNCTIONS, [], {"trim_blocks": "true", "lstrip_blocks": "true"}
    )  # fmt: skip
    for line, function, said, _ in found:
        yield line, function, [text for text in ((said,) if isinstance(said, str) else said or ()) if text]


def _in_code(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Calls, and the texts with which they begin. Read as a tree: Babel's own reader passes over a message that is
    said inside another.
    """
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in FUNCTIONS:
                texts = (one.value for one in node.args if isinstance(one, ast.Constant))
                yield node.lineno, name, [text for text in texts if isinstance(text, str) and text]


def names_of_lists() -> Iterator[str]:
    """The names of official lists, as the register has them in English."""
    with LISTS.open(encoding="utf-8", newline="") as opened:
        yield from sorted({row["name"] for row in csv.DictReader(opened)})


def template() -> str:
    """The file as it should be. Lines are left out: they would change with every edit."""
    catalog = Catalog(project="tizim", header_comment=HEADER, charset="utf-8")
    catalog.creation_date = catalog.revision_date = dt.datetime(
        2026, 1, 1, tzinfo=dt.UTC
    )  # the same file for the same messages
    for path, _, context, message, plural in messages():
        where = [(path.relative_to(PUBLISH if path.is_relative_to(PUBLISH) else ROOMS).as_posix(), 0)]
        catalog.add(message if plural is None else (message, plural), locations=where, context=context or None)
    for name in names_of_lists():
        catalog.add(name, locations=[("../sources/lists.csv", 0)], context=NAME_OF_LIST)
    written = io.BytesIO()
    write_po(written, catalog, width=0, omit_header=False, sort_output=True, include_lineno=False)
    return written.getvalue().decode()


def main() -> int:
    """Write the file, or compare it."""
    made = template()
    if "--check" in sys.argv[1:]:
        same = POT.is_file() and POT.read_text(encoding="utf-8") == made
        if not same:
            print(f"{POT.relative_to(ROOT)} is not what the code says: run tools/extract_messages.py")
        return 0 if same else 1
    POT.write_text(made, encoding="utf-8")
    print(f"{POT.relative_to(ROOT)}: {made.count('msgid ') - 1} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
