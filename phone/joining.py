"""The door at ``/j``: the code, what is stored, whom one speaks for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from phone.answers import Form, found
from phone.own import new_key
from phone.scene import Scene
from phone.sentences import keeper_sentence
from phone.visit import Visit
from workshop.language import Text, text
from workshop.model import (
    Admission,
    Id,
    NotFound,
    Organisation,
    Refused,
    StakeholderGroup,
    Workshop,
)
from workshop.palette import group_styles
from workshop.toolkit import Joining

SHORTEST = 8
"""Letters of an organisation's id that a form carries, more where two begin alike."""


async def ask_code(visit: Visit) -> Response:
    """Show where the code is typed."""
    visit.browser()
    return _code_page(visit)


async def take_code(visit: Visit) -> Response:
    """Lead from a typed code to its workshop."""
    typed = (await visit.form()).fields.get("code", "")
    return await _at_code(visit, typed, status=422) or visit.go("/j")


async def show_door(visit: Visit, code: str, ticket: str = "") -> Response:
    """Show the door of a workshop; who has been in goes straight to their page."""
    answer = await _at_code(visit, code, status=404, known=True)
    if answer is not None:
        return answer
    scene = await _scene(visit, code)
    if not ticket or scene.workshop.admission is not Admission.tickets:
        return _door_page(visit, scene)
    form = Form(fields={"ticket": ticket[:40]})
    try:
        await visit.readings.ask(visit.readings.toolkit().tickets.check, scene.workshop.id, ticket)
    except Refused as refusal:
        await asyncio.sleep(visit.phones.wrong_codes.wrong(visit.browser()))
        return _door_page(visit, scene, form, {"ticket": refusal.reason}, status=422)
    return _door_page(visit, scene, form)


async def come_in(visit: Visit, code: str) -> Response:
    """Let somebody in."""
    form = await visit.form()  # first: whatever the answer is, it gives back what was typed
    answer = await _at_code(visit, code, status=404, known=True)
    if answer is not None:
        return answer
    scene = await _scene(visit, code)
    try:
        said = _choice(form, scene)
        said |= {"ticket": form.fields.get("ticket", ""), "key": form.frame.get("key", "")[:80]}
        joining = Joining(language=visit.language, **said)
        await visit.readings.workshop_id(code)  # it may have been closed a moment ago
        future = visit.readings.toolkit().people.admit(scene.workshop.id, joining)
        joined = await visit.readings.landing.wait(future)
    except Refused as refusal:
        scene = await visit.readings.scene(scene.workshop.id, fresh=True)
        if _is_shut(scene.workshop):
            return _shut_page(visit, scene)
        errors = await _faults(visit, scene, form, refusal)
        return _door_page(visit, scene, form, errors, status=422)
    except NotFound:  # a group or organisation that is gone since, or of another series
        errors = {"who": text("This choice is no longer there. Please choose again.")}
        scene = await visit.readings.scene(scene.workshop.id, fresh=True)
        return _door_page(visit, scene, form, errors, status=422)
    visit.keep_token(scene.workshop.id, joined.token)
    return visit.go(f"/w/{scene.workshop.code}?joined=1")


async def _faults(visit: Visit, scene: Scene, form: Form, refusal: Refused) -> Mapping[str, Text]:
    """Return all that is wrong: a ticket is looked at although nobody was chosen either."""
    faults = dict(refusal.faults)
    if refusal.field not in ("", "ticket") and scene.workshop.admission is Admission.tickets:
        typed = form.fields.get("ticket", "")
        tickets = visit.readings.toolkit().tickets
        try:
            await visit.readings.ask(tickets.check, scene.workshop.id, typed)
        except Refused as wrong:
            faults = {"ticket": wrong.reason, **faults}
    if "ticket" in faults:
        await asyncio.sleep(visit.phones.wrong_codes.wrong(visit.browser()))
    return faults


async def switch_language(visit: Visit, code: str = "") -> Response:
    """Change the language, keeping what was already chosen or typed."""
    form = await visit.form()
    if not code:
        visit.speak(form.frame.get("language", ""))
        return _code_page(visit, form) if _said(form) else visit.go("/j")
    answer = await _at_code(visit, code, status=404)
    if answer is not None:
        return answer
    scene = await _scene(visit, code)
    visit.speak(form.frame.get("language", ""))
    if _said(form):
        return _door_page(visit, scene, form)
    return visit.go(f"/j/{scene.workshop.code}")


def _said(form: Form) -> bool:
    """Return whether anything was chosen or typed; if not, the answer needs no form sent again."""
    return any(value.strip() for value in form.fields.values())


async def back(visit: Visit, code: str) -> Response:
    """Lead somebody who reloads the address of a form back to the door."""
    return visit.go(f"/j/{code}")


async def _scene(visit: Visit, code: str) -> Scene:
    scene = await visit.readings.scene(await visit.readings.workshop_id(code))
    visit.at(scene.series)
    return scene


async def _at_code(visit: Visit, code: str, *, status: int, known: bool = False) -> Response | None:
    """Return the answer where the code alone decides it: wrong, too often wrong, already in."""
    browser, budget = visit.browser(), visit.phones.wrong_codes
    if budget.spent(browser):
        sentence = text(
            "Those were too many wrong codes. Please wait five minutes, or ask the facilitator."
        )
        return _code_page(visit, errors={"code": sentence}, typed=code, status=429)
    try:
        workshop_id = await visit.readings.workshop_id(code)
    except Refused as refusal:
        await asyncio.sleep(budget.wrong(browser))
        return _code_page(visit, errors={"code": refusal.reason}, typed=code, status=status)
    scene = await visit.readings.scene(workshop_id)
    visit.at(scene.series)
    if not known:
        return visit.go(f"/j/{scene.workshop.code}") if status == 422 else None
    if await visit.readings.participant(workshop_id, visit.token(workshop_id)):
        return visit.go(f"/w/{scene.workshop.code}")
    return _shut_page(visit, scene) if _is_shut(scene.workshop) else None


