"""The Word report: complete, accessible, in its language, and never broken by text or template."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from exports import word
from exports.word import columns, markup, paging
from exports.word.paper import Paper
from tests.exports import rich_report as rich
from tests.nasty import NASTY
from workshop import charts
from workshop.blocks import (
    Bar,
    Bars,
    Basis,
    Block,
    Column,
    Figure,
    Figures,
    Prose,
    Quadrant,
    Quadrants,
    Quote,
    Quotes,
    Table,
    cell,
)
from workshop.charts import beside
from workshop.charts.letters import longest_word
from workshop.language import TAGS, Multilingual, say, text
from workshop.model import Refused
from workshop.report import Report, Section

M = Multilingual
OFFICE = shutil.which("soffice") and shutil.which("pdftotext")
needs_office = pytest.mark.skipif(
    not OFFICE and not os.environ.get("SEDYANKA_TESTS_COMPLETE"), reason="LibreOffice, poppler"
)


@cache
def written(language: str) -> bytes:
    return word.write(rich.report(), language, exact=False)


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def small(*blocks: Block, **changes: Any) -> Report:
    """Return a report with one section; the rest as in the rich one."""
    sections = (Section(key="R5", title=M("Раздел", "Part"), blocks=blocks),)
    return replace(rich.report(synthetic=False, sections=sections), **changes)


def shown(report: Report, language: str = "en", **wishes: Any) -> Any:
    return opened(word.write(report, language, exact=False, **wishes))


def of_style(document: Any, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def everything(document: Any) -> str:
    """Return all text of the body, tables included."""
    return "\n".join(one.text or "" for one in document.element.body.iter(qn("w:t"), qn("w:br")))


# What stands in it


@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_section_is_a_heading_of_its_depth(language):
    document = opened(written(language))
    found = [(one.style.name, one.text) for one in document.paragraphs
             if one.style.name.startswith("Heading")]  # fmt: skip

    def expected(sections: Sequence[Section], depth: int) -> list[tuple[str, str]]:
        lines: list[tuple[str, str]] = []
        for section in sections:
            lines.append((f"Heading {depth}", say(section.title, language)))
            lines += expected(section.sections, min(3, depth + 1))
        return lines

    assert found == expected(rich.chapters(), 1)


def test_headings_are_numbered_by_word_and_annexes_are_not():
    document = opened(written("en"))
    numbered = {
        one.text: one._p.pPr.numPr is not None
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    }
    assert numbered["Executive summary"]
    assert numbered["A closer look at the words"]
    assert not numbered["Annexes"]
    assert not numbered["B. All entries"]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_cover_says_whose_what_when_and_how_final(language):
    report = rich.report()
    said = everything(opened(written(language))).replace("№\u00a0", "№ ")
    for thing in (
        report.series.municipality, report.series.theme, report.series.funding, report.status,
        report.version, report.subtitle, *(one.title for one in report.workshops), *report.days,
    ):  # fmt: skip
        assert say(thing, language) in said


def test_captions_end_with_what_they_rest_on():
    captions = of_style(opened(written("bg")), "Caption")
    weighting = say(text("equal weight per group"), "bg")
    assert captions[1] == (
        f"Фигура 2. Приоритети по точки (n =\u00a024 от 25 с право на глас, {weighting})"
    )
    assert "Таблица 1. Отчетени ангажименти (n =\u00a019 ангажимента)" in captions
    figures = [one for one in captions if one.startswith("Фигура")]
    assert [int(one.split()[1].rstrip(".")) for one in figures] == list(range(1, 10))
    assert all("(n =\u00a0" in one for one in captions)
    codes = "".join(parts(written("bg"))["word/document.xml"].split())
    assert codes.count("SEQФигура") == 9
    assert codes.count("SEQТаблица") == 2


@pytest.mark.parametrize("language", ["bg", "en"])
def test_pictures_are_as_wide_as_the_text_and_say_what_they_show(language):
    document = opened(written(language))
    shapes = document.inline_shapes
    assert len(shapes) == 9  # the star, seven charts, the cloud
    for shape in shapes:
        told = shape._inline.docPr
        assert len(told.get("descr")) > 20
        assert told.get("title")
        assert shape.width <= Mm(160)
    charts_wide = [shape.width for shape in shapes if shape.width == Mm(160)]
    assert len(charts_wide) == 7
    assert shapes[1]._inline.docPr.get("descr") == charts.alt(rich.bars()[0], language)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_tables_repeat_their_head_and_keep_their_rows_whole(language):
    document = opened(written(language))
    table = next(one for one in document.tables if len(one.columns) == 7)
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows[1:])
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    edges = {edge.tag.split("}")[1] for edge in table._tbl.tblPr.find(qn("w:tblBorders"))}
    assert edges == {"top", "bottom", "insideH"}
    wide = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
    assert sum(wide) == pytest.approx(160 / 25.4 * 1440, abs=10)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_cells_say_what_the_block_says_in_the_form_of_the_language(language):
    block = rich.commitments()
    table = next(one for one in opened(written(language)).tables if len(one.columns) == 7)
    for nth, row in enumerate(block.rows, start=1):
        for place, (value, column) in enumerate(zip(row, block.columns, strict=True)):
            found = table.cell(nth, place)
            shown = say(cell(value, column), language)
            if column.kind == "date":  # a day is not parted from its month
                shown = shown.replace(" ", "\u00a0", 1)
            assert found.text == shown
            right = found.paragraphs[0].style.paragraph_format.alignment
            assert (right == 2) == (column.kind not in ("text", "date"))
    assert table.cell(1, 4).text == ("1\xa0234,5" if language == "bg" else "1,234.5")


def test_tables_of_annexes_are_numbered_by_their_letter_and_left_out_of_the_lists():
    table = Table(title="Raw", columns=(Column(head="What"),), rows=(("one",),))
    annexes = Section(
        key="R14",
        title="Annexes",
        sections=(
            Section(key="R14.A", title="A", blocks=(table, table)),
            Section(key="R14.B", title="B", sections=(Section(key="R14.B.1", title="In B",
                                                              blocks=(table,)),)),
        ),
    )  # fmt: skip
    first = Section(key="R1", title="Chapter", blocks=(table,))
    document = shown(replace(small(), sections=(first, annexes)))
    assert of_style(document, "Caption") == [
        "Table 1. Raw", "Table A1. Raw", "Table A2. Raw", "Table B1. Raw"
    ]  # fmt: skip
    assert [one.split("\t")[0] for one in of_style(document, "table of figures")] == [
        "Table 1. Raw"
    ]
    codes = [one.text.strip() for one in document.element.body.iter(qn("w:instrText"))]
    assert [code.split()[1] for code in codes if code.startswith("SEQ")] == [
        "Table", "Table_A", "Table_A", "Table_B"
    ]  # fmt: skip


def test_columns_in_which_nothing_stands_are_left_out():
    heads = (Column(head="Who"), Column(head="Note"), Column(head="How many", kind="count"))
    rows: Any = (("Anna", "", None), ("Boris", "", 2))
    table = shown(small(Table(title="T", columns=heads, rows=rows))).tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == ["Who", "How many"]


def test_a_small_table_is_not_parted_and_a_long_one_may_be():
    def kept(rows: int) -> list[bool]:
        block = Table(title="T", columns=(Column(head="A"),), rows=(("one",),) * rows)
        table = shown(small(block)).tables[-1]
        return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next)
                for row in table.rows]  # fmt: skip

    assert kept(4) == [True] * 4 + [False]
    assert kept(60) == [False] * 61


def test_numbers_and_words_are_whole_in_letters_as_wide_as_noto_sans():
    """Where Calibri is missing, LibreOffice takes Noto: nine tenths of DejaVu, our measure."""
    table, paper = rich.commitments(), Paper(docx.Document(), "bg")
    chosen = columns.plan(paper, table, 160.0)
    em = chosen.size * 25.4 / 72 * 0.92
    for place, column in enumerate(table.columns):
        room = chosen.widths[place] - 2 * columns.SIDE
        for row in table.rows:
            shown_there = paper.said(columns.written(paper, row[place], column))
            assert longest_word(shown_there, em) <= room + 0.01


def crowded(columns: int, *, numbers: bool, words: str = "Обслужване") -> Table:
    kind: Any = "number" if numbers else "text"
    heads = [Column(head="Вариант", width=4)]
    heads += [Column(head=f"Показател номер {nth}", kind=kind) for nth in range(columns)]
    row = ("Единна входна точка за информация и участие",)
    row += tuple((1.5 if numbers else f"{words} {nth}") for nth in range(columns))
    return Table(title="Wide", columns=tuple(heads), rows=(row,) * 3)


def test_heads_stand_upright_before_numbers_are_torn():
    document = shown(small(crowded(10, numbers=True)))
    head = document.tables[-1]._tbl.tr_lst[0]
    turned = [one.get(qn("w:val")) for one in head.iter(qn("w:textDirection"))]
    assert turned == ["btLr"] * 10
    assert head.trPr.find(qn("w:trHeight")) is not None
    few = shown(small(crowded(3, numbers=True))).tables[-1]._tbl.tr_lst[0]
    assert not list(few.iter(qn("w:textDirection")))


def test_a_table_that_is_too_wide_gets_a_turned_page_and_only_that():
    wide = crowded(11, numbers=False)
    document = shown(small(Prose(sentences=("Before.",)), wide, wide, Prose(sentences=("After.",))))
    turned = [round(one.page_width.mm) for one in document.sections]
    assert turned == [210, 297, 210]  # two such tables in a row share the turned pages
    for table in document.tables[-2:]:
        assert sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid) / 56.7 <= 248
    assert [one.different_first_page_header_footer for one in document.sections] == [
        True, False, False
    ]  # fmt: skip
    for section in document.sections:
        assert section.header.paragraphs[0].text.endswith("\tinterim")
        assert section.footer.paragraphs[0].text == "Page 1 of 1"


def test_a_heading_comes_along_to_the_turned_page():
    sections = (
        Section(key="R5", title="One", blocks=(Prose(sentences=("Text.",)),)),
        Section(key="R6", title="Two", blocks=(crowded(11, numbers=False),)),
    )
    document = shown(replace(small(), sections=sections))
    ends = [one for one in document.paragraphs if one._p.pPr is not None
            and one._p.pPr.find(qn("w:sectPr")) is not None]  # fmt: skip
    assert ends[0].text == "Text."


def test_big_numbers_stand_in_a_row_without_lines():
    table = next(one for one in opened(written("bg")).tables if len(one.columns) == 4)
    assert [one.paragraphs[0].text for one in table.rows[0].cells] == ["96%", "32", "19", "1,84"]
    assert all(one.paragraphs[0].style.name == "Pull Number" for one in table.rows[0].cells)
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None


@pytest.mark.parametrize(("count", "rows", "columns"), [(1, 1, 1), (4, 1, 4), (5, 2, 3), (8, 2, 4)])
def test_many_big_numbers_are_shared_out_evenly(count, rows, columns):
    figures = tuple(Figure(value=nth, label=f"label {nth}") for nth in range(count))
    table = shown(small(Figures(figures=figures))).tables[-1]
    assert (len(table.rows), len(table.columns)) == (rows, columns)


def test_tones_of_prose_have_their_style_and_caution_says_so():
    document = opened(written("bg"))
    assert of_style(document, "Caution") == [
        "Внимание. Редът между тях остава нерешен (10 : 10 при пряко сравнение)."
    ]
    assert len(of_style(document, "Finding")) == 1
    for style in ("Finding", "Caution"):
        rule = document.styles[style].element.find(qn("w:pPr") + "/" + qn("w:pBdr"))
        assert [edge.tag for edge in rule] == [qn("w:left")]


def test_quadrants_are_two_by_two_with_letter_name_entries_support_and_more():
    table = next(one for one in opened(written("en")).tables if len(one.columns) == 2
                 and "Strengths" in one.cell(0, 0).text)  # fmt: skip
    assert table.cell(0, 0).text.startswith("S  Strengths")
    assert "S1 A working report-a-problem portal that answers fast (said by 7 people)" in (
        table.cell(0, 0).text
    )
    assert "and 11 more" in table.cell(0, 0).text
    assert table.cell(1, 1).text.endswith("no entries")


def test_words_in_another_language_are_marked():
    document = opened(written("en"))
    run = next(one for one in document.element.body.iter(qn("w:r"))
               if "Няма един адрес" in "".join(t.text for t in one.iter(qn("w:t"))))  # fmt: skip
    assert run.rPr.find(qn("w:lang")).get(qn("w:val")) == "bg-BG"
    assert "[BG]" in everything(document)


def test_pictures_have_their_note_and_source_below():
    notes = of_style(opened(written("en")), "Source")
    assert "The lines show the 95% interval. Source: the workshops of this series." in notes
    assert notes.count("Source: the workshops of this series.") == 5


def test_a_cloud_is_labelled_as_an_illustration():
    assert any("illustrates" in one for one in of_style(opened(written("en")), "Source"))


def test_an_empty_part_says_so():
    assert "Nothing was collected for this part." in everything(opened(written("en")))
    assert "There is nothing to show here yet." in everything(
        shown(
            small(
                Table(title="t", columns=(Column(head="h"),), rows=()), Quotes(title="q", quotes=())
            )
        )
    )


# What it says about itself


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_language_is_told_everywhere(language):
    content = written(language)
    document, tag = opened(content), TAGS[language]
    assert document.core_properties.language == tag
    told = document.styles.element.find(
        "/".join(qn(one) for one in ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"))
    )
    assert told.get(qn("w:val")) == tag
    assert "Theme=" not in parts(content)["word/styles.xml"].split("</w:docDefaults>")[0]


def test_the_title_fits_where_word_keeps_it():
    document = shown(small(title="т" * 400))
    assert 0 < len(document.core_properties.title) <= 255
    assert document.core_properties.author == "Municipality of Bryast"


@pytest.mark.parametrize("language", ["bg", "en"])
def test_invented_data_is_told_on_every_page(language):
    section = opened(written(language)).sections[0]
    assert section.different_first_page_header_footer
    for header in (section.header, section.first_page_header):
        said = "\n".join(one.text for one in header.paragraphs)
        assert say(rich.WARNING, language) in said
        assert header._element.xpath(".//*[local-name()='textpath']")


def test_real_data_has_no_warning():
    content = word.write(small(), "bg", exact=False)
    assert not any(rich.WARNING.bg in part for part in parts(content).values())
    assert not any("PowerPlusWaterMark" in part for part in parts(content).values())


def test_pages_are_a4_with_title_status_and_page_numbers():
    section = opened(written("en")).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert {round(side.mm) for side in (section.left_margin, section.right_margin,
            section.top_margin, section.bottom_margin)} == {25}  # fmt: skip
    assert section.header.paragraphs[0].text.endswith("\tinterim")
    assert section.footer.paragraphs[0].text == "Page 1 of 1"
    codes = [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_missing_checks_are_listed_until_all_are_met():
    assert "not yet met" in everything(opened(written("en")))
    met = small(readiness=((text("All objections are printed"), True),))
    assert "Before this report is final" not in everything(shown(met))


# Contents

LISTED = ("Heading 1", "Heading 2")


@pytest.mark.parametrize("language", ["bg", "en"])
def test_contents_list_headings_to_the_second_and_captions_of_the_chapters_as_links(language):
    document = opened(written(language))
    body = document.element.body
    places = {
        mark.get(qn("w:name"))
        for one in document.paragraphs
        if one.style.name in (*LISTED, "Caption") and not re.match(r"\w+ [A-H]\d", one.text)
        for mark in one._p.iter(qn("w:bookmarkStart"))
    }
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    assert len(links) == len(set(links)) == len(places)
    assert set(links) == places
    codes = [one.text.strip() for one in body.iter(qn("w:instrText"))]
    assert 'TOC \\o "1-2" \\h \\z \\u' in codes
    assert sum(code.startswith("TOC") for code in codes) == 3
    assert sum(code.startswith("PAGEREF") for code in codes) == len(links)
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    first = next(one for one in document.paragraphs if one.style.name == "toc 1")
    title = say(rich.chapters()[0].title, language)
    assert re.fullmatch(rf"1\t{title}\t\d+", "".join(
        "\t" if one.tag == qn("w:tab") else one.text or ""
        for one in first._p.iter(qn("w:t"), qn("w:tab")) if one.getparent().tag == qn("w:r")
    ))  # fmt: skip


def test_word_is_not_made_to_ask_about_fields():
    for name, part in parts(written("en")).items():
        assert "w:dirty" not in part, name
        assert "updateFields" not in part, name


def page_numbers(content: bytes) -> list[int]:
    said = []
    for link in opened(content).element.body.iter(qn("w:hyperlink")):
        said.append(int([one.text for one in link.iter(qn("w:t"))][-1]))
    return said


def test_page_numbers_without_libreoffice_grow_and_are_plausible(monkeypatch):
    monkeypatch.setattr(paging.shutil, "which", lambda name: None)
    content = word.write(rich.report(), "en")
    headings = page_numbers(content)[: sum(1 for _ in opened(content).paragraphs
                                           if _.style.name in LISTED)]  # fmt: skip
    assert headings == sorted(headings)
    assert headings[0] == 3
    assert 8 <= headings[-1] <= 12


@needs_office
def test_page_numbers_are_those_of_the_laid_out_document(tmp_path):
    content = word.write(rich.report(), "bg")
    pages = told_pages(content, tmp_path)
    numbers = page_numbers(content)
    titles = [one.text for one in opened(content).paragraphs if one.style.name in LISTED]
    for title, number in zip(titles, numbers, strict=False):
        assert title in pages[number - 1]
    links = opened(content).element.body.iter(qn("w:hyperlink"))
    estimate = paging.estimated(opened(content))
    for link, number in zip(links, numbers, strict=True):
        assert abs(estimate[link.get(qn("w:anchor"))] - number) <= 1


def test_a_failing_libreoffice_leaves_the_estimate(monkeypatch, tmp_path, caplog):
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(paging.shutil, "which", lambda name: str(broken))
    with caplog.at_level(logging.WARNING):
        content = word.write(small(), "en")
    assert page_numbers(content)
    assert "page numbers are estimated" in caplog.text


def told_pages(content: bytes, folder: Path) -> list[str]:
    """Return the text of each page as LibreOffice prints the document."""
    (folder / "r.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "r.docx")], check=True, capture_output=True, timeout=120)
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "r.pdf"), "-"], check=True, capture_output=True
    )
    return done.stdout.decode("utf-8").split("\f")


@needs_office
def test_every_printed_page_carries_the_warning(tmp_path):
    pages = [page for page in told_pages(written("bg"), tmp_path) if page.strip()]
    assert len(pages) > 8
    assert all(rich.WARNING.bg in page for page in pages)


# Hostile text


def hostile_report(hostile: str) -> Report:
    m = M(hostile, hostile)
    quote = Quote(words=m, by=m, label=hostile, support=2)
    series = replace(rich.report().series, municipality=m, theme=m, funding=m, warning=m)
    blocks: tuple[Block, ...] = (
        Prose(sentences=(m,)),
        Prose(sentences=(m,), tone="caution"),
        Figures(figures=(Figure(value=m, label=m),)),
        Quotes(title=m, quotes=(quote,)),
        Quadrants(title=m, quadrants=(Quadrant(letter=m, name=m, quotes=(quote,)),) * 4),
        Table(title=m, columns=(Column(head=m),), rows=((m,),), note=m),
        Bars(title=m, axis=m, bars=(Bar(label=m, value=1, mark=m),), note=m),
    )
    workshop = replace(rich.report().workshops[0], title=m)
    sections = (Section(key="R5", title=m, blocks=blocks),)
    return replace(rich.report(), series=series, title=m, subtitle=m, workshops=(workshop,),
                   sections=sections, version=hostile)  # fmt: skip


def visible(words: str) -> str:
    """Return what must be found again: signs XML forbids become U+FFFD, spaces may differ."""
    from workshop.printable import printable

    return "".join(printable(words).split())


@pytest.mark.parametrize("name", [one for one in NASTY if one not in ("long", "one word")])
def test_hostile_text_is_kept_as_text(name):
    content = word.write(hostile_report(NASTY[name]), "en", exact=False)
    document = opened(content)
    said = "".join("".join(one.text or "" for one in document.element.body.iter(qn("w:t"))).split())
    assert said.count(visible(NASTY[name])) >= 8
    for part in parts(content).values():
        assert "w:altChunk" not in part


@pytest.mark.parametrize("name", ["long", "one word"])
def test_endless_text_makes_a_valid_document(name):
    document = shown(hostile_report(NASTY[name]))
    assert len(everything(document)) > 300_000
    assert all(len(one._inline.docPr.get("descr")) < 2_000 for one in document.inline_shapes)


@needs_office
def test_the_whole_corpus_in_one_document_opens_in_libreoffice(tmp_path):
    sections = tuple(
        hostile_report(hostile).sections[0]
        for name, hostile in NASTY.items()
        if name not in ("long", "one word")
    )
    pages = told_pages(word.write(small(), "en", exact=False), tmp_path)
    assert pages
    content = word.write(replace(rich.report(), sections=sections), "en", exact=False)
    assert len(told_pages(content, tmp_path)) > 10


def test_thousands_of_rows_take_seconds():
    rows = tuple(
        (f"E{nth}", M(f"Запис номер {nth} със среден текст", ""), nth) for nth in range(2_000)
    )
    columns = (Column(head="No."), Column(head="Words", width=5), Column(head="n", kind="count"))
    document = shown(small(Table(title="Entries", columns=columns, rows=rows)))
    assert len(document.tables[-1]._tbl.tr_lst) == 2_001


# Failing pictures


def no_renderer(*_: Any, **__: Any) -> Any:
    raise RuntimeError("renderer gone")


@pytest.mark.parametrize(
    "block", [*rich.bars(), rich.heat(), rich.cloud()], ids=lambda one: str(one.title)
)
def test_a_picture_that_fails_becomes_its_table(block, monkeypatch, caplog):
    monkeypatch.setattr(charts.Sketch, "png", no_renderer)
    monkeypatch.setattr(charts, "cloud", no_renderer)
    with caplog.at_level(logging.ERROR):
        document = shown(small(block))
    assert "The picture could not be drawn; its numbers stand in the table." in everything(document)
    assert document.tables[-1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert "renderer gone" in caplog.text


def test_pictures_are_drawn_here_when_the_process_beside_is_gone(monkeypatch, caplog):
    before = shown(small(*rich.bars(), rich.cloud()))
    monkeypatch.setattr("exports.word.document.Beside", beside.Beside)  # one of its own
    monkeypatch.setattr(beside.sys, "executable", shutil.which("false"))
    with caplog.at_level(logging.ERROR):
        here = shown(small(*rich.bars(), rich.cloud()))
    assert "drawing here" in caplog.text
    assert drawn(here) == drawn(before)
    assert len(drawn(here)) == len(here.inline_shapes)


def drawn(document: Any) -> set[bytes]:
    return {part.blob for part in document.part.package.image_parts if len(part.blob) > 1_000}


# Templates


def template(tmp_path: Path, change: Callable[[Any], None] = lambda document: None) -> Path:
    document = docx.Document()
    document.add_paragraph("Sample text of the letterhead")
    document.sections[0].header.paragraphs[0].text = "Municipality letterhead"
    change(document)
    path = tmp_path / "template.docx"
    document.save(str(path))
    return path


def test_a_template_keeps_its_header_and_styles_and_loses_its_text(tmp_path):
    def dress(document: Any) -> None:
        document.styles["Heading 1"].font.name = "Georgia"

    document = shown(rich.report(), template=template(tmp_path, dress))
    assert document.styles["Heading 1"].font.name == "Georgia"
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Municipality letterhead"
    assert rich.WARNING.en in "".join(one.text for one in section.header.paragraphs)
    assert section.footer.paragraphs[0].text == "Page 1 of 1"
    assert "Sample text" not in everything(document)
    assert "Executive summary" in everything(document)


def test_a_template_whose_pages_have_no_numbers_gets_them_under_its_own_footer(tmp_path):
    def sign(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = "Quality system 9001"

    def number(document: Any) -> None:
        sign(document)
        markup.field(document.sections[0].footer.paragraphs[0], "PAGE", "1")

    footer = shown(rich.report(), template=template(tmp_path, sign)).sections[0].footer
    said = [one.text for one in footer.paragraphs]
    assert said[0] == "Quality system 9001"
    assert said[1].startswith("Maturity analysis")
    assert said[1].endswith("interim · Page 1 of 1")
    footer = shown(rich.report(), template=template(tmp_path, number)).sections[0].footer
    assert [one.text for one in footer.paragraphs] == ["Quality system 90011"]


def test_turned_pages_do_not_repeat_the_warning_in_a_templates_header(tmp_path):
    report = replace(rich.report(), sections=small(crowded(11, numbers=False)).sections)
    document = shown(report, template=template(tmp_path))
    assert len(document.sections) == 3
    for section in document.sections:
        said = "\n".join(one.text for one in section.header.paragraphs)
        assert said.count(rich.WARNING.en) == 1


def test_a_header_of_an_earlier_section_is_still_shown(tmp_path):
    document = shown(rich.report(), template=template(tmp_path, lambda one: one.add_section()))
    assert document.sections[-1].header.paragraphs[0].text == "Municipality letterhead"


def test_a_lean_template_gets_the_styles_it_lacks(tmp_path):
    def strip(document: Any) -> None:
        for style in list(document.styles):
            if style.name not in ("Normal", "Default Paragraph Font", "Normal Table", "No List"):
                style.delete()
        part = document.part
        for key, link in list(part.rels.items()):
            if link.reltype.endswith(("/numbering", "/settings", "/theme", "/fontTable")):
                del part.rels[key]

    document = shown(rich.report(), "bg", template=template(tmp_path, strip))
    names = {style.name for style in document.styles}
    assert {"Heading 1", "Caption", "List Bullet", "toc 1", "Table Text", "Workshop Table"} <= names
    assert "Резюме" in everything(document)


def test_headings_that_a_template_numbers_are_not_numbered_twice(tmp_path):
    def number(document: Any) -> None:
        properties = document.styles["Heading 1"].element.get_or_add_pPr()
        properties.get_or_add_numPr()

    document = shown(rich.report(), template=template(tmp_path, number))
    assert all(one._p.pPr.numPr is None for one in document.paragraphs
               if one.style.name.startswith("Heading"))  # fmt: skip


def repacked(source: Path, change: Callable[[str, bytes], bytes], extra: dict[str, bytes]) -> Path:
    target = source.with_name("changed.docx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in extra.items():
            new.writestr(name, content)
    return target


def with_link(kind: str) -> Callable[[str, bytes], bytes]:
    link = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
        "</Relationships>"
    )

    def change(name: str, content: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            return content.replace(b"</Relationships>", link.encode())
        return content

    return change


def with_field(code: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        field = b"<w:r><w:instrText> " + code + b" </w:instrText></w:r>"
        return content.replace(b"<w:r>", field + b"<w:r>", 1) if "header" in name else content

    return change


def same(name: str, content: bytes) -> bytes:
    return content


@pytest.mark.parametrize(
    ("change", "extra"),
    [
        (same, {"word/vbaProject.bin": b"x"}),
        (same, {"word/embeddings/oleObject1.bin": b"x"}),
        (with_link("attachedTemplate"), {}),
        (with_link("image"), {}),
        (with_field(b"DDEAUTO c:\\\\x"), {}),
        (with_field(b'INCLUDEPICTURE "http://127.0.0.1:9/x"'), {}),
        (lambda name, content: content.replace(b"wordprocessingml.document.main",
                                               b"wordprocessingml.template.main"), {}),
        (lambda name, content: b"<!DOCTYPE x>" + content if "styles" in name else content, {}),
    ],
)  # fmt: skip
def test_a_template_that_passes_on_more_than_its_look_is_refused(change, extra, tmp_path):
    with pytest.raises(Refused) as refused:
        word.write(small(), "en", template=repacked(template(tmp_path), change, extra), exact=False)
    assert say(refused.value.reason, "bg").endswith(".")


def test_an_address_in_a_letterhead_is_no_danger(tmp_path):
    path = repacked(template(tmp_path), with_link("hyperlink"), {})
    assert word.write(small(), "en", template=path, exact=False)


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04torn"])
def test_what_is_no_document_is_refused(content, tmp_path):
    path = tmp_path / "t.docx"
    path.write_bytes(content)
    with pytest.raises(Refused):
        word.write(small(), "en", template=path, exact=False)
    with pytest.raises(Refused):
        word.write(small(), "en", template=tmp_path / "missing.docx", exact=False)


def test_a_spreadsheet_is_not_taken_for_a_template(tmp_path):
    from exports import excel

    path = tmp_path / "t.docx"
    path.write_bytes(excel.write("t", (), "en", M()))
    with pytest.raises(Refused):
        word.write(small(), "en", template=path, exact=False)


# The schema


def validator() -> list[str] | None:
    """Return the command of the Open XML validator, where the machine has it."""
    given = os.environ.get("SEDYANKA_OOXML_VALIDATOR")
    if given:
        return [given]
    found = shutil.which("ooxml-validator")
    return [found] if found else None


@pytest.mark.skipif(
    validator() is None and not os.environ.get("SEDYANKA_TESTS_COMPLETE"),
    reason="SEDYANKA_OOXML_VALIDATOR is not set",
)
@pytest.mark.parametrize("kind", ["bg", "en", "hostile", "template", "turned"])
def test_documents_follow_the_schema(kind, tmp_path):
    if kind == "hostile":
        sections = tuple(hostile_report(one).sections[0] for one in NASTY.values())
        content = word.write(replace(rich.report(), sections=sections), "bg", exact=False)
    elif kind == "turned":
        content = word.write(small(crowded(11, numbers=False), crowded(10, numbers=True)), "bg")
    elif kind == "template":
        content = word.write(rich.report(), "bg", template=template(tmp_path), exact=False)
    else:
        content = written(kind)
    (tmp_path / "r.docx").write_bytes(content)
    command = validator()
    assert command is not None
    done = subprocess.run([*command, str(tmp_path / "r.docx")], capture_output=True, timeout=120)
    told = json.loads(done.stdout)
    assert told["errors"] == []
    assert told["ok"]


def test_the_basis_is_said_with_its_unit():
    from workshop.captions import basis_line

    assert basis_line(None, "bg") == ""
    assert basis_line(Basis(n=1), "bg") == "n = 1 участник"
    assert basis_line(Basis(n=21), "bg") == "n = 21 участници"
    assert basis_line(Basis(n=2, unit="entries"), "bg") == "n = 2 записа"
    assert basis_line(Basis(n=5, of=16, unit="organisations"), "en") == "n = 5 of 16 organisations"
    assert basis_line(rich.ANSWERED, "en") == (
        "n = 22 of 25 participants; groups below 3 people are not shown"
    )
