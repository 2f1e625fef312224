"""A room on paper, built from the pseudonymous vectors: no store, no toolkit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from workshop.blocks import Block, Figures, Prose, Table, as_table
from workshop.language import Multilingual, say
from workshop.model import Contribution, Organisation, Room, Sender, StakeholderGroup

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def load(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    return found


def make_room(vector: Mapping[str, Any], **changes: Any) -> Room:
    groups = tuple(
        StakeholderGroup(id=key, key=key, name=Multilingual(bg=key, en=key), position=place)
        for place, key in enumerate(vector["groups"])
    )
    organisations = tuple(
        Organisation(
            id=one["id"],
            key=one["id"],
            name=Multilingual(
                bg=f"Организация {one['id'][3:]}", en=f"Organisation {one['id'][3:]}"
            ),
            group_id=one["group"],
        )
        for one in vector["organisations"]
    )
    people = [one for one in vector["people"] if one["voting"]]
    given: dict[str, Any] = {
        "groups": groups,
        "organisations": organisations,
        "eligible": tuple(make_sender(one) for one in people),
        "smallest_group": 3,
        "day": date.fromisoformat(vector["day"]),
        "attended": frozenset(one["organisation"] for one in people),
    }
    return Room(**{**given, **changes})


def make_sender(person: Mapping[str, Any]) -> Sender:
    return Sender(
        person=person["id"],
        organisation_id=person["organisation"],
        group_id=person["group"],
        voting=person["voting"],
        left_early=person["left_early"],
    )


STAFF = Sender(person=None, organisation_id=None, group_id=None, voting=False, staff=True)


def contribute(number: int, entry: Any, sender: Sender, **changes: Any) -> Contribution[Any]:
    given: dict[str, Any] = {
        "id": f"c{number}",
        "stage_id": "stage",
        "number": number,
        "entry": entry,
        "sender": sender,
        "at": None,
    }
    return Contribution(**{**given, **changes})


def told(blocks: Sequence[Block], language: str = "en") -> str:
    """Return everything the blocks say, numbers in full: what a reader could find in them."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Prose):
            parts += [say(sentence, language) for sentence in block.sentences]
        elif isinstance(block, Figures):
            parts += [f"{say(f.value, language)} {say(f.label, language)}" for f in block.figures]
        table = as_table(block)
        if table is None:
            continue
        parts += [say(table.title, language), say(table.note, language)]
        parts += [say(column.head, language) for column in table.columns]
        for row in table.rows:
            parts += [
                repr(value) if isinstance(value, float) else say(value, language) for value in row
            ]
    return "\n".join(parts)


def table_of(blocks: Sequence[Block], key: str) -> Table:
    """Return the numbers of the block with that key."""
    found = next(block for block in blocks if getattr(block, "key", "") == key)
    table = as_table(found)
    assert table is not None
    return table
