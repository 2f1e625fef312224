"""The sheet on paper: two scales for each dimension, where we are and where we want to be."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.maturity.model import Settings
from workshop.language import Text, text
from workshop.model import Room
from workshop.paper import Blank, Part


def paper(settings: Settings, room: Room) -> Sequence[Part]:
    """Return the dimensions in their order; no mark means that somebody cannot judge."""
    scale = settings.scale
    levels = tuple((str(level), scale.level_name(level)) for level in range(1, scale.top + 1))
    return tuple(
        Part(
            key=one.code,
            title=Text("{code} {name}", (("code", one.code), ("name", one.name))),
            hint=one.question,
            base={"kind": "rating", "dimension": one.code},
            blanks=tuple(
                Blank(path=path, label=label, kind="choice", choices=levels, without="none")
                for path, label in (
                    ("current", text("Where are we now?")),
                    ("target", text("Where do we want to be?")),
                )
            ),
        )
        for one in scale.dimensions
    )
