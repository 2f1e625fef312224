"""One look at the database for all who listen: told in bursts, ended with the server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from phone.gather import Shared
from workshop.model import Id

EVERY = 0.3
"""Seconds between two looks while somebody listens."""
NET = 5.0
"""Seconds between two looks where news comes in by itself: one that got lost is late, not gone."""
CALM = 0.8
"""Seconds a listener rests after news: 400 phones fell from p95 17 s to 0.1 s with it."""
HEARTBEAT = 15.0
"""Proxies cut silent connections after 20 s and more."""
LONGEST = 600.0
"""Seconds after which a phone connects anew: no stream is for ever."""
log = logging.getLogger(__name__)


class Beat(NamedTuple):
    """How far a workshop is: ``revision`` grows with everything, ``shape`` with acts of staff."""

    revision: int
    shape: int


Look = Callable[[Id], Awaitable[Beat]]


def stopping() -> bool:
    """Return whether the server was asked to stop.

    Connections are closed before the lifespan ends, so a stream must notice by itself. uvicorn's
    server is the owner of the signal's handler, also under ``streamlit run``.
    """
    owner = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(owner, "should_exit", False))


@dataclass(slots=True)
class _Watch:
    """One workshop somebody listens to."""

    listeners: int = 0
    beat: Beat | None = None
    seen_at: float = float("-inf")
    news: asyncio.Event = field(default_factory=asyncio.Event)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    """Somebody says that there is something to look at."""
    task: asyncio.Task[None] | None = None


class Pulse:
    """Tells phones when their workshop moved on; lives in one event loop.

    ``told`` says whether news comes in by itself just now (``hear``); then looking is only a net.
    """

    def __init__(
        self,
        look: Look,
        *,
        every: float = EVERY,
        calm: float = CALM,
        net: float = NET,
        told: Callable[[], bool] = lambda: False,
    ) -> None:
        self._look = look
        self._every = every
        self._calm = calm
        self._net = net
        self._told = told
        self._watches: dict[Id, _Watch] = {}
        self._looks: Shared[Beat] = Shared()

    @property
    def listeners(self) -> int:
        """How many phones listen now."""
        return sum(watch.listeners for watch in self._watches.values())

    async def now(self, workshop_id: Id, *, fresh: bool = False) -> Beat:
        """Return the latest beat, at most one look old; many who ask at once share the look."""
        watch = self._watch(workshop_id)
        if not fresh and watch.beat is not None and self._age(watch) < self._every:
            return watch.beat
        if fresh:  # a look that has begun may have missed what the asker knows of
            await self._looks.ended(workshop_id)
        return await self._looks.do(workshop_id, partial(self._refresh, workshop_id, watch))

    def hear(self, workshop_id: Id | None, revision: int) -> None:
        """Take the news that a workshop reached a revision; None: any of them may have moved."""
        if workshop_id is None:
            for watch in self._watches.values():
                watch.called.set()
            return
        known = self._watches.get(workshop_id)
        if known is not None and (known.beat is None or known.beat.revision < revision):
            known.called.set()

    def ear(self) -> Callable[[Id | None, int], None]:
        """Return what another thread may tell news to."""
        loop = asyncio.get_running_loop()

        def hear(workshop_id: Id | None, revision: int) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is left to hear
                loop.call_soon_threadsafe(self.hear, workshop_id, revision)

        return hear

    async def changes(
        self, workshop_id: Id, shape: int = -1, *, heartbeat: float = HEARTBEAT
    ) -> AsyncIterator[Beat | None]:
        """Yield each new beat whose shape differs from the last, and None as a sign of life."""
        watch = self._watch(workshop_id)
        watch.listeners += 1
        begun = self._clock()
        life = LONGEST * random.uniform(0.8, 1.2)
        try:
            if watch.task is None:
                watch.task = asyncio.create_task(self._follow(workshop_id, watch))
            while not stopping() and self._clock() - begun < life:
                if watch.beat is not None and watch.beat.shape != shape:
                    shape = watch.beat.shape
                    yield watch.beat
                    await asyncio.sleep(self._calm)
                    continue
                try:
                    await asyncio.wait_for(watch.news.wait(), heartbeat)
                except TimeoutError:
                    yield None
        finally:
            watch.listeners -= 1

    async def _follow(self, workshop_id: Id, watch: _Watch) -> None:
        """Look again and again while somebody listens."""
        pause = self._every
        try:
            while watch.listeners > 0 and not stopping():
                watch.called.clear()
                try:
                    await self._looks.do(workshop_id, partial(self._refresh, workshop_id, watch))
                    pause, rest = self._every, self._net
                except Exception:
                    # The database may be away for a moment; phones keep their page and we ask on.
                    log.exception("looking for news failed; trying again")
                    pause, rest = min(5.0, pause * 2), 0.0
                await asyncio.sleep(pause)  # a burst of news is worth one look
                await self._rest(watch, rest - pause)
        finally:
            watch.task = None
            self._wake(watch)

    async def _rest(self, watch: _Watch, longest: float) -> None:
        """Wait for news where it comes in by itself; go on at once where it does not."""
        until = self._clock() + longest
        while self._told() and self._clock() < until:
            if watch.called.is_set() or not watch.listeners or stopping():
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(watch.called.wait(), self._every)

    @staticmethod
    def _wake(watch: _Watch) -> None:
        watch.news.set()
        watch.news = asyncio.Event()

    async def _refresh(self, workshop_id: Id, watch: _Watch) -> Beat:
        before = watch.beat
        beat = watch.beat = await self._look(workshop_id)
        watch.seen_at = self._clock()
        if before is None or before.shape != beat.shape:
            self._wake(watch)
        return beat

    def _watch(self, workshop_id: Id) -> _Watch:
        return self._watches.setdefault(workshop_id, _Watch())

    def _age(self, watch: _Watch) -> float:
        return self._clock() - watch.seen_at

    @staticmethod
    def _clock() -> float:
        return asyncio.get_running_loop().time()

    async def close(self) -> None:
        """End all looking (for tests; a server's streams end by themselves)."""
        tasks = [watch.task for watch in self._watches.values() if watch.task is not None]
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
