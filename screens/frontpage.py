"""Put Streamlit's one page into the reader's language: it says ``lang="en"`` to everybody."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from workshop.language import LANGUAGES, Language
from workshop.settings import settings

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

LANGUAGE_COOKIE = b"sedyanka_language"
MARK = b'<html lang="en">'
TITLE = b"<title>Streamlit</title>"


class FrontPage:
    """ASGI middleware that stands nearest to Streamlit and changes two words of its page."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let everything through; hold back a page until it is whole."""
        headers = scope.get("headers", [])
        asks_for_page = any(name == b"accept" and b"text/html" in value for name, value in headers)
        if scope["type"] != "http" or scope["method"] != "GET" or not asks_for_page:
            await self.app(scope, receive, send)
            return
        # Uncompressed, or there would be no words to change.
        plain = {**scope, "headers": [one for one in headers if one[0] != b"accept-encoding"]}
        await self.app(plain, receive, _Page(language(scope), send).send)


class _Page:
    """One answer on its way out."""

    def __init__(self, spoken: Language, send: Send) -> None:
        self._spoken = spoken
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_whole(self._start)
        else:
            await self._send(message)

    async def _send_whole(self, start: Message) -> None:
        page = bytes(self._body)
        if TITLE in page:  # Streamlit's own, not one of our plain pages
            page = page.replace(TITLE, b"<title>Sedyanka</title>", 1)
            page = page.replace(MARK, b'<html lang="' + self._spoken.encode() + b'">', 1)
        # One file, several pages: nothing may be compared with what a browser kept.
        dropped = (b"content-length", b"etag", b"last-modified")
        start["headers"] = [
            *((name, value) for name, value in start["headers"] if name.lower() not in dropped),
            (b"content-length", str(len(page)).encode()),
            (b"vary", b"Cookie, Accept-Language"),
        ]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page})


def language(scope: Scope) -> Language:
    """Return the reader's language: the address, the cookie, the browser, the setting."""
    headers = dict(scope["headers"])
    for said, name in (
        (scope.get("query_string", b""), b"language"),
        (headers.get(b"cookie", b""), LANGUAGE_COOKIE),
    ):
        found = re.search(rb"(?:^|[&; ])" + name + rb"=([a-z]{2})(?=$|[&;])", said)
        if found and found[1].decode() in LANGUAGES:
            return found[1].decode()
    wanted = headers.get(b"accept-language", b"").decode("latin-1").lower()
    places = {one: wanted.find(one) for one in LANGUAGES if one in wanted}
    return min(places, key=lambda one: places[one]) if places else settings().language


def _is_page(message: Message) -> bool:
    headers = {name.lower(): value for name, value in message["headers"]}
    return (
        headers.get(b"content-type", b"").startswith(b"text/html")
        and b"content-encoding" not in headers
        and message["status"] == 200
    )
