"""What many phones ask or send at once goes to the database together, and comes back together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping
from concurrent.futures import Future
from threading import Lock
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class Gather(Generic[K, V]):
    """Questions asked while others are being answered are put as one; lives in one event loop."""

    def __init__(self, answer: Callable[[list[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._answer = answer
        self._asked: dict[K, asyncio.Future[V | None]] = {}
        self._task: asyncio.Task[None] | None = None

    async def ask(self, key: K) -> V | None:
        """Return the answer for ``key``, None where there is none."""
        waiting = self._asked.get(key)
        if waiting is None:
            waiting = self._asked[key] = asyncio.get_running_loop().create_future()
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        # Shielded: somebody who hangs up must not take the answer from others with the same key.
        return await asyncio.shield(waiting)

    async def _work(self) -> None:
        try:
            while self._asked:
                await asyncio.sleep(0)  # let all who came in this moment ask
                asked, self._asked = self._asked, {}
                try:
                    found = await self._answer(list(asked))
                except Exception as problem:
                    for waiting in asked.values():
                        waiting.set_exception(problem)
                    continue
                for key, waiting in asked.items():
                    waiting.set_result(found.get(key))
        finally:
            self._task = None


class Shared(Generic[V]):
    """Work that many want in one moment is done once for all; lives in one event loop.

    A lock would let them through one after another, each after a turn of the loop: behind a hall
    that hears of a new stage, a vote would wait for two thousand turns.
    """

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Future[V]] = {}

    async def do(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, V]]) -> V:
        """Return what the work under ``key`` brings that runs, or that begins now."""
        running = self._running.get(key)
        if running is None:
            running = self._running[key] = asyncio.ensure_future(work())
            running.add_done_callback(lambda _: self._running.pop(key, None))
        # Shielded: somebody who hangs up must not take it from the others.
        return await asyncio.shield(running)

    async def ended(self, key: Hashable) -> None:
        """Wait until nothing runs under ``key`` that had begun before."""
        if running := self._running.get(key):
            await asyncio.wait([running])


class Landing:
    """Brings the writer's verdicts into the event loop: one call for all of a commit."""

    def __init__(self) -> None:
        self._landed: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._called = False
        self._guard = Lock()
        self.waiting = 0
        """How many phones wait for a verdict just now."""

    async def wait(self, future: Future[T]) -> T:
        """Return what a future of the writer's holds, or raise what it says."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = loop.create_future()

        def land(done: Future[T]) -> None:
            with self._guard:
                self._landed.append((waiting, done))
                called, self._called = self._called, True
            if not called:
                loop.call_soon_threadsafe(self._deliver)

        future.add_done_callback(land)
        self.waiting += 1
        try:
            return await waiting
        finally:
            self.waiting -= 1

    def _deliver(self) -> None:
        with self._guard:
            landed, self._landed = self._landed, deque()
            self._called = False
        for waiting, done in landed:
            if waiting.done():  # its phone hung up
                continue
            problem = done.exception()
            if problem is None:
                waiting.set_result(done.result())
            else:
                waiting.set_exception(problem)
