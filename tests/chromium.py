"""Find a browser of the Chromium family that is already on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = (
    # Without windows, which half of the work would be for.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def find() -> str | None:
    """Return the path of a browser, or None; ``SEDYANKA_CHROMIUM`` overrides."""
    given = os.environ.get("SEDYANKA_CHROMIUM")
    if given:
        return given
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in ELSEWHERE if Path(path).is_file()), None)


def advice() -> str:
    """Return the one sentence for somebody without a browser."""
    command = {
        "linux": "sudo apt-get install chromium",
        "darwin": "brew install --cask chromium",
        "win32": "winget install Google.Chrome",
    }.get(sys.platform, "your system's package manager")
    return (
        "No Chromium was found, so the browser tests are left out. "
        f"Install one ({command}) or name it in SEDYANKA_CHROMIUM."
    )
