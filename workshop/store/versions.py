"""What observers keep is never overwritten: a change is a new version, withdrawing only a mark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from workshop.language import text
from workshop.model import Actor, Id, NotFound, Refused
from workshop.store import rows, tables
from workshop.store.desk import Desk


class VersionDesk(Desk):
    """A part of the store that keeps every version; no wall and no phone is told of any."""

    table: Table
    name: str
    """What the log calls it."""

    def withdraw(self, by: Actor, row_id: Id) -> None:
        """Take it back: it counts no more, and can be brought back."""
        self._mark(by, row_id, "withdraw", self.store.now())

    def restore(self, by: Actor, row_id: Id) -> None:
        """Bring back what was taken back."""
        self._mark(by, row_id, "restore", None)

    def _mark(self, by: Actor, row_id: Id, act: str, at: datetime | None) -> None:
        def job(connection: Connection) -> None:
            row = self._current(connection, row_id)
            if (row.withdrawn_at is None) is (at is None):
                return
            if at is not None:
                self._leave(connection, by, row)
            marked = update(self.table).where(self.table.c.id == row_id)
            connection.execute(marked.values(withdrawn_at=at))
            self._log(connection, by, f"{act} {self.name}", row)

        self.store.write(job)

    def _leave(self, connection: Connection, by: Actor, row: Row[Any]) -> None:
        """Bring to an end what must not go on once it is taken back; nothing, usually."""

    def _add(
        self,
        connection: Connection,
        by: Actor,
        workshop_id: Id,
        stage_id: Id | None,
        key: str,
        **values: Any,
    ) -> Row[Any]:
        """Keep something new; a repeated key gives what was kept the first time."""
        known = self._keyed(connection, workshop_id, key)
        if known is not None:
            return known
        if stage_id is not None:
            stage_of(connection, workshop_id, stage_id)
        now, fresh = self.store.now(), rows.new_id()
        line = {
            "id": fresh, "origin_id": fresh, "workshop_id": workshop_id, "stage_id": stage_id,
            "staff_name": rows.actor_name(by), "written_at": now, "key": key or None,
        }  # fmt: skip
        connection.execute(self.table.insert().values(**line, **values))
        return rows.one(connection, self.table, fresh)

    def _succeed(
        self, connection: Connection, by: Actor, row: Row[Any], values: Mapping[str, Any]
    ) -> Row[Any]:
        """Put a new version in the place of one, which stays as it was."""
        fresh = rows.new_id()
        connection.execute(
            update(self.table).where(self.table.c.id == row.id).values(replaced_by=fresh)
        )
        line = dict(row._mapping) | {
            "id": fresh, "key": None, "staff_name": rows.actor_name(by),
            "written_at": self.store.now(), **values,
        }  # fmt: skip
        connection.execute(self.table.insert().values(**line))
        return rows.one(connection, self.table, fresh)

    def _current(self, connection: Connection, row_id: Id) -> Row[Any]:
        """Return a version nobody has changed since.

        Raises:
            Refused: somebody has.
            NotFound: there is none.
        """
        row = rows.held(connection, self.table, row_id)
        if row.replaced_by is not None:
            raise Refused(text("Somebody else has just changed this. Look at it again, please."))
        return row

    def _keyed(self, connection: Connection, workshop_id: Id, key: str) -> Row[Any] | None:
        if not key:
            return None
        table = self.table
        query = select(table).where(table.c.workshop_id == workshop_id, table.c.key == key)
        return connection.execute(query).first()

    def _log(
        self, connection: Connection, by: Actor, act: str, row: Row[Any], **detail: Any
    ) -> None:
        rows.log(
            connection, self.store.now(), rows.actor_name(by), act, row.origin_id,
            workshop_id=row.workshop_id, stage_id=row.stage_id, detail=detail,
        )  # fmt: skip


def stage_of(connection: Connection, workshop_id: Id, stage_id: Id) -> None:
    """Check that a stage is of this workshop.

    Raises:
        NotFound: it is not, or there is none.
    """
    if rows.one(connection, tables.stage, stage_id).workshop_id != workshop_id:
        raise NotFound("stage")
