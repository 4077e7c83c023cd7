"""A typed query over words: terms that all must be met, and the signs of the usual syntax for those who know it.

    word "two words" field:value field:"two words" wor* w?rd word~ word~1 [2001 TO 2005] +must -mustnot NOT AND OR ( )

`parse` reads it; `Evaluation` finds the entities. In the simple syntax every text is a query and never an error.
"""

import fnmatch
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.errors import BadInput
from tizim.screen.inverted import plain
from tizim.screen.snapshot import NAME_WORDS, OF_WORDS, WORDS, Snapshot
from tizim.text import tokens

Scores = npt.NDArray[np.float32]

_LONGEST: Final = 4_000
_MOST_TERMS: Final = 60
_MOST_WORDS: Final = 2_000
"""words that one pattern stands for"""
_NAMES_COUNT: Final = 3.0
_FIELDS_OF_WORDS: Final = frozenset({WORDS, NAME_WORDS, "addresses"})
_DEEPEST: Final = 20


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A word, a pattern of one, or several words in a row."""

    field: str
    """empty: names and all else"""
    text: str
    is_phrase: bool = False
    edits: int = 0
    """letters in which a word may differ"""


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """Values between two, each empty where it is open."""

    field: str
    first: str
    last: str
    with_first: bool
    with_last: bool


class All(msgspec.Struct, frozen=True, kw_only=True):
    """All parts that must be met, none of those that must not, and any of the others if nothing must be."""

    must: "tuple[Node, ...]" = ()
    must_not: "tuple[Node, ...]" = ()
    any_of: "tuple[Node, ...]" = ()


Node = Term | Range | All

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<open>\()|(?P<close>\))
    | (?P<and>AND(?![^\s()])|&&)|(?P<or>OR(?![^\s()])|\|\|)|(?P<not>NOT(?![^\s()])|!)
    | (?P<sign>[+\-](?=\S))
    | (?P<field>(?:[\w.*]|\\.)+):(?=\S)
    | (?P<range>[\[{]\s*(?P<first>"[^"]*"|[^\s\]}]+)\s+TO\s+(?P<last>"[^"]*"|[^\s\]}]+)\s*[\]}])
    | "(?P<phrase>(?:[^"\\]|\\.)*)"(?:~\d*)?
    | (?P<word>(?:\\.|[^\s()"\[\]{}:/\\])+)
    )(?:\^[\d.]+)?""",
    re.VERBOSE,
)
_ESCAPED: Final = re.compile(r"\\(.)")


def parse(text: str) -> Node | None:
    """A query by the full syntax; ``None`` where nothing is asked. Raises `BadInput` for what cannot be read."""
    if len(text) > _LONGEST:
        raise BadInput(f"a query has at most {_LONGEST} signs")
    return _Reader(text).whole()


def parse_simply(text: str) -> Node | None:
    """A query of which only the words count, phrases in quotes, ``-`` before what must not be; never an error."""
    must: list[Node] = []
    must_not: list[Node] = []
    for match in re.finditer(r'([+\-]?)(?:"([^"]*)"|(\S+))', text[:_LONGEST]):
        phrase, word = match[2], match[3]
        for part in [phrase] if phrase is not None else tokens(word.rstrip("*")):
            node = Term(field="", text=part, is_phrase=phrase is not None)
            if phrase is None and word.endswith("*"):
                node = Term(field="", text=f"{part}*")
            (must_not if match[1] == "-" else must).append(node)
    must, must_not = must[:_MOST_TERMS], must_not[:_MOST_TERMS]
    return All(must=tuple(must), must_not=tuple(must_not)) if must or must_not else None


