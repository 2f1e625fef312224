"""Who listens to a workshop, and what is read once for all of them when the room goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from phone.gather import Shared
from phone.scene import Scene
from workshop.model import Id

CatchUp = Callable[[Scene, list[str]], Awaitable[set[Id]]]
"""Reads who holds these tokens now; returns who has sent something to the stage the room is at."""


@dataclass(slots=True)
class _Hall:
    """Everybody who listens to one workshop."""

    tokens: Counter[str] = field(default_factory=Counter)
    shape: int = -1
    """How far the workshop was when all were read."""
    stage: Id = ""
    senders: set[Id] = field(default_factory=set)
    """Who had sent something to the stage then."""
    since: set[Id] = field(default_factory=set)
    """Who has sent something to it in the meantime."""


class Audience:
    """Keeps who listens; lives in one event loop.

    Two thousand phones that hear of a new stage in one moment would each ask who they are and
    what they have sent to it, which is nothing; asked for all of them, that is two questions.
    """

    def __init__(self, catch_up: CatchUp) -> None:
        self._read = catch_up
        self._halls: dict[Id, _Hall] = {}
        self._reading: Shared[None] = Shared()

    def enter(self, workshop_id: Id, token: str) -> None:
        """Count a phone in that listens from now on."""
        self._halls.setdefault(workshop_id, _Hall()).tokens[token] += 1

    def leave(self, workshop_id: Id, token: str) -> None:
        """Count it out again."""
        hall = self._halls[workshop_id]
        hall.tokens[token] -= 1
        if not hall.tokens[token]:
            del hall.tokens[token]
        if not hall.tokens:
            del self._halls[workshop_id]

    @contextmanager
    def listening(self, workshop_id: Id, token: str) -> Iterator[None]:
        """Count a phone in while it listens."""
        self.enter(workshop_id, token)
        try:
            yield
        finally:
            self.leave(workshop_id, token)

    async def catch_up(self, scene: Scene) -> None:
        """Have everybody who listens read, once for each shape of the workshop."""
        hall, shape = self._halls.get(scene.workshop.id), scene.beat.shape
        if hall is None or hall.shape == shape:
            return
        await self._reading.do((scene.workshop.id, shape), partial(self._read_all, hall, scene))

    async def _read_all(self, hall: _Hall, scene: Scene) -> None:
        stage = scene.workshop.current_stage_id or ""
        if hall.stage != stage:
            hall.stage, hall.since = stage, set()
        hall.senders = await self._read(scene, list(hall.tokens))
        hall.shape = scene.beat.shape

    def sent(self, workshop_id: Id, stage_id: Id, participant_id: Id) -> None:
        """Note that somebody has sent something."""
        hall = self._halls.get(workshop_id)
        if hall is not None and hall.stage == stage_id:
            hall.since.add(participant_id)

    def silent(self, scene: Scene, participant_id: Id) -> bool:
        """Return whether somebody surely had sent nothing when all were read for this scene."""
        hall = self._halls.get(scene.workshop.id)
        return (
            hall is not None
            and hall.shape == scene.beat.shape
            and participant_id not in hall.senders
            and participant_id not in hall.since
        )
