"""Bad files, ports and fonts: one sentence in the person's language, and nothing is touched."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from exports.archive import LARGEST
from tests.commands import Done, Run, refused
from tests.lobby import dump
from tests.postgres import free_port
from tests.test_contract import play
from workshop.charts import letters
from workshop.language import Language, Text, say, text
from workshop.toolkit import Toolkit

NO_ARCHIVE = text("This file is damaged or not an archive of Sedyanka.")
FOREIGN_ARCHIVE = text("This file is not an archive of Sedyanka.")
NEWER_ARCHIVE = text(
    "This archive was made by a newer version of Sedyanka. Please update the program."
)
FOREIGN = text("This database belongs to another program. Sedyanka did not touch it.")
NEWER = text(
    "This database was made by a newer version of Sedyanka. Update the program; "
    "the database was not touched."
)
FONTS = text("The fonts for charts are missing: install the program again.")

both_languages = pytest.mark.parametrize("language", ["bg", "en"])
Archive = dict[str, Any]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which a vote is told, made once."""
    file = tmp_path_factory.mktemp("prepared") / "sedyanka.db"
    with Toolkit.open(str(file)) as toolkit:
        play(toolkit, "dots")
    return file


@pytest.fixture
def house(prepared: Path, database: str) -> str:
    """A copy of it for one story."""
    shutil.copy(prepared, database)
    return database


@pytest.fixture
def archive(prepared: Path) -> Archive:
    """The series in it as an archive."""
    with Toolkit.open(str(prepared), write=False) as toolkit:
        return toolkit.archive.dump(toolkit.library.all_series()[0].id)


def one_sentence(done: Done, reason: Text, language: Language) -> None:
    """See that a command ended with this one sentence, said in the language asked for."""
    words = refused(done)
    assert words == say(reason, language)
    assert bool(re.search("[А-Яа-я]", words)) is (language == "bg")
    assert done.stdout == ""


@both_languages
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", NO_ARCHIVE),
        (b"{", NO_ARCHIVE),
        (b"[]", NO_ARCHIVE),
        (b"[" * 100_000, NO_ARCHIVE),
        (b"\xff\xfe\x00", NO_ARCHIVE),
        (b"PK\x03\x04", NO_ARCHIVE),
        (b"\x00" * (LARGEST + 1), text("This file is too large to be an archive of a workshop.")),
        (b'{"type": "FeatureCollection", "features": []}', FOREIGN_ARCHIVE),
    ],
    ids=["empty", "brace", "list", "deep", "binary", "zip", "huge", "other-json"],
)
def test_a_file_that_is_no_archive(
    sedyanka: Run, house: str, tmp_path: Path, language: Language, content: bytes, reason: Text
) -> None:
    before, file = dump(Path(house)), tmp_path / "series.json"
    file.write_bytes(content)
    done = sedyanka("import", str(file), "--database", house, language=language)
    one_sentence(done, reason, language)
    assert dump(Path(house)) == before
    assert file.read_bytes() == content


def _without(part: str) -> Callable[[Archive], Archive]:
    return lambda archive: {name: rows for name, rows in archive.items() if name != part}


def _torn_line(archive: Archive) -> Archive:
    return archive | {"workshops": [archive["workshops"][0] | {"day": "soon"}]}


def _torn(why: Text) -> Text:
    return text("This archive is damaged ({why}). Nothing was imported.", why=why)


@both_languages
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda archive: archive | {"format": 2}, NEWER_ARCHIVE),
        (_without("format"), _torn(text("the part “{part}” is missing", part="format"))),
        (lambda archive: archive | {"program": "other"}, FOREIGN_ARCHIVE),
        (_without("ballots"), _torn(text("the part “{part}” is missing", part="ballots"))),
        (_torn_line, _torn(text("a line of “{part}” cannot be read", part="workshops"))),
        (lambda archive: archive | {"stages": []},
         _torn(text("its parts contradict each other"))),
        (lambda archive: archive, text("This series is already in the database.")),
    ],
    ids=["newer", "other", "format", "part", "line", "contradiction", "again"],
)  # fmt: skip
def test_an_archive_we_cannot_take(
    sedyanka: Run,
    house: str,
    archive: Archive,
    tmp_path: Path,
    language: Language,
    change: Callable[[Archive], Archive],
    reason: Text,
) -> None:
    before, file = dump(Path(house)), tmp_path / "series.json"
    file.write_text(json.dumps(change(archive)), encoding="utf-8")
    done = sedyanka("import", str(file), "--database", house, language=language)
    one_sentence(done, reason, language)
    assert dump(Path(house)) == before


