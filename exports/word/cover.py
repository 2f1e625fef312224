"""The first page: whose report, about what, from when, how final, paid by whom."""

from __future__ import annotations

import io
import re
from zoneinfo import ZoneInfo

from docx.shared import Mm, Pt

from exports.word import markup
from exports.word.looks import PAPER
from exports.word.markup import element
from exports.word.paper import Paper
from exports.word.pictures import describe
from exports.word.star import star
from exports.word.tables import cell, frame, write_table
from workshop.blocks import Column, Table
from workshop.charts.letters import plain
from workshop.language import Sayable, day, text
from workshop.model import Workshop
from workshop.report import Report

STAR = 34.0
TITLE_LONG = 220
LABELS = 38.0
_PREFIX = re.compile(r"\b([еeЕE])-")


def write_cover(paper: Paper, report: Report) -> None:
    """Write the cover page."""
    mark = paper.paragraph()
    mark.paragraph_format.space_before = Mm(12)
    mark.paragraph_format.space_after = Mm(44)
    shape = mark.add_run().add_picture(io.BytesIO(star()), width=Mm(STAR))
    said = text("Eight-pointed star of small squares, the mark of Sedyanka")
    describe(shape, paper.said(said), paper.said(text("Star")))
    above = paper.paragraph(style="Cover Line")
    above.paragraph_format.space_after = Pt(8)
    whose = markup.write(above, plain(paper.said(report.series.municipality)), bold=True)
    whose.font.size = Pt(14)
    markup.colour(whose, PAPER.accent)
    title = _short(paper.said(report.title))
    # "e-government" must not be torn after its first letter.
    paper.paragraph(_PREFIX.sub("\\1\u2011", title), "Title")
    paper.paragraph(_short(paper.said(report.subtitle)), "Subtitle")
    _rule(paper)
    _facts(paper, report)


def _short(words: str) -> str:
    words = plain(words)
    return words if len(words) <= TITLE_LONG else f"{words[: TITLE_LONG - 1].rstrip()}…"


def _rule(paper: Paper) -> None:
    line = paper.paragraph()
    line.paragraph_format.space_after = Mm(6)
    properties = line._p.get_or_add_pPr()
    sides = element("pBdr")
    sides.append(element("bottom", val="single", sz=12, space=1, color=PAPER.accent.lstrip("#")))
    properties.insert_element_before(sides, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _facts(paper: Paper, report: Report) -> None:
    wide = [LABELS, paper.width - LABELS]
    grid = frame(paper, wide, described=paper.said(text("About this report")), rules=False, side=0)
    theme = report.series.theme if report.subtitle != report.series.theme else ""
    facts: list[tuple[Sayable, list[Sayable]]] = [
        (text("Theme"), [theme]),
        (text("Workshops"), [_workshop(paper, one) for one in report.workshops]),
        (text("Status"), [report.status]),
        (text("Made with"), [text("Sedyanka {version}", version=report.version)]),
        (text("Made on"), [report.made_at.astimezone(ZoneInfo(report.series.time_zone)).date()]),
        (text("Funding"), [report.series.funding]),
    ]
    for label, lines in facts:
        said = [paper.said(line) for line in lines if line and paper.said(line)]
        if not said:
            continue
        row = element("tr")
        row.append(cell(paper, wide[0], label, "Cover Label"))
        told = cell(paper, wide[1], said[0], "Cover Line")
        for more in said[1:]:
            paragraph = paper.loose_paragraph("Cover Line")
            markup.write(paragraph, more)
            told.append(paragraph._p)
        row.append(told)
        grid.append(row)
    paper.paragraph(style="Source")


def _workshop(paper: Paper, workshop: Workshop) -> Sayable:
    return text(
        "{day}: {title}",
        day=day(workshop.day, paper.language),
        title=plain(paper.said(workshop.title)),
    )


def write_readiness(paper: Paper, report: Report) -> None:
    """Write what is still missing before the report may be called final; nothing if all is met."""
    if all(met for _, met in report.readiness):
        return
    rows = tuple(
        (what, text("met") if met else text("not yet met")) for what, met in report.readiness
    )
    paper.paragraph(text("Before this report is final"), "Contents Title")
    columns = (Column(head=text("Check"), width=5), Column(head=text("State"), width=1))
    table = Table(title=text("Before this report is final"), columns=columns, rows=rows)
    write_table(paper, table, captioned=False)
