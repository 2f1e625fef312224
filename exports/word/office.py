"""LibreOffice beside us: awake while the report is still being reckoned, it tells the pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

OFFICE = "soffice"
QUIET = ("--headless", "--norestore", "--nologo")
PROFILE = Path(__file__).with_name("profile")
"""What a LibreOffice of ours finds as its user's settings: one macro."""
GUARDED = '("$@"; kill -9 0) & read -r _; kill -9 0'
"""Runs a program until it ends, or the pipe it is given closes: also when its holder is killed."""
PATIENCE = 50.0
"""Seconds for one document; the report of the sample takes three."""
LOOK = 0.02


class Office:
    """A LibreOffice with a blank document open, as long as the block lasts; it is asked once.

    With its parts loaded it lays a report out in half the time. A macro of ours runs in it and
    asks every bookmark for its page, so nothing is exported and nothing is searched for in
    words. Where there is no LibreOffice, nothing is started and nothing is told.
    """

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="sedyanka-office-", ignore_cleanup_errors=True)
        self._process: subprocess.Popen[bytes] | None = None
        program, package = shutil.which(OFFICE), find_spec("docx")
        if program is None or package is None or package.origin is None:
            return
        shutil.copytree(PROFILE, self._place("profile"))
        blank = Path(package.origin).with_name("templates") / "default.docx"
        shutil.copyfile(blank, self._place("blank.docx"))
        here = Path(self._folder.name).as_uri()
        command = [program, *QUIET, self.profile, f'macro:///Standard.Paging.Tell("{here}")']
        guard = ["sh", "-c", GUARDED, "sh"] if os.name == "posix" else []
        self._process = subprocess.Popen(
            [*guard, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def profile(self) -> str:
        """The option that names the settings it works with, a folder of its own."""
        return f"-env:UserInstallation={self._place('profile').as_uri()}"

    @property
    def awake(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def pages(self, document: bytes) -> dict[str, int]:
        """Return the page of every bookmark of a Word document as it is laid out here.

        Empty when it is not there, was asked before, takes too long or ended by itself.
        """
        told = self._place("told")
        ready = self.awake and not told.exists()
        if not ready:
            return {}
        self._place("report.docx").write_bytes(document)
        self._place("asked").touch()
        until = time.monotonic() + PATIENCE
        while not told.exists() and self.awake and time.monotonic() < until:
            time.sleep(LOOK)
        if not told.exists():
            return {}
        # A template's own bookmarks may have names in letters that this LibreOffice writes its way.
        lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
        return {mark: int(page) for mark, _, page in (one.rpartition("=") for one in lines)}

    def _place(self, name: str) -> Path:
        return Path(self._folder.name, name)

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            if os.name != "posix":
                self._process.kill()
            self._process.communicate()  # closes the pipe: it ends with all it has started
        self._folder.cleanup()
