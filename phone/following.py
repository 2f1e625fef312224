"""How a phone learns that the room went on: a stream of events, and a small answer for polling."""

from __future__ import annotations

import json
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache

from starlette.responses import Response, StreamingResponse

from phone import seat, timer
from phone.attending import Attendance, arrive
from phone.packing import Part, Stream
from phone.pulse import Beat
from phone.tongue import header
from phone.visit import Visit
from workshop.model import Away, Id, NotFound, StageState

MOST_STREAMS = 6
"""Event streams one participant may hold: tabs left open, not a flood."""
BEAT = "event: beat\ndata: 1\n\n"
"""A sign of life a phone can hear: a comment would not reach its script."""
MOST_CARRIED = 9000
"""Bytes of a page that comes with the news; a longer one waits until the phone asks for it."""
LEAST_SPREAD, MOST_SPREAD = 100, 3000
ALIVE, _ENDS = Part.plain(BEAT), Part.plain('"}\n\n')
_streams: Counter[Id] = Counter()
Tell = Callable[[Attendance, int, Stream], AsyncIterator[bytes]]
log = logging.getLogger(__name__)


async def pulse(visit: Visit, code: str) -> Response:
    """Answer how far the workshop is; 304 while nothing changed for phones."""
    who = await known(visit, code)
    mark = f'W/"{who.scene.beat.shape}"'
    headers = {"etag": mark, "cache-control": "private, no-cache"}
    if header(visit.scope, b"if-none-match") == mark:
        return visit.finish(Response(status_code=304, headers=headers))
    return visit.finish(Response(_news(who), 200, headers, "application/json"))


async def events(visit: Visit, code: str) -> Response:
    """Tell a phone of each change until it or the server goes."""
    return streaming(await known(visit, code), _stream)


def streaming(who: Attendance, tell: Tell) -> Response:
    """Answer with a stream of events, from where the page stands that listens."""
    visit = who.visit
    if _streams[who.person.id] >= MOST_STREAMS:
        return visit.finish(Response(status_code=429))
    asked = header(visit.scope, b"last-event-id") or visit.query.get("shape", "")
    shape = int(asked) if asked.isdecimal() and len(asked) < 16 else -1
    packs = "gzip" in header(visit.scope, b"accept-encoding")
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    if packs:
        headers["content-encoding"] = "gzip"
    told = _let_go(tell, who, shape, Stream(packs))
    return visit.finish(StreamingResponse(told, 200, headers, "text/event-stream"))


async def _let_go(tell: Tell, who: Attendance, shape: int, stream: Stream) -> AsyncIterator[bytes]:
    """Tell until there is nothing left to tell of; the answer has begun, no page can say why."""
    try:
        async for part in tell(who, shape, stream):
            yield part
    except NotFound:  # a rehearsal that was thrown away, at any moment of the telling
        yield stream.end()
    except Away as problem:  # the phone comes back by itself
        log.warning("the database does not answer: %s", problem)
        yield stream.end()


async def _stream(who: Attendance, shape: int, stream: Stream) -> AsyncIterator[bytes]:
    """Tell of each change; when the room goes on, the new page comes with the news.

    A full hall that asks for the page in one moment would wait for seconds; told with the news it
    needs no question, and what is the same for all was packed for all.
    """
    workshop_id, person, visit = who.scene.workshop.id, who.person.id, who.visit
    readings, place, token = visit.readings, who.scene.place, visit.token(who.scene.workshop.id)
    visit.scripted = True
    with listening(person), readings.audience.listening(workshop_id, token):
        yield stream.tell(beginning(), ALIVE)
        async for beat in readings.pulse.changes(workshop_id, shape):
            if beat is None:
                readings.note(person)
                yield stream.tell(ALIVE)
                continue
            async with visit.phones.turns:
                scene = await readings.scene(workshop_id)
                await readings.audience.catch_up(scene)
                holder = await readings.participant(workshop_id, token)
                if holder is None:  # another phone is this participant now
                    break
                who = Attendance(visit, scene, holder)
                page = () if scene.place == place else await who.told()
                place, told = scene.place, _event(who, page)
            yield stream.tell(*told)
        yield stream.end()


