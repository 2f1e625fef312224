"""The facilitator's hands: keys for the usual path, the clock, and how late it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from screens.facilitator import keys, strip
from tests.screens.facilitation import Facilitation, button, press, shown
from workshop.captions import STATES
from workshop.language import say
from workshop.model import Role, StageDraft, StageState
from workshop.store import clock
from workshop.timing import Pace, follow
from workshop.toolkit import Toolkit

COCKPIT = "facilitator/cockpit.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test press keys faster than a hand can."""
    monkeypatch.setattr(keys, "REST", 0.0)
    monkeypatch.setattr(clock, "AT_ONCE", timedelta(0))


def hit(page: Any, key: str) -> None:
    """Press the key that a button waits for."""
    press(page, f"key-{key}")


def test_two_keys_walk_the_usual_path_and_the_reveal_is_asked_for(
    work: Facilitation, quick: None
) -> None:
    page = work.open(COCKPIT)
    hit(page, "PageDown")
    assert work.workshop.current_stage_id == work.swot.id
    hit(page, "Right")
    hit(page, "PageDown")
    assert work.swot.state is StageState.locked
    hit(page, "PageDown")
    assert work.swot.state is StageState.locked
    assert "once more" in shown(page)
    hit(page, "Right")
    assert work.swot.state is StageState.revealed
    hit(page, "PageDown")
    assert work.swot.state is StageState.closed
    hit(page, "PageDown")
    assert work.workshop.current_stage_id == work.dots.id


def test_the_other_key_takes_the_question_back_and_then_the_steps(
    work: Facilitation, quick: None
) -> None:
    work.move("open", "locked")
    page = work.open(COCKPIT)
    hit(page, "PageDown")
    hit(page, "PageUp")
    assert "once more" not in shown(page)
    assert work.swot.state is StageState.locked
    hit(page, "PageDown")
    hit(page, "PageDown")
    for state in ("locked", "open", "planned"):
        hit(page, "Left")
        assert work.swot.state == state
    hit(page, "PageUp")
    assert work.workshop.current_stage_id is None


def test_a_step_that_cannot_be_taken_back_is_refused_in_words(
    work: Facilitation, quick: None
) -> None:
    work.move("open")
    work.write("Няма пари")
    page = work.open(COCKPIT)
    hit(page, "PageUp")
    assert "already written" in page.error[0].value
    assert work.swot.state is StageState.open


def test_a_result_of_several_views_is_turned_through_before_it_closes(
    work: Facilitation, quick: None
) -> None:
    work.people += [work.join(number) for number in range(4, 12)]
    work.move("open")
    work.write(*[f"Единен портал за предложения, в който се вижда какво става {n}"
                 for n in range(20)])  # fmt: skip
    work.move("locked", "revealed")
    page = work.open(COCKPIT)
    for _ in range(30):
        hit(page, "PageDown")
        if work.swot.state is not StageState.revealed:
            break
        turned = work.toolkit.walls.wall(work.workshop_id).page
    assert work.swot.state is StageState.closed
    assert turned >= 1
    work.move("revealed")
    page = work.open(COCKPIT)
    hit(page, "PageUp")
    assert work.toolkit.walls.wall(work.workshop_id).page == turned - 1


