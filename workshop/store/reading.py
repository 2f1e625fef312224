"""One look at all that surrounds a stage, in one transaction: nothing contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select

from workshop.model import (
    Id,
    NotFound,
    Organisation,
    Participant,
    Series,
    Stage,
    StakeholderGroup,
    Theme,
    Workshop,
)
from workshop.store import rows, tables
from workshop.store.groups import read_groups
from workshop.store.opening import Store
from workshop.store.organisations import read_organisations
from workshop.store.presence import read_participants
from workshop.store.seating import read_seats
from workshop.store.themes import read_themes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is true around a stage at one moment."""

    series: Series
    workshop: Workshop
    stage: Stage | None
    groups: tuple[StakeholderGroup, ...]
    organisations: tuple[Organisation, ...]
    participants: tuple[Participant, ...]
    themes: tuple[Theme, ...]
    cast: frozenset[Id]
    """Participants who cast a secret ballot in the stage."""
    seats: Mapping[Id, int] = field(default_factory=dict)
    """At which table each participant sits in the stage, where it has tables."""


def look_at(store: Store, workshop_id: Id, stage_id: Id | None = None) -> Sight:
    """Return what is true around a stage (or a workshop) now.

    Raises:
        NotFound: there is no such workshop or stage.
    """
    with store.read() as connection:
        shop = rows.workshop(rows.one(connection, tables.workshop, workshop_id))
        stage = rows.stage(rows.one(connection, tables.stage, stage_id)) if stage_id else None
        turnout = select(tables.turnout.c.participant_id).where(
            tables.turnout.c.stage_id == stage_id
        )
        return Sight(
            series=rows.series(rows.one(connection, tables.series, shop.series_id)),
            workshop=shop,
            stage=stage,
            groups=tuple(read_groups(connection, shop.series_id)),
            organisations=tuple(read_organisations(connection, shop.series_id)),
            participants=tuple(read_participants(connection, workshop_id)),
            themes=tuple(read_themes(connection, stage_id)) if stage_id else (),
            cast=frozenset(row[0] for row in connection.execute(turnout))
            if stage_id
            else frozenset(),
            seats={one.participant_id: one.at_table for one in read_seats(connection, stage.id)}
            if stage is not None and stage.tables
            else {},
        )


_SHAPE = select(tables.workshop.c.shape).where(tables.workshop.c.id == bindparam("which"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """Where a participant stands who is about to write: as little as possible, in one look."""

    person: Participant
    stage: Stage
    shape: int
    mark: str = ""
    """By what the token of the sender's phone is known; "" where no phone sends."""


def look_at_footing(store: Store, participant_id: Id, stage_id: Id) -> Footing:
    """Return a participant with a stage of their own workshop.

    Raises:
        NotFound: there is no such person, no such stage, or it is of another workshop.
    """
    with store.read() as connection:
        person = rows.participant(rows.one(connection, tables.participant, participant_id))
        stage = rows.stage(rows.one(connection, tables.stage, stage_id))
        if stage.workshop_id != person.workshop_id:
            raise NotFound("stage")
        shape = connection.execute(_SHAPE, {"which": stage.workshop_id}).scalar_one()
        return Footing(person=person, stage=stage, shape=shape)


def count_people(store: Store, workshop_id: Id) -> int:
    """Return how many people have joined a workshop, whoever they are."""
    people = tables.participant
    query = select(func.count()).where(people.c.workshop_id == workshop_id)
    with store.read() as connection:
        return int(connection.execute(query).scalar_one())
