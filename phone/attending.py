"""The one page at ``/w`` that follows the facilitator: reading, sending, changing, leaving."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from starlette.responses import Response

from phone import blank
from phone.answers import Form, nest
from phone.packing import Part
from phone.scene import Scene
from phone.sheets import Wish
from phone.views import Seat, View
from phone.visit import Visit
from workshop.language import Sayable, text
from workshop.model import Anonymity, Id, NotFound, Participant, Refused, StageState
from workshop.passes import token_mark
from workshop.toolkit import Footing

KEY = re.compile(r"[0-9a-f]{32}-[0-9]{1,6}")
"""The page's seed and the count of what was sent from it."""
_NOTHING = Wish()


class Attendance:
    """A visit by somebody who is in the workshop."""

    def __init__(self, visit: Visit, scene: Scene, person: Participant) -> None:
        self.visit = visit
        self.scene = scene
        self.person = person
        self.here = f"/w/{scene.workshop.code}"

    @property
    def organisation(self) -> Sayable:
        """For whom they speak; "" for a citizen."""
        found = self.scene.organisation(self.person.organisation_id)
        return found.name if found is not None else ""

    def footing(self, stage_id: Id) -> Footing:
        """Return where this participant stands who is about to write."""
        stage = self.scene.named(stage_id)
        if stage is None:
            raise NotFound("stage")
        mark = token_mark(self.visit.token(self.scene.workshop.id))
        return Footing(person=self.person, stage=stage, shape=self.scene.beat.shape, mark=mark)

    async def refresh(self) -> None:
        """Look again at where the room is."""
        self.scene = await self.visit.readings.scene(self.scene.workshop.id, fresh=True)

    async def page(self, wish: Wish, *, status: int = 200, news: str = "page") -> Response:
        """Answer with the page for where the room is."""
        return await self.answer(wish, Seat.view, status=status, news=news)

    async def answer(
        self, wish: Wish, view: Callable[[Seat], View], *, status: int, news: str
    ) -> Response:
        """Answer with a view of this participant's seat; what it rests on is read before."""
        template, known = await self._known(await self._seat(wish), view)
        return self.visit.page(template, known, status=status, news=news)

    async def told(self) -> Sequence[Part]:
        """Return the page for where the room is as it comes with the news."""
        if not self.visit.readings.audience.silent(self.scene, self.person.id):
            return self.visit.told(*await self._known(await self._seat(Wish()), Seat.view))
        seat = self._blank()
        press = self.visit.phones.pages.press
        ready = press.ready(self._alike(seat), lambda name: blank.personal(seat, name))
        return ready or self.visit.told(*await self._known(seat, Seat.view), self._alike(seat))

    def _alike(self, seat: Seat) -> Hashable | None:
        """Return what decides the page of somebody who has sent nothing to the stage yet."""
        mark = blank.alike(seat)
        varies = seat.stage is not None and self.visit.phones.told.varies(seat.stage.id)
        return (mark, self.organisation) if varies and mark is not None else mark

    async def _known(self, seat: Seat, view: Callable[[Seat], View]) -> View:
        readings, phones = self.visit.readings, self.visit.phones
        if seat.reads_more:
            template, known = await readings.ask(view, seat)
        else:
            template, known = view(seat)
        if template == "result.html":
            stage_id = known["stage"].id
            blocks = await readings.ask(seat.toolkit.results.tell, stage_id)
            known["blocks"] = phones.told.draw(
                stage_id, blocks, self.visit.language, self.organisation
            )
            known["mark"] = (*known["mark"], known["blocks"])
        return template, known

    async def _seat(self, wish: Wish) -> Seat:
        """Return where this participant sits, with what they have sent to the stage."""
        readings, stage, who = self.visit.readings, self.scene.stage, self.person.id
        seat = self._blank(wish)
        if stage is None or stage.state is StageState.planned:
            return seat
        secret = stage.anonymity is Anonymity.secret
        return replace(
            seat,
            own=await readings.own(stage.id, who),
            voted=await readings.voted(stage.id, who) if secret else False,
        )

    def _blank(self, wish: Wish = _NOTHING) -> Seat:
        """Return where somebody sits who has sent nothing to the stage yet."""
        return Seat(
            toolkit=self.visit.readings.toolkit(),
            pages=self.visit.phones.pages,
            scene=self.scene,
            person=self.person,
            language=self.visit.language,
            wish=wish,
        )

    async def refuse(self, stage_id: Id, form: Form, refusal: Refused) -> Response:
        """Answer that something was not taken, with all that was typed."""
        if refusal.passing:  # our script keeps the entry and sends it again
            return self.visit.problem(503, refusal.reason, door=self.here)
        await self.refresh()
        stage = self.scene.named(stage_id)
        current = self.scene.stage
        if stage and current and current.id == stage_id and stage.state is StageState.open:
            wish = Wish(
                step=form.frame.get("step", ""),
                change=form.frame.get("replaces", ""),
                answers=form.answers,
                errors=refusal.faults,
            )
            return await self.answer(
                wish,
                lambda seat: seat.again(refusal.reason, form.words),
                status=422,
                news="refused",
            )
        return await self.answer(
            Wish(),
            lambda seat: seat.late(stage, refusal.reason, form.words),
            status=409,
            news="late",
        )


