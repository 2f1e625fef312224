"""Sorting: merge, split, reword, theme, re-file, hide; once for all exercises, undone as easily."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, insert, select

from workshop.captions import HIDDEN
from workshop.language import Multilingual, text
from workshop.model import WAITING, Actor, Anonymity, Id, NotFound, Refused
from workshop.store import rows, tables
from workshop.store.recording import Record, is_gone
from workshop.store.themes import ThemeDesk, sortable
from workshop.text import LIMIT, clean, clean_words

Which: TypeAlias = "Id | Sequence[Id]"
"""One contribution, or several that are treated in one act and undone in one."""
MOST_PARTS = 10
SAME = (
    "stage_id", "participant_id", "staff_name", "entry", "digest", "channel", "at_table",
    "language", "at",
)  # fmt: skip
"""What a card that was split off shares with its original for good."""
SORTED = ("hidden", "merged_into", "theme_id", "shelf")
"""What it begins with, and staff may change."""


class SortingDesk(ThemeDesk):
    """What staff do to contributions; originals never change."""

    def merge(self, by: Actor, contribution_ids: Sequence[Id], into: Id) -> None:
        """Say that several contributions are one idea; whoever was merged into them comes along."""
        others = [one for one in contribution_ids if one != into]
        if not others:
            return

        def job(connection: Connection) -> None:
            target, *merged = _together(connection, [into, *others])
            stage = sortable(connection, target.stage_id)
            if target.merged_into is not None or not _stands(target):
                raise Refused(text("The card to merge into is itself merged, hidden or withdrawn."))
            table = tables.contribution
            record = Record(connection, numbers=_numbers(merged), into=target.number)
            for row in merged:
                followers = select(table).where(table.c.merged_into == row.id)
                for one in (row, *connection.execute(followers.order_by(table.c.number)).all()):
                    record.set(table, one, {"merged_into": into})
            self._finish(record, by, "merge", stage, merged, into=into)

        self.store.write(job)

    def unmerge(self, by: Actor, which: Which) -> None:
        """Let a merged contribution stand on its own again."""
        self._set(by, which, "unmerge", merged_into=None)

    def reword(self, by: Actor, contribution_id: Id, wording: Multilingual) -> None:
        """Give a clearer wording or a translation; empty gives the author's words back."""
        tidy = clean_words(wording, LIMIT, lines=True)

        def may(row: Row[Any]) -> None:
            if row.part_of is not None and not tidy:
                raise Refused(text("A part of a split card needs a wording of its own."))

        self._set(by, contribution_id, "reword", may, wording=rows.spread(tidy) if tidy else {})

    def hide(self, by: Actor, which: Which, reason: str) -> None:
        """Hide a contribution from wall, phones and report, with a reason for the log."""
        if reason not in HIDDEN:
            raise Refused(text("Please choose a reason."), "reason")
        self._set(by, which, "hide", hidden=reason)

    def restore(self, by: Actor, which: Which) -> None:
        """Show a hidden contribution again."""
        self._set(by, which, "restore", hidden="")

    def let_through(self, by: Actor, which: Which) -> None:
        """Show contributions that waited for it; what a colleague dealt with stays as it is."""

        def job(connection: Connection) -> None:
            found = _together(connection, _listed(which))
            stage = sortable(connection, found[0].stage_id)
            waiting = [row for row in found if row.hidden == WAITING and not is_gone(row)]
            if not waiting:
                return
            record = Record(connection, numbers=_numbers(waiting))
            for row in waiting:
                record.set(tables.contribution, row, {"hidden": ""})
            self._finish(record, by, "let through", stage, waiting)

        self.store.write(job)

    def put_on_shelf(self, by: Actor, which: Which, shelf: str) -> None:
        """File a contribution elsewhere; empty puts it back where its author had it."""
        self._set(by, which, "refile", shelf=shelf)

    def assign(self, by: Actor, which: Which, theme_id: Id | None) -> None:
        """Put a contribution under a theme, or under none."""

        def job(connection: Connection) -> None:
            found = _together(connection, _listed(which))
            stage = sortable(connection, found[0].stage_id)
            theme = rows.one(connection, tables.theme, theme_id) if theme_id else None
            if theme is not None and theme.stage_id != stage.id:
                raise NotFound("theme")
            record = Record(connection, numbers=_numbers(found), theme=theme.name if theme else {})
            for row in found:
                record.set(tables.contribution, row, {"theme_id": theme_id})
            self._finish(record, by, "assign", stage, found, theme=theme_id or "")

        self.store.write(job)

    def part(self, by: Actor, contribution_id: Id, parts: Sequence[str]) -> list[Id]:
        """Let a contribution that holds several ideas be several cards; return their ids.

        The first stays where it is, with whatever was merged into it; each further one is a card
        of the same author, sent at the same moment, with the same entry behind it.
        """
        tidy = [one for one in (clean(part, 1000) for part in parts) if one]
        if not 2 <= len(tidy) <= MOST_PARTS:
            raise Refused(text("Please write two to ten ideas, each on a line of its own."))

        def job(connection: Connection) -> list[Id]:
            table = tables.contribution
            row = rows.one(connection, table, contribution_id)
            stage = sortable(connection, row.stage_id)
            _may_be_split(row, stage)
            record = Record(connection, numbers=[row.number])
            record.set(table, row, {"wording": _in(row.language, tidy[0])})
            made = [self._cut(record, row, words) for words in tidy[1:]]
            self._finish(record, by, "split", stage, [row], into=[one for one, _ in made])
            return [row.id, *(one for one, _ in made)]

        return self.store.write(job)

    def stage_id_of(self, contribution_id: Id) -> Id:
        """Return the stage a contribution belongs to."""
        return self.look(
            lambda connection: str(
                rows.one(connection, tables.contribution, contribution_id).stage_id
            )
        )

    def _cut(self, record: Record, row: Row[Any], words: str) -> tuple[Id, int]:
        """Make one more card of a contribution."""
        table, fresh = tables.contribution, rows.new_id()
        here = table.c.stage_id == row.stage_id
        number = rows.next_number(record.connection, table.c.number, here)
        sorted_as = {name: row._mapping[name] for name in SORTED}
        sorted_as["wording"] = _in(row.language, words)
        same = {name: row._mapping[name] for name in SAME}
        own = {"id": fresh, "number": number, "key": f"part-{fresh}"}
        origin = {"part_of": row.part_of or row.id}
        record.connection.execute(insert(table).values(**own, **origin, **same, **sorted_as))
        record.note(table.name, fresh, None, sorted_as)
        record.told.setdefault("made", []).append(number)
        return fresh, number

    def _set(
        self,
        by: Actor,
        which: Which,
        act: str,
        may: Callable[[Row[Any]], None] = lambda row: None,
        **values: Any,
    ) -> None:
        def job(connection: Connection) -> None:
            found = _together(connection, _listed(which))
            stage = sortable(connection, found[0].stage_id)
            # Wordings may hold anything people wrote; the log says that, not what, was changed.
            told = {name: value for name, value in values.items() if name != "wording"}
            record = Record(connection, numbers=_numbers(found), **told)
            for row in found:
                may(row)
                record.set(tables.contribution, row, values)
            self._finish(record, by, act, stage, found, **told)

        self.store.write(job)

    def _finish(
        self,
        record: Record,
        by: Actor,
        act: str,
        stage: Row[Any],
        cards: Sequence[Row[Any]],
        **detail: Any,
    ) -> None:
        """Write a line for each card into the log; the last of them stands for the act."""
        for row in cards[:-1]:
            rows.log(
                record.connection, self.store.now(), rows.actor_name(by), act, row.id,
                workshop_id=stage.workshop_id, stage_id=stage.id, detail=detail,
            )  # fmt: skip
        about = cards[-1].id if cards else ""
        self.finish(record, by, act, stage.workshop_id, stage.id, about, **detail)


def _in(language: str, words: str) -> dict[str, str]:
    return rows.spread(Multilingual(**{language: words}))


def _listed(which: Which) -> list[Id]:
    return [which] if isinstance(which, str) else list(which)


def _together(connection: Connection, ids: Sequence[Id]) -> list[Row[Any]]:
    """Return contributions of one stage."""
    found = [rows.one(connection, tables.contribution, one) for one in dict.fromkeys(ids)]
    if not found or any(row.stage_id != found[0].stage_id for row in found):
        raise NotFound("contribution")
    return found


def _numbers(found: Sequence[Row[Any]]) -> list[int]:
    return [row.number for row in found]


def _stands(row: Row[Any]) -> bool:
    return not row.hidden and not is_gone(row)


def _may_be_split(row: Row[Any], stage: Row[Any]) -> None:
    if row.merged_into is not None or not _stands(row):
        raise Refused(text("A card that is merged, hidden or withdrawn cannot be split."))
    if row.slot is not None or stage.anonymity == Anonymity.secret:
        raise Refused(text("A vote or a rating is not split."))
