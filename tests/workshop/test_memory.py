"""What is remembered of a stage is what a fresh look finds, whatever people and staff did since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.room import Hall
from workshop.language import Multilingual
from workshop.model import Anonymity
from workshop.store import recall as recalling
from workshop.toolkit import Toolkit, memory


@pytest.fixture
def hall(both: str) -> Iterator[Callable[..., Hall]]:
    halls: list[Hall] = []

    def make(**wishes: Any) -> Hall:
        halls.append(Hall(both, **wishes))
        return halls[-1]

    yield make
    for one in halls:
        one.close()


def remembered(room: Hall) -> list[Any]:
    return room.toolkit.results.contributions(room.stage.id)


def fresh(room: Hall) -> list[Any]:
    looking = Toolkit.open(room.url, exercises=room.toolkit.catalogue, write=False)
    try:
        return looking.results.contributions(room.stage.id)
    finally:
        looking.close()


def test_every_act_of_people_and_staff_is_seen_at_the_next_look(hall: Callable[..., Hall]) -> None:
    room = hall()
    room.move("open")
    ids = [room.write(n % 4, f"Idea {n}", f"k{n}").contribution_id for n in range(8)]
    sorting, entries, people = room.toolkit.sorting, room.toolkit.entries, room.toolkit.people
    theme = sorting.add_theme(None, room.stage.id, Multilingual(en="Services"))
    library = room.toolkit.library
    names = [
        library.add_organisation(None, room.series.id, Multilingual(en=name), room.groups[0].id)
        for name in ("Bridge", "River")
    ]
    for act in (
        lambda: room.write(0, "One more", "k8"),
        lambda: sorting.merge(None, ids[1:3], ids[0]),
        lambda: sorting.unmerge(None, ids[1]),
        lambda: sorting.hide(None, ids[3], "test"),
        lambda: sorting.restore(None, ids[3]),
        lambda: sorting.reword(None, ids[4], Multilingual(bg="Друго", en="Other")),
        lambda: sorting.reword(None, ids[4], Multilingual()),
        lambda: sorting.assign(None, ids[5], theme.id),
        lambda: sorting.remove_theme(None, theme.id),
        lambda: sorting.refile(None, ids[5], "right"),
        lambda: entries.withdraw(room.people[2].id, ids[6], "w").result(),
        lambda: people.change_participant(None, room.people[0].id, organisation_id=names[0].id),
        lambda: library.merge_organisation(None, names[0].id, names[1].id),
        lambda: people.change_participant(None, room.people[1].id, voting=False),
        lambda: people.change_participant(None, room.people[3].id, left=True),
        lambda: room.toolkit.entries.record(None, room.stage.id, STAFF, "s"),
    ):
        act()
        assert remembered(room) == fresh(room)


STAFF = {"kind": "note", "about": "1", "words": "Seen"}


def test_a_replaced_entry_leaves_the_memory(hall: Callable[..., Hall]) -> None:
    room = hall(exercise="ballots")
    room.move("open")
    for who in range(4):
        room.vote(who, "yes", f"a{who}")
    assert [one.entry.choice for one in remembered(room)] == ["yes"] * 4
    room.vote(1, "no", "b1")
    assert remembered(room) == fresh(room)
    assert [one.entry.choice for one in remembered(room)] == ["yes", "yes", "yes", "no"]


def test_secret_ballots_are_counted_as_they_come(hall: Callable[..., Hall]) -> None:
    room = hall(exercise="ballots", anonymity=Anonymity.secret)
    room.move("open")
    for who in range(4):
        room.vote(who, "yes", f"a{who}")
        assert remembered(room) == fresh(room)
        assert len(remembered(room)) == who + 1


def test_only_what_is_new_is_read_again(
    hall: Callable[..., Hall], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = hall()
    room.move("open")
    ids = [room.write(n % 4, f"Idea {n}", f"k{n}").contribution_id for n in range(8)]
    remembered(room)
    read: list[set[str]] = []
    whole = recalling._contributions
    monkeypatch.setattr(
        recalling,
        "_contributions",
        lambda connection, stage_id, wanted: (
            read.append(set(wanted)) or whole(connection, stage_id, wanted)
        ),
    )
    monkeypatch.setattr(memory, "reader", _nobody)
    remembered(room)
    assert read == []
    room.toolkit.sorting.hide(None, ids[3], "test")
    assert [one.hidden for one in remembered(room)].count("test") == 1
    assert read == [{ids[3]}]


def test_more_changes_than_are_asked_for_one_by_one(
    hall: Callable[..., Hall], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalling, "FEW", 2)
    room = hall()
    room.move("open")
    for n in range(4):
        room.write(n, f"Idea {n}", f"k{n}")
    assert remembered(room) == fresh(room)
    for n in range(4):
        room.write(n, f"Thought {n}", f"t{n}")
    assert remembered(room) == fresh(room)
    assert [one.number for one in remembered(room)] == list(range(1, 9))


def _nobody(entry: Any) -> Any:
    raise AssertionError("an entry that is known was checked again")
