"""Rehearse a workshop alone: make a copy, send for scripted people, throw the copy away."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from screens import desk, house, scripted, staff
from screens.facilitator.acts import attempt
from screens.house import _, plain, t
from screens.projector.sight import Sight
from workshop.language import counted, text
from workshop.model import Role, Staff, StageState, Workshop

COCKPIT = Path(__file__).with_name("cockpit.py")
SECONDS = 1.0
"""How often it is looked whether scripted people are done."""


def offer(member: Staff, workshop: Workshop, *, fresh: bool = True) -> None:
    """Offer to rehearse a workshop nothing has happened in yet, or to go back to its copy."""
    if workshop.rehearsal:
        return
    copy = house.toolkit().rehearsals.copy_of(workshop.id)
    if copy is None and (workshop.finished or not fresh):
        return
    label = _("Rehearse it alone") if copy is None else _("Go to the rehearsal")
    help_ = _("A marked copy with scripted people. Nothing of it counts, and it is thrown away.")
    may = staff.may(member, Role.facilitator)
    pressed = st.button(
        label, key="rehearse", help=help_, icon=":material/theater_comedy:", disabled=not may
    )
    if pressed and may:
        with desk.refusals():
            made = house.toolkit().rehearsals.make(member, workshop.id)
            desk.lay("workshop", made.short_name)
            st.switch_page(COCKPIT)


def draw(member: Staff, now: Sight) -> None:
    """Draw what there is to do in a rehearsal besides running it."""
    workshop = now.workshop
    if not workshop.rehearsal:
        return
    with st.container(border=True, key="rehearsal"):
        if workshop.copy_of is not None:
            st.markdown(_("Nothing here counts. Press what you will press in the hall."))
        _crew(member, now)
        if workshop.copy_of is not None:
            drop(member, workshop)


def _crew(member: Staff, now: Sight) -> None:
    """Let scripted people come; in the next stage they are the same again."""
    workshop, stage = now.workshop, now.stage
    writes = stage is not None and stage.state is StageState.open and now.asks
    shut = workshop.finished or not staff.may(member, Role.facilitator)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        people = st.number_input(
            _("Scripted people"), min_value=1, max_value=scripted.MOST, value=scripted.USUAL,
            key=f"crew-{workshop.id}", width=140,
        )  # fmt: skip
        label = _("Let them answer") if writes else _("Let them join")
        if st.button(label, key="crew", disabled=shut, icon=":material/groups:"):
            attempt(member, partial(scripted.send, workshop, int(people or scripted.USUAL)))
    if scripted.busy(workshop.id):
        st.fragment(_wait, run_every=SECONDS)(workshop)
    elif told := scripted.told(workshop.id):
        (st.caption if told.good else st.error)(plain(t(told.words)))


def _wait(workshop: Workshop) -> None:
    staff.remain()
    if not scripted.busy(workshop.id):
        st.rerun()
    st.caption(_("They are on their way …"))


def drop(member: Staff, workshop: Workshop) -> None:
    """Offer to throw a copy away; it asks, because this cannot be undone."""
    people = house.toolkit().people.presence(workshop.id).joined
    question = t(
        counted(
            "The copy is deleted with all that was done in it, and the {n} person who joined. "
            "This cannot be undone. The workshop itself stays as it is.",
            "The copy is deleted with all that was done in it, and the {n} people who joined. "
            "This cannot be undone. The workshop itself stays as it is.",
            n=people,
        )
    )
    key = f"throw-{workshop.id}"
    with desk.sure(_("Throw the rehearsal away"), question, _("Yes, delete it"), key=key) as yes:
        if yes:
            attempt(member, partial(_throw, member, workshop),
                    text("The rehearsal is thrown away."))  # fmt: skip


def _throw(member: Staff, workshop: Workshop) -> None:
    scripted.forget(workshop.id)
    toolkit = house.toolkit()
    original = toolkit.library.workshop(toolkit.rehearsals.throw_away(member, workshop.id))
    desk.lay("workshop", original.short_name)
