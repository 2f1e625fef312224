"""Who may vote in a workshop: chosen by staff, counted in the room, admitted one by one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from workshop.language import text
from workshop.model import Actor, Admission, Id, NotFound, Participant, Refused
from workshop.store import rows, tables
from workshop.store.desk import Desk, changed
from workshop.store.seating import seat_one

MOST_HEADS = 100_000
_SHOP, _PEOPLE = tables.workshop, tables.participant


class AdmissionDesk(Desk):
    """Chooses who may vote, and lets in who came late."""

    def choose(self, by: Actor, workshop_id: Id, kind: Admission) -> None:
        """Say who may vote from now on.

        Raises:
            Refused: tickets were chosen although people are in without one, or scripted ones
                will come.
        """

        def job(connection: Connection) -> None:
            shop = rows.held(connection, _SHOP, workshop_id)
            if shop.admission == kind:
                return
            if kind is Admission.tickets:
                _may_need_tickets(connection, shop)
            values: dict[str, Any] = {"admission": kind.value}
            if shop.admission == Admission.room:
                values["heads"] = None
            connection.execute(update(_SHOP).where(_SHOP.c.id == workshop_id).values(**values))
            self._note(connection, by, "choose admission", workshop_id, kind=kind.value)

        self.store.write(job)

    def count_heads(self, by: Actor, workshop_id: Id, heads: int) -> None:
        """Keep how many people are in the room and lock joining: who comes after that waits.

        Raises:
            Refused: that is no number of people, or the room is not counted in this workshop.
        """
        if not 1 <= heads <= MOST_HEADS:
            raise Refused(text("Write how many people are in the room."), "heads")

        def job(connection: Connection) -> None:
            shop = rows.held(connection, _SHOP, workshop_id)
            if shop.admission != Admission.room:
                raise Refused(text("Choose first that the room is counted."), "heads")
            connection.execute(
                update(_SHOP)
                .where(_SHOP.c.id == workshop_id)
                .values(heads=heads, joining_locked=True)
            )
            self._note(connection, by, "count heads", workshop_id, heads=heads)

        self.store.write(job)

    def admit(self, by: Actor, participant_id: Id) -> Participant:
        """Give somebody who came late a vote; admitted twice is admitted once."""

        def job(connection: Connection) -> Participant:
            row = rows.one(connection, _PEOPLE, participant_id)
            if not row.late:
                raise NotFound("participant")
            if not row.voting:
                connection.execute(
                    update(_PEOPLE).where(_PEOPLE.c.id == participant_id).values(voting=True)
                )
                seat_one(connection, rows.one(connection, _PEOPLE, participant_id))
                self._note(connection, by, "admit", row.workshop_id, number=row.number)
            return rows.participant(rows.one(connection, _PEOPLE, participant_id))

        return self.store.write(job)

    def _note(
        self, connection: Connection, by: Actor, act: str, workshop_id: Id, **detail: Any
    ) -> None:
        changed(connection, workshop_id)
        rows.log(
            connection, self.store.now(), rows.actor_name(by), act, workshop_id=workshop_id,
            detail=detail,
        )  # fmt: skip


def _may_need_tickets(connection: Connection, shop: Any) -> None:
    if shop.rehearsal:
        raise Refused(text("A rehearsal is for scripted people, and they carry no tickets."))
    here = select(_PEOPLE.c.id).where(_PEOPLE.c.workshop_id == shop.id)
    if connection.execute(here).first() is not None:
        raise Refused(
            text(
                "People have joined already without a ticket. Tickets can be chosen only before "
                "anybody joins."
            )
        )
