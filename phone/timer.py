"""The clock of a stage as phones show it: minutes for every browser, seconds where it counts."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from math import ceil

from markupsafe import Markup, escape

from workshop.language import Language, say, text
from workshop.model import Clock, Pace, Stage, StageState

TIMES = 10
"""How much longer than the room somebody may take who asks for more time (WCAG 2.2.1)."""
USUAL = 10
"""Minutes of a stage for which none were planned."""
_HERE = "\ue000"
"""Stands for the time in a sentence; nobody can write it."""


def line(stage: Stage | None, now: datetime, language: Language, pace: Pace = Pace.room) -> Markup:
    """Return the place of the clock on a page; a stage without one has it empty."""
    if stage is None or stage.state is not StageState.open:
        return Markup("")
    return Markup('<p id="clock">{}</p>').format(told(stage, now, language, pace))


def told(stage: Stage, now: datetime, language: Language, pace: Pace = Pace.room) -> Markup:
    """Return what the clock of a stage says to somebody, who may have more time than the room."""
    more = (TIMES - 1) * 60 * (stage.minutes or USUAL) if pace is Pace.ten else 0
    return _words(stage.clock(now, more), language, pace is Pace.free)


@lru_cache(maxsize=256)
def _words(clock: Clock | None, language: Language, free: bool) -> Markup:
    """Return what the clock says. Only how many seconds are left is sent, never until when.

    A phone's own time may be wrong; how much of it passed is not.
    """
    if clock is None:
        return Markup("")
    if clock.last:
        return _last(clock, language)
    if free:
        return escape(say(text("You have as much time as you need."), language))
    if clock.left == 0:
        return escape(say(text("Time is up. You may still send."), language))
    minutes = escape(say(text("{n} min", n=ceil(clock.left / 60)), language))
    if clock.running:
        minutes = Markup('<b data-seconds="{}">{}</b>').format(clock.left, minutes)
    pattern = text("{time} left") if clock.running else text("Clock paused: {time} left")
    said = escape(say(pattern, language).replace("{time}", _HERE))
    return Markup(said.replace(_HERE, minutes))


def _last(clock: Clock, language: Language) -> Markup:
    """Return the last call, which is for everybody: the stage may be locked when it is over.

    The style keeps what is marked as the last call in sight.
    """
    if clock.left == 0:
        said = escape(say(text("Last call: please send what you have."), language))
        return Markup('<span class="last">{}</span>').format(said)
    seconds = escape(say(text("{n} s", n=clock.left), language))
    ticks = Markup('<b data-seconds="{}">{}</b>').format(clock.left, seconds)
    said = escape(say(text("Last call, {time}: please send what you have."), language))
    said = Markup(said.replace("{time}", _HERE).replace(_HERE, ticks))
    return Markup('<span class="last">{}</span>').format(said)
