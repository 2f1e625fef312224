"""Stakeholder groups: for whom people speak."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, delete, select, update

from workshop.language import Multilingual, text
from workshop.model import Actor, Id, Refused, StakeholderGroup
from workshop.store import rows, tables
from workshop.store.desk import Desk, all_changed
from workshop.text import clean_words


class GroupDesk(Desk):
    """The stakeholder groups of a series."""

    def groups(self, series_id: Id) -> list[StakeholderGroup]:
        """Return the stakeholder groups in their order."""
        return self.look(lambda connection: read_groups(connection, series_id))

    def add_group(self, by: Actor, series_id: Id, key: str, name: Multilingual) -> StakeholderGroup:
        """Add a stakeholder group."""
        tidy = _key(key or name.en or name.bg)
        spread = clean_name(name)

        def job(connection: Connection) -> StakeholderGroup:
            table = tables.stakeholder_group
            taken = select(table.c.id).where(table.c.series_id == series_id, table.c.key == tidy)
            if connection.execute(taken).first():
                raise Refused(
                    text("This series already has a group with the key “{key}”.", key=tidy), "key"
                )
            group_id = rows.new_id()
            position = rows.next_number(
                connection, table.c.position, table.c.series_id == series_id
            )
            connection.execute(
                table.insert().values(
                    id=group_id, series_id=series_id, key=tidy, name=spread, position=position
                )
            )
            self._note(connection, by, "add group", series_id, tidy)
            return rows.group(rows.one(connection, table, group_id))

        return self.store.write(job)

    def change_group(
        self,
        by: Actor,
        group_id: Id,
        *,
        name: Multilingual | None = None,
        position: int | None = None,
    ) -> StakeholderGroup:
        """Rename a group, or move it to another place."""
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = clean_name(name)
        if position is not None:
            values["position"] = position

        def job(connection: Connection) -> StakeholderGroup:
            table = tables.stakeholder_group
            row = rows.one(connection, table, group_id)
            if values:
                connection.execute(update(table).where(table.c.id == group_id).values(**values))
            self._note(connection, by, "change group", row.series_id, row.key)
            return rows.group(rows.one(connection, table, group_id))

        return self.store.write(job)

    def remove_group(self, by: Actor, group_id: Id) -> None:
        """Remove a group nobody belongs to."""

        def job(connection: Connection) -> None:
            row = rows.one(connection, tables.stakeholder_group, group_id)
            for table in (tables.organisation, tables.participant, tables.span):
                if connection.execute(
                    select(table.c.id).where(table.c.group_id == group_id)
                ).first():
                    raise Refused(
                        text(
                            "This group has organisations, participants or speaking time and stays."
                        )
                    )
            connection.execute(
                delete(tables.stakeholder_group).where(tables.stakeholder_group.c.id == group_id)
            )
            self._note(connection, by, "remove group", row.series_id, row.key)

        self.store.write(job)

    def _note(self, connection: Connection, by: Actor, act: str, series_id: Id, about: str) -> None:
        all_changed(connection, series_id)
        rows.log(
            connection, self.store.now(), rows.actor_name(by), act, about[:80], series_id=series_id
        )


def read_groups(connection: Connection, series_id: Id) -> list[StakeholderGroup]:
    """Return the groups of a series in their order."""
    table = tables.stakeholder_group
    query = (
        select(table).where(table.c.series_id == series_id).order_by(table.c.position, table.c.key)
    )
    return [rows.group(row) for row in connection.execute(query)]


def clean_name(name: Multilingual) -> dict[str, str]:
    """Return a name as it is stored, or refuse an empty one."""
    tidy = clean_words(name, 200)
    if not tidy:
        raise Refused(text("Please write a name."), "name")
    return rows.spread(tidy)


def _key(words: str) -> str:
    tidy = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40]
    return tidy or rows.new_id()[:8]
