"""The phones' application as a process of its own: no Streamlit, several beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import uvicorn
from anyio import to_thread
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from phone.app import Phones
from phone.guard import Guard
from phone.tongue import language_of
from workshop.language import say, text
from workshop.toolkit import Toolkit

WAITING = 4096
"""Connections the system holds until we take them: a hall that comes in one second."""
KEEP_ALIVE = 75
"""Seconds a connection is kept while its owner thinks; a proxy must let go of it earlier."""


def application(toolkit: Callable[[], Toolkit], addresses: Iterable[str] = ()) -> ASGIApp:
    """Return the guard with the phones behind it, and nothing behind them."""
    return Guard(Phones(Elsewhere(toolkit), toolkit=toolkit, warm=True), addresses=addresses)


def serve(toolkit: Toolkit, host: str, port: int, addresses: Iterable[str] = ()) -> None:
    """Answer phones until somebody stops it."""
    # Codes and addresses of people stay out of logs; what a proxy says of HTTPS is believed only
    # from this machine or from where FORWARDED_ALLOW_IPS says.
    uvicorn.run(
        application(lambda: toolkit, addresses),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        ws="none",
        lifespan="on",
        backlog=WAITING,
    )


class Elsewhere:
    """What stands behind the phones here: the way from the start to the door, and the end."""

    def __init__(self, toolkit: Callable[[], Toolkit]) -> None:
        self._toolkit = toolkit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is not for phones; everything else stands in another process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        answer: ASGIApp = RedirectResponse("/j", 303)
        if scope["path"] != "/":
            sentence = text("There is nothing at this address.")
            answer = PlainTextResponse(say(sentence, language_of(scope)), 404)
        await answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Finish writing when the server stops."""
        while (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await to_thread.run_sync(self._toolkit().close)
        await send({"type": "lifespan.shutdown.complete"})
