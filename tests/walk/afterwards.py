"""After the meetings: evidence is verified, promises are confirmed, files are taken home."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from tests.walk.desk import Desk
from tests.walk.meetings import SHORT_NAME, Hall
from tests.walk.preparing import MUNICIPALITY, THEME
from tests.walk.story import TOTALS
from workshop.language import Amount, say

LINK = "https://example.org/strategy.pdf"


def keep_registers(desk: Desk, hall: Hall) -> None:
    """Another organisation verifies a piece of evidence; a promise is confirmed in writing."""
    desk.prepare("Registers")
    desk.see(desk.say("Required evidence"))
    desk.look("evidence")
    desk.choose("Status", desk.say("verified"))
    desk.write(desk.say("Link"), LINK)
    desk.choose("Organisation it comes from", hall.names[0])
    desk.press("Save")
    desk.see(desk.say("Say which organisation verified it."))
    desk.choose("Organisation that verified it", hall.names[3])
    desk.press("Save")
    desk.figure("Counts as proof", "1")
    desk.choose("Register", hall.titles(1)[2])
    desk.figure("Drafts", "1")
    desk.figure("To confirm", "1")
    desk.page.get_by_role("radio", name=desk.say("To confirm"), exact=True).click()
    desk.see(hall.story.action)
    desk.look("commitments")
    desk.press("Confirmed in writing")
    desk.figure("To confirm", "0")


def finish(desk: Desk) -> None:
    """End both meetings: the report is no longer interim."""
    for meeting in (1, 2):
        desk.open(f"/workshops?series={SHORT_NAME}&workshop={SHORT_NAME}-{meeting}")
        desk.press("Finish the workshop")
        desk.press("Yes, finish")
        desk.see(desk.say("The workshop is finished."))


def take_home(desk: Desk, hall: Hall) -> None:
    """Download Word and Excel: they say what the wall said."""
    desk.prepare("Documents")
    desk.look("documents")
    tongue = {"bg": "български", "en": "English"}[desk.language]
    name, report = desk.download(f"Word · {tongue}")
    assert name.endswith(".docx")
    figures = figures_of(hall)
    told = _rows_of_word(report)
    for row in figures:
        assert any(set(row) <= one for one in told), row
    words = _words_of(report)
    missing = [one for one in entered(hall) if one not in words]
    assert missing == []
    story = hall.story
    assert [one for one in (story.insult, story.slip, story.library_before) if one in words] == []
    assert desk.say("confirmed") in words
    held: list[set[str]] = []
    for place in (0, 1):
        name, book = desk.download("Excel", place)
        assert name.endswith(".xlsx")
        held += _rows_of_excel(book, desk.language)
    for row in figures:
        assert any(set(row) <= one for one in held), row


def figures_of(hall: Hall) -> list[list[str]]:
    """Return the figures that stood on the wall: dots, levels of maturity, and promises."""
    dots = [row for row in hall.seen["dots"] if row[-1].isdigit()]
    levels = [row[:3] for row in hall.seen["maturity"] if len(row) == 4 and row[1][0].isdigit()]
    promises = [row for row in hall.seen["promises"] if row[0].isdigit()]
    assert {row[0]: int(row[1]) for row in dots} == hall.story.dots(TOTALS)
    assert [row[0] for row in promises] == ["2"]
    assert len(levels) == 3, "three of nine dimensions were rated by enough people"
    return [[_plain(one) for one in row] for row in (*dots, *levels, *promises)]


def entered(hall: Hall) -> list[str]:
    """Return what people typed, on phones and at the desk, and what must be in the report."""
    story, language = hall.story, hall.watch.language
    return [
        *(story.library, story.website, story.skills, story.neighbours, story.young),
        *(story.vague, story.action, story.result, story.need, story.club),
        *(MUNICIPALITY[language], THEME[language], hall.names[0], hall.names[1], LINK),
        *hall.titles(0)[:2], hall.titles(1)[0], hall.titles(1)[2],
    ]  # fmt: skip


def _rows_of_word(report: bytes) -> list[set[str]]:
    from docx import Document

    tables: Any = Document(io.BytesIO(report)).tables
    return [{_plain(cell.text) for cell in row.cells} for table in tables for row in table.rows]


def _plain(words: str) -> str:
    """Return words without what keeps them together on a line: paper is narrower than a wall."""
    return " ".join(words.split())


def _words_of(report: bytes) -> str:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document = Document(io.BytesIO(report))
    found = document.element.body.iter(qn("w:p"))
    return "\n".join(Paragraph(one, document).text for one in found)


def _rows_of_excel(workbook: bytes, language: str) -> list[set[str]]:
    """Return the rows of all sheets, each value in the forms people read it in."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook), read_only=True)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return [{form for value in row for form in _forms(value, language)} for row in rows]


def _forms(value: Any, language: str) -> set[str]:
    if isinstance(value, datetime):
        return {_plain(say(value.date(), language))}
    if isinstance(value, int | float):
        return {f"{value:g}", say(Amount(value, 2), language)}
    return {_plain(str(value))}
