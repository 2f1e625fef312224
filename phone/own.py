"""What a participant has sent, as their own page lists it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from phone.sheets import Sheet, shelf_of, steps_of
from workshop.exercise import Advice, Exercise
from workshop.language import Language, Sayable, say, text
from workshop.model import Contribution, Id, Refused, Stage, StageState

if TYPE_CHECKING:
    from phone.views import Seat


WAITS = text("It waits for the facilitator; until then only you see it.")
KEPT_BACK = text("The facilitator did not let it through; only you see it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One of the sender's own contributions."""

    id: Id
    number: int
    words: str
    is_text: bool
    """Whether ``words`` are the sender's own, not a name for what was tapped."""
    language: Language
    answer: Sequence[Sayable]
    """What was tapped, line by line."""
    time: str
    step: Sayable
    waits: Sayable
    """That nobody else sees it before the facilitator lets it through, or that it was too late for
    that when the stage closed; "" once others may."""
    advice: Sequence[Advice]
    open: bool
    change: str
    withdraw: str
    key: str


def new_key() -> str:
    """Return a key for a form; a phone that sends more entries from one page counts on."""
    return f"{secrets.token_hex(16)}-0"


def sent(seat: Seat, stage: Stage) -> Sequence[Contribution[Any]]:
    """Return what somebody has sent to a stage, oldest first."""
    if seat.stage is not None and stage.id == seat.stage.id:
        return seat.own
    try:
        return seat.toolkit.entries.own(seat.person.id, stage.id)
    except Refused:  # the exercise is gone: its entries cannot be read, the page still stands
        return []


def listed(seat: Seat, stage: Stage, own: Sequence[Contribution[Any]]) -> list[Mine]:
    """Return own contributions as the page lists them."""
    if not own:
        return []
    exercise = seat.toolkit.agenda.exercise(stage)
    try:
        settings = seat.settings(stage)
    except Refused:  # they no longer fit; the entries can still be listed
        return [_line(seat, stage, exercise, one, "", ()) for one in own]
    steps = {one.key: one.name for one in steps_of(exercise, settings)}
    tapped = exercise.answer or (lambda settings, entry: ())
    return [
        _line(
            seat, stage, exercise, one,
            steps.get(shelf_of(exercise, one), ""), tapped(settings, one.entry),
        )
        for one in own
    ]  # fmt: skip


def advice_on(seat: Seat, stage: Stage, one: Contribution[Any]) -> list[Advice]:
    """Return what the exercise says today about an own entry."""
    shape = seat.scene.beat.shape
    return seat.toolkit.entries.advice(stage, seat.person, one.entry, shape)


def _line(
    seat: Seat,
    stage: Stage,
    exercise: Exercise[Any, Any, Any],
    one: Contribution[Any],
    step: Sayable,
    answer: Sequence[Sayable],
) -> Mine:
    words = exercise.text(one.entry) if exercise.text else ""
    open_now = stage.state is StageState.open
    return Mine(
        id=one.id,
        number=one.number,
        words=words or say(step or text("Your answer"), seat.language),
        is_text=bool(words),
        language=one.language if words else seat.language,
        answer=answer,
        time=seat.time(one.at),
        step=step if words else "",
        waits=_waits(stage, one),
        advice=advice_on(seat, stage, one) if one.id != seat.wish.received else (),
        open=open_now,
        change=f"{seat.here}?change={one.id}",
        withdraw=f"{seat.here}/s/{stage.id}/withdraw/{one.id}",
        key=new_key() if open_now else "",
    )


def _waits(stage: Stage, one: Contribution[Any]) -> Sayable:
    if not one.waiting:
        return ""
    return KEPT_BACK if stage.state is StageState.closed else WAITS


def own_section(seat: Seat, mine: Sequence[Mine]) -> str:
    """Return the part of a page that lists own contributions, "" where there are none."""
    if not mine:
        return ""
    cards = Markup("").join(_card(seat, one) for one in mine)
    return seat.pages.fill("own.html", seat.language, {"cards": cards})


def _card(seat: Seat, one: Mine) -> Markup:
    advice = ""
    if one.advice:
        advice = Markup(seat.pages.draw("advice.html", seat.language, {"advice": one.advice}))
    tapped = Markup("").join(
        Markup('<p class="answer" dir="auto">{}</p>').format(say(line, seat.language))
        for line in one.answer
    )
    late = {
        "step": one.step,
        "words": one.words,
        "tongue": one.language,
        "answer": tapped,
        "number": one.number,
        "time": one.time,
        "waits": one.waits,
        "withdraw": one.withdraw if one.open else "",
        "key": one.key,
        "change": one.change,
        "advice": advice,
    }
    return seat.pages.fill("card.html", seat.language, late)


def steps_section(seat: Seat, sheet: Sheet) -> str:
    """Return the way through the parts of a stage, "" where it has none."""
    if not sheet.steps:
        return ""
    known = {"here": seat.here, "steps": sheet.steps, "step": sheet.step}
    return Markup(seat.pages.draw("steps.html", seat.language, known))
