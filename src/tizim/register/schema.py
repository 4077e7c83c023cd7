"""Tables. ``log`` and ``payload`` are the register; all others are projections, rebuilt from them."""

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
    sa.UniqueConstraint("source", "sha256"),
    sa.UniqueConstraint("source", "moment"),
)
coverage = sa.Table(
    "coverage",
    metadata,
    sa.Column("document_id", Big, primary_key=True, autoincrement=False),
    sa.Column("layer", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("recorded_us", Big, nullable=False),
)
entry = sa.Table(
    "entry",
    metadata,
    sa.Column("id", Big, primary_key=True, autoincrement=False),
    sa.Column("source", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.UniqueConstraint("source", "key"),
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
spoken = sa.Table(
    "spoken",
    metadata,
    sa.Column("entry_id", Big, primary_key=True, autoincrement=False),
    sa.Column("document_id", Big, primary_key=True, autoincrement=False),
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
    sa.Index("name_by_folded", "folded"),
    sa.Index("name_by_subject", "subject"),
)
fact = sa.Table(
    "fact",
    metadata,
    sa.Column("claim_id", Big, primary_key=True, autoincrement=False),
    sa.Column("entry_id", Big, nullable=False),
    sa.Column("property", Text, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.Column("list", Text, nullable=False),
    sa.Column("other", Text, nullable=False),
    sa.Column("published", Text, nullable=False),
    sa.Column("recorded_us", Big, nullable=False),
    sa.Column("superseded_us", Big, nullable=True),
    sa.Column("document_id", Big, nullable=False),
    sa.Column("place", Text, nullable=False),
    sa.Column("claim_key", Big, nullable=False),
    sa.Column("value", Text, nullable=False),
    sa.Column("facets", Text, nullable=False),
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
    sa.Column("salt", Text, nullable=False),
    sa.Column("mark", Text, nullable=False),
    sa.Index("withheld_by_seq", "seq"),
)

PROJECTIONS: Final = (document, coverage, entry, span, membership, headline, spoken, name, fact, withheld)

EARLIEST: Final = 0
"""``first`` of a span that is present in the earliest document held"""
LATEST: Final = 2**62
"""``last`` of a span that is present in the newest document held"""


def moment_of(instant_us: int, sha256: str) -> int:
    """The place of a document in document time: its instant in seconds, ties broken by its bytes.

    Twenty bits of the digest under the seconds give every document a place of its own that does not
    depend on when it was kept.
    """
    return ((instant_us // 1_000_000 + 62_135_596_800) << 20) | int(sha256[:5], 16)
