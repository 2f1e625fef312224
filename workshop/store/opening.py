"""Open, recognise and migrate a database; refuse one that is not ours or is newer."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from workshop.language import Text, text
from workshop.model import Away, Refused
from workshop.settings import settings
from workshop.store.engine import FileLock, is_away, open_engine, reader_of, writer_of
from workshop.store.installation import keep, kept
from workshop.store.listening import Hear, Listener
from workshop.store.turns import turn
from workshop.store.writer import Writer

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")
MARK = "sedyanka"
MIGRATIONS = Path(__file__).with_name("migrations")
OURS = frozenset({"installation", "alembic_version"})


def utc_now() -> datetime:
    """Return the present moment; the only clock of the program."""
    return datetime.now(UTC)


class Store:
    """An open database: readers share a pool, writing goes through one writer.

    Raises:
        Refused: another process writes to this SQLite file, the database belongs to another
            program, was made by a newer version, or does not answer.
    """

    def __init__(
        self, url: str, *, write: bool = True, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.url = url
        self.now = now
        _look_first(url)
        self.engine = open_engine(url)
        self._reader = reader_of(self.engine)
        self._lock: FileLock | None = None
        self._writer: Writer | None = None
        try:
            if write:
                self._take_lock()
            self._open(write)
        except DBAPIError as problem:
            self.close()
            raise Refused(_no_answer(url)) from problem
        except BaseException:
            self.close()
            raise

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection for one consistent look.

        Raises:
            Away: the database does not answer just now.
        """
        try:
            with self._reader.begin() as connection:
                yield connection
        except DBAPIError as problem:
            if is_away(problem):
                raise Away(type(problem.orig).__name__) from problem
            raise
        except NoneFree as problem:
            raise Away("no connection is free") from problem

    def listen(self, hear: Hear) -> Listener | None:
        """Let ``hear`` know what other processes write; None where there are no others."""
        if self.dialect == "sqlite":
            return None
        return Listener(self.engine, hear)

    def turn(self, name: str) -> AbstractContextManager[None]:
        """Wait for the turn of that name; see ``turns.turn``."""
        return turn(self.engine, name)

    @property
    def writer(self) -> Writer:
        """What everything is written through.

        Raises:
            Refused: the database was opened for reading only.
        """
        if self._writer is None:
            raise Refused(text("This database was opened for reading only."))
        return self._writer

    def submit(self, job: Callable[[Connection], T]) -> Future[T]:
        """Queue a write; see ``Writer.submit``."""
        return self.writer.submit(job)

    def write(self, job: Callable[[Connection], T]) -> T:
        """Write and wait until it is on disk."""
        return self.submit(job).result()

    @property
    def secret(self) -> str:
        """What signs this installation's cookies."""
        return settings().secret or self._kept_secret

    def close(self) -> None:
        """Finish writing and let go of the file."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _take_lock(self) -> None:
        parsed = make_url(self.url)
        if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
            return
        lock = FileLock(str(parsed.database))
        if not lock.take():
            raise Refused(
                text(
                    "Another Sedyanka is running with this database ({file}). "
                    "Stop it first, or use its screens.",
                    file=Path(str(parsed.database)).name,
                )
            )
        self._lock = lock

    def _open(self, write: bool) -> None:
        _recognise(self.engine)
        if write:
            # Processes that start together find an empty database: the first one furnishes it.
            with self.turn("opening"):
                migrate(self.engine)
                self._writer = Writer(writer_of(self.engine))
                self._kept_secret = self.write(_ensure_secret)
        else:
            _require_current(self.engine)
            with self.read() as connection:
                self._kept_secret = kept(connection, "secret").get("secret", "")


def migrate(engine: Engine) -> None:
    """Bring the database to the newest revision, all or nothing."""
    with engine.connect() as connection:
        present = _revision(connection)
    known = revisions()
    if present == known[-1]:
        return
    if present is not None and present not in known:
        raise Refused(_newer())
    # Loaded only where there is something to do: half a second that nearly every start is spared.
    from alembic import command

    config = migrations()
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def revisions() -> list[str]:
    """Return the revisions this program knows, oldest first: each file begins with its own."""
    files = (MIGRATIONS / "versions").glob("v[0-9]*_*.py")
    return sorted(file.name[1:].partition("_")[0] for file in files)


def migrations() -> Config:
    """Return where Alembic finds the migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _look_first(url: str) -> None:
    """Look at an SQLite file without opening it for writing: switching to WAL changes the file."""
    path = make_url(url).database if url.startswith("sqlite") else None
    if not path or path == ":memory:" or not Path(path).exists():
        return
    try:
        with closing(sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True)) as connection:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            if names and not names >= OURS:
                raise Refused(_foreign())
            made = names and connection.execute("SELECT version_num FROM alembic_version")
            present = {str(row[0]) for row in made or ()}
    except sqlite3.DatabaseError as problem:
        raise Refused(_no_answer(url)) from problem
    if not present <= set(revisions()):
        raise Refused(_newer())


def _recognise(engine: Engine) -> None:
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        if names and (not names >= OURS or kept(connection, "program").get("program") != MARK):
            raise Refused(_foreign())


def _foreign() -> Text:
    return text("This database belongs to another program. Sedyanka did not touch it.")


def _require_current(engine: Engine) -> None:
    with engine.connect() as connection:
        present = _revision(connection)
    known = revisions()
    if present is None:
        raise Refused(
            text("There is no Sedyanka database here yet. Start it once with: sedyanka serve")
        )
    if present not in known:
        raise Refused(_newer())
    if present != known[-1]:
        raise Refused(
            text("This database is older than the program. Start it once with: sedyanka serve")
        )


def _newer() -> Text:
    return text(
        "This database was made by a newer version of Sedyanka. Update the program; "
        "the database was not touched."
    )


def _no_answer(url: str) -> Text:
    place = make_url(url)
    return text(
        "The database does not answer or is damaged: {place}",
        place=place.render_as_string(hide_password=True),
    )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    value = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if value is None else str(value)


def _ensure_secret(connection: Connection) -> str:
    known = kept(connection, "secret").get("secret")
    if known:
        return known
    fresh = secrets.token_urlsafe(32)
    keep(connection, "secret", fresh)
    return fresh
