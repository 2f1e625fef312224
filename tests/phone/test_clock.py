"""The clock on phones: minutes for every browser, seconds where scripts run, never a reload."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import httpx

from tests.phone.conftest import Hall
from tests.phone.test_printing import KEYS

UP = "Time is up. You may still send."


def clock(page: httpx.Response) -> str:
    """Return what the clock of a page says, "" where the page has none."""
    found = re.search(r'<p id="clock">(.*?)</p>', page.text)
    return unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


def seconds(page: httpx.Response) -> int:
    """Return how many seconds a page gives its script."""
    found = re.search(r'<p id="clock">.*?<b data-seconds="(\d+)">', page.text)
    assert found, page.text
    return int(found[1])


def later(hall: Hall, **by: float) -> None:
    """Let time pass for the server."""
    hall.clock[0] += timedelta(**by)


def test_a_form_says_how_many_minutes_are_left(hall: Hall) -> None:
    hall.open_stage(minutes=7)
    phone, other = hall.phone("bg"), hall.phone("en")
    assert clock(phone.join()) == "Още 7 мин."
    other.join()
    later(hall, minutes=2, seconds=30)
    page = other.get(hall.here)
    assert clock(page) == "5 min left"
    assert seconds(page) == 270


def test_everybody_gets_the_time_of_their_own_moment_though_the_page_is_printed_once(
    hall: Hall,
) -> None:
    hall.open_stage(minutes=7)
    phone = hall.phone()
    phone.join()
    first = phone.get(hall.here)
    later(hall, seconds=100)
    second = phone.get(hall.here)
    plain = phone.get(hall.here, headers={"Accept-Encoding": "identity"})
    assert [seconds(page) for page in (first, second, plain)] == [420, 320, 320]
    assert KEYS.sub("", second.text) == KEYS.sub("", plain.text)


def test_at_zero_the_page_says_so_and_still_takes_what_is_sent(hall: Hall) -> None:
    stage = hall.open_stage(minutes=1)
    phone = hall.phone()
    phone.join()
    later(hall, minutes=9)
    assert clock(phone.get(hall.here)) == UP
    phone.write("Still in time")
    assert hall.written(stage) == ["Still in time"]


def test_a_paused_clock_says_so_and_more_time_is_seen(hall: Hall) -> None:
    stage = hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    hall.toolkit.clocks.pause(None, stage.id)
    hall.toolkit.clocks.grant(None, stage.id, 120)
    hall.settle()
    later(hall, minutes=30)
    page = phone.get(hall.here)
    assert clock(page) == "Clock paused: 7 min left"
    assert "data-seconds" not in page.text


def test_where_nobody_writes_there_is_no_clock(hall: Hall) -> None:
    phone = hall.phone()
    assert clock(phone.join()) == ""
    stage = hall.open_stage(minutes=5)
    hall.move(stage, "locked")
    assert 'id="clock"' not in phone.get(hall.here).text
    hall.open_stage(minutes=0)
    page = phone.get(hall.here)
    assert 'id="clock"' in page.text
    assert clock(page) == ""


def test_somebody_who_waits_in_an_open_stage_sees_it_too(hall: Hall) -> None:
    hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    person = hall.toolkit.people.participants(hall.workshop.id)[0]
    hall.toolkit.people.change_participant(None, person.id, voting=False)
    hall.settle()
    page = phone.get(hall.here)
    assert "Observers watch" in page.text
    assert clock(page) == "5 min left"


def test_news_brings_the_clock_and_leaves_the_page_where_it_is(hall: Hall) -> None:
    stage = hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    before = json.loads(phone.get(f"{hall.here}/pulse").text)
    hall.toolkit.clocks.grant(None, stage.id, 120)
    hall.settle()
    after = json.loads(phone.get(f"{hall.here}/pulse").text)
    assert after["place"] == before["place"]
    assert after["shape"] > before["shape"]
    assert after["clock"] == '<b data-seconds="420">7 min</b> left'
    hall.move(stage, "locked")
    assert "clock" not in json.loads(phone.get(f"{hall.here}/pulse").text)


def test_it_weighs_next_to_nothing(hall: Hall) -> None:
    with_clock = hall.open_stage(minutes=10)
    phone = hall.phone("bg")
    phone.join()
    heavy = len(phone.get(hall.here).content), _packed(phone.get(hall.here))
    hall.move(with_clock, "planned")
    hall.toolkit.agenda.change_stage(None, with_clock.id, minutes=0)
    hall.move(with_clock, "open")
    light = len(phone.get(hall.here).content), _packed(phone.get(hall.here))
    assert heavy[1] - light[1] <= 100, (heavy, light)


def _packed(page: httpx.Response) -> int:
    return int(page.headers["content-length"])


def test_a_script_is_told_what_to_say_at_zero(hall: Hall) -> None:
    hall.open_stage(minutes=5)
    phone = hall.phone()
    phone.join()
    assert f'data-up="{UP}"' in phone.get(hall.here).text
    scripted = phone.get(hall.here, headers={"X-Sedyanka": "script"})
    assert "data-up" not in scripted.text
