"""Schema versions, run by alembic inside the package's own transaction."""