def _is_shut(workshop: Workshop) -> bool:
    """Return whether nobody new comes in; where heads are counted, who is late may wait inside."""
    counted = workshop.admission is Admission.room
    return workshop.finished or (workshop.joining_locked and not counted)


def _choice(form: Form, scene: Scene) -> dict[str, Any]:
    """Return what ``people.join`` is told, from the one choice somebody made."""
    kind, _, chosen = form.fields.get("who", "").partition("-")
    match kind:
        case "organisation":
            organisation = _organisation(chosen, scene)
            return {"group_id": organisation.group_id, "organisation_id": organisation.id}
        case "other":
            group_id = _group(chosen, scene)
            name = form.fields.get(f"name-{chosen}", "")
            if not name.strip():
                raise Refused(text("Please write the name of your organisation."), f"name-{chosen}")
            return {"group_id": group_id, "new_organisation": name}
        case "citizen":
            return {"group_id": _group(chosen, scene)}
        case _:
            raise Refused(text("Please choose whom you speak for."), "who")


def _organisation(begin: str, scene: Scene) -> Organisation:
    found = [one for one in scene.organisations if one.id.startswith(begin)]
    if len(begin) < SHORTEST or len(found) != 1:
        raise NotFound("organisation")
    return found[0]


def _length(scene: Scene) -> int:
    """Return how much of an id tells organisations apart: a phone pays for each byte."""
    length, ids = SHORTEST, [one.id for one in scene.organisations]
    while len({one[:length] for one in ids}) < len(ids):
        length += 1
    return length


def _group(group_id: Id, scene: Scene) -> Id:
    if all(group.id != group_id for group in scene.groups):
        raise NotFound("stakeholder_group")
    return group_id


def _code_page(
    visit: Visit,
    form: Form | None = None,
    errors: Mapping[str, Text] | None = None,
    typed: str = "",
    status: int = 200,
) -> Response:
    words = {"code": typed[:200]} if typed else dict(form.fields) if form else {}
    shown = {one.strip() for one in words.values()}
    known = {
        "here": "/j",
        "entry_form": True,
        "errors": errors or {},
        "value": lambda *path: found(words, *path),
        "kept": [one for one in visit.kept if one not in shown],
    }
    return visit.page("code.html", known, status=status, news="refused" if errors else "page")


def _door_page(
    visit: Visit,
    scene: Scene,
    form: Form | None = None,
    errors: Mapping[str, Text] | None = None,
    status: int = 200,
) -> Response:
    words = dict(form.fields) if form else {}
    who = words.get("who", "")
    asked = {f"name-{group.id}" for group in scene.groups}
    gone = [name for name in words if name.startswith("name-") and name not in asked]
    known = {
        "here": f"/j/{scene.workshop.code}",
        "entry_form": True,
        "errors": errors or {},
        "only_asked": visit.scope["method"] != "POST",
        "value": lambda *path: found(words, *path),
        "workshop": scene.workshop,
        "keeper": keeper_sentence(scene.series),
        "keeper_name": scene.series.municipality,
        "groups": [_group_card(group, scene, who) for group in scene.groups],
        "who": who,
        "asks_ticket": scene.workshop.admission is Admission.tickets,
        "late": scene.workshop.joining_locked,
        "kept": [words[name] for name in gone if words[name].strip()],
        # Somebody who typed a new name brings an organisation without changing the shape.
        "mark": None
        if form
        else (scene.workshop.id, scene.beat.shape, "door", len(scene.organisations)),
        "key": (form.frame.get("key") if form else "") or new_key(),
    }
    return visit.page("join.html", known, status=status, news="refused" if errors else "page")


def _group_card(group: StakeholderGroup, scene: Scene, who: str) -> dict[str, Any]:
    style = group_styles([one.key for one in scene.groups])[group.key]
    own = [one for one in scene.organisations if one.group_id == group.id and one.accepted]
    begin = who.removeprefix("organisation-") if who.startswith("organisation-") else ""
    length = _length(scene)
    listed = [
        (f"organisation-{one.id[:length]}", one.name, bool(begin) and one.id.startswith(begin))
        for one in own
    ]
    chosen = any(checked for _, _, checked in listed)
    return {
        "id": group.id,
        "name": group.name,
        "sign": style.sign,
        "shape": style.shape,
        "organisations": listed,
        "chosen": chosen or who in (f"other-{group.id}", f"citizen-{group.id}"),
    }


def _shut_page(visit: Visit, scene: Scene) -> Response:
    heading = text("The door is closed")
    sentence = text("Nobody new can join for the moment. Please ask the facilitator to let you in.")
    if scene.workshop.finished:
        heading = text("This workshop is over")
        sentence = text("Thank you for your interest. Its results will be in the report.")
    known = {
        "here": f"/j/{scene.workshop.code}",
        "workshop": scene.workshop,
        "heading": heading,
        "sentence": sentence,
        "kept": visit.kept,
    }
    return visit.page("shut.html", known, status=403, news="refused")
