"""Who still writes, before a stage is locked: how many are done, how many asked for more time."""

from __future__ import annotations

from html import escape

import streamlit as st

from screens import house, staff
from screens.house import t
from screens.projector.sight import Sight
from workshop.language import Text, counted, text
from workshop.model import Id, NotFound, Refused, StageState
from workshop.toolkit import Progress

SECONDS = 2.0
HELD = (StageState.locked, StageState.revealed)
"""While a stage is in one of these, texts that wait can still be let through."""


def draw(sight: Sight) -> None:
    """Say beside the buttons of a stage that is locked what still waits to be let through.

    Also where looking first was switched off meanwhile: what waited then goes on waiting.
    """
    stage = sight.stage
    if stage is not None and stage.state in HELD and sight.asks:
        _draw(stage.id)


@st.fragment(run_every=SECONDS)
def _draw(stage_id: Id) -> None:
    staff.remain()
    say(stage_id, writing=False)


def say(stage_id: Id, *, writing: bool) -> None:
    """Say how far the room is, while it writes, and what waits; never who."""
    try:
        done = house.toolkit().results.progress(stage_id)
    except (Refused, NotFound):  # its exercise is gone, or it was removed; the page says so
        return
    said = [escape(t(one)) for one in (told(done) if writing else waiting(done))]
    if not said:
        return
    first, *more = said if writing else ("", *said)
    care = "".join(f" <b>{one}</b>" for one in more)
    house.show(f'<p class="sed-still" role="status">{first}{care}</p>')


def told(done: Progress) -> list[Text]:
    """Return how many are done, and what should be known before locking."""
    said = [text("Done: {n} of {total}.", n=done.done, total=done.present)]
    if done.slower and not done.sure:
        said.append(
            counted(
                "{n} person asked for more time.", "{n} people asked for more time.", n=done.slower
            )
        )
    elif done.slower:
        said.append(
            counted(
                "{n} person asked for more time and still writes.",
                "{n} people asked for more time and still write.",
                n=done.slower,
            )
        )
    return [*said, *waiting(done)]


def waiting(done: Progress) -> list[Text]:
    """Return how many texts nobody but their authors sees until they are let through."""
    if not done.waiting:
        return []
    return [
        counted(
            "{n} text waits for you (page “Sort”).",
            "{n} texts wait for you (page “Sort”).",
            n=done.waiting,
        )
    ]
