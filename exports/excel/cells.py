"""Write one value into a spreadsheet as what it is: a number, a date, or harmless words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Any, assert_never

from workshop.blocks import Cell, Column, cell
from workshop.language import Amount, Language, Sayable, say
from workshop.printable import printable

CELL_LONG = 32_000
"""Excel keeps 32,767 signs of a cell and calls a file with more damaged."""
_STARTS_FORMULA = tuple("=+-@\t\r\n\x00＝＋－＠")


@dataclass(slots=True)
class Book:
    """The workbook while it is written."""

    book: Any
    language: Language
    forms: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def form(self, name: str, **wishes: Any) -> Any:
        """Return a cell format, made once."""
        key = (name, *(f"{wish}={value}" for wish, value in sorted(wishes.items())))
        if key not in self.forms:
            base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
            self.forms[key] = self.book.add_format(base | wishes)
        return self.forms[key]


def harmless(words: str) -> str:
    """Return text that no spreadsheet takes for a formula, not even after a trip through CSV."""
    safe = printable(words)
    if words.startswith(_STARTS_FORMULA) or safe.startswith(_STARTS_FORMULA):
        safe = f"'{safe}"
    return safe if len(safe) <= CELL_LONG else f"{safe[: CELL_LONG - 1]}…"


def write_cell(
    book: Book, page: Any, row: int, place: int, value: Cell, column: Column, form: Any = None
) -> None:
    """Write one value as what it is: a number, a date, or words."""
    amount = value if isinstance(value, Amount) else _amount(value, column)
    if amount is not None and amount.value is not None and isfinite(amount.value):
        page.write_number(row, place, amount.value, book.form("number", num_format=_digits(amount)))
    elif amount is not None or value is None:
        page.write_string(row, place, "–", book.form("nothing", align="right"))
    elif isinstance(value, datetime):
        pattern = f"{_day_pattern(book.language)} hh:mm"
        moment = book.form("moment", num_format=pattern, align="left", indent=1)
        page.write_datetime(row, place, value.replace(tzinfo=None), moment)
    elif isinstance(value, date):
        day = book.form("day", num_format=_day_pattern(book.language), align="left", indent=1)
        page.write_datetime(row, place, value, day)
    else:
        words = form or book.form("words", text_wrap=True, align="left", indent=1)
        page.write_string(row, place, said(book, value), words)


def _amount(value: Cell, column: Column) -> Amount | None:
    """Return a bare number with the form its column asks for, the same as in Word."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if column.kind == "text":
        return Amount(value, 0 if isinstance(value, int) else 2)
    shown = cell(value, column)
    return shown if isinstance(shown, Amount) else None


def _digits(amount: Amount) -> str:
    places = f".{'0' * amount.digits}" if amount.digits else ""
    match amount.kind:
        case "percent":
            return f"0{places}%"
        case "signed":
            return f"+#,##0{places};−#,##0{places};0{places}"
        case "number":
            return f"#,##0{places}"
        case _:
            assert_never(amount.kind)


def _day_pattern(language: Language) -> str:
    return 'd.mm.yyyy "г."' if language == "bg" else "d mmm yyyy"


def said(book: Book, thing: Sayable) -> str:
    """Return ``thing`` in the book's language, safe to stand in a cell."""
    return harmless(say(thing, book.language)) if thing is not None else "–"
