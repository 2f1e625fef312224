"""A real Sedyanka server in a process of its own, for tests that knock at its door."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from threading import Thread

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0


class House:
    """``sedyanka serve`` on a port of its own; restartable, killable."""

    def __init__(
        self,
        database: str,
        *,
        demo: bool = False,
        port: int | None = None,
        command: list[str] | None = None,
        environment: dict[str, str] | None = None,
        cwd: Path = ROOT,
        door: str = "/j",
    ) -> None:
        self.database = database
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self._cwd = cwd
        self._door = door
        self._command = command or [
            sys.executable, "-m", "screens.terminal", "--language", "en", "serve",
            "--host", "127.0.0.1", "--port", str(self.port), "--database", database,
            *(["--demo"] if demo else []),
        ]  # fmt: skip
        self._environment = {
            "SEDYANKA_DATABASE": database,
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
            **(environment or {}),
        }

    def start(self) -> House:
        """Start and wait until the door answers: the phones' page, unless another was named."""
        self.launch()
        return self.wait()

    def launch(self) -> None:
        """Start; somebody else waits."""
        self.process = subprocess.Popen(
            self._command,
            cwd=self._cwd,
            env={**os.environ, **self._environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def wait(self) -> House:
        """Wait until the door answers."""
        assert self.process is not None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            if self._answers():
                return self
            time.sleep(0.05)
        self.stop()
        raise RuntimeError("the server did not start:\n" + self.said)

    def stop(self, patience: float = 10) -> float:
        """Ask the server to stop; return how many seconds it took."""
        begun = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(patience)
                raise
        return time.monotonic() - begun

    def tell(self, line: str) -> None:
        """Write a line to a server that listens to commands."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End the server as a power cut would (kill -9)."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)

    @property
    def said(self) -> str:
        """What the server has printed so far."""
        return "".join(self.output)

    @property
    def name_and_password(self) -> tuple[str, str]:
        """The first account, as printed at the first start."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            found = re.search(r"name:\s*(\S+)\s+password:\s*(\S+)", self.said)
            if found:
                return found[1], found[2]
            time.sleep(0.05)
        raise RuntimeError("no first password was printed:\n" + self.said)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + self._door, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        assert process.stdin is not None
        with process.stdout, process.stdin:
            self.output.extend(process.stdout)
