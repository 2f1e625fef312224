"""What was merged into a card is found from it, and stands on where that card was taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let each card stand for itself whose leading card is gone: nobody has seen it since.

    What staff had hidden together with that card stays hidden.
    """
    op.create_index(
        "ix_contribution_merged_into",
        "contribution",
        ["merged_into"],
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    gone = (
        "merged_into IN (SELECT leader.id FROM contribution AS leader "
        "WHERE leader.replaced_by IS NOT NULL OR leader.withdrawn_at IS NOT NULL)"
    )
    op.execute(
        "UPDATE contribution SET hidden = (SELECT leader.hidden FROM contribution AS leader "
        f"WHERE leader.id = contribution.merged_into) WHERE hidden = '' AND {gone}"
    )
    op.execute(f"UPDATE contribution SET merged_into = NULL WHERE {gone}")


def downgrade() -> None:
    """Look them up as before."""
    op.drop_index("ix_contribution_merged_into", table_name="contribution")
