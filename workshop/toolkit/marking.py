"""Mark what came on paper wherever a figure says on what it rests, and say what is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workshop.blocks import Basis, Block, Prose
from workshop.language import Text, counted, text
from workshop.model import Contribution, Stage, StageState
from workshop.store.reading import Sight

MARKED = ("participants", "ballots", "entries")
"""What paper can be a part of."""


def on_paper(sight: Sight, standing: Sequence[Contribution[Any]]) -> int:
    """Return how many people's answers in a stage came on paper."""
    seats = {one.id for one in sight.participants if one.paper}
    written = {one.sender.person for one in standing if one.channel == "paper"}
    return len((written | sight.cast) & seats)


def marked(blocks: Sequence[Block], n: int) -> list[Block]:
    """Return blocks that say, wherever they say on what they rest, how much came on paper."""
    if not n:
        return list(blocks)
    said = counted("{n} on paper", "{n} on paper", n=n)
    return [_marked(one, said) for one in blocks]


def _marked(block: Any, said: Text) -> Any:
    basis = getattr(block, "basis", None)
    if not isinstance(basis, Basis) or basis.unit not in MARKED:
        return block
    note = said
    if basis.note:
        note = Text("{paper}; {note}", (("note", basis.note), ("paper", said)))
    return replace(block, basis=replace(basis, note=note))


def unseen(stage: Stage, standing: Sequence[Contribution[Any]], lost: int) -> list[Block]:
    """Return what is said below a result of entries it does not show; how many are ``lost``."""
    said: list[Text] = []
    n = sum(1 for one in standing if one.waiting)
    if n and stage.state is StageState.closed:
        said.append(
            counted(
                "{n} text was not let through by the facilitator and is not shown.",
                "{n} texts were not let through by the facilitator and are not shown.",
                n=n,
            )
        )
    elif n:
        said.append(
            counted(
                "{n} text waits for the facilitator and is not shown.",
                "{n} texts wait for the facilitator and are not shown.",
                n=n,
            )
        )
    if lost:
        said.append(
            text("{n} stored entries no longer fit this exercise and are not counted.", n=lost)
        )
    return [Prose(sentences=tuple(said), tone="caution")] if said else []
