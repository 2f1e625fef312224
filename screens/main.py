"""The staff's front door in Streamlit: who sees which screen."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from screens import coordinator, crowd, house, shell, staff
from screens.house import _
from workshop.language import Text, text
from workshop.model import Away, Role, Staff

HERE = Path(__file__).resolve().parent


class Screen(NamedTuple):
    """A page as a file, its name in the navigation, and the least role that may open it."""

    path: Path
    title: Text
    role: Role
    address: str


FACILITATOR = (
    Screen(HERE / "facilitator" / "cockpit.py", text("Run"), Role.observer, "run"),
    Screen(HERE / "facilitator" / "board.py", text("Sort"), Role.facilitator, "sort"),
    Screen(HERE / "facilitator" / "result.py", text("Result"), Role.facilitator, "result"),
    Screen(HERE / "facilitator" / "handing.py", text("Hand on"), Role.facilitator, "hand-on"),
    Screen(HERE / "facilitator" / "people.py", text("Room"), Role.facilitator, "room"),
    Screen(HERE / "facilitator" / "paper.py", text("Paper"), Role.facilitator, "paper"),
    Screen(HERE / "facilitator" / "hall.py", text("Hall check"), Role.facilitator, "hall"),
    Screen(HERE / "facilitator" / "observing.py", text("Observe"), Role.observer, "observe"),
)
WALL = Screen(HERE / "projector" / "wall.py", text("Wall"), Role.observer, "wall")


def main() -> None:
    """Draw the page somebody asked for, if they may see it."""
    member = staff.signed_in()
    st.set_page_config(page_title=_("Sedyanka"), layout="wide")
    chosen = st.navigation(_map(member), position="top" if member else "hidden")
    if member is not None:
        crowd.warm()
    if chosen.url_path == WALL.address and member is not None:
        st.set_page_config(page_title=_("Wall"), layout="wide")
        with crowd.room():
            chosen.run()
        return
    house.show(house.style("staff.css"))
    if member is None:
        staff.turn_away(None)
        return
    shell.draw(member)
    with crowd.room():
        chosen.run()


def _map(member: Staff | None) -> dict[str, list[st.Page]]:
    """Return all pages: those one may not open keep their address, but are not listed."""
    prepared = [
        _page(Screen(page.path, page.title, page.role, page.path.stem), member)
        for page in coordinator.PAGES
    ]
    running = [_page(one, member, default=one.address == "run") for one in FACILITATOR]
    running.append(_page(WALL, None))
    if not staff.may(member, Role.coordinator):
        return {"": [*running, *prepared]}
    return {"": running, _("Preparation"): prepared}


def _page(screen: Screen, member: Staff | None, default: bool = False) -> st.Page:
    return st.Page(
        screen.path,
        title=house.t(screen.title),
        url_path=screen.address,
        default=default,
        visibility="visible" if staff.may(member, screen.role) else "hidden",
    )


try:
    main()
except Away:
    # Without this a wall that was drawn at the wrong moment would stay an error until a reload.
    shell.come_back()
