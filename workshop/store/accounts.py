"""Staff accounts: passwords as argon2 hashes, slowed guessing, no lock by address."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from workshop.language import counted, text
from workshop.model import Actor, Id, NotFound, Refused, Role, Staff
from workshop.passes import check_password, hash_password, new_password
from workshop.store import rows, tables
from workshop.store.desk import Desk
from workshop.text import clean

FREE = 4
"""Wrong passwords before waiting begins."""
LONGEST = 60
"""Seconds to wait at most: guessing is hopeless, the rightful owner is never locked out."""
SHORTEST_PASSWORD = 10


class AccountDesk(Desk):
    """Who may run workshops."""

    def staff(self) -> list[Staff]:
        """Return all accounts by name."""
        query = select(tables.staff).order_by(tables.staff.c.name_key)
        return self.look(lambda connection: [rows.staff(row) for row in connection.execute(query)])

    def by_id(self, staff_id: Id) -> Staff | None:
        """Return the account while it is active."""
        query = select(tables.staff).where(
            tables.staff.c.id == staff_id, tables.staff.c.active.is_(True)
        )
        row = self.look(lambda connection: connection.execute(query).first())
        return None if row is None else rows.staff(row)

    def stamp(self, staff: Staff) -> str:
        """Return a mark that changes with the password: old cookies stop working."""
        query = select(tables.staff.c.password_hash).where(tables.staff.c.id == staff.id)
        kept = self.look(lambda connection: connection.execute(query).scalar())
        return rows.digest([staff.id, kept])[:16]

    def create(
        self, by: Actor, name: str, role: Role | str, password: str | None = None
    ) -> tuple[Staff, str]:
        """Make an account; without ``password`` one is made up. Returns it to be told once."""
        tidy = clean(name, 120, lines=False)
        if len(tidy) < 2:
            raise Refused(text("Please write a name."), "name")
        told = password or new_password()
        check_strength(told, tidy)
        hashed = hash_password(told)

        def job(connection: Connection) -> Staff:
            if _find(connection, tidy) is not None:
                raise Refused(
                    text("There is already an account named “{name}”.", name=tidy), "name"
                )
            staff_id = rows.new_id()
            connection.execute(
                tables.staff.insert().values(
                    id=staff_id,
                    name=tidy,
                    name_key=_key(tidy),
                    role=Role(role).value,
                    password_hash=hashed,
                    active=True,
                    first_password=password is None,
                    created_at=self.store.now(),
                )
            )
            self._note(connection, by, "create account", tidy)
            return rows.staff(rows.one(connection, tables.staff, staff_id))

        return self.store.write(job), told

    def ensure_first(self) -> tuple[Staff, str] | None:
        """Make the first coordinator where there is none yet."""
        role = tables.staff.c.role == Role.coordinator.value
        count = select(func.count()).select_from(tables.staff).where(role)
        # In a turn: several processes that start together tell one password, not one each.
        with self.store.turn("first account"):
            if self.look(lambda connection: connection.execute(count).scalar_one()):
                return None
            taken = self.look(lambda connection: _find(connection, "coordinator")) is not None
            return self.create(None, "coordinator 2" if taken else "coordinator", Role.coordinator)

    def set_active(self, by: Actor, staff_id: Id, active: bool) -> Staff:
        """Disable or enable an account; it works at once, also for open screens."""

        def job(connection: Connection) -> Staff:
            row = rows.one(connection, tables.staff, staff_id)
            if not active:
                _keep_a_coordinator(connection, staff_id)
            connection.execute(
                update(tables.staff).where(tables.staff.c.id == staff_id).values(active=active)
            )
            self._note(connection, by, "enable account" if active else "disable account", row.name)
            return rows.staff(rows.one(connection, tables.staff, staff_id))

        return self.store.write(job)

    def set_role(self, by: Actor, staff_id: Id, role: Role | str) -> Staff:
        """Give an account another role."""

        def job(connection: Connection) -> Staff:
            row = rows.one(connection, tables.staff, staff_id)
            if Role(role) is not Role.coordinator:
                _keep_a_coordinator(connection, staff_id)
            connection.execute(
                update(tables.staff)
                .where(tables.staff.c.id == staff_id)
                .values(role=Role(role).value)
            )
            self._note(connection, by, "change role", row.name)
            return rows.staff(rows.one(connection, tables.staff, staff_id))

        return self.store.write(job)

    def change_password(self, staff_id: Id, old: str, new: str) -> None:
        """Change the own password."""
        row = self.look(lambda connection: rows.one(connection, tables.staff, staff_id))
        if not check_password(old, row.password_hash):
            raise Refused(text("The present password is not right."), "old")
        check_strength(new, row.name)
        if new == old:
            raise Refused(text("This is the password you have already."), "new")
        self._put_password(row.name, staff_id, row.name, new, first=False)

    def reset_password(self, by: Actor, name: str) -> str:
        """Make a new password for an account that lost it, and forget its failed attempts."""
        row = self.look(lambda connection: _find(connection, name))
        if row is None:
            raise NotFound("staff")
        fresh = new_password()
        self._put_password(rows.actor_name(by), row.id, row.name, fresh, first=True)
        return fresh

    def _put_password(
        self, actor: str, staff_id: Id, name: str, password: str, *, first: bool
    ) -> None:
        hashed = hash_password(password)

        def job(connection: Connection) -> None:
            connection.execute(
                update(tables.staff)
                .where(tables.staff.c.id == staff_id)
                .values(password_hash=hashed, first_password=first)
            )
            connection.execute(
                delete(tables.attempt).where(tables.attempt.c.name_key == _key(name))
            )
            rows.log(connection, self.store.now(), actor, "change password", name)

        self.store.write(job)

    def sign_in(self, name: str, password: str, *, browser: str = "", known: bool = False) -> Staff:
        """Return the account the password opens.

        ``browser`` is a random key of the browser's own cookie; ``known`` says it signed in to
        this account before. A known browser is slowed only by its own mistakes, so that somebody
        guessing elsewhere cannot keep the facilitator out.

        Raises:
            Refused: wrong name or password (one sentence for both), a disabled account, or
                how long to wait after too many attempts.
        """
        counter = browser[:64] if known else ""
        row = self.look(lambda connection: _find(connection, name))
        self._try(_key(name), counter)
        right = check_password(password[:1000], row.password_hash if row is not None else _nobody())
        if row is None or not right or not row.active:
            raise Refused(text("The name or the password is not right."), "password")

        def forget(connection: Connection) -> None:
            connection.execute(
                delete(tables.attempt).where(
                    tables.attempt.c.name_key == _key(name), tables.attempt.c.browser == counter
                )
            )
            rows.log(connection, self.store.now(), row.name, "sign in")

        self.store.write(forget)
        return rows.staff(row)

    def _try(self, name_key: str, browser: str) -> None:
        """Count the attempt before looking at the password: parallel guesses count too."""

        def job(connection: Connection) -> None:
            table = tables.attempt
            mine = (table.c.name_key == name_key, table.c.browser == browser)
            now = self.store.now()
            row = connection.execute(select(table).where(*mine)).first()
            if row is None:
                values = {"name_key": name_key, "browser": browser, "failures": 1, "failed_at": now}
                connection.execute(table.insert().values(**values))
                return
            left = wait(row.failures, row.failed_at, now)
            if left > 0:
                raise Refused(
                    counted(
                        "Too many wrong passwords. Please wait {n} second.",
                        "Too many wrong passwords. Please wait {n} seconds.",
                        n=left,
                    ),
                    "password",
                )
            connection.execute(
                update(table).where(*mine).values(failures=row.failures + 1, failed_at=now)
            )

        self.store.write(job)

    def _note(self, connection: Connection, by: Actor, act: str, about: str) -> None:
        rows.log(connection, self.store.now(), rows.actor_name(by), act, about[:80])


def wait(failures: int, failed_at: datetime, now: datetime) -> int:
    """Return the seconds to wait: none for the first mistakes, then 1, 2, 4 … up to a minute."""
    if failures < FREE:
        return 0
    pause = min(LONGEST, 2 ** min(failures - FREE, 10))
    left = failed_at + timedelta(seconds=pause) - now
    return max(0, int(left.total_seconds() + 0.999))


def check_strength(password: str, name: str) -> None:
    """Refuse a password too short to be one, or that everybody knows who knows the name."""
    if _key(password) == _key(name):
        raise Refused(text("Your name is no password: others know it."), "new")
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            text(
                "A password has at least {n} characters. Three or four words are easy to remember.",
                n=SHORTEST_PASSWORD,
            ),
            "new",
        )


@cache
def _nobody() -> str:
    """Return the hash of nobody's password: an unknown name takes as long as a wrong one."""
    return hash_password(new_password())


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()[:120]


def _find(connection: Connection, name: str) -> Any:
    return connection.execute(
        select(tables.staff).where(tables.staff.c.name_key == _key(name))
    ).first()


def _keep_a_coordinator(connection: Connection, without: Id) -> None:
    table = tables.staff
    coordinator = (table.c.role == Role.coordinator.value, table.c.active.is_(True))
    others = select(func.count()).where(*coordinator, table.c.id != without)
    one = select(table.c.id).where(*coordinator, table.c.id == without)
    if connection.execute(one).first() and connection.execute(others).scalar_one() == 0:
        raise Refused(text("This is the last coordinator; make another one first."))
