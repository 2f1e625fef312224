"""How to lead the stage on the wall: what to say and do now, and what usually goes wrong."""

from __future__ import annotations

from html import escape

import streamlit as st

from screens import house
from screens.house import _, plain, t
from screens.projector.sight import Sight
from workshop.captions import STATES
from workshop.exercise import Guide
from workshop.language import Text
from workshop.model import StageState

ALOUD = (StageState.planned, StageState.open)
"""While these last, the words to open with are at hand."""
WAY = (StageState.planned, StageState.open, StageState.locked, StageState.revealed)


def draw(sight: Sight) -> None:
    """Draw the guide of the exercise, folded in; what fits the present state stands first."""
    stage = sight.stage
    exercise = house.toolkit().catalogue.get(stage.exercise) if stage is not None else None
    if stage is None or exercise is None or exercise.guide is None:
        return
    guide = exercise.guide
    title = _("How to lead this: {exercise}", exercise=exercise.title)
    with st.expander(plain(title), key="guide", icon=":material/school:"):
        now, always = st.columns([3, 2], gap="medium")
        with now:
            if stage.state in ALOUD:
                house.show(f'<p class="sed-aloud">{escape(t(guide.aloud))}</p>')
            _steps(guide.steps(stage.state))
        with always:
            _part(_("How long"), guide.time)
            _part(_("The usual trap"), guide.trap)
        with st.popover(_("From beginning to end")):
            _whole(guide)


def _whole(guide: Guide) -> None:
    house.show(f'<p class="sed-aloud">{escape(t(guide.aloud))}</p>')
    for state in WAY:
        st.markdown(f"**{t(STATES[state])[:1].upper()}{t(STATES[state])[1:]}**")
        _steps(guide.steps(state))


def _steps(steps: tuple[Text, ...]) -> None:
    st.markdown("\n".join(f"- {plain(t(one))}" for one in steps))


def _part(title: str, words: Text) -> None:
    st.markdown(f"**{title}**  \n{plain(t(words))}")
