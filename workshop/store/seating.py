"""Who sits at which table of a stage: dealt when it opens, found for whoever comes later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, select

from workshop.language import text
from workshop.model import Actor, Id, NotFound, Refused, Seat, Spread, StageState
from workshop.seating import Guest, deal, place
from workshop.store import bulk, rows, tables
from workshop.store.desk import changed
from workshop.store.recording import Record, Recorder

_SEAT, _STAGE, _PEOPLE = tables.seat, tables.stage, tables.participant
IN_USE = (StageState.open, StageState.locked)
"""Whoever comes while a stage is in one of these states gets a seat in it, as where others sit
before it opens."""


class SeatingDesk(Recorder):
    """Seats people, and says who sits where."""

    def seats(self, stage_id: Id) -> list[Seat]:
        """Return who sits where in a stage."""
        return self.look(lambda connection: read_seats(connection, stage_id))

    def seat(self, by: Actor, stage_id: Id, participant_id: Id, at_table: int) -> None:
        """Let somebody sit at another table from now on; what they wrote stays where it was.

        Raises:
            Refused: there is no such table, or this person does not write.
            NotFound: they are of another workshop.
        """

        def job(connection: Connection) -> None:
            stage = rows.held(connection, _STAGE, stage_id)
            person = rows.one(connection, _PEOPLE, participant_id)
            if person.workshop_id != stage.workshop_id:
                raise NotFound("participant")
            if not 1 <= at_table <= stage.tables:
                raise Refused(text("There is no such table."), "table")
            if not person.voting:
                raise Refused(text("Observers watch; they do not write or vote."))
            record = Record(connection, person=person.number, table=at_table)
            _put(record, stage, person, at_table)
            self.finish(
                record, by, "seat", stage.workshop_id, stage_id, str(person.number), table=at_table
            )

        self.store.write(job)

    def deal(self, by: Actor, stage_id: Id) -> None:
        """Seat the room before the stage opens, so that people have walked by then.

        Raises:
            Refused: it has opened already, which has seated everybody.
        """

        def job(connection: Connection) -> None:
            stage = rows.held(connection, _STAGE, stage_id)
            if stage.state != StageState.planned:
                raise Refused(text("The tables are set before a stage opens; people sit already."))
            seat_room(connection, stage)
            changed(connection, stage.workshop_id, stage_id)
            rows.log(
                connection, self.store.now(), rows.actor_name(by), "deal seats",
                workshop_id=stage.workshop_id, stage_id=stage_id,
            )  # fmt: skip

        self.store.write(job)


def _put(record: Record, stage: Row[Any], person: Row[Any], at_table: int) -> None:
    found = record.connection.execute(
        select(_SEAT).where(_SEAT.c.stage_id == stage.id, _SEAT.c.participant_id == person.id)
    ).first()
    if found is not None:
        record.set(_SEAT, found, {"at_table": at_table})
        return
    seat_id, now = rows.new_id(), {"at_table": at_table}
    who = {"stage_id": stage.id, "participant_id": person.id}
    record.connection.execute(_SEAT.insert().values(id=seat_id, **who, **now))
    record.note(_SEAT.name, seat_id, None, now)


def read_seats(connection: Connection, stage_id: Id) -> list[Seat]:
    """Return who sits where in a stage, those first who joined first."""
    query = (
        select(_SEAT.c.participant_id, _SEAT.c.at_table)
        .join(_PEOPLE, _PEOPLE.c.id == _SEAT.c.participant_id)
        .where(_SEAT.c.stage_id == stage_id)
        .order_by(_PEOPLE.c.number)
    )
    return [
        Seat(stage_id=stage_id, participant_id=row.participant_id, at_table=row.at_table)
        for row in connection.execute(query)
    ]


def set_anew(connection: Connection, stage: Row[Any], columns: Mapping[str, Any]) -> None:
    """Let people get up whose seats no longer fit the tables that a stage is to have.

    Who was seated by hand stays, where there still is such a table.
    """
    count, spread = columns.get("tables", stage.tables), columns.get("spread", stage.spread)
    if (count, spread) == (stage.tables, stage.spread):
        return
    gone = delete(_SEAT).where(_SEAT.c.stage_id == stage.id)
    if spread == stage.spread == Spread.hand:
        gone = gone.where(_SEAT.c.at_table > count)
    connection.execute(gone)


def seat_room(connection: Connection, stage: Row[Any]) -> None:
    """Seat whoever has no seat in a stage that opens: a whole room is dealt, single ones join.

    Who came on paper is not asked to a table by a phone; staff seat them where that matters.
    """
    if not stage.tables:
        return
    seated = select(_SEAT.c.participant_id).where(_SEAT.c.stage_id == stage.id)
    query = select(_PEOPLE.c.id, _PEOPLE.c.group_id, _PEOPLE.c.organisation_id).where(
        _PEOPLE.c.workshop_id == stage.workshop_id,
        _PEOPLE.c.voting.is_(True),
        _PEOPLE.c.left_at.is_(None),
        _PEOPLE.c.paper.is_(False),
        _PEOPLE.c.id.not_in(seated),
    )
    guests = [
        Guest(id=row.id, group_id=row.group_id, organisation_id=row.organisation_id)
        for row in connection.execute(query.order_by(_PEOPLE.c.number))
    ]
    if connection.execute(seated).first() is None:
        spread = Spread(stage.spread)
        _insert(connection, stage.id, deal(guests, stage.tables, spread, stage.id))
    else:
        _join(connection, stage, guests)


def seat_late(connection: Connection, workshop_id: Id, guests: Sequence[Guest]) -> None:
    """Seat people who come in, or may write from now on, wherever others sit already."""
    others = exists().where(_SEAT.c.stage_id == _STAGE.c.id)
    query = select(_STAGE.c.id, _STAGE.c.tables, _STAGE.c.spread).where(
        _STAGE.c.workshop_id == workshop_id,
        _STAGE.c.tables > 0,
        _STAGE.c.state.in_(IN_USE) | ((_STAGE.c.state == StageState.planned) & others),
    )
    for stage in connection.execute(query).all():
        known = select(_SEAT.c.participant_id).where(
            _SEAT.c.stage_id == stage.id, _SEAT.c.participant_id.in_([one.id for one in guests])
        )
        seated = set(connection.execute(known).scalars())
        _join(connection, stage, [one for one in guests if one.id not in seated])


def seat_one(connection: Connection, person: Row[Any]) -> None:
    """Seat somebody who may write from now on, if they have no seat yet."""
    if person.voting and person.left_at is None and not person.paper:
        seat_late(connection, person.workshop_id, [guest(person)])


def guest(row: Row[Any]) -> Guest:
    """Return a participant as somebody who needs a seat."""
    return Guest(id=row.id, group_id=row.group_id, organisation_id=row.organisation_id)


def _join(connection: Connection, stage: Any, guests: Iterable[Guest]) -> None:
    """Let people sit down one by one, each where those before them left the most room."""
    count = (
        select(_SEAT.c.at_table, _PEOPLE.c.group_id, func.count())
        .join(_PEOPLE, _PEOPLE.c.id == _SEAT.c.participant_id)
        .where(_SEAT.c.stage_id == stage.id)
        .group_by(_SEAT.c.at_table, _PEOPLE.c.group_id)
    )
    counts = Counter({(table, group): n for table, group, n in connection.execute(count)})
    found: dict[Id, int] = {}
    for one in guests:
        table = place(one, stage.tables, Spread(stage.spread), counts)
        if table is not None:
            found[one.id] = table
            counts[table, one.group_id] += 1
    _insert(connection, stage.id, found)


def _insert(connection: Connection, stage_id: Id, seated: dict[Id, int]) -> None:
    lines = [
        {"id": rows.new_id(), "stage_id": stage_id, "participant_id": who, "at_table": table}
        for who, table in seated.items()
    ]
    bulk.insert(connection, _SEAT, lines)
