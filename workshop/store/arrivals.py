"""Trying out a hall: a code that somebody scans with a phone, and what was learnt from it.

Nothing is kept by which a phone could be known again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from workshop.model import Id, NotFound
from workshop.passes import new_code
from workshop.store import rows, tables
from workshop.store.desk import Desk
from workshop.store.installation import beginning, drop, held, keep

BEGIN = "check."
MINUTES = 20
"""How long a code works: a walk to the last row and back, twice."""
MOST_ARRIVALS = 20
MOST_BROWSERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A phone that came to try the way out: nothing by which it could be known again."""

    at: datetime
    origin: str
    """"local", "public", "unknown", or "here": this machine itself or a proxy on it."""
    took: float
    """Seconds from our first answer to its next request."""
    gap: float | None = None
    """Seconds between two pieces of a stream that were sent half a second apart."""
    drift: float | None = None
    """Seconds its clock is ahead of ours."""
    socket: float | None = None
    """Seconds until a websocket was open, -1 where it could not be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One try-out of a hall: its code, and who came with it."""

    ticket: str
    workshop_id: Id
    until: datetime
    arrivals: tuple[Arrival, ...] = ()
    """Phones."""
    browsers: Mapping[str, Arrival] = field(default_factory=dict)
    """Staff's own browsers by a mark they were given for this check."""


class ArrivalDesk(Desk):
    """Keeps who came to try a hall out."""

    def open_check(self, workshop_id: Id) -> Check:
        """Begin a try-out with a fresh code; earlier ones of the workshop end."""
        now = self.store.now()
        until = now + timedelta(minutes=MINUTES)
        check = Check(ticket=new_code() + new_code(), workshop_id=workshop_id, until=until)

        def job(connection: Connection) -> Check:
            rows.one(connection, tables.workshop, workshop_id)
            forget_checks(connection, workshop_id, now)
            keep(connection, _key(check.ticket), _written(check))
            return check

        return self.store.write(job)

    def check_of(self, workshop_id: Id) -> Check | None:
        """Return the try-out of a workshop that goes on now."""
        now = self.store.now()
        found = self.look(_checks)
        return next(
            (one for one in found if one.workshop_id == workshop_id and one.until > now), None
        )

    def check(self, ticket: str) -> Check:
        """Return the try-out with that code.

        Raises:
            NotFound: there is none, or it is over.
        """
        return self.look(lambda connection: self._check(connection, ticket))

    def arrive(self, ticket: str, origin: str, took: float, browser: str = "") -> int:
        """Note that a phone came, or staff's own ``browser``; return its place among them.

        Raises:
            NotFound: the code is too old.
        """
        one = Arrival(at=self.store.now(), origin=origin, took=took)

        def job(connection: Connection) -> int:
            check = self._check(connection, ticket)
            place = len(check.arrivals)
            if browser and (browser in check.browsers or len(check.browsers) < MOST_BROWSERS):
                check = replace(check, browsers={**check.browsers, browser: one})
            elif not browser and place < MOST_ARRIVALS:
                check = replace(check, arrivals=(*check.arrivals, one))
            keep(connection, _key(ticket), _written(check))
            return place

        return self.store.write(job)

    def report(
        self,
        ticket: str,
        place: int,
        browser: str = "",
        *,
        gap: float | None = None,
        drift: float | None = None,
        socket: float | None = None,
    ) -> None:
        """Add what the script of somebody who came found out; only its first word counts.

        Raises:
            NotFound: the code is too old, or nobody came there.
        """

        def job(connection: Connection) -> None:
            check = self._check(connection, ticket)
            if browser not in check.browsers and not (
                browser == "" and 0 <= place < len(check.arrivals)
            ):
                raise NotFound("arrival")
            one = check.browsers[browser] if browser else check.arrivals[place]
            if one.drift is not None:
                return
            told = replace(one, gap=gap, drift=drift, socket=socket)
            if browser:
                check = replace(check, browsers={**check.browsers, browser: told})
            else:
                before, after = check.arrivals[:place], check.arrivals[place + 1 :]
                check = replace(check, arrivals=(*before, told, *after))
            keep(connection, _key(ticket), _written(check))

        self.store.write(job)

    def _check(self, connection: Connection, ticket: str) -> Check:
        value = held(connection, _key(ticket))
        check = _read(ticket, value) if value else None
        if check is None or check.until <= self.store.now():
            raise NotFound("check")
        return check


def _key(ticket: str) -> str:
    return f"{BEGIN}{ticket}"


def forget_checks(connection: Connection, workshop_id: Id, now: datetime) -> None:
    """Forget the try-outs of a workshop, and all that are too old."""
    for old in _checks(connection):
        if old.workshop_id == workshop_id or old.until <= now:
            drop(connection, _key(old.ticket))


def _checks(connection: Connection) -> list[Check]:
    found = beginning(connection, BEGIN)
    return [_read(key.removeprefix(BEGIN), value) for key, value in found.items()]


def _written(check: Check) -> str:
    return json.dumps(
        {
            "workshop": check.workshop_id,
            "until": check.until.isoformat(),
            "arrivals": [_line(one) for one in check.arrivals],
            "browsers": {mark: _line(one) for mark, one in check.browsers.items()},
        }
    )


def _line(one: Arrival) -> dict[str, Any]:
    return asdict(one) | {"at": one.at.isoformat()}


def _read(ticket: str, value: str) -> Check:
    known = json.loads(value)
    return Check(
        ticket=ticket,
        workshop_id=known["workshop"],
        until=datetime.fromisoformat(known["until"]),
        arrivals=tuple(_arrival(one) for one in known["arrivals"]),
        browsers={mark: _arrival(one) for mark, one in known["browsers"].items()},
    )


def _arrival(line: Mapping[str, Any]) -> Arrival:
    return Arrival(**{**line, "at": datetime.fromisoformat(line["at"])})
