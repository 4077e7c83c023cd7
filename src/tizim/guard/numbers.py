"""Numbers: digits of every script with their grouping and decimal marks, words, scales, percent and codes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from tizim.guard import sentences
from tizim.guard.findings import Finding
from tizim.guard.sides import Part, Span

_GROUPS: Final = "\u00a0\u202f\u2009 ’'٬,."
_NUMBER: Final = re.compile(
    rf"\d{{1,2}}(?::| ?h ?|点)\d\d(?!\d)|\d+(?:[{_GROUPS}]\d{{3}}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?"
)
_CODE: Final = re.compile(
    r"(?<![\w/])(?:[A-Z]{2,}[a-z]?\.\d[\d.]*|[A-Z]{1,4}(?:/[A-Z]{2,5})+/\d+(?:/\d+)?|\d{4}/\d{2,4}(?![/\d])"
    r"|[A-Z]{2,5}-?\d{3,}|\d+-[A-ZА-Я]{1,3})(?!\w)"
)
_TENS: Final = frozenset(Decimal(n) for n in range(20, 100, 10))
_HAN_DIGITS: Final = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_HAN_NUMBER: Final = re.compile("[一二三四五六七八九十百千两兩][〇零一二三四五六七八九十百千万萬亿億两兩]*")
_ELEVENTH: Final = re.compile(r"(?<![\d/])9/11(?![\d/])")  # of September, which other languages say as a date
_CLOCK: Final = re.compile("(?<=\\d)(?::| ?h ?|点)(?=\\d)")
_NOON: Final = 12
_HOUR: Final = 24  # characters in front of an hour in which the time of the day is told
_SIGN: Final = re.compile("[A-Za-z]{1,2}\\b")
_ROMAN: Final = re.compile("(?<!\\w)[IVXLХ]{2,}(?=(?:e|er|ème)?(?!\\w))")
_ROMANS: Final = {"I": 1, "V": 5, "X": 10, "Х": 10, "L": 50}
_NAMED: Final = re.compile("[、和与]")
_NAMES: Final = 40  # characters in front of "and others" in which names are told
_BLANKS: Final = "\u00a0\u202f\u2009 "


class Number(NamedTuple):
    """A number said."""

    values: frozenset[Decimal]
    """what it can mean: ``1.234`` is a thousand or a little more than one"""
    span: Span
    is_written: bool
    """in digits, not in words"""
    scale: Decimal = Decimal(1)
    """the word for a thousand, a million that stands behind its digits"""


def plain_digits(text: str) -> str:
    """*text* with digits of every script as 0 to 9."""
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def dated(part: Part) -> list[Span]:
    """The characters of dates that have a month, whose numbers are compared as dates, and of weekdays."""
    tokens = part.side.tokens
    return [
        Span(*tokens.span(told.start, told.end))
        for told in part.dates
        if told.month is not None or (told.weekday is not None and told.day is None)
    ]


def numbers(part: Part, without: list[Span]) -> list[Number]:
    """The numbers in *part*, those at *without* left out."""
    return [*_summed(part, list(_written(part, without))), *_worded(part, without), *_roman(part)]


def _roman(part: Part) -> Iterator[Number]:
    """Numbers of centuries and kings: "au XXIe siècle" is in the 21st."""
    span = part.words
    for found in _ROMAN.finditer(part.side.text, span.start, span.end):
        signs = [_ROMANS[sign] for sign in found[0]]
        value = sum(-one if one < after else one for one, after in zip(signs, [*signs[1:], 0], strict=True))
        yield Number(frozenset({Decimal(value)}), Span(found.start(), found.end()), is_written=False)


def _summed(part: Part, written: list[Number]) -> list[Number]:
    """Numbers of which the first has a scale and the second a smaller one as one: "41 crore 20 lakh"."""
    found: list[Number] = []
    text = part.side.text
    for one in written:
        last = found[-1] if found else None
        if (
            last is not None
            and last.scale > max(one.values)
            and text[last.span.end : one.span.start].strip() == ""
            and one.scale > 1
        ):
            values = frozenset(first + second for first in last.values for second in one.values)
            found[-1] = Number(values, Span(last.span.start, one.span.end), is_written=True, scale=one.scale)
        else:
            found.append(one)
    return found


def said_in(part: Part) -> set[Decimal]:
    """The numbers of *part* but for "one", for telling sentences apart."""
    values = (min(number.values) for number in numbers(part, dated(part)))
    return {value for value in values if value != 1}


def _written(part: Part, without: list[Span]) -> Iterator[Number]:
    span = part.words
    text = list(_ELEVENTH.sub("\n\n11", part.side.text[span.start : span.end]))
    for start, end in without:
        for place in range(max(start, span.start), min(end, span.end)):
            text[place - span.start] = "\n"
    scales = {part.side.tokens.starts[mark.start]: Decimal(mark.value) for mark in part.of("guard/scale")}
    for found in _NUMBER.finditer("".join(text)):
        said = plain_digits(found[0])
        pieces = [found]
        if _is_row(said):  # "in 2024 300 persons" is two numbers
            first = re.match(r"\d+", found[0])
            assert first is not None  # noqa: S101 - the pattern begins with a digit
            for at in re.finditer(r"\d+", found[0]):
                yield _number(part, at[0], span.start + found.start() + at.start(), scales)
            continue
        for one in pieces:
            yield _number(part, one[0], span.start + one.start(), scales)


def _is_row(said: str) -> bool:
    """Whether blanks part numbers, not groups of one number: the first group of one is short."""
    first = re.split(f"[{_BLANKS}]", said)[0]
    return any(blank in said for blank in _BLANKS) and (len(first) > 3 or first.startswith("0"))


def _number(part: Part, said: str, start: int, scales: dict[int, Decimal]) -> Number:
    end = start + len(said)
    values = _values(_CLOCK.sub(".", plain_digits(said)), part.side.habits.decimal)
    text = part.side.text
    if _is_evening(part, start, end):
        values |= {value + _NOON for value in values if value < _NOON}
    if sign := _SIGN.match(text, end):
        values |= {value * Decimal(part.side.lexicon.attached.get(sign[0], 1)) for value in values}
    after = end
    while after < len(text) and after - end < 2 and text[after] in _BLANKS:
        after += 1
    scale = Decimal(1)
    if after in scales:
        scale = scales[after]
        size = next(m.end for m in part.of("guard/scale") if part.side.tokens.starts[m.start] == after)
        values = {value * scale for value in values}
        end = part.side.tokens.ends[size - 1]
    if text[start - 1 : start] == "等" and len(values) == 1:  # "张三等13人" are Zhang and twelve others
        named = len(_NAMED.findall(text[max(0, start - _NAMES) : start])) + 1
        values |= {value - named for value in values}
    return Number(frozenset(values), Span(start, end), is_written=True, scale=scale)


def _is_evening(part: Part, start: int, end: int) -> bool:
    """Whether a number is an hour of the second half of the day, counted from noon."""
    behind, before = part.side.lexicon.evening, part.side.lexicon.evening_before
    if behind is None or before is None:
        return False
    text = part.side.text
    return behind.match(text, end) is not None or before.search(text, max(0, start - _HOUR), start) is not None


def _values(said: str, decimal: str) -> set[Decimal]:
    """What a number in digits can mean."""
    marks = re.findall(r"[^\d]", said)
    digits = re.sub(r"[^\d]", "", said)
    if not marks:
        return {Decimal(digits)}
    last = marks[-1]
    tail = said.rpartition(last)[2]
    fraction = Decimal(f"{digits[: -len(tail)]}.{tail}")
    whole = Decimal(digits)
    if last in _BLANKS + "’'٬":
        return {whole}
    if len(tail) != 3 or last == "٫":
        return {fraction.normalize()}
    if len(marks) > 1:
        return {whole} if len(set(marks)) == 1 else {fraction.normalize()}
    return {whole} if decimal not in {last, "٫"} else {whole, fraction.normalize()}


def _worded(part: Part, without: list[Span]) -> Iterator[Number]:
    """Numbers in words, those of several words as one: "two hundred and fifty-six"."""
    if part.side.language.letters:
        yield from _in_han(part, without)
        return
    tokens = part.side.tokens
    marks = [
        mark
        for mark in part.of("guard/number")
        if not any(start <= tokens.starts[mark.start] < end for start, end in without)
    ]
    if not marks:
        return
    scales = {mark.start: mark for mark in part.of("guard/scale")}
    joining = {mark.start for mark in part.of("conj") if mark.end == mark.start + 1}
    rows: list[_Row] = []
    for mark in marks:
        value, end, scale = Decimal(mark.value), mark.end, Decimal(1)
        start = mark.start
        while end in scales and not (end < part.end and tokens.border[end]):
            scale *= Decimal(scales[end].value)
            end = scales[end].end
        for step in (1, 2):
            bare = scales.get(start - step)
            if (
                bare is not None
                and value * scale < Decimal(bare.value)
                and (not rows or rows[-1].end <= bare.start)
                and _is_beside(part, bare.end, start, joining)
            ):  # "hundred and twenty" without a "one"
                value, scale, start = value * scale + Decimal(bare.value), Decimal(1), bare.start
                break
        if rows and _is_beside(part, rows[-1].end, start, joining):
            last = rows[-1]
            if value * scale < last.least:
                rows[-1] = last._replace(value=last.value + value * scale, end=end, least=_least(value, scale))
                continue
            if last.value < scale and value < last.least:  # "two hundred fifty thousand"
                rows[-1] = last._replace(value=(last.value + value) * scale, end=end, least=scale)
                continue
            if part.side.habits.units_first and 0 < last.value % 100 < 10 and value in _TENS:
                rows[-1] = last._replace(value=(last.value + value) * scale, end=end, least=scale)
                continue
        rows.append(_Row(value * scale, start, end, _least(value, scale)))
    for row in rows:
        yield Number(frozenset({row.value}), Span(*tokens.span(row.start, row.end)), is_written=False)


class _Row(NamedTuple):
    """A number of several words so far."""

    value: Decimal
    start: int
    end: int
    least: Decimal
    """what a word has to be less than to belong to it"""


def _least(value: Decimal, scale: Decimal) -> Decimal:
    if scale > 1:
        return scale
    return Decimal(10) if value in _TENS else Decimal(100) if value % 100 == 0 and value else Decimal(0)


def _is_beside(part: Part, end: int, start: int, joining: set[int]) -> bool:
    """Whether nothing but "and" stands between two words of a number."""
    between = part.side.tokens.border[end : start + 1]
    return (start == end or (start == end + 1 and end in joining)) and not any(between)


def _in_han(part: Part, without: list[Span]) -> Iterator[Number]:
    """Numbers in Chinese signs, of which one alone is part of too many words."""
    span = part.words
    for found in _HAN_NUMBER.finditer(part.side.text, span.start, span.end):
        if any(start <= found.start() < end for start, end in without):
            continue
        value = _han_value(found[0])
        if value is not None:
            yield Number(frozenset({Decimal(value)}), Span(found.start(), found.end()), is_written=False)


def _han_value(said: str) -> int | None:
    total = section = digit = 0
    if not any(sign in _HAN_SCALES for sign in said) and len(said) > 1:
        return int("".join(str(_HAN_DIGITS[sign]) for sign in said))
    for sign in said:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
            continue
        scale = _HAN_SCALES[sign]
        if scale < 10_000:
            section += (digit or 1) * scale
        else:
            total = (total + section + digit) * scale
            section = 0
        digit = 0
    return total + section + digit or None


def check(source: Part, target: Part, mine: list[Number], theirs: list[Number]) -> Iterator[Finding]:
    """Numbers that are on one side only."""
    lost, extra = _missing(mine, theirs), _missing(theirs, mine)
    written_lost = [one for one in lost if one.is_written]
    written_extra = [one for one in extra if one.is_written]
    if not written_lost and not written_extra and _telling(mine) == _telling(theirs):
        lost, extra = lost or _counted(mine, theirs), extra or _counted(theirs, mine)
        if len(lost) == len(extra) == 1:
            written_lost, written_extra = lost, extra
    for number, other in zip(written_lost, written_extra, strict=False):
        yield target.found(
            "number", "severe", other.span,
            sentences.OTHER_NUMBER.said(source=_said(source, number), target=_said(target, other)),
            _said(source, number),
        )  # fmt: skip
    for other in written_extra[len(written_lost) :]:
        words = [one for one in lost if not one.is_written]
        yield target.found(
            "number", "severe", other.span, sentences.NEW_NUMBER.said(target=_said(target, other)),
            _said(source, words[0]) if len(words) == 1 else None,
        )  # fmt: skip
    for number in written_lost[len(written_extra) :]:
        is_small = max(number.values) <= 2
        yield source.found(
            "number", "minor" if is_small else "severe", number.span,
            sentences.NO_NUMBER.said(source=_said(source, number)),
        )  # fmt: skip


def _telling(numbers: list[Number]) -> int:
    """How many numbers there are; "one" and "first" in words are none."""
    return sum(one.is_written or max(one.values) > 1 for one in numbers)


def _said(part: Part, number: Number) -> str:
    return part.side.text[number.span.start : number.span.end]


def _missing(mine: list[Number], theirs: list[Number]) -> list[Number]:
    known = frozenset().union(*(one.values for one in theirs)) if theirs else frozenset()
    return [one for one in mine if one.values.isdisjoint(known)]


def _counted(mine: list[Number], theirs: list[Number]) -> list[Number]:
    """What one side has more often, both sides having as many numbers written."""
    left = [one.values for one in theirs if one.is_written]
    found = []
    for one in (number for number in mine if number.is_written):
        same = next((values for values in left if not values.isdisjoint(one.values)), None)
        if same is None:
            found.append(one)
        else:
            left.remove(same)
    return found


def codes(source: Part, target: Part) -> Iterator[Finding]:
    """Numbers of entries, acts and documents, which stay as they are: ``QDi.430``, ``S/RES/2799``."""
    said = plain_digits(target.side.text[slice(*target.span)])
    there = {found[0] for found in _CODE.finditer(said)}
    mine = list(_CODE.finditer(plain_digits(source.side.text[slice(*source.span)])))
    here = {found[0] for found in mine}
    others = [code for code in sorted(there) if code not in here]
    for found in mine:
        if found[0] in there or found[0] in said:
            continue
        start = source.span.start + found.start()
        near = next((code for code in others if len(code) == len(found[0])), None)
        if near is not None:
            place = target.span.start + said.index(near)
            yield target.found(
                "number", "severe", Span(place, place + len(near)),
                sentences.OTHER_NUMBER.said(source=found[0], target=near), found[0],
            )  # fmt: skip
        else:
            yield source.found(
                "number", "severe", Span(start, start + len(found[0])),
                sentences.NO_CODE.said(source=found[0]),
            )  # fmt: skip
