"""The outer door, before phones and Streamlit: who may knock, what every answer carries."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from phone.tongue import header, language_of
from workshop.language import Text, say, text

MOST_BYTES = 12_000_000
"""An upload of 10 MB with its wrapping."""
PHONES = ("/j/", "/w/")
"""Forms of phones have a far lower limit of their own."""
MOST_HEADERS = 100
MOST_HEADER_BYTES = 32_000
MOST_ADDRESS = 2_000
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
SHUT = (
    # Streamlit answers these to anybody: counters, an interface for programs, a script's health.
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    # Nothing is here, but Streamlit would answer its page with 200 to whoever probes.
    "/docs",
    "/redoc",
    "/openapi.json",
    "/.git",
    "/.env",
)
ALWAYS = (
    # Nothing for browsers that do not know frame-ancestors: they are older than ten years.
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
PAGES = (
    # Not no-referrer: browsers then send "Origin: null" with forms, and on a plain-HTTP address
    # in a hall nothing else says that a form is our own.
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""Only a page can ask for a camera or lead elsewhere; a phone pays for each byte."""
BARE = "frame-ancestors 'none'"
"""For answers that are no page; a wider policy would bind Streamlit's worker scripts too."""
HSTS = (b"strict-transport-security", b"max-age=15552000")
log = logging.getLogger(__name__)


class Guard:
    """ASGI middleware for the whole program; stands outside everything else.

    ``addresses`` are further origins that are ours: the public address when a proxy ends TLS
    without telling us ("https://sedyanka.example.eu").
    """

    def __init__(self, app: ASGIApp, *, addresses: Iterable[str] = ()) -> None:
        self.app = app
        self.limited = RequestBodyLimitMiddleware(app, max_body_size=MOST_BYTES)
        self.addresses = frozenset(_origin(one) for one in addresses if one)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._ours(scope, header(scope, b"origin")):
            await self.app(scope, receive, send)
            return
        log.warning("refused a websocket from %.200r", header(scope, b"origin"))
        await receive()
        await send({"type": "websocket.close", "code": 1008})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_missing(scope, message)]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            app = self.app if scope["path"].startswith(PHONES) else self.limited
            await app(scope, receive, protected)
            return
        status, reason = refusal
        answer = PlainTextResponse(say(reason, language_of(scope)), status)
        await answer(scope, receive, protected)

    def _refusal(self, scope: Scope) -> tuple[int, Text] | None:
        headers = scope["headers"]
        size = sum(len(name) + len(value) for name, value in headers)
        if len(headers) > MOST_HEADERS or size > MOST_HEADER_BYTES:
            return 431, text("This request carries more than a browser sends.")
        if len(scope["path"]) > MOST_ADDRESS or _shut(scope["path"]):
            return 404, text("There is nothing at this address.")
        if scope["method"] not in SAFE_METHODS and not self._from_our_page(scope):
            log.warning("refused a form from %.200r", header(scope, b"origin"))
            return 403, text(
                "This did not come from our own page, so nothing was changed. "
                "Please open the page again and repeat it there."
            )
        return None

    def _from_our_page(self, scope: Scope) -> bool:
        """Whether a browser vouches that the request comes from a page of ours.

        ``Sec-Fetch-Site`` cannot be forged by a page, but browsers send it to trustworthy
        addresses only; on plain HTTP in a hall there is only ``Origin``. Programs without either
        are refused: they can send ``Origin`` like everybody else.
        """
        site, origin = header(scope, b"sec-fetch-site"), header(scope, b"origin")
        if site:
            foreign = origin not in ("", "null") and not self._ours(scope, origin, any_scheme=True)
            return site in ("same-origin", "none") and not foreign
        return self._ours(scope, origin)

    def _ours(self, scope: Scope, origin: str, *, any_scheme: bool = False) -> bool:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not origin:
            return False
        scheme = "https" if scope["scheme"] in ("https", "wss") else "http"
        host = hosts[0].decode("latin-1")
        schemes = ("http", "https") if any_scheme else (scheme,)
        given = _origin(origin)
        return given in self.addresses or given in {_origin(f"{one}://{host}") for one in schemes}


@lru_cache(maxsize=256)
def _origin(address: str) -> str:
    """Return scheme, host and port of an address, without the port that goes without saying."""
    try:
        parts = urlsplit(address.strip().lower())
        port = parts.port
    except ValueError:
        return "?"
    if not parts.hostname:
        return "?"
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port not in (None, usual) else "")


@lru_cache(maxsize=4096)
def _shut(path: str) -> bool:
    tidy = "/" + "/".join(part for part in path.lower().split("/") if part not in ("", "."))
    return any(tidy == one or tidy.startswith(one + "/") for one in SHUT) or any(
        one in tidy
        for one in SHUT[:3]  # also behind a base path
    )


def _missing(scope: Scope, message: Message) -> list[tuple[bytes, bytes]]:
    present = {name.lower(): value for name, value in message.get("headers", [])}
    page = present.get(b"content-type", b"").startswith(b"text/html")
    wanted = [*ALWAYS, *(PAGES if page else ()), *([HSTS] if scope["scheme"] == "https" else [])]
    if b"content-security-policy" not in present:
        policy = streamlit_policy(_safe_host(scope)) if page else BARE
        wanted.append((b"content-security-policy", policy.encode()))
    return [(name, value) for name, value in wanted if name not in present]


def _safe_host(scope: Scope) -> str:
    host = header(scope, b"host")
    return host if re.fullmatch(r"[\w.:\[\]-]{1,255}", host, re.ASCII) else ""


def streamlit_policy(host: str) -> str:
    """Return the policy of Streamlit's page: its one inline script is allowed by its hash."""
    sockets = f"ws://{host} wss://{host}" if host else ""
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {_inline_scripts()}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"media-src 'self' blob:; connect-src 'self' {sockets}; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


@cache
def _inline_scripts() -> str:
    spec = find_spec("streamlit")
    inline: list[bytes] = []
    if spec is not None and spec.origin:
        page = Path(spec.origin).with_name("static") / "index.html"
        inline = re.findall(rb"<script>(.*?)</script>", page.read_bytes(), re.DOTALL)
    return " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(one).digest()).decode()}'" for one in inline
    )
