"""The clock of a stage: when it runs out while it runs, what it has left while it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a stage that is open just now has no clock until somebody starts it."""
    op.add_column("stage", sa.Column("clock_ends_at", Moment(), nullable=True))
    op.add_column("stage", sa.Column("clock_left", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Forget the clocks."""
    with op.batch_alter_table("stage") as stage:
        stage.drop_column("clock_left")
        stage.drop_column("clock_ends_at")
