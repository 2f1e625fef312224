"""What a phone that mirrors the wall says: the same as the wall, in words, lists and tables."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from markupsafe import Markup

from phone import timer
from workshop import captions
from workshop.blocks import Block, Cloud, Figures, Prose, as_table
from workshop.language import Language, Sayable, clock, say, text
from workshop.model import StageState
from workshop.palette import group_styles
from workshop.passes import qr_svg
from workshop.toolkit import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How many of a group have joined, or are done."""

    name: Sayable
    sign: str
    shape: str
    n: int
    of: int


def place(shown: Shown) -> str:
    """Return where the wall is, in one word; what only counts on does not change it."""
    stage, wall = shown.stage, shown.wall
    up = shown.round if shown.round and shown.round.begun else None
    seen: object = (shown.workshop.finished, shown.workshop.joining_locked)
    if stage is not None:
        where = wall.page, wall.anchor, wall.table, wall.board
        seen = (stage.id, stage.state, *where, bool(shown.blocks), up)
    return f"{crc32(repr(seen).encode()):08x}"


def view(shown: Shown) -> list[Block]:
    """Return the blocks of the result that the wall's present view belongs to."""
    blocks = shown.blocks or ()
    parts = _parts(blocks)
    here = next((part for part in parts if shown.wall.anchor in part), parts[0] if parts else ())
    return [_spoken(blocks[at], shown.wall.table) for at in here]


def _spoken(block: Block, table: bool) -> Block:
    """Return a block as it is read aloud: the size of a word says nothing, its number does."""
    if isinstance(block, Cloud) or (table and not isinstance(block, Prose | Figures)):
        return as_table(block) or block
    return block


def _parts(blocks: Sequence[Block]) -> list[range]:
    """Return which blocks belong together: figures lead to what they sum up, sentences explain."""
    starts: list[int] = []
    leading = 0
    for at, block in enumerate(blocks):
        match block:
            case Figures():
                leading += 1
            case Prose():
                leading += 1 if leading or not starts else 0
            case _:
                starts.append(at - leading)
                leading = 0
    if not starts and blocks:
        starts = [0]
    return [range(first, after) for first, after in pairwise([*starts, len(blocks)])]


def of(
    shown: Shown, language: Language, origin: str, *, now: datetime, result: Markup | None
) -> dict[str, Any]:
    """Return what the page of a mirror knows; ``origin``: where phones find us."""
    workshop, stage = shown.workshop, shown.stage
    past = workshop.finished or workshop.code_is_past(now)
    shut = past or workshop.joining_locked
    join = f"{origin}/j"
    writes = stage is not None and shown.asks and result is None
    early = stage is not None and stage.state in (StageState.planned, StageState.open)
    return {
        "workshop": workshop,
        "stage": stage,
        "said": say(_summary(shown, past), language),
        "question": shown.question if result is None else "",
        "promise": captions.PROMISES[stage.anonymity] if stage and writes and early else "",
        "planned": stage is not None and stage.state is StageState.planned,
        "rows": _rows(shown) if stage is None or writes else [],
        "tables": shown.progress.by_table if shown.progress and writes else (),
        "joined": shown.joined,
        "progress": shown.progress if writes else None,
        "discreet": shown.wall.discreet,
        "still": shown.wall.still,
        "blocks": result,
        "past": past,
        "address": join.partition("://")[2],
        "picture": _picture(f"{join}/{workshop.code}") if stage is None and not shut else "",
        "clock": timer.line(stage, now, language) + _as_of(now, shown, language),
    }


def _summary(shown: Shown, past: bool) -> Sayable:
    """Return in one sentence what the wall shows: read out when it changes."""
    stage = shown.stage
    if stage is None:
        if shown.workshop.finished:
            return text("Thank you. This workshop is finished.")
        if past or shown.workshop.joining_locked:
            return text("Joining is closed. Whoever is in goes on as before.")
        return text("The wall shows how to join.")
    if shown.blocks and shown.wall.board:
        return text(
            "{title}: the wall shows the board of table {number}.",
            title=stage.title, number=shown.wall.board,
        )  # fmt: skip
    if shown.blocks:
        titles = [title for one in view(shown) if (title := getattr(one, "title", ""))]
        if titles:
            return text("{title}: the wall shows “{view}”.", title=stage.title, view=titles[0])
        return text("{title}: the wall shows the result.", title=stage.title)
    match stage.state:
        case StageState.planned:
            return text("{title}: the wall shows what comes next.", title=stage.title)
        case StageState.closed if not shown.asks:
            return text("{title} is over.", title=stage.title)
        case _ if not shown.asks:
            return text("{title} takes place in the room now.", title=stage.title)
        case StageState.open:
            return text("{title}: people are writing now.", title=stage.title)
        case StageState.locked:
            return text("{title}: no more entries. We are sorting.", title=stage.title)
        case StageState.revealed | StageState.closed:
            return text("{title}: the wall shows the result.", title=stage.title)


def _rows(shown: Shown) -> list[Row]:
    """Return the groups with how many have joined, or are done of how many."""
    if shown.wall.discreet:
        return []
    if shown.stage is None:
        counts = [(group, n, n) for group, n, _ in shown.present]
    elif shown.progress is None or shown.stage.state is StageState.planned:
        return []
    else:
        counts = list(shown.progress.by_group)
    styles = group_styles([group.key for group, _, _ in counts])
    return [
        Row(
            name=group.name, sign=styles[group.key].sign, shape=styles[group.key].shape, n=n, of=of
        )
        for group, n, of in counts
    ]  # fmt: skip


def _as_of(now: datetime, shown: Shown, language: Language) -> Markup:
    """Return how old the page is, for a browser that cannot follow the wall by itself."""
    local = now.astimezone(ZoneInfo(shown.series.time_zone))
    said = say(text("This is how the wall was at {time}.", time=clock(local, language)), language)
    return Markup('<p class="unscripted meta">{}</p>').format(said)


@lru_cache(maxsize=64)
def _picture(link: str) -> str:
    """Return the QR code to join as the address of a picture."""
    return "data:image/svg+xml;base64," + b64encode(qr_svg(link, "").encode()).decode()
