"""Hear of cards that are ticked, dragged onto another to merge, or onto a shelf to move."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from screens import house
from screens.facilitator import panel
from screens.facilitator.acts import do
from screens.facilitator.cards import Board
from workshop.language import text

if TYPE_CHECKING:
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.components.v2.types import ComponentRenderer

NAME, SCRIPT = "drag", "drag.js"


@lru_cache(maxsize=1)
def _listener(manager: BidiComponentManager) -> ComponentRenderer:
    """Return what mounts our script, made known once to the running server.

    As a file of ours it comes from our own address; what is written into the page itself would be
    refused by the policy under which staff pages run.
    """
    found = ComponentConfig(name=NAME, asset_dir=NAME)
    manifest = ComponentManifest(name="sedyanka", version="1", components=[found])
    manager.register_from_manifest(manifest, house.ASSETS)
    return st.components.v2.component(f"sedyanka.{NAME}", js=SCRIPT)


def listen(board: Board) -> None:
    """Hear of cards ticked and dropped; what a browser says is looked up on the board first."""
    key = f"drag-{board.stage.id}"

    def hear() -> None:
        if dropped := st.session_state[key].get("dropped"):
            act(board, dropped)

    def mark() -> None:
        if ticked := st.session_state[key].get("ticked"):
            tick(ticked)

    picked = [card.id for card in panel.picked(board)]
    with st.container(key="drag"):
        mount = _listener(get_bidi_component_manager())
        mount(
            key=key,
            data={"picked": picked, "at": st.session_state.get("sort-ticked", 0)},
            on_dropped_change=hear,
            on_ticked_change=mark,
        )


def tick(ticked: Mapping[str, Any]) -> None:
    """Keep which of the cards a browser shows are ticked now, and of which moment that is.

    The moment goes back with the ticks, so that the browser knows what was ticked since.
    """
    on, off = ([str(one) for one in ticked.get(name) or ()] for name in ("on", "off"))
    panel.pick(on, off)
    st.session_state["sort-ticked"] = ticked.get("at", 0)


def act(board: Board, dropped: Mapping[str, Any]) -> None:
    """Merge the dropped card into the one below it, or move it to the shelf below it."""
    card, onto = board.card(str(dropped.get("card"))), board.card(str(dropped.get("onto")))
    shelf = next((one for one in board.shelves if one.key == dropped.get("shelf")), None)
    if card is None or card is onto:
        return
    sorting, card_id = house.toolkit().sorting, card.id
    if onto is not None:
        into = onto.id
        done = text("No. {card} is merged into No. {into}.", card=card.number, into=onto.number)
        do(lambda member: sorting.merge(member, [card_id], into), done)
    elif shelf is not None:
        place = shelf.key
        done = text("No. {card} now stands under {shelf}.", card=card.number, shelf=shelf.name)
        do(lambda member: sorting.refile(member, card_id, place), done)
