"""Names of a cell, taken apart: several in one, former ones, those in brackets, and what is a remark and no name."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

import msgspec

from tizim.sources.table.plan import SEPARATORS
from tizim.sources.table.vocabulary import printed
from tizim.text import fold, one_line, scripts_in

_NUMBERED: Final = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}|[a-zа-я])\)\s+")
_QUOTES: Final = {"«": "»", "“": "”", "„": "“", '"': '"', "'": "'", "‘": "’"}
_LONGEST: Final = 20_000
_DIGITS: Final = re.compile(r"\d{4}")
_ARTICLES: Final = ("al-", "el-", "аль-", "ан-", "ат-", "аш-", "ас-", "эль-", "at-", "an-", "ash-", "as-")
_NOTHING: Final = re.compile(r"[-–—.·_/\\*\s]*|n/?a|н/?д", re.IGNORECASE)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A name of a cell."""

    name: str
    former: bool = False
    further: bool = False
    """whether it follows another name of the cell"""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell of names holds."""

    names: tuple[Found, ...]
    remarks: tuple[str, ...] = ()
    """what stood in brackets and is no name"""


def is_nothing(cell: str) -> bool:
    """Whether a cell says by a dash or the like that it holds nothing."""
    return _NOTHING.fullmatch(cell) is not None


def values(cell: str, separators: tuple[str, ...] = SEPARATORS) -> list[str]:
    """The values of a cell that is no prose and no name: at its semicolons, strokes and line breaks."""
    marks = [mark for mark in separators if mark in {";", "|", "\n"}]
    parts = [cell]
    for mark in marks:
        parts = [piece for part in parts for piece in part.split(mark)]
    return [text for part in parts if (text := one_line(part).strip(" ,")) and not is_nothing(text)]


@lru_cache(maxsize=65536)
def apart(cell: str, separators: tuple[str, ...] = SEPARATORS) -> Cell:
    """The names of *cell*, as *separators* part them; none of a cell of a length that only prose has."""
    if len(cell) > _LONGEST:
        return Cell(names=())
    names: list[Found] = []
    remarks: list[str] = []
    for piece in _pieces(cell, separators):
        for text, former in _at_words(piece, separators):
            for part in _pieces(text, separators):  # a bracket that a word opened held several
                _take(part, names, remarks, former=former, brackets="brackets" in separators)
    seen: dict[str, Found] = {}
    for number, found in enumerate(names):
        seen.setdefault(found.name, msgspec.structs.replace(found, further=number > 0))
    return Cell(names=tuple(seen.values()), remarks=tuple(dict.fromkeys(remarks)))


def _pieces(cell: str, separators: tuple[str, ...]) -> list[str]:
    """*cell* at its marks outside brackets."""
    marks = [mark for mark in separators if mark not in {"words", "brackets", "numbers"}]
    if "numbers" in separators and len(_NUMBERED.findall(cell)) > 1:
        cell = _NUMBERED.sub("\n" if "\n" in marks else (marks or ["\n"])[0], cell)
    pieces, depth, start, at = [], 0, 0, 0
    while at < len(cell):
        letter = cell[at]
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        mark = next((mark for mark in marks if cell.startswith(mark, at)), "") if not depth or letter == "\n" else ""
        if mark:
            pieces.append(cell[start:at])
            at = start = at + len(mark)
            depth = 0
        else:
            at += 1
    pieces.append(cell[start:])
    return [text for piece in pieces if (text := one_line(piece)) and not is_nothing(text)]


@cache
def _words() -> re.Pattern[str]:
    """A word or words that say that another name of the same thing follows, outside brackets."""
    also, former = ("|".join(re.escape(word) for word in printed(role)) for role in ("also", "formerly"))
    # "a.k.a." ends with a full stop, after which no boundary of a word stands.
    return re.compile(
        rf"\s*[,;(\[–—-]?\s*(?<!\w)(?:(?P<former>{former})|(?P<also>{also}))(?!\w)\s*[:–—-]?\s*", re.IGNORECASE
    )


@cache
def _casefolded() -> tuple[str, ...]:
    """The same words, to be looked for before the pattern, which takes twenty times as long."""
    return tuple({word.casefold() for role in ("also", "formerly") for word in printed(role)})


def _at_words(piece: str, separators: tuple[str, ...]) -> list[tuple[str, bool]]:
    """*piece* where words part its names; with each whether it is a former one.

    Words within brackets leave the bracket to what follows them, which closes it.
    """
    low = piece.casefold()
    if "words" not in separators or not any(word in low for word in _casefolded()):
        return [(piece, False)]
    found: list[tuple[str, bool]] = []
    start, former = 0, False
    for match in _words().finditer(piece):
        if not _parts_names(piece, match):
            continue
        head = piece[start : match.start()]
        if _unclosed(head) and "(" not in match[0]:
            continue  # "X (Y, ранее Z)": left to the bracket
        found.append((head, former))
        start, former = match.end(), bool(match["former"])
    found.append((piece[start:], former))
    return [(_closed(text), old) for text, old in found if text.strip(" ,;()[]")]


_INITIALS: Final = frozenset({"aka", "fka"})


def _parts_names(piece: str, match: re.Match[str]) -> bool:
    """Whether the word parts names here, and is not a word of a name (``Alias Group``, ``Union of former …``)."""
    word = match["former"] or match["also"]
    if word.casefold().replace(".", "") in _INITIALS:
        return True
    begins = match[0].lstrip()[:1]
    if not piece[: match.start()].strip(" ,;([") and begins == word[:1]:
        return word[:1].islower() or match[0].rstrip().endswith(":")
    return not match["former"] or " " in word or begins in _PUNCTUATION


_PUNCTUATION: Final = frozenset(",;([–—-")


def _unclosed(text: str) -> bool:
    return text.count("(") > text.count(")")


def _closed(text: str) -> str:
    """*text* without half a bracket at its edges."""
    text = text.strip(" ,;")
    while text.endswith((")", "]")) and text.count(")") + text.count("]") > text.count("(") + text.count("["):
        text = text[:-1].rstrip()
    while text.startswith((")", "]")):
        text = text[1:].lstrip()
    return text


def _take(text: str, names: list[Found], remarks: list[str], *, former: bool, brackets: bool) -> None:
    """Add the name that *text* is, then those in the brackets at its end."""
    inner: list[str] = []
    head = text
    while brackets and (group := _last_brackets(head)):
        head, inside = group
        inner.insert(0, inside)
    names.extend(Found(name=name, former=former) for name in [_bare(head)] if name)
    for inside in inner:
        if _is_remark(inside):
            remarks.append(inside)
            continue
        for piece in _pieces(inside, (";", "|", "\n")):
            names.extend(
                Found(name=name, former=former or old)
                for part, old in _at_words(piece, ("words",))
                if (name := _bare(part))
            )


def _last_brackets(text: str) -> tuple[str, str] | None:
    """What stands before and within the brackets that end *text*, if something stands before them."""
    text = text.strip(" ,;")
    if not text.endswith(")"):
        return None
    depth = 0
    for at in range(len(text) - 1, 0, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if not depth:
            head, inside = text[:at].strip(), text[at + 1 : -1].strip()
            return (head, inside) if head else None
    return None


def _is_remark(inside: str) -> bool:
    """Whether what stands in brackets is said of the name: it has a year in it, or begins as a sentence goes on."""
    if _words().match(inside) or "«" in inside or '"' in inside or "“" in inside:
        return False
    low = inside.casefold()
    if _DIGITS.search(inside):
        return True
    first = inside.lstrip("«“\"'„‘")[:1]
    return first.islower() and first == inside[:1] and not low.startswith(_ARTICLES)


def _bare(text: str) -> str:
    """A name without the quotation marks around the whole of it, and without marks at its edges."""
    text = one_line(text).strip(" ,;")
    close = _QUOTES.get(text[:1])
    if close and text.endswith(close) and close not in text[1:-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return "" if is_nothing(text) else text


def key_of(name: str) -> str:
    """A name as a key: the same whatever its case, its quotation marks and the blanks in it.

    Words of Cyrillic letters keep their marks, which tell letters apart (``й``), but for ``ё``, which many write
    as ``е``; all others are folded.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", name).casefold().replace("ё", "е"))
    return "-".join(part for word in words for part in ([word] if scripts_in(word) == {"Cyrl"} else fold(word).split()))


_WORD: Final = re.compile(r"[^\W_]+")
