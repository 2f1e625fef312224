"""The sorting board: cards by shelf; picking some shows at the right what can be done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from html import escape

import streamlit as st

from screens import house, staff
from screens.facilitator import acts, cards, dragging, panel, undoing, waiting
from screens.facilitator.cards import Board, Card
from screens.house import _, plain, t
from workshop.captions import HIDDEN
from workshop.exercise import Shelf
from workshop.language import Language, Sayable, counted, say, text
from workshop.model import Id, Refused, Role, Series, Staff, Stage, StageState, Workshop
from workshop.printable import printable

ON_A_PAGE = 40
"""Cards drawn at once: more would be slow to draw, and nobody reads them."""
NO_THEME = ""
ALL = "*"


def page() -> None:
    """Draw the cards of a stage at the left, and what can be done with the picked ones."""
    member, series, workshop = acts.begin(text("Sort the contributions"), Role.facilitator)
    drawn = house.toolkit().results.revision(workshop.id)
    stage = _stage(workshop)
    if stage is None:
        st.markdown(_("No stage of this workshop collects texts to sort."))
        acts.watch(workshop.id, drawn)
        return
    try:
        board = cards.read(house.toolkit(), stage, drawn)
    except Refused as refused:
        house.refusal(refused.reason)
        acts.watch(workshop.id, drawn)
        return
    _say_state(stage)
    left, right = st.columns([7, 4], gap="large")
    with left:
        waiting.draw(member, board)
        shown = _cards(board)
    with right, st.container(key="panel"):
        _beside(member, series, workshop, board, drawn, shown=shown)
    acts.watch(workshop.id, drawn, shape_only=stage.state is not StageState.open)


@st.fragment
def _beside(
    member: Staff,
    series: Series,
    workshop: Workshop,
    board: Board,
    drawn: tuple[int, int],
    *,
    shown: bool,
) -> None:
    """Draw what stands beside the cards: a tick draws this anew, and only an act the whole page."""
    staff.remain()
    if house.toolkit().results.revision(workshop.id)[1] != drawn[1]:
        st.rerun()
    undoing.draw(member, series, workshop)
    if shown:
        panel.draw(board, partial(panel.picked, board))
        dragging.listen(board)
    acts.unsaid()


def _stage(workshop: Workshop) -> Stage | None:
    """Let people choose among the stages whose exercise has texts; the one on the wall first."""
    toolkit = house.toolkit()
    sortable = [
        stage
        for stage in toolkit.agenda.stages(workshop.id)
        if stage.exercise in toolkit.catalogue
        and toolkit.catalogue[stage.exercise].text is not None
    ]
    if not sortable:
        return None
    known = {stage.id: stage for stage in sortable}
    usual = workshop.current_stage_id if workshop.current_stage_id in known else sortable[0].id
    asked = st.query_params.get("stage", usual)
    chosen = st.selectbox(
        _("Stage"),
        list(known),
        index=list(known).index(asked if asked in known else usual),
        format_func=acts.numbered(sortable).__getitem__,
        key=f"sort-stage-{workshop.id}",
    )
    st.query_params["stage"] = chosen
    return known[chosen]


def _say_state(stage: Stage) -> None:
    if stage.state is StageState.closed:
        st.info(_("This stage is closed. Reopen it to sort its contributions again."))
    elif stage.state in (StageState.planned, StageState.open):
        st.caption(
            _(
                "People can still write. What you sort now stays; a card its author changes "
                "comes back as a new one."
            )
        )


def _cards(board: Board) -> bool:
    """Draw the filter and the cards; return False where the hidden ones are shown instead."""
    find, shelf, theme, at_table, hidden = _filter(board)
    if hidden:
        _hidden(board)
        return False
    found = cards.matching(board.cards, find, shelf, theme, house.language(), at_table)
    order = {one.key: place for place, one in enumerate(board.shelves)}
    found.sort(key=lambda card: (order.get(card.shelf, 99), card.number))
    st.caption(t(counted("{n} card", "{n} cards", n=len(found))))
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = st.pagination(pages, key=f"sort-page-{board.stage.id}") if pages > 1 else 1
    _shelves(board, found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])
    return True


def _filter(board: Board) -> tuple[str, str | None, Id | None, int, bool]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        find = st.text_input(
            _("Find"),
            key="sort-find",
            placeholder=_("A word or a number"),
            type="search",
            live=True,
        )
        shelf = None
        if len(board.shelves) > 1:
            names = {ALL: _("all")} | {one.key: t(one.name) for one in board.shelves}
            shelf = st.selectbox(
                _("Where"), list(names), format_func=names.__getitem__,
                key=f"sort-shelf-{board.stage.id}",
            )  # fmt: skip
        theme = None
        if board.themes:
            named = {ALL: _("all"), NO_THEME: _("no theme yet")}
            named |= {one.id: t(one.name) for one in board.themes}
            theme = st.selectbox(
                _("Theme"), list(named), format_func=named.__getitem__,
                key=f"sort-theme-{board.stage.id}",
            )  # fmt: skip
        at_table = _tables(board.stage)
        label = _("Hidden ones ({n})", n=len(board.hidden))
        hidden = st.toggle(label, key="sort-hidden")
    place = None if shelf == ALL else shelf
    return find or "", place, None if theme == ALL else theme, at_table, hidden


def _tables(stage: Stage) -> int:
    """Ask whose cards are listed: those of one table, or of all (0)."""
    if not stage.tables:
        return 0
    named = {0: _("all")} | {n: str(n) for n in range(1, stage.tables + 1)}
    return st.selectbox(
        _("At table"), list(named), format_func=named.__getitem__, key=f"sort-table-{stage.id}"
    )


def _shelves(board: Board, shown: Sequence[Card]) -> None:
    """Draw the cards under their shelves, two shelves side by side."""
    used = [one for one in board.shelves if any(card.shelf == one.key for card in shown)]
    listed: list[Shelf | None] = [*used]
    if any(card.shelf not in {one.key for one in used} for card in shown):
        listed.append(None)
    columns, reader = st.columns(2 if len(listed) > 1 else 1), house.language()
    for place, shelf in enumerate(listed):
        known = {one.key for one in used}
        held = [
            card for card in shown
            if (card.shelf == shelf.key if shelf is not None else card.shelf not in known)
        ]  # fmt: skip
        name = shelf.key if shelf is not None else "rest"
        with columns[place % len(columns)], st.container(key=f"shelf-{name}"):
            head = f'<p class="sed-h">{house.html(shelf.name, reader)}</p>' if shelf else ""
            house.show(head + "".join(_card(board, card, reader) for card in held))


def _card(board: Board, card: Card, reader: Language) -> str:
    """Return a card as a tick box whose whole text can be pressed.

    Forty of Streamlit's own boxes cost the browser more at every act than all the rest of the page;
    ``dragging`` hears which are ticked. ``reader``: Streamlit takes a while to tell.
    """
    facts: list[Sayable] = []
    if card.support > 1:
        facts.append(counted("{n} person", "{n} people", n=card.support))
    if card.merged:
        facts.append(counted("{n} merged", "{n} merged", n=len(card.merged)))
    if board.stage.tables and card.tables:
        facts.append(_from(card.tables))
    theme = board.theme(card.theme_id)
    if card.whole:
        facts.append(text("part of No. {number}", number=card.whole))
    facts += [one for one in (card.by, theme.name if theme else "") if one]
    if card.filed:
        facts.append(text("moved here"))
    told = (
        f"<small>— {' · '.join(house.html(one, reader) for one in facts)}</small>" if facts else ""
    )
    words = escape(printable(say(cards.numbered(card.number, card.words.said(reader)), reader)))
    tongue = card.words.tongue(reader)
    return (
        f'<div class="sed-tick st-key-card-{card.id}"><label><input type="checkbox" />'
        f'<span><span lang="{tongue}" dir="auto">{words}</span>{told}</span></label></div>'
    )


def _from(tables: Collection[int]) -> Sayable:
    """Return from which table a card came, or from how many."""
    if len(tables) == 1:
        return text("Table {number}", number=next(iter(tables)))
    return counted("from {n} table", "from {n} tables", n=len(tables))


def _hidden(board: Board) -> None:
    if not board.hidden:
        st.markdown(_("Nothing is hidden in this stage."))
    for card in board.hidden:
        words, beside = st.columns([5, 1], vertical_alignment="center")
        reason = HIDDEN.get(card.hidden, HIDDEN["other"])
        said = cards.as_typed(card, house.language())
        words.markdown(f"{said}  \n— {plain(t(reason))}")
        key, bring = f"restore-{card.id}", partial(_restore, card.id)
        acts.button(_("Restore"), key, bring, draw=beside.button, key=key)


def _restore(card_id: Id, member: Staff) -> None:
    house.toolkit().sorting.restore(member, card_id)


page()
