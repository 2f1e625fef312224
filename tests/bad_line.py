"""A proxy as bad as a hall's Wi-Fi: slow, narrow, and it stalls, cuts and swallows answers."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

ANSWER = b"HTTP/1.1 "
PIECE = 4096


@dataclass
class BadLine:
    """What happens to bytes between phones and server; every so-manieth answer has bad luck."""

    port: int
    """Where the server listens, on 127.0.0.1."""
    delay: float = 0.0
    """Seconds each way."""
    speed: float = 0.0
    """Bytes a second of each connection and direction; 0: as fast as it goes."""
    swallowed: int = 0
    """Every so-manieth answer never comes, and the connection is gone; 0: none."""
    cut: int = 0
    """Every so-manieth answer ends in its middle."""
    stalled: int = 0
    """Every so-manieth answer stands still for ``standstill`` seconds."""
    standstill: float = 1.0
    buffering: bool = False
    """Streams of events are held back, as some proxies do."""
    counts: dict[str, int] = field(
        default_factory=lambda: {"swallowed": 0, "cut": 0, "stalled": 0, "answers": 0}
    )
    _answers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Stand between until the block ends; give the address phones knock at."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        tasks = asyncio.all_tasks()
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            for task in asyncio.all_tasks() - tasks - {asyncio.current_task()}:
                if task.get_name() == "bad line":
                    task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.set_name("bad line")
        try:
            there, to_server = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.close()
            return
        ways = [
            asyncio.create_task(self._carry(reader, to_server, False), name="bad line"),
            asyncio.create_task(self._carry(there, writer, True), name="bad line"),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (writer, to_server):
                end.close()

    async def _carry(
        self, source: asyncio.StreamReader, goal: asyncio.StreamWriter, answers: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(PIECE):
                if answers and piece.startswith(ANSWER) and not await self._luck(piece, goal):
                    return
                if answers and self.buffering and b"text/event-stream" in piece:
                    await asyncio.Event().wait()
                await asyncio.sleep(self.delay + (len(piece) / self.speed if self.speed else 0))
                goal.write(piece)
                await goal.drain()

    async def _luck(self, piece: bytes, goal: asyncio.StreamWriter) -> bool:
        """Return whether an answer comes through."""
        number = next(self._answers)
        self.counts["answers"] += 1
        if self.swallowed and number % self.swallowed == 0:
            self.counts["swallowed"] += 1
            return False
        if self.cut and number % self.cut == 0:
            self.counts["cut"] += 1
            goal.write(piece[: len(piece) // 2])
            await goal.drain()
            return False
        if self.stalled and number % self.stalled == 0:
            self.counts["stalled"] += 1
            await asyncio.sleep(self.standstill)
        return True
