"""Blueprints that were saved here, kept whatever becomes of the workshop they were drawn from."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from workshop.blueprint import Blueprint, gather, spread
from workshop.language import Multilingual, text
from workshop.model import Actor, Id, NotFound, Refused
from workshop.store import rows, tables
from workshop.store.desk import Desk

_TABLE = tables.blueprint


class BlueprintDesk(Desk):
    """The blueprints people saved."""

    def kept(self) -> list[Blueprint]:
        """Return the blueprints, oldest first."""
        return self.look(_read)

    def insert_blueprint(self, by: Actor, made: Blueprint) -> Blueprint:
        """Keep a checked blueprint under a title nobody else has."""

        def job(connection: Connection) -> Blueprint:
            _free(connection, made.title)
            key = rows.new_id()
            now = self.store.now()
            connection.execute(_TABLE.insert().values(id=key, content=spread(made), created_at=now))
            rows.log(connection, now, rows.actor_name(by), "save blueprint", key)
            return gather(spread(made), key)

        return self.store.write(job)

    def rename(self, by: Actor, key: Id, title: Multilingual, purpose: Multilingual) -> Blueprint:
        """Give a blueprint another title and purpose."""

        def job(connection: Connection) -> Blueprint:
            content = dict(rows.one(connection, _TABLE, key).content)
            content |= {"title": rows.spread(title), "purpose": rows.spread(purpose)}
            renamed = gather(content, key)
            _free(connection, renamed.title, but=key)
            connection.execute(
                update(_TABLE).where(_TABLE.c.id == key).values(content=spread(renamed))
            )
            rows.log(connection, self.store.now(), rows.actor_name(by), "rename blueprint", key)
            return renamed

        return self.store.write(job)

    def remove(self, by: Actor, key: Id) -> None:
        """Forget a blueprint; workshops made from it stay as they are."""

        def job(connection: Connection) -> None:
            done = connection.execute(delete(_TABLE).where(_TABLE.c.id == key))
            if not done.rowcount:
                raise NotFound("blueprint")
            rows.log(connection, self.store.now(), rows.actor_name(by), "delete blueprint", key)

        self.store.write(job)


def _read(connection: Connection) -> list[Blueprint]:
    query = select(_TABLE).order_by(_TABLE.c.created_at, _TABLE.c.id)
    return [gather(row.content, row.id) for row in connection.execute(query)]


def _free(connection: Connection, title: Multilingual, but: Id = "") -> None:
    """Refuse a title that another blueprint has: nobody could tell the two apart."""
    for other in _read(connection):
        same = {other.title.bg, other.title.en} & {title.bg, title.en} - {""}
        if same and other.key != but:
            raise Refused(
                text(
                    "A blueprint called “{title}” is already here. Choose another name.",
                    title=other.title,
                ),
                "title",
            )
