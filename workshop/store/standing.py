"""What the verdicts on many entries rest on, read in a few questions for all their senders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from workshop.model import Anonymity, Id, Spread, StageState
from workshop.store import tables
from workshop.store.bulk import among, is_lite, moment, part, rows_given, rows_of, together
from workshop.store.seating import guest, seat_late

if TYPE_CHECKING:
    from workshop.store.verdicts import Sending

_ENTRY, _PERSON = tables.contribution.c, tables.participant.c
_STAGE, _VOTED, _SEAT = tables.stage.c, tables.turnout.c, tables.seat.c
_CURRENT = (
    _ENTRY.replaced_by.is_(None),
    _ENTRY.withdrawn_at.is_(None),
    _ENTRY.part_of.is_(None),  # what staff split off was not sent
)


@dataclass(slots=True)
class Place:
    """A stage entries are sent to."""

    id: Id
    workshop_id: Id
    state: str
    anonymity: str
    opened_at: datetime | None
    moderated: bool = False
    tables: int = 0
    """At how many tables people sit in it; 0: nobody's seat is asked for."""
    spread: str = Spread.mixed
    last: int = 0
    """The number given last."""


class Person(NamedTuple):
    """Somebody who sends."""

    workshop_id: Id
    voting: bool
    token_hash: str


class Earlier(NamedTuple):
    """An entry that was sent before under the same key."""

    id: Id
    stage_id: Id
    number: int
    at: datetime
    digest: str


@dataclass(slots=True)
class Known:
    """What the database knows of stages and senders, in one transaction."""

    places: dict[Id, Place]
    people: dict[Id, Person]
    sent: dict[tuple[Id, str], Earlier] = field(default_factory=dict)
    standing: dict[tuple[Id, Id | None], dict[Id, str | None]] = field(default_factory=dict)
    """By stage and participant (None: staff): what stands, each with its slot."""
    seats: dict[tuple[Id, Id], int] = field(default_factory=dict)
    """By stage and participant: at which table they sit."""
    voted: dict[tuple[Id, Id], str] = field(default_factory=dict)
    """By stage and participant: the key of a secret ballot that was cast."""


def look(connection: Connection, sendings: Sequence[Sending]) -> Known:
    """Return what is known; the stages are held until the transaction ends."""
    lite = is_lite(connection)
    stages = sorted({one.stage_id for one in sendings})
    people = sorted({one.participant_id for one in sendings if one.participant_id})
    who = {"people": people}
    known = Known(
        places={
            row[0]: Place(
                row[0], row[1], row[2], row[3], moment(row[4]), bool(row[5]), row[6], row[7]
            )
            for row in rows_of(connection, _stages(lite), stages=stages)
        },
        people={
            row[0]: Person(row[1], bool(row[2]), row[3])
            for row in rows_of(connection, _people(lite), **who)
        },
    )
    for place in known.places.values():
        place.last = connection.execute(_LAST, {"stage": place.id}).scalar_one()
    pairs = [[one.participant_id, one.key] for one in sendings if one.participant_id]
    for row in rows_of(connection, _sent(lite), pairs=pairs):
        at = moment(row[5])
        assert at is not None
        known.sent[row[0], row[1]] = Earlier(row[2], row[3], row[4], at, row[6])
    for stage, author, entry, slot in rows_of(connection, _standing(lite), stages=stages, **who):
        known.standing.setdefault((stage, author), {})[entry] = slot
    if any(one.participant_id is None for one in sendings):
        for stage, entry, slot in rows_of(connection, _by_staff(lite), stages=stages):
            known.standing.setdefault((stage, None), {})[entry] = slot
    if any(one.tables for one in known.places.values()):
        _look_for_seats(connection, known, sendings)
    if any(one.anonymity == Anonymity.secret for one in known.places.values()):
        for stage, author, key in rows_of(connection, _cast(lite), stages=stages, **who):
            known.voted[stage, author] = key
    return known


