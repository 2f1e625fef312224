"""How many files and connections this process may hold open: a full hall needs thousands."""

from __future__ import annotations

import sys

ENOUGH = 65_536
"""More than any hall: two connections for each of ten thousand phones, three times over."""


def allow(wanted: int = ENOUGH) -> int:
    """Let this process hold ``wanted`` open, or as many as the system permits; return how many.

    Shells start programs with 1,024 although the system would permit far more.
    """
    if sys.platform == "win32":  # sockets are not counted there
        return wanted
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    best = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (best, hard))
    except (ValueError, OSError):  # macOS permits fewer than it says
        return soft
    return best
