"""Starting and stopping: every way to open the house, and what stops it from opening."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.commands import Run, refused
from tests.house import ROOT, House
from tests.postgres import free_port
from workshop.toolkit import Toolkit


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


def test_a_second_process_needs_postgresql(sedyanka: Run, database: str) -> None:
    with Toolkit.open(database):
        port = str(free_port())
        done = sedyanka("phones", "--host", "127.0.0.1", "--port", port, "--database", database)
    assert "Another Sedyanka is running" in refused(done)


def test_serve_prints_where_the_doors_are_and_the_password_once(
    serve: Callable[..., House],
) -> None:
    house = serve(demo=True, anew=True)
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
    assert "Joined: 5 of 5." in went.stdout
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


def test_an_unsafe_setting_stops_the_start(database: str) -> None:
    flag = "--client.showErrorDetails=full"
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
