"""Count the words of names, frozen per release: writes src/tizim/match/tables/frequencies.txt.

    TIZIM_REAL_FILES=../shared .venv/bin/python tools/build_frequencies.py

Counted are distinct primary names and Latin aliases of official lists and the invented names of persons of the
benchmark's development halves. Of UN entries only those whose reference may be fitted on bring their aliases
and original-script names. Words seen fewer than three times are left out: they weigh like unseen ones.
"""

import csv
import gzip
import io
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

import names_data as data  # noqa: E402 - bench is not a package

from tizim.text import romanise, tokens  # noqa: E402 - after the path is set

TARGET = ROOT / "src" / "tizim" / "match" / "tables" / "frequencies.txt"
LEAST = 3
HEAD = """\
# How many of so many distinct names have a word (romanised, lower-case). Made by tools/build_frequencies.py from
# the lists of the UN (2026-02-27), OFAC (SDN of 2022-01-31), the United Kingdom (2014-04-02) and Canada (2025-05-25), and
# from invented names of persons; words seen fewer than three times are left out.
"""  # noqa: E501 - as the file has it


def names() -> Iterator[str]:
    """Names to count."""
    for row in data.un_names():
        if row.primary or data.is_even(row.key):
            yield row.name
    for row in data.sdn_names():
        yield row.name
    lists = data.real_files() / "lists"
    text = gzip.decompress((lists / "uk-ofsi-conlist" / "2014-04-02.sanctionsconlist.csv.gz").read_bytes()).decode(
        "cp1252"
    )
    for line in list(csv.reader(io.StringIO(text)))[2:]:
        yield " ".join(one for one in [*line[1:6], line[0]] if one.strip())
    sema = gzip.decompress((lists / "ca-sema" / "2025-05-25-commit.xml.gz").read_bytes())
    for record in ET.fromstring(sema).iter("record"):  # noqa: S314 - an official file
        yield " ".join(
            filter(None, (record.findtext(tag) for tag in ("GivenName", "LastName", "EntityOrShip", "Entity")))
        )
    for which in ("global", "us"):
        yield from data.negatives(which)


def main() -> None:
    """Count and write."""
    distinct = {tuple(tokens(name)) for name in names()} - {()}
    counts = Counter(form for words in distinct for word in set(words) if len(form := romanise(word)) > 1)
    rows = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    lines = [f"=total: {len(distinct)}", *(f"{word}: {count}" for word, count in rows)]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(distinct)} names, {len(rows)} words")


if __name__ == "__main__":
    main()
