"""Who may vote: an open code, a counted room, or printed tickets; and who came too late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from screens import desk, files, house
from screens.editor import TONGUES
from screens.facilitator import acts
from screens.house import _, plain, t
from workshop.language import LANGUAGES, Text, counted, text
from workshop.model import Admission, Id, Participant, Staff, Ticket, Workshop
from workshop.passes import spaced
from workshop.toolkit import Presence
from workshop.toolkit.admitting import TITLES

ABOUT: dict[Admission, Text] = {
    Admission.open: text("Whoever has the code: one vote for each phone."),
    Admission.room: text(
        "You count the people and lock joining; who comes later waits for you to admit them."
    ),
    Admission.tickets: text("One printed card lets one person in, once."),
}


def draw(member: Staff, workshop: Workshop, presence: Presence) -> None:
    """Draw the choice of three, and what belongs to the chosen one."""
    house.show(f'<p class="sed-h">{_("Who may vote")}</p>')
    kinds = list(Admission)
    chosen = st.radio(
        _("Who may vote"),
        kinds,
        index=kinds.index(workshop.admission),
        format_func={one: t(TITLES[one]) for one in kinds}.__getitem__,
        captions=[t(ABOUT[one]) for one in kinds],
        label_visibility="collapsed",
        key=f"admission-{workshop.admission}",
    )
    admission = house.toolkit().admission
    if chosen is not workshop.admission:
        if st.button(_("Let people in this way"), type="primary", key="admission-choose"):
            acts.attempt(member, partial(admission.choose, member, workshop.id, chosen))
        return
    if workshop.admission is Admission.room:
        _room(member, workshop, presence)
    elif workshop.admission is Admission.tickets:
        _tickets(member, workshop)


def hint(presence: Presence) -> Text | None:
    """Return a quiet word where more have a vote than were counted."""
    if presence.heads is None or presence.joined <= presence.heads:
        return None
    return counted(
        "{n} has a vote, but {heads} were counted in the room.",
        "{n} have a vote, but {heads} were counted in the room.",
        n=presence.joined,
        heads=presence.heads,
    )


def late(member: Staff, people: Sequence[Participant], names: Mapping[Id, str]) -> None:
    """List who came after the count, each to be admitted on their own."""
    waiting = [one for one in people if one.waiting]
    if not waiting:
        return
    house.show(f'<p class="sed-h">{_("Came after the count")}</p>')
    for one in waiting:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{one.number} · {names[one.id]}")
            if st.button(_("Admit"), key=f"admit-{one.id}"):
                admit = partial(house.toolkit().admission.admit, member, one.id)
                acts.attempt(member, admit)


def _room(member: Staff, workshop: Workshop, presence: Presence) -> None:
    if workshop.heads is not None:
        words = counted(
            "{n} person was counted; joining is locked.",
            "{n} people were counted; joining is locked.",
            n=workshop.heads,
        )
        st.markdown(plain(t(words)))
    over = hint(presence)
    if over is not None:
        st.caption(plain(t(over)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        heads = st.number_input(
            _("People in the room"),
            min_value=1,
            value=workshop.heads or max(1, presence.joined),
            step=1,
            key=f"heads-{workshop.heads}",
            on_change="ignore",
        )
        label = _("Count again") if workshop.heads else _("Count and lock joining")
        if st.button(label, key="heads-count"):
            admission = house.toolkit().admission
            acts.attempt(
                member, partial(admission.count_heads, member, workshop.id, int(heads or 0))
            )


def _tickets(member: Staff, workshop: Workshop) -> None:
    desk_of = house.toolkit().tickets
    known = desk_of.tickets(workshop.id)
    states = {state: sum(one.state == state for one in known) for state in ("free", "used", "void")}
    words = _(
        "{all} tickets: {free} to give out, {used} used, {void} void.", all=len(known), **states
    )
    st.markdown(plain(words))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.number_input(
            _("New tickets"), min_value=1, max_value=500, value=28, step=14,
            key=f"tickets-number-{len(known)}", on_change="ignore",
        )  # fmt: skip
        if st.button(_("Make tickets"), key="tickets-make"):
            acts.attempt(member, partial(desk_of.issue, member, workshop.id, int(number or 0)))
        if states["free"]:
            for tongue in LANGUAGES:
                at = files.address(
                    member, "tickets", workshop.id, tongue, joining=house.join_address()
                )
                st.link_button(f"{_('Sheet to print')} · {TONGUES[tongue]}", at)
    if states["free"]:
        _void(member, workshop, [one for one in known if one.state == "free"])


def _void(member: Staff, workshop: Workshop, free: Sequence[Ticket]) -> None:
    """Void one ticket that was lost, or all that are left."""
    void = house.toolkit().tickets.void
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("A ticket that was lost"),
            [one.id for one in free],
            index=None,
            format_func={one.id: spaced(one.code) for one in free}.__getitem__,
            placeholder=_("Choose a ticket"),
            key=f"ticket-{len(free)}",
        )
        if st.button(_("Void it"), key="ticket-void", disabled=chosen is None):
            acts.attempt(member, partial(void, member, workshop.id, [str(chosen)]))
        question = _("Tickets nobody has used yet let nobody in after that. Void them all?")
        with desk.sure(_("Void all"), question, _("Yes, void them"), key="tickets-void") as yes:
            if yes:
                acts.attempt(member, partial(void, member, workshop.id))
