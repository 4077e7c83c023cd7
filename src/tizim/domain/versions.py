"""Machine-made versions of bulletins: made by an engine, checked, then fit to be read, held, released or taken back.

A version is what was said of it: that an engine made it of a text, what was found in it, and what a person decided
about it. None of this is ever edited. What may be read is computed: a version in which nothing severe was found, or
one that a person released, and that nobody took back.
"""

import datetime as dt
import enum
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tizim.errors import BadInput

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_ID: Final = re.compile(r"[0-9a-f]{16}")
_UNSPACED: Final = frozenset({"zh", "ja"})
"""languages that put nothing between sentences"""
MOST_PAIRS: Final = 2_000
MOST_FINDINGS: Final = 2_000
_LONGEST_WORDS: Final = 80
"""signs of what a finding is about that are worth repeating"""


class Severity(enum.StrEnum):
    """How much a finding weighs."""

    SEVERE = "severe"
    """as it stands, nobody is to read it"""
    MINOR = "minor"


class Side(enum.StrEnum):
    """Which of the two texts a finding is in."""

    SOURCE = "source"
    TARGET = "target"


class VersionFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in a version that a person has to look at."""

    code: str
    severity: Severity
    side: Side
    start: int
    """in characters of the side's whole text, as `whole` has it"""
    end: int
    message: str
    suggestion: str
    """what to write there; empty where that is not known"""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence and what the engine made of it."""

    paragraph: int
    """0 is the title"""
    source: str
    target: str


def whole(pairs: Sequence[Pair], side: Side, language: str) -> str:
    """The text of a side: title and paragraphs with a blank line between, sentences as *language* puts them."""
    return "\n\n".join(_paragraphs(pairs, side, language).values())


def spans(pairs: Sequence[Pair], side: Side, language: str) -> list[tuple[int, int]]:
    """Where the sentence of each pair stands in the whole text of a side."""
    found: list[tuple[int, int]] = []
    at, before = 0, None
    for one in pairs:
        text = _of(one, side)
        if before is not None:
            at += 2 if before != one.paragraph else len(_gap(language))
        found.append((at, at + len(text)))
        at, before = at + len(text), one.paragraph
    return found


def _paragraphs(pairs: Sequence[Pair], side: Side, language: str) -> dict[int, str]:
    own: dict[int, list[str]] = {}
    for one in pairs:
        own.setdefault(one.paragraph, []).append(_of(one, side))
    return {number: _gap(language).join(sentences) for number, sentences in own.items()}


def _of(one: Pair, side: Side) -> str:
    return one.source if side is Side.SOURCE else one.target


def _gap(language: str) -> str:
    return "" if language in _UNSPACED else " "


# -- what is said of a version -----------------------------------------------------------------------


class Making(msgspec.Struct, frozen=True, kw_only=True, tag="make"):
    """An engine made a version of a text, and this was found in it."""

    bulletin: str
    language: str
    """it was made in"""
    source_language: str
    text: str
    """digest of the text that it was made of"""
    by: str
    """who had it made"""
    at: dt.datetime
    engine: str
    engine_version: str
    """as the engine states it; empty where it states none"""
    pairs: tuple[Pair, ...]
    """none where the engine gave nothing"""
    findings: tuple[VersionFinding, ...]
    checks: str
    """which checks looked at it, with their version"""


class Releasing(msgspec.Struct, frozen=True, kw_only=True, tag="release"):
    """A person lets a held version be read, and says why."""

    bulletin: str
    version: str
    by: str
    at: dt.datetime
    reason: str


class TakingBack(msgspec.Struct, frozen=True, kw_only=True, tag="take_back"):
    """A person takes a version back, and says why."""

    bulletin: str
    version: str
    by: str
    at: dt.datetime
    reason: str


VersionStep = Making | Releasing | TakingBack


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a version."""

    by: str
    at: dt.datetime
    reason: str


class MachineVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version, with what was decided about it."""

    id: str
    made: Making
    released: Ruling | None
    taken_back: Ruling | None

    @property
    def severe(self) -> tuple[VersionFinding, ...]:
        """What keeps it from being read."""
        return tuple(one for one in self.made.findings if one.severity is Severity.SEVERE)

    @property
    def may_be_read(self) -> bool:
        """Whether it may be shown."""
        return self.taken_back is None and (not self.severe or self.released is not None)

    @property
    def waits(self) -> bool:
        """Whether a person is to look at it."""
        return self.taken_back is None and bool(self.severe) and self.released is None

    @property
    def state(self) -> str:
        """Its state in a word."""
        if self.taken_back is not None:
            return "taken back"
        if not self.severe:
            return "checked"
        return "released" if self.released is not None else "held"

    def words_of(self, finding: VersionFinding) -> str:
        """What a finding is about, in its words; nothing for one of the whole text."""
        is_source = finding.side is Side.SOURCE
        text = whole(self.made.pairs, finding.side, self.made.source_language if is_source else self.made.language)
        found = text[finding.start : finding.end]
        return "" if len(found) > _LONGEST_WORDS else found

    @property
    def title(self) -> str:
        """Its title."""
        return _paragraphs(self.made.pairs, Side.TARGET, self.made.language).get(0, "")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its text."""
        own = _paragraphs(self.made.pairs, Side.TARGET, self.made.language)
        return tuple(text for number, text in sorted(own.items()) if number)


