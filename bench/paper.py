"""The demo's Word report by ``sedyanka report``: seconds and peak memory, from the prompt on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, middle
from workshop.language import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 10.0, 600.0
TIMES = 3


def measure(quick: bool) -> list[Figure]:
    """Load the demo series, then write its report in both languages."""
    if not hasattr(os, "wait4"):
        reason = "not measured: this system does not tell the memory of a process"
        return [Figure(key="report", what="Word report of the demo", value=None, note=reason)]
    figures = []
    with TemporaryDirectory(prefix="sedyanka-bench-") as folder:
        database = str(Path(folder) / "sedyanka.db")
        series = _series(database)
        for language in LANGUAGES:
            file = Path(folder) / f"{language}.docx"
            command = ["report", series, "--language", language, "-o", str(file)]
            found = [_gauge(command, database) for _ in range(1 if quick else TIMES)]
            figures += _figures(language, found, file.stat().st_size)
    return figures


def _figures(language: str, found: list[dict[str, float]], size: int) -> list[Figure]:
    return [
        Figure(
            key=f"report.{language}.seconds",
            what=f"Word report of the demo, {language}",
            value=middle([one["seconds"] for one in found]),
            unit="s",
            most=SECONDS,
            note=f"median of {len(found)}, slowest {max(one['seconds'] for one in found):.1f} s; "
            f"{middle([one['cpu'] for one in found]):.1f} s of processor; {size // 1000:,} kB",
        ),
        Figure(
            key=f"report.{language}.memory",
            what=f"its peak memory, {language}",
            value=max(one["peak"] for one in found) / 1e6,
            unit="MB",
            most=MEGABYTES,
            note="resident, of the whole process",
        ),
    ]


def _series(database: str) -> str:
    """Load the demo and return its short name."""
    _run(["demo"], database)
    from workshop.toolkit import Toolkit

    with Toolkit.open(database, write=False) as toolkit:
        return next(one.short_name for one in toolkit.library.all_series())


def _gauge(command: list[str], database: str) -> dict[str, float]:
    said = _run(command, database, [sys.executable, "-I", "-S", str(ROOT / "bench" / "gauge.py")])
    measured: dict[str, float] = json.loads(said.splitlines()[-1])
    return measured


def _run(command: list[str], database: str, under: list[str] | None = None) -> str:
    whole = [*(under or []), sys.executable, "-m", "screens.terminal", *command]
    done = subprocess.run(
        [*whole, "--database", database],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(f"sedyanka {' '.join(command)}: {done.stderr or done.stdout}")
    return done.stdout
