"""Scripted people with phones: they walk the pages as a browser without JavaScript would."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from phone.answers import flatten
from phone.handset import Handset, Reply
from phone.leaf import PageForm
from workshop.catalogue import Catalogue, gather
from workshop.language import Language, text
from workshop.model import Refused

AT_THE_DOOR = 200
"""People who come through the door at once; the others wait behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """How a rehearsal went; times in seconds from pressing the button to "received"."""

    joined: int
    sent: int
    acknowledged: int
    refused: int
    p50: float
    p95: float
    problems: tuple[str, ...] = ()
    """What happened that should not, once each."""


@dataclass(slots=True)
class _Tally:
    joined: int = 0
    sent: int = 0
    refused: int = 0
    times: list[float] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)


def rehearse(
    url: str,
    code: str,
    phones: int = 20,
    language: Language = "bg",
    *,
    exercises: Catalogue | None = None,
) -> Rehearsal:
    """Let ``phones`` scripted people join and send the example entries of the open stage.

    Raises:
        Refused: nobody answers at ``url``, or the workshop is not marked for rehearsal.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise Refused(text("Write the address with http:// or https://."))
    return asyncio.run(_rehearse(url, code, phones, language, exercises or gather()))


async def _rehearse(
    url: str, code: str, phones: int, language: Language, exercises: Catalogue
) -> Rehearsal:
    plan = await _plan(url, code, language)
    scripts = _scripts(plan, exercises, phones)
    tally = _Tally()
    door = asyncio.Semaphore(AT_THE_DOOR)
    people = [
        _person(Handset(url, language), code, place, script, tally, door)
        for place, script in enumerate(scripts)
    ]
    await asyncio.gather(*people)
    times = sorted(tally.times)
    return Rehearsal(
        joined=tally.joined,
        sent=tally.sent,
        acknowledged=len(times),
        refused=tally.refused,
        p50=_share(times, 0.50),
        p95=_share(times, 0.95),
        problems=tuple(tally.problems),
    )


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
    plan: dict[str, Any], exercises: Catalogue, phones: int
) -> Sequence[Sequence[dict[str, Any]]]:
    """Return what each person sends: the exercise's example, made for the stage's own settings."""
    exercise = exercises.get(plan["exercise"])
    if plan["state"] != "open" or exercise is None:
        return [()] * phones
    settings = exercise.settings.model_validate(plan["settings"])
    return exercise.example.entries(settings, phones)


async def _person(
    handset: Handset,
    code: str,
    place: int,
    script: Sequence[dict[str, Any]],
    tally: _Tally,
    door: asyncio.Semaphore,
) -> None:
    try:
        async with door:
            page = await _join(handset, code, place)
        if not page.address.startswith("/w/"):
            tally.problems[f"could not join: {page.status}"] = None
            return
        tally.joined += 1
        for entry in script:
            page = await _send(handset, page, flatten(entry), tally)
    except (OSError, TimeoutError) as problem:
        tally.problems[f"lost the connection: {type(problem).__name__}"] = None
    finally:
        await handset.close()


async def _join(handset: Handset, code: str, place: int) -> Reply:
    page = await handset.get(f"/j/{code}")
    form = page.entry
    if form is None or "who" not in form.choices:
        return page
    who = form.choices["who"]
    named = [one for one in who if one.startswith("organisation-")]
    chosen = named or [one for one in who if one.startswith("citizen-")]
    return await handset.send(form, {"who": chosen[place % len(chosen)]})


async def _send(handset: Handset, page: Reply, fields: dict[str, str], tally: _Tally) -> Reply:
    page, form = await _sheet(handset, page, fields)
    if form is None:
        tally.problems["there was no form to fill in"] = None
        return page
    if not form.fits(fields):
        missing = [name for name in fields if not form.fits({name: fields[name]})]
        tally.problems[f"the form does not ask for: {', '.join(missing)}"] = None
    tally.sent += 1
    begun = time.perf_counter()
    reply = await handset.send(form, fields)
    if "received=" in reply.address:
        tally.times.append(time.perf_counter() - begun)
    elif 400 <= reply.status < 500:
        tally.refused += 1
    else:
        tally.problems[f"answered with {reply.status}"] = None
    return reply


async def _sheet(
    handset: Handset, page: Reply, fields: dict[str, str]
) -> tuple[Reply, PageForm | None]:
    """Return the page, of all steps of the stage, whose form asks for these fields."""
    form = page.entry
    if form is None or form.fits(fields):
        return page, form
    for link in page.page.links:
        if "?step=" in link:
            other = await handset.get(link)
            fitting = other.entry
            if fitting is not None and fitting.fits(fields):
                return other, fitting
    return page, form


def _share(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0
