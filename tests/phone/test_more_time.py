"""More time for one person: asked quietly on the phone, seen on that phone's clock alone."""

from __future__ import annotations

import json

import httpx
import pytest

from phone.leaf import PageReader
from tests.phone.conftest import Hall, Phone
from tests.phone.test_clock import clock, later, seconds
from workshop.language import LANGUAGES, say, text

ALL_YOU_NEED = text("You have as much time as you need.")


def ask(hall: Hall, phone: Phone, pace: str) -> httpx.Response:
    """Press the button for it on the page about oneself, as a browser without scripts does."""
    page = phone.get(f"{hall.here}/me")
    form = next(one for one in PageReader(page.text).forms if one.action.endswith("/time"))
    assert f'name="pace" value="{pace}"' in page.text
    return phone.post(form.action, {"pace": pace})


def test_ten_times_as_long_is_on_that_phone_only(hall: Hall) -> None:
    hall.open_stage(minutes=6)
    slow, other = hall.phone(), hall.phone()
    slow.join()
    other.join()
    page = ask(hall, slow, "ten")
    assert "ten times as long" in page.text
    assert seconds(slow.get(hall.here)) == 60 * 60
    assert seconds(other.get(hall.here)) == 6 * 60
    later(hall, minutes=10)
    assert clock(other.get(hall.here)) == "Time is up. You may still send."
    assert seconds(slow.get(hall.here)) == 50 * 60


def test_the_time_that_is_left_of_a_paused_clock_is_longer_as_well(hall: Hall) -> None:
    stage = hall.open_stage(minutes=2)
    phone = hall.phone()
    phone.join()
    ask(hall, phone, "ten")
    hall.toolkit.clocks.pause(None, stage.id)
    hall.settle()
    assert clock(phone.get(hall.here)) == "Clock paused: 20 min left"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_limit_the_phone_counts_nothing(hall: Hall, language: str) -> None:
    hall.open_stage(minutes=1)
    phone = hall.phone(language)
    phone.join()
    ask(hall, phone, "free")
    later(hall, minutes=30)
    page = phone.get(hall.here)
    assert clock(page) == say(ALL_YOU_NEED, language)
    assert "data-seconds" not in page.text


def test_it_can_be_given_back(hall: Hall) -> None:
    hall.open_stage(minutes=3)
    phone = hall.phone()
    phone.join()
    ask(hall, phone, "free")
    ask(hall, phone, "room")
    assert seconds(phone.get(hall.here)) == 180


def test_news_bring_the_clock_of_who_listens(hall: Hall) -> None:
    stage = hall.open_stage(minutes=3)
    slow, other = hall.phone(), hall.phone()
    slow.join()
    other.join()
    ask(hall, slow, "ten")
    hall.toolkit.clocks.grant(None, stage.id, 60)
    hall.settle()
    told = [json.loads(one.get(f"{hall.here}/pulse").text)["clock"] for one in (slow, other)]
    assert ['data-seconds="1860"' in told[0], 'data-seconds="240"' in told[1]] == [True, True]


def test_the_next_form_has_the_longer_time_too(hall: Hall) -> None:
    hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    ask(hall, phone, "ten")
    hall.open_stage(minutes=4)
    assert seconds(phone.get(hall.here)) == 40 * 60


def test_the_room_hears_a_number_while_they_may_write_and_never_who(hall: Hall) -> None:
    stage = hall.open_stage(minutes=5)
    slow, other = hall.phone(), hall.phone()
    slow.join()
    other.join()
    assert hall.toolkit.results.progress(stage.id).slower == 0
    ask(hall, slow, "free")
    assert hall.toolkit.results.progress(stage.id).slower == 1
    said = [
        (one.act, one.about, dict(one.detail))
        for one in hall.toolkit.results.moves(hall.workshop.id)
    ]
    assert "free" not in repr(said)
    assert "pace" not in repr(said)
    slow.write("At last")
    progress = hall.toolkit.results.progress(stage.id)
    assert (progress.done, progress.slower) == (1, 1), "one card is sent, another may follow"


def test_what_is_no_choice_changes_nothing(hall: Hall) -> None:
    hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    page = phone.post(f"{hall.here}/time", {"pace": "forever"})
    assert page.status_code == 200
    assert seconds(phone.get(hall.here)) == 300
    assert phone.get(f"{hall.here}/time").url.path.endswith("/me")


def test_the_page_of_a_form_has_not_grown_by_it(hall: Hall) -> None:
    hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    before = len(phone.get(hall.here).content)
    ask(hall, phone, "ten")
    assert abs(len(phone.get(hall.here).content) - before) <= 40


@pytest.mark.parametrize(
    ("language", "called", "over"),
    [
        ("en", "Last call, 30 s: please send what you have.",
         "Last call: please send what you have."),
        ("bg", "Последна покана, 30 сек.: моля, изпратете каквото имате.",
         "Последна покана: моля, изпратете каквото имате."),
    ],
)  # fmt: skip
def test_a_last_call_reaches_everybody_and_nothing_is_locked_by_it(
    hall: Hall, language: str, called: str, over: str
) -> None:
    stage = hall.open_stage(minutes=5)
    phone, slow = hall.phone(language), hall.phone(language)
    phone.join()
    slow.join()
    ask(hall, slow, "free")
    hall.toolkit.clocks.call(None, stage.id)
    hall.settle()
    assert [clock(one.get(hall.here)) for one in (phone, slow)] == [called, called]
    later(hall, seconds=40)
    assert clock(slow.get(hall.here)) == over
    slow.write("Still in time")
    assert hall.written(stage) == ["Still in time"]
    hall.toolkit.clocks.uncall(None, stage.id)
    hall.settle()
    assert seconds(phone.get(hall.here)) == 260


def test_where_nothing_is_filled_in_nobody_is_offered_more_time(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    ask(hall, phone, "free")
    assert clock(phone.get(hall.here)) == say(ALL_YOU_NEED, "en")
    spoken = hall.stage(minutes=8)
    monkeypatch.setattr(hall.toolkit.agenda, "asks", lambda stage: stage.id != spoken.id)
    hall.move(spoken, "open")
    assert seconds(phone.get(hall.here)) == 8 * 60, "what is only listened to ends for all at once"
    assert 'data-seconds="480"' in json.loads(phone.get(f"{hall.here}/pulse").text)["clock"]
    page = phone.get(f"{hall.here}/me")
    assert "More time" not in page.text
    assert "/time" not in page.text
    hall.open_stage(minutes=5)
    assert "Your phone sets you no limit." in phone.get(f"{hall.here}/me").text
