"""Names by which an article is read: of subjects of lists, of officials who speak of them, of outlets.

The names of the starter's subjects lie in ``starter.tsv``, written by ``tools/build_news_names.py`` from the
starter itself; how newspapers write the best known of them stands in ``press.toml``. A register gives its own
`Known` instead.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from tizim.news.lexicon import split

OTHERS: Final = "~"
"""what the key of a subject that the starter has no entry for begins with; answers show no such key"""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One who is or was on lists: the register's id, and the names to look for, as patterns."""

    id: str
    is_person: bool
    names: tuple[str, ...]


class Official(msgspec.Struct, frozen=True, kw_only=True):
    """One who speaks for a state or body: the name as answers give it, and the names to look for, as patterns."""

    name: str
    state: str
    names: tuple[str, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All names by which an article is read; what is made of them is remembered by the key."""

    key: str
    """what tells this value from others: compiled languages are kept by it"""
    subjects: tuple[Subject, ...]
    officials: tuple[Official, ...]
    outlets: tuple[tuple[str, tuple[str, ...]], ...]
    more: tuple[Subject, ...] = ()
    """names for one article only, beside those of `key` that a language is compiled with"""

    @property
    def base(self) -> str:
        """What tells what a language is compiled with; the rest of the key is of `more`."""
        return self.key.partition(" ")[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def officials() -> tuple[Official, ...]:
    """The officials that ship with tizim."""
    return tuple(
        Official(name=name, state=state, names=(name, *split(names)))
        for name, (state, names) in tomllib.loads(_text("officials.toml")).items()
    )


def outlets() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The agencies and outlets that ship with tizim."""
    return tuple((name, tuple(split(names))) for name, names in tomllib.loads(_text("outlets.toml")).items())


def with_press_names(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """*subjects* with the names that newspapers give them, and subjects that only newspapers name."""
    press = tomllib.loads(_text("press.toml"))
    of_press = {key: tuple(split(names)) for key, names in press["starter"].items()}
    found = [
        msgspec.structs.replace(one, names=tuple(dict.fromkeys((*of_press.pop(one.id, ()), *one.names))))
        for one in subjects
    ]
    found += [Subject(id=key, is_person=False, names=names) for key, names in of_press.items()]
    found += [
        Subject(id=OTHERS + key, is_person=False, names=tuple(split(names))) for key, names in press["others"].items()
    ]
    return tuple(found)


@cache
def starter() -> Known:
    """The names that ship with tizim."""
    names: dict[str, list[str]] = {}
    persons = set()
    for line in _text("starter.tsv").splitlines():
        subject, kind, name = line.split("\t")
        names.setdefault(subject, []).append(name)
        if kind == "person":
            persons.add(subject)
    subjects = [
        Subject(id=subject, is_person=subject in persons, names=tuple(found)) for subject, found in names.items()
    ]
    return Known(key="starter", subjects=with_press_names(subjects), officials=officials(), outlets=outlets())
