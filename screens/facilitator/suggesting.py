"""Cards that may say the same: offered in pairs, merged by a person with one press."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from screens import house
from screens.facilitator.acts import button
from screens.facilitator.cards import Board
from screens.house import _, plain, t
from workshop.language import Multilingual, counted
from workshop.model import Id, Staff
from workshop.toolkit import Pair

SHOWN = 5
"""Suggested pairs at a time."""
KNOWN = 200
"""Suggested pairs remembered: more than anybody looks through."""
_searched: dict[Id, tuple[dict[Id, tuple[Multilingual, str]], list[Pair]]] = {}
"""By stage: the cards that were compared, and what was found. Lost with the process, no harm."""


def draw(board: Board) -> None:
    """Offer pairs that read alike; merging is one press, and a person's decision."""
    refused: set[str] = set(st.session_state.get("sort-different", ()))
    standing = {card.id for card in board.cards}
    pairs = [
        pair
        for pair in _pairs(board)
        if f"{pair.first.id}{pair.second.id}" not in refused
        and {pair.first.id, pair.second.id} <= standing
    ]
    if not pairs:
        return
    house.show(f'<p class="sed-h">{escape(_("Do these say the same?"))}</p>')
    for pair in pairs[:SHOWN]:
        _pair(board, pair)
    if len(pairs) > SHOWN:
        more = counted("and {n} more", "and {n} more", n=len(pairs) - SHOWN)
        st.caption(plain(t(more)))


def _pair(board: Board, pair: Pair) -> None:
    first, second = board.card(pair.first.id), board.card(pair.second.id)
    if first is None or second is None:
        return
    kind = "likely" if pair.likely else "look"
    words = _("probably the same") if pair.likely else _("worth a look")
    reader = house.language()
    rows = "".join(
        f"<p><b>{one.number}</b> <span dir=auto>{house.html(one.words, reader)}</span></p>"
        for one in (first, second)
    )
    house.show(f'<div class="sed-pair"><p class="sed-tag {kind}">{escape(words)}</p>{rows}</div>')
    into, other = (second, first) if second.support > first.support else (first, second)
    with st.container(horizontal=True):
        key = f"{first.id}-{second.id}"
        button(_("Merge"), f"same-{key}", partial(_same, other.id, into.id), key=f"same-{key}")
        label, pair_id = _("They differ"), f"{first.id}{second.id}"
        looks: Any = {"key": f"differ-{key}", "type": "tertiary"}
        st.button(label, on_click=_differ, args=(pair_id,), **looks)


def _same(card_id: Id, into: Id, member: Staff) -> None:
    house.toolkit().sorting.merge(member, [card_id], into)


def _differ(pair: str) -> None:
    st.session_state["sort-different"] = [*st.session_state.get("sort-different", ()), pair]


def _pairs(board: Board) -> list[Pair]:
    """Return the suggestions; compared again is only a card that came, moved or was reworded.

    Merging and hiding make none of the other pairs wrong; whoever is gone is left out above.
    """
    search = house.toolkit().sorting.suggestions
    now = {card.id: (card.words, card.shelf) for card in board.cards}
    before, pairs = _searched.get(board.stage.id, (None, []))
    if before is None:
        pairs = search(board.stage.id, most=KNOWN)
    elif changed := {one for one, looks in now.items() if before.get(one) != looks}:
        pairs = [
            pair
            for pair in pairs
            if pair.first.id not in changed and pair.second.id not in changed
        ] + search(board.stage.id, most=KNOWN, only=changed)  # fmt: skip
        pairs.sort(key=lambda pair: (not pair.likely, -pair.score))
    _searched[board.stage.id] = ((before or {}) | now, pairs[:KNOWN])
    return pairs
