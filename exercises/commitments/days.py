"""Read the days people write: 31.03.2027, 2027-03-31, „31 март“, „края на март 2027“."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

YEARS = range(2000, 2100)
BULGARIAN = (
    ("януари", "ян", "яну"),
    ("февруари", "февр", "фев"),
    ("март", "мар"),
    ("април", "апр"),
    ("май",),
    ("юни",),
    ("юли",),
    ("август", "авг"),
    ("септември", "септ", "сеп"),
    ("октомври", "окт"),
    ("ноември", "ноем", "ное"),
    ("декември", "дек"),
)
ENGLISH = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTHS = {
    name: number
    for tongue in (BULGARIAN, ENGLISH)
    for number, names in enumerate(tongue, 1)
    for name in names
}
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
YEAR = r"(?P<year>20\d\d)"
# What people write around a day; it says nothing about which day is meant.
AROUND = re.compile(
    r"\b(?:най[- ]късно|до|на|към|в|by|until|till|on|before|the|no later than|of)\b"
    r"|(?<=\d)\s*(?:-?(?:ви|ри|ти|ми)|st|nd|rd|th)\b"
    r"|\b(?:година|годината|год|г)\b\.?",
)
END = re.compile(r"\b(?:края|края|край|end)\b")
ISO = re.compile(r"(?P<year>20\d\d)[-./](?P<m>\d{1,2})[-./](?P<day>\d{1,2})")
DOTTED = re.compile(
    r"(?P<day>\d{1,2})\s?[-./]\s?(?P<m>\d{1,2})(?:\s?[-./]\s?(?P<year>\d{4}|\d\d))?\.?"
)
DAY_MONTH = re.compile(rf"(?P<day>\d{{1,2}})\.? {MONTH}(?: {YEAR})?")
MONTH_DAY = re.compile(rf"{MONTH} (?P<day>\d{{1,2}})(?: {YEAR})?")
MONTH_YEAR = re.compile(rf"{MONTH}(?: {YEAR})?")
ONLY_YEAR = re.compile(YEAR)


@dataclass(frozen=True, slots=True)
class Due:
    """A day that was read; ``exact`` unless the year or the day was left to us."""

    day: date
    exact: bool = True


def read_day(typed: str, after: date) -> Due | None:
    """Return the day somebody wrote, or None if it names none.

    A day without a year is the first one on or after ``after``; a month, or the end of a month or
    year, is its last day. Neither is exact: the writer should be told how it was understood.
    """
    plain = " ".join(typed.casefold().replace(",", " ").split())
    if found := ISO.fullmatch(plain):
        return _made(found["year"], int(found["m"]), found["day"], after)
    plain = " ".join(AROUND.sub(" ", plain).split())
    end = bool(END.search(plain))
    plain = " ".join(END.sub(" ", plain).split())
    if end and (found := ONLY_YEAR.fullmatch(plain)):
        return Due(date(int(found["year"]), 12, 31), exact=False)
    if not end:
        if found := DOTTED.fullmatch(plain):
            return _made(found["year"], int(found["m"]), found["day"], after)
        for pattern in (DAY_MONTH, MONTH_DAY):
            if found := pattern.fullmatch(plain):
                return _made(found["year"], MONTHS[found["month"]], found["day"], after)
    if found := MONTH_YEAR.fullmatch(plain):
        return _made(found["year"], MONTHS[found["month"]], None, after)
    return None


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _made(year: str | None, month: int, day: str | None, after: date) -> Due | None:
    """Return the day if the calendar has it; without a year the next one, within four years."""
    if year is None:
        for guess in range(after.year, after.year + 5):
            found = _calendar_day(guess, month, day)
            if found is not None and found >= after:
                return Due(found, exact=False)
        return None
    number = int(year) + (2000 if len(year) == 2 else 0)
    found = _calendar_day(number, month, day) if number in YEARS else None
    return None if found is None else Due(found, exact=day is not None)


def _calendar_day(year: int, month: int, day: str | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    wanted = last if day is None else int(day)
    return date(year, month, wanted) if 1 <= wanted <= last else None
