"""The agenda: stages, their order and their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from workshop.language import text
from workshop.model import Actor, Id, Refused, Stage, StageState, Workshop
from workshop.passes import tidy_code
from workshop.store import rows, tables
from workshop.store.desk import changed
from workshop.store.recording import Record
from workshop.store.seating import set_anew
from workshop.store.states import StateDesk, has_entries

UNDOABLE = frozenset({"hand on"})
"""Which changes of a stage's columns are undone with one press; forms are filled in again."""


class AgendaDesk(StateDesk):
    """Stages of workshops."""

    def workshop_by_code(self, code: str) -> Workshop:
        """Return the workshop a participant means.

        Raises:
            Refused: no workshop has this code, or its code is no longer good; both in one
                sentence, so that guessing learns nothing.
        """
        wanted = tidy_code(code)
        query = select(tables.workshop).where(tables.workshop.c.code == wanted)
        row = self.look(lambda connection: connection.execute(query).first()) if wanted else None
        if row is None or (row.code_until is not None and row.code_until < self.store.now()):
            raise Refused(
                text("No workshop is open under this code. Please compare it with the screen."),
                "code",
            )
        return rows.workshop(row)

    def stages(self, workshop_id: Id) -> list[Stage]:
        """Return the agenda in its order."""
        return self.look(lambda connection: read_stages(connection, workshop_id))

    def stage(self, stage_id: Id) -> Stage:
        """Return the stage with that id."""
        return self.look(
            lambda connection: rows.stage(rows.one(connection, tables.stage, stage_id))
        )

    def insert_stage(
        self, by: Actor, workshop_id: Id, columns: Mapping[str, Any], position: int | None = None
    ) -> Stage:
        """Put a checked stage into the agenda, at the end unless ``position`` says where."""

        def job(connection: Connection) -> Stage:
            order = [stage.id for stage in read_stages(connection, workshop_id)]
            stage_id = rows.new_id()
            place = len(order) if position is None else max(0, min(position, len(order)))
            connection.execute(
                tables.stage.insert().values(
                    id=stage_id, workshop_id=workshop_id, position=place, **columns
                )
            )
            order.insert(place, stage_id)
            number(connection, order)
            self._note(connection, by, "add stage", workshop_id, stage_id)
            return rows.stage(rows.one(connection, tables.stage, stage_id))

        return self.store.write(job)

    def update_stage(
        self, by: Actor, stage_id: Id, columns: Mapping[str, Any], *, act: str = "change stage"
    ) -> Stage:
        """Change checked columns; anonymity only before the stage was ever open."""

        def job(connection: Connection) -> Stage:
            row = rows.one(connection, tables.stage, stage_id)
            _may_change(row, columns)
            set_anew(connection, row, columns)
            record = Record(connection)
            if columns:
                record.set(tables.stage, row, columns)
            if act not in UNDOABLE:
                record.changes.clear()
            fields = sorted(columns)
            self.finish(record, by, act, row.workshop_id, stage_id, fields=fields)
            return rows.stage(rows.one(connection, tables.stage, stage_id))

        return self.store.write(job)

    def place_stage(self, by: Actor, stage_id: Id, position: int) -> list[Stage]:
        """Move a stage to another place of the agenda."""

        def job(connection: Connection) -> list[Stage]:
            row = rows.one(connection, tables.stage, stage_id)
            before = [one.id for one in read_stages(connection, row.workshop_id)]
            order = [one for one in before if one != stage_id]
            order.insert(max(0, min(position, len(order))), stage_id)
            number(connection, order)
            record = Record(connection)
            if order != before:
                record.note("agenda", row.workshop_id, {"order": before}, {"order": order})
            self.finish(record, by, "move stage", row.workshop_id, stage_id)
            return read_stages(connection, row.workshop_id)

        return self.store.write(job)

    def remove_stage(self, by: Actor, stage_id: Id) -> None:
        """Remove a stage nobody has written in."""

        def job(connection: Connection) -> None:
            row = rows.one(connection, tables.stage, stage_id)
            if has_entries(connection, stage_id):
                raise Refused(text("This stage has contributions, so it stays in the agenda."))
            connection.execute(delete(tables.stage).where(tables.stage.c.id == stage_id))
            number(connection, [one.id for one in read_stages(connection, row.workshop_id)])
            _forget(connection, row)
            self._note(connection, by, "remove stage", row.workshop_id, stage_id)

        self.store.write(job)

    def lock_joining(self, by: Actor, workshop_id: Id, locked: bool) -> None:
        """Close or open the door: nobody new joins while it is locked.

        Opened again, a count of heads no longer says anything and is forgotten.
        """
        count = {} if locked else {"heads": None}

        def job(connection: Connection) -> None:
            connection.execute(
                update(tables.workshop)
                .where(tables.workshop.c.id == workshop_id)
                .values(joining_locked=locked, **count)
            )
            self._note(
                connection, by, "lock joining" if locked else "open joining", workshop_id, None
            )

        self.store.write(job)

    def revision(self, workshop_id: Id) -> tuple[int, int]:
        """Return (revision, shape) of a workshop: whether there is anything new to look at."""
        return self.revisions([workshop_id]).get(workshop_id, (0, 0))

    def revisions(self, workshop_ids: Sequence[Id]) -> dict[Id, tuple[int, int]]:
        """Return (revision, shape) of several workshops that are looked at together."""
        shop = tables.workshop.c
        query = select(shop.id, shop.revision, shop.shape).where(shop.id.in_(workshop_ids))
        found = self.look(lambda connection: connection.execute(query).all())
        return {row.id: (row.revision, row.shape) for row in found}

    def _note(
        self,
        connection: Connection,
        by: Actor,
        act: str,
        workshop_id: Id,
        stage_id: Id | None,
        **detail: Any,
    ) -> None:
        changed(connection, workshop_id, stage_id)
        rows.log(
            connection,
            self.store.now(),
            rows.actor_name(by),
            act,
            workshop_id=workshop_id,
            stage_id=stage_id,
            detail=detail,
        )


def read_stages(connection: Connection, workshop_id: Id) -> list[Stage]:
    """Return the agenda in its order."""
    table = tables.stage
    query = (
        select(table)
        .where(table.c.workshop_id == workshop_id)
        .order_by(table.c.position, table.c.id)
    )
    return [rows.stage(row) for row in connection.execute(query)]


def _may_change(row: Row[Any], columns: Mapping[str, Any]) -> None:
    if "anonymity" in columns and columns["anonymity"] != row.anonymity and row.ever_opened:
        raise Refused(
            text(
                "People were told who sees what when this stage opened; that can no longer change."
            ),
            "anonymity",
        )
    seating = {name: columns[name] for name in ("tables", "spread") if name in columns}
    if row.state != StageState.planned and any(
        row._mapping[name] != value for name, value in seating.items()
    ):
        raise Refused(text("The tables are set before a stage opens; people sit already."))


def _forget(connection: Connection, row: Row[Any]) -> None:
    shop = tables.workshop
    connection.execute(
        update(shop)
        .where(shop.c.id == row.workshop_id, shop.c.current_stage_id == row.id)
        .values(current_stage_id=None)
    )


def number(connection: Connection, order: Sequence[Id]) -> None:
    """Let the stages of an agenda stand in that order."""
    for position, stage_id in enumerate(order):
        connection.execute(
            update(tables.stage).where(tables.stage.c.id == stage_id).values(position=position)
        )
