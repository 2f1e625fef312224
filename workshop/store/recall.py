"""Read what stands in a stage again, but only what is new or changed since the last look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, String, cast, select

from workshop.model import Contribution, Id
from workshop.store import tables
from workshop.store.contributions import query_of, stored
from workshop.store.opening import Store

Mark: TypeAlias = tuple[Any, ...]
"""What may change about a contribution after it was written; the entry itself never does."""
FEW = 300
"""Rows asked for by id; for more of them the whole stage is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """What stands in a stage, by number; ``fresh`` holds only what was not known as it is now."""

    shape: int
    marks: Mapping[Id, Mark]
    fresh: Mapping[Id, Contribution[Any]]


NOTHING = Recall(shape=-1, marks={}, fresh={})


def recall(store: Store, workshop_id: Id, stage_id: Id, known: Recall = NOTHING) -> Recall:
    """Return what stands in a stage of a workshop, reading as little as ``known`` allows.

    While staff change nothing (``shape``), what is known still holds and only the ids are read:
    people write new contributions, and replace or withdraw old ones, which then stand no more.
    """
    shop = tables.workshop
    with store.read() as connection:
        # First: what a later statement sees may be newer, and is then read once more.
        shape = connection.execute(select(shop.c.shape).where(shop.c.id == workshop_id)).scalar()
        if shape == known.shape:
            ids = _ids(connection, stage_id)
            missing = [one for one in ids if one not in known.marks]
            news = _marks(connection, stage_id, missing) if missing else {}
            found = {**news, **known.marks}
            marks = {one: found[one] for one in ids if one in found}
        else:
            marks = _marks(connection, stage_id)
            missing = [one for one, mark in marks.items() if known.marks.get(one) != mark]
        fresh = _contributions(connection, stage_id, missing)
    return Recall(shape=int(shape or 0), marks=marks, fresh=fresh)


def _ids(connection: Connection, stage_id: Id) -> list[Id]:
    return [row[0] for row in connection.execute(_standing(stage_id, tables.contribution.c.id))]


def _marks(
    connection: Connection, stage_id: Id, only: Collection[Id] | None = None
) -> dict[Id, Mark]:
    table, people = tables.contribution, tables.participant
    query = _standing(
        stage_id,
        table.c.id,
        table.c.hidden,
        table.c.merged_into,
        table.c.theme_id,
        table.c.shelf,
        cast(table.c.wording, String),
        people.c.organisation_id,
        people.c.group_id,
        people.c.voting,
        people.c.left_at.is_not(None),
    ).join(people, people.c.id == table.c.participant_id, isouter=True)
    if only is not None and len(only) <= FEW:
        query = query.where(table.c.id.in_(only))
    return {row[0]: tuple(row[1:]) for row in connection.execute(query)}


def _contributions(
    connection: Connection, stage_id: Id, wanted: Collection[Id]
) -> dict[Id, Contribution[Any]]:
    if not wanted:
        return {}
    query = query_of(stage_id)
    if len(wanted) <= FEW:
        query = query.where(tables.contribution.c.id.in_(wanted))
    return {row.id: stored(row) for row in connection.execute(query)}


def _standing(stage_id: Id, *columns: Any) -> Any:
    table = tables.contribution
    return (
        select(*columns)
        .where(
            table.c.stage_id == stage_id,
            table.c.replaced_by.is_(None),
            table.c.withdrawn_at.is_(None),
        )
        .order_by(table.c.number)
    )
