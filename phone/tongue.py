"""Which language a phone is answered in: its cookie, else what its browser prefers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from starlette.requests import cookie_parser
from starlette.types import Scope

from workshop.language import LANGUAGES, Language
from workshop.settings import settings

COOKIE = "sedyanka_language"
READ = "sedyanka.cookies"
"""Where a request keeps its cookies once they were read."""
NAMES: dict[Language, str] = {"bg": "Български", "en": "English"}


def header(scope: Scope, name: bytes) -> str:
    """Return a request's header, or "" where it has none."""
    for key, value in scope["headers"]:
        if key == name:
            said: str = value.decode("latin-1")
            return said
    return ""


def cookies(scope: Scope) -> dict[str, str]:
    """Return a request's cookies; one that is torn does not spoil the others."""
    known: dict[str, str] | None = scope.get(READ)
    if known is None:
        known = scope[READ] = cookie_parser(header(scope, b"cookie")[:16_000])
    return known


def chosen(scope: Scope, offered: Sequence[Language] = LANGUAGES) -> Language | None:
    """Return the language the person chose on this phone, if it is offered."""
    wanted = cookies(scope).get(COOKIE, "")
    return wanted if wanted in offered else None


def preferred(scope: Scope, offered: Sequence[Language] = LANGUAGES) -> Language | None:
    """Return the offered language the browser prefers most, if it names one."""
    return _ranked(header(scope, b"accept-language")[:500], tuple(offered))


@lru_cache(maxsize=1024)
def _ranked(asked: str, offered: tuple[Language, ...]) -> Language | None:
    ranked: list[tuple[float, int, Language]] = []
    for place, part in enumerate(asked.split(",")):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        if language in offered and weight > 0:
            ranked.append((-weight, place, language))
    return min(ranked)[2] if ranked else None


def language_of(scope: Scope, offered: Sequence[Language] = ()) -> Language:
    """Return the language to answer in: chosen, preferred, else the workshop's first."""
    known = tuple(offered) or LANGUAGES
    usual = known[0] if offered else settings().language
    return chosen(scope, known) or preferred(scope, known) or usual
