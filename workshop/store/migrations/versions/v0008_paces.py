"""Who asked for more time than the others, quietly; and the last call before a stage is locked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody has asked or called yet.

    Both databases take the rule with the column: to copy the table, as batches do, would drop
    the old one, and what hangs on it with it.
    """
    op.execute(
        "ALTER TABLE participant ADD COLUMN pace VARCHAR(4) DEFAULT '' NOT NULL "
        "CONSTRAINT ck_participant_pace CHECK (pace IN ('', 'ten', 'free'))"
    )
    op.add_column("stage", sa.Column("called_until", Moment(), nullable=True))


def downgrade() -> None:
    """Forget both."""
    op.execute("ALTER TABLE stage DROP COLUMN called_until")
    op.execute("ALTER TABLE participant DROP COLUMN pace")
