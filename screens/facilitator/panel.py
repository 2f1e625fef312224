"""What can be done with the picked cards: merge, reword, theme, move, hide; all of it undoable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any, TypeAlias

import streamlit as st

from screens import desk, house
from screens.facilitator import suggesting
from screens.facilitator.acts import button
from screens.facilitator.cards import Board, Card, numbered
from screens.house import _, plain, t
from workshop.captions import HIDDEN
from workshop.language import LANGUAGES, Language, Multilingual, counted
from workshop.model import Id, Staff, Theme

Picking: TypeAlias = Callable[[], list[Card]]
"""Tells which cards are picked now."""
NAMES = {"bg": "Български", "en": "English"}


def draw(board: Board, picking: Picking) -> None:
    """Draw what fits the number of picked cards."""
    picked = picking()
    if not picked:
        st.caption(
            _(
                "Tick a card to reword, move or hide it; tick several to merge them, or drag one "
                "onto another."
            )
        )
        suggesting.draw(board)
        _themes(board)
        return
    ids = [card.id for card in picked]
    title = t(counted("{n} card picked", "{n} cards picked", n=len(picked)))
    with st.container(horizontal=True, vertical_alignment="center"):
        house.show(f'<p class="sed-h">{escape(title)}</p>')
        st.button(_("Put back"), key="unpick", type="tertiary", on_click=unpick, args=(ids,))
    if len(picked) == 1:
        _one(picked[0])
    else:
        _merge(picked, picking)
    _file(board, picked, picking)
    if len(picked) == 1 and board.splits:
        _split(picked[0])


def picked(board: Board) -> list[Card]:
    """Return the ticked cards, also those on other pages; gone ones are forgotten."""
    kept: Sequence[Id] = st.session_state.get("sort-picked", ())
    return [card for card in board.cards if card.id in kept]


def pick(on: Iterable[Id], off: Iterable[Id]) -> None:
    """Keep which cards are ticked and which are no longer; a page shows only some of them."""
    kept = {*st.session_state.get("sort-picked", ()), *on}.difference(off)
    st.session_state["sort-picked"] = sorted(kept)


def unpick(cards: Iterable[Id]) -> None:
    """Untick cards before the page is drawn."""
    pick((), cards)


def _all(act: Callable[[Staff, list[Id]], object], picking: Picking) -> Callable[[Staff], object]:
    """Return what does one thing to all picked cards: one act, undone as one.

    What is picked is asked again when it is done: a box may have been ticked a moment before.
    """

    def whole(member: Staff) -> None:
        ids = [card.id for card in picking()]
        if not ids:  # pressed twice: the first press has done it and let go of them
            return
        act(member, ids)
        unpick(ids)

    return whole


def _merge(picked: Sequence[Card], picking: Picking) -> None:
    best = max(picked, key=lambda card: (card.support, -card.number))
    known = {card.id: card for card in picked}
    key = "merge-into-" + "-".join(sorted(known))[:200]
    st.selectbox(
        _("Keep the wording of"),
        list(known),
        index=list(known).index(best.id),
        format_func={card.id: _short(card) for card in picked}.__getitem__,
        key=key,
    )

    def merge(member: Staff, ids: list[Id]) -> None:
        into = str(st.session_state[key])
        house.toolkit().sorting.merge(member, [one for one in ids if one != into], into)

    button(_("Merge"), "merge", _all(merge, picking), type="primary", key="merge")


def _short(card: Card) -> str:
    words = card.words.said(house.language())
    return t(numbered(card.number, f"{words[:90]}{'…' if len(words) > 90 else ''}"))


def _one(card: Card) -> None:
    typed = " · ".join(card.typed)
    if card.words.said(card.language) != typed:
        own = _("In the author's own words: {words}", words=typed)
        st.caption(plain(own))
    # The key holds the wording: when a colleague changes it, the fields show theirs.
    key = desk.form_key(card.id, card.words)
    with st.form(f"reword-{key}", border=False):
        for tongue in LANGUAGES:
            st.text_area(
                _("Wording · {language}", language=NAMES[tongue]),
                getattr(card.words, tongue),
                key=f"reword-{tongue}-{key}",
                max_chars=1000,
                height=90,
            )

        def reword(member: Staff) -> None:
            typed = {one: st.session_state[f"reword-{one}-{key}"] or "" for one in LANGUAGES}
            house.toolkit().sorting.reword(member, card.id, Multilingual(**typed))

        save = st.form_submit_button
        button(_("Save the wording"), "reword", reword, draw=save, type="primary")
    if not card.whole and card.words != Multilingual(**{card.language: card.own}):
        label, back = _("Give back the author's words"), partial(_back, card.id)
        button(label, "own-words", back, key="own-words", type="tertiary")
    for one in card.merged:
        words, act = st.columns([4, 2], vertical_alignment="center")
        words.markdown(t(numbered(one.number, plain(one.own))))
        name, out = f"unmerge-{one.id}", partial(_take_out, one.id)
        button(_("Take out"), name, out, draw=act.button, key=name, width="stretch")


def _back(card_id: Id, member: Staff) -> None:
    house.toolkit().sorting.reword(member, card_id, Multilingual())


def _take_out(card_id: Id, member: Staff) -> None:
    house.toolkit().sorting.unmerge(member, card_id)


def _split(card: Card) -> None:
    """Let a card that holds two ideas be two, each with its author and what they wrote."""
    key = desk.form_key("split", card.id, card.words)

    def split(member: Staff) -> None:
        typed = str(st.session_state[f"split-words-{key}"] or "")
        lines = [line for line in typed.splitlines() if line.strip()]
        house.toolkit().sorting.split(member, card.id, lines)
        unpick([card.id])

    with (
        st.expander(_("Split it into several cards"), key=f"split-open-{key}"),
        st.form(f"split-{key}", border=False),
    ):
        st.text_area(
            _("One idea on each line"),
            card.words.said(card.language),
            key=f"split-words-{key}",
            max_chars=4000,
            height=120,
            help=_("Each card keeps its author and the entry it comes from."),
        )
        button(_("Split"), "split", split, draw=st.form_submit_button)


def _file(board: Board, picked: Sequence[Card], picking: Picking) -> None:
    """Draw theme, shelf and hiding; each waits for its button, so that helpers do not collide."""
    sorting = house.toolkit().sorting
    mark = "-".join(card.id[:8] for card in picked)[:200]

    def offer(
        label: str, name: str, field: str, act: Callable[[Staff, list[Id], Any], object]
    ) -> None:
        def chosen(member: Staff, ids: list[Id]) -> None:
            act(member, ids, st.session_state[f"{field}-{mark}"])

        button(label, name, _all(chosen, picking), key=name)

    if board.themes:
        named: dict[str | None, str] = {None: _("no theme")}
        named |= {one.id: t(one.name) for one in board.themes}
        _choice(_("Theme"), named, f"theme-{mark}", picked[0].theme_id)
        offer(_("Put under this theme"), "assign", "theme", sorting.assign)
    if len(board.shelves) > 1:
        names: dict[str | None, str] = {one.key: t(one.name) for one in board.shelves}
        _choice(_("Where it belongs"), names, f"place-{mark}", picked[0].shelf)
        offer(
            _("Move there"),
            "refile",
            "place",
            lambda by, ids, to: sorting.refile(by, ids, to or ""),
        )
    reasons: dict[str | None, str] = {
        key: t(one)[:1].upper() + t(one)[1:] for key, one in HIDDEN.items()
    }
    _choice(_("Reason to hide it"), reasons, f"reason-{mark}", None)
    offer(_("Hide"), "hide", "reason", lambda by, ids, why: sorting.hide(by, ids, why or ""))


def _choice(label: str, names: Mapping[str | None, str], key: str, now: str | None) -> None:
    known = list(names)
    st.selectbox(
        label,
        known,
        index=known.index(now) if now in known else None,
        format_func=names.__getitem__,
        placeholder=_("Choose"),
        key=key,
    )


def _themes(board: Board) -> None:
    stage_id, tongue = board.stage.id, house.language()

    def add(member: Staff) -> None:
        typed = {one: st.session_state[f"theme-{one}"] or "" for one in LANGUAGES}
        house.toolkit().sorting.add_theme(member, stage_id, Multilingual(**typed))

    with st.expander(_("Themes ({n})", n=len(board.themes)), key="themes"):
        with st.form("add-theme", border=False, clear_on_submit=True):
            for one in LANGUAGES:
                label = _("New theme · {language}", language=NAMES[one])
                st.text_input(label, key=f"theme-{one}", max_chars=120)
            button(_("Add the theme"), "add-theme", add, draw=st.form_submit_button)
        for theme in board.themes:
            _theme(theme, tongue)


def _theme(theme: Theme, tongue: Language) -> None:
    words, rename, remove = st.columns([4, 2, 2], vertical_alignment="bottom")
    field = f"theme-{desk.form_key(theme.id, theme.name)}"
    words.text_input(_("Name"), theme.name.said(tongue), key=field)

    def name(member: Staff) -> None:
        fresh = replace(theme.name, **{tongue: st.session_state[field] or ""})
        house.toolkit().sorting.rename_theme(member, theme.id, fresh)

    def forget(member: Staff) -> None:
        house.toolkit().sorting.remove_theme(member, theme.id)

    key = f"rename-{theme.id}"
    button(_("Rename"), key, name, draw=rename.button, key=key)
    key = f"remove-{theme.id}"
    button(_("Remove"), key, forget, draw=remove.button, key=key, type="tertiary")