@both_languages
@pytest.mark.parametrize("left", [0.1, 0.5, 0.999])
def test_an_archive_cut_off_on_its_way(
    sedyanka: Run, house: str, archive: Archive, tmp_path: Path, language: Language, left: float
) -> None:
    before, file = dump(Path(house)), tmp_path / "series.json"
    whole = json.dumps(archive, ensure_ascii=False).encode()
    file.write_bytes(whole[: int(len(whole) * left)])
    done = sedyanka("import", str(file), "--database", house, language=language)
    one_sentence(done, NO_ARCHIVE, language)
    assert dump(Path(house)) == before


def every_command(sedyanka: Run, house: str, folder: Path, language: Language) -> Iterator[Done]:
    """Try all that can be done with a database."""
    file = folder / "series.json"
    file.write_text('{"program": "sedyanka archive", "format": 1}', encoding="utf-8")
    out = str(folder / "out")
    for words in (
        ("serve", "--host", "127.0.0.1", "--port", str(free_port())),
        ("demo",),
        ("staff", "add", "Elena"),
        ("staff", "list"),
        ("report", "dots-series", "-o", out),
        ("export", "dots-series", "--format", "json", "-o", out),
        ("import", str(file)),
    ):
        yield sedyanka(*words, "--database", house, language=language)
    assert not Path(out).exists()


@both_languages
@pytest.mark.parametrize("kind", ["photos", "letter", "newer"])
def test_a_database_we_leave_alone(
    sedyanka: Run, house: str, tmp_path: Path, language: Language, kind: str
) -> None:
    file, reason = Path(house), {"photos": FOREIGN, "newer": NEWER}.get(kind)
    if kind == "letter":
        file.write_text("Dear Sir or Madam, " * 100)
        reason = text(
            "The database does not answer or is damaged: {place}", place=f"sqlite:///{house}"
        )
    else:
        if kind == "photos":
            file.unlink()
        connection = sqlite3.connect(file)
        connection.executescript(
            "PRAGMA journal_mode = DELETE; UPDATE alembic_version SET version_num = '9999'"
            if kind == "newer"
            else "CREATE TABLE photo (name TEXT); INSERT INTO photo VALUES ('sunset')"
        )
        connection.close()
    before = file.read_bytes()
    assert reason is not None
    for done in every_command(sedyanka, house, tmp_path, language):
        one_sentence(done, reason, language)
        assert file.read_bytes() == before
    told = sedyanka("doctor", "--database", house, language=language)
    assert told.returncode == 1
    assert say(reason, language) in told.stdout
    assert file.read_bytes() == before


@both_languages
def test_a_port_in_use(sedyanka: Run, house: str, language: Language) -> None:
    before = dump(Path(house))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = sedyanka(
            "serve", "--host", "127.0.0.1", "--port", port, "--database", house, language=language
        )
    reason = text(
        "Port {port} is in use. Is Sedyanka running already? If not, choose another one "
        "with --port.",
        port=port,
    )
    one_sentence(done, reason, language)
    assert dump(Path(house)) == before


@both_languages
@pytest.mark.parametrize("missing", ["files", "package"])
def test_a_font_that_is_missing(
    sedyanka: Run,
    house: str,
    tmp_path: Path,
    language: Language,
    missing: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = dump(Path(house))
    spec = None if missing == "package" else ModuleSpec("matplotlib", None, origin=str(tmp_path))
    monkeypatch.setattr(letters, "find_spec", lambda name: spec)
    kept = (letters.font_folder, letters._font, letters._advance)
    for one in kept:
        one.cache_clear()
    try:
        report = tmp_path / "report.docx"
        words = ("report", "dots-series", "-o", str(report), "--language", language)
        one_sentence(sedyanka(*words, "--database", house, language=language), FONTS, language)
        assert not report.exists()
        told = sedyanka("doctor", "--database", house, language=language)
        assert told.returncode == 1
        assert say(FONTS, language) in told.stdout
    finally:
        for one in kept:
            one.cache_clear()
    assert dump(Path(house)) == before
