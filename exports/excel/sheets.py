"""Lay out the sheets of a spreadsheet: the first says what it is, then one for each stage."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exports.excel.cells import Book, harmless, said, write_cell
from workshop.blocks import Column, Table, cell
from workshop.captions import basis_line
from workshop.charts.letters import plain
from workshop.language import Language, Multilingual, Sayable, Text, say, text
from workshop.palette import mix, palette

NAME_LONG = 31
WIDEST, NARROWEST = 60, 9
LINE_HIGH, MOST_LINES = 15, 20
HEAD_ROW = 5
"""The row of all table heads of a sheet; it stays in sight."""
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
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
        book = Book(made, language)
        names = _names([sheet.name or say(sheet.title, language) for sheet in sheets], language)
        _first_sheet(book, title, sheets, names, warning, about)
        for name, sheet in zip(names, sheets, strict=True):
            _stage_sheet(book, name, sheet, warning)
    return answer.getvalue()


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
    book: Book,
    title: Sayable,
    sheets: Sequence[Sheet],
    names: Sequence[str],
    warning: Multilingual,
    about: Sequence[tuple[Sayable, Sayable]],
) -> None:
    page = book.book.add_worksheet(say(text("About"), book.language))
    page.hide_gridlines(2)
    page.set_row(0, LINE_HIGH * 1.6)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    strong = book.form("strong", bold=True, font_color=_PAPER.link, text_wrap=True)
    wrapped = book.form("wrapped", text_wrap=True)
    page.write_string(0, 0, said(book, title), _title_form(book))
    row = _warn(book, page, 1, warning) + 1
    for label, value in about:
        page.write_string(row, 0, said(book, label), strong)
        write_cell(book, page, row, 1, value, Column(head=label), wrapped)
        row += 1
    row += 1
    page.write_string(row, 0, said(book, text("Sheet")), strong)
    page.write_string(row, 1, said(book, text("What it holds")), strong)
    link = book.form("link", font_color=_PAPER.link, underline=1)
    for name, sheet in zip(names, sheets, strict=True):
        row += 1
        page.write_url(row, 0, _address(name, 0), link, harmless(name))
        page.write_string(row, 1, said(book, sheet.title), wrapped)
        for table, column in _placed(sheet):
            row += 1
            page.write_url(row, 1, _address(name, column), link, said(book, table.title))
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


def _stage_sheet(book: Book, name: str, sheet: Sheet, warning: Multilingual) -> None:
    page = book.book.add_worksheet(name)
    page.hide_gridlines(2)
    page.write_string(0, 0, said(book, sheet.title), _title_form(book))
    quiet = book.form("quiet", font_color=_PAPER.quiet)
    page.write_string(1, 0, said(book, sheet.question), quiet)
    page.set_row(0, LINE_HIGH * 1.6)
    _warn(book, page, 2, warning)
    placed = _placed(sheet)
    if not placed:
        page.write_string(3, 0, said(book, text("There is nothing to show here yet.")), quiet)
    for table, column in placed:
        _table(book, page, table, column)
    for row, lines in _lines(book, sheet).items():
        page.set_row(row, LINE_HIGH * min(lines, MOST_LINES))
    # On paper each table begins a page of its own.
    page.set_v_pagebreaks([column for _, column in placed if column])
    if sheet.entries and sheet.entries.rows:
        last = HEAD_ROW + len(sheet.entries.rows)
        page.autofilter(HEAD_ROW, 0, last, len(sheet.entries.columns) - 1)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.repeat_rows(HEAD_ROW)
    _print(book, page, warning)


def _lines(book: Book, sheet: Sheet) -> dict[int, int]:
    """Return how many lines each row needs: not every program finds that out by itself."""
    needed: dict[int, int] = {HEAD_ROW: 1}
    for table, _ in _placed(sheet):
        wide = [_wide(book, table, place) for place in range(len(table.columns))]
        heads = tuple(column.head for column in table.columns)
        for row, cells in enumerate((heads, *table.rows), start=HEAD_ROW):
            for value, room in zip(cells, wide, strict=True):
                if isinstance(value, str | Multilingual | Text):
                    broken = say(value, book.language).splitlines()
                    lines = sum(1 + int(len(line) * 1.1 / room) for line in broken)
                    needed[row] = max(needed.get(row, 1), lines)
    return needed


def _table(book: Book, page: Any, table: Table, left: int) -> None:
    """Write a table: its title, what it rests on, its head and its rows."""
    quiet = book.form("quiet", font_color=_PAPER.quiet)
    strong = book.form("table title", bold=True)
    page.write_string(HEAD_ROW - 2, left, said(book, table.title), strong)
    page.write_string(HEAD_ROW - 1, left, harmless(basis_line(table.basis, book.language)), quiet)
    head = {"bold": True, "font_color": _PAPER.link, "text_wrap": True, "bottom": 1}
    head["valign"] = "bottom"
    head["bg_color"] = mix(_PAPER.ground, _PAPER.link, 0.10)
    for place, column in enumerate(table.columns):
        number = column.kind not in ("text", "date")
        form = book.form("head", **_side(number), **head)
        page.write_string(HEAD_ROW, left + place, said(book, column.head), form)
        page.set_column(left + place, left + place, _wide(book, table, place))
    if not table.rows:
        page.write_string(HEAD_ROW + 1, left, said(book, text("no entries")), quiet)
    for row, cells in enumerate(table.rows, start=HEAD_ROW + 1):
        for place, (column, value) in enumerate(zip(table.columns, cells, strict=True)):
            write_cell(book, page, row, left + place, value, column)
    if table.note:
        below = HEAD_ROW + 1 + max(1, len(table.rows))
        page.write_string(below, left, said(book, table.note), quiet)


def _side(number: bool) -> dict[str, Any]:
    return {"align": "right"} if number else {"align": "left", "indent": 1}


def _wide(book: Book, table: Table, place: int) -> float:
    """Return a width that holds most of what stands in the column."""
    column = table.columns[place]
    shown = [say(cell(row[place], column), book.language) for row in table.rows[:200]]
    longest = max([len(words) for words in shown], default=0)
    head = max(len(word) for word in [*say(column.head, book.language).split(), ""])
    return min(WIDEST, max(NARROWEST, longest + 3, head + 3))


def _title_form(book: Book) -> Any:
    return book.form("title", bold=True, font_size=16, font_color=_PAPER.link)


def _warn(book: Book, page: Any, row: int, warning: Multilingual) -> int:
    if warning:
        form = book.form("warning", bold=True, font_color=_PAPER.accent)
        page.write_string(row, 0, said(book, warning), form)
    return row + 1


def _print(book: Book, page: Any, warning: Multilingual) -> None:
    """Let it print on A4 across, with the warning above."""
    page.set_paper(9)
    page.set_landscape()
    page.set_print_scale(65)
    page.set_footer("&R&P / &N")
    if words := plain(say(warning, book.language)):
        page.set_header(f"&C{words[:100].replace('&', '&&')}")  # all of it may have 255 signs
