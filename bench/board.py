"""How long the sorting board takes to answer a facilitator when 500 cards hang on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bench import hall
from bench.figures import Figure, Lap, middle, timed
from screens import crowd, house, staff
from workshop.model import Role
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

MOST = 500.0
COUNT, PEOPLE = 500, 40
TIMES, FEW_TIMES = 9, 3
SCRIPT = hall.ROOT / "screens" / "facilitator" / "board.py"


class Desk:
    """The board of a full hall, open in front of a facilitator."""

    def __init__(self, toolkit: Toolkit) -> None:
        self.toolkit = toolkit
        self.workshop = hall.furnish(toolkit, hall.board())
        self.stage = hall.open_stage(toolkit, self.workshop)
        people = hall.seat(toolkit, self.workshop, PEOPLE)
        written = hall.write(toolkit, self.stage, people, COUNT)
        self.cards = [one.contribution_id for one in written]
        member, _ = toolkit.accounts.create(None, "Bench", Role.facilitator)
        signed = staff.pass_for(member)
        staff.cookie = lambda: signed
        self.page = self.open()

    def open(self) -> AppTest:
        """Open the page as Streamlit's own test runner does."""
        from streamlit.testing.v1 import AppTest

        page = AppTest.from_file(str(SCRIPT), default_timeout=60)
        page.query_params["language"] = "bg"
        return self.run(page)

    def run(self, wished: Any) -> AppTest:
        """Let the script run with what was pressed or typed, and fail where it does."""
        page: AppTest = wished.run()
        if page.exception:
            raise RuntimeError("\n".join(page.exception[0].stack_trace))
        return page

    def tick(self, place: int) -> None:
        """Tick a card as the browser tells it, and let the panel beside it be drawn.

        All of the page is drawn here; in a browser the panel alone is.
        """
        known = self.page.session_state
        ticked = known["sort-picked"] if "sort-picked" in known else []  # noqa: SIM401  # has no get
        known["sort-picked"] = [*ticked, self.cards[place]]
        self.run(self.page)

    def press(self, key: str) -> None:
        """Press the button whose key begins so."""
        self.run(next(one for one in self.page.button if str(one.key).startswith(key)).click())

    def find(self, words: str) -> None:
        """Type into the search."""
        self.run(self.page.text_input(key="sort-find").set_value(words))

    def split(self) -> None:
        """Split the ticked card."""
        area = next(one for one in self.page.text_area if str(one.key).startswith("split-"))
        area.set_value("Една мисъл\nИ още една")
        self.run(next(one for one in self.page.button if "split-" in str(one.key)).click())


def measure(quick: bool) -> list[Figure]:
    """Fill a board, then do each thing several times; every act is undone again."""
    times = FEW_TIMES if quick else TIMES
    with hall.database() as url, Toolkit.open(url) as toolkit:
        house.enter(toolkit)
        desk = Desk(toolkit)
        crowd.settle()
        found: dict[str, list[Lap]] = {}

        def lap(name: str, act: Callable[[], object]) -> None:
            found.setdefault(name, []).append(timed(act))

        for nth in range(times):
            lap("open", desk.open)
            lap("tick", lambda: desk.tick(0))
            desk.tick(1)
            lap("merge", lambda: desk.press("merge"))
            lap("undo", lambda: desk.press("undo-"))
            lap("find", lambda nth=nth: desk.find(f"{nth}"))  # type: ignore[misc]
            desk.find("")
            desk.tick(0)
            lap("split", desk.split)
            desk.press("undo-")
        return [_figure(name, laps) for name, laps in found.items()]


WHAT = {
    "open": "sorting board opened",
    "tick": "a card ticked, the panel beside it drawn",
    "merge": "two cards merged",
    "undo": "the merge undone",
    "find": "a word searched for",
    "split": "a card split in two",
}


def _figure(name: str, found: list[Lap]) -> Figure:
    seconds = [one.wall for one in found]
    return Figure(
        key=f"board.{name}",
        what=WHAT[name],
        value=middle(seconds),
        unit="ms",
        most=None if name == "open" else MOST,
        note=f"{COUNT} cards; median of {len(found)}, slowest {max(seconds):.0f} ms; "
        f"{middle([one.worked for one in found]):.0f} ms of processor",
    )
