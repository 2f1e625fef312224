"""What many phones ask for is read once: the workshop, its agenda, who holds which token."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread

from phone.audience import Audience
from phone.gather import Gather, Landing, Shared
from phone.pulse import Beat, Pulse
from phone.scene import Scene
from workshop.language import Language
from workshop.model import (
    Contribution,
    Id,
    NotFound,
    Pace,
    Participant,
    Refused,
    StageState,
    Workshop,
)
from workshop.passes import tidy_code
from workshop.toolkit import News, Toolkit

T = TypeVar("T")
THREADS = 8
"""Readers at work at once: Streamlit shares 28 threads among everything else."""
KEPT = 10.0
"""Seconds a code or a token is believed without asking; the writer checks each entry anyway."""
REMEMBERED = 20_000
SEEN_EVERY = 20.0
"""Seconds between two notes of who was here; "lately" means three minutes."""


class Readings:
    """Reads from the toolkit in threads of its own; lives in one event loop."""

    def __init__(self, toolkit: Callable[[], Toolkit]) -> None:
        self.toolkit = toolkit
        self.pulse = Pulse(self._look, told=lambda: self._news is not None and self._news.comes)
        self._news: News | None = None
        self._limiter: CapacityLimiter | None = None
        self._codes: OrderedDict[str, tuple[float, Id]] = OrderedDict()
        self._codes_asked: Shared[Workshop] = Shared()
        self._people: OrderedDict[str, tuple[float, int, Participant]] = OrderedDict()
        self._beats: Gather[Id, Beat] = Gather(self._ask_beats)
        self._holders: Gather[str, Participant] = Gather(self._ask_holders)
        self._own: Gather[tuple[Id, Id], list[Contribution[Any]]] = Gather(self._ask_own)
        self._voted: Gather[tuple[Id, Id], bool] = Gather(self._ask_voted)
        self.audience = Audience(self._catch_up)
        self.landing = Landing()
        self._scenes: dict[Id, Scene] = {}
        self._scenes_read: Shared[Scene] = Shared()
        self._seen: set[Id] = set()
        self._noting: asyncio.Task[None] | None = None

    async def ask(self, function: Callable[..., T], *given: object) -> T:
        """Return ``function(*given)``, run in a thread of ours."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(THREADS)
        return await to_thread.run_sync(function, *given, limiter=self._limiter)

    async def workshop_id(self, code: str) -> Id:
        """Return the workshop with that join code; ``Refused`` if none is open under it."""
        tidy = tidy_code(code)
        known = self._codes.get(tidy)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        looking = partial(self.ask, self.toolkit().agenda.workshop_by_code, tidy)
        workshop = await self._codes_asked.do(tidy, looking)
        _keep(self._codes, tidy, (time.monotonic() + KEPT, workshop.id))
        return workshop.id

    async def past_workshop_id(self, code: str) -> Id:
        """Return the workshop with that code even when nobody can join it any more."""
        try:
            return await self.workshop_id(code)
        except Refused:
            found = await self.ask(self.toolkit().library.workshop_named, tidy_code(code))
            if found.code != tidy_code(code):
                raise NotFound("workshop") from None
            return found.id

    async def scene(self, workshop_id: Id, *, fresh: bool = False, anew: bool = False) -> Scene:
        """Return what is true in a workshop; read once for all who ask for the same shape.

        ``fresh`` looks whether the shape is still the same, ``anew`` reads even if it is: people
        who join may bring an organisation without changing the shape.
        """
        if anew:
            self._scenes.pop(workshop_id, None)
        beat = await self.pulse.now(workshop_id, fresh=fresh)
        known = self._scenes.get(workshop_id)
        if known is not None and known.beat.shape == beat.shape:
            return known
        reading = partial(self._read_scene, workshop_id, beat)
        return await self._scenes_read.do((workshop_id, beat.shape), reading)

    async def _read_scene(self, workshop_id: Id, beat: Beat) -> Scene:
        read = self._scenes[workshop_id] = await self.ask(self._read, workshop_id, beat)
        return read

    async def participant(self, workshop_id: Id, token: str) -> Participant | None:
        """Return who holds a token of this workshop, or None if nobody does.

        Raises:
            NotFound: the token is good, but for another workshop.
        """
        if not token or len(token) > 100:
            return None
        shape = (await self.pulse.now(workshop_id)).shape
        known = self._people.get(token)
        if known is None or known[0] < time.monotonic() or known[1] != shape:
            found = await self._holders.ask(token)
            if found is None:
                return None
            known = (time.monotonic() + KEPT, shape, found)
            _keep(self._people, token, known)
        if known[2].workshop_id != workshop_id:
            raise NotFound("workshop")
        self.note(known[2].id)
        return known[2]

    async def _catch_up(self, scene: Scene, tokens: list[str]) -> set[Id]:
        """Read anew who holds these tokens; return who has sent something to the stage."""
        people, entries = self.toolkit().people, self.toolkit().entries
        stage = scene.workshop.current_stage_id

        def read() -> tuple[Mapping[str, Participant], set[Id]]:
            return people.by_tokens(tokens), entries.senders(stage) if stage else set()

        found, senders = await self.ask(read)
        until = time.monotonic() + KEPT
        for token, person in found.items():
            _keep(self._people, token, (until, scene.beat.shape, person))
        return senders

    async def own(self, stage_id: Id, participant_id: Id) -> list[Contribution[Any]]:
        """Return what somebody has sent to a stage, oldest first."""
        return await self._own.ask((stage_id, participant_id)) or []

    async def voted(self, stage_id: Id, participant_id: Id) -> bool:
        """Return whether somebody cast a secret ballot in a stage."""
        return bool(await self._voted.ask((stage_id, participant_id)))

    async def _ask_holders(self, tokens: list[str]) -> Mapping[str, Participant]:
        return await self.ask(self.toolkit().people.by_tokens, tokens)

    async def _ask_own(
        self, asked: list[tuple[Id, Id]]
    ) -> Mapping[tuple[Id, Id], list[Contribution[Any]]]:
        found: dict[tuple[Id, Id], list[Contribution[Any]]] = {}
        for stage, people in _by_stage(asked).items():
            own = await self.ask(self._read_own, stage, people)
            found |= {(stage, who): those for who, those in own.items()}
        return found

    def _read_own(self, stage_id: Id, people: list[Id]) -> dict[Id, list[Contribution[Any]]]:
        try:
            return self.toolkit().entries.own_of(stage_id, people)
        except Refused:  # the exercise is gone: its entries cannot be read, the page still stands
            return {}

    async def _ask_voted(self, asked: list[tuple[Id, Id]]) -> Mapping[tuple[Id, Id], bool]:
        found: dict[tuple[Id, Id], bool] = {}
        for stage, people in _by_stage(asked).items():
            voted = await self.ask(self.toolkit().entries.voted_of, stage, people)
            found |= {(stage, who): True for who in voted}
        return found

    async def speak(self, token: str, participant: Participant, language: Language) -> None:
        """Keep the language somebody chose: what they write from now on is in it."""
        if participant.language != language:
            self._people.pop(token, None)
            await self.ask(self.toolkit().people.speak, participant.id, language)

    async def take_time(self, token: str, participant: Participant, pace: Pace) -> None:
        """Keep how much time somebody asked for; their next page has its clock."""
        if participant.pace is not pace:
            self._people.pop(token, None)
            await self.ask(self.toolkit().people.take_time, participant.id, pace)
            self._people.pop(token, None)  # somebody may have asked who they are meanwhile

    async def move(self, workshop_id: Id, participant_id: Id, mark: str) -> str | None:
        """Return a new token for somebody's other phone; None where the old one is no longer it."""
        token = await self.ask(self.toolkit().people.move, workshop_id, participant_id, mark)
        self._people.clear()  # the old token must not be believed a moment longer
        return token

    async def _look(self, workshop_id: Id) -> Beat:
        return await self._beats.ask(workshop_id) or Beat(0, 0)

    async def _ask_beats(self, asked: list[Id]) -> Mapping[Id, Beat]:
        toolkit = self.toolkit()
        if self._news is not toolkit.news:  # the first look: whatever comes now is told to us
            self._news = toolkit.news
            self._news.follow(self.pulse.ear())
        found = await self.ask(toolkit.agenda.revisions, asked)
        return {one: Beat(*far) for one, far in found.items()}

    def _read(self, workshop_id: Id, beat: Beat) -> Scene:
        library, agenda = self.toolkit().library, self.toolkit().agenda
        workshop = library.workshop(workshop_id)
        stages = tuple(agenda.stages(workshop_id))
        current = next((one for one in stages if one.id == workshop.current_stage_id), None)
        scene = Scene(
            beat=beat,
            workshop=workshop,
            series=library.series(workshop.series_id),
            groups=tuple(library.groups(workshop.series_id)),
            organisations=tuple(library.organisations(workshop.series_id)),
            stages=stages,
            asks=current is None or agenda.asks(current),
            seated=Counter(one.at_table for one in self.toolkit().seating.seats(current.id))
            if current is not None and current.tables
            else {},
        )
        if scene.stage is not None and scene.stage.state is StageState.open:
            with contextlib.suppress(Refused):  # its page says that it cannot be filled in
                # Read here, in a thread, what each entry is checked against.
                self.toolkit().results.surroundings(scene.stage, beat.shape)
        return scene

    def note(self, participant_id: Id) -> None:
        """Note that a phone is in somebody's hand just now."""
        self._seen.add(participant_id)
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._note_all())

    async def _note_all(self) -> None:
        """Note everybody seen in the meantime with one write."""
        await asyncio.sleep(SEEN_EVERY)
        seen, self._seen = sorted(self._seen), set()
        await self.ask(self.toolkit().people.seen, seen)

    async def close(self) -> None:
        """Stop all that runs by itself (for tests; a server ends it with its loop)."""
        await self.pulse.close()
        if self._noting is not None:
            self._noting.cancel()


def _by_stage(asked: list[tuple[Id, Id]]) -> dict[Id, list[Id]]:
    stages: dict[Id, list[Id]] = {}
    for stage, who in asked:
        stages.setdefault(stage, []).append(who)
    return stages


def _keep(kept: OrderedDict[str, T], key: str, value: T) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > REMEMBERED:
        kept.popitem(last=False)