@contextmanager
def listening(person: Id) -> Iterator[None]:
    """Count a stream among those its listener holds, while it lasts."""
    _streams[person] += 1
    try:
        yield
    finally:
        _streams[person] -= 1
        if not _streams[person]:
            del _streams[person]


def beginning() -> Part:
    """Return how a stream begins: phones that lost the server must not come back together."""
    return Part.plain(f"retry: {random.randrange(1500, 5000)}\n")


def _event(who: Attendance, page: Sequence[Part]) -> list[Part]:
    """Return an event of the stream; a page that is too long for it is left out."""
    news, number = _news(who), who.scene.beat.shape
    if not page or sum(len(one.packed) for one in page) > MOST_CARRIED:
        return [Part.plain(f"id: {number}\ndata: {news}\n\n")]
    begin = f'id: {number}\ndata: {news[:-1]},"page":"'
    return [Part.plain(begin), *page, _ENDS]


async def rehearsal(visit: Visit, code: str) -> Response:
    """Tell scripted phones what is asked now and what is stored; only in a rehearsal.

    Their entries come from the exercise's example and must fit the stage's own settings, which
    a form does not show.
    """
    await arrive(visit, code)
    scene = await visit.readings.scene(await visit.readings.workshop_id(code), fresh=True)
    if not scene.workshop.rehearsal:
        raise NotFound("rehearsal")
    stage = scene.stage
    desk = visit.readings.toolkit().rehearsals
    told = {
        "stage": stage.id if stage else "",
        "state": stage.state if stage else "",
        "exercise": stage.exercise if stage else "",
        "settings": dict(stage.settings) if stage else {},
        "stored": asdict(await visit.readings.ask(desk.stored, scene.workshop.id)),
    }
    return visit.finish(Response(json.dumps(told), media_type="application/json"))


async def stir(visit: Visit, code: str) -> Response:
    """Give all phones of a rehearsal news to wait for, as if the facilitator had acted.

    Nothing else changes: their pages stay as they are. Only somebody who joined may ask, and
    the store refuses in every workshop that is not marked for rehearsal.
    """
    who = await known(visit, code)
    workshop, budget = who.scene.workshop, visit.phones.stirs
    if not workshop.rehearsal:
        raise NotFound("rehearsal")
    budget.refuse_if_spent(workshop.id)
    budget.note(workshop.id)
    shape = await visit.readings.ask(visit.readings.toolkit().rehearsals.stir, workshop.id)
    return visit.finish(Response(json.dumps({"shape": shape}), media_type="application/json"))


async def known(visit: Visit, code: str) -> Attendance:
    """Return who asks; a script of somebody who is not in the workshop finds nothing here."""
    who = await arrive(visit, code)
    if who is None:
        raise NotFound("participant")
    return who


def _news(who: Attendance) -> str:
    scene = who.scene
    clock, table = None, None
    if scene.stage is not None and scene.stage.tables:
        table = str(seat.told(scene, who.person, who.visit.language))
    if scene.stage is not None and scene.stage.state is StageState.open:
        now = who.visit.readings.toolkit().now()
        clock = str(timer.told(scene.stage, now, who.visit.language, scene.pace(who.person)))
    return _written(scene.beat, scene.place, who.visit.readings.pulse.listeners, clock, table)


@lru_cache(maxsize=256)
def _written(beat: Beat, place: str, listeners: int, clock: str | None, table: str | None) -> str:
    """Return the news as it is the same for all at one table, in one language and second."""
    news: dict[str, object] = {
        "revision": beat.revision,
        "shape": beat.shape,
        "place": place,
        # Milliseconds over which phones come for the new page: a small room sees it at once, and
        # in a full one votes are still answered in between.
        "spread": min(MOST_SPREAD, LEAST_SPREAD + listeners * 6 // 10),
    }
    if clock is not None:
        news["clock"] = clock
    if table is not None:
        news["table"] = table
    return json.dumps(news, ensure_ascii=False, separators=(",", ":"))
