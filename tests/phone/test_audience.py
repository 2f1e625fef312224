"""What is read once for a full hall: the page told to each is the one they would have asked for."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from phone.audience import Audience
from tests.phone.conftest import Hall, Phone
from tests.phone.test_printing import KEYS
from tests.phone.test_pulse import Stream
from workshop.model import StageState

SCRIPT = {"X-Sedyanka": "script"}
ACCEPT = {"bg": b"bg-BG", "en": b"en-GB"}


def settled(page: str) -> str:
    """Return a page without what is new each time it is drawn."""
    return KEYS.sub("", page)


def join(hall: Hall, language: str, who: str) -> Phone:
    phone = hall.phone(language)
    phone.join(who)
    return phone


def listen(hall: Hall, phone: Phone, language: str, shape: int) -> Stream:
    cookies = "; ".join(f"{name}={value}" for name, value in phone.client.cookies.items())
    return Stream(hall, cookies, f"shape={shape}", ACCEPT[language])


def test_everybody_is_told_the_page_they_would_have_asked_for(hall: Hall) -> None:
    stage = hall.open_stage()
    first, second = (f"organisation-{one}" for one in hall.organisations)
    chosen = [
        ("bg", first),
        ("bg", first),
        ("en", first),
        ("bg", second),
        ("en", f"citizen-{hall.groups[0]}"),
    ]
    people = [(language, join(hall, language, who)) for language, who in chosen]
    people[1][1].write("Читалището")
    moves = ("locked", "open", "locked", "revealed", "closed")

    async def tale(shape: int, state: str) -> list[str]:
        streams = [listen(hall, phone, language, shape) for language, phone in people]
        async with asyncio.timeout(30):
            while hall.phones.readings.pulse.listeners < len(people):
                await asyncio.sleep(0.02)
            await asyncio.to_thread(hall.toolkit.agenda.move, None, stage.id, StageState(state))
            while not all(one.news for one in streams):
                await asyncio.sleep(0.02)
        pages = [one.news[-1]["page"] for one in streams]
        for one in streams:
            await one.leave()
        async with asyncio.timeout(30):
            while hall.phones.readings.pulse.listeners:
                await asyncio.sleep(0.02)
        return pages

    for state in moves:
        shape = people[0][1].get(f"{hall.here}/pulse").json()["shape"]
        told = hall.run(tale(shape, state))
        for page, (_, phone) in zip(told, people, strict=True):
            assert settled(page) == settled(phone.get(hall.here, headers=SCRIPT).text)
    assert "Читалището" in told[1]


def scene(shape: int, stage: str = "s") -> Any:
    workshop = SimpleNamespace(id="w", current_stage_id=stage)
    return SimpleNamespace(workshop=workshop, beat=SimpleNamespace(shape=shape))


def test_nobody_who_has_written_is_taken_for_silent() -> None:
    asked: list[list[str]] = []
    written = {"anna"}

    async def read(_: Any, tokens: list[str]) -> set[str]:
        asked.append(sorted(tokens))
        found = set(written)
        await asyncio.sleep(0.01)
        audience.sent("w", "s", "boris")  # while the others are being read
        return found

    audience = Audience(read)

    async def tale() -> None:
        assert not audience.silent(scene(1), "anna"), "nobody listens: nothing is known"
        for token in ("a", "b", "c"):
            audience.enter("w", token)
        await asyncio.gather(*(audience.catch_up(scene(1)) for _ in range(50)))
        assert asked == [["a", "b", "c"]]
        audience.sent("w", "other", "dora")
        audience.sent("w", "s", "emil")
        silent = {
            one for one in ("anna", "boris", "dora", "emil") if audience.silent(scene(1), one)
        }
        assert silent == {"dora"}
        assert not audience.silent(scene(2), "dora"), "read for another shape"
        await audience.catch_up(scene(2, "next"))
        assert audience.silent(scene(2, "next"), "emil"), (
            "what was sent belongs to the stage before"
        )
        for token in ("a", "b", "c"):
            audience.leave("w", token)
        assert not audience.silent(scene(2, "next"), "emil")

    asyncio.run(tale())
