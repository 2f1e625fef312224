"""What moved on in a transaction: told to every process once it is kept, on PostgreSQL.

Only "workshop, revision" is told. Whoever hears it looks for itself, so nothing that people wrote
travels this way, and a piece of news that is lost costs a moment and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ARRAY, Connection, String, any_, bindparam, cast, func, select

from workshop.model import Id
from workshop.store import tables

CHANNEL = "sedyanka"
_MOVED = "sedyanka.moved"
_SHOP = tables.workshop.c
_SAID = _SHOP.id + " " + cast(_SHOP.revision, String)
_TELL = select(func.count(func.pg_notify(CHANNEL, _SAID))).where(
    _SHOP.id == any_(cast(bindparam("moved"), ARRAY(String)))
)


def note(connection: Connection, workshops: Iterable[Id]) -> None:
    """Remember that workshops moved on in this transaction."""
    connection.info.setdefault(_MOVED, set()).update(workshops)


def forget(connection: Connection) -> None:
    """Begin anew: a transaction that broke leaves what it noted on its connection."""
    connection.info.pop(_MOVED, None)


def tell(connection: Connection) -> None:
    """Let the commit tell of each workshop that moved on, once, however much happened there."""
    moved = sorted(connection.info.pop(_MOVED, ()))
    if moved and connection.dialect.name != "sqlite":
        connection.execute(_TELL, {"moved": moved})


def heard(said: str) -> tuple[Id, int] | None:
    """Return the workshop and the revision somebody told of; None for words that are not ours."""
    workshop_id, _, revision = said.partition(" ")
    return (workshop_id, int(revision)) if workshop_id and revision.isdecimal() else None
