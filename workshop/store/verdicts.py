"""The verdict on one entry: sent before, allowed, replacing, room left; inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from workshop.language import text
from workshop.model import Id, NotFound, Refused, StageState
from workshop.store import rows, tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A checked entry on its way into the database."""

    stage_id: Id
    entry: dict[str, Any]
    key: str
    participant_id: Id | None = None
    staff_name: str | None = None
    slot: str | None = None
    channel: str = "phone"
    language: str = "bg"
    replaces: Id | None = None
    limit: int = 40
    any_state: bool = False
    """Staff record evidence and confirmations after the room has gone home, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a sending."""

    contribution_id: Id
    number: int
    at: datetime
    repeated: bool = False
    entry: dict[str, Any] = field(default_factory=dict)


def closed_sentence(stage: Row[Any]) -> Any:
    """Return what to tell somebody who came too late, or too early."""
    if stage.state == StageState.planned:
        return text("This stage has not opened yet. Your words were not sent; you can copy them.")
    return text("This stage is closed. Your words were not counted; you can copy them.")


def repeated(connection: Connection, stage: Row[Any], sending: Sending) -> Kept | None:
    """Return the first answer to a form that comes again; refuse another form under its key."""
    if sending.participant_id is None:
        return None
    table, turnout = tables.contribution, tables.turnout
    query = select(table).where(
        table.c.participant_id == sending.participant_id, table.c.key == sending.key
    )
    row = connection.execute(query).first()
    if row is not None:
        if row.digest != rows.digest(sending.entry) or row.stage_id != stage.id:
            raise Refused(
                text(
                    "This page was already sent with other words. Open the page again and "
                    "send the new ones."
                )
            )
        return Kept(
            contribution_id=row.id, number=row.number, at=row.at, repeated=True, entry=row.entry
        )
    cast = select(turnout.c.key).where(
        turnout.c.stage_id == stage.id,
        turnout.c.participant_id == sending.participant_id,
        turnout.c.key == sending.key,
    )
    if connection.execute(cast).first() is None:
        return None
    return Kept(contribution_id="", number=0, at=stage.opened_at, repeated=True)


def admit(connection: Connection, stage: Row[Any], sending: Sending) -> None:
    """Refuse who may not write here, and what comes when the stage is not open."""
    person = rows.one(connection, tables.participant, str(sending.participant_id))
    if person.workshop_id != stage.workshop_id:
        raise NotFound("stage")
    if not person.voting:
        raise Refused(text("Observers watch and keep notes; they do not write or vote."))
    paper = sending.channel == "paper" and stage.state != StageState.closed
    if stage.state != StageState.open and not paper:
        raise Refused(closed_sentence(stage))


def superseded(connection: Connection, sending: Sending) -> Id | None:
    """Return the entry this one takes the place of, if any."""
    table = tables.contribution
    current = (
        table.c.stage_id == sending.stage_id,
        table.c.replaced_by.is_(None),
        table.c.withdrawn_at.is_(None),
    )
    if sending.slot is not None:
        mine = (
            table.c.participant_id == sending.participant_id
            if sending.participant_id is not None
            else table.c.staff_name.is_not(None)
        )
        row = connection.execute(
            select(table.c.id).where(*current, mine, table.c.slot == sending.slot)
        ).first()
        return None if row is None else str(row.id)
    if sending.replaces is None:
        return None
    row = connection.execute(
        select(table.c.id).where(
            *current,
            table.c.id == sending.replaces,
            table.c.participant_id == sending.participant_id,
        )
    ).first()
    if row is None:
        raise Refused(
            text("The entry you are changing is no longer there. Send your words as a new one.")
        )
    return str(row.id)


def has_room(connection: Connection, sending: Sending) -> None:
    """Refuse one entry more than a person may have standing."""
    table = tables.contribution
    standing = connection.execute(
        select(func.count()).where(
            table.c.stage_id == sending.stage_id,
            table.c.participant_id == sending.participant_id,
            table.c.replaced_by.is_(None),
            table.c.withdrawn_at.is_(None),
        )
    ).scalar_one()
    if standing >= sending.limit:
        raise Refused(
            text(
                "You have sent {n} entries, the most for one person. Change or withdraw one first.",
                n=standing,
            )
        )
