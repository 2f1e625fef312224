"""Run ``sedyanka`` commands in this process, and read how they ended."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from screens import console
from screens.terminal import main
from workshop.settings import settings


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run: TypeAlias = Callable[..., Done]


def runner(capfd: pytest.CaptureFixture[str]) -> Run:
    """Return what runs commands as people do, but without a process of their own."""

    def run(*words: str, language: str = "en", **environment: str) -> Done:
        capfd.readouterr()
        before, spoken = dict(os.environ), list(console._chosen)
        os.environ.update(environment)
        settings.cache_clear()
        try:
            with pytest.raises(SystemExit) as ended:
                main(["--language", language, *words])
        finally:
            os.environ.clear()
            os.environ.update(before)
            settings.cache_clear()
            console._chosen[:] = spoken
        said = capfd.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    return run


def refused(done: Done) -> str:
    """Return the one sentence a command ended with."""
    assert done.returncode in (1, 2), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]
