"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workshop.store.kinds import Moment, Structure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and mark the database as ours."""
    op.create_table(
        "attempt",
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name_key", "browser", name=op.f("pk_attempt")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=True),
        sa.Column("workshop_id", sa.String(length=32), nullable=True),
        sa.Column("stage_id", sa.String(length=32), nullable=True),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), server_default="", nullable=False),
        sa.Column("detail", Structure, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_series_id"), "event", ["series_id"], unique=False)
    op.create_index(op.f("ix_event_workshop_id"), "event", ["workshop_id"], unique=False)
    op.create_table(
        "installation",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_installation")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("municipality", Structure, nullable=False),
        sa.Column("theme", Structure, nullable=False),
        sa.Column("languages", Structure, nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("funding", Structure, nullable=False),
        sa.Column(
            "synthetic",
            sa.Boolean(create_constraint=True, name="synthetic"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("warning", Structure, nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=False),
        sa.Column(
            "final",
            sa.Boolean(create_constraint=True, name="final"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "smallest_group BETWEEN 3 AND 10", name=op.f("ck_series_smallest_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("short_name", name=op.f("uq_series_short_name")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column(
            "active",
            sa.Boolean(create_constraint=True, name="active"),
            server_default=sa.text("true"),
            nullable=False,
        ),
        sa.Column(
            "first_password",
            sa.Boolean(create_constraint=True, name="first_password"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("created_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "role IN ('coordinator', 'facilitator', 'observer')", name=op.f("ck_staff_role")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name_key", name=op.f("uq_staff_name_key")),
    )
    op.create_table(
        "snapshot",
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("archive", Structure, nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_snapshot_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_snapshot")),
    )
    op.create_table(
        "stakeholder_group",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", Structure, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["series.id"],
            name=op.f("fk_stakeholder_group_series_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_group")),
        sa.UniqueConstraint("series_id", "key", name=op.f("uq_stakeholder_group_series_id_key")),
    )
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("title", Structure, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "rehearsal",
            sa.Boolean(create_constraint=True, name="rehearsal"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column(
            "finished",
            sa.Boolean(create_constraint=True, name="finished"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column(
            "joining_locked",
            sa.Boolean(create_constraint=True, name="joining_locked"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("current_stage_id", sa.String(length=32), nullable=True),
        sa.Column("code_until", Moment(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shape", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_workshop_minutes")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_workshop_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("code", name=op.f("uq_workshop_code")),
        sa.UniqueConstraint("short_name", name=op.f("uq_workshop_short_name")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", Structure, nullable=False),
        sa.Column(
            "accepted",
            sa.Boolean(create_constraint=True, name="accepted"),
            server_default=sa.text("true"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["stakeholder_group.id"],
            name=op.f("fk_organisation_group_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_organisation_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("series_id", "key", name=op.f("uq_organisation_series_id_key")),
    )
    op.create_table(
        "stage",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(length=60), nullable=False),
        sa.Column("title", Structure, nullable=False),
        sa.Column("question", Structure, nullable=False),
        sa.Column("settings", Structure, nullable=False),
        sa.Column("anonymity", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="planned", nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "live",
            sa.Boolean(create_constraint=True, name="live"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("chapter", sa.String(length=8), server_default="", nullable=False),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column(
            "ever_opened",
            sa.Boolean(create_constraint=True, name="ever_opened"),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("eligible", Structure, nullable=True),
        sa.CheckConstraint(
            "anonymity IN ('named', 'organisation', 'anonymous', 'secret')",
            name=op.f("ck_stage_anonymity"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'locked', 'revealed', 'closed')",
            name=op.f("ck_stage_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_stage_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
    )
    op.create_index(
        "ix_stage_workshop_id_position", "stage", ["workshop_id", "position"], unique=False
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("stage_id", sa.String(length=32), nullable=False),
        sa.Column("entry", Structure, nullable=False),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_ballot_stage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column(
            "voting",
            sa.Boolean(create_constraint=True, name="voting"),
            server_default=sa.text("true"),
            nullable=False,
        ),
        sa.Column("attendance", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("role", sa.String(length=200), server_default="", nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("join_key", sa.String(length=80), nullable=True),
        sa.Column("joined_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=True),
        sa.Column("left_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "attendance IN ('onsite', 'remote')", name=op.f("ck_participant_attendance")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["stakeholder_group.id"],
            name=op.f("fk_participant_group_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_participant_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_participant_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_participant_token_hash")),
        sa.UniqueConstraint(
            "workshop_id", "join_key", name=op.f("uq_participant_workshop_id_join_key")
        ),
        sa.UniqueConstraint(
            "workshop_id", "number", name=op.f("uq_participant_workshop_id_number")
        ),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("stage_id", sa.String(length=32), nullable=False),
        sa.Column("name", Structure, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_theme_stage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("stage_id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=True),
        sa.Column("staff_name", sa.String(length=120), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry", Structure, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("slot", sa.String(length=80), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("replaced_by", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("withdraw_key", sa.String(length=80), nullable=True),
        sa.Column("hidden", sa.String(length=20), server_default="", nullable=False),
        sa.Column("merged_into", sa.String(length=32), nullable=True),
        sa.Column("theme_id", sa.String(length=32), nullable=True),
        sa.Column("shelf", sa.String(length=40), server_default="", nullable=False),
        sa.Column("wording", Structure, nullable=False),
        sa.CheckConstraint(
            "channel IN ('phone', 'paper', 'staff', 'import')", name=op.f("ck_contribution_channel")
        ),
        sa.CheckConstraint(
            "(participant_id IS NULL) <> (staff_name IS NULL)",
            name=op.f("ck_contribution_one_author"),
        ),
        sa.CheckConstraint(
            "merged_into IS NULL OR merged_into <> id", name=op.f("ck_contribution_not_into_itself")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_contribution_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_contribution_stage_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_contribution_theme_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "participant_id", "key", name=op.f("uq_contribution_participant_id_key")
        ),
        sa.UniqueConstraint("stage_id", "number", name=op.f("uq_contribution_stage_id_number")),
    )
    op.create_index(
        "ix_contribution_stage_id_participant_id",
        "contribution",
        ["stage_id", "participant_id"],
        unique=False,
    )
    op.create_index(
        "uq_contribution_current_slot",
        "contribution",
        ["stage_id", "participant_id", "slot"],
        unique=True,
        sqlite_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND participant_id IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND participant_id IS NOT NULL"
        ),
    )
    op.create_index(
        "uq_contribution_current_staff_slot",
        "contribution",
        ["stage_id", "slot"],
        unique=True,
        sqlite_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND staff_name IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND staff_name IS NOT NULL"
        ),
    )
    op.create_table(
        "turnout",
        sa.Column("stage_id", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_turnout_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_turnout_stage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stage_id", "participant_id", name=op.f("pk_turnout")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO installation (key, value) VALUES ('program', 'sedyanka')")


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("turnout")
    op.drop_index(
        "uq_contribution_current_staff_slot",
        table_name="contribution",
        sqlite_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND staff_name IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND staff_name IS NOT NULL"
        ),
    )
    op.drop_index(
        "uq_contribution_current_slot",
        table_name="contribution",
        sqlite_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND participant_id IS NOT NULL"
        ),
        postgresql_where=sa.text(
            "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL AND participant_id IS NOT NULL"
        ),
    )
    op.drop_index("ix_contribution_stage_id_participant_id", table_name="contribution")
    op.drop_table("contribution")
    op.drop_table("theme")
    op.drop_table("participant")
    op.drop_table("ballot")
    op.drop_index("ix_stage_workshop_id_position", table_name="stage")
    op.drop_table("stage")
    op.drop_table("organisation")
    op.drop_table("workshop")
    op.drop_table("stakeholder_group")
    op.drop_table("snapshot")
    op.drop_table("staff")
    op.drop_table("series")
    op.drop_table("installation")
    op.drop_index(op.f("ix_event_workshop_id"), table_name="event")
    op.drop_index(op.f("ix_event_series_id"), table_name="event")
    op.drop_table("event")
    op.drop_table("attempt")
