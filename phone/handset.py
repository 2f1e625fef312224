"""A phone without a screen: asks for pages, keeps cookies, fills in forms as they stand."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from phone.leaf import PageForm, PageReader, entry_form
from phone.wire import Answer, Hear, Wire

PATIENCE = 30.0
MOST_REDIRECTS = 5
AWAY = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered, after redirects."""

    status: int
    address: str
    answer: Answer

    @property
    def text(self) -> str:
        """The page, unpacked."""
        body = self.answer.body
        packed = self.answer.header("content-encoding") == "gzip"
        return (gzip.decompress(body) if packed else body).decode()

    @property
    def page(self) -> PageReader:
        """The page, read."""
        return PageReader(self.text)

    @property
    def entry(self) -> PageForm | None:
        """The form people fill in, if the page has one."""
        return entry_form(self.text)


class Traffic(NamedTuple):
    """Bytes over the wire."""

    sent: int
    received: int

    def __add__(self, other: object) -> Traffic:
        """Return both together; a pair of numbers, not a longer tuple."""
        if not isinstance(other, Traffic):
            return NotImplemented
        return Traffic(self.sent + other.sent, self.received + other.received)


@cache
def _tls() -> ssl.SSLContext:
    """Return what thousands of phones share: each alone would read all certificates again."""
    return ssl.create_default_context()


class Handset:
    """One phone with its own cookies and connections; ``headers`` as its browser would send.

    It gives up on a request after ``patience`` seconds.
    """

    def __init__(
        self,
        url: str,
        language: str,
        headers: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.requests = 0
        self.patience = patience
        self._host = parts.hostname or "127.0.0.1"
        self._tls = _tls() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        self._cookies: dict[str, str] = {}
        self._wire: Wire | None = None
        self._others: list[Wire] = []
        self._ended = Traffic(0, 0)
        """Of connections that are gone."""
        usual = {"Accept-Language": language, "Accept-Encoding": "gzip", **(headers or {})}
        self._usual = "\r\n".join(
            [f"Host: {parts.netloc}", *(f"{name}: {said}" for name, said in usual.items())]
        )

    @property
    def traffic(self) -> Traffic:
        """How much went over the wire, with all heads."""
        wires = [*self._others, *([self._wire] if self._wire else [])]
        return sum((Traffic(one.sent, one.received) for one in wires), self._ended)

    @property
    def carried(self) -> int:
        """How much went over the wire, both ways, with all heads."""
        return self.traffic.sent + self.traffic.received

    async def get(self, address: str) -> Reply:
        """Ask for a page, following redirects."""
        return await self._ask("GET", address, b"")

    async def send(self, form: PageForm, fields: Mapping[str, str]) -> Reply:
        """Send a form as it stands, with ``fields`` filled in, following redirects."""
        body = urlencode({**form.values, **fields}).encode()
        return await self._ask("POST", form.action, body)

    async def listen(self, address: str, hear: Hear) -> int:
        """Open a stream of events on a connection of its own; return the status."""
        wire = await self._connect()
        self._others.append(wire)
        self.requests += 1
        async with asyncio.timeout(self.patience):
            answer = await wire.ask(self.head("GET", address, b""), hear)
        if answer.status != 200:
            wire.close()
        return answer.status

    async def broken(self) -> None:
        """Wait until the newest stream of events breaks, then put its connection away."""
        wire = self._others[-1]
        await wire.lost.wait()
        self._others.remove(wire)
        self._ended += Traffic(wire.sent, wire.received)

    async def close(self) -> None:
        """Hang up."""
        self._ended = self.traffic
        for one in [*self._others, *([self._wire] if self._wire else [])]:
            one.close()
        self._others, self._wire = [], None

    async def _ask(self, method: str, address: str, body: bytes) -> Reply:
        for _ in range(MOST_REDIRECTS):
            answer = await self.ask(method, address, body)
            if answer.status not in AWAY:
                return Reply(answer.status, address, answer)
            method, body, address = "GET", b"", answer.header("location") or "/"
        return Reply(508, address, Answer(508, b"", b""))

    async def ask(self, method: str, address: str, body: bytes = b"") -> Answer:
        """Send one request and return its answer, wherever it leads.

        A kept connection may have been closed by the server just now; as browsers do, what got no
        answer at all on such a one is sent once more on a fresh one.
        """
        self.requests += 1
        kept = self._wire
        if kept is not None and kept.open:
            before = kept.received
            try:
                return await self._on(kept, method, address, body)
            except ConnectionError:
                if kept.received > before:
                    raise
        if self._wire is not None:
            self._ended += Traffic(self._wire.sent, self._wire.received)
            self._wire = None
        self._wire = await self._connect()
        return await self._on(self._wire, method, address, body)

    async def _on(self, wire: Wire, method: str, address: str, body: bytes) -> Answer:
        try:
            async with asyncio.timeout(self.patience):
                answer = await wire.ask(self.head(method, address, body) + body)
        except BaseException:
            wire.close()
            raise
        for cookie in answer.cookies:
            self._keep(cookie)
        return answer

    def head(self, method: str, address: str, body: bytes) -> bytes:
        """Return the head of a request, as this phone sends it."""
        lines = [f"{method} {address} HTTP/1.1", self._usual]
        if method != "GET":
            lines += [
                f"Origin: {self.origin}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        if self._cookies:
            kept = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            lines.append(f"Cookie: {kept}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    async def _connect(self) -> Wire:
        loop = asyncio.get_running_loop()
        _, wire = await loop.create_connection(Wire, self._host, self._port, ssl=self._tls)
        return wire

    def _keep(self, cookie: str) -> None:
        pair, *rest = cookie.split(";")
        name, _, value = pair.strip().partition("=")
        self._cookies[name] = value.strip('"')
        if any(part.strip().lower() == "max-age=0" for part in rest):
            del self._cookies[name]
