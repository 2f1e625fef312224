"""Which block of a result walls show, for phones that mirror them, and what walls keep quiet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
FLAGS = ("still", "discreet")


def upgrade() -> None:
    """Add the columns; a wall that is turned already is mirrored from the beginning."""
    number = sa.Column("anchor", sa.Integer(), server_default=sa.text("0"), nullable=False)
    with op.batch_alter_table("wall") as wall:
        wall.add_column(number)
        for name in FLAGS:
            kind = sa.Boolean(create_constraint=True, name=name)
            wall.add_column(sa.Column(name, kind, server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    """Forget which."""
    with op.batch_alter_table("wall") as wall:
        for name in (*FLAGS, "anchor"):
            wall.drop_column(name)
