"""Put a report together as a document: cover, contents, sections, and what stands on every page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.run import Run

from exports.word import contents
from exports.word.blocks import write_block
from exports.word.cover import write_cover, write_readiness
from exports.word.frame import dress_pages, set_pages
from exports.word.looks import FALLBACKS, FONT
from exports.word.markup import element
from exports.word.numbering import add_bullets, add_heading_numbers
from exports.word.office import Office
from exports.word.paging import estimated, laid_out
from exports.word.paper import Paper, has_own_numbers
from exports.word.pictures import put_in
from exports.word.styles import prepare
from exports.word.template import open_template
from workshop.blocks import Block, Prose
from workshop.charts import Beside
from workshop.charts.beside import NotDrawn
from workshop.charts.letters import plain
from workshop.language import LOCALES, TAGS, Language, say, text
from workshop.printable import printable
from workshop.report import Report, Section

_log = logging.getLogger(__name__)
ANNEXES = "R14"


def compose(
    report: Report,
    language: Language,
    template: Path | None,
    exact: bool,
    office: Office | None = None,
    beside: Beside | None = None,
) -> bytes:
    """Return the report as a Word document.

    The pictures are drawn beside us while we write, and while LibreOffice finds the pages of a
    copy in which they only take their room. Where one cannot be drawn, all is written again with
    its table instead.
    """
    pages = partial(laid_out, office=office) if exact else None
    try:
        with Beside() if beside is None else nullcontext(beside) as drawer:
            return _written(report, language, template, pages, drawer)
    except (NotDrawn, OSError):
        _log.exception("drawing beside failed; drawing here")
        return _written(report, language, template, pages, None)


def _written(
    report: Report,
    language: Language,
    template: Path | None,
    pages: Callable[[bytes, Mapping[str, int]], Mapping[str, int]] | None,
    beside: Beside | None,
) -> bytes:
    document = open_template(template) if template else docx.Document()
    own = template is not None
    paper = _paper(document, language, own)
    paper.beside = beside
    write_cover(paper, report)
    place = contents.reserve(paper)
    write_readiness(paper, report)
    for nth, section in enumerate(report.sections):
        _section(paper, section, 1, numbered=not section.key.startswith(ANNEXES), nth=nth)
    numbers = contents.fill(paper, place)
    dress_pages(document, report, language, keep=own)
    _about(document, report, language)
    _report_losses(document)
    guessed = estimated(document)
    _turn(numbers, guessed)
    if pages is not None:
        known = {mark: page for mark, page in guessed.items() if mark in numbers}
        _turn(numbers, pages(_saved(document), known))
    put_in(paper)
    return _saved(document)


def _report_losses(document: Document) -> None:
    lost = sum((one.text or "").count("\ufffd") for one in document.element.body.iter(qn("w:t")))
    if lost:
        _log.warning("%d signs that no document may hold were replaced", lost)


def _turn(numbers: Mapping[str, Run], pages: Mapping[str, int]) -> None:
    for mark, run in numbers.items():
        if mark in pages:
            run.text = str(pages[mark])


def _paper(document: Document, language: Language, own: bool) -> Paper:
    """Return the document with everything in it that writing needs."""
    numbered = not (own and has_own_numbers(document, "Heading 1"))
    if not own:
        set_pages(document)
    bullets = add_bullets(document)
    prepare(document, keep=own, bullets=bullets, language_tag=TAGS[language])
    if not own:
        _modern(document, language)
        _name_fallbacks(document)
    return Paper(document, language, add_heading_numbers(document) if numbered else None)


def _section(paper: Paper, section: Section, depth: int, *, numbered: bool, nth: int = 1) -> None:
    # The summary has a page to itself, and the annexes begin on a new one.
    new_page = depth == 1 and (nth < 2 or section.key == ANNEXES)
    paper.annex = section.key[len(ANNEXES) :].strip(".")[:1] if not numbered else ""
    paper.heading(section.title, depth, numbered=numbered, new_page=new_page)
    paper.source = section.source
    for place, block in enumerate(section.blocks):
        write_block(paper, block)
        if place == 0 and isinstance(block, Prose) and len(block.sentences) == 1:
            _keep_with(paper, section.blocks[1:2])
    for inner in section.sections:
        _section(paper, inner, depth + 1, numbered=numbered)
    if not section.blocks and not section.sections:
        paper.paragraph(text("Nothing was collected for this part."))


def _keep_with(paper: Paper, following: Sequence[Block]) -> None:
    """Keep the question at the head of a section with the figure or table that answers it."""
    if following and not isinstance(following[0], Prose):
        last = paper.document.paragraphs[-1]
        last.paragraph_format.keep_with_next = True


def _modern(document: Document, language: Language) -> None:
    """Let Word take the document as one of its present form and of this language."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), TAGS[language])
    symbols = LOCALES[language].number_symbols["latn"]
    for tag, sign in (("decimalSymbol", symbols["decimal"]), ("listSeparator", ";")):
        for setting in settings.iter(qn(f"w:{tag}")):
            setting.set(qn("w:val"), sign)


def _name_fallbacks(document: Document) -> None:
    """Say which fonts may stand for ours, and drop the preview picture of python-docx."""
    fonts = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    root = parse_xml(fonts.blob)
    for known in root.findall(qn("w:font")):
        if known.get(qn("w:name")) == FONT:
            root.remove(known)
    font = element("font", name=FONT)
    for tag, value in (("altName", ", ".join(FALLBACKS)), ("family", "swiss")):
        font.append(element(tag, val=value))
    root.insert(0, font)
    fonts._blob = serialize_part_xml(root)
    package = document.part.package
    for key, link in list(package.rels.items()):
        if link.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _about(document: Document, report: Report, language: Language) -> None:
    about = document.core_properties
    about.title = plain(say(report.title, language))[:255]
    about.subject = plain(say(report.series.theme, language))[:255]
    about.author = plain(say(report.series.municipality, language))[:255]
    about.last_modified_by = "Sedyanka"
    about.comments = ""
    about.keywords = ""
    about.language = TAGS[language]
    about.version = printable(report.version)[:255]
    about.created = about.modified = report.made_at.astimezone(UTC).replace(tzinfo=None)


def _saved(document: Document) -> bytes:
    answer = BytesIO()
    document.save(answer)
    return answer.getvalue()
