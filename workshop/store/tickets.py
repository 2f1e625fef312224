"""Printed tickets: each lets one participant in, once; nobody keeps which one whom."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from workshop.language import text
from workshop.model import Actor, Id, NotFound, Refused, Ticket
from workshop.passes import SIGNS, tidy_code
from workshop.store import rows, tables
from workshop.store.desk import Desk, changed

LENGTH = 8
"""Signs of a ticket: of 26^8, one guess in 400 million finds one of 500."""
MOST = 2_000
"""Tickets of one workshop, used and void ones included."""
_TICKET, _END = tables.ticket, tables.ticket_end
_STANDING = select(_TICKET.c.id, _TICKET.c.code, _END.c.how).select_from(
    _TICKET.outerjoin(_END, _END.c.ticket_id == _TICKET.c.id)
)


class TicketDesk(Desk):
    """Prints and voids tickets; the door itself uses them up."""

    def issue(self, by: Actor, workshop_id: Id, number: int) -> list[Ticket]:
        """Make ``number`` new tickets; the older ones stay good.

        Raises:
            Refused: there would be none, or more than any hall needs.
        """

        def job(connection: Connection) -> list[Ticket]:
            rows.held(connection, tables.workshop, workshop_id)
            known = {one.code for one in _read(connection, workshop_id)}
            if not 1 <= number <= MOST - len(known):
                raise Refused(
                    text("Print between 1 and {most} tickets.", most=MOST - len(known)), "number"
                )
            fresh: set[str] = set()
            while len(fresh) < number:
                fresh.add(new_ticket())
                fresh -= known
            # In the order of their codes, which are random: nothing tells which were made first.
            lines = [
                {"id": rows.new_id(), "workshop_id": workshop_id, "code": code}
                for code in sorted(fresh)
            ]
            connection.execute(insert(_TICKET), lines)
            self._note(connection, by, "print tickets", workshop_id, number=number)
            return _read(connection, workshop_id)

        return self.store.write(job)

    def tickets(self, workshop_id: Id) -> list[Ticket]:
        """Return the tickets of a workshop by their code."""
        return self.look(lambda connection: _read(connection, workshop_id))

    def check(self, workshop_id: Id, typed: str) -> None:
        """Look whether a ticket would let somebody in now.

        Raises:
            Refused: it is not known, used or void.
        """
        self.look(lambda connection: good_ticket(connection, workshop_id, typed))

    def void(self, by: Actor, workshop_id: Id, ticket_ids: Iterable[Id] | None = None) -> int:
        """Void tickets, all that are left by default; return how many were.

        A used one stays used: whoever it let in keeps their vote, or loses it by their number.
        """
        chosen = None if ticket_ids is None else set(ticket_ids)

        def job(connection: Connection) -> int:
            rows.held(connection, tables.workshop, workshop_id)
            known = _read(connection, workshop_id)
            if chosen is not None and not chosen <= {one.id for one in known}:
                raise NotFound("ticket")
            meant = [one for one in known if chosen is None or one.id in chosen]
            ending = [one.id for one in meant if one.state == "free"]
            for ticket_id in ending:
                end_ticket(connection, ticket_id, "void")
            self._note(connection, by, "void tickets", workshop_id, number=len(ending))
            return len(ending)

        return self.store.write(job)

    def _note(
        self, connection: Connection, by: Actor, act: str, workshop_id: Id, **detail: Any
    ) -> None:
        changed(connection, workshop_id)
        rows.log(
            connection, self.store.now(), rows.actor_name(by), act, workshop_id=workshop_id,
            detail=detail,
        )  # fmt: skip


def new_ticket() -> str:
    """Return the code of a fresh ticket."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def good_ticket(connection: Connection, workshop_id: Id, typed: str) -> Id:
    """Return the ticket somebody typed, if it still lets somebody in.

    Raises:
        Refused: it is missing, not known, used or void; a sentence that says which.
    """
    code = tidy_code(typed)
    if not code:
        raise Refused(text("Please type what stands on your ticket."), "ticket")
    query = _STANDING.where(_TICKET.c.workshop_id == workshop_id, _TICKET.c.code == code)
    row = connection.execute(query).first()
    if row is None:
        raise Refused(
            text("There is no such ticket for this workshop. Please compare it with your card."),
            "ticket",
        )
    if row.how == "used":
        raise Refused(
            text(
                "This ticket has already let somebody in. If that was you, go on with the phone or "
                "browser you used then; otherwise ask the facilitator for another ticket."
            ),
            "ticket",
        )
    if row.how == "void":
        raise Refused(
            text("This ticket is no longer valid. Please ask the facilitator for another one."),
            "ticket",
        )
    return str(row.id)


def end_ticket(connection: Connection, ticket_id: Id, how: Literal["used", "void"]) -> None:
    """Let a ticket end; the database refuses a second end."""
    connection.execute(insert(_END).values(ticket_id=ticket_id, how=how))


def _read(connection: Connection, workshop_id: Id) -> list[Ticket]:
    query = _STANDING.where(_TICKET.c.workshop_id == workshop_id).order_by(_TICKET.c.code)
    return [
        Ticket(id=row.id, code=row.code, state=row.how or "free")
        for row in connection.execute(query)
    ]
