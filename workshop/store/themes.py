"""Themes: names that staff give to contributions that belong together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, select

from workshop.language import Multilingual, text
from workshop.model import Actor, Id, Refused, StageState, Theme
from workshop.store import rows, tables
from workshop.store.recording import Record, Recorder
from workshop.text import clean_words


class ThemeDesk(Recorder):
    """What staff do to themes."""

    def themes(self, stage_id: Id) -> list[Theme]:
        """Return the themes of a stage in their order."""
        return self.look(lambda connection: read_themes(connection, stage_id))

    def add_theme(self, by: Actor, stage_id: Id, name: Multilingual) -> Theme:
        """Add a theme to sort contributions under."""
        spread = _theme_name(name)

        def job(connection: Connection) -> Theme:
            stage = sortable(connection, stage_id)
            not_twice(connection, stage_id, spread)
            table = tables.theme
            theme_id = rows.new_id()
            position = rows.next_number(connection, table.c.position, table.c.stage_id == stage_id)
            values = {"stage_id": stage_id, "name": spread, "position": position}
            connection.execute(table.insert().values(id=theme_id, **values))
            record = Record(connection, theme=spread)
            record.note("theme", theme_id, None, values)
            self.finish(record, by, "add theme", stage.workshop_id, stage_id, theme_id)
            return rows.theme(rows.one(connection, table, theme_id))

        return self.store.write(job)

    def rename_theme(self, by: Actor, theme_id: Id, name: Multilingual) -> Theme:
        """Rename a theme."""
        spread = _theme_name(name)

        def job(connection: Connection) -> Theme:
            table = tables.theme
            row = rows.one(connection, table, theme_id)
            stage = sortable(connection, row.stage_id)
            not_twice(connection, stage.id, spread, but=theme_id)
            record = Record(connection, theme=spread)
            record.set(table, row, {"name": spread})
            self.finish(record, by, "rename theme", stage.workshop_id, stage.id, theme_id)
            return rows.theme(rows.one(connection, table, theme_id))

        return self.store.write(job)

    def remove_theme(self, by: Actor, theme_id: Id) -> None:
        """Remove a theme; its contributions stay, without one."""

        def job(connection: Connection) -> None:
            row = rows.one(connection, tables.theme, theme_id)
            stage = sortable(connection, row.stage_id)
            record = Record(connection, theme=row.name)
            for card in under(connection, theme_id):
                record.set(tables.contribution, card, {"theme_id": None})
            connection.execute(delete(tables.theme).where(tables.theme.c.id == theme_id))
            # Last: undone in reverse, the theme is there again before its cards are.
            was = {"stage_id": stage.id, "name": row.name, "position": row.position}
            record.note("theme", theme_id, was, None)
            self.finish(record, by, "remove theme", stage.workshop_id, stage.id, theme_id)

        self.store.write(job)


def read_themes(connection: Connection, stage_id: Id) -> list[Theme]:
    """Return the themes of a stage in their order."""
    table = tables.theme
    query = select(table).where(table.c.stage_id == stage_id).order_by(table.c.position, table.c.id)
    return [rows.theme(row) for row in connection.execute(query)]


def under(connection: Connection, theme_id: Id) -> list[Row[Any]]:
    """Return the contributions under a theme."""
    table = tables.contribution
    query = select(table).where(table.c.theme_id == theme_id).order_by(table.c.number)
    return list(connection.execute(query))


def sortable(connection: Connection, stage_id: Id) -> Row[Any]:
    """Return a stage whose contributions may be sorted.

    Raises:
        Refused: it is closed.
    """
    stage = rows.one(connection, tables.stage, stage_id)
    if stage.state == StageState.closed:
        raise Refused(text("This stage is closed. Reopen it to sort its contributions again."))
    return stage


def not_twice(connection: Connection, stage_id: Id, name: dict[str, str], but: Id = "") -> None:
    """Refuse a theme that is called like another one of the stage, in any language."""
    wanted = {one.casefold() for one in name.values() if one}
    for theme in read_themes(connection, stage_id):
        if theme.id != but and wanted & {theme.name.bg.casefold(), theme.name.en.casefold()}:
            raise Refused(text("There is already a theme “{name}”.", name=theme.name), "name")


def _theme_name(name: Multilingual) -> dict[str, str]:
    tidy = clean_words(name, 120)
    if not tidy:
        raise Refused(text("Please write a name."), "name")
    return rows.spread(tidy)
