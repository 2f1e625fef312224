"""What an act changed: gathered while it is done, kept so that it can be undone.

The event log stays as it is and holds no words of people; what was there before stands here, beside
it, and never leaves the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Table, update

from workshop.model import Actor, Id
from workshop.store import rows, tables
from workshop.store.desk import Desk, changed

Change: TypeAlias = dict[str, Any]
"""Of what table a row was changed ("of", "id"), and its columns before and after ("was", "now").

``was`` is None for a row that was made, ``now`` for one that was removed.
"""


class Record:
    """The changes of one act, and what to call it by."""

    def __init__(self, connection: Connection, **told: Any) -> None:
        self.connection = connection
        self.changes: list[Change] = []
        self.told: dict[str, Any] = dict(told)

    def set(self, table: Table, row: Row[Any], values: Mapping[str, Any]) -> None:
        """Change a row; what stays as it was is not noted."""
        was = {name: row._mapping[name] for name in values}
        self.connection.execute(update(table).where(table.c.id == row.id).values(**values))
        if was != dict(values):
            self.note(table.name, row.id, was, dict(values), gone=is_gone(row))

    def note(
        self,
        of: str,
        row_id: Id,
        was: Mapping[str, Any] | None,
        now: Mapping[str, Any] | None,
        *,
        gone: bool = False,
    ) -> None:
        """Note a change; ``gone``: its author had already taken it back."""
        before = next((one for one in self.changes if (one["of"], one["id"]) == (of, row_id)), None)
        if before is not None and was is not None and now is not None:
            before["was"] = {**was, **before["was"]}
            before["now"] = {**before["now"], **now}
            return
        self.changes.append({"of": of, "id": row_id, "was": was, "now": now, "gone": gone})


class Recorder(Desk):
    """A part of the store whose acts can be undone."""

    def finish(
        self,
        record: Record,
        by: Actor,
        act: str,
        workshop_id: Id,
        stage_id: Id | None,
        about: str = "",
        **detail: Any,
    ) -> None:
        """Announce an act, write it into the log, and keep what undoes it."""
        at, actor = self.store.now(), rows.actor_name(by)
        changed(record.connection, workshop_id, stage_id)
        number = rows.log(
            record.connection, at, actor, act, about,
            workshop_id=workshop_id, stage_id=stage_id, detail=detail,
        )  # fmt: skip
        if record.changes:
            keep = tables.act.insert().values(
                id=number, workshop_id=workshop_id, stage_id=stage_id, at=at, actor=actor, act=act,
                told=record.told, changes=record.changes,
            )  # fmt: skip
            record.connection.execute(keep)


def is_gone(row: Row[Any]) -> bool:
    """Return whether the author of a contribution took it back or changed it; else False."""
    known = row._mapping
    return known.get("replaced_by") is not None or known.get("withdrawn_at") is not None
