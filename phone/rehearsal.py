"""Scripted people with phones: they walk the pages as a browser without JavaScript would."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from phone.actor import Actor, Tally
from phone.handset import Handset, Traffic
from workshop import connections
from workshop.catalogue import Catalogue, gather
from workshop.language import Language, Text, text
from workshop.model import Refused

AT_THE_DOOR = 200
"""People who come through the door at once; the others wait behind them."""
A_SECOND = 70
"""People who do something in a second: two thousand come through a door in half a minute."""
EACH = 2
"""Connections of a phone: its pages and its stream of news."""
SPARE = 64
"""Files a program has open besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """How a rehearsal went; times in seconds, None where there was nothing to measure."""

    phones: int
    joined: int
    sent: int
    acknowledged: int
    refused: int
    stored: int
    """Entries the database holds now and did not before."""
    p50: float | None
    """From pressing the button to the page that says "received"."""
    p95: float | None
    seen: int
    """Phones that had the page after the news of a stage."""
    visible_p50: float | None
    """From the act until the page that follows is on the phone."""
    visible_p95: float | None
    traffic: Traffic
    """Bytes of a phone on average."""
    problems: tuple[tuple[Text, int], ...] = ()
    """What happened that should not, and how often."""

    @property
    def lost(self) -> int:
        """Entries that were acknowledged and are not stored."""
        return max(0, self.acknowledged - self.stored)


def rehearse(
    url: str,
    code: str,
    phones: int = 20,
    language: Language = "bg",
    *,
    at_once: bool = False,
    same: bool = False,
    exercises: Catalogue | None = None,
) -> Rehearsal:
    """Let ``phones`` scripted people join and send the example entries of the open stage.

    They take their time as a hall does; ``at_once``: everybody as fast as a phone can. ``same``:
    the same people as the last time so, who go on in the next stage; no news is measured then.

    Raises:
        Refused: nobody answers at ``url``, the workshop is not marked for rehearsal, or this
            machine does not permit so many connections.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise Refused(text("Write the address with http:// or https://."))
    needed = phones * EACH + SPARE
    allowed = connections.allow(needed)
    if allowed < needed:
        raise Refused(
            text(
                "{phones} phones need {needed} open connections, and this machine permits a "
                "program {allowed}. Take at most {most} phones, or raise the limit: ulimit -n "
                "{needed}",
                phones=phones,
                needed=str(needed),
                allowed=str(allowed),
                most=max(0, (allowed - SPARE) // EACH),
            )
        )
    within = 0.0 if at_once else phones / A_SECOND
    return asyncio.run(_rehearse(url, code, phones, language, exercises or gather(), within, same))


async def _rehearse(
    url: str,
    code: str,
    phones: int,
    language: Language,
    exercises: Catalogue,
    within: float,
    same: bool,
) -> Rehearsal:
    plan = await _plan(url, code, language)
    scripts = _scripts(plan, exercises, phones, language)
    tally, door = Tally(), asyncio.Semaphore(AT_THE_DOOR)
    people = [
        Actor(Handset(url, language), code, place, tally, f"scripted-{place}" if same else "")
        for place in range(len(scripts))
    ]
    try:
        comings = (
            one.come(script, door, within) for one, script in zip(people, scripts, strict=True)
        )
        await asyncio.gather(*comings)
        after = await _plan(url, code, language)
        await _see_news([one for one in people if one.inside and not same], tally)
    finally:
        for one in people:
            await one.handset.close()
    traffic = sum((one.handset.traffic for one in people), Traffic(0, 0))
    return Rehearsal(
        phones=phones,
        joined=tally.joined,
        sent=tally.sent,
        acknowledged=len(tally.answers),
        refused=tally.refused,
        stored=after["stored"]["entries"] - plan["stored"]["entries"],
        p50=_share(tally.answers, 0.50),
        p95=_share(tally.answers, 0.95),
        seen=len(tally.seen),
        visible_p50=_share(tally.seen, 0.50),
        visible_p95=_share(tally.seen, 0.95),
        traffic=Traffic(round(traffic.sent / phones), round(traffic.received / phones)),
        problems=tuple(tally.problems.items()),
    )


async def _see_news(people: Sequence[Actor], tally: Tally) -> None:
    """Let everybody wait for one piece of news, and note when each had the page after it."""
    if not people:
        return
    since = time.perf_counter()
    try:
        shape = await people[0].act()
    except (OSError, TimeoutError):
        shape = -1
    if shape < 0:
        tally.problems[text("The server gave no news to wait for")] += 1
        return
    await asyncio.gather(*(one.see(shape, since) for one in people))


async def _plan(url: str, code: str, language: Language) -> dict[str, Any]:
    scout = Handset(url, language)
    try:
        reply = await scout.get(f"/w/{code}/rehearsal")
    except (
        OSError,
        TimeoutError,
        ssl.SSLError,
        ValueError,
    ) as problem:
        raise Refused(text("Nobody answers at {url}.", url=url)) from problem
    finally:
        await scout.close()
    if reply.status != 200:
        raise Refused(
            text(
                "There is no workshop with the code {code} that is marked for rehearsal: "
                "scripted people must not mix with real ones.",
                code=code,
            )
        )
    plan: dict[str, Any] = json.loads(reply.text)
    return plan


def _scripts(
    plan: dict[str, Any], exercises: Catalogue, phones: int, language: Language
) -> Sequence[Sequence[dict[str, Any]]]:
    """Return what each person sends: the exercise's example, made for the stage's own settings."""
    exercise = exercises.get(plan["exercise"])
    if plan["state"] != "open" or exercise is None:
        return [()] * phones
    settings = exercise.settings.model_validate(plan["settings"])
    if not exercise.asks(settings):
        return [()] * phones
    return exercise.example.typed(settings, phones, language)


def _share(times: Sequence[float], share: float) -> float | None:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None