def _look_for_seats(connection: Connection, known: Known, sendings: Sequence[Sending]) -> None:
    """Look where the senders sit; who was thought to have left may write again, and sits down."""
    given = {"stages": sorted(known.places), "people": sorted(known.people)}
    query = _seats(is_lite(connection))
    for _ in range(2):
        for stage, who, table in rows_of(connection, query, **given):
            known.seats[stage, who] = table
        standing = {
            one.participant_id
            for one in sendings
            if (one.stage_id, one.participant_id) not in known.seats and _may_sit(known, one)
        }
        if not standing:
            return
        people = tables.participant
        lost = select(people).where(people.c.id.in_(standing)).order_by(people.c.number)
        for row in connection.execute(lost).all():
            seat_late(connection, row.workshop_id, [guest(row)])


def _may_sit(known: Known, one: Sending) -> bool:
    place, person = known.places.get(one.stage_id), known.people.get(one.participant_id or "")
    if place is None or person is None or one.channel == "paper":
        return False
    dealt = place.tables > 0 and place.spread != Spread.hand and place.state == StageState.open
    return dealt and person.voting and person.workshop_id == place.workshop_id


_LAST = select(func.coalesce(func.max(_ENTRY.number), 0)).where(
    _ENTRY.stage_id == bindparam("stage")
)


@cache
def _stages(lite: bool) -> Select[Any]:
    # Held: several servers of one PostgreSQL number the entries of a stage one after the other.
    columns = (
        _STAGE.id, _STAGE.workshop_id, _STAGE.state, _STAGE.anonymity, _STAGE.opened_at,
        _STAGE.moderated, _STAGE.tables, _STAGE.spread,
    )  # fmt: skip
    held = (
        select(*columns)
        .where(_STAGE.id.in_(among(lite, "stages")))
        .order_by(_STAGE.id)
        .with_for_update()
        .subquery()
    )
    return select(together(lite, *held.c))


@cache
def _people(lite: bool) -> Select[Any]:
    columns = (_PERSON.id, _PERSON.workshop_id, _PERSON.voting, _PERSON.token_hash)
    return select(together(lite, *columns)).where(_PERSON.id.in_(among(lite, "people")))


@cache
def _sent(lite: bool) -> Select[Any]:
    columns = (
        _ENTRY.participant_id, _ENTRY.key, _ENTRY.id, _ENTRY.stage_id, _ENTRY.number, _ENTRY.at,
        _ENTRY.digest,
    )  # fmt: skip
    one = rows_given(lite, "pairs")
    return select(together(lite, *columns)).where(
        _ENTRY.participant_id == part(one, 0, _ENTRY.participant_id.type, lite),
        _ENTRY.key == part(one, 1, _ENTRY.key.type, lite),
    )


@cache
def _standing(lite: bool) -> Select[Any]:
    columns = (_ENTRY.stage_id, _ENTRY.participant_id, _ENTRY.id, _ENTRY.slot)
    return select(together(lite, *columns)).where(
        _ENTRY.stage_id.in_(among(lite, "stages")),
        _ENTRY.participant_id.in_(among(lite, "people")),
        *_CURRENT,
    )


@cache
def _by_staff(lite: bool) -> Select[Any]:
    return select(together(lite, _ENTRY.stage_id, _ENTRY.id, _ENTRY.slot)).where(
        _ENTRY.stage_id.in_(among(lite, "stages")), _ENTRY.staff_name.is_not(None), *_CURRENT
    )


@cache
def _seats(lite: bool) -> Select[Any]:
    return select(together(lite, _SEAT.stage_id, _SEAT.participant_id, _SEAT.at_table)).where(
        _SEAT.stage_id.in_(among(lite, "stages")),
        _SEAT.participant_id.in_(among(lite, "people")),
    )


@cache
def _cast(lite: bool) -> Select[Any]:
    return select(together(lite, _VOTED.stage_id, _VOTED.participant_id, _VOTED.key)).where(
        _VOTED.stage_id.in_(among(lite, "stages")),
        _VOTED.participant_id.in_(among(lite, "people")),
    )
