"""What a wall shows at this moment, gathered once from the toolkit for whoever draws it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from screens import house
from screens.projector import place
from screens.projector.look import Look
from screens.projector.paging import View, views
from workshop.blocks import Block
from workshop.language import Multilingual, Sayable, text
from workshop.model import Clock, Id, Series, Stage, StageState, StakeholderGroup, Workshop
from workshop.passes import qr_svg, wifi_code
from workshop.toolkit import Progress, Round, Toolkit, Wifi

log = logging.getLogger(__name__)
_aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One moment of one workshop, ready to be drawn in any look."""

    series: Series
    workshop: Workshop
    stage: Stage | None
    question: Sayable
    present: tuple[tuple[StakeholderGroup, int, int], ...]
    joined: int
    progress: Progress | None
    blocks: tuple[Block, ...] | None
    """The result in the open; None while there is none to show."""
    asks: bool
    """Whether phones have anything to fill in."""
    place: place.Place
    address: str
    wifi: Wifi | None
    """The hall's network, where staff said which it is."""
    now: datetime
    still: bool = False
    """What only grows by itself stands still."""
    discreet: bool = False
    """How many people are here is not shown."""
    round: Round | None = None
    """Where the room is with cards read out one by one; None where none can be read out now."""

    @property
    def warning(self) -> Multilingual | Sayable:
        """The sentence that stands on everything made from invented opinions."""
        if not self.series.synthetic:
            return ""
        return self.series.warning or text("Synthetic data, for demonstration only.")

    @property
    def time(self) -> str:
        """The time of day in the hall."""
        return self.now.astimezone(ZoneInfo(self.series.time_zone)).strftime("%H:%M")

    @property
    def clock(self) -> Clock | None:
        """The time the open stage has left."""
        return self.stage.clock(self.now) if self.stage is not None else None

    def views(self, look: Look) -> list[View]:
        """Return all views of the result in the form asked for."""
        return _laid(self.blocks, look, self.place.table) if self.blocks else []

    @property
    def page(self) -> int:
        """The view shown now; ``views`` may have become fewer since it was chosen."""
        return self.place.page

    def view(self, look: Look) -> View | None:
        """Return the view shown now, or None while there is no result."""
        laid = self.views(look)
        return laid[min(self.page, len(laid) - 1)] if laid else None

    def qr(self, title: str) -> str:
        """Return the QR code to join as an address of a picture."""
        return _qr(f"{self.address}/{self.workshop.code}", title)

    def wifi_qr(self, title: str) -> str:
        """Return the QR code that brings a phone into the hall's network; "" without one."""
        wifi = self.wifi
        if wifi is None:
            return ""
        return _qr(wifi_code(wifi.name, wifi.password, hidden=wifi.hidden), title)


def gather(
    toolkit: Toolkit,
    workshop_id: Id,
    now: datetime | None = None,
    *,
    address: str | None = None,
) -> Sight:
    """Return what the wall of a workshop shows now.

    ``address``: where phones join; None finds it from the address of the screen that asks.
    """
    shown = toolkit.showing.now(workshop_id)
    return Sight(
        series=shown.series,
        workshop=shown.workshop,
        stage=shown.stage,
        question=shown.question,
        present=shown.present,
        joined=shown.joined,
        progress=shown.progress,
        blocks=shown.blocks,
        asks=shown.asks,
        place=place.told(shown.wall),
        address=house.join_address() if address is None else address,
        wifi=toolkit.hall.look_at(workshop_id).wifi,
        now=now or toolkit.now(),
        still=shown.wall.still,
        discreet=shown.wall.discreet,
        round=shown.round,
    )


def look_ahead(toolkit: Toolkit, now: Sight, look: Look) -> None:
    """Draw aside what the wall will be asked for next, so that the room does not wait for it.

    While a stage is locked that is its result; of a result it is the view after the present one,
    but not while people still write: it would be drawn for each entry and asked for by nobody.
    """
    stage = now.stage
    if stage is None or stage.state is StageState.open or not now.asks:
        return
    if stage.state is not StageState.locked and not now.blocks:
        return

    def draw() -> None:
        try:
            blocks = now.blocks or tuple(toolkit.results.tell(stage.id))
            laid = _laid(blocks, look, now.place.table)
            following = laid[now.page + 1 :] if now.blocks else laid
            for view in following[:1]:
                view.markup(look)
        except Exception:
            log.exception("a view could not be drawn ahead")

    _aside.submit(draw)


@lru_cache(maxsize=48)
def _laid_once(blocks: tuple[Block, ...], look: Look, table: bool) -> tuple[View, ...]:
    return tuple(views(blocks, look, table))


def _laid(blocks: Sequence[Block], look: Look, table: bool) -> list[View]:
    return list(_laid_once(tuple(blocks), look, table))


@lru_cache(maxsize=64)
def _qr(address: str, title: str) -> str:
    return house.svg_address(qr_svg(address, title))
