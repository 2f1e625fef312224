"""The agenda beside the wall: planned and real times, how late it is, and what gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from screens import house, staff
from screens.facilitator.acts import attempt
from screens.facilitator.steps import following
from screens.house import _, t
from screens.projector.sight import Sight
from workshop import timing
from workshop.captions import STATES
from workshop.language import Text, counted, joined, quoted, text
from workshop.model import Role, Series, Staff, Stage, StageState, Workshop
from workshop.timing import Pace, Slot

SECONDS = 15.0
"""How often the sentence about the time is said anew; it speaks of minutes."""


def draw(member: Staff, sight: Sight, stages: Sequence[Stage]) -> None:
    """Draw the agenda with its states and times; any stage, or the lobby, can be shown."""
    may = staff.may(member, Role.facilitator)
    coming = following(sight.stage, stages)
    pace = _pace(sight.workshop, sight.series, stages)
    _tell(sight.workshop, sight.series, stages)
    with st.container(key="agenda", gap="xsmall"):
        for slot in pace.slots:
            stage = slot.stage
            words, act = st.columns([5, 2], vertical_alignment="center")
            with words:
                house.show(_row(slot, sight, coming, pace))
            shown = sight.stage is not None and sight.stage.id == stage.id
            if act.button(
                _("On the wall") if shown else _("Show"),
                key=f"show-{stage.id}",
                disabled=shown or not may,
                width="stretch",
            ):
                _show(member, sight, stage)
        if st.button(
            _("Show how to join"), key="show-lobby", disabled=sight.stage is None or not may
        ):
            _show(member, sight, None)


@st.fragment(run_every=SECONDS)
def _tell(workshop: Workshop, series: Series, stages: Sequence[Stage]) -> None:
    """Say how late it is; the minutes pass without anybody's doing."""
    staff.remain()
    pace = _pace(workshop, series, stages)
    if not pace.slots:
        return
    first, *more = (escape(t(one)) for one in told(pace, house.toolkit().now()))
    kind = " late" if pace.late > 1 and pace.begun and not pace.over else ""
    rest = "".join(f"<p>{one}</p>" for one in more)
    house.show(f'<div class="sed-pace{kind}"><p><b>{first}</b></p>{rest}</div>')


def told(pace: Pace, now: datetime) -> list[Text]:
    """Return in plain sentences how a workshop stands against its plan, and what gives."""
    begins, ends = pace.begins, pace.ends
    times = {"end": pace.expected.time(), "planned": ends.time()}
    if pace.over:
        return [text("The last stage ended at {end}; planned was {planned}.", **times)]
    if not pace.begun and pace.late <= 1:
        if begins.date() != now.astimezone(begins.tzinfo).date():
            return [_planned_for(pace), *_too_much(pace)]
        said = [text("Planned from {start} to {end}.", start=begins.time(), end=ends.time())]
        return said + _too_much(pace)
    late = pace.late
    if pace.on_time:
        said = [text("On time: it would end at {end}; planned {planned}.", **times)]
        said += _too_much(pace)
    elif late < 0:
        said = [
            counted(
                "{n} minute ahead: it would end at {end}; planned {planned}.",
                "{n} minutes ahead: it would end at {end}; planned {planned}.",
                n=-late, **times,
            ),
            *_too_much(pace),
        ]  # fmt: skip
    else:
        said = [
            counted(
                "{n} minute late: it would end at {end}; planned {planned}.",
                "{n} minutes late: it would end at {end}; planned {planned}.",
                n=late, **times,
            ),
            *_too_much(pace),
            *_what_gives(pace),
        ]  # fmt: skip
    if pace.anew:
        said.append(text("Counted from the first opening, not from the planned hour."))
    return said


def _planned_for(pace: Pace) -> Text:
    start, end = pace.begins.time(), pace.ends.time()
    return text(
        "Planned for {day}, {start} to {end}.", day=pace.begins.date(), start=start, end=end
    )


def _too_much(pace: Pace) -> list[Text]:
    """Say why the last stage is planned to end later than the workshop, where it is."""
    if not pace.beyond:
        return []
    return [
        counted(
            "The stages as planned go on until {until}: {n} minute more than the workshop has.",
            "The stages as planned go on until {until}: {n} minutes more than the workshop has.",
            n=pace.beyond, until=pace.until.time(),
        )
    ]  # fmt: skip


def _what_gives(pace: Pace) -> list[Text]:
    if not pace.shorten:
        return [text("No later stage can be shortened: agree on a later end with the room.")]
    parts = joined(
        counted("{title} by {n} minute", "{title} by {n} minutes", n=n, title=quoted(stage.title))
        for stage, n in pace.shorten
    )
    said = [text("To end in time, shorten {stages}.", stages=parts)]
    if not pace.enough:
        said.append(text("That alone is not enough: leave one out, or agree on a later end."))
    return said


def _pace(workshop: Workshop, series: Series, stages: Sequence[Stage]) -> Pace:
    return timing.follow(workshop, stages, ZoneInfo(series.time_zone), house.toolkit().now())


def _row(slot: Slot, sight: Sight, coming: Stage | None, pace: Pace) -> str:
    stage = slot.stage
    exercise = house.toolkit().catalogue.get(stage.exercise)
    waits = coming is not None and coming.id == stage.id and stage.state is StageState.planned
    facts = [
        t(exercise.title) if exercise else stage.exercise,
        _("{n} min", n=stage.minutes),
        _("comes next") if waits else t(STATES[stage.state]),
    ]
    now = sight.stage is not None and sight.stage.id == stage.id
    kind = " now" if now else " done" if stage.state is StageState.closed else ""
    title = house.html(stage.title, house.language())
    return (
        f'<div class="sed-agenda{kind}"{" aria-current=step" if now else ""}>'
        f"<b>{stage.position + 1}. {title}</b><small>{escape(' · '.join(facts))}</small>"
        f"<small>{' · '.join(escape(t(one)) for one in _times(slot, pace))}</small></div>"
    )


def _times(slot: Slot, pace: Pace) -> list[Text]:
    """Return when a stage was planned, and when it took place."""
    zone = pace.begins.tzinfo
    said = [text("planned {start}–{end}", start=slot.starts.time(), end=slot.ends.time())]
    if slot.opened is None:
        return said
    opened = slot.opened.astimezone(zone).time()
    if slot.closed is None:
        return [*said, text("since {start}", start=opened)]
    closed = slot.closed.astimezone(zone).time()
    return [*said, text("held {start}–{end}", start=opened, end=closed)]


def _show(member: Staff, sight: Sight, stage: Stage | None) -> None:
    stage_id = stage.id if stage is not None else None
    attempt(member, partial(house.toolkit().agenda.show, member, sight.workshop.id, stage_id))
