"""Schema versions: which one a database has, and how it gets the newest."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.errors import NoRegister, NotSupported
from tizim.register.database import NO_REGISTER

HEAD = "0003"
"""the newest schema; a test holds it against the migration scripts"""
_VERSION = sa.text("SELECT version_num FROM alembic_version")
_NO_TABLE = "42P01"


def check(connection: Connection) -> None:
    """Raise `NoRegister` if the database holds no register, `NotSupported` if its schema is another one."""
    try:
        found = connection.execute(_VERSION).scalar()
    except sa.exc.DBAPIError as error:
        if "no such table" in str(error) or getattr(error.orig, "sqlstate", "") == _NO_TABLE:
            raise NoRegister(NO_REGISTER) from None
        raise
    if found != HEAD:
        _refuse_newer(found)
        raise NotSupported(f"the register has schema {found}, this tizim wants {HEAD}: run 'tizim rebuild'")


def _refuse_newer(found: str | None) -> None:
    """Raise `NotSupported` for a schema that only a newer tizim can have made."""
    if found is not None and found > HEAD:
        raise NotSupported(f"the register has schema {found}, this tizim knows {HEAD}: it needs a newer tizim")


def upgrade(connection: Connection) -> None:
    """Create the tables, or bring them to the newest schema, inside the caller's transaction."""
    if sa.inspect(connection).has_table("alembic_version"):
        found = connection.execute(_VERSION).scalar()
        if found == HEAD:
            return
        _refuse_newer(found)
    # Only creating and upgrading need it; importing it costs more than most commands.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
