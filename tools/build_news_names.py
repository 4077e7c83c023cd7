"""Write src/tizim/news/known/starter.tsv: the names of the starter's subjects by which articles are read.

    .venv/bin/python tools/build_news_names.py           writes the file
    .venv/bin/python tools/build_news_names.py --check   writes nothing; ends with 1 if the file is out of date

A name of several parts ("X / Y", "X (ABC)", "X, aka Y") gives a name for each. Names that print alike for two subjects,
weak ones, and single words that mean something else in a sentence are left out: an article would be misread by them.
"""

import json
import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from tizim.match.countries import country_code
from tizim.text import fold

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "src" / "tizim" / "keep" / "starter.jsonl.xz"
TARGET = ROOT / "src" / "tizim" / "news" / "known" / "starter.tsv"
NAMES = {"name", "alias", "former name", "original script"}
WEAK = re.compile(r"low quality|descriptive|sub-unit|COLLIDES|translation")
PARTS = re.compile(r"\s+/\s+|,?\s+\b(?:aka|AKA|a\.k\.a\.)\s+|[(),;]|\s[–-]\s")
LEADING = re.compile(r"^(?:the|formerly|бывшее)\s+", re.IGNORECASE)
SHORTEST_ACRONYM = 4
SHORTEST_PART = 4
SHORTEST_WORD = 6
# Folded names that are common words or belong to others too.
PLAIN = frozenset(
    {
        "cultural",
        "istikamet",
        "veiled",
        "sentinels",
        "martyrs",
        "maoist",
        "база",
        "بنغازی",
        "درنه",
        "in siratel",
        "military wing",
        "people s army",
        "peoples army",
        "soldiers of god",
        "party of god",
        "victory front",
        "greater sahara",
        "khorasan",
        "shaqaqi",
        "layari",
        "jamiyat",
        "al hadith",
        "al jihad",
        "jihad group",
        "new jihad",
        "islamic group",
        "al tawhid",
        "mak",
        "بازگرد",
        "furqan",
        "soldiers of aqsa",
        "army of the pure",
        "the martyrs",
        "party of islam",
    }
)


def main() -> int:
    text = "".join(f"{subject}\t{kind}\t{name}\n" for subject, kind, name in rows())
    if "--check" in sys.argv[1:]:
        if TARGET.read_text(encoding="utf-8") != text:
            print(f"{TARGET.name} is out of date: run tools/build_news_names.py", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {text.count(chr(10))} names")
    return 0


def rows() -> list[tuple[str, str, str]]:
    """Subject, kind and name of every name, sorted."""
    kinds: dict[str, str] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    shown: dict[tuple[str, str], str] = {}
    for entry in entries():
        subject = entry["key"].removeprefix("org:")
        kinds[subject] = "organisation"
        for prop, value, facets, _ in entry["claims"]:
            if prop == "kind":
                kinds[subject] = value
            if prop not in NAMES or WEAK.search(facets.get("name_kind", "")):
                continue
            for name in parts(value):
                owners[name.casefold()].add(subject)
                shown.setdefault((subject, name.casefold()), name)
    return sorted((subject, kinds[subject], name) for (subject, key), name in shown.items() if len(owners[key]) == 1)


def entries() -> list[dict[str, Any]]:
    """The entries of the starter's organisations: its first document."""
    with lzma.open(STARTER, "rt", encoding="utf-8") as file:
        head = json.loads(next(file))
        if head["documents"][0]["title"] != "organisations.csv":
            sys.exit("the starter's first document is not organisations.csv")
        return [json.loads(next(file)) for _ in range(head["lines"][0])]


def parts(name: str) -> list[str]:
    """The names that *name* is made of, without those that are too plain."""
    found = [LEADING.sub("", part.strip(" -–.\"'«»")) for part in PARTS.split(name)]
    return [part for part in found if part and not is_plain(part, is_whole=len(found) == 1)]


def is_plain(name: str, *, is_whole: bool) -> bool:
    """Whether *name* may mean anything: few letters, a country, a part of a name that is one word, or plain words."""
    if fold(name) in PLAIN or country_code(name):
        return True
    words = name.split()
    if len(words) > 1:
        return all(len(word) < SHORTEST_PART for word in words)
    if name.isupper() and name.isascii() and len(name) >= SHORTEST_ACRONYM:
        return False
    return not is_whole or len(name) < (SHORTEST_WORD if name.isascii() else SHORTEST_PART)


if __name__ == "__main__":
    sys.exit(main())
