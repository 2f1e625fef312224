"""Install what the tests need and run them all: ``python3 tests/run.py [pytest arguments]``.

Needs nothing but Python with its venv package; everything Python goes into ``.venv``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEBIAN = {
    # a program that shows the package is there: the package
    "soffice": "libreoffice-writer-nogui",
    "pdftoppm": "poppler-utils",
    "pg_ctl": "postgresql",
    "nginx": "nginx",
}
FONTS = ["fonts-liberation", "fonts-crosextra-carlito"]
"""Without them a bare Debian draws no Cyrillic."""


def main() -> int:
    """Prepare and test; return pytest's own exit code."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        if not PYTHON.exists():
            run([sys.executable, "-m", "venv", str(VENV)])
        return subprocess.call([str(PYTHON), __file__, *sys.argv[1:]], cwd=HOME)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "-r", "requirements-dev.txt"])
    run([*pip, "--no-deps", "--no-build-isolation", "-e", "."])
    get_programs()
    # Tests start hundreds of processes: none shall have to compile everything anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # A third of the time a test waits for a browser or a clock: more at once than processors.
    # What must stay together, tests/sharing.py says.
    at_once = min(6, (os.cpu_count() or 2) * 3 // 2)
    several = ["-n", str(at_once), "--dist=loadscope", "--no-loadscope-reorder"]
    return subprocess.call([sys.executable, "-m", "pytest", *several, *sys.argv[1:]], cwd=HOME)


def get_programs() -> None:
    """Install missing programs with apt-get where we may, else say what is left out."""
    sys.path.insert(0, str(HOME))
    from tests import chromium, nginx, postgres

    missing = [package for program, package in DEBIAN.items() if not shutil.which(program)]
    if postgres.programs() and "postgresql" in missing:
        missing.remove("postgresql")
    if nginx.program() and "nginx" in missing:
        missing.remove("nginx")
    if chromium.find() is None:
        missing.append("chromium")
    if not missing:
        return
    if {"chromium", "libreoffice-writer-nogui"} & set(missing):
        missing += FONTS
    leave = permission()
    if leave is None:
        if "chromium" in missing:
            print(chromium.advice(), flush=True)
        others = [one for one in missing if one not in ("chromium", *FONTS)]
        if others:
            print(f"Tests that need these are left out: {', '.join(others)}.", flush=True)
        return
    run([*leave, "apt-get", "update", "-qq"])
    run([*leave, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq",
         "--no-install-recommends", *missing])  # fmt: skip


def permission() -> list[str] | None:
    """Return what must stand before apt-get, or None where we may not or there is none."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    silent = ["sudo", "-n"]
    if shutil.which("sudo") and not subprocess.call([*silent, "true"], stderr=subprocess.DEVNULL):
        return silent
    return None


def run(command: Sequence[str]) -> None:
    """Run a step; stop with its own words if it fails."""
    done = subprocess.run(command, cwd=HOME)
    if done.returncode:
        raise SystemExit(f"This step failed: {' '.join(command)}")


if __name__ == "__main__":
    raise SystemExit(main())
