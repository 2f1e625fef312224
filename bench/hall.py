"""Workshops to measure: on a database of their own, furnished through the toolkit's own calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.ideas import ideas
from workshop.language import Multilingual
from workshop.model import Option, Participant, Stage, StageDraft, StageState, Workshop
from workshop.toolkit import Receipt, Toolkit

ROOT = Path(__file__).resolve().parent.parent
ORGANISATIONS = 16
EACH = 40
"""Ideas one person may send to a board."""
BATCH = 500
"""Ideas on their way at once while a board is filled, as from a full hall."""


@contextmanager
def database() -> Iterator[str]:
    """Give the address of an empty database that is gone afterwards."""
    with TemporaryDirectory(prefix="sedyanka-bench-") as folder:
        yield f"sqlite:///{Path(folder) / 'sedyanka.db'}"


def furnish(toolkit: Toolkit, *drafts: StageDraft) -> Workshop:
    """Make a workshop of today with four groups, sixteen organisations and these stages."""
    library = toolkit.library
    series = library.create_series(
        None,
        short_name="bench",
        municipality=Multilingual(bg="Община Ясенова", en="Municipality of Yasenova"),
        theme=Multilingual(bg="Участие на гражданите", en="Citizen participation"),
        synthetic=True,
        warning=Multilingual(bg="Всичко тук е измислено.", en="Everything here is invented."),
    )
    groups = library.groups(series.id)
    for place in range(ORGANISATIONS):
        name = Multilingual(bg=f"Сдружение № {place + 1}", en=f"Association {place + 1}")
        library.add_organisation(None, series.id, name, groups[place % len(groups)].id)
    return library.create_workshop(
        None,
        series.id,
        title=Multilingual(bg="Първа среща", en="First meeting"),
        day=datetime.now(UTC).date(),
        minutes=1440,
        stages=list(drafts),
        rehearsal=True,
    )


def board(live: bool = False) -> StageDraft:
    """Return a SWOT stage; ``live``: what people write is on the wall at once."""
    return StageDraft(exercise="swot", settings={"each": EACH}, live=live)


def ballot(options: int = 10) -> StageDraft:
    """Return a vote with dots on ten wishes of a town."""
    chosen = [
        Option(key=f"C{place:02d}", wording=Multilingual(bg=said))
        for place, (_, said) in enumerate(islice(ideas(), options), 1)
    ]
    listed = [{"key": one.key, "wording": {"bg": one.wording.bg}} for one in chosen]
    return StageDraft(exercise="dots", settings={"options": listed})


def open_stage(toolkit: Toolkit, workshop: Workshop, place: int = 0) -> Stage:
    """Open a stage of the agenda, so that phones and wall show it."""
    stage = toolkit.agenda.stages(workshop.id)[place]
    return toolkit.agenda.move(None, stage.id, StageState.open)


def seat(toolkit: Toolkit, workshop: Workshop, people: int) -> list[Participant]:
    """Let people in, spread over the organisations."""
    organisations = toolkit.library.organisations(workshop.series_id)
    return [
        toolkit.people.join(
            workshop.code, group_id=chosen.group_id, organisation_id=chosen.id
        ).participant
        for chosen in (organisations[place % len(organisations)] for place in range(people))
    ]


def write(
    toolkit: Toolkit, stage: Stage, people: Sequence[Participant], count: int, start: int = 0
) -> list[Receipt]:
    """Send ideas ``start`` to ``start + count`` and wait until all of them are on disk."""
    receipts: list[Receipt] = []
    waiting: list[Future[Receipt]] = []
    for place, (letter, said) in islice(enumerate(ideas()), start, start + count):
        who = people[place % len(people)]
        answers: dict[str, Any] = {"kind": letter, "text": said}
        waiting.append(toolkit.entries.contribute(who.id, stage.id, answers, f"idea-{place}"))
        if len(waiting) == BATCH:
            receipts += [one.result() for one in waiting]
            waiting = []
    return receipts + [one.result() for one in waiting]


def sort(toolkit: Toolkit, stage: Stage, receipts: Sequence[Receipt]) -> None:
    """Do to a full board what a facilitator does: themes, merges, hiding, a better wording."""
    themes = [
        toolkit.sorting.add_theme(None, stage.id, Multilingual(bg=f"Тема {place}"))
        for place in range(1, 7)
    ]
    ids = [one.contribution_id for one in receipts]
    for place, one in enumerate(ids[: len(ids) // 50]):
        toolkit.sorting.assign(None, one, themes[place % len(themes)].id)
    for first in range(0, len(ids) // 10, 10):
        toolkit.sorting.merge(None, ids[first + 1 : first + 6], ids[first])
    for one in ids[-20:]:
        toolkit.sorting.hide(None, one, "test")
