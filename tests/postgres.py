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
SETTINGS = (
    # A test's data may be lost with the power: speed is worth more.
    "fsync=off",
    "full_page_writes=off",
    "max_connections=120",
    "timezone=UTC",
)


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl (Debian keeps them off the path), or None."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    homes = [one for one in Path("/usr/lib/postgresql").glob("*/bin") if (one / "pg_ctl").exists()]
    return max(homes, key=lambda one: int(one.parent.name), default=None)


@contextmanager
def cluster() -> Iterator[str]:
    """Give the address of an empty server that nobody else uses, as long as the block lasts."""
    home = programs()
    if home is None:
        raise FileNotFoundError("there is no PostgreSQL server program on this machine")
    folder = Path(tempfile.mkdtemp(prefix="sedyanka-pg-"))
    try:
        if _is_root():
            shutil.chown(folder, OWNER)
        place, port = folder / "cluster", free_port()
        _run([home / "initdb", "-D", place, "-U", OWNER, "-A", "trust", "-E", "UTF8",
              "--locale=C.UTF-8", "--no-sync"])  # fmt: skip
        options = f"-p {port} -h 127.0.0.1 -k {folder} " + " ".join(f"-c {one}" for one in SETTINGS)
        control: list[str | Path] = [home / "pg_ctl", "-D", place, "-w", "-l", folder / "log"]
        _run([*control, "-o", options, "start"])
        try:
            yield f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


@contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """Give the address of a fresh empty database on ``server``; it is dropped afterwards."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield server.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
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
