"""Tables at which people sit: dealt, joined, changed by hand; apart and together the same cards."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from exports import excel
from exports.excel.workbook import _entries
from tests.room import TINY, Hall
from tests.test_contract import PEOPLE, play
from workshop.blocks import Prose, Table
from workshop.language import Multilingual, say
from workshop.model import Anonymity, Refused, Spread, StageState
from workshop.seating import Guest, deal, place
from workshop.store import tables
from workshop.store.rows import new_id
from workshop.toolkit import StageDraft, Toolkit
from workshop.toolkit.tablewise import at_table


def gathered(rng: random.Random) -> list[Guest]:
    """Return a room of any size with groups and organisations of any size."""
    groups = [f"g{n}" for n in range(rng.randint(1, 6))]
    homes = {f"o{n}": rng.choice(groups) for n in range(rng.randint(1, 9))}
    room = []
    for n in range(rng.randint(0, 60)):
        home = rng.choice([*homes, None])
        group = homes[home] if home else rng.choice(groups)
        room.append(Guest(id=f"p{n}", group_id=group, organisation_id=home))
    return room


def uneven(counts: Counter[int], count: int) -> int:
    """Return by how many the fullest table differs from the emptiest."""
    filled = [counts[table] for table in range(1, count + 1)]
    return max(filled) - min(filled)


def test_mixed_the_room_and_each_group_and_organisation_differ_by_at_most_one() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        room, count = gathered(rng), rng.randint(2, 12)
        seated = deal(room, count, Spread.mixed, f"stage-{seed}")
        assert seated == deal(room[::-1], count, Spread.mixed, f"stage-{seed}"), "whoever is first"
        assert set(seated) == {one.id for one in room}
        assert uneven(Counter(seated.values()), count) <= 1
        for of in ("group_id", "organisation_id"):
            for key in {getattr(one, of) for one in room} - {None}:
                own = Counter(seated[one.id] for one in room if getattr(one, of) == key)
                assert uneven(own, count) <= 1, (seed, of, key)


def test_each_group_sits_together_and_who_comes_late_sits_with_theirs() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        room, count = gathered(rng), rng.randint(2, 12)
        seated = deal(room, count, Spread.group, "stage")
        at: dict[int, set[str]] = {}
        for one in room:
            at.setdefault(seated[one.id], set()).add(one.group_id)
        groups = {one.group_id for one in room}
        if len(groups) <= count:
            assert all(len(those) == 1 for those in at.values()), "a table for one group only"
        else:
            homes = Counter(group for those in at.values() for group in those)
            assert set(homes.values()) <= {1}, "no group is torn apart"
        counts = Counter((seated[one.id], one.group_id) for one in room)
        for group in groups:
            table = place(Guest(id="late", group_id=group), count, Spread.group, counts)
            assert table is not None
            assert group in at[table]


@pytest.fixture
def hall(both: str) -> Any:
    hall = Hall(both, people=9)
    hall.toolkit.agenda.change_stage(None, hall.stage.id, tables=3)
    yield hall
    hall.close()


def seats(hall: Hall) -> dict[str, int]:
    return {one.participant_id: one.at_table for one in hall.toolkit.seating.seats(hall.stage.id)}


def test_of_many_who_come_or_write_at_once_each_gets_one_seat(hall: Hall) -> None:
    people, stage = hall.toolkit.people, hall.stage.id
    people.change_participant(None, hall.people[0].id, left=True)
    hall.move("open")
    assert Counter(seats(hall).values()) == {1: 3, 2: 3, 3: 2}
    assert hall.people[0].id not in seats(hall)

    def come(number: int) -> None:
        if number % 3 == 0:  # whoever was thought to be gone writes after all, from two pages
            hall.write(0, f"I am here {number}", f"k{number}")
        else:  # two taps on one page are one person
            group = hall.groups[number % len(hall.groups)].id
            people.join(hall.workshop.code, group_id=group, key=f"page{number // 3}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(come, range(15)))
    assert len(people.participants(hall.workshop.id)) == 9 + 5
    found = seats(hall)
    assert len(hall.toolkit.seating.seats(stage)) == len(found) == 9 + 5
    for group in hall.groups:
        own = [one.id for one in people.participants(hall.workshop.id) if one.group_id == group.id]
        assert uneven(Counter(found[one] for one in own), 3) <= 1, "joined where few of theirs sat"
    written = hall.toolkit.results.contributions(stage)
    assert len(written) == 5
    assert {one.at_table for one in written} == {found[hall.people[0].id]}
    again = tables.seat.insert().values(
        id=new_id(), stage_id=stage, participant_id=hall.people[0].id, at_table=1
    )
    with pytest.raises(IntegrityError), hall.toolkit.store.engine.begin() as connection:
        connection.execute(again)


def test_somebody_moves_and_what_they_wrote_stays_where_it_was(tmp_path: Path) -> None:
    hall = Hall(f"sqlite:///{tmp_path}/hall.db", people=9)
    toolkit, stage = hall.toolkit, hall.stage.id
    change = toolkit.agenda.change_stage
    for wrong in (1, 31):
        with pytest.raises(Refused, match="Set 2 to"):
            change(None, stage, tables=wrong)
    change(None, stage, tables=3)
    before = deal(
        [Guest(id=one.id, group_id=one.group_id) for one in hall.people], 3, Spread.mixed, stage
    )
    hall.move("open")
    assert seats(hall) == before, "the same stage deals the same"
    with pytest.raises(Refused, match="people sit already"):
        change(None, stage, tables=2)
    who = hall.people[0].id
    first = before[who]
    hall.write(0, "Here first", "a")
    other = first % 3 + 1
    toolkit.seating.seat(None, stage, who, other)
    assert toolkit.people.by_token(hall.tokens[0]).at_table == other  # type: ignore[union-attr]
    hall.write(0, "Then there", "b")
    assert [one.at_table for one in hall.standing()] == [first, other]
    assert toolkit.results.progress(stage).by_table[first - 1].entries == 1
    (act, *_rest) = toolkit.undoing.acts(hall.workshop.id)
    assert (act.act, act.told) == ("seat", {"person": hall.people[0].number, "table": other})
    toolkit.undoing.undo(None, act.id)
    assert seats(hall) == before
    with pytest.raises(Refused, match="no such table"):
        toolkit.seating.seat(None, stage, who, 4)
    hall.close()


def test_by_hand_nobody_is_dealt_and_fewer_tables_let_only_their_own_get_up(tmp_path: Path) -> None:
    hall = Hall(f"sqlite:///{tmp_path}/hall.db", people=4)
    toolkit, stage = hall.toolkit, hall.stage.id
    toolkit.agenda.change_stage(None, stage, tables=3, spread=Spread.hand)
    for place_, person in enumerate(hall.people[:3], 1):
        toolkit.seating.seat(None, stage, person.id, place_)
    toolkit.agenda.change_stage(None, stage, tables=2)
    hall.move("open")
    hall.welcome()
    kept = {hall.people[0].id: 1, hall.people[1].id: 2}
    assert seats(hall) == kept
    hall.write(3, "From no table", "a")
    assert [one.at_table for one in hall.standing()] == [None]
    hall.close()
    ballots = Hall(f"sqlite:///{tmp_path}/b.db", exercise="ballots", anonymity=Anonymity.secret)
    with pytest.raises(Refused, match="knows no tables"):
        ballots.toolkit.agenda.change_stage(None, ballots.stage.id, tables=2)
    ballots.close()


def test_boards_apart_are_the_whole_and_flow_together_again(toolkit: Toolkit) -> None:
    stage = play(toolkit, "swot", tables=2)
    results, agenda = toolkit.results, toolkit.agenda
    whole = results.contributions(stage.id)
    one, two = (at_table(whole, number) for number in (1, 2))
    assert one
    assert two
    assert sorted(one + two, key=lambda card: card.number) == whole, "no card twice, none lost"
    assert toolkit.boards.tables(stage.id) == (1, 2)
    agenda.move(None, stage.id, StageState.locked)
    toolkit.sorting.merge(None, [two[0].id, two[1].id], one[0].id)
    toolkit.sorting.hide(None, one[1].id, "insult")
    toolkit.sorting.merge(None, [two[2].id], one[2].id)
    toolkit.sorting.hide(None, one[2].id, "insult")
    agenda.move(None, stage.id, StageState.revealed)
    merged = at_table(results.contributions(stage.id), 2)
    assert [card.stands for card in merged][:3] == [True, False, False]
    assert merged[1].into == two[0].id, "two that became one are one at their own table, too"
    assert not merged[2].stands, "what went with a hidden card is shown nowhere"
    told = {block.key: block for block in results.tell(stage.id) if isinstance(block, Table)}
    rows = told["swot.by-table"].rows
    assert [say(row[0], "en") for row in rows] == ["Table 1", "Table 2", "All together"]
    assert rows[2][1:] == (PEOPLE, rows[0][2] + rows[1][2])  # type: ignore[operator]
    (shared,) = told["swot.several-tables"].rows
    assert (shared[0], shared[2]) == (one[0].number, 2)
    workshop = toolkit.library.workshop(stage.workshop_id)
    report = repr(results.report(workshop.series_id))
    assert report.count("swot.by-table") == report.count("swot.several-tables") == 1
    toolkit.walls.board(workshop.id, stage.id, 2)
    agenda.show(None, workshop.id, stage.id)
    shown = toolkit.showing.now(workshop.id).blocks
    assert shown == tuple(toolkit.boards.tell(stage.id, 2))
    assert shown != tuple(results.tell(stage.id))
    toolkit.walls.turn(workshop.id, stage.id, 1)
    assert toolkit.walls.wall(workshop.id).board == 2, "its views are turned as usual"
    agenda.move(None, stage.id, StageState.locked)
    agenda.move(None, stage.id, StageState.revealed)
    assert toolkit.showing.now(workshop.id).blocks == tuple(results.tell(stage.id))


def test_a_table_of_too_few_is_shown_with_the_others_only(tmp_path: Path) -> None:
    hall = Hall(f"sqlite:///{tmp_path}/hall.db", people=8)
    toolkit, stage = hall.toolkit, hall.stage.id
    toolkit.agenda.change_stage(None, stage, tables=3, spread=Spread.hand)
    for nth, number in enumerate((1, 1, 1, 2, 2, 3, 3, 3)):
        toolkit.seating.seat(None, stage, hall.people[nth].id, number)
    hall.move("open")
    for nth in range(8):
        hall.write(nth, f"Idea {nth}", "a")
    hall.move("locked")
    hall.move("revealed")
    # Two at one table; the rest of the room less the third table would still tell what they wrote.
    assert toolkit.boards.tables(stage) == (3,)
    (table,) = [one for one in toolkit.results.tell(stage) if isinstance(one, Table)]
    assert [say(row[0], "en") for row in table.rows] == ["Table 3", "All together"]
    (said,) = toolkit.boards.tell(stage, 2)
    assert isinstance(said, Prose)
    hall.close()


def test_seats_go_along_into_archive_workbook_copy_and_blueprint(tmp_path: Path) -> None:
    hall = Hall(f"sqlite:///{tmp_path}/hall.db", people=6)
    toolkit, stage = hall.toolkit, hall.stage.id
    toolkit.agenda.change_stage(None, stage, tables=2, spread=Spread.group)
    hall.move("open")
    for nth in range(6):
        hall.write(nth, f"Idea {nth}", "a")
    hall.move("locked")
    found = _entries(toolkit, hall.stage)
    assert found is not None
    place_ = [say(one.head, "en") for one in found.columns].index("At table")
    written = [one.at_table for one in toolkit.results.contributions(stage)]
    assert [row[place_] for row in found.rows] == written
    assert excel.of_workshop(toolkit, hall.workshop, "bg")
    kept = toolkit.archive.dump(hall.series.id)
    with Toolkit.open(f"sqlite:///{tmp_path}/other.db", exercises=TINY) as other:
        other.archive.load(None, kept)
        assert other.archive.dump(hall.series.id)["seats"] == kept["seats"]
        assert [one.at_table for one in other.results.contributions(stage)] == written
        strangers = [{**kept["seats"][0], "participant_id": "0" * 32}]
        with pytest.raises(Refused, match="is damaged"):
            other.archive.load(None, {**kept, "seats": strangers})
    (copy,) = toolkit.agenda.stages(toolkit.rehearsals.make(None, hall.workshop.id).id)
    assert (copy.tables, copy.spread) == (2, Spread.group)
    made = toolkit.blueprints.drawn_from(hall.workshop.id, Multilingual(en="B"), Multilingual())
    saved = toolkit.blueprints.save(None, made)
    assert saved.stages == (
        StageDraft(
            exercise="ideas", title=saved.stages[0].title, question=saved.stages[0].question,
            anonymity=saved.stages[0].anonymity, minutes=10, tables=2, spread=Spread.group,
        ),
    )  # fmt: skip
    hall.close()
