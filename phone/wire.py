"""The wire of a scripted phone: HTTP/1.1 over one kept connection, light enough for thousands."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"(?i)\r\ncontent-length:[ \t]*(\d+)")
CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding:[ \t]*chunked")
STREAM = re.compile(rb"(?i)\r\ncontent-type:[ \t]*text/event-stream")
PACKED = re.compile(rb"(?i)\r\ncontent-encoding:[ \t]*gzip")
CLOSES = re.compile(rb"(?i)\r\nconnection:[ \t]*close")
Hear = Callable[[bytes], None]
_PLACE = memoryview(bytearray(256 * 1024))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, as it came: the body may still be packed."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return a header of the answer, "" where it has none."""
        found = re.search(rb"(?i)\r\n" + name.encode() + rb":[ \t]*([^\r]*)", self.head)
        return found[1].decode("latin-1") if found else ""

    @property
    def cookies(self) -> list[str]:
        """The cookies it sets, each with its attributes."""
        found = re.findall(rb"(?i)\r\nset-cookie:[ \t]*([^\r]*)", self.head)
        return [one.decode("latin-1") for one in found]


class Wire(asyncio.BufferedProtocol):
    """One connection: a request at a time, or a stream of events that is heard to its end."""

    def __init__(self) -> None:
        self.sent = 0
        self.received = 0
        self.lost = asyncio.Event()
        """Set when the connection is gone."""
        self._transport: asyncio.Transport | None = None
        self._held = bytearray()
        self._head: bytes | None = None
        self._length: int | None = 0
        """Bytes the body has; None while it comes in chunks."""
        self._body = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None
        self._hear: Hear | None = None
        self._event = b""
        self._unpack: Callable[[bytes], bytes] = bytes
        """Of a stream."""

    @property
    def open(self) -> bool:
        """Whether a request can be sent."""
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes, hear: Hear | None = None) -> Answer:
        """Send a request and return its answer.

        ``hear`` gets each event of a stream; the answer then is its head alone.

        Raises:
            ConnectionError: the connection broke before the answer was whole.
        """
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._hear = hear
        self.sent += len(request)
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]  # uvloop's has its own class

    def connection_lost(self, problem: Exception | None) -> None:
        """Tell who waits that nothing comes any more."""
        self._transport = None
        self.lost.set()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(problem or ConnectionResetError("the server hung up"))

    def get_buffer(self, sizehint: int) -> memoryview:
        """Return where the next piece is put: one place for all, for it is read at once."""
        return _PLACE

    def buffer_updated(self, nbytes: int) -> None:
        """Take what came; a piece may hold half an answer."""
        self.received += nbytes
        self._held += _PLACE[:nbytes]
        if self._head is None and not self._read_head():
            return
        if self._length is None:
            self._read_chunks()
        elif len(self._held) >= self._length:
            self._body += self._held[: self._length]
            del self._held[: self._length]
            self._finish()

    def _read_head(self) -> bool:
        end = self._held.find(HEAD_END)
        if end < 0:
            return False
        self._head = bytes(self._held[: end + 2])
        del self._held[: end + len(HEAD_END)]
        found = LENGTH.search(self._head)
        self._length = int(found[1]) if found else 0
        if CHUNKED.search(self._head):
            self._length = None
            if self._hear is not None and STREAM.search(self._head):
                packed = PACKED.search(self._head)
                self._unpack = zlib.decompressobj(31).decompress if packed else bytes
                self._answer(b"")
        return True

    def _read_chunks(self) -> None:
        while True:
            line = self._held.find(b"\r\n")
            if line < 0:
                return
            size = int(self._held[:line].split(b";")[0], 16)
            if len(self._held) < line + 2 + size + 2:
                return
            piece = bytes(self._held[line + 2 : line + 2 + size])
            del self._held[: line + 2 + size + 2]
            if not size:
                self._finish()
                return
            if self._waiting is None:
                self._tell(piece)
            else:
                self._body += piece

    def _tell(self, piece: bytes) -> None:
        """Pass on whole events; a proxy may cut them where it likes."""
        *whole, self._event = (self._event + self._unpack(piece)).split(b"\n\n")
        for one in whole:
            if self._hear is not None:
                self._hear(one)

    def _finish(self) -> None:
        head = self._head or b""
        self._answer(bytes(self._body))
        self._body.clear()
        self._head, self._length = None, 0
        if CLOSES.search(head):
            self.close()

    def _answer(self, body: bytes) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            assert self._head is not None
            waiting.set_result(Answer(int(self._head[9:12]), self._head, body))
