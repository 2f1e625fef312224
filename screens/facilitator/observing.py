"""The observer's page: how long which group speaks, notes, and the wall to look at."""

from __future__ import annotations

from typing import Any

import streamlit as st

from screens import draw, house, staff
from screens.facilitator import acts, noting, speaking
from screens.house import _
from screens.projector import frame, place, sight
from screens.projector.look import Look, colours
from workshop.language import text
from workshop.model import Id, Role, StageState
from workshop.toolkit import spoken


def page() -> None:
    """Draw what observers keep at the left, the wall at the right, and below what comes of it."""
    member, series, workshop = acts.begin(text("Observe"), Role.observer)
    toolkit = house.toolkit()
    drawn = _kept(workshop.id)
    now = sight.gather(toolkit, workshop.id)
    stages = toolkit.agenda.stages(workshop.id)
    groups = toolkit.library.groups(series.id)
    look = place.worn(workshop.id) or Look(languages=(house.language(),))
    house.show(house.style("wall.css"))
    house.show(colours())
    keeping, wall = st.columns([7, 4], gap="large")
    with keeping:
        speaking.draw(member, series, workshop, groups, stages)
        noting.draw(member, series, workshop, stages, now.stage)
    with wall:
        writing = now.stage is not None and now.stage.state is StageState.open
        st.fragment(_wall, run_every=2.0 if writing and not now.still else None)(workshop.id, look)
        st.caption(_("This is what hangs in the hall; observers only look at it."))
        _promise()
    spans = toolkit.speaking.spans(workshop.id)
    people = spoken.heads(toolkit.people.participants(workshop.id))
    heard = spoken.listen(groups, people, spans, series.smallest_group)
    draw.draw(spoken.tell(heard), part="spoken")
    table = spoken.by_stage(heard, stages, spans) if heard.seconds else None
    if table is not None:
        draw.draw([table], part="spoken-stages")
    _watch(workshop.id, drawn)


def _wall(workshop_id: Id, look: Look) -> None:
    """Draw what hangs in the hall, small."""
    staff.remain()
    house.show(frame.draw(sight.gather(house.toolkit(), workshop_id), look, size="small"))


def _promise() -> None:
    """Say what is kept of people, and who gets to see it."""
    words = (
        _("Speaking time is kept by group, never by person."),
        _(
            "In notes write what happens, not who it was: no names, and nothing that would give a "
            "person away. People may ask what is kept about them."
        ),
        _(
            "Notes are never shown on wall or phones. They go into Excel and the archive, and into "
            "the report only where you mark them."
        ),
    )
    house.show(f'<div class="sed-say plain">{"".join(f"<p>{one}</p>" for one in words)}</div>')


def _kept(workshop_id: Id) -> tuple[Any, ...]:
    """Return all that is drawn here and may change under somebody else's hands."""
    toolkit = house.toolkit()
    return (
        toolkit.results.revision(workshop_id)[1],
        place.count(workshop_id),
        toolkit.speaking.spans(workshop_id),
        toolkit.observations.observations(workshop_id),
    )


@st.fragment(run_every=acts.SECONDS)
def _watch(workshop_id: Id, drawn: tuple[Any, ...]) -> None:
    """Draw the page again when the wall moved on, or another observer kept something."""
    staff.remain()
    if _kept(workshop_id) != drawn:
        st.rerun()


page()
