"""Sorting: merge, reword, theme, re-file, hide; once for all exercises, undone as easily."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from workshop.captions import HIDDEN
from workshop.language import Multilingual, text
from workshop.model import Actor, Id, NotFound, Refused, StageState, Theme
from workshop.store import rows, tables
from workshop.store.desk import Desk, changed
from workshop.text import clean


class SortingDesk(Desk):
    """What staff do to contributions; originals never change."""

    def merge(self, by: Actor, contribution_ids: Sequence[Id], into: Id) -> None:
        """Say that several contributions are one idea; whoever was merged into them comes along."""

        def job(connection: Connection, target: Row[Any]) -> None:
            if target.merged_into is not None or not _stands(target):
                raise Refused(text("The card to merge into is itself merged, hidden or withdrawn."))
            table = tables.contribution
            for contribution_id in contribution_ids:
                if contribution_id == into:
                    continue
                row = rows.one(connection, table, contribution_id)
                if row.stage_id != target.stage_id:
                    raise NotFound("contribution")
                followers = (table.c.id == row.id) | (table.c.merged_into == row.id)
                connection.execute(update(table).where(followers).values(merged_into=into))
                self._note(connection, by, "merge", row, into=into)

        self._sort(into, job)

    def unmerge(self, by: Actor, contribution_id: Id) -> None:
        """Let a merged contribution stand on its own again."""
        self._set(by, contribution_id, "unmerge", merged_into=None)

    def reword(self, by: Actor, contribution_id: Id, wording: Multilingual) -> None:
        """Give a clearer wording or a translation; empty gives the author's words back."""
        tidy = Multilingual(bg=clean(wording.bg, 1000), en=clean(wording.en, 1000))
        self._set(by, contribution_id, "reword", wording=rows.spread(tidy) if tidy else {})

    def hide(self, by: Actor, contribution_id: Id, reason: str) -> None:
        """Hide a contribution from wall, phones and report, with a reason for the log."""
        if reason not in HIDDEN:
            raise Refused(text("Please choose a reason."), "reason")
        self._set(by, contribution_id, "hide", hidden=reason)

    def restore(self, by: Actor, contribution_id: Id) -> None:
        """Show a hidden contribution again."""
        self._set(by, contribution_id, "restore", hidden="")

    def put_on_shelf(self, by: Actor, contribution_id: Id, shelf: str) -> None:
        """File a contribution elsewhere; empty puts it back where its author had it."""
        self._set(by, contribution_id, "refile", shelf=shelf)

    def assign(self, by: Actor, contribution_id: Id, theme_id: Id | None) -> None:
        """Put a contribution under a theme, or under none."""

        def job(connection: Connection, row: Row[Any]) -> None:
            if (
                theme_id is not None
                and rows.one(connection, tables.theme, theme_id).stage_id != row.stage_id
            ):
                raise NotFound("theme")
            _write(connection, row.id, {"theme_id": theme_id})
            self._note(connection, by, "assign", row, theme=theme_id or "")

        self._sort(contribution_id, job)

    def stage_id_of(self, contribution_id: Id) -> Id:
        """Return the stage a contribution belongs to."""
        return self.look(
            lambda connection: str(
                rows.one(connection, tables.contribution, contribution_id).stage_id
            )
        )

    def themes(self, stage_id: Id) -> list[Theme]:
        """Return the themes of a stage in their order."""
        return self.look(lambda connection: read_themes(connection, stage_id))

    def add_theme(self, by: Actor, stage_id: Id, name: Multilingual) -> Theme:
        """Add a theme to sort contributions under."""
        spread = _theme_name(name)

        def job(connection: Connection) -> Theme:
            stage = _sortable(connection, stage_id)
            _not_twice(connection, stage_id, spread)
            table = tables.theme
            theme_id = rows.new_id()
            position = rows.next_number(connection, table.c.position, table.c.stage_id == stage_id)
            connection.execute(
                table.insert().values(
                    id=theme_id, stage_id=stage_id, name=spread, position=position
                )
            )
            self._theme_note(connection, by, "add theme", stage, theme_id)
            return rows.theme(rows.one(connection, table, theme_id))

        return self.store.write(job)

    def rename_theme(self, by: Actor, theme_id: Id, name: Multilingual) -> Theme:
        """Rename a theme."""
        spread = _theme_name(name)

        def job(connection: Connection) -> Theme:
            table = tables.theme
            stage = _sortable(connection, rows.one(connection, table, theme_id).stage_id)
            _not_twice(connection, stage.id, spread, but=theme_id)
            connection.execute(update(table).where(table.c.id == theme_id).values(name=spread))
            self._theme_note(connection, by, "rename theme", stage, theme_id)
            return rows.theme(rows.one(connection, table, theme_id))

        return self.store.write(job)

    def remove_theme(self, by: Actor, theme_id: Id) -> None:
        """Remove a theme; its contributions stay, without one."""

        def job(connection: Connection) -> None:
            stage = _sortable(connection, rows.one(connection, tables.theme, theme_id).stage_id)
            connection.execute(delete(tables.theme).where(tables.theme.c.id == theme_id))
            self._theme_note(connection, by, "remove theme", stage, theme_id)

        self.store.write(job)

    def _set(self, by: Actor, contribution_id: Id, act: str, **values: Any) -> None:
        def job(connection: Connection, row: Row[Any]) -> None:
            _write(connection, row.id, values)
            # Wordings may hold anything people wrote; the log says that, not what, was changed.
            told = {name: value for name, value in values.items() if name != "wording"}
            self._note(connection, by, act, row, **told)

        self._sort(contribution_id, job)

    def _sort(self, contribution_id: Id, job: Callable[[Connection, Row[Any]], None]) -> None:
        def whole(connection: Connection) -> None:
            row = rows.one(connection, tables.contribution, contribution_id)
            stage = _sortable(connection, row.stage_id)
            job(connection, row)
            changed(connection, stage.workshop_id, stage.id)

        self.store.write(whole)

    def _note(
        self, connection: Connection, by: Actor, act: str, row: Row[Any], **detail: Any
    ) -> None:
        stage = rows.one(connection, tables.stage, row.stage_id)
        rows.log(
            connection,
            self.store.now(),
            rows.actor_name(by),
            act,
            row.id,
            workshop_id=stage.workshop_id,
            stage_id=row.stage_id,
            detail=detail,
        )

    def _theme_note(
        self, connection: Connection, by: Actor, act: str, stage: Row[Any], about: Id
    ) -> None:
        changed(connection, stage.workshop_id, stage.id)
        rows.log(
            connection,
            self.store.now(),
            rows.actor_name(by),
            act,
            about,
            workshop_id=stage.workshop_id,
            stage_id=stage.id,
        )


