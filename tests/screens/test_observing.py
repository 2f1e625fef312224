"""The observer's page: pressed by two, written on, and nothing else can be done from it."""

from __future__ import annotations

import pytest

from screens.projector import frame, sight
from screens.projector.look import Look
from tests.screens.facilitation import Facilitation, press, shown
from workshop.model import Role
from workshop.toolkit import Toolkit

PAGE = "facilitator/observing.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    made = Facilitation(toolkit, monkeypatch, people=12)
    made.move("open")
    made.enter(made.member(Role.observer))
    return made


def test_two_observers_time_the_same_room_and_change_nothing_else(work: Facilitation) -> None:
    own = work.toolkit.speaking
    revision = work.toolkit.results.revision(work.workshop_id)
    one, two = work.open(PAGE), work.open(PAGE)
    press(one, "speak-0")
    press(two, "speak-0")
    (running,) = own.spans(work.workshop_id)
    assert (running.group_id, running.stage_id) == (work.groups[0].id, work.swot.id)
    press(two, "speak-1")
    first, second = own.spans(work.workshop_id)
    assert (first.running, second.running) == (False, True)
    one.run()
    press(one, f"speak-stop-{second.id}")
    assert not any(each.running for each in own.spans(work.workshop_id))
    assert work.toolkit.results.revision(work.workshop_id) == revision
    keys = {str(each.key).split("-")[0] for each in one.button if not each.disabled}
    assert keys <= {"speak", "speaking", "enter", "note", "corrected", "changed", "None"}


def test_minutes_are_entered_corrected_taken_back_and_told(work: Facilitation) -> None:
    own, page = work.toolkit.speaking, work.open(PAGE)
    page.number_input(key="enter-0-minutes").set_value(12)
    press(page, "enter-keep-0")
    (typed,) = own.spans(work.workshop_id)
    assert (typed.seconds(), typed.stage_id) == (720, work.swot.id)
    assert "12.0" in shown(page)
    chosen = next(each for each in page.selectbox if str(each.key).startswith("correct-"))
    chosen.set_value(typed.id).run()
    page.number_input(key=f"corrected-{typed.id}-seconds").set_value(30)
    press(page, f"corrected-save-{typed.id}")
    (corrected,) = own.spans(work.workshop_id)
    assert corrected.seconds() == 750
    assert "12.5" in shown(page)
    own.withdraw(None, corrected.id)
    press(work.open(PAGE), f"speaking-restore-{corrected.id}")
    assert own.spans(work.workshop_id) == [corrected]


def test_a_note_is_kept_marked_changed_and_never_on_the_wall(work: Facilitation) -> None:
    own, page = work.toolkit.observations, work.open(PAGE, "bg")
    words = "Залата <b>мълчи</b>; обадете се на 0888 123 456."
    press(page, "note-keep-0")
    assert "поне няколко думи" in page.error[0].value
    page.text_area(key="note-words-0").set_value(words)
    press(page, "note-keep-0")
    (note,) = own.observations(work.workshop_id)
    assert (note.words, note.stage_id, note.actor) == (words, work.swot.id, "observer II")
    assert "прилича на лични данни" in shown(page)
    assert "<b>мълчи" not in shown(page)
    press(page, f"note-report-{note.id}")
    page.text_area(key=f"changed-words-{note.id}").set_value("Залата мълчи.")
    press(page, f"changed-save-{note.id}")
    (changed,) = own.observations(work.workshop_id)
    assert (changed.words, changed.reported) == ("Залата мълчи.", True)
    wall = frame.draw(sight.gather(work.toolkit, work.workshop_id), Look(languages=("bg",)))
    assert "мълчи" not in wall
    press(page, f"note-withdraw-{changed.id}")
    assert own.observations(work.workshop_id) == []
    press(page, f"note-restore-{changed.id}")
    assert own.observations(work.workshop_id) == [changed]
