"""What a copy is to have: every page by its address, and everything that all pages share."""

import bisect
import datetime as dt
import functools
import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from tizim.answer.evidence import designations
from tizim.answer.times import Asked, as_of
from tizim.domain.bulletins import Bulletin
from tizim.domain.dates import AsOf, Basis
from tizim.domain.decisions import Decision
from tizim.errors import BadInput
from tizim.publish import whole
from tizim.publish.addresses import Addresses, Still, path_of
from tizim.publish.assets import assets
from tizim.publish.pages.document import PAGED
from tizim.publish.rooms import ROOMS, Room
from tizim.publish.site import Head, Site
from tizim.publish.whole import Choice
from tizim.publish.words import LANGUAGES, is_spoken, words
from tizim.publish.words.languages import MAIN
from tizim.register.account import Accounted

_LIBRARIES: Final = ("babel", "jinja2", "markupsafe")
"""what pages are made with besides the code of tizim"""
_NO_PAGES: Final = (
    "cli", "api", "export", "paper", "site_files/run.py", "site_files/manifest.py", "app.py", "settings.py"
)  # fmt: skip
"""code that pages are made without"""
_UNSAFE: Final = frozenset({"", ".", "..", "index.html"})
_SUFFIXES: Final = (".json", ".html", ".atom", ".ics", ".xml", ".txt")
_LONGEST: Final = 200
"""bytes of the longest name of a file"""


class Contributed(msgspec.Struct, frozen=True, kw_only=True):
    """What people entered into the register besides documents, as the application has it from its archive."""

    decisions: tuple[Decision, ...] = ()
    bulletins: tuple[Bulletin, ...] = ()
    main_language: str = MAIN


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to have published."""

    languages: tuple[str, ...] = ()
    """empty: every language that has a catalogue"""
    asked: Asked = Asked()
    base: str = ""
    """where the copy will be: scheme, host, and the folder if it is one; empty where that is not known"""
    choice: Choice = Choice()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A page with all its languages and forms: made at once, because all of them tell the same."""

    room: str
    key: str
    day: str = ""
    """the day of a list, where it is not that of the whole copy"""

    @property
    def path(self) -> str:
        """Its address after the language, without the day."""
        return path_of(self.room, self.key)

    @property
    def name(self) -> str:
        """What the manifest calls it."""
        return f"{self.path}@{self.day}" if self.day else self.path

    @property
    def room_of(self) -> Room:
        """The kind of page."""
        room = ROOMS[self.room]
        return room.keyed if self.key and room.keyed is not None else room


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A copy to be made. Workers get it as it is."""

    as_of: AsOf
    asked_basis: str | None
    languages: tuple[str, ...]
    base: str
    prefix: str
    head: Head
    entered: Contributed
    jobs: tuple[Job, ...]
    days: Mapping[str, tuple[str, ...]]
    """the days of each list that have a page, by the list's address"""
    places: Mapping[str, int]
    """on which page of its document a statement stands, where that is not the first"""
    answers: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    """pages that have no file because of what they are called"""
    fingerprint: str
    """of everything that all pages rest on"""
    known_is_last: bool
    """whether everything that was recorded counts as known, so that the day of knowing follows the register"""

    @property
    def known(self) -> dt.date:
        """The day of knowing."""
        return self.as_of.known_at.date()


def plan_of(
    view: Accounted, wanted: Wanted, entered: Contributed, head: Head, last: dt.datetime, now: dt.datetime
) -> Plan:
    """The plan of a copy of the register as *view* reads it; *last* is when its last row was recorded.

    Raises `BadInput` or `NotFound` for something wanted that cannot be had.
    """
    at, known_is_last = times(view, wanted.asked, last, now)
    languages = _languages(wanted.languages)
    base, prefix = _base(wanted.base)
    choice = wanted.choice
    plan = Plan(
        as_of=at, asked_basis=wanted.asked.basis, languages=languages, base=base, prefix=prefix, head=head,
        entered=entered, jobs=(), days={}, places=_places(view, at), answers=(), left_out=(), fingerprint="",
        known_is_last=known_is_last,
    )  # fmt: skip
    there: set[str] = set()
    jobs: list[Job] = []
    left_out: list[str] = []
    days: dict[str, tuple[str, ...]] = {}
    site = site_of(plan, languages[0], Still(
        languages=languages, has=there.__contains__, day_of=lambda _, __: "", page_of=lambda _: 1, days=lambda _: (),
    ))  # fmt: skip
    for name, room in ROOMS.items():
        if not room.needs_key:
            jobs.append(Job(room=name, key=""))
        keyed = room if room.needs_key else room.keyed
        for key in keyed.keys(view, site, at, choice) if keyed is not None and keyed.keys is not None else ():
            job = Job(room=name, key=key)
            if not _can_be_file(job.path):
                left_out.append(job.path)
                continue
            jobs.append(job)
            if keyed is not None and keyed.is_dated:
                days[job.path] = whole.days(view, at, key, choice)
                jobs += [Job(room=name, key=key, day=day) for day in days[job.path]]
        there.update(job.path for job in jobs)
    answers = tuple(
        (name, list_id)
        for name, list_id in whole.questions(view, site, at, choice)
        if path_of("ask", f"{list_id}/{name}") in there
    )
    given = {
        "as_of": at.valid_at.isoformat(), "basis": at.basis.value, "languages": languages, "base": wanted.base,
        "known_at": at.known_at.isoformat() if not known_is_last or at.basis is Basis.PUBLISHED else "",
        "code": code_digest(), "answers": choice.answers is None, "lists": choice.lists,
        "main_language": entered.main_language,
    }  # fmt: skip
    return msgspec.structs.replace(
        plan, jobs=tuple(jobs), days=days, answers=answers, left_out=tuple(left_out),
        fingerprint=msgspec.json.encode(given).decode(),
    )  # fmt: skip


