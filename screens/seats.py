"""Choosing at how many tables people sit in a stage, and how they are spread over them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from screens.house import _, t
from workshop.captions import SPREADS
from workshop.model import Anonymity, Spread, Stage, StageState
from workshop.seating import MOST_TABLES


def choose(stage: Stage, key: str, *, narrow: bool = False) -> dict[str, Any]:
    """Draw the two choices and return what was chosen; nothing once people sit, or in secret."""
    if stage.state is not StageState.planned or stage.anonymity is Anonymity.secret:
        return {}
    number, spread = (st.container(), st.container()) if narrow else st.columns(2)
    count = number.number_input(
        _("Tables in the room"),
        min_value=0,
        max_value=MOST_TABLES,
        value=stage.tables,
        help=_("0: everybody together. Phones say at which table each person sits."),
        key=f"{key}.tables",
        on_change="ignore",
    )
    how = spread.selectbox(
        _("Who sits where"),
        list(Spread),
        index=list(Spread).index(stage.spread),
        format_func={one: t(SPREADS[one]) for one in Spread}.__getitem__,
        key=f"{key}.spread",
        on_change="ignore",
    )
    return {"tables": int(count), "spread": how}
