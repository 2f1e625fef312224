"""Tables at which people sit in a stage, and at which of them each entry was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the seats and add the columns; whoever wrote before sat at no table.

    Written out: Alembic would copy the tables in SQLite, and what hangs on them would be lost.
    """
    op.execute(
        "ALTER TABLE stage ADD COLUMN tables INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_stage_tables CHECK (tables BETWEEN 0 AND 30)"
    )
    op.execute(
        "ALTER TABLE stage ADD COLUMN spread VARCHAR(8) DEFAULT 'mixed' NOT NULL "
        "CONSTRAINT ck_stage_spread CHECK (spread IN ('mixed', 'group', 'hand'))"
    )
    op.execute(
        "ALTER TABLE contribution ADD COLUMN at_table INTEGER "
        "CONSTRAINT ck_contribution_at_table CHECK (at_table BETWEEN 1 AND 30)"
    )
    op.execute("ALTER TABLE wall ADD COLUMN board INTEGER DEFAULT 0 NOT NULL")
    op.create_table(
        "seat",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("stage_id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("at_table", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_seat_stage_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_seat_participant_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "stage_id", "participant_id", name=op.f("uq_seat_stage_id_participant_id")
        ),
        sa.CheckConstraint("at_table BETWEEN 1 AND 30", name=op.f("ck_seat_at_table")),
    )
    op.create_index("ix_seat_participant_id", "seat", ["participant_id"])


def downgrade() -> None:
    """Forget who sat where."""
    op.drop_table("seat")
    op.execute("ALTER TABLE wall DROP COLUMN board")
    op.execute("ALTER TABLE contribution DROP COLUMN at_table")
    op.execute("ALTER TABLE stage DROP COLUMN spread")
    op.execute("ALTER TABLE stage DROP COLUMN tables")
