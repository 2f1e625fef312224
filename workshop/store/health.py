"""Ask a database whether it is whole."""

from __future__ import annotations

from workshop.store.installation import keep
from workshop.store.opening import Store

MOST = 5
"""Complaints worth repeating; a damaged file has thousands."""


def complaints(store: Store, *, quick: bool = False) -> list[str]:
    """Return what the database itself finds wrong with its contents, in its own words.

    ``quick`` leaves out whether indexes agree with their tables: that reads everything twice.
    """
    look = "quick_check" if quick else "integrity_check"
    with store.read() as connection:
        if store.dialect != "sqlite":
            connection.exec_driver_sql("SELECT 1")
            return []
        found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {look}({MOST})")]
        found += [
            f"{row[0]}: row {row[1]} points to a missing {row[2]}"
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
        ]
    return [one for one in found if one != "ok"][:MOST]


def program(store: Store) -> str:
    """Return the name and version of the database program."""
    with store.read() as connection:
        if store.dialect == "sqlite":
            return f"SQLite {connection.exec_driver_sql('SELECT sqlite_version()').scalar()}"
        return f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar()}"


def durable(store: Store) -> bool:
    """Return whether "received" means on the disk: what is written survives a power cut."""
    with store.read() as connection:
        if store.dialect == "sqlite":
            kept = connection.exec_driver_sql("PRAGMA synchronous").scalar()
            way = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
            return int(kept or 0) >= 2 and str(way) == "wal"
        asked = ("fsync", "synchronous_commit", "full_page_writes")
        said = [connection.exec_driver_sql(f"SHOW {one}").scalar() for one in asked]
        return said[0] == "on" and said[1] != "off" and said[2] == "on"


def touch(store: Store) -> None:
    """Write something small and wait until it is on disk.

    Raises:
        Refused: it could not be written, and why.
    """
    store.write(lambda connection: keep(connection, "touched", store.now().isoformat()))
