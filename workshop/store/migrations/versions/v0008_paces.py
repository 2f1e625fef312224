"""Who asked for more time than the others, quietly."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has asked yet.

    Both databases take the rule with the column: to copy the table, as batches do, would drop
    the old one, and what hangs on it with it.
    """
    op.execute(
        "ALTER TABLE participant ADD COLUMN pace VARCHAR(4) DEFAULT '' NOT NULL "
        "CONSTRAINT ck_participant_pace CHECK (pace IN ('', 'ten', 'free'))"
    )


def downgrade() -> None:
    """Forget who."""
    op.execute("ALTER TABLE participant DROP COLUMN pace")
