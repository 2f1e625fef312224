"""The way of a phone that only tries whether it gets here: for staff, before people come.

Everything works without a script: the answer's time is measured between a redirect and what
follows it. A script adds whether a stream comes through in pieces and what the clock says.
"""

from __future__ import annotations

import asyncio
import ipaddress
import math
import re
import time
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from phone.visit import POLICY, Visit
from workshop.language import Amount, text
from workshop.model import NotFound

APART = 0.5
"""Seconds between two pieces of the stream."""
SLOWEST = 60.0
"""Seconds: what took longer was no answer, but somebody who opened the page again."""
SOCKET = "/_stcore/stream"
"""What staff screens speak through; nothing else tells whether a proxy lets it pass."""
MARK = re.compile(r"[0-9a-f]{8}")
FRAMED = {
    # On staff's own page it stands in a frame of that page.
    "content-security-policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
}


async def begin(visit: Visit, ticket: str) -> Response:
    """Send the phone on at once: its next request tells how long our answer took."""
    try:
        await visit.readings.ask(visit.readings.toolkit().arrivals.check, ticket)
    except NotFound:
        return _too_old(visit)
    browser = _browser(visit)
    asked = f"?browser={browser}" if browser else ""
    return visit.go(f"/j/hall/{ticket}/at/{time.time():.3f}{asked}")


async def show(visit: Visit, ticket: str, moment: str) -> Response:
    """Note that somebody came, and say so."""
    took = time.time() - float(moment)
    if not 0 <= took <= SLOWEST:
        return visit.go(f"/j/hall/{ticket}")
    browser = _browser(visit)
    arrive = visit.readings.toolkit().arrivals.arrive
    try:
        place = await visit.readings.ask(arrive, ticket, _origin(visit), took, browser)
    except NotFound:
        return _too_old(visit)
    known = {
        "others": [],
        "took": Amount(took),
        "stream": f"/j/hall/{ticket}/stream",
        "tell": f"/j/hall/{ticket}/{place}" + (f"?browser={browser}" if browser else ""),
        "socket": SOCKET if browser else "",
    }
    template = "tryout_desk.html" if browser else "tryout.html"
    return visit.page(template, known, headers=FRAMED if browser else None)


async def stream(visit: Visit, ticket: str) -> Response:
    """Send two pieces of a stream, some time apart: what holds them back gives them together."""
    await visit.readings.ask(visit.readings.toolkit().arrivals.check, ticket)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return visit.finish(StreamingResponse(_pieces(), 200, headers, "text/event-stream"))


async def _pieces() -> AsyncIterator[str]:
    yield "data: 1\n\n"
    await asyncio.sleep(APART)
    yield "data: 2\n\n"
    await asyncio.sleep(APART)  # the page hangs up; it must not find the end of the stream first


async def tell(visit: Visit, ticket: str, place: str) -> Response:
    """Take what a page's script found out."""
    said = (await visit.form()).fields
    clock = _number(said.get("clock", ""))
    if clock is None:
        return visit.finish(Response(status_code=422))

    def note() -> None:
        visit.readings.toolkit().arrivals.report(
            ticket,
            int(place),
            _browser(visit),
            gap=_number(said.get("gap", "")),
            drift=clock / 1000 - time.time(),
            socket=_number(said.get("socket", "")),
        )

    await visit.readings.ask(note)
    return visit.finish(Response(status_code=204))


def _browser(visit: Visit) -> str:
    """Return the mark a staff page gave its browser, "" for a phone."""
    mark = visit.query.get("browser", "")
    return mark if MARK.fullmatch(mark) else ""


def _origin(visit: Visit) -> str:
    """Return from what kind of address somebody came; the address itself is not kept."""
    client = visit.scope.get("client")
    try:
        known = ipaddress.ip_address(client[0] if client else "")
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    if known.is_loopback:
        return "here"
    return "local" if known.is_private or known.is_link_local else "public"


def _number(said: str) -> float | None:
    try:
        number = float(said[:40])
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _too_old(visit: Visit) -> Response:
    sentence = text("This code is too old. Please let the facilitator show a new one.")
    return visit.problem(410, sentence)
