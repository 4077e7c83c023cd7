"""The first schema: the log, its payload, the projections, and the triggers that keep the log append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_SMALL = sa.SmallInteger()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=False)


def _big(name: str, *, key: bool = False, null: bool = False) -> sa.Column[int]:
    if key:
        return sa.Column(name, _BIG, primary_key=True, autoincrement=False)
    return sa.Column(name, _BIG, nullable=null)


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "log",
        _big("seq", key=True),
        _big("recorded_us"),
        _text("kind"),
        _text("body"),
        _text("leaves"),
        _text("hash"),
    )
    op.create_table("payload", _big("seq", key=True), _text("data"))
    op.create_table(
        "document",
        _big("id", key=True), _text("source"), _text("sha256"), _big("moment"), _text("day"), _big("instant_us"),
        _big("recorded_us"), _big("held_us", null=True), sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False), _big("size"), _text("url"), _text("title"),
        _text("media_type"), _text("method"),
        sa.UniqueConstraint("source", "sha256"), sa.UniqueConstraint("source", "moment"),
    )  # fmt: skip
    op.create_table(
        "coverage",
        _big("document_id", key=True),
        sa.Column("layer", _SMALL, primary_key=True, autoincrement=False),
        sa.Column("reading", _SMALL, primary_key=True, autoincrement=False),
        _big("moment"),
        _big("recorded_us"),
    )
    op.create_table(
        "entry",
        _big("id", key=True),
        _text("source"),
        _text("key"),
        _text("subject"),
        sa.UniqueConstraint("source", "key", "subject"),
    )
    op.create_index("entry_by_subject", "entry", ["subject"])
    op.create_table(
        "span",
        _big("claim_id", key=True), _big("first", key=True), _big("last"), _big("entry_id"), _big("claim_key"),
        _text("property"), sa.Column("layer", _SMALL, nullable=False),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("span_by_entry", "span", ["entry_id"])
    op.create_table(
        "membership",
        sa.Column("list", _TEXT, primary_key=True), _big("entry_id", key=True), _big("first", key=True), _big("last"),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "headline",
        sa.Column("list", _TEXT, primary_key=True), _big("entry_id", key=True), _big("first", key=True), _big("last"),
        _text("subject"), _text("reference"), _text("name"), _text("kind"), _text("listed_on"), _text("reviewed_on"),
        sa.Column("periods", _SMALL, nullable=False), _big("period_first"),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("headline_by_entry", "headline", ["entry_id"])
    op.create_table(
        "name",
        _big("claim_id", key=True), _big("entry_id"), _text("subject"), _text("folded"), _text("text"),
        _text("property"), _big("recorded_us"),
    )  # fmt: skip
    op.create_index("name_by_folded", "name", ["folded"])
    op.create_index("name_by_subject", "name", ["subject"])
    op.create_table(
        "fact",
        _big("claim_id", key=True), _big("known_us", key=True), _big("superseded_us", null=True),
        _big("entry_id"), _text("property"), _text("subject"), _text("list"), _text("other"),
        _text("published"), _big("recorded_us"), _big("document_id"), _text("place"),
        _big("claim_key"), _text("value"), _text("facets"),
    )  # fmt: skip
    op.create_index("fact_by_entry", "fact", ["entry_id"])
    op.create_index("fact_by_subject", "fact", ["subject"])
    op.create_index("fact_by_list", "fact", ["list", "property"])
    op.create_index("fact_by_other", "fact", ["other"])
    op.create_table(
        "withheld",
        _big("claim_id", key=True), _big("seq"), _big("entry_id"), _text("property"), _big("by_seq"),
        _text("scope"), _text("salt"), _text("mark"),
    )  # fmt: skip
    op.create_index("withheld_by_seq", "withheld", ["seq"])
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


# The log is never changed. A payload may only lose a value, and only after an act that withholds it is in the log.
_ONLY_LESS = (
    "NEW.seq <> OLD.seq OR length(NEW.data) >= length(OLD.data)"
    " OR NOT EXISTS (SELECT 1 FROM withheld WHERE seq = OLD.seq)"
)
_LOG, _PAYLOAD = "the log is append-only", "the payload is append-only"
_TRIGGERS = {
    "sqlite": (
        f"CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, '{_LOG}'); END",
        f"CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, '{_LOG}'); END",
        "CREATE TRIGGER log_no_replace BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE seq = NEW.seq)"
        f" BEGIN SELECT RAISE(ABORT, '{_LOG}'); END",
        f"CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload BEGIN SELECT RAISE(ABORT, '{_PAYLOAD}'); END",
        "CREATE TRIGGER payload_no_replace BEFORE INSERT ON payload"
        " WHEN EXISTS (SELECT 1 FROM payload WHERE seq = NEW.seq)"
        f" BEGIN SELECT RAISE(ABORT, '{_PAYLOAD}'); END",
        f"CREATE TRIGGER payload_no_update BEFORE UPDATE ON payload WHEN {_ONLY_LESS}"
        f" BEGIN SELECT RAISE(ABORT, '{_PAYLOAD}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION tizim_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        "CREATE FUNCTION tizim_only_withheld() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_ONLY_LESS} THEN RAISE EXCEPTION 'payload is append-only'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE ON log"
        " FOR EACH ROW EXECUTE FUNCTION tizim_append_only()",
        "CREATE TRIGGER log_no_truncate BEFORE TRUNCATE ON log EXECUTE FUNCTION tizim_append_only()",
        "CREATE TRIGGER payload_append_only BEFORE DELETE ON payload FOR EACH ROW EXECUTE FUNCTION tizim_append_only()",
        "CREATE TRIGGER payload_no_truncate BEFORE TRUNCATE ON payload EXECUTE FUNCTION tizim_append_only()",
        "CREATE TRIGGER payload_only_withheld BEFORE UPDATE ON payload"
        " FOR EACH ROW EXECUTE FUNCTION tizim_only_withheld()",
        # The planner's statistics are copies of values, which withholding would not reach.
        "ALTER TABLE payload ALTER data SET STATISTICS 0",
        "ALTER TABLE name ALTER folded SET STATISTICS 0, ALTER text SET STATISTICS 0",
        "ALTER TABLE headline ALTER name SET STATISTICS 0, ALTER listed_on SET STATISTICS 0,"
        " ALTER reviewed_on SET STATISTICS 0",
        "ALTER TABLE fact ALTER value SET STATISTICS 0, ALTER facets SET STATISTICS 0, ALTER other SET STATISTICS 0",
    ),
}
