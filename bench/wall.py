"""How long the wall takes to show one more contribution when there are 5,000 or 20,000 already."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bench import hall
from bench.figures import Figure, Lap, middle, timed
from screens import crowd, house, staff
from screens.projector import frame, look, place, sight
from screens.projector.sight import Sight
from workshop.model import Participant, Role, Stage, Workshop
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

CROWDS = ((5_000, 200.0), (20_000, 150.0))
"""Contributions on the board, and the milliseconds a refresh may take then."""
SOON = 1_500.0
"""A facilitator's act is to be seen on the wall within that time; so is a contribution."""
FEW = 500
EACH = 19
"""Ideas of one person; a stage takes a few more."""
TIMES, FEW_TIMES = 15, 5
SCRIPT = hall.ROOT / "screens" / "projector" / "wall.py"


class Live:
    """A SWOT stage that shows on the wall as people write, with its board already full."""

    def __init__(self, toolkit: Toolkit, count: int) -> None:
        self.toolkit = toolkit
        self.workshop: Workshop = hall.furnish(toolkit, hall.board(live=True))
        self.stage: Stage = hall.open_stage(toolkit, self.workshop)
        self.people: list[Participant] = hall.seat(toolkit, self.workshop, max(40, count // EACH))
        self.written = count
        receipts = hall.write(toolkit, self.stage, self.people, count)
        hall.sort(toolkit, self.stage, receipts)
        self.look = look.Look(languages=("bg",))

    def write_one(self) -> None:
        """Let somebody send one more idea."""
        hall.write(self.toolkit, self.stage, self.people, 1, start=self.written)
        self.written += 1

    def tell(self) -> None:
        """Ask for the result in blocks."""
        self.toolkit.results.tell(self.stage.id)

    def gather(self) -> Sight:
        """Look at all the wall shows."""
        return sight.gather(self.toolkit, self.workshop.id)

    def draw(self) -> None:
        """Look and draw, as the page does."""
        frame.draw(self.gather(), self.look)

    def turn_to(self, page: int) -> None:
        """Show another view of the result."""
        anchor = self.gather().views(self.look)[page].anchor
        place.turn(self.workshop.id, self.stage.id, page, anchor=anchor)

    @property
    def views(self) -> list[str]:
        """The titles of all views of the result."""
        laid = self.gather().views(self.look)
        return [self.look.html(one.title) for one in laid]

    def catch_up(self, page: AppTest) -> None:
        """Write one more idea and draw until the wall has counted it."""
        self.write_one()
        page.run()
        while (known := self.toolkit.results.glance(self.stage.id)) is None or not known.fresh:
            time.sleep(0.005)
        page.run()

    def after_one_more(self, act: Callable[[], object], times: int) -> list[Lap]:
        """Return how long ``act`` takes, each time after one more contribution."""
        act()
        found = []
        for _ in range(times):
            self.write_one()
            found.append(timed(act))
        return found


def measure(quick: bool) -> list[Figure]:
    """Fill a board, then measure each part of a refresh and the whole of it."""
    if quick:
        return _measured(FEW, CROWDS[0][1], FEW_TIMES)
    return [figure for count, most in CROWDS for figure in _measured(count, most, TIMES)]


def _measured(count: int, most: float, times: int) -> list[Figure]:
    with hall.database() as url, Toolkit.open(url) as toolkit:
        house.enter(toolkit)
        live = Live(toolkit, count)
        page = _page(live)
        crowd.settle()  # as the server does when it opens
        told = live.after_one_more(live.tell, times)
        again = [timed(live.tell) for _ in range(times)]
        drawn = live.after_one_more(live.draw, times)
        whole = live.after_one_more(page.run, times)
        idle = [timed(page.run) for _ in range(times)]
        behind = [timed(lambda: live.catch_up(page)) for _ in range(times)]
        _fail_loudly(page)
        # With more than a hall writes it is told for information.
        soon = SOON if count <= CROWDS[0][0] else None
        return [
            _figure("tell", "result after one more contribution", told, count, None),
            _figure("behind", "one more contribution is on the wall", behind, count, soon),
            _figure("look", "the same result looked at again", again, count, most),
            _figure("draw", "wall gathered and drawn after one more", drawn, count, most),
            _figure("script", "whole script run of the wall after one more", whole, count, most),
            _figure("idle", "whole script run with nothing new", idle, count, most),
            _slowest_view(live, page, count, most),
        ]


def _slowest_view(live: Live, page: AppTest, count: int, most: float) -> Figure:
    """Turn through the whole result: pages with pictures are drawn anew when figures change."""
    found: dict[str, list[Lap]] = {}
    for number, title in enumerate(live.views):
        live.turn_to(number)
        found[f"view {number + 1}, “{title}”"] = live.after_one_more(page.run, FEW_TIMES)
    _fail_loudly(page)
    name = max(found, key=lambda one: middle([lap.wall for lap in found[one]]))
    what = f"script run of the slowest of {len(found)} views: {name}"
    return _figure("slowest", what, found[name], count, most)


def _page(live: Live) -> AppTest:
    """Return the wall as Streamlit's own test runner opens it, signed in as an observer."""
    from streamlit.testing.v1 import AppTest

    member, _ = live.toolkit.accounts.create(None, "Bench", Role.observer)
    signed = staff.pass_for(member)
    staff.cookie = lambda: signed
    page = AppTest.from_file(str(SCRIPT), default_timeout=60)
    page.query_params["w"] = live.workshop.code
    page.query_params["language"] = "bg"
    page.run()
    _fail_loudly(page)
    return page


def _fail_loudly(page: AppTest) -> None:
    if page.exception:
        raise RuntimeError("\n".join(page.exception[0].stack_trace))


def _figure(key: str, what: str, found: list[Lap], count: int, most: float | None) -> Figure:
    seconds = [one.wall for one in found]
    return Figure(
        key=f"wall.{count}.{key}",
        what=what,
        value=middle(seconds),
        unit="ms",
        most=most,
        note=f"{count:,} contributions; median of {len(found)}, slowest {max(seconds):.0f} ms; "
        f"{middle([one.worked for one in found]):.0f} ms of processor",
    )
