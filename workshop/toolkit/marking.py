"""Mark what came on paper wherever a figure says on what it rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workshop.blocks import Basis, Block
from workshop.language import Text, counted
from workshop.model import Contribution
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
