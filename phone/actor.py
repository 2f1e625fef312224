"""One scripted person with a phone: comes in, listens, sends entries, sees the news."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from phone.answers import flatten
from phone.handset import Handset, Reply
from phone.leaf import PageForm
from workshop.language import Text, text

_OWN = '<section class="own">'
FRESH = 60.0
"""Seconds somebody waits for news before it counts as never seen."""


@dataclass(slots=True)
class Tally:
    """What all of them report; times in seconds."""

    joined: int = 0
    sent: int = 0
    refused: int = 0
    answers: list[float] = field(default_factory=list)
    """From pressing the button to "received", one for each acknowledged entry."""
    seen: list[float] = field(default_factory=list)
    """From the act to the page that followed the news, one for each phone that saw it."""
    problems: Counter[Text] = field(default_factory=Counter)
    """What happened that should not."""


class Actor:
    """A person with a phone of their own."""

    def __init__(
        self, handset: Handset, code: str, place: int, tally: Tally, key: str = ""
    ) -> None:
        """``key``: by what the door knows this person again; "" is somebody new each time."""
        self.handset = handset
        self._key = {"_key": key} if key else {}
        self.code = code
        self.place = place
        self.tally = tally
        self.inside = False
        self._page: Reply | None = None
        self._shape = -1
        self._spread = 0.0
        """Seconds over which phones come for a new page, as the server said."""
        self._news = asyncio.Event()

    async def come(
        self, script: Sequence[dict[str, Any]], door: asyncio.Semaphore, within: float
    ) -> None:
        """Join, listen, and send everything, each at some moment ``within`` so many seconds."""
        try:
            await asyncio.sleep(random.uniform(0, within))
            async with door:
                self._page = await self._join()
            if not self._page.address.startswith("/w/"):
                self.tally.problems[_turned_away(self._page.status)] += 1
                return
            self.tally.joined += 1
            self.inside = True
            await self._listen()
            if self._key and _OWN in self._page.text:
                return  # this person has taken part in the stage already
            for entry in script:
                await asyncio.sleep(random.uniform(0, within))
                self._page = await self._send(self._page, flatten(entry))
        except (OSError, TimeoutError) as problem:
            self._lost(problem)

    async def act(self) -> int:
        """Ask the server for news, as if a facilitator had acted; return the shape to wait for."""
        answer = await self.handset.ask("POST", f"/w/{self.code}/rehearsal")
        return int(json.loads(answer.body)["shape"]) if answer.status == 200 else -1

    async def see(self, shape: int, since: float) -> None:
        """Wait for the news, and load the page when a phone would."""
        try:
            async with asyncio.timeout(FRESH):
                while self._shape < shape:
                    self._news.clear()
                    await self._news.wait()
                await asyncio.sleep(random.uniform(0, self._spread))
                page = await self.handset.get(f"/w/{self.code}")
        except TimeoutError:
            self.tally.problems[text("Never heard of the news")] += 1
            return
        except OSError as problem:
            self._lost(problem)
            return
        if page.status == 200:
            self.tally.seen.append(time.perf_counter() - since)
        else:
            self._odd(page.status)

    def hear(self, event: bytes) -> None:
        """Note what the stream told."""
        for line in event.split(b"\n"):
            if line.startswith(b"data: {"):
                news = json.loads(line[6:])
                self._shape, self._spread = news["shape"], news["spread"] / 1000
                self._news.set()

    def _lost(self, problem: Exception) -> None:
        kind = type(problem).__name__
        self.tally.problems[text("Lost the connection: {kind}", kind=kind)] += 1

    def _odd(self, status: int) -> None:
        self.tally.problems[text("The server answered with {status}", status=str(status))] += 1

    async def _join(self) -> Reply:
        page = await self.handset.get(f"/j/{self.code}")
        form = page.entry
        if form is None or "who" not in form.choices:
            return page
        who = form.choices["who"]
        named = [one for one in who if one.startswith("organisation-")]
        chosen = named or [one for one in who if one.startswith("citizen-")]
        who_i_am = {"who": chosen[self.place % len(chosen)], **self._key}
        return await self.handset.send(form, who_i_am)

    async def _listen(self) -> None:
        status = await self.handset.listen(f"/w/{self.code}/events", self.hear)
        if status != 200:
            self.tally.problems[text("Could not listen: {status}", status=str(status))] += 1

    async def _send(self, page: Reply, fields: dict[str, str]) -> Reply:
        tally = self.tally
        page, form = await self._sheet(page, fields)
        if form is None:
            tally.problems[text("There was no form to fill in")] += 1
            return page
        if not form.fits(fields):
            missing = [name for name in fields if not form.fits({name: fields[name]})]
            names = ", ".join(missing)
            tally.problems[text("The form does not ask for: {names}", names=names)] += 1
        tally.sent += 1
        begun = time.perf_counter()
        reply = await self.handset.send(form, fields)
        if "received=" in reply.address:
            tally.answers.append(time.perf_counter() - begun)
        elif 400 <= reply.status < 500:
            tally.refused += 1
        else:
            self._odd(reply.status)
        return reply

    async def _sheet(self, page: Reply, fields: dict[str, str]) -> tuple[Reply, PageForm | None]:
        """Return the page, of all steps of the stage, whose form asks for these fields."""
        form = page.entry
        if form is None or form.fits(fields):
            return page, form
        for link in page.page.links:
            if "?step=" in link:
                other = await self.handset.get(link)
                fitting = other.entry
                if fitting is not None and fitting.fits(fields):
                    return other, fitting
        return page, form


def _turned_away(status: int) -> Text:
    if status == 403:
        return text("The door is closed: let people join again, then send for them once more")
    return text("Could not join: {status}", status=str(status))
