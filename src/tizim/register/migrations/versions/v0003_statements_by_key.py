"""Statements are found by what they say: a page of one statement reads no more than that."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index."""
    op.create_index("span_by_key", "span", ["claim_key"])
