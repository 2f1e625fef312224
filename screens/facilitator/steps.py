"""The usual path through a workshop, one step on and one step back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from screens import house
from screens.projector import place
from screens.projector.look import Look
from screens.projector.sight import Sight
from workshop.language import Text, text
from workshop.model import Staff, Stage, StageState
from workshop.toolkit import Reading, Round

ACTS = {
    StageState.open: text("Open"),
    StageState.locked: text("Lock: no more entries"),
    StageState.revealed: text("Show the result"),
    StageState.closed: text("Close the stage"),
}
ONWARD = {
    StageState.planned: StageState.open,
    StageState.open: StageState.locked,
    StageState.locked: StageState.revealed,
    StageState.revealed: StageState.closed,
}
BACK = {
    StageState.open: (StageState.planned,),
    StageState.locked: (StageState.open,),
    StageState.revealed: (StageState.locked, StageState.open),
    StageState.closed: (StageState.revealed, StageState.open),
}
BACK_WORDS = {
    StageState.planned: text("Not yet: back to planned"),
    StageState.open: text("Let people write again"),
    StageState.locked: text("Take the result off the wall"),
    StageState.revealed: text("Reopen for sorting"),
}


IN_THE_ROOM = dict.fromkeys(ONWARD, StageState.closed) | {StageState.planned: StageState.open}
"""The way of what only takes place in the room: nothing to lock, to sort or to show."""
ROOM_WORDS = {StageState.open: text("Begin"), StageState.closed: text("It is over")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one press does, and to what: a page another facilitator has overtaken lost it."""

    key: str
    label: Text
    act: Callable[[Staff], object]
    grave: bool = False
    """It cannot be undone: what a room has seen it has seen."""


def onward(sight: Sight, stages: Sequence[Stage], look: Look) -> Step | None:
    """Return the usual next step; a result of several views is turned through before it closes."""
    stage = sight.stage
    if begun(sight):
        return read_on(sight) or show_all(sight)
    if stage is not None and _turns(stage, sight):
        page = min(sight.page, last := len(sight.views(look)) - 1)
        if page < last:
            return _turned(sight, look, page + 1, text("Turn to the next view"))
    if stage is not None and stage.state in ONWARD:
        return advance(stage, sight.asks)
    coming = following(stage, stages)
    return None if coming is None else show(sight, coming)


def backward(sight: Sight, stages: Sequence[Stage], look: Look) -> Step | None:
    """Return the step that takes the last one back, where there is one."""
    stage = sight.stage
    if stage is None:
        return None
    if begun(sight):
        return read_back(sight)
    if _turns(stage, sight):
        page = min(sight.page, len(sight.views(look)) - 1)
        if page > 0:
            return _turned(sight, look, page - 1, text("Turn to the view before"))
    if stage.state in BACK:
        return ways_back(stage, sight.asks)[0]
    before = [one for one in stages if one.position < stage.position]
    return show(sight, before[-1] if before else None)


def _turns(stage: Stage, sight: Sight) -> bool:
    """Return whether a step turns through views first: of a result, or of what only is shown."""
    shown = stage.state is StageState.open and not sight.asks
    return bool(sight.blocks) and (shown or stage.state is StageState.revealed)


def advance(stage: Stage, asks: bool) -> Step:
    """Return the step that moves a stage on; ``asks``: phones have something to fill in."""
    if asks:
        return move(stage, ONWARD[stage.state])
    to = IN_THE_ROOM[stage.state]
    return move(stage, to, ROOM_WORDS[to])


def ways_back(stage: Stage, asks: bool) -> list[Step]:
    """Return the steps that move a stage back, the usual one first."""
    if not asks and stage.state is StageState.closed:
        return [move(stage, StageState.open, text("Take it up again"))]
    return [move(stage, to, BACK_WORDS[to]) for to in BACK.get(stage.state, ())]


def following(stage: Stage | None, stages: Sequence[Stage]) -> Stage | None:
    """Return the next stage that is not over, counted from the one on the wall."""
    after = [one for one in stages if stage is None or one.position > stage.position]
    return next((one for one in after if one.state is not StageState.closed), None)


def move(stage: Stage, to: StageState, label: Text | None = None) -> Step:
    """Return the step that moves a stage to another state."""
    agenda = house.toolkit().agenda
    return Step(
        key=f"{to}-{stage.id}",
        label=label or ACTS[to],
        act=lambda member: agenda.move(member, stage.id, to),
        grave=to is StageState.revealed and stage.state is StageState.locked,
    )


def show(sight: Sight, stage: Stage | None) -> Step:
    """Return the step that puts a stage, or the lobby, on the wall."""
    agenda, workshop_id = house.toolkit().agenda, sight.workshop.id
    stage_id = stage.id if stage is not None else None
    label = (
        text("Next: {title}", title=stage.title) if stage is not None else text("Show how to join")
    )
    return Step(
        key=f"show-{stage_id or 'lobby'}",
        label=label,
        act=lambda member: agenda.show(member, workshop_id, stage_id),
    )


def begun(sight: Sight) -> bool:
    """Return whether a card is up that is read out to the room."""
    return sight.round is not None and sight.round.begun


def read_on(sight: Sight) -> Step | None:
    """Return the step to the first or the next card of a round; None where no card waits."""
    if sight.round is None or sight.round.last:
        return None
    label = text("Next card") if sight.round.begun else text("Read out card by card")
    return _read(sight, sight.round, "next card", label)


def let_pass(sight: Sight) -> Step | None:
    """Return the step that leaves the card that is up for later, if one is."""
    if sight.round is None or sight.round.words is None:
        return None
    return _read(sight, sight.round, "pass card", text("Pass"))


def read_back(sight: Sight) -> Step | None:
    """Return the step to the card before; from the first one it ends the round."""
    if sight.round is None or not sight.round.begun:
        return None
    label = text("One card back") if sight.round.place > 1 else text("End the round")
    return _read(sight, sight.round, "card before", label)


def show_all(sight: Sight) -> Step | None:
    """Return the step that ends a round and shows the whole board."""
    if sight.stage is None:
        return None
    return move(sight.stage, StageState.revealed, text("Show all cards"))


def _read(sight: Sight, seen: Round, step: Reading, label: Text) -> Step:
    assert sight.stage is not None  # there is no round without a stage
    go, stage_id = house.toolkit().readout.go, sight.stage.id
    return Step(
        key=f"{step.replace(' ', '-')}-{seen.card_id or stage_id}",
        label=label,
        act=lambda member: go(member, stage_id, seen.card_id, step),
    )


def _turned(sight: Sight, look: Look, page: int, label: Text) -> Step:
    stage_id, anchor = sight.place.stage_id, sight.views(look)[page].anchor
    turn = partial(
        place.turn, sight.workshop.id, stage_id, page, anchor=anchor, table=sight.place.table
    )
    return Step(key=f"view-{page}-{stage_id}", label=label, act=lambda _member: turn())
