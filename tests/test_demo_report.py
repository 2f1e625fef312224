"""The demo's report as its reader meets it: one page of summary, nothing said twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.blocks import Block, Figures, Prose, Table, as_table
from workshop.language import say
from workshop.report import Report, Section
from workshop.toolkit import Toolkit

DEMO = json.loads((Path(__file__).parent.parent / "examples" / "demo.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    with Toolkit.open(str(tmp_path_factory.mktemp("demo") / "demo.db")) as toolkit:
        series = toolkit.archive.load(None, DEMO)
        yield toolkit.results.report(series.id)


def blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for inner in section.sections:
        yield from blocks(inner)


def chapter(report: Report, key: str) -> Section:
    return next(one for one in report.sections if one.key == key)


def test_the_summary_tells_the_weightiest_chapter_first_and_ends_in_five_steps(
    report: Report,
) -> None:
    told = list(blocks(chapter(report, "R1")))
    leads = [say(one.lead, "en") for one in told if isinstance(one, Prose) and one.lead]
    assert leads == [
        "Maturity",
        "Needs and priorities",
        "Commitments",
        "Strengths, weaknesses, opportunities and threats",
        "Recommended next steps, drawn from the figures by fixed rules",
    ]
    figures = next(one for one in told if isinstance(one, Figures))
    assert [say(one.value, "en") for one in figures.figures] == ["32 of 100", "2 of 5", "4", "19"]
    steps = told[-1]
    assert isinstance(steps, Prose)
    assert steps.tone == "steps"
    assert len(steps.sentences) == 5
    first = say(steps.sentences[0], "en")
    assert first.startswith("Find who takes on “Single entry point for information")


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_summary_is_short_enough_for_a_page(report: Report, language: str) -> None:
    said = [
        say(sentence, language)
        for one in blocks(chapter(report, "R1"))
        if isinstance(one, Prose)
        for sentence in one.sentences
    ]
    assert sum(len(one) for one in said) < 2_600


def test_what_two_stages_of_an_exercise_have_in_common_is_said_once(report: Report) -> None:
    said = [
        say(sentence, "en")
        for one in blocks(chapter(report, "R3"))
        if isinstance(one, Prose)
        for sentence in one.sentences
    ]
    assert len(said) == len(set(said))
    assert sum("at most" in one and "on one option" in one for one in said) == 2


def test_a_chapter_with_one_stage_has_no_heading_of_its_own_for_it(report: Report) -> None:
    assert not chapter(report, "R9").sections
    assert len(chapter(report, "R5").sections) == 2


def test_every_organisation_is_thanked_under_its_group(report: Report) -> None:
    tables = (as_table(one) for one in blocks(chapter(report, "R4")))
    table = next(one for one in tables if isinstance(one, Table) and one.key == "organisations")
    assert [row[2] for row in table.rows] == [6, 7, 2, 1]
    assert say(table.rows[2][1], "en") == (
        "Bistrogora Civic Law Centre and Bistrogora Wakeful Neighbourhoods"
    )


def test_no_table_of_figures_stands_in_the_report_twice(report: Report) -> None:
    seen: list[tuple[str, tuple[object, ...]]] = [
        (one.key, one.rows)
        for section in report.sections
        for one in blocks(section)
        if isinstance(one, Table) and one.key
    ]
    assert len(seen) == len({repr(one) for one in seen})
