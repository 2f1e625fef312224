"""What belongs to the hall, not to a workshop's content: where phones find us, and the Wi-Fi.

It lies in the table of the installation, so that no archive and no report ever carries it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection

from workshop.language import text
from workshop.model import Actor, Id, Refused
from workshop.store import rows, tables
from workshop.store.desk import Desk
from workshop.store.installation import drop, keep, kept

ADDRESS = "hall.address"
NAME_BYTES = 32
"""The standard's limit for a network's name."""
SHORTEST, LONGEST = 8, 63
"""Signs of a WPA password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wifi:
    """The network phones use in the hall; no password: it is open."""

    name: str
    password: str = field(default="", repr=False)
    hidden: bool = False
    """The network does not tell its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """What the wall shows about the hall."""

    address: str = ""
    """The address of this machine that staff chose for phones, "" to find the best one."""
    wifi: Wifi | None = None


class HallDesk(Desk):
    """Keeps what staff say about the hall, and what they find out about it."""

    def look_at(self, workshop_id: Id) -> Hall:
        """Return what the wall of a workshop shows about the hall."""

        def read(connection: Connection) -> Hall:
            known = kept(connection, ADDRESS, wifi_key(workshop_id))
            wifi = known.get(wifi_key(workshop_id))
            return Hall(
                address=known.get(ADDRESS, ""), wifi=Wifi(**json.loads(wifi)) if wifi else None
            )

        return self.look(read)

    def address(self) -> str:
        """Return the address staff chose for phones, "" if none."""
        return self.look(lambda connection: kept(connection, ADDRESS).get(ADDRESS, ""))

    def choose_address(self, by: Actor, address: str) -> None:
        """Show phones this address of the machine from now on; "" finds the best one again."""

        def job(connection: Connection) -> None:
            keep(connection, ADDRESS, address[:60])
            self._log(connection, by, "choose address")

        self.store.write(job)

    def set_wifi(
        self, by: Actor, workshop_id: Id, name: str, password: str = "", hidden: bool = False
    ) -> Wifi:
        """Say how phones come into the hall's network; an empty password means an open one.

        Raises:
            Refused: no network can have such a name or password.
        """
        wifi = Wifi(name=_name(name), password=_password(password), hidden=hidden)

        def job(connection: Connection) -> Wifi:
            shop = rows.one(connection, tables.workshop, workshop_id)
            keep(connection, wifi_key(workshop_id), json.dumps(asdict(wifi), ensure_ascii=False))
            self._log(connection, by, "set wifi", series_id=shop.series_id, workshop_id=shop.id)
            return wifi

        return self.store.write(job)

    def drop_wifi(self, by: Actor, workshop_id: Id) -> None:
        """Forget the hall's network and its password."""

        def job(connection: Connection) -> None:
            shop = rows.one(connection, tables.workshop, workshop_id)
            drop(connection, wifi_key(workshop_id))
            self._log(connection, by, "drop wifi", series_id=shop.series_id, workshop_id=shop.id)

        self.store.write(job)

    def _log(self, connection: Connection, by: Actor, act: str, **where: Any) -> None:
        rows.log(connection, self.store.now(), rows.actor_name(by), act, **where)


def wifi_key(workshop_id: Id) -> str:
    """Return under which name a workshop's network is kept."""
    return f"wifi.{workshop_id}"


def _name(typed: str) -> str:
    name = typed.strip()
    if not name or len(name.encode()) > NAME_BYTES or not name.isprintable():
        raise Refused(
            text(
                "The network's name has 1 to {most} Latin letters, or half as many Cyrillic ones. "
                "Write it exactly as phones list it.",
                most=NAME_BYTES,
            ),
            "name",
        )
    return name


def _password(typed: str) -> str:
    password = typed.strip()
    long = SHORTEST <= len(password) <= LONGEST
    if password and not (long and password.isascii() and password.isprintable()):
        raise Refused(
            text(
                "A Wi-Fi password has {least} to {most} Latin letters, digits and signs. Leave it "
                "empty for an open network.",
                least=SHORTEST,
                most=LONGEST,
            ),
            "password",
        )
    return password
