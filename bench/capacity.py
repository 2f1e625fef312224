"""What one process carries: a full hall that joins, listens, votes in one second and all along."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, TypeVar

from bench import hall
from bench.figures import Figure, percentile
from bench.fleet import Fleet, Person, compare
from bench.load import Processor
from bench.wire import HEADERS
from phone.handset import Handset
from tests.house import House
from tests.postgres import free_port
from workshop.model import Stage
from workshop.toolkit import Toolkit

T = TypeVar("T")
PHONES, MANY, FEW = 2_000, 5_000, 200
LANES = 400
"""Votes on their way at once while we measure how many are kept a second."""
SECONDS = 10.0
JOINING = 30.0


def run(story: Coroutine[Any, Any, T]) -> T:
    """Run a story in the fastest loop there is: the client must not be what is measured."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(story)
    return uvloop.run(story)


def measure(quick: bool) -> list[Figure]:
    """Fill halls of two sizes, then measure the bare route in the same run."""
    figures = _room(FEW if quick else PHONES, quick)
    if not quick:
        figures += _room(MANY, quick)
    bare = _bare(2.0 if quick else SECONDS)
    votes = next(one.value for one in figures if one.key.endswith(".sustained")) or 0.0
    figures += [
        Figure(key="capacity.bare", what="a bare route that only writes the row", value=bare,
               unit="/s", note="batched, nothing validated, in front of Streamlit"),
        Figure(key="capacity.share", what="ours beside the bare route", value=votes / bare * 100,
               unit="%", least=50.0),
    ]  # fmt: skip
    return figures


@contextmanager
def served(url: str) -> Iterator[House]:
    """Start a server that obeys a facilitator's commands."""
    port = free_port()
    command = [sys.executable, "-m", "bench.served", url, str(port)]
    house = House(url, port=port, command=command, environment={"PYTHONDONTWRITEBYTECODE": ""})
    try:
        yield house.start()
    finally:
        house.stop()


def _room(count: int, quick: bool) -> list[Figure]:
    with hall.database() as url:
        with Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.ballot(), hall.ballot())
            stage = hall.open_stage(toolkit, workshop)
            later = toolkit.agenda.stages(workshop.id)[1]
        with served(url) as house:
            fleet = Fleet.of(house.url, workshop.code, count)
            told = run(_evening(house, fleet, later, quick))
        with Toolkit.open(url, write=False) as toolkit:
            counted = compare(toolkit, stage, fleet.people)
    return [
        *told,
        Figure(key=f"capacity.{count}.lost", what="votes lost", value=counted.lost, most=0,
               note=f"{counted.acknowledged:,} acknowledged, {counted.stored:,} stored"),
        Figure(key=f"capacity.{count}.doubled", what="votes doubled", value=counted.doubled,
               most=0),
        Figure(key=f"capacity.{count}.problems", what="answers that were none",
               value=sum(fleet.problems.values()), most=0,
               note="; ".join(f"{n} × {why}" for why, n in fleet.problems.most_common(3))),
    ]  # fmt: skip


