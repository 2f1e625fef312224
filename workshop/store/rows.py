"""Turn rows into the nouns of the model and back; nobody outside the store sees a row."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, func, select

from workshop.language import Multilingual
from workshop.model import (
    Actor,
    Admission,
    Anonymity,
    Attendance,
    Contribution,
    Id,
    NotFound,
    Organisation,
    Pace,
    Participant,
    Role,
    Sender,
    Series,
    Spread,
    Staff,
    Stage,
    StageState,
    StakeholderGroup,
    Theme,
    Turn,
    Workshop,
)
from workshop.store import tables

_LOG = tables.event.insert()
_NONE = Multilingual()
"""The wording of nearly every contribution: thousands share this one."""


def new_id() -> Id:
    """Return a random id: 32 hex signs of a UUID4."""
    return uuid.uuid4().hex


def digest(value: Any) -> str:
    """Return a fingerprint of JSON-able ``value``, the same for the same content."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()


_plain = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def spread(words: Multilingual) -> dict[str, str]:
    """Return how the database keeps words in several languages."""
    return {"bg": words.bg, "en": words.en}


def words(value: Mapping[str, str] | None) -> Multilingual:
    """Return words in several languages as kept by ``spread``."""
    if not value:
        return _NONE
    return Multilingual(bg=str(value.get("bg", "")), en=str(value.get("en", "")))


def one(connection: Connection, table: Table, row_id: Id) -> Row[Any]:
    """Return the row with that id.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(_by_id(table), {"row_id": row_id}).first()
    if row is None:
        raise NotFound(table.name)
    return row


def held(connection: Connection, table: Table, row_id: Id) -> Row[Any]:
    """Return the row with that id, which nobody else changes before this transaction ends.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(_by_id(table).with_for_update(), {"row_id": row_id}).first()
    if row is None:
        raise NotFound(table.name)
    return row


@cache
def _by_id(table: Table) -> Select[Any]:
    """Return the query for one row; kept, because building it costs more than running it."""
    return select(table).where(table.c.id == bindparam("row_id"))


def next_number(connection: Connection, column: Any, *where: Any) -> int:
    """Return one more than the largest value of ``column`` among the rows ``where`` selects."""
    return (
        int(
            connection.execute(
                select(func.coalesce(func.max(column), 0)).where(*where)
            ).scalar_one()
        )
        + 1
    )


def actor_name(by: Actor) -> str:
    """Return the name the log keeps of who acted."""
    return by.name if by is not None else "command line"


def log(
    connection: Connection,
    at: datetime,
    by: str,
    act: str,
    about: str = "",
    *,
    series_id: Id | None = None,
    workshop_id: Id | None = None,
    stage_id: Id | None = None,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Append a line to the event log and return its number.

    Never texts of people, only ids and what changed.
    """
    line = {
        "at": at,
        "actor": by,
        "act": act,
        "about": about,
        "series_id": series_id,
        "workshop_id": workshop_id,
        "stage_id": stage_id,
        "detail": dict(detail or {}),
    }
    key = connection.execute(_LOG, line).inserted_primary_key
    assert key is not None  # one line was inserted
    return int(key[0])


def series(row: Row[Any]) -> Series:
    """Return a series."""
    return Series(
        id=row.id,
        short_name=row.short_name,
        municipality=words(row.municipality),
        theme=words(row.theme),
        languages=tuple(row.languages),
        time_zone=row.time_zone,
        funding=words(row.funding),
        synthetic=row.synthetic,
        warning=words(row.warning),
        smallest_group=row.smallest_group,
        final=row.final,
    )


def group(row: Row[Any]) -> StakeholderGroup:
    """Return a stakeholder group."""
    return StakeholderGroup(id=row.id, key=row.key, name=words(row.name), position=row.position)


def organisation(row: Row[Any]) -> Organisation:
    """Return an organisation."""
    return Organisation(
        id=row.id, key=row.key, name=words(row.name), group_id=row.group_id, accepted=row.accepted
    )


def workshop(row: Row[Any]) -> Workshop:
    """Return a workshop."""
    return Workshop(
        id=row.id,
        series_id=row.series_id,
        short_name=row.short_name,
        code=row.code,
        title=words(row.title),
        day=_day(row.day),
        starts_at=row.starts_at,
        minutes=row.minutes,
        position=row.position,
        rehearsal=row.rehearsal,
        copy_of=row.copy_of,
        finished=row.finished,
        joining_locked=row.joining_locked,
        admission=Admission(row.admission),
        heads=row.heads,
        current_stage_id=row.current_stage_id,
        code_until=row.code_until,
        revision=row.revision,
        shape=row.shape,
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def stage(row: Row[Any]) -> Stage:
    """Return a stage."""
    return Stage(
        id=row.id,
        workshop_id=row.workshop_id,
        position=row.position,
        exercise=row.exercise,
        title=words(row.title),
        question=words(row.question),
        settings=row.settings,
        anonymity=Anonymity(row.anonymity),
        state=StageState(row.state),
        minutes=row.minutes,
        live=row.live,
        moderated=row.moderated,
        tables=row.tables,
        spread=Spread(row.spread),
        chapter=row.chapter,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        clock_ends_at=row.clock_ends_at,
        clock_left=row.clock_left,
        called_until=row.called_until,
        ever_opened=row.ever_opened,
        revision=row.revision,
        eligible=None if row.eligible is None else tuple(row.eligible),
        readout=tuple(Turn(**one) for one in row.readout or ()),
    )


def participant(row: Row[Any]) -> Participant:
    """Return a participant."""
    return Participant(
        id=row.id,
        workshop_id=row.workshop_id,
        number=row.number,
        group_id=row.group_id,
        organisation_id=row.organisation_id,
        voting=row.voting,
        attendance=Attendance(row.attendance),
        pace=Pace(row.pace),
        language=row.language,
        role=row.role,
        joined_at=row.joined_at,
        seen_at=row.seen_at,
        left_at=row.left_at,
        late=row.late,
        paper=row.paper,
    )


def staff(row: Row[Any]) -> Staff:
    """Return a member of staff."""
    return Staff(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        active=row.active,
        first_password=row.first_password,
    )


def theme(row: Row[Any]) -> Theme:
    """Return a theme."""
    return Theme(id=row.id, stage_id=row.stage_id, name=words(row.name), position=row.position)


def contribution(row: Row[Any], sender: Sender) -> Contribution[Any]:
    """Return a contribution whose entry is still plain JSON."""
    return Contribution(
        id=row.id,
        stage_id=row.stage_id,
        number=row.number,
        entry=row.entry,
        sender=sender,
        at=row.at,
        language=row.language,
        slot=row.slot,
        channel=row.channel,
        at_table=row.at_table,
        hidden=row.hidden,
        into=row.merged_into,
        part_of=row.part_of,
        theme_id=row.theme_id,
        shelf=row.shelf,
        wording=words(row.wording),
        replaced_by=row.replaced_by,
        withdrawn=row.withdrawn_at is not None,
    )
