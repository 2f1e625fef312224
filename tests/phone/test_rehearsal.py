"""Scripted people with phones, over real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Never

import httpx
import pytest

from phone.actor import Actor, Tally
from phone.handset import Handset
from phone.leaf import PageReader
from phone.rehearsal import Rehearsal
from phone.rehearsal import rehearse as let_rehearse
from tests.phone.conftest import Hall, aside
from workshop import connections
from workshop.language import say
from workshop.model import NotFound, Refused
from workshop.store.rehearsing import Stored


def rehearse(*given: Any, **more: Any) -> Rehearsal:
    """Rehearse in another thread: Playwright keeps the loop of this one busy."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(let_rehearse, *given, **more).result()


def _mark(hall: Hall) -> None:
    hall.workshop = hall.toolkit.library.change_workshop(None, hall.workshop.id, rehearsal=True)


def test_scripted_people_join_and_send_the_examples_of_the_open_stage(
    hall: Hall, address: str
) -> None:
    _mark(hall)
    stage = hall.open_stage()
    exercise = hall.toolkit.catalogue["swot"]
    expected = sum(len(one) for one in exercise.example.entries(exercise.example.settings, 12))
    told = rehearse(address, hall.workshop.code, 12, "bg", exercises=hall.toolkit.catalogue)
    assert told.problems == ()
    assert (told.joined, told.sent, told.acknowledged, told.refused) == (12, expected, expected, 0)
    assert (told.stored, told.lost) == (expected, 0)
    assert told.p50 is not None
    assert told.p95 is not None
    assert 0 < told.p50 <= told.p95
    assert len(hall.written(stage)) == expected
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == 12


def test_without_an_open_stage_they_only_join(hall: Hall, address: str) -> None:
    _mark(hall)
    told = rehearse(address, hall.workshop.code, 3, exercises=hall.toolkit.catalogue)
    assert (told.joined, told.sent, told.problems) == (3, 0, ())
    assert (told.p50, told.p95, told.stored) == (None, None, 0)


def test_in_a_break_they_have_nothing_to_send(hall: Hall, address: str) -> None:
    _mark(hall)
    hall.open_stage()
    spoken = replace(hall.toolkit.catalogue["swot"], asks=lambda settings: False)
    told = rehearse(address, hall.workshop.code, 3, exercises={"swot": spoken})
    assert (told.joined, told.sent, told.refused, told.problems) == (3, 0, 0, ())


def test_all_phones_see_the_news_of_a_stage_and_nobody_elses_page_moves(
    hall: Hall, address: str
) -> None:
    _mark(hall)
    hall.open_stage()
    before = hall.run(hall.phones.readings.scene(hall.workshop.id, fresh=True))
    told = rehearse(address, hall.workshop.code, 9, exercises=hall.toolkit.catalogue)
    after = hall.run(hall.phones.readings.scene(hall.workshop.id, fresh=True))
    assert told.problems == ()
    assert told.seen == 9
    assert told.visible_p95 is not None
    assert told.visible_p50 is not None
    assert 0 < told.visible_p50 <= told.visible_p95
    assert after.beat.shape > before.beat.shape
    assert after.place == before.place  # what phones look at before they load their page again


def test_everybody_in_one_moment_loses_nothing_either(hall: Hall, address: str) -> None:
    _mark(hall)
    hall.open_stage()
    told = rehearse(address, hall.workshop.code, 30, at_once=True, exercises=hall.toolkit.catalogue)
    assert (told.joined, told.lost, told.problems) == (30, 0, ())
    assert told.stored == told.acknowledged == told.sent > 0


