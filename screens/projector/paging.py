"""Lay a result out in views that never hold more than the last row of the hall can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from screens.projector.look import Look
from screens.projector.piece import POINTS, ROWS, Piece, lines
from screens.projector.pieces import pieces
from workshop.blocks import Block, Figures, Prose, as_table
from workshop.language import Sayable, say

ROOM = 690.0
"""The height between head and foot, in units of the canvas."""
ASIDE = 400.0
"""The height for words beside a tall picture, above the join address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the wall shows at one time of a result."""

    title: Sayable
    markup: str
    note: str
    anchor: int
    """The place of its block in the result: where the table of a picture is found."""
    tall: bool = False
    part: int = 1
    parts: int = 1


@dataclass
class _Page:
    title: Sayable
    anchor: int
    pieces: list[Piece] = field(default_factory=list)

    def used(self, look: Look) -> float:
        title = lines(say(self.title, look.language), 44, 1700) * 51 + 20 if self.title else 0
        return title + sum(_height(kind, held) for kind, held in _kinds(self.pieces))

    def takes(self, more: Sequence[Piece], look: Look) -> bool:
        """Return whether ``more`` still fits."""
        tried = _Page(self.title, self.anchor, [*self.pieces, *more])
        if any(len(held) > _most(kind) for kind, held in _kinds(tried.pieces)):
            return False
        if any(one.tall for one in tried.pieces):
            return sum(one.narrow for one in tried.pieces) <= ASIDE
        return tried.used(look) <= ROOM


def views(blocks: Sequence[Block], look: Look, table: bool = False) -> list[View]:
    """Return the views of a result in order; ``table``: its numbers instead of its pictures."""
    pages: list[_Page] = []
    waiting: list[Piece] = []
    for anchor, block in enumerate(blocks):
        held = pieces(_shown(block, table), look)
        for chunk in _evenly(held, anchor, look):
            if chunk[0].title:
                _titled(pages, waiting, chunk, anchor, look)
            elif _leads(block) or not pages or not pages[-1].takes(chunk, look):
                _wait(pages, waiting, chunk, anchor, look)
            else:
                pages[-1].pieces += chunk
    if waiting:
        if pages and pages[-1].takes(waiting, look):
            pages[-1].pieces += waiting
        else:
            pages.append(_Page("", len(blocks) - 1, waiting))
    return _numbered(pages, look)


def _evenly(held: Sequence[Piece], anchor: int, look: Look) -> list[list[Piece]]:
    """Return the pieces of a block in as few views as they need, none with a lone last row."""
    chunks = _chunks(held, anchor, look, len(held))
    even = _chunks(held, anchor, look, -(-len(held) // max(1, len(chunks))))
    return even if len(even) == len(chunks) else chunks


def _chunks(held: Sequence[Piece], anchor: int, look: Look, most: int) -> list[list[Piece]]:
    chunks: list[list[Piece]] = []
    for piece in held:
        now = chunks[-1] if chunks else []
        same = bool(now) and now[-1].title == piece.title and now[-1].wraps == piece.wraps
        if same and len(now) < most and _Page(piece.title, anchor, now).takes([piece], look):
            now.append(piece)
        else:
            chunks.append([piece])
    return chunks


def _shown(block: Block, table: bool) -> Block:
    if table and not isinstance(block, Prose | Figures):
        return as_table(block) or block
    return block


def _leads(block: Block) -> bool:
    """Return whether a sentence belongs to what follows: findings lead, cautions come after."""
    return not isinstance(block, Prose) or block.tone == "finding"


def _wait(
    pages: list[_Page], waiting: list[Piece], chunk: list[Piece], anchor: int, look: Look
) -> None:
    if waiting and not _Page("", anchor, [*waiting]).takes(chunk, look):
        pages.append(_Page("", anchor, [*waiting]))
        waiting.clear()
    waiting += chunk


def _titled(
    pages: list[_Page], waiting: list[Piece], chunk: list[Piece], anchor: int, look: Look
) -> None:
    """Begin a page with the sentences that lead to it; where both do not fit, they come before."""
    fresh = _Page(chunk[0].title, anchor, [*waiting])
    if waiting and not fresh.takes(chunk, look):
        pages.append(_Page("", anchor, [*waiting]))
        fresh.pieces.clear()
    waiting.clear()
    fresh.pieces += chunk
    pages.append(fresh)


def _kinds(held: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    return [(kind, list(same)) for kind, same in groupby(held, key=lambda one: one.wraps)]


def _most(kind: str) -> int:
    return {"cards": POINTS, "table": ROWS, "picture": 1}.get(kind, 9)


def _height(kind: str, held: Sequence[Piece]) -> float:
    if kind == "cards":
        pairs = [held[place : place + 2] for place in range(0, len(held), 2)]
        return sum(max(one.height for one in pair) for pair in pairs)
    return held[0].head_height + sum(min(one.height, ROOM - 100) for one in held)


def _numbered(pages: Sequence[_Page], look: Look) -> list[View]:
    """Return the pages as views that say "2 of 3" where one block fills several."""
    answer = []
    keys = [(page.anchor, say(page.title, look.language)) for page in pages]
    for place, page in enumerate(pages):
        same = [other for other, key in enumerate(keys) if key == keys[place]]
        notes = list(dict.fromkeys(one.note for one in page.pieces if one.note))
        answer.append(
            View(
                title=page.title,
                markup=_arranged(page.pieces),
                note=". ".join(notes),
                anchor=page.anchor,
                tall=any(one.tall for one in page.pieces),
                part=same.index(place) + 1,
                parts=len(same) if page.title else 1,
            )
        )
    return answer


def _arranged(held: Sequence[Piece]) -> str:
    if not any(one.tall for one in held):
        return "".join(_markup(kind, same) for kind, same in _kinds(held))
    words = "".join(one.markup for one in held if not one.tall)
    return f"<aside>{words}</aside>" + "".join(one.markup for one in held if one.tall)


def _markup(kind: str, held: Sequence[Piece]) -> str:
    inside = "".join(one.markup for one in held)
    if kind == "cards":
        single = " single" if len(held) == 1 else ""
        return f'<ul class="cards{single}">{inside}</ul>'
    if kind == "table":
        return f"<table>{held[0].head}<tbody>{inside}</tbody></table>"
    return inside
