"""Ours beside what others would take, in the same run: a page in Streamlit alone, and oTree."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from websockets.exceptions import WebSocketException

from bench import guests
from bench.capacity import Gauge, run
from bench.figures import Figure, grid, percentile, shown
from bench.guests import LeftOut, Room
from bench.opened import Opened, look
from bench.voters import PATIENCE, Voter
from tests.house import House

WITHIN = 1.0
"""Seconds within which all begin."""
COLUMNS = (
    "who", "phones", "come and vote", "all done", "p50", "p95", "all vote again: p50", "p95",
    "processor: first", "again", "lost", "no answer", "first page", "memory", "server", "client",
)  # fmt: skip
Serve = Callable[[int], AbstractContextManager[Room]]


@dataclass(frozen=True)
class Side:
    """One of those compared."""

    key: str
    who: str
    counts: tuple[int, ...]
    few: tuple[int, ...]
    installed: Callable[[], AbstractContextManager[Serve]]
    form: str
    """What a browser waits for: the form somebody votes with."""
    taps: tuple[str, ...] = ()
    """What is tapped on the way to it."""


@dataclass
class Moment:
    """Something all did within a second."""

    took: float
    """Seconds from the first tap until the last answer."""
    waits: list[float]
    server: float
    client: float
    problems: Counter[str]

    def within(self, share: float) -> float | None:
        """Return the seconds within which a share of those answered had their answer."""
        return percentile(self.waits, share) if self.waits else None

    @property
    def rate(self) -> float:
        """How many a second."""
        return len(self.waits) / self.took

    @property
    def cost(self) -> float:
        """Milliseconds of processor the server had for each: neighbours hardly change it."""
        return self.server * self.took / max(1, len(self.waits)) * 1000


@dataclass
class Outcome:
    """What came out for one side with so many phones."""

    side: Side
    count: int
    together: Moment
    again: Moment
    lost: int
    memory: float | None
    carried: float
    """kB of one phone, without style and scripts."""
    page: Opened | str = field(default="")

    @property
    def silent(self) -> int:
        """How often somebody got no answer or a wrong one."""
        return (self.together.problems + self.again.problems).total()


@contextmanager
def _peer(name: str, serve: Callable[[Path, int], AbstractContextManager[Room]]) -> Iterator[Serve]:
    with guests.environment(name) as home:
        yield partial(serve, home)


@contextmanager
def _here() -> Iterator[Serve]:
    yield guests.our_page


SIDES = (
    Side("ours", "Sedyanka", (50, 200, 500, 600), (20, 50), _here, 'input[name^="dots."]',
         ("details.group summary", 'input[name="who"]', "button.send")),
    Side("streamlit", "Streamlit alone, tuned", (50, 200, 600), (20, 50),
         partial(_peer, "streamlit", guests.streamlit_page),
         '[data-testid="stFormSubmitButton"] button'),
    Side("otree", "oTree", (50, 200, 500), (20, 50),
         partial(_peer, "otree", guests.otree_project), 'input[name="wish"]'),
)  # fmt: skip


def measure(quick: bool) -> list[Figure]:
    """Measure one side after the other; print them side by side."""
    outcomes: list[Outcome] = []
    figures: list[Figure] = []
    said: list[str] = []
    try:
        for side in SIDES:
            try:
                with side.installed() as serve:
                    found = _side(side, serve, side.few if quick else side.counts)
            except LeftOut as left:
                figures.append(Figure(key=f"peers.{side.key}", what=side.who, value=None,
                                      note=str(left)))  # fmt: skip
                said.append(f"{side.who}: {left}")
                continue
            outcomes += found
            figures += [figure for one in found for figure in _figures(one)]
    finally:  # should one side break, the others' minutes were not for nothing
        print("\n".join([grid([COLUMNS, *(_line(one) for one in outcomes)]), *said]) + "\n")
    return figures


def _side(side: Side, serve: Serve, counts: Sequence[int]) -> list[Outcome]:
    """Fill the room once for each number of phones, each time with a fresh server."""
    with serve(1) as room:
        page = look(room.house.url, room.door, side.form, side.taps)
    found = []
    for count in counts:
        with serve(count + 1) as room:
            together, again = run(_evening(room))
            memory = _memory(room.house)
            room.house.stop()
            carried = sum(one.carried for one in room.voters[1:]) / count / 1000
            found.append(Outcome(side, count, together, again, room.lost(), memory, carried, page))
    return found


async def _evening(room: Room) -> tuple[Moment, Moment]:
    """Let all come and vote within a second; when that is over, let all vote again.

    One comes before the others: what a server does once in its life is not measured.
    """

    async def come_and_vote(voter: Voter) -> float:
        await voter.come()
        return await voter.vote()

    try:
        first, *others = room.voters
        await come_and_vote(first)
        together, failed = await _moment(room.house, others, come_and_vote)
        there = [one for one in others if one not in failed]
        again, _ = await _moment(room.house, there, lambda one: one.vote())
    finally:
        for one in room.voters:
            await one.close()
    return together, again


async def _moment(
    house: House, voters: Sequence[Voter], act: Callable[[Voter], Awaitable[float]]
) -> tuple[Moment, list[Voter]]:
    """Let people act at random moments of a second; return what happened and who failed."""
    moments = random.Random(len(voters))
    waits: list[float] = []
    problems: Counter[str] = Counter()
    failed: list[Voter] = []

    async def one(voter: Voter, after: float) -> None:
        await asyncio.sleep(after)
        begun = perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                waits.append(await act(voter) - begun)
        except (RuntimeError, AssertionError, OSError, TimeoutError, WebSocketException) as problem:
            problems[repr(problem)[:200]] += 1
            failed.append(voter)

    gauge, begun = Gauge(house), perf_counter()
    await asyncio.gather(*(one(each, moments.uniform(0, WITHIN)) for each in voters))
    took = perf_counter() - begun
    return Moment(took, waits, gauge.server, gauge.client, problems), failed


def _memory(house: House) -> float | None:
    """Return the megabytes a server holds; None where nobody knows."""
    assert house.process is not None
    try:
        told = Path(f"/proc/{house.process.pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    return int(told.partition("VmRSS:")[2].split()[0]) / 1000


def _line(one: Outcome) -> tuple[str, ...]:
    together, again = one.together, one.again
    seconds = [
        "–" if wait is None else shown(wait, "s")
        for wait in (together.within(0.5), together.within(0.95), again.within(0.5),
                     again.within(0.95))
    ]  # fmt: skip
    return (
        one.side.who,
        str(one.count),
        f"{together.rate:.0f} /s",
        shown(together.took, "s"),
        *seconds,
        *(shown(moment.cost, "ms") for moment in (together, again)),
        str(one.lost),
        str(one.silent),
        one.page if isinstance(one.page, str) else str(one.page),
        "–" if one.memory is None else shown(one.memory, "MB"),
        *(
            f"{max(getattr(together, who), getattr(again, who)):.0%}"
            for who in ("server", "client")
        ),
    )


def _figures(one: Outcome) -> list[Figure]:
    name, said = f"peers.{one.side.key}.{one.count}", f"{one.side.who}, {one.count} phones"
    figures = [
        Figure(key=f"{name}.rate", what=f"{said} come and vote within a second",
               value=one.together.rate, unit="/s", note=f"all done after {one.together.took:.1f} s")
    ]  # fmt: skip
    for key, what, moment in (
        ("together", "from the first tap to the vote received", one.together),
        ("again", "all vote again within a second", one.again),
    ):
        figures += [
            Figure(key=f"{name}.{key}.{share:.2f}", what=f"{said}: {what}, {share:.0%} within",
                   value=moment.within(share), unit="s",
                   note=f"server {moment.server:.0%} of a core, client {moment.client:.0%}")
            for share in (0.5, 0.95)
        ]  # fmt: skip
        figures.append(
            Figure(key=f"{name}.{key}.cost", what=f"{said}: {what}, processor for each",
                   value=moment.cost, unit="ms", note="of the server")
        )  # fmt: skip
    troubles = one.together.problems + one.again.problems
    return [
        *figures,
        Figure(key=f"{name}.lost", what=f"{said}: votes lost", value=one.lost,
               most=0 if one.side.key == "ours" else None,
               note=f"{one.silent} times no answer"
               + "".join(f"; {often} × {why}" for why, often in troubles.most_common(2))),
        Figure(key=f"{name}.memory", what=f"{said}: memory of the server", value=one.memory,
               unit="MB"),
        Figure(key=f"{name}.carried", what=f"{said}: bytes of each, without style and scripts",
               value=one.carried, unit="kB", note="both ways, until the second vote is received"),
        *_page(one, name, said),
    ]  # fmt: skip


def _page(one: Outcome, name: str, said: str) -> list[Figure]:
    what = f"{said}: over the wire until the form can be filled in"
    if isinstance(one.page, str):
        return [Figure(key=f"{name}.page", what=what, value=None, note=one.page)]
    note = f"{one.page.requests} requests, in Chromium, nothing kept from before"
    return [Figure(key=f"{name}.page", what=what, value=one.page.carried / 1000, unit="kB",
                   note=note)]  # fmt: skip
