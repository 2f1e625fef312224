"""Turn the page for a table that is too wide to stand upright, and turn back after it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from exports.word.paper import Paper


def turned_width(paper: Paper) -> float:
    """Return the millimetres a table has on a turned page."""
    section = paper.document.sections[-1]
    gaps = (section.top_margin or 0) + (section.bottom_margin or 0)
    return float(((section.page_height or Mm(297)) - gaps) / Mm(1))


def turn(paper: Paper) -> None:
    """End the upright pages; headings that stand last come along to the turned one."""
    body = paper.document.element.body
    last = body.sectPr.getprevious()
    while last is not None and _is_heading(paper, last):
        last = last.getprevious()
    if last is not None and last.tag == qn("w:p") and _section(last) is not None:
        last.pPr.remove(_section(last))  # the page is turned already
        return
    if last is None or last.tag != qn("w:p"):
        added = paper.loose_paragraph("Source")._p
        if last is None:
            body.insert(0, added)
        else:
            last.addnext(added)
        last = added
    _end_section(paper, last)


def turn_back(paper: Paper) -> None:
    """End the turned pages with the paragraph written last."""
    last = paper.document.element.body.sectPr.getprevious()
    ended = _end_section(paper, last)
    size, margins = ended.find(qn("w:pgSz")), ended.find(qn("w:pgMar"))
    wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), high)
    size.set(qn("w:h"), wide)
    size.set(qn("w:orient"), "landscape")
    sides = {side: margins.get(qn(f"w:{side}")) for side in ("top", "right", "bottom", "left")}
    for side, other in (("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom")):
        margins.set(qn(f"w:{side}"), sides[other])


def _is_heading(paper: Paper, child: Any) -> bool:
    style = child.find(qn("w:pPr") + "/" + qn("w:pStyle"))
    names = [f"Heading {level}" for level in (1, 2, 3)] + ["Block Title"]
    return style is not None and style.get(qn("w:val")) in [paper.style_id(one) for one in names]


def _section(paragraph: Any) -> Any:
    return None if paragraph.pPr is None else paragraph.pPr.find(qn("w:sectPr"))


def _end_section(paper: Paper, paragraph: Any) -> Any:
    """Let a section end with this paragraph, in the form the document has now."""
    last = paper.document.element.body.sectPr
    ended = deepcopy(last)
    for once in last.findall(qn("w:titlePg")):  # only the cover is a first page
        last.remove(once)
    paragraph.get_or_add_pPr().insert_element_before(ended, "w:pPrChange")
    return ended
