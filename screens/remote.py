"""A second device as the facilitator's remote: where the room is, and the usual path in one hand.

Its presses are the cockpit's: the same steps and the same turns of the clock. Each carries the key
of what its sender saw, so two who press together cause one step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from threading import Lock
from typing import Literal
from zlib import crc32

from screens import house
from screens.facilitator import clock, steps, still
from screens.facilitator.steps import Step
from screens.projector import place, sight
from screens.projector.look import Look
from screens.projector.sight import Sight
from workshop import captions
from workshop.language import Language, Sayable, Text, say, text
from workshop.model import Id, Staff, Stage, StageState, Workshop
from workshop.toolkit import Progress
from workshop.toolkit.readout import order

Kind = Literal["on", "back", "clock", "aside"]
_pressing = Lock()
FASTER = text("Somebody was faster. This is where the room is now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What one press can do now."""

    kind: Kind
    key: str
    label: Text
    act: Callable[[Staff], object]
    grave: bool = False
    """The room sees it and cannot unsee it: it is asked for twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What the remote of a workshop shows at one moment."""

    sight: Sight
    views: int
    presses: tuple[Press, ...]

    def named(self, key: str) -> Press | None:
        """Return what a press means now; None: the room has gone on since it was offered."""
        return next((one for one in self.presses if one.key == key), None)


def mark(workshop_id: Id, reader: Language) -> str:
    """Return what differs whenever the remote does."""
    known = house.toolkit().showing.mark(workshop_id, restless=True)
    return f"{crc32(repr((known, reader)).encode()):08x}"


def hold(workshop_id: Id, reader: Language) -> Hand:
    """Return what the remote of a workshop can do now."""
    toolkit = house.toolkit()
    now = sight.gather(toolkit, workshop_id, address="")
    stages = toolkit.agenda.stages(workshop_id)
    look = place.worn(workshop_id) or Look(languages=(reader,))
    return Hand(
        sight=now, views=len(now.views(look)), presses=tuple(_presses(now, stages, look))
    )  # fmt: skip


def press(member: Staff, workshop: Workshop, reader: Language, key: str, *, sure: bool) -> str:
    """Do what was pressed; return what the page is asked next: "", "late=1" or "armed=…".

    Raises:
        Refused: it cannot be done now.
    """
    # One thread at a time, and one process: what is looked at here must still hold when it is done.
    with _pressing, house.toolkit().turn(f"remote {workshop.id}"):
        meant = hold(workshop.id, reader).named(key)
        if meant is None:
            return "late=1"
        if meant.grave and not sure:
            return f"armed={meant.key}"
        meant.act(member)
    return ""


def _presses(now: Sight, stages: Sequence[Stage], look: Look) -> list[Press]:
    found: list[Press] = []
    stage = now.stage
    if stage is not None and stage.state is StageState.open:
        for turn in clock.turns(stage):
            # Another two minutes are another press only once the first two were seen.
            key = f"{turn.name}-{stage.id}-{clock.seen(stage)}"
            found.append(Press(kind="clock", key=key, label=turn.label, act=turn.act))
    back, on = steps.backward(now, stages, look), steps.onward(now, stages, look)
    return [*found, *_aside(now, on), *_of("back", back), *_of("on", on)]


def _aside(now: Sight, on: Step | None) -> list[Press]:
    """Return what else a round can be asked for: to begin, to let somebody pass, to end."""
    if not steps.begun(now):
        return _of("aside", steps.read_on(now))
    whole = steps.show_all(now)
    ends = [] if on is None or on.grave else _of("aside", whole)
    return [*_of("aside", steps.let_pass(now)), *ends]


def _of(kind: Kind, step: Step | None) -> list[Press]:
    if step is None:
        return []
    return [Press(kind=kind, key=step.key, label=step.label, act=step.act, grave=step.grave)]


def title(hand: Hand) -> Sayable:
    """Return what the wall shows is called."""
    stage = hand.sight.stage
    return text("Welcome") if stage is None else stage.title