def times(view: Accounted, asked: Asked, last: dt.datetime, now: dt.datetime) -> tuple[AsOf, bool]:
    """The two times of a copy, and whether everything recorded counts as known.

    Without a time of knowing it is the end of the day of the register's last row: nothing was known after it, and a
    row of the same day changes it no more than the register.
    """
    known = asked.known_at
    end = dt.datetime.combine(last.date(), dt.time.max, tzinfo=dt.UTC)
    if known:
        return as_of(asked, view, max(now, end)), False
    day = as_of(Asked(as_of=asked.as_of, basis=asked.basis), view, now)
    return msgspec.structs.replace(day, known_at=end), True


def site_of(plan: Plan, language: str, still: Still, day: str = "") -> Site:
    """What the pages of a language share, of a day of lists if one is given."""
    return Site(
        words=words(language),
        to=Addresses(language=language, asked=Asked(as_of=day or None, basis=None), still=still),
        now=plan.as_of.known_at, head=plan.head, base=plan.base,
        decisions=plan.entered.decisions, bulletins=plan.entered.bulletins, main_language=plan.entered.main_language,
        assets={name: plan.prefix + one.address for name, one in assets().items()},
    )  # fmt: skip


def year_of(plan: Plan, day: str) -> str:
    """The year of a day for which a page of a list is looked for; from the year of the copy's own day on they are one.

    A link to a day leads to the newest page up to it, so it rests on the days of its year, and on the last before.
    """
    return min(day[:4], f"{plan.as_of.valid_at.year:04}")


def by_year(plan: Plan, days: Sequence[str]) -> dict[str, list[str]]:
    """What links into each year since the first rest on: its days, after the last one before them.

    *days* are in order. Of years before the first there is nothing: no day is found.
    """
    last = year_of(plan, "9999")
    found: dict[str, list[str]] = {}
    for number in range(int(year_of(plan, days[0])), int(last) + 1) if days else ():
        year = f"{number:04}"
        own = [day for day in days if year_of(plan, day) == year]
        found[year] = [newest(days, year), *own]
    return found


def newest(days: Iterable[str], day: str) -> str:
    """The last of *days*, which are in order, up to *day*; empty if there is none."""
    every = tuple(days)
    index = bisect.bisect_right(every, day)
    return every[index - 1] if index else ""


def _languages(asked: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [one for one in asked if one not in LANGUAGES]
    if unknown:
        raise BadInput(f"--languages has '{unknown[0]}', in which no pages are made: {', '.join(LANGUAGES)}")
    return tuple(one for one in LANGUAGES if (one in asked if asked else is_spoken(one)))


def _base(base: str) -> tuple[str, str]:
    """Scheme and host, and the folder on the host."""
    if not base:
        return "", ""
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise BadInput(f"--base wants an address such as https://register.example, not '{base}'")
    return f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")


def _places(view: Accounted, at: AsOf) -> dict[str, int]:
    seen: dict[str, int] = {}
    found: dict[str, int] = {}
    for one in designations(view, at):
        index = seen[one.provenance.sha256] = seen.get(one.provenance.sha256, -1) + 1
        if index >= PAGED:
            found[one.id] = index // PAGED + 1
    return found


def _can_be_file(path: str) -> bool:
    """Whether every part of an address can be the name of a folder, on any host."""
    parts = unquote(path).split("/")
    return path == "" or not any(
        part in _UNSAFE or part.endswith(_SUFFIXES) or len(part.encode()) > _LONGEST or not part.isprintable()
        for part in parts
    )


@functools.cache
def code_digest() -> str:
    """A digest of the code, the templates and the libraries that pages are made with; catalogues have their own."""
    found = hashlib.blake2b(digest_size=12)
    found.update(repr([(name, metadata.version(name)) for name in _LIBRARIES]).encode())
    found.update(repr(sys.version_info[:2]).encode())
    for path, one in sorted(_files(resources.files("tizim"), "")):
        if not path.startswith(_NO_PAGES) and not path.endswith(".po"):
            found.update(path.encode() + b"\0" + one.read_bytes())
    return found.hexdigest()


def _files(folder: Traversable, path: str) -> Iterable[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.is_dir() and one.name != "__pycache__":
            yield from _files(one, f"{path}{one.name}/")
        elif one.is_file() and not one.name.endswith((".pyc", ".sqlite")):
            yield f"{path}{one.name}", one


@functools.cache
def catalogue_digest(language: str) -> str:
    """A digest of what a language says."""
    file = resources.files("tizim.publish.words").joinpath(f"{language}.po")
    return hashlib.blake2b(file.read_bytes() if file.is_file() else b"", digest_size=6).hexdigest()
