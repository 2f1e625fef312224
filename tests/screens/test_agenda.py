"""The agenda: stages come, go, change places and get their settings; who came is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from screens import house
from tests.screens.coordination import Coordination, folded_out, press, told, write
from workshop.language import Multilingual
from workshop.model import Anonymity, StageState
from workshop.toolkit import Toolkit

MAIN = Path(house.__file__).resolve().parent / "main.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Coordination:
    return Coordination(toolkit, monkeypatch)


def exercises(work: Coordination, workshop_id: str) -> list[str]:
    return [stage.exercise for stage in work.toolkit.agenda.stages(workshop_id)]


def key(work: Coordination, act: str, place: int = 0) -> str:
    """Return the key of a button about the stage at ``place``: no click may hit another one."""
    (series,) = work.toolkit.library.all_series()
    (workshop,) = work.toolkit.library.workshops(series.id)
    return f"{work.toolkit.agenda.stages(workshop.id)[place].id}.{act}"


def test_a_stage_is_added_with_what_its_exercise_proposes(work: Coordination) -> None:
    workshop = work.workshop(work.series())
    page = work.open("agenda.py")
    page.selectbox(key="agenda.exercise").set_value("dots").run()
    press(page, "agenda.add")
    (stage,) = work.toolkit.agenda.stages(workshop.id)
    assert stage.exercise == "dots"
    assert stage.title.bg
    assert stage.title.en
    assert page.subheader[0].value.replace("\\", "") == stage.title.en


def test_a_stage_is_put_into_the_middle_of_a_running_workshop(work: Coordination) -> None:
    workshop = work.workshop(work.series(), "swot", "dots", "commitments")
    swot = work.toolkit.agenda.stages(workshop.id)[0]
    work.toolkit.agenda.show(None, workshop.id, swot.id)
    page = work.open("agenda.py")
    page.selectbox(key="agenda.exercise").set_value("talk").run()
    press(page, "agenda.add")
    assert exercises(work, workshop.id) == ["swot", "talk", "dots", "commitments"]


def test_the_page_opens_where_the_room_is_and_keeps_what_was_chosen_until_it_goes_on(
    work: Coordination,
) -> None:
    workshop = work.workshop(work.series(), "talk", "swot", "dots", "commitments")
    talk, swot, dots, commitments = (one.id for one in work.toolkit.agenda.stages(workshop.id))
    page = AppTest.from_file(str(MAIN), default_timeout=30).run()
    assert reopened(page).radio[0].value == talk
    page.radio[0].set_value(commitments).run()
    work.toolkit.agenda.move(None, swot, StageState.open)
    assert page.run().radio[0].value == commitments
    assert reopened(page).radio[0].value == swot
    page.radio[0].set_value(talk).run()
    assert reopened(page).radio[0].value == talk
    for state in (StageState.locked, StageState.revealed, StageState.closed):
        work.toolkit.agenda.move(None, swot, state)
    assert work.open("agenda.py").radio[0].value == dots


def reopened(page: AppTest) -> AppTest:
    """Go to another page and come back."""
    page.switch_page("coordinator/workshops.py").run()
    return page.switch_page("coordinator/agenda.py").run()


def test_stages_change_places(work: Coordination) -> None:
    workshop = work.workshop(work.series(), "swot", "dots")
    page = work.open("agenda.py")
    press(page, key(work, "↓"))
    assert exercises(work, workshop.id) == ["dots", "swot"]
    press(page, key(work, "↑", 1))
    assert exercises(work, workshop.id) == ["swot", "dots"]
    assert page.button(key=key(work, "↑")).disabled


def test_a_stage_is_taken_out_after_a_question_but_not_with_contributions(
    work: Coordination,
) -> None:
    series = work.series()
    workshop = work.workshop(series, "swot", "dots")
    swot, _dots = work.toolkit.agenda.stages(workshop.id)
    work.toolkit.agenda.move(work.member, swot.id, StageState.open)
    group = work.toolkit.library.groups(series.id)[0]
    person = work.toolkit.people.join(workshop.code, group_id=group.id).participant
    work.toolkit.entries.contribute(
        person.id, swot.id, {"kind": "S", "text": "Силен екип"}, "key-1"
    ).result()
    page = work.open("agenda.py")
    press(page, key(work, "remove:yes"))
    assert "stays" in folded_out(page)
    page.radio[0].set_value(_dots.id).run()
    press(page, key(work, "remove:yes", 1))
    assert exercises(work, workshop.id) == ["swot"]


def test_a_stage_gets_its_words_frame_and_settings(work: Coordination) -> None:
    workshop = work.workshop(work.series(), "swot")
    page = work.open("agenda.py")
    write(page, "Title · English", "First thoughts")
    write(page, "Question to the room · български", "Какво ни помага?")
    write(page, "Chapter", "R5")
    who = next(one for one in page.selectbox if one.label == "Who sees whose words")
    who.set_value(Anonymity.named)
    page.number_input[0].set_value(12)
    page.toggle[0].set_value(True)
    each = next(one for one in page.number_input if one.label == "Entries per person, at most")
    each.set_value(9)
    press(page, key(work, "save"))
    (stage,) = work.toolkit.agenda.stages(workshop.id)
    assert stage.title.en == "First thoughts"
    assert stage.question.bg == "Какво ни помага?"
    assert (stage.minutes, stage.live, stage.chapter) == (12, True, "R5")
    assert stage.anonymity is Anonymity.named
    assert stage.settings["each"] == 9
    assert "Saved." in told(page)


@pytest.mark.parametrize(
    ("exercise", "offered"),
    [("swot", True), ("commitments", True), ("dots", False), ("maturity", False)],
)
def test_only_what_people_write_can_be_shown_as_it_comes(
    work: Coordination, exercise: str, offered: bool
) -> None:
    work.workshop(work.series(), exercise)
    page = work.open("agenda.py")
    assert any(one.label == "Show as they come" for one in page.toggle) is offered
    press(page, key(work, "save"))
    assert "Saved." in told(page)


def test_options_of_a_vote_are_typed_by_hand(work: Coordination) -> None:
    workshop = work.workshop(work.series(), "dots")
    page = work.open("agenda.py")
    table = next(one.key for one in page.data_editor if str(one.key).endswith(":options"))
    page.session_state[table] = {
        "edited_rows": {},
        "added_rows": [
            {"wording.bg": "Отворени данни", "wording.en": "Open data"},
            {"wording.bg": "Единна входна точка"},
        ],
        "deleted_rows": [],
    }
    press(page, key(work, "save"))
    (stage,) = work.toolkit.agenda.stages(workshop.id)
    options = work.toolkit.agenda.settings(stage).options  # type: ignore[attr-defined]
    assert [(one.key, one.wording) for one in options] == [
        ("C01", Multilingual(bg="Отворени данни", en="Open data")),
        ("C02", Multilingual(bg="Единна входна точка")),
    ]


def test_settings_that_do_not_fit_are_told_by_field_and_stay_typed(work: Coordination) -> None:
    workshop = work.workshop(work.series(), "swot")
    page = work.open("agenda.py")
    before = work.toolkit.agenda.stages(workshop.id)[0].settings
    long = "х" * 201
    field = next(
        one for one in page.text_input if one.label == "Question about strengths · български"
    )
    field.set_value(long)
    press(page, key(work, "save"))
    assert page.error[0].value == "1 answer needs another look."
    assert work.toolkit.agenda.stages(workshop.id)[0].settings == before
    again = next(
        one for one in page.text_input if one.label == "Question about strengths · български"
    )
    assert again.value == long


def test_what_people_were_told_about_anonymity_can_no_longer_change(work: Coordination) -> None:
    workshop = work.workshop(work.series(), "swot")
    (stage,) = work.toolkit.agenda.stages(workshop.id)
    work.toolkit.agenda.move(work.member, stage.id, StageState.open)
    page = work.open("agenda.py")
    assert next(one for one in page.selectbox if one.label == "Who sees whose words").disabled
    write(page, "Title · English", "Still changes")
    press(page, key(work, "save"))
    assert work.toolkit.agenda.stages(workshop.id)[0].title.en == "Still changes"


def test_a_stage_whose_exercise_is_gone_is_a_sentence(work: Coordination) -> None:
    work.workshop(work.series(), "swot")
    catalogue = dict(work.toolkit.catalogue)
    del catalogue["swot"]
    work.monkeypatch.setattr(work.toolkit, "catalogue", catalogue)
    work.monkeypatch.setattr(work.toolkit.agenda, "catalogue", catalogue)
    page = work.open("agenda.py")
    assert "not installed" in page.error[0].value


def test_the_page_speaks_bulgarian(work: Coordination) -> None:
    work.workshop(work.series(), "swot")
    page = work.open("agenda.py", language="bg")
    assert page.header[0].value == "Програма"


def test_who_took_part_is_counted_without_observers(work: Coordination) -> None:
    series = work.series()
    workshop = work.workshop(series)
    people = work.toolkit.people
    for one in work.toolkit.library.organisations(series.id):
        people.join(workshop.code, group_id=one.group_id, organisation_id=one.id)
    group = work.toolkit.library.groups(series.id)[2]
    people.join(workshop.code, group_id=group.id, voting=False)
    page = work.open("people.py")
    assert page.metric[0].value == "2"
    everybody, by_group = (one.value for one in page.dataframe)
    assert len(everybody) == 3
    assert list(everybody["Organisation"]).count("citizen") == 1
    assert list(by_group["People"]) == [1, 0, 1, 0]
    assert "1 observer is not counted." in told(page)


def test_what_somebody_chose_on_joining_is_put_right(work: Coordination) -> None:
    series = work.series()
    workshop = work.workshop(series)
    group = work.toolkit.library.groups(series.id)[2]
    person = work.toolkit.people.join(workshop.code, group_id=group.id).participant
    page = work.open("people.py")
    page.selectbox(key="person.chosen").set_value(person.id).run()
    page.toggle[0].set_value(False)
    write(page, "Role", "експерт")
    press(page, f"{person.id}.save")
    (changed,) = work.toolkit.people.participants(workshop.id)
    assert (changed.voting, changed.role, changed.left_at) == (False, "експерт", None)
