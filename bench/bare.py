"""The least a durable vote can cost here: a route that only writes the row, nothing validated.

Answered by middleware in front of Streamlit, as ours is, and written in batches with the same
settings of the database. Run by ``streamlit run``; the database is named in ``BARE_DATABASE``.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

TABLE = "CREATE TABLE IF NOT EXISTS vote (id INTEGER PRIMARY KEY, body BLOB NOT NULL)"
MOST = 512


class Bare:
    """ASGI middleware: POST /bare is kept, GET /bare answers nothing."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.queue: SimpleQueue[tuple[bytes, asyncio.Future[None]]] = SimpleQueue()
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Keep a body, answer when it is on disk."""
        if scope["type"] != "http" or scope["path"] != "/bare":
            await self.app(scope, receive, send)
            return
        if self.loop is None:
            self.loop = asyncio.get_running_loop()
            Thread(target=self.write, daemon=True).start()
        if scope["method"] == "POST":
            body = (await receive())["body"]
            waiting = self.loop.create_future()
            self.queue.put((body, waiting))
            await waiting
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
        )
        await send({"type": "http.response.body", "body": b""})

    def write(self) -> None:
        """Write what comes, many at a time."""
        connection = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(TABLE)
        assert self.loop is not None
        while True:
            jobs = [self.queue.get()]
            while len(jobs) < MOST and not self.queue.empty():
                jobs.append(self.queue.get())
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO vote (body) VALUES (?)", [(one,) for one, _ in jobs]
            )
            connection.execute("COMMIT")
            self.loop.call_soon_threadsafe(self.tell, [waiting for _, waiting in jobs])

    @staticmethod
    def tell(waiting: list[asyncio.Future[None]]) -> None:
        """Answer all of a batch."""
        for one in waiting:
            if not one.done():
                one.set_result(None)


app = st.App(Path(__file__).with_name("nothing.py"), middleware=[Middleware(Bare)])
