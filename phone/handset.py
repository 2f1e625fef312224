"""A phone without a screen: asks for pages, keeps cookies, fills in forms as they stand."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

PATIENCE = 30.0
MOST_REDIRECTS = 5
VOID_TYPES = ("submit", "button", "image", "reset", "file")


@dataclass(slots=True)
class PageForm:
    """A form of a page with what a browser would send if nothing were touched."""

    action: str
    mark: str
    """The form's id."""
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """Radio buttons and lists by name, with what may be chosen."""
    fixed: dict[str, str] = field(default_factory=dict)
    """Hidden fields that belong to the answer."""

    def fits(self, fields: dict[str, str]) -> bool:
        """Return whether somebody could enter these answers here."""
        return all(self._takes(name, value) for name, value in fields.items())

    def _takes(self, name: str, value: str) -> bool:
        if name in self.fixed:
            return self.fixed[name] == value
        if name in self.choices:
            return value in self.choices[name]
        return name in self.values


class PageReader(HTMLParser):
    """Reads the forms and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self._writing = ""
        self._list = ""
        self.feed(page)

    def form(self, mark: str) -> PageForm | None:
        """Return the form with that id."""
        return next((one for one in self.forms if one.mark == mark), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields and links."""
        known = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        elif tag == "form":
            self.forms.append(PageForm(known.get("action", ""), known.get("id", "")))
        elif self.forms and tag in ("input", "textarea", "select", "option"):
            self._field(tag, known, self.forms[-1])

    def handle_data(self, data: str) -> None:
        """Note what stands in a text field."""
        if self._writing:
            self.forms[-1].values[self._writing] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a text field."""
        if tag == "textarea" and self._writing:
            values = self.forms[-1].values
            values[self._writing] = values[self._writing].removeprefix("\n")
            self._writing = ""

    def _field(self, tag: str, known: dict[str, str], form: PageForm) -> None:
        name, value, kind = known.get("name", ""), known.get("value", ""), known.get("type", "text")
        if tag == "option":
            form.choices[self._list].append(value)
            if "selected" in known or len(form.choices[self._list]) == 1:
                form.values[self._list] = value
        elif tag == "select":
            self._list = name
            form.choices[name] = []
        elif tag == "textarea":
            self._writing = name
            form.values[name] = ""
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value)
            if "checked" in known:
                form.values[name] = value
        elif kind not in VOID_TYPES:
            form.values[name] = value
            if kind == "hidden" and not name.startswith("_"):
                form.fixed[name] = value


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered, after redirects."""

    status: int
    address: str
    text: str

    @property
    def page(self) -> PageReader:
        """The page, read."""
        return PageReader(self.text)


class Handset:
    """One phone with its own cookies and connection."""

    def __init__(self, url: str, language: str) -> None:
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.language = language
        self.bytes = 0
        self._host = parts.hostname or "127.0.0.1"
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        self._netloc = parts.netloc
        self._cookies: dict[str, str] = {}
        self._wire: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, address: str) -> Reply:
        """Ask for a page, following redirects."""
        return await self._ask("GET", address, b"")

    async def send(self, form: PageForm, fields: dict[str, str]) -> Reply:
        """Send a form as it stands, with ``fields`` filled in, following redirects."""
        return await self._ask("POST", form.action, urlencode(form.values | fields).encode())

    async def close(self) -> None:
        """Hang up."""
        if self._wire is not None:
            self._wire[1].close()
            self._wire = None

    async def _ask(self, method: str, address: str, body: bytes) -> Reply:
        for _ in range(MOST_REDIRECTS):
            async with asyncio.timeout(PATIENCE):
                status, headers, text = await self._exchange(method, address, body)
            if status not in (301, 302, 303, 307, 308):
                return Reply(status, address, text)
            method, body, address = "GET", b"", headers.get("location", "/")
        return Reply(508, address, "")

    async def _exchange(
        self, method: str, address: str, body: bytes
    ) -> tuple[int, dict[str, str], str]:
        if self._wire is None:
            self._wire = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
        reader, writer = self._wire
        try:
            writer.write(self.head(method, address, body) + body)
            await writer.drain()
            return await self._read(reader)
        except BaseException:
            await self.close()
            raise

    def head(self, method: str, address: str, body: bytes) -> bytes:
        """Return the head of a request, as this phone sends it."""
        lines = [
            f"{method} {address} HTTP/1.1", f"Host: {self._netloc}", f"Origin: {self.origin}",
            f"Accept-Language: {self.language}", "Accept-Encoding: gzip",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        ]  # fmt: skip
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    async def _read(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str], str]:
        start = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = start.strip().split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                self._keep(value)
            headers[name.lower()] = value.strip()
        body = await _body(reader, headers)
        self.bytes += len(start) + len(body)
        if headers.get("connection", "").lower() == "close":
            await self.close()
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return int(first.split()[1]), headers, body.decode()

    def _keep(self, cookie: str) -> None:
        pair, *rest = cookie.split(";")
        name, _, value = pair.strip().partition("=")
        self._cookies[name] = value.strip('"')
        if any(part.strip().lower() == "max-age=0" for part in rest):
            del self._cookies[name]


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    pieces = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        pieces.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(pieces)
