"""A fleet of phones in one process: they join, listen and vote, and compare with the store."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import parse_qs, urlencode, urlsplit

from bench.wire import HEADERS
from phone.handset import Handset
from phone.leaf import PageForm
from workshop.model import Id, Stage
from workshop.toolkit import Toolkit

DOTS = 5
PATIENCE = 60.0
"""Seconds after which a phone that cannot reach its server is a fault."""
AWAY = (OSError, TimeoutError)
PASSING = (429, 502, 503, 504)
"""Answers after which our script sends the same again."""


@dataclass
class Person:
    """One phone and what it was told."""

    handset: Handset
    choice: random.Random
    form: PageForm | None = None
    sent: int = 0
    received: list[str] = field(default_factory=list)
    """The contribution each acknowledgement named."""
    last: dict[str, int] = field(default_factory=dict)
    """The dots of the newest acknowledged vote."""
    shape: int = -1
    pause: float = 0.0
    """Seconds at most it waits before it asks for the page, as the server said."""
    carried: str = ""
    """The page that came with the news."""
    seen_at: float = 0.0
    told: asyncio.Event = field(default_factory=asyncio.Event)
    """News came."""
    problem: str = ""

    async def join(self, code: str) -> None:
        """Come in by the QR code and stand at the form."""
        page = await self.handset.get(f"/j/{code}")
        assert page.entry is not None, page.text[:300]
        who = [one for one in page.entry.choices["who"] if one.startswith("organisation-")]
        page = await self.handset.send(page.entry, {"who": self.choice.choice(who)})
        if not page.address.startswith("/w/"):
            raise RuntimeError(f"could not join: {page.status} {page.text[:300]}")
        self.form = page.entry

    async def look(self, code: str) -> None:
        """Open the page and stand at its form."""
        self.form = (await self.handset.get(f"/w/{code}")).entry

    async def vote(self) -> float:
        """Give five dots; return the seconds until it was acknowledged."""
        body, dots = self._fill_in()
        begun = perf_counter()
        await self._hand_in(body, dots)
        return perf_counter() - begun

    async def vote_for_certain(self) -> float:
        """Give five dots and send them again, the same, until a server takes them.

        The pauses are those of our script: half a second at first, ten at most.
        """
        body, dots = self._fill_in()
        begun, wait = perf_counter(), 0.5
        while True:
            try:
                await self._hand_in(body, dots)
                return perf_counter() - begun
            except AWAY:
                if perf_counter() - begun > PATIENCE:
                    raise
                wait = min(10.0, wait * 2)
                await asyncio.sleep(wait + self.choice.uniform(0, 0.35))

    async def come_back(self, code: str) -> None:
        """Wait until the stream of events breaks, then open it again as a browser does.

        A browser waits as long as the stream itself asked for, at random between 1.5 and 5 s; our
        script asks for news meanwhile, every 3 to 5 s.
        """
        await self.handset.broken()
        begun = perf_counter()
        while True:
            await asyncio.sleep(self.choice.uniform(1.5, 5.0))
            try:
                if await self.handset.listen(f"/w/{code}/events", self.hear) == 200:
                    return
            except AWAY:
                if perf_counter() - begun > PATIENCE:
                    raise

    def _fill_in(self) -> tuple[bytes, dict[str, int]]:
        assert self.form is not None, "there is no form"
        options = [name for name in self.form.values if name.startswith("dots.")]
        dots = Counter(self.choice.sample(options, DOTS))
        key = self.form.values["_key"].split("-")[0]
        self.sent += 1
        answers = {one: str(dots[one]) for one in options} | {"_key": f"{key}-{self.sent}"}
        body = urlencode({**self.form.values, **answers}).encode()
        return body, {name.removeprefix("dots."): dots[name] for name in dots}

    async def _hand_in(self, body: bytes, dots: dict[str, int]) -> None:
        assert self.form is not None
        answer = await self.handset.ask("POST", self.form.action, body)
        told = parse_qs(urlsplit(answer.header("location")).query).get("received", [])
        if answer.status in PASSING:
            raise ConnectionError(f"not now: {answer.status}")
        if answer.status != 303 or not told:
            raise RuntimeError(f"the vote got {answer.status}: {answer.body[:300]!r}")
        self.received += told
        self.last = dots

    async def see(self, code: str, stage: Stage, before: int) -> None:
        """Wait for news newer than shape ``before`` and for the form of a stage; note when."""
        async with asyncio.timeout(30):
            while self.shape <= before:
                self.told.clear()
                await self.told.wait()
        page = self.carried
        if not page:  # the page did not come with the news: it is asked for, not all at once
            await asyncio.sleep(self.choice.uniform(0, self.pause))
            answer = await self.handset.get(f"/w/{code}")
            self.seen_at = perf_counter()
            page = answer.text
        if f"/s/{stage.id}" not in page:
            raise RuntimeError("the page shows something else")

    def hear(self, event: bytes) -> None:
        """Note the newest shape a stream told of."""
        for line in event.split(b"\n"):
            if line.startswith(b"data: {"):
                news = json.loads(line[6:])
                self.shape, self.pause = news["shape"], news["spread"] / 1000
                if "page" in news:
                    self.carried, self.seen_at = news["page"], perf_counter()
                self.told.set()


@dataclass
class Fleet:
    """Phones of one workshop."""

    url: str
    code: str
    people: list[Person]

    @classmethod
    def of(cls, url: str, code: str, count: int, seed: int = 2026) -> Fleet:
        """Take out phones."""
        seeds = random.Random(seed)
        people = [
            Person(Handset(url, "bg", HEADERS), random.Random(seeds.random())) for _ in range(count)
        ]
        return cls(url, code, people)

    async def join(self, within: float) -> list[float]:
        """Let everybody join at random moments; return how long each took."""
        return await self.spread(self.people, within, lambda one: one.join(self.code))

    async def listen(self, people: Sequence[Person], within: float) -> None:
        """Open everybody's stream of events."""
        address = f"/w/{self.code}/events"
        await self.spread(people, within, lambda one: one.handset.listen(address, one.hear))

    async def spread(
        self,
        people: Sequence[Person],
        within: float,
        act: Callable[[Person], Awaitable[object]],
    ) -> list[float]:
        """Let people act at random moments within a time; return how long each took.

        One who fails is marked with why, and counts as infinitely slow.
        """
        moments = random.Random(len(people))

        async def one(person: Person, after: float) -> float:
            await asyncio.sleep(after)
            begun = perf_counter()
            try:
                await act(person)
            except (RuntimeError, AssertionError, OSError, TimeoutError) as problem:
                person.problem = person.problem or repr(problem)
                return float("inf")
            return perf_counter() - begun

        return await asyncio.gather(*(one(each, moments.uniform(0, within)) for each in people))

    async def keep_voting(self, at_once: int, seconds: float) -> tuple[int, float, list[float]]:
        """Vote without a pause, so many phones at once, each phone in its turn.

        Return how many votes were acknowledged, in what time, and how long each took.
        """
        times: list[float] = []
        begun = perf_counter()
        free = deque(self.people)

        async def lane() -> None:
            while perf_counter() - begun < seconds:
                person = free.popleft()
                try:
                    times.append(await person.vote())
                except (RuntimeError, OSError) as problem:
                    person.problem = person.problem or repr(problem)
                free.append(person)

        await asyncio.gather(*(lane() for _ in range(min(at_once, len(self.people)))))
        return len(times), perf_counter() - begun, times

    async def close(self) -> None:
        """Put all phones away."""
        for one in self.people:
            await one.handset.close()

    @property
    def problems(self) -> Counter[str]:
        """What went wrong, and how often."""
        return Counter(one.problem[:200] for one in self.people if one.problem)

    @property
    def carried(self) -> int:
        """Bytes of all phones, both ways."""
        return sum(one.handset.carried for one in self.people)


@dataclass(frozen=True)
class Count:
    """What phones were told against what is stored."""

    acknowledged: int
    stored: int
    lost: int
    doubled: int


def compare(toolkit: Toolkit, stage: Stage, people: Sequence[Person]) -> Count:
    """Count votes lost (acknowledged, but not there or other dots) and votes doubled."""
    stored = {one.id: one for one in toolkit.results.contributions(stage.id, everything=True)}
    told = {one for person in people for one in person.received}
    standing: Counter[Id | None] = Counter(
        one.sender.person for one in stored.values() if one.stands
    )
    wrong = sum(
        1
        for person in people
        if person.received
        and (known := stored.get(person.received[-1])) is not None
        and known.entry.dots != person.last
    )
    return Count(
        acknowledged=len(told),
        stored=len(stored),
        lost=len(told - stored.keys()) + wrong,
        doubled=sum(n - 1 for n in standing.values()) + max(0, len(stored) - len(told)),
    )
