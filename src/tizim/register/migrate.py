"""Schema versions: which one a database has, and how it gets the newest."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.errors import Broken, NoRegister, NotSupported

HEAD = "0001"
"""the newest schema; a test holds it against the migration scripts"""


def check(connection: Connection) -> None:
    """Raise `NoRegister` if the database holds no register, `NotSupported` if its schema is another one."""
    try:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except sa.exc.DBAPIError as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            raise NoRegister("there is no register yet: run 'tizim up', or keep a document") from None
        raise
    if found != HEAD:
        raise NotSupported(f"the register has schema {found}, this tizim wants {HEAD}: run 'tizim rebuild'")


def upgrade(connection: Connection) -> None:
    """Create the tables, or bring them to the newest schema, inside the caller's transaction."""
    try:
        if sa.inspect(connection).has_table("alembic_version"):
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            if found == HEAD:
                return
    except sa.exc.DBAPIError as error:
        raise Broken(f"the database cannot be read: {error.orig}") from error
    # Only creating and upgrading need it; importing it costs more than most commands.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
