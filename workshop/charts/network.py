"""Draw who needs whom: arrows between actors, shapes for groups, rings for the critical ones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping

from workshop.blocks import Edge, Network, Node
from workshop.charts.canvas import GRID, Canvas, Point
from workshop.charts.layout import HALL, PAGE, Layout, Place, arrange
from workshop.charts.legend import Key, draw_legend
from workshop.charts.letters import wrap
from workshop.language import Language, say, text
from workshop.palette import GroupStyle, Theme, group_styles

SMALLEST, LARGEST = 6.5, 17.0
HEAD = 10.0
ASIDE = 16.0


class _Drawing:
    """What the parts of one network picture share."""

    def __init__(self, canvas: Canvas, block: Network, theme: Theme, far: bool) -> None:
        self.canvas, self.block, self.theme = canvas, block, theme
        self.measure = HALL if far else PAGE
        groups = [key for key, _ in block.groups]
        known = {node.key for node in block.nodes}
        self.edges = [
            edge
            for edge in block.edges
            if edge.source in known and edge.target in known and edge.source != edge.target
        ]
        self.layout: Layout = arrange(block.nodes, self.edges, groups, self.measure)
        further = sorted({node.group for node in block.nodes} - set(groups) - {""})
        self.styles: Mapping[str, GroupStyle] = group_styles([*groups, *further])
        self.radii = _radii(block, self.edges, self.layout.row)


def draw_network(
    canvas: Canvas, block: Network, language: Language, theme: Theme, *, far: bool = False
) -> None:
    """Lay the network out and draw edges first, then actors, names and the legend.

    ``far``: it is read from the last row of a hall.
    """
    drawing = _Drawing(canvas, block, theme, far)
    mutual = _mutual(drawing.edges)
    # Quiet ones first: what is mutual or refused must not disappear under them.
    for edge in sorted(drawing.edges, key=lambda one: (_ends(one) in mutual, one.declined)):
        if _ends(edge) not in mutual or edge.declined:
            _edge(drawing, edge, both=False)
        elif edge.source < edge.target:
            _edge(drawing, edge, both=True)
    for node in block.nodes:
        _node(drawing, node, language)
    canvas.height = _legend(drawing, language, bool(mutual)) + 6


def _ends(edge: Edge) -> frozenset[str]:
    return frozenset((edge.source, edge.target))


def _mutual(edges: list[Edge]) -> set[frozenset[str]]:
    """Return the pairs who need each other; a declined need is none."""
    there = {(edge.source, edge.target) for edge in edges if not edge.declined}
    return {frozenset(pair) for pair in there if (pair[1], pair[0]) in there}


def _radii(block: Network, edges: list[Edge], row: float) -> dict[str, float]:
    """Return the size of each actor: its weight, or how often it is needed if none is given."""
    needed = Counter(edge.target for edge in edges if not edge.declined)
    given = any(node.weight != 1 for node in block.nodes)
    sizes = {node.key: node.weight if given else needed[node.key] for node in block.nodes}
    most = max([1.0, *(size for size in sizes.values() if math.isfinite(size))])
    largest = min(LARGEST, row / 2 - 5)
    return {
        key: SMALLEST + (largest - SMALLEST) * math.sqrt(max(0.0, min(size, most)) / most)
        for key, size in sizes.items()
    }


def _edge(drawing: _Drawing, edge: Edge, *, both: bool) -> None:
    start, end = drawing.layout.places[edge.source], drawing.layout.places[edge.target]
    bend = _bend(drawing.layout, start, end)
    head = 4.0 + _reach(drawing, edge.target)
    tip, base = (
        _toward(bend, (end.x, end.y), head),
        _toward(bend, (end.x, end.y), head + HEAD * 0.8),
    )
    tail = 4.0 + _reach(drawing, edge.source)
    first = _toward(bend, (start.x, start.y), tail + (HEAD * 0.8 if both else 0))
    colours = drawing.canvas.colours
    colour = colours.link if both else colours.accent if edge.declined else colours.quiet
    thick = min(4.5, 1.3 + 0.8 * (max(1.0, edge.weight) - 1)) + (0.7 if both else 0)
    drawing.canvas.path(
        f"M{first[0]:.2f},{first[1]:.2f}Q{bend[0]:.2f},{bend[1]:.2f} {base[0]:.2f},{base[1]:.2f}",
        stroke=colour,
        thick=thick,
        dash=(6, 5) if edge.declined else (),
        opacity=1 if both or edge.declined else 0.62,
    )
    _arrow(drawing.canvas, bend, tip, thick, colour)
    if both:
        _arrow(drawing.canvas, bend, _toward(bend, (start.x, start.y), tail), thick, colour)


def _reach(drawing: _Drawing, key: str) -> float:
    critical = next(node.critical for node in drawing.block.nodes if node.key == key)
    return drawing.radii[key] * 1.1 + (5 if critical else 0)


def _bend(layout: Layout, start: Place, end: Place) -> Point:
    """Return the control point: more towards the centre for neighbours on the same arc."""
    middle = ((start.x + end.x) / 2, (start.y + end.y) / 2)
    share, lean = 0.3, 0.3
    if start.side == end.side:
        share = 0.18 + 0.67 * min(1.0, abs(start.y - end.y) / layout.height)
        lean = share * 0.6
    # A little to the left of the way, so that there and back are two lines.
    away = math.dist((start.x, start.y), (end.x, end.y)) or 1.0
    aside = min(ASIDE, away / 6)
    return (
        middle[0] + (layout.centre[0] - middle[0]) * share + (end.y - start.y) / away * aside,
        middle[1] + (layout.centre[1] - middle[1]) * lean - (end.x - start.x) / away * aside,
    )


def _toward(origin: Point, end: Point, short: float) -> Point:
    """Return the point ``short`` before ``end`` on the way from ``origin``."""
    away = math.dist(origin, end) or 1.0
    share = max(0.0, 1 - short / away)
    return origin[0] + (end[0] - origin[0]) * share, origin[1] + (end[1] - origin[1]) * share


def _arrow(canvas: Canvas, origin: Point, tip: Point, thick: float, colour: str) -> None:
    away = math.dist(origin, tip) or 1.0
    along = ((tip[0] - origin[0]) / away, (tip[1] - origin[1]) / away)
    long, half = HEAD + thick, 3.4 + thick * 0.8
    back = (tip[0] - along[0] * long, tip[1] - along[1] * long)
    left = (back[0] - along[1] * half, back[1] + along[0] * half)
    right = (back[0] + along[1] * half, back[1] - along[0] * half)
    path = "L".join(f"{x:.2f},{y:.2f}" for x, y in (tip, left, right))
    canvas.path(f"M{path}Z", fill=colour)


def _node(drawing: _Drawing, node: Node, language: Language) -> None:
    canvas, radius = drawing.canvas, drawing.radii[node.key]
    place = drawing.layout.places[node.key]
    _sign(drawing, node.group, place.x, place.y, radius)
    if node.critical:
        ring = canvas.colours.accent
        canvas.sign("circle", place.x, place.y, radius + 5, "transparent", stroke=ring, thick=3)
    x = place.x + place.side * (radius + (14 if node.critical else 9))
    room = GRID - x if place.side > 0 else x
    measure = drawing.measure
    most = 2 if drawing.layout.row >= measure.two_lines else 1
    lines = wrap(say(node.name, language), room, measure.name, most)
    align = "left" if place.side > 0 else "right"
    canvas.lines(x, place.y, lines, size=measure.name, align=align, bold=node.critical)


def _sign(drawing: _Drawing, group: str, x: float, y: float, radius: float) -> None:
    style = drawing.styles.get(group)
    canvas = drawing.canvas
    fill = style.colour(drawing.theme) if style else canvas.colours.quiet
    shape, hatched = (style.shape, style.hatched) if style else ("circle", False)
    canvas.sign(shape, x, y, radius, fill, stroke=canvas.colours.ground, thick=1.2, hatched=hatched)


def _sample(drawing: _Drawing, group: str) -> Callable[[float, float], None]:
    def draw(x: float, y: float) -> None:
        _sign(drawing, group, x + 8, y, 8)

    return draw


def _legend(drawing: _Drawing, language: Language, mutual: bool) -> float:
    canvas, block, colours = drawing.canvas, drawing.block, drawing.canvas.colours
    keys = [
        Key(say(name, language), _sample(drawing, key), 24)
        for key, name in block.groups
        if any(node.group == key for node in block.nodes)
    ]
    size = drawing.measure.legend
    end = draw_legend(canvas, keys, 0, drawing.layout.height + 10, GRID, size)

    def arrow(x: float, y: float, colour: str, dash: tuple[float, ...], both: bool) -> None:
        canvas.line([(x + (8 if both else 0), y), (x + 32, y)], colour, thick=2, dash=dash)
        _arrow(canvas, (x, y), (x + 40, y), 2, colour)
        if both:
            _arrow(canvas, (x + 40, y), (x, y), 2, colour)

    def ring(x: float, y: float) -> None:
        canvas.sign("circle", x + 9, y, 8, colours.ground, stroke=colours.accent, thick=3)

    def sizes(x: float, y: float) -> None:
        canvas.sign("circle", x + 5, y, 4, colours.quiet)
        canvas.sign("circle", x + 21, y, 9, colours.quiet)

    thicker = len({edge.weight for edge in drawing.edges}) > 1
    words = say(text("needs (thicker: more often)") if thicker else text("needs"), language)
    keys = [Key(words, lambda x, y: arrow(x, y, colours.quiet, (), False), 50)]
    if mutual:
        words = say(text("need each other"), language)
        keys.append(Key(words, lambda x, y: arrow(x, y, colours.link, (), True), 50))
    if any(edge.declined for edge in drawing.edges):
        words = say(text("declined"), language)
        keys.append(Key(words, lambda x, y: arrow(x, y, colours.accent, (6, 5), False), 50))
    if any(node.critical for node in block.nodes):
        words = say(text("critical: others lose a partner without it"), language)
        keys.append(Key(words, ring, 26))
    if len(set(drawing.radii.values())) > 1:
        keys.append(Key(say(text("larger: needed by more"), language), sizes, 38))
    return draw_legend(canvas, keys, 0, end + 2, GRID, size)
