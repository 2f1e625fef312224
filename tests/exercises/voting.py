"""Options, ballots and a hall to vote in."""

from __future__ import annotations

from dataclasses import replace

from exercises.dots.model import Entry, Settings
from tests.exercises.sample import contribute, load, make_room, make_sender
from workshop.language import Multilingual
from workshop.model import Contribution, Option, Sender

VECTOR = load("dots_sample.json")
ROOM = make_room(VECTOR)
OPEN = replace(ROOM, smallest_group=1)
"""A room that hides nothing: the sample's figures are from before suppression."""
PEOPLE = {one["id"]: make_sender(one) for one in VECTOR["people"]}
PEER = Sender(person="x", organisation_id="o", group_id="public")


def options(*keys: str, category: str = "") -> tuple[Option, ...]:
    """Return options called by their keys."""
    return tuple(
        Option(key=key, wording=Multilingual(f"Избор {key}", f"Choice {key}"), category=category)
        for key in keys
    )


def ballot(number: int, sender: Sender, **dots: int) -> Contribution[Entry]:
    """Return a ballot as it is stored."""
    return contribute(number, Entry(dots=dots), sender, slot="")


KEYS = ("C01", "C02", "C03", "C04", "C05")
FIVE = Settings(options=options(*KEYS))
