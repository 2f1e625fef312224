"""Blueprints that people saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Moment, Structure

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "blueprint",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("content", Structure, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint")),
    )


def downgrade() -> None:
    """Forget what was saved."""
    op.drop_table("blueprint")
