"""The command line: what it prints, what it refuses in one sentence, how servers start and stop."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from screens import console, demonstration
from screens.terminal import main
from tests.house import ROOT, House
from tests.postgres import free_port
from workshop.language import Multilingual
from workshop.settings import settings
from workshop.toolkit import Toolkit


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def sedyanka(capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run commands as people do, but in this process: a tenth of the time."""

    def run(*words: str, language: str = "en", **environment: str) -> Done:
        capfd.readouterr()
        before = dict(os.environ)
        os.environ.update(environment)
        settings.cache_clear()
        try:
            with pytest.raises(SystemExit) as ended:
                main(["--language", language, *words])
        finally:
            os.environ.clear()
            os.environ.update(before)
            settings.cache_clear()
        said = capfd.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    yield run
    console._chosen.clear()


def refused(done: Done) -> str:
    """Return the one sentence a command ended with."""
    assert done.returncode in (1, 2), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "sedyanka.db")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo series in it, made once and copied for each test."""
    file = tmp_path_factory.mktemp("loaded") / "sedyanka.db"
    with Toolkit.open(str(file)) as toolkit:
        demonstration.load(toolkit)
    return file


@pytest.fixture
def demo(loaded: Path, database: str) -> str:
    """A database with the demo series in it."""
    shutil.copy(loaded, database)
    return database


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
        assert len(toolkit.library.all_series()) == 1


def test_messages_come_in_the_language_asked_for(sedyanka: Run, database: str) -> None:
    done = sedyanka("report", "nothing", "-o", "x.docx", "--database", database, language="bg")
    assert re.search("[а-я]", refused(done))
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
    sedyanka: Run, demo: str, tmp_path: Path
) -> None:
    file, other = tmp_path / "series.json", str(tmp_path / "other.db")
    out = sedyanka("export", "bistrogora", "--format", "json", "-o", str(file), "--database", demo)
    assert out.returncode == 0, out.stderr
    back = sedyanka("import", str(file), "--database", other)
    assert back.returncode == 0, back.stderr
    with Toolkit.open(demo, write=False) as here, Toolkit.open(other, write=False) as there:
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
    sedyanka: Run, demo: str, tmp_path: Path
) -> None:
    file = tmp_path / "series.json"
    sedyanka("export", "bistrogora", "--format", "json", "-o", str(file), "--database", demo)
    file.write_bytes(file.read_bytes()[:-5000])
    other = str(tmp_path / "other.db")
    assert refused(sedyanka("import", str(file), "--database", other))


def test_names_that_do_not_exist_are_answered_with_those_that_do(sedyanka: Run, demo: str) -> None:
    said = refused(sedyanka("report", "sofia", "-o", "x.docx", "--database", demo))
    assert "bistrogora" in said
    said = refused(
        sedyanka("export", "WRONG", "--format", "xlsx", "-o", "x.xlsx", "--database", demo)
    )
    assert "bistrogora" in said


def test_a_file_that_cannot_be_written_is_one_sentence(
    sedyanka: Run, demo: str, tmp_path: Path
) -> None:
    nowhere = tmp_path / "missing" / "series.json"
    done = sedyanka(
        "export", "bistrogora", "--format", "json", "-o", str(nowhere), "--database", demo
    )
    assert str(nowhere.parent) in refused(done) or "series.json" in refused(done)


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


def test_a_newer_database_is_left_alone(sedyanka: Run, demo: str) -> None:
    with sqlite3.connect(demo) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "newer" in refused(sedyanka("demo", "--database", demo))
    assert "newer" in refused(sedyanka("export", "bistrogora", "--format", "json", "-o", "x.json",
                                       "--database", demo))  # fmt: skip


def test_a_server_that_cannot_be_reached_is_one_sentence(sedyanka: Run) -> None:
    address = f"postgresql://somebody:secret@127.0.0.1:{free_port()}/nothing"
    said = refused(sedyanka("demo", "--database", address))
    assert "secret" not in said
    shown = sedyanka("doctor", "--database", address)
    assert shown.returncode == 1
    assert "secret" not in shown.stdout


def test_a_port_in_use_is_said_before_anything_starts(sedyanka: Run, database: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = sedyanka("serve", "--host", "127.0.0.1", "--port", port, "--database", database)
    assert port in refused(done)


def test_an_address_that_is_not_ours_is_one_sentence(sedyanka: Run, database: str) -> None:
    done = sedyanka("serve", "--host", "203.0.113.7", "--database", database)
    assert "203.0.113.7" in refused(done)


def test_doctor_finds_a_healthy_machine(sedyanka: Run, demo: str) -> None:
    done = sedyanka("doctor", "--database", demo, "--port", str(free_port()))
    assert done.returncode == 0, done.stdout + done.stderr
    assert demo in done.stdout
    assert "whole" in done.stdout


def test_doctor_finds_a_damaged_database(sedyanka: Run, demo: str) -> None:
    with sqlite3.connect(demo) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM workshop WHERE short_name = 'bistrogora-1'")
    connection.close()
    done = sedyanka("doctor", "--database", demo)
    assert done.returncode == 1
    assert "damaged" in done.stdout


def test_serve_prints_where_the_doors_are_and_the_password_once(
    serve: Callable[..., House],
) -> None:
    house = serve(demo=True)
    name, password = house.name_and_password
    assert f"http://127.0.0.1:{house.port}/staff" in house.said
    assert f"http://127.0.0.1:{house.port}/j" in house.said
    assert re.search(r"code [2-9A-Z]{6}", house.said)
    with httpx.Client(base_url=house.url) as client:
        sent = client.post("/staff", data={"name": name, "password": password},
                           headers={"Origin": house.url})  # fmt: skip
        assert sent.status_code == 303
    house.stop()
    again = serve()
    time.sleep(0.3)
    assert "password:" not in again.said


def test_a_server_stops_within_three_seconds_with_phones_listening(
    serve: Callable[..., House],
) -> None:
    house = serve(demo=True)
    found = re.search(r"code ([2-9A-Z]{6})", house.said)
    assert found
    code = found[1]
    with httpx.Client(base_url=house.url, headers={"Origin": house.url}) as phone:
        door = phone.get(f"/j/{code}").text
        key = re.search(r'name="_key" value="([^"]+)"', door)
        who = re.search(r'name="who" value="(organisation-[^"]+)"', door)
        assert key
        assert who
        joined = phone.post(f"/j/{code}", data={"_key": key[1], "who": who[1]})
        assert joined.status_code == 303
        with phone.stream("GET", f"/w/{code}/events") as listening:
            assert listening.headers["content-type"].startswith("text/event-stream")
            assert next(listening.iter_raw())
            assert house.stop() < 3
    assert house.process is not None
    assert house.process.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in house.said


def test_scripted_people_rehearse_only_where_they_may(
    sedyanka: Run, serve: Callable[..., House]
) -> None:
    house = serve(demo=True)
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        open_one, finished = (
            next(one for one in toolkit.library.workshops(series.id) if one.rehearsal is wanted)
            for wanted in (True, False)
        )
    went = sedyanka("rehearse", open_one.code, "--url", house.url, "--phones", "5")
    assert went.returncode == 0, went.stderr
    assert "Joined: 5." in went.stdout
    assert "rehearsal" in refused(
        sedyanka("rehearse", finished.code, "--url", house.url, "--phones", "5")
    )
    nobody = f"http://127.0.0.1:{free_port()}"
    assert nobody in refused(sedyanka("rehearse", open_one.code, "--url", nobody))


def test_a_command_that_would_write_beside_a_server_says_so(
    sedyanka: Run, serve: Callable[..., House]
) -> None:
    house = serve()
    for words in (["demo"], ["staff", "add", "Иван"], ["serve", "--port", str(free_port())]):
        assert "running" in refused(sedyanka(*words, "--database", house.database))
    assert sedyanka("staff", "list", "--database", house.database).returncode == 0


def test_reading_beside_a_running_server_works(
    sedyanka: Run, serve: Callable[..., House], tmp_path: Path
) -> None:
    house = serve(demo=True)
    file = tmp_path / "series.json"
    done = sedyanka("export", "bistrogora", "--format", "json", "-o", str(file),
                    "--database", house.database)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(file.read_text(encoding="utf-8"))["program"] == "sedyanka archive"


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1", "--server.port"],
        ["-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port"],
    ],
    ids=["streamlit", "uvicorn"],
)
def test_other_ways_to_start_are_as_safe(
    command: list[str], serve: Callable[..., House], tmp_path: Path
) -> None:
    port = free_port()
    house = serve(port=port, command=[sys.executable, *command, str(port)])
    assert house.name_and_password[0] == "coordinator"
    assert httpx.get(f"{house.url}/_stcore/metrics").status_code == 404
    page = httpx.get(house.url, headers={"Accept": "text/html", "Accept-Language": "bg"})
    assert "Content-Security-Policy" in page.headers
    assert '<html lang="bg">' in page.text
    assert "/j HTTP/" not in house.said  # no access log: it would hold codes and addresses
    assert house.stop() < 5


def test_python_app_py_serves_as_well(serve: Callable[..., House]) -> None:
    port = free_port()
    house = serve(
        port=port,
        command=[sys.executable, "app.py"],
        environment={"SEDYANKA_HOST": "127.0.0.1", "SEDYANKA_PORT": str(port)},
    )
    assert house.name_and_password[0] == "coordinator"


@pytest.mark.parametrize(
    "flag",
    [
        "--browser.gatherUsageStats=true",
        "--client.showErrorDetails=full",
        "--server.fileWatcherType=auto",
        "--server.enableXsrfProtection=false",
    ],
)
def test_an_unsafe_setting_stops_the_start(flag: str, database: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            flag,
            "--server.port",
            str(free_port()),
        ],
        cwd=ROOT,
        env={**os.environ, "SEDYANKA_DATABASE": database, "LC_ALL": "en_GB.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert flag.removeprefix("--").split("=")[0] in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_database_stops_streamlit_with_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Sir or Madam, " * 100)
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())],
        cwd=ROOT,
        env={**os.environ, "SEDYANKA_DATABASE": str(file), "LC_ALL": "en_GB.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_the_report_command_writes_word(sedyanka: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    done = sedyanka("report", "bistrogora", "--language", "en", "-o", str(file), "--database", demo)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes()[:2] == b"PK"
    torn = tmp_path / "template.docx"
    torn.write_bytes(b"PK not really")
    bad = sedyanka("report", "bistrogora", "-o", str(tmp_path / "x.docx"), "--template", str(torn),
                   "--database", demo)  # fmt: skip
    assert refused(bad)
    assert not (tmp_path / "x.docx").exists()


def test_the_export_command_writes_a_workbook(sedyanka: Run, demo: str, tmp_path: Path) -> None:
    file = tmp_path / "workshop.xlsx"
    done = sedyanka(
        "export", "bistrogora-1", "--format", "xlsx", "-o", str(file), "--database", demo
    )
    assert done.returncode == 0, done.stderr
    assert file.read_bytes()[:2] == b"PK"


def test_nothing_real_is_in_the_demo() -> None:
    words = (ROOT / "examples" / "demo.json").read_text(encoding="utf-8")
    archive = json.loads(words)
    assert archive["series"][0]["synthetic"]
    assert Multilingual(**archive["series"][0]["warning"]).en.startswith("SYNTHETIC DATA")
    assert not re.search(r"Софи[яй]|Sofia(?!\")", words.replace("Europe/Sofia", ""))
