"""Undo: the latest act of staff first, one after the other; the log keeps both.

An act is undone whole, in one transaction, and only where everything still is as it left it. What
somebody has changed since stays, and the act can then be undone no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, select, update

from workshop.language import Text, text
from workshop.model import Act, Actor, Id, Refused
from workshop.store import rows, tables
from workshop.store.desk import Desk, changed
from workshop.store.recording import Change
from workshop.store.reverting import SORTING, Cell, obstacles, revert
from workshop.store.states import has_entries
from workshop.store.themes import sortable

MOST = 20
"""Acts listed at a time."""
Acts: TypeAlias = Sequence[Row[Any]]
_ACT, _EVENT = tables.act, tables.event


class UndoDesk(Desk):
    """Undoes what staff did to cards, themes and stages; ballots are nobody's to undo."""

    def acts(self, workshop_id: Id, most: int = MOST) -> list[Act]:
        """Return what can be undone in a workshop, the latest act first."""
        query = _live(workshop_id).order_by(_ACT.c.id.desc()).limit(most)
        return self.look(lambda connection: [_act(row) for row in connection.execute(query)])

    def act(self, act_id: int) -> Act:
        """Return an act, undone or not."""
        return self.look(lambda connection: _act(_row(connection, act_id)))

    def undo(self, by: Actor, act_id: int, whose: str = "") -> Act:
        """Undo an act; ``whose``: the name of who did it, where that is somebody else.

        Raises:
            Refused: it is somebody else's and nobody said so; it was undone already; a later act
                rests on it; or what it would bring back was changed since, in which case it can
                no longer be undone and the act before it comes up.
        """

        def job(connection: Connection) -> Act | Refused:
            row = _row(connection, act_id)
            _may(row, by, whose)
            later = connection.execute(
                _live(row.workshop_id).where(_ACT.c.id > act_id).order_by(_ACT.c.id.desc())
            ).all()
            if any(one["of"] in SORTING for one in row.changes):
                sortable(connection, row.stage_id)
            _first_undo(later, _cells(row.changes))
            found = obstacles(connection, row.changes)
            _first_undo(later, found)
            if found:
                _close(connection, act_id, "lost")
                return Refused(_why(connection, row, found))
            revert(connection, row.changes, self.store.now())
            self._note(connection, by, row)
            return _act(row)

        done = self.store.write(job)
        if isinstance(done, Refused):
            raise done
        return done

    def _note(self, connection: Connection, by: Actor, row: Row[Any]) -> None:
        _close(connection, row.id, "undone")
        changed(connection, row.workshop_id, row.stage_id)
        about = connection.execute(select(_EVENT.c.about).where(_EVENT.c.id == row.id)).scalar()
        rows.log(
            connection,
            self.store.now(),
            rows.actor_name(by),
            "undo",
            about or "",
            workshop_id=row.workshop_id,
            stage_id=row.stage_id,
            detail={"act": row.act, "by": row.actor, "at": row.at.isoformat()},
        )


def _live(workshop_id: Id) -> Any:
    return select(_ACT).where(_ACT.c.workshop_id == workshop_id, _ACT.c.fate == "")


def _row(connection: Connection, act_id: int) -> Row[Any]:
    row = connection.execute(select(_ACT).where(_ACT.c.id == act_id)).first()
    if row is None:
        raise Refused(text("There is nothing to undo."))
    return row


def _act(row: Row[Any]) -> Act:
    return Act(
        id=row.id, at=row.at, actor=row.actor, act=row.act, stage_id=row.stage_id, told=row.told
    )


def _may(row: Row[Any], by: Actor, whose: str) -> None:
    if row.fate == "undone":
        raise Refused(text("This was undone already."))
    if row.fate:
        raise Refused(text("This was changed since and can no longer be undone."))
    if row.actor not in (rows.actor_name(by), whose):
        raise Refused(text("{name} did this. Say first that you want to undo it.", name=row.actor))


def _cells(changes: Iterable[Change]) -> set[Cell]:
    """Return what an act touched; a row that was made or removed counts whole ("")."""
    return {
        (one["of"], one["id"], name)
        for one in changes
        for name in (one["now"] if one["was"] is not None and one["now"] is not None else ("",))
    }


def _first_undo(later: Acts, cells: set[Cell]) -> None:
    """Refuse while a later act that could still be undone rests on any of this."""
    whole = {cell[:2] for cell in cells if not cell[2]}
    touched = {cell[:2] for cell in cells}
    for row in later:
        for cell in _cells(row.changes):
            if cell in cells or cell[:2] in whole or (not cell[2] and cell[:2] in touched):
                raise Refused(
                    text(
                        "{name} has changed the same since. Undo the later act first.",
                        name=row.actor,
                    )
                )


def _close(connection: Connection, act_id: int, fate: str) -> None:
    connection.execute(update(_ACT).where(_ACT.c.id == act_id).values(fate=fate))


def _why(connection: Connection, row: Row[Any], found: set[Cell]) -> Text:
    """Say who changed what since, as far as the log knows."""
    if any(name == "gone" for _, _, name in found):
        return text("Its author has changed or withdrawn this card since, so it stays as it is.")
    opened = next((one for of, one, name in found if (of, name) == ("stage", "state")), None)
    if opened is not None and has_entries(connection, opened):
        return text("People have already written in this stage; it can be locked instead.")
    about = {one for _, one, _ in found}
    stages = {one for of, one, _ in found if of == "stage"}
    query = (
        select(_EVENT.c.actor)
        .where(_EVENT.c.id > row.id, _EVENT.c.about.in_(about) | _EVENT.c.stage_id.in_(stages))
        .order_by(_EVENT.c.id.desc())
    )
    name = connection.execute(query).scalars().first()
    if name in (None, "participant"):
        return text("This was changed since, so it stays as it is.")
    return text("{name} has changed this since, so it stays as it is.", name=name)
