"""A board that takes long to count, while people write: walls never wait, and soon have it all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.room import Hall
from workshop.language import say
from workshop.toolkit import live


@pytest.fixture
def hall(both: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A room with an open stage in which every count is a long one."""
    monkeypatch.setattr(live, "QUICK", 0.0)
    hall = Hall(both)
    hall.move("open")
    yield hall
    hall.close()


def seen(hall: Hall) -> str:
    """Return what the wall says now."""
    (prose,) = hall.toolkit.live.tell(hall.stage.id)
    return say(prose.sentences[0], "en")  # type: ignore[union-attr]


def wait_for(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_the_wall_shows_the_last_count_at_once_and_the_next_when_it_is_ready(hall: Hall) -> None:
    hall.write(0, "Library", "a")
    assert seen(hall) == "1", "the first look waits: there is nothing to show instead"
    hall.write(1, "Square", "b")
    before = hall.toolkit.live.renewed(hall.stage.id)
    assert seen(hall) == "1"
    wait_for(lambda: hall.toolkit.live.renewed(hall.stage.id) > before)
    assert seen(hall) == "2"


def test_what_staff_hide_is_gone_at_once(hall: Hall) -> None:
    receipt = hall.write(0, "Ivan is a fool", "a")
    assert seen(hall) == "1"
    hall.toolkit.sorting.hide(None, receipt.contribution_id, "insult")
    assert seen(hall) == "0"


def test_many_walls_in_a_busy_room_cost_few_counts_and_end_with_the_truth(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.write(0, "Library", "first")
    seen(hall)
    with ThreadPoolExecutor(8) as crowd:
        for n in range(12):
            hall.write(n % 4, f"Idea {n}", f"k{n}")
            list(crowd.map(lambda _: seen(hall), range(8)))
    wait_for(lambda: seen(hall) == "13")
    assert hall.toolkit.live.renewed(hall.stage.id) <= 13, "never more than one a contribution"


def test_after_the_reveal_everything_is_counted(hall: Hall) -> None:
    hall.write(0, "Library", "a")
    seen(hall)
    hall.write(1, "Square", "b")
    hall.move("locked")
    hall.move("revealed")
    assert seen(hall) == "2"


def test_closing_the_house_leaves_nothing_behind(hall: Hall) -> None:
    hall.write(0, "Library", "a")
    seen(hall)
    hall.write(1, "Square", "b")
    seen(hall)
    hall.toolkit.live.close()
    before = hall.toolkit.live.renewed(hall.stage.id)
    hall.write(2, "Bridge", "c")
    seen(hall)
    assert hall.toolkit.live.renewed(hall.stage.id) == before
