"""Invented lists of users' own, pairs and profiles: you state only what a test is about."""

import datetime as dt

import msgspec
from tests.makers import NOON, a_claim, a_document

from tizim.answer.profiles import Called, Profile
from tizim.domain.dates import AsOf, Basis
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.keep.files import GivenFile
from tizim.keep.run import Keeping, keep_one
from tizim.match.entities import Facts
from tizim.resolve.pairs import Names, Pair
from tizim.sources import judgements
from tizim.sources.judgements import Judged, Judgements
from tizim.sources.protocol import NO_HINTS


def an_entry_of(on, key, name, *aliases, kind="organisation", born="", number=""):
    """An entry of the list *on*, whose subject is ``on:key``."""
    claims = [a_claim(Property.MEMBER, on), a_claim(Property.NAME, name), a_claim(Property.KIND, kind)]
    claims += [a_claim(Property.ALIAS, alias) for alias in aliases]
    claims += [a_claim(Property.BIRTH_DATE, born)] if born else []
    claims += [a_claim(Property.IDENTIFIER, number)] if number else []
    return EntryReading(key=key, subject=f"{on}:{key}", place=f"row {key}", claims=tuple(claims))


def a_table(on, *entries, day="2024-01-01"):
    """A table that its users keep themselves, as the list *on*."""
    batch = a_document(day, entries, source=f"table/{on}")
    return msgspec.structs.replace(batch, facts=msgspec.structs.replace(batch.facts, title=on))


def judge(register, clock, left, right, verdict, author="A. Person"):
    """Record one judgement."""
    left, right = sorted((left, right))
    given = Judgements(
        author=author, at=clock(), judgements=(Judged(left=left, right=right, verdict=verdict, grounds="invented"),)
    )
    record(register, clock, given)


def record(register, clock, given):
    """Record a document of judgements."""
    data = judgements.encode(given)
    keeping = Keeping(register=register, archive=register.archive, clock=clock)
    done = keep_one(
        judgements.SOURCE, GivenFile(name="judgements.json", read=lambda: data, folder=""), NO_HINTS, keeping
    )
    assert done.is_clean, done.reason


def by(moment):
    """As recorded by *moment*."""
    return AsOf(valid_at=dt.date(2024, 6, 1), known_at=moment, basis=Basis.RECORDED)


LATER = by(NOON + dt.timedelta(days=1))
"""as recorded long after all that a test does"""


def a_profile(subject, *names, kind=Kind.ORGANISATION, aliases=(), facts=None):
    """A subject with main names and aliases."""
    called = [Called(text=name, is_main=True, is_weak=False) for name in names]
    called += [Called(text=name, is_main=False, is_weak=False) for name in aliases]
    return Profile(
        subject=subject, keys=(subject,), kind=kind, names=tuple(called), facts=facts or Facts(), references=()
    )


def a_pair(left, right, score, *, main=None, alike=1, names=("X", "Y")):
    """How two subjects were compared."""
    return Pair(
        left=left, right=right, score=score, names=Names(left=names[0], right=names[1], score=score),
        main=score if main is None else main, alike=alike, reasons=(),
    )  # fmt: skip
