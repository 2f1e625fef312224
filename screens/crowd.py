"""How many screens are drawn at once: they share one interpreter with the phones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

MOST = 4
"""A burst of reconnecting tabs waits in line, so that votes do not."""
_places = BoundedSemaphore(MOST)


@contextmanager
def room() -> Iterator[None]:
    """Wait for a place, draw, and leave it; also when Streamlit stops the page half-way."""
    with _places:
        yield
