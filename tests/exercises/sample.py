"""A room on paper, built from the pseudonymous vectors: no store, no toolkit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from workshop.language import Multilingual
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
