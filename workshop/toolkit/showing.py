"""What the room is shown just now: read once for the wall, its mirror on phones and the remote."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.blocks import Block, Prose
from workshop.language import Sayable
from workshop.model import Id, Refused, Series, Stage, StageState, StakeholderGroup, Wall, Workshop
from workshop.store.opening import Store
from workshop.store.people import PeopleDesk
from workshop.store.walls import WallDesk
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.boards import Boards
from workshop.toolkit.library import Library
from workshop.toolkit.live import Live
from workshop.toolkit.progress import Progress
from workshop.toolkit.readout import ReadOut, Round
from workshop.toolkit.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One moment of one workshop, as everybody in the room may see it."""

    series: Series
    workshop: Workshop
    stage: Stage | None
    question: Sayable
    present: tuple[tuple[StakeholderGroup, int, int], ...]
    joined: int
    progress: Progress | None
    """How far the room is; None where there is no stage, or its exercise cannot say."""
    blocks: tuple[Block, ...] | None
    """The result in the open; None while there is none to show."""
    asks: bool
    """Whether phones have anything to fill in."""
    wall: Wall
    """Where in that result the walls are; another stage begins at its first view."""
    round: Round | None = None
    """Where the room is with cards read out one by one; None where none can be read out now."""


class Showing:
    """Decides what may be seen: the only place that does, so that no two surfaces disagree."""

    def __init__(
        self,
        store: Store,
        agenda: Agenda,
        library: Library,
        results: Results,
        live: Live,
        readout: ReadOut,
        boards: Boards,
    ) -> None:
        self._agenda = agenda
        self._library = library
        self._results = results
        self._live = live
        self._readout = readout
        self._boards = boards
        self._people = PeopleDesk(store)
        self._walls = WallDesk(store)

    def now(self, workshop_id: Id) -> Shown:
        """Return what a workshop shows now."""
        workshop = self._library.workshop(workshop_id)
        current = workshop.current_stage_id
        stage = self._agenda.stage(current) if current else None
        presence = self._people.presence(workshop_id)
        asks = stage is None or self._agenda.asks(stage)
        shows = stage is not None and self._agenda.shows(stage)
        wall = self.place(workshop_id, current or None)
        return Shown(
            series=self._library.series(workshop.series_id),
            workshop=workshop,
            stage=stage,
            question=self._question(stage),
            present=presence.by_group,
            joined=presence.joined,
            progress=self._progress(stage),
            blocks=self._blocks(stage, shows, wall.board) if asks or shows else None,
            asks=asks,
            wall=wall,
            round=self._round(stage),
        )

    def place(self, workshop_id: Id, stage_id: Id | None) -> Wall:
        """Return where in the result of a stage the walls are."""
        return self._walls.wall(workshop_id).at(stage_id)

    def mark(self, workshop_id: Id, *, restless: bool = False) -> tuple[int, int, int, int]:
        """Return what differs whenever ``now`` may; cheap enough to be asked twice a second.

        The revision comes first; while walls stand still, no contribution is news,
        except for who is ``restless``: whoever runs the room sees it grow.
        """
        revision, shape = self._agenda.revisions([workshop_id]).get(workshop_id, (0, 0))
        stage_id = self._library.workshop(workshop_id).current_stage_id
        wall = self._walls.wall(workshop_id)
        if wall.still and not restless:
            return 0, shape, wall.count, 0
        return revision, shape, wall.count, self._live.renewed(stage_id)

    def _question(self, stage: Stage | None) -> Sayable:
        if stage is None:
            return ""
        exercise = self._agenda.catalogue.get(stage.exercise)
        asked = exercise.question if exercise is not None and exercise.question.message else None
        return stage.question or asked or stage.title

    def _progress(self, stage: Stage | None) -> Progress | None:
        if stage is None:
            return None
        try:
            return self._results.progress(stage.id)
        except Refused:
            return None

    def _round(self, stage: Stage | None) -> Round | None:
        if stage is None:
            return None
        try:
            return self._readout.now(stage)
        except Refused:
            return None

    def _blocks(self, stage: Stage | None, shows: bool, board: int) -> tuple[Block, ...] | None:
        """Return the result where the room may see it; a stage that cannot be read says so.

        ``board``: the table that is shown alone, once the result is; 0: all together.
        """
        if stage is None:
            return None
        shown = stage.state in (StageState.revealed, StageState.closed)
        shown = shown or (shows and stage.state is StageState.open)
        if stage.state is StageState.locked and stage.readout:
            try:
                told = self._readout.blocks(stage)
            except Refused as refused:
                return (Prose(sentences=(refused.reason,), tone="caution"),)
            if told is not None:
                return told
        if not shown and not stage.in_the_open:
            return None
        teller = self._results if shown else self._live
        try:
            if shown and 1 <= board <= stage.tables:
                return tuple(self._boards.tell(stage.id, board))
            return tuple(teller.tell(stage.id))
        except Refused as refused:
            return (Prose(sentences=(refused.reason,), tone="caution"),)
