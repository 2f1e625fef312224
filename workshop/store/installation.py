"""Small things kept by name for the whole installation; archives and reports never carry them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from workshop.store import tables

_TABLE = tables.installation


def kept(connection: Connection, *keys: str) -> dict[str, str]:
    """Return what is kept under these names, where there is something."""
    query = select(_TABLE).where(_TABLE.c.key.in_(keys))
    return {str(row.key): str(row.value) for row in connection.execute(query)}


def held(connection: Connection, key: str) -> str | None:
    """Return what is kept under a name, and let nobody else change it until the commit."""
    query = select(_TABLE.c.value).where(_TABLE.c.key == key).with_for_update()
    value = connection.execute(query).scalar()
    return None if value is None else str(value)


def beginning(connection: Connection, start: str) -> dict[str, str]:
    """Return all that is kept under names that begin so."""
    query = select(_TABLE).where(_TABLE.c.key.startswith(start, autoescape=True))
    return {str(row.key): str(row.value) for row in connection.execute(query)}


def keep(connection: Connection, key: str, value: str) -> None:
    """Keep ``value`` under a name of at most 40 signs, instead of what was there."""
    done = connection.execute(update(_TABLE).where(_TABLE.c.key == key).values(value=value))
    if not done.rowcount:
        connection.execute(_TABLE.insert().values(key=key, value=value))


def drop(connection: Connection, key: str) -> None:
    """Keep nothing under a name any more."""
    connection.execute(delete(_TABLE).where(_TABLE.c.key == key))
