"""Machine-made versions of bulletins: made by an engine, checked, then fit to be read, held, released or taken back.

A version is what was said of it: that an engine made it of a text, what was found in it, and what a person decided
about it. None of this is ever edited: what a person mends by hand is another version, checked like the one before,
which says of which it was made and by whom. What may be read is computed: a version in which nothing severe was found,
or one that a person released, and that nobody took back.
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
_NO_PLACE: Final = frozenset({"placeholder"})
"""findings whose suggestion says what is missing, and not what to write in the place that they name"""
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


class Mending(msgspec.Struct, frozen=True, kw_only=True, tag="mend"):
    """A person corrected a version by hand, sentence by sentence, and this was found in what they wrote."""

    bulletin: str
    version: str
    """that was corrected"""
    by: str
    at: dt.datetime
    sentences: tuple[str, ...]
    """all of them, in the order of the version's"""
    findings: tuple[VersionFinding, ...]
    checks: str
    """which checks looked at it, with their version"""


class Holding(msgspec.Struct, frozen=True, kw_only=True, tag="hold"):
    """A person has a held version wait further, and says why."""

    bulletin: str
    version: str
    by: str
    at: dt.datetime
    reason: str


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


Rules = Releasing | TakingBack | Holding
"""what a person decides about a version"""
VersionStep = Making | Mending | Rules


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a version."""

    by: str
    at: dt.datetime
    reason: str


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """That a version was made of another by hand."""

    of: str
    """the id of the version before"""
    by: str
    at: dt.datetime


class MachineVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version, with what was decided about it."""

    id: str
    made: Making
    """by an engine, with the words and the findings that it has now"""
    mended: Mended | None
    """who corrected it by hand last, if anybody did"""
    held_on: Ruling | None
    """who had it wait further last"""
    released: Ruling | None
    taken_back: Ruling | None

    @property
    def at(self) -> dt.datetime:
        """When it was made, by an engine or by hand."""
        return self.made.at if self.mended is None else self.mended.at

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


def place_of(version: MachineVersion, finding: VersionFinding) -> tuple[int, int, int] | None:
    """The number of the sentence (the first is 0) in which a suggestion can be taken, and where in it; else ``None``.

    It can where it says what to write in a place of the version's own text, within one sentence.
    """
    if not finding.suggestion or finding.side is not Side.TARGET or finding.code in _NO_PLACE:
        return None
    for number, (start, end) in enumerate(spans(version.made.pairs, Side.TARGET, version.made.language)):
        if start <= finding.start < finding.end <= end:
            return number, finding.start - start, finding.end - start
    return None


def takes(version: MachineVersion) -> tuple[int, ...]:
    """The numbers of the findings (the first is 1) whose suggestions can be taken into the text."""
    return tuple(
        number for number, one in enumerate(version.made.findings, start=1) if place_of(version, one) is not None
    )


def version_id(step: Making | Mending) -> str:
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
    if isinstance(step, Mending):
        _check_mending(step)
    elif not step.reason.strip():
        raise BadInput("say why: a version is released, held on or taken back for a reason")
    return step


def _check_mending(step: Mending) -> None:
    if not step.sentences or len(step.sentences) > MOST_PAIRS or len(step.findings) > MOST_FINDINGS:
        raise BadInput(f"a version has 1 to {MOST_PAIRS:,} sentences and at most {MOST_FINDINGS:,} findings")
    for number, sentence in enumerate(step.sentences, start=1):
        if not sentence.strip():
            raise BadInput(f"sentence {number} is empty: write what stands in its source")
        if any("\ud800" <= sign <= "\udfff" for sign in sentence):
            raise BadInput(f"sentence {number} has signs that are no text")
    if not step.checks.strip():
        raise BadInput("a version says what checked it")


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
        new = MachineVersion(id=own, made=step, mended=None, held_on=None, released=None, taken_back=None)
        made.setdefault((step.bulletin, own), new)
        return
    before = made.get((step.bulletin, step.version))
    if before is None:
        raise BadInput(f"bulletin {step.bulletin} has no version {step.version}")
    every = [one for (bulletin, _), one in made.items() if bulletin == step.bulletin]
    if isinstance(step, Mending):
        check_mending(before, step, every)
        new = _mended(before, step)
        made[step.bulletin, new.id] = new
        return
    check_ruling(before, step, every)
    ruling = Ruling(by=step.by, at=step.at, reason=step.reason)
    made[step.bulletin, step.version] = _ruled(before, step, ruling)


def _ruled(before: MachineVersion, step: Rules, ruling: Ruling) -> MachineVersion:
    match step:
        case TakingBack():
            return msgspec.structs.replace(before, taken_back=ruling)
        case Releasing():
            return msgspec.structs.replace(before, released=ruling)
        case Holding():
            return msgspec.structs.replace(before, held_on=ruling)


def _mended(before: MachineVersion, step: Mending) -> MachineVersion:
    pairs = tuple(
        msgspec.structs.replace(pair, target=text) for pair, text in zip(before.made.pairs, step.sentences, strict=True)
    )
    made = msgspec.structs.replace(before.made, pairs=pairs, findings=step.findings, checks=step.checks)
    return MachineVersion(
        id=version_id(step), made=made, mended=Mended(of=before.id, by=step.by, at=step.at), held_on=None,
        released=None, taken_back=None,
    )  # fmt: skip


def check_mending(before: MachineVersion, step: Mending, every: Iterable[MachineVersion]) -> None:
    """Raise `BadInput` for a correction of a version that cannot be made any more, or never could; *every*: the
    versions of its bulletin.
    """
    _check_open(before, every)
    if not before.made.pairs:
        raise BadInput(f"version {before.id} has no text that could be mended: have it made anew")
    if len(step.sentences) != len(before.made.pairs):
        raise BadInput(f"version {before.id} has {len(before.made.pairs)} sentences, not {len(step.sentences)}")
    if step.sentences == tuple(one.target for one in before.made.pairs):
        raise BadInput(f"nothing of version {before.id} would change")


def check_ruling(before: MachineVersion, step: Rules, every: Iterable[MachineVersion] = ()) -> None:
    """Raise `BadInput` for a decision about a version that cannot be made any more, or never could; *every*: the
    versions of its bulletin.
    """
    if isinstance(step, TakingBack):
        _check_open(before, ())
        return
    _check_open(before, every)
    if not before.made.pairs and isinstance(step, Releasing):
        raise BadInput(f"version {step.version} has no text that could be read: have it made anew")
    if not before.waits:
        raise BadInput(f"version {step.version} does not wait: it is {before.state}")


def _check_open(before: MachineVersion, every: Iterable[MachineVersion]) -> None:
    """Raise `BadInput` for a version that was taken back, or in whose place stands one that was mended by hand."""
    if before.taken_back is not None:
        raise BadInput(f"version {before.id} was taken back by {before.taken_back.by}: have it made anew")
    after = mended_as(before, every)
    if after is not None and after.mended is not None:
        raise BadInput(
            f"{after.mended.by} mended version {before.id}: decide about {after.id}, which is what came of it"
        )


def mended_as(one: MachineVersion, every: Iterable[MachineVersion]) -> MachineVersion | None:
    """What stands in the place of a version that was mended by hand; none where it was not, or that was taken back."""
    for each in every:
        if each.mended is not None and each.mended.of == one.id and each.taken_back is None:
            return each
    return None


def _order(step: VersionStep) -> tuple[dt.datetime, int, str]:
    rank = 0 if isinstance(step, Making) else 1 if isinstance(step, Mending) else 2
    return step.at, rank, hashlib.sha256(msgspec.json.encode(step)).hexdigest()
