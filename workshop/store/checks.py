"""Check what staff type about series and workshops before it reaches a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workshop.language import LANGUAGES, Multilingual, text
from workshop.model import Refused
from workshop.settings import settings
from workshop.store import rows
from workshop.text import clean_words

MISSING = {
    "municipality": text("Please write the municipality, in at least one language."),
    "theme": text("Please write the theme, in at least one language."),
}


LONGEST = {"municipality": 200, "theme": 300, "title": 300}
"""Characters of what has one line; notes have more and may have several."""
NOTE = 1000


def code_until(times: Mapping[str, Any], time_zone: str) -> datetime:
    """Return until when a join code works: so many hours after the planned end."""
    hour, minute = (int(part) for part in str(times["starts_at"]).split(":"))
    day: date = times["day"]
    start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(time_zone))
    return start + timedelta(minutes=int(times["minutes"]), hours=settings().code_hours)


def check_short_name(name: str) -> str:
    """Return the short name, or refuse one that does not fit an address and a command line."""
    tidy = name.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]", tidy):
        raise Refused(
            text("A short name has 2 to 60 Latin letters, digits and hyphens, such as sofia-2027."),
            "short_name",
        )
    return tidy


def check_series(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns for the fields given, or refuse with the field's name."""
    checked: dict[str, Any] = {}
    for name, value in fields.items():
        match name:
            case "short_name":
                checked[name] = check_short_name(value)
            case "municipality" | "theme" | "funding" | "warning":
                checked[name] = rows.spread(_tidy(value, name))
                if not any(checked[name].values()) and name in MISSING:
                    raise Refused(MISSING[name], name)
            case "languages":
                checked[name] = _languages(value)
            case "time_zone":
                checked[name] = _time_zone(value)
            case "smallest_group":
                if not 3 <= int(value) <= 10:
                    raise Refused(text("The smallest group shown has 3 to 10 people."), name)
                checked[name] = int(value)
            case "synthetic":
                checked[name] = bool(value)
            case _:
                raise TypeError(f"a series has no {name}")
    return checked


def _tidy(words: Multilingual, name: str) -> Multilingual:
    return clean_words(words, LONGEST.get(name, NOTE), lines=name not in LONGEST)


def _languages(value: Sequence[str]) -> list[str]:
    chosen = [language for language in LANGUAGES if language in value]
    if not chosen:
        raise Refused(text("Choose at least one language."), "languages")
    return chosen


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as problem:
        raise Refused(
            text("“{zone}” is no known time zone.", zone=str(value)), "time_zone"
        ) from problem
    return value


def check_workshop(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns for the fields given, or refuse with the field's name."""
    checked: dict[str, Any] = {}
    for name, value in fields.items():
        match name:
            case "title":
                checked[name] = rows.spread(_tidy(value, name))
                if not any(checked[name].values()):
                    raise Refused(text("Please fill this in, in at least one language."), name)
            case "day":
                checked[name] = value
            case "starts_at":
                if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(value)):
                    raise Refused(text("Write the hour as 10:00."), name)
                checked[name] = str(value)
            case "minutes":
                if not 1 <= int(value) <= 1440:
                    raise Refused(text("A workshop lasts between 1 minute and 24 hours."), name)
                checked[name] = int(value)
            case "short_name":
                checked[name] = check_short_name(value)
            case "rehearsal" | "joining_locked":
                checked[name] = bool(value)
            case _:
                raise TypeError(f"a workshop has no {name}")
    return checked
