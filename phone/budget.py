"""How often one phone may try; a whole hall shares one address, so never by that."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from workshop.language import text

REMEMBERED = 20_000
CALM = 30
"""Wrong tries within ten seconds, from everybody, before wrong answers are slowed."""
SLOWEST = 1.5


class TooOften(Exception):
    """Somebody tried more often than people do; ``reason`` says what to do."""

    def __init__(self) -> None:
        self.reason = text("That was too often in a short time. Please wait a little.")
        super().__init__(self.reason.message)


class Budget:
    """Counts tries by cookie or participant within a time; used from the event loop only."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most = most
        self.seconds = seconds
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lately: deque[float] = deque(maxlen=1000)

    def spent(self, who: str) -> bool:
        """Return whether they must wait before the next try."""
        tries = self._tries.get(who)
        if tries is None:
            return False
        self._forget(tries, self.seconds)
        return len(tries) >= self.most

    def refuse_if_spent(self, who: str) -> None:
        """Raise ``TooOften`` if they must wait."""
        if self.spent(who):
            raise TooOften

    def note(self, who: str) -> None:
        """Note a try."""
        tries = self._tries.setdefault(who, deque(maxlen=self.most))
        self._tries.move_to_end(who)
        tries.append(self._clock())
        if len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)

    def wrong(self, who: str) -> float:
        """Note a wrong try; return how many seconds to hold the answer back.

        A guesser throws the cookie away each time; only wrong answers become slower for that,
        so nobody with the right code ever waits.
        """
        self.note(who)
        self._lately.append(self._clock())
        self._forget(self._lately, 10.0)
        return min(SLOWEST, max(0, len(self._lately) - CALM) * 0.02)

    def _forget(self, moments: deque[float], seconds: float) -> None:
        while moments and self._clock() - moments[0] > seconds:
            moments.popleft()
