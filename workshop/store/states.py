"""The states of stages: opened, locked, revealed, closed, taken back; and what the wall shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from workshop.language import text
from workshop.model import Actor, Id, Refused, Stage, StageState, Workshop
from workshop.store import clock, rows, tables
from workshop.store.readout import turned
from workshop.store.recording import Record, Recorder
from workshop.store.seating import seat_room
from workshop.store.walls import all_together

STEPS: Mapping[StageState, frozenset[StageState]] = {
    StageState.planned: frozenset({StageState.open, StageState.closed}),
    StageState.open: frozenset({StageState.locked, StageState.planned}),
    StageState.locked: frozenset({StageState.open, StageState.revealed, StageState.closed}),
    StageState.revealed: frozenset({StageState.closed, StageState.locked, StageState.open}),
    StageState.closed: frozenset({StageState.revealed, StageState.locked, StageState.open}),
}
"""What may follow what; "planned" again only while nothing was written."""
WRITING = (StageState.planned, StageState.open)
"""A round of cards ends where people (may) write again; the next lock begins another one."""


class StateDesk(Recorder):
    """Moves stages on and back."""

    def move_stage(
        self, by: Actor, stage_id: Id, to: StageState, by_way_of: StageState | None = None
    ) -> Stage:
        """Change a stage's state; a move that was already made is answered as if just made.

        ``by_way_of``: a state it passes through, in the same act.
        """

        def job(connection: Connection) -> Stage:
            first = rows.one(connection, tables.stage, stage_id)
            present = StageState(first.state)
            if present is to:
                return rows.stage(first)
            shown = rows.one(connection, tables.workshop, first.workshop_id).current_stage_id
            now = self.store.now()
            for step in (by_way_of, to) if by_way_of else (to,):
                row = rows.one(connection, tables.stage, stage_id)
                _move(connection, row, step, now)
                if step is not to:
                    rows.log(
                        connection, now, rows.actor_name(by), step.value,
                        workshop_id=row.workshop_id, stage_id=stage_id,
                        detail={"before": row.state},
                    )  # fmt: skip
            record = Record(connection, before=present.value)
            was = {"state": present.value, **moments(first, now)}
            then: dict[str, Any] = {"state": to.value}
            if first.readout and to in WRITING:
                over, gone = turned(first.readout, [])
                was, then = was | over, then | gone
            record.note("stage", stage_id, was, then)
            if to in (StageState.open, StageState.revealed):
                self._show(record, first.workshop_id, shown, stage_id)
            self.finish(record, by, to.value, first.workshop_id, stage_id, before=row.state)
            return rows.stage(rows.one(connection, tables.stage, stage_id))

        return self.store.write(job)

    def show(self, by: Actor, workshop_id: Id, stage_id: Id | None) -> None:
        """Choose what wall and phones show; None is the lobby."""

        def job(connection: Connection) -> None:
            shop = rows.one(connection, tables.workshop, workshop_id)
            record = Record(connection)
            self._show(record, workshop_id, shop.current_stage_id, stage_id)
            self.finish(record, by, "show", workshop_id, stage_id)

        self.store.write(job)

    def running(self, since: datetime) -> Workshop | None:
        """Return the workshop, of any series, somebody most likely is at; None where none is.

        A meeting with an open stage comes before what is only rehearsed, then the latest move
        counts.
        """
        shop, stage = tables.workshop, tables.stage
        opened, closed = stage.c.opened_at, stage.c.closed_at
        query = select(shop, stage.c.state, opened, closed).join(
            stage, stage.c.workshop_id == shop.c.id
        )
        query = query.where(shop.c.finished.is_(False), (opened >= since) | (closed >= since))

        def likely(row: Row[Any]) -> tuple[bool, datetime]:
            goes_on = row.state == StageState.open and not row.rehearsal
            return goes_on, max(one for one in (row.opened_at, row.closed_at) if one)

        found = self.look(lambda connection: connection.execute(query).all())
        best = max(found, key=likely, default=None)
        return rows.workshop(best) if best is not None else None

    def _show(self, record: Record, workshop_id: Id, before: Id | None, now: Id | None) -> None:
        show(record.connection, workshop_id, now)
        if before != now:
            was, then = {"current_stage_id": before}, {"current_stage_id": now}
            record.note("workshop", workshop_id, was, then)


def has_entries(connection: Connection, stage_id: Id) -> bool:
    """Return whether anybody wrote or voted in a stage."""
    for table in (tables.contribution, tables.turnout):
        if connection.execute(select(table.c.stage_id).where(table.c.stage_id == stage_id)).first():
            return True
    return False


def voters(connection: Connection, row: Row[Any]) -> list[str]:
    """Return who is in the denominator of a stage: voting, there when it opened or later."""
    people = tables.participant
    query = select(people.c.id).where(
        people.c.workshop_id == row.workshop_id, people.c.voting.is_(True)
    )
    if row.opened_at is not None:
        query = query.where((people.c.left_at.is_(None)) | (people.c.left_at > row.opened_at))
    return [one.id for one in connection.execute(query.order_by(people.c.number))]


def _move(connection: Connection, row: Row[Any], to: StageState, now: datetime) -> None:
    present = StageState(row.state)
    if to not in STEPS[present]:
        raise Refused(
            text("This stage cannot do that now; another facilitator may have moved it on.")
        )
    if to is StageState.planned and has_entries(connection, row.id):
        raise Refused(text("People have already written in this stage; it can be locked instead."))
    values = following(connection, row, to, now)
    connection.execute(update(tables.stage).where(tables.stage.c.id == row.id).values(**values))
    if to is StageState.open:
        seat_room(connection, row)
    elif to is StageState.revealed:
        all_together(connection, row.workshop_id)


def moments(row: Row[Any], now: datetime) -> dict[str, Any]:
    """Return when a stage was opened and closed, and its clock, for whoever undoes a move."""
    at = {name: row._mapping[name] for name in ("opened_at", "closed_at")}
    return {name: one and one.isoformat() for name, one in at.items()} | clock.kept(row, now)


def following(
    connection: Connection, row: Row[Any], to: StageState, now: datetime
) -> dict[str, Any]:
    """Return the columns of a stage that moves on or back: denominator, round, moments, clock."""
    present = StageState(row.state)
    values: dict[str, Any] = {}
    if to is StageState.open:
        values = {"eligible": None, "ever_opened": True, "closed_at": None}
        if present is StageState.planned:
            values["opened_at"] = now
    elif to is StageState.planned:
        values = {"opened_at": None, "ever_opened": row.ever_opened}
    elif present is StageState.open:
        values = {"eligible": voters(connection, row)}
    if to in WRITING:
        values["readout"] = None
    if to is StageState.closed:
        values["closed_at"] = now
    return {"state": to.value} | values | clock.moved(row, to, now)


def show(connection: Connection, workshop_id: Id, stage_id: Id | None) -> None:
    """Let wall and phones show a stage; None is the lobby."""
    connection.execute(
        update(tables.workshop)
        .where(tables.workshop.c.id == workshop_id)
        .values(current_stage_id=stage_id)
    )
