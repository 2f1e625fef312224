"""LibreOffice started ahead: it wakes up beside us while the report is still being reckoned."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

OFFICE = "soffice"
QUIET = ("--headless", "--norestore", "--nologo")
GUARDED = '"$@" & read -r _; kill -9 0'
"""Runs a program until the pipe it is given closes: also when whoever holds it is killed."""


class Office:
    """A LibreOffice with a blank document open, as long as the block lasts.

    With its parts loaded it finds pages two or three seconds sooner. Where there is none, or the
    system knows no process groups, nothing is started, and nothing is missing but the time.
    """

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="sedyanka-office-", ignore_cleanup_errors=True)
        self._process: subprocess.Popen[bytes] | None = None
        program, package = shutil.which(OFFICE), find_spec("docx")
        if os.name != "posix" or program is None or package is None or package.origin is None:
            return
        blank = Path(package.origin).with_name("templates") / "default.docx"
        self._process = subprocess.Popen(
            ["sh", "-c", GUARDED, "sh", program, *QUIET, self.profile, str(blank)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def profile(self) -> str:
        """The option by which another call finds this one and leaves its work to it."""
        return f"-env:UserInstallation={Path(self._folder.name, 'profile').as_uri()}"

    @property
    def awake(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate()  # closes the pipe: it ends with all it has started
        self._folder.cleanup()
