"""How long which group speaks: one at a time, by the server's clock, corrected but never lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from workshop.language import text
from workshop.model import Actor, Id, NotFound, Refused, Span
from workshop.store import rows, tables
from workshop.store.versions import VersionDesk, stage_of

LONGEST = 24 * 3600
"""Seconds one entry may have."""
_SPAN = tables.span


class SpeakingDesk(VersionDesk):
    """The speaking time of the groups of a workshop."""

    table = _SPAN
    name = "speaking"

    def start(self, by: Actor, workshop_id: Id, group_id: Id) -> Span:
        """Let a group speak from now on; whoever spoke until now stops.

        A second press, by whomever, finds it done.

        Raises:
            Refused: the workshop is finished.
            NotFound: no such workshop, or the group is of another series.
        """

        def job(connection: Connection) -> Span:
            # Held: two observers decide one after the other who spoke until now.
            shop = rows.held(connection, tables.workshop, workshop_id)
            _group_of(connection, shop, group_id)
            running = _running(connection, workshop_id)
            if running is not None and running.group_id == group_id:
                return _span(running)
            if shop.finished:
                raise Refused(
                    text("This workshop is finished. Minutes can still be entered by hand.")
                )
            if running is not None:
                self._end(connection, by, running)
            row = self._add(
                connection, by, workshop_id, shop.current_stage_id, "",
                group_id=group_id, started_at=self.store.now(),
            )  # fmt: skip
            self._log(connection, by, "start speaking", row, group=group_id)
            return _span(row)

        return self.store.write(job)

    def stop(self, by: Actor, span_id: Id) -> Span:
        """Let a group speak no longer; nothing happens where it has stopped already."""

        def job(connection: Connection) -> Span:
            row = rows.held(connection, _SPAN, span_id)
            return _span(row if row.ended_at is not None else self._end(connection, by, row))

        return self.store.write(job)

    def enter(
        self,
        by: Actor,
        workshop_id: Id,
        group_id: Id,
        seconds: int,
        stage_id: Id | None = None,
        key: str = "",
    ) -> Span:
        """Enter time that nobody measured; a repeated ``key`` enters it once."""
        _check(seconds)

        def job(connection: Connection) -> Span:
            shop = rows.held(connection, tables.workshop, workshop_id)
            _group_of(connection, shop, group_id)
            known = self._keyed(connection, workshop_id, key)
            if known is not None:
                return _span(known)
            now = self.store.now()
            row = self._add(
                connection, by, workshop_id, stage_id, key,
                group_id=group_id, started_at=now, ended_at=now, typed=seconds,
            )  # fmt: skip
            self._log(connection, by, "enter speaking", row, group=group_id, seconds=seconds)
            return _span(row)

        return self.store.write(job)

    def correct(
        self,
        by: Actor,
        span_id: Id,
        *,
        group_id: Id | None = None,
        seconds: int | None = None,
        stage_id: Id | None = None,
    ) -> Span:
        """Correct what is given; what was measured stays as an earlier version.

        Raises:
            Refused: it still runs, somebody else has changed it since, or nobody speaks so long.
            NotFound: the group or stage is not of this workshop.
        """
        if seconds is not None:
            _check(seconds)
        wanted = {"group_id": group_id, "typed": seconds, "stage_id": stage_id}

        def job(connection: Connection) -> Span:
            row = self._current(connection, span_id)
            if row.ended_at is None:
                raise Refused(text("This group is speaking just now. Stop it first, please."))
            shop = rows.one(connection, tables.workshop, row.workshop_id)
            if group_id is not None:
                _group_of(connection, shop, group_id)
            if stage_id is not None:
                stage_of(connection, row.workshop_id, stage_id)
            before = _span(row)
            known = {"group_id": row.group_id, "typed": before.seconds(), "stage_id": row.stage_id}
            values = {
                name: value
                for name, value in wanted.items()
                if value is not None and value != known[name]
            }
            if not values:
                return before
            row = self._succeed(connection, by, row, values)
            self._log(connection, by, "correct speaking", row, **values)
            return _span(row)

        return self.store.write(job)

    def spans(self, workshop_id: Id, *, withdrawn: bool = False) -> list[Span]:
        """Return what was recorded as it stands now, oldest first; ``withdrawn``: taken back."""
        gone = _SPAN.c.withdrawn_at.is_not(None) if withdrawn else _SPAN.c.withdrawn_at.is_(None)
        query = (
            select(_SPAN)
            .where(_SPAN.c.workshop_id == workshop_id, _SPAN.c.replaced_by.is_(None), gone)
            .order_by(_SPAN.c.started_at, _SPAN.c.id)
        )
        return self.look(lambda connection: [_span(one) for one in connection.execute(query)])

    def versions(self, origin_id: Id) -> list[Span]:
        """Return an entry as it stood from the first to the present version."""
        query = select(_SPAN).where(_SPAN.c.origin_id == origin_id).order_by(_SPAN.c.written_at)
        return self.look(lambda connection: [_span(one) for one in connection.execute(query)])

    def _leave(self, connection: Connection, by: Actor, row: Row[Any]) -> None:
        """Stop a span that still runs: it is taken back with the time it had."""
        if row.ended_at is None:
            self._end(connection, by, row)

    def _end(self, connection: Connection, by: Actor, row: Row[Any]) -> Row[Any]:
        return _end(connection, by, row, self.store.now())


def end_running(connection: Connection, by: Actor, workshop_id: Id, now: datetime) -> None:
    """End what runs in a workshop, if anything does, and say so in the log."""
    row = _running(connection, workshop_id)
    if row is not None:
        _end(connection, by, row, now)


def _end(connection: Connection, by: Actor, row: Row[Any], now: datetime) -> Row[Any]:
    """End a span; a clock that was set back makes it empty, never negative."""
    until = max(now, row.started_at)
    connection.execute(update(_SPAN).where(_SPAN.c.id == row.id).values(ended_at=until))
    ended = rows.one(connection, _SPAN, row.id)
    rows.log(
        connection, now, rows.actor_name(by), "stop speaking", row.origin_id,
        workshop_id=row.workshop_id, stage_id=row.stage_id,
        detail={"group": row.group_id, "seconds": _span(ended).seconds()},
    )  # fmt: skip
    return ended


def _running(connection: Connection, workshop_id: Id) -> Row[Any] | None:
    query = select(_SPAN).where(_SPAN.c.workshop_id == workshop_id, _SPAN.c.ended_at.is_(None))
    return connection.execute(query).first()


def _group_of(connection: Connection, shop: Row[Any], group_id: Id) -> None:
    if rows.one(connection, tables.stakeholder_group, group_id).series_id != shop.series_id:
        raise NotFound("stakeholder_group")


def _check(seconds: int) -> None:
    if not 1 <= seconds <= LONGEST:
        raise Refused(text("Enter more than nothing, and less than a day."), "minutes")


def _span(row: Row[Any]) -> Span:
    return Span(
        id=row.id,
        origin_id=row.origin_id,
        workshop_id=row.workshop_id,
        stage_id=row.stage_id,
        group_id=row.group_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        typed=row.typed,
        actor=row.staff_name,
        withdrawn=row.withdrawn_at is not None,
    )