async def arrive(visit: Visit, code: str) -> Attendance | None:
    """Return who visits, or None for a phone that has not joined.

    Raises:
        NotFound: there is no such workshop, or the phone's token is for another one.
        TooOften: this browser has tried too many wrong codes.
    """
    budget, browser = visit.phones.wrong_codes, visit.browser()
    try:
        workshop_id = await visit.readings.past_workshop_id(code)
        person = await visit.readings.participant(workshop_id, visit.token(workshop_id))
    except NotFound:
        budget.refuse_if_spent(browser)
        await asyncio.sleep(budget.wrong(browser))
        raise
    if person is None:
        budget.refuse_if_spent(browser)
    scene = await visit.readings.scene(workshop_id)
    if person and person.organisation_id and not scene.organisation(person.organisation_id):
        scene = await visit.readings.scene(workshop_id, anew=True)  # a name typed at the door
    visit.at(scene.series)
    return None if person is None else Attendance(visit, scene, person)


async def show(visit: Visit, code: str) -> Response:
    """Show where the room is."""
    who = await arrive(visit, code)
    if who is None:
        if "joined" in visit.query:
            return no_cookies(visit, code)
        return visit.go(f"/j/{code}")
    wish = Wish(
        step=visit.query.get("step", ""),
        after=visit.query.get("after", ""),
        change=visit.query.get("change", ""),
        received=visit.query.get("received", ""),
        withdrawn=visit.query.get("withdrawn", ""),
    )
    return await who.page(wish)


async def contribute(visit: Visit, code: str, stage: Id) -> Response:
    """Take an entry, answer it after it is on disk."""
    form = await visit.form()
    who = await arrive(visit, code)
    if who is None:
        return stranger(visit)
    await _same_workshop(who, stage)
    key = form.frame.get("key", "")
    if not KEY.fullmatch(key):
        sentence = text("This page is too old to be sent. Please send it once more from here.")
        return await who.refuse(stage, form, Refused(sentence))
    if form.twice:
        sentence = text("This answer came in two different ways. Please fill it in again.")
        return await who.refuse(stage, form, Refused(sentence, form.twice))
    visit.phones.sends.refuse_if_spent(who.person.id)
    visit.phones.sends.note(who.person.id)
    entries = visit.readings.toolkit().entries
    replaces = form.frame.get("replaces") or None
    try:
        answers = nest(form.fields)
        future = entries.contribute(
            who.person.id, stage, answers, key, replaces, footing=who.footing(stage)
        )
        receipt = await visit.readings.landing.wait(future)
        visit.readings.audience.sent(who.scene.workshop.id, stage, who.person.id)
    except Refused as refusal:
        return await who.refuse(stage, form, refusal)
    except NotFound as missing:
        if missing.args != ("participant",):
            raise
        return stranger(visit)  # they went on with another phone, through another process
    received, after = receipt.contribution_id or "ballot", form.frame.get("step", "")
    if visit.scripted:
        return await who.page(Wish(received=received, after=after), news="received")
    return visit.go(f"{who.here}?received={received}" + (f"&after={after}" if after else ""))


async def withdraw(visit: Visit, code: str, stage: Id, contribution: Id) -> Response:
    """Take an own entry back."""
    form = await visit.form()
    who = await arrive(visit, code)
    if who is None:
        return stranger(visit)
    await _same_workshop(who, stage)
    entries = visit.readings.toolkit().entries
    key = form.frame.get("key", "")
    try:
        future = entries.withdraw(who.person.id, contribution, key)
        receipt = await visit.readings.landing.wait(future)
    except Refused as refusal:
        return await who.refuse(stage, form, refusal)
    return visit.go(f"{who.here}?withdrawn={receipt.number}")


async def switch_language(visit: Visit, code: str) -> Response:
    """Change the language; what was typed but not sent stays in the form."""
    form = await visit.form()
    who = await arrive(visit, code)
    if who is None:
        return visit.go(f"/j/{code}")
    if visit.speak(form.frame.get("language", "")):
        token = visit.token(who.scene.workshop.id)
        await visit.readings.speak(token, who.person, visit.language)
    if not any(value.strip(" 0") for value in form.fields.values()):
        return visit.go(who.here)
    wish = Wish(
        step=form.frame.get("step", ""),
        change=form.frame.get("replaces", ""),
        answers=form.answers,
    )
    return await who.page(wish)


async def leave(visit: Visit, code: str) -> Response:
    """Forget the participant on this phone; what was sent stays."""
    await visit.form()
    who = await arrive(visit, code)
    if who is not None:
        visit.forget_token(who.scene.workshop.id)
    return visit.go("/j")


async def back(visit: Visit, code: str, **_: str) -> Response:
    """Lead somebody who reloads the address of a form back to the page."""
    return visit.go(f"/w/{code}")


def stranger(visit: Visit) -> Response:
    """Answer a form from a phone that is not in the workshop (any more)."""
    sentence = text(
        "This phone is not in the workshop (any more), so nothing was counted. "
        "Join again; your words are below."
    )
    return visit.problem(404, sentence, door="/j")


def no_cookies(visit: Visit, code: str) -> Response:
    """Answer a phone that came in but did not keep its cookie."""
    sentence = text(
        "This browser keeps no cookies, so the workshop cannot know you again. "
        "Please allow cookies for this page, or leave private mode, and join again."
    )
    return visit.problem(403, sentence, door=f"/j/{code}")


async def _same_workshop(who: Attendance, stage_id: Id) -> None:
    if who.scene.named(stage_id) is None:
        await who.refresh()
        if who.scene.named(stage_id) is None:
            raise NotFound("stage")
