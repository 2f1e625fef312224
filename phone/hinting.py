"""A quiet hint while somebody types: which card they may see reads alike. Votes always go first."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from phone.answers import nest
from phone.attending import Attendance, arrive, stranger
from phone.visit import Visit
from workshop.language import Language, Multilingual, Text, quoted, say, text
from workshop.model import Id, NotFound, Refused, Stage, StageState
from workshop.toolkit import Hint

MOST_TYPED = 4000
"""Letters of a form that is compared; the longest field of one takes a thousand."""
LONGEST = 120
"""Letters of a card that are shown."""
MOST_WAITING = 4
"""Whoever asks while so many wait gets no hint: it would come too late to help."""
MOST_SENDING = 3
"""While so many entries are on their way to the disk there are no hints: they need the time."""
PACE = 3.0
"""After each hint that many times its own length belong to the phones that send."""


class Turn:
    """Lets one hint be looked for at a time, however many phones type."""

    def __init__(self) -> None:
        self.waiting = 0
        self._lock = asyncio.Lock()
        self._free = 0.0

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        try:
            await asyncio.sleep(self._free - time.monotonic())
        except asyncio.CancelledError:
            self._lock.release()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._lock.release()

    def rest(self, took: float) -> None:
        """Let the phones that send have the time after a hint that took so long."""
        self._free = time.monotonic() + PACE * took


async def near(visit: Visit, code: str, stage: Id) -> Response:
    """Answer what reads like an unsent entry, or nothing; nothing is kept of what was typed."""
    form = await visit.form()
    who = await arrive(visit, code)
    if who is None:
        return stranger(visit)
    asked = who.scene.named(stage)
    if asked is None:
        raise NotFound("stage")
    visit.phones.hints.refuse_if_spent(who.person.id)
    visit.phones.hints.note(who.person.id)
    hint = None
    short = sum(map(len, form.fields.values())) <= MOST_TYPED
    if asked.state is StageState.open and who.person.voting and short:
        try:
            hint = await _look(who, asked, nest(form.fields), form.frame.get("replaces", ""))
        except Refused:  # not complete yet, or the exercise is gone; the form itself will say so
            hint = None
    if hint is None:
        return visit.finish(Response(status_code=204))
    said = {"said": say(_sentence(hint, visit.language), visit.language)}
    body = json.dumps(said, ensure_ascii=False)
    return visit.finish(Response(body, media_type="application/json"))


async def _look(
    who: Attendance, stage: Stage, answers: Mapping[str, Any], changing: Id
) -> Hint | None:
    readings, turn = who.visit.readings, who.visit.phones.hint_turn
    if turn.waiting >= MOST_WAITING or readings.landing.waiting >= MOST_SENDING:
        return None
    turn.waiting += 1
    try:
        # Where all is seen as it comes, what they wrote is among it.
        apart = stage.moderated or not stage.in_the_open
        own = await readings.own(stage.id, who.person.id) if apart else ()
        async with turn:
            near = readings.toolkit().hinting.near
            shape, began = who.scene.beat.shape, time.monotonic()
            try:
                return await readings.ask(near, stage, who.person, answers, own, shape, changing)
            finally:
                turn.rest(time.monotonic() - began)
    finally:
        turn.waiting -= 1


def _sentence(hint: Hint, language: Language) -> Text:
    """Return the hint, of a long card its beginning."""
    said = hint.words.said(language)
    if len(said) > LONGEST:
        said = said[:LONGEST].rsplit(" ", 1)[0] + " …"
    words = quoted(Multilingual(**{language: said}))
    if hint.own:
        return text("You have written something like this already: {words}", words=words)
    return text("Similar is already here: {words}", words=words)
