"""What waits to be let through: first on the sorting board, each text with its two answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from screens import house
from screens.facilitator import cards
from screens.facilitator.acts import attempt
from screens.facilitator.cards import Board, Card
from screens.house import _, plain, t
from workshop.captions import HIDDEN
from workshop.language import counted
from workshop.model import Staff, StageState

LISTED = 20
"""Texts shown at once, the oldest first: only what was looked at is let through."""


def draw(member: Staff, board: Board) -> None:
    """Draw what waits; in a closed stage it can only be read."""
    if not board.waiting:
        return
    shut = board.stage.state is StageState.closed
    listed = board.waiting[:LISTED]
    with st.container(border=True, key="waiting"):
        _head(member, board, listed, shut)
        for card in listed:
            _row(member, board, card, shut)


def _head(member: Staff, board: Board, listed: Sequence[Card], shut: bool) -> None:
    n, sorting = len(board.waiting), house.toolkit().sorting
    title = t(counted("{n} text waits for you", "{n} texts wait for you", n=n))
    with st.container(horizontal=True, vertical_alignment="center"):
        house.show(f'<p class="sed-h" role="status">{escape(title)}</p>')
        # Named after what is listed: a press on a list that has grown since must not let through
        # what nobody has read.
        key = f"through-{len(listed)}-{listed[-1].id}"
        words = t(counted("Let it through", "Let these {n} through", n=len(listed)))
        if st.button(words, key=key, type="primary", disabled=shut):
            ids = [card.id for card in listed]
            attempt(member, partial(sorting.let_through, member, ids))
    if n > len(listed):
        more = n - len(listed)
        st.caption(t(counted("{n} more comes after it.", "{n} more come after these.", n=more)))


def _row(member: Staff, board: Board, card: Card, shut: bool) -> None:
    words, through, hide = st.columns([6, 2, 2], vertical_alignment="center")
    shelf = next((one.name for one in board.shelves if one.key == card.shelf), "")
    facts = " · ".join(plain(t(one)) for one in (shelf, card.by) if one)
    said = cards.as_typed(card, house.language())
    words.markdown(f"{said}  \n— {facts}" if facts else said)
    sorting = house.toolkit().sorting
    if through.button(_("Let through"), key=f"let-{card.id}", disabled=shut, width="stretch"):
        attempt(member, partial(sorting.let_through, member, card.id))
    if hide.button(_("Hide …"), key=f"refuse-{card.id}", disabled=shut, width="stretch"):
        st.session_state["waiting-asked"] = card.id
    if st.session_state.get("waiting-asked") == card.id:
        _hide(member, card)


def _hide(member: Staff, card: Card) -> None:
    """Ask for the reason below the one card it is about."""
    names = {key: t(one)[:1].upper() + t(one)[1:] for key, one in HIDDEN.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.selectbox(
            _("Reason to hide No. {number}", number=card.number),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=_("Choose"),
            key=f"why-{card.id}",
        )
        if st.button(_("Hide"), key=f"hide-{card.id}"):
            sorting = house.toolkit().sorting
            attempt(member, lambda: sorting.hide(member, card.id, reason or ""))