def test_the_same_people_go_on_in_a_copy_and_nobody_answers_twice(hall: Hall, address: str) -> None:
    for _ in range(2):
        hall.stage()
    real, agenda = hall.workshop, hall.toolkit.agenda
    hall.workshop = copy = hall.toolkit.rehearsals.make(None, real.id)
    guest = hall.phone()
    assert '<b class="trial">Rehearsal</b>' in guest.join().text
    assert "Rehearsal" not in hall.phone().get(f"/j/{real.code}").text

    def send() -> Rehearsal:
        return rehearse(address, copy.code, 5, "en", same=True, exercises=hall.toolkit.catalogue)

    first, second = agenda.stages(copy.id)
    hall.move(first, "open")
    sent = send().stored
    assert sent > 0
    assert send().sent == 0
    assert set(hall.written(first)) <= set(hall.toolkit.catalogue["swot"].example.english.values())
    hall.move(first, "locked")
    agenda.show(None, copy.id, second.id)
    hall.move(second, "open")
    assert send().stored == sent
    assert len(hall.toolkit.people.participants(copy.id)) == 5 + 1


async def _watch(who: Actor, here: str) -> None:
    """Come in, and listen on the own page and on the mirror of the wall."""
    await who.come([], asyncio.Semaphore(1), 0.0)
    assert await who.handset.listen(f"{here}/wall/events", who.hear) == 200


