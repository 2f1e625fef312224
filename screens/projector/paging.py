"""Lay a result out in views that never hold more than the last row of the hall can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from screens.projector.look import Look
from screens.projector.pictures import figure
from screens.projector.piece import POINTS, ROWS, Piece, lines
from screens.projector.pieces import pieces
from workshop.blocks import Block, Figures, Prose, as_table
from workshop.language import Sayable, say, text

ROOM = 690.0
"""The height between head and foot, in units of the canvas."""
MEANING = text("What this means")
ASIDE = 320.0
"""The height for words beside a tall picture, above the notes and the join address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the wall shows at one time of a result."""

    title: Sayable
    pieces: tuple[Piece, ...]
    note: str
    anchor: int
    """The place of its block in the result: where the table of a picture is found."""
    tall: bool = False
    part: int = 1
    parts: int = 1

    def markup(self, look: Look) -> str:
        """Return the view as HTML; its picture is drawn now, or was for another wall."""
        return _arranged(self.pieces, look)


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
            return 42 + sum(one.narrow for one in tried.pieces) <= ASIDE
        return tried.used(look) <= ROOM


def views(blocks: Sequence[Block], look: Look, table: bool = False) -> list[View]:
    """Return the views of a result in order; ``table``: its numbers instead of its pictures."""
    pages: list[_Page] = []
    waiting: list[Piece] = []
    for anchor, block in enumerate(blocks):
        held = pieces(_shown(block, table), look)
        match block:
            case Prose():
                for piece in held:
                    _explain(pages, waiting, piece, anchor, look)
            case Figures():
                for piece in held:
                    _wait(pages, waiting, piece, anchor, look)
            case _:
                for _, same in groupby(held, key=lambda one: (one.title, one.wraps)):
                    for chunk in _evenly(list(same), anchor, look):
                        _begin(pages, waiting, chunk, anchor, look)
    if waiting:
        pages.append(_Page("", len(blocks) - 1, waiting))
    return _numbered(pages, look)


def _shown(block: Block, table: bool) -> Block:
    if table and not isinstance(block, Prose | Figures):
        return as_table(block) or block
    return block


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


def _wait(pages: list[_Page], waiting: list[Piece], piece: Piece, anchor: int, look: Look) -> None:
    if waiting and not _Page("", anchor, [*waiting]).takes([piece], look):
        pages.append(_Page("", anchor, [*waiting]))
        waiting.clear()
    waiting.append(piece)


def _begin(
    pages: list[_Page], waiting: list[Piece], chunk: list[Piece], anchor: int, look: Look
) -> None:
    """Begin a page with the figures that lead to it; where both do not fit, they come before."""
    fresh = _Page(chunk[0].title, anchor, [*waiting])
    if waiting and not fresh.takes(chunk, look):
        pages.append(_Page("", anchor, [*waiting]))
        fresh.pieces.clear()
    waiting.clear()
    fresh.pieces += chunk
    pages.append(fresh)


def _explain(
    pages: list[_Page], waiting: list[Piece], piece: Piece, anchor: int, look: Look
) -> None:
    """Put a sentence beside what it explains, the block before it; else on a page after it."""
    if waiting or not pages:
        _wait(pages, waiting, piece, anchor, look)
        return
    before = pages[-1].anchor
    places = [place for place, page in enumerate(pages) if page.anchor == before]
    title = pages[places[0]].title
    own = [place for place in places if pages[place].title == title]
    meant = [place for place in places if pages[place].title == MEANING]
    # The first view of a result, or else a view of their own: nobody looks for what something
    # means below its last part. Once a sentence has gone there, all that follow go after it.
    for place in meant[-1:] or (own[:1] if title else own[-1:]):
        if pages[place].takes([piece], look):
            pages[place].pieces.append(piece)
            return
    after = (meant or own)[-1] + 1
    pages.insert(after, _Page(MEANING if title else "", before, [piece]))


def _kinds(held: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    return [(kind, list(same)) for kind, same in groupby(held, key=lambda one: one.wraps)]


def _most(kind: str) -> int:
    return {"cards": POINTS, "table": ROWS, "picture": 1}.get(kind, 9)


def _height(kind: str, held: Sequence[Piece]) -> float:
    if kind.startswith("say"):
        return 42 + sum(one.height for one in held)
    if kind == "cards":
        pairs = [held[place : place + 2] for place in range(0, len(held), 2)]
        beside = len(held) > 1 and len(held) % 2  # the last row has a free place
        tail = 0 if beside else held[-1].tail
        return sum(max(one.height for one in pair) for pair in pairs) + tail
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
                pieces=tuple(page.pieces),
                note=". ".join(notes),
                anchor=page.anchor,
                tall=any(one.tall for one in page.pieces),
                part=same.index(place) + 1,
                parts=len(same) if page.title else 1,
            )
        )
    return answer


def _arranged(held: Sequence[Piece], look: Look) -> str:
    kinds = _kinds(held)
    used = sum(_height(kind, same) for kind, same in kinds)
    if all(kind.startswith("say") for kind, same in kinds):
        large = " large" if used * 1.8 < ROOM else ""
        inside = "".join(_markup(kind, same, look) for kind, same in kinds)
        return f'<div class="calm{large}">{inside}</div>'
    if not any(one.tall for one in held):
        return "".join(_markup(kind, same, look) for kind, same in _kinds(held))
    beside = [one for one in held if not one.tall]
    words = "".join(_markup(kind, same, look) for kind, same in _kinds(beside))
    tall = [one for one in held if one.tall]
    return f"<aside>{words}</aside>" + _markup("picture", tall, look)


def _markup(kind: str, held: Sequence[Piece], look: Look) -> str:
    inside = "".join(figure(one.picture, look) if one.picture else one.markup for one in held)
    if kind == "cards":
        single = " single" if len(held) == 1 else ""
        return f'<ul class="cards{single}">{inside}</ul>'
    if kind.startswith("say"):
        return f'<div class="{kind}">{inside}</div>'
    if kind == "table":
        room = all(one.grows for one in held) and _height(kind, held) * 1.45 < ROOM - 120
        large = ' class="large"' if room else ""
        return f"<table{large}>{held[0].head}<tbody>{inside}</tbody></table>"
    return inside
