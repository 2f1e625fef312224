"""News of what other processes wrote, for whoever keeps pages up to date."""

from __future__ import annotations

import threading

from workshop.store.listening import Hear, Listener
from workshop.store.opening import Store


class News:
    """Tells which workshop moved on, on PostgreSQL; on SQLite one process writes, and one looks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listener: Listener | None = None
        self._guard = threading.Lock()

    @property
    def comes(self) -> bool:
        """Whether news comes in by itself just now; if not, one has to look."""
        return self._listener is not None and self._listener.hears

    def follow(self, hear: Hear) -> None:
        """Let ``hear`` know from now on, from another thread; whoever follows last hears it."""
        with self._guard:
            if self._listener is not None:
                self._listener.close()
            self._listener = self._store.listen(hear)

    def close(self) -> None:
        """Listen no more."""
        with self._guard:
            if self._listener is not None:
                self._listener.close()
                self._listener = None
