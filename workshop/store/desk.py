"""What every part of the store shares: the open database, and how changes are announced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, update

from workshop.model import Id
from workshop.store import tables
from workshop.store.opening import Store

T = TypeVar("T")


class Desk:
    """A part of the store; its public methods are one transaction each."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def look(self, query: Callable[[Connection], T]) -> T:
        """Read."""
        with self.store.read() as connection:
            return query(connection)


def changed(connection: Connection, workshop_id: Id, stage_id: Id | None = None) -> None:
    """Announce a change by staff: revision and shape grow (and the stage's revision)."""
    shop = tables.workshop
    connection.execute(
        update(shop)
        .where(shop.c.id == workshop_id)
        .values(revision=shop.c.revision + 1, shape=shop.c.revision + 1)
    )
    if stage_id is not None:
        grow(connection, stage_id)


def moved(connection: Connection, workshop_id: Id) -> None:
    """Announce that people did something: only the revision grows."""
    shop = tables.workshop
    connection.execute(
        update(shop).where(shop.c.id == workshop_id).values(revision=shop.c.revision + 1)
    )


def grow(connection: Connection, stage_id: Id) -> None:
    """Announce that what a stage's result rests on changed."""
    stage = tables.stage
    connection.execute(
        update(stage).where(stage.c.id == stage_id).values(revision=stage.c.revision + 1)
    )


def all_changed(connection: Connection, series_id: Id) -> None:
    """Announce a change of what all workshops of a series share (groups, organisations)."""
    shop = tables.workshop
    connection.execute(
        update(shop)
        .where(shop.c.series_id == series_id)
        .values(revision=shop.c.revision + 1, shape=shop.c.revision + 1)
    )
