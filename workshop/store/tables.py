"""The tables: what is stored, and the constraints the database itself keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from workshop.store.kinds import Moment, Structure

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


def _link(name: str, target: str, *, needed: bool = True, cascade: bool = True) -> Column[str]:
    rule = "CASCADE" if cascade else "RESTRICT"
    return Column(name, String(32), ForeignKey(target, ondelete=rule), nullable=not needed)


def _one_of(name: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


def _flag(name: str, default: str = "0") -> Column[bool]:
    truth = text("true") if default == "1" else text("false")
    return Column(
        name, Boolean(create_constraint=True, name=name), nullable=False, server_default=truth
    )


def _versions(*columns: Column[Any] | CheckConstraint) -> list[Column[Any] | CheckConstraint]:
    """Return the columns of something whose changes are new rows; what stood before stays."""
    return [
        _id(),
        Column("origin_id", String(32), nullable=False),
        _link("workshop_id", "workshop.id"),
        Column("stage_id", String(32), ForeignKey("stage.id", ondelete="SET NULL")),
        *columns,
        Column("staff_name", String(120), nullable=False),
        Column("written_at", Moment, nullable=False),
        Column("key", String(80)),
        Column("replaced_by", String(32)),
        Column("withdrawn_at", Moment),
    ]


def _only(name: str, column: Column[Any], where: str) -> Index:
    return Index(name, column, unique=True, sqlite_where=text(where), postgresql_where=text(where))


installation = Table(
    "installation",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
series = Table(
    "series",
    metadata,
    _id(),
    Column("short_name", String(60), nullable=False, unique=True),
    Column("municipality", Structure, nullable=False),
    Column("theme", Structure, nullable=False),
    Column("languages", Structure, nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("funding", Structure, nullable=False),
    _flag("synthetic"),
    Column("warning", Structure, nullable=False),
    Column("smallest_group", Integer, nullable=False),
    _flag("final"),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("smallest_group BETWEEN 3 AND 10", name="smallest_group"),
)
stakeholder_group = Table(
    "stakeholder_group",
    metadata,
    _id(),
    _link("series_id", "series.id"),
    Column("key", String(40), nullable=False),
    Column("name", Structure, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("series_id", "key"),
)
organisation = Table(
    "organisation",
    metadata,
    _id(),
    _link("series_id", "series.id"),
    _link("group_id", "stakeholder_group.id", cascade=False),
    Column("key", String(40), nullable=False),
    Column("name", Structure, nullable=False),
    _flag("accepted", "1"),
    UniqueConstraint("series_id", "key"),
)
workshop = Table(
    "workshop",
    metadata,
    _id(),
    _link("series_id", "series.id"),
    Column("short_name", String(60), nullable=False, unique=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("title", Structure, nullable=False),
    Column("day", Date, nullable=False),
    Column("starts_at", String(5), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    _flag("rehearsal"),
    _flag("finished"),
    _flag("joining_locked"),
    Column("current_stage_id", String(32)),
    Column("code_until", Moment),
    Column("admission", String(8), nullable=False, server_default="open"),
    Column("heads", Integer),
    Column("copy_of", String(32)),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("shape", Integer, nullable=False, server_default="0"),
    CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
    _one_of("admission", "open", "room", "tickets"),
    CheckConstraint("heads BETWEEN 0 AND 100000", name="heads"),
    CheckConstraint("copy_of IS NULL OR rehearsal", name="copy_of"),
    Index("uq_workshop_copy_of", "copy_of", unique=True),
)
stage = Table(
    "stage",
    metadata,
    _id(),
    _link("workshop_id", "workshop.id"),
    Column("position", Integer, nullable=False),
    Column("exercise", String(60), nullable=False),
    Column("title", Structure, nullable=False),
    Column("question", Structure, nullable=False),
    Column("settings", Structure, nullable=False),
    Column("anonymity", String(12), nullable=False),
    Column("state", String(10), nullable=False, server_default="planned"),
    Column("minutes", Integer, nullable=False),
    _flag("live"),
    _flag("moderated"),
    Column("tables", Integer, nullable=False, server_default="0"),
    Column("spread", String(8), nullable=False, server_default="mixed"),
    Column("chapter", String(8), nullable=False, server_default=""),
    *(Column(name, Moment) for name in ("opened_at", "closed_at", "clock_ends_at", "called_until")),
    Column("clock_left", Integer),
    _flag("ever_opened"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("eligible", Structure),
    Column("readout", Structure),
    CheckConstraint("tables BETWEEN 0 AND 30", name="tables"),
    _one_of("spread", "mixed", "group", "hand"),
    _one_of("anonymity", "named", "organisation", "anonymous", "secret"),
    _one_of("state", "planned", "open", "locked", "revealed", "closed"),
    Index("ix_stage_workshop_id_position", "workshop_id", "position"),
)
participant = Table(
    "participant",
    metadata,
    _id(),
    _link("workshop_id", "workshop.id"),
    Column("number", Integer, nullable=False),
    _link("group_id", "stakeholder_group.id", cascade=False),
    _link("organisation_id", "organisation.id", needed=False, cascade=False),
    _flag("voting", "1"),
    Column("attendance", String(8), nullable=False),
    Column("language", String(5), nullable=False),
    Column("role", String(200), nullable=False, server_default=""),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("join_key", String(80)),
    Column("joined_at", Moment, nullable=False),
    Column("seen_at", Moment),
    Column("left_at", Moment),
    _flag("late"),
    _flag("paper"),
    Column("pace", String(4), nullable=False, server_default=""),
    UniqueConstraint("workshop_id", "number"),
    UniqueConstraint("workshop_id", "join_key"),
    _one_of("attendance", "onsite", "remote"),
    _one_of("pace", "", "ten", "free"),
)
staff = Table(
    "staff",
    metadata,
    _id(),
    Column("name", String(120), nullable=False),
    Column("name_key", String(120), nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    Column("password_hash", String(300), nullable=False),
    _flag("active", "1"),
    _flag("first_password"),
    Column("created_at", Moment, nullable=False),
    _one_of("role", "coordinator", "facilitator", "observer"),
)
attempt = Table(
    "attempt",
    metadata,
    Column("name_key", String(120), primary_key=True),
    Column("browser", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", Moment, nullable=False),
)
theme = Table(
    "theme",
    metadata,
    _id(),
    _link("stage_id", "stage.id"),
    Column("name", Structure, nullable=False),
    Column("position", Integer, nullable=False),
)
contribution = Table(
    "contribution",
    metadata,
    _id(),
    _link("stage_id", "stage.id"),
    _link("participant_id", "participant.id", needed=False),
    Column("staff_name", String(120)),
    Column("number", Integer, nullable=False),
    Column("entry", Structure, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("key", String(80), nullable=False),
    Column("slot", String(80)),
    Column("channel", String(12), nullable=False),
    Column("at_table", Integer),
    Column("language", String(5), nullable=False),
    Column("at", Moment, nullable=False),
    Column("replaced_by", String(32)),
    Column("withdrawn_at", Moment),
    Column("withdraw_key", String(80)),
    Column("hidden", String(20), nullable=False, server_default=""),
    Column("merged_into", String(32)),
    Column("part_of", String(32)),
    Column("theme_id", String(32), ForeignKey("theme.id", ondelete="SET NULL")),
    Column("shelf", String(40), nullable=False, server_default=""),
    Column("wording", Structure, nullable=False),
    UniqueConstraint("stage_id", "number"),
    UniqueConstraint("participant_id", "key"),
    _one_of("channel", "phone", "paper", "staff", "import"),
    CheckConstraint("(participant_id IS NULL) <> (staff_name IS NULL)", name="one_author"),
    CheckConstraint("merged_into IS NULL OR merged_into <> id", name="not_into_itself"),
    CheckConstraint("at_table BETWEEN 1 AND 30", name="at_table"),
)
_CURRENT = "replaced_by IS NULL AND withdrawn_at IS NULL AND slot IS NOT NULL"
Index(
    "uq_contribution_current_slot",
    contribution.c.stage_id,
    contribution.c.participant_id,
    contribution.c.slot,
    unique=True,
    sqlite_where=text(f"{_CURRENT} AND participant_id IS NOT NULL"),
    postgresql_where=text(f"{_CURRENT} AND participant_id IS NOT NULL"),
)
Index(
    "uq_contribution_current_staff_slot",
    contribution.c.stage_id,
    contribution.c.slot,
    unique=True,
    sqlite_where=text(f"{_CURRENT} AND staff_name IS NOT NULL"),
    postgresql_where=text(f"{_CURRENT} AND staff_name IS NOT NULL"),
)
Index(
    "ix_contribution_stage_id_participant_id",
    contribution.c.stage_id,
    contribution.c.participant_id,
)
Index(
    "ix_contribution_merged_into",
    contribution.c.merged_into,
    sqlite_where=text("merged_into IS NOT NULL"),
    postgresql_where=text("merged_into IS NOT NULL"),
)
Index(
    "ix_contribution_part_of",
    contribution.c.part_of,
    sqlite_where=text("part_of IS NOT NULL"),
    postgresql_where=text("part_of IS NOT NULL"),
)
seat = Table(
    "seat",
    metadata,
    _id(),
    _link("stage_id", "stage.id"),
    _link("participant_id", "participant.id"),
    Column("at_table", Integer, nullable=False),
    UniqueConstraint("stage_id", "participant_id"),
    CheckConstraint("at_table BETWEEN 1 AND 30", name="at_table"),
    Index("ix_seat_participant_id", "participant_id"),
)
turnout = Table(
    "turnout",
    metadata,
    Column("stage_id", String(32), ForeignKey("stage.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "participant_id",
        String(32),
        ForeignKey("participant.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("key", String(80), nullable=False),
    sqlite_with_rowid=False,
)
ballot = Table(
    "ballot",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("stage_id", String(32), ForeignKey("stage.id", ondelete="CASCADE"), nullable=False),
    Column("entry", Structure, nullable=False),
    sqlite_with_rowid=False,
)
ticket = Table(
    "ticket",
    metadata,
    _id(),
    _link("workshop_id", "workshop.id"),
    Column("code", String(12), nullable=False),
    UniqueConstraint("workshop_id", "code"),
    sqlite_with_rowid=False,
)
# A ticket ends once, used or voided: the key says so. No moment and no participant, so that
# nothing here tells who came with which.
ticket_end = Table(
    "ticket_end",
    metadata,
    Column("ticket_id", String(32), ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True),
    Column("how", String(4), nullable=False),
    _one_of("how", "used", "void"),
    sqlite_with_rowid=False,
)
wall = Table(
    "wall",
    metadata,
    Column(
        "workshop_id", String(32), ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("stage_id", String(32)),
    Column("page", Integer, nullable=False),
    Column("anchor", Integer, nullable=False, server_default=text("0")),
    _flag("tabular"),
    Column("count", Integer, nullable=False),
    Column("languages", Structure, nullable=False),
    _flag("dark"),
    _flag("still"),
    _flag("discreet"),
    Column("board", Integer, nullable=False, server_default=text("0")),
)
observation = Table(
    "observation",
    metadata,
    *_versions(
        Column("at", Moment, nullable=False),
        Column("words", Text, nullable=False),
        _flag("reported"),
    ),
    UniqueConstraint("workshop_id", "key"),
)
_only("uq_observation_current", observation.c.origin_id, "replaced_by IS NULL")
span = Table(
    "span",
    metadata,
    *_versions(
        _link("group_id", "stakeholder_group.id", cascade=False),
        Column("started_at", Moment, nullable=False),
        Column("ended_at", Moment),
        Column("typed", Integer),
        CheckConstraint("ended_at >= started_at", name="in_order"),
        CheckConstraint(
            "typed IS NULL OR (typed BETWEEN 1 AND 86400 AND ended_at IS NOT NULL)", name="typed"
        ),
    ),
    UniqueConstraint("workshop_id", "key"),
)
_only("uq_span_current", span.c.origin_id, "replaced_by IS NULL")
# One at a time: two observers who press together cannot count the same minute twice.
_only("uq_span_running", span.c.workshop_id, "ended_at IS NULL")
blueprint = Table(
    "blueprint",
    metadata,
    _id(),
    Column("content", Structure, nullable=False),
    Column("created_at", Moment, nullable=False),
)
snapshot = Table(
    "snapshot",
    metadata,
    Column("series_id", String(32), ForeignKey("series.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("archive", Structure, nullable=False),
)
event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("series_id", String(32), index=True),
    Column("workshop_id", String(32), index=True),
    Column("stage_id", String(32)),
    Column("actor", String(120), nullable=False),
    Column("act", String(40), nullable=False),
    Column("about", String(80), nullable=False, server_default=""),
    Column("detail", Structure, nullable=False),
)
act = Table(
    "act",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _link("workshop_id", "workshop.id"),
    Column("stage_id", String(32)),
    Column("at", Moment, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("act", String(40), nullable=False),
    Column("told", Structure, nullable=False),
    Column("changes", Structure, nullable=False),
    Column("fate", String(6), nullable=False, server_default=""),
    _one_of("fate", "", "undone", "lost"),
    Index("ix_act_workshop_id_fate", "workshop_id", "fate"),
)