async def _evening(house: House, fleet: Fleet, later: Stage, quick: bool) -> list[Figure]:
    """Join, listen, vote in one second, vote all along, and see the next stage open."""
    count, figures = len(fleet.people), []
    name = f"capacity.{count}"
    gauge = Gauge(house)
    many = count >= MANY
    joining = 3.0 if quick else JOINING * count / PHONES
    joined = await fleet.join(joining)
    figures += times(f"{name}.join", f"{count:,} phones join within {joining:.0f} s", joined, 0.5,
                     gauge)  # fmt: skip
    await fleet.listen(fleet.people, 1.0 if quick else count / 400)
    gauge = Gauge(house)
    await asyncio.sleep(3.0 if quick else 20.0)
    figures.append(
        Figure(key=f"{name}.idle", what=f"share of a core of {count:,} idle phones that listen",
               value=gauge.server * 100, unit="%", most=15.0)
    )  # fmt: skip
    gauge = Gauge(house)
    burst = await fleet.spread(fleet.people[: count // 2], 1.0, Person.vote)
    figures += times(f"{name}.burst", f"{count // 2:,} votes in the same second, {count:,} phones "
                     "connected", burst, 2.0 if many else 1.0, gauge)  # fmt: skip
    if many:
        await fleet.close()
        return figures
    gauge = Gauge(house)
    kept, took, waits = await fleet.keep_voting(LANES, 3.0 if quick else SECONDS)
    figures += [
        Figure(key=f"{name}.sustained", what="acknowledged votes a second, sustained",
               value=kept / took, unit="/s", least=2_000.0,
               note=f"{LANES} on their way at once, p95 {percentile(waits, 0.95):.2f} s; {gauge}"),
    ]  # fmt: skip
    figures += await _opening(house, fleet, later)
    await fleet.close()
    return figures


async def _opening(house: House, fleet: Fleet, later: Stage) -> list[Figure]:
    """Open the next stage while some vote; return until when all phones show it."""
    count = len(fleet.people)
    name = f"capacity.{count}"
    voters, lookers = fleet.people[: count // 10], fleet.people[count // 10 :]
    before = max(one.shape for one in lookers)
    moments = fleet.spread(voters, 2.0, Person.vote)
    voting = asyncio.create_task(moments)
    await asyncio.sleep(0.2)
    gauge, begun = Gauge(house), perf_counter()
    house.tell(f"open {later.id}")

    await fleet.spread(lookers, 0.0, lambda one: one.see(fleet.code, later, before))
    seen = [one.seen_at - begun for one in lookers if one.seen_at]
    what = f"a stage opened, visible on {len(lookers):,} phones"
    figures = times(f"{name}.visible", what, seen, 2.0, gauge)
    meanwhile = [one for one in await voting if one != float("inf")]
    for one in voters:  # whoever was late was told so: that is no fault
        one.problem = "" if "409" in one.problem else one.problem
    return [*figures, *times(f"{name}.meanwhile", "votes meanwhile", meanwhile, 0.5, gauge)]


class Gauge:
    """How much of a core server and client take from now on."""

    def __init__(self, house: House) -> None:
        assert house.process is not None
        self._server = Processor(house.process.pid)
        self._begun, self._worked = perf_counter(), process_time()

    @property
    def server(self) -> float:
        """The server's share of a core."""
        return self._server.share() or 0.0

    @property
    def client(self) -> float:
        """Our own share of a core."""
        return (process_time() - self._worked) / (perf_counter() - self._begun)

    def __str__(self) -> str:
        return f"server {self.server:.0%} of a core, client {self.client:.0%}"


def times(key: str, what: str, found: Sequence[float], most: float, gauge: Gauge) -> list[Figure]:
    """Return the figure of many waiting times."""
    if not found:
        return [Figure(key=key, what=what, value=None, most=most, note="nobody got an answer")]
    return [
        Figure(key=key, what=f"{what}: p95", value=percentile(found, 0.95), unit="s", most=most,
               note=f"p50 {percentile(found, 0.5):.2f} s, slowest {max(found):.2f} s; {gauge}")
    ]  # fmt: skip


def _bare(seconds: float) -> float:
    """Return how many rows a second the bare route keeps, asked by the same client."""
    with TemporaryDirectory(prefix="sedyanka-bench-") as folder:
        port = free_port()
        command = [
            sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("bare.py")),
            "--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless",
            "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false",
        ]  # fmt: skip
        database = str(Path(folder) / "bare.db")
        house = House(database, port=port, command=command,
                      environment={"BARE_DATABASE": database})  # fmt: skip
        try:
            house.start()
            return run(_knock(house.url, seconds))
        finally:
            house.stop()


async def _knock(url: str, seconds: float) -> float:
    phones = [Handset(url, "bg", HEADERS) for _ in range(LANES)]
    body = b"dots.C01=1&" * 12
    kept, begun = 0, perf_counter()

    async def lane(phone: Handset) -> None:
        nonlocal kept
        while perf_counter() - begun < seconds:
            await phone.ask("POST", "/bare", body)
            kept += 1

    await asyncio.gather(*(lane(one) for one in phones))
    took = perf_counter() - begun
    for one in phones:
        await one.close()
    return kept / took
