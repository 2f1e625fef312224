"""Write a series as a spreadsheet: one sheet a stage, numbers as numbers, words as words."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Any, assert_never

from workshop.blocks import Cell, Column, Table, cell
from workshop.captions import basis_line
from workshop.charts.letters import plain
from workshop.language import Amount, Language, Multilingual, Sayable, say, text
from workshop.palette import mix, palette
from workshop.printable import printable

CELL_LONG = 32_000
"""Excel keeps 32,767 signs of a cell and calls a file with more damaged."""
NAME_LONG = 31
WIDEST, NARROWEST = 60, 9
HEAD_ROW = 5
"""The row of all table heads of a sheet; it stays in sight."""
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_STARTS_FORMULA = tuple("=+-@\t\r\n\x00＝＋－＠")
_PAPER = palette("paper")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One stage: what was sent, and what came of it."""

    name: str
    """What the tab says; made unique and short here."""
    title: Sayable
    question: Sayable = ""
    tables: Sequence[Table] = ()
    entries: Table | None = None


@dataclass(slots=True)
class _Book:
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


def write(
    title: Sayable,
    sheets: Sequence[Sheet],
    language: Language,
    warning: Multilingual,
    about: Sequence[tuple[Sayable, Sayable]] = (),
) -> bytes:
    """Return the spreadsheet as .xlsx.

    ``about`` are lines for the first sheet (municipality, workshops, dates); ``warning`` stands
    on every sheet, and is empty for real data.
    """
    from xlsxwriter import Workbook

    answer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with Workbook(answer, options) as made:
        made.set_properties({"title": plain(say(title, language))[:250], "author": "Sedyanka"})
        book = _Book(made, language)
        names = _names([sheet.name or say(sheet.title, language) for sheet in sheets], language)
        _first_sheet(book, title, sheets, names, warning, about)
        for name, sheet in zip(names, sheets, strict=True):
            _stage_sheet(book, name, sheet, warning)
    return answer.getvalue()


def harmless(words: str) -> str:
    """Return text that no spreadsheet takes for a formula, not even after a trip through CSV."""
    safe = printable(words)
    if words.startswith(_STARTS_FORMULA) or safe.startswith(_STARTS_FORMULA):
        safe = f"'{safe}"
    return safe if len(safe) <= CELL_LONG else f"{safe[: CELL_LONG - 1]}…"


def _names(wanted: Sequence[str], language: Language) -> list[str]:
    """Return tab names that Excel accepts: short, without its signs, each once."""
    taken = {say(text("About"), language).casefold(), "history"}  # Excel keeps that one for itself
    names = []
    for wish in wanted:
        base = _FORBIDDEN_IN_NAMES.sub(" ", plain(wish)).strip(" '")[:NAME_LONG].strip(" '")
        base = base or say(text("Stage"), language)
        name, nth = base, 1
        while name.casefold() in taken:
            nth += 1
            ending = f" {nth}"
            name = base[: NAME_LONG - len(ending)].rstrip() + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def _first_sheet(
    book: _Book,
    title: Sayable,
    sheets: Sequence[Sheet],
    names: Sequence[str],
    warning: Multilingual,
    about: Sequence[tuple[Sayable, Sayable]],
) -> None:
    page = book.book.add_worksheet(say(text("About"), book.language))
    page.hide_gridlines(2)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    strong = book.form("strong", bold=True, font_color=_PAPER.link, text_wrap=True)
    wrapped = book.form("wrapped", text_wrap=True)
    page.write_string(0, 0, _words(book, title), _title_form(book))
    row = _warn(book, page, 1, warning) + 1
    for label, value in about:
        page.write_string(row, 0, _words(book, label), strong)
        _write_cell(book, page, row, 1, value, Column(head=label), wrapped)
        row += 1
    row += 1
    page.write_string(row, 0, _words(book, text("Sheet")), strong)
    page.write_string(row, 1, _words(book, text("What it holds")), strong)
    link = book.form("link", font_color=_PAPER.link, underline=1)
    for name, sheet in zip(names, sheets, strict=True):
        row += 1
        page.write_url(row, 0, _address(name, 0), link, harmless(name))
        page.write_string(row, 1, _words(book, sheet.title), wrapped)
        for table, column in _placed(sheet):
            row += 1
            page.write_url(row, 1, _address(name, column), link, _words(book, table.title))
    _print(book, page, warning)


