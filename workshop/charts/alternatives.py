"""Say in a sentence or two what a picture shows, for people who do not see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import assert_never

from workshop.blocks import Bars, Cloud, Drawn, Heat, Network, Radar, Spread
from workshop.captions import basis_line
from workshop.charts.letters import plain
from workshop.charts.scale import digits_for, finite, shown
from workshop.language import Language, Sayable, counted, joined, say, text

MOST = 8
"""How many values a sentence can carry."""
NAME_LONG = 80
TITLE_LONG = 160


def alt(block: Drawn | Cloud, language: Language) -> str:
    """Return the title, the main numbers and what they rest on."""
    match block:
        case Bars():
            kind, told = text("Bar chart"), _bars(block, language)
        case Spread():
            kind, told = text("Distribution of answers"), _spread(block, language)
        case Heat():
            kind, told = text("Heat map"), _heat(block, language)
        case Radar():
            kind, told = text("Radar chart"), _radar(block, language)
        case Network():
            kind, told = text("Network diagram"), _network(block, language)
        case Cloud():
            kind, told = text("Word cloud, for illustration only"), _cloud(block, language)
        case _:
            assert_never(block)
    title = _short(block.title, language, TITLE_LONG)
    sentences = [f"{say(kind, language)}: {title}.", *(say(one, language) for one in told)]
    basis = basis_line(block.basis, language)
    return " ".join([*sentences, f"({basis})"] if basis else sentences)


def _short(thing: Sayable, language: Language, most: int = NAME_LONG) -> str:
    words = plain(say(thing, language)).rstrip(".")
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _pair(name: Sayable, value: str, language: Language) -> Sayable:
    return text("{name}: {value}", name=_short(name, language), value=value)


def _listed(parts: Sequence[Sayable], language: Language) -> list[Sayable]:
    """Return the first parts as a sentence and the number of those left out."""
    if not parts:
        return [text("There is nothing to show here yet.")]
    # Semicolons: names have commas of their own.
    told: list[Sayable] = ["; ".join(say(part, language) for part in parts[:MOST]) + "."]
    if left := parts[MOST:]:
        told.append(counted("{n} more is not listed.", "{n} more are not listed.", n=len(left)))
    return told


def _bars(block: Bars, language: Language) -> list[Sayable]:
    values = finite([bar.value for bar in block.bars])
    values += finite(part for bar in block.bars for part in bar.parts)
    digits = digits_for(values, block.kind)
    parts = []
    for bar in block.bars:
        numbers = bar.parts if block.layout == "grouped" else (bar.value,)
        said = " / ".join(shown(number, block.kind, digits, language) for number in numbers)
        parts.append(_pair(bar.label, said, language))
    told = _listed(parts, language)
    if block.series and parts:
        names = [_short(name, language) for name in block.series]
        told.insert(0, text("In parts: {list}.", list=joined(names)))
    return told


def _spread(block: Spread, language: Language) -> list[Sayable]:
    parts = []
    for label, counts in block.rows:
        half = len(counts) // 2
        parts.append(
            text(
                "{name}: {low} below the middle, {high} above it, of {total}",
                name=_short(label, language),
                low=sum(counts[:half]),
                high=sum(counts[half + len(counts) % 2 :]),
                total=sum(counts),
            )
        )
    return _listed(parts, language)


def _heat(block: Heat, language: Language) -> list[Sayable]:
    cells = [
        (value, row, column)
        for row, values in zip(block.rows, block.values, strict=True)
        for column, value in zip(block.columns, values, strict=True)
    ]
    known = [(value, row, column) for value, row, column in cells if value is not None]
    if not known:
        return [text("There is nothing to show here yet.")]
    digits = min(block.digits, digits_for([one[0] for one in known], block.kind, block.digits))
    ends = []
    for value, row, column in (max(known, key=_first), min(known, key=_first)):
        name = text("{row}, {column}", row=_short(row, language), column=_short(column, language))
        ends.append(
            text("{name}: {value}", name=name, value=shown(value, block.kind, digits, language))
        )
    told: list[Sayable] = [
        text("Highest: {highest}. Lowest: {lowest}.", highest=ends[0], lowest=ends[1])
    ]
    hidden = len(cells) - len(known)
    if hidden:
        told.append(counted("{n} cell is not shown.", "{n} cells are not shown.", n=hidden))
    return told


def _first(cell: tuple[float, Sayable, Sayable]) -> float:
    return cell[0]


def _radar(block: Radar, language: Language) -> list[Sayable]:
    parts: list[Sayable] = []
    for name, values in block.profiles[:MOST]:
        known = [
            (value, axis)
            for value, axis in zip(values, block.axes, strict=True)
            if value is not None
        ]
        if not known:
            continue
        digits = digits_for([value for value, _ in known], "number")
        high, low = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
        parts.append(
            text(
                "{name}: highest {high} ({top}), lowest {low} ({bottom}).",
                name=_short(name, language),
                high=shown(high[0], "number", digits, language),
                top=_short(high[1], language),
                low=shown(low[0], "number", digits, language),
                bottom=_short(low[1], language),
            )
        )
    return parts or [text("There is nothing to show here yet.")]


def _network(block: Network, language: Language) -> list[Sayable]:
    if not block.nodes:
        return [text("There is nothing to show here yet.")]
    needed = Counter(edge.target for edge in block.edges if not edge.declined)
    told: list[Sayable] = [
        counted(
            "{n} participant of the network.",
            "{n} participants of the network.",
            n=len(block.nodes),
        ),
        counted("{n} link.", "{n} links.", n=len(block.edges)),
    ]
    names = {node.key: _short(node.name, language) for node in block.nodes}
    most = [(names[key], count) for key, count in needed.most_common(3) if key in names]
    if most:
        listed = joined(text("{name} ({n})", name=name, n=count) for name, count in most)
        told.append(text("Most needed: {list}.", list=listed))
    critical = [names[node.key] for node in block.nodes if node.critical]
    if critical:
        told.append(text("Critical: {list}.", list=joined(critical[:MOST])))
    return told


def _cloud(block: Cloud, language: Language) -> list[Sayable]:
    words = sorted(block.words, key=lambda one: -one[1])[:MOST]
    if not words:
        return [text("There are no words yet.")]
    return [
        text("Most frequent: {list}.", list=joined(_short(word, language) for word, _ in words))
    ]
