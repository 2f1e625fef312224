"""The demo series in a database of its own, for tests of what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workshop.blocks import Table, as_table
from workshop.model import Id
from workshop.toolkit import Toolkit

HERE = Path(__file__).resolve().parent
EXPECTED: dict[str, Any] = json.loads((HERE / "vectors" / "expected.json").read_text("utf-8"))
DEMO = json.loads((HERE.parent / "examples" / "demo.json").read_text("utf-8"))


class Demo:
    """The demo series with its stages, and what the sample calls everything."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.toolkit = toolkit
        self.series = toolkit.archive.load(None, DEMO)
        self.workshops = [
            one for one in toolkit.library.workshops(self.series.id) if not one.rehearsal
        ]
        self.stages = [stage for one in self.workshops for stage in toolkit.agenda.stages(one.id)]
        self.organisations = {
            one.id: one.key for one in toolkit.library.organisations(self.series.id)
        }
        self.groups = {one.id: one.key for one in toolkit.library.groups(self.series.id)}
        self._keys = {one["id"]: one["key"] for one in DEMO["contributions"]}

    def called(self, contribution_id: Id) -> str:
        """Return what the sample calls an entry: "W17", "K06"."""
        return str(self._keys[contribution_id]).rpartition("-")[2]

    def stage(self, exercise: str, nth: int = 0) -> Any:
        """Return the nth stage of an exercise."""
        return [one for one in self.stages if one.exercise == exercise][nth]

    def result(self, exercise: str, nth: int = 0) -> Any:
        """Return its result."""
        return self.toolkit.results.result(self.stage(exercise, nth).id)

    def blocks(self, exercise: str, nth: int = 0) -> list[Any]:
        """Return all its blocks: of the wall, of the report and of its annexes."""
        stage, results = self.stage(exercise, nth), self.toolkit.results
        annex = self.toolkit.agenda.exercise(stage).annex
        annexed = annex(results.result(stage.id)) if annex else {}
        more = [block for blocks in annexed.values() for block in blocks]
        return [*results.tell(stage.id), *results.details(stage.id), *more]

    def table(self, key: str, nth: int = 0) -> Table:
        """Return a table as wall, phone, Excel and Word get it."""
        for block in self.blocks(key.split(".")[0], nth):
            table = as_table(block)
            if table is not None and table.key == key:
                return table
        raise AssertionError(f"nothing tells {key}")
