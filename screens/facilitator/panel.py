"""What can be done with the picked cards: merge, reword, theme, move, hide; all of it undoable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from screens import desk, house
from screens.facilitator.acts import attempt
from screens.facilitator.cards import Board, Card, numbered
from screens.house import _, plain, t
from workshop.captions import HIDDEN
from workshop.language import LANGUAGES, Multilingual, counted
from workshop.model import Id, Staff
from workshop.toolkit import Pair

NAMES = {"bg": "Български", "en": "English"}
SHOWN = 8
"""Suggested pairs at a time."""
KNOWN = 200
"""Suggested pairs remembered: more than anybody looks through."""
_searched: dict[Id, tuple[dict[Id, tuple[Multilingual, str]], list[Pair]]] = {}
"""By stage: the cards that were compared, and what was found. Lost with the process, no harm."""


def draw(member: Staff, board: Board, picked: Sequence[Card]) -> None:
    """Draw what fits the number of picked cards."""
    if not picked:
        st.caption(
            _(
                "Tick a card to reword, move or hide it; tick several to merge them, or drag one "
                "onto another."
            )
        )
        _suggest(member, board)
        _themes(member, board)
        return
    title = t(counted("{n} card picked", "{n} cards picked", n=len(picked)))
    with st.container(horizontal=True, vertical_alignment="center"):
        house.show(f'<p class="sed-h">{escape(title)}</p>')
        if st.button(_("Put back"), key="unpick", type="tertiary"):
            unpick()
            st.rerun()
    if len(picked) == 1:
        _one(member, picked[0])
    else:
        _merge(member, picked)
    _file(member, board, picked)
    if len(picked) == 1 and board.splits:
        _split(member, picked[0])


def unpick() -> None:
    """Untick everything: a fresh set of boxes, since drawn ones cannot be changed."""
    st.session_state["sort-picked"] = []
    st.session_state["sort-turn"] = st.session_state.get("sort-turn", 0) + 1


def _all(act: Callable[[list[Id]], object], picked: Sequence[Card]) -> Callable[[], object]:
    """Return what does one thing to all picked cards: one act, undone as one."""

    def whole() -> None:
        act([card.id for card in picked])
        unpick()

    return whole


def _merge(member: Staff, picked: Sequence[Card]) -> None:
    best = max(picked, key=lambda card: (card.support, -card.number))
    known = {card.id: card for card in picked}
    into = st.selectbox(
        _("Keep the wording of"),
        list(known),
        index=list(known).index(best.id),
        format_func={card.id: _short(card) for card in picked}.__getitem__,
        key="merge-into-" + "-".join(sorted(known))[:200],
    )
    if st.button(_("Merge"), type="primary", key="merge"):
        sorting = house.toolkit().sorting
        others = [card.id for card in picked if card.id != into]

        def act() -> None:
            sorting.merge(member, others, str(into))
            unpick()

        attempt(member, act)


def _short(card: Card) -> str:
    words = card.words.said(house.language())
    return t(numbered(card.number, f"{words[:90]}{'…' if len(words) > 90 else ''}"))


def _one(member: Staff, card: Card) -> None:
    sorting = house.toolkit().sorting
    if card.words.said(card.language) != card.own:
        own = _("In the author's own words: {words}", words=card.own)
        st.caption(plain(own))
    # The key holds the wording: when a colleague changes it, the fields show theirs.
    key = desk.form_key(card.id, card.words)
    with st.form(f"reword-{key}", border=False):
        typed = {
            tongue: st.text_area(
                _("Wording · {language}", language=NAMES[tongue]),
                getattr(card.words, tongue),
                key=f"reword-{tongue}-{key}",
                max_chars=1000,
                height=90,
            )
            for tongue in LANGUAGES
        }
        if st.form_submit_button(_("Save the wording"), type="primary"):
            wording = Multilingual(**{name: said or "" for name, said in typed.items()})
            attempt(member, partial(sorting.reword, member, card.id, wording))
    reworded = not card.whole and card.words != Multilingual(**{card.language: card.own})
    label = _("Give back the author's words")
    if reworded and st.button(label, key="own-words", type="tertiary"):
        attempt(member, partial(sorting.reword, member, card.id, Multilingual()))
    for one in card.merged:
        words, act = st.columns([4, 2], vertical_alignment="center")
        words.markdown(t(numbered(one.number, plain(one.own))))
        if act.button(_("Take out"), key=f"unmerge-{one.id}", width="stretch"):
            attempt(member, partial(sorting.unmerge, member, one.id))


def _split(member: Staff, card: Card) -> None:
    """Let a card that holds two ideas be two, each with its author and what they wrote."""
    key = desk.form_key("split", card.id, card.words)
    with (
        st.expander(_("Split it into several cards"), key=f"split-open-{key}"),
        st.form(f"split-{key}", border=False),
    ):
        typed = st.text_area(
            _("One idea on each line"),
            card.words.said(card.language),
            key=f"split-words-{key}",
            max_chars=4000,
            height=120,
            help=_("Each card keeps its author and the entry it comes from."),
        )
        if st.form_submit_button(_("Split")):
            lines = [line for line in (typed or "").splitlines() if line.strip()]

            def act() -> None:
                house.toolkit().sorting.split(member, card.id, lines)
                unpick()

            attempt(member, act)


def _file(member: Staff, board: Board, picked: Sequence[Card]) -> None:
    """Draw theme, shelf and hiding; each waits for its button, so that helpers do not collide."""
    sorting = house.toolkit().sorting
    mark = "-".join(card.id[:8] for card in picked)[:200]
    if board.themes:
        named: dict[str | None, str] = {None: _("no theme")}
        named |= {one.id: t(one.name) for one in board.themes}
        theme = _choice(_("Theme"), named, f"theme-{mark}", picked[0].theme_id)
        if st.button(_("Put under this theme"), key="assign"):
            attempt(member, _all(lambda ids: sorting.assign(member, ids, theme), picked))
    if len(board.shelves) > 1:
        names: dict[str | None, str] = {one.key: t(one.name) for one in board.shelves}
        shelf = _choice(_("Where it belongs"), names, f"place-{mark}", picked[0].shelf)
        if st.button(_("Move there"), key="refile"):
            place = shelf or ""
            attempt(member, _all(lambda ids: sorting.refile(member, ids, place), picked))
    reasons: dict[str | None, str] = {
        key: t(one)[:1].upper() + t(one)[1:] for key, one in HIDDEN.items()
    }
    reason = _choice(_("Reason to hide it"), reasons, f"reason-{mark}", None)
    if st.button(_("Hide"), key="hide"):
        attempt(member, _all(lambda ids: sorting.hide(member, ids, reason or ""), picked))


def _choice(label: str, names: Mapping[str | None, str], key: str, now: str | None) -> str | None:
    known = list(names)
    return st.selectbox(
        label,
        known,
        index=known.index(now) if now in known else None,
        format_func=names.__getitem__,
        placeholder=_("Choose"),
        key=key,
    )


def _suggest(member: Staff, board: Board) -> None:
    """Offer pairs that read alike; merging is one press, and a person's decision."""
    refused: set[str] = set(st.session_state.get("sort-different", ()))
    pairs = [
        pair
        for pair in _pairs(board)
        if f"{pair.first.id}{pair.second.id}" not in refused
        and board.card(pair.first.id) and board.card(pair.second.id)
    ]  # fmt: skip
    if not pairs:
        return
    house.show(f'<p class="sed-h">{escape(_("Do these say the same?"))}</p>')
    for pair in pairs[:SHOWN]:
        _pair(member, board, pair)
    if len(pairs) > SHOWN:
        more = counted("and {n} more", "and {n} more", n=len(pairs) - SHOWN)
        st.caption(plain(t(more)))


