"""Stakeholder groups and organisations of a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from workshop.language import Multilingual, Text, text
from workshop.model import Actor, Id, NotFound, Organisation, Refused, StakeholderGroup
from workshop.store import rows, tables
from workshop.store.groups import GroupDesk, clean_name, read_groups
from workshop.text import clean_words, norm_key

MOST_NAMES = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a pasted list: how many went in, which were known, which rows need mending."""

    added: int
    known: tuple[str, ...] = ()
    problems: tuple[tuple[int, Text], ...] = ()


class OrganisationDesk(GroupDesk):
    """Who is invited, and for whom they speak."""

    def organisations(self, series_id: Id) -> list[Organisation]:
        """Return the organisations of a series by key."""
        return self.look(lambda connection: read_organisations(connection, series_id))

    def add_organisation(
        self, by: Actor, series_id: Id, name: Multilingual, group_id: Id, key: str = ""
    ) -> Organisation:
        """Add an organisation to the list people choose from."""

        def job(connection: Connection) -> Organisation:
            known = find_organisation(connection, series_id, name)
            if known is not None:
                raise Refused(text("“{name}” is already in the list.", name=known.name), "name")
            made = insert_organisation(connection, series_id, name, group_id, key=key)
            self._note(connection, by, "add organisation", series_id, made.key)
            return made

        return self.store.write(job)

    def add_organisations(
        self, by: Actor, series_id: Id, lines: Sequence[tuple[str, str, str]]
    ) -> Added:
        """Add a pasted list of (name in Bulgarian, name in English, group); good rows go in.

        The group may be written as its key or its name in either language.
        """
        if len(lines) > MOST_NAMES:
            raise Refused(
                text(
                    "The list has {n} rows; at most {most} can be read at once.",
                    n=len(lines),
                    most=MOST_NAMES,
                )
            )

        def job(connection: Connection) -> Added:
            groups = read_groups(connection, series_id)
            added, known, problems = 0, [], []
            for number, (name_bg, name_en, group_words) in enumerate(lines, 1):
                try:
                    name = clean_words(Multilingual(name_bg, name_en), 200)
                    group = _meant(groups, group_words)
                    clean_name(name)
                except Refused as problem:
                    problems.append((number, problem.reason))
                    continue
                if find_organisation(connection, series_id, name):
                    known.append(name.bg or name.en)
                    continue
                insert_organisation(connection, series_id, name, group.id)
                added += 1
            self._note(connection, by, "add organisations", series_id, str(added))
            return Added(added=added, known=tuple(known), problems=tuple(problems))

        return self.store.write(job)

    def change_organisation(
        self,
        by: Actor,
        organisation_id: Id,
        *,
        name: Multilingual | None = None,
        group_id: Id | None = None,
    ) -> Organisation:
        """Rename an organisation or put it into another group (its people move along)."""

        def job(connection: Connection) -> Organisation:
            table = tables.organisation
            row = rows.one(connection, table, organisation_id)
            if name is not None:
                known = find_organisation(connection, row.series_id, name)
                if known is not None and known.id != organisation_id:
                    raise Refused(text("“{name}” is already in the list.", name=known.name), "name")
                connection.execute(
                    update(table).where(table.c.id == organisation_id).values(name=clean_name(name))
                )
            if group_id is not None:
                _regroup(connection, row.series_id, organisation_id, group_id)
            self._note(connection, by, "change organisation", row.series_id, row.key)
            return rows.organisation(rows.one(connection, table, organisation_id))

        return self.store.write(job)

    def accept_organisation(self, by: Actor, organisation_id: Id) -> Organisation:
        """Accept a name a participant typed."""

        def job(connection: Connection) -> Organisation:
            table = tables.organisation
            row = rows.one(connection, table, organisation_id)
            connection.execute(
                update(table).where(table.c.id == organisation_id).values(accepted=True)
            )
            self._note(connection, by, "accept organisation", row.series_id, row.key)
            return rows.organisation(rows.one(connection, table, organisation_id))

        return self.store.write(job)

    def merge_organisation(self, by: Actor, organisation_id: Id, into: Id) -> None:
        """Say that a typed name is a known organisation: its people move there."""

        def job(connection: Connection) -> None:
            row = rows.one(connection, tables.organisation, organisation_id)
            target = rows.one(connection, tables.organisation, into)
            if target.series_id != row.series_id or into == organisation_id:
                raise NotFound("organisation")
            people = tables.participant
            connection.execute(
                update(people)
                .where(people.c.organisation_id == organisation_id)
                .values(organisation_id=into, group_id=target.group_id)
            )
            connection.execute(
                delete(tables.organisation).where(tables.organisation.c.id == organisation_id)
            )
            self._note(
                connection, by, "merge organisation", row.series_id, f"{row.key} into {target.key}"
            )

        self.store.write(job)

    def remove_organisation(self, by: Actor, organisation_id: Id) -> None:
        """Remove an organisation nobody speaks for."""

        def job(connection: Connection) -> None:
            row = rows.one(connection, tables.organisation, organisation_id)
            people = tables.participant
            used = select(func.count()).where(people.c.organisation_id == organisation_id)
            if connection.execute(used).scalar_one():
                raise Refused(
                    text("Participants speak for this organisation, so it stays in the list.")
                )
            connection.execute(
                delete(tables.organisation).where(tables.organisation.c.id == organisation_id)
            )
            self._note(connection, by, "remove organisation", row.series_id, row.key)

        self.store.write(job)


