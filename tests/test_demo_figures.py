"""The demo series gives the figures computed elsewhere: on the wall, in Excel and in Word."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.demo import DEMO, EXPECTED, HERE, Demo
from workshop.blocks import Table, as_table, cell
from workshop.language import Multilingual, Sayable, say
from workshop.statistics.weighting import Weighting
from workshop.toolkit import Toolkit

PRECISE = {"abs": 1e-9}


def _number(value: Any) -> Any:
    """Return the number of a measure that says its n as well."""
    return getattr(value, "value", value)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Toolkit.open(str(tmp_path_factory.mktemp("demo") / "demo.db")) as toolkit:
        yield Demo(toolkit)


def test_the_entries_of_the_first_workshop(demo: Demo) -> None:
    result, expected = demo.result("swot"), EXPECTED["swot"]
    board = [len(demo.table(f"swot.{letter}").rows) for letter in "SWOT"]
    assert dict(zip("SWOT", board, strict=True)) == expected["by_quadrant"]
    assert sum(board) == len(result.ideas) == expected["after_merge_and_moderation"]
    # The expected number counts attempts: what was refused at once was never received.
    attempts = json.loads((HERE / "vectors" / "swot_sample.json").read_text("utf-8"))["items"]
    refused = {one["id"] for one in attempts if one["case"].startswith("rejected:")}
    received = demo.toolkit.results.contributions(demo.stage("swot").id, everything=True)
    assert {demo.called(one.id) for one in received} == {one["id"] for one in attempts} - refused
    assert result.submitted + len(refused) == expected["submitted"] == len(attempts)


def test_who_voted(demo: Demo) -> None:
    result, expected = demo.result("dots", 1), EXPECTED["participation"]
    assert (result.ballots, result.eligible) == (expected["voted"], expected["eligible"])
    assert result.turnout == pytest.approx(expected["turnout"], **PRECISE)
    votes = demo.toolkit.results.contributions(demo.stage("dots", 1).id)
    room = demo.toolkit.results.room(demo.workshops[0].id, demo.stage("dots", 1).id)
    for group, key in demo.groups.items():
        assert {
            "eligible": sum(one.group_id == group for one in room.eligible),
            "voted": sum(one.sender.group_id == group for one in votes),
        } == expected["by_group"][key]


def test_the_dots_under_three_weightings(demo: Demo) -> None:
    result = demo.result("dots", 1)
    chosen = {one.option.key: one for one in result.chosen}
    assert {key: one.dots for key, one in chosen.items()} == EXPECTED["dot_totals"]
    names = {
        "participant": Weighting.PARTICIPANT, "org": Weighting.ORGANISATION,
        "group": Weighting.GROUP,
    }  # fmt: skip
    for name, weighting in names.items():
        shares = {key: one.shares[weighting] for key, one in chosen.items()}
        assert shares == pytest.approx(EXPECTED["dot_share"][name], **PRECISE)
        ranked = sorted(chosen, key=lambda key: (-round(shares[key], 12), key))
        assert ranked == EXPECTED["dot_order"][name]
    # The fifth place is shared: both are among the first five, and a run-off can decide.
    first = result.tops[Weighting.PARTICIPANT]
    assert [key for key in first.candidates if key != "C05"] == EXPECTED["top5"]
    assert set(first.cut) == {"C02", "C05"}


def test_the_dots_of_groups_that_may_be_shown(demo: Demo) -> None:
    table = demo.table("dots.heat", 1)
    heads = [say(column.head, "en") for column in table.columns]
    assert heads[1:3] == ["Public sector", "Business"]
    assert not {"Civic sector", "Knowledge"} & set(heads), "2 people, and the next smallest group"
    chosen = demo.result("dots", 1).chosen
    for group_id, key in demo.groups.items():
        shown = {
            one.option.key: one.by_group[group_id][0] for one in chosen if group_id in one.by_group
        }
        assert shown in ({}, EXPECTED["dot_by_group"][key])


def test_the_votes_on_the_swot_cards(demo: Demo) -> None:
    dots = {
        demo.called(one.option.origin.contribution_ids[0]): one.dots
        for one in demo.result("dots", 0).chosen
    }
    assert len(dots) == EXPECTED["swot"]["after_merge_and_moderation"]
    assert {key: n for key, n in dots.items() if n} == EXPECTED["swot_votes"]


def test_the_maturity_of_every_dimension(demo: Demo) -> None:
    found = {one.dimension.code: one for one in demo.result("maturity").dimensions}
    assert set(found) == set(EXPECTED["maturity"]["dimensions"])
    for code, expected in EXPECTED["maturity"]["dimensions"].items():
        one = found[code]
        assert (one.n, one.cannot_judge) == (expected["n"], expected["n_na"])
        told = {
            "perceived_group_equal": _number(one.perceived),
            "participant_mean": _number(one.current.participant),
            "target": _number(one.target),
            "perception_gap": _number(one.levels.perception_gap),
            "ambition_gap": _number(one.levels.ambition_gap),
            "A": one.spread.agreement.value,
            "rwg": one.spread.rwg.value,
        }
        assert told == pytest.approx({name: expected[name] for name in told}, **PRECISE)
        groups = {demo.groups[group]: _number(mean) for group, mean in one.current.by_group.items()}
        assert groups == pytest.approx(expected["by_group"], **PRECISE)
        assert one.evidence_level == expected["evidence_level"]
        assert one.levels.perceived_level == expected["perceived_level"]
        assert one.levels.confirmed_level == expected["confirmed_level"]


def test_the_maturity_of_the_whole(demo: Demo) -> None:
    result, overall = demo.result("maturity"), EXPECTED["maturity"]["overall"]
    assert result.index == pytest.approx(overall["index_0_100"], **PRECISE)
    assert result.confirmed == overall["confirmed_overall_level"]
    assert {one.pillar.code: one.mean for one in result.pillars} == pytest.approx(
        overall["pillars"], **PRECISE
    )
    assert [one.dimension.code for one in result.weakest] == [overall["weakest_dimension"]]


def test_groups_of_two_are_shown_nowhere(demo: Demo) -> None:
    table = demo.table("maturity.groups")
    shown = {say(column.head, "en"): place for place, column in enumerate(table.columns)}
    for name in ("Knowledge", "Civic sector"):
        if name in shown:
            values = [row[shown[name]] for row in table.rows if isinstance(row[shown[name]], float)]
            assert values == []


def test_the_commitments_that_count(demo: Demo) -> None:
    names = {
        line.number: demo.called(line.contribution.id)
        for line in demo.result("commitments").register.lines
    }
    for key, wanted in (("table", "counted"), ("left_out", "not_counted")):
        rows = demo.table(f"commitments.{key}").rows
        assert [names[row[0]] for row in rows] == EXPECTED["commitments"][wanted]


def test_the_network_of_commitments(demo: Demo) -> None:
    result, expected = demo.result("commitments"), EXPECTED["commitment_network"]
    network, keys = result.network, demo.organisations
    assert (len(network.organisations), len(network.links)) == (
        expected["nodes"],
        expected["edges"],
    )
    assert network.density.value == pytest.approx(expected["density"], **PRECISE)
    assert network.reciprocity.value == pytest.approx(expected["reciprocity"], **PRECISE)
    for name in ("in_degree", "out_degree"):
        assert {keys[key]: n for key, n in getattr(network, name).items()} == expected[name]
    betweenness = {keys[key]: value for key, value in network.betweenness.items()}
    assert betweenness == pytest.approx(expected["betweenness_undirected"], **PRECISE)
    assert (
        sorted(keys[key] for key in network.articulation_points) == expected["articulation_points"]
    )
    assert sorted(sorted(keys[key] for key in pair) for pair in network.mutual) == sorted(
        sorted(pair) for pair in expected["cycles"]
    )
    needed = {keys[load.organisation.id]: load.needed_by for load in result.loads}
    assert needed == expected["commitments_depending_on"]
    top, share = expected["dependency_share_top"]
    shares = {keys[load.organisation.id]: load.share for load in result.loads}
    assert shares[top] == pytest.approx(share, **PRECISE)
    assert max(shares.values()) == shares[top]
    assert [keys[one.id] for one in result.isolates] == expected["isolates"]
    assert network.components == expected["components"]


def test_no_real_organisation_or_town_is_named(demo: Demo) -> None:
    whole = json.dumps(DEMO, ensure_ascii=False).casefold()
    for name in ("софи", "sofia", "столич", "видин", "ботевград"):
        assert name not in whole.replace("europe/sofia", ""), name
    assert demo.series.synthetic
    assert demo.series.warning.bg
    assert demo.series.warning.en


def _tables(demo: Demo, workshop: Any) -> list[Table]:
    results = demo.toolkit.results
    found = []
    for stage in demo.toolkit.agenda.stages(workshop.id):
        for block in [*results.tell(stage.id), *results.details(stage.id)]:
            table = as_table(block)
            if table is not None and table.rows:
                found.append(table)
    return found


def test_excel_holds_every_number_of_every_table(demo: Demo) -> None:
    from openpyxl import load_workbook

    from exports import excel

    for workshop in demo.workshops:
        book = load_workbook(
            io.BytesIO(excel.of_workshop(demo.toolkit, workshop, "en")), read_only=True
        )
        held: list[object] = [
            value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
        ]
        numbers = sorted(float(one) for one in held if isinstance(one, int | float))
        for table in _tables(demo, workshop):
            for row in table.rows:
                for value in row:
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        assert _near(numbers, float(value)), (say(table.title, "en"), value)
        text = " ".join(str(one) for one in held)
        assert demo.series.warning.en in text


def _near(numbers: list[float], wanted: float) -> bool:
    from bisect import bisect_left

    place = bisect_left(numbers, wanted - 1e-9)
    return place < len(numbers) and abs(numbers[place] - wanted) < 1e-9


@pytest.mark.parametrize("language", ["bg", "en"])
def test_word_says_what_the_wall_says(demo: Demo, language: str) -> None:
    """Every cell of the key tables stands in the report, in the form of its language."""
    from docx import Document

    from exports import word

    report = demo.toolkit.results.report(demo.series.id)
    document = Document(io.BytesIO(word.write(report, language, exact=False)))
    cells = {
        _spaced(one.text) for table in document.tables for row in table.rows for one in row.cells
    }
    for key, nth in (
        ("dots.table", 1), ("dots.groups", 1), ("maturity.levels", 0),
        ("maturity.weightings", 0), ("maturity.groups", 0), ("maturity.agreement", 0),
        ("maturity.pillars", 0), ("maturity.evidence", 0), ("commitments.table", 0),
        ("commitments.load", 0), ("commitments.mutual", 0), ("commitments.rings", 0),
        ("commitments.left_out", 0), ("swot.groups", 0), ("swot.themes_by_group", 0),
    ):  # fmt: skip
        table = demo.table(key, nth)
        for row in table.rows:
            for value, column in zip(row, table.columns, strict=True):
                said = _spaced(_said(cell(value, column), language))
                assert said in cells, (key, said)


def _spaced(words: str) -> str:
    """Return words without the spaces that only keep a number beside its word in a narrow cell."""
    return words.replace("\xa0", " ").strip()


def _said(value: Sayable, language: str) -> str:
    if isinstance(value, Multilingual):
        return value.said(language).strip()
    return say(value, language).strip()
