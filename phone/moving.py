"""What somebody may ask about themselves, and the way to another phone by a personal code."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from urllib.parse import quote

from starlette.responses import Response

from phone import sentences
from phone.attending import Attendance, arrive
from phone.scene import Scene
from phone.visit import Visit
from workshop.language import text
from workshop.model import NotFound, Pace
from workshop.passes import qr_svg, token_mark

PACES = {"room": Pace.room, "ten": Pace.ten, "free": Pace.free}
PURPOSE = "move"
MINUTES = 10
"""Long enough to fetch the other phone; the code works once."""


async def about(visit: Visit, code: str) -> Response:
    """Show what is stored about whoever asks, and the ways out."""
    who = await arrive(visit, code)
    if who is None:
        return visit.go(f"/j/{code}")
    writes = who.scene.asks and who.person.voting and not who.scene.workshop.finished
    known = {**known_of(who), "pace": who.person.pace.name, "writes": writes}
    return visit.page("me.html", known)


async def take_time(visit: Visit, code: str) -> Response:
    """Give somebody the time they ask for: theirs alone to know, the room is told nothing."""
    form = await visit.form()
    who = await arrive(visit, code)
    if who is None:
        return visit.go(f"/j/{code}")
    budget, asked = visit.phones.sends, form.fields.get("pace", "")
    budget.refuse_if_spent(who.person.id)
    budget.note(who.person.id)
    if asked in PACES:
        token = visit.token(who.scene.workshop.id)
        await visit.readings.take_time(token, who.person, PACES[asked])
    return visit.go(f"{who.here}/me")


async def ask_time(visit: Visit, code: str) -> Response:
    """Lead somebody who reloads the address of the form back to its page."""
    return visit.go(f"/w/{code}/me")


async def show(visit: Visit, code: str) -> Response:
    """Show the code and the link for the other phone."""
    who = await arrive(visit, code)
    if who is None:
        return visit.go(f"/j/{code}")
    ticket = visit.readings.toolkit().signer.sign(
        {"who": who.person.id, "now": token_mark(visit.token(who.scene.workshop.id))}, PURPOSE
    )
    link = f"{visit.origin}{who.here}/from/{quote(ticket)}"
    picture = qr_svg(link, "")
    known = {
        **known_of(who),
        "link": link,
        "picture": "data:image/svg+xml;base64," + b64encode(picture.encode()).decode(),
        "minutes": MINUTES,
    }
    return visit.page("move.html", known)


async def ask(visit: Visit, code: str, ticket: str) -> Response:
    """Ask on the other phone whether it shall go on as this participant.

    A page first: what looks at links before people do must not use the code up.
    """
    scene = await _scene(visit, code)
    known = {
        "here": f"/j/{scene.workshop.code}",
        "others": [],  # another language would lead back to the door
        "workshop": scene.workshop,
        "action": f"/w/{scene.workshop.code}/from/{quote(ticket)}",
    }
    return visit.page("arrive.html", known)


async def take(visit: Visit, code: str, ticket: str) -> Response:
    """Make this phone the participant; the other one is nobody from now on."""
    await visit.form()
    readings = visit.readings
    scene = await _scene(visit, code)
    value = readings.toolkit().signer.unsign(ticket, PURPOSE, MINUTES * 60)
    token = None
    if value is not None:
        token = await readings.move(scene.workshop.id, value["who"], value["now"])
    if token is None:
        sentence = text(
            "This code has been used or is too old. Please show a new one on the other phone."
        )
        return visit.problem(410, sentence, door=f"/j/{scene.workshop.code}")
    visit.keep_token(scene.workshop.id, token)
    return visit.go(f"/w/{scene.workshop.code}?joined=1")


async def _scene(visit: Visit, code: str) -> Scene:
    """Return the workshop of a code; who guesses codes here waits as at the door."""
    budget, browser = visit.phones.wrong_codes, visit.browser()
    budget.refuse_if_spent(browser)
    try:
        workshop_id = await visit.readings.past_workshop_id(code)
    except NotFound:
        await asyncio.sleep(budget.wrong(browser))
        raise
    scene = await visit.readings.scene(workshop_id)
    visit.at(scene.series)
    return scene


def known_of(who: Attendance) -> dict[str, object]:
    """Return what a page beside the way through the workshop knows of whoever reads it."""
    scene = who.scene
    return {
        "here": who.here,
        "said": "",
        "place": scene.place,
        "shape": scene.beat.shape,
        "workshop": scene.workshop,
        "identity": sentences.identity_of(scene, who.person),
        "keeper": sentences.keeper_sentence(scene.series),
        "others": [],
    }
