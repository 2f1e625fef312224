"""Half an hour with 300 phones: does the server grow, does it become slower?"""

from __future__ import annotations

from pathlib import Path
from statistics import mean

from bench import hall
from bench.capacity import run, served
from bench.figures import Figure, percentile
from bench.fleet import Fleet, Person, compare
from tests.house import House
from workshop.toolkit import Toolkit

PHONES = 300
MINUTES, FEW_MINUTES = 30, 3
WARM = 0.1
"""The share of the time after which caches and pools are filled: growth counts from there."""
THIRDS = 3


def measure(quick: bool) -> list[Figure]:
    """Let everybody vote once a minute, each at another moment, all along."""
    minutes = FEW_MINUTES if quick else MINUTES
    with hall.database() as url:
        with Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.ballot(), hall.ballot())
            stage = hall.open_stage(toolkit, workshop)
        with served(url) as house:
            fleet = Fleet.of(house.url, workshop.code, PHONES)
            told = run(_half_hour(house, fleet, minutes))
        with Toolkit.open(url, write=False) as toolkit:
            counted = compare(toolkit, stage, fleet.people)
    return [
        *told,
        Figure(key="soak.lost", what="votes lost", value=counted.lost, most=0,
               note=f"{counted.acknowledged:,} acknowledged, {counted.stored:,} stored"),
        Figure(key="soak.doubled", what="votes doubled", value=counted.doubled, most=0),
        Figure(key="soak.problems", what="answers that were none",
               value=sum(fleet.problems.values()), most=0),
    ]  # fmt: skip


async def _half_hour(house: House, fleet: Fleet, minutes: int) -> list[Figure]:
    await fleet.join(10.0)
    await fleet.listen(fleet.people, 3.0)
    weights, waits = [_megabytes(house)], []
    for _ in range(minutes):
        waits.append(await fleet.spread(fleet.people, 60.0, Person.vote))
        weights.append(_megabytes(house))
    await fleet.close()
    third = max(1, minutes // THIRDS)
    first, last = (percentile([one for each in part for one in each], 0.95)
                   for part in (waits[:third], waits[-third:]))  # fmt: skip
    begun = max(1, round(minutes * WARM))
    # Over a few samples: the interpreter hands memory back when it likes.
    grown = mean(weights[-begun:]) - mean(weights[begun : 2 * begun])
    return [
        Figure(key="soak.memory", what=f"memory grown in {minutes} minutes, {PHONES} phones",
               value=grown, unit="MB", most=50.0,
               note=f"{weights[0]:.0f} MB with all phones in the room, {weights[begun]:.0f} MB "
               f"after {begun} min, {weights[-1]:.0f} MB at the end"),
        Figure(key="soak.drift", what="p95 of a vote, last third beside the first",
               value=(last / first - 1) * 100, unit="%", most=20.0,
               note=f"{1e3 * first:.0f} ms at first, {1e3 * last:.0f} ms at last"),
    ]  # fmt: skip


def _megabytes(house: House) -> float:
    """Return what the server holds in memory (Linux)."""
    assert house.process is not None
    told = Path(f"/proc/{house.process.pid}/status").read_text()
    held = next(line for line in told.splitlines() if line.startswith("VmRSS:"))
    return int(held.split()[1]) / 1024
