"""Series and their workshops: what a coordinator prepares beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from workshop.language import LANGUAGES, Multilingual, text
from workshop.model import Actor, Id, NotFound, Refused, Series, Workshop
from workshop.passes import new_code, tidy_code
from workshop.store import rows, tables
from workshop.store.checks import check_series, check_short_name, check_workshop, code_until
from workshop.store.desk import Desk, changed
from workshop.store.speaking import end_running

DEFAULT_GROUPS = (
    ("public", Multilingual(bg="Публичен сектор", en="Public sector")),
    ("private", Multilingual(bg="Бизнес", en="Business")),
    ("civic", Multilingual(bg="Граждански сектор", en="Civic sector")),
    ("knowledge", Multilingual(bg="Знание и наука", en="Knowledge and research")),
)
"""The clusters of the URBACT Stakeholders Ecosystem Map: public, private, civic, knowledge."""


class SeriesDesk(Desk):
    """Series and workshops."""

    def all_series(self) -> list[Series]:
        """Return every series, newest first."""
        query = select(tables.series).order_by(
            tables.series.c.created_at.desc(), tables.series.c.id
        )
        return self.look(lambda connection: [rows.series(row) for row in connection.execute(query)])

    def series(self, series_id: Id) -> Series:
        """Return the series with that id."""
        return self.look(
            lambda connection: rows.series(rows.one(connection, tables.series, series_id))
        )

    def series_named(self, name: str) -> Series:
        """Return the series with that short name or id."""
        query = select(tables.series).where(
            (tables.series.c.short_name == name.strip().lower())
            | (tables.series.c.id == name.strip())
        )
        row = self.look(lambda connection: connection.execute(query).first())
        if row is None:
            raise NotFound("series")
        return rows.series(row)

    def create_series(
        self,
        by: Actor,
        *,
        short_name: str,
        municipality: Multilingual,
        theme: Multilingual,
        languages: Sequence[str] = LANGUAGES,
        time_zone: str = "Europe/Sofia",
        funding: Multilingual = Multilingual(),
        synthetic: bool = False,
        warning: Multilingual = Multilingual(),
        smallest_group: int = 3,
        groups: Sequence[tuple[str, Multilingual]] = DEFAULT_GROUPS,
    ) -> Series:
        """Make a series with its stakeholder groups."""
        values: dict[str, Any] = {
            "municipality": municipality,
            "theme": theme,
            "short_name": short_name,  # after those it is made from
            "languages": languages,
            "time_zone": time_zone,
            "funding": funding,
            "synthetic": synthetic,
            "warning": warning,
            "smallest_group": smallest_group,
        }
        checked = check_series(values)

        def job(connection: Connection) -> Series:
            _free(connection, tables.series, checked["short_name"])
            series_id = rows.new_id()
            connection.execute(
                tables.series.insert().values(id=series_id, created_at=self.store.now(), **checked)
            )
            for position, (key, name) in enumerate(groups):
                connection.execute(
                    tables.stakeholder_group.insert().values(
                        id=rows.new_id(),
                        series_id=series_id,
                        key=key,
                        name=rows.spread(name),
                        position=position,
                    )
                )
            self._log(connection, by, "create series", series_id)
            return rows.series(rows.one(connection, tables.series, series_id))

        return self.store.write(job)

    def change_series(self, by: Actor, series_id: Id, **fields: Any) -> Series:
        """Change fields of a series (the names of ``create_series``, and ``final``)."""
        final = fields.pop("final", None)
        checked = check_series(fields)
        if final is not None:
            checked["final"] = bool(final)

        def job(connection: Connection) -> Series:
            row = rows.one(connection, tables.series, series_id)
            if checked.get("short_name", row.short_name) != row.short_name:
                _free(connection, tables.series, checked["short_name"])
            if checked:
                connection.execute(
                    update(tables.series).where(tables.series.c.id == series_id).values(**checked)
                )
            for shop in connection.execute(_of(tables.workshop, series_id)):
                changed(connection, shop.id)
            self._log(connection, by, "change series", series_id, fields=sorted(checked))
            return rows.series(rows.one(connection, tables.series, series_id))

        return self.store.write(job)

    def workshops(self, series_id: Id, *, copies: bool = False) -> list[Workshop]:
        """Return the workshops in order of their days; ``copies``: those for rehearsal as well."""
        shop = tables.workshop
        query = _of(shop, series_id).order_by(shop.c.day, shop.c.position, shop.c.rehearsal)
        if not copies:
            query = query.where(shop.c.copy_of.is_(None))
        return self.look(
            lambda connection: [rows.workshop(row) for row in connection.execute(query)]
        )

    def workshop(self, workshop_id: Id) -> Workshop:
        """Return the workshop with that id."""
        return self.look(
            lambda connection: rows.workshop(rows.one(connection, tables.workshop, workshop_id))
        )

    def workshop_named(self, name: str) -> Workshop:
        """Return the workshop with that short name, join code or id."""
        shop = tables.workshop
        wanted = name.strip()
        query = select(shop).where(
            (shop.c.short_name == wanted.lower())
            | (shop.c.id == wanted)
            | (shop.c.code == tidy_code(wanted))
        )
        row = self.look(lambda connection: connection.execute(query).first())
        if row is None:
            raise NotFound("workshop")
        return rows.workshop(row)

    def insert_workshop(
        self,
        by: Actor,
        series_id: Id,
        *,
        title: Multilingual,
        day: date,
        starts_at: str = "10:00",
        minutes: int = 180,
        short_name: str = "",
        rehearsal: bool = False,
        stages: Sequence[Mapping[str, Any]] = (),
    ) -> Workshop:
        """Make a workshop with checked stages (columns of ``tables.stage``) in one transaction."""
        checked = check_workshop(
            {
                "title": title,
                "day": day,
                "starts_at": starts_at,
                "minutes": minutes,
                "rehearsal": rehearsal,
            }
        )

        def job(connection: Connection) -> Workshop:
            series = rows.one(connection, tables.series, series_id)
            shop = tables.workshop
            position = rows.next_number(connection, shop.c.position, shop.c.series_id == series_id)
            name = short_name.strip().lower() or f"{series.short_name}-{position}"
            _free(connection, shop, check_short_name(name))
            workshop_id = rows.new_id()
            connection.execute(
                shop.insert().values(
                    id=workshop_id,
                    series_id=series_id,
                    short_name=name,
                    position=position,
                    code=unused_code(connection),
                    revision=1,
                    shape=1,
                    code_until=code_until(checked, series.time_zone),
                    **checked,
                )
            )
            for place, stage in enumerate(stages):
                connection.execute(
                    tables.stage.insert().values(
                        id=rows.new_id(), workshop_id=workshop_id, position=place, **stage
                    )
                )
            self._log(connection, by, "create workshop", series_id, workshop_id, stages=len(stages))
            return rows.workshop(rows.one(connection, shop, workshop_id))

        return self.store.write(job)

    def change_workshop(self, by: Actor, workshop_id: Id, **fields: Any) -> Workshop:
        """Change title, day, starts_at, minutes, short_name, rehearsal or joining_locked."""
        checked = check_workshop(fields)

        def job(connection: Connection) -> Workshop:
            shop = tables.workshop
            row = rows.one(connection, shop, workshop_id)
            if checked.get("short_name", row.short_name) != row.short_name:
                _free(connection, shop, checked["short_name"])
            series = rows.one(connection, tables.series, row.series_id)
            times = {"day": row.day, "starts_at": row.starts_at, "minutes": row.minutes, **checked}
            connection.execute(
                update(shop)
                .where(shop.c.id == workshop_id)
                .values(**checked, code_until=code_until(times, series.time_zone))
            )
            changed(connection, workshop_id)
            self._log(
                connection,
                by,
                "change workshop",
                row.series_id,
                workshop_id,
                fields=sorted(checked),
            )
            return rows.workshop(rows.one(connection, shop, workshop_id))

        return self.store.write(job)

    def finish_workshop(self, by: Actor, workshop_id: Id, finished: bool = True) -> Workshop:
        """Say that a workshop is over (phones thank and stop), or that it goes on."""

        def job(connection: Connection) -> Workshop:
            row = rows.one(connection, tables.workshop, workshop_id)
            connection.execute(
                update(tables.workshop)
                .where(tables.workshop.c.id == workshop_id)
                .values(finished=finished)
            )
            if finished:
                end_running(connection, by, workshop_id, self.store.now())
            changed(connection, workshop_id)
            act = "finish workshop" if finished else "go on with workshop"
            self._log(connection, by, act, row.series_id, workshop_id)
            return rows.workshop(rows.one(connection, tables.workshop, workshop_id))

        return self.store.write(job)

    def _log(
        self,
        connection: Connection,
        by: Actor,
        act: str,
        series_id: Id,
        workshop_id: Id | None = None,
        **detail: Any,
    ) -> None:
        rows.log(
            connection,
            self.store.now(),
            rows.actor_name(by),
            act,
            series_id=series_id,
            workshop_id=workshop_id,
            detail=detail,
        )


def _of(table: Any, series_id: Id) -> Any:
    return select(table).where(table.c.series_id == series_id)


def _free(connection: Connection, table: Any, short_name: str) -> None:
    if connection.execute(select(table.c.id).where(table.c.short_name == short_name)).first():
        raise Refused(
            text("The short name “{name}” is already taken. Choose another one.", name=short_name),
            "short_name",
        )


def unused_code(connection: Connection) -> str:
    """Return a join code no workshop has."""
    while True:
        code = new_code()
        taken = select(tables.workshop.c.id).where(tables.workshop.c.code == code)
        if connection.execute(taken).first() is None:
            return code
