"""A card that holds two ideas becomes two cards of the same author."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest

from exports.excel import workbook
from tests.room import Hall
from workshop.cards import cards
from workshop.language import Multilingual, say
from workshop.model import Refused
from workshop.store.archive import ArchiveDesk

M = Multilingual


@pytest.fixture
def room(both: str) -> Iterator[Hall]:
    hall = Hall(both)
    hall.move("open")
    hall.write(0, "A park and a library", "a")
    hall.write(1, "A library", "a")
    yield hall
    hall.close()


def shown(room: Hall) -> list[tuple[int, str, int]]:
    """Return number, words and support of what stands."""
    found = room.toolkit.results.contributions(room.stage.id)
    told = cards(found, lambda entry: entry.text)
    return [(one.first.number, one.words.bg, one.people) for one in told]


def test_the_parts_keep_author_entry_and_moment_and_support_counts_people(room: Hall) -> None:
    sorting = room.toolkit.sorting
    whole, other = room.standing()
    assert sorting.split(None, whole.id, ["A park", " ", "A library"])[0] == whole.id
    first, second, part = room.standing()
    assert (first.id, second.id, part.part_of, part.number) == (whole.id, other.id, whole.id, 3)
    assert (part.sender, part.entry, part.at) == (whole.sender, whole.entry, whole.at)
    assert shown(room) == [(1, "A park", 1), (2, "A library", 1), (3, "A library", 1)]
    sorting.merge(None, [part.id], other.id)
    assert shown(room) == [(1, "A park", 1), (2, "A library", 2)]
    sorting.merge(None, [whole.id], other.id)
    assert shown(room) == [(2, "A library", 2)], "one person counts once"
    acts = room.toolkit.undoing.acts(room.workshop.id)
    for act in acts[:3]:
        room.toolkit.undoing.undo(None, act.id)
    assert room.standing() == [whole, other]


def test_a_part_is_split_again_and_the_origin_stays_the_entry(room: Hall) -> None:
    sorting, whole = room.toolkit.sorting, room.standing()[0].id
    part = sorting.split(None, whole, ["A park", "A library for children"])[1]
    third = sorting.split(None, part, ["A library", "Books for children"])[1]
    assert {one.id: one.part_of for one in room.standing()}[third] == whole
    assert [one[1] for one in shown(room)] == [
        "A park", "A library", "A library", "Books for children",
    ]  # fmt: skip
    with pytest.raises(Refused, match="needs a wording"):
        sorting.reword(None, part, M())


def test_its_author_sees_one_entry_and_takes_all_parts_along(room: Hall) -> None:
    entries, person = room.toolkit.entries, room.people[0].id
    whole = room.standing()[0]
    part = room.toolkit.sorting.split(None, whole.id, ["A park", "A library"])[1]
    assert [one.id for one in entries.own(person, room.stage.id)] == [whole.id]
    assert room.toolkit.results.progress(room.stage.id).entries == 2
    for nth in range(4):
        room.write(0, f"More {nth}", f"more-{nth}")  # five are allowed, the part is none
    again = {"kind": "idea", "text": "Only a park"}
    entries.contribute(person, room.stage.id, again, "r", replaces=whole.id).result()
    assert part not in {one.id for one in room.standing()}
    assert "Only a park" in {one.entry.text for one in room.standing()}


def test_withdrawing_withdraws_the_parts_and_the_split_stays(room: Hall) -> None:
    whole = room.standing()[0].id
    room.toolkit.sorting.split(None, whole, ["A park", "A library"])
    room.toolkit.entries.withdraw(room.people[0].id, whole, "w").result()
    assert [one.number for one in room.standing()] == [2]
    with pytest.raises(Refused, match="Its author"):
        room.toolkit.undoing.undo(None, room.toolkit.undoing.acts(room.workshop.id)[0].id)


def test_what_became_of_a_part_stays_when_the_split_cannot_be_undone_alone(room: Hall) -> None:
    sorting, undoing = room.toolkit.sorting, room.toolkit.undoing
    whole, other = room.standing()
    part = sorting.split(None, whole.id, ["A park", "A library"])[1]
    sorting.merge(None, [other.id], part)
    split = undoing.acts(room.workshop.id)[1]
    with pytest.raises(Refused, match="Undo the later act first"):
        undoing.undo(None, split.id)
    for _ in range(2):
        undoing.undo(None, undoing.acts(room.workshop.id)[0].id)
    assert room.standing() == [whole, other]


def test_a_split_needs_two_ideas_and_a_card_that_stands(room: Hall) -> None:
    sorting = room.toolkit.sorting
    whole, other = (one.id for one in room.standing())
    for parts in ([], ["One"], ["One", "  "], [f"{n}" for n in range(11)]):
        with pytest.raises(Refused, match="two to ten"):
            sorting.split(None, whole, parts)
    sorting.merge(None, [whole], other)
    with pytest.raises(Refused, match="merged, hidden or withdrawn"):
        sorting.split(None, whole, ["One", "Two"])


def test_the_workbook_the_annex_and_the_archive_say_what_was_split(room: Hall) -> None:
    whole = room.standing()[0].id
    room.toolkit.sorting.split(None, whole, ["A park", "A library"])
    room.toolkit.sorting.hide(None, room.standing()[1].id, "test")
    room.toolkit.undoing.undo(None, room.toolkit.undoing.acts(room.workshop.id)[0].id)
    room.move("locked")
    made = workbook.of_workshop(room.toolkit, room.workshop, "en")
    page = openpyxl.load_workbook(io.BytesIO(made)).worksheets[1]
    said = {
        row[0].value: [one.value for one in row[:5]] for row in page.iter_rows() if row[0].value
    }
    assert said[1][1:3] == ["A park", "A park and a library"]
    assert said[1][4] == "split; its other parts: 3"
    assert said[3][1:3] == ["A library", "A park and a library"]
    assert said[3][4] == "split off from No. 1"
    report = room.toolkit.results.report(room.series.id)
    annex = str(next(one for one in report.sections if one.key == "R14"))
    assert "split off from another entry" in annex
    assert "undid another" in annex
    archive = ArchiveDesk(room.toolkit.store).dump(room.series.id)
    assert [one["part_of"] for one in archive["contributions"]] == [None, None, whole]
    assert "A park" in say(room.toolkit.results.words(room.standing()[0]), "bg")
