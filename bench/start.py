"""How long until an installed server is ready: for phones, and for the staff's screens."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.figures import Figure, middle
from tests.house import House

READY = 6.0
TIMES = 3


@contextmanager
def running(database: str, *, demo: bool = False) -> Iterator[House]:
    """Start a server on 127.0.0.1 and stop it in the end, whatever happens."""
    # An installation keeps its compiled files; an environment that forbids them would be slower.
    house = House(database, demo=demo, environment={"PYTHONDONTWRITEBYTECODE": ""})
    try:
        yield house.start()
    finally:
        house.stop()


def measure(quick: bool) -> list[Figure]:
    """Start servers again and again."""
    times = 1 if quick else TIMES
    figures = []
    with TemporaryDirectory(prefix="sedyanka-bench-") as folder:
        home = Path(folder)
        _start(home / "unmeasured.db")  # the first start compiles our own files
        for key, what, demo, fresh in (
            ("empty", "first start, empty database", False, True),
            ("again", "start on a database that is there", False, False),
            ("demo", "first start with --demo", True, True),
        ):
            found = [
                _start(home / f"{key}-{place if fresh else 0}.db", demo) for place in range(times)
            ]
            for name, doors in (("phones", "/j"), ("staff", "the Streamlit page")):
                seconds = [one[name] for one in found]
                figures.append(
                    Figure(
                        key=f"start.{key}.{name}",
                        what=f"{what}: {doors} answers",
                        value=middle(seconds),
                        unit="s",
                        most=READY,
                        note=f"median of {times}, slowest {max(seconds):.2f} s",
                    )
                )
    return figures


def _start(database: Path, demo: bool = False) -> dict[str, float]:
    begun = perf_counter()
    with running(str(database), demo=demo) as house:
        phones = perf_counter() - begun
        for door in ("/", "/_stcore/health"):
            request = urllib.request.Request(house.url + door, headers={"Accept": "text/html"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                answer.read()
        return {"phones": phones, "staff": perf_counter() - begun}
