"""Hostile words are words: as typed on phones, in Excel and in Word, and nothing happens there."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from contextlib import nullcontext
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from tests.commands import Run
from tests.lobby import Lobby, Meeting, Phone, form_of, plain, sentence_of
from tests.nasty import NASTY
from workshop.language import Language, say, text
from workshop.model import StageDraft

SWOT = StageDraft(exercise="swot", settings={"wall": 12, "each": 60})
REFUSED = {"lone surrogates": 400, "long": 422, "one word": 422}
"""What is not accepted at all, and how it is answered."""
LABELS = (text("How firmly can you promise it?"), text("We commit to …"))
"""What stands before a field that was left empty, or filled with nothing but spaces."""
CHANGED = {
    "nul", "controls", "escape", "c1", "line separators", "non-characters", "direction",
    "zero width", "zalgo", "tab formula", "line breaks", "spaces",
}  # fmt: skip
"""What hides something: it is taken out. All others come back sign by sign."""
NAMES = ("formula", "script", "faces", "arabic", "template", "at")
"""What people call their organisation at the door."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control signs and what turns a line around: on no page, not even in what comes back."""
INVISIBLE = re.compile(
    "[\u00ad\u200b\u200c\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\ufffe\uffff]"
)
"""Not kept either; in one's own form they do no harm."""


class Tags(HTMLParser):
    """Notes whatever on a page a browser would run, load or follow elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        known = {name: value or "" for name, value in attrs}
        if tag in ("img", "iframe", "object", "embed", "base", "style"):
            self.alive.append(tag)
        if tag == "script" and not known.get("src", "").startswith("/a/"):
            self.alive.append(tag)
        self.alive += [name for name in known if name.startswith("on")]
        ways = [known.get(name, "/") for name in ("href", "src", "action", "formaction")]
        self.alive += [one for one in ways if not re.match(r"[/#?]|data:,$", one)]


def harmless(page: httpx.Response) -> httpx.Response:
    """See that a page shows words and does nothing with them."""
    assert Tags(page.text).alive == []
    assert not UNSEEN.search(unescape(page.text)), repr(UNSEEN.search(unescape(page.text)))
    return page


def own_words(page: httpx.Response) -> set[str]:
    """Return the words of somebody's entries as their page lists them."""
    own = page.text.partition('<section class="own">')[2]
    listed = re.findall(r'<p class="words"[^>]*>(.*?)</p>', own, re.DOTALL)
    return {" ".join(unescape(one).split()) for one in listed}


def write_all(meeting: Meeting, phones: Sequence[Phone]) -> set[str]:
    """Send every hostile text; return those that were accepted as they should come back."""
    accepted = set()
    for place, (name, hostile) in enumerate(NASTY.items()):
        phone = phones[place % len(phones)]
        form = phone.form(f"{meeting.here}?step={'SWOT'[place % 4]}")
        with meeting.lobby.unchanged() if name in REFUSED else nullcontext():
            page = harmless(phone.send(form, {"text": f"{hostile} така"}))
        assert page.status_code == REFUSED.get(name, 200), name
        if name in REFUSED:
            assert sentence_of(page)
            continue
        stored = meeting.entries()[-1].entry.text
        assert name in CHANGED or stored == f"{hostile} така"
        assert not UNSEEN.search(stored), name
        assert not INVISIBLE.search(stored), name
        accepted.add(" ".join(stored.split()))
        assert " ".join(stored.split()) in own_words(page), name
    return accepted


@pytest.mark.parametrize("language", ["bg", "en"])
def test_hostile_words_are_words_wherever_they_are_told(
    lobby: Lobby, sedyanka: Run, tmp_path: Path, language: Language
) -> None:
    meeting = lobby.meeting(SWOT)
    meeting.move("open")
    group = meeting.groups[2].id
    phones = []
    for name in NAMES:
        phones.append(lobby.phone(language))
        page = phones[-1].enter(meeting, f"other-{group}", **{f"name-{group}": NASTY[name]})
        assert NASTY[name] in unescape(harmless(page).text)
    words = write_all(meeting, phones)
    meeting.move("locked", "revealed")
    told = plain(harmless(phones[1].get(meeting.here)).text)
    assert [one for one in words if one not in told] == []
    words |= {NASTY[name] for name in NAMES}
    book, paper = tmp_path / "book.xlsx", tmp_path / "report.docx"
    for said in (
        ("export", meeting.workshop.code, "--format", "xlsx", "-o", str(book)),
        ("report", meeting.series.short_name, "-o", str(paper)),
    ):
        where = ("--language", language, "--database", str(lobby.database))
        assert sedyanka(*said, *where, language=language).stderr == ""
    cells = cells_of(book.read_bytes())
    assert [one for one in words if (f"'{one}" if one[0] in "=+-@＝" else one) not in cells] == []
    printed = words_of(paper.read_bytes())
    assert [one for one in words if one not in printed] == []


def cells_of(content: bytes) -> set[str]:
    """Return the texts of a workbook, having seen that none of them is a formula or a link."""
    from openpyxl import load_workbook

    found = set()
    for sheet in load_workbook(io.BytesIO(content)):
        for cell in (one for row in sheet.iter_rows() for one in row):
            assert cell.data_type != "f", cell.value
            assert cell.hyperlink is None or not cell.hyperlink.target, cell.value
            if isinstance(cell.value, str):
                found.add(" ".join(cell.value.split()))
    return found


def words_of(content: bytes) -> str:
    """Return all words of a document, having seen that it opens nothing outside of itself."""
    from docx import Document

    document = Document(io.BytesIO(content))
    outside = [one for one in document.part.rels.values() if one.is_external]
    assert outside == []
    fields = document.element.body.xpath("//w:instrText | //w:fldSimple/@w:instr")
    told = {str(getattr(one, "text", one)).split()[0] for one in fields}
    assert told <= {"TOC", "PAGE", "NUMPAGES", "PAGEREF", "REF", "SEQ", "STYLEREF"}
    words = document.element.body.xpath("//w:p")
    return " ".join(" ".join("".join(one.itertext()).split()) for one in words)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_is_refused_comes_back_as_harmless_as_what_is_taken(
    lobby: Lobby, language: Language
) -> None:
    meeting = lobby.shared(StageDraft(exercise="commitments"))
    phone = meeting.welcome(language)
    form = phone.form(meeting.here)
    with lobby.unchanged():
        for name, hostile in NASTY.items():
            if name in REFUSED:
                continue
            page = harmless(phone.send(form, {"action": hostile}))  # without how firm it is
            assert page.status_code == 422, name
            named = LABELS[not hostile.strip()]
            assert sentence_of(page) == say(text("Please fill this in."), language), name
            assert f"<b>{say(named, language)}</b>" in page.text, name
            back = form_of(page).values["action"]
            assert name in CHANGED or back == hostile
            assert visible(back) == visible(hostile), name


def visible(words: str) -> str:
    """Return the letters, numbers and signs of a text."""
    return "".join(one for one in words if unicodedata.category(one)[0] in "LNPS")
