"""Notes of observers: written, changed and taken back, each version kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update

from workshop.language import text
from workshop.model import Actor, Id, Observation, Refused
from workshop.store import rows, tables
from workshop.store.versions import VersionDesk, stage_of
from workshop.text import clean

LONGEST = 1000
"""Characters of a note."""


class ObservationDesk(VersionDesk):
    """What observers note of the room."""

    table = tables.observation
    name = "note"

    def note(
        self, by: Actor, workshop_id: Id, words: str, stage_id: Id | None = None, key: str = ""
    ) -> Observation:
        """Keep a note on a stage, or on what is between two; a repeated ``key`` keeps it once.

        Raises:
            Refused: it says nothing, or is too long.
            NotFound: no such workshop, or the stage is of another.
        """
        tidy = _words(words)

        def job(connection: Connection) -> Observation:
            rows.held(connection, tables.workshop, workshop_id)
            known = self._keyed(connection, workshop_id, key)
            if known is not None:
                return _observation(known)
            row = self._add(
                connection, by, workshop_id, stage_id, key, at=self.store.now(), words=tidy
            )
            self._log(connection, by, "note", row)
            return _observation(row)

        return self.store.write(job)

    def change(
        self, by: Actor, row_id: Id, *, words: str | None = None, stage_id: Id | None = None
    ) -> Observation:
        """Give a note other words, or another stage; the earlier version stays.

        Raises:
            Refused: it says nothing, or somebody else has changed it since.
        """
        values: dict[str, Any] = {} if words is None else {"words": _words(words)}

        def job(connection: Connection) -> Observation:
            row = self._current(connection, row_id)
            if stage_id is not None:
                stage_of(connection, row.workshop_id, stage_id)
                values["stage_id"] = stage_id
            if all(row._mapping[name] == value for name, value in values.items()):
                return _observation(row)
            row = self._succeed(connection, by, row, values)
            self._log(connection, by, "change note", row, fields=sorted(values))
            return _observation(row)

        return self.store.write(job)

    def mark(self, by: Actor, row_id: Id, reported: bool) -> None:
        """Mark a note for the report, or no longer."""

        def job(connection: Connection) -> None:
            row = self._current(connection, row_id)
            if row.reported is reported:
                return
            marked = update(self.table).where(self.table.c.id == row_id)
            connection.execute(marked.values(reported=reported))
            act = "note for the report" if reported else "note not for the report"
            self._log(connection, by, act, row)

        self.store.write(job)

    def observations(self, workshop_id: Id, *, withdrawn: bool = False) -> list[Observation]:
        """Return the notes as they stand now, oldest first; ``withdrawn``: those taken back."""
        table = self.table
        gone = table.c.withdrawn_at.is_not(None) if withdrawn else table.c.withdrawn_at.is_(None)
        query = (
            select(table)
            .where(table.c.workshop_id == workshop_id, table.c.replaced_by.is_(None), gone)
            .order_by(table.c.at, table.c.id)
        )
        return self.look(
            lambda connection: [_observation(one) for one in connection.execute(query)]
        )

    def versions(self, origin_id: Id) -> list[Observation]:
        """Return a note as it stood from the first to the present version."""
        table = self.table
        query = select(table).where(table.c.origin_id == origin_id).order_by(table.c.written_at)
        return self.look(
            lambda connection: [_observation(one) for one in connection.execute(query)]
        )


def _words(typed: str) -> str:
    tidy = clean(typed, LONGEST)
    if not tidy:
        raise Refused(text("Please write at least a few words."), "words")
    return tidy


def _observation(row: Row[Any]) -> Observation:
    return Observation(
        id=row.id,
        origin_id=row.origin_id,
        workshop_id=row.workshop_id,
        stage_id=row.stage_id,
        at=row.at,
        words=row.words,
        actor=row.staff_name,
        written_at=row.written_at,
        reported=row.reported,
        withdrawn=row.withdrawn_at is not None,
    )
