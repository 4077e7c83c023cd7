"""Names as this list prints them, bare of the remarks that stand in brackets behind them."""

import re
from functools import lru_cache
from typing import Final

import msgspec

from tizim.text import one_line

_FORMER: Final = re.compile(
    r"\s*\(\s*(?:previously|formerly)\s+listed\s+as[.,]?\s*(?:in\s+(\w+)\s*:\s*([^()]+?))?\s*\)", re.IGNORECASE
)
_LANGUAGES: Final = {
    "tigrinya": "ti",
    "amharic": "am",
    "arabic": "ar",
    "russian": "ru",
    "chinese": "zh",
    "persian": "fa",
}
_REMARK: Final = re.compile(
    r"\s*\(((?:combat name|call sign|initials|third|nickname|when he\b[^()]*|[^()]*\bsub-unit name))\)", re.IGNORECASE
)
_LANGUAGE: Final = re.compile(rf"\s*\(({'|'.join(_LANGUAGES)})\)", re.IGNORECASE)


_FOREIGN: Final = re.compile(r"[^\x00-\u024f\u2010-\u201f]")
_LATIN: Final = re.compile(r"[A-Za-z]")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One name, its language where that is printed, whether a former one, and the remarks taken off it."""

    text: str
    language: str = ""
    former: bool = False
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def names(cell: str) -> tuple[Said, ...]:
    """The names in one cell: the one it is about, and its form in another script behind it."""
    line = one_line(cell).strip(" ;,")
    former = _FORMER.search(line)
    others: list[Said] = []
    if former:
        if former[2]:
            language = _LANGUAGES.get((former[1] or "").casefold(), "")
            others.append(Said(text=former[2].strip(), language=language, former=True))
        line = _FORMER.sub("", line)
    remarks = tuple(match[1].strip() for match in _REMARK.finditer(line))
    line = _REMARK.sub("", line)
    named = _LANGUAGE.search(line)
    line = _LANGUAGE.sub("", line).strip()
    if re.fullmatch(r"“[^“”]+”|\"[^\"]+\"", line):
        line = line[1:-1]
    language = _LANGUAGES[named[1].casefold()] if named else ""
    line, behind = _in_two_scripts(line)
    if behind:
        others.insert(0, Said(text=behind, former=bool(former)))
    return (Said(text=line, language=language, former=bool(former), remarks=remarks), *others)


def _in_two_scripts(line: str) -> tuple[str, str]:
    """A name in Latin letters and, right behind it, the same in another script; else the whole line and nothing."""
    foreign = _FOREIGN.search(line)
    if foreign is None:
        return line, ""
    head, behind = line[: foreign.start()], line[foreign.start() :]
    parted = head.endswith(" ") and _LATIN.search(head) and not _LATIN.search(behind)
    return (head.strip(), behind.strip()) if parted else (line, "")
