"""Read and write many rows in one step of the database, however many people stand behind them.

Rows travel as one JSON value. Row by row, SQLite's driver lets go of the interpreter at each one
and waits up to 5 ms to get it back while phones are answered; so a full hall's votes, read and
written one by one, would wait for each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Connection,
    Insert,
    Integer,
    Select,
    String,
    Table,
    Update,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from workshop.model import Id
from workshop.store import news, tables
from workshop.store.kinds import Moment

ROWS = ("pairs", "rows")
"""Lists of rows travel as JSON to both databases, lists of ids only to SQLite."""


def is_lite(connection: Connection) -> bool:
    """Return whether this is SQLite: the two databases take lists apart in their own ways."""
    return connection.dialect.name == "sqlite"


def together(lite: bool, *columns: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what gathers all rows of a query into one value, for ``rows_of``."""
    if lite:
        return func.json_group_array(func.json_array(*columns))
    return func.coalesce(
        func.json_agg(func.json_build_array(*columns)), literal_column("'[]'::json")
    )


def among(lite: bool, name: str) -> Any:
    """Return the values of a list given under ``name``, for ``column.in_(…)``."""
    if lite:
        return select(func.json_each(bindparam(name)).table_valued("value").c.value)
    given = cast(bindparam(name), ARRAY(String))
    return select(func.unnest(given).column_valued())


def rows_given(lite: bool, name: str) -> Any:
    """Return the rows of a list given under ``name`` as JSON, for ``part``."""
    if lite:
        return func.json_each(bindparam(name)).table_valued("value", name="one").c.value
    given = cast(bindparam(name, type_=String), JSONB)
    return func.jsonb_array_elements(given).column_valued("one")


def part(one: Any, place: int, kind: Any, lite: bool) -> Any:
    """Return what stands at a place of a row of ``rows_given``."""
    if lite:
        return func.json_extract(one, literal_column(f"'$[{place}]'"))
    if isinstance(kind, JSON):
        return func.nullif(
            one.op("->")(literal_column(str(place))), literal_column("'null'::jsonb")
        )
    return cast(one.op("->>")(literal_column(str(place))), kind)


def rows_of(connection: Connection, query: Select[Any], **given: Any) -> list[list[Any]]:
    """Return the rows of a query over ``together``; moments come as text, see ``moment``."""
    lists = {
        name: _dumps(value)
        if isinstance(value, list) and (is_lite(connection) or name in ROWS)
        else value
        for name, value in given.items()
    }
    found = connection.execute(query, lists).scalar_one()
    rows: list[list[Any]] = json.loads(found) if isinstance(found, str) else found
    return rows


def moment(said: str | None) -> datetime | None:
    """Return a moment that ``rows_of`` brought."""
    if said is None:
        return None
    read = datetime.fromisoformat(said)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all fill the same columns."""
    if not rows:
        return
    columns, lite = tuple(rows[0]), is_lite(connection)
    ways = [(name, _way(table.c[name].type, lite)) for name in columns]
    listed = [[row[name] if way is None else way(row[name]) for name, way in ways] for row in rows]
    connection.execute(_insert(table, columns, lite), {"rows": _dumps(listed)})


def replace(connection: Connection, pairs: Sequence[tuple[Id, Id]], *, parts: bool = False) -> None:
    """Let each contribution (first id), or its ``parts``, be replaced by another (second id)."""
    if pairs:
        listed = _dumps([list(pair) for pair in pairs])
        connection.execute(_replace(is_lite(connection), parts), {"rows": listed})


def grow(connection: Connection, table: Table, grown: Mapping[Id, int]) -> None:
    """Let the revisions of stages or workshops grow, each by how much happened there."""
    for which, times in sorted(grown.items()):
        connection.execute(_grow(table), {"which": which, "times": times})
    if table is tables.workshop:
        news.note(connection, grown)


def note_seen(connection: Connection, people: Sequence[Id], at: datetime) -> None:
    """Note that people's phones were in use."""
    table, lite = tables.participant, is_lite(connection)
    given = _dumps(list(people)) if lite else list(people)
    statement = update(table).where(table.c.id.in_(among(lite, "people"))).values(seen_at=at)
    connection.execute(statement, {"people": given})


@cache
def _insert(table: Table, columns: tuple[str, ...], lite: bool) -> Insert:
    one = rows_given(lite, "rows")
    values = [part(one, place, table.c[name].type, lite) for place, name in enumerate(columns)]
    return table.insert().from_select(list(columns), select(*values), include_defaults=False)


@cache
def _grow(table: Table) -> Update:
    grown = table.c.revision + bindparam("times", type_=Integer)
    return update(table).where(table.c.id == bindparam("which")).values(revision=grown)


@cache
def _replace(lite: bool, parts: bool) -> Update:
    table, one = tables.contribution, rows_given(lite, "rows")
    kind = table.c.id.type
    which = table.c.part_of if parts else table.c.id
    return (
        update(table)
        .where(which == part(one, 0, kind, lite))
        .values(replaced_by=part(one, 1, kind, lite))
    )


def _way(kind: Any, lite: bool) -> Callable[[Any], Any] | None:
    """Return how a column's values are made ready to travel; None: as they are."""
    if isinstance(kind, Moment):
        return _moment_for_sqlite if lite else _moment_for_postgres
    return _structure if lite and isinstance(kind, JSON) else None


@lru_cache(maxsize=16)
def _moment_for_sqlite(value: datetime | None) -> str | None:
    return None if value is None else f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


@lru_cache(maxsize=16)
def _moment_for_postgres(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat()


def _structure(value: Any) -> str | None:
    return None if value is None else _dumps(value)


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
