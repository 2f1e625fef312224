"""The sheet of tickets: what stands on the cards, that they can be read, and that they fit."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from exports.word import tickets
from tests.exports.test_word import needs_office
from workshop.language import Multilingual
from workshop.model import Series, Ticket, Workshop
from workshop.store.tickets import new_ticket

SERIES = Series(
    id="s", short_name="lozen", municipality=Multilingual("Лозен", "Lozen"),
    theme=Multilingual("Участие", "Taking part"), synthetic=True,
    warning=Multilingual("Всичко тук е измислено.", "Everything here is invented."),
)  # fmt: skip
SHOP = Workshop(
    id="w", series_id="s", short_name="lozen-1", code="ACDEFH", day=date(2026, 12, 3),
    title=Multilingual("Първа среща за <цифровия> преход на общината и гражданите ѝ, с дълго име"),
)  # fmt: skip
ADDRESS = "http://192.168.100.200:8501/j"


def issued(number: int) -> list[Ticket]:
    return [Ticket(id=str(place), code=new_ticket(), state="free") for place in range(number)]


def test_each_ticket_that_is_left_is_on_one_card_with_its_address() -> None:
    known = [
        *issued(3),
        Ticket(id="u", code="USED2222", state="used"),
        Ticket(id="v", code="VTTD3333", state="void"),
    ]
    document = docx.Document(io.BytesIO(tickets.write(SERIES, SHOP, known, ADDRESS, "en")))
    said = "\n".join(one.text or "" for one in document.element.body.iter(qn("w:t")))
    for one in known[:3]:
        assert f"{one.code[:4]} {one.code[4:]}" in said
    assert "USED" not in said
    assert "VTTD" not in said
    assert "192.168.100.200:8501/j" in said
    assert "ACDEFH" in said
    assert "Everything here is invented." in document.sections[0].header.paragraphs[0].text
    pictures = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert pictures == [f"QR code of the ticket {one.code[:4]} {one.code[4:]}" for one in known[:3]]


@needs_office
@pytest.mark.parametrize(("number", "pages"), [(14, 1), (15, 2), (28, 2)])
def test_fourteen_cards_fill_a_page_and_none_spills(
    tmp_path: Path, number: int, pages: int
) -> None:
    file = tmp_path / "tickets.docx"
    known = issued(number)
    file.write_bytes(tickets.write(SERIES, SHOP, known, ADDRESS, "bg"))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(tmp_path), str(file),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    made = (tmp_path / "tickets.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == pages
