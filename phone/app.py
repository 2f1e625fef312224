"""The phones' own ASGI application: answers its addresses before Streamlit, passes on the rest."""

from __future__ import annotations

import logging
import secrets
from asyncio import Semaphore
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Timer

from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from phone import routes
from phone.answers import Unreadable
from phone.budget import Budget, TooOften
from phone.guard import Guard
from phone.hinting import Turn
from phone.mirror import Mirror
from phone.pages import Pages
from phone.readings import Readings
from phone.results import Told
from phone.visit import Visit
from workshop import catalogue
from workshop.language import text
from workshop.model import Away, NotFound, Refused
from workshop.toolkit import Toolkit

TOLD_AT_ONCE = 8
"""Phones told in one turn of the loop: if two thousand took theirs at once, a vote would wait."""
SETTLED = 3.0
"""Seconds after which a server that starts has answered its first callers."""
log = logging.getLogger(__name__)


class Phones:
    """ASGI middleware that serves participants.

    ``toolkit`` gives the open toolkit of this process; it is asked at each request, so that the
    program may open its database when it likes. ``warm``: read all templates, aside, once the
    server is up.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        toolkit: Callable[[], Toolkit],
        exercises: Path = catalogue.HOME,
        warm: bool = False,
    ) -> None:
        self.app = app
        self.pages = Pages(exercises)
        self.told = Told(self.pages)
        self.readings = Readings(toolkit)
        self.mirror = Mirror(self.readings, self.pages)
        self.wrong_codes = Budget(most=20, seconds=300)
        self.sends = Budget(most=60, seconds=60)
        self.hints = Budget(most=15, seconds=30)
        self.hint_turn = Turn()
        self.stirs = Budget(most=6, seconds=60)
        self.turns = Semaphore(TOLD_AT_ONCE)
        if warm:
            timer = Timer(SETTLED, self.pages.warm)
            timer.daemon = True
            timer.start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer phones; pass everything else on, untouched."""
        if scope["type"] != "http" or not routes.is_ours(scope["path"]):
            await self.app(scope, receive, send)
            return
        visit = Visit(self, scope, receive)
        try:
            answer = await self._answer(visit)
        except Exception:
            answer = self._broken(visit)
        await answer(scope, receive, send)

    async def _answer(self, visit: Visit) -> Response:
        try:
            return await routes.answer(visit)
        except Unreadable as problem:
            return visit.problem(problem.status, problem.reason)
        except TooOften as problem:
            return visit.problem(429, problem.reason)
        except NotFound:
            return visit.problem(404, text("There is nothing at this address."), door="/j")
        except Away as problem:
            log.warning("the database does not answer: %s", problem)
            sentence = text(
                "The database does not answer just now. What was received is safe; please try "
                "again in a moment."
            )
            return visit.problem(503, sentence)
        except Refused as refusal:
            return visit.problem(422, refusal.reason, door="/j")

    def _broken(self, visit: Visit) -> Response:
        number = secrets.token_hex(4)
        log.exception("phone page failed, number %s", number)
        sentence = text(
            "Something went wrong on our side. Nothing is lost that was received; "
            "please go back and try again."
        )
        return visit.problem(500, sentence, number=number)


def middleware(
    toolkit: Callable[[], Toolkit], *, addresses: Iterable[str] = ()
) -> list[Middleware]:
    """Return what ``st.App`` is given: the guard outside, then the phones.

    ``addresses``: the public address, when a proxy stands in front.
    """
    return [
        Middleware(Guard, addresses=tuple(addresses)),
        Middleware(Phones, toolkit=toolkit, warm=True),
    ]
