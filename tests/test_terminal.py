"""The command line: what it prints, and what it refuses in one sentence."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.commands import Run, refused
from tests.house import ROOT
from tests.postgres import free_port
from workshop.language import Multilingual
from workshop.store import engine
from workshop.toolkit import Toolkit


def test_demo_prints_names_and_codes_and_says_when_it_is_there(
    sedyanka: Run, database: str
) -> None:
    first = sedyanka("demo", "--database", database)
    assert first.returncode == 0, first.stderr
    assert "is loaded" in first.stdout
    assert len(re.findall(r"code [2-9A-Z]{6}", first.stdout)) == 3
    second = sedyanka("demo", "--database", database)
    assert second.returncode == 0, second.stderr
    assert "already there" in second.stdout
    with Toolkit.open(database, write=False) as toolkit:
        [series] = toolkit.library.all_series()
        [tryout] = [one for one in toolkit.library.workshops(series.id) if one.rehearsal]
        today = datetime.now(ZoneInfo(series.time_zone)).date()
        assert tryout.day in (today, today - timedelta(days=1))  # midnight may just have passed
        assert toolkit.agenda.workshop_by_code(tryout.code) == tryout
        stages = toolkit.agenda.stages(tryout.id)
        assert [stage.state.value for stage in stages] == ["open"] + ["planned"] * 3


def test_messages_come_in_the_language_asked_for(sedyanka: Run, database: str) -> None:
    done = sedyanka("report", "nothing", "-o", "x.docx", "--database", database, language="bg")
    assert re.search("[а-я]", refused(done))
    mistyped = sedyanka("staff", "add", language="bg")
    assert mistyped.returncode == 2
    assert mistyped.stderr.strip() == "Липсва NAME. Повече: sedyanka staff add --help"
    by_system = subprocess.run(
        [
            sys.executable,
            "-m",
            "screens.terminal",
            "report",
            "x",
            "-o",
            "x",
            "--database",
            database,
        ],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "bg_BG.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert re.search("[а-я]", by_system.stderr)


def test_the_database_comes_from_the_environment_or_the_usual_place(
    sedyanka: Run, tmp_path: Path
) -> None:
    named = sedyanka("demo", SEDYANKA_DATABASE=str(tmp_path / "named.db"))
    assert named.returncode == 0, named.stderr
    assert (tmp_path / "named.db").exists()
    usual = sedyanka("doctor", XDG_DATA_HOME=str(tmp_path / "share"))
    assert str(tmp_path / "share" / "sedyanka" / "sedyanka.db") in usual.stdout


def test_accounts_are_made_disabled_and_given_new_passwords(sedyanka: Run, database: str) -> None:
    first = sedyanka("staff", "add", "Елена", "--role", "coordinator", "--database", database)
    assert first.returncode == 0, first.stderr
    made = sedyanka("staff", "add", "Мария", "--role", "facilitator", "--database", database)
    password = re.search(r"password: (\S+)", made.stdout)
    assert password, made.stderr
    with Toolkit.open(database) as toolkit:
        assert toolkit.accounts.sign_in("Мария", password[1]).name == "Мария"
    again = sedyanka("staff", "add", "мария", "--database", database)
    assert "already" in refused(again)
    renewed = sedyanka("staff", "reset", "Мария", "--database", database)
    assert password[1] not in renewed.stdout
    listed = sedyanka("staff", "list", "--database", database)
    assert "Мария: facilitator" in listed.stdout
    closed = sedyanka("staff", "disable", "Мария", "--database", database)
    assert closed.returncode == 0, closed.stderr
    assert "disabled" in sedyanka("staff", "list", "--database", database).stdout
    assert "no account" in refused(sedyanka("staff", "reset", "Nobody", "--database", database))


def test_an_archive_travels_to_another_installation(
    sedyanka: Run, demo_file: str, tmp_path: Path
) -> None:
    file, other = tmp_path / "series.json", str(tmp_path / "other.db")
    out = sedyanka(
        "export", "bistrogora", "--format", "json", "-o", str(file), "--database", demo_file
    )
    assert out.returncode == 0, out.stderr
    back = sedyanka("import", str(file), "--database", other)
    assert back.returncode == 0, back.stderr
    with Toolkit.open(demo_file, write=False) as here, Toolkit.open(other, write=False) as there:
        one, two = here.library.all_series()[0], there.library.all_series()[0]
        assert one == two
        for workshop in here.library.workshops(one.id):
            for stage in here.agenda.stages(workshop.id):
                assert here.results.contributions(stage.id, everything=True) == (
                    there.results.contributions(stage.id, everything=True)
                )
    assert "already" in refused(sedyanka("import", str(file), "--database", other))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"program": "other"}',
        b'{"program": "sedyanka archive", "format": 99}',
        b'{"program": "sedyanka archive", "format": 1}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_torn_or_foreign_archive_changes_nothing(
    sedyanka: Run, content: bytes, database: str, tmp_path: Path
) -> None:
    file = tmp_path / "torn.json"
    file.write_bytes(content)
    assert refused(sedyanka("import", str(file), "--database", database))
    if Path(database).exists():
        with Toolkit.open(database, write=False) as toolkit:
            assert toolkit.library.all_series() == []


def test_an_archive_cut_off_in_the_middle_is_refused(
    sedyanka: Run, demo_file: str, tmp_path: Path
) -> None:
    file = tmp_path / "series.json"
    sedyanka("export", "bistrogora", "--format", "json", "-o", str(file), "--database", demo_file)
    file.write_bytes(file.read_bytes()[:-5000])
    other = str(tmp_path / "other.db")
    assert refused(sedyanka("import", str(file), "--database", other))


def test_names_that_do_not_exist_are_answered_with_those_that_do(
    sedyanka: Run, demo_file: str
) -> None:
    said = refused(sedyanka("report", "sofia", "-o", "x.docx", "--database", demo_file))
    assert "bistrogora" in said
    said = refused(
        sedyanka("export", "WRONG", "--format", "xlsx", "-o", "x.xlsx", "--database", demo_file)
    )
    assert "bistrogora" in said


def test_a_file_that_cannot_be_written_is_one_sentence(
    sedyanka: Run, demo_file: str, tmp_path: Path
) -> None:
    nowhere = tmp_path / "missing" / "series.json"
    done = sedyanka(
        "export", "bistrogora", "--format", "json", "-o", str(nowhere), "--database", demo_file
    )
    assert f"{nowhere} cannot be read or written" in refused(done)


def test_a_database_of_another_program_is_left_alone(sedyanka: Run, tmp_path: Path) -> None:
    file = tmp_path / "photos.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")
    connection.close()
    before = file.read_bytes()
    assert "another program" in refused(sedyanka("demo", "--database", str(file)))
    assert "another program" in sedyanka("doctor", "--database", str(file)).stdout
    assert file.read_bytes()[100:] == before[100:]


def test_a_file_that_is_no_database_is_one_sentence(sedyanka: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Sir or Madam, " * 100)
    assert refused(sedyanka("demo", "--database", str(file)))
    assert sedyanka("doctor", "--database", str(file)).returncode == 1


def test_a_newer_database_is_left_alone(sedyanka: Run, demo_file: str) -> None:
    with sqlite3.connect(demo_file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "newer" in refused(sedyanka("demo", "--database", demo_file))
    assert "newer" in refused(sedyanka("export", "bistrogora", "--format", "json", "-o", "x.json",
                                       "--database", demo_file))  # fmt: skip


def test_a_network_disk_is_refused(
    sedyanka: Run, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_file_system", lambda folder: "nfs4")
    assert "nfs4" in refused(sedyanka("demo", "--database", database))
    assert not Path(database).exists()


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_versions_of_sqlite_with_the_fault_are_known(
    version: tuple[int, int, int], faulty: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
    assert bool(engine.sqlite_warning()) is faulty


def test_a_server_that_cannot_be_reached_is_one_sentence(sedyanka: Run) -> None:
    address = f"postgresql://somebody:secret@127.0.0.1:{free_port()}/nothing"
    said = refused(sedyanka("demo", "--database", address))
    assert "secret" not in said
    shown = sedyanka("doctor", "--database", address)
    assert shown.returncode == 1
    assert "secret" not in shown.stdout


def test_doctor_finds_a_healthy_machine(sedyanka: Run, demo_file: str) -> None:
    done = sedyanka("doctor", "--database", demo_file, "--port", str(free_port()))
    assert done.returncode == 0, done.stdout + done.stderr
    assert demo_file in done.stdout
    assert "whole" in done.stdout


def test_doctor_finds_a_damaged_database(sedyanka: Run, demo_file: str) -> None:
    with sqlite3.connect(demo_file) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM workshop WHERE short_name = 'bistrogora-1'")
    connection.close()
    done = sedyanka("doctor", "--database", demo_file)
    assert done.returncode == 1
    assert "damaged" in done.stdout


@pytest.mark.slow
def test_the_report_command_writes_word(sedyanka: Run, demo_file: str, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    done = sedyanka(
        "report", "bistrogora", "--language", "en", "-o", str(file), "--database", demo_file
    )
    assert done.returncode == 0, done.stderr
    assert file.read_bytes()[:2] == b"PK"
    torn = tmp_path / "template.docx"
    torn.write_bytes(b"PK not really")
    bad = sedyanka("report", "bistrogora", "-o", str(tmp_path / "x.docx"), "--template", str(torn),
                   "--database", demo_file)  # fmt: skip
    assert refused(bad)
    assert not (tmp_path / "x.docx").exists()


def test_the_export_command_writes_a_workbook(
    sedyanka: Run, demo_file: str, tmp_path: Path
) -> None:
    file = tmp_path / "workshop.xlsx"
    done = sedyanka(
        "export", "bistrogora-1", "--format", "xlsx", "-o", str(file), "--database", demo_file
    )
    assert done.returncode == 0, done.stderr
    assert file.read_bytes()[:2] == b"PK"


def test_nothing_real_is_in_the_demo() -> None:
    words = (ROOT / "examples" / "demo.json").read_text(encoding="utf-8")
    archive = json.loads(words)
    assert archive["series"][0]["synthetic"]
    assert Multilingual(**archive["series"][0]["warning"]).en.startswith("SYNTHETIC DATA")
    assert not re.search(r"Софи[яй]|Sofia(?!\")", words.replace("Europe/Sofia", ""))
