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
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
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
    # All of it is pinned, so nothing is left to find out; what no test imports is not compiled.
    pinned_ones = ["--no-deps", "--require-hashes", "-r", "requirements-dev.txt"]
    ourselves = ["--no-deps", "--no-build-isolation", "-e", "."]
    quick = get_uv()
    if not quick or subprocess.call([*quick, *pinned_ones], cwd=HOME, env=places()):
        run([*PIP, "--no-compile", *pinned_ones])
        quick = PIP
    run([*quick, *ourselves])
    # What several test processes load at the same time is compiled once, ahead, and nothing else;
    # pytest rewrites what the tests assert as it collects them.
    for ahead in (["-c", f"import {', '.join(LOADED)}"], ["-m", "pytest", "--collect-only", "-q"]):
        subprocess.run([sys.executable, *ahead], cwd=HOME, stdout=subprocess.DEVNULL)
    stamp.write_text(mark, encoding="utf-8")


def get_uv() -> list[str]:
    """Install uv, which needs a tenth of pip's time; return how it installs, [] without it."""
    lines = iter((HOME / "requirements-dev.txt").read_text(encoding="utf-8").splitlines())
    found = [next(line for line in lines if line.startswith("uv=="))]
    while found[-1].endswith("\\"):
        found.append(next(lines))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "uv.txt").write_text("\n".join(found), encoding="utf-8")
        pinned = ["--no-deps", "--require-hashes", "-r", str(Path(folder, "uv.txt"))]
        if subprocess.call([*PIP, *pinned]):
            return []
    program = PYTHON.with_name("uv.exe" if os.name == "nt" else "uv")
    return [str(program), "pip", "install", "--quiet", "--python", sys.executable]


def places() -> dict[str, str]:
    """Return surroundings in which uv asks where pip was told to ask, and trusts whom it trusts."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True
    )
    told = {}
    for line in listed.stdout.splitlines():
        name, _, value = line.partition("=")
        told[name.rpartition(".")[2]] = value.strip("'\"")
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    meant = {mine: told[name] for name, mine in names.items() if name in told}
    return {**meant, **os.environ}


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
