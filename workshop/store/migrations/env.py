"""How Alembic reaches the database: through the engine the store opened."""

from __future__ import annotations

from alembic import context

from workshop.store.tables import metadata

engine = context.config.attributes["engine"]
with engine.execution_options(begin="IMMEDIATE").connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
