"""A register filled from the packaged starter, as a newcomer has it after ``tizim up``."""

import datetime as dt

import pytest
from tests.makers import Ticking

from tizim.answer.ask import Answer, ask
from tizim.answer.members import Members, members
from tizim.answer.times import Asked, as_of
from tizim.keep.starter import load
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Desk:
    """Where a journalist sits: asks in the words of the command line."""

    def __init__(self, register: SqlRegister) -> None:
        self.register = register

    def ask(self, subject: str, on: str, day: str | None = None, known_at: str | None = None) -> Answer:
        """``tizim ask SUBJECT --list LIST --as-of DAY --known-at …``."""
        with self.register.view() as view:
            return ask(view, subject, on, as_of(Asked(as_of=day, known_at=known_at), view, NOW))

    def show(self, on: str, day: str) -> Members:
        """``tizim show LIST --as-of DAY``."""
        with self.register.view() as view:
            return members(view, on, as_of(Asked(as_of=day), view, NOW))


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """The starter, loaded once for all stories (nobody writes to it)."""
    folder = tmp_path_factory.mktemp("starter")
    register = SqlRegister(f"sqlite:///{folder / 'register.sqlite'}", Archive(folder / "archive"))
    register.prepare()
    load(register, Ticking())
    yield Desk(register)
    register.close()