def _pair(member: Staff, board: Board, pair: Pair) -> None:
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
    with st.container(horizontal=True):
        key = f"{first.id}-{second.id}"
        if st.button(_("Merge"), key=f"same-{key}"):
            into, other = (second, first) if second.support > first.support else (first, second)
            sorting = house.toolkit().sorting
            attempt(member, partial(sorting.merge, member, [other.id], into.id))
        if st.button(_("They differ"), key=f"differ-{key}", type="tertiary"):
            refused = [*st.session_state.get("sort-different", ()), f"{first.id}{second.id}"]
            st.session_state["sort-different"] = refused
            st.rerun()


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


def _themes(member: Staff, board: Board) -> None:
    sorting = house.toolkit().sorting
    with st.expander(_("Themes ({n})", n=len(board.themes)), key="themes"):
        with st.form("add-theme", border=False, clear_on_submit=True):
            typed = {
                tongue: st.text_input(
                    _("New theme · {language}", language=NAMES[tongue]), key=f"theme-{tongue}",
                    max_chars=120,
                )
                for tongue in LANGUAGES
            }  # fmt: skip
            if st.form_submit_button(_("Add the theme")):
                name = Multilingual(**{key: said or "" for key, said in typed.items()})
                attempt(member, partial(sorting.add_theme, member, board.stage.id, name))
        for theme in board.themes:
            words, rename, remove = st.columns([4, 2, 2], vertical_alignment="bottom")
            tongue = house.language()
            fresh = words.text_input(
                _("Name"),
                theme.name.said(tongue),
                key=f"theme-{desk.form_key(theme.id, theme.name)}",
            )
            if rename.button(_("Rename"), key=f"rename-{theme.id}"):
                name = replace(theme.name, **{tongue: fresh or ""})
                attempt(member, partial(sorting.rename_theme, member, theme.id, name))
            if remove.button(_("Remove"), key=f"remove-{theme.id}", type="tertiary"):
                attempt(member, partial(sorting.remove_theme, member, theme.id))
