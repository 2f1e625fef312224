"""What one and two processes carry on PostgreSQL, behind nginx as ``deploy/`` sets it up."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import psycopg

from bench import hall
from bench.capacity import run
from bench.figures import Figure, percentile
from bench.fleet import Fleet, Person, compare
from tests import nginx, postgres
from tests.house import House
from workshop.model import Stage, StageState
from workshop.toolkit import Toolkit

PHONES, FEW = 2_000, 200
PROCESSES = (1, 2)
LANES = 400
"""Votes on their way at once while we measure how many are kept a second."""
SECONDS, JOINING = 10.0, 30.0
SETTINGS = ("max_connections=200", "shared_buffers=256MB", "timezone=UTC")
"""As ``deploy/README.md`` advises; every acknowledged vote is on the disk."""
WEIGHT = """
SELECT
    (SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'sedyanka%'),
    (pg_total_relation_size('contribution') + pg_total_relation_size('event'))::float
        / (SELECT count(*) FROM contribution)
"""


def measure(quick: bool) -> list[Figure]:
    """Fill the hall once for each number of processes."""
    if postgres.programs() is None or nginx.program() is None:
        return [Figure(key="several", what="several processes", value=None,
                       note="there is no PostgreSQL or no nginx on this machine")]  # fmt: skip
    return [one for count in PROCESSES for one in _installation(count, quick)]


def _installation(processes: int, quick: bool) -> list[Figure]:
    with ExitStack() as stack:
        server = stack.enter_context(postgres.server(SETTINGS))
        toolkit = stack.enter_context(Toolkit.open(server.url))
        workshop = hall.furnish(toolkit, hall.ballot(), hall.ballot())
        stage = hall.open_stage(toolkit, workshop)
        later = toolkit.agenda.stages(workshop.id)[1]
        houses = [stack.enter_context(answering(server.url)) for _ in range(processes)]
        ports = [one.port for one in houses]
        url = stack.enter_context(nginx.proxy({"phones": ports, "screens": ports}))
        fleet = Fleet.of(url, workshop.code, FEW if quick else PHONES)
        parts = Parts(server, houses)
        evening = Evening(toolkit, fleet, parts, processes)
        run(evening.hold(later, quick))
        counted = compare(toolkit, stage, fleet.people)
    name, figures = evening.name, evening.figures
    return [
        *figures,
        Figure(key=f"{name}.lost", what=f"{processes}: votes lost", value=counted.lost, most=0,
               note=f"{counted.acknowledged:,} acknowledged, {counted.stored:,} stored"),
        Figure(key=f"{name}.doubled", what=f"{processes}: votes doubled", value=counted.doubled,
               most=0),
        Figure(key=f"{name}.problems", what=f"{processes}: answers that were none",
               value=sum(fleet.problems.values()), most=0,
               note="; ".join(f"{n} × {why}" for why, n in fleet.problems.most_common(3))),
    ]  # fmt: skip


@contextmanager
def answering(url: str) -> Iterator[House]:
    """Start ``sedyanka phones``."""
    port = postgres.free_port()
    command = [
        sys.executable, "-m", "screens.terminal", "--language", "en", "phones",
        "--host", "127.0.0.1", "--port", str(port), "--database", url,
    ]  # fmt: skip
    house = House(url, port=port, command=command, environment={"PYTHONDONTWRITEBYTECODE": ""})
    try:
        yield house.start()
    finally:
        house.stop()


class Evening:
    """A hall that joins, listens, votes in one second and all along, and sees a stage open."""

    def __init__(self, toolkit: Toolkit, fleet: Fleet, parts: Parts, processes: int) -> None:
        self.toolkit = toolkit
        self.fleet = fleet
        self.parts = parts
        self.name = f"several.{processes}"
        self.processes = processes
        self.figures: list[Figure] = []

    async def hold(self, later: Stage, quick: bool) -> None:
        """Let it happen and measure."""
        fleet, count = self.fleet, len(self.fleet.people)
        gauge = self.parts.gauge()
        joined = await fleet.join(3.0 if quick else JOINING)
        self._times("join", f"{count:,} phones join within {JOINING:.0f} s", joined, 0.5, gauge)
        await fleet.listen(fleet.people, 1.0 if quick else 5.0)
        gauge = self.parts.gauge()
        await asyncio.sleep(2.0 if quick else 10.0)
        self._note("idle", f"{count:,} idle phones listen", None, "", gauge)
        gauge = self.parts.gauge()
        burst = await fleet.spread(fleet.people[: count // 2], 1.0, Person.vote)
        self._times("burst", f"{count // 2:,} votes in the same second", burst, 1.0, gauge)
        gauge = self.parts.gauge()
        kept, took, times = await fleet.keep_voting(LANES, 3.0 if quick else SECONDS)
        slow = f"{LANES} at once, p95 {percentile(times, 0.95):.2f} s"
        self._note("sustained", "acknowledged votes a second", kept / took, "/s", gauge, slow)
        await self._open(later)
        self._weigh()
        await fleet.close()

    def _weigh(self) -> None:
        """Note what the hall takes of memory, connections and the network."""
        with psycopg.connect(self.parts.database, autocommit=True) as connection:
            connections, kept = connection.execute(WEIGHT).fetchone() or (0, 0.0)
        each, count = self.processes, len(self.fleet.people)
        for key, what, value, unit in (
            ("memory", "memory of each process", self.parts.memory() / each, "MB"),
            ("connections", "connections of each process", connections / each, ""),
            ("kept", "on the disk for each vote", float(kept) / 1000, "kB"),
            ("carried", "bytes of each phone", self.fleet.carried / count / 1000, "kB"),
        ):
            self.figures.append(
                Figure(key=f"{self.name}.{key}", what=f"{each}: {what}", value=value, unit=unit,
                       note=f"{count:,} phones, both ways" if key == "carried" else "")
            )  # fmt: skip

    async def _open(self, later: Stage) -> None:
        """Open the next stage; measure until when all phones show it."""
        fleet, people = self.fleet, self.fleet.people
        before, begun = max(one.shape for one in people), perf_counter()
        gauge = self.parts.gauge()

        def look(person: Person) -> Awaitable[None]:
            return person.see(fleet.code, later, before)

        seeing = asyncio.create_task(fleet.spread(people, 0.0, look))
        await asyncio.to_thread(self.toolkit.agenda.move, None, later.id, StageState.open)
        await seeing
        seen = [one.seen_at - begun for one in people if one.seen_at]
        self._times("visible", f"a stage opened, visible on {len(people):,} phones", seen, 2.0,
                    gauge)  # fmt: skip

    def _times(
        self, key: str, what: str, times: Sequence[float], most: float, gauge: Gauge
    ) -> None:
        if not times:
            self._note(key, what, None, "s", gauge, "nobody got an answer")
            return
        self.figures.append(
            Figure(key=f"{self.name}.{key}", what=f"{self.processes}: {what}: p95",
                   value=percentile(times, 0.95), unit="s", most=most,
                   note=f"p50 {percentile(times, 0.5):.2f} s, slowest {max(times):.2f} s; {gauge}")
        )  # fmt: skip

    def _note(
        self, key: str, what: str, value: float | None, unit: str, gauge: Gauge, more: str = ""
    ) -> None:
        note = "; ".join(one for one in (more, str(gauge)) if one)
        self.figures.append(
            Figure(key=f"{self.name}.{key}", what=f"{self.processes}: {what}", value=value,
                   unit=unit, note=note)
        )  # fmt: skip


class Parts:
    """The processes of an installation: what each part of it has worked so far (Linux)."""

    def __init__(self, server: postgres.Server, houses: Sequence[House]) -> None:
        self.database = server.url
        self._houses = [house.process.pid for house in houses if house.process]
        self._roots = {**dict.fromkeys(self._houses, "sedyanka"), server.pid: "PostgreSQL"}

    def memory(self) -> float:
        """Return the megabytes our processes hold together."""
        told = [Path(f"/proc/{pid}/status").read_text(encoding="utf-8") for pid in self._houses]
        return sum(int(one.partition("VmRSS:")[2].split()[0]) for one in told) / 1000

    def worked(self) -> dict[str, float]:
        """Return the seconds of processor each part has had."""
        known = dict(_processes())
        roots = dict(self._roots)
        for pid, one in known.items():
            if one.parent == os.getpid() and one.name == "nginx":
                roots[pid] = "nginx"
        found: dict[str, float] = {}
        for pid, one in known.items():
            part = roots.get(pid) or roots.get(one.parent)
            if part is not None:
                found[part] = found.get(part, 0.0) + one.seconds
        return found

    def gauge(self) -> Gauge:
        """Return a gauge that starts now."""
        return Gauge(self)


class Gauge:
    """How much of a core each part of the installation takes from now on."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._begun, self._client, self._before = perf_counter(), process_time(), parts.worked()

    def __str__(self) -> str:
        took, now = perf_counter() - self._begun, self._parts.worked()
        shares = [
            f"{part} {(now[part] - self._before.get(part, 0.0)) / took:.0%}" for part in sorted(now)
        ]
        client = (process_time() - self._client) / took
        return ", ".join([*shares, f"client {client:.0%} of a core"])


class _Process(NamedTuple):
    name: str
    parent: int
    seconds: float


def _processes() -> Iterator[tuple[int, _Process]]:
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it ended meanwhile
            continue
        head, _, tail = line.rpartition(")")
        fields = tail.split()
        seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        yield int(place.name), _Process(head.partition("(")[2], int(fields[1]), seconds)
