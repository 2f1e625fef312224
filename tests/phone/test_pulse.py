"""How phones hear that the room went on."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from phone import pulse as pulses
from phone.following import MOST_STREAMS
from phone.handset import Handset
from phone.pulse import Beat, Pulse
from tests.phone.conftest import ADDRESS, Hall, aside
from tests.phone.test_moving import link_of
from tests.phone.test_printing import KEYS
from tests.postgres import free_port
from workshop.model import StageState

ROOT = Path(__file__).resolve().parents[2]


class Database:
    """Counts who looks at it."""

    def __init__(self) -> None:
        self.beat = Beat(1, 1)
        self.looks = 0
        self.broken = False

    async def look(self, _: str) -> Beat:
        """Return how far the workshop is."""
        self.looks += 1
        await asyncio.sleep(0.001)
        if self.broken:
            raise OSError("away")
        return self.beat


def story(tale: Callable[[Database, Pulse], Coroutine[Any, Any, None]]) -> None:
    """Run a tale with a fast pulse."""

    async def go() -> None:
        database = Database()
        pulse = Pulse(database.look, every=0.02, calm=0.05)
        await tale(database, pulse)
        await pulse.close()

    aside(asyncio.wait_for(go(), 20))


async def heard(changes: AsyncIterator[Beat | None], into: list[Beat | None]) -> None:
    """Listen until cancelled."""
    async for beat in changes:
        into.append(beat)


async def until(happened: Callable[[], bool]) -> None:
    """Wait until something happened; the tale's own limit ends it."""
    while not happened():
        await asyncio.sleep(0.01)


def test_nobody_looks_while_nobody_listens() -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        ears: list[Beat | None] = []
        listener = asyncio.create_task(heard(pulse.changes("w", 1), ears))
        await asyncio.sleep(0.1)
        listener.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listener
        await asyncio.sleep(0.1)
        looked = database.looks
        await asyncio.sleep(0.1)
        assert database.looks == looked
        assert pulse.listeners == 0

    story(tale)


def test_a_hundred_phones_cost_one_look() -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        ears: list[list[Beat | None]] = [[] for _ in range(100)]
        listeners = [asyncio.create_task(heard(pulse.changes("w", 1), one)) for one in ears]
        await asyncio.sleep(0.2)
        assert database.looks <= 12
        database.beat = Beat(2, 2)
        await asyncio.sleep(0.2)
        assert all(one == [Beat(2, 2)] for one in ears)
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)

    story(tale)


def test_entries_of_others_wake_nobody() -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        ears: list[Beat | None] = []
        listener = asyncio.create_task(heard(pulse.changes("w", 1), ears))
        for revision in range(2, 8):
            database.beat = Beat(revision, 1)
            await asyncio.sleep(0.04)
        assert ears == []
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)

    story(tale)


def test_a_burst_of_changes_is_told_in_few_words() -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        ears: list[Beat | None] = []
        listener = asyncio.create_task(heard(pulse.changes("w", 1), ears))
        for shape in range(2, 30):
            database.beat = Beat(shape, shape)
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        assert len(ears) <= 10
        assert ears[-1] == Beat(29, 29)
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)

    story(tale)


def test_silence_is_filled_with_signs_of_life() -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        ears: list[Beat | None] = []
        listener = asyncio.create_task(heard(pulse.changes("w", 1, heartbeat=0.03), ears))
        await asyncio.sleep(0.2)
        assert len(ears) >= 2
        assert set(ears) == {None}
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)

    story(tale)


def test_a_database_that_is_away_for_a_moment_ends_nothing() -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        ears: list[Beat | None] = []
        listener = asyncio.create_task(heard(pulse.changes("w", 1), ears))
        await asyncio.sleep(0.05)
        database.broken = True
        await asyncio.sleep(0.1)
        database.broken, database.beat = False, Beat(5, 5)
        await asyncio.sleep(0.4)
        assert ears == [Beat(5, 5)]
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)

    story(tale)