class _Reader:
    """Reads a query from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._terms = 0

    def whole(self) -> Node | None:
        found = self._group(0)
        if self._text[self._at :].strip():
            raise self._unreadable()
        return found

    def _unreadable(self) -> BadInput:
        return BadInput(f"the query cannot be read from sign {self._at + 1} on: quote it, or ask for simple=true")

    def _next(self) -> re.Match[str] | None:
        if not self._text[self._at :].strip():
            return None
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            raise self._unreadable()
        return match

    def _group(self, depth: int) -> Node | None:
        if depth > _DEEPEST:
            raise BadInput(f"a query has at most {_DEEPEST} brackets within each other")
        must: list[Node] = []
        must_not: list[Node] = []
        any_of: list[Node] = []
        joined_by_or = False
        sign = ""
        while (match := self._next()) is not None:
            kind = match.lastgroup or ""
            if kind == "close":
                break
            self._at = match.end()
            if kind == "and":
                joined_by_or = False
                continue
            if kind == "or":
                joined_by_or = True
                if must:
                    any_of.append(must.pop())
                continue
            if kind in {"not", "sign"}:
                sign = "-" if kind == "not" or match["sign"] == "-" else "+"
                continue
            node = self._node(match, depth)
            if node is not None:
                where = must_not if sign == "-" else any_of if joined_by_or and sign != "+" else must
                where.append(node)
            sign, joined_by_or = "", False
        if any_of and not must:
            return All(any_of=tuple(any_of), must_not=tuple(must_not))
        if any_of:
            must.append(All(any_of=tuple(any_of)))
        if not must and not must_not:
            return None
        return All(must=tuple(must), must_not=tuple(must_not))

    def _node(self, match: re.Match[str], depth: int, field: str = "") -> Node | None:
        self._terms += 1
        if self._terms > _MOST_TERMS:
            raise BadInput(f"a query has at most {_MOST_TERMS} words")
        if match["open"]:
            inner = self._group(depth + 1)
            close = self._next()
            if close is None or close.lastgroup != "close":
                raise self._unreadable()
            self._at = close.end()
            return inner
        if match["field"] is not None:
            following = self._next()
            if following is None:
                raise self._unreadable()
            self._at = following.end()
            return self._node(following, depth, _ESCAPED.sub(r"\1", match["field"]))
        if match["range"] is not None:
            first, last = (bound.strip('"') for bound in (match["first"], match["last"]))
            whole = match["range"]
            return Range(
                field=field, first="" if first == "*" else first, last="" if last == "*" else last,
                with_first=whole[0] == "[", with_last=whole[-1] == "]",
            )  # fmt: skip
        if match["phrase"] is not None:
            return Term(field=field, text=_ESCAPED.sub(r"\1", match["phrase"]), is_phrase=True)
        if match["word"] is None:
            raise self._unreadable()
        return _word(match["word"], field)


def _word(text: str, field: str) -> Term:
    near = re.fullmatch(r"(.+?)~(\d?)(?:\.\d+)?", text)
    if near is None:
        return Term(field=field, text=_ESCAPED.sub(r"\1", text))
    word = _ESCAPED.sub(r"\1", near[1])
    by_length = 0 if len(word) < 3 else 1 if len(word) < 6 else 2
    return Term(field=field, text=word, edits=min(2, int(near[2])) if near[2] else by_length)


class Evaluation:
    """Finds the entities of a snapshot that meet a query, each with a score by how rare what it meets is."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._size = len(snapshot)

    def scores(self, node: Node) -> Scores:
        """More than 0 for each entity that meets it."""
        if isinstance(node, Term):
            return self._term(node)
        if isinstance(node, Range):
            return self._range(node)
        return self._all(node)

    def _all(self, node: All) -> Scores:
        total = np.zeros(self._size, dtype=np.float32)
        if node.must:
            met = np.ones(self._size, dtype=bool)
            for part in node.must:
                own = self.scores(part)
                met &= own > 0
                total += own
            total[~met] = 0
        elif node.any_of:
            for part in node.any_of:
                total += self.scores(part)
        else:
            total[:] = 1
        for part in node.must_not:
            total[self.scores(part) > 0] = 0
        return total

    def _term(self, term: Term) -> Scores:
        if term.field in {"", "*"}:
            in_names = self._in(NAME_WORDS, term) * _NAMES_COUNT
            found: Scores = np.maximum(in_names, self._in(WORDS, term))
            return found
        return self._in(_called(term.field), term)

    def _in(self, field: str, term: Term) -> Scores:
        if term.is_phrase:
            return self._phrase(field, tokens(term.text))
        if any(sign in term.text for sign in "*?"):
            return self._pattern(field, term.text)
        if term.edits:
            return self._near(field, plain(term.text), term.edits)
        if self._is_of_words(field):
            words = tokens(term.text)
            found = [self._word(field, word) for word in words]
            if not found:
                return np.zeros(self._size, dtype=np.float32)
            met = np.logical_and.reduce([own > 0 for own in found])
            total = np.zeros(self._size, dtype=np.float32)
            for own in found:
                total += own
            total[~met] = 0
            return total
        return self._word(field, exact_or_plain(field, term.text))

    def _is_of_words(self, field: str) -> bool:
        return field in _FIELDS_OF_WORDS or field.removeprefix("properties.") in OF_WORDS

    def _word(self, field: str, word: str) -> Scores:
        own = self._snapshot.inverted.having(field, word)
        found = np.zeros(self._size, dtype=np.float32)
        found[own] = self._rarity(len(own))
        return found

    def _rarity(self, count: int) -> float:
        return float(np.log(1 + (self._size - count + 0.5) / (count + 0.5)))

    def _phrase(self, field: str, words: Sequence[str]) -> Scores:
        """Entities with all the words; where the field is one of names, those in which they stand in a row."""
        found = np.zeros(self._size, dtype=np.float32)
        if not words:
            return found
        own = [self._word(field, word) for word in words]
        met = np.flatnonzero(np.logical_and.reduce([one > 0 for one in own]))
        for at in met.tolist():
            if self._stands(at, field, words):
                found[at] = sum(float(one[at]) for one in own)
        return found

    def _stands(self, at: int, field: str, words: Sequence[str]) -> bool:
        entity = self._snapshot.entity(at)
        wanted = f" {' '.join(words)} "
        name = field.removeprefix("properties.")
        schema = self._snapshot.schema(at)
        for prop, values in entity.properties.items():
            known = schema.properties.get(prop)
            inside = (
                field == WORDS or prop == name or (field == NAME_WORDS and known is not None and known.type == "name")
            )
            if inside and any(wanted in f" {' '.join(tokens(value))} " for value in values):
                return True
        return False

    def _of_keys(self, numbers: Iterator[int]) -> Scores:
        found = np.zeros(self._size, dtype=np.float32)
        for count, at in enumerate(numbers):
            if count >= _MOST_WORDS:
                raise BadInput(f"a pattern of a query stands for more than {_MOST_WORDS} words: give more letters")
            found[self._snapshot.inverted.posted(at, at + 1)] = 1.0
        return found

    def _pattern(self, field: str, text: str) -> Scores:
        folded = plain(text)
        if folded.strip("*") == "":
            first, end = self._snapshot.inverted.between(field)
            found = np.zeros(self._size, dtype=np.float32)
            found[self._snapshot.inverted.posted(first, end)] = 1.0
            return found
        fixed = re.split(r"[*?]", folded)[0]
        first, end = self._snapshot.inverted.between(field, fixed)
        if folded == f"{fixed}*":
            found = np.zeros(self._size, dtype=np.float32)
            found[self._snapshot.inverted.posted(first, end)] = 1.0
            return found
        fits = re.compile(fnmatch.translate(folded.replace("[", "[[]"))).match
        value = self._snapshot.inverted.value
        return self._of_keys(at for at in range(first, end) if fits(value(at)))

    def _near(self, field: str, word: str, edits: int) -> Scores:
        inverted = self._snapshot.inverted
        first, end = inverted.between(field)
        # A letter takes one to four bytes, so most words are too long or too short before they are looked at.
        sizes = np.diff(inverted.start[first : end + 1].astype(np.int64)) - len(field.encode()) - 1
        fitting = first + np.flatnonzero((sizes >= len(word) - edits) & (sizes <= 4 * (len(word) + edits)))
        return self._of_keys(at for at in fitting.tolist() if within(word, inverted.value(at), edits))

    def _range(self, node: Range) -> Scores:
        field = _called(node.field or WORDS)
        inverted = self._snapshot.inverted
        found = np.zeros(self._size, dtype=np.float32)
        first, end = inverted.between(field)
        for at in range(first, end):
            value = inverted.value(at)
            low = not node.first or (value >= node.first if node.with_first else value > node.first)
            high = not node.last or (value <= node.last if node.with_last else value < node.last)
            if low and high:
                found[inverted.posted(at, at + 1)] = 1.0
        return found


_EXACT: Final = frozenset({"schema", "datasets", "referents", "first_seen", "last_seen", "last_change"})


def exact_or_plain(field: str, value: str) -> str:
    """A whole value as the field keeps it."""
    return value if field in _EXACT else plain(value)


_CALLED: Final[Mapping[str, str]] = {"id": "entity_id", "_id": "entity_id", "name": "names"}


def _called(field: str) -> str:
    return _CALLED.get(field, field)


def within(left: str, right: str, edits: int) -> bool:
    """Whether two words differ in at most *edits* letters; two neighbours exchanged count as one."""
    if abs(len(left) - len(right)) > edits:
        return False
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        above, row = row, [i] + [0] * len(right)
        least = i
        for j, other in enumerate(right, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one != other))
            if before and i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                best = min(best, before[j - 2] + 1)
            row[j] = best
            least = min(least, best)
        if least > edits:
            return False
        before = above
    return row[-1] <= edits
