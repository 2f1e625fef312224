"""The result of a stage for the facilitator's eyes: before the reveal, and with all details."""

from __future__ import annotations

import streamlit as st

from screens import draw, house
from screens.facilitator import acts
from screens.house import _
from workshop.language import text
from workshop.model import Refused, Role, Stage, StageState, Workshop


def page() -> None:
    """Draw what a stage tells so far; what the wall shows is decided in the cockpit."""
    _member, _series, workshop = acts.begin(text("Result"), Role.facilitator)
    drawn = house.toolkit().results.revision(workshop.id)
    stage = _stage(workshop)
    if stage is None:
        st.markdown(_("There is no stage in this agenda yet."))
        st.stop()
    if stage.state in (StageState.planned, StageState.open, StageState.locked):
        st.caption(_("The room does not see this yet."))
    try:
        draw.draw(house.toolkit().results.tell(stage.id))
        with st.expander(_("Details for the report"), key=f"details-{stage.id}"):
            draw.draw(house.toolkit().results.details(stage.id), part="details")
    except Refused as refused:
        house.refusal(refused.reason)
    acts.watch(workshop.id, drawn, shape_only=True)


def _stage(workshop: Workshop) -> Stage | None:
    """Let people choose a stage; the one on the wall first."""
    known = {one.id: one for one in house.toolkit().agenda.stages(workshop.id)}
    if not known:
        return None
    now = workshop.current_stage_id
    chosen = st.selectbox(
        _("Stage"),
        list(known),
        index=list(known).index(now) if now in known else 0,
        format_func=acts.numbered(list(known.values())).__getitem__,
        key=f"result-stage-{workshop.id}",
    )
    return known[chosen]


page()
