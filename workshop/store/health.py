"""Ask a database whether it is whole."""

from __future__ import annotations

from workshop.store.opening import Store

MOST = 5
"""Complaints worth repeating; a damaged file has thousands."""


def complaints(store: Store) -> list[str]:
    """Return what the database itself finds wrong with its contents, in its own words."""
    with store.read() as connection:
        if store.dialect != "sqlite":
            connection.exec_driver_sql("SELECT 1")
            return []
        found = [
            str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})")
        ]
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