def test_everybody_is_let_go_when_the_server_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        ears: list[Beat | None] = []
        listeners = [asyncio.create_task(heard(pulse.changes("w", 1), ears)) for _ in range(20)]
        await asyncio.sleep(0.05)
        monkeypatch.setattr(pulses, "stopping", lambda: True)
        await asyncio.wait_for(asyncio.gather(*listeners), 1)
        assert pulse.listeners == 0

    story(tale)


def test_many_who_ask_at_once_share_one_look() -> None:
    async def tale(database: Database, pulse: Pulse) -> None:
        answers = await asyncio.gather(*(pulse.now("w") for _ in range(200)))
        assert set(answers) == {Beat(1, 1)}
        assert database.looks == 1
        await pulse.now("w", fresh=True)
        assert database.looks == 2

    story(tale)


def test_where_news_comes_in_nobody_looks_until_it_does() -> None:
    async def tale(database: Database, _: Pulse) -> None:
        comes = [True]
        pulse = Pulse(database.look, every=0.02, calm=0.05, net=1e6, told=lambda: comes[0])
        ears: list[Beat | None] = []
        listener = asyncio.create_task(heard(pulse.changes("w", 1), ears))
        await asyncio.sleep(0.2)
        assert database.looks == 1
        database.beat = Beat(5, 5)
        pulse.ear()("another", 9)
        pulse.ear()("w", 1)  # known already
        await asyncio.sleep(0.1)
        assert database.looks == 1
        pulse.ear()("w", 5)
        await until(lambda: ears == [Beat(5, 5)])
        database.beat = Beat(6, 6)
        pulse.ear()(None, 0)  # what was told while nobody listened is not repeated
        await until(lambda: ears[-1] == Beat(6, 6))
        comes[0] = False
        database.beat = Beat(7, 7)
        await until(lambda: ears[-1] == Beat(7, 7))
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)
        await pulse.close()

    story(tale)


def test_news_that_is_lost_is_found_by_the_net() -> None:
    async def tale(database: Database, _: Pulse) -> None:
        pulse = Pulse(database.look, every=0.02, calm=0.05, net=0.3, told=lambda: True)
        ears: list[Beat | None] = []
        listener = asyncio.create_task(heard(pulse.changes("w", 1), ears))
        await asyncio.sleep(0.1)
        database.beat = Beat(2, 2)
        await until(lambda: ears == [Beat(2, 2)])
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)
        await pulse.close()

    story(tale)


