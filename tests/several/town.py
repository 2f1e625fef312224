"""PostgreSQL, two processes and nginx with the configuration of ``deploy/``; a hall that votes."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import psycopg

from phone.handset import Handset
from phone.leaf import PageForm
from tests import postgres
from tests.house import House
from tests.nginx import proxy
from workshop.toolkit import Toolkit

PATIENCE = 60.0
DOTS = 5


@dataclass
class Town:
    """What a larger installation consists of, on one machine."""

    server: postgres.Server
    database: str
    screens: House
    """``sedyanka serve``: screens and phones."""
    phones: House
    """``sedyanka phones``."""
    url: str
    """nginx in front of both."""
    toolkit: Toolkit
    """A facilitator's hand, in a third process: this one."""

    def ask(self, query: str) -> list[Any]:
        """Ask the database itself."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            asked = connection.execute(query)
            return asked.fetchall() if asked.description else []


def phones_alone(database: str) -> House:
    """Return a process that only answers phones."""
    port = postgres.free_port()
    command = [
        sys.executable, "-m", "screens.terminal", "--language", "en", "phones",
        "--host", "127.0.0.1", "--port", str(port), "--database", database,
    ]  # fmt: skip
    return House(database, port=port, command=command)


@contextmanager
def town() -> Iterator[Town]:
    """Open everything on an empty database, both processes at the same moment."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres.server(postgres.SAFE))
        screens, phones = House(server.url), phones_alone(server.url)
        for house in (screens, phones):
            stack.callback(house.stop)
        phones.launch()
        screens.start()
        phones.wait()
        ports = {"phones": [screens.port, phones.port], "screens": [screens.port]}
        url = stack.enter_context(proxy(ports))
        toolkit = stack.enter_context(Toolkit.open(server.url))
        yield Town(server, server.url, screens, phones, url, toolkit)


@dataclass
class Voter:
    """A phone that sends each vote until it is acknowledged, always under the same key."""

    handset: Handset
    choice: random.Random
    form: PageForm | None = None
    keys: dict[str, str] = field(default_factory=dict)
    """Which contribution each key was acknowledged as."""
    dots: dict[str, int] = field(default_factory=dict)
    """The dots of the newest acknowledged vote."""
    put_off: Counter[int] = field(default_factory=Counter)
    """How often it was told to come again, by status; 0: the connection broke."""
    words: set[str] = field(default_factory=set)
    """What the pages said that put it off."""

    async def join(self, code: str) -> None:
        """Come in and stand at the form."""
        page = await self.handset.get(f"/j/{code}")
        assert page.entry is not None, page.text[:500]
        who = [one for one in page.entry.choices["who"] if one.startswith("organisation-")]
        page = await self.handset.send(page.entry, {"who": self.choice.choice(who)})
        assert page.address.startswith("/w/"), page.text[:500]
        self.form = page.entry

    async def stand_at(self, code: str, stage_id: str) -> None:
        """Open the page until it asks what a stage asks."""
        async with asyncio.timeout(PATIENCE):
            while self.form is None or stage_id not in self.form.action:
                self.form = (await self.handset.get(f"/w/{code}")).entry

    async def vote(self, times: int) -> None:
        """Give dots anew, several times."""
        assert self.form is not None
        options = sorted(name for name in self.form.values if name.startswith("dots."))
        for _ in range(times):
            dots = Counter(self.choice.sample(options, DOTS))
            answers = {one: str(dots[one]) for one in options}
            key = f"{uuid.UUID(int=self.choice.getrandbits(128)).hex}-0"
            body = urlencode({**self.form.values, **answers, "_key": key}).encode()
            self.keys[key] = await asyncio.wait_for(self._until_received(body), PATIENCE)
            self.dots = {name.removeprefix("dots."): dots[name] for name in dots}

    async def _until_received(self, body: bytes) -> str:
        assert self.form is not None
        while True:
            try:
                answer = await self.handset.ask("POST", self.form.action, body)
            except (OSError, TimeoutError):
                self.put_off[0] += 1
            else:
                told = parse_qs(urlsplit(answer.header("location")).query).get("received", [])
                if answer.status == 303 and told:
                    return told[0]
                assert answer.status in (500, 502, 503), f"{answer.status} {answer.body[:500]!r}"
                self.put_off[answer.status] += 1
                self.words.add(answer.header("sedyanka"))
            await asyncio.sleep(self.choice.uniform(0.05, 0.3))


class Ear:
    """Listens to a workshop's stream of events from one process."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self.shape = -1

    def hear(self, event: bytes) -> None:
        """Note where the room is."""
        for line in event.split(b"\n"):
            if line.startswith(b"data: {"):
                news = json.loads(line[6:])
                self.places.append(news["place"])
                self.shape = news["shape"]
