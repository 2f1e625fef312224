"""What staff did, kept so that it can be undone; and cards that are parts of another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Moment, Structure

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column; what was done before cannot be undone."""
    op.add_column("contribution", sa.Column("part_of", sa.String(length=32), nullable=True))
    op.create_index(
        "ix_contribution_part_of",
        "contribution",
        ["part_of"],
        sqlite_where=sa.text("part_of IS NOT NULL"),
        postgresql_where=sa.text("part_of IS NOT NULL"),
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("stage_id", sa.String(length=32), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("told", Structure, nullable=False),
        sa.Column("changes", Structure, nullable=False),
        sa.Column("fate", sa.String(length=6), server_default="", nullable=False),
        sa.CheckConstraint("fate IN ('', 'undone', 'lost')", name=op.f("ck_act_fate")),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_act_workshop_id_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    op.create_index("ix_act_workshop_id_fate", "act", ["workshop_id", "fate"])


def downgrade() -> None:
    """Forget what could be undone, and of what a card is a part."""
    op.drop_table("act")
    op.drop_index("ix_contribution_part_of", table_name="contribution")
    with op.batch_alter_table("contribution") as contribution:
        contribution.drop_column("part_of")
