"""Maturity: the sample's figures, the evidence gate, suppression, and what people may not do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.maturity import exercise
from exercises.maturity.analysis import analyse
from exercises.maturity.evidence import Exhibit, evidence_level, gather
from exercises.maturity.model import Evidence, Rating, Settings, check, done, slot
from exercises.maturity.result import DimensionResult, Result
from exercises.maturity.scale import shipped
from tests.exercises.sample import STAFF, contribute, load, make_room, make_sender
from workshop.blocks import Block, Heat, Table, as_table
from workshop.fields import read
from workshop.language import say
from workshop.model import Contribution, Refused, Sender
from workshop.statistics import Undefined, View

VECTOR = load("maturity_sample.json")
ROOM = make_room(VECTOR)
PEOPLE = {one["id"]: make_sender(one) for one in VECTOR["people"]}
CODES = ("F1", "F2", "F3", "G1", "G2", "G3", "P1", "P2", "P3")


def sample_entries() -> list[Contribution[Any]]:
    made: list[tuple[Any, Sender]] = [
        (Rating(dimension=one["dimension"], current=one["current"], target=one["target"]),
         PEOPLE[one["participant"]])
        for one in VECTOR["ratings"]
    ]  # fmt: skip
    made += [
        (
            Evidence(
                evidence=one["evidence_id"],
                status=one["status"],
                link=one["link"],
                note=one["note"],
                verifier=one["verifier_org"],
            ),
            STAFF,
        )
        for one in VECTOR["evidence"]
    ]
    return [
        contribute(place, entry, sender, slot=slot(entry))
        for place, (entry, sender) in enumerate(made, 1)
    ]


def rate(
    levels: Sequence[tuple[str, int | None]], dimension: str = "F1", first: int = 1
) -> list[Contribution[Any]]:
    return [
        contribute(place, Rating(dimension=dimension, current=level), PEOPLE[person])
        for place, (person, level) in enumerate(levels, first)
    ]


@pytest.fixture(scope="module")
def result() -> Result:
    return analyse(Settings(), sample_entries(), ROOM)


def of(result: Result, code: str) -> DimensionResult:
    return next(one for one in result.dimensions if one.dimension.code == code)


@pytest.mark.parametrize("code", CODES)
def test_a_dimension_has_the_figures_of_the_sample(result: Result, code: str) -> None:
    expected, found = VECTOR["expected"]["dimensions"][code], of(result, code)
    assert found.levels is not None
    assert not isinstance(found.spread, Undefined)
    assert (found.n, found.cannot_judge) == (expected["n"], expected["n_na"])
    for mean, name in (
        (found.perceived, "perceived_group_equal"),
        (found.current.participant.value, "participant_mean"),
        (found.target, "target"),
        (found.levels.perception_gap, "perception_gap"),
        (found.levels.ambition_gap, "ambition_gap"),
        (found.spread.agreement.value, "A"),
        (found.spread.rwg.value, "rwg"),
    ):
        assert mean == pytest.approx(expected[name], abs=1e-9), name
    for group, mean in expected["by_group"].items():
        assert found.current.by_group[group].value == pytest.approx(mean, abs=1e-9)
    assert found.evidence_level == expected["evidence_level"]
    assert found.levels.perceived_level == expected["perceived_level"]
    assert found.levels.confirmed_level == expected["confirmed_level"]


def test_the_whole_has_the_figures_of_the_sample(result: Result) -> None:
    expected = VECTOR["expected"]["overall"]
    assert result.index == pytest.approx(expected["index_0_100"], abs=1e-9)
    assert result.confirmed == expected["confirmed_overall_level"]
    for pillar in result.pillars:
        assert pillar.mean == pytest.approx(expected["pillars"][pillar.pillar.code], abs=1e-9)
    assert [one.dimension.code for one in result.weakest] == [expected["weakest_dimension"]]
    assert [one.dimension.code for one in result.strongest] == ["G2"]
    assert result.raters == 24
    assert not isinstance(result.interval, Undefined)
    assert result.interval.low < expected["index_0_100"] < result.interval.high


def test_only_the_dialogue_dimension_is_contested(result: Result) -> None:
    assert [one.dimension.code for one in result.dimensions if one.contested] == ["P1"]
    spread = of(result, "P2").spread
    assert not isinstance(spread, Undefined)
    assert spread.view is View.SHARED


def test_the_group_of_two_is_named_as_heavy(result: Result) -> None:
    assert [(one.group.key, one.n, one.weight) for one in result.heavy] == [("knowledge", 2, 0.25)]
