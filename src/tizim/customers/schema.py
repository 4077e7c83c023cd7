"""Tables of the customers' store. Moments are microseconds since 1970 in UTC, lists of words stand in one text."""

from typing import Final

import sqlalchemy as sa

VERSION: Final = 3
"""of the tables; a store of a later version is refused, one of an earlier gets the tables that it has not"""
metadata = sa.MetaData()

state = sa.Table(
    "state",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
)
"""the version of the tables (``schema``), and how often what a service holds in memory was changed (``changes``)"""

api_key = sa.Table(
    "api_key",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("made_us", sa.BigInteger, nullable=False),
    sa.Column("until", sa.Text, nullable=False),
)
api_key_revoked = sa.Table(
    "api_key_revoked",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

policy = sa.Table(
    "policy",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)
policy_approval = sa.Table(
    "policy_approval",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

screening = sa.Table(
    "screening",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("at_us", sa.BigInteger, nullable=False, index=True),
    sa.Column("customer", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
)
"""what was asked and answered; ``customer`` is a mark, empty where no customer was named"""

clearance = sa.Table(
    "clearance",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer", sa.Text, nullable=False, index=True),
    sa.Column("entity", sa.Text, nullable=False),
    sa.Column("customer_print", sa.Text, nullable=False),
    sa.Column("entity_print", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("until", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False, index=True),
)
clearance_end = sa.Table(
    "clearance_end",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

entered = sa.Table(
    "entered",
    metadata,
    sa.Column("key_id", sa.Text, primary_key=True),
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("asked_us", sa.BigInteger, nullable=False),
    sa.Column("begun_us", sa.BigInteger, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
)
"""what keys entered over HTTP, each under a token of the sender's; ``status`` is 0 until it was entered"""

_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""a key that the database counts up by itself, and never gives twice"""

watched = sa.Table(
    "watched",
    metadata,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("customer", sa.Text, nullable=False, unique=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""customers that are watched, by their marks; one that is told otherwise gets another number"""
watch_warm = sa.Table("watch_warm", metadata, sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False))
"""numbers of customers of whom anybody was found when they were screened last, whatever a policy made of it"""
watch_hit = sa.Table(
    "watch_hit",
    metadata,
    sa.Column("customer", sa.Text, primary_key=True),
    sa.Column("entity", sa.Text, primary_key=True, index=True),
    sa.Column("body", sa.Text, nullable=False),
)
"""who is found of a customer, as it was told last"""
watch_event = sa.Table(
    "watch_event",
    metadata,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("customer", sa.Text, nullable=False, index=True),
    sa.Column("at_us", sa.BigInteger, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
"""what became other of what is found of customers"""
watch_state = sa.Table(
    "watch_state",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
"""by what customers were screened last; ``number`` counts how often that was changed"""

hook = sa.Table(
    "hook",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("kinds", sa.Text, nullable=False),
    sa.Column("made_us", sa.BigInteger, nullable=False),
)
"""whom events are sent to; ``secret`` signs what is sent"""
delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("hook", sa.Text, nullable=False, index=True),
    sa.Column("event", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("made_us", sa.BigInteger, nullable=False),
    sa.Column("due_us", sa.BigInteger, nullable=False, index=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("told", sa.Text, nullable=False),
    sa.UniqueConstraint("hook", "event"),
    sqlite_autoincrement=True,
)
"""an event for one of them; ``told`` is what the last try came to"""

APPEND_ONLY: Final = ("policy", "policy_approval", "api_key_revoked")
"""tables of which the database itself refuses to change or delete a row"""
