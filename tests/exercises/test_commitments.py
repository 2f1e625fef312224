"""Commitments: the sample's network, the SMART check, and what staff and partners write."""

from __future__ import annotations

from typing import Any

import pytest

from exercises.commitments.analysis import Result, analyse
from exercises.commitments.model import Commitment, Settings, StatusEntry
from tests.exercises.sample import STAFF, contribute, load, make_room, make_sender
from workshop.language import Multilingual
from workshop.model import Contribution, Option

VECTOR = load("commitments_sample.json")
ROOM = make_room(VECTOR)
PEOPLE = [make_sender(one) for one in VECTOR["people"] if one["voting"]]
BY_ORGANISATION = {one.organisation_id: one for one in reversed(PEOPLE)}
SETTINGS = Settings(
    priorities=tuple(
        Option(key=one["key"], wording=Multilingual(bg=one["bg"], en=one["en"]))
        for one in VECTOR["priorities"]
    )
)
STATUSES = {"active": "confirmed", "withdrawn": "withdrawn"}


def sample_entries() -> list[Contribution[Any]]:
    made = [
        contribute(
            place,
            Commitment(
                action=one["action_bg"],
                deliverable=one["deliverable_bg"],
                due=one["due"] or "",
                strength=one["strength"],
                certainty=one["certainty"],
                needs=[{"organisation": n["org"], "what": n["what"]} for n in one["needs"]],
                priority=one["candidate"] or "",
            ),
            BY_ORGANISATION[one["org"]],
        )
        for place, one in enumerate(VECTOR["commitments"], 1)
    ]
    made += [
        contribute(100 + place, StatusEntry(commitment=one["id"], status=status), STAFF)
        for place, one in enumerate(VECTOR["commitments"], 1)
        if (status := STATUSES.get(one["status"]))
    ]
    return made


@pytest.fixture(scope="module")
def result() -> Result:
    return analyse(SETTINGS, sample_entries(), ROOM)


def label(number: int) -> str:
    return f"K{number:02d}"


def test_the_sample_counts_nineteen(result: Result) -> None:
    expected = VECTOR["expected"]
    assert [label(line.number) for line in result.counted] == expected["counted"]
    assert [label(line.number) for line in result.left_out] == expected["not_counted"]
    statuses = {label(line.number): line.status for line in result.register.lines}
    assert (statuses["K14"], statuses["K18"], statuses["K21"], statuses["K22"]) == (
        "needs_confirmation",
        "draft",
        "draft",
        "withdrawn",
    )


def test_the_network_has_the_figures_of_the_sample(result: Result) -> None:
    expected, found = VECTOR["expected_network"], result.network
    assert len(found.organisations) == expected["nodes"]
    assert len(found.links) == expected["edges"]
    assert found.density.value == pytest.approx(expected["density"], abs=1e-9)
    assert found.reciprocity.value == pytest.approx(expected["reciprocity"], abs=1e-9)
    assert dict(found.in_degree) == expected["in_degree"]
    assert dict(found.out_degree) == expected["out_degree"]
    assert dict(found.betweenness) == pytest.approx(expected["betweenness_undirected"], abs=1e-9)
    assert list(found.articulation_points) == expected["articulation_points"]
    assert dict(result.dependencies.needed_by) == expected["commitments_depending_on"]
    first = result.loads[0]
    assert [first.organisation.id, first.share] == pytest.approx(expected["dependency_share_top"])
    assert {frozenset(cycle) for cycle in found.mutual} == {
        frozenset(cycle) for cycle in expected["cycles"]
    }
    assert [one.id for one in result.isolates] == expected["isolates"]
    assert found.components == expected["components"]
