"""Tables in the cockpit: how many, who sits where in numbers, one person moved, whose board."""

from __future__ import annotations

from collections import Counter
from functools import partial

import streamlit as st

from screens import desk, house, seats, staff
from screens.facilitator.acts import attempt, button
from screens.house import _, plain, t
from screens.projector.sight import Sight
from workshop.captions import SPREADS
from workshop.language import text
from workshop.model import (
    Anonymity,
    Id,
    Participant,
    Refused,
    Role,
    Seat,
    Spread,
    Staff,
    Stage,
    StageState,
)

RESULT = (StageState.revealed, StageState.closed)
WIDE = 560
"""Pixels in which the names of all groups have room beside each other."""


def draw(member: Staff, sight: Sight) -> None:
    """Draw what concerns tables in the stage on the wall; nothing where nobody writes."""
    stage = sight.stage
    if stage is None or not sight.asks or stage.anonymity is Anonymity.secret:
        return
    if not stage.tables and stage.state is not StageState.planned:
        return
    may = staff.may(member, Role.facilitator)
    if stage.tables and stage.state in RESULT and may:
        _board(member, sight, stage)
    icon = ":material/table_restaurant:"
    label = _("Tables: {n}", n=stage.tables) if stage.tables else _("Sit at tables")
    with st.popover(label, icon=icon, key="seating", type="tertiary"):
        if may and stage.state is StageState.planned:
            _set(member, stage)
        if stage.tables:
            found = house.toolkit().seating.seats(stage.id)
            if stage.state is not StageState.planned:
                st.caption(plain(t(SPREADS[stage.spread])))
            people = {one.id: one for one in house.toolkit().people.participants(stage.workshop_id)}
            _listed(sight, stage, found, people)
            if may and stage.state not in RESULT:
                _move(sight, stage, found, people)


def _set(member: Staff, stage: Stage) -> None:
    key = desk.form_key("seating", stage.id, stage.tables, stage.spread)
    with st.form(key, border=False):
        chosen = seats.choose(stage, key, narrow=True)
        if st.form_submit_button(_("Save the tables"), type="primary"):
            agenda = house.toolkit().agenda
            attempt(member, partial(agenda.change_stage, member, stage.id, **chosen))
    if stage.tables and stage.spread is not Spread.hand:
        button(_("Seat people now"), "deal", partial(_deal, stage.id), key=f"deal-{stage.id}")
        st.caption(_("Otherwise they are seated when the stage opens."))


def _deal(stage_id: Id, member: Staff) -> None:
    house.toolkit().seating.deal(member, stage_id)


def _listed(sight: Sight, stage: Stage, found: list[Seat], people: dict[Id, Participant]) -> None:
    """Draw how many of each group sit at each table; only counts."""
    counts = Counter(
        (one.at_table, people[one.participant_id].group_id)
        for one in found
        if people[one.participant_id].left_at is None
    )
    if not counts:
        return
    groups = [group for group, _joined, _seen in sight.present]
    rows = [
        {_("At table"): number}
        | {t(group.name): counts[number, group.id] for group in groups}
        | {_("Together"): sum(n for (at, _group), n in counts.items() if at == number)}
        for number in range(1, stage.tables + 1)
    ]
    st.dataframe(rows, hide_index=True, width=WIDE, height=min(300, 36 * (len(rows) + 1)))


def _move(sight: Sight, stage: Stage, found: list[Seat], people: dict[Id, Participant]) -> None:
    """Let somebody sit at another table; they are known by their number, as in the room."""
    at = {one.participant_id: one.at_table for one in found}
    groups = {group.id: t(group.name) for group, _joined, _seen in sight.present}
    names = {
        one.id: " · ".join(
            [
                _("No. {number}", number=one.number),
                groups.get(one.group_id, ""),
                _("Table {number}", number=at[one.id]) if one.id in at else _("no table yet"),
            ]
        )
        for one in people.values()
        if one.voting and one.left_at is None
    }
    if not names:
        return
    who, where = f"seat-who-{stage.id}", f"seat-where-{stage.id}"
    st.selectbox(
        _("Seat somebody elsewhere"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("Choose a number"),
        key=who,
    )
    tables = range(1, stage.tables + 1)
    numbered = {number: _("Table {number}", number=number) for number in tables}
    st.selectbox(_("At table"), list(tables), format_func=numbered.__getitem__, key=where)

    def seat(by: Staff) -> None:
        chosen = st.session_state.get(who)
        if chosen is None:
            raise Refused(text("Choose first who it is."))
        house.toolkit().seating.seat(by, stage.id, str(chosen), int(st.session_state[where]))
        st.session_state[who] = None

    done = text("Their phone says so. What they wrote stays with the table they wrote it at.")
    button(_("Seat them there"), "seat", seat, done=done, key=f"seat-{stage.id}")


def _board(member: Staff, sight: Sight, stage: Stage) -> None:
    """Choose whether the wall shows all cards together or those of one table."""
    shown = house.toolkit().boards.tables(stage.id)
    here = sight.place.board if sight.place.board in shown else 0
    names = {0: _("All together")}
    names |= {number: _("Table {number}", number=number) for number in shown}
    chosen = st.selectbox(
        _("Board on the wall"),
        list(names),
        index=list(names).index(here),
        format_func=names.__getitem__,
        key=f"board-of-{stage.id}-{here}",
    )
    if chosen != here:
        walls = house.toolkit().walls
        attempt(member, partial(walls.board, stage.workshop_id, stage.id, chosen))
