"""A series as plain JSON and back: what another installation imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy import Text as LongText
from sqlalchemy.exc import IntegrityError

from workshop.language import Text, text
from workshop.model import Actor, Id, Refused, Series
from workshop.passes import new_token, token_hash
from workshop.store import rows, tables
from workshop.store.belonging import belongs_together
from workshop.store.desk import Desk
from workshop.store.kinds import Moment
from workshop.store.series import unused_code
from workshop.text import clean

PROGRAM, FORMAT = "sedyanka archive", 1
PARTS: Mapping[str, Table] = {
    "series": tables.series,
    "groups": tables.stakeholder_group,
    "organisations": tables.organisation,
    "workshops": tables.workshop,
    "participants": tables.participant,
    "stages": tables.stage,
    "seats": tables.seat,
    "themes": tables.theme,
    "contributions": tables.contribution,
    "turnout": tables.turnout,
    "ballots": tables.ballot,
    "observations": tables.observation,
    "speaking": tables.span,
    "events": tables.event,
}
"""In the order in which rows may be inserted."""
LEFT_OUT = {
    "participants": {"token_hash", "join_key", "seen_at"},
    "workshops": {"copy_of"},
    "observations": {"key"},
    "speaking": {"key"},
    "events": {"id"},
    "stages": {"readout"},
}
"""What never leaves the house: keys that would let somebody in as somebody else, rehearsals, and
where a room just is."""
ADDED = {"observations", "speaking", "seats"}
"""Parts that archives of earlier versions do not have."""
MOST_ROWS = 500_000


class ArchiveDesk(Desk):
    """Writes and reads archives."""

    def dump(self, series_or_workshop_id: Id) -> dict[str, Any]:
        """Return a series with all its workshops, or with the one named, as plain JSON."""

        def look(connection: Connection) -> dict[str, Any]:
            shop = tables.workshop
            one = connection.execute(select(shop).where(shop.c.id == series_or_workshop_id)).first()
            series_id = one.series_id if one is not None else series_or_workshop_id
            rows.one(connection, tables.series, series_id)
            if one is not None and one.copy_of is not None:
                raise Refused(text("This is a copy for rehearsal: it is kept in no archive."))
            shops = kept_shops(connection, series_id)
            return {"program": PROGRAM, "format": FORMAT} | gather(
                connection, series_id, [one.id] if one is not None else shops
            )

        return self.look(look)

    def load(self, by: Actor, archive: Mapping[str, Any]) -> Series:
        """Put an archive into this database, whole or not at all.

        Raises:
            Refused: it is torn, of another program or a newer format, or already here.
        """
        parts = check(archive)

        def job(connection: Connection) -> Series:
            series_row = dict(parts["series"][0])
            if connection.execute(
                select(tables.series.c.id).where(tables.series.c.id == series_row["id"])
            ).first():
                raise Refused(text("This series is already in the database."))
            series_row["short_name"] = _free_name(
                connection, tables.series, series_row["short_name"]
            )
            try:
                connection.execute(insert(tables.series).values(**series_row))
                for name, table in PARTS.items():
                    if name != "series":
                        self._insert(connection, name, table, parts[name])
            except IntegrityError as problem:
                raise Refused(torn(text("its parts contradict each other"))) from problem
            rows.log(
                connection,
                self.store.now(),
                rows.actor_name(by),
                "import",
                series_row["short_name"],
                series_id=series_row["id"],
            )
            return rows.series(rows.one(connection, tables.series, series_row["id"]))

        return self.store.write(job)

    def _insert(
        self, connection: Connection, name: str, table: Table, lines: Sequence[dict[str, Any]]
    ) -> None:
        for line in lines:
            if name == "participants":
                line = line | {"token_hash": token_hash(new_token())}
            if name == "workshops":
                line = line | {
                    "short_name": _free_name(connection, table, line["short_name"]),
                    "code": _free_code(connection, line["code"]),
                }
            connection.execute(insert(table).values(**line))


def check(archive: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of an archive, each value checked and every text cleaned.

    Raises:
        Refused: what is wrong with it, in one sentence.
    """
    if archive.get("program") != PROGRAM:
        raise Refused(text("This file is not an archive of Sedyanka."))
    form = archive.get("format")
    if not isinstance(form, int) or form < FORMAT:
        raise Refused(torn(text("the part “{part}” is missing", part="format")))
    if form > FORMAT:
        raise Refused(
            text("This archive was made by a newer version of Sedyanka. Please update the program.")
        )
    parts: dict[str, list[dict[str, Any]]] = {}
    for name, table in PARTS.items():
        lines = archive.get(name, [] if name in ADDED else None)
        if not isinstance(lines, list) or len(lines) > MOST_ROWS:
            raise Refused(torn(text("the part “{part}” is missing", part=name)))
        parts[name] = [_row(name, table, line) for line in lines]
    if len(parts["series"]) != 1:
        raise Refused(torn(text("the part “{part}” is missing", part="series")))
    if not belongs_together(parts):
        raise Refused(torn(text("its parts contradict each other")))
    return parts


