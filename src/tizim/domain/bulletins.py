"""Bulletins: short texts about an act or a change, each drafted, approved, published, corrected or withdrawn.

A bulletin is what its steps make of it. A step is never edited: the next one follows it, and `replay` makes of
any heap of steps the bulletins that they amount to, and names those that have no effect. Versions that machines made
of an editor's words have steps of their own (`tizim.domain.versions`), and stand with the bulletin.
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

import msgspec

from tizim.domain.bulletin_facts import Facts, NewsFacts
from tizim.domain.dates import AsOf, Basis
from tizim.domain.decisions import is_one_person
from tizim.domain.versions import MachineVersion, RefusedVersionStep, Ruling, VersionStep, settle
from tizim.errors import BadInput, NotFound, Overtaken

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9_]+)*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
LONGEST_ID: Final = 200
LONGEST_TITLE: Final = 300
LONGEST_TEXT: Final = 20_000
"""signs of a text that an editor writes"""


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor wrote in the main language. Blank lines part paragraphs."""

    title: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text in paragraphs."""
        return tuple(part.strip() for part in re.split(r"\n\s*\n", self.text) if part.strip())

    @property
    def digest(self) -> str:
        """Tells this text from every other: a version says of which text it was made."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """Who did something, and when."""

    by: str
    at: dt.datetime


# -- versions, and what becomes of them --------------------------------------------------------------


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What is said: the facts, and the words in the main language if they are an editor's own."""

    drafted: Signed
    language: str
    """the main language"""
    facts: Facts
    own: Own | None
    """``None``: made from the facts by template, in every language"""
    needs_second: bool


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A version that nobody has approved."""

    version: Version


class Approved(msgspec.Struct, frozen=True, kw_only=True):
    """A version that may be published."""

    version: Version
    approved: Signed


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """A version as it was published."""

    version: Version
    approved: Signed
    published: Signed


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """An issue that took the place of the one before, and why."""

    reason: str
    issue: Issue


class Correctable(msgspec.Struct, frozen=True, kw_only=True):
    """A correction on its way, and why; the last issue stands until it is published."""

    reason: str
    version: Draft | Approved


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A bulletin of which nothing is published."""

    id: str
    version: Draft | Approved
    versions: tuple[MachineVersion, ...] = ()
    """made by machine of its text, in the order in which they were"""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A published bulletin: its first issue, and every correction."""

    id: str
    first: Issue
    corrections: tuple[Correction, ...]
    correcting: Correctable | None
    versions: tuple[MachineVersion, ...] = ()
    """made by machine of any of its texts, in the order in which they were"""

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All of them, the one that stands last."""
        return (self.first, *(one.issue for one in self.corrections))

    @property
    def issue(self) -> Issue:
        """The one that stands."""
        return self.corrections[-1].issue if self.corrections else self.first


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """A bulletin that was taken back, and why."""

    id: str
    last: Waiting | Standing
    withdrawn: Signed
    reason: str


Bulletin = Waiting | Standing | Withdrawn


def waiting_of(one: Bulletin) -> Draft | Approved | None:
    """What waits of a bulletin, itself or a correction of it."""
    match one:
        case Waiting(version=version):
            return version
        case Standing(correcting=Correctable(version=version)):
            return version
        case _:
            return None


def version_of(one: Bulletin) -> Version:
    """The version that stands, or waits where none does."""
    last = one.last if isinstance(one, Withdrawn) else one
    return last.issue.version if isinstance(last, Standing) else last.version.version


def state_of(one: Bulletin) -> str:
    """The state in a word."""
    match one:
        case Withdrawn():
            return "withdrawn"
        case Waiting(version=version):
            return "approved" if isinstance(version, Approved) else "draft"
        case Standing(correcting=Correctable(version=version)):
            return "correction approved" if isinstance(version, Approved) else "correction drafted"
        case _:
            return "corrected" if one.corrections else "published"


def as_known(one: Bulletin, as_of: AsOf) -> Standing | Withdrawn | None:
    """The bulletin as readers had it at a moment of knowing; ``None`` if nothing of it was published by then.

    What waits is never part of it.
    """
    last = one.last if isinstance(one, Withdrawn) else one
    if not isinstance(last, Standing) or not _was_known(last.first.published, as_of):
        return None
    corrections = tuple(each for each in last.corrections if _was_known(each.issue.published, as_of))
    known = Standing(id=last.id, first=last.first, corrections=corrections, correcting=None)
    known = msgspec.structs.replace(known, versions=_versions_known(last, known, as_of))
    if isinstance(one, Withdrawn) and _was_known(one.withdrawn, as_of):
        return Withdrawn(id=one.id, last=known, withdrawn=one.withdrawn, reason=one.reason)
    return known


