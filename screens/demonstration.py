"""The demo series: load it once, and keep one of its workshops open for trying out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from screens import console
from workshop.language import Sayable, text
from workshop.model import Refused, Series, StageState, Workshop
from workshop.toolkit import Toolkit

PLACES = (
    Path(__file__).resolve().parent.parent / "examples" / "demo.json",  # in a checkout
    Path(__file__).with_name("demo.json"),  # in an installation
)
OPEN_FOR = 480
"""Minutes the demo workshop lasts each time it is opened."""


def load(toolkit: Toolkit) -> tuple[Series, bool]:
    """Put the demo series into the database and open its open workshop.

    Returns the series, and whether it is new here: a second call only opens the workshop again.
    """
    archive = _read()
    wanted = archive["series"][0]["id"]
    known = next((one for one in toolkit.library.all_series() if one.id == wanted), None)
    series = known or toolkit.archive.load(None, archive)
    for workshop in toolkit.library.workshops(series.id):
        if workshop.rehearsal and not workshop.finished:
            _open(toolkit, series, workshop)
    return series, known is None


def announce(toolkit: Toolkit, series: Series, fresh: bool) -> None:
    """Print what the series and its workshops are called."""
    names: dict[str, Sayable] = {"municipality": series.municipality, "name": series.short_name}
    console.tell(
        text("The demo series is loaded: {municipality}, short name {name}.", **names)
        if fresh
        else text("The demo series is already there: {municipality}, short name {name}.", **names)
    )
    for workshop in toolkit.library.workshops(series.id):
        words = (
            text("{name}: finished, code {code}", name=workshop.short_name, code=workshop.code)
            if workshop.finished
            else text("{name}: open, code {code}", name=workshop.short_name, code=workshop.code)
        )
        console.tell(words)


def _open(toolkit: Toolkit, series: Series, workshop: Workshop) -> None:
    """Let the workshop be today: its day in the archive is another when somebody tries it."""
    now = datetime.now(ZoneInfo(series.time_zone))
    expired = workshop.code_until is None or workshop.code_until < now
    if expired or workshop.day != now.date():
        toolkit.library.change_workshop(
            None, workshop.id, day=now.date(), starts_at=f"{now:%H:%M}", minutes=OPEN_FOR
        )
    stages = toolkit.agenda.stages(workshop.id)
    if stages and all(stage.state is StageState.planned for stage in stages):
        toolkit.agenda.move(None, stages[0].id, StageState.open)


def _read() -> dict[str, Any]:
    for place in PLACES:
        if place.is_file():
            archive: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
            return archive
    raise Refused(text("The file with the demo series is missing from this installation."))
