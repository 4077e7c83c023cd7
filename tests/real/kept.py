"""Registers made of real files: what the tests of whole lists begin with."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.makers import Ticking

from tizim.answer.times import Asked, as_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.keep.files import GivenFile
from tizim.keep.run import Keeping, keep, keep_one
from tizim.keep.starter import load
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister
from tizim.register.view import View
from tizim.sources.catalogue import source
from tizim.sources.protocol import Hints
from tizim.sources.table import Plan, columns_of, source_of

LATER = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def a_register_of(folder: Path, lists: Path, files: dict[str, Sequence[str]], *, starter: bool = False) -> SqlRegister:
    """A register that keeps *files* of *lists*: names of files, or patterns, by the source that reads them."""
    register = SqlRegister(f"sqlite:///{folder / 'register.sqlite'}", Archive(folder / "archive"))
    register.prepare()
    clock = Ticking()
    if starter:
        load(register, clock)
    for name, patterns in files.items():
        paths = [path for pattern in patterns for path in sorted((lists / name).glob(pattern))]
        assert paths, f"no file of {name}"
        report = keep(source(name), paths, Keeping(register=register, archive=register.archive, clock=clock))
        assert all(doc.is_clean for doc in report.documents), [doc.reason for doc in report.documents]
    return register


def keep_names(register: SqlRegister, on: str, names: Iterable[str], day: str) -> None:
    """Keep a bare table of names, of which nothing else is known, as the list *on* of *day*."""
    data = "\n".join(["Организация", *names]).encode()
    plan = Plan(list_id=ListId(on), columns=columns_of(["name=Организация"]))
    instant = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    keeping = Keeping(register=register, archive=register.archive, clock=Ticking(LATER - dt.timedelta(days=1)))
    done = keep_one(
        source_of(plan),
        GivenFile(name="names.csv", read=lambda: data, folder=""),
        Hints(instant=instant, by="as given"),
        keeping,
    )
    assert done.is_clean, done.reason


def on(view: View, day: str) -> AsOf:
    """As of a day, by all that is recorded."""
    return as_of(Asked(as_of=day), view, LATER)
