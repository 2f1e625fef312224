"""One button that undoes the latest act, and says what and whose it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from screens import house, staff
from screens.facilitator import keys
from screens.facilitator.acts import button
from screens.house import _, plain, t
from workshop.language import Multilingual, Sayable, Text, quoted, text
from workshop.model import Act, NotFound, Refused, Role, Series, Staff, Workshop
from workshop.store.rows import actor_name

NOBODY = actor_name(None)
FEW = 4
"""Numbers of cards named; a fifth and further ones are only hinted at."""


def draw(member: Staff, series: Series, workshop: Workshop) -> None:
    """Draw the button; what somebody else did is undone by a second press, after saying whose."""
    if not staff.may(member, Role.facilitator):
        return
    refused = st.session_state.pop("undo-refused", "")
    acts = house.toolkit().undoing.acts(workshop.id, most=1)
    if acts:
        act, name = acts[0], f"undo-{acts[0].id}"
        press = partial(_press, act)
        with st.container(horizontal=True, vertical_alignment="center", key="undo"):
            button(plain(t(_label(act))), name, press, key=name, icon=":material/undo:")
            if act.actor != member.name:
                _tell(act, series, st.session_state.get("undo-asked") == act.id)
        with st.container(key="undo-key"):
            label, rested = t(_label(act)), partial(_held, press)
            button(label, name, rested, key=f"key-Z-{name}", shortcut="Z")
    if refused:
        st.error(plain(refused), icon=":material/front_hand:")


def _held(press: Callable[[Staff], object], member: Staff) -> None:
    """Press, unless the key is only held down."""
    if keys.rested():
        press(member)


def _press(act: Act, member: Staff) -> None:
    """Undo it, or ask for a second press where somebody else did it."""
    if act.actor != member.name and st.session_state.get("undo-asked") != act.id:
        st.session_state["undo-asked"] = act.id
        return
    _undo(member, act)


def _label(act: Act) -> Text:
    return text("Undo: {what}", what=what(act))


def _tell(act: Act, series: Series, armed: bool) -> None:
    """Say whose act it is; once the button was pressed, that it waits for a second press."""
    at = act.at.astimezone(ZoneInfo(series.time_zone)).time()
    # Not everybody who acts has an account: a demo, a rehearsal, a script.
    name = act.actor if act.actor != NOBODY else text("Somebody at the command line")
    words = _("{name} did this at {time}.", name=name, time=at)
    if armed:
        words = _("{said} Press once more to undo it.", said=words)
    kind = "sed-armed" if armed else "sed-quiet"
    house.show(f'<p class="{kind}" role="status">{escape(words)}</p>')


def _undo(member: Staff, act: Act) -> None:
    """Undo it, or say why not: either way the page is drawn afresh with what comes next."""
    st.session_state.pop("undo-asked", None)
    try:
        house.toolkit().undoing.undo(member, act.id, act.actor)
    except Refused as refused:
        st.session_state["undo-refused"] = t(refused.reason)
    else:
        st.session_state["told"] = _("Undone: {what}.", what=what(act))


def what(act: Act) -> Text:
    """Return what somebody did, as a noun: "hiding No. 7"."""
    if act.act in CARDS:
        return CARDS[act.act](_numbers(act.told), act.told)
    if act.act in THEMES:
        return THEMES[act.act](_words(act.told.get("theme")))
    if act.act == "seat":
        return text("seating No. {person} at table {table}", **act.told)
    if act.act == "show" and act.stage_id is None:
        return text("showing how to join")
    return STAGES[act.act](_title(act))


def _numbers(told: Mapping[str, Any]) -> str:
    numbers = [str(one) for one in told.get("numbers", ())]
    return ", ".join(numbers[:FEW]) + (" …" if len(numbers) > FEW else "")


def _words(kept: Mapping[str, str] | None) -> Sayable:
    return quoted(Multilingual(**kept)) if kept else text("none")


def _title(act: Act) -> Sayable:
    try:
        return quoted(house.toolkit().agenda.stage(act.stage_id or "").title)
    except NotFound:
        return text("a stage that is gone")


CARDS: dict[str, Callable[[str, Mapping[str, Any]], Text]] = {
    "merge": lambda cards, told: text(
        "merging No. {cards} into No. {into}", cards=cards, into=told.get("into", "")
    ),
    "unmerge": lambda cards, told: text("taking No. {cards} out again", cards=cards),
    "reword": lambda cards, told: text("the wording of No. {cards}", cards=cards),
    "hide": lambda cards, told: text("hiding No. {cards}", cards=cards),
    "restore": lambda cards, told: text("bringing back No. {cards}", cards=cards),
    "let through": lambda cards, told: text("letting No. {cards} through", cards=cards),
    "refile": lambda cards, told: text("moving No. {cards}", cards=cards),
    "assign": lambda cards, told: text(
        "the theme of No. {cards}: {theme}", cards=cards, theme=_words(told.get("theme"))
    ),
    "split": lambda cards, told: text("splitting No. {cards}", cards=cards),
    "next card": lambda cards, told: text("reading out No. {cards}", cards=cards),
    "pass card": lambda cards, told: text("passing No. {cards}", cards=cards),
    "card before": lambda cards, told: text("putting No. {cards} back unread", cards=cards),
}
THEMES: dict[str, Callable[[Sayable], Text]] = {
    "add theme": lambda name: text("adding the theme {name}", name=name),
    "rename theme": lambda name: text("renaming a theme to {name}", name=name),
    "remove theme": lambda name: text("removing the theme {name}", name=name),
}
STAGES: dict[str, Callable[[Sayable], Text]] = {
    "planned": lambda title: text("putting {title} back to planned", title=title),
    "open": lambda title: text("opening {title}", title=title),
    "locked": lambda title: text("locking {title}", title=title),
    "revealed": lambda title: text("showing the result of {title}", title=title),
    "closed": lambda title: text("closing {title}", title=title),
    "show": lambda title: text("putting {title} on the wall", title=title),
    "move stage": lambda title: text("the new place of {title} in the agenda", title=title),
    "hand on": lambda title: text("handing on to {title}", title=title),
}
