"""Staff sign in; guessing is slow, and never keeps the rightful owner out."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.room import TINY, Clock
from workshop.model import Refused, Role
from workshop.toolkit import Toolkit


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(both: str, clock: Clock) -> Iterator[Toolkit]:
    with Toolkit.open(both, exercises=TINY, now=clock) as toolkit:
        yield toolkit


def test_the_first_start_makes_one_coordinator_once(house: Toolkit) -> None:
    first = house.accounts.ensure_first()
    assert first is not None
    staff, password = first
    assert (staff.role, staff.first_password) == (Role.coordinator, True)
    assert house.accounts.ensure_first() is None
    assert house.accounts.sign_in(" Coordinator ", password).id == staff.id


def test_guessing_is_slowed_and_a_known_browser_is_not_kept_out(
    house: Toolkit, clock: Clock
) -> None:
    _, right = house.accounts.create(None, "Ivana", "facilitator", "four simple words")
    for _ in range(4):
        with pytest.raises(Refused, match="not right"):
            house.accounts.sign_in("ivana", "wrong password")
    with pytest.raises(Refused, match="wait"):
        house.accounts.sign_in("ivana", right)
    assert house.accounts.sign_in("ivana", right, browser="hers", known=True).name == "Ivana"
    clock.turn(seconds=61)
    assert house.accounts.sign_in("ivana", right).name == "Ivana"


def test_parallel_guesses_all_count(house: Toolkit) -> None:
    house.accounts.create(None, "Ivana", "facilitator", "four simple words")

    def guess(_: int) -> str:
        try:
            house.accounts.sign_in("Ivana", "wrong password")
        except Refused as refused:
            return refused.reason.message
        return "in"

    with ThreadPoolExecutor(10) as crowd:
        heard = list(crowd.map(guess, range(10)))
    assert sum("not right" in one for one in heard) == 4
    assert sum("wait" in one for one in heard) == 6


def test_an_unknown_name_sounds_like_a_wrong_password(house: Toolkit) -> None:
    house.accounts.create(None, "Ivana", "facilitator", "four simple words")
    heard = set()
    for name in ("Ivana", "Nobody"):
        with pytest.raises(Refused) as refused:
            house.accounts.sign_in(name, "wrong password")
        heard.add(refused.value.reason)
    assert len(heard) == 1


def test_a_new_password_and_a_disabled_account_end_old_cookies(house: Toolkit) -> None:
    house.accounts.ensure_first()
    staff, _ = house.accounts.create(None, "Ivana", "facilitator", "four simple words")
    stamp = house.accounts.stamp(staff)
    with pytest.raises(Refused, match="present password"):
        house.accounts.change_password(staff.id, "not it", "other good words")
    with pytest.raises(Refused, match="at least"):
        house.accounts.change_password(staff.id, "four simple words", "short")
    with pytest.raises(Refused, match="already"):
        house.accounts.change_password(staff.id, "four simple words", "four simple words")
    with pytest.raises(Refused, match="Your name"):
        house.accounts.change_password(staff.id, "four simple words", " IVANA ")
    house.accounts.change_password(staff.id, "four simple words", "other good words")
    assert house.accounts.stamp(staff) != stamp
    house.accounts.set_active(None, staff.id, False)
    assert house.accounts.by_id(staff.id) is None
    with pytest.raises(Refused, match="not right"):
        house.accounts.sign_in("Ivana", "other good words")
    fresh = house.accounts.reset_password(None, "ivana")
    house.accounts.set_active(None, staff.id, True)
    assert house.accounts.sign_in("Ivana", fresh).first_password


def test_the_last_coordinator_cannot_lock_everybody_out(house: Toolkit) -> None:
    first = house.accounts.ensure_first()
    assert first is not None
    for act in (
        lambda: house.accounts.set_active(None, first[0].id, False),
        lambda: house.accounts.set_role(None, first[0].id, Role.observer),
    ):
        with pytest.raises(Refused, match="last coordinator"):
            act()
    house.accounts.create(None, "Petar", Role.coordinator)
    house.accounts.set_role(None, first[0].id, Role.observer)
    with pytest.raises(Refused, match="already an account"):
        house.accounts.create(None, "PETAR", Role.observer)
