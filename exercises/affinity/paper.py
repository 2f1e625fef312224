"""The ballot on paper: a row of piles for every card, and a line for the name of each pile."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.affinity.model import NAMES, PLACES, Settings
from workshop.language import Sayable, text
from workshop.model import Room
from workshop.paper import Blank, Part


def paper(settings: Settings, room: Room) -> Sequence[Part]:
    """Return the cards in the order of the list: all piles of one sheet are typed in one line."""
    choices: tuple[tuple[str, Sayable], ...] = tuple(
        (pile, settings.pile(pile) or "") for pile in settings.piles
    )
    cards = tuple(
        Blank(path=f"places.{one.key}", label=one.wording, kind="choice", choices=choices)
        for one in settings.options
    )
    hint = text("Mark one pile for each card. Cards that belong together get the same number.")
    piles = Part(key="sort", title=PLACES, hint=hint, base={"kind": "sort"}, blanks=cards)
    if settings.given:
        return (piles,)
    names = tuple(
        Blank(path=f"names.{pile}", label=text("Name of pile {pile}", pile=pile))
        for pile in settings.piles
    )
    few = text("One to six words for each pile you used.")
    return piles, Part(key="names", title=NAMES, hint=few, base={"kind": "names"}, blanks=names)
