"""The hall's Wi-Fi stalls, cuts and swallows answers: every entry arrives, and once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest

from phone.handset import Handset, Reply
from tests.bad_line import BadLine
from tests.phone.conftest import Hall
from tests.phone.test_in_browser import join, own

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PEOPLE, EACH = 24, 5


async def stubbornly(act: Callable[[], Coroutine[Any, Any, Reply]]) -> Reply:
    """Do something again until it is answered, as people and our script do."""
    for _ in range(40):
        try:
            reply = await act()
        except (OSError, TimeoutError, EOFError):
            await asyncio.sleep(0.05)
            continue
        if reply.status < 500:
            return reply
    raise AssertionError("the line never let it through")


async def person(url: str, hall: Hall, number: int) -> list[str]:
    """Join and write five entries, each sent again with its key until it is acknowledged."""
    phone, code = Handset(url, "en"), hall.workshop.code
    door = await stubbornly(lambda: phone.get(f"/j/{code}"))
    form = door.entry
    assert form
    fields = {"who": f"organisation-{hall.organisations[number % 2]}"}
    page = await stubbornly(lambda: phone.send(form, fields))
    if not page.address.startswith("/w/"):
        page = await stubbornly(lambda: phone.get(f"/w/{code}"))
    sheet = page.entry
    assert sheet, page.text
    key = sheet.values["_key"].split("-")[0]
    written = []
    for place in range(EACH):
        words = f"Entry {place} of {number}"
        body = urlencode({**sheet.values, "text": words, "_key": f"{key}-{place}"}).encode()

        async def send(body: bytes = body) -> Reply:
            answer = await phone.ask("POST", sheet.action, body)
            return Reply(answer.status, answer.header("location"), answer)

        answer = await stubbornly(send)
        assert "received=" in answer.address, (answer.status, answer.address)
        written.append(words)
    await phone.close()
    return written


def test_a_line_that_loses_answers_loses_and_doubles_nothing(hall: Hall, address: str) -> None:
    stage = hall.open_stage()
    line = BadLine(urlsplit(address).port or 0, swallowed=7, cut=11, stalled=13, standstill=0.2)

    async def tale() -> list[list[str]]:
        async with line.open() as url:
            return await asyncio.gather(*(person(url, hall, number) for number in range(PEOPLE)))

    told = hall.run(tale())
    assert min(line.counts.values()) > 5, line.counts
    acknowledged = Counter(words for each in told for words in each)
    assert Counter(hall.written(stage)) == acknowledged
    assert set(acknowledged.values()) == {1}
    # A door whose answer was lost knows the form that comes again: nobody sits on two chairs.
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == PEOPLE


@pytest.mark.browser
@pytest.mark.parametrize("buffering", [False, True])
def test_a_real_phone_on_a_bad_line_says_received_and_hears_of_the_next_stage(
    hall: Hall, address: str, browser: Browser, buffering: bool
) -> None:
    """400 ms there and back, 50 kbit/s, and every fourth answer is swallowed."""
    from playwright.sync_api import Error

    stage, later = hall.open_stage(), hall.stage()
    line = BadLine(
        urlsplit(address).port or 0, delay=0.2, speed=6_250, swallowed=4, buffering=buffering
    )
    with between(hall, line.open()) as url:
        context = browser.new_context(
            viewport={"width": 360, "height": 640}, locale="en-GB", is_mobile=True, base_url=url
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        while True:  # a person whose page does not come asks for it again
            try:
                join(page, hall)
                break
            except Error as problem:
                if "net::" not in str(problem):
                    raise
        for number, words in enumerate(("A bench", "A lamp", "A tree"), 1):
            page.fill("textarea", words)
            page.click(".send")
            own(page, number)
        hall.move(stage, "locked")
        hall.move(later, "open")
        page.wait_for_selector(f'form[action$="{later.id}"]', timeout=60_000)
        context.close()
    assert line.counts["swallowed"] > 0
    assert hall.written(stage) == ["A bench", "A lamp", "A tree"]


class between:
    """Keep a line open on the hall's loop while the browser, which needs its own, walks."""

    def __init__(self, hall: Hall, line: AbstractAsyncContextManager[str]) -> None:
        self._hall = hall
        self._line = line
        self._over = asyncio.Event()
        self._url: Future[str] = Future()

    def __enter__(self) -> str:
        async def stand() -> None:
            async with self._line as url:
                self._url.set_result(url)
                await self._over.wait()

        self._task = asyncio.run_coroutine_threadsafe(stand(), self._hall.loop)
        return self._url.result(10)

    def __exit__(self, *problem: object) -> None:
        self._hall.loop.call_soon_threadsafe(self._over.set)
        self._task.result(10)