def test_a_server_that_stops_is_not_kept_by_the_wait_for_news(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def tale(database: Database, _: Pulse) -> None:
        pulse = Pulse(database.look, every=0.02, calm=0.05, net=1e6, told=lambda: True)
        listener = asyncio.create_task(heard(pulse.changes("w", 1), []))
        await asyncio.sleep(0.05)
        monkeypatch.setattr(pulses, "stopping", lambda: True)
        await asyncio.wait_for(listener, 10)
        await pulse.close()

    story(tale)


def test_polling_answers_304_until_the_facilitator_does_something(hall: Hall) -> None:
    stage = hall.stage()
    phone, other = hall.phone(), hall.phone()
    phone.join()
    other.join()
    first = phone.get(f"{hall.here}/pulse")
    assert set(first.json()) == {"revision", "shape", "place", "spread"}
    mark = {"if-none-match": first.headers["etag"]}
    assert phone.get(f"{hall.here}/pulse", headers=mark).status_code == 304
    hall.move(stage, "open")
    second = phone.get(f"{hall.here}/pulse", headers=mark)
    assert second.json()["place"] != first.json()["place"]
    mark = {"if-none-match": second.headers["etag"]}
    other.write("An idea of somebody else")
    hall.settle()
    assert phone.get(f"{hall.here}/pulse", headers=mark).status_code == 304


def test_the_page_says_the_place_it_was_made_for(hall: Hall) -> None:
    stage = hall.stage()
    phone = hall.phone()
    phone.join()
    for state in ("open", "locked", "revealed", "closed"):
        hall.move(stage, state)
        place = phone.get(f"{hall.here}/pulse").json()["place"]
        assert f'data-place="{place}"' in phone.get(hall.here).text


def test_sorting_and_joining_move_nobody_from_their_form(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    phone.write("Something")
    before = phone.get(f"{hall.here}/pulse").json()
    (entry,) = hall.toolkit.results.contributions(stage.id)
    hall.toolkit.sorting.hide(None, entry.id, "test")
    hall.phone().join(f"citizen-{hall.groups[1]}")
    hall.settle()
    after = phone.get(f"{hall.here}/pulse").json()
    assert after["shape"] > before["shape"]
    assert after["place"] == before["place"]


class Stream:
    """A phone that listens to the events of the hall."""

    def __init__(
        self, hall: Hall, cookies: str, query: str = "", language: bytes = b"en",
        way: str = "events",
    ) -> None:  # fmt: skip
        self.pieces: list[str] = []
        self.status = 0
        self.headers: dict[str, str] = {}
        self._gone = asyncio.Event()
        scope = {
            "type": "http", "method": "GET", "path": f"{hall.here}/{way}", "scheme": "http",
            "query_string": query.encode(), "asgi": {"spec_version": "2.3"},
            "headers": [
                (b"host", ADDRESS[7:].encode()), (b"cookie", cookies.encode()),
                (b"accept-language", language),
            ],
        }  # fmt: skip
        self.task = asyncio.create_task(hall.app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.pieces.append(message.get("body", b"").decode())

    async def leave(self) -> None:
        """Close the page."""
        self._gone.set()
        await asyncio.wait_for(self.task, 5)

    @property
    def news(self) -> list[dict[str, Any]]:
        """What was told so far."""
        text = "".join(self.pieces)
        return [json.loads(one[6:]) for one in text.splitlines() if one.startswith("data: {")]


def test_an_event_tells_where_the_room_is_and_leaves_nothing_behind(hall: Hall) -> None:
    stage = hall.stage()
    phone = hall.phone()
    phone.join()
    shape = phone.get(f"{hall.here}/pulse").json()["shape"]
    cookies = "; ".join(f"{name}={value}" for name, value in phone.client.cookies.items())

    async def tale() -> None:
        stream = Stream(hall, cookies, f"shape={shape}")
        await asyncio.sleep(0.5)
        assert stream.status == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["x-accel-buffering"] == "no"
        assert stream.news == []
        await asyncio.to_thread(hall.toolkit.agenda.move, None, stage.id, StageState.open)
        await asyncio.sleep(1)
        assert [one["place"].split("-")[1] for one in stream.news] == ["open"]
        await stream.leave()
        assert hall.phones.readings.pulse.listeners == 0

    hall.run(tale())


def test_a_stage_that_opens_comes_to_each_phone_as_its_own_page(hall: Hall) -> None:
    stage = hall.stage()
    people = {"bg": hall.phone("bg"), "en": hall.phone("en")}
    cookies = {}
    for language, phone in people.items():
        phone.join()
        known = phone.client.cookies.items()
        cookies[language] = "; ".join(f"{name}={value}" for name, value in known)
    shape = phone.get(f"{hall.here}/pulse").json()["shape"]
    accept = {"bg": b"bg-BG", "en": b"en-GB"}

    async def tale() -> dict[str, str]:
        streams = {one: Stream(hall, cookies[one], f"shape={shape}", accept[one]) for one in people}
        await asyncio.sleep(0.5)
        await asyncio.to_thread(hall.toolkit.agenda.move, None, stage.id, StageState.open)
        await asyncio.sleep(1)
        pages = {one: stream.news[-1]["page"] for one, stream in streams.items()}
        for stream in streams.values():
            await stream.leave()
        return pages

    pages = hall.run(tale())
    for language, phone in people.items():
        asked = phone.get(hall.here, headers={"X-Sedyanka": "script"}).text
        assert KEYS.sub("", pages[language]) == KEYS.sub("", asked)
        assert stage.id in pages[language]
    assert len({key for page in pages.values() for key in KEYS.findall(page)}) == 2


def test_a_phone_that_was_left_for_another_hears_no_more_pages(hall: Hall) -> None:
    stage = hall.stage()
    old, new = hall.phone(), hall.phone()
    old.join()
    cookies = "; ".join(f"{name}={value}" for name, value in old.client.cookies.items())
    link = link_of(old.get(f"{hall.here}/move").text)

    async def tale() -> None:
        stream = Stream(hall, cookies)
        await asyncio.sleep(0.5)
        await new.client.post(link, data={})
        await asyncio.to_thread(hall.toolkit.agenda.move, None, stage.id, StageState.open)
        await asyncio.wait_for(stream.task, 5)
        assert not any("page" in one for one in stream.news)

    hall.run(tale())


def test_one_phone_cannot_hold_many_streams(hall: Hall) -> None:
    phone = hall.phone()
    phone.join()
    cookies = "; ".join(f"{name}={value}" for name, value in phone.client.cookies.items())

    async def tale() -> None:
        streams = [Stream(hall, cookies) for _ in range(MOST_STREAMS)]
        await asyncio.sleep(0.5)
        surplus = Stream(hall, cookies)
        await asyncio.wait_for(surplus.task, 5)
        assert surplus.status == 429
        for stream in streams:
            await stream.leave()

    hall.run(tale())


SERVER = """
import sys, uvicorn
from phone.app import Phones
from workshop.toolkit import Toolkit
toolkit = Toolkit.open(sys.argv[1])
print("ready", flush=True)
uvicorn.run(Phones(None, toolkit=lambda: toolkit), host="127.0.0.1", port=int(sys.argv[2]),
            log_level="warning", lifespan="off", ws="none")
"""


def test_open_streams_do_not_hold_the_server_up(hall: Hall) -> None:
    code, url, port = hall.workshop.code, hall.toolkit.url, free_port()
    group = hall.groups[0]
    hall.toolkit.close()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, url, str(port)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert server.stdout

    async def listen() -> float:
        handset = Handset(f"http://127.0.0.1:{port}", "en")
        page = await _patiently(handset, f"/j/{code}")
        form = page.page.form("entry")
        assert form
        assert (await handset.send(form, {"who": f"citizen-{group}"})).status == 200
        await handset.close()
        streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        for reader, writer in streams:
            writer.write(handset.head("GET", f"/w/{code}/events", b""))
            assert b"200" in await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(1)
        begun = time.monotonic()
        server.send_signal(signal.SIGTERM)
        await asyncio.to_thread(server.wait, 10)
        for _, writer in streams:
            writer.close()
        return time.monotonic() - begun

    try:
        assert aside(listen()) < 5
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


async def _patiently(handset: Handset, address: str) -> Any:
    for _ in range(200):
        try:
            return await handset.get(address)
        except OSError:
            await asyncio.sleep(0.1)
    raise TimeoutError(address)


def test_who_knows_of_something_newer_is_not_told_what_was_seen_before() -> None:
    """A look that had begun when the facilitator acted does not answer who asks because of it."""

    async def tale(_: Database, __: Pulse) -> None:
        beat, begun = Beat(1, 1), asyncio.Event()

        async def look(_: str) -> Beat:
            seen = beat
            begun.set()
            await asyncio.sleep(0.01)
            return seen

        pulse = Pulse(look)
        early = asyncio.create_task(pulse.now("w"))
        await begun.wait()
        beat = Beat(2, 2)
        assert await asyncio.gather(pulse.now("w"), pulse.now("w", fresh=True)) == [(1, 1), (2, 2)]
        assert await early == (1, 1)

    story(tale)