def torn(why: Text) -> Text:
    """Return the sentence for an archive that cannot be read whole."""
    return text("This archive is damaged ({why}). Nothing was imported.", why=why)


def kept_shops(connection: Connection, series_id: Id) -> list[Id]:
    """Return the workshops of a series that are kept: all but copies for rehearsal."""
    shop = tables.workshop.c
    query = select(shop.id).where(shop.series_id == series_id, shop.copy_of.is_(None))
    return [row.id for row in connection.execute(query)]


def gather(connection: Connection, series_id: Id, shops: list[Id]) -> dict[str, Any]:
    """Return the rows of a series and of those of its workshops that are named."""
    stages = [
        row.id
        for row in connection.execute(
            select(tables.stage.c.id).where(tables.stage.c.workshop_id.in_(shops))
        )
    ]
    which = {
        "series": tables.series.c.id == series_id,
        "groups": tables.stakeholder_group.c.series_id == series_id,
        "organisations": tables.organisation.c.series_id == series_id,
        "workshops": tables.workshop.c.id.in_(shops),
        "participants": tables.participant.c.workshop_id.in_(shops),
        "stages": tables.stage.c.id.in_(stages),
        "seats": tables.seat.c.stage_id.in_(stages),
        "themes": tables.theme.c.stage_id.in_(stages),
        "contributions": tables.contribution.c.stage_id.in_(stages),
        "turnout": tables.turnout.c.stage_id.in_(stages),
        "ballots": tables.ballot.c.stage_id.in_(stages),
        "observations": tables.observation.c.workshop_id.in_(shops),
        "speaking": tables.span.c.workshop_id.in_(shops),
        "events": tables.event.c.workshop_id.in_(shops),
    }
    gathered: dict[str, Any] = {}
    for name, table in PARTS.items():
        columns = [one for one in table.columns if one.name not in LEFT_OUT.get(name, ())]
        query = select(*columns).where(which[name]).order_by(*table.primary_key.columns)
        if name == "contributions":
            query = select(*columns).where(which[name]).order_by(table.c.stage_id, table.c.number)
        gathered[name] = [
            {key: _plain(value) for key, value in row._mapping.items()}
            for row in connection.execute(query)
        ]
    return gathered


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _row(name: str, table: Table, line: Any) -> dict[str, Any]:
    if not isinstance(line, Mapping):
        raise Refused(torn(text("a line of “{part}” cannot be read", part=name)))
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name in LEFT_OUT.get(name, ()) or column.name not in line:
            continue
        try:
            row[column.name] = _value(column, line[column.name])
        except (ValueError, TypeError, OverflowError, RecursionError, Refused) as problem:
            raise Refused(torn(text("a line of “{part}” cannot be read", part=name))) from problem
    return row


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, Moment):
        moment = datetime.fromisoformat(str(value))
        return moment if moment.tzinfo else None
    if isinstance(kind, Date):
        return date.fromisoformat(str(value))
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, Integer):
        number = int(value)
        if not 0 <= number < 2**31:
            raise ValueError("out of range")
        return number
    if isinstance(kind, String | LongText):
        return clean(str(value), kind.length or 4000)
    return _structure(value, 0)


def _structure(value: Any, depth: int) -> Any:
    if depth > 12:
        raise ValueError("too deep")
    if isinstance(value, str):
        return clean(value, 20_000)
    if isinstance(value, Mapping):
        return {clean(str(key), 200): _structure(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_structure(one, depth + 1) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError("not JSON")


def _free_name(connection: Connection, table: Any, wanted: str) -> str:
    name, number = wanted, 1
    while connection.execute(select(table.c.id).where(table.c.short_name == name)).first():
        number += 1
        name = f"{wanted[:50]}-{number}"
    return name


def _free_code(connection: Connection, wanted: str) -> str:
    taken = select(tables.workshop.c.id).where(tables.workshop.c.code == wanted)
    return unused_code(connection) if connection.execute(taken).first() else wanted
