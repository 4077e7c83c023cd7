"""Pages made in all their languages and forms, as bytes and what they rest on. Workers do this; so does a small run."""

import datetime as dt
import hashlib
import html
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Self, TypeVar
from urllib.parse import unquote

import msgspec

from tizim.domain.dates import AsOf
from tizim.publish.addresses import PAGING, Still
from tizim.publish.forms import SUFFIXES, Form
from tizim.publish.rooms import ROOMS
from tizim.publish.site import Site
from tizim.register.account import Account, Accounted
from tizim.site_files.manifest import File
from tizim.site_files.plan import Job, Plan, newest, site_of, year_of
from tizim.sources.bulletins import SOURCE as BULLETINS
from tizim.sources.decisions import SOURCE as DECISIONS

_DIGEST: Final = 16


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A page to be made, and the digests of the files that the copy has of it."""

    job: Job
    languages: tuple[str, ...]
    """those to be made; the others are as they were"""
    held: Mapping[str, bytes]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a page: where it waits if its bytes are new, else nothing."""

    file: File
    waiting: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it was made."""

    job: Job
    languages: tuple[str, ...]
    words: frozenset[str]
    files: tuple[Written, ...]


T = TypeVar("T")


class _Entered(tuple[T, ...]):  # noqa: SLOT001 - a tuple has no place for one
    """What people entered; whoever looks at it rests on the documents that hold it."""

    account: Account
    line: str

    @classmethod
    def of(cls, values: tuple[T, ...], account: Account, line: str) -> Self:
        """Values that stand in the documents of a line."""
        made = cls(values)
        made.account, made.line = account, line
        return made

    def __iter__(self) -> Iterator[T]:
        self.account.note(f"D {self.line}")
        return super().__iter__()


class Maker:
    """Makes pages of one reading of the register."""

    def __init__(self, view: Accounted, plan: Plan, folder: Path) -> None:
        self._view = view
        self._plan = plan
        self._folder = folder
        self._count = 0
        self._there = frozenset(job.path for job in plan.jobs)
        note = view.account.note

        def has(path: str) -> bool:
            note(f"x {path}")
            return path in self._there

        def days(path: str) -> tuple[str, ...]:
            note(f"y {path}")
            return plan.days.get(path, ())

        def page_of(statement: str) -> int:
            note(f"p {statement}")
            return plan.places.get(statement, 1)

        def day_of(path: str, day: str) -> str:
            note(f"y {path} {year_of(plan, day)}")
            return newest(plan.days.get(path, ()), day)

        self._still = Still(
            languages=plan.languages, has=has, days=days, page_of=page_of, prefix=plan.prefix,
            day_of=day_of, answers=plan.answers,
        )  # fmt: skip
        entered = plan.entered
        self._decisions = _Entered.of(entered.decisions, view.account, DECISIONS.info.id)
        self._bulletins = _Entered.of(entered.bulletins, view.account, BULLETINS.info.id)

    def site(self, language: str, *, day: str = "") -> Site:
        """What pages share."""
        site = site_of(self._plan, language, self._still, day)
        return msgspec.structs.replace(site, decisions=self._decisions, bulletins=self._bulletins)

    def make(self, task: Task) -> Done:
        """Make a page: in its languages, with the pages that it goes on in, and in its other forms."""
        job, room = task.job, task.job.room_of
        self._view.account.take()
        at = self._plan.as_of
        if job.day:
            at = msgspec.structs.replace(at, valid_at=dt.date.fromisoformat(job.day))
        files: list[Written] = []
        data = b""
        for language in task.languages:
            site = self.site(language, day=job.day)
            for path, body in self._bodies(site, at, job):
                files.append(self.write(path, body, task.held))
            for form in sorted(room.forms - {Form.PAGE}):
                if form is not Form.DATA and job.day:
                    continue  # what changes is followed from the page of the list itself
                body = data
                if form is not Form.DATA or not (room.is_plain and data):
                    body = ROOMS[job.room].made(form, self._view, site, at, job.key, {}).body
                if form is Form.DATA:
                    data = body
                files.append(self.write(f"{_place(language, job)}{SUFFIXES[form]}", body, task.held))
        return Done(job=job, languages=task.languages, words=self._view.account.take(), files=tuple(files))

    def _bodies(self, site: Site, at: AsOf, job: Job) -> Iterator[tuple[str, bytes]]:
        """The page, and those that its own links go on to: the letters of a long list, the pages of a document."""
        language = site.words.code
        paging = PAGING & job.room_of.parameters.keys()
        own = f"{self._plan.prefix}/{_address(language, job)}"
        further = _links(own, sorted(paging)) if paging else None
        todo: list[tuple[str, dict[str, str]]] = [("", {})]
        seen = {""}
        while todo:
            more, query = todo.pop()
            body = ROOMS[job.room].made(Form.PAGE, self._view, site, at, job.key, query).body
            yield f"{_place(language, job)}/{unquote(more)}index.html", body
            for link in further.findall(body.decode()) if further is not None else ():
                address = html.unescape(link)
                if address not in seen:
                    seen.add(address)
                    parts = [unquote(part) for part in address.strip("/").split("/")]
                    todo.append((address, dict(zip(parts[::2], parts[1::2], strict=True))))

    def write(self, path: str, data: bytes, held: Mapping[str, bytes]) -> Written:
        """Write a file where it waits, if its bytes are others than those held."""
        digest = hashlib.blake2b(data, digest_size=_DIGEST).digest()
        waiting = ""
        if held.get(path) != digest:
            self._count += 1
            waiting = str(self._folder / f"{os.getpid()}-{self._count}")
            Path(waiting).write_bytes(data)
        return Written(file=File(path=path, digest=digest, size=len(data)), waiting=waiting)

    def stamp(self, task: Task, out: Path) -> Done:
        """Bring the day of knowing of a page up to date, in the files as they are."""
        files = []
        for path in task.held:
            data = (out / path).read_bytes()
            files.append(self.write(path, self._stamped(path, data), task.held))
        return Done(job=task.job, languages=task.languages, words=frozenset(), files=tuple(files))

    def _stamped(self, path: str, data: bytes) -> bytes:
        if path.endswith(".html"):
            language = path.partition("/")[0]
            known = self.site(language).words.known_day(self._plan.known) if language in self._plan.languages else ""
            return _KNOWN.sub(lambda _: known.encode(), data) if known else data
        instant = self._plan.as_of.known_at.isoformat(timespec="seconds").replace("+00:00", "Z")
        return _KNOWN_AT.sub(lambda _: f'"known_at": "{instant}"'.encode(), data)


_KNOWN: Final = re.compile(rb'<time class="known"[^>]*>.*?</time>')
_KNOWN_AT: Final = re.compile(rb'"known_at": "[^"\\]*"')


def _address(language: str, job: Job) -> str:
    """The address of a page without the first stroke."""
    own = f"{language}/{job.path}/" if job.path else f"{language}/"
    return f"{own}at/{job.day}/" if job.day else own


def _place(language: str, job: Job) -> str:
    """The folder of a page; its data lie beside it."""
    return unquote(_address(language, job)).rstrip("/")


def _links(own: str, parameters: Iterable[str]) -> re.Pattern[str]:
    """What stands after the address of a page in links to those that it goes on to."""
    names = "|".join(re.escape(name) for name in parameters)
    return re.compile(rf'href="{re.escape(html.escape(own))}((?:(?:{names})/[^/"#]+/)+)[#"]')


def as_json(value: object, indent: int | None = 2) -> bytes:
    """Data as a file has them."""
    return f"{json.dumps(value, ensure_ascii=False, indent=indent)}\n".encode()
