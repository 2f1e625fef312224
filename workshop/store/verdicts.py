"""The verdict on one entry: sent before, allowed, replacing, room left; inside the transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from workshop.language import text
from workshop.model import Anonymity, Id, NotFound, Refused, StageState
from workshop.store import rows, tables

# Built once: every contribution asks all of this, and building a query costs more than running it.
_HERE, _VOTED = tables.contribution.c, tables.turnout.c
_MINE = _HERE.participant_id == bindparam("who")
_CURRENT = (
    _HERE.stage_id == bindparam("stage"),
    _HERE.replaced_by.is_(None),
    _HERE.withdrawn_at.is_(None),
)
_SENT = select(tables.contribution).where(_MINE, _HERE.key == bindparam("key"))
_CAST = select(_VOTED.key).where(
    _VOTED.stage_id == bindparam("stage"),
    _VOTED.participant_id == bindparam("who"),
    _VOTED.key == bindparam("key"),
)
_IN_SLOT = select(_HERE.id).where(*_CURRENT, _HERE.slot == bindparam("slot"))
_MY_SLOT = _IN_SLOT.where(_MINE)
_STAFF_SLOT = _IN_SLOT.where(_HERE.staff_name.is_not(None))
_MY_ENTRY = select(_HERE.id).where(*_CURRENT, _MINE, _HERE.id == bindparam("older"))
_STANDING = select(func.count()).where(*_CURRENT, _MINE)


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
    asked = {"who": sending.participant_id, "key": sending.key}
    row = connection.execute(_SENT, asked).first()
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
    if stage.anonymity != Anonymity.secret:
        return None
    if connection.execute(_CAST, {**asked, "stage": stage.id}).first() is None:
        return None
    return Kept(contribution_id="", number=0, at=stage.opened_at, repeated=True)


def admit(connection: Connection, stage: Row[Any], sending: Sending) -> None:
    """Refuse who may not write here, and what comes when the stage is not open."""
    person = rows.one(connection, tables.participant, str(sending.participant_id))
    if person.workshop_id != stage.workshop_id:
        raise NotFound("stage")
    if not person.voting:
        raise Refused(text("Observers watch; they do not write or vote."))
    paper = sending.channel == "paper" and stage.state != StageState.closed
    if stage.state != StageState.open and not paper:
        raise Refused(closed_sentence(stage))


def superseded(connection: Connection, sending: Sending) -> Id | None:
    """Return the entry this one takes the place of, if any."""
    asked = {"stage": sending.stage_id, "who": sending.participant_id}
    if sending.slot is not None:
        query = _STAFF_SLOT if sending.participant_id is None else _MY_SLOT
        row = connection.execute(query, {**asked, "slot": sending.slot}).first()
        return None if row is None else str(row.id)
    if sending.replaces is None:
        return None
    row = connection.execute(_MY_ENTRY, {**asked, "older": sending.replaces}).first()
    if row is None:
        raise Refused(
            text("The entry you are changing is no longer there. Send your words as a new one.")
        )
    return str(row.id)


def has_room(connection: Connection, sending: Sending) -> None:
    """Refuse one entry more than a person may have standing."""
    asked = {"stage": sending.stage_id, "who": sending.participant_id}
    standing = connection.execute(_STANDING, asked).scalar_one()
    if standing >= sending.limit:
        raise Refused(
            text(
                "You have sent {n} entries, the most for one person. Change or withdraw one first.",
                n=standing,
            )
        )
