"""Who may vote: open code, a counted room, printed tickets; and who takes part on paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
COLUMNS = (
    "workshop ADD COLUMN admission VARCHAR(8) DEFAULT 'open' NOT NULL "
    "CONSTRAINT ck_workshop_admission CHECK (admission IN ('open', 'room', 'tickets'))",
    "workshop ADD COLUMN heads INTEGER "
    "CONSTRAINT ck_workshop_heads CHECK (heads BETWEEN 0 AND 100000)",
    "participant ADD COLUMN late BOOLEAN DEFAULT false NOT NULL "
    "CONSTRAINT ck_participant_late CHECK (late IN (false, true))",
    "participant ADD COLUMN paper BOOLEAN DEFAULT false NOT NULL "
    "CONSTRAINT ck_participant_paper CHECK (paper IN (false, true))",
)
"""Written out: Alembic would copy the tables in SQLite, and what hangs on them would be lost."""


def upgrade() -> None:
    """Add the columns and the tables; whoever has the code may vote, as before."""
    for column in COLUMNS:
        op.execute(f"ALTER TABLE {column}")
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_ticket_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("workshop_id", "code", name=op.f("uq_ticket_workshop_id_code")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ticket_end",
        sa.Column("ticket_id", sa.String(length=32), nullable=False),
        sa.Column("how", sa.String(length=4), nullable=False),
        sa.CheckConstraint("how IN ('used', 'void')", name=op.f("ck_ticket_end_how")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_end_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_ticket_end")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget tickets, counts, who came late and who took part on paper."""
    op.drop_table("ticket_end")
    op.drop_table("ticket")
    for column in COLUMNS:
        table, _, rest = column.partition(" ADD COLUMN ")
        op.execute(f"ALTER TABLE {table} DROP COLUMN {rest.partition(' ')[0]}")
