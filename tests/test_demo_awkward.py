"""The awkward cases of the sample behave as they say, all the way to Word and Excel."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from tests.demo import DEMO, Demo
from tests.exercises.sample import told
from workshop.language import say

HIDDEN = {
    "X02": "moved",
    "X05": "personal",
    "X07": "formula",
    "X08": "insult",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    from workshop.toolkit import Toolkit

    with Toolkit.open(str(tmp_path_factory.mktemp("demo") / "demo.db")) as toolkit:
        yield Demo(toolkit)


@pytest.fixture(scope="module")
def printed(demo: Demo) -> str:
    """Return all words of the Word report in Bulgarian and of both workbooks."""
    from docx import Document
    from openpyxl import load_workbook

    from exports import excel, word

    report = demo.toolkit.results.report(demo.series.id)
    document = Document(io.BytesIO(word.write(report, "bg", exact=False)))
    words = [one.text for one in document.element.body.iter() if one.text]
    for workshop in demo.workshops:
        book = load_workbook(io.BytesIO(excel.of_workshop(demo.toolkit, workshop, "bg")))
        words += [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    return "\n".join(words)


def cards(demo: Demo) -> dict[str, Any]:
    """Return the cards of the board by what the sample calls the first entry of each."""
    return {demo.called(one.contribution_ids[0]): one for one in demo.result("swot").ideas}


def entry(key: str) -> dict[str, Any]:
    """Return an entry as it stands in the archive."""
    (found,) = [one for one in DEMO["contributions"] if one["key"] == key]
    return found


def test_doubles_of_one_idea_are_one_card_with_distinct_authors(demo: Demo) -> None:
    ways = {"W01": 3, "W20": 2, "S01": 3, "O05": 2, "O09": 2, "T01": 2}
    assert {key: cards(demo)[key].support for key in ways} == ways
    merged = {demo.called(one) for one in cards(demo)["W01"].contribution_ids[1:]}
    assert merged == {"W02", "W03", "W04"}  # near, transliterated, exact
    assert demo.called(cards(demo)["W20"].contribution_ids[1]) == "W21"  # look-alike letters
    assert demo.called(cards(demo)["O05"].contribution_ids[1]) == "O06"  # in English
    assert {"T02", "T13"} <= set(cards(demo))  # alike, and two


def test_what_is_in_the_wrong_place_or_refused_or_hidden(demo: Demo, printed: str) -> None:
    assert (cards(demo)["X01"].submitted, cards(demo)["X01"].quadrant) == ("S", "W")
    assert not {"X03", "X04"} & {one["key"].rpartition("-")[2] for one in DEMO["contributions"]}
    for name, reason in HIDDEN.items():
        assert entry(f"swot-{name}")["hidden"] == reason
        assert name not in cards(demo)
    for words in ("user@example.org", "0888 000 000", "HYPERLINK", "НЕКАДЪРНИЦИ"):
        assert words not in printed, words
    assert "Прозрачност!" in cards(demo)["X06"].words.bg
    assert "<script>" not in cards(demo)["X06"].words.bg


def test_long_words_signs_and_quotes_arrive_whole(demo: Demo, printed: str) -> None:
    whole = entry("swot-W17")["entry"]["text"]
    assert len(whole) > 800
    assert whole in printed
    for name in ("S05", "W08", "W14"):
        sign = next(one for one in entry(f"swot-{name}")["entry"]["text"] if ord(one) > 0x2600)
        assert sign in printed
    assert entry("swot-W12")["entry"]["text"] in printed
    assert all(len(idea.words.bg) < 1000 for idea in demo.result("swot").ideas)


def test_who_is_silent_taps_twice_comes_late_or_goes_early(demo: Demo) -> None:
    votes = demo.toolkit.results.contributions(demo.stage("dots", 1).id, everything=True)
    called = [one["key"] for one in DEMO["contributions"] if one["id"] in {v.id for v in votes}]
    assert called.count("dot-P11-1") == 1
    assert not [key for key in called if "P04" in key]
    room = demo.toolkit.results.room(demo.workshops[0].id, demo.stage("dots", 1).id)
    assert (len(room.eligible), len(votes)) == (25, 24)
    late = [entry(f"swot-{name}") for name in ("W16", "T09", "X08")]
    assert min(one["at"] for one in late) > max(
        one["at"] for one in DEMO["contributions"] if one["key"] == "swot-X07"
    )
    (waiting,) = [one for one in lines(demo).values() if one.status == "needs_confirmation"]
    assert demo.called(waiting.contribution.id) == "K14"
    assert waiting.counted
    assert waiting.contribution.sender.left_early


def lines(demo: Demo) -> dict[str, Any]:
    """Return the register by what the sample calls the commitments."""
    return {
        demo.called(one.contribution.id): one for one in demo.result("commitments").register.lines
    }


def test_what_keeps_a_commitment_from_counting(demo: Demo) -> None:
    known = lines(demo)
    lacks = [say(one, "en") for one in known["K18"].lacks]
    assert (known["K18"].status, lacks) == ("draft", ["no result", "no day"])
    assert known["K21"].status == "draft"
    assert "Did you mean 31 January 2027?" in say(known["K21"].errors[0], "en")
    assert known["K22"].status == "withdrawn"
    assert not any(known[name].counted for name in ("K18", "K21", "K22"))


def test_days_off_and_vague_verbs_are_only_warned_of(demo: Demo) -> None:
    known = lines(demo)
    for name, words in (
        ("K06", "the weekend"), ("K08", "the weekend"), ("K17", "the weekend"),
        ("K15", "Liberation Day"),
    ):  # fmt: skip
        assert any(words in say(one, "en") for one in known[name].warnings), name
        assert known[name].counted
    assert any("cannot be checked later" in say(one, "en") for one in known["K18"].warnings)


def test_who_waits_for_whom_and_on_whom_most_depends(demo: Demo) -> None:
    result = demo.result("commitments")
    pairs = {
        (demo.called(one.first.contribution.id), demo.called(one.other.contribution.id))
        for one in result.waiting
    }
    assert ("K19", "K20") in pairs
    early = {
        (demo.called(one.first.contribution.id), demo.called(one.other.contribution.id))
        for one in result.conflicts
    }
    assert ("K06", "K04") in early  # the hackathon before its data
    first = result.loads[0]
    assert (demo.organisations[first.organisation.id], first.alarm) == ("ORG02", True)


def test_evidence_that_was_rejected_or_waived_and_a_group_of_two(demo: Demo) -> None:
    found = {one.dimension.code: one for one in demo.result("maturity").dimensions}
    assert (found["P2"].evidence_level, found["F2"].evidence_level) == (1, 2)
    waived = [one.proof.id for one in found["F2"].exhibits if one.waived]
    assert waived == ["F2-E2a"]
    text = told(demo.blocks("maturity"))
    assert "страницата не се отваря" in text
    assert "Groups with fewer than 3 people" in text
    (knowledge,) = [key for key, name in demo.groups.items() if name == "knowledge"]
    for one in found.values():
        assert knowledge not in one.groups.shown
        mean = one.current.by_group[knowledge]
        assert mean.n <= 2
