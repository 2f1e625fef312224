"""Measure everything: ``python bench/run.py [--json FILE] [--quick] [--only NAME]``."""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import (
    board,
    capacity,
    crowd,
    flow,
    line,
    paper,
    peers,
    several,
    soak,
    start,
    troubles,
    wall,
    weight,
)
from bench.figures import Figure, table
from bench.load import Neighbours

PARTS: dict[str, Callable[[bool], list[Figure]]] = {
    "start": start.measure,
    "weight": weight.measure,
    "line": line.measure,
    "crowd": crowd.measure,
    "capacity": capacity.measure,
    "several": several.measure,
    "peers": peers.measure,
    "troubles": troubles.measure,
    "soak": soak.measure,
    "report": paper.measure,
    "wall": wall.measure,
    "board": board.measure,
    "flow": flow.measure,
}
BUSY = 0.25
"""Share of the machine that others may take before the figures are called too high."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return 1 if a part could not be measured."""
    asked = _arguments(arguments)
    logging.disable(logging.WARNING)  # Streamlit warns of each script run outside a server
    surroundings = machine()
    figures: list[Figure] = []
    broken = []
    shares: dict[str, float | None] = {}
    for name in asked.only or PARTS:
        begun, neighbours = perf_counter(), Neighbours()
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            figures += PARTS[name](asked.quick)
        except Exception:
            # One part that breaks must not hide what the others measured.
            traceback.print_exc()
            broken.append(name)
        shares[name] = neighbours.share()
        print(f"{name}: {perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    surroundings["others"] = shares
    print(table(figures))
    print("\n" + told(surroundings))
    if broken:
        print(f"Could not be measured: {', '.join(broken)}")
    if asked.json:
        known = {"machine": surroundings, "figures": [one.plain() for one in figures]}
        asked.json.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if broken else 0


def machine() -> dict[str, Any]:
    """Return on what was measured."""
    return {
        "at": datetime.now().astimezone().isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def told(surroundings: dict[str, Any]) -> str:
    """Return the machine in a sentence, with a caution when it was busy with other things."""
    cores, others = surroundings["cores"] or 1, surroundings["others"]
    said = (
        f"{surroundings['at']}, {cores} cores, {surroundings['system']}, "
        f"Python {surroundings['python']}."
    )
    known = {name: share for name, share in others.items() if share is not None}
    if known:
        shares = ", ".join(f"{name} {share:.2f}" for name, share in known.items())
        said += f" Cores that other programs kept busy meanwhile: {shares}."
    if any(share > BUSY * cores for share in known.values()):
        said += " That is a lot: on a quiet machine the times are shorter."
    return said


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    reader = argparse.ArgumentParser(description="Measure what was promised.")
    reader.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    reader.add_argument("--quick", action="store_true", help="fewer repetitions, smaller crowds")
    reader.add_argument("--only", action="append", choices=PARTS, help="measure only this part")
    return reader.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
