"""A clock that runs as clocks do, but on the same day whenever the tests run.

Join codes end and days that were promised pass: tests that name a day would fail one morning.
"""

from __future__ import annotations

from datetime import UTC, datetime

BEGIN = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
_started = datetime.now(UTC)


def steady() -> datetime:
    """Return the time in the tests."""
    return BEGIN + (datetime.now(UTC) - _started)
