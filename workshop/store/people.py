"""Participants: joining, coming back, being counted; never who they are."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from workshop.language import Multilingual, text
from workshop.model import Actor, Id, NotFound, Organisation, Participant, Refused
from workshop.passes import new_token, token_hash
from workshop.store import bulk, rows, tables
from workshop.store.agenda import AgendaDesk
from workshop.store.desk import Desk, changed, moved
from workshop.store.organisations import find_organisation, insert_organisation
from workshop.store.presence import (
    Presence,
    count_presence,
    read_holders,
    read_participants,
)
from workshop.text import clean

_INSERT = tables.participant.insert()
MOST_TYPED = 200
"""Typed organisation names waiting in one series: more is no workshop but a flood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A new participant with the token for the cookie; the database keeps only its hash."""

    participant: Participant
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What somebody says of themselves at the door."""

    group_id: Id
    organisation_id: Id | None = None
    new_organisation: str = ""
    language: str = "bg"
    attendance: str = "onsite"
    role: str = ""
    voting: bool = True
    key: str = ""
    """The page's key: a second tap on the same page is the same person."""


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
        token = new_token()
        typed = clean(joining.new_organisation, 200, lines=False)
        role = clean(joining.role, 200, lines=False)

        def job(connection: Connection) -> Joined:
            shop = rows.one(connection, tables.workshop, workshop_id)
            again = _again(connection, workshop_id, joining.key, token)
            if again is not None:
                return Joined(participant=again, token=token)
            if shop.finished:
                raise Refused(text("This workshop is over. Thank you for your interest."))
            if shop.joining_locked:
                raise Refused(
                    text(
                        "The door is closed for the moment. Please ask the facilitator to "
                        "let you in."
                    )
                )
            organisation = self._organisation(connection, shop.series_id, joining, typed)
            group_id = organisation.group_id if organisation else joining.group_id
            if rows.one(connection, tables.stakeholder_group, group_id).series_id != shop.series_id:
                raise NotFound("stakeholder_group")
            participant = self._insert(
                connection, shop.id, joining, token, role, group_id, organisation
            )
            moved(connection, workshop_id)
            rows.log(
                connection,
                self.store.now(),
                "participant",
                "join",
                str(participant.number),
                series_id=shop.series_id,
                workshop_id=workshop_id,
            )
            return Joined(participant=participant, token=token)

        return self.store.submit(job)

    def _organisation(
        self, connection: Connection, series_id: Id, joining: Joining, typed: str
    ) -> Organisation | None:
        if joining.organisation_id:
            row = rows.one(connection, tables.organisation, joining.organisation_id)
            if row.series_id != series_id:
                raise NotFound("organisation")
            return rows.organisation(row)
        if not typed:
            return None
        name = Multilingual(**{joining.language: typed})
        known = find_organisation(connection, series_id, name)
        if known is not None:
            return known
        table = tables.organisation
        waiting = select(func.count()).where(
            table.c.series_id == series_id, table.c.accepted.is_(False)
        )
        if connection.execute(waiting).scalar_one() >= MOST_TYPED:
            raise Refused(
                text("Too many new organisations are waiting. Please ask the facilitator.")
            )
        if rows.one(connection, tables.stakeholder_group, joining.group_id).series_id != series_id:
            raise NotFound("stakeholder_group")
        return insert_organisation(connection, series_id, name, joining.group_id, accepted=False)

    def _insert(
        self,
        connection: Connection,
        workshop_id: Id,
        joining: Joining,
        token: str,
        role: str,
        group_id: Id,
        organisation: Organisation | None,
    ) -> Participant:
        table = tables.participant
        participant_id = rows.new_id()
        now = self.store.now()
        row = {
            "id": participant_id,
            "workshop_id": workshop_id,
            "group_id": group_id,
            "number": rows.next_number(
                connection, table.c.number, table.c.workshop_id == workshop_id
            ),
            "organisation_id": organisation.id if organisation else None,
            "voting": joining.voting,
            "attendance": joining.attendance,
            "language": joining.language,
            "role": role,
            "token_hash": token_hash(token),
            "join_key": joining.key or None,
            "joined_at": now,
            "seen_at": now,
        }
        connection.execute(_INSERT, row)
        return rows.participant(rows.one(connection, table, participant_id))

    def by_token(self, token: str) -> Participant | None:
        """Return who holds this token, if anybody does."""
        return self.by_tokens([token]).get(token)

    def by_tokens(self, tokens: Sequence[str]) -> dict[str, Participant]:
        """Return who holds each of these tokens; a token nobody holds is left out."""
        hashes = {token_hash(one): one for one in tokens}
        found = self.look(lambda connection: read_holders(connection, list(hashes)))
        return {hashes[one]: participant for one, participant in found.items()}

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
            return rows.participant(rows.one(connection, table, participant_id))

        return self.store.write(job)

    def presence(self, workshop_id: Id) -> Presence:
        """Return how many have joined and were seen lately, by group."""
        now = self.store.now()
        return self.look(lambda connection: count_presence(connection, workshop_id, now))


def _again(connection: Connection, workshop_id: Id, key: str, token: str) -> Participant | None:
    if not key:
        return None
    table = tables.participant
    query = select(table).where(table.c.workshop_id == workshop_id, table.c.join_key == key)
    row = connection.execute(query).first()
    if row is None:
        return None
    connection.execute(
        update(table).where(table.c.id == row.id).values(token_hash=token_hash(token))
    )
    return rows.participant(row)