def read_organisations(connection: Connection, series_id: Id) -> list[Organisation]:
    """Return the organisations of a series by key."""
    table = tables.organisation
    query = select(table).where(table.c.series_id == series_id).order_by(table.c.key)
    return [rows.organisation(row) for row in connection.execute(query)]


def find_organisation(
    connection: Connection, series_id: Id, name: Multilingual
) -> Organisation | None:
    """Return the organisation somebody means by ``name``, whatever its case and signs."""
    wanted = {_same(one) for one in (name.bg, name.en) if one}
    for known in read_organisations(connection, series_id):
        if wanted & {_same(one) for one in (known.name.bg, known.name.en) if one}:
            return known
    return None


def insert_organisation(
    connection: Connection,
    series_id: Id,
    name: Multilingual,
    group_id: Id,
    *,
    key: str = "",
    accepted: bool = True,
) -> Organisation:
    """Add an organisation row; the key is ORG01, ORG02 … unless given."""
    group = rows.one(connection, tables.stakeholder_group, group_id)
    if group.series_id != series_id:
        raise NotFound("stakeholder_group")
    table = tables.organisation
    taken = {
        row.key
        for row in connection.execute(select(table.c.key).where(table.c.series_id == series_id))
    }
    number = len(taken) + 1
    while not key or key in taken:
        key = f"ORG{number:02d}"
        number += 1
    organisation_id = rows.new_id()
    connection.execute(
        table.insert().values(
            id=organisation_id,
            series_id=series_id,
            group_id=group_id,
            key=key,
            name=clean_name(name),
            accepted=accepted,
        )
    )
    return rows.organisation(rows.one(connection, table, organisation_id))


def _same(name: str) -> str:
    return norm_key(name, "bg")


def _meant(groups: Sequence[StakeholderGroup], words: str) -> StakeholderGroup:
    wanted = _same(words)
    for group in groups:
        if wanted and wanted in {_same(group.key), _same(group.name.bg), _same(group.name.en)}:
            return group
    raise Refused(text("There is no group “{name}” in this series.", name=words[:60]), "group")


def _regroup(connection: Connection, series_id: Id, organisation_id: Id, group_id: Id) -> None:
    if rows.one(connection, tables.stakeholder_group, group_id).series_id != series_id:
        raise NotFound("stakeholder_group")
    for table, column in (
        (tables.organisation, tables.organisation.c.id),
        (tables.participant, tables.participant.c.organisation_id),
    ):
        connection.execute(update(table).where(column == organisation_id).values(group_id=group_id))
