"""Wiring: opens the register and hands the jobs their tools. The only clock below the doors is made here."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tizim.answer.times import Asked, as_of
from tizim.audit.decide import Draft, Entered, after, approval, draft, found, latest
from tizim.claims import judging, taking
from tizim.customers import Marks, Store
from tizim.domain.bulletin_facts import id_of_news
from tizim.domain.bulletins import Drafting, Own, Replayed, Step, apply, checked, replay
from tizim.domain.dates import AsOf, PartialDate
from tizim.domain.decisions import Decision
from tizim.domain.documents import Layer, Method
from tizim.domain.statements import Property, StatementId
from tizim.domain.versions import (
    MachineVersion,
    Making,
    Releasing,
    TakingBack,
    VersionFinding,
    VersionStep,
    check_ruling,
    checked_version_step,
    version_id,
)
from tizim.errors import BadInput, Busy, NoRegister, NotFound, Overtaken, SourceProblem
from tizim.keep.files import GivenFile
from tizim.keep.run import Keeping, KeepReport, KeptDocument, keep, keep_one
from tizim.keep.starter import load
from tizim.memory import uncollected
from tizim.newsroom import Check, look_over, the_guard, to_translate, version, wanted
from tizim.newsroom import found as found_version
from tizim.publish.bulletins import main_language, news_facts
from tizim.register.archive import Archive
from tizim.register.protocol import DocumentBatch, Head, Seen, Withholding
from tizim.register.sql import SqlRegister
from tizim.register.view import View
from tizim.settings import Settings
from tizim.site_files import Contributed, Summary, Tools, Wanted, publish
from tizim.sources import bulletins, catalogue, decisions, judgements, news, standings
from tizim.sources.judgements import Judgements
from tizim.sources.protocol import NO_HINTS, Source
from tizim.translate import Choice, Engine, limits_of

if TYPE_CHECKING:
    from tizim.export import Supplied
    from tizim.screen.readings import Readings
    from tizim.screen.snapshot import Snapshot

Progress = Callable[[str, int, int], None]


def clock() -> dt.datetime:
    """The present instant, in UTC."""
    return dt.datetime.now(dt.UTC)


_TODAY = Asked()
_APPROVAL = ("second", "author")
_TRIES = 5
"""how often it is begun anew because somebody else wrote to the register"""


def _version(asked: Asked, at: AsOf, head: str) -> str:
    """What is known now follows from the head; what was known at another time, or is by another basis, is said."""
    version = f"{at.valid_at:%Y%m%d}-{head}"
    if not asked.known_at and not asked.basis:
        return version
    known = at.known_at.isoformat() if asked.known_at else at.known_at.date().isoformat()
    return f"{version}-{at.basis.value}-{known}"


class App:
    """One process's tizim: its settings and its register."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.archive = Archive(settings.home / "archive")
        self.register = SqlRegister(settings.register_url, self.archive)
        self._steps: dict[str, Step | VersionStep] = {}

    def close(self) -> None:
        """Let go of the register, and of the customers' store if it was asked for."""
        self.register.close()
        if "customers" in self.__dict__:
            self.customers.close()

    @cached_property
    def customers(self) -> Store:
        """What users of the service keep of their own; nothing is made before something is kept."""
        return Store(self.settings.customers)

    @cached_property
    def marks(self) -> Marks:
        """By which customers are found again. Raises `BadInput` where there is no secret for it."""
        return Marks(self.settings.customers_key)

    def existing(self) -> SqlRegister:
        """The register, which must be there. Raises `NoRegister`."""
        if not self.register.exists():
            raise NoRegister(
                f"there is no register at {self.where}: run 'tizim up' to fill one from the starter,"
                " or 'tizim keep' to begin with a document"
            )
        return self.register

    @property
    def where(self) -> str:
        """Where the register lies, for messages (no password)."""
        url = self.settings.register_url
        if url.startswith("sqlite:///"):
            return url.removeprefix("sqlite:///")
        scheme, _, rest = url.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}"

    def made(self) -> SqlRegister:
        """The register, made (empty) or brought to the newest schema if need be."""
        try:
            self.settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"no folder can be made at {self.settings.home}: {error.strerror}; see TIZIM_HOME") from None
        self.register.prepare()
        return self.register

    @contextmanager
    def asking(self, asked: Asked) -> Iterator[tuple[View, AsOf]]:
        """A reading of the register and the two times of a question."""
        with self.existing().view() as view:
            yield view, as_of(asked, view, clock())

    def keep(
        self,
        source: Source,
        paths: Sequence[Path],
        *,
        accept_drop: bool = False,
        dated: dt.date | None = None,
        retrieved_at: dt.datetime | None = None,
        progress: Progress | None = None,
    ) -> KeepReport:
        """Keep documents of a source; the register is made if there is none."""
        keeping = Keeping(
            register=self.made(), archive=self.archive, clock=clock, accept_drop=accept_drop, dated=dated,
            retrieved_at=retrieved_at,
        )  # fmt: skip
        return keep(source, paths, keeping, progress=progress)

    def keep_all(
        self, folder: Path, *, accept_drop: bool = False, progress: Callable[[str], Progress | None]
    ) -> KeepReport:
        """Keep all files in *folder*, which has a folder for each source, called by its id.

        *progress* gives what is told of the work on each source. Raises `BadInput` if there is no such folder.
        """
        if not folder.is_dir():
            raise BadInput(f"{folder} is not a folder")
        done: list[KeptDocument] = []
        for own in sorted(path for path in folder.iterdir() if path.is_dir()):
            paths = sorted(path for path in own.iterdir() if path.is_file())
            if own.name in catalogue.OWN or own.name not in catalogue.SOURCES:
                reason = (
                    f"a list of one's own is kept by itself: tizim keep {own.name} --list ID --from FILE"
                    if own.name in catalogue.OWN
                    else f"the folder {own.name} is called by no source's id; 'tizim sources' names them"
                )
                done += [KeptDocument(source="", file=path.name, outcome="refused", reason=reason) for path in paths]
                continue
            source = catalogue.source(own.name)
            done += self.keep(source, paths, accept_drop=accept_drop, progress=progress(own.name)).documents
        return KeepReport(documents=tuple(done))

    @staticmethod
    def times(asked: Asked, view: View, now: dt.datetime) -> AsOf:
        """The two times of a question that came at a moment."""
        return as_of(asked, view, now)

    # -- screening ---------------------------------------------------------------------------------

    def screening_version(self, asked: Asked = _TODAY) -> str:
        """Names what would be screened against: the day, the head of the log, and what was known if that is asked.

        Raises `BadInput` for dates that are none.
        """
        head = self.existing().head().hash[:12]
        if asked == _TODAY:
            return f"{clock():%Y%m%d}-{head}"
        with self.asking(asked) as (_, at):
            return _version(asked, at, head)

    def snapshot(self, asked: Asked = _TODAY) -> "Snapshot":
        """Everybody on a list, to be screened against: today, as known now, unless other dates are *asked* for."""
        from tizim.screen.from_register import snapshot  # noqa: PLC0415 - loads the matcher, which few commands need

        with self.asking(asked) as (view, at):
            head = self.existing().head()
            readings = self._readings() if asked == _TODAY else None
            return snapshot(view, at, _version(asked, at, head.hash[:12]), head.hash, readings=readings)

    @contextmanager
    def supplied(self, asked: Asked, lists: Sequence[str], *, with_statements: bool = False) -> Iterator["Supplied"]:
        """What is exported: from the snapshot of those dates where one lies ready, from what an earlier export of them
        left, else from the register.

        *with_statements*: also on whose word each value stands, which only the register tells. Raises `BadInput` for
        dates that are none and lists that nothing is held of, `Busy` where others write without a pause.
        """
        from tizim.export.supplied import from_kept, from_snapshot, from_view  # noqa: PLC0415 - loads the matcher

        with self.at_head(asked) as (view, at, head), uncollected():
            version = _version(asked, at, head.hash[:12])
            readings = self._readings()
            if with_statements:
                ready, kept = None, None
            else:
                ready = self._ready(version)
                kept = readings.found(version) if ready is None else None
            if ready is not None:
                yield from_snapshot(ready, head, lists)
            elif kept is not None:
                yield from_kept(kept, head, lists)
            else:
                yield from_view(view, at, version, head, lists, with_statements=with_statements, readings=readings)

    def _readings(self) -> "Readings":
        """Where entities of readings are kept: for exports of the same dates, and for the next reading."""
        from tizim.screen.readings import Readings  # noqa: PLC0415 - loads the matcher

        return Readings(self.settings.home / "exports")

    def withhold(self, statement: StatementId, act: Withholding) -> int:
        """Withhold a value, in what is kept for exports too; returns how many values it was. Raises as the register."""
        count = self.existing().withhold(statement, act, clock)
        self._readings().clear()
        return count

    @contextmanager
    def at_head(self, asked: Asked) -> Iterator[tuple[View, AsOf, Head]]:
        """A reading of the register, the two times of a question, and the head of the log that is read up to.

        Raises `Busy` where others write without a pause.
        """
        for _ in range(_TRIES):
            head = self.existing().head()
            with self.asking(asked) as (view, at):
                if view.shared.head != head.sequence:
                    continue  # somebody wrote between the two: the head told must be that of what is read
                yield view, at, head
                return
        raise Busy("the register is being written to without a pause: try again")

    def _ready(self, version: str) -> "Snapshot | None":
        """The snapshot of a version, if one lies on the shelf of `tizim serve` and `tizim screen`."""
        from tizim.screen.current import Shelf  # noqa: PLC0415 - loads the matcher
        from tizim.screen.snapshot import Snapshot  # noqa: PLC0415

        shelf = Shelf(self.settings.home / "screening")
        for path in (shelf.path(version), shelf.dated(version)):
            if path.exists():
                with suppress(BadInput):  # damaged, or another release's: then the register is read
                    return Snapshot.open(path)
        return None

    # -- decisions ---------------------------------------------------------------------------------

    def decisions(self) -> list[Decision]:
        """Every decision kept, as it was entered."""
        with self.existing().view() as view:
            kept = [doc for doc in view.documents() if doc.source == decisions.SOURCE.info.id and doc.held]
        return [decisions.decode(self.archive.get(doc.sha256), doc.title) for doc in kept]

    def last_decisions(self) -> list[Decision]:
        """The last word on each decision."""
        return list(latest(self.decisions()).values())

    def decide(self, asked: Draft, seen: int | None, now: dt.datetime | None = None) -> Entered:
        """Enter a decision; *seen* is the row of the register up to which its author had seen it (``None``: all),
        *now* the moment at which it was asked for, if that is not the present.

        Raises `Overtaken` if somebody decided about the same subject and list in the meantime.
        """
        register = self.existing()
        sequence = self._seen(seen)
        now = now or clock()
        corrected = found(self.decisions(), asked.corrects) if asked.corrects else None
        if corrected is not None:
            now = after(corrected, now)
        day = asked.effective or asked.decided
        with register.view() as view:
            at = as_of(Asked(as_of=PartialDate.parse(day).latest.isoformat() if day else None), view, now)
            entered = draft(view, asked, at, sequence, corrected)
        self._enter(entered)
        return entered

    def approve(self, decision: str, author: str, seen: int | None, now: dt.datetime | None = None) -> Entered:
        """Give a pending decision its second person; *seen* and *now* as for `decide`."""
        sequence = self._seen(seen)
        with self.existing().view() as view:
            at = as_of(Asked(), view, now or clock())
            entered = approval(view, self.decisions(), decision, author, at, sequence)
        self._enter(entered)
        return entered

    def _seen(self, row: int | None) -> int:
        """Up to which row somebody had seen the register. Raises `BadInput` for a row that nobody can have seen."""
        last = self.existing().head().sequence
        if row is not None and not 0 <= row <= last:
            raise BadInput(f"nobody can have seen row {row}: the register has rows up to {last}")
        return last if row is None else row

    def _enter(self, entered: Entered) -> None:
        data = decisions.encode(entered.decision)
        keeping = Keeping(
            register=self.made(), archive=self.archive, clock=clock, method=Method.TYPED_IN, seen=entered.seen
        )
        given = GivenFile(name=f"{entered.decision.id}.json", read=lambda: data, folder="")
        done = keep_one(decisions.SOURCE, given, NO_HINTS, keeping)
        if done.outcome == "refused":
            raise BadInput(done.reason)

    # -- the copy of the site ----------------------------------------------------------------------

    def publish(self, out: Path, wanted: Wanted, *, workers: int, progress: Progress | None) -> Summary:
        """Bring the copy of the site in a folder up to date; see `tizim.site_files.publish`."""
        self.existing()
        tools = Tools(url=self.settings.register_url, archive=self.settings.home / "archive")
        bulletins = self.bulletins().bulletins
        contributed = Contributed(
            decisions=tuple(sorted(self.last_decisions(), key=lambda one: one.id)),
            bulletins=tuple(bulletins[name] for name in sorted(bulletins)),
            main_language=main_language(self.settings.main_language),
        )
        return publish(tools, out, wanted, contributed, clock, workers=workers, progress=progress)

    # -- judgements --------------------------------------------------------------------------------

    def judge(self, given: Judgements) -> KeptDocument:
        """Keep what somebody judged of pairs of records: from now on it stands in the place of earlier judgements.

        Documents are put in order by the second, so the second one of a second is dated a second later.
        """
        with self.existing().view() as view:
            last = max(
                (doc.instant for doc in view.documents() if doc.source == judgements.SOURCE.info.id), default=None
            )
        if last is not None:
            given = msgspec.structs.replace(
                given, at=max(given.at, last.replace(microsecond=0) + dt.timedelta(seconds=1))
            )
        data = judgements.encode(given)
        file = GivenFile(name=f"judgements-{given.at:%Y%m%dT%H%M%S}.json", read=lambda: data, folder="")
        method = Method.READ if given.method else Method.TYPED_IN
        keeping = Keeping(register=self.made(), archive=self.archive, clock=clock, method=method)
        done = keep_one(judgements.SOURCE, file, NO_HINTS, keeping)
        if not done.is_clean:
            raise BadInput(done.reason)
        return done

    # -- articles and their claims -----------------------------------------------------------------

    def keep_article(self, taken: taking.Taken) -> "KeptArticle":
        """Keep an article and what was read of it: its bytes first, then the reading, if it says anything new.

        Nothing that it claims changes what is known of a listing until a person confirms it.
        """
        register = self.made()
        with register.view() as view:
            now = as_of(Asked(), view, clock())
            copies = taking.near_copies(view, taken, now)
            known = taking.is_read(view, taken, now)
            again = bool(view.facts(Property.ARTICLE, None, subjects=[news.subject_of(taken.article.sha256)]))
            readings = [doc.instant for doc in view.documents() if again and doc.source == news.LINE]
        self.archive.put(taken.data)
        batch = DocumentBatch(
            facts=taken.article, held=True, layers=(Layer.CORE, Layer.REST), entries=(), method=Method.READ.value,
            retrieved_at=taken.retrieved_at,
        )  # fmt: skip
        outcome = register.append(batch, clock).outcome
        reading = ""
        if not known:
            at = _after(taken.reading.read_at, readings)
            data = news.encode(msgspec.structs.replace(taken.reading, read_at=at))
            done = self._keep_own(news.SOURCE, f"reading-{taken.article.sha256[:12]}.json", data, Method.READ)
            outcome, reading = "kept", done.sha256
        return KeptArticle(
            outcome=outcome, sha256=taken.article.sha256, reading=reading, title=taken.article.title,
            claims=len(taken.reading.claims), copies=tuple(copies),
        )  # fmt: skip

    def judge_claims(self, asked: judging.Draft, seen: int | None = None) -> judging.Entered:
        """Enter what a person makes of claims; *seen* is the row up to which they had seen the register.

        Raises `Overtaken` if somebody else's act about the same subject and list was recorded meanwhile.
        """
        sequence = self._seen(seen)
        with self.existing().view() as view:
            now = clock()
            before = [doc.instant for doc in view.documents() if doc.source == standings.SOURCE_ID]
            entered = judging.draft(view, asked, as_of(Asked(), view, now), _after(now, before), sequence)
        data = standings.encode(entered.standings)
        name = f"claims-{entered.standings.at:%Y%m%dT%H%M%S}.json"
        self._keep_own(standings.SOURCE, name, data, Method.TYPED_IN, entered.seen)
        return entered

    def _keep_own(
        self, source: Source, name: str, data: bytes, method: Method, seen: Seen | None = None
    ) -> KeptDocument:
        """Keep a document that was made here. Raises `BadInput` if it is refused."""
        keeping = Keeping(register=self.made(), archive=self.archive, clock=clock, method=method, seen=seen)
        done = keep_one(source, GivenFile(name=name, read=lambda: data, folder=""), NO_HINTS, keeping)
        if not done.is_clean:
            raise BadInput(done.reason)
        return done

    # -- bulletins ---------------------------------------------------------------------------------

    def bulletins(self) -> Replayed:
        """What the steps of bulletins that were kept amount to."""
        with self.existing().view() as view:
            kept = [doc for doc in view.documents() if doc.source == bulletins.SOURCE.info.id and doc.held]
        for doc in kept:
            if doc.sha256 not in self._steps:  # the bytes of a document never change
                self._steps[doc.sha256] = bulletins.decode(self.archive.get(doc.sha256), doc.title)
        return replay(self._steps[doc.sha256] for doc in kept)

    def take_step(self, step: Step) -> Replayed:
        """Keep a step of a bulletin that follows on those kept; returns what they amount to with it.

        Raises `Overtaken` if somebody else's step came first: both are kept, and this one has no effect.
        """
        data = bulletins.encode(step)
        keeping = Keeping(register=self.made(), archive=self.archive, clock=clock, method=Method.TYPED_IN)
        given = GivenFile(name=f"{step.bulletin}-{step.number}.json", read=lambda: data, folder="")
        done = keep_one(bulletins.SOURCE, given, NO_HINTS, keeping)
        if not done.is_clean:
            raise BadInput(done.reason)
        now = self.bulletins()
        without_effect = next((one.reason for one in now.refused if one.step == step), None)
        if without_effect is not None:
            raise Overtaken(without_effect)
        return now

    def draft_news(
        self, own: Own, by: str, told: dt.date | None = None, list_id: str = "", subjects: Sequence[str] = ()
    ) -> tuple[str, Replayed]:
        """Keep an editor's news as a draft, of the day *told* (none: today's); gives its id, and what there is with it.

        Raises `NotFound` for a list or a subject that there is not, `BadInput` for words or settings that will not do.
        """
        now = self.bulletins()
        with self.asking(Asked()) as (view, at):
            facts = news_facts(view, at, told or clock().date(), list_id, subjects)
        bulletin = id_of_news(facts.day, own.title, now.bulletins)
        step = Drafting(
            bulletin=bulletin, number=1, by=by, at=clock(), language=main_language(self.settings.main_language),
            facts=facts, own=own, needs_second=self.needs_second,
        )  # fmt: skip
        apply(None, checked(step))
        return bulletin, self.take_step(step)

    @property
    def needs_second(self) -> bool:
        """Whether another person than its author approves a bulletin. Raises `BadInput` for a setting that is none."""
        said = self.settings.bulletin_approval
        if said not in _APPROVAL:
            raise BadInput(f"TIZIM_BULLETIN_APPROVAL is '{said}': write {' or '.join(_APPROVAL)}")
        return said == "second"

    def look_over(self, own: Own) -> Sequence[VersionFinding]:
        """What the guard finds in an editor's words by themselves, by the names of the register."""
        with self.existing().view() as view:
            return look_over(view, own, main_language(self.settings.main_language))

    def take_version_step(self, step: VersionStep) -> Replayed:
        """Keep what is said of a machine-made version. Raises `BadInput` for a step that has no effect."""
        about = version_id(step) if isinstance(step, Making) else step.version
        data = bulletins.encode(step)
        self._keep_own(
            bulletins.SOURCE, f"{step.bulletin}-{about}.json", data,
            Method.MACHINE_TRANSLATED if isinstance(step, Making) else Method.TYPED_IN,
        )  # fmt: skip
        now = self.bulletins()
        without_effect = next((one.reason for one in now.refused_versions if one.step == step), None)
        if without_effect is not None:
            raise Overtaken(without_effect)
        return now

    def make_version(
        self, bulletin: str, language: str, by: str, *, engine: Engine, check: Check | None = None
    ) -> MachineVersion:
        """Have a version of a bulletin made in a language, checked and kept: it can be read if nothing severe was
        found in it, and waits for a person otherwise.

        Raises `NotFound` for a bulletin that there is not, `BadInput` for one that has no text to translate.
        """
        one = self.bulletins().bulletins.get(bulletin)
        if one is None:
            raise NotFound(f"there is no bulletin '{bulletin}'; 'tizim bulletin list' names them all")
        given = to_translate(one)
        with self.asking(Asked()) as (view, at):
            order = wanted(view, at, given, language)
        made = version(
            given, order, engine, limits_of(self.translating), check or self._guard, by=by, now=clock()
        )  # fmt: skip
        now = self.take_version_step(made)
        _, kept = found_version(now, version_id(made))
        return kept

    def _guard(self, source: str, target: str, language: str, other: str) -> Sequence[VersionFinding]:
        """The guard, by the names of the register."""
        with self.existing().view() as view:
            return the_guard(view)(source, target, language, other)

    def rule(self, step: Releasing | TakingBack) -> MachineVersion:
        """Enter what a person decided about a version. Raises `BadInput` where that cannot be."""
        checked_version_step(step)
        _, before = found_version(self.bulletins(), step.version)
        check_ruling(before, step)
        _, after = found_version(self.take_version_step(step), step.version)
        return after

    @property
    def translating(self) -> Choice:
        """The engine that settings name."""
        own = self.settings
        return Choice(
            kind=own.translate_engine, url=own.translate_url, model=own.translate_model, key=own.translate_key,
            folder=own.translate_folder, seconds=own.translate_seconds,
        )  # fmt: skip

    # -- the starter and the network ---------------------------------------------------------------

    def fill(self, progress: Progress | None) -> int:
        """Make the register and load the starter; returns how many documents were new."""
        return load(self.made(), clock, progress)

    def refresh(self, source_id: str, seconds: float) -> "Refreshed":
        """Fetch the newest document of a source, within *seconds*, and keep it; never raises for the network's sake."""
        from tizim.sources.fetch import Fetcher, Limits, policy  # noqa: PLC0415 - few commands need the network

        source = catalogue.source(source_id)
        folder = self.settings.home / "incoming"
        try:
            # One try: without a network, further ones would only make whoever waits wait longer.
            fetcher = Fetcher(clock, limits=Limits(tries=1))
            fetched = fetcher.fetch(
                source.info.url, policy(source.info), folder, seconds=seconds, name=f"{source_id}-newest"
            )
        except SourceProblem as error:
            return Refreshed(report=None, reason=str(error))
        path = fetched.path
        if path is None:
            return Refreshed(report=None, reason="the publisher answered that nothing has changed")
        try:
            report = self.keep(source, [path], retrieved_at=fetched.retrieved_at)
            return Refreshed(report=report, reason="")
        finally:
            path.unlink(missing_ok=True)


def _after(moment: dt.datetime, before: Sequence[dt.datetime]) -> dt.datetime:
    """*moment*, or the second after the last one *before*: documents of one second have no order."""
    last = max(before, default=None)
    return moment if last is None else max(moment, last.replace(microsecond=0) + dt.timedelta(seconds=1))


class KeptArticle(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an article."""

    outcome: str
    """``kept``, or ``unchanged`` if the register held it and all that was read of it"""
    sha256: str
    """of the article's bytes"""
    reading: str
    """of the document that holds what was read; empty where that was known"""
    title: str
    claims: int
    copies: tuple[str, ...]
    """titles of articles held that tell the same story in nearly the same words"""


class Refreshed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of fetching: a report, or the reason why nothing came."""

    report: KeepReport | None
    reason: str
