"""Where walls are: kept for all processes, not in the memory of one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Structure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "wall",
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("stage_id", sa.String(length=32), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column(
            "tabular",
            sa.Boolean(create_constraint=True, name="tabular"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("languages", Structure, nullable=False),
        sa.Column(
            "dark",
            sa.Boolean(create_constraint=True, name="dark"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_wall_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_wall")),
    )


def downgrade() -> None:
    """Forget where walls were."""
    op.drop_table("wall")
