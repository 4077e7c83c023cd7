"""Policies of screening: proposed by one person, approved by another, never changed, followed by newer ones."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
import sqlalchemy as sa

from tizim.customers import schema
from tizim.customers.store import Store, instant, moment
from tizim.errors import BadInput, NotFound, Overtaken
from tizim.screen.policy import Policy

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LONGEST: Final = 1_000


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Who did something, when and why."""

    author: str
    reason: str
    at: dt.datetime


class PolicyVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a policy, and who stands for it."""

    name: str
    version: int
    policy: Policy
    proposed: Act
    approved: Act | None

    @property
    def id(self) -> str:
        """By which answers name it."""
        return f"{self.name}@{self.version}"


class Policies:
    """The versions of a store that were approved, as they were read at one moment."""

    def __init__(self, versions: Iterable[PolicyVersion] = ()) -> None:
        self._by_id: Mapping[str, PolicyVersion] = {one.id: one for one in versions if one.approved is not None}
        self._newest: dict[str, PolicyVersion] = {}
        for one in self._by_id.values():
            was = self._newest.get(one.name)
            if was is None or one.version > was.version:
                self._newest[one.name] = one

    def of(self, name: str) -> PolicyVersion:
        """The newest version approved of a name, or the one named as ``name@2``. Raises `NotFound`."""
        found = self._by_id.get(name) or self._newest.get(name)
        if found is None:
            raise NotFound(f"No approved policy of that name: {name[:80]}")
        return found


def propose(store: Store, name: str, policy: Policy, author: str, reason: str, now: dt.datetime) -> PolicyVersion:
    """A new version of a policy, which counts once somebody else approves it. Raises `BadInput`."""
    if _NAME.fullmatch(name) is None:
        raise BadInput(f"'{name[:80]}' is no name of a policy: small letters, digits and hyphens")
    act = act_of(author, reason, now)
    with store.writing() as connection:
        own = schema.policy
        last = connection.scalar(sa.select(sa.func.max(own.c.version)).where(own.c.name == name)) or 0
        connection.execute(
            sa.insert(own).values(
                name=name, version=last + 1, body=msgspec.json.encode(policy).decode(), author=act.author,
                reason=act.reason, at_us=moment(now),
            )
        )  # fmt: skip
    return PolicyVersion(name=name, version=last + 1, policy=policy, proposed=act, approved=None)


def approve(store: Store, name: str, version: int, author: str, reason: str, now: dt.datetime) -> PolicyVersion:
    """Approve a version. Raises `NotFound`, `BadInput` if its author does, `Overtaken` if somebody did already."""
    found = version_of(store, name, version)
    act = act_of(author, reason, now)
    if act.author.casefold() == found.proposed.author.casefold():
        raise BadInput(f"{act.author} proposed {found.id}: another person approves it")
    if found.approved is not None:
        raise Overtaken(f"{found.id} was approved already, by {found.approved.author}")
    with store.writing(noticed=True) as connection:
        connection.execute(
            sa.insert(schema.policy_approval).values(
                name=found.name, version=found.version, author=act.author, reason=act.reason, at_us=moment(now)
            )
        )
    return msgspec.structs.replace(found, approved=act)


def version_of(store: Store, name: str, version: int) -> PolicyVersion:
    """One version of a policy; its newest for 0, approved or not. Raises `NotFound`."""
    known = [one for one in read_policies(store) if one.name == name]
    found = [one for one in known if version in {0, one.version}]
    if not found:
        raise NotFound(
            f"there is no policy {name[:80]}{f', version {version}' if known else ''}: see 'tizim policy list'"
        )
    return found[-1]


def read_policies(store: Store) -> list[PolicyVersion]:
    """Every version of every policy, by name and version."""
    if not store.exists():
        return []
    own, given = schema.policy, schema.policy_approval
    query = (
        sa.select(own, given.c.author.label("by"), given.c.reason.label("why"), given.c.at_us.label("approved_us"))
        .outerjoin(given, (own.c.name == given.c.name) & (own.c.version == given.c.version))
        .order_by(own.c.name, own.c.version)
    )
    with store.reading() as connection:
        return [
            PolicyVersion(
                name=row.name, version=row.version, policy=msgspec.json.decode(row.body, type=Policy),
                proposed=Act(author=row.author, reason=row.reason, at=instant(row.at_us)),
                approved=(
                    None if row.by is None else Act(author=row.by, reason=row.why, at=instant(row.approved_us))
                ),
            )
            for row in connection.execute(query)
        ]  # fmt: skip


def act_of(author: str, reason: str, now: dt.datetime) -> Act:
    """Who does something and why. Raises `BadInput` where either is not told."""
    who, why = " ".join(author.split()), " ".join(reason.split())
    for what, text in (("--author: who", who), ("--reason: why", why)):
        if not text or len(text) > _LONGEST or not text.isprintable():
            raise BadInput(f"give {what}, in at most {_LONGEST} characters")
    return Act(author=who, reason=why, at=now)
