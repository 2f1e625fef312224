"""The colours and shapes by which wall, phone, screens and paper are recognised as one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

Theme: TypeAlias = Literal["light", "dark", "paper"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Named roles, never colours by name: a page asks for ``accent``, not for red."""

    ground: str
    text: str
    accent: str
    link: str
    good: str
    care: str
    quiet: str
    hairline: str
    """Grid lines and rules: seen, never read."""
    scale: tuple[str, str]
    """Sequential: from little to much."""
    poles: tuple[str, str, str]
    """Diverging: from one end through the middle to the other."""
    series: tuple[str, ...]
    """Parts of a chart in order; neighbours differ in lightness, so that grey prints tell them."""


_LIGHT = Palette(
    ground="#FBF8F3",
    text="#1D1B1A",
    accent="#9B1C2E",
    link="#1F3F6B",
    good="#1E5B43",
    care="#8A5A00",
    quiet="#5E5A55",
    hairline="#DDD6CA",
    scale=("#F1ECE2", "#1F3F6B"),
    poles=("#8A5A00", "#EDE7DC", "#1F3F6B"),
    series=("#1F3F6B", "#C67A1E", "#2F7F62", "#8E3A80", "#5A93CE", "#77716A"),
)
_DARK = Palette(
    ground="#15181D",
    text="#F4F1EA",
    accent="#F0808F",
    link="#6CB6F5",
    good="#5FCFA4",
    care="#F5A65B",
    quiet="#B9B4AC",
    hairline="#363C46",
    scale=("#20252D", "#6CB6F5"),
    poles=("#F5A65B", "#2C323B", "#6CB6F5"),
    series=("#6CB6F5", "#F5A65B", "#3FA883", "#E39AD6", "#3F78B5", "#B9B4AC"),
)
_PAPER = Palette(
    ground="#FFFFFF",
    text=_LIGHT.text,
    accent=_LIGHT.accent,
    link=_LIGHT.link,
    good=_LIGHT.good,
    care=_LIGHT.care,
    quiet=_LIGHT.quiet,
    hairline="#D9D5CE",
    scale=_LIGHT.scale,
    poles=_LIGHT.poles,
    series=_LIGHT.series,
)
_PALETTES: dict[Theme, Palette] = {"light": _LIGHT, "dark": _DARK, "paper": _PAPER}


def palette(theme: Theme) -> Palette:
    """Return the colours of a surface: the light screens, the dark hall or paper."""
    return _PALETTES[theme]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStyle:
    """How a stakeholder group looks: a colour, and a shape for those who do not see it."""

    light: str
    dark: str
    shape: str
    """A name that ``charts`` can draw."""
    sign: str
    """The same shape as a letter, for lists and legends in text."""
    hatched: bool = False

    def colour(self, theme: Theme) -> str:
        """Return the group's colour on a surface."""
        return self.dark if theme == "dark" else self.light


_BLUE, _ORANGE = ("#0B5FA5", "#6CB6F5"), ("#C75B00", "#F5A65B")
_GREEN, _PLUM = ("#0A7A55", "#5FCFA4"), ("#8E3A80", "#E39AD6")


def _style(pair: tuple[str, str], shape: str, sign: str, hatched: bool = False) -> GroupStyle:
    return GroupStyle(light=pair[0], dark=pair[1], shape=shape, sign=sign, hatched=hatched)


GROUPS: dict[str, GroupStyle] = {
    "public": _style(_BLUE, "square", "■"),
    "private": _style(_ORANGE, "circle", "●"),
    "civic": _style(_GREEN, "triangle", "▲"),
    "knowledge": _style(_PLUM, "diamond", "◆"),
}
FURTHER: tuple[GroupStyle, ...] = (
    _style(_BLUE, "fallen", "▼", hatched=True),
    _style(_ORANGE, "cross", "✚", hatched=True),
    _style(_GREEN, "star", "★", hatched=True),
    _style(_PLUM, "hexagon", "⬢", hatched=True),
)


def group_styles(keys: Sequence[str]) -> dict[str, GroupStyle]:
    """Return a style for each group key: the known four keep theirs, others get the further ones.

    The order of ``keys`` (the groups by position) decides, so every surface agrees.
    """
    further = [key for key in keys if key not in GROUPS]
    return {
        key: GROUPS[key] if key in GROUPS else FURTHER[further.index(key) % len(FURTHER)]
        for key in keys
    }


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(start: str, end: str, share: float) -> str:
    """Return the colour ``share`` (0-1) of the way from ``start`` to ``end``."""
    share = min(1.0, max(0.0, share))
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(start), _parts(end), strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


@cache
def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ink_on(fill: str) -> str:
    """Return black or white, whichever reads better on ``fill``; always 4.5 or more."""
    # Pure black: on the middle of a scale ink would have 4.49 only.
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ink, fill))


def between_poles(colours: Palette, share: float) -> str:
    """Return the diverging colour at ``share``: 0 one pole, 0.5 the middle, 1 the other."""
    low, middle, high = colours.poles
    return mix(low, middle, share * 2) if share < 0.5 else mix(middle, high, share * 2 - 1)