def _address(name: str, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!{xl_rowcol_to_cell(HEAD_ROW, column)}"


def _placed(sheet: Sheet) -> list[tuple[Table, int]]:
    """Return the tables with the column each begins in: side by side, heads in one row.

    Under each other, only one of them could keep its head in sight.
    """
    placed, column = [], 0
    for table in ([sheet.entries] if sheet.entries else []) + list(sheet.tables):
        placed.append((table, column))
        column += max(1, len(table.columns)) + 1
    return placed


def _stage_sheet(book: _Book, name: str, sheet: Sheet, warning: Multilingual) -> None:
    page = book.book.add_worksheet(name)
    page.hide_gridlines(2)
    page.write_string(0, 0, _words(book, sheet.title), _title_form(book))
    quiet = book.form("quiet", font_color=_PAPER.quiet)
    page.write_string(1, 0, _words(book, sheet.question), quiet)
    _warn(book, page, 2, warning)
    for table, column in _placed(sheet):
        _table(book, page, table, column)
    if sheet.entries and sheet.entries.rows:
        last = HEAD_ROW + len(sheet.entries.rows)
        page.autofilter(HEAD_ROW, 0, last, len(sheet.entries.columns) - 1)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.repeat_rows(HEAD_ROW)
    _print(book, page, warning)


def _table(book: _Book, page: Any, table: Table, left: int) -> None:
    """Write a table: its title, what it rests on, its head and its rows."""
    quiet = book.form("quiet", font_color=_PAPER.quiet)
    strong = book.form("table title", bold=True)
    page.write_string(HEAD_ROW - 2, left, _words(book, table.title), strong)
    page.write_string(HEAD_ROW - 1, left, harmless(basis_line(table.basis, book.language)), quiet)
    head = {"bold": True, "font_color": _PAPER.link, "text_wrap": True, "bottom": 1}
    head["bg_color"] = mix(_PAPER.ground, _PAPER.link, 0.10)
    for place, column in enumerate(table.columns):
        number = column.kind not in ("text", "date")
        form = book.form("head", align="right" if number else "left", **head)
        page.write_string(HEAD_ROW, left + place, _words(book, column.head), form)
        page.set_column(left + place, left + place, _wide(book, table, place))
    if not table.rows:
        page.write_string(HEAD_ROW + 1, left, _words(book, text("no entries")), quiet)
    for row, cells in enumerate(table.rows, start=HEAD_ROW + 1):
        for place, (column, value) in enumerate(zip(table.columns, cells, strict=True)):
            _write_cell(book, page, row, left + place, value, column)
    if table.note:
        below = HEAD_ROW + 1 + max(1, len(table.rows))
        page.write_string(below, left, _words(book, table.note), quiet)


def _write_cell(
    book: _Book, page: Any, row: int, place: int, value: Cell, column: Column, form: Any = None
) -> None:
    """Write one value as what it is: a number, a date, or words."""
    amount = value if isinstance(value, Amount) else _amount(value, column)
    if amount is not None and amount.value is not None and isfinite(amount.value):
        page.write_number(row, place, amount.value, book.form("number", num_format=_digits(amount)))
    elif amount is not None or value is None:
        page.write_string(row, place, "–", book.form("nothing", align="right"))
    elif isinstance(value, datetime):
        pattern = f"{_day_pattern(book.language)} hh:mm"
        moment = book.form("moment", num_format=pattern, align="left")
        page.write_datetime(row, place, value.replace(tzinfo=None), moment)
    elif isinstance(value, date):
        day = book.form("day", num_format=_day_pattern(book.language), align="left")
        page.write_datetime(row, place, value, day)
    else:
        words = form or book.form("words", text_wrap=True)
        page.write_string(row, place, _words(book, value), words)


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


def _words(book: _Book, thing: Sayable) -> str:
    return harmless(say(thing, book.language)) if thing is not None else "–"


def _wide(book: _Book, table: Table, place: int) -> float:
    """Return a width that holds most of what stands in the column."""
    column = table.columns[place]
    said = [say(cell(row[place], column), book.language) for row in table.rows[:200]]
    longest = max([len(word) for word in said], default=0)
    head = max(len(word) for word in [*say(column.head, book.language).split(), ""])
    return min(WIDEST, max(NARROWEST, longest + 3, head + 3))


def _title_form(book: _Book) -> Any:
    return book.form("title", bold=True, font_size=16, font_color=_PAPER.link)


def _warn(book: _Book, page: Any, row: int, warning: Multilingual) -> int:
    if warning:
        form = book.form("warning", bold=True, font_color=_PAPER.accent)
        page.write_string(row, 0, _words(book, warning), form)
    return row + 1


def _print(book: _Book, page: Any, warning: Multilingual) -> None:
    """Let it print on A4 across, as wide as a page, with the warning above."""
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&R&P / &N")
    if warning:
        said = plain(say(warning, book.language)).replace("&", "&&")
        page.set_header(f"&C{said[:200]}")
