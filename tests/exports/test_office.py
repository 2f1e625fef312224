"""LibreOffice started ahead: the same pages, and nothing of it left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from exports import word
from tests.exports.test_word import needs_office, page_numbers, small

HOLDER = """
import sys
from exports import word
with word.Office() as office:
    print(office.profile, flush=True)
    sys.stdin.read()
"""


def running(profile: str) -> list[str]:
    """Return the processes that work with a profile."""
    commands = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            commands.append(one.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:  # it ended meanwhile
            continue
    return [one for one in commands if profile in one and "soffice" in one]


def until(true: Callable[[], bool]) -> bool:
    """Return whether something becomes true, sooner or later."""
    for _ in range(600):
        if true():
            return True
        time.sleep(0.1)
    return False


@needs_office
def test_pages_found_ahead_are_the_same(caplog: pytest.LogCaptureFixture) -> None:
    report = small()
    with word.Office() as office:
        ahead = word.write(report, "bg", office=office)
        assert office.pages(b"") == {}, "it has answered, and is asked once"
        assert until(lambda: not office.awake), "it ends by itself"
        profile = office.profile
    assert page_numbers(ahead) == page_numbers(word.write(report, "bg"))
    assert not caplog.records, "no number is estimated"
    assert until(lambda: not running(profile))


OTHER_LETTERS = """#!/bin/sh
folder=$(dirname "${4#-env:UserInstallation=file://}")
until [ -e "$folder/asked" ]; do sleep 0.1; done
printf '\\301\\345=7\\n_Toc1=3\\n' > "$folder/telling"
mv "$folder/telling" "$folder/told"
"""
"""Answers as a LibreOffice in a Bulgarian Windows code page does: with a template's bookmark."""


@pytest.mark.skipif(os.name != "posix", reason="a shell stands in for LibreOffice")
def test_bookmarks_in_any_letters_disturb_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(OTHER_LETTERS, encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(program))
    with word.Office() as office:
        assert office.pages(b"")["_Toc1"] == 3


@needs_office
def test_one_that_cannot_read_the_document_says_so_at_once() -> None:
    with word.Office() as office:
        assert office.pages(b"no document") == {}
        assert until(lambda: not office.awake)


@needs_office
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux to list processes")
def test_nothing_stays_when_its_holder_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        profile = holder.stdout.readline().strip()
        assert until(lambda: len(running(profile)) > 0)
        os.kill(holder.pid, signal.SIGKILL)
    assert until(lambda: not running(profile))
    shutil.rmtree(profile.partition("file://")[2].removesuffix("/profile"))


@needs_office
def test_one_that_died_meanwhile_is_replaced() -> None:
    report = small()
    with word.Office() as office:
        assert until(lambda: len(running(office.profile)) > 0)
        assert office._process is not None
        os.killpg(office._process.pid, signal.SIGKILL)
        content = word.write(report, "en", office=office)
    assert page_numbers(content) == page_numbers(word.write(report, "en"))
