"""Stages move when a person moves them, and people join the way a hall needs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.room import Hall
from workshop.language import Multilingual
from workshop.model import Anonymity, NotFound, Refused, StageState
from workshop.passes import SIGNS, new_code, tidy_code
from workshop.toolkit import StageDraft


@pytest.fixture
def room(both: str) -> Iterator[Hall]:
    hall = Hall(both)
    yield hall
    hall.close()


def test_a_stage_goes_the_usual_way_and_back(room: Hall) -> None:
    for state in ("open", "locked", "revealed", "closed", "open", "locked"):
        assert room.move(state).state == state
    with pytest.raises(Refused):
        room.move("planned")


def test_opening_shows_the_stage_and_the_lobby_can_be_shown_again(room: Hall) -> None:
    room.move("open")
    library, stage = room.toolkit.library, room.stage
    assert library.workshop(room.workshop.id).current_stage_id == stage.id
    room.toolkit.agenda.show(None, room.workshop.id, None)
    assert library.workshop(room.workshop.id).current_stage_id is None


def test_two_facilitators_who_press_reveal_together_cause_one_reveal(room: Hall) -> None:
    room.move("open")
    room.move("locked")
    with ThreadPoolExecutor(2) as hands:
        states = list(hands.map(lambda _: room.move("revealed").state, range(2)))
    assert states == [StageState.revealed] * 2
    acts = [event.act for event in room.toolkit.results.moves(room.workshop.id)]
    assert acts.count("revealed") == 1


def test_who_sees_what_cannot_change_after_people_were_told(room: Hall) -> None:
    agenda = room.toolkit.agenda
    agenda.change_stage(None, room.stage.id, anonymity=Anonymity.named)
    room.move("open")
    room.move("planned")
    with pytest.raises(Refused, match="can no longer change"):
        agenda.change_stage(None, room.stage.id, anonymity=Anonymity.anonymous)
    assert room.stage.anonymity is Anonymity.named


def test_the_denominator_is_frozen_when_the_stage_is_locked(room: Hall) -> None:
    room.toolkit.people.change_participant(None, room.people[3].id, left=True)
    room.clock.turn(minutes=5)
    room.move("open")
    late = room.welcome(0)
    results = room.toolkit.results
    assert len(results.room(room.workshop.id, room.stage.id).eligible) == 4
    room.move("locked")
    room.welcome(1)
    frozen = {one.person for one in results.room(room.workshop.id, room.stage.id).eligible}
    assert frozen == {one.id for one in room.people[:3]} | {late.id}


def test_a_stage_with_contributions_stays_in_the_agenda(room: Hall) -> None:
    agenda = room.toolkit.agenda
    spare = agenda.add_stage(None, room.workshop.id, StageDraft(exercise="ballots"), 0)
    assert [one.position for one in agenda.stages(room.workshop.id)] == [0, 1]
    agenda.place_stage(None, spare.id, 1)
    room.move("open")
    room.write(0, "Stays", "a")
    with pytest.raises(Refused, match="contributions"):
        agenda.remove_stage(None, room.stage.id)
    agenda.remove_stage(None, spare.id)
    assert [one.exercise for one in agenda.stages(room.workshop.id)] == ["ideas"]


def test_a_code_is_found_however_it_is_typed(room: Hall) -> None:
    code = room.workshop.code
    look_alike = code.translate(
        str.maketrans("ACEHKMPTYX", "АСЕНКМРТУХ")  # the right side is Cyrillic
    )
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} ", look_alike, look_alike.lower()):
        assert room.toolkit.agenda.workshop_by_code(typed).id == room.workshop.id
    for wrong in ("", "??", "ZZZZZZ", code[:5]):
        with pytest.raises(Refused, match="No workshop is open"):
            room.toolkit.agenda.workshop_by_code(wrong)


def test_a_code_dies_twelve_hours_after_the_workshop(room: Hall) -> None:
    # 10:00 in Sofia plus 180 minutes plus 12 hours is 23:00 UTC of the same winter day.
    room.clock.turn(hours=12.9)
    assert room.toolkit.agenda.workshop_by_code(room.workshop.code)
    room.clock.turn(hours=0.2)
    with pytest.raises(Refused):
        room.toolkit.agenda.workshop_by_code(room.workshop.code)


def test_codes_hold_only_signs_that_can_be_read_aloud() -> None:
    codes = {new_code() for _ in range(5000)}
    assert len(codes) > 4990
    assert set("".join(codes)) == set(SIGNS)
    assert all(tidy_code(code) == code for code in codes)


def test_a_code_typed_on_a_bulgarian_keyboard_is_understood() -> None:
    assert tidy_code(" асе нкм ") == "ACEHKM"
    assert tidy_code("дфйжц3") == "DFJVC3"


def test_a_second_tap_on_join_is_the_same_person_with_a_working_token(room: Hall) -> None:
    group = room.groups[0].id
    first = room.toolkit.people.join(room.workshop.code, group_id=group, key="page-1")
    second = room.toolkit.people.join(room.workshop.code, group_id=group, key="page-1")
    assert first.participant.id == second.participant.id
    assert room.toolkit.people.by_token(second.token) == second.participant
    room.reopen()
    back = room.toolkit.people.by_token(second.token)
    assert back is not None
    assert back.id == first.participant.id
    assert room.toolkit.people.by_token("guessed") is None


def test_a_typed_organisation_waits_and_a_known_one_is_recognised(room: Hall) -> None:
    library, people = room.toolkit.library, room.toolkit.people
    known = library.add_organisation(
        None, room.series.id, Multilingual(bg="Сдружение „Мост“"), room.groups[2].id
    )
    same = room.welcome(0, new_organisation="сдружение МОСТ")
    assert (same.organisation_id, same.group_id) == (known.id, room.groups[2].id)
    new = room.welcome(1, new_organisation="Читалище Изгрев")
    waiting = people.presence(room.workshop.id).waiting
    assert [one.name.bg for one in waiting] == ["Читалище Изгрев"]
    library.merge_organisation(None, waiting[0].id, known.id)
    moved = people.participant(new.id)
    assert (moved.organisation_id, moved.group_id) == (known.id, room.groups[2].id)
    assert people.presence(room.workshop.id).waiting == ()


def test_the_door_can_be_locked_and_the_workshop_ends(room: Hall) -> None:
    room.toolkit.agenda.lock_joining(None, room.workshop.id, True)
    with pytest.raises(Refused, match="door is closed"):
        room.welcome()
    room.toolkit.agenda.lock_joining(None, room.workshop.id, False)
    room.welcome()
    room.toolkit.library.finish_workshop(None, room.workshop.id)
    with pytest.raises(Refused, match="over"):
        room.welcome()


def test_groups_and_organisations_of_another_series_do_not_exist_here(room: Hall) -> None:
    library = room.toolkit.library
    other = library.create_series(
        None, short_name="other", municipality=Multilingual(bg="Друга"), theme=Multilingual(bg="Т")
    )
    foreign = library.groups(other.id)[0]
    theirs = library.add_organisation(None, other.id, Multilingual(bg="Тяхна"), foreign.id)
    with pytest.raises(NotFound):
        room.toolkit.people.join(room.workshop.code, group_id=foreign.id)
    with pytest.raises(NotFound):
        room.toolkit.people.join(
            room.workshop.code, group_id=room.groups[0].id, organisation_id=theirs.id
        )


def test_a_pasted_list_takes_good_rows_and_names_the_others(room: Hall) -> None:
    added = room.toolkit.library.add_organisations(
        None, room.series.id,
        [
            ("Алфа", "Alpha", "Бизнес"),
            ("алфа", "", "private"),
            ("", "", "civic"),
            ("Бета", "", "?"),
        ],
    )  # fmt: skip
    assert (added.added, added.known) == (1, ("алфа",))
    assert [row for row, _ in added.problems] == [3, 4]


def test_what_staff_write_has_an_end_and_nothing_that_turns_a_line_around(room: Hall) -> None:
    library, agenda = room.toolkit.library, room.toolkit.agenda
    hostile, endless = Multilingual(bg="Мост\u202eтсоМ\x00"), Multilingual(bg="я" * 2001)
    series = library.change_series(None, room.series.id, theme=hostile)
    shop = library.change_workshop(None, room.workshop.id, title=hostile)
    stage = agenda.change_stage(None, room.stage.id, title=hostile, question=hostile)
    assert {one.bg for one in (series.theme, shop.title, stage.title, stage.question)} == {
        "МосттсоМ"
    }
    for field in ("theme", "municipality", "funding"):
        with pytest.raises(Refused, match="at most"):
            library.change_series(None, room.series.id, **{field: endless})
    with pytest.raises(Refused, match="at most"):
        library.change_workshop(None, room.workshop.id, title=endless)
    for draft in ({"title": endless}, {"question": endless}, {"chapter": "R" * 9}):
        with pytest.raises(Refused, match="at most"):
            agenda.change_stage(None, room.stage.id, **draft)
