"""How much of a processor core another process takes."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter


class Processor:
    """Watches one process from now on, where the system tells (Linux)."""

    def __init__(self, pid: int) -> None:
        self._file = Path(f"/proc/{pid}/stat")
        self._begun = perf_counter()
        self._before = self._seconds()

    def share(self) -> float | None:
        """Return the share of one core since the beginning; None where nobody knows."""
        now = self._seconds()
        if now is None or self._before is None:
            return None
        return (now - self._before) / (perf_counter() - self._begun)

    def _seconds(self) -> float | None:
        try:
            # Behind the name, which may hold blanks: user and system time are fields 14 and 15.
            fields = self._file.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Neighbours:
    """Watches how much the rest of the machine works while we measure (Linux)."""

    def __init__(self) -> None:
        self._begun = perf_counter()
        self._before = self._seconds()

    def share(self) -> float | None:
        """Return how many cores others kept busy since the beginning; None where nobody knows."""
        now = self._seconds()
        if now is None or self._before is None:
            return None
        return max(0.0, (now - self._before) / (perf_counter() - self._begun))

    def _seconds(self) -> float | None:
        try:
            line = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0]
        except OSError:
            return None
        user, nice, system, _, _, irq, soft, steal, *_ = (int(one) for one in line.split()[1:])
        own = os.times()  # our children are in it once they have ended, as all ours do
        used = own.user + own.system + own.children_user + own.children_system
        return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK") - used
