"""The ballot on paper: every option with its boxes."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.dots.model import Settings
from workshop.language import Text, text
from workshop.model import Room
from workshop.paper import Blank, Part


def paper(settings: Settings, room: Room) -> Sequence[Part]:
    """Return the options in the order of the list, which numbers them."""
    blanks = tuple(
        Blank(path=f"dots.{one.key}", label=one.wording, kind="count", most=settings.max_per_option)
        for one in settings.options
    )
    rules = {f"rule{place}": rule for place, rule in enumerate(settings.rules)}
    hint = Text(" ".join(f"{{{name}}}" for name in rules), tuple(rules.items()))
    return (Part(key="dots", title=text("Dots"), hint=hint, blanks=blanks),)
