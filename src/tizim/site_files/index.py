"""The names of all subjects in small files, so that a script finds them without a server.

A file has the names of which a word begins with the same letters; where there are many, more letters are taken. The
file ``index.json`` names the beginnings that have one, each by the hexadecimal form of its letters.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tizim.publish.roll import Entry, Roll
from tizim.site_files.making import as_json

FOLDER: Final = "names-index"
_MOST: Final = 800
"""names in a file, unless their words cannot be told apart by their first letters"""
_DEEPEST: Final = 6


def files(roll: Roll) -> Iterator[tuple[str, bytes]]:
    """The files by their paths in the copy."""
    shards = dict(_shards(roll))
    for beginning, entries in shards.items():
        yield f"{FOLDER}/{beginning.encode().hex()}.json", _packed(entries)
    yield f"{FOLDER}/index.json", as_json({"beginnings": sorted(shards)})


def _shards(roll: Roll) -> Iterator[tuple[str, Sequence[Entry]]]:
    by_word: dict[str, list[Entry]] = defaultdict(list)
    for one in roll.entries:
        for word in dict.fromkeys(one.folded.split()):
            by_word[word].append(one)
    todo: list[tuple[str, Mapping[str, list[Entry]]]] = [("", by_word)]
    while todo:
        beginning, words = todo.pop()
        size = len(beginning)
        if beginning and (sum(map(len, words.values())) <= _MOST or size >= _DEEPEST):
            unique = {one: None for word in sorted(words) for one in words[word]}
            yield beginning, list(unique)
            continue
        longer: dict[str, dict[str, list[Entry]]] = defaultdict(dict)
        for word, entries in words.items():
            # A word that ends here stands with the longer ones under its own letters.
            longer[word[: size + 1]][word] = entries
        ended = longer.pop(beginning, None)
        if ended is not None:
            yield beginning, ended[beginning]
        todo += sorted(longer.items(), reverse=True)


def _packed(entries: Sequence[Entry]) -> bytes:
    """One line a name: the name, its subject, what that is called by if otherwise, and its numbers."""
    rows = [[one.text, one.subject, one.called if one.called != one.text else "", list(one.numbers)] for one in entries]
    return as_json(rows, indent=None)
