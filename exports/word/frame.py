"""What stands on every page: size, margins, header, footer, and the warning of invented data."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from exports.word.looks import MARGIN, PAPER
from exports.word.markup import element, field, write
from workshop.charts.letters import plain
from workshop.language import Language, Multilingual, say, text
from workshop.printable import printable
from workshop.report import Report

TITLE_LONG = 80
_SHAPE = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom"'
    ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype></w:pict>'
)
_WATERMARK = (
    "position:absolute;margin-left:0;margin-top:0;width:460pt;height:58pt;rotation:315;"
    "z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    "mso-position-vertical-relative:margin"
)


def set_pages(document: Document) -> None:
    """Make the pages A4 with our margins; the cover has a header of its own."""
    section = document.sections[-1]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(11)
    section.different_first_page_header_footer = True


def dress_pages(document: Document, report: Report, language: Language, *, keep: bool) -> None:
    """Write header and footer; with ``keep`` a template's own stay and ours fills what is empty."""
    warned: set[Any] = set()
    for nth, section in enumerate(document.sections):
        if keep and nth and section.header.is_linked_to_previous:
            continue  # shows what the section before shows
        if not keep or _blank(section.header):
            _header(section.header, report, language, _text_width(section))
        if not keep or _blank(section.footer):
            _footer(section.footer, language)
        elif not _numbered(section.header) and not _numbered(section.footer):
            _numbers_below(section, report, language)
        for header in _all_headers(document, section) if report.warning else []:
            if header.part not in warned:  # turned pages share the header of a template
                _warn(header, report.warning, language)
                warned.add(header.part)


def _text_width(section: Section) -> Length:
    sides = (section.left_margin or 0) + (section.right_margin or 0)
    return Length((section.page_width or Mm(210)) - sides)


def _blank(part: Any) -> bool:
    return part.is_linked_to_previous or not (
        "".join(one.text for one in part.paragraphs).strip()
        or part.tables
        or part._element.findall(".//" + qn("w:drawing"))
        or part._element.findall(".//" + qn("w:pict"))
        or part._element.findall(".//" + qn("w:instrText"))
    )


def _all_headers(document: Document, section: Section) -> list[Any]:
    """Return every header a page of this section may show."""
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    return headers


def _first(part: Any) -> Paragraph:
    part.is_linked_to_previous = False
    paragraph: Paragraph = part.paragraphs[0] if part.paragraphs else part.add_paragraph()
    return paragraph


def _header(header: Any, report: Report, language: Language, wide: Length) -> None:
    paragraph = _first(header)
    paragraph.style = "Header"
    title = plain(say(report.title, language))
    title = title if len(title) <= TITLE_LONG else f"{title[: TITLE_LONG - 1].rstrip()}…"
    write(paragraph, f"{title}\t{say(report.status, language)}")
    paragraph.paragraph_format.tab_stops.add_tab_stop(wide, WD_TAB_ALIGNMENT.RIGHT)
    _rule(paragraph)


def _numbered(part: Any) -> bool:
    """Return whether a header or footer says the number of the page."""
    codes = [one.text or "" for one in part._element.iter(qn("w:instrText"))]
    codes += [one.get(qn("w:instr")) or "" for one in part._element.iter(qn("w:fldSimple"))]
    return any("PAGE" in code.split() for code in codes)


def _numbers_below(section: Section, report: Report, language: Language) -> None:
    """Add title, status and page number under a template's own footer, which has none."""
    paragraph = section.footer.add_paragraph()
    paragraph.style = "Footer"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    title = plain(say(report.title, language))[:TITLE_LONG]
    write(paragraph, f"{title} · {say(report.status, language)} · ")
    _page_number(paragraph, language)


def _footer(footer: Any, language: Language) -> None:
    paragraph = _first(footer)
    paragraph.style = "Footer"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _page_number(paragraph, language)


def _page_number(paragraph: Paragraph, language: Language) -> None:
    said = say(text("Page {page} of {pages}", page="\x01", pages="\x02"), language)
    for piece in _split(said):
        if piece == "\x01":
            field(paragraph, "PAGE", "1")
        elif piece == "\x02":
            field(paragraph, "NUMPAGES", "1")
        else:
            write(paragraph, piece)


def _split(words: str) -> list[str]:
    pieces = [""]
    for sign in words:
        if sign in "\x01\x02":
            pieces += [sign, ""]
        else:
            pieces[-1] += sign
    return [piece for piece in pieces if piece]


def _rule(paragraph: Paragraph) -> None:
    """Draw a fine line under a paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    rule = element("pBdr")
    rule.append(element("bottom", val="single", sz=4, space=4, color=PAPER.hairline.lstrip("#")))
    properties.insert_element_before(rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _warn(header: Any, warning: Multilingual, language: Language) -> None:
    header.is_linked_to_previous = False
    blank = _blank(header) and header.paragraphs
    holder = header.paragraphs[0] if blank else header.add_paragraph()
    holder.style = "Banner"
    write(holder, say(warning, language))
    _watermark(holder, say(text("SYNTHETIC DATA"), language))


def _watermark(paragraph: Paragraph, words: str) -> None:
    """Lay pale words across the page, behind the text, as Word's own watermarks are made."""
    holder = parse_xml(_SHAPE)
    shape = holder.makeelement("{urn:schemas-microsoft-com:vml}shape", nsmap=holder.nsmap)
    shape.set("id", "PowerPlusWaterMarkObject")
    shape.set("alt", printable(words))
    shape.set("type", "#_x0000_t136")
    shape.set("style", _WATERMARK)
    shape.set("fillcolor", "#f7f1f1")
    shape.set("stroked", "f")
    path = holder.makeelement("{urn:schemas-microsoft-com:vml}textpath")
    path.set("style", 'font-family:"Calibri";font-size:1pt;font-weight:bold')
    path.set("string", printable(words))
    shape.append(path)
    holder.append(shape)
    paragraph.add_run()._r.append(holder)
