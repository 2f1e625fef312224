"""The clock in the cockpit: what wall and phones show, with more time and a pause beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from zlib import crc32

import streamlit as st

from screens import house, staff
from screens.facilitator import still
from screens.facilitator.acts import attempt
from screens.house import _, t
from screens.projector.sight import Sight
from workshop.captions import digits
from workshop.language import Text, text
from workshop.model import Clock, Role, Staff, Stage, StageState

MORE = 120
"""Seconds one press gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something the clock can be asked for now."""

    name: str
    label: Text
    act: Callable[[Staff], object]


def seen(stage: Stage) -> str:
    """Return the mark of a clock as a page shows it: a press carries what its sender saw."""
    return (
        f"{crc32(repr((stage.clock_ends_at, stage.clock_left, stage.called_until)).encode()):08x}"
    )


def turns(stage: Stage) -> list[Turn]:
    """Return what the clock of an open stage can be asked for: on or off, and more time."""
    clocks = house.toolkit().clocks
    clock = stage.clock(house.toolkit().now())
    more = Turn(
        name="more",
        label=text("+2 minutes"),
        act=lambda by: clocks.grant(by, stage.id, MORE, seen=stage),
    )
    if clock is not None and clock.last:
        take = lambda by: clocks.uncall(by, stage.id)  # noqa: E731  # as short as its neighbours
        return [Turn(name="uncall", label=text("Do not lock yet"), act=take)]
    if not house.toolkit().agenda.asks(stage):
        return _usual(stage, clock, more)
    call = Turn(
        name="call", label=text("Last call: 30 s"), act=lambda by: clocks.call(by, stage.id)
    )
    return [*_usual(stage, clock, more), call]


def _usual(stage: Stage, clock: Clock | None, more: Turn) -> list[Turn]:
    clocks = house.toolkit().clocks
    if clock is not None and clock.left == 0:
        return [more]
    if clock is not None and clock.running:
        pause = lambda by: clocks.pause(by, stage.id)  # noqa: E731  # as short as its neighbours
        return [Turn(name="pause", label=text("Pause the clock"), act=pause), more]
    label = text("Start the clock") if clock is None else text("Let the clock go on")
    if clock is None and not stage.minutes:
        return [more]
    return [Turn(name="on", label=label, act=lambda by: clocks.go(by, stage.id)), more]


def draw(member: Staff, now: Sight) -> None:
    """Draw the clock while a stage is open; it ticks by itself, and says how far the room is."""
    if now.stage is not None and now.stage.state is StageState.open:
        _draw(member, now.stage, asks=now.asks)
    else:
        still.draw(now)


@st.fragment(run_every=1.0)
def _draw(member: Staff, stage: Stage, *, asks: bool) -> None:
    staff.remain()
    if asks:
        still.say(stage.id, writing=True)
    may = staff.may(member, Role.facilitator)
    clock = stage.clock(house.toolkit().now())
    with st.container(horizontal=True, vertical_alignment="center", key="clock"):
        house.show(_face(clock))
        for turn in turns(stage):
            # A press on a clock somebody else has turned since finds no such button any more.
            key = f"clock-{turn.name}-{stage.id}-{seen(stage)}"
            if st.button(t(turn.label), key=key, disabled=not may):
                attempt(member, partial(turn.act, member))


def _face(clock: Clock | None) -> str:
    if clock is None:
        return f'<p class="sed-clock"><span>{escape(_("No clock is running."))}</span></p>'
    if clock.last:
        words = _("last call, on wall and phones: people send what they have")
        if clock.left == 0:
            words = _("The last call is over: now lock, or take it back.")
        return (
            f'<p class="sed-clock up"><b>{digits(clock.left)}</b> <span>{escape(words)}</span></p>'
        )
    if clock.left == 0:
        words = _("Time is up. The stage waits for you.")
        return f'<p class="sed-clock up"><b>0:00</b> <span>{escape(words)}</span></p>'
    words = _("to go") if clock.running else _("to go, paused")
    kind = "" if clock.running else " paused"
    return (
        f'<p class="sed-clock{kind}"><b>{digits(clock.left)}</b> <span>{escape(words)}</span></p>'
    )
