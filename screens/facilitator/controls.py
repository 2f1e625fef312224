"""The controls of the cockpit: what the present stage can do next, and the agenda beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from screens import house, staff
from screens.facilitator.acts import attempt
from screens.house import _, plain, t
from screens.projector import place
from screens.projector.look import Look
from screens.projector.sight import Sight
from workshop.captions import STATES
from workshop.language import Text, counted, text
from workshop.model import Role, Staff, Stage, StageState

ACTS = {
    StageState.open: text("Open"),
    StageState.locked: text("Lock: no more entries"),
    StageState.revealed: text("Show the result"),
    StageState.closed: text("Close the stage"),
}
ONWARD = {
    StageState.planned: StageState.open,
    StageState.open: StageState.locked,
    StageState.locked: StageState.revealed,
    StageState.revealed: StageState.closed,
}
BACK = {
    StageState.open: (StageState.planned,),
    StageState.locked: (StageState.open,),
    StageState.revealed: (StageState.locked, StageState.open),
    StageState.closed: (StageState.revealed, StageState.open),
}
BACK_WORDS = {
    StageState.planned: text("Not yet: back to planned"),
    StageState.open: text("Let people write again"),
    StageState.locked: text("Take the result off the wall"),
    StageState.revealed: text("Reopen for sorting"),
}


IN_THE_ROOM = {
    StageState.planned: (StageState.open, text("Begin")),
    StageState.open: (StageState.closed, text("It is over")),
    StageState.locked: (StageState.closed, text("It is over")),
    StageState.revealed: (StageState.closed, text("It is over")),
}
"""The way of what only takes place in the room: nothing to lock, to sort or to show."""


def steer(member: Staff, sight: Sight, stages: Sequence[Stage]) -> None:
    """Draw the big controls of what the wall shows now; the usual path is one press each.

    The keys say what a button does to which stage: a press on a page that another facilitator has
    overtaken finds no such button any more, and does nothing.
    """
    may = staff.may(member, Role.facilitator)
    stage, following = sight.stage, _following(sight.stage, stages)
    with st.container(horizontal=True, vertical_alignment="center", key="steer"):
        if stage is not None and stage.state in ONWARD:
            to, words = _onward(stage, sight.asks)
            if st.button(t(words), type="primary", key=f"onward-{to}-{stage.id}", disabled=not may):
                _move(member, stage, to)
        elif following is not None:
            label = _("Next: {title}", title=plain(t(following.title)))
            if st.button(label, type="primary", key=f"next-{following.id}", disabled=not may):
                _show(member, sight, following)
        for to, words in _back(stage, sight.asks) if stage is not None else ():
            label = t(words)
            here = stage.id if stage is not None else ""
            if st.button(label, key=f"back-{to}-{here}", disabled=not may) and stage is not None:
                _move(member, stage, to)


def _onward(stage: Stage, asks: bool) -> tuple[StageState, Text]:
    """Return what a stage does next, and the words for it."""
    if not asks:
        return IN_THE_ROOM[stage.state]
    return ONWARD[stage.state], ACTS[ONWARD[stage.state]]


def _back(stage: Stage, asks: bool) -> list[tuple[StageState, Text]]:
    """Return how a stage can go back, and the words for it."""
    if not asks and stage.state is StageState.closed:
        return [(StageState.open, text("Take it up again"))]
    return [(to, BACK_WORDS[to]) for to in BACK.get(stage.state, ())]


def turn_pages(member: Staff, sight: Sight, look: Look) -> None:
    """Draw the turning of the wall's pages, where a result has several."""
    laid = sight.views(look)
    if not laid:
        return
    here = min(sight.page, len(laid) - 1)
    may = staff.may(member, Role.facilitator)
    with st.container(horizontal=True, vertical_alignment="center", key="turns"):
        back = st.button(_("‹ Previous"), key="wall-back", disabled=here == 0 or not may)
        st.markdown(_("View {n} of {total}", n=here + 1, total=len(laid)))
        on = st.button(_("Next ›"), key="wall-on", disabled=here >= len(laid) - 1 or not may)
        words = _("As picture") if sight.place.table else _("As table")
        table = st.button(words, key="wall-table", disabled=not may)
    if may and (back or on or table):
        page = here + (1 if on else -1 if back else 0)
        shown = sight.place.table is not table
        place.turn(sight.workshop.id, sight.place.stage_id, 0 if table else page, table=shown)
        st.rerun()


def list_agenda(member: Staff, sight: Sight, stages: Sequence[Stage]) -> None:
    """Draw the agenda with its states; any stage, or the lobby, can be put on the wall."""
    may = staff.may(member, Role.facilitator)
    following = _following(sight.stage, stages)
    for stage in stages:
        words, act = st.columns([5, 2], vertical_alignment="center")
        with words:
            house.show(_row(stage, sight, following))
        shown = sight.stage is not None and sight.stage.id == stage.id
        if act.button(
            _("On the wall") if shown else _("Show"),
            key=f"show-{stage.id}",
            disabled=shown or not may,
            width="stretch",
        ):
            _show(member, sight, stage)
    if st.button(_("Show how to join"), key="show-lobby", disabled=sight.stage is None or not may):
        _show(member, sight, None)


def _row(stage: Stage, sight: Sight, following: Stage | None) -> str:
    exercise = house.toolkit().catalogue.get(stage.exercise)
    facts = [
        t(exercise.title) if exercise else stage.exercise,
        t(counted("{n} minute", "{n} minutes", n=stage.minutes)),
        t(STATES[stage.state]),
    ]
    if following is not None and following.id == stage.id:
        facts.append(_("comes next"))
    now = sight.stage is not None and sight.stage.id == stage.id
    kind = " now" if now else " done" if stage.state is StageState.closed else ""
    small = escape(" · ".join(facts))
    title = house.html(stage.title, house.language())
    return (
        f'<div class="sed-agenda{kind}"{" aria-current=step" if now else ""}>'
        f"<b>{stage.position + 1}. {title}</b><small>{small}</small></div>"
    )


def _following(stage: Stage | None, stages: Sequence[Stage]) -> Stage | None:
    """Return the next stage that is not over, counted from the one on the wall."""
    after = [one for one in stages if stage is None or one.position > stage.position]
    return next((one for one in after if one.state is not StageState.closed), None)


def _move(member: Staff, stage: Stage, to: StageState) -> None:
    attempt(member, partial(house.toolkit().agenda.move, member, stage.id, to))


def _show(member: Staff, sight: Sight, stage: Stage | None) -> None:
    stage_id = stage.id if stage is not None else None
    attempt(member, partial(house.toolkit().agenda.show, member, sight.workshop.id, stage_id))
