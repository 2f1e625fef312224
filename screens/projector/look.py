"""How one wall looks: its languages, light or dark; kept in its address, so that it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from screens import house
from workshop.language import LANGUAGES, Language, Sayable
from workshop.palette import Theme, mix, palette

WIDTH = 1808.0
"""The canvas is 1920 × 1080 units; this much of it is for a result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What somebody chose for one projector."""

    languages: tuple[Language, ...] = ("bg",)
    dark: bool = False

    @property
    def language(self) -> Language:
        """The language results are told in."""
        return self.languages[0]

    @property
    def theme(self) -> Theme:
        """The surface that charts are drawn for."""
        return "dark" if self.dark else "light"

    @property
    def also(self) -> Language | None:
        """The second language, where the room asked for both."""
        return self.languages[1] if len(self.languages) > 1 else None

    def html(self, thing: Sayable) -> str:
        """Return ``thing`` for the canvas in the first language."""
        return house.html(thing, self.language)


def read(asked: Mapping[str, str], given: Language) -> Look:
    """Return the look an address asks for: "language=bg|en|both" and "look=dark"."""
    wanted = asked.get("language", given)
    languages: tuple[Language, ...] = (wanted,) if wanted in LANGUAGES else (given,)
    if wanted == "both":
        languages = (given, *(one for one in LANGUAGES if one != given))
    return Look(languages=languages, dark=asked.get("look") == "dark")


@cache
def colours() -> str:
    """Return the palette as the variables of the canvas."""
    rules = []
    for name, theme in (("light", palette("light")), ("dark", palette("dark"))):
        panel = mix(theme.ground, theme.text, 0.055)
        rules.append(
            f".hall.{name}, .hall.{name} .wall {{ --ground: {theme.ground}; --panel: {panel}; "
            f"--text: {theme.text}; --accent: {theme.accent}; --link: {theme.link}; "
            f"--good: {theme.good}; --care: {theme.care}; --quiet: {theme.quiet}; "
            f"--line: {theme.hairline}; }}"
        )
    return f"<style>{' '.join(rules)}</style>"


def canvas(inside: str, look: Look, *kinds: str) -> str:
    """Return ``inside`` on a canvas: "full" for a projector, "small" for a preview."""
    shade = "dark" if look.dark else "light"
    classes = escape(" ".join(("hall", shade, *kinds)))
    return f'<div class="{classes}" lang="{look.language}"><div class="wall">{inside}</div></div>'
