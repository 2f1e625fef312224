"""Contributions: written once, with a verdict each; read with what analysis may know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, select, update

from workshop.language import text
from workshop.model import Anonymity, Contribution, Id, NotFound, Refused, Sender, StageState
from workshop.store import rows, tables
from workshop.store.desk import Desk, changed, grow, moved
from workshop.store.freeing import stand_on
from workshop.store.own import read_own
from workshop.store.verdicts import Kept, Sending, Verdict, closed_sentence, keep_all

R = TypeVar("R")
Stored = Contribution[Any]


class ContributionDesk(Desk):
    """What people wrote."""

    def send(self, sending: Sending, told: Callable[[Kept], R]) -> Future[R]:
        """Queue an entry; the future holds the verdict once it is on disk, as ``told`` words it.

        In one transaction: is the stage open, may this person write, was this form sent before,
        what does it replace, is there room. A repeated key gets the answer of the first time.
        """
        return self.store.writer.gather(self._keep_all, sending, told)

    def _keep_all(self, connection: Connection, sendings: Sequence[Sending]) -> list[Verdict]:
        return keep_all(connection, sendings, self.store.now())

    def withdraw(
        self, participant_id: Id, contribution_id: Id, key: str, told: Callable[[Kept], R]
    ) -> Future[R]:
        """Take an own entry back while the stage is open; the text stays in the history only."""

        def job(connection: Connection) -> Kept:
            table = tables.contribution
            row = rows.one(connection, table, contribution_id)
            if row.participant_id != participant_id or row.part_of is not None:
                raise NotFound("contribution")
            if row.withdrawn_at is not None:
                return Kept(
                    contribution_id=row.id, number=row.number, at=row.withdrawn_at, repeated=True
                )
            stage = rows.one(connection, tables.stage, row.stage_id)
            if stage.state != StageState.open:
                raise Refused(closed_sentence(stage.state))
            if row.replaced_by is not None:
                raise Refused(
                    text("You have changed this entry since; please look at the newest one.")
                )
            now = self.store.now()
            connection.execute(
                update(table)
                .where((table.c.id == row.id) | (table.c.part_of == row.id))
                .where(table.c.withdrawn_at.is_(None))
                .values(withdrawn_at=now, withdraw_key=key)
            )
            if stand_on(connection, [row.id]):
                changed(connection, stage.workshop_id, stage.id)
            else:
                grow(connection, stage.id)
                moved(connection, stage.workshop_id)
            rows.log(
                connection,
                now,
                "participant",
                "withdraw",
                row.id,
                workshop_id=stage.workshop_id,
                stage_id=stage.id,
            )
            return Kept(contribution_id=row.id, number=row.number, at=now)

        return self.store.submit(lambda connection: told(job(connection)))

    def own(self, participant_id: Id, stage_id: Id) -> list[Stored]:
        """Return a participant's entries that stand (hidden ones too), oldest first."""
        return self.own_of(stage_id, [participant_id]).get(participant_id, [])

    def own_of(self, stage_id: Id, people: Sequence[Id]) -> dict[Id, list[Stored]]:
        """Return the entries of several participants that stand, each one's oldest first."""
        return self.look(lambda connection: read_own(connection, stage_id, people))

    def voted_of(self, stage_id: Id, people: Sequence[Id]) -> set[Id]:
        """Return who of these participants cast a secret ballot."""
        table = tables.turnout
        query = select(table.c.participant_id).where(
            table.c.stage_id == stage_id, table.c.participant_id.in_(people)
        )
        return self.look(lambda connection: set(connection.execute(query).scalars()))

    def senders(self, stage_id: Id) -> set[Id]:
        """Return who has something standing in a stage, or cast a ballot in it."""
        return self.look(lambda connection: authors(connection, stage_id))

    def contributions(self, stage_id: Id, everything: bool = False) -> list[Stored]:
        """Return the contributions of a stage by number; ``everything`` includes the history."""
        return self.look(lambda connection: read_contributions(connection, stage_id, everything))


def read_contributions(
    connection: Connection, stage_id: Id, everything: bool = False
) -> list[Stored]:
    """Return the contributions of a stage by number; secret ballots in the order of random ids."""
    stage = rows.one(connection, tables.stage, stage_id)
    found = [stored(row) for row in connection.execute(query_of(stage_id, everything))]
    if stage.anonymity == Anonymity.secret:
        ballots = (
            select(tables.ballot)
            .where(tables.ballot.c.stage_id == stage_id)
            .order_by(tables.ballot.c.id)
        )
        unknown = Sender(person=None, organisation_id=None, group_id=None)
        for place, row in enumerate(connection.execute(ballots), len(found) + 1):
            found.append(
                Contribution(
                    id=row.id,
                    stage_id=stage_id,
                    number=place,
                    entry=row.entry,
                    sender=unknown,
                    at=None,
                    slot="",
                )
            )
    return found


def query_of(stage_id: Id, everything: bool = False) -> Select[Any]:
    """Return the query for the contributions of a stage with what is known of their senders."""
    table, people = tables.contribution, tables.participant
    query = (
        select(
            table, people.c.organisation_id, people.c.group_id, people.c.voting, people.c.left_at
        )
        .join(people, people.c.id == table.c.participant_id, isouter=True)
        .where(table.c.stage_id == stage_id)
        .order_by(table.c.number)
    )
    if not everything:
        query = query.where(table.c.replaced_by.is_(None), table.c.withdrawn_at.is_(None))
    return query


def stored(row: Row[Any]) -> Stored:
    """Return a contribution from a row of ``query_of``."""
    return rows.contribution(row, _sender(row))


def authors(connection: Connection, stage_id: Id) -> set[Id]:
    """Return the participants who have something standing in a stage (or cast a ballot)."""
    table, turnout = tables.contribution, tables.turnout
    written = select(table.c.participant_id).where(
        table.c.stage_id == stage_id,
        table.c.participant_id.is_not(None),
        table.c.replaced_by.is_(None),
        table.c.withdrawn_at.is_(None),
    )
    cast = select(turnout.c.participant_id).where(turnout.c.stage_id == stage_id)
    return {str(row[0]) for query in (written, cast) for row in connection.execute(query)}


def _sender(row: Row[Any]) -> Sender:
    if row.participant_id is None:
        return Sender(person=None, organisation_id=None, group_id=None, voting=False, staff=True)
    return Sender(
        person=row.participant_id,
        organisation_id=row.organisation_id,
        group_id=row.group_id,
        voting=bool(row.voting),
        left_early=row.left_at is not None,
    )
