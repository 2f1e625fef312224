"""Who speaks now: a button for each group, minutes by hand, and corrections afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from screens import desk, house, staff
from screens.facilitator import acts
from screens.house import _, plain, t
from workshop.captions import digits
from workshop.model import Id, Series, Span, Staff, Stage, StakeholderGroup, Workshop
from workshop.palette import group_styles

LONG = 600
"""Seconds after which it is asked whether somebody still speaks."""
Names = Mapping[Id | None, str]


def draw(
    member: Staff,
    series: Series,
    workshop: Workshop,
    groups: Sequence[StakeholderGroup],
    stages: Sequence[Stage],
) -> None:
    """Draw the buttons, and beside them what is entered or corrected by hand."""
    house.show(f'<h2 class="sed-h">{escape(_("Who is speaking"))}</h2>')
    _signs(groups)
    _buttons(member, workshop, groups)
    names = {one.id: t(one.name) for one in groups}
    titles = acts.numbered_or_between(stages)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(_("Enter minutes by hand"), key="speaking-enter"):
            _enter(member, workshop, names, titles)
        with st.popover(_("Correct an entry"), key="speaking-correct"):
            _correct(member, series, workshop, names, titles)


def _signs(groups: Sequence[StakeholderGroup]) -> None:
    """Give each button the colour and shape of its group, out of hearing."""
    styles = group_styles([one.key for one in groups])
    rules = "".join(
        f'.st-key-speak-{place} button::before {{ content: "{styles[one.key].sign}"; '
        f'content: "{styles[one.key].sign}" / ""; color: {styles[one.key].light}; '
        "margin-right: .5rem; }"
        for place, one in enumerate(groups)
    )
    house.show(f"<style>{rules}</style>")


@st.fragment(run_every=1.0)
def _buttons(member: Staff, workshop: Workshop, groups: Sequence[StakeholderGroup]) -> None:
    """Draw who speaks since when; another press lets another group speak, the last one stops."""
    staff.remain()
    toolkit = house.toolkit()
    spans, now = toolkit.speaking.spans(workshop.id), toolkit.now()
    running = next((one for one in spans if one.running), None)
    with st.container(horizontal=True, vertical_alignment="center"):
        house.show(_face(running, groups, running.seconds(now) if running else 0))
        if running is not None:
            key = f"speak-stop-{running.id}"
            if st.button(_("Stop"), key=key, type="primary", icon=":material/stop:"):
                acts.keep(partial(toolkit.speaking.stop, member, running.id))
    with st.container(horizontal=True, vertical_alignment="center", key="speaking"):
        for at, group in enumerate(groups):
            total = sum(one.seconds(now) for one in spans if one.group_id == group.id)
            label = plain(f"{t(group.name)} · {digits(total)}")
            here = running is not None and running.group_id == group.id
            if st.button(label, key=f"speak-{at}", disabled=here or workshop.finished):
                acts.keep(partial(toolkit.speaking.start, member, workshop.id, group.id))


def _face(running: Span | None, groups: Sequence[StakeholderGroup], seconds: int) -> str:
    """Return who speaks and for how long."""
    if running is None:
        words = _("Nobody is being timed. Press a group when somebody of it begins to speak.")
        return f'<p class="sed-clock paused"><b>0:00</b> <span>{escape(words)}</span></p>'
    group = next((one for one in groups if one.id == running.group_id), None)
    name = house.html(group.name, house.language()) if group else ""
    if seconds < LONG:
        return f'<p class="sed-clock"><b>{digits(seconds)}</b> <span>{name}</span></p>'
    words = escape(_("Still speaking?"))
    return f'<p class="sed-clock up"><b>{digits(seconds)}</b> <span>{name}: {words}</span></p>'


def _enter(member: Staff, workshop: Workshop, names: Mapping[Id, str], titles: Names) -> None:
    """Ask for time that nobody measured."""
    turn, seed = desk.turn("speaking-enter")
    with st.form(f"enter-{turn}", border=False):
        group_id = _group(names, f"enter-group-{turn}")
        stage_id = _stage(titles, workshop.current_stage_id, f"enter-stage-{turn}")
        seconds = _length(0, f"enter-{turn}")
        if st.form_submit_button(_("Enter"), type="primary", key=f"enter-keep-{turn}"):
            enter = house.toolkit().speaking.enter
            with desk.refusals():
                enter(member, workshop.id, group_id, seconds, stage_id, seed)
                desk.next_turn("speaking-enter")
                st.rerun()


def _correct(
    member: Staff,
    series: Series,
    workshop: Workshop,
    names: Mapping[Id, str],
    titles: Names,
) -> None:
    """Let people choose what was recorded, correct it, take it back or bring it back."""
    own = house.toolkit().speaking
    known = {one.id: one for one in reversed(own.spans(workshop.id)) if not one.running}
    zone = ZoneInfo(series.time_zone)
    told = {one.id: _told(one, names, titles, zone) for one in known.values()}
    chosen = st.selectbox(
        _("What was recorded"),
        list(known),
        index=None,
        format_func=told.__getitem__,
        placeholder=_("Choose an entry"),
        key=f"correct-{desk.form_key(*known)}",
    )
    if chosen is not None:
        _corrected(member, known[chosen], names, titles)
    for one in own.spans(workshop.id, withdrawn=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(_("taken back: {what}", what=_told(one, names, titles, zone)))
            if st.button(_("Bring it back"), key=f"speaking-restore-{one.id}"):
                acts.keep(partial(own.restore, member, one.id))


def _corrected(member: Staff, one: Span, names: Mapping[Id, str], titles: Names) -> None:
    own = house.toolkit().speaking
    if one.stage_id is not None:
        titles = {key: title for key, title in titles.items() if key is not None}
    with st.form(f"corrected-{one.id}", border=False):
        group_id = _group(names, f"corrected-group-{one.id}", one.group_id)
        stage_id = _stage(titles, one.stage_id, f"corrected-stage-{one.id}")
        seconds = _length(one.seconds(), f"corrected-{one.id}")
        if st.form_submit_button(_("Save"), type="primary", key=f"corrected-save-{one.id}"):
            acts.keep(
                partial(
                    own.correct, member, one.id,
                    group_id=group_id, seconds=seconds, stage_id=stage_id,
                )
            )  # fmt: skip
    if one.id != one.origin_id:
        was = ", ".join(digits(before.seconds()) for before in own.versions(one.origin_id)[:-1])
        st.caption(_("Before it was corrected: {what}", what=was))
    if st.button(_("Take it back"), key=f"speaking-withdraw-{one.id}"):
        acts.keep(partial(own.withdraw, member, one.id))


def _group(names: Mapping[Id, str], key: str, at: Id | None = None) -> Id:
    listed = list(names)
    index = listed.index(at) if at in listed else 0
    chosen = st.selectbox(
        _("Group"), listed, index=index, format_func=names.__getitem__, key=key, on_change="ignore"
    )
    return str(chosen)


def _stage(titles: Names, at: Id | None, key: str) -> Id | None:
    listed = list(titles)
    return st.selectbox(
        _("Stage"),
        listed,
        index=listed.index(at) if at in listed else 0,
        format_func=titles.__getitem__,
        key=key,
        on_change="ignore",
    )


def _length(seconds: int, key: str) -> int:
    """Ask for minutes and seconds; return seconds."""
    left, right = st.columns(2)
    with left:
        minutes = st.number_input(
            _("Minutes"), min_value=0, max_value=1440, value=seconds // 60, step=1,
            key=f"{key}-minutes", on_change="ignore",
        )  # fmt: skip
    with right:
        rest = st.number_input(
            _("Seconds"), min_value=0, max_value=59, value=seconds % 60, step=1,
            key=f"{key}-seconds", on_change="ignore",
        )  # fmt: skip
    return int(minutes or 0) * 60 + int(rest or 0)


def _told(one: Span, names: Mapping[Id, str], titles: Names, zone: ZoneInfo) -> str:
    parts = (
        f"{one.started_at.astimezone(zone):%H:%M}",
        names.get(one.group_id, ""),
        digits(one.seconds()),
        titles.get(one.stage_id, ""),
    )
    return " · ".join(parts)
