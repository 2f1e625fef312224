"""Another series of the sample's shape, through the script and an import, against a reckoning."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest

from examples.make_series import make, spread
from examples.shape import complete
from tests import reckoned
from tests.another_series import draw
from workshop.model import Id
from workshop.statistics import Weighting
from workshop.toolkit import Toolkit

PRECISE = {"abs": 1e-9}
ROOMS = {
    "hall": (7, {"public": 8, "private": 6, "civic": 4, "youth": 2}),
    "corner": (3, {"public": 2, "private": 3, "civic": 1, "knowledge": 2}),
}


class Another:
    """A drawn series in a database it was imported into."""

    def __init__(self, sample: dict[str, Any], toolkit: Toolkit) -> None:
        archive, self.remarks = make(complete(copy.deepcopy(sample)))
        self.sample = sample
        series = toolkit.archive.load(None, json.loads(spread(archive)))
        self._toolkit = toolkit
        shops = [one for one in toolkit.library.workshops(series.id) if not one.rehearsal]
        self._stages = [one for shop in shops for one in toolkit.agenda.stages(shop.id)]
        self.groups = {one.id: one.key for one in toolkit.library.groups(series.id)}
        self.organisations = {one.id: one.key for one in toolkit.library.organisations(series.id)}
        self._keys = {one["id"]: one["key"] for one in archive["contributions"]}

    def result(self, exercise: str, chapter: str = "") -> Any:
        (stage,) = [
            one for one in self._stages if (one.exercise, one.chapter) == (exercise, chapter)
        ]
        return self._toolkit.results.result(stage.id)

    def told(self, contribution_id: Id) -> str:
        """Return what the sample calls an entry."""
        return self._keys[contribution_id].partition("-")[2]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Another]]:
    """Give a drawn series by its room; each is imported once, whichever test asks first."""
    with ExitStack() as kept:

        @cache
        def of(room: str) -> Another:
            seed, sizes = ROOMS[room]
            place = tmp_path_factory.mktemp("another") / "series.db"
            return Another(draw(seed, sizes), kept.enter_context(Toolkit.open(str(place))))

        yield of


@pytest.fixture(params=ROOMS)
def another(request: pytest.FixtureRequest, drawn: Callable[[str], Another]) -> Another:
    return drawn(request.param)


def test_the_swot_is_as_reckoned(another: Another) -> None:
    expected, found = reckoned.swot(another.sample), another.result("swot")
    ideas = {another.told(one.contribution_ids[0]): one for one in found.ideas}
    assert found.submitted == expected["received"]
    assert {key: one.quadrant for key, one in ideas.items()} == expected["quadrant"]
    assert {key: one.support for key, one in ideas.items()} == expected["support"]
    for group in found.groups:
        key = another.groups[group.group.id]
        assert {letter: expected["spoken"].get((key, letter), 0) for letter in "SWOT"} == (
            group.counts
        )
    votes = another.result("dots", "R5").chosen
    assert {
        another.told(one.option.origin.contribution_ids[0]): one.dots for one in votes
    } == expected["dots"]


def test_the_dots_are_as_reckoned(another: Another) -> None:
    expected, found = reckoned.dots(another.sample), another.result("dots")
    chosen = {one.option.key: one for one in found.chosen}
    assert found.ballots == expected["ballots"]
    assert {key: one.dots for key, one in chosen.items()} == expected["dots"]
    assert {key: one.supporters for key, one in chosen.items()} == expected["supporters"]
    assert found.weightings == tuple(Weighting)
    for weighting in found.weightings:
        shares = {key: one.shares[weighting] for key, one in chosen.items()}
        assert shares == pytest.approx(expected["shares"][weighting.value], **PRECISE)
        order = {key: one.places[weighting].rank for key, one in chosen.items()}
        assert order == expected["places"][weighting.value]
    for voice in found.voices:
        if voice.group is not None:
            key = another.groups[voice.id]
            assert expected["sizes"][key] >= 3
            inside = {one.option.key: one.by_group[voice.id][1] for one in found.chosen}
            assert inside == pytest.approx(expected["groups"][key], **PRECISE)


def test_maturity_is_as_reckoned(another: Another) -> None:
    expected, found = reckoned.maturity(another.sample), another.result("maturity")
    for one in found.dimensions:
        wanted = expected["dimensions"][one.dimension.code]
        assert one.n == wanted["n"]
        for weighting in Weighting:
            assert one.current.under(weighting).value == near(wanted[weighting.value])
        groups = {another.groups[key]: mean.value for key, mean in one.current.by_group.items()}
        assert groups == pytest.approx(wanted["by_group"], **PRECISE)
        assert (one.perceived, one.target) == (near(wanted["perceived"]), near(wanted["target"]))
        assert one.evidence_level == wanted["evidence"]
        assert one.levels.perceived_level == wanted["level"]
        assert one.levels.confirmed_level == wanted["confirmed"]
        assert one.spread.agreement.value == near(wanted["agreement"])
    assert found.index == near(expected["index"])
    assert found.confirmed == expected["whole"]
    assert {one.pillar.code: one.mean for one in found.pillars} == pytest.approx(
        expected["pillars"], **PRECISE
    )


def test_the_commitments_are_as_reckoned(another: Another) -> None:
    expected, found = reckoned.commitments(another.sample), another.result("commitments")
    network, keys = found.network, another.organisations
    counted = [another.told(line.contribution.id) for line in found.counted]
    assert counted == expected["counted"]
    links = {(keys[one.giver], keys[one.needed]): one.weight for one in network.links}
    assert links == expected["weights"]
    assert network.density.value == near(expected["density"])
    assert network.reciprocity.value == near(expected["reciprocity"])
    assert {keys[key]: n for key, n in network.in_degree.items()} == expected["in"]
    assert {keys[key]: n for key, n in network.out_degree.items()} == expected["out"]
    betweenness = {keys[key]: value for key, value in network.betweenness.items()}
    assert betweenness == pytest.approx(expected["betweenness"], **PRECISE)
    assert {keys[key] for key in network.articulation_points} == expected["breaks"]
    assert {frozenset(keys[key] for key in pair) for pair in network.mutual} == expected["mutual"]
    needed = {keys[one.organisation.id]: one.needed_by for one in found.loads}
    assert needed == expected["needed"]
    alarms = {keys[one.organisation.id] for one in found.loads if one.alarm}
    assert alarms == expected["alarms"]


def test_what_went_otherwise_than_the_sample_says_is_told(another: Another) -> None:
    told = "\n".join(another.remarks)
    assert "ORG99 has nobody in the room" in told
    nobody = [
        one["evidence_id"]
        for one in another.sample["maturity"]["evidence"]
        if one["status"] == "verified" and not one["verifier_org"]
    ]
    assert all(f"{one} stays claimed: it is verified by nobody." in told for one in nobody)
    assert "is kept as a draft" in told
    assert "was refused" not in told


def near(value: Any) -> Any:
    return None if value is None else pytest.approx(float(value), **PRECISE)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"workshops": []}, "two workshops"),
        ({"workshops": [{"date": "soon"}, {"date": "later"}]}, "“soonT10:00” is no moment"),
        ({"workshops": [{"date": "2027-03-02"}, {"date": "2027-03-01"}]}, "before the first"),
        ({"groups": "public"}, "“groups” must be a list"),
        ({"participants": [{"id": "P01", "group": "moon"}]}, "group “moon” is not among"),
        ({"themes": [{"bg": "Тема"}]}, "every row needs an id"),
        ({"commitments": [{"id": "K01", "org": "ORG77"}]}, "org “ORG77” is not among"),
    ],
)
def test_a_file_of_another_shape_is_told_what_is_wrong(change: Any, sentence: str) -> None:
    with pytest.raises(SystemExit, match=sentence):
        complete({**draw(1, {"public": 4}, entries=1), **change})


def test_an_empty_series_is_a_series() -> None:
    sample = draw(1, {"public": 3}, entries=0)
    bare = ("meta", "workshops", "groups", "organisations", "participants")
    archive, remarks = make(complete({name: sample[name] for name in bare}))
    assert archive["contributions"] == []
    assert remarks == [
        "There are too few cards for a vote on them.",
        "There are too few candidates for a vote on them.",
    ]
