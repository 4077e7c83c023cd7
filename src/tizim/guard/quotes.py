"""Quotations: what is in quotation marks on one side must be so on the other; names in marks do not count."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tizim.guard import sentences
from tizim.guard.aligning import Pair
from tizim.guard.findings import Finding
from tizim.guard.sides import Part, Span

_QUOTED: Final = re.compile(
    '«[^«»]*(?:«[^«»]*»[^«»]*)*»|“[^“”„]*”|„[^“”„]*[“”]|「[^「」]*」|『[^『』]*』|《[^《》]*》|"[^"]*"|”[^“”]*”'
    "|[’‘]{2}[^’‘]+(?:[’‘][^’‘]+)*[’‘]{2}"
    r"|(?<!\w)‘[^‘’]+(?:\w’\w[^‘’]*)*’(?!\w)|(?<!\w)’[^‘’]+[‘’](?!\w)"
)
_MARKS: Final = re.compile('[«»“”„"「」『』]')
_AROUND: Final = '«»“”„「」『』《》"‘’ \u00a0\u202f'
_BETWEEN: Final = 40  # characters of "he said" between two halves of a quoted sentence
_LONG: Final = 5  # words from which what is quoted is no name
_SMALL: Final = 3  # letters of a word that is told of, not said: the votes «за»
_APART: Final = 0.4  # of the text: from where the quoted shares of two texts differ
_LESS: Final = 0.15  # of the text: by which less is quoted where one of several quotations has lost its marks
_SAID: Final = re.compile("[,?!…،؟] ?[—–] [^—–]*[,.:] ?[—–] ")  # "«Go, — he said, — and return»" in one pair of marks


class Quoted(NamedTuple):
    """Something in quotation marks."""

    span: Span
    is_speech: bool
    """whether it is surely somebody's words, not a name"""


def check(source: Part, target: Part) -> Iterator[Finding]:
    """Quotation marks that are lost or added."""
    mine, theirs = quoted(source), quoted(target)
    speech, said = [one for one in mine if one.is_speech], [one for one in theirs if one.is_speech]
    if speech and not theirs:
        yield source.found(
            "quote", "severe", speech[0].span, sentences.QUOTE_LOST.said(),
        )  # fmt: skip
    elif said and not mine:
        yield target.found(
            "quote", "severe", said[0].span, sentences.QUOTE_NEW.said(),
        )  # fmt: skip
    elif speech and abs(_share(source, mine) - _share(target, theirs)) > _APART:
        yield target.found(
            "quote", "severe", theirs[0].span, sentences.OTHER_QUOTE.said(),
        )  # fmt: skip
    elif (
        len(speech) > len(theirs)
        and len(_marks(source)) > len(_marks(target))
        and _share(source, mine) - _share(target, theirs) > _LESS
    ):
        yield source.found("quote", "minor", speech[-1].span, sentences.FEWER_QUOTES.said())
    if speech and len(_marks(target)) % 2 and not len(_marks(source)) % 2:
        place = target.span.start + _marks(target)[-1].start()
        yield target.found("quote", "severe", Span(place, place + 1), sentences.HALF_QUOTE.said())


def runs(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pairs of sentences, those through which one quotation goes on joined: «We came. We saw», he said."""
    begun: Pair | None = None
    for pair in pairs:
        joined = pair if begun is None else Pair(_joined(begun.source, pair.source), _joined(begun.target, pair.target))
        if _is_open(joined.source) or _is_open(joined.target):
            begun = joined
        else:
            begun = None
            yield joined
    if begun is not None:
        yield begun


def _joined(one: Part, other: Part) -> Part:
    return Part(one.side, one.start, other.end)


def _is_open(part: Part) -> bool:
    """Whether a quotation that is open at the last word of *part* goes on behind it."""
    if part.start == part.end:
        return False
    tokens, text = part.side.tokens, part.side.text
    last = tokens.ends[part.end - 1]
    after = tokens.starts[part.end] if part.end < len(tokens) else len(text)
    return len(_MARKS.findall(text, 0, last)) % 2 == 1 and _MARKS.search(text, last, after) is None


def quoted(part: Part) -> list[Quoted]:
    """What is in quotation marks in *part*, a sentence parted by "he said" taken as one."""
    span = part.span
    text = part.side.text[span.start : span.end]
    found = _quoted(part, span, text)
    rows = found[:1]
    for one in found[1:]:
        last = rows[-1]
        said = part.side.text[last.span.start : last.span.end].strip(_AROUND)
        goes_on = part.side.text[one.span.start : one.span.end].strip(_AROUND)[:1]
        if said.endswith((",", "،", "，")) and not goes_on.isupper() and one.span.start - last.span.end < _BETWEEN:
            rows[-1] = Quoted(Span(last.span.start, one.span.end), last.is_speech or one.is_speech)
        else:
            rows.append(one)
    return rows


def _quoted(part: Part, span: Span, text: str) -> list[Quoted]:
    named = [part.side.tokens.span(mark.start, mark.end) for mark in part.names]
    return [
        Quoted(
            Span(span.start + found.start(), span.start + found.end()),
            _is_speech(part, found[0].strip(_AROUND), span.start + found.start(), span.start + found.end(), named),
        )
        for found in _QUOTED.finditer(text)
    ]


def _is_speech(part: Part, said: str, start: int, end: int, named: list[tuple[int, int]]) -> bool:
    if any(start <= first and last <= end and last - first >= len(said) - 2 for first, last in named):
        return False
    words = [place for place in range(part.start, part.end) if start < part.side.tokens.starts[place] < end]
    if not words:
        return False
    if said[-1] in ",.!?،؟。，！？…":
        return True
    if part.side.habits.letters:
        return len(words) > 2 * _LONG
    if len(words) > _LONG:
        return True
    return part.side.language.capitals and said[0].islower() and len(said) > _SMALL


def _marks(part: Part) -> list[re.Match[str]]:
    span = part.span
    return list(_MARKS.finditer(part.side.text[span.start : span.end]))


def _share(part: Part, rows: list[Quoted]) -> float:
    said = sum(len(_SAID.sub(" ", part.side.text[one.span.start : one.span.end])) for one in rows)
    return said / max(1, part.span.end - part.span.start)
