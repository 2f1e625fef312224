"""Start a private PostgreSQL server for the tests and stop it again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"
SAFE = ("max_connections=120", "timezone=UTC")
SETTINGS = (
    # A test's data may be lost with the power: speed is worth more.
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    *SAFE,
)


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl (Debian keeps them off the path), or None."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    homes = [one for one in Path("/usr/lib/postgresql").glob("*/bin") if (one / "pg_ctl").exists()]
    return max(homes, key=lambda one: int(one.parent.name), default=None)


class Server:
    """A server of our own that can be stopped as by a crash, and started again."""

    def __init__(self, home: Path, folder: Path, settings: Sequence[str]) -> None:
        port, place = free_port(), folder / "cluster"
        self._place = place
        self.url = f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
        _run([home / "initdb", "-D", place, "-U", OWNER, "-A", "trust", "-E", "UTF8",
              "--locale=C.UTF-8", "--no-sync"])  # fmt: skip
        self._control: list[str | Path] = [
            home / "pg_ctl", "-D", place, "-w", "-l", folder / "log",
        ]  # fmt: skip
        self._options = f"-p {port} -h 127.0.0.1 -k {folder} " + " ".join(
            f"-c {one}" for one in settings
        )

    @property
    def pid(self) -> int:
        """The process all its others descend from."""
        return int((self._place / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def start(self) -> None:
        """Start and wait until it answers."""
        _run([*self._control, "-o", self._options, "start"])

    def stop(self) -> None:
        """Stop at once, as a crash would: what is not on the disk is gone."""
        _run([*self._control, "-m", "immediate", "stop"])


@contextmanager
def server(settings: Sequence[str] = SETTINGS) -> Iterator[Server]:
    """Give a running server that nobody else uses, as long as the block lasts."""
    home = programs()
    if home is None:
        raise FileNotFoundError("there is no PostgreSQL server program on this machine")
    folder = Path(tempfile.mkdtemp(prefix="sedyanka-pg-"))
    try:
        if _is_root():
            shutil.chown(folder, OWNER)
        ours = Server(home, folder, settings)
        ours.start()
        try:
            yield ours
        finally:
            ours.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def cluster() -> Iterator[str]:
    """Give the address of an empty server that nobody else uses, as long as the block lasts."""
    with server() as ours:
        yield ours.url


@contextmanager
def database(address: str, name: str, like: str = "template0") -> Iterator[str]:
    """Give the address of a fresh database on a server, empty or a copy; it is dropped again."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        # Copied as files, not through the log: half the work, where the server knows how.
        how = "STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}" {how}')
    try:
        yield address.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: Sequence[str | Path]) -> None:
    words = [str(word) for word in command]
    if _is_root():  # initdb and the server refuse root
        words = ["runuser", "-u", OWNER, "--", *words]
    done = subprocess.run(
        words, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=90
    )
    if done.returncode:
        raise RuntimeError(f"{words[-1]}: {done.stderr.strip() or done.stdout.strip()}")
