"""Install what the tests need and run them all: ``python3 tests/run.py [pytest arguments]``.

Needs nothing but Python with its venv package; everything Python goes into ``.venv``.
``--prepare`` installs and runs no test.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
COMPLETE = "SEDYANKA_TESTS_COMPLETE"
"""When set, nothing may be left out (``.ci/run``)."""
DEBIAN = {
    # a program that shows the package is there: the package
    "soffice": "libreoffice-writer-nogui",
    "pdftoppm": "poppler-utils",
    "pg_ctl": "postgresql",
    "nginx": "nginx",
}
BROWSER, LEANER = "chromium", "chromium-headless-shell"
"""The second is the same engine without windows, and takes half the work of the first."""
LOADED = (
    "_pytest.pytester",
    "alembic.command",
    "altair",
    "app",
    "docx",
    "hypothesis.strategies",
    "networkx",
    "openpyxl",
    "playwright.sync_api",
    "scipy.cluster.hierarchy",
    "scipy.stats",
    "streamlit.testing.v1",
    "streamlit.web.bootstrap",
    "wordcloud",
    "xdist.plugin",
    "xlsxwriter",
)
FONTS = ["fonts-liberation", "fonts-crosextra-carlito"]
"""Without them a bare Debian draws no Cyrillic."""


def main() -> int:
    """Prepare and test; return pytest's own exit code."""
    # Tests start hundreds of processes: none shall have to compile everything anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if Path(sys.prefix).resolve() != VENV.resolve():
        if not PYTHON.exists():
            run([sys.executable, "-m", "venv", str(VENV)])
        return subprocess.call([str(PYTHON), __file__, *sys.argv[1:]], cwd=HOME)
    with ThreadPoolExecutor() as both:  # one unpacks while the other downloads
        for step in (both.submit(get_packages), both.submit(get_programs)):
            step.result()
    if "--prepare" in sys.argv[1:]:
        return 0
    # Half of the time a test waits for a browser, a clock or a disk: more at once than processors.
    # What must stay together, tests/sharing.py says.
    at_once = min(6, (os.cpu_count() or 2) * 2)
    several = ["-n", str(at_once), "--dist=loadscope", "--no-loadscope-reorder"]
    return subprocess.call([sys.executable, "-m", "pytest", *several, *sys.argv[1:]], cwd=HOME)


def get_packages() -> None:
    """Install the pinned packages and ourselves, unless just these stand there."""
    pinned = [HOME / "requirements-dev.txt", HOME / "pyproject.toml"]
    mark = hashlib.sha256(b"".join(one.read_bytes() for one in pinned)).hexdigest()
    stamp = VENV / "sedyanka-tests"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
        return
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # All of it is pinned, so nothing is left to find out; pip would compile much no test imports.
    pinned_ones = [*pip, "--no-compile", "--no-deps", "--require-hashes", "-r"]
    with tempfile.TemporaryDirectory() as folder:  # today's pip takes half the time of an old one
        Path(folder, "pip.txt").write_text(pinned_pip(), encoding="utf-8")
        run([*pinned_ones, str(Path(folder, "pip.txt"))])
    run([*pinned_ones, "requirements-dev.txt"])
    run([*pip, "--no-deps", "--no-build-isolation", "-e", "."])
    # What several test processes load at the same time is compiled once, ahead, and nothing else;
    # pytest rewrites what the tests assert as it collects them.
    for ahead in (["-c", f"import {', '.join(LOADED)}"], ["-m", "pytest", "--collect-only", "-q"]):
        subprocess.run([sys.executable, *ahead], cwd=HOME, stdout=subprocess.DEVNULL)
    stamp.write_text(mark, encoding="utf-8")


def pinned_pip() -> str:
    """Return the lines that pin pip itself among what the tests need."""
    lines = iter((HOME / "requirements-dev.txt").read_text(encoding="utf-8").splitlines())
    found = [next(line for line in lines if line.startswith("pip=="))]
    while found[-1].endswith("\\"):
        found.append(next(lines))
    return "\n".join(found)


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
        missing.append(BROWSER)
    leaner = bool(os.environ.get(COMPLETE)) and not shutil.which(LEANER)
    if not missing and not leaner:
        return
    if {BROWSER, "libreoffice-writer-nogui"} & set(missing):
        missing += FONTS
    leave = permission()
    if leave is None:
        if BROWSER in missing:
            print(chromium.advice(), flush=True)
        others = [one for one in missing if one not in (BROWSER, *FONTS)]
        if others:
            print(f"Tests that need these are left out: {', '.join(others)}.", flush=True)
        return
    apt = [*leave, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    if not missing:
        subprocess.run([*apt, "update"])
        subprocess.run([*install, LEANER])  # there is another browser: a wish, no need
        return
    run([*apt, "update"])
    if (leaner or BROWSER in missing) and known_to_apt(LEANER):
        missing = [one for one in missing if one != BROWSER] + [LEANER]
    run([*install, *missing])


def known_to_apt(package: str) -> bool:
    """Return whether apt could install a package."""
    quiet = subprocess.DEVNULL
    return not subprocess.call(["apt-cache", "show", package], stdout=quiet, stderr=quiet)


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
