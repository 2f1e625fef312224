"""Copies of workshops, to be rehearsed and thrown away: one of each at a time, always marked."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was only rehearsed before is no copy of anything.

    Both databases take the rule with the column: to copy the table, as batches do, would drop
    the old one, and what hangs on it with it.
    """
    op.execute(
        "ALTER TABLE workshop ADD COLUMN copy_of VARCHAR(32) "
        "CONSTRAINT ck_workshop_copy_of CHECK (copy_of IS NULL OR rehearsal)"
    )
    op.create_index("uq_workshop_copy_of", "workshop", ["copy_of"], unique=True)


def downgrade() -> None:
    """Copies stay as workshops that are marked for rehearsal."""
    op.drop_index("uq_workshop_copy_of", table_name="workshop")
    op.execute("ALTER TABLE workshop DROP COLUMN copy_of")
