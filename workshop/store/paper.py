"""Ballots on paper: a seat in the room and what stands on the sheet, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from workshop.language import text
from workshop.model import Actor, Anonymity, Id, NotFound, Refused
from workshop.passes import new_token, token_hash
from workshop.store import rows, tables
from workshop.store.contributions import authors
from workshop.store.desk import Desk, changed
from workshop.store.verdicts import Kept, Sending, keep_all

_PEOPLE, _ENTRY, _STAGE = tables.participant, tables.contribution, tables.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A ballot that was typed: whose seat it has."""

    participant_id: Id
    number: int
    """Of the participant."""
    entries: int


class PaperDesk(Desk):
    """Takes ballots that staff type."""

    def take(
        self,
        by: Actor,
        stage_id: Id,
        group_id: Id,
        organisation_id: Id | None,
        sendings: Sequence[Sending],
    ) -> Sheet:
        """Keep a ballot whole or not at all, under somebody who takes part on paper.

        Who is of the same group and organisation and has no ballot in this stage yet gets it; so
        ten ballots in each of two stages are ten people, not twenty.

        Raises:
            Refused: a sentence about what cannot be kept; nothing was stored.
        """

        def job(connection: Connection) -> Sheet:
            stage = rows.held(connection, _STAGE, stage_id)
            shop = rows.held(connection, tables.workshop, stage.workshop_id)
            _belongs(connection, shop, group_id, organisation_id)
            seat = _free_seat(connection, stage, group_id, organisation_id)
            if seat is None:
                seat = self._new_seat(connection, shop, group_id, organisation_id)
            own = [replace(one, participant_id=seat.id, channel="paper") for one in sendings]
            for verdict in keep_all(connection, own, self.store.now()):
                if not isinstance(verdict, Kept):
                    raise verdict
            eligible = stage.eligible
            if eligible is not None and seat.id not in eligible:
                _count(connection, stage_id, [*eligible, seat.id])
            self._note(connection, by, "type paper", stage, seat.number)
            return Sheet(participant_id=seat.id, number=seat.number, entries=len(own))

        return self.store.write(job)

    def take_back(self, by: Actor, stage_id: Id, participant_id: Id) -> None:
        """Take the ballot back that was typed for somebody; a seat with nothing left goes, too.

        Raises:
            Refused: the ballot is secret, so nobody knows which it is, or the stage is closed.
        """

        def job(connection: Connection) -> None:
            stage = rows.held(connection, _STAGE, stage_id)
            seat = rows.one(connection, _PEOPLE, participant_id)
            if not seat.paper or seat.workshop_id != stage.workshop_id:
                raise NotFound("participant")
            if stage.anonymity == Anonymity.secret:
                raise Refused(
                    text("A secret ballot cannot be taken back: nobody knows which it is.")
                )
            if stage.state == "closed":
                raise Refused(text("This stage is closed."))
            typed = (_ENTRY.c.stage_id == stage_id) & (_ENTRY.c.participant_id == participant_id)
            connection.execute(
                update(_ENTRY)
                .where(typed, _ENTRY.c.withdrawn_at.is_(None))
                .values(withdrawn_at=self.store.now())
            )
            if not _stands_anywhere(connection, participant_id):
                connection.execute(delete(_PEOPLE).where(_PEOPLE.c.id == participant_id))
                if stage.eligible is not None:
                    left = [one for one in stage.eligible if one != participant_id]
                    _count(connection, stage_id, left)
            self._note(connection, by, "take paper back", stage, seat.number)

        self.store.write(job)

    def _new_seat(
        self, connection: Connection, shop: Row[Any], group_id: Id, organisation_id: Id | None
    ) -> Row[Any]:
        seat = {
            "id": rows.new_id(),
            "workshop_id": shop.id,
            "group_id": group_id,
            "organisation_id": organisation_id,
            "number": rows.next_number(
                connection, _PEOPLE.c.number, _PEOPLE.c.workshop_id == shop.id
            ),
            "voting": True,
            "paper": True,
            "attendance": "onsite",
            "language": "bg",
            "token_hash": token_hash(new_token()),  # nobody holds the token
            "joined_at": self.store.now(),
        }
        connection.execute(insert(_PEOPLE).values(**seat))
        return rows.one(connection, _PEOPLE, str(seat["id"]))

    def _note(
        self, connection: Connection, by: Actor, act: str, stage: Row[Any], number: int
    ) -> None:
        changed(connection, stage.workshop_id, stage.id)
        secret = stage.anonymity == Anonymity.secret
        rows.log(
            connection, self.store.now(), rows.actor_name(by), act, "" if secret else str(number),
            workshop_id=stage.workshop_id, stage_id=stage.id,
        )  # fmt: skip


def _belongs(
    connection: Connection, shop: Row[Any], group_id: Id, organisation_id: Id | None
) -> None:
    if shop.finished:
        raise Refused(text("This workshop is over."))
    group = rows.one(connection, tables.stakeholder_group, group_id)
    if group.series_id != shop.series_id:
        raise NotFound("stakeholder_group")
    if organisation_id is not None:
        organisation = rows.one(connection, tables.organisation, organisation_id)
        if (organisation.series_id, organisation.group_id) != (shop.series_id, group_id):
            raise NotFound("organisation")


def _free_seat(
    connection: Connection, stage: Row[Any], group_id: Id, organisation_id: Id | None
) -> Row[Any] | None:
    taken = authors(connection, stage.id)
    query = (
        select(_PEOPLE)
        .where(
            _PEOPLE.c.workshop_id == stage.workshop_id,
            _PEOPLE.c.paper.is_(True),
            _PEOPLE.c.voting.is_(True),
            _PEOPLE.c.left_at.is_(None),
            _PEOPLE.c.group_id == group_id,
            _PEOPLE.c.organisation_id == organisation_id
            if organisation_id
            else _PEOPLE.c.organisation_id.is_(None),
        )
        .order_by(_PEOPLE.c.number)
    )
    return next((one for one in connection.execute(query) if one.id not in taken), None)


def _stands_anywhere(connection: Connection, participant_id: Id) -> bool:
    written = select(_ENTRY.c.id).where(
        _ENTRY.c.participant_id == participant_id, _ENTRY.c.withdrawn_at.is_(None)
    )
    cast = select(tables.turnout.c.stage_id).where(
        tables.turnout.c.participant_id == participant_id
    )
    return any(connection.execute(one).first() is not None for one in (written, cast))


def _count(connection: Connection, stage_id: Id, eligible: Sequence[Id]) -> None:
    """Let who took part on paper be in the denominator that was frozen at the lock, or not."""
    connection.execute(
        update(_STAGE).where(_STAGE.c.id == stage_id).values(eligible=list(eligible))
    )
