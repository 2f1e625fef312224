"""A phone without a screen: HTTP/1.1 over a bare socket, every byte of both directions counted."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from time import perf_counter
from urllib.parse import urlencode, urlsplit

HEADERS = {
    # What Chrome on Android sends to an address in a local network.
    "Connection": "keep-alive",
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36",
    "Upgrade-Insecure-Requests": "1",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "bg-BG,bg;q=0.9,en;q=0.8",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The unpacked page."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def goes_to(self) -> str:
        """Where a redirect leads, "" for other answers."""
        return self.headers.get("location", "") if 300 <= self.status < 400 else ""


@dataclass
class Line:
    """One connection of a phone; it is opened when first needed and kept."""

    phone: Phone
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        accept: str = "",
        stay: bool = False,
    ) -> Answer:
        """Send a request and read the answer; ``stay``: only its head, the stream goes on."""
        begun = perf_counter()
        if self.writer is None or self.writer.is_closing():
            host, port = self.phone.host.split(":")
            self.reader, self.writer = await asyncio.open_connection(host, int(port))
        assert self.reader is not None
        wanted = self.phone.request(method, path, form, accept)
        self.phone.requests += 1
        self.phone.sent += len(wanted)
        self.writer.write(wanted)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, headers = self.phone.read_head(head)
        empty = stay or status in (204, 304)
        body, framing = (b"", 0) if empty else await self._body(headers)
        self.phone.received += len(head) + len(body) + framing
        return Answer(status, headers, body, perf_counter() - begun)

    async def _body(self, headers: Mapping[str, str]) -> tuple[bytes, int]:
        assert self.reader is not None
        if headers.get("transfer-encoding") != "chunked":
            return await self.reader.readexactly(int(headers.get("content-length", "0"))), 0
        body, framing = b"", 0
        while True:
            size = await self.reader.readline()
            length = int(size, 16)
            body += await self.reader.readexactly(length)
            framing += len(size) + len(await self.reader.readline())
            if not length:
                return body, framing

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()


@dataclass
class Phone:
    """Somebody's phone: cookies, and what it has sent and received so far."""

    url: str
    requests: int = 0
    sent: int = 0
    received: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    """Addresses of files in its cache."""
    lines: list[Line] = field(default_factory=list)

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    def line(self) -> Line:
        """Open one more connection."""
        self.lines.append(Line(self))
        return self.lines[-1]

    def close(self) -> None:
        """Put the phone away."""
        for line in self.lines:
            line.close()

    def request(self, method: str, path: str, form: Mapping[str, str] | None, accept: str) -> bytes:
        """Return a request as it goes over the wire."""
        headers = {"Host": self.host, **HEADERS}
        body = b""
        if accept:
            headers["Accept"] = accept
        if form is not None:
            body = urlencode(form).encode()
            headers["Origin"] = self.url
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(body))
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", *(f"{key}: {said}" for key, said in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def read_head(self, head: bytes) -> tuple[int, dict[str, str]]:
        """Return status and headers of an answer, keeping its cookies."""
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value
            headers[name.lower()] = value
        return int(first.split(" ")[1]), headers
