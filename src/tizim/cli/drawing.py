"""A pair of subjects as lines of text for a terminal of any width: side by side, or one below the other."""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby, zip_longest

from tizim.resolve.cards import Card, Cell, Row, Sign

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOUR = {Sign.SAME: "\x1b[32m", Sign.DIFFERENT: "\x1b[31m", Sign.NONE: DIM}
_ISOLATE, _END = "\u2068", "\u2069"
_LEFTWARD = {"R", "AL"}
"""Unicode's classes of letters that are written from right to left"""
_JOINERS = "\u200c\u200d"
"""letters of some scripts take another shape beside them; they steer nothing else"""
_BESIDE = 64
"""columns from which on two sides have room beside each other"""
_LABEL = 12
"""columns of sign and label"""


def draw(card: Card, width: int, *, colour: bool = True) -> list[str]:
    """The pair as lines of at most *width* columns."""
    paint = _Paint(colour=colour)
    beside = width >= _BESIDE
    lines = _titles(card, width, paint, beside=beside)
    for row in card.rows:
        lines += _beside(row, width, paint) if beside else _below(row, width, paint)
    lines.append("")
    for reason in card.reasons:
        lines += [f"  {text}" for text in wrapped(reason, max(1, width - 2), is_sentence=True)]
    return lines


def frame(
    head: str, body: Sequence[str], foot: Sequence[str], size: tuple[int, int], offset: int, *, colour: bool = True
) -> list[str]:
    """A whole screen of *size* (columns, lines): head, as much of the *body* as there is room for, and foot.

    The body begins with its line *offset*; where there is more of it, the screen says so.
    """
    width, height = size
    paint = _Paint(colour=colour)
    room = max(1, height - 2 - len(foot))
    start = max(0, min(offset, len(body) - room))
    shown = list(body[start : start + room])
    more = len(body) - start - len(shown)
    hint = (
        "more above and below: ↑ ↓" if start and more else "more below: ↓" if more else "more above: ↑" if start else ""
    )
    bottom = paint.dim(cut(hint.rjust(width - 1), width))
    lines = [paint.bold(cut(head, width)), *shown, *[""] * (room - len(shown)), bottom]
    return [*lines, *(paint.bold(cut(text, width)) for text in foot)][: max(height, 1)]


def width_of(text: str) -> int:
    """Columns that *text* takes."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def clean(text: str) -> str:
    """*text* without signs that steer a terminal or the direction of text: those are shown by their numbers."""
    return "".join(sign if sign.isprintable() or sign in _JOINERS else ascii(sign)[1:-1] for sign in text)


def cut(text: str, width: int) -> str:
    """*text* in at most *width* columns."""
    if width_of(text) <= width:
        return text
    kept, used = "", 0
    for sign in text:
        used += _columns(sign)
        if used > width - 1:
            return f"{kept}…"
        kept += sign
    return kept


def wrapped(text: str, width: int, *, is_sentence: bool = False) -> list[str]:
    """*text*, made clean, in lines of at most *width* columns, broken between words where that is possible.

    Text from right to left is isolated (`isolated`), so that it turns nothing that stands beside it.
    """
    lines, line = [], ""
    for word in clean(text).split(" "):
        for part in _parts(word, width):
            if line and width_of(line) + 1 + width_of(part) <= width:
                line = f"{line} {part}"
            else:
                lines += [line] if line else []
                line = part
    lines.append(line)
    return [isolated(one, is_sentence=is_sentence) for one in lines]


def _parts(word: str, width: int) -> list[str]:
    parts, part = [], ""
    for sign in word:
        if part and width_of(part) + _columns(sign) > width:
            parts.append(part)
            part = ""
        part += sign
    return [*parts, part]


def isolated(text: str, *, is_sentence: bool = False) -> str:
    """*text*, what of it is written from right to left between marks that keep its direction to itself.

    A name has the direction of its first letter; a sentence (of ours) goes from left to right, whatever it begins with.
    """
    first = next((way for sign in text if (way := unicodedata.bidirectional(sign)) in {"L", *_LEFTWARD}), "L")
    if first in _LEFTWARD and not is_sentence:
        return f"{_ISOLATE}{text}{_END}"
    groups = [(turned, " ".join(words)) for turned, words in groupby(text.split(" "), key=_turns)]
    return " ".join(f"{_ISOLATE}{words}{_END}" if turned else words for turned, words in groups)


def _turns(word: str) -> bool:
    return any(unicodedata.bidirectional(sign) in _LEFTWARD for sign in word)


class _Paint:
    """Puts colours on text, or none."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def with_(self, code: str, text: str) -> str:
        return f"{code}{text}{PLAIN}" if self._colour and text.strip() else text

    def bold(self, text: str) -> str:
        return self.with_(BOLD, text)

    def dim(self, text: str) -> str:
        return self.with_(DIM, text)

    def sign(self, sign: Sign, text: str) -> str:
        return self.with_(_COLOUR[sign], text)


