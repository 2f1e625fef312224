"""Write each kind of block; a new kind makes mypy name this file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from exports.word import markup
from exports.word.columns import SIDE
from exports.word.looks import PAPER
from exports.word.markup import borders, element, shading
from exports.word.paper import Paper
from exports.word.pictures import write_cloud, write_drawn
from exports.word.styles import twips
from exports.word.tables import cell, frame, write_table
from workshop.blocks import (
    Bars,
    Block,
    Cloud,
    Figures,
    Heat,
    Network,
    Prose,
    Quadrant,
    Quadrants,
    Quote,
    Quotes,
    Radar,
    Spread,
    Table,
)
from workshop.captions import basis_line
from workshop.charts.letters import measure
from workshop.language import Sayable, counted, text
from workshop.palette import mix

SENTENCES_TOGETHER = 4
"""More than these make a new paragraph."""
KEPT = 4
"""Findings that stay together."""
IN_A_ROW = 4
ON_BOARD = 6
"""Entries of each field on a board: so it fits on a page; an annex has all, and whose they are."""


def write_block(paper: Paper, block: Block) -> None:
    """Write a block at the end of the document."""
    match block:
        case Prose():
            _prose(paper, block)
        case Figures():
            _figures(paper, block)
        case Quotes():
            _quotes(paper, block)
        case Table():
            write_table(paper, block)
        case Quadrants():
            _quadrants(paper, block)
        case Cloud():
            write_cloud(paper, block)
        case Bars() | Spread() | Heat() | Radar() | Network():
            write_drawn(paper, block)
        case _:
            assert_never(block)


def _prose(paper: Paper, block: Prose) -> None:
    match block.tone:
        case "list" | "steps":
            _listed(paper, block)
        case "finding" if not block.lead:  # findings are scanned, each for itself
            _findings(paper, block.sentences)
        case _:
            for start in range(0, len(block.sentences), SENTENCES_TOGETHER):
                _together(paper, block, start)


def _findings(paper: Paper, sentences: Sequence[Sayable]) -> None:
    """Write each finding as a paragraph; a short box of them stays on one page."""
    for place, sentence in enumerate(sentences, 1):
        paragraph = paper.paragraph(style="Finding")
        paper.words(paragraph, sentence)
        if place < len(sentences) <= KEPT:
            paragraph.paragraph_format.keep_with_next = True
        if place == len(sentences):
            paragraph.paragraph_format.space_after = Pt(12)


def _together(paper: Paper, block: Prose, start: int) -> None:
    """Write some sentences as one paragraph, the first with what leads them in."""
    style = {"finding": "Finding", "caution": "Caution"}.get(block.tone, "Normal")
    lead: Sayable = block.lead or (text("Caution") if block.tone == "caution" else "")
    paragraph = paper.paragraph(style=style)
    if lead and start == 0:
        led = markup.write(paragraph, f"{paper.said(lead)}. ", bold=True)
        markup.colour(led, PAPER.care if block.tone == "caution" else PAPER.link)
    for place, sentence in enumerate(block.sentences[start : start + SENTENCES_TOGETHER]):
        if place:
            markup.write(paragraph, " ")
        paper.words(paragraph, sentence)


def _listed(paper: Paper, block: Prose) -> None:
    """Write each sentence as a point of its own; steps are numbered."""
    if block.lead:
        paper.paragraph(block.lead, "Block Title")
    for place, sentence in enumerate(block.sentences, 1):
        paragraph = paper.paragraph(style="Step" if block.tone == "steps" else "List Bullet")
        if block.tone == "steps":
            markup.colour(markup.write(paragraph, f"{place}.\t", bold=True), PAPER.link)
        paper.words(paragraph, sentence)


def _figures(paper: Paper, block: Figures) -> None:
    """Write big numbers with small sentences, in rows of at most four."""
    if not block.figures:
        return
    rows = math.ceil(len(block.figures) / IN_A_ROW)
    across = math.ceil(len(block.figures) / rows)
    wide = [paper.width / across] * across
    told = paper.said(text("Key figures"))
    grid = frame(paper, wide, described=told, rules=False, side=0)
    for start in range(0, len(block.figures), across):
        row = element("tr")
        properties = element("trPr")
        properties.append(element("cantSplit"))
        row.append(properties)
        shown = block.figures[start : start + across]
        size = min(_pull_size(paper.said(figure.value), wide[0]) for figure in block.figures)
        for figure in shown:
            made = cell(paper, wide[0], figure.value, "Pull Number", size=size)
            label = paper.loose_paragraph("Pull Label")
            paper.words(label, figure.label)
            made.append(label._p)
            row.append(made)
        for _ in range(across - len(shown)):
            row.append(cell(paper, wide[0], "", "Pull Label"))
        grid.append(row)
    after = paper.paragraph(style="Source").paragraph_format
    after.line_spacing, after.space_after = Pt(4), Pt(2)


def _pull_size(words: str, wide: float) -> float:
    """Return letters small enough for a value that is more words than number."""
    for size in (27.0, 22.0, 18.0):
        if measure(words, size * 25.4 / 72 * 0.9) <= wide - 2 * SIDE:
            return size
    return 14.0


def _quotes(paper: Paper, block: Quotes) -> None:
    title = paper.paragraph(block.title, "Block Title")
    if rests := basis_line(block.basis, paper.language):
        paper.aside(title, f" ({rests})").bold = False
    for quote in block.quotes:
        _quote(paper, paper.paragraph(style="List Bullet"), quote)
    if not block.quotes:
        paper.paragraph(text("There is nothing to show here yet."), "Source")


def _quote(paper: Paper, paragraph: Paragraph, quote: Quote) -> None:
    if quote.label:
        markup.colour(markup.write(paragraph, f"{quote.label} ", bold=True), PAPER.link)
    paper.words(paragraph, quote.words)
    aside = []
    if quote.support > 1:
        said = counted("said by {n} person", "said by {n} people", n=quote.support)
        aside.append(paper.said(said))
    if by := paper.said(quote.by) if quote.by else "":
        aside.append(by)
    if aside:
        paper.aside(paragraph, f" ({'; '.join(aside)})")


def _quadrants(paper: Paper, block: Quadrants) -> None:
    """Write the board as a table of two by two fields, each with its letter and its name."""
    wide = [paper.width / 2] * 2
    grid = frame(paper, wide, described=paper.said(block.title), rules=False)
    tints = (PAPER.good, PAPER.care, PAPER.link, PAPER.accent)
    for start in (0, 2):
        row = element("tr")
        properties = element("trPr")
        properties.append(element("cantSplit"))
        row.append(properties)
        for place in (start, start + 1):
            row.append(_field(paper, block.quadrants[place], tints[place], wide[0]))
        grid.append(row)
        for paragraph in row.iter(qn("w:p")):  # on one page wherever it fits, and so its caption
            Paragraph(paragraph, paper.document).paragraph_format.keep_with_next = True
    paper.caption("figure", block.title, block.basis)
    paper.paragraph(style="Source")


def _field(paper: Paper, quadrant: Quadrant, colour: str, wide: float) -> object:
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=twips(wide), type="dxa"))
    gap = (24, PAPER.ground)
    properties.append(borders("tcBorders", top=gap, left=gap, bottom=gap, right=gap))
    properties.append(shading(mix(PAPER.ground, colour, 0.07)))
    made.append(properties)
    head = paper.loose_paragraph("Block Title")
    head.paragraph_format.keep_with_next = False  # the style's own; the board decides
    letter = markup.write(head, f"{paper.said(quadrant.letter)}  ", bold=True)
    letter.font.size = 18 * 12700
    markup.colour(letter, colour)
    markup.colour(markup.write(head, paper.said(quadrant.name), bold=True), colour)
    made.append(head._p)
    for quote in quadrant.quotes[:ON_BOARD]:
        line = paper.loose_paragraph("Board Line")
        _quote(paper, line, replace(quote, by=""))
        made.append(line._p)
    left = len(quadrant.quotes[ON_BOARD:]) + quadrant.more
    if left or not quadrant.quotes:
        line = paper.loose_paragraph("Table Text")
        more = counted("and {n} more", "and {n} more", n=left)
        paper.aside(line, more if left else text("no entries"))
        made.append(line._p)
    return made