def page(hand: Hand, reader: Language, *, marked: str, armed: str, words: Sayable = "") -> str:
    """Return the remote: what it can do now, and how a lost connection is told."""
    state = _said(_state(hand.sight), reader)
    lost = _said(text("Connection lost since {time}. Presses may not arrive."), reader)
    again = _said(text("See where the room is"), reader)
    beside = [one for one in hand.presses if one.kind in ("clock", "aside")]
    clocks = "".join(_form(one, reader) for one in beside)
    return (
        f'<p id="now" class="unseen" role="status">{state}</p>'
        f'<p id="lost" class="lost" role="alert" data-words="{lost}"></p>'
        f'<div id="remote" data-mark="{marked}" data-title="{_said(title(hand), reader)}">'
        f'<p class="hint">{_said(_where(hand.sight.workshop), reader)}</p>'
        f'<p class="now">{state}</p>'
        f'<div class="live">{_clock(hand.sight, reader)}{_count(hand, reader)}</div>'
        f'<p class="unscripted"><a href="?">{again}</a></p>'
        f'<div class="pair">{clocks}</div>{_path(hand, reader, armed, words)}</div>'
    )


def _where(workshop: Workshop) -> Sayable:
    if not workshop.rehearsal:
        return workshop.title
    return text("Rehearsal: {workshop}", workshop=workshop.title)


def _path(hand: Hand, reader: Language, armed: str, words: Sayable) -> str:
    """Return the usual path: one step back and one step on, with what there is to say of it."""
    told = f'<p role="status">{_said(words, reader)}</p>' if words else ""
    ways = [one for one in hand.presses if one.kind in ("back", "on")]
    on = hand.named(armed)
    if on is not None and on.grave:
        asked = _said(text("Press once more: the room sees the result."), reader)
        unarm = _said(text("Not yet"), reader)
        return (
            f'{told}<p role="alert">{asked}</p><div class="path">'
            f'<a class="act quiet" href="?">{unarm}</a>{_form(on, reader, sure=True)}</div>'
        )
    if not any(one.kind == "on" for one in ways):
        told += f'<p class="hint">{_said(text("This is the end of the agenda."), reader)}</p>'
    return told + f'<div class="path">{"".join(_form(one, reader) for one in ways)}</div>'


def _state(now: Sight) -> Sayable:
    if now.stage is None:
        return text("The wall shows how to join.")
    if now.round is not None and now.round.begun:
        return text("Card {n} of {total}", n=now.round.place, total=now.round.of)
    if not now.asks and now.stage.state in (StageState.open, StageState.closed):
        over = now.stage.state is StageState.closed
        return text("over") if over else text("now in the room")
    return captions.STATES[now.stage.state]


def _clock(now: Sight, reader: Language) -> str:
    left = now.clock
    if left is None or now.stage is None or now.stage.state is not StageState.open:
        return ""
    ticks = f' data-seconds="{left.left}"' if left.running and left.left else ""
    words = text("left, on wall and phones") if ticks else text("left, the clock is paused")
    kind = "clock"
    if left.last:
        kind, words = "clock up", text("last call, on wall and phones: people send what they have")
    elif left.left == 0:
        kind, words = "clock up", text("Time is up. The stage waits for you.")
    figure = f"<b{ticks}>{captions.digits(left.left)}</b>"
    return f'<p class="{kind}">{figure} {_said(words, reader)}</p>'


def _count(hand: Hand, reader: Language) -> str:
    now = hand.sight
    words: list[Sayable] = []
    if now.stage is None:
        words.append(text("Joined: {n}", n=now.joined))
    elif now.round is not None and now.round.begun:
        words += [one for one in (now.round.whose, order(now.round)) if one]
    elif hand.views > 1:
        page = min(now.page, hand.views - 1) + 1
        words.append(text("View {n} of {total}", n=page, total=hand.views))
    elif (done := _writing(hand)) is not None:
        words.append(text("Done: {n} of {total}", n=done.done, total=done.present))
        words += still.told(done)[1:]
    return "".join(f"<p>{_said(one, reader)}</p>" for one in words)


def _writing(hand: Hand) -> Progress | None:
    """Return how far the room is with what it writes, or wrote and has not yet seen."""
    now = hand.sight
    begun = now.stage is not None and now.stage.state is not StageState.planned
    return now.progress if begun and now.asks and not hand.views else None


def _form(one: Press, reader: Language, *, sure: bool = False) -> str:
    again = '<input type="hidden" name="sure" value="1">' if sure else ""
    quiet = "" if one.kind == "on" else ' class="quiet"'
    return (
        f'<form method="post" class="{one.kind}">'
        f'<input type="hidden" name="key" value="{escape(one.key)}">{again}'
        f"<button{quiet}>{_said(one.label, reader)}</button></form>"
    )


def _said(words: Sayable, reader: Language) -> str:
    return escape(say(words, reader))
