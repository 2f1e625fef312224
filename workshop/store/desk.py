"""What every part of the store shares: the open database, and how changes are announced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select, update

from workshop.model import Id
from workshop.store import news, tables
from workshop.store.opening import Store

T = TypeVar("T")
_SHOP, _STAGE = tables.workshop, tables.stage
# Built once: every contribution runs two of them.
_CHANGED = (
    update(_SHOP)
    .where(_SHOP.c.id == bindparam("which"))
    .values(revision=_SHOP.c.revision + 1, shape=_SHOP.c.revision + 1)
)
_MOVED = update(_SHOP).where(_SHOP.c.id == bindparam("which")).values(revision=_SHOP.c.revision + 1)
_GROWN = (
    update(_STAGE).where(_STAGE.c.id == bindparam("which")).values(revision=_STAGE.c.revision + 1)
)


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
    connection.execute(_CHANGED, {"which": workshop_id})
    news.note(connection, [workshop_id])
    if stage_id is not None:
        grow(connection, stage_id)


def moved(connection: Connection, workshop_id: Id) -> None:
    """Announce that people did something: only the revision grows."""
    connection.execute(_MOVED, {"which": workshop_id})
    news.note(connection, [workshop_id])


def grow(connection: Connection, stage_id: Id) -> None:
    """Announce that what a stage's result rests on changed."""
    connection.execute(_GROWN, {"which": stage_id})


def all_changed(connection: Connection, series_id: Id) -> None:
    """Announce a change of what all workshops of a series share (groups, organisations)."""
    connection.execute(
        update(_SHOP)
        .where(_SHOP.c.series_id == series_id)
        .values(revision=_SHOP.c.revision + 1, shape=_SHOP.c.revision + 1)
    )
    query = select(_SHOP.c.id).where(_SHOP.c.series_id == series_id)
    news.note(connection, connection.execute(query).scalars())