def test_a_key_that_is_held_down_is_one_press(
    work: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(keys.time, "monotonic", lambda: now[0])
    page = work.open(COCKPIT)
    for _ in range(4):
        now[0] += 0.2
        hit(page, "PageDown")
    assert work.workshop.current_stage_id == work.swot.id
    assert work.swot.state is StageState.planned
    now[0] += 1
    hit(page, "PageDown")
    assert work.swot.state is StageState.open


def test_an_overtaken_key_does_nothing_and_shows_what_happened(
    work: Facilitation, quick: None
) -> None:
    work.move("open", "locked")
    one, other = work.open(COCKPIT), work.open(COCKPIT)
    for page in (one, other):
        hit(page, "PageDown")
    late = button(other, "key-PageDown")
    hit(one, "PageDown")
    late.click().run()
    assert not other.exception
    assert not other.error
    assert work.swot.state is StageState.revealed
    acts = [move.act for move in work.toolkit.results.moves(work.workshop_id)]
    assert acts.count("revealed") == 1
    assert button(other, "onward-closed")


def test_observers_have_no_keys_but_the_list(work: Facilitation) -> None:
    work.move("open")
    work.enter(work.member(Role.observer))
    page = work.open(COCKPIT)
    assert not [one for one in page.button if str(one.key).startswith("key-")]
    press(page, "list-keys")
    assert "PageDown" in shown(page)


def test_the_clock_is_paused_goes_on_and_gets_two_minutes(work: Facilitation, quick: None) -> None:
    page = work.open(COCKPIT)
    assert not [one for one in page.button if str(one.key).startswith("clock-")]
    work.move("open")
    page.run()
    press(page, "clock-pause")
    assert "to go, paused" in shown(page)
    left = work.swot.clock_left
    assert left is not None
    press(page, "clock-more")
    assert work.swot.clock_left == left + 120
    press(page, "clock-on")
    assert work.swot.clock_left is None
    hit(page, "P")
    hit(page, "2")
    assert work.swot.clock_left is not None
    assert work.swot.clock_left > left + 200
    acts = [move.act for move in work.toolkit.results.moves(work.workshop_id)]
    assert acts[-5:] == ["clock paused", "more time", "clock on", "clock paused", "more time"]


def test_at_zero_the_cockpit_says_that_the_stage_waits(work: Facilitation) -> None:
    work.toolkit.agenda.change_stage(None, work.swot.id, minutes=1)
    work.move("open")
    begun = work.toolkit.now()
    work.monkeypatch.setattr(work.toolkit.store, "now", lambda: begun + timedelta(minutes=5))
    page = work.open(COCKPIT)
    assert "The stage waits for you" in shown(page)
    assert not [one for one in page.button if str(one.key).startswith("clock-pause")]
    press(page, "clock-more")
    assert "<b>2:00</b>" in shown(page)
    assert work.swot.state is StageState.open


def test_a_colleague_who_paused_meanwhile_is_no_error(work: Facilitation) -> None:
    work.move("open")
    page = work.open(COCKPIT)
    late = button(page, "clock-pause")
    work.toolkit.clocks.pause(None, work.swot.id)
    late.click().run()
    assert not page.exception
    assert not page.error
    assert "to go, paused" in shown(page)


def test_two_devices_that_give_two_minutes_together_give_two(
    work: Facilitation, quick: None
) -> None:
    work.move("open")
    work.toolkit.clocks.pause(None, work.swot.id)
    left = work.swot.clock_left or 0
    one, two = work.open(COCKPIT), work.open(COCKPIT)
    late, key = button(two, "clock-more"), button(two, "key-2")
    press(one, "clock-more")
    late.click().run()
    assert work.swot.clock_left == left + 120
    key.click().run()
    assert work.swot.clock_left == left + 120
    press(two, "clock-more")
    assert work.swot.clock_left == left + 240


def test_the_agenda_shows_planned_and_real_times(work: Facilitation) -> None:
    sofia = ZoneInfo("Europe/Sofia")
    at = datetime(2026, 12, 3, 10, 30, tzinfo=sofia)
    work.monkeypatch.setattr(work.toolkit.store, "now", lambda: at)
    work.move("open")
    page = shown(work.open(COCKPIT))
    assert "since 10:30" in page
    assert f"planned {_starts(work, 0)}" in page
    assert "late: it would end at" in page
    assert "shorten “Dot voting” by" in page
    work.toolkit.agenda.show(None, work.workshop_id, None)
    page = shown(work.open(COCKPIT))  # what goes on beside the wall does not come next
    assert "comes next" not in page
    assert f" · {say(STATES[StageState.open], 'en')}</small><small>planned" in page
    at += timedelta(minutes=12)
    work.move("locked", "revealed", "closed")
    assert "held 10:30–10:42" in shown(work.open(COCKPIT))


def _pace(work: Facilitation, now: datetime) -> Pace:
    stages = work.toolkit.agenda.stages(work.workshop_id)
    return follow(work.workshop, stages, ZoneInfo("Europe/Sofia"), now)


def _starts(work: Facilitation, place: int) -> str:
    return f"{_pace(work, work.toolkit.now()).slots[place].starts:%H:%M}"


@pytest.mark.parametrize(
    ("late", "begun", "said"),
    [
        (0, True, "Навреме: краят би бил в 13:00; по план 13:00."),
        (-5, True, "5 минути по-рано: краят би бил в 12:55; по план 13:00."),
        (1, True, "Навреме: краят би бил в 13:01; по план 13:00."),
        (20, True, "20 минути закъснение: краят би бил в 13:20; по план 13:00."),
        (0, False, "По план: 3 декември 2026\u00a0г., от 10:00 до 13:00."),
    ],
)
def test_one_plain_sentence_says_how_late_it_is(
    work: Facilitation, late: int, begun: bool, said: str
) -> None:
    now = work.toolkit.now()
    pace = _pace(work, now)
    pace = replace(pace, begun=begun, expected=pace.ends + timedelta(minutes=late))
    assert say(strip.told(pace, now)[0], "bg") == said


def test_stages_put_in_on_the_way_end_in_the_heading_when_the_last_row_does(
    work: Facilitation,
) -> None:
    at = datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("Europe/Sofia"))
    work.monkeypatch.setattr(work.toolkit.store, "now", lambda: at)
    work.move("open")
    for minutes in (90, 75):
        draft = StageDraft(exercise="talk", minutes=minutes)
        work.toolkit.agenda.add_stage(None, work.workshop_id, draft, 1)
    page = shown(work.open(COCKPIT))
    own = sum(one.minutes for one in work.toolkit.agenda.stages(work.workshop_id))
    late, ends = own - 180, f"{at + timedelta(minutes=own):%H:%M}"
    assert f"{late} minutes late: it would end at {ends}; planned 13:00." in page
    assert f"go on until {ends}: {late} minutes more than the workshop has." in page
    assert f"–{ends}</small>" in page


def test_what_gives_is_said_or_that_nothing_does(work: Facilitation) -> None:
    now = work.toolkit.now()
    pace = _pace(work, now)
    late = replace(pace, begun=True, expected=pace.ends + timedelta(minutes=20))
    alone = [say(one, "en") for one in strip.told(late, now)]
    assert "agree on a later end" in alone[1]
    short = replace(late, shorten=((work.dots, 3),), enough=False)
    words = [say(one, "en") for one in strip.told(short, now)]
    assert words[1] == "To end in time, shorten “Dot voting” by 3 minutes."
    assert "not enough" in words[2]
