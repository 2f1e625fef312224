"""What earlier workshops said and what became of it, for whoever was not there or forgot."""

from __future__ import annotations

from starlette.responses import Response

from phone.attending import arrive
from phone.moving import known_of
from phone.visit import Visit
from workshop.model import NotFound


async def show(visit: Visit, code: str) -> Response:
    """Show what the stages of the agenda recall; the wall may show it only later.

    Raises:
        NotFound: no stage of this workshop recalls anything.
    """
    who = await arrive(visit, code)
    if who is None:
        return visit.go(f"/j/{code}")
    readings = visit.readings
    toolkit = readings.toolkit()
    recaps = who.scene.recaps(toolkit.catalogue)
    if not recaps:
        raise NotFound("recap")
    parts = []
    for stage in recaps:
        blocks = await readings.ask(toolkit.results.tell, stage.id)
        told = visit.phones.told.draw(stage.id, blocks, visit.language, who.organisation)
        parts.append((stage.title, told))
    return visit.page("before.html", {**known_of(who), "parts": parts})
