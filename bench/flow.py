"""How many contributions one process takes in a second, without any web: for information."""

from __future__ import annotations

from time import perf_counter, process_time

from bench import hall
from bench.figures import Figure
from workshop.toolkit import Toolkit

PEOPLE = 260
COUNTS = (500, 5_000)


def measure(quick: bool) -> list[Figure]:
    """Write through ``toolkit.entries.contribute`` until all is on disk."""
    figures = []
    for count in COUNTS[:1] if quick else COUNTS:
        with hall.database() as url, Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.board())
            stage = hall.open_stage(toolkit, workshop)
            people = hall.seat(toolkit, workshop, PEOPLE)
            begun, worked = perf_counter(), process_time()
            hall.write(toolkit, stage, people, count)
            seconds, worked = perf_counter() - begun, process_time() - worked
        figures.append(
            Figure(
                key=f"flow.{count}",
                what=f"contributions a second, {count:,} in one process",
                value=count / seconds,
                unit="/s",
                note=f"SWOT ideas, each checked and on disk; {worked / count * 1000:.1f} ms of "
                "processor for each",
            )
        )
    return figures
