"""Tables of the customers' store. Moments are microseconds since 1970 in UTC, lists of words stand in one text."""

from typing import Final

import sqlalchemy as sa

VERSION: Final = 3
"""of the tables; a store of a later version is refused, one of an earlier gets the tables that it has not"""
metadata = sa.MetaData()


def _key(name: str, *, index: bool | None = None) -> sa.Column[str]:
    """A column of text that tells rows apart, alone or with others."""
    return sa.Column(name, sa.Text, primary_key=True, index=index)


def _text(name: str, *, index: bool | None = None, unique: bool | None = None) -> sa.Column[str]:
    """A column of text; empty where there is nothing to say, for nothing here is null."""
    return sa.Column(name, sa.Text, nullable=False, index=index, unique=unique)


def _moment(name: str, *, index: bool | None = None) -> sa.Column[int]:
    """A column of moments."""
    return sa.Column(name, sa.BigInteger, nullable=False, index=index)


state = sa.Table(
    "state",
    metadata,
    _key("name"),
    sa.Column("number", sa.BigInteger, nullable=False),
)
"""the version of the tables (``schema``), and how often what a service holds in memory was changed (``changes``)"""

api_key = sa.Table(
    "api_key",
    metadata,
    _key("id"),
    _text("name"),
    _text("scopes"),
    _text("hash"),
    _moment("made_us"),
    _text("until"),
)
api_key_revoked = sa.Table(
    "api_key_revoked",
    metadata,
    _key("id"),
    _moment("at_us"),
)

policy = sa.Table(
    "policy",
    metadata,
    _key("name"),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    _text("body"),
    _text("author"),
    _text("reason"),
    _moment("at_us"),
)
policy_approval = sa.Table(
    "policy_approval",
    metadata,
    _key("name"),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    _text("author"),
    _text("reason"),
    _moment("at_us"),
)

screening = sa.Table(
    "screening",
    metadata,
    _key("id"),
    _moment("at_us", index=True),
    _text("customer", index=True),
    _text("body"),
)
"""what was asked and answered; ``customer`` is a mark, empty where no customer was named"""

clearance = sa.Table(
    "clearance",
    metadata,
    _key("id"),
    _text("customer", index=True),
    _text("entity"),
    _text("customer_print"),
    _text("entity_print"),
    _text("author"),
    _text("reason"),
    _text("until"),
    _moment("at_us", index=True),
)
clearance_end = sa.Table(
    "clearance_end",
    metadata,
    _key("id"),
    _text("author"),
    _text("reason"),
    _moment("at_us"),
)

entered = sa.Table(
    "entered",
    metadata,
    _key("key_id"),
    _key("token"),
    _text("what"),
    _text("digest"),
    _moment("asked_us"),
    _moment("begun_us"),
    sa.Column("status", sa.Integer, nullable=False),
    _text("answer"),
)
"""what keys entered over HTTP, each under a token of the sender's; ``status`` is 0 until it was entered"""

_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""a key that the database counts up by itself, and never gives twice"""

watched = sa.Table(
    "watched",
    metadata,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    _text("customer", unique=True),
    _text("body"),
    _moment("at_us"),
    sqlite_autoincrement=True,
)
"""customers that are watched, by their marks; one that is told otherwise gets another number"""
watch_warm = sa.Table("watch_warm", metadata, sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False))
"""numbers of customers of whom anybody was found when they were screened last, whatever a policy made of it"""
watch_hit = sa.Table(
    "watch_hit",
    metadata,
    _key("customer"),
    _key("entity", index=True),
    _text("body"),
)
"""who is found of a customer, as it was told last"""
watch_event = sa.Table(
    "watch_event",
    metadata,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    _text("id", unique=True),
    _text("customer", index=True),
    _moment("at_us", index=True),
    _text("body"),
    sqlite_autoincrement=True,
)
"""what became other of what is found of customers"""
watch_state = sa.Table(
    "watch_state",
    metadata,
    _key("name"),
    sa.Column("number", sa.BigInteger, nullable=False),
    _text("body"),
)
"""by what customers were screened last; ``number`` counts how often that was changed"""

hook = sa.Table(
    "hook",
    metadata,
    _key("id"),
    _text("address"),
    _text("secret"),
    _text("kinds"),
    _moment("made_us"),
)
"""whom events are sent to; ``secret`` signs what is sent"""
delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    _text("hook", index=True),
    _text("event", index=True),
    _text("kind"),
    _text("body"),
    _moment("made_us"),
    _moment("due_us", index=True),
    sa.Column("tries", sa.Integer, nullable=False),
    _text("state", index=True),
    _text("told"),
    sa.UniqueConstraint("hook", "event"),
    sqlite_autoincrement=True,
)
"""an event for one of them; ``told`` is what the last try came to"""

APPEND_ONLY: Final = ("policy", "policy_approval", "api_key_revoked")
"""tables of which the database itself refuses to change or delete a row"""
