"""Put one more stage into an agenda: which exercise, and after which stage."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from screens import desk, house
from screens.facilitator.steps import following
from screens.house import _, plain, t
from workshop.model import Id, Staff, Stage, StageDraft, StageState, Workshop


def draw(member: Staff, workshop: Workshop, stages: Sequence[Stage]) -> None:
    """Offer every exercise there is, and where it goes."""
    catalogue = house.toolkit().catalogue
    with st.container(border=True):
        choice, act = st.columns([3, 1], vertical_alignment="bottom")
        key = choice.selectbox(
            _("Add a stage"),
            list(catalogue),
            index=None,
            format_func={key: t(one.title) for key, one in catalogue.items()}.__getitem__,
            placeholder=_("Choose an exercise"),
            key="agenda.exercise",
        )
        if key:
            st.caption(t(catalogue[key].purpose))
        after = _after(workshop, stages) if key else None
        if act.button(
            _("Add"), key="agenda.add", type="primary", disabled=key is None, width="stretch"
        ):
            with desk.refusals():
                stage = house.toolkit().agenda.add_stage(
                    member, workshop.id, StageDraft(exercise=str(key)), after
                )
                turn_to(workshop, stage.id)
                desk.tell(_("The stage is added."))


def _after(workshop: Workshop, stages: Sequence[Stage]) -> int | None:
    """Ask where a stage goes: in a running workshop it is mostly the next one."""
    if not stages:
        return None
    places = {one.id: place for place, one in enumerate(stages)}
    now = workshop.current_stage_id
    chosen = st.selectbox(
        _("After which stage"),
        list(places),
        index=places.get(now or "", len(stages) - 1),
        format_func={one.id: line(one) for one in stages}.__getitem__,
        key=f"agenda.after.{workshop.id}.{len(stages)}.{now}",
    )
    return places[str(chosen)] + 1


def picker(workshop: Workshop) -> str:
    """Return the key of the list in which one stage is chosen to be looked at."""
    return f"agenda.picker.{workshop.id}.{st.session_state.get('agenda.turn', 0)}"


def usual(workshop: Workshop, stages: Sequence[Stage]) -> Id:
    """Return at which stage the list stands: the chosen one, else where the room is.

    A choice holds while the page is open, and when it is opened again until the room goes on.
    """
    chosen, then = st.session_state.get("agenda.stage", (None, None))
    here = picker(workshop) in st.session_state
    if (here or then == workshop.current_stage_id) and any(one.id == chosen for one in stages):
        return str(chosen)
    now = next((one for one in stages if one.id == workshop.current_stage_id), None)
    if now is not None and now.state is not StageState.closed:
        return now.id
    return (following(now, stages) or now or stages[0]).id


def keep(workshop: Workshop, chosen: Id) -> None:
    """Remember what was chosen, and where the room was then."""
    if st.session_state.get("agenda.stage", ("", None))[0] != chosen:
        st.session_state["agenda.stage"] = chosen, workshop.current_stage_id


def turn_to(workshop: Workshop, stage_id: Id) -> None:
    """Choose a stage from here, not by a click: with a fresh list of stages."""
    st.session_state["agenda.stage"] = stage_id, workshop.current_stage_id
    st.session_state["agenda.turn"] = st.session_state.get("agenda.turn", 0) + 1


def line(stage: Stage) -> str:
    """Return what a stage is called in a list to choose from."""
    return f"{stage.position + 1}. {plain(t(stage.title))}"
