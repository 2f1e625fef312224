"""The clock of a stage: it runs, stands, and gets more time; at zero it waits like everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import Connection, Row, select, update

from workshop.language import text
from workshop.model import Actor, Id, Refused, Stage, StageState
from workshop.store import rows, tables
from workshop.store.desk import Desk, changed

MORE = "more time"
MOST = 3600
"""Seconds one gift of time may be."""
AT_ONCE, TOGETHER = timedelta(seconds=1), timedelta(seconds=3)
"""Within this a second gift of time is the first one again: of the same person, of another one.

A page shows a colleague's gift up to two seconds later, and a finger on its way goes on.
"""
CALL = 30
"""Seconds between a last call and the moment to lock."""
Columns = dict[str, Any]
Turn = Callable[[Row[Any], datetime], Columns]


class ClockDesk(Desk):
    """Turns the clocks of open stages; whoever comes second finds it done."""

    def go(self, by: Actor, stage_id: Id) -> Stage:
        """Let the clock run on from where it stood, or from the planned minutes."""

        def turn(row: Row[Any], now: datetime) -> Columns:
            if row.clock_ends_at is not None:
                return {}
            left = row.minutes * 60 if row.clock_left is None else row.clock_left
            return _running(now, left)

        return self._turn(by, stage_id, "clock on", turn)

    def pause(self, by: Actor, stage_id: Id) -> Stage:
        """Let the clock stand; one that has run out has nothing left to keep."""

        def turn(row: Row[Any], now: datetime) -> Columns:
            seconds = left(row, now)
            return _standing(seconds) if row.clock_ends_at is not None and seconds else {}

        return self._turn(by, stage_id, "clock paused", turn)

    def grant(self, by: Actor, stage_id: Id, seconds: int, seen: Stage | None = None) -> Stage:
        """Give more time: to what is left, or from now on when it was up.

        ``seen``: the stage as whoever gives it saw it. Where somebody has turned its clock since,
        or gave time a moment ago, nothing is added: two who press together give it once.
        """
        if not 1 <= seconds <= MOST:
            raise Refused(text("More time is given in steps of up to an hour."))

        def given(connection: Connection, row: Row[Any], now: datetime) -> bool:
            if seen is None:
                return False
            known = seen.clock_ends_at, seen.clock_left
            turned = known != (row.clock_ends_at, row.clock_left)
            return turned or _given(connection, stage_id, rows.actor_name(by), now)

        def turn(row: Row[Any], now: datetime) -> Columns:
            whole = (left(row, now) or 0) + seconds
            return _standing(whole) if row.clock_left is not None else _running(now, whole)

        return self._turn(by, stage_id, MORE, turn, unless=given, seconds=seconds)

    def call(self, by: Actor, stage_id: Id) -> Stage:
        """Tell wall and phones that the stage is about to be locked; a person locks it then."""

        def turn(row: Row[Any], now: datetime) -> Columns:
            if row.called_until is not None:
                return {}
            return {"called_until": now + timedelta(seconds=CALL)}

        return self._turn(by, stage_id, "last call", turn)

    def uncall(self, by: Actor, stage_id: Id) -> Stage:
        """Take the last call back: the clock goes on as if nobody had called."""

        def turn(row: Row[Any], now: datetime) -> Columns:
            return {} if row.called_until is None else {"called_until": None}

        return self._turn(by, stage_id, "last call taken back", turn)

    def _turn(
        self,
        by: Actor,
        stage_id: Id,
        act: str,
        turn: Turn,
        unless: Callable[[Connection, Row[Any], datetime], bool] | None = None,
        **detail: Any,
    ) -> Stage:
        def job(connection: Connection) -> Stage:
            row = rows.one(connection, tables.stage, stage_id)
            if row.state != StageState.open:
                raise Refused(
                    text("The clock belongs to an open stage; this one is not open (any more).")
                )
            now = self.store.now()
            done = unless is not None and unless(connection, row, now)
            values = {} if done else turn(row, now)
            if not values:
                return rows.stage(row)
            table = tables.stage
            connection.execute(update(table).where(table.c.id == stage_id).values(**values))
            # No result rests on the clock, so the stage's own revision stays.
            changed(connection, row.workshop_id)
            rows.log(
                connection, now, rows.actor_name(by), act,
                workshop_id=row.workshop_id, stage_id=stage_id, detail=detail,
            )  # fmt: skip
            return rows.stage(rows.one(connection, table, stage_id))

        return self.store.write(job)


def _given(connection: Connection, stage_id: Id, actor: str, now: datetime) -> bool:
    """Return whether time was given so shortly before that a further press means the same."""
    event = tables.event
    near = event.c.stage_id == stage_id, event.c.act == MORE, event.c.at > now - TOGETHER
    found = connection.execute(select(event.c.actor, event.c.at).where(*near))
    return any(one.actor != actor or one.at > now - AT_ONCE for one in found)


def moved(row: Row[Any], to: StageState, now: datetime) -> Columns:
    """Return the clock of a stage that changes its state.

    It starts with the stage, stands while nobody may write, and goes on when they may again.
    """
    return {"called_until": None} | _moved(row, to, now)


def _moved(row: Row[Any], to: StageState, now: datetime) -> Columns:
    if to is StageState.planned:
        return {"clock_ends_at": None, "clock_left": None}
    if to is StageState.open:
        if row.state == StageState.planned:
            return _running(now, row.minutes * 60) if row.minutes else {}
        return {} if row.clock_left is None else _running(now, row.clock_left)
    return _standing(left(row, now)) if row.clock_ends_at is not None else {}


def kept(row: Row[Any], now: datetime) -> dict[str, Any]:
    """Return a clock so that it can go on from here, however much later."""
    return {"clock_left": left(row, now), "clock_runs": row.clock_ends_at is not None}


def restored(was: Mapping[str, Any], to: StageState, now: datetime) -> Columns:
    """Return a clock kept by ``kept``: it goes on where it was, or stands."""
    seconds = was["clock_left"]
    if to is StageState.open and was["clock_runs"] and seconds is not None:
        return _running(now, seconds)
    return _standing(seconds)


def left(row: Row[Any], now: datetime) -> int | None:
    """Return how many seconds the clock of a stage has left; None where it has none."""
    if row.clock_ends_at is None:
        return None if row.clock_left is None else int(row.clock_left)
    ends: datetime = row.clock_ends_at
    return max(0, ceil((ends - now).total_seconds()))


def _running(now: datetime, left: int) -> Columns:
    return {"clock_ends_at": now + timedelta(seconds=left), "clock_left": None}


def _standing(left: int | None) -> Columns:
    return {"clock_ends_at": None, "clock_left": left}
