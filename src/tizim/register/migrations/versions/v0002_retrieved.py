"""When a document's bytes were fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; of documents kept before, nobody wrote down when they were fetched."""
    op.add_column(
        "document", sa.Column("retrieved_us", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
