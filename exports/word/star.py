"""Draw the eight-pointed star of small squares: the mark, and the only ornament."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from exports.word.looks import PAPER

REACH = 8
"""Squares from the middle to a tip."""
SQUARE = 26
GAP = 4


def squares() -> frozenset[tuple[int, int]]:
    """Return the squares of the star; both axes and both diagonals are its mirrors."""
    half = REACH // 2
    petal = {(x, y) for y in range(1, half + 1) for x in range(y + 1, y + half + 1)}
    both = petal | {(y, x) for x, y in petal}
    return frozenset(
        (x * across, y * down) for x, y in both for across in (1, -1) for down in (1, -1)
    ) | {(0, 0)}


@cache
def star() -> bytes:
    """Return the star as PNG on a transparent ground."""
    from PIL import Image, ImageDraw

    side = (2 * REACH + 1) * SQUARE
    image = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    brush = ImageDraw.Draw(image)
    for x, y in squares():
        left, top = (x + REACH) * SQUARE, (y + REACH) * SQUARE
        colour = PAPER.accent if x or y else PAPER.link
        brush.rectangle(
            (left + GAP // 2, top + GAP // 2, left + SQUARE - GAP // 2, top + SQUARE - GAP // 2),
            fill=colour,
        )
    answer = BytesIO()
    image.save(answer, "PNG", optimize=True)
    return answer.getvalue()
