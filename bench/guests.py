"""The peers at home: each in an environment of its own, with its own server and database."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import hall
from bench.capacity import served
from bench.fleet import compare
from bench.voters import Voter, at_otree, at_ours, at_streamlit
from tests.house import House
from tests.postgres import free_port
from workshop.toolkit import Toolkit

HOME = Path(__file__).with_name("peer")
PIP = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1", "--timeout", "20"]
TUNED = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.enableWebsocketCompression": "false",
    "browser.gatherUsageStats": "false",
    "runner.fastReruns": "true",
    "runner.magicEnabled": "false",
    "runner.postScriptGC": "false",
    "client.toolbarMode": "minimal",
    "logger.level": "error",
}
"""What makes Streamlit fast. The watcher and the collection after each run cost most."""
ALONE = "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])"
"""A leader of a group of its own, so that what it starts can be ended with it."""


class LeftOut(Exception):
    """A peer cannot be measured here; its words say why."""


@dataclass(frozen=True)
class Room:
    """A server and the people who are about to come."""

    house: House
    voters: Sequence[Voter]
    door: str
    """Where a browser goes."""
    lost: Callable[[], int]
    """Counts votes that were received and are not stored as sent; asked when the server ended."""


@contextmanager
def environment(name: str) -> Iterator[Path]:
    """Install a peer from the registry as ``bench/peer/NAME.txt`` pins it; give its folder.

    Raises:
        LeftOut: it could not be installed.
    """
    with TemporaryDirectory(prefix="sedyanka-bench-") as folder:
        home = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
        python = str(home / "bin" / "python")
        command = [sys.executable, "-m", "pip", "--python", python, "install", *PIP]
        made = subprocess.run(
            [*command, "-r", str(HOME / f"{name}.txt")], capture_output=True, text=True
        )
        if made.returncode:
            print(made.stderr[-2000:], file=sys.stderr)
            raise LeftOut("left out: could not be installed")
        yield home


@contextmanager
def streamlit_page(environment: Path, count: int) -> Iterator[Room]:
    """Serve the voting page in Streamlit alone."""
    with TemporaryDirectory(prefix="sedyanka-bench-") as folder:
        database, port = Path(folder) / "votes.db", free_port()
        settings = TUNED | {"server.port": str(port), "server.address": "127.0.0.1"}
        house = House(
            str(database),
            port=port,
            command=[
                str(environment / "bin" / "python"), "-m", "streamlit", "run",
                str(HOME / "voting.py"), *(f"--{name}={said}" for name, said in settings.items()),
            ],
            environment={"VOTES": str(database), "PYTHONPATH": ""},
            cwd=Path(folder),
            door="/_stcore/health",
        )  # fmt: skip
        voters = at_streamlit(house.url, count)

        def lost() -> int:
            with closing(sqlite3.connect(database)) as connection:
                stored = dict(connection.execute("SELECT id, dots FROM vote"))
            told = [pair for one in voters for pair in one.told.items()]
            return sum(stored.get(int(number)) != dots for number, dots in told)

        try:
            house.start()
            yield Room(house, voters, "/", lost)
        finally:
            house.stop()


@contextmanager
def otree_project(environment: Path, count: int) -> Iterator[Room]:
    """Serve a session of oTree with a place for everybody, and one for a browser that looks."""
    with TemporaryDirectory(prefix="sedyanka-bench-") as folder:
        project = Path(folder) / "town"
        shutil.copytree(HOME / "town", project)
        (project / "_static").mkdir()
        otree, port = environment / "bin" / "otree", free_port()
        programs = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
        own = {"OTREE_PRODUCTION": "1", "PYTHONPATH": "", "PATH": programs}
        for order in (["resetdb", "--noinput"], ["create_session", "ballot", str(count + 1)]):
            _command([str(otree), *order], project, own)
        database = project / "db.sqlite3"
        with closing(sqlite3.connect(database)) as connection:
            (code,) = connection.execute("SELECT _anonymous_code FROM otree_session").fetchone()
        serve = [str(otree), "prodserver", f"127.0.0.1:{port}"]
        house = House(
            str(database),
            port=port,
            command=[sys.executable, "-c", ALONE, *serve],
            environment=own,
            cwd=project,
            door="/static/otree/css/theme2.css",
        )
        voters = at_otree(house.url, f"/join/{code}", count)

        def lost() -> int:
            with closing(sqlite3.connect(database)) as connection:
                stored = {(person, turn): wish for person, turn, wish in connection.execute(WISHES)}
            told = [pair for one in voters for pair in one.told.items()]
            return sum(stored.get(key) != wish for key, wish in told)

        try:
            house.start()
            yield Room(house, voters, f"/join/{code}", lost)
        finally:
            house.stop()
            _end_group(house)


WISHES = """
SELECT otree_participant.code, ballot_player.round_number, ballot_player.wish
FROM ballot_player JOIN otree_participant ON otree_participant.id = ballot_player.participant_id
"""


def _command(command: Sequence[str], folder: Path, own: dict[str, str]) -> None:
    made = subprocess.run(
        command, cwd=folder, env={**os.environ, **own}, capture_output=True, text=True
    )
    if made.returncode:
        raise RuntimeError(f"{command[1]} ended with {made.returncode}:\n{made.stderr[-2000:]}")


def _end_group(house: House) -> None:
    """End what the server had started beside it: oTree's clock outlives its server."""
    if house.process is not None:
        with suppress(ProcessLookupError):  # it had ended by itself
            os.killpg(house.process.pid, signal.SIGTERM)


@contextmanager
def our_page(count: int) -> Iterator[Room]:
    """Serve a workshop with a ballot of ten wishes."""
    with hall.database() as url:
        with Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.ballot())
            stage = hall.open_stage(toolkit, workshop)
        with served(url) as house:
            voters = at_ours(house.url, workshop.code, count)

            def lost() -> int:
                with Toolkit.open(url, write=False) as toolkit:
                    counted = compare(toolkit, stage, [one.person for one in voters])
                return counted.lost

            yield Room(house, voters, f"/j/{workshop.code}", lost)
