"""Which workshop is meant: where an address names none, or one that is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

import streamlit as st

from screens import house
from workshop.model import Series, Workshop
from workshop.store.rehearsing import MOST_NAME

TODAY = timedelta(hours=12)
"""What was opened or closed within these is what somebody comes back to."""


def asked(what: str) -> str:
    """Return the short name of what lies on the desk, or of what the address asks for; else ""."""
    return str(st.session_state.get(f"desk.{what}") or st.query_params.get(what) or "")


def series(known: Mapping[str, Series]) -> str:
    """Return the series of the workshop the address names, else of one that is running; else ""."""
    name = asked("workshop")
    if name:
        return _series_of(name, known)
    running = _running()
    found = (name for name, one in known.items() if running and one.id == running.series_id)
    return next(found, "")


def usual(known: Mapping[str, Workshop]) -> str:
    """Return which workshop is meant where none was named: one that is running, else the next."""
    running = _running()
    if running and running.short_name in known:
        return running.short_name
    real = [name for name, one in known.items() if one.copy_of is None]
    ahead = [name for name in real if not known[name].finished]
    return ahead[0] if ahead else real[-1]


def gone(series: Series) -> str:
    """Return the name of the workshop that was on the desk, or in the address, and is no more."""
    name = asked("workshop")
    if not name or _has(series, name):
        return ""
    known = {one.short_name: one for one in house.toolkit().library.all_series()}
    return "" if _series_of(name, known) else name


def source(lost: str, workshops: Iterable[Workshop]) -> Workshop | None:
    """Return of which workshop a rehearsal with that short name was a copy, though it is gone."""
    original, found, _number = lost.partition("-rehearsal")
    cut = MOST_NAME - 3
    same = (one for one in workshops if found and original[:cut] == one.short_name[:cut])
    return next((one for one in same if one.copy_of is None), None)


def _series_of(workshop: str, known: Mapping[str, Series]) -> str:
    return next((name for name, one in known.items() if _has(one, workshop)), "")


def _has(series: Series, workshop: str) -> bool:
    shops = house.toolkit().library.workshops(series.id, copies=True)
    return any(workshop == one.short_name for one in shops)


def _running() -> Workshop | None:
    return house.toolkit().agenda.running(house.toolkit().now() - TODAY)
