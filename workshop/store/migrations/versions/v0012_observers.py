"""What observers keep of the room: notes, and how long which group spoke."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Moment

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nobody has observed anything yet."""
    op.create_table(
        "observation",
        *_beginning("observation"),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "reported",
            sa.Boolean(create_constraint=True, name="reported"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        *_end("observation"),
    )
    _only("uq_observation_current", "observation", "origin_id", "replaced_by IS NULL")
    op.create_table(
        "span",
        *_beginning("span"),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("typed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["stakeholder_group.id"],
            name=op.f("fk_span_group_id"),
            ondelete="RESTRICT",
        ),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_span_in_order")),
        sa.CheckConstraint(
            "typed IS NULL OR (typed BETWEEN 1 AND 86400 AND ended_at IS NOT NULL)",
            name=op.f("ck_span_typed"),
        ),
        *_end("span"),
    )
    _only("uq_span_current", "span", "origin_id", "replaced_by IS NULL")
    _only("uq_span_running", "span", "workshop_id", "ended_at IS NULL")


def downgrade() -> None:
    """Forget what was observed."""
    op.drop_table("span")
    op.drop_table("observation")


def _beginning(table: str) -> list[sa.Column[str] | sa.Constraint]:
    return [
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("origin_id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("stage_id", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f(f"fk_{table}_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f(f"fk_{table}_stage_id"), ondelete="SET NULL"
        ),
    ]  # fmt: skip


def _end(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("staff_name", sa.String(length=120), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("replaced_by", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.UniqueConstraint("workshop_id", "key", name=op.f(f"uq_{table}_workshop_id_key")),
    ]


def _only(name: str, table: str, column: str, where: str) -> None:
    op.create_index(
        name, table, [column], unique=True,
        sqlite_where=sa.text(where), postgresql_where=sa.text(where),
    )  # fmt: skip
