"""What can be taken home, and the way in for an archive of another installation."""

from __future__ import annotations

import io
import json

import docx
import pytest

from screens import files, letterhead, packed
from tests.screens.coordination import Coordination, folded_out, press, told
from workshop.model import Refused
from workshop.toolkit import Toolkit


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Coordination:
    return Coordination(toolkit, monkeypatch)


def template() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def test_every_file_has_an_address_signed_for_the_reader(work: Coordination) -> None:
    series = work.series()
    workshop = work.workshop(series, "swot")
    page = work.open("documents.py")
    orders = [
        files.read(link.url.rsplit("/", 1)[-1], work.member) for link in page.get("link_button")
    ]
    known = {(one.kind, one.about, one.language) for one in orders if one}
    assert known == {
        ("word", series.id, "bg"),
        ("word", series.id, "en"),
        ("excel", workshop.id, "en"),
        ("archive", workshop.id, "en"),
        ("archive", series.id, "en"),
    }
    other, _ = work.toolkit.accounts.create(None, "Елена", "coordinator")
    assert files.read(page.get("link_button")[0].url.rsplit("/", 1)[-1], other) is None


def test_the_page_says_how_finished_the_report_is(work: Coordination) -> None:
    series = work.series()
    workshop = work.workshop(series, "swot")
    assert "interim" in told(work.open("documents.py"))
    work.toolkit.library.finish_workshop(work.member, workshop.id)
    assert "draft" in told(work.open("documents.py"))


def test_a_report_is_marked_as_final_after_its_checklist(work: Coordination) -> None:
    series = work.series()
    work.workshop(series, "swot")
    page = work.open("documents.py")
    page.toggle(key="report.readiness").set_value(True).run()
    assert not page.exception
    assert [one.value for one in page.checkbox].count(False) >= 1
    assert "Not everything in the list is met." in told(page)
    press(page, f"{series.id}.final:yes")
    assert work.toolkit.library.series(series.id).final
    press(page, f"{series.id}.again")
    assert not work.toolkit.library.series(series.id).final


def test_an_own_template_goes_into_the_order_of_the_report(work: Coordination) -> None:
    work.series()
    page = work.open("documents.py")
    page.file_uploader(key="report.template").upload("letter.docx", template()).run()
    assert not page.exception
    order = files.read(page.get("link_button")[0].url.rsplit("/", 1)[-1], work.member)
    assert order is not None
    assert order.template.endswith(".docx")
    page.file_uploader(key="report.template").upload("letter.docx", b"not Word").run()
    assert "not a Word file" in folded_out(page)


def test_what_streamlit_says_in_english_is_said_in_the_readers_language(work: Coordination) -> None:
    work.series()
    styles = "".join(str(one.value) for one in work.open("documents.py", language="bg").html)
    assert '--sed-unfit: "Този файл не е приет: от друг вид е или е по-голям от 10 MB."' in styles
    assert "content: var(--sed-unfit)" in styles


def test_a_template_is_kept_once_and_not_for_ever(tmp_path: object) -> None:
    home = letterhead.Path(str(tmp_path)) / "kept"
    first = letterhead.keep(template(), home)
    assert letterhead.keep(first.read_bytes(), home) == first
    assert home.stat().st_mode & 0o077 == 0
    old = first.stat().st_mtime - letterhead.HOURS * 3600 - 1
    letterhead.os.utime(first, (old, old))
    other = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Друг образец")
    document.save(other)
    letterhead.keep(other.getvalue(), home)
    assert not first.exists()
    with pytest.raises(Refused):
        letterhead.keep(b"x" * (packed.MOST_BYTES + 1), home)


@pytest.mark.parametrize(
    "content", [b"", b"{torn", b"[1, 2]", b"\xff\xfe\x00", b"[" * 100_000, b'{"format": "other"}']
)
def test_a_torn_or_foreign_archive_is_one_sentence(work: Coordination, content: bytes) -> None:
    page = work.open("documents.py")
    page.file_uploader[-1].upload("archive.json", content).run()
    press(page, "archive.load")
    assert len(page.error) == 1
    assert work.toolkit.library.all_series() == []


def test_an_archive_is_brought_in_by_another_installation(
    work: Coordination, tmp_path: object
) -> None:
    series = work.series()
    work.workshop(series, "swot", "dots")
    content = json.dumps(work.toolkit.archive.dump(series.id), default=str).encode()
    with Toolkit.open(f"sqlite:///{tmp_path}/other.db") as other:
        elsewhere = Coordination(other, work.monkeypatch)
        page = elsewhere.open("documents.py")
        page.file_uploader[-1].upload("archive.json", content).run()
        press(page, "archive.load")
        assert [one.short_name for one in other.library.all_series()] == ["brezovo"]
        assert len(other.library.workshops(series.id)) == 1
