"""After the meetings: evidence is verified, promises are confirmed, files are taken home."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tests.walk.desk import Desk
from tests.walk.meetings import SHORT_NAME, Hall

if TYPE_CHECKING:
    from collections.abc import Iterable

LINK = "https://example.org/strategy.pdf"


def keep_registers(desk: Desk, hall: Hall) -> None:
    """Another organisation verifies a piece of evidence; a promise is confirmed in writing."""
    desk.open(f"/registers?series={SHORT_NAME}")
    desk.see(desk.say("Required evidence"))
    desk.look("evidence")
    desk.choose("Status", desk.say("verified"))
    desk.write(desk.say("Link"), LINK)
    desk.choose("Organisation it comes from", hall.names[0])
    desk.press("Save")
    desk.see(desk.say("It does not say which organisation verified it."))
    desk.choose("Organisation that verified it", hall.names[3])
    desk.press("Save")
    desk.figure("Counts as proof", "1")
    desk.look("verified")
    desk.choose("Register", hall.titles(1)[2])
    desk.figure("Drafts", "1")
    desk.figure("To confirm", "1")
    desk.page.get_by_role("radio", name=desk.say("To confirm"), exact=True).click()
    desk.see(hall.story.action)
    desk.look("commitments")
    desk.press("Confirmed in writing")
    desk.figure("To confirm", "0")
    desk.look("confirmed")


def finish(desk: Desk) -> None:
    """End both meetings: the report is no longer interim."""
    for meeting in (1, 2):
        desk.open(f"/workshops?series={SHORT_NAME}&workshop={SHORT_NAME}-{meeting}")
        desk.press("Finish the workshop")
        desk.press("Yes, finish")
        desk.see(desk.say("The workshop is finished."))


def take_home(desk: Desk, hall: Hall) -> None:
    """Download Word and Excel: they say what the wall said."""
    desk.open(f"/documents?series={SHORT_NAME}")
    desk.look("documents")
    tongue = {"bg": "български", "en": "English"}[desk.language]
    name, report = desk.download(f"Word · {tongue}")
    assert name.endswith(".docx")
    books = [desk.download("Excel", place) for place in (0, 1)]
    assert all(name.endswith(".xlsx") for name, _ in books)
    held = _cells(report)
    sheets = [_values(book) for _, book in books]
    for about, told in (("dots", sheets[0]), ("maturity", sheets[1]), ("promises", sheets[1])):
        for row in hall.seen[about]:
            _is_told(row, held, about)
            _is_told(row[:1], told, about)


def _is_told(row: Iterable[str], held: set[str], about: str) -> None:
    for cell in row:
        assert cell in held or not cell.strip("–- "), (about, cell)


def _cells(report: bytes) -> set[str]:
    """Return what stands in the tables of a Word file."""
    from docx import Document

    tables: Any = Document(io.BytesIO(report)).tables
    return {cell.text.strip() for table in tables for row in table.rows for cell in row.cells}


def _values(workbook: bytes) -> set[str]:
    """Return what stands in an Excel file."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook), read_only=True)
    return {
        str(value).strip()
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    }
