"""A talk on wall, cockpit and in the report; the guide beside whatever stage is on the wall."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from screens.projector import frame, sight
from screens.projector.look import Look
from tests.screens.facilitation import Facilitation, press
from workshop.language import LANGUAGES, Language, Multilingual, say
from workshop.model import Refused, Stage, StageState
from workshop.toolkit import StageDraft, Toolkit

COCKPIT = "facilitator/cockpit.py"
BREAK = StageDraft(
    exercise="talk",
    title=Multilingual(bg="Почивка", en="Break"),
    question=Multilingual(bg="Продължаваме в 11:30.", en="We go on at 11:30."),
)
NOTES = StageDraft(
    exercise="talk",
    title=Multilingual(bg="Нужди", en="Needs"),
    question=Multilingual(bg="Кой от какво има нужда?", en="Who needs what?"),
    settings={"notes": True},
    chapter="R8",
)


class Day(Facilitation):
    """A workshop of a break, a talk with notes, and a vote."""

    def __init__(self, toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(toolkit, monkeypatch, people=0)
        self.workshop_id = toolkit.library.create_workshop(
            None,
            self.series.id,
            title=Multilingual(bg="Втора среща", en="Second meeting"),
            day=date(2026, 12, 3),
            stages=[BREAK, NOTES, StageDraft(exercise="dots")],
        ).id
        self.people = [self.join(number) for number in range(4)]

    def stage(self, place: int) -> Stage:
        """Return a stage as it is now."""
        return self.toolkit.agenda.stages(self.workshop_id)[place]

    def go(self, place: int, *states: str) -> None:
        """Move a stage on."""
        for state in states:
            self.toolkit.agenda.move(None, self.stage(place).id, StageState(state))

    def note(self, *words: str) -> None:
        """Let people write notes in turns."""
        for number, one in enumerate(words):
            person = self.people[number % len(self.people)].id
            self.toolkit.entries.contribute(
                person, self.stage(1).id, {"text": one}, f"note-{number}"
            ).result(10)

    def wall(self, language: Language = "en") -> str:
        """Return what the wall says."""
        look = Look(languages=(language,))
        return frame.draw(sight.gather(self.toolkit, self.workshop_id), look)


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Day:
    return Day(toolkit, monkeypatch)


def cockpit(work: Day, language: str = "en") -> AppTest:
    """Open the cockpit of this workshop."""
    return work.open(COCKPIT, language, workshop=work.workshop.short_name)


def test_a_break_begins_ends_and_is_taken_up_again(work: Day) -> None:
    page = cockpit(work)
    press(page, "next")
    press(page, "onward-open")
    assert "We go on at 11:30." in work.wall()
    press(page, "onward-closed")
    assert work.stage(0).state is StageState.closed
    assert "We go on at 11:30." in work.wall(), "nobody is shown an empty result"
    press(page, "back-open")
    assert work.stage(0).state is StageState.open
    press(page, "onward-closed")
    press(page, "next")
    assert work.workshop.current_stage_id == work.stage(1).id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wall_counts_nobody_and_promises_nothing_in_a_break(
    work: Day, language: Language
) -> None:
    work.go(0, "open")
    said = work.wall(language)
    assert BREAK.question.said(language) in said
    for part in ('class="pulse"', 'class="promise"'):
        assert part not in said
    work.go(1, "open")
    said = work.wall(language)
    for part in ('class="pulse"', 'class="promise"'):
        assert part in said


def test_what_is_sent_to_a_break_all_the_same_is_not_taken(work: Day) -> None:
    work.go(0, "open")
    with pytest.raises(Refused) as refused:
        work.toolkit.entries.contribute(
            work.people[0].id, work.stage(0).id, {"text": "One more thought"}, "late"
        ).result(10)
    assert "nothing to write in this part" in say(refused.value.reason, "en")
    assert work.toolkit.results.contributions(work.stage(0).id) == []


def test_a_stage_that_asks_something_is_never_closed_in_one_go(work: Day) -> None:
    work.go(1, "open")
    with pytest.raises(Refused, match="cannot do that now"):
        work.go(1, "closed")
    assert work.stage(1).state is StageState.open


def test_notes_are_merged_told_and_handed_on_to_a_vote(work: Day) -> None:
    work.go(1, "open")
    work.note("Родителите искат разписание", "Фирмите искат едно гише", "Едно гише за фирмите")
    work.go(1, "locked")
    sorting, results, notes = work.toolkit.sorting, work.toolkit.results, work.stage(1).id
    _, first, second = results.contributions(notes)
    sorting.merge(None, [second.id], first.id)
    theme = sorting.add_theme(None, notes, Multilingual(bg="Услуги", en="Services"))
    sorting.assign(None, first.id, theme.id)
    work.go(1, "revealed")
    wall = work.wall("bg")
    assert "Фирмите искат едно гише" in wall
    assert "Едно гише за фирмите" not in wall
    best, other = results.offers(notes)
    assert (best.wording.bg, say(best.note, "en")) == ("Фирмите искат едно гише", "2 people")
    results.hand_on(None, notes, work.stage(2).id, [best.key, other.key])
    options = work.toolkit.agenda.settings(work.stage(2)).options  # type: ignore[attr-defined]
    assert [one.key for one in options] == ["N2", "N1"]
    assert options[0].origin.label == "N2"


def test_the_report_tells_notes_where_the_stage_says_and_no_break_at_all(work: Day) -> None:
    work.go(0, "open", "closed")
    work.go(1, "open")
    work.note("Родителите искат разписание")
    work.go(1, "locked", "revealed", "closed")
    report = work.toolkit.results.report(work.series.id)
    assert [one.key for one in report.sections if one.key in ("R6", "R8")] == ["R8"]
    table = next(
        one
        for section in report.sections if section.key == "R3"
        for one in section.blocks if getattr(one, "key", "") == "exercises"
    )  # fmt: skip
    assert [row[1] for row in table.rows] == [NOTES.title]  # type: ignore[union-attr]


def test_notes_stay_in_the_report_when_somebody_turns_them_off_later(work: Day) -> None:
    work.go(1, "open")
    work.note("Родителите искат разписание")
    work.go(1, "locked", "revealed", "closed")
    work.toolkit.agenda.change_stage(None, work.stage(1).id, settings={"notes": False})
    report = work.toolkit.results.report(work.series.id)
    assert [one.key for one in report.sections if one.key == "R8"] == ["R8"]


def said(page: AppTest) -> str:
    """Return what the guide says, without Markdown's escapes."""
    (guide,) = [one for one in page.expander if "lead" in one.label or "води" in one.label]
    kinds: tuple[Any, ...] = (guide.markdown, *([guide.html] if hasattr(guide, "html") else []))
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_says_what_fits_this_moment_first(work: Day, language: str) -> None:
    guide = work.toolkit.catalogue["talk"].guide
    assert guide is not None
    work.toolkit.agenda.show(None, work.workshop_id, work.stage(1).id)
    for state in ("planned", "open", "locked", "revealed", "closed"):
        if state != "planned":
            work.go(1, state)
        words = said(cockpit(work, language))
        here = say(guide.steps(StageState(state))[0], language)
        others = [say(guide.steps(one)[0], language) for one in StageState]
        assert words.index(here) == min(words.index(one) for one in others)
        assert say(guide.trap, language) in words
        assert say(guide.time, language) in words


def test_the_lobby_has_no_guide(work: Day) -> None:
    assert [one for one in cockpit(work).expander if "lead" in one.label] == []
