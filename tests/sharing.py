"""How tests are shared out among processes: those of one file stay together, walks go alone."""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling

ALONE = "test_walk.py"
"""Its tests take minutes each and share nothing."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types for it
    """Gives each process the tests of a file that stand side by side in the collection.

    Tests of one file share what they have set up: servers, databases, printed reports. Those of
    a file that open a browser stand apart, behind all that do not.
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
