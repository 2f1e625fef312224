"""The wall on phones: for whoever cannot see it, or takes part from elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from zlib import crc32

from markupsafe import Markup
from starlette.responses import Response

from phone import reflection
from phone.attending import Attendance, arrive
from phone.following import ALIVE, LEAST_SPREAD, MOST_SPREAD, beginning, known, listening, streaming
from phone.packing import Part, Stream
from phone.pages import Pages
from phone.pulse import Beat, Pulse
from phone.readings import Readings
from phone.results import tell
from phone.tongue import header
from phone.visit import Visit
from workshop.language import Language
from workshop.model import Id, NotFound
from workshop.toolkit import Shown

EVERY = 0.3
"""Seconds between two looks while somebody watches: turning a wall is no news for phones."""
HEARTBEAT = 6.0
"""Sooner than on a participant's page: a stale figure must not pass for the wall."""
LEAST_CALM, MOST_CALM = 1000, 20_000
"""Milliseconds over which phones come for counts: 200 that came at each would slow the votes."""
Glance = tuple[Beat, Shown]


class Mirror:
    """Reads what walls show, once for all phones that mirror one; lives in one event loop."""

    def __init__(self, readings: Readings, pages: Pages) -> None:
        self.pulse = Pulse(self._look, every=EVERY)
        self._readings = readings
        self._pages = pages
        self._kept: dict[Id, Glance] = {}
        self._drawn: dict[tuple[Id, Language], tuple[Shown, Markup]] = {}
        self._reading: dict[Id, asyncio.Lock] = {}

    async def glance(self, workshop_id: Id) -> Glance:
        """Return how far the wall of a workshop is, and what it shows."""
        beat = await self.pulse.now(workshop_id)
        kept = self._kept.get(workshop_id)
        if kept is not None and kept[0] == beat:
            return kept
        async with self._reading.setdefault(workshop_id, asyncio.Lock()):
            kept = self._kept.get(workshop_id)
            if kept is None or kept[0] != beat:
                now = self._readings.toolkit().showing.now
                kept = self._kept[workshop_id] = (beat, await self._readings.ask(now, workshop_id))
        return kept

    async def result(self, shown: Shown, language: Language) -> Markup:
        """Return the view of the result that the wall shows, drawn once for all who read it."""
        key = shown.workshop.id, language
        drawn = self._drawn.get(key)
        if drawn is None or drawn[0] is not shown:
            blocks = reflection.view(shown)
            markup = Markup(await self._readings.ask(tell, self._pages, blocks, language))
            drawn = self._drawn[key] = (shown, markup)
        return drawn[1]

    def news(self, glance: Glance) -> str:
        """Return what is told to a phone that mirrors the wall."""
        beat, shown = glance
        told = {
            "shape": beat.shape,
            "place": reflection.place(shown),
            "spread": min(MOST_SPREAD, LEAST_SPREAD + self.pulse.listeners * 6 // 10),
            "calm": min(MOST_CALM, LEAST_CALM + self.pulse.listeners * 40),
        }
        return json.dumps(told, separators=(",", ":"))

    async def _look(self, workshop_id: Id) -> Beat:
        try:
            mark = await self._readings.ask(self._readings.toolkit().showing.mark, workshop_id)
        except NotFound:  # a rehearsal that was thrown away: who mirrors it is let go
            return Beat(0, 0)
        return Beat(mark[0], crc32(repr(mark).encode()))

    async def close(self) -> None:
        """Look no more (for tests; a server ends it with its loop)."""
        await self.pulse.close()


async def show(visit: Visit, code: str) -> Response:
    """Show what the wall shows."""
    who = await arrive(visit, code)
    if who is None:
        return visit.go(f"/j/{code}")
    return await _page(who)


async def switch_language(visit: Visit, code: str) -> Response:
    """Change the language and stay here."""
    form = await visit.form()
    who = await arrive(visit, code)
    if who is not None and visit.speak(form.frame.get("language", "")):
        token = visit.token(who.scene.workshop.id)
        await visit.readings.speak(token, who.person, visit.language)
    return visit.go(f"/w/{code}/wall")


async def back(visit: Visit, code: str) -> Response:
    """Lead somebody who reloads the address of a form back to the page."""
    return visit.go(f"/w/{code}/wall")


async def pulse(visit: Visit, code: str) -> Response:
    """Answer how far the wall is; 304 while nothing changed."""
    who = await known(visit, code)
    mirror = visit.phones.mirror
    glance = await mirror.glance(who.scene.workshop.id)
    mark = f'W/"{glance[0].shape}"'
    headers = {"etag": mark, "cache-control": "private, no-cache"}
    if header(visit.scope, b"if-none-match") == mark:
        return visit.finish(Response(status_code=304, headers=headers))
    return visit.finish(Response(mirror.news(glance), 200, headers, "application/json"))


async def events(visit: Visit, code: str) -> Response:
    """Tell of each change on the wall until the phone or the server goes."""
    return streaming(await known(visit, code), _stream)


async def _stream(who: Attendance, shape: int, stream: Stream) -> AsyncIterator[bytes]:
    """Tell where the wall is; what it shows is asked for, as one fetches a page."""
    visit, workshop_id, person = who.visit, who.scene.workshop.id, who.person.id
    mirror = visit.phones.mirror
    with listening(person):
        yield stream.tell(beginning(), ALIVE)
        async for beat in mirror.pulse.changes(workshop_id, shape, heartbeat=HEARTBEAT):
            if await visit.readings.participant(workshop_id, visit.token(workshop_id)) is None:
                break  # another phone is this participant now
            if beat is None:
                yield stream.tell(ALIVE)
                continue
            news = mirror.news(await mirror.glance(workshop_id))
            yield stream.tell(Part.plain(f"id: {beat.shape}\ndata: {news}\n\n"))
        yield stream.end()


async def _page(who: Attendance) -> Response:
    visit = who.visit
    mirror = visit.phones.mirror
    beat, shown = await mirror.glance(who.scene.workshop.id)
    result = await mirror.result(shown, visit.language) if shown.blocks else None
    told = reflection.of(
        shown, visit.language, visit.origin, now=visit.readings.toolkit().now(), result=result
    )
    place = reflection.place(shown)
    known = {
        **told,
        "here": f"{who.here}/wall",
        "own": who.here,
        "script": "mirror.js",
        "place": place,
        "shape": beat.shape,
        "mark": ("wall", shown.workshop.id, beat, place, visit.origin, result, told["past"]),
    }
    return visit.page("wall.html", known)