class InLanguage(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of a bulletin in a language that is not its main one."""

    version: MachineVersion | None
    """made by machine, which may be read"""
    is_older: bool
    """whether it was made of a text that was changed since"""
    waits: bool
    """whether one of the text that stands waits for a person"""


NOTHING: Final = InLanguage(version=None, is_older=False, waits=False)


def in_language(one: Standing, language: str) -> InLanguage:
    """The version of a text in a language: the last made of the text that stands, else of one published before."""
    own = [each for each in one.versions if each.made.language == language]
    for issue in reversed(one.issues):
        text = issue.version.own
        if text is None:
            continue
        of_text = [each for each in own if each.made.text == text.digest]
        readable = [each for each in of_text if each.may_be_read]
        if readable:
            now = one.issue.version.own
            is_older = now is None or now.digest != text.digest
            return InLanguage(version=readable[-1], is_older=is_older, waits=_waits(one, own))
    return InLanguage(version=None, is_older=False, waits=_waits(one, own))


def _waits(one: Standing, own: Iterable[MachineVersion]) -> bool:
    text = one.issue.version.own
    return text is not None and any(each.waits and each.made.text == text.digest for each in own)


def texts_of(one: Bulletin) -> dict[str, Own]:
    """Every text of an editor's that a version may be made of, or was: approved or published, by their digests."""
    last = one.last if isinstance(one, Withdrawn) else one
    found: list[Version] = []
    if isinstance(last, Standing):
        found += [issue.version for issue in last.issues]
        if last.correcting is not None and isinstance(last.correcting.version, Approved):
            found.append(last.correcting.version.version)
    elif isinstance(last.version, Approved):
        found.append(last.version.version)
    return {version.own.digest: version.own for version in found if version.own is not None}


def _versions_known(one: Standing, known: Standing, as_of: AsOf) -> tuple[MachineVersion, ...]:
    """The versions of texts that were published, with what had been decided about them by then."""
    texts = {issue.version.own.digest for issue in known.issues if issue.version.own is not None}
    return tuple(
        msgspec.structs.replace(
            each,
            held_on=_ruled(each.held_on, as_of),
            released=_ruled(each.released, as_of),
            taken_back=_ruled(each.taken_back, as_of),
        )
        for each in one.versions
        if each.made.text in texts and _was_known(each, as_of)
    )


def _ruled(ruling: Ruling | None, as_of: AsOf) -> Ruling | None:
    return ruling if ruling is not None and _was_known(ruling, as_of) else None


class _Dated(Protocol):
    @property
    def at(self) -> dt.datetime: ...


def _was_known(signed: _Dated, as_of: AsOf) -> bool:
    if as_of.basis is Basis.PUBLISHED:
        return signed.at.astimezone(dt.UTC).date() <= as_of.known_at.date()
    return signed.at <= as_of.known_at


# -- steps -------------------------------------------------------------------------------------------


class Drafting(msgspec.Struct, frozen=True, kw_only=True, tag="draft"):
    """A bulletin is drafted; drafted again before it is published, it takes the place of the draft before."""

    bulletin: str
    number: int
    """of the steps of this bulletin, the first is 1"""
    by: str
    at: dt.datetime
    language: str
    facts: Facts
    own: Own | None
    needs_second: bool
    """whether another person than its author must approve it"""


class Approving(msgspec.Struct, frozen=True, kw_only=True, tag="approve"):
    """The draft that waits, or the correction that waits, is approved."""

    bulletin: str
    number: int
    by: str
    at: dt.datetime


class Publishing(msgspec.Struct, frozen=True, kw_only=True, tag="publish"):
    """What is approved is published."""

    bulletin: str
    number: int
    by: str
    at: dt.datetime


class Correcting(msgspec.Struct, frozen=True, kw_only=True, tag="correct"):
    """A correction of what is published is drafted; it too is approved and published."""

    bulletin: str
    number: int
    by: str
    at: dt.datetime
    reason: str
    facts: Facts
    own: Own | None
    needs_second: bool


class Withdrawing(msgspec.Struct, frozen=True, kw_only=True, tag="withdraw"):
    """The bulletin is taken back."""

    bulletin: str
    number: int
    by: str
    at: dt.datetime
    reason: str


Going = Approving | Publishing | Withdrawing
"""steps that bring a bulletin on its way, or to its end, with nothing new to say"""
Step = Drafting | Going | Correcting


def checked(step: Step) -> Step:
    """The step itself. Raises `BadInput` for one that nobody could follow."""
    if not _ID.fullmatch(step.bulletin) or len(step.bulletin) > LONGEST_ID:
        raise BadInput(f"'{step.bulletin[:80]}' is no id of a bulletin: small letters, digits and strokes between")
    if step.number < 1:
        raise BadInput(f"steps are numbered from 1, not {step.number}")
    if not step.by.strip():
        raise BadInput("a step needs its author")
    if step.at.tzinfo is None:
        raise BadInput("at: has no zone, so the moment is not known")
    if isinstance(step, Correcting | Withdrawing) and not step.reason.strip():
        raise BadInput("say why: a correction or a withdrawal needs its reason")
    if isinstance(step, Drafting | Correcting):
        step.facts.checked()
        if step.own is not None:
            _check_own(step.own)
        elif isinstance(step.facts, NewsFacts):
            raise BadInput("news are in words of one's own: no template makes a text of them")
    if isinstance(step, Drafting) and not _LANGUAGE.fullmatch(step.language):
        raise BadInput(f"'{step.language[:20]}' is no code of a language")
    return step


def _check_own(own: Own) -> None:
    if not own.title.strip() or not own.paragraphs:
        raise BadInput("a text of one's own has a title and a text; without both it is made by template")
    if len(own.title) > LONGEST_TITLE or "\n" in own.title:
        raise BadInput(f"a title is one line of at most {LONGEST_TITLE} signs")
    if len(own.text) > LONGEST_TEXT:
        raise BadInput(f"a text has at most {LONGEST_TEXT:,} signs, not {len(own.text):,}")


def apply(before: Bulletin | None, step: Step) -> Bulletin:
    """The bulletin after a step. Raises `BadInput` where the step does not fit, and says what does."""
    if before is not None and before.id != step.bulletin:
        raise BadInput(f"a step of {step.bulletin} is none of {before.id}")
    if isinstance(before, Withdrawn):
        raise BadInput(f"bulletin {before.id} is withdrawn: nothing follows on that")
    signed = Signed(by=step.by, at=step.at)
    match step, before:
        case Drafting(), None | Waiting():
            version = Version(
                drafted=signed, language=step.language, facts=step.facts, own=step.own, needs_second=step.needs_second
            )
            return Waiting(id=step.bulletin, version=Draft(version=version))
        case Drafting(), Standing():
            raise BadInput(f"bulletin {step.bulletin} is published: correct it")
        case _, None:
            raise BadInput(f"there is no bulletin {step.bulletin}: draft it first")
        case Approving(), Waiting(version=version):
            return msgspec.structs.replace(before, version=_approved(version, signed, step.bulletin))
        case Approving(), Standing(correcting=Correctable() as waiting):
            done = msgspec.structs.replace(waiting, version=_approved(waiting.version, signed, step.bulletin))
            return msgspec.structs.replace(before, correcting=done)
        case Approving(), _:
            raise BadInput(f"bulletin {step.bulletin} has nothing that waits to be approved")
        case Publishing(), Waiting(version=version):
            issue = _issue(version, signed, step.bulletin)
            return Standing(id=step.bulletin, first=issue, corrections=(), correcting=None)
        case Publishing(), Standing(correcting=Correctable() as waiting):
            made = Correction(reason=waiting.reason, issue=_issue(waiting.version, signed, step.bulletin))
            return msgspec.structs.replace(before, corrections=(*before.corrections, made), correcting=None)
        case Publishing(), _:
            raise BadInput(f"bulletin {step.bulletin} is published already")
        case Correcting(), Standing():
            return msgspec.structs.replace(before, correcting=_corrected(before, step, signed))
        case Withdrawing(), Waiting() | Standing():
            return Withdrawn(id=step.bulletin, last=before, withdrawn=signed, reason=step.reason)
        case _:
            raise BadInput(f"bulletin {step.bulletin} is not published: draft it again")


def _corrected(before: Standing, step: Correcting, signed: Signed) -> Correctable:
    last = before.issue.version
    if (step.facts, step.own) == (last.facts, last.own):
        raise BadInput(f"nothing of bulletin {before.id} would change: facts and words are as published")
    # Who corrects must not get around the second person that the first version needed.
    needed = step.needs_second or before.first.version.needs_second
    version = Version(drafted=signed, language=last.language, facts=step.facts, own=step.own, needs_second=needed)
    return Correctable(reason=step.reason, version=Draft(version=version))


def _approved(version: Draft | Approved, signed: Signed, bulletin: str) -> Approved:
    if isinstance(version, Approved):
        raise BadInput(f"bulletin {bulletin} is approved already, by {version.approved.by}: publish it")
    author = version.version.drafted.by
    if version.version.needs_second and is_one_person(signed.by, author):
        raise BadInput(f"{author} drafted bulletin {bulletin}: another person must approve it")
    return Approved(version=version.version, approved=signed)


def _issue(version: Draft | Approved, signed: Signed, bulletin: str) -> Issue:
    if isinstance(version, Draft):
        raise BadInput(f"bulletin {bulletin} is a draft: it must be approved before it is published")
    return Issue(version=version.version, approved=version.approved, published=signed)


# -- all of them -------------------------------------------------------------------------------------


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A step without effect, and why."""

    step: Step
    reason: str


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """The bulletins by their ids, the steps that made them, and those without effect."""

    bulletins: Mapping[str, Bulletin]
    steps: Mapping[str, tuple[Step, ...]]
    refused: tuple[Refused, ...]
    refused_versions: tuple[RefusedVersionStep, ...] = ()
    """steps about machine-made versions without effect"""

    def next_number(self, bulletin: str) -> int:
        """The number of the next step of a bulletin."""
        return len(self.steps.get(bulletin, ())) + 1


def number_after(now: Replayed, bulletin: str, seen: int | None) -> int:
    """The number of the next step of a bulletin, whose author had seen it up to step *seen* (``None``: all).

    Raises `NotFound` for a bulletin that there is not, `Overtaken` if its author had not seen all steps before it.
    """
    if bulletin not in now.bulletins:
        raise NotFound(f"there is no bulletin '{bulletin[:LONGEST_ID]}'; 'tizim bulletin list' names them all")
    due = now.next_number(bulletin)
    if seen is None or seen == due - 1:
        return due
    if not 0 <= seen < due:
        raise BadInput(f"nobody can have seen step {seen} of {bulletin}: it has {due - 1}")
    first = now.steps[bulletin][seen]
    raise Overtaken(
        f"{first.by} came first: step {first.number} of {bulletin} followed on the one that you had seen; look at it"
        f" ('tizim bulletin show {bulletin}'), then decide"
    )


def moment_after(now: Replayed, bulletin: str, moment: dt.datetime) -> dt.datetime:
    """A moment, and never one before the last step of a bulletin."""
    last = now.steps.get(bulletin, ())
    return max(moment, last[-1].at) if last else moment


def replay(steps: Iterable[Step | VersionStep]) -> Replayed:
    """What *steps* amount to, in whatever order they come.

    Steps of one bulletin follow each other by their numbers; of two with one number the earlier has effect. Those
    about machine-made versions have no numbers, so that an engine at work never comes between two editors.
    """
    own: dict[str, list[Step]] = defaultdict(list)
    about_versions: list[VersionStep] = []
    for step in steps:
        if isinstance(step, VersionStep):
            about_versions.append(step)
        else:
            own[step.bulletin].append(step)
    versions, refused_versions = settle(about_versions)
    bulletins: dict[str, Bulletin] = {}
    taken: dict[str, tuple[Step, ...]] = {}
    refused: list[Refused] = []
    for bulletin, heap in sorted(own.items()):
        state: Bulletin | None = None
        done: list[Step] = []
        for step in sorted(heap, key=_order):
            try:
                _check_follows(done, checked(step))
                state = apply(state, step)
            except BadInput as error:
                refused.append(Refused(step=step, reason=str(error)))
            else:
                done.append(step)
        if state is not None:
            bulletins[bulletin] = _with_versions(state, versions.get(bulletin, ()))
            taken[bulletin] = tuple(done)
    return Replayed(
        bulletins=bulletins, steps=taken, refused=tuple(refused), refused_versions=tuple(refused_versions)
    )  # fmt: skip


def _with_versions(one: Bulletin, versions: tuple[MachineVersion, ...]) -> Bulletin:
    if isinstance(one, Withdrawn):
        return msgspec.structs.replace(one, last=msgspec.structs.replace(one.last, versions=versions))
    return msgspec.structs.replace(one, versions=versions)


def _check_follows(done: list[Step], step: Step) -> None:
    """Raise `BadInput` for a step that is not the next one."""
    due = len(done) + 1
    if step.number < due:
        first = done[step.number - 1]
        raise BadInput(f"step {step.number} of {step.bulletin} was made by {first.by} before: look at it, then go on")
    if step.number > due:
        raise BadInput(f"step {step.number} of {step.bulletin} has no step {due} to follow")
    if done and step.at < done[-1].at:
        raise BadInput(f"step {step.number} of {step.bulletin} is dated before the one that it follows")


def _order(step: Step) -> tuple[int, dt.datetime, str]:
    return step.number, step.at, hashlib.sha256(msgspec.json.encode(step)).hexdigest()
