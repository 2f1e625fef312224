"""The spreadsheet: every cell is what the block says, and words never become formulas."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from exports import excel
from exports.excel import HEAD_ROW, Sheet
from exports.excel.cells import _digits
from tests.exports import rich_report as rich
from tests.nasty import NASTY
from workshop.blocks import Block, Column, Table, as_table, cell
from workshop.captions import basis_line
from workshop.language import Amount, Multilingual, say

M = Multilingual
BLOCKS: tuple[Block, ...] = (
    *rich.bars(),
    rich.spread(),
    rich.heat(),
    rich.radar(),
    rich.quadrants(),
    rich.network(),
    rich.cloud(),
)
TABLES = tuple(table for block in BLOCKS if (table := as_table(block)))
FIRST = HEAD_ROW + 2
"""The first row under the heads, counted as openpyxl counts: from one."""


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def book(*sheets: Sheet, language: str = "en", warning: Multilingual = M(), **more: Any) -> Any:
    return opened(excel.write("Title", sheets, language, warning, **more))


def vote(language: str) -> Any:
    sheet = Sheet(
        name=M("2. Гласуване", "2. Vote").said(language),
        title=M("Гласуване с точки", "Dot voting"),
        question=M("Кое е най-важно?", "What matters most?"),
        tables=TABLES,
        entries=rich.commitments(),
    )
    return book(sheet, language=language, warning=rich.WARNING,
                about=[(M("Община", "Municipality"), M("Бряст", "Bryast")),
                       (M("Дата", "Date"), date(2026, 12, 3))])  # fmt: skip


def columns_of(page: Any) -> list[tuple[Table, int]]:
    left, placed = 1, []
    for table in (rich.commitments(), *TABLES):
        placed.append((table, left))
        left += len(table.columns) + 1
    return placed


@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_cell_is_what_the_block_says(language):
    page = vote(language).worksheets[1]
    for table, left in columns_of(page):
        assert page.cell(HEAD_ROW - 1, left).value == say(table.title, language)
        assert page.cell(HEAD_ROW, left).value == (basis_line(table.basis, language) or None)
        for place, column in enumerate(table.columns):
            assert page.cell(HEAD_ROW + 1, left + place).value == say(column.head, language)
        for nth, row in enumerate(table.rows):
            for place, value in enumerate(row):
                found = page.cell(FIRST + nth, left + place)
                if isinstance(value, int | float):
                    assert found.value == pytest.approx(value)
                    assert found.data_type == "n"
                elif isinstance(value, date):
                    assert found.value.date() == value
                    assert found.is_date
                elif value is None:
                    assert found.value == "–"
                else:
                    assert (found.value or "") == say(value, language)
                    assert found.data_type != "f"


def test_numbers_have_the_form_of_their_column():
    columns = (
        Column(head="a", kind="count"),
        Column(head="b", kind="number", digits=1),
        Column(head="c", kind="percent"),
        Column(head="d", kind="percent", digits=1),
        Column(head="e", kind="signed"),
        Column(head="f"),
        Column(head="g", kind="number"),
    )
    row = (1234, 2.5, 0.25, 0.125, -1.5, Amount(0.5, 0, "percent"), float("nan"))
    page = book(
        Sheet(name="s", title="t", tables=(Table(title="t", columns=columns, rows=(row,)),))
    )
    found = page.worksheets[1][FIRST]
    assert [one.number_format for one in found[:6]] == [
        "#,##0", "#,##0.0", "0%", "0.0%", "+#,##0.00;−#,##0.00;0.00", "0%"
    ]  # fmt: skip
    assert [one.value for one in found] == [1234, 2.5, 0.25, 0.125, -1.5, 0.5, "–"]


def test_word_and_excel_round_alike():
    for kind in ("count", "number", "percent", "signed"):
        column = Column(head="", kind=kind, digits=1)
        amount = cell(0.256, column)
        assert isinstance(amount, Amount)
        assert _digits(amount).count("0") >= amount.digits


def test_moments_and_days_are_dates():
    columns = (Column(head="at"), Column(head="day", kind="date"))
    row = (datetime(2026, 12, 3, 10, 42, tzinfo=UTC), date(2026, 12, 17))
    made = book(
        Sheet(name="s", title="t", entries=Table(title="t", columns=columns, rows=(row,))),
        language="bg",
    )
    found = made.worksheets[1][FIRST]
    assert found[0].value == datetime(2026, 12, 3, 10, 42)
    assert found[1].number_format == 'd.mm.yyyy "г."'


@pytest.mark.parametrize("language", ["bg", "en"])
def test_heads_stay_in_sight_and_entries_can_be_filtered(language):
    page = vote(language).worksheets[1]
    assert page.freeze_panes == f"A{FIRST}"
    assert page.auto_filter.ref == f"A{HEAD_ROW + 1}:G{HEAD_ROW + 1 + 16}"
    assert page.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 1}"
    assert [one.id for one in page.col_breaks.brk][:1] == [8]
    widths = [page.column_dimensions[name].width for name in "ABCDEFG"]
    assert all(9 <= wide <= 61 for wide in widths)
    assert widths[2] > widths[0]


def test_first_sheet_says_what_the_book_is_and_leads_to_everything():
    made = vote("en")
    page = made.worksheets[0]
    said = [[one.value for one in row[:2]] for row in page.iter_rows()]
    assert said[0][0] == "Title"
    assert said[1][0] == rich.WARNING.en
    assert ["Municipality", "Bryast"] in said
    links = [one.hyperlink.location for row in page.iter_rows() for one in row if one.hyperlink]
    assert links[0] == "'2. Vote'!A6"
    assert len(links) == 2 + len(TABLES)


def test_invented_data_is_told_on_every_sheet():
    for page in vote("bg").worksheets:
        assert rich.WARNING.bg in [page["A2"].value, page["A3"].value]
        assert rich.WARNING.bg in page.oddHeader.center.text
    clean = book(Sheet(name="s", title="t"))
    assert all(page.oddHeader.center.text is None for page in clean.worksheets)


def test_names_of_sheets_are_short_unique_and_without_forbidden_signs():
    wishes = ["a" * 40, "A" * 40, "[x]:*?/\\", "", "'quoted'", "History", "About", "a\x00b"]
    made = book(*(Sheet(name=wish, title="") for wish in wishes))
    names = made.sheetnames
    assert len({name.casefold() for name in names}) == len(wishes) + 1
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(sign in name for name in names for sign in "[]:*?/\\'\x00")


@pytest.mark.parametrize("name", NASTY)
def test_hostile_text_is_words_and_only_words(name):
    hostile = NASTY[name]
    table = Table(
        title=hostile,
        columns=(Column(head=hostile),),
        rows=((hostile,), (M(hostile),)),
        note=hostile,
    )
    made = book(
        Sheet(name=hostile, title=hostile, question=hostile, tables=(table,), entries=table),
        warning=M(hostile, hostile),
        about=[(hostile, hostile)],
    )
    for page in made.worksheets:
        for row in page.iter_rows():
            for one in row:
                assert one.data_type in ("s", "n", "inlineStr")
                if isinstance(one.value, str):
                    assert not one.value.startswith(tuple("=+-@\t\r＝＋－＠"))
                    assert len(one.value) <= 32_767
    assert made.worksheets[1].cell(FIRST, 1).hyperlink is None


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "\x00=1", "＝1", "－1"]
)
def test_what_looks_like_a_formula_gets_an_apostrophe(formula):
    assert excel.harmless(formula).startswith("'")
    assert excel.harmless(formula)[1:] == formula.replace("\x00", "\ufffd")
    assert excel.harmless("1-1=0") == "1-1=0"


def test_no_entries_are_told():
    empty = Table(title="Entries", columns=(Column(head="No."),), rows=())
    page = book(Sheet(name="s", title="t", entries=empty)).worksheets[1]
    assert page.cell(FIRST, 1).value == "no entries"


def test_a_book_without_stages_is_a_book():
    assert book().sheetnames == ["About"]
