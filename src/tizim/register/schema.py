"""Tables. ``log`` and ``payload`` are the register; all others are projections, rebuilt from them."""

import datetime as dt
from typing import Final

import sqlalchemy as sa

metadata = sa.MetaData()

# SQLite's rowid tables want INTEGER, PostgreSQL wants BIGINT.
Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Byte order, so that both databases sort text alike.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

log = sa.Table(
    "log",
    metadata,
    sa.Column("seq", Big, primary_key=True, autoincrement=False),
    sa.Column("recorded_us", Big, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("body", Text, nullable=False),
    sa.Column("leaves", Text, nullable=False),
    sa.Column("hash", Text, nullable=False),
)
payload = sa.Table(
    "payload",
    metadata,
    sa.Column("seq", Big, primary_key=True, autoincrement=False),
    sa.Column("data", Text, nullable=False),
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", Big, primary_key=True, autoincrement=False),
    sa.Column("source", Text, nullable=False),
    sa.Column("sha256", Text, nullable=False),
    sa.Column("moment", Big, nullable=False),
    sa.Column("day", Text, nullable=False),
    sa.Column("instant_us", Big, nullable=False),
    sa.Column("recorded_us", Big, nullable=False),
    sa.Column("held_us", Big, nullable=True),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("size", Big, nullable=False),
    sa.Column("url", Text, nullable=False),
    sa.Column("title", Text, nullable=False),
    sa.Column("media_type", Text, nullable=False),
    sa.Column("method", Text, nullable=False),
    sa.Column("retrieved_us", Big, nullable=True),
    sa.UniqueConstraint("source", "sha256"),
    sa.UniqueConstraint("source", "moment"),
)
coverage = sa.Table(
    "coverage",
    metadata,
    sa.Column("document_id", Big, primary_key=True, autoincrement=False),
    sa.Column("layer", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("reading", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("moment", Big, nullable=False),
    sa.Column("recorded_us", Big, nullable=False),
)
entry = sa.Table(
    "entry",
    metadata,
    sa.Column("id", Big, primary_key=True, autoincrement=False),
    sa.Column("source", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.UniqueConstraint("source", "key", "subject"),
    sa.Index("entry_by_subject", "subject"),
)
span = sa.Table(
    "span",
    metadata,
    sa.Column("claim_id", Big, primary_key=True, autoincrement=False),
    sa.Column("first", Big, primary_key=True, autoincrement=False),
    sa.Column("last", Big, nullable=False),
    sa.Column("entry_id", Big, nullable=False),
    sa.Column("claim_key", Big, nullable=False),
    sa.Column("property", Text, nullable=False),
    sa.Column("layer", sa.SmallInteger, nullable=False),
    sa.Index("span_by_entry", "entry_id"),
    sa.Index("span_by_key", "claim_key"),
    sqlite_with_rowid=False,
)
membership = sa.Table(
    "membership",
    metadata,
    sa.Column("list", Text, primary_key=True),
    sa.Column("entry_id", Big, primary_key=True, autoincrement=False),
    sa.Column("first", Big, primary_key=True, autoincrement=False),
    sa.Column("last", Big, nullable=False),
    sqlite_with_rowid=False,
)
headline = sa.Table(
    "headline",
    metadata,
    sa.Column("list", Text, primary_key=True),
    sa.Column("entry_id", Big, primary_key=True, autoincrement=False),
    sa.Column("first", Big, primary_key=True, autoincrement=False),
    sa.Column("last", Big, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.Column("reference", Text, nullable=False),
    sa.Column("name", Text, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("listed_on", Text, nullable=False),
    sa.Column("reviewed_on", Text, nullable=False),
    sa.Column("periods", sa.SmallInteger, nullable=False),
    sa.Column("period_first", Big, nullable=False),
    sa.Index("headline_by_entry", "entry_id"),
    sqlite_with_rowid=False,
)
name = sa.Table(
    "name",
    metadata,
    sa.Column("claim_id", Big, primary_key=True, autoincrement=False),
    sa.Column("entry_id", Big, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.Column("folded", Text, nullable=False),
    sa.Column("text", Text, nullable=False),
    sa.Column("property", Text, nullable=False),
    sa.Column("recorded_us", Big, nullable=False),
    sa.Index("name_by_folded", "folded"),
    sa.Index("name_by_subject", "subject"),
)
fact = sa.Table(
    "fact",
    metadata,
    sa.Column("claim_id", Big, primary_key=True, autoincrement=False),
    sa.Column("known_us", Big, primary_key=True, autoincrement=False),
    sa.Column("superseded_us", Big, nullable=True),
    sa.Column("entry_id", Big, nullable=False),
    sa.Column("property", Text, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.Column("list", Text, nullable=False),
    sa.Column("other", Text, nullable=False),
    sa.Column("published", Text, nullable=False),
    sa.Column("recorded_us", Big, nullable=False),
    sa.Column("document_id", Big, nullable=False),
    sa.Column("place", Text, nullable=False),
    sa.Column("claim_key", Big, nullable=False),
    sa.Column("value", Text, nullable=False),
    sa.Column("facets", Text, nullable=False),
    sa.Index("fact_by_entry", "entry_id"),
    sa.Index("fact_by_subject", "subject"),
    sa.Index("fact_by_list", "list", "property"),
    sa.Index("fact_by_other", "other"),
)
withheld = sa.Table(
    "withheld",
    metadata,
    sa.Column("claim_id", Big, primary_key=True, autoincrement=False),
    sa.Column("seq", Big, nullable=False),
    sa.Column("entry_id", Big, nullable=False),
    sa.Column("property", Text, nullable=False),
    sa.Column("by_seq", Big, nullable=False),
    sa.Column("scope", Text, nullable=False),
    sa.Column("salt", Text, nullable=False),
    sa.Column("mark", Text, nullable=False),
    sa.Index("withheld_by_seq", "seq"),
)

TELLING: Final = (headline, name, fact)
"""projections that hold values"""
PROJECTIONS: Final = (document, coverage, entry, span, membership, headline, name, fact, withheld)

EARLIEST: Final = 0
"""``first`` of a span that is present in the earliest document held"""
LATEST: Final = 2**62
"""``last`` of a span that is present in the newest document held"""
READINGS: Final = 4
"""how often one document may be read with different results: by the starter, and from its bytes"""
_DAY_BITS, _TIE_BITS = 18, 20
_SECONDS_BEFORE = 14 * 3600
"""no zone is further ahead of UTC than fourteen hours"""


def moment_of(day: str, instant_us: int, sha256: str) -> int:
    """The place of a document in document time: by the day it prints, then its instant, then its bytes.

    The day comes first, because two documents from different zones may print days in another order than
    their instants. Twenty bits of the digest under the seconds give every document a place of its own
    that does not depend on when it was kept, and the lowest bits are left for its later readings.
    """
    ordinal = dt.date.fromisoformat(day).toordinal()
    seconds = instant_us // 1_000_000 - (ordinal - _EPOCH) * 86_400 + _SECONDS_BEFORE
    within = min(max(seconds, 0), (1 << _DAY_BITS) - 1)
    return (((ordinal << _DAY_BITS | within) << _TIE_BITS) | int(sha256[:5], 16)) * READINGS


_EPOCH = dt.date(1970, 1, 1).toordinal()
