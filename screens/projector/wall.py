"""The projector's page: the wall of one workshop, drawn anew whenever something changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from screens import desk, house, staff
from screens.facilitator import steps
from screens.facilitator.acts import attempt
from screens.facilitator.steps import Step
from screens.house import _
from screens.projector import frame, look, place, sight
from workshop.language import LANGUAGES, text
from workshop.model import Id, NotFound, Refused, Role, Staff
from workshop.toolkit import Hall

SECONDS = 0.5
"""How often the watcher looks: a facilitator's act is on the wall within 1.5 s."""
Drawn = tuple[tuple[int, int, int, int], Hall]


def page() -> None:
    """Show what the facilitator put on the wall; ``?w=`` says of which workshop."""
    member = staff.entrance(Role.observer)
    house.show(house.style("projector.css"))
    house.show(house.style("wall.css"))
    house.show(look.colours())
    toolkit = house.toolkit()
    asked = st.query_params.get("w", "")
    try:
        workshop_id = toolkit.library.workshop_named(asked).id
    except (NotFound, Refused):
        _choose()
        return
    chosen = look.read(dict(st.query_params.items()), _given())
    place.wear(workshop_id, chosen)
    seen = _seen(workshop_id)
    now = sight.gather(toolkit, workshop_id)
    house.show(frame.draw(now, chosen))
    _watch(workshop_id, seen, now, chosen)
    _turns(member, now, chosen)
    sight.look_ahead(toolkit, now, chosen)


@st.fragment(run_every=SECONDS)
def _watch(workshop_id: Id, drawn: Drawn, now: sight.Sight, chosen: look.Look) -> None:
    """Draw the clock; draw the page again when there is something new to see."""
    staff.remain()
    with staff.while_there():
        if _seen(workshop_id) != drawn:
            st.rerun()
    house.show(frame.clock(replace(now, now=house.toolkit().now()), chosen))


def _seen(workshop_id: Id) -> Drawn:
    toolkit = house.toolkit()
    return toolkit.showing.mark(workshop_id), toolkit.hall.look_at(workshop_id)


def _turns(member: Staff, now: sight.Sight, chosen: look.Look) -> None:
    """Put the turning of pages and the look under the pointer, out of sight until needed.

    The keys are those of a presenter's remote as well: PageUp and PageDown. All walls turn
    together, so observers only choose how their own looks.
    """
    with st.container(key="wall-turns", horizontal=True, gap="small"):
        _pages(member, now, chosen)
        _look(chosen)


def _pages(member: Staff, now: sight.Sight, chosen: look.Look) -> None:
    laid = now.views(chosen)
    here = min(now.page, max(0, len(laid) - 1))
    shut = not staff.may(member, Role.facilitator)
    for name, label, keys, by in (
        ("back", _("Previous"), ("Left", "PageUp"), -1),
        ("on", _("Next"), ("Right", "PageDown"), 1),
    ):
        pressed = [
            st.button(label, key=f"wall-{name}-{key}", shortcut=key, disabled=shut) for key in keys
        ]
        if any(pressed) and steps.begun(now):
            _read(member, steps.read_back(now) if by < 0 else steps.read_on(now))
        elif any(pressed) and laid:
            _turn(member, now, chosen, max(0, min(here + by, len(laid) - 1)), now.place.table)
    words = _("As picture") if now.place.table else _("As table")
    if st.button(words, key="wall-table", shortcut="T", disabled=shut) and laid:
        _turn(member, now, chosen, _same(now, chosen, here), not now.place.table)


def _read(member: Staff, step: Step | None) -> None:
    """Go on in a round as the cockpit does; the whole board is not shown from here."""
    if step is not None:
        attempt(member, partial(step.act, member))


def _turn(member: Staff, now: sight.Sight, chosen: look.Look, page: int, table: bool) -> None:
    """Turn all walls; a disabled button can still be pressed by a forged message."""
    if not staff.may(member, Role.facilitator):
        house.refusal(text("Observers watch; facilitators act."))
        return
    turned = replace(now, place=replace(now.place, table=table)).views(chosen)
    anchor = turned[page].anchor if page < len(turned) else 0
    place.turn(now.workshop.id, now.place.stage_id, page, anchor=anchor, table=table)
    st.rerun()


def _same(now: sight.Sight, chosen: look.Look, here: int) -> int:
    """Return the view of the other form that shows the same block."""
    anchor = now.views(chosen)[here].anchor
    other = replace(now, place=replace(now.place, table=not now.place.table)).views(chosen)
    return next((page for page, one in enumerate(other) if one.anchor == anchor), 0)


def _look(chosen: look.Look) -> None:
    """Offer the languages, and light or dark; both stand in the address of this projector."""
    for wanted in (*LANGUAGES, "both"):
        label = _("Both languages") if wanted == "both" else wanted.upper()
        if st.button(label, key=f"wall-language-{wanted}"):
            st.query_params["language"] = wanted
            st.rerun()
    if st.button(_("Light") if chosen.dark else _("Dark"), key="wall-look", shortcut="D"):
        st.query_params["look"] = "light" if chosen.dark else "dark"
        st.rerun()


def _given() -> str:
    asked = st.query_params.get("language")
    return house.language() if asked != "both" else "bg"


def _choose() -> None:
    """List the workshops whose wall can be opened."""
    house.show(house.style("staff.css"))
    house.show(f'<p class="sed-h">{_("Which workshop shall the wall show?")}</p>')
    library = house.toolkit().library
    for series in library.all_series():
        for workshop in library.workshops(series.id, copies=True):
            label = desk.called(workshop)
            address = house.link("/wall", w=workshop.short_name)
            st.link_button(house.plain(label), address, type="tertiary")


page()
