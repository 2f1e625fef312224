"""Open a database so that it behaves: what SQLite and PostgreSQL need to keep every promise."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from workshop.language import text
from workshop.model import Refused

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "9p", "afs", "fuse.sshfs"}
)
FIXED_IN = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL})
PATIENCE = (
    # A process or a machine that dies while it writes must not keep the others waiting for long.
    "lock_timeout=10s",
    "idle_in_transaction_session_timeout=30s",
    "tcp_keepalives_idle=5",
    "tcp_keepalives_interval=2",
    "tcp_keepalives_count=3",
)
"""What PostgreSQL is asked for on each connection."""


def open_engine(url: str) -> Engine:
    """Return an engine for ``url`` with the settings the store relies on.

    Raises:
        Refused: the folder cannot be written, or it lies on a network disk, where WAL corrupts.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _check_place(parsed.database or "")
        engine = create_engine(
            url,
            pool_size=32,
            max_overflow=0,
            pool_timeout=30,
            json_serializer=_dumps,
            connect_args={"check_same_thread": False, "timeout": 10},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_size=16,
        max_overflow=8,
        pool_pre_ping=True,
        json_serializer=_dumps,
        connect_args={
            "connect_timeout": 5,
            "tcp_user_timeout": 10_000,
            "application_name": "sedyanka",
            "options": " ".join(f"-c {one}" for one in PATIENCE),
        },
    )


def writer_of(engine: Engine) -> Engine:
    """Return the same engine whose transactions take the write lock at once (BEGIN IMMEDIATE)."""
    return engine.execution_options(begin="IMMEDIATE")


def reader_of(engine: Engine) -> Engine:
    """Return the same engine whose transactions see one moment, however many questions they ask.

    In SQLite every transaction does.
    """
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def sqlite_warning() -> str:
    """Return the linked SQLite version if it has the WAL-reset bug, else "".

    Source: sqlite.org/wal.html#walresetbug; 3.7.0-3.51.2, fixed 3.51.3, 3.50.7 and 3.44.6.
    One writing connection, as here, keeps out of its way.
    """
    version = sqlite3.sqlite_version_info
    fixed = any(version[:2] == one[:2] and version >= one for one in FIXED_IN)
    return "" if fixed or version >= (3, 51, 3) else sqlite3.sqlite_version


class FileLock:
    """Held beside an SQLite file by the one process that writes."""

    def __init__(self, database: str) -> None:
        self.path = Path(f"{database}.lock")
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Take the lock; False if another process has it."""
        handle = self.path.open("a+")
        try:
            _lock(handle)
        except OSError:
            handle.close()
            return False
        self._file = handle
        return True

    def release(self) -> None:
        """Give the lock back; the file stays, the operating system forgets the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(handle: IO[str]) -> None:
    if os.name == "nt":
        import msvcrt

        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _check_place(database: str) -> None:
    if database in ("", ":memory:"):
        return
    folder = Path(database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refused(
            text(
                "The folder {folder} for the database cannot be made or written.",
                folder=str(folder),
            )
        ) from problem
    kind = _file_system(folder)
    if kind in NETWORK_FILE_SYSTEMS:
        raise Refused(
            text(
                "The database lies on a network disk ({kind}), where it could be damaged. "
                "Choose a folder on this computer.",
                kind=kind,
            )
        )


def _file_system(folder: Path) -> str:
    """Return the type of the file system ``folder`` is on ("" where Linux cannot tell)."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        parts = line.split()
        if len(parts) < 3:
            continue
        mount = parts[1].replace("\\040", " ")
        inside = mount == "/" or str(folder) == mount or str(folder).startswith(mount + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, parts[2]
    return kind


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's default loses updates
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def is_away(problem: DBAPIError) -> bool:
    """Return whether the database could not be asked, rather than that it was asked wrongly."""
    if isinstance(problem.orig, sqlite3.Error):
        code = getattr(problem.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in BUSY
    return problem.connection_invalidated or isinstance(problem, OperationalError)


def broken(problem: DBAPIError) -> Refused:
    """Return the sentence for a database that failed: what happened, what is safe."""
    if "full" in str(problem.orig).lower():
        return Refused(
            text("The disk of the server is full: nothing more can be saved just now."),
            passing=True,
        )
    return Refused(
        text("The database does not answer. Nothing was saved; please try again."), passing=True
    )
