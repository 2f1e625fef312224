"""How far a room is with the cards that are read out: kept once, for whoever runs or shows it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, update

from workshop.language import text
from workshop.model import Actor, Id, Refused, StageState, Turn
from workshop.store import rows, tables
from workshop.store.recording import Record, Recorder

Kept: TypeAlias = list[dict[str, Any]]
"""The turns of a round as the database has them, in order."""
Part: TypeAlias = dict[str, Any]
"""The end of a round ("turns"), how many came before ("after"), and their print ("known")."""


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
            before, after = _kept(seen), _kept(then)
            if (row.readout or []) != before:
                return False
            if row.state != StageState.locked:
                raise Refused(
                    text("Cards are read out after the lock and before the result is shown.")
                )
            record = Record(connection, numbers=[] if number is None else [number])
            stage, wall = tables.stage, tables.wall
            connection.execute(
                update(stage).where(stage.c.id == stage_id).values(readout=after or None)
            )
            record.note("stage", stage_id, *turned(before, after))
            connection.execute(
                update(wall)
                .where(wall.c.workshop_id == row.workshop_id)
                .values(page=0, anchor=0, tabular=False, count=wall.c.count + 1)
            )
            self.finish(record, by, act, row.workshop_id, stage_id, about, place=len(then))
            return True

        return self.store.write(job)


def turned(was: Kept, now: Kept) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what an act keeps of a round it changed: the turns that differ, before and after.

    Kept whole, a round of 200 cards would take 2.4 MB for its 200 steps.
    """
    pairs = enumerate(zip(was, now, strict=False))
    after = next((n for n, (one, other) in pairs if one != other), min(len(was), len(now)))
    known = _print(was[:after])
    before, then = (
        {"readout": {"after": after, "known": known, "turns": turns[after:]}}
        for turns in (was, now)
    )
    return before, then


def is_at(present: Kept | None, kept: Part | Kept | None) -> bool:
    """Return whether a round is where an act left it."""
    if not isinstance(kept, dict):  # an act of an earlier release: the whole round
        return present == kept
    after, turns = kept["after"], present or []
    last: Kept = kept["turns"]
    return _print(turns[:after]) == kept["known"] and turns[after:] == last


def back_at(present: Kept | None, kept: Part | Kept | None) -> Kept | None:
    """Return a round as it was before an act; ``is_at`` said it is as the act left it."""
    if not isinstance(kept, dict):
        return kept
    return [*(present or [])[: kept["after"]], *kept["turns"]] or None


def _print(turns: Kept) -> str:
    """Return what stands for the turns that an act left alone."""
    return hashlib.sha256(json.dumps(turns, sort_keys=True).encode()).hexdigest()[:16]


def _kept(turns: Sequence[Turn]) -> Kept:
    return [{"card": one.card, "passed": one.passed} for one in turns]
