"""Turns: what several processes on one PostgreSQL do one after the other.

SQLite has one writing process (a lock beside the file). On PostgreSQL what is decided by looking
and then writing would be decided twice by two processes that look at the same moment, and two that
hold rows in different orders would wait for each other; so they write in turns, a batch each. A
process that dies gives its turn back: PostgreSQL forgets the locks of a connection that is gone.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, bindparam, func, select

OURS = 0x5ED4
"""Keeps our locks apart from those of other programs in the same database."""
AGAIN = 0.1
"""Seconds between two tries. Waiting inside the database would end with its ``lock_timeout``."""
_WRITING = select(func.pg_advisory_xact_lock(OURS, 0))
_TAKE = select(func.pg_try_advisory_lock(OURS, bindparam("which")))


def write_in_turn(connection: Connection) -> None:
    """Wait until no other process writes; the turn ends with the transaction."""
    if connection.dialect.name != "sqlite":
        connection.execute(_WRITING)


@contextmanager
def turn(engine: Engine, name: str) -> Iterator[None]:
    """Wait for the turn of that name, which one process has at a time, and keep it in the block."""
    if engine.dialect.name == "sqlite":
        yield
        return
    which = zlib.crc32(name.encode()) & 0x7FFFFFFF
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(_TAKE, {"which": which}).scalar_one():
            time.sleep(AGAIN)
        try:
            yield
        finally:
            connection.invalidate()  # closed for good: the lock goes with it, whatever happened
