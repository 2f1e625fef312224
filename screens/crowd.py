"""How screens and phones share one interpreter: how many are drawn at once, what stalls nobody."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore, Thread

from workshop.blocks import Bar, Bars

MOST = 4
"""A burst of reconnecting tabs waits in line, so that votes do not."""
_places = BoundedSemaphore(MOST)


@contextmanager
def room() -> Iterator[None]:
    """Wait for a place, draw, and leave it; also when Streamlit stops the page half-way."""
    with _places:
        yield


@cache
def warm() -> None:
    """Draw a first chart aside, once: loading what draws takes seconds the reveal does not have."""

    def draw() -> None:
        from workshop import charts

        bars = Bars(title="", axis="", bars=(Bar(label="", value=1),))
        charts.sketch(bars, "en", "light").png(1)
        charts.draw(bars, "en", "light").to_dict()
        settle()

    Thread(target=draw, name="warm", daemon=True).start()


def settle() -> None:
    """Leave what is loaded for good out of the search for garbage, and search seldom.

    Searching through all of it stops screens and phones alike for a fifth of a second, and a full
    board makes it happen at every second refresh of the wall. Hardly anything of ours refers to
    itself; looking at every seven hundred new things took a quarter of the time of a vote.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
