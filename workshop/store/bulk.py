"""Read and write many rows in one step of the database, however many people stand behind them.

Rows travel as one JSON value. Row by row, SQLite's driver lets go of the interpreter at each one
and waits up to 5 ms to get it back while phones are answered; so a full hall's votes, read and
written one by one, would wait for each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
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


def rows_of(connection: Connection, query: Select[Any], **given: Any) -> list[list[Any]]:
    """Return the rows of a query over ``together``; moments come as text, see ``moment``."""
    lists = {
        name: _dumps(value) if is_lite(connection) and isinstance(value, list) else value
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
    kinds = [table.c[name].type for name in columns]
    listed = [
        [_sent(kind, row[name], lite) for kind, name in zip(kinds, columns, strict=True)]
        for row in rows
    ]
    connection.execute(_insert(table, columns, lite), {"rows": _dumps(listed)})


def replace(connection: Connection, pairs: Sequence[tuple[Id, Id]]) -> None:
    """Let each contribution (first id) be replaced by another (second id)."""
    if pairs:
        listed = _dumps([list(pair) for pair in pairs])
        connection.execute(_replace(is_lite(connection)), {"rows": listed})


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
    one = _listed(lite)
    values = [_part(one, place, table.c[name].type, lite) for place, name in enumerate(columns)]
    return table.insert().from_select(list(columns), select(*values), include_defaults=False)


@cache
def _grow(table: Table) -> Update:
    grown = table.c.revision + bindparam("times", type_=Integer)
    return update(table).where(table.c.id == bindparam("which")).values(revision=grown)


@cache
def _replace(lite: bool) -> Update:
    table, one = tables.contribution, _listed(lite)
    kind = table.c.id.type
    return (
        update(table)
        .where(table.c.id == _part(one, 0, kind, lite))
        .values(replaced_by=_part(one, 1, kind, lite))
    )


def _listed(lite: bool) -> Any:
    if lite:
        return func.json_each(bindparam("rows")).table_valued("value", name="one").c.value
    given = cast(bindparam("rows", type_=String), JSONB)
    return func.jsonb_array_elements(given).column_valued("one")


def _part(one: Any, place: int, kind: Any, lite: bool) -> Any:
    if lite:
        return func.json_extract(one, literal_column(f"'$[{place}]'"))
    if isinstance(kind, JSON):
        return func.nullif(
            one.op("->")(literal_column(str(place))), literal_column("'null'::jsonb")
        )
    return cast(one.op("->>")(literal_column(str(place))), kind)


def _sent(kind: Any, value: Any, lite: bool) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment):
        whole = value.astimezone(UTC)
        return f"{whole:%Y-%m-%d %H:%M:%S.%f}" if lite else whole.isoformat()
    return _dumps(value) if lite and isinstance(kind, JSON) else value


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
