"""The clock of a stage as phones show it: minutes for every browser, seconds where it counts."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from math import ceil

from markupsafe import Markup, escape

from workshop.language import Language, say, text
from workshop.model import Clock, Stage, StageState

_HERE = "\ue000"
"""Stands for the time in a sentence; nobody can write it."""


def line(stage: Stage | None, now: datetime, language: Language) -> Markup:
    """Return the place of the clock on a page; a stage without one has it empty."""
    if stage is None or stage.state is not StageState.open:
        return Markup("")
    return Markup('<p id="clock">{}</p>').format(words(stage.clock(now), language))


@lru_cache(maxsize=256)
def words(clock: Clock | None, language: Language) -> Markup:
    """Return what the clock says. Only how many seconds are left is sent, never until when.

    A phone's own time may be wrong; how much of it passed is not.
    """
    if clock is None:
        return Markup("")
    if clock.left == 0:
        return escape(say(text("Time is up. You may still send."), language))
    minutes = escape(say(text("{n} min", n=ceil(clock.left / 60)), language))
    if clock.running:
        minutes = Markup('<b data-seconds="{}">{}</b>').format(clock.left, minutes)
    pattern = text("{time} left") if clock.running else text("Clock paused: {time} left")
    said = escape(say(pattern, language).replace("{time}", _HERE))
    return Markup(said.replace(_HERE, minutes))
