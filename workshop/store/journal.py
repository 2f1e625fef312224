"""The append-only log: who changed what when."""

from __future__ import annotations

from sqlalchemy import select

from workshop.model import Event, Id
from workshop.store import tables
from workshop.store.desk import Desk


class JournalDesk(Desk):
    """Reads the log; the other desks write it in the transaction of the act itself."""

    def moves(self, workshop_id: Id, stage_id: Id | None = None) -> list[Event]:
        """Return what happened in a workshop, oldest first."""
        table = tables.event
        query = select(table).where(table.c.workshop_id == workshop_id).order_by(table.c.id)
        if stage_id is not None:
            query = query.where(table.c.stage_id == stage_id)
        return self.look(
            lambda connection: [
                Event(
                    at=row.at,
                    actor=row.actor,
                    act=row.act,
                    stage_id=row.stage_id,
                    about=row.about,
                    detail=row.detail,
                )
                for row in connection.execute(query)
            ]
        )
