"""Before the lock: how many are done, who still writes as a number, and a last call for all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screens.facilitator import still
from screens.projector import frame, sight
from screens.projector.look import Look
from tests.screens.facilitation import Facilitation, button, press, shown
from workshop.language import LANGUAGES, Language, say
from workshop.model import Pace, Role, StageState
from workshop.toolkit import Toolkit

COCKPIT = "facilitator/cockpit.py"
CALLED = {"en": "Last call", "bg": "Последна покана"}


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    made = Facilitation(toolkit, monkeypatch)
    made.move("open")
    return made


def clock(work: Facilitation, language: Language = "en") -> str:
    """Return the times as the wall shows them."""
    look = Look(languages=(language,))
    return frame.clock(sight.gather(work.toolkit, work.workshop_id), look)


def test_the_cockpit_says_how_many_are_done_beside_the_lock(work: Facilitation) -> None:
    assert "Done: 0 of 4." in shown(work.open(COCKPIT))
    work.write("Няма отговор", "Данните са стари")
    assert "Done: 2 of 4." in shown(work.open(COCKPIT))


def test_who_asked_for_more_time_is_told_while_they_may_still_write(work: Facilitation) -> None:
    work.toolkit.people.take_time(work.people[0].id, Pace.ten)
    for words in ("Няма отговор", "Данните са стари"):  # one card is followed by another
        assert "<b>1 person asked for more time.</b>" in shown(work.open(COCKPIT))
        work.write(words)
    known = replace(work.toolkit.results.progress(work.swot.id), sure=True)
    said = [say(one, "en") for one in still.told(known)]
    assert said == ["Done: 1 of 4.", "1 person asked for more time and still writes."]


def test_the_wall_is_told_nothing_of_it(work: Facilitation) -> None:
    look = Look(languages=("en",))
    before = frame.draw(sight.gather(work.toolkit, work.workshop_id), look)
    work.toolkit.people.take_time(work.people[0].id, Pace.free)
    assert frame.draw(sight.gather(work.toolkit, work.workshop_id), look) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_last_call_is_on_the_wall_and_taken_back_by_the_other_facilitator(
    work: Facilitation, language: Language
) -> None:
    page = work.open(COCKPIT)
    before = clock(work, language)
    press(page, "clock-call")
    assert CALLED[language] in clock(work, language)
    work.enter(work.member(Role.facilitator))
    other = work.open(COCKPIT)
    press(other, "clock-uncall")
    assert CALLED[language] not in clock(work, language)
    assert 'class="left"' in clock(work, language)
    assert 'class="left"' in before


def test_nothing_is_locked_by_itself(work: Facilitation) -> None:
    work.toolkit.clocks.call(None, work.swot.id)
    stage = work.swot
    assert stage.called_until is not None
    left = stage.clock(stage.called_until)
    assert left is not None
    assert (left.left, left.last) == (0, True)
    assert stage.state is StageState.open
    work.write("Все още се брои")
    assert work.standing() == ["Все още се брои"]


def test_who_locks_ends_the_call_and_a_stage_opened_again_has_none(work: Facilitation) -> None:
    page = work.open(COCKPIT)
    press(page, "clock-call")
    press(page, "onward-locked")
    assert work.swot.called_until is None
    work.move("open")
    assert CALLED["en"] not in clock(work)


def test_two_facilitators_who_call_together_call_once(work: Facilitation) -> None:
    one, two = work.open(COCKPIT), work.open(COCKPIT)
    press(one, "clock-call")
    first = work.swot.called_until
    button(two, "clock-call").click().run()
    assert work.swot.called_until == first
    acts = [one.act for one in work.toolkit.results.moves(work.workshop_id)]
    assert acts.count("last call") == 1


def test_the_lock_that_is_undone_leaves_no_call_behind(work: Facilitation) -> None:
    work.toolkit.clocks.call(None, work.swot.id)
    work.move("locked")
    latest = work.toolkit.undoing.acts(work.workshop_id)[0]
    work.toolkit.undoing.undo(None, latest.id)
    assert work.swot.state is StageState.open
    assert work.swot.called_until is None
