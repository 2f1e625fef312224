"""Results while people still write: told as they last stood, renewed aside, never waited for."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter

from workshop.blocks import Block
from workshop.model import Id, NotFound
from workshop.toolkit.results import Results

QUICK = 0.04
"""Seconds: what is computed sooner than this is waited for."""
PACE = 4.0
"""After each renewal that many times its own length belong to the phones."""
log = logging.getLogger(__name__)


class Live:
    """What a wall shows of an open stage: a full board is some moments behind, never in the way."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._coming: dict[Id, threading.Timer] = {}
        self._due: dict[Id, float] = {}
        self._renewed: Counter[Id] = Counter()
        self._guard = threading.Lock()
        self._closed = False

    def tell(self, stage_id: Id) -> list[Block]:
        """Return a stage's result in blocks, at once wherever there is one already."""
        known = self._results.glance(stage_id)
        if known is None or (not known.fresh and known.took < QUICK):
            return self._results.tell(stage_id)
        if not known.fresh:
            self._renew(stage_id)
        return known.blocks

    def renewed(self, stage_id: Id | None) -> int:
        """Return how often a result was renewed aside: when it changes there is news to see."""
        return self._renewed[stage_id] if stage_id else 0

    def close(self) -> None:
        """Renew nothing any more; wait for what is being renewed."""
        with self._guard:
            self._closed = True
            coming = list(self._coming.values())
        for timer in coming:
            timer.cancel()
        for timer in coming:
            timer.join()

    def _renew(self, stage_id: Id) -> None:
        with self._guard:
            if stage_id in self._coming or self._closed:
                return
            wait = max(0.0, self._due.get(stage_id, 0.0) - time.monotonic())
            timer = threading.Timer(wait, self._compute, [stage_id])
            timer.name, timer.daemon = "live", True
            self._coming[stage_id] = timer
        timer.start()

    def _compute(self, stage_id: Id) -> None:
        began = time.monotonic()
        try:
            self._results.tell(stage_id)
        except NotFound:
            log.info("a stage was removed while its result was renewed")
        except Exception:
            log.exception("a live result could not be renewed")
        finally:
            ended = time.monotonic()
            with self._guard:
                self._due[stage_id] = ended + PACE * (ended - began)
                self._renewed[stage_id] += 1
                del self._coming[stage_id]
