"""Which block of a result walls show: phones that mirror them draw blocks, not views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a wall that is turned already is mirrored from the beginning."""
    anchor = sa.Column("anchor", sa.Integer(), server_default=sa.text("0"), nullable=False)
    op.add_column("wall", anchor)


def downgrade() -> None:
    """Forget which."""
    with op.batch_alter_table("wall") as wall:
        wall.drop_column("anchor")
