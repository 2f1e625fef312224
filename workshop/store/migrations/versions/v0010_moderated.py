"""Stages in which a facilitator looks at what people write before anybody else does."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing waits in the stages there are.

    Written out: Alembic would copy the table in SQLite, and what hangs on it would be lost.
    """
    op.execute(
        "ALTER TABLE stage ADD COLUMN moderated BOOLEAN DEFAULT false NOT NULL "
        "CONSTRAINT ck_stage_moderated CHECK (moderated IN (false, true))"
    )


def downgrade() -> None:
    """Forget it; what still waits stays hidden, for a reason the older program does not know."""
    op.execute("UPDATE contribution SET hidden = 'other' WHERE hidden = 'waiting'")
    op.execute("ALTER TABLE stage DROP COLUMN moderated")