def test_thrown_away_a_rehearsal_lets_go_of_the_phones_in_it(
    hall: Hall, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    hall.stage()
    hall.workshop = hall.toolkit.rehearsals.make(None, hall.workshop.id)
    guest = hall.phone()
    guest.join()
    stay = Actor(Handset(address, "en"), hall.workshop.code, 0, Tally())

    async def end() -> None:
        async with asyncio.timeout(30):
            await stay.handset.broken()
            await stay.handset.broken()
        await stay.handset.close()

    hall.run(_watch(stay, hall.here))
    hall.toolkit.rehearsals.throw_away(None, hall.workshop.id)
    hall.run(end())
    assert guest.get(hall.here).status_code == 404
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []


def test_a_stream_whose_workshop_goes_between_a_look_and_the_reading_just_ends(
    hall: Hall, address: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = hall.open_stage()
    hall.phone().join()
    stay = Actor(Handset(address, "en"), hall.workshop.code, 0, Tally())

    async def end() -> None:
        async with asyncio.timeout(30):
            await stay.handset.broken()
        await stay.handset.close()

    def gone(*_: object) -> Never:
        raise NotFound("workshop")

    hall.run(_watch(stay, hall.here))
    monkeypatch.setattr(type(hall.toolkit.showing), "now", gone)
    hall.move(stage, "locked")
    hall.run(end())
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []


def test_a_connection_the_server_closed_meanwhile_is_not_a_lost_one() -> None:
    """The first answer is good; then the server hangs up without a word, as after a pause."""
    heads: list[bytes] = []
    lines: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        await writer.drain()
        with contextlib.suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
        writer.transport.abort()

    async def walk() -> list[int]:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        phone = Handset(f"http://127.0.0.1:{port}", "en")
        answers = [(await phone.ask("GET", "/one")).status, (await phone.ask("GET", "/two")).status]
        await phone.close()
        server.close()
        for one in lines:
            one.close()
            with contextlib.suppress(ConnectionError):
                await one.wait_closed()
        return answers

    assert aside(walk()) == [200, 200]
    assert [head.split()[1] for head in heads] == [b"/one", b"/two"]


def test_every_byte_of_a_phone_is_counted(hall: Hall, address: str) -> None:
    _mark(hall)
    hall.open_stage()
    told = rehearse(address, hall.workshop.code, 4, exercises=hall.toolkit.catalogue)
    # A join, the example's entries, a stream and a page: some kilobytes each way, never none.
    assert 1_000 < told.traffic.sent < 20_000
    assert 5_000 < told.traffic.received < 200_000


def test_entries_that_are_acknowledged_but_not_there_are_lost(
    hall: Hall, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _mark(hall)
    hall.open_stage()
    stored = hall.toolkit.rehearsals.stored
    found: list[Stored] = []

    def forgetful(workshop_id: str) -> Stored:
        found.append(stored(workshop_id))
        return replace(found[-1], entries=max(0, found[-1].entries - 2))

    monkeypatch.setattr(hall.toolkit.rehearsals, "stored", forgetful)
    told = rehearse(address, hall.workshop.code, 4, exercises=hall.toolkit.catalogue)
    assert told.acknowledged == found[-1].entries
    assert told.lost == 2


def test_only_somebody_in_a_rehearsal_can_ask_for_news_and_not_often(hall: Hall) -> None:
    phone, real = hall.phone(), f"{hall.here}/rehearsal"
    phone.join()
    before = hall.toolkit.results.revision(hall.workshop.id)
    assert phone.post(real, {}).status_code == 404
    assert hall.toolkit.results.revision(hall.workshop.id) == before
    _mark(hall)
    hall.settle()
    stranger = hall.phone()
    assert stranger.post(real, {}).status_code == 404
    answers = [phone.post(real, {}).status_code for _ in range(8)]
    assert answers == [200] * 6 + [429] * 2
    foreign = {"origin": "http://elsewhere.example"}
    assert phone.post(real, {}, headers=foreign).status_code == 403


def test_too_many_phones_for_this_machine_is_a_sentence_before_anybody_comes(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "allow", lambda wanted: 1024)
    with pytest.raises(Refused) as refused:
        rehearse("http://127.0.0.1:1", hall.workshop.code, 5000)
    said = say(refused.value.reason, "en")
    assert "5,000 phones need 10064 open connections" in said
    assert "at most 480 phones" in said
    assert "ulimit -n 10064" in said


def test_the_limit_of_open_files_is_raised_as_far_as_the_system_permits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda which: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", lambda which, pair: asked.append(pair))
    assert connections.allow(2000) == 2000
    assert connections.allow(9000) == 4096
    assert connections.allow(1000) == 1000
    assert asked == [(2000, 4096), (4096, 4096)]

    def forbidden(which: int, pair: tuple[int, int]) -> None:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", forbidden)
    assert connections.allow(2000) == 1024


def test_they_never_mix_with_real_people(hall: Hall, address: str) -> None:
    hall.open_stage()
    with pytest.raises(Refused, match="marked for rehearsal"):
        rehearse(address, hall.workshop.code, 3, exercises=hall.toolkit.catalogue)
    with pytest.raises(Refused, match="marked for rehearsal"):
        rehearse(address, "222222", 3, exercises=hall.toolkit.catalogue)
    assert not hall.toolkit.people.participants(hall.workshop.id)


@pytest.mark.parametrize("url", ["ftp://x", "127.0.0.1:1", "http://127.0.0.1:1"])
def test_an_address_where_nobody_answers_is_said(hall: Hall, url: str) -> None:
    with pytest.raises(Refused):
        rehearse(url, hall.workshop.code, 1, exercises=hall.toolkit.catalogue)


def test_a_locked_door_is_reported(hall: Hall, address: str) -> None:
    _mark(hall)
    hall.toolkit.agenda.lock_joining(None, hall.workshop.id, True)
    told = rehearse(address, hall.workshop.code, 2, exercises=hall.toolkit.catalogue)
    assert told.joined == 0
    assert [(say(what, "en"), times) for what, times in told.problems] == [
        ("The door is closed: let people join again, then send for them once more", 2)
    ]


def test_what_rehearsals_ask_is_not_told_of_real_workshops(hall: Hall, address: str) -> None:
    hall.open_stage()
    assert httpx.get(f"{address}{hall.here}/rehearsal").status_code == 404


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    form = PageReader(
        """<form action="/x" id="entry"><input type="hidden" name="_key" value="k">
        <input type=hidden name=kind value="need"><input name="a" value="&lt;b&gt;">
        <input type=radio name=r value=1><input type=radio name=r value=2 checked>
        <input type=checkbox name=c value=yes><textarea name="t">\nline</textarea>
        <select name=s><option value="">-<option value="x" selected>X</select>
        <button name=b value=1>Send</button></form>"""
    ).form("entry")
    assert form
    assert form.values == {
        "_key": "k", "kind": "need", "a": "<b>", "r": "2", "t": "line", "s": "x",
    }  # fmt: skip
    assert form.fits({"a": "anything", "r": "1", "kind": "need", "s": ""})
    assert not form.fits({"kind": "offer"})
    assert not form.fits({"r": "3"})
    assert not form.fits({"elsewhere": "1"})
