"""Participants: joining, coming back, being counted; never who they are."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from sqlalchemy import Connection, update

from workshop.model import Actor, Id, NotFound, Pace, Participant
from workshop.passes import new_token, token_hash
from workshop.store import bulk, rows, tables
from workshop.store.agenda import AgendaDesk
from workshop.store.desk import Desk, changed
from workshop.store.door import Answer, Asking, Joined, Joining, let_in
from workshop.store.presence import (
    Presence,
    count_presence,
    read_holders,
    read_participants,
)
from workshop.store.seating import seat_one
from workshop.text import clean


class PeopleDesk(Desk):
    """The people in the room."""

    def join(self, code: str, **said: Any) -> Joined:
        """Let somebody in by join code; see ``Joining`` for what they say.

        Raises:
            Refused: no such code, the door is locked, the workshop is over, or the choice of
                group and organisation does not fit.
        """
        return self.let_in(AgendaDesk(self.store).workshop_by_code(code).id, Joining(**said))

    def let_in(self, workshop_id: Id, joining: Joining) -> Joined:
        """Let somebody into a workshop and wait until they are; see ``admit``."""
        return self.admit(workshop_id, joining).result()

    def admit(self, workshop_id: Id, joining: Joining) -> Future[Joined]:
        """Queue somebody at the door; a repeated key gives the same person a new token.

        The future raises ``Refused`` where the door is locked, the workshop over, or the choice
        does not fit, and ``NotFound`` for what is gone since or of another series.
        """
        asking = Asking(
            workshop_id=workshop_id,
            joining=joining,
            token=new_token(),
            organisation=clean(joining.new_organisation, 200, lines=False),
            role=clean(joining.role, 200, lines=False),
        )
        return self.store.writer.gather(self._let_in, asking)

    def _let_in(self, connection: Connection, askings: Sequence[Asking]) -> list[Answer]:
        return let_in(connection, askings, self.store.now())

    def by_token(self, token: str) -> Participant | None:
        """Return who holds this token, if anybody does."""
        return self.by_tokens([token]).get(token)

    def by_tokens(self, tokens: Sequence[str]) -> dict[str, Participant]:
        """Return who holds each of these tokens; a token nobody holds is left out."""
        hashes = {token_hash(one): one for one in tokens}
        found = self.look(lambda connection: read_holders(connection, list(hashes)))
        return {hashes[one]: participant for one, participant in found.items()}

    def move(self, workshop_id: Id, participant_id: Id, mark: str) -> str | None:
        """Give somebody a new token if their present one still has this ``mark``; else None.

        Whoever held the old one is nobody from now on; entries and history stay as they are.
        """
        token = new_token()

        def job(connection: Connection) -> str | None:
            table = tables.participant
            done = connection.execute(
                update(table)
                .where(
                    table.c.id == participant_id,
                    table.c.workshop_id == workshop_id,
                    table.c.token_hash.startswith(mark, autoescape=True),
                )
                .values(token_hash=token_hash(token))
            )
            if not done.rowcount:
                return None
            rows.log(connection, self.store.now(), "participant", "move", workshop_id=workshop_id)
            return token

        return self.store.write(job)

    def participant(self, participant_id: Id) -> Participant:
        """Return the participant with that id."""
        return self.look(
            lambda connection: rows.participant(
                rows.one(connection, tables.participant, participant_id)
            )
        )

    def participants(self, workshop_id: Id) -> list[Participant]:
        """Return the participants in the order they joined."""
        return self.look(lambda connection: read_participants(connection, workshop_id))

    def seen(self, participant_ids: Sequence[Id]) -> None:
        """Note that phones were in use just now; not logged, and it changes no revision."""
        now = self.store.now()

        self.store.submit(lambda connection: bulk.note_seen(connection, participant_ids, now))

    def speak(self, participant_id: Id, language: str) -> None:
        """Keep the language a participant chose."""

        def job(connection: Connection) -> None:
            table = tables.participant
            connection.execute(
                update(table).where(table.c.id == participant_id).values(language=language)
            )

        self.store.write(job)

    def take_time(self, participant_id: Id, pace: Pace) -> None:
        """Keep how much time somebody asked for; that is theirs alone, so no log tells of it."""

        def job(connection: Connection) -> None:
            table = tables.participant
            asked = update(table).where(table.c.id == participant_id)
            connection.execute(asked.values(pace=pace.value))

        self.store.write(job)

    def change_participant(
        self,
        by: Actor,
        participant_id: Id,
        *,
        group_id: Id | None = None,
        organisation_id: Id | None = None,
        voting: bool | None = None,
        left: bool | None = None,
        role: str | None = None,
    ) -> Participant:
        """Correct what somebody said at the door, or note that they left (or came back)."""

        def job(connection: Connection) -> Participant:
            table = tables.participant
            row = rows.one(connection, table, participant_id)
            series_id = rows.one(connection, tables.workshop, row.workshop_id).series_id
            values: dict[str, Any] = {}
            if organisation_id is not None:
                organisation = rows.one(connection, tables.organisation, organisation_id)
                if organisation.series_id != series_id:
                    raise NotFound("organisation")
                values |= {"organisation_id": organisation_id, "group_id": organisation.group_id}
            elif group_id is not None:
                group = rows.one(connection, tables.stakeholder_group, group_id)
                if group.series_id != series_id:
                    raise NotFound("stakeholder_group")
                values["group_id"] = group.id
            if voting is not None:
                values["voting"] = voting
            if role is not None:
                values["role"] = clean(role, 200, lines=False)
            if left is not None:
                values["left_at"] = self.store.now() if left else None
            if values:
                connection.execute(
                    update(table).where(table.c.id == participant_id).values(**values)
                )
            now = rows.one(connection, table, participant_id)
            seat_one(connection, now)
            changed(connection, row.workshop_id)
            rows.log(
                connection,
                self.store.now(),
                rows.actor_name(by),
                "change participant",
                str(row.number),
                workshop_id=row.workshop_id,
                detail={"fields": sorted(values)},
            )
            return rows.participant(now)

        return self.store.write(job)

    def presence(self, workshop_id: Id) -> Presence:
        """Return how many have joined and were seen lately, by group."""
        now = self.store.now()
        return self.look(lambda connection: count_presence(connection, workshop_id, now))
