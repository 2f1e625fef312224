"""The second meeting of a series: what is recalled is chosen, shown, and brought forward."""

from __future__ import annotations

from datetime import date

import pytest

from screens.projector import frame, sight
from screens.projector.look import Look
from tests.screens.facilitation import Facilitation, press
from workshop.language import LANGUAGES, Language, Multilingual
from workshop.model import Role, Stage, StageState
from workshop.toolkit import StageDraft, Toolkit

SAID = ("Сайтът е остарял", "Няма пари", "Никой не отговаря")


class Again(Facilitation):
    """A second workshop with a recap and a vote, after a first one with a SWOT."""

    def __init__(self, toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(toolkit, monkeypatch)
        self.move("open")
        self.write(*SAID)
        self.move("locked", "revealed", "closed")
        self.second = toolkit.library.create_workshop(
            None,
            self.series.id,
            title=Multilingual(bg="Втора среща", en="Second meeting"),
            day=date(2026, 12, 17),
            stages=[StageDraft(exercise="recap"), StageDraft(exercise="dots")],
        )

    def stage(self, place: int) -> Stage:
        """Return a stage of the second workshop as it is now."""
        return self.toolkit.agenda.stages(self.second.id)[place]

    def wall(self, language: Language = "bg") -> str:
        """Return what the wall of the second workshop says."""
        look = Look(languages=(language,))
        return frame.draw(sight.gather(self.toolkit, self.second.id), look)


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Again:
    return Again(toolkit, monkeypatch)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_facilitators_lead_the_recap_with_one_key_each(work: Again, language: Language) -> None:
    page = work.open("facilitator/cockpit.py", workshop=work.second.short_name)
    press(page, "next")
    assert SAID[0] not in work.wall(language)
    press(page, f"onward-open-{work.stage(0).id}")
    assert SAID[0] in work.wall(language)
    work.enter(work.member(Role.facilitator))
    other = work.open("facilitator/cockpit.py", workshop=work.second.short_name)
    press(other, f"onward-closed-{work.stage(0).id}")
    assert work.stage(0).state is StageState.closed
    press(other, "next")
    assert work.toolkit.library.workshop(work.second.id).current_stage_id == work.stage(1).id


def test_a_remote_turns_through_the_views_before_the_recap_is_over(work: Again) -> None:
    extra = work.toolkit.agenda.add_stage(None, work.workshop_id, StageDraft(exercise="swot"))
    work.toolkit.agenda.move(None, extra.id, StageState.open)
    for number, person in enumerate(work.people):
        work.toolkit.entries.contribute(
            person.id, extra.id, {"kind": "O", "text": f"Възможност {number}"}, f"o{number}"
        ).result(10)
    for state in ("locked", "revealed"):
        work.toolkit.agenda.move(None, extra.id, StageState(state))
    work.toolkit.agenda.show(None, work.second.id, work.stage(0).id)
    work.toolkit.agenda.move(None, work.stage(0).id, StageState.open)
    first = work.wall()
    page = work.open("facilitator/cockpit.py", workshop=work.second.short_name)
    key = next(one for one in page.button if str(one.key).startswith("key-PageDown"))
    key.click().run()
    assert work.stage(0).state is StageState.open
    assert work.wall() != first
    assert "Възможност" in work.wall()


def test_the_coordinator_chooses_what_is_recalled(work: Again) -> None:
    work.enter(work.member(Role.coordinator))
    page = work.open("coordinator/agenda.py", workshop=work.second.short_name)
    (choice,) = page.multiselect
    assert len(choice.options) == 1
    assert "First meeting" in choice.options[0]
    choice.select(choice.options[0]).run()
    press(page, f"{work.stage(0).id}.save")
    assert work.stage(0).settings["stages"] == [work.swot.id]


def test_the_best_of_the_first_meeting_are_brought_into_a_vote_of_the_second(
    work: Again,
) -> None:
    page = work.open("facilitator/handing.py", workshop=work.second.short_name)
    assert "First meeting" in page.selectbox(key="hand-from").options[0]
    assert page.selectbox[-1].options == ["Dot voting"]
    page.checkbox[1].uncheck().run()
    press(page, "hand-on")
    options = work.toolkit.agenda.settings(work.stage(1)).options  # type: ignore[attr-defined]
    assert len(options) == len(SAID) - 1
    assert {one.origin.stage_id for one in options} == {work.swot.id}


def test_what_a_room_has_not_seen_is_not_brought_forward(work: Again) -> None:
    work.move("open")
    page = work.open("facilitator/handing.py", workshop=work.second.short_name)
    assert page.selectbox(key="hand-from").options == ["Recap of earlier workshops"]
