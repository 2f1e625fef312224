"""How facilitators' acts are done: by whom they may be, and with every refusal as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from screens import desk, house, meant, staff
from screens.house import _, plain
from screens.shell import AWAY
from workshop.language import Sayable, Text, text
from workshop.model import Away, Id, NotFound, Refused, Role, Series, Staff, Stage, Workshop

SECONDS = 2.0
"""How often a page looks whether somebody else changed something; each look costs its browser."""


def attempt(member: Staff, act: Callable[[], object], done: Sayable = "") -> None:
    """Do something for a facilitator and draw the page afresh; a refusal stays beside the button.

    A button that is drawn as disabled can still be pressed by a forged message, so the role is
    asked again here.
    """
    if not staff.may(member, Role.facilitator):
        house.refusal(text("Observers watch; facilitators act."))
        return
    with desk.refusals():
        act()
        if done:
            st.session_state["told"] = house.t(done)
        st.rerun()


def button(
    label: str,
    name: str,
    act: Callable[[Staff], object],
    *,
    draw: Callable[..., object] = st.button,
    done: Sayable = "",
    **looks: Any,
) -> None:
    """Draw a button whose act is done before the page is drawn anew: once, and not twice.

    ``name`` tells it from the others, also where it has no key of its own; what was refused is said
    below it. What stands in fields is read by the act itself, when it is done.
    """
    draw(label, on_click=do, args=(act, done, name), **looks)
    known = st.session_state.get("refused")
    if known is not None and known[0] == name:
        _refused()


def do(act: Callable[[Staff], object], done: Sayable = "", name: str = "") -> None:
    """Do something before the page is drawn; who presses is asked again, as on every run."""
    try:
        member = staff.signed_in()
        if member is None:  # the page says so
            return
        if not staff.may(member, Role.facilitator):
            raise Refused(text("Observers watch; facilitators act."))
        act(member)
    except Refused as refused:
        st.session_state["refused"] = name, refused.reason
    except NotFound:
        gone = text("It is no longer there. Somebody else may have removed it.")
        st.session_state["refused"] = name, gone
    except Away:  # before the page is drawn nobody would hear of it, and nobody come back
        st.session_state["refused"] = name, AWAY
    else:
        if done:
            st.session_state["told"] = house.t(done)


def unsaid() -> None:
    """Say what was refused to a button that is gone; a page with such buttons ends with it."""
    if "refused" in st.session_state:
        _refused()


def _refused() -> None:
    house.refusal(st.session_state.pop("refused")[1])


def keep(act: Callable[[], object]) -> None:
    """Keep what an observer saw and draw the page afresh; a refusal stays beside the button."""
    with desk.refusals():
        act()
        st.rerun()


def begin(
    title: Text, role: Role, *, beside: Callable[[], None] | None = None
) -> tuple[Staff, Series, Workshop]:
    """Let people in, show what the last act led to, and put a workshop on the desk.

    ``beside``: draws what stands next to the page's title.
    """
    member = staff.entrance(role)
    told = st.session_state.pop("told", "")
    if told:
        st.toast(plain(told), icon=":material/check:")
    head = st.container(horizontal=True, vertical_alignment="bottom")
    with head:
        heading = st.container(width="content")
        aside = st.container(width="content") if beside is not None else heading
        series = desk.series_at_hand()
        lost = meant.gone(series) if series else ""
        workshop = desk.workshop_at_hand(series) if series and not lost else None
    with heading:
        house.show(f'<h1 class="sed-title">{_heading(title, workshop)}</h1>')
    if series and lost:
        desk.offer_others(series, lost)
    if series is None or workshop is None:
        st.markdown(_("There is no workshop yet. A coordinator can prepare one."))
        st.stop()
    if beside is not None:
        with aside:
            beside()
    return member, series, workshop


def _heading(title: Text, workshop: Workshop | None) -> str:
    """Return a page's title; nobody takes a rehearsal for the meeting itself."""
    words = house.html(title, house.language())
    if workshop is None or not workshop.rehearsal:
        return words
    return f'{words} <b class="trial">{escape(_("Rehearsal"))}</b>'


@st.fragment(run_every=SECONDS)
def watch(workshop_id: Id, drawn: tuple[int, int], *, shape_only: bool = False) -> None:
    """Draw the page again when another facilitator, or the room, changed something.

    ``shape_only``: not for every contribution, so that nobody is disturbed while sorting.
    """
    staff.remain()
    now = house.toolkit().results.revision(workshop_id)
    if (now[1] != drawn[1]) if shape_only else (now != drawn):
        st.rerun()


def numbered(stages: Sequence[Stage]) -> dict[Id, str]:
    """Return what stages are called in a list to choose from.

    Said now: Streamlit may ask for a name again when nobody's language is known.
    """
    return {one.id: f"{one.position + 1}. {house.t(one.title)}" for one in stages}


def numbered_or_between(stages: Sequence[Stage]) -> dict[Id | None, str]:
    """Return what stages are called, and what is between two of them."""
    return {None: _("between stages")} | numbered(stages)
