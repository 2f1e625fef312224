"""The remote: a facilitator's phone runs the usual path, and two who press cause one step."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from typing import Any

import httpx
import pytest

from screens import remote
from tests.screens.facilitation import PASSWORD, Browser, Facilitation, shown
from tests.screens.facilitation import press as cockpit_press
from tests.screens.test_signin import HERE, sign_in
from workshop.model import Role, StageState
from workshop.toolkit import Toolkit

COCKPIT = "facilitator/cockpit.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def phone(work: Facilitation, runner: asyncio.Runner) -> Iterator[Browser]:
    opened = Browser(runner)
    sign_in(opened)
    yield opened
    opened.close()


def here(work: Facilitation) -> str:
    code = work.toolkit.library.workshop(work.workshop_id).code
    return f"/staff/remote/{code}"


def presses(page: httpx.Response) -> dict[str, str]:
    """Return what can be pressed, by the words on the buttons."""
    found = re.findall(r'name="key" value="([^"]+)">.*?<button[^>]*>(.*?)</button>', page.text)
    return {unescape(label): unescape(key) for key, label in found}


def press(phone: Browser, work: Facilitation, key: str, **more: str) -> httpx.Response:
    """Press a button and follow where it leads."""
    answer = phone.post(here(work), data={"key": key, **more}, headers=HERE)
    if answer.status_code == 303:
        return phone.get(answer.headers["location"])
    return answer


def swot(work: Facilitation) -> Any:
    return work.toolkit.agenda.stage(work.swot.id)


def test_the_usual_path_goes_step_by_step(work: Facilitation, phone: Browser) -> None:
    page = phone.get(here(work))
    assert page.status_code == 200
    page = press(phone, work, presses(page)[f"Next: {work.swot.title.said('en')}"])
    page = press(phone, work, presses(page)["Open"])
    assert swot(work).state is StageState.open
    assert "Done: 0 of" in page.text
    work.write("Сайтът е остарял")
    page = press(phone, work, presses(phone.get(here(work)))["Lock: no more entries"])
    assert swot(work).state is StageState.locked
    page = press(phone, work, presses(page)["Let people write again"])
    assert swot(work).state is StageState.open


def test_what_the_room_cannot_unsee_is_asked_for_twice(work: Facilitation, phone: Browser) -> None:
    work.move("open", "locked")
    page = press(phone, work, presses(phone.get(here(work)))["Show the result"])
    assert swot(work).state is StageState.locked
    assert "Press once more" in page.text
    assert 'name="sure" value="1"' in page.text
    page = press(phone, work, presses(page)["Show the result"], sure="1")
    assert swot(work).state is StageState.revealed
    assert "View 1 of" in page.text or "Close the stage" in page.text


def test_two_who_press_together_cause_one_step(
    work: Facilitation, phone: Browser, runner: asyncio.Runner
) -> None:
    work.toolkit.agenda.show(None, work.workshop_id, work.swot.id)
    other = Browser(runner)
    sign_in(other)
    seen = [presses(one.get(here(work)))["Open"] for one in (phone, other)]
    press(phone, work, seen[0])
    late = press(other, work, seen[1])
    other.close()
    assert swot(work).state is StageState.open
    assert "Somebody was faster" in late.text


def test_two_minutes_are_given_once_for_what_was_seen(work: Facilitation, phone: Browser) -> None:
    work.move("open")
    before = swot(work).clock(work.toolkit.now())
    more = presses(phone.get(here(work)))["+2 minutes"]
    press(phone, work, more)
    press(phone, work, more)
    after = swot(work).clock(work.toolkit.now())
    assert before is not None
    assert after.left == before.left + 120
    page = press(phone, work, presses(phone.get(here(work)))["Pause the clock"])
    assert not swot(work).clock(work.toolkit.now()).running
    assert "the clock is paused" in page.text
    press(phone, work, presses(page)["Let the clock go on"])
    assert swot(work).clock(work.toolkit.now()).running


def test_two_presses_at_the_same_moment_act_once(work: Facilitation) -> None:
    work.move("open")
    workshop = work.toolkit.library.workshop(work.workshop_id)
    before = swot(work).clock(work.toolkit.now()).left
    hand = remote.hold(workshop.id, "en")
    (more,) = [one for one in hand.presses if one.key.startswith("more-")]
    together = Barrier(2)

    def thumb(_: int) -> str:
        together.wait(10)
        return remote.press(work.facilitator, workshop, "en", more.key, sure=False)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(thumb, range(2))) == ["", "late=1"]
    assert swot(work).clock(work.toolkit.now()).left == before + 120


def test_the_cockpit_shows_the_way_to_it(work: Facilitation) -> None:
    page = work.open(COCKPIT)
    assert 'alt="QR code for the remote"' in shown(page)


def test_what_walls_keep_quiet_is_chosen_in_the_cockpit(work: Facilitation) -> None:
    page = work.open(COCKPIT)
    page = cockpit_press(page, "still-False")
    page = cockpit_press(page, "discreet-False")
    known = work.toolkit.walls.wall(work.workshop_id)
    assert (known.still, known.discreet) == (True, True)
    cockpit_press(page, "still-True")
    assert not work.toolkit.walls.wall(work.workshop_id).still


def test_nothing_new_is_a_short_answer(work: Facilitation, phone: Browser) -> None:
    mark = re.search(r'data-mark="([0-9a-f]{8})"', phone.get(here(work)).text)
    assert mark
    same = phone.get(here(work), headers={"if-none-match": mark[1]})
    assert same.status_code == 304
    work.move("open")
    assert phone.get(here(work), headers={"if-none-match": mark[1]}).status_code == 200


def test_strangers_sign_in_first_and_come_back(work: Facilitation, runner: asyncio.Runner) -> None:
    stranger = Browser(runner)
    answer = stranger.get(here(work))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/staff?next={here(work)}"
    answer = stranger.post(here(work), data={"key": f"open-{work.swot.id}"}, headers=HERE)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/staff?next=")
    stranger.close()
    assert swot(work).state is StageState.planned


def test_observers_hold_no_remote(work: Facilitation, runner: asyncio.Runner) -> None:
    work.toolkit.accounts.create(None, "Оля", Role.observer, PASSWORD)
    observer = Browser(runner)
    sign_in(observer, name="Оля")
    assert observer.get(here(work)).status_code == 403
    answer = observer.post(here(work), data={"key": f"open-{work.swot.id}"}, headers=HERE)
    observer.close()
    assert answer.status_code == 403
    assert swot(work).state is StageState.planned


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "http://elsewhere.example"}]
)
def test_another_sites_form_presses_nothing(
    work: Facilitation, phone: Browser, headers: dict[str, str]
) -> None:
    work.toolkit.agenda.show(None, work.workshop_id, work.swot.id)
    key = presses(phone.get(here(work)))["Open"]
    answer = phone.post(here(work), data={"key": key}, headers=headers)
    assert answer.status_code == 403
    assert swot(work).state is StageState.planned


def test_a_disabled_account_holds_nothing_any_more(work: Facilitation, phone: Browser) -> None:
    work.toolkit.accounts.set_active(None, work.facilitator.id, False)
    assert phone.get(here(work)).status_code == 303


def test_a_workshop_that_does_not_exist_is_said(work: Facilitation, phone: Browser) -> None:
    assert phone.get("/staff/remote/NOSUCH").status_code == 404


def test_its_page_loads_nothing_from_elsewhere_and_runs_no_words(
    work: Facilitation, phone: Browser
) -> None:
    policy = phone.get(here(work)).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for name in ("remote.css", "remote.js"):
        assert phone.get(f"/staff/assets/{name}").status_code == 200
