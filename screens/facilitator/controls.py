"""The controls of the cockpit: what the present stage can do next, and its pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from screens import house, staff
from screens.facilitator import steps
from screens.facilitator.acts import attempt
from screens.facilitator.steps import ONWARD, Step
from screens.house import _, plain, t
from screens.projector import place
from screens.projector.look import Look
from screens.projector.paging import View
from screens.projector.sight import Sight
from workshop.language import counted
from workshop.model import Role, Staff, Stage, StageState, Workshop

HERE = Path(__file__).resolve().parent


def steer(member: Staff, sight: Sight, stages: Sequence[Stage]) -> None:
    """Draw the big controls of what the wall shows now; the usual path is one press each.

    The keys say what a button does to which stage: a press on a page that another facilitator has
    overtaken finds no such button any more, and does nothing.
    """
    may = staff.may(member, Role.facilitator)
    stage, coming = sight.stage, steps.following(sight.stage, stages)
    with st.container(horizontal=True, vertical_alignment="center", key="steer"):
        if steps.begun(sight):
            _round(member, sight, may)
            return
        if stage is not None and stage.state in ONWARD:
            _button(member, steps.advance(stage, sight.asks), "onward", may)
        elif coming is not None:
            _button(member, steps.show(sight, coming), "next", may)
        if first := steps.read_on(sight):
            _button(member, first, "read", may)
        for step in steps.ways_back(stage, sight.asks) if stage is not None else ():
            _button(member, step, "back", may)
        if stage is not None and may:
            _elsewhere(stage)


def _round(member: Staff, sight: Sight, may: bool) -> None:
    """Draw the controls of a round; the usual press stands first, as elsewhere."""
    on, whole = steps.read_on(sight), steps.show_all(sight)
    for step, name in (
        (on or whole, "onward"),
        (steps.let_pass(sight), "aside"),
        (steps.read_back(sight), "back"),
        (whole if on else None, "whole"),
    ):
        if step is not None:
            _button(member, step, name, may)


def _elsewhere(stage: Stage) -> None:
    """Lead to the page on which the present stage usually goes on before its next step."""
    exercise = house.toolkit().catalogue.get(stage.exercise)
    if exercise is None:
        return
    if stage.state is StageState.locked and exercise.text is not None and exercise.slot is None:
        label, page = _("Sort the cards"), "board.py"
    elif stage.state is StageState.revealed and exercise.offers is not None:
        label, page = _("Hand on the best"), "handing.py"
    else:
        return
    if st.button(label, key=f"to-{page}", type="tertiary", icon=":material/arrow_forward:"):
        st.switch_page(HERE / page)


def _button(member: Staff, step: Step, name: str, may: bool) -> None:
    kind: Literal["primary", "secondary"] = "primary" if name in ("onward", "next") else "secondary"
    key = f"{name}-{step.key.removeprefix('show-')}"
    if st.button(plain(t(step.label)), type=kind, key=key, disabled=not may):
        attempt(member, partial(step.act, member))


def quiet(member: Staff, workshop: Workshop) -> None:
    """Offer what walls, and phones that mirror them, may keep quiet."""
    walls, shut = house.toolkit().walls, not staff.may(member, Role.facilitator)
    known = walls.wall(workshop.id)
    with st.popover(_("Wall"), icon=":material/visibility:", key="quiet"):
        words = _("Let it go on") if known.still else _("Let it stand still")
        st.markdown(_("While it stands still, nothing on it grows by itself; your steps show."))
        if st.button(words, key=f"still-{known.still}", disabled=shut):
            attempt(member, partial(walls.hush, workshop.id, still=not known.still))
        words = _("Show how many are here") if known.discreet else _("Hide how many are here")
        if st.button(words, key=f"discreet-{known.discreet}", disabled=shut):
            attempt(member, partial(walls.hush, workshop.id, discreet=not known.discreet))


def turn_pages(member: Staff, sight: Sight, look: Look) -> None:
    """Draw the turning of the wall's pages, where a result has several."""
    laid = sight.views(look)
    if not laid:
        return
    here = min(sight.page, len(laid) - 1)
    may = staff.may(member, Role.facilitator)
    with st.container(horizontal=True, vertical_alignment="center", key="turns"):
        if steps.begun(sight) and here == 0:
            _so_far(sight, laid, may)
            return
        back = st.button(_("‹ Previous"), key="wall-back", disabled=here == 0 or not may)
        st.markdown(_("View {n} of {total}", n=here + 1, total=len(laid)))
        on = st.button(_("Next ›"), key="wall-on", disabled=here >= len(laid) - 1 or not may)
        words = _("As picture") if sight.place.table else _("As table")
        table = st.button(words, key="wall-table", disabled=not may)
    if may and (back or on or table):
        page = 0 if table else here + (1 if on else -1)
        _turn(sight, laid, page, sight.place.table is not table)


def _so_far(sight: Sight, laid: Sequence[View], may: bool) -> None:
    """Offer the board of the cards heard, and say how many passed; a step is at the card again."""
    if len(laid) > 1 and st.button(_("Show the board so far"), key="wall-on", disabled=not may):
        _turn(sight, laid, 1)
    if sight.round is not None and sight.round.passed:
        passed = counted("{n} passed", "{n} passed", n=sight.round.passed)
        house.show(f'<p class="sed-still">{escape(t(passed))}</p>')


def _turn(sight: Sight, laid: Sequence[View], page: int, table: bool = False) -> None:
    anchor = laid[page].anchor
    place.turn(sight.workshop.id, sight.place.stage_id, page, anchor=anchor, table=table)
    st.rerun()
