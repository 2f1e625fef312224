"""How tests are shared out among processes: those of one file stay together, walks go alone."""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling

ALONE = "test_walk.py"
"""Its tests take minutes each and share nothing."""
BROWSERS = (ALONE, "_in_chromium.py", "_in_browser.py")
"""How the names of files end in which everything happens in a browser."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types for it
    """Gives each process the tests of a file that stand side by side in the collection.

    Tests of one file share what they have set up: servers, databases, printed reports. Those of
    a file that open a browser stand apart, behind all that do not. One process begins with the
    browsers: a browser waits as often as it works, so its walks fit beside the reckoning of the
    others; several of them at once, at the end, would only wait for each other.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._units: dict[str, str] = {}
        self._file = ""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid not in self._units:
            file = nodeid.partition("::")[0]
            begins = file != self._file or file.endswith(ALONE)
            self._file = file
            before = next(reversed(self._units), "")
            self._units[nodeid] = nodeid if begins else self._units[before]
        return self._units[nodeid]

    def _assign_work_unit(self, node: Any) -> None:
        browsers = node is self.nodes[0]
        fitting = (one for one in self.workqueue if _in_a_browser(one) is browsers)
        self.workqueue.move_to_end(next(fitting, next(iter(self.workqueue))), last=False)
        super()._assign_work_unit(node)


def _in_a_browser(unit: str) -> bool:
    return unit.partition("::")[0].endswith(BROWSERS)