def version_id(step: Making) -> str:
    """By which a version is named: it follows from all that was said when it was made."""
    return hashlib.sha256(msgspec.json.encode(step)).hexdigest()[:16]


def checked_version_step(step: VersionStep) -> VersionStep:
    """The step itself. Raises `BadInput` for one that nobody could follow."""
    if not step.by.strip():
        raise BadInput("a step needs its author")
    if step.at.tzinfo is None:
        raise BadInput("at: has no zone, so the moment is not known")
    if isinstance(step, Making):
        _check_making(step)
        return step
    if not _ID.fullmatch(step.version):
        raise BadInput(f"'{step.version[:40]}' is no id of a version: sixteen letters and digits")
    if not step.reason.strip():
        raise BadInput("say why: a version is released or taken back for a reason")
    return step


def _check_making(step: Making) -> None:
    for code in (step.language, step.source_language):
        if not _LANGUAGE.fullmatch(code):
            raise BadInput(f"'{code[:20]}' is no code of a language")
    if step.language == step.source_language:
        raise BadInput(f"a version is in another language than its text, not in '{step.language}' too")
    if len(step.pairs) > MOST_PAIRS or len(step.findings) > MOST_FINDINGS:
        raise BadInput(f"a version has at most {MOST_PAIRS:,} sentences and {MOST_FINDINGS:,} findings")
    if not step.engine.strip() or not step.checks.strip():
        raise BadInput("a version says which engine made it and what checked it")
    if not step.pairs and not any(one.severity is Severity.SEVERE for one in step.findings):
        raise BadInput("a version without a text says why there is none")
    if any(not one.target.strip() for one in step.pairs) and not step.findings:
        raise BadInput("a version with a sentence left out says so")
    numbers = [one.paragraph for one in step.pairs]
    if numbers != sorted(numbers) or (numbers and numbers[0] != 0):
        raise BadInput("the sentences of a version stand in the order of their text, its title first")


class RefusedVersionStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step about a version without effect, and why."""

    step: VersionStep
    reason: str


def settle(steps: Iterable[VersionStep]) -> tuple[Mapping[str, tuple[MachineVersion, ...]], list[RefusedVersionStep]]:
    """The versions of each bulletin in the order in which they were made, whatever order the steps come in."""
    made: dict[tuple[str, str], MachineVersion] = {}
    refused: list[RefusedVersionStep] = []
    for step in sorted(steps, key=_order):
        try:
            _take(made, checked_version_step(step))
        except BadInput as error:
            refused.append(RefusedVersionStep(step=step, reason=str(error)))
    found: dict[str, list[MachineVersion]] = defaultdict(list)
    for (bulletin, _), one in made.items():
        found[bulletin].append(one)
    return {bulletin: tuple(own) for bulletin, own in found.items()}, refused


def _take(made: dict[tuple[str, str], MachineVersion], step: VersionStep) -> None:
    if isinstance(step, Making):
        own = version_id(step)
        made.setdefault((step.bulletin, own), MachineVersion(id=own, made=step, released=None, taken_back=None))
        return
    before = made.get((step.bulletin, step.version))
    if before is None:
        raise BadInput(f"bulletin {step.bulletin} has no version {step.version}")
    check_ruling(before, step)
    ruling = Ruling(by=step.by, at=step.at, reason=step.reason)
    if isinstance(step, TakingBack):
        made[step.bulletin, step.version] = msgspec.structs.replace(before, taken_back=ruling)
    else:
        made[step.bulletin, step.version] = msgspec.structs.replace(before, released=ruling)


def check_ruling(before: MachineVersion, step: Releasing | TakingBack) -> None:
    """Raise `BadInput` for a decision about a version that cannot be made any more, or never could."""
    if before.taken_back is not None:
        raise BadInput(f"version {step.version} was taken back by {before.taken_back.by}: have it made anew")
    if isinstance(step, TakingBack):
        return
    if not before.made.pairs:
        raise BadInput(f"version {step.version} has no text that could be read: have it made anew")
    if not before.waits:
        raise BadInput(f"version {step.version} does not wait: it is {before.state}")


def _order(step: VersionStep) -> tuple[dt.datetime, bool, str]:
    return step.at, not isinstance(step, Making), hashlib.sha256(msgspec.json.encode(step)).hexdigest()
