"""The names that stand in one cell: parted by the word alias, with the original script beside the Latin."""

import re
from typing import Final

import msgspec

from tizim.text import one_line, script_of

# "alias" in any case and as it is mistyped in real rows.
_ALIAS: Final = re.compile(r"(?<![\w-])(?:al{1,2}ias|alais|alian|a\.k\.a\.?)(?![\w-])", re.IGNORECASE)
_EDGES: Final = " \t\n;,:-"
_REMARK: Final = re.compile(r"\s*\((sub-unit name|inisial)\)\s*$", re.IGNORECASE)
_LATIN: Final = "Latn"
_WORD: Final = re.compile(r"\S+")


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell of names holds."""

    main: str
    original: str
    """the main name in the script of its own language, where it is printed beside the Latin"""
    aliases: tuple[str, ...]
    remarks: tuple[tuple[str, str], ...]
    """remarks, each with the name it is about"""


def names(text: str) -> Names:
    """The main name, which stands first, and the aliases after it."""
    parts = [part for part in (one_line(piece).strip(_EDGES) for piece in _ALIAS.split(text)) if part]
    if not parts:
        return Names(main="", original="", aliases=(), remarks=())
    main, original = _in_two_scripts(parts[0])
    remarks: list[tuple[str, str]] = []
    aliases: list[str] = []
    for part in parts[1:]:
        name = part
        if remark := _REMARK.search(part):
            name = part[: remark.start()]
            remarks.append((remark[1], name))
        aliases += [half for half in _in_two_scripts(name) if half]
    return Names(main=main, original=original, aliases=tuple(dict.fromkeys(aliases)), remarks=tuple(remarks))


def _in_two_scripts(text: str) -> tuple[str, str]:
    """A name in Latin letters and the same in another script after it; the second is empty if there is none."""
    if text.isascii():
        return text, ""
    for word in _WORD.finditer(text):
        before, after = text[: word.start()].strip(), text[word.start() :].strip()
        if before and script_of(before) == _LATIN and script_of(after) not in {_LATIN, ""} and not _has_latin(after):
            return before, after
    return text, ""


def _has_latin(text: str) -> bool:
    return any(character.isascii() and character.isalpha() for character in text)