def _titles(card: Card, width: int, paint: _Paint, *, beside: bool) -> list[str]:
    if not beside:
        lines = []
        for number, (title, own) in enumerate(zip(card.titles, card.ids, strict=True), start=1):
            lines += [paint.bold(text) for text in wrapped(f"{number} {title}", width)]
            lines += [paint.dim(text) for text in wrapped(own, width)]
        return [*lines, ""]
    room = _room(width)
    names = [wrapped(title, room) for title in card.titles]
    ids = [wrapped(own, room) for own in card.ids]
    lines = [_line(left, right, room, paint, paint.bold) for left, right in zip_longest(*names, fillvalue="")]
    lines += [_line(left, right, room, paint, paint.dim) for left, right in zip_longest(*ids, fillvalue="")]
    return [*lines, ""]


def _room(width: int) -> int:
    """Columns of each of two sides."""
    return max(1, (width - _LABEL - 3) // 2)


def _beside(row: Row, width: int, paint: _Paint) -> list[str]:
    room = _room(width)
    left, right = _cell_lines(row.left, room, paint, row), _cell_lines(row.right, room, paint, row)
    label = f"{row.sign.value} {row.what}"
    lines = []
    for one, other in zip_longest(left, right, fillvalue=("", "")):
        start = paint.sign(row.sign, _padded(label, _LABEL))
        lines.append(f"{start}{_painted(one, room)} {paint.dim('│')} {other[1]}".rstrip())
        label = ""
    return lines


def _below(row: Row, width: int, paint: _Paint) -> list[str]:
    lines = [paint.sign(row.sign, f"{row.sign.value} {row.what}")]
    for number, cells in enumerate((row.left, row.right), start=1):
        lines += [f"  {number} {text}" for _, text in _cell_lines(cells, max(1, width - 4), paint, row)]
    return lines


def _cell_lines(cells: Sequence[Cell], room: int, paint: _Paint, row: Row) -> list[tuple[str, str]]:
    """The cells as lines, each plain (to count its columns) and painted."""
    found = []
    for cell in cells:
        sign = Sign.SAME if cell.is_shared else row.sign if row.sign is Sign.DIFFERENT else None
        mark = "= " if cell.is_shared else "  "
        for number, text in enumerate(wrapped(cell.text, max(1, room - 2))):
            plain = f"{mark if number == 0 else '  '}{text}"
            found.append((plain, paint.sign(sign, plain) if sign else plain))
    return found


def _line(left: str, right: str, room: int, paint: _Paint, painted: Callable[[str], str]) -> str:
    return f"{' ' * _LABEL}{_painted((left, painted(left)), room)} {paint.dim('│')} {painted(right)}".rstrip()


def _painted(pair: tuple[str, str], room: int) -> str:
    plain, painted = pair
    return painted + " " * (room - width_of(plain))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))
