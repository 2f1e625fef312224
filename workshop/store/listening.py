"""Hear at once that a workshop moved on, whichever process moved it; on PostgreSQL only."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Engine

from workshop.model import Id
from workshop.store.news import CHANNEL, heard

if TYPE_CHECKING:
    from psycopg import Connection

Hear: TypeAlias = Callable[[Id | None, int], None]
"""Is told which workshop reached which revision; None: any may have moved, unheard."""
ALIVE = 1.0
"""Seconds between two questions whether the connection still stands."""
SOON, LATER = 0.2, 3.0
"""Seconds until it is tried again after the connection broke, at first and at most."""
log = logging.getLogger(__name__)


class Listener:
    """A connection of its own on which news comes in, in a thread of its own; it comes back."""

    def __init__(self, engine: Engine, hear: Hear) -> None:
        self._address: tuple[Any, Any] = engine.dialect.create_connect_args(engine.url)
        self._hear = hear
        self._ended = threading.Event()
        self._pause = SOON
        self.hears = False
        """Whether news comes in just now; if not, one has to look."""
        self._thread = threading.Thread(target=self._run, name="sedyanka-news", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        self._ended.set()
        self._thread.join(timeout=2 * ALIVE)

    def _run(self) -> None:
        import psycopg

        while not self._ended.is_set():
            try:
                self._listen(psycopg.connect)
            except psycopg.Error as problem:
                log.warning("news of other processes is away: %s", type(problem).__name__)
            finally:
                self.hears = False
                self._hear(None, 0)  # from now on they look for themselves
            # Processes that lost the database together must not come back together.
            self._ended.wait(self._pause * random.uniform(0.5, 1.5))
            self._pause = min(LATER, self._pause * 2)

    def _listen(self, connect: Callable[..., Connection[Any]]) -> None:
        given, named = self._address
        known = {
            "connect_timeout": 5,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
            "application_name": "sedyanka news",
        }
        with connect(*given, **{**known, **named, "autocommit": True}) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self.hears, self._pause = True, SOON
            self._hear(None, 0)  # what was told meanwhile is not repeated
            while not self._ended.is_set():
                for one in connection.notifies(timeout=ALIVE):
                    news = heard(one.payload)
                    if news is not None:
                        self._hear(*news)
                    if self._ended.is_set():
                        return
                connection.execute("SELECT 1")
