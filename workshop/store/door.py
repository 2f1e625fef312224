"""The door of workshops: many come in at once, each as a new person or as the same as before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from workshop.language import Multilingual, text
from workshop.model import (
    Admission,
    Attendance,
    Id,
    NotFound,
    Organisation,
    Participant,
    Refused,
)
from workshop.passes import token_hash
from workshop.seating import Guest
from workshop.store import bulk, rows, tables
from workshop.store.organisations import find_organisation, insert_organisation
from workshop.store.seating import seat_late
from workshop.store.tickets import end_ticket, good_ticket

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
    ticket: str = ""
    """What stands on their printed ticket, as they typed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody at the door of a workshop."""

    workshop_id: Id
    joining: Joining
    token: str
    organisation: str
    """The name they typed, cleaned."""
    role: str


Answer = Joined | Refused | NotFound


def let_in(connection: Connection, askings: Sequence[Asking], now: datetime) -> list[Answer]:
    """Let everybody in who may come; return an answer for each, in their order."""
    doors = {one.workshop_id: Door(connection, one.workshop_id, now) for one in askings}
    answers: list[Answer] = []
    for one in askings:
        try:
            answers.append(doors[one.workshop_id].ask(one))
        except (Refused, NotFound) as problem:
            answers.append(problem)
    for door in doors.values():
        door.write()
    return answers


class Door:
    """One workshop's door during one transaction."""

    def __init__(self, connection: Connection, workshop_id: Id, now: datetime) -> None:
        shop, people = tables.workshop, tables.participant
        held = select(shop).where(shop.c.id == workshop_id).with_for_update()
        self.connection = connection
        self.now = now
        self.shop: Row[Any] | None = connection.execute(held).first()
        self.number = rows.next_number(
            connection, people.c.number, people.c.workshop_id == workshop_id
        )
        self.groups: dict[Id, Id] = {}
        """Which series a group belongs to."""
        self.organisations: dict[Id, Organisation] = {}
        self.keys: dict[str, Participant] = {}
        """Who joined by which page in this transaction."""
        self.people: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def ask(self, asking: Asking) -> Joined:
        """Let somebody in; a repeated key gives the same person a new token.

        Raises:
            Refused: the door is locked, the workshop over, or the ticket not good.
            NotFound: the workshop, group or organisation is gone, or of another series.
        """
        shop = self.shop
        if shop is None:
            raise NotFound("workshop")
        again = self._again(asking)
        if again is not None:
            return Joined(participant=again, token=asking.token)
        if shop.finished:
            raise Refused(text("This workshop is over. Thank you for your interest."))
        late = bool(shop.joining_locked)
        if late and shop.admission != Admission.room:
            raise Refused(
                text("The door is closed for the moment. Please ask the facilitator to let you in.")
            )
        ticket = None
        if shop.admission == Admission.tickets:
            ticket = good_ticket(self.connection, shop.id, asking.joining.ticket)
        organisation = self._organisation(shop.series_id, asking)
        group_id = organisation.group_id if organisation else asking.joining.group_id
        if self._series_of(group_id) != shop.series_id:
            raise NotFound("stakeholder_group")
        if ticket is not None:
            end_ticket(self.connection, ticket, "used")
        participant = self._seat(shop, asking, group_id, organisation, late=late)
        if asking.joining.key:
            self.keys[asking.joining.key] = participant
        return Joined(participant=participant, token=asking.token)

    def _seat(
        self,
        shop: Row[Any],
        asking: Asking,
        group_id: Id,
        organisation: Organisation | None,
        *,
        late: bool,
    ) -> Participant:
        joining = asking.joining
        participant = Participant(
            id=rows.new_id(),
            workshop_id=shop.id,
            number=self.number,
            group_id=group_id,
            organisation_id=organisation.id if organisation else None,
            voting=joining.voting and not late,
            late=late,
            attendance=Attendance(joining.attendance),
            language=joining.language,
            role=asking.role,
            joined_at=self.now,
            seen_at=self.now,
        )
        self.number += 1
        self.people.append(_row(participant, asking))
        self.events.append(
            {
                "at": self.now,
                "series_id": shop.series_id,
                "workshop_id": shop.id,
                "actor": "participant",
                "act": "join",
                "about": str(participant.number),
                "detail": {},
            }
        )
        return participant

    def _again(self, asking: Asking) -> Participant | None:
        key = asking.joining.key
        if not key:
            return None
        table = tables.participant
        if key in self.keys:
            for one in self.people:
                if one["join_key"] == key:
                    one["token_hash"] = token_hash(asking.token)
            return self.keys[key]
        query = select(table).where(
            table.c.workshop_id == asking.workshop_id, table.c.join_key == key
        )
        row = self.connection.execute(query).first()
        if row is None:
            return None
        self.connection.execute(
            update(table).where(table.c.id == row.id).values(token_hash=token_hash(asking.token))
        )
        return rows.participant(row)

    def _organisation(self, series_id: Id, asking: Asking) -> Organisation | None:
        chosen = asking.joining.organisation_id
        if chosen:
            known = self.organisations.get(chosen)
            if known is None:
                row = rows.one(self.connection, tables.organisation, chosen)
                if row.series_id != series_id:
                    raise NotFound("organisation")
                known = self.organisations[chosen] = rows.organisation(row)
            return known
        return self._typed(series_id, asking) if asking.organisation else None

    def _typed(self, series_id: Id, asking: Asking) -> Organisation:
        """Return the organisation somebody typed: one that is known, or a new one that waits."""
        name = Multilingual(**{asking.joining.language: asking.organisation})
        known = find_organisation(self.connection, series_id, name)
        if known is not None:
            return known
        if self.shop is not None and self.shop.copy_of is not None:
            raise Refused(
                text("This is a rehearsal: choose one that is listed, or come as a citizen."), "who"
            )
        table = tables.organisation
        waiting = select(func.count()).where(
            table.c.series_id == series_id, table.c.accepted.is_(False)
        )
        if self.connection.execute(waiting).scalar_one() >= MOST_TYPED:
            raise Refused(
                text("Too many new organisations are waiting. Please ask the facilitator.")
            )
        group_id = asking.joining.group_id
        if self._series_of(group_id) != series_id:
            raise NotFound("stakeholder_group")
        return insert_organisation(self.connection, series_id, name, group_id, accepted=False)

    def _series_of(self, group_id: Id) -> Id:
        if group_id not in self.groups:
            row = rows.one(self.connection, tables.stakeholder_group, group_id)
            self.groups[group_id] = row.series_id
        return self.groups[group_id]

    def write(self) -> None:
        """Write everybody who came in."""
        bulk.insert(self.connection, tables.participant, self.people)
        bulk.insert(self.connection, tables.event, self.events)
        if self.shop is not None and self.people:
            guests = [
                Guest(
                    id=one["id"], group_id=one["group_id"], organisation_id=one["organisation_id"]
                )
                for one in self.people
                if one["voting"]
            ]
            if guests:
                seat_late(self.connection, self.shop.id, guests)
            bulk.grow(self.connection, tables.workshop, {self.shop.id: len(self.people)})


def _row(participant: Participant, asking: Asking) -> dict[str, Any]:
    return {
        "id": participant.id,
        "workshop_id": participant.workshop_id,
        "group_id": participant.group_id,
        "number": participant.number,
        "organisation_id": participant.organisation_id,
        "voting": participant.voting,
        "late": participant.late,
        "attendance": participant.attendance.value,
        "language": participant.language,
        "role": participant.role,
        "token_hash": token_hash(asking.token),
        "join_key": asking.joining.key or None,
        "joined_at": participant.joined_at,
        "seen_at": participant.seen_at,
    }
