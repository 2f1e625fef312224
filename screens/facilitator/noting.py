"""Short notes on what happens in the room: written, changed, taken back, marked for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from screens import desk, house
from screens.facilitator import acts
from screens.house import _, plain
from workshop.model import Id, Observation, Series, Staff, Stage, Workshop
from workshop.store.observations import LONGEST
from workshop.text import personal

SHOWN = 6
"""Notes listed at once, the newest first; the rest on request."""
Names = Mapping[Id | None, str]


def draw(
    member: Staff,
    series: Series,
    workshop: Workshop,
    stages: Sequence[Stage],
    now: Stage | None,
) -> None:
    """Draw the field for a new note, then the notes, newest first."""
    house.show(f'<h2 class="sed-h">{escape(_("Notes"))}</h2>')
    titles = acts.numbered_or_between(stages)
    _new(member, workshop, titles, now)
    own = house.toolkit().observations
    notes = own.observations(workshop.id)[::-1]
    every = len(notes) <= SHOWN or st.toggle(_("Show all {n} notes", n=len(notes)), key="notes-all")
    for one in notes if every else notes[:SHOWN]:
        _note(member, one, titles, ZoneInfo(series.time_zone))
    gone = own.observations(workshop.id, withdrawn=True)
    if gone:
        with st.expander(_("Taken back: {n}", n=len(gone)), key="notes-gone"):
            for one in gone:
                _card(one, titles, ZoneInfo(series.time_zone))
                if st.button(_("Bring it back"), key=f"note-restore-{one.id}"):
                    acts.keep(partial(own.restore, member, one.id))


def _new(member: Staff, workshop: Workshop, titles: Names, now: Stage | None) -> None:
    """Ask for a note on what the wall shows now; another stage can be chosen."""
    turn, seed = desk.turn("note")
    current = now.id if now is not None else None
    with st.form(f"note-{turn}", border=False):
        words = st.text_area(
            _("New note"), key=f"note-words-{turn}", height=90, max_chars=LONGEST,
            on_change="ignore", placeholder=_("What happens in the room, without names"),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            stage_id = _about(titles, current, f"note-stage-{turn}-{current}")
            kept = st.form_submit_button(_("Keep the note"), key=f"note-keep-{turn}")
    if kept:
        with desk.refusals():
            note = house.toolkit().observations.note
            note(member, workshop.id, words or "", stage_id, seed)
            desk.next_turn("note")
            st.rerun()


def _note(member: Staff, one: Observation, titles: Names, zone: ZoneInfo) -> None:
    """Draw a note with what can be done with it."""
    own = house.toolkit().observations
    with st.container(key=f"note-{one.id}", gap="xsmall"):
        _card(one, titles, zone)
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.popover(_("Change"), key=f"note-change-{one.id}", type="tertiary"):
                _change(member, one, titles, zone)
            words = _("Not for the report") if one.reported else _("For the report")
            if st.button(words, key=f"note-report-{one.id}", type="tertiary"):
                acts.keep(partial(own.mark, member, one.id, not one.reported))
            if st.button(_("Take it back"), key=f"note-withdraw-{one.id}", type="tertiary"):
                acts.keep(partial(own.withdraw, member, one.id))


def _card(one: Observation, titles: Names, zone: ZoneInfo) -> None:
    facts = [_clock(one.at, zone), titles.get(one.stage_id, ""), one.actor]
    if one.id != one.origin_id:
        facts.append(_("changed {time}", time=_clock(one.written_at, zone)))
    marks = f'<b class="sed-tag">{escape(_("for the report"))}</b> · ' if one.reported else ""
    if personal(one.words):
        warned = _("This looks like personal data. Please change it.")
        marks = f'<b class="sed-tag look">{escape(warned)}</b> {marks}'
    house.show(
        f'<div class="sed-pair sed-note"><p dir="auto">{house.html(one.words, house.language())}'
        f"</p><small>{marks}{escape(' · '.join(facts))}</small></div>"
    )


def _change(member: Staff, one: Observation, titles: Names, zone: ZoneInfo) -> None:
    """Ask for other words or another stage; what stood before is told, and stays."""
    own = house.toolkit().observations
    if one.stage_id is not None:
        titles = {key: title for key, title in titles.items() if key is not None}
    with st.form(f"changed-{one.id}", border=False):
        words = st.text_area(
            _("Note"), one.words, key=f"changed-words-{one.id}", max_chars=LONGEST, height=120,
            on_change="ignore",
        )  # fmt: skip
        stage_id = _about(titles, one.stage_id, f"changed-stage-{one.id}")
        if st.form_submit_button(_("Save"), type="primary", key=f"changed-save-{one.id}"):
            acts.keep(partial(own.change, member, one.id, words=words or "", stage_id=stage_id))
    if one.id != one.origin_id:
        for before in own.versions(one.origin_id)[:-1]:
            st.caption(plain(f"{_clock(before.written_at, zone)} · {before.words}"))


def _about(titles: Names, at: Id | None, key: str) -> Id | None:
    listed = list(titles)
    return st.selectbox(
        _("Stage"),
        listed,
        index=listed.index(at) if at in listed else 0,
        format_func=titles.__getitem__,
        key=key,
        on_change="ignore",
        width=360,
    )


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"
