"""Where the walls of a workshop are; shared by all that show it, in whichever process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy import Connection, select, update

from workshop.language import Language
from workshop.model import Id, Wall
from workshop.store import tables
from workshop.store.desk import Desk

_WALL = tables.wall


class WallDesk(Desk):
    """Turns walls; that is no result, so nothing of it is logged and no revision grows."""

    def wall(self, workshop_id: Id) -> Wall:
        """Return where the walls of a workshop are."""
        return self.look(lambda connection: _read(connection, workshop_id) or Wall())

    def turn(
        self,
        workshop_id: Id,
        stage_id: Id | None,
        page: int,
        table: bool | None = None,
        anchor: int = 0,
    ) -> Wall:
        """Show view ``page`` (counted from 0) of a stage's result on every wall of the workshop.

        ``anchor``: the place in the result of the block that view shows.
        """

        def job(connection: Connection) -> Wall:
            before = _read(connection, workshop_id)
            known = before or Wall()
            same = known.stage_id == stage_id
            now = replace(
                known,
                stage_id=stage_id,
                page=max(0, page),
                anchor=max(0, anchor),
                table=(same and known.table) if table is None else table,
                board=known.board if same else 0,
                count=known.count + 1,
            )
            _write(connection, workshop_id, now, new=before is None)
            return now

        return self.store.write(job)

    def board(self, workshop_id: Id, stage_id: Id, at_table: int) -> Wall:
        """Show the board of one table on every wall of the workshop; 0: all flow together."""

        def job(connection: Connection) -> Wall:
            before = _read(connection, workshop_id)
            known = (before or Wall()).at(stage_id)
            now = replace(
                known,
                board=max(0, at_table),
                page=0,
                anchor=0,
                count=known.count + 1,
            )
            _write(connection, workshop_id, now, new=before is None)
            return now

        return self.store.write(job)

    def wear(self, workshop_id: Id, languages: Sequence[Language], dark: bool) -> None:
        """Remember how the wall opened last looks."""
        known = self.wall(workshop_id)
        if (known.languages, known.dark) == (tuple(languages), dark):
            return

        def job(connection: Connection) -> None:
            before = _read(connection, workshop_id)
            now = replace(before or Wall(), languages=tuple(languages), dark=dark)
            _write(connection, workshop_id, now, new=before is None)

        self.store.write(job)

    def hush(
        self, workshop_id: Id, *, still: bool | None = None, discreet: bool | None = None
    ) -> Wall:
        """Let what grows by itself stand still, or hide how many are here; None: as before."""

        def job(connection: Connection) -> Wall:
            before = _read(connection, workshop_id)
            known = before or Wall()
            now = replace(
                known,
                still=known.still if still is None else still,
                discreet=known.discreet if discreet is None else discreet,
                count=known.count + 1,
            )
            _write(connection, workshop_id, now, new=before is None)
            return now

        return self.store.write(job)


def all_together(connection: Connection, workshop_id: Id) -> None:
    """Let a result begin with everything in it, whichever table's board was shown before."""
    here = _WALL.c.workshop_id == workshop_id
    connection.execute(update(_WALL).where(here, _WALL.c.board > 0).values(board=0))


def _read(connection: Connection, workshop_id: Id) -> Wall | None:
    row = connection.execute(select(_WALL).where(_WALL.c.workshop_id == workshop_id)).first()
    if row is None:
        return None
    return Wall(
        stage_id=row.stage_id,
        page=row.page,
        anchor=row.anchor,
        table=row.tabular,
        count=row._mapping["count"],  # a row is a tuple: "count" alone is its method
        languages=tuple(row.languages),
        dark=row.dark,
        still=row.still,
        discreet=row.discreet,
        board=row.board,
    )


def _write(connection: Connection, workshop_id: Id, now: Wall, *, new: bool) -> None:
    values = asdict(now)
    values |= {"tabular": values.pop("table"), "languages": list(now.languages)}
    if new:
        connection.execute(_WALL.insert().values(workshop_id=workshop_id, **values))
        return
    changed = update(_WALL).where(_WALL.c.workshop_id == workshop_id).values(**values)
    connection.execute(changed)
