"""Days on which nobody in Bulgaria delivers: weekends, public holidays, the days off after them.

Labour Code, art. 154: ten fixed days and the four of the Orthodox Easter. When a fixed one falls
on a Saturday or Sunday the next working day is off. Days moved by decree for a single year are
not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from workshop.language import Text, text

DAY = timedelta(days=1)
FIXED: tuple[tuple[int, int, Text], ...] = (
    (1, 1, text("New Year")),
    (3, 3, text("Liberation Day")),
    (5, 1, text("Labour Day")),
    (5, 6, text("St George's Day")),
    (5, 24, text("Day of Bulgarian Education and Culture")),
    (9, 6, text("Unification Day")),
    (9, 22, text("Independence Day")),
    (12, 24, text("Christmas Eve")),
    (12, 25, text("Christmas")),
    (12, 26, text("Christmas")),
)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the Orthodox church in our calendar (Meeus, Julian algorithm)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    shift = year // 100 - year // 400 - 2  # the Julian calendar is this many days behind
    return date(year, month, day + 1) + timedelta(days=shift)


def day_off(day: date) -> Text | None:
    """Return why nobody works on that day: a holiday, the day off for one, the weekend; or None."""
    if (name := days_off(day.year).get(day)) is not None:
        return name
    return text("the weekend") if day.weekday() >= 5 else None


def next_working_day(day: date) -> date:
    """Return the day itself, or the first day after it on which people work."""
    while day_off(day) is not None:
        day += DAY
    return day


@cache
def days_off(year: int) -> Mapping[date, Text]:
    """Return the public holidays of a year and the working days that are off because of them."""
    sunday = orthodox_easter(year)
    found = {
        sunday - 2 * DAY: text("Good Friday"),
        sunday - DAY: text("Holy Saturday"),
        sunday: text("Easter"),
        sunday + DAY: text("Easter Monday"),
    }
    fixed = {date(year, month, day): name for month, day, name in FIXED}
    found = {**found, **fixed}
    for day, name in fixed.items():
        if day.weekday() >= 5:
            following = day
            while following.weekday() >= 5 or following in found:
                following += DAY
            found[following] = text("the day off for {holiday}", holiday=name)
    return found
