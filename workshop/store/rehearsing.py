"""What only a workshop marked for rehearsal may be asked: every other one answers "not found"."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from workshop.model import Id, NotFound
from workshop.store import tables
from workshop.store.desk import Desk

_SHOP, _STAGE = tables.workshop, tables.stage


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database holds of a workshop."""

    people: int
    entries: int
    """Contributions, replaced and withdrawn ones too, and secret ballots."""


class RehearsalDesk(Desk):
    """Counts for scripted phones, and gives them news to wait for."""

    def stored(self, workshop_id: Id) -> Stored:
        """Return how much is stored.

        Raises:
            NotFound: there is no such workshop, or it is a real one.
        """
        marked = select(_SHOP.c.id).where(_SHOP.c.id == workshop_id, _SHOP.c.rehearsal.is_(True))
        stages = select(_STAGE.c.id).where(_STAGE.c.workshop_id == workshop_id)
        written, secret, people = tables.contribution, tables.ballot, tables.participant
        counts = (
            select(func.count()).where(people.c.workshop_id == workshop_id),
            select(func.count()).where(written.c.stage_id.in_(stages)),
            select(func.count()).where(secret.c.stage_id.in_(stages)),
        )
        with self.store.read() as connection:
            if connection.execute(marked).first() is None:
                raise NotFound("rehearsal")
            joined, open_, hidden = (connection.execute(one).scalar_one() for one in counts)
        return Stored(joined, open_ + hidden)

    def stir(self, workshop_id: Id) -> int:
        """Announce a change as an act of staff does, though nothing changed; return the shape.

        One statement both asks for the mark and announces: no real workshop can be stirred.

        Raises:
            NotFound: there is no such workshop, or it is a real one.
        """
        which = (_SHOP.c.id == workshop_id, _SHOP.c.rehearsal.is_(True))
        announce = update(_SHOP).where(*which)
        announce = announce.values(revision=_SHOP.c.revision + 1, shape=_SHOP.c.revision + 1)

        def job(connection: Connection) -> int:
            if not connection.execute(announce).rowcount:
                raise NotFound("rehearsal")
            return int(connection.execute(select(_SHOP.c.shape).where(*which)).scalar_one())

        return self.store.write(job)
