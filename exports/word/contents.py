"""The table of contents and the lists of figures and tables, readable before Word updates them."""

from __future__ import annotations

from collections.abc import Sequence

from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.word import markup
from exports.word.markup import element
from exports.word.paper import Entry, Kind, Paper
from workshop.language import Sayable, text

ENTRY_LONG = 160
LISTED = 2
"""Levels of headings in the contents: they stay on one page."""


def reserve(paper: Paper) -> Paragraph:
    """Hold the place where the contents will stand once everything is known."""
    return paper.paragraph()


def fill(paper: Paper, place: Paragraph) -> dict[str, Run]:
    """Write the lists before ``place``, remove it, and return where each page number stands.

    Fields keep a stored result with real page numbers. They are neither marked dirty nor set to
    update on opening: both make Word ask the reader a question about "other files".
    """
    figure, table = paper.said(text("Figure")), paper.said(text("Table"))
    lists: tuple[tuple[Kind, Sayable, str], ...] = (
        ("heading", text("Contents"), f'TOC \\o "1-{LISTED}" \\h \\z \\u'),
        ("figure", text("Figures"), f'TOC \\h \\z \\c "{figure}"'),
        ("table", text("Tables"), f'TOC \\h \\z \\c "{table}"'),
    )
    numbers: dict[str, Run] = {}
    for kind, title, instruction in lists:
        entries = [entry for entry in paper.entries if entry.kind == kind and _listed(entry)]
        if entries:
            head = _before(paper, place, "Contents Title")
            markup.write(head, paper.said(title))
            head.paragraph_format.page_break_before = kind == "heading" or None
            numbers |= _list(paper, place, entries, instruction)
    place._p.getparent().remove(place._p)
    return numbers


def _listed(entry: Entry) -> bool:
    """Return whether the lists name it: not what stands deep, nor the tables of the annexes."""
    return entry.level <= LISTED if entry.kind == "heading" else not entry.annex


def _before(paper: Paper, place: Paragraph, style: str) -> Paragraph:
    added = paper.loose_paragraph(style)
    place._p.addprevious(added._p)
    return added


def _list(
    paper: Paper, place: Paragraph, entries: Sequence[Entry], instruction: str
) -> dict[str, Run]:
    numbers: dict[str, Run] = {}
    for nth, entry in enumerate(entries):
        style = f"toc {entry.level}" if entry.kind == "heading" else "table of figures"
        line = _before(paper, place, style)
        if nth == 0:
            markup.begin_field(line, instruction)
        numbers[entry.mark] = _entry(line, entry)
        if nth == len(entries) - 1:
            markup.end_field(line)
    return numbers


def _entry(line: Paragraph, entry: Entry) -> Run:
    """Write one line as a link to its heading, ending in the page of the heading's bookmark."""
    words = entry.words
    if len(words) > ENTRY_LONG:
        words = f"{words[: ENTRY_LONG - 1].rstrip()}…"
    start = len(line._p)
    if entry.number:
        markup.write(line, f"{entry.number}\t")
    markup.write(line, f"{words}\t")
    page = markup.field(line, f"PAGEREF {entry.mark} \\h", "1")
    link = element("hyperlink", anchor=entry.mark, history=1)
    for child in list(line._p)[start:]:
        link.append(child)
    line._p.append(link)
    return page
