"""Find the exercises: every folder in ``exercises/`` that exports an ``exercise``."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from workshop.exercise import Exercise

Catalogue = Mapping[str, Exercise[Any, Any, Any]]
HOME = Path(__file__).resolve().parent.parent / "exercises"


def gather(home: Path = HOME, package: str = "exercises") -> dict[str, Exercise[Any, Any, Any]]:
    """Return the exercises found in ``home`` by folder name.

    Raises:
        TypeError: a folder has no manifest, or one of another type; the program must not start
            with half an exercise.
    """
    found: dict[str, Exercise[Any, Any, Any]] = {}
    for key in _folders(home):
        manifest = getattr(importlib.import_module(f"{package}.{key}"), "exercise", None)
        if not isinstance(manifest, Exercise):
            raise TypeError(
                f"exercises/{key}/__init__.py must define exercise = Exercise(...); found "
                f"{manifest!r}"
            )
        if any(manifest is other for other in found.values()):
            raise TypeError(f"exercises/{key} exports the manifest of another exercise")
        found[key] = manifest
    if not found:
        raise TypeError(f"no exercise in {home}")
    return found


def screen(key: str) -> ModuleType | None:
    """Return an exercise's own staff screen, if its folder has a ``screen.py``."""
    if not (HOME / key / "screen.py").is_file():
        return None
    return importlib.import_module(f"exercises.{key}.screen")


def _folders(home: Path) -> Iterator[str]:
    for folder in sorted(home.iterdir()):
        if folder.is_dir() and not folder.name.startswith(("_", ".")):
            yield folder.name