def read_themes(connection: Connection, stage_id: Id) -> list[Theme]:
    """Return the themes of a stage in their order."""
    table = tables.theme
    query = select(table).where(table.c.stage_id == stage_id).order_by(table.c.position, table.c.id)
    return [rows.theme(row) for row in connection.execute(query)]


def _write(connection: Connection, contribution_id: Id, values: Mapping[str, Any]) -> None:
    table = tables.contribution
    connection.execute(update(table).where(table.c.id == contribution_id).values(**values))


def _stands(row: Row[Any]) -> bool:
    return not row.hidden and row.replaced_by is None and row.withdrawn_at is None


def _sortable(connection: Connection, stage_id: Id) -> Row[Any]:
    stage = rows.one(connection, tables.stage, stage_id)
    if stage.state == StageState.closed:
        raise Refused(text("This stage is closed. Reopen it to sort its contributions again."))
    return stage


def _theme_name(name: Multilingual) -> dict[str, str]:
    tidy = Multilingual(bg=clean(name.bg, 120, lines=False), en=clean(name.en, 120, lines=False))
    if not tidy:
        raise Refused(text("Please write a name."), "name")
    return rows.spread(tidy)


def _not_twice(connection: Connection, stage_id: Id, name: dict[str, str], but: Id = "") -> None:
    """Refuse a theme that is called like another one of the stage, in any language."""
    wanted = {one.casefold() for one in name.values() if one}
    for theme in read_themes(connection, stage_id):
        if theme.id != but and wanted & {theme.name.bg.casefold(), theme.name.en.casefold()}:
            raise Refused(text("There is already a theme “{name}”.", name=theme.name), "name")
