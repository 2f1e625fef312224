"""Votes while something else happens: a report is made, tabs connect, the server is killed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from bench import hall
from bench.capacity import Gauge, run, served, times
from bench.figures import Figure
from bench.fleet import Count, Fleet, Person, compare
from bench.tabs import Tab, sign_in
from screens import demonstration
from tests.house import House
from workshop.model import Role
from workshop.toolkit import Toolkit

PHONES, FEW = 2_000, 200
RATE = 100
"""Votes a second while something else happens."""
TABS, SCREENS = 100, 20
READY, BACK = 4.0, 15.0


@dataclass(frozen=True)
class Room:
    """A running server with a full hall and what staff need."""

    house: House
    fleet: Fleet
    cookie: str
    series: str


def measure(quick: bool) -> list[Figure]:
    """Fill a hall and let one trouble follow the other."""
    count = FEW if quick else PHONES
    with hall.database() as url:
        with Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.ballot())
            stage = hall.open_stage(toolkit, workshop)
            _, password = toolkit.accounts.create(None, "Bench", Role.facilitator)
            series, _ = demonstration.load(toolkit)
        with served(url) as house:
            fleet = Fleet.of(house.url, workshop.code, count)
            figures = run(_evening(house, fleet, password, series.id))
        with Toolkit.open(url, write=False) as toolkit:
            counted = compare(toolkit, stage, fleet.people)
    return [*figures, *_sums(counted, fleet)]


def _sums(counted: Count, fleet: Fleet) -> list[Figure]:
    return [
        Figure(key="troubles.lost", what="votes lost in all troubles", value=counted.lost, most=0,
               note=f"{counted.acknowledged:,} acknowledged, {counted.stored:,} stored"),
        Figure(key="troubles.doubled", what="votes doubled", value=counted.doubled, most=0),
        Figure(key="troubles.problems", what="phones that gave up",
               value=sum(fleet.problems.values()), most=0,
               note="; ".join(f"{n} × {why}" for why, n in fleet.problems.most_common(3))),
    ]  # fmt: skip


async def _evening(house: House, fleet: Fleet, password: str, series: str) -> list[Figure]:
    await fleet.join(30.0)
    await fleet.listen(fleet.people, 5.0)
    room = Room(house, fleet, await sign_in(house.url, "Bench", password), series)
    figures: list[Figure] = []
    for key, what, most, trouble in (
        ("calm", "votes while nothing else happens", 0.5, _calm),
        ("report", "votes while a Word report is made", 0.5, _report),
        ("tabs", f"votes while {TABS} Streamlit tabs connect at once", 0.8, _tabs),
        ("screens", f"votes while {SCREENS} walls stay open and are drawn again", 0.5, _screens),
    ):
        gauge = Gauge(house)
        spent, note = await _during(room, trouble)
        figures += times(f"troubles.{key}", what, spent, most, gauge)
        figures += note
    figures += await _killed(room)
    await fleet.close()
    return figures


Trouble = Callable[[Room], Awaitable[list[Figure]]]


async def _during(room: Room, trouble: Trouble) -> tuple[list[float], list[Figure]]:
    """Vote at a steady rate until the trouble is over; return how long each vote took."""
    over = asyncio.ensure_future(trouble(room))
    under_way: list[asyncio.Task[float]] = []
    while not over.done():
        person = room.fleet.people[len(under_way) % len(room.fleet.people)]
        under_way.append(asyncio.create_task(person.vote()))
        await asyncio.sleep(1 / RATE)
    spent = await asyncio.gather(*under_way, return_exceptions=True)
    for person, one in zip(room.fleet.people, spent, strict=False):
        if isinstance(one, BaseException):
            person.problem = person.problem or repr(one)
    return [one for one in spent if isinstance(one, float)], await over


async def _calm(room: Room) -> list[Figure]:
    await asyncio.sleep(8.0)
    return []


async def _report(room: Room) -> list[Figure]:
    """Ask for the demo's report as a coordinator's download does, from the serving process."""
    begun = perf_counter()
    room.house.tell(f"report {room.series}")
    while f"done report {room.series}" not in room.house.said:
        await asyncio.sleep(0.1)
        if perf_counter() - begun > 180:
            raise TimeoutError("the report was not made:\n" + room.house.said[-2000:])
    return [Figure(key="troubles.report.took", what="the report meanwhile took",
                   value=perf_counter() - begun, unit="s")]  # fmt: skip


async def _tabs(room: Room) -> list[Figure]:
    return await _open(room, TABS, "tabs", 0.0)


async def _screens(room: Room) -> list[Figure]:
    return await _open(room, SCREENS, "screens", 10.0)


async def _open(room: Room, count: int, key: str, stay: float) -> list[Figure]:
    """Open so many walls at once; let their scripts run again and again while they stay."""
    query = {"w": room.fleet.code, "language": "bg"}
    tabs = [Tab(room.house.url, room.cookie, "wall", query) for _ in range(count)]
    begun = perf_counter()
    opened = await asyncio.gather(*(one.open() for one in tabs))
    runs = 0

    async def redraw(tab: Tab) -> None:
        nonlocal runs
        while perf_counter() - begun < stay:
            await tab.run()
            runs += 1
            await asyncio.sleep(0.5)

    await asyncio.gather(*(redraw(one) for one in tabs))
    for one in tabs:
        await one.close()
    note = f"{runs} script runs in {stay:.0f} s" if runs else "all at once, signed in"
    return [Figure(key=f"troubles.{key}.took", what=f"{count} tabs show the wall after",
                   value=max(opened), unit="s", note=note)]  # fmt: skip


async def _killed(room: Room) -> list[Figure]:
    """Kill the server in the middle of a vote, start it, and let the phones come back."""
    fleet, house = room.fleet, room.house
    voters = fleet.people[: len(fleet.people) // 2]
    voting = asyncio.create_task(fleet.spread(voters, 3.0, Person.vote_for_certain))
    back: list[float] = []
    killed = 0.0

    async def come_back(person: Person) -> None:
        await person.come_back(fleet.code)
        back.append(perf_counter() - killed)

    coming = asyncio.create_task(fleet.spread(fleet.people, 0.0, come_back))
    await asyncio.sleep(1.5)
    killed = perf_counter()
    await asyncio.to_thread(house.kill)
    await asyncio.to_thread(house.start)
    ready = perf_counter() - killed
    await coming
    spent = await voting
    return [
        Figure(key="troubles.ready", what="killed and started: phones are answered again after",
               value=ready, unit="s", most=READY),
        Figure(key="troubles.back", what=f"{len(fleet.people):,} phones listen again by "
               "themselves after", value=_last(back), unit="s", most=BACK,
               note=f"{len(back):,} came back"),
        Figure(key="troubles.certain", what="slowest vote of those cut off", value=max(spent),
               unit="s", note="sent again with the same key until it was taken"),
    ]  # fmt: skip


def _last(found: Sequence[float]) -> float | None:
    return max(found) if found else None
