"""How far the room is with the cards that are read out one by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Structure

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has begun yet."""
    op.add_column("stage", sa.Column("readout", Structure, nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.execute("ALTER TABLE stage DROP COLUMN readout")
