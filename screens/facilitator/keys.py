"""Keys of the cockpit: a presenter's remote walks the usual path, letters turn the clock."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from screens import house, staff
from screens.facilitator import clock, steps
from screens.facilitator.acts import attempt
from screens.facilitator.steps import Step
from screens.house import _, t
from screens.projector.look import Look
from screens.projector.sight import Sight
from workshop.language import Text, text
from workshop.model import Role, Staff, Stage, StageState

ON, BACK = ("PageDown", "Right"), ("PageUp", "Left")
"""What presenters' remotes send, and the arrows beside them."""
REST = 0.7
"""Seconds: a key that is held down, or bounces, is one press."""
LISTED = (
    ("PageDown", "→", text("the usual next step: open, lock, show, close, next stage")),
    ("PageUp", "←", text("one step back")),
    ("P", "", text("pause the clock, or let it go on; in a round: pass")),
    ("2", "", text("two minutes more")),
    ("L", "", text("last call: 30 seconds, then you lock; once more: not yet")),
    ("Z", "", text("undo the latest act; somebody else's after a second press")),
    ("H", "", text("this list")),
)


def draw(member: Staff, sight: Sight, stages: Sequence[Stage], look: Look) -> None:
    """Listen to the keys; they act like the buttons, whose twins they are.

    Streamlit's keys are silent while somebody types into a field. They are buttons out of sight:
    a key can so be told from a click, and must be pressed again where nothing takes it back.
    """
    if staff.may(member, Role.facilitator):
        with st.container(key="keys"):
            _path(member, sight, stages, look)
            _pass(member, sight)
            _clock(member, sight.stage)


def _path(member: Staff, sight: Sight, stages: Sequence[Stage], look: Look) -> None:
    on, back = steps.onward(sight, stages, look), steps.backward(sight, stages, look)
    armed = on is not None and on.grave and st.session_state.get("armed") == on.key
    if on is not None and pressed(ON, on.key, on.label):
        _go(member, on, armed)
    if armed and pressed(BACK, "unarm", text("Not yet")):
        st.session_state.pop("armed")
        st.rerun()
    if not armed and back is not None and pressed(BACK, back.key, back.label):
        attempt(member, partial(back.act, member))


def _pass(member: Staff, sight: Sight) -> None:
    step = steps.let_pass(sight) if steps.begun(sight) else None
    if step is not None and pressed(("P",), step.key, step.label):
        attempt(member, partial(step.act, member))


def _go(member: Staff, step: Step, armed: bool) -> None:
    if step.grave and not armed:
        st.session_state["armed"] = step.key
        st.rerun()
    st.session_state.pop("armed", None)
    attempt(member, partial(step.act, member))


def warn(sight: Sight, stages: Sequence[Stage], look: Look) -> None:
    """Say beside the buttons that the key waits to be pressed once more."""
    on = steps.onward(sight, stages, look)
    if on is not None and on.grave and st.session_state.get("armed") == on.key:
        words = _("Press the key once more: the room sees the result. The other key: not yet.")
        house.show(f'<p class="sed-armed" role="status">{escape(words)}</p>')


def _clock(member: Staff, stage: Stage | None) -> None:
    if stage is None or stage.state is not StageState.open:
        return
    for turn in clock.turns(stage):
        key = {"more": "2", "call": "L", "uncall": "L"}.get(turn.name, "P")
        if pressed((key,), f"{turn.name}-{stage.id}-{clock.seen(stage)}", turn.label):
            attempt(member, partial(turn.act, member))


def pressed(keys: Sequence[str], name: str, label: Text) -> bool:
    """Return whether one of the keys was pressed, and not only held down."""
    hit = [st.button(t(label), key=f"key-{key}-{name}", shortcut=key) for key in keys]
    return any(hit) and rested()


def rested() -> bool:
    """Return whether a key that was pressed now has rested since; else it was only held down."""
    now, before = time.monotonic(), st.session_state.get("key-at", -REST)
    st.session_state["key-at"] = now
    return bool(now - before >= REST)


def ask() -> None:
    """Draw the button that shows the list of keys, or puts it away."""
    shown = bool(st.session_state.get("keys-listed"))
    words = _("Hide the keys") if shown else _("Keys")
    if st.button(words, key="list-keys", type="tertiary", icon=":material/keyboard:", shortcut="H"):
        st.session_state["keys-listed"] = not shown
        st.rerun()


def tell() -> None:
    """Draw the list of keys, where somebody asked for it: high enough to be seen at once."""
    if not st.session_state.get("keys-listed"):
        return
    rows = "".join(
        f"<dt>{_caps(key, also)}</dt><dd>{escape(t(words))}</dd>" for key, also, words in LISTED
    )
    note = _("A presenter's remote works as it is: its two keys are the first two here.")
    house.show(f'<dl class="sed-keys">{rows}</dl><p class="sed-quiet">{escape(note)}</p>')


def _caps(*keys: str) -> str:
    return " ".join(f"<kbd>{escape(one)}</kbd>" for one in keys if one)
