"""A series as it was when its report was made final."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from workshop.model import Id
from workshop.store import tables
from workshop.store.archive import FORMAT, PROGRAM, gather, kept_shops
from workshop.store.desk import Desk


class SnapshotDesk(Desk):
    """Keeps what final reports are made from."""

    def freeze(self, series_id: Id) -> None:
        """Keep a series as it is now: what a final report is made from, whatever comes later."""

        def job(connection: Connection) -> None:
            self._thaw(connection, series_id)
            shops = kept_shops(connection, series_id)
            whole = {"program": PROGRAM, "format": FORMAT} | gather(connection, series_id, shops)
            values = {"series_id": series_id, "at": self.store.now(), "archive": whole}
            connection.execute(insert(tables.snapshot).values(**values))

        self.store.write(job)

    def thaw(self, series_id: Id) -> None:
        """Forget what was frozen: the report follows the entries again."""
        self.store.write(lambda connection: self._thaw(connection, series_id))

    def frozen(self, series_id: Id) -> dict[str, Any] | None:
        """Return the archive a final series was frozen as, or None."""
        table = tables.snapshot
        query = select(table.c.archive).where(table.c.series_id == series_id)
        kept = self.look(lambda connection: connection.execute(query).scalar())
        return None if kept is None else dict(kept)

    def _thaw(self, connection: Connection, series_id: Id) -> None:
        table = tables.snapshot
        connection.execute(delete(table).where(table.c.series_id == series_id))
