"""A workshop held by two processes behind nginx, through deaths and restarts."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from bench import hall
from phone.handset import Handset
from tests.several.town import PATIENCE, Ear, Town, Voter, town
from workshop.model import StageState, Workshop

pytestmark = [pytest.mark.postgres, pytest.mark.nginx, pytest.mark.slow]
VOTERS = 40
LISTENERS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'sedyanka news'"


@pytest.fixture(scope="module")
def place() -> Iterator[Town]:
    """The installation, shared: it is the same after each story."""
    with town() as opened:
        yield opened


@pytest.fixture(scope="module")
def workshop(place: Town) -> Workshop:
    """A workshop with two votes, the first of them open."""
    made = hall.furnish(place.toolkit, hall.ballot(), hall.ballot())
    hall.open_stage(place.toolkit, made)
    return made


def tell(story: Coroutine[Any, Any, None]) -> None:
    """Let a story happen."""
    asyncio.run(story)


async def until(happened: Callable[[], bool]) -> None:
    """Wait until something happened."""
    async with asyncio.timeout(PATIENCE):
        while not happened():
            await asyncio.sleep(0.01)


def test_a_vote_taken_by_one_process_stands_on_the_page_of_the_other(
    place: Town, workshop: Workshop
) -> None:
    async def story() -> None:
        here, there = (Handset(one.url, "en") for one in (place.screens, place.phones))
        voter = Voter(here, random.Random(1))
        await voter.join(workshop.code)
        await voter.vote(1)
        there._cookies = dict(here._cookies)  # the same phone, sent elsewhere by the proxy
        page = await there.get(f"/w/{workshop.code}")
        assert page.entry is not None
        shown = {
            name.removeprefix("dots."): int(value)
            for name, value in page.entry.values.items()
            if name.startswith("dots.") and value not in ("", "0")
        }
        assert shown == voter.dots
        for one in (here, there):
            await one.close()

    tell(story())


def test_phones_alone_lead_to_the_door_and_know_nothing_else(place: Town) -> None:
    async def story() -> None:
        handset = Handset(place.phones.url, "bg")
        assert (await handset.get("/")).address == "/j"
        for path in ("/staff", "/_stcore/health", "/_stcore/stream", "/static/index.js"):
            answer = await handset.ask("GET", path)
            assert answer.status == 404
            assert "няма нищо" in answer.body.decode()
            assert answer.header("content-security-policy")
        await handset.close()

    tell(story())


def test_screens_open_through_the_proxy(place: Town) -> None:
    async def story() -> None:
        handset = Handset(place.url, "bg", {"Accept": "text/html"})
        page = await handset.get("/")
        assert "<title>Sedyanka</title>" in page.text
        greeting = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "c2VkeWFua2Etc2VkeWFuaw==",
            "Sec-WebSocket-Version": "13",
        }
        for origin, status in ((place.url, 101), ("http://elsewhere.test", 403)):
            socket = Handset(place.url, "bg", {**greeting, "Origin": origin})
            assert (await socket.ask("GET", "/_stcore/stream")).status == status
            await socket.close()
        await handset.close()

    tell(story())


def test_all_processes_hear_what_any_of_them_does_and_find_what_they_did_not_hear(
    place: Town, workshop: Workshop
) -> None:
    async def story() -> None:
        ears = [Ear(), Ear()]
        phones = [Handset(one.url, "bg") for one in (place.screens, place.phones)]
        for ear, phone in zip(ears, phones, strict=True):
            await Voter(phone, random.Random(2)).join(workshop.code)
            assert await phone.listen(f"/w/{workshop.code}/events", ear.hear) == 200
        await until(lambda: all(ear.places for ear in ears))
        assert len(place.ask(LISTENERS)) == 2

        # Nobody tells of this: the net finds it.
        before = ears[0].shape
        place.ask(
            "UPDATE workshop SET revision = revision + 1, shape = revision + 1 "
            f"WHERE id = '{workshop.id}'"
        )
        await until(lambda: all(ear.shape > before for ear in ears))

        old = place.ask(LISTENERS)
        place.ask(LISTENERS.replace("pid", "pg_terminate_backend(pid)"))
        await until(lambda: len(place.ask(LISTENERS)) == 2 and place.ask(LISTENERS) != old)
        stage = place.toolkit.agenda.stages(workshop.id)[0]
        place.toolkit.agenda.move(None, stage.id, StageState.locked)
        await until(lambda: all(f"{stage.id[:8]}-locked" in ear.places[-1] for ear in ears))
        place.toolkit.agenda.move(None, stage.id, StageState.open)
        await until(lambda: all(f"{stage.id[:8]}-open" in ear.places[-1] for ear in ears))
        for phone in phones:
            await phone.close()

    tell(story())


def test_a_process_and_the_database_die_in_the_middle_of_a_vote(
    place: Town, workshop: Workshop
) -> None:
    seeds = random.Random(2026)
    voters = [Voter(Handset(place.url, "bg"), random.Random(seeds.random())) for _ in range(VOTERS)]
    stage = place.toolkit.agenda.stages(workshop.id)[1]
    place.toolkit.agenda.move(None, stage.id, StageState.open)

    def acknowledged() -> int:
        return sum(len(one.keys) for one in voters)

    def put_off() -> Counter[int]:
        return sum((one.put_off for one in voters), Counter[int]())

    async def all_vote(times: int) -> asyncio.Future[list[None]]:
        return asyncio.ensure_future(asyncio.gather(*(one.vote(times) for one in voters)))

    async def story() -> None:
        await asyncio.gather(*(one.join(workshop.code) for one in voters))
        for one in voters:  # a page may be a third of a second behind
            await one.stand_at(workshop.code, stage.id)
        voting = await all_vote(5)
        await until(lambda: acknowledged() >= VOTERS)
        place.phones.kill()
        await voting
        assert acknowledged() == 5 * VOTERS

        voting = await all_vote(5)
        await until(lambda: acknowledged() >= 6 * VOTERS)
        await asyncio.to_thread(place.server.stop)
        # Somebody still has votes to send, and is told to come again in our own words.
        assert not voting.done()
        await until(lambda: put_off()[503] >= 3)
        await asyncio.to_thread(place.server.start)
        await voting

        await asyncio.to_thread(place.phones.start)
        await (await all_vote(1))
        for one in voters:
            await one.handset.close()

    tell(story())
    assert set().union(*(one.words for one in voters)) >= {"problem"}
    _compare(place, stage.id, voters)


def _compare(place: Town, stage_id: str, voters: list[Voter]) -> None:
    """See that what people were told and what is stored are the same, once each."""
    told = [given for one in voters for given in one.keys.values()]
    stored = place.toolkit.results.contributions(stage_id, everything=True)
    assert len(told) == len(set(told)) == 11 * VOTERS
    assert {one.id for one in stored} == set(told)
    assert sorted(one.number for one in stored) == list(range(1, len(told) + 1))
    standing = [one for one in stored if one.stands]
    assert len({one.sender.person for one in standing}) == len(standing) == VOTERS
    dots = {list(one.keys.values())[-1]: one.dots for one in voters}
    assert {one.id: dict(one.entry.dots) for one in standing} == dots
    events = place.ask(f"SELECT count(*) FROM event WHERE stage_id = '{stage_id}' "
                       "AND act IN ('contribute', 'replace')")  # fmt: skip
    assert events == [(len(told),)]
