"""The document while it is written: what has been numbered so far, and where things stand."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Literal

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.word import markup
from exports.word.looks import PAPER, TEXT_WIDTH
from exports.word.numbering import number
from exports.word.styles import text_width
from workshop.blocks import Basis
from workshop.captions import basis_line
from workshop.charts import Beside
from workshop.language import TAGS, Language, Multilingual, Sayable, say, text

Kind = Literal["heading", "figure", "table"]
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the contents list: its bookmark, and what the list says."""

    kind: Kind
    level: int
    number: str
    words: str
    mark: str
    annex: str = ""
    """The letter of the annex it stands in."""


@dataclass
class Paper:
    """A document in one language."""

    document: Document
    language: Language
    heading_list: int | None = None
    """The list that numbers headings; None where the template numbers them itself."""
    entries: list[Entry] = field(default_factory=list)
    style_ids: dict[str, str] = field(default_factory=dict)
    beside: Beside | None = None
    source: Sayable = ""
    """What the figures of this section were made from."""
    """Who draws while we write; None draws each at once, and writes a table where that fails."""
    later: list[tuple[Part, Future[bytes]]] = field(default_factory=list)
    """Pictures whose room is kept until they come."""
    counts: list[int] = field(default_factory=lambda: [0] * DEEPEST)
    annex: str = ""
    """The letter of the annex that is being written."""

    @property
    def width(self) -> float:
        """Return the width of the text in millimetres."""
        return min(float(TEXT_WIDTH), text_width(self.document))

    def said(self, thing: Sayable) -> str:
        """Return ``thing`` in the document's language."""
        return say(thing, self.language)

    def paragraph(self, thing: Sayable = "", style: str = "Normal") -> Paragraph:
        """Add a paragraph at the end."""
        added = self.loose_paragraph(style)
        self.document.element.body.insert_element_before(added._p, "w:sectPr")
        if words := self.said(thing):
            markup.write(added, words)
        return added

    def style_id(self, name: str) -> str:
        """Return the id under which the document keeps a style; asked once per style."""
        if name not in self.style_ids:
            self.style_ids[name] = str(self.document.styles[name].style_id)
        return self.style_ids[name]

    def loose_paragraph(self, style: str) -> Paragraph:
        """Return a paragraph that stands nowhere yet: for cells, of which there are thousands."""
        made = markup.element("p")
        properties = markup.element("pPr")
        properties.append(markup.element("pStyle", val=self.style_id(style)))
        made.append(properties)
        return Paragraph(made, self.document._body)

    def words(self, paragraph: Paragraph, thing: Sayable, *, bold: bool | None = None) -> Run:
        """Add words; those somebody wrote in another language are marked as such."""
        run = markup.write(paragraph, self.said(thing), bold=bold)
        if isinstance(thing, Multilingual) and thing.tongue(self.language) != self.language:
            tongue = thing.tongue(self.language)
            markup.tongue(run, TAGS[tongue])
            self.aside(paragraph, f" [{tongue.upper()}]")
        return run

    def aside(self, paragraph: Paragraph, thing: Sayable) -> Run:
        """Add quiet words."""
        run = markup.write(paragraph, self.said(thing))
        markup.colour(run, PAPER.quiet)
        return run

    def heading(
        self, title: Sayable, depth: int, *, numbered: bool, new_page: bool = False
    ) -> None:
        """Add a heading and note it for the contents."""
        level = min(depth, DEEPEST)
        words = " ".join(self.said(title).split())
        added = self.paragraph(words, f"Heading {level}")
        shown = ""
        if numbered and self.heading_list is not None and not words[:1].isdigit():
            self.counts[level - 1] += 1
            self.counts[level:] = [0] * (DEEPEST - level)
            shown = ".".join(str(count) for count in self.counts[:level])
            number(added, self.heading_list, level - 1)
        if new_page:
            added.paragraph_format.page_break_before = True
            added.paragraph_format.space_before = Pt(0)
        self._note(added, "heading", level, shown, words)

    def caption(self, kind: Kind, title: Sayable, basis: Basis | None) -> Paragraph:
        """Add "Figure 4. Title (n = …)", kept with the table or the source that follows.

        Those of annex B are Table B1, B2 …: the lists at the front name those of the chapters.
        """
        label = self.said(text("Figure") if kind == "figure" else text("Table"))
        place = 1 + sum((one.kind, one.annex) == (kind, self.annex) for one in self.entries)
        row = f"{label}_{self.annex}" if self.annex else label
        added = self.paragraph(style="Caption")
        added.paragraph_format.keep_with_next = True
        markup.write(added, f"{label} {self.annex}")
        markup.field(added, f"SEQ {row} \\* ARABIC", str(place))
        markup.write(added, ". ")
        for run in added.runs:  # a field shows its first run's letters in some programs
            run.bold = True
            markup.colour(run, PAPER.link)
        words = " ".join(self.said(title).split())
        markup.write(added, words)
        if rests := basis_line(basis, self.language):
            self.aside(added, f" ({rests})")
        self._note(added, kind, 1, "", f"{label} {self.annex}{place}. {words}")
        return added

    def _note(self, paragraph: Paragraph, kind: Kind, level: int, shown: str, words: str) -> None:
        mark = f"_Toc{100_000_001 + len(self.entries)}"
        markup.bookmark(paragraph, mark, 1 + len(self.entries))
        self.entries.append(Entry(kind, level, shown, words, mark, self.annex))


def has_own_numbers(document: Document, style: str) -> bool:
    """Return whether the template numbers this heading by its style."""
    if style not in [one.name for one in document.styles]:
        return False
    return document.styles[style].element.find(qn("w:pPr") + "/" + qn("w:numPr")) is not None
