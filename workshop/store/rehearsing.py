"""What only a workshop marked for rehearsal may be asked: every other one answers "not found"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, delete, func, select, update

from workshop.language import text
from workshop.model import Actor, Id, NotFound, Refused, Workshop
from workshop.settings import settings
from workshop.store import installation, news, rows, tables
from workshop.store.arrivals import forget_checks
from workshop.store.checks import code_until
from workshop.store.desk import Desk, changed
from workshop.store.hall import wifi_key
from workshop.store.series import unused_code

_SHOP, _STAGE = tables.workshop, tables.stage
MOST_NAME = 48
"""Signs of a short name before "-rehearsal" and a number still fit behind it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database holds of a workshop."""

    people: int
    entries: int
    """Contributions, replaced and withdrawn ones too, and secret ballots."""


class RehearsalDesk(Desk):
    """Counts for scripted phones, gives them news to wait for; keeps copies and drops them."""

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

    def copy_of(self, workshop_id: Id) -> Workshop | None:
        """Return the rehearsal copy of a workshop, if there is one now."""
        found = self.look(lambda connection: _copy(connection, workshop_id))
        return rows.workshop(found) if found is not None else None

    def insert_copy(
        self, by: Actor, workshop_id: Id, agenda: Sequence[tuple[Id, Mapping[str, Any]]]
    ) -> Workshop:
        """Make a marked copy of a workshop, or return the one there is.

        ``agenda``: the stages of the original, each with the columns of its copy. Groups,
        organisations and earlier workshops are those of the series; nobody's entries come along.

        Raises:
            Refused: it is itself for rehearsal.
        """

        def job(connection: Connection) -> Workshop:
            source = rows.held(connection, _SHOP, workshop_id)
            if source.rehearsal:
                raise Refused(text("This workshop is for rehearsal already: rehearse in it."))
            known = _copy(connection, workshop_id)
            if known is None:
                known = self._insert(connection, by, source, agenda)
            return rows.workshop(known)

        return self.store.write(job)

    def throw_away(self, by: Actor, workshop_id: Id) -> Id:
        """Delete a copy with all that was done in it, its log as well; return its original.

        Raises:
            Refused: it is no copy; nothing is deleted.
            NotFound: it is gone already.
        """

        def job(connection: Connection) -> Id:
            row = rows.held(connection, _SHOP, workshop_id)
            if row.copy_of is None:
                raise Refused(text("Only a copy for rehearsal can be thrown away."))
            now, event = self.store.now(), tables.event
            forget_checks(connection, workshop_id, now)
            installation.drop(connection, wifi_key(workshop_id))
            connection.execute(delete(event).where(event.c.workshop_id == workshop_id))
            connection.execute(delete(_SHOP).where(_SHOP.c.id == workshop_id))
            news.note(connection, [workshop_id])
            changed(connection, row.copy_of)  # whoever has it before them is offered another one
            actor = rows.actor_name(by)
            rows.log(connection, now, actor, "throw rehearsal away", series_id=row.series_id)
            return str(row.copy_of)

        return self.store.write(job)

    def _insert(
        self,
        connection: Connection,
        by: Actor,
        source: Row[Any],
        agenda: Sequence[tuple[Id, Mapping[str, Any]]],
    ) -> Row[Any]:
        zone = rows.one(connection, tables.series, source.series_id).time_zone
        now, copy_id = self.store.now(), rows.new_id()
        connection.execute(
            _SHOP.insert().values(
                id=copy_id,
                series_id=source.series_id,
                short_name=_free_name(connection, source.short_name),
                code=unused_code(connection),
                title=source.title,
                position=source.position,
                rehearsal=True,
                copy_of=source.id,
                revision=1,
                shape=1,
                **_times(source, zone, now),
            )
        )
        fresh = {stage_id: rows.new_id() for stage_id, _columns in agenda}
        for place, (stage_id, columns) in enumerate(agenda):
            kept = {**columns, "settings": _pointed(columns["settings"], fresh)}
            connection.execute(
                _STAGE.insert().values(
                    id=fresh[stage_id], workshop_id=copy_id, position=place, **kept
                )
            )
        wifi = installation.held(connection, wifi_key(source.id))
        if wifi is not None:
            installation.keep(connection, wifi_key(copy_id), wifi)
        changed(connection, source.id)
        rows.log(
            connection, now, rows.actor_name(by), "copy for rehearsal",
            series_id=source.series_id, workshop_id=copy_id,
        )  # fmt: skip
        return rows.one(connection, _SHOP, copy_id)


def _copy(connection: Connection, workshop_id: Id) -> Row[Any] | None:
    return connection.execute(select(_SHOP).where(_SHOP.c.copy_of == workshop_id)).first()


def _times(source: Row[Any], zone: str, now: datetime) -> dict[str, Any]:
    """Return when a copy takes place: as planned, else today, and long enough to be rehearsed."""
    day = max(rows.workshop(source).day, now.astimezone(ZoneInfo(zone)).date())
    times = {"day": day, "starts_at": source.starts_at, "minutes": source.minutes}
    good = now + timedelta(hours=settings().code_hours)
    return times | {"code_until": max(code_until(times, zone), good)}


def _free_name(connection: Connection, original: str) -> str:
    """Return a short name for a copy: somebody may have given the usual one to a real workshop."""
    name, number = f"{original[:MOST_NAME]}-rehearsal", 1
    while connection.execute(select(_SHOP.c.id).where(_SHOP.c.short_name == name)).first():
        number += 1
        name = f"{original[: MOST_NAME - 3]}-rehearsal-{number}"
    return name


def _pointed(value: Any, fresh: Mapping[Id, Id]) -> Any:
    """Return settings in which what named a stage of the original names that of the copy."""
    if isinstance(value, str):
        return fresh.get(value, value)
    if isinstance(value, Mapping):
        return {key: _pointed(one, fresh) for key, one in value.items()}
    if isinstance(value, list):
        return [_pointed(one, fresh) for one in value]
    return value
