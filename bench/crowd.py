"""Two hundred phones join and vote within the same second: none lost, none doubled."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time
from urllib.parse import parse_qs, urlsplit

from bench import hall
from bench.figures import Figure, percentile
from bench.load import Processor
from bench.page import Page
from bench.start import running
from bench.weight import fetch, follow
from bench.wire import Answer, Line, Phone
from tests.house import House
from workshop.model import Stage
from workshop.toolkit import Toolkit

PHONES, FEW = 200, 40
WITHIN = 1.0
"""Seconds within which all phones begin."""
TWICE = 5
"""Every so-manieth phone sends its first vote twice at once, as an impatient thumb does."""


@dataclass
class Person:
    """One phone of the crowd and what it was told."""

    phone: Phone
    line: Line
    choice: random.Random
    page: Page | None = None
    joined: float = 0.0
    voted: list[float] = field(default_factory=list)
    """Seconds from each tap on "send" to the page that says "received"."""
    received: list[str] = field(default_factory=list)
    """The contribution each acknowledgement named."""
    dots: list[dict[str, int]] = field(default_factory=list)
    problem: str = ""

    async def arrive(self, code: str) -> None:
        """Open the door page with its style and script, join, and follow the room."""
        begun = perf_counter()
        answer = await self.line.ask("GET", f"/j/{code}")
        page = await fetch(self.line, answer, script=True)
        who = self.choice.choice(
            [one for one in page.forms["entry"].choices["who"] if one.startswith("organisation-")]
        )
        form = page.forms["entry"]
        answer = await self.line.ask("POST", form.action, form.filled({"who": who}))
        self.page = await fetch(self.line, await follow(self.line, answer))
        await self.phone.line().ask("GET", f"{self.page.follows}/events", stay=True)
        self.joined = perf_counter() - begun

    async def vote(self, twice: bool = False) -> None:
        """Give five dots and wait until the page says that they were received."""
        assert self.page is not None
        begun = perf_counter()
        form = self.page.forms["entry"]
        options = sorted(name for name in form.fields if name.startswith("dots."))
        dots = Counter(self.choice.sample(options, 5))
        filled = form.filled({name: str(dots[name]) for name in options})
        lines = [self.line, self.phone.line()] if twice else [self.line]
        answers = await asyncio.gather(*(one.ask("POST", form.action, filled) for one in lines))
        for answer in answers:
            self.received += parse_qs(urlsplit(answer.goes_to).query).get("received", [])
        self.dots.append({name.removeprefix("dots."): dots[name] for name in dots})
        self.page = await fetch(self.line, await follow(self.line, _good(answers[0])))
        self.voted.append(perf_counter() - begun)


def _good(answer: Answer) -> Answer:
    if answer.status != 303:
        raise RuntimeError(f"the vote got {answer.status}: {answer.text[:500]}")
    return answer


@dataclass
class Hall:
    """What happened."""

    people: list[Person]
    together: float = 0.0
    """Seconds from the first tap until the last phone had joined and voted."""
    moment: float = 0.0
    """Seconds until all phones had voted again, all in one moment."""
    client: float = 0.0
    server: float | None = None
    """Shares of one processor core."""


def measure(quick: bool) -> list[Figure]:
    """Send the crowd in, then compare what it was told with what is in the database."""
    count = FEW if quick else PHONES
    with hall.database() as url:
        with Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.ballot())
            stage = hall.open_stage(toolkit, workshop)
        with running(url) as house:
            room = asyncio.run(_crowd(house, workshop.code, count))
        with Toolkit.open(url, write=False) as toolkit:
            joined = len(toolkit.people.participants(workshop.id))
            wrong = compare(toolkit, stage, room.people)
    return _figures(room, joined, wrong)


async def _crowd(house: House, code: str, count: int) -> Hall:
    seed = random.Random(200)
    phones = [Phone(house.url) for _ in range(count)]
    people = [Person(one, one.line(), random.Random(seed.random())) for one in phones]
    room = Hall(people)
    assert house.process is not None
    server = Processor(house.process.pid)
    begun, worked = perf_counter(), process_time()
    try:
        await asyncio.gather(
            *(_come(one, code, seed.uniform(0, WITHIN), n) for n, one in enumerate(people))
        )
        room.together = perf_counter() - begun
        room.client = (process_time() - worked) / room.together
        room.server = server.share()
        begun = perf_counter()
        await asyncio.gather(*(_again(one) for one in people))
        room.moment = perf_counter() - begun
    finally:
        for phone in phones:
            phone.close()
    return room


async def _come(person: Person, code: str, after: float, number: int) -> None:
    await asyncio.sleep(after)
    try:
        await person.arrive(code)
        await person.vote(twice=number % TWICE == 0)
    except (RuntimeError, OSError, EOFError, KeyError) as problem:
        person.problem = repr(problem)


async def _again(person: Person) -> None:
    if person.problem:
        return
    try:
        await person.vote()
    except (RuntimeError, OSError, EOFError, KeyError) as problem:
        person.problem = repr(problem)


def compare(toolkit: Toolkit, stage: Stage, people: Sequence[Person]) -> dict[str, int]:
    """Return how many votes were lost or doubled, and how many phones were turned away."""
    stored = {one.id: one for one in toolkit.results.contributions(stage.id, everything=True)}
    told = {one for person in people for one in person.received}
    standing = [one for one in stored.values() if one.stands]
    last = {person.received[-1]: person.dots[-1] for person in people if person.received}
    other = sum(1 for key, dots in last.items() if key in stored and stored[key].entry.dots != dots)
    each = Counter(one.sender.person for one in standing)
    return {
        "lost": len(told - stored.keys()) + other,
        "doubled": len(stored.keys() - told) + sum(n - 1 for n in each.values()),
        "refused": sum(1 for person in people if person.problem),
        "stored": len(stored),
        "standing": len(standing),
    }


def _figures(room: Hall, joined: int, wrong: dict[str, int]) -> list[Figure]:
    people = room.people
    count = len(people)
    said = next((one.problem for one in people if one.problem), "")
    there = [one for one in people if one.joined and one.voted]
    first, second = [one.voted[0] for one in there], [one.voted[-1] for one in there]
    busy = "" if room.server is None else f", server {room.server:.0%}"
    return [
        Figure(key="crowd.lost", what="votes lost", value=wrong["lost"], most=0,
               note=f"{wrong['stored']} acknowledged and stored, {wrong['standing']} stand"),
        Figure(key="crowd.doubled", what="votes doubled", value=wrong["doubled"], most=0,
               note=f"{-(-count // TWICE)} phones sent the same form twice at once"),
        Figure(key="crowd.refused", what="phones turned away", value=wrong["refused"], most=0,
               note=said or f"{joined} joined, {count} came"),
        Figure(key="crowd.together", what=f"{count} phones join and vote", value=room.together,
               unit="s", note=f"all begin within {WITHIN:.0f} s; each loads the door, style and "
               "script, joins, opens an event stream, votes, sees “received”"),
        *_spread("joined", "from the QR code to the form", [one.joined for one in there]),
        *_spread("voted", "from “send” to “received”", first),
        Figure(key="crowd.moment", what=f"{count} phones vote again in one moment",
               value=room.moment, unit="s", note=f"{count / max(room.moment, 0.001):.0f} votes a "
               "second, each with the page after it"),
        *_spread("again", "from “send” to “received”, all in one moment", second),
        Figure(key="crowd.client", what="share of a core the load client took",
               value=room.client * 100, unit="%", note=f"of {room.together:.1f} s{busy}"),
    ]  # fmt: skip


def _spread(key: str, what: str, found: Sequence[float]) -> list[Figure]:
    return [
        Figure(
            key=f"crowd.{key}.{share:.2f}",
            what=f"{what}, {share:.0%} of phones within",
            value=percentile(found, share) if found else None,
            unit="s",
            note=f"slowest {max(found):.2f} s" if found and share > 0.9 else "",
        )
        for share in (0.5, 0.95)
    ]
