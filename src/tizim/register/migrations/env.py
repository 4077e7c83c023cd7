"""Runs the migrations on the connection that ``tizim.register.migrate`` hands over."""

from alembic import context

from tizim.register.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
