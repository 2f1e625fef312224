"""A ballot on paper as an exercise describes it: what is filled in, and what is typed of it.

Whoever types a stack writes few lines a ballot. Dots are one line, the number of an option once for
each of its dots: "3 3 7". Levels are one line, a sign for each scale: "35" or "3 -". Texts have a
line each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from workshop.language import Sayable, Text, text
from workshop.model import Refused

NOTHING = "-"
"""Typed where somebody left a scale blank or cannot judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One place that is filled in by hand."""

    path: str
    """Where its answer stands in the entry, as in the names of a phone's fields: "dots.C01"."""
    label: Sayable
    kind: Literal["count", "choice", "line"] = "line"
    choices: tuple[tuple[str, Sayable], ...] = ()
    """Of a choice: the answers as the phone sends them, typed by their number."""
    most: int = 1
    """Of a count: how many boxes there are."""
    without: str = ""
    """Of a choice: what is sent where nothing was marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What becomes one entry, or several alike; a part left blank becomes none."""

    key: str
    title: Sayable
    blanks: tuple[Blank, ...]
    hint: Sayable = ""
    base: Mapping[str, Any] = field(default_factory=dict)
    """Answers nobody fills in: the dimension of a rating, the quadrant of a card."""
    copies: int = 1
    """How many entries of this kind a sheet has room for."""

    @property
    def kind(self) -> str:
        """Return "count" or "choice" where all of it is one typed line, else "line"."""
        kinds = {one.kind for one in self.blanks}
        return kinds.pop() if len(kinds) == 1 else "line"

    @property
    def lines(self) -> tuple[Sayable, ...]:
        """Return what the lines are called that are typed of it, in their order."""
        if self.kind in ("count", "choice"):
            return (self.title,)
        return tuple(one.label for _ in range(self.copies) for one in self.blanks)


def read(part: Part, typed: Sequence[str]) -> list[dict[str, Any]]:
    """Return the answers that were typed of a part, an entry each, nested as a phone's are.

    Raises:
        Refused: a line that cannot be understood; ``field`` is its place.
    """
    lines = [one.strip() for one in typed]
    if part.kind == "count":
        return [_nested(part, _counts(part, lines[0]))] if lines[0] else []
    if part.kind == "choice":
        return [_nested(part, _choices(part, lines[0]))] if lines[0] else []
    wide, entries = len(part.blanks), []
    for start in range(0, len(lines), wide):
        own = lines[start : start + wide]
        if any(own):
            pairs = zip(part.blanks, own, range(start, start + wide), strict=True)
            entries.append(_nested(part, [_line(*one) for one in pairs]))
    return entries


def _counts(part: Part, line: str) -> list[tuple[str, str]]:
    given: dict[str, int] = {}
    for word in line.replace(",", " ").split():
        if not word.isdecimal() or not 1 <= int(word) <= len(part.blanks):
            raise Refused(
                text("There is no option {word}: type 1 to {most}.", word=word,
                     most=len(part.blanks)), "0",
            )  # fmt: skip
        path = part.blanks[int(word) - 1].path
        given[path] = given.get(path, 0) + 1
    return [(path, str(dots)) for path, dots in given.items()]


def _choices(part: Part, line: str) -> list[tuple[str, str]]:
    words = line.replace(",", " ").split()
    if len(words) == 1 and len(part.blanks) > 1:
        words = list(words[0])
    if len(words) != len(part.blanks):
        raise Refused(
            text("Type {n} signs here, “-” for a scale without a mark.", n=len(part.blanks)), "0"
        )
    return [_line(one, word, 0) for one, word in zip(part.blanks, words, strict=True)]


def _line(blank: Blank, word: str, place: int) -> tuple[str, str]:
    if blank.kind != "choice":
        return blank.path, word
    if word in ("", NOTHING):
        return blank.path, blank.without
    if not word.isdecimal() or not 1 <= int(word) <= len(blank.choices):
        raise Refused(_unknown(word, len(blank.choices)), str(place))
    return blank.path, blank.choices[int(word) - 1][0]


def _unknown(word: str, most: int) -> Text:
    return text("There is no answer {word}: type 1 to {most}, or “-”.", word=word, most=most)


def _nested(part: Part, answers: Sequence[tuple[str, str]]) -> dict[str, Any]:
    entry: dict[str, Any] = dict(part.base)
    for path, value in answers:
        *way, last = path.split(".")
        inside = entry
        for step in way:
            inside = inside.setdefault(step, {})
        inside[last] = value
    return entry
