"""How far a room is with the cards that are read out: kept once, for whoever runs or shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, update

from workshop.language import text
from workshop.model import Actor, Id, Refused, StageState, Turn
from workshop.store import rows, tables
from workshop.store.recording import Record, Recorder


class ReadOutDesk(Recorder):
    """Turns cards over, one at a time."""

    def turn_over(
        self,
        by: Actor,
        stage_id: Id,
        seen: Sequence[Turn],
        then: Sequence[Turn],
        act: str,
        about: Id,
        number: int | None,
    ) -> bool:
        """Go from one place to the next; return False where somebody else went on since ``seen``.

        ``about``, ``number``: the card that was turned over. Every wall shows the card that is up
        again, whatever it was turned to.

        Raises:
            Refused: people still write, or the room sees all of it already.
        """

        def job(connection: Connection) -> bool:
            row = rows.one(connection, tables.stage, stage_id)
            if (row.readout or []) != _kept(seen):
                return False
            if row.state != StageState.locked:
                raise Refused(
                    text("Cards are read out after the lock and before the result is shown.")
                )
            record = Record(connection, numbers=[] if number is None else [number])
            record.set(tables.stage, row, {"readout": _kept(then) or None})
            wall = tables.wall
            connection.execute(
                update(wall)
                .where(wall.c.workshop_id == row.workshop_id)
                .values(page=0, anchor=0, tabular=False, count=wall.c.count + 1)
            )
            self.finish(record, by, act, row.workshop_id, stage_id, about, place=len(then))
            return True

        return self.store.write(job)


def _kept(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    return [{"card": one.card, "passed": one.passed} for one in turns]
