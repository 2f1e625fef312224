"""Keep the registers that staff write: evidence, confirmations, whatever an exercise asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st
from pydantic import BaseModel

from screens import desk, forms, house, meant
from screens.house import _, plain, t
from workshop import catalogue
from workshop.language import text
from workshop.model import Id, Role, Series, Staff, Stage, Workshop


def page() -> None:
    """Show the stages of the series that have something for staff to write, one at a time.

    While people rehearse these are the stages of their copy alone: those of the workshop itself
    have the same names.
    """
    member, series, _workshop = desk.begin_series(text("Registers"), Role.facilitator)
    if series and (lost := meant.gone(series)):
        desk.offer_others(series, lost)
    copy = desk.rehearsal_at_hand(series) if series else None
    if copy is not None:
        _rehearsed(copy)
    stages = _stages(series, copy) if series else {}
    if not stages:
        st.markdown(_("No stage here has a register. Evidence and commitments have one."))
        return
    known = {stage.id: (workshop, stage) for stage, workshop in stages.values()}
    here = meant.asked("workshop")
    listed = list(known)
    chosen = st.selectbox(
        _("Register"),
        listed,
        index=listed.index(_usual(known, here)),
        format_func=desk.distinct(
            {stage_id: _name(*pair) for stage_id, pair in known.items()}
        ).__getitem__,
        key=f"register.picker.{copy.id if copy else here}",
    )
    st.session_state["register.stage"] = chosen, here
    stage = known[str(chosen)][1]
    own = catalogue.screen(stage.exercise)
    if own is not None:
        own.page(house.toolkit(), stage, member, house.language())
    else:
        _plain_register(member, stage)


def _usual(known: Mapping[Id, tuple[Workshop, Stage]], here: str | None) -> Id:
    """Return the register that was open, or the first one of the workshop on the desk."""
    chosen, then = st.session_state.get("register.stage", (None, None))
    if chosen in known and then == here:
        return str(chosen)
    own = (one for one, (workshop, _stage) in known.items() if workshop.short_name == here)
    return next(own, next(iter(known)))


def _rehearsed(copy: Workshop) -> None:
    """Say that this is a rehearsal, and lead out of it."""
    words = _("You are rehearsing “{title}”. What you write here stays in the rehearsal.",
              title=copy.title)  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(plain(words), icon=":material/theater_comedy:", width="stretch")
        if st.button(_("To the workshop itself"), key="register.leave"):
            original = house.toolkit().library.workshop(str(copy.copy_of))
            desk.lay("workshop", original.short_name)
            st.rerun()


def _stages(series: Series, copy: Workshop | None) -> dict[str, tuple[Stage, Workshop]]:
    toolkit = house.toolkit()
    return {
        stage.id: (stage, workshop)
        for workshop in ([copy] if copy else toolkit.library.workshops(series.id))
        for stage in toolkit.agenda.stages(workshop.id)
        if stage.exercise in toolkit.catalogue
        and (catalogue.screen(stage.exercise) or _kinds(stage))
    }


def _name(workshop: Workshop, stage: Stage) -> str:
    return f"{t(stage.title)} · {t(workshop.title)}, {t(workshop.day)}"


def _kinds(stage: Stage) -> list[type[BaseModel]]:
    """Return the classes of the exercise's entry that staff write."""
    entry = house.toolkit().catalogue[stage.exercise].entry
    return [one for one in _members(entry) if getattr(one, "writer", "") in ("staff", "both")]


def _members(entry: Any) -> list[type[BaseModel]]:
    if isinstance(entry, type):
        return [entry]
    found: list[type[BaseModel]] = []
    for one in get_args(entry):
        if isinstance(one, type) and issubclass(one, BaseModel):
            found.append(one)
        elif get_args(one):
            found += _members(one)
    return found


def _plain_register(member: Staff, stage: Stage) -> None:
    """Draw a form for each kind of staff entry of an exercise that has no screen of its own."""
    toolkit = house.toolkit()
    for kind in _kinds(stage):
        with st.container(border=True):
            st.markdown(f"**{t(toolkit.catalogue[stage.exercise].title)}**")
            filled = forms.entry_form(
                kind,
                key=f"register.{stage.id}.{kind.__name__}",
                language=house.language(),
                act=text("Write it down"),
            )
            if filled is not None:
                with desk.refusals():
                    receipt = toolkit.entries.record(member, stage.id, filled)
                    desk.tell(_("Written down as number {n}.", n=receipt.number))


page()
