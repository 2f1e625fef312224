"""What staff write beside the entries of participants: evidence, confirmations, answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import Discriminator
from streamlit.testing.v1 import AppTest

from tests.screens.coordination import Coordination, press, told, write
from workshop.exercise import anything
from workshop.fields import Form, SomeLine
from workshop.language import text
from workshop.model import Role, Stage, StageState, Workshop
from workshop.toolkit import Toolkit


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Coordination:
    return Coordination(toolkit, monkeypatch)


def prepare(work: Coordination, exercise: str) -> tuple[Workshop, Stage]:
    workshop = work.workshop(work.series(), exercise)
    (stage,) = work.toolkit.agenda.stages(workshop.id)
    return workshop, stage


def entries(work: Coordination, stage: Stage) -> list[Any]:
    return [one.entry for one in work.toolkit.results.contributions(stage.id)]


def choose(page: AppTest, label: str, value: object) -> None:
    next(one for one in page.selectbox if one.label == label).set_value(value)


def test_a_series_without_registers_says_so(work: Coordination) -> None:
    work.workshop(work.series(), "swot")
    page = work.open("registers.py")
    assert "No stage here has a register" in told(page)


def test_evidence_is_entered_and_verified_by_another_organisation(work: Coordination) -> None:
    _workshop, stage = prepare(work, "maturity")
    first, second = work.toolkit.library.organisations(stage_series(work))
    page = work.open("registers.py")
    write(page, "Link", "https://example.org/strategy.pdf")
    choose(page, "Status", "verified")
    choose(page, "Organisation it comes from", first.key)
    choose(page, "Organisation that verified it", first.key)
    press(page, f"{stage.id}.F1-E2a.save")
    assert "another organisation" in page.error[0].value
    assert entries(work, stage) == []
    choose(page, "Organisation that verified it", second.key)
    press(page, f"{stage.id}.F1-E2a.save")
    (entry,) = entries(work, stage)
    assert (entry.status, entry.link) == ("verified", "https://example.org/strategy.pdf")
    assert [one.value for one in page.metric][1] == "1"
    write(page, "Note", "Решение 12")
    press(page, f"{stage.id}.F1-E2a.save")
    standing = [one for one in work.toolkit.results.contributions(stage.id) if one.stands]
    assert [one.entry.note for one in standing] == ["Решение 12"]


def stage_series(work: Coordination) -> str:
    return work.toolkit.library.all_series()[0].id


def promise(work: Coordination, workshop: Workshop, stage: Stage) -> None:
    first, second = work.toolkit.library.organisations(stage_series(work))
    person = work.toolkit.people.join(
        workshop.code, group_id=first.group_id, organisation_id=first.id
    ).participant
    if stage.state is StageState.planned:
        work.toolkit.agenda.move(work.member, stage.id, StageState.open)
    work.toolkit.entries.contribute(
        person.id,
        stage.id,
        {
            "kind": "commitment",
            "action": "Ще публикуваме набор от данни за въздуха",
            "deliverable": "Един набор от данни",
            "due": "2027-03-15",
            "strength": "4",
            "needs": {"0": {"organisation": second.key, "what": "достъп до сензорите"}},
        },
        "key-1",
    ).result()


def test_a_commitment_is_confirmed_with_one_click(work: Coordination) -> None:
    workshop, stage = prepare(work, "commitments")
    promise(work, workshop, stage)
    page = work.open("registers.py")
    press(page, f"{stage.id}.1.confirm")
    assert entries(work, stage)[-1].status == "confirmed"
    assert "confirmed" in told(page)


def test_a_status_is_followed_up_with_a_note(work: Coordination) -> None:
    workshop, stage = prepare(work, "commitments")
    promise(work, workshop, stage)
    page = work.open("registers.py")
    choose(page, "Status", "limited")
    write(page, "Note", "Публикувана е половината")
    press(page, f"{stage.id}.1.save")
    entry = entries(work, stage)[-1]
    assert (entry.status, entry.note) == ("limited", "Публикувана е половината")


def test_the_answer_of_a_partner_is_written_down_and_may_change(work: Coordination) -> None:
    workshop, stage = prepare(work, "commitments")
    promise(work, workshop, stage)
    number = work.toolkit.results.contributions(stage.id)[0].number
    page = work.open("registers.py")
    press(page, f"{stage.id}.{number}.0.accepted")
    press(page, f"{stage.id}.{number}.0.declined")
    assert [one.answer for one in entries(work, stage)[1:]] == ["accepted", "declined"]
    assert not [one for one in page.button if one.key == f"{stage.id}.{number}.0.declined"]


class Remark(Form):
    """A staff entry of an exercise that brings no screen."""

    writer: ClassVar[str] = "staff"
    kind: Literal["remark"] = "remark"
    words: Annotated[SomeLine, text("What was said")]


class Idea(Form):
    """What its participants write."""

    kind: Literal["idea"] = "idea"
    words: SomeLine


def test_an_exercise_without_a_screen_gets_a_form_made_from_its_entry(work: Coordination) -> None:
    plain = replace(
        work.toolkit.catalogue["swot"],
        entry=Annotated[Idea | Remark, Discriminator("kind")],
        slot=None,
        check=anything,
    )
    catalogue = {**work.toolkit.catalogue, "swot": plain}
    work.monkeypatch.setattr(work.toolkit, "catalogue", catalogue)
    work.monkeypatch.setattr(work.toolkit.agenda, "catalogue", catalogue)
    _workshop, stage = prepare(work, "swot")
    page = work.open("registers.py")
    send = f"register.{stage.id}.Remark:send"
    press(page, send)
    assert "Please fill this in." in told(page)
    write(page, "What was said", "Ще се върнем към това")
    press(page, send)
    assert [one.words for one in entries(work, stage)] == ["Ще се върнем към това"]


def test_facilitators_keep_registers_too_and_observers_do_not(work: Coordination) -> None:
    prepare(work, "maturity")
    work.enter(work.toolkit.accounts.create(None, "Елена", Role.facilitator)[0])
    assert work.open("registers.py").metric
    work.enter(work.toolkit.accounts.create(None, "Иван", Role.observer)[0])
    assert not work.open("registers.py").metric


def test_the_page_opens_at_the_workshop_one_comes_from(work: Coordination) -> None:
    prepare(work, "maturity")
    second = work.workshop(work.toolkit.library.all_series()[0], "maturity")
    page = work.open("registers.py", workshop=second.short_name)
    assert page.selectbox[0].value == work.toolkit.agenda.stages(second.id)[0].id


def test_who_rehearses_writes_into_the_rehearsal_alone(work: Coordination) -> None:
    workshop, stage = prepare(work, "maturity")
    first, second = work.toolkit.library.organisations(stage_series(work))
    copy = work.toolkit.rehearsals.make(work.member, workshop.id)
    (rehearsed,) = work.toolkit.agenda.stages(copy.id)
    page = work.open("registers.py", workshop=copy.short_name)
    assert "stays in the rehearsal" in page.info[0].value
    assert page.selectbox(key=f"register.picker.{copy.id}").options == [
        f"{rehearsed.title.en} · First meeting, 3 December 2026"
    ]
    choose(page, "Status", "verified")
    write(page, "Link", "https://example.org/tried.pdf")
    choose(page, "Organisation it comes from", second.key)
    choose(page, "Organisation that verified it", first.key)
    press(page, f"{rehearsed.id}.F1-E2a.save")
    assert (len(entries(work, rehearsed)), entries(work, stage)) == (1, [])
    assert (
        "A rehearsal is in no document"
        in work.open("documents.py", workshop=copy.short_name).info[0].value
    )
    press(page, "register.leave")
    assert not page.info
    assert page.query_params["workshop"] == workshop.short_name, "a lost line comes back here"
    assert page.button(key=f"{stage.id}.F1-E2a.save")


def test_the_registers_speak_bulgarian(work: Coordination) -> None:
    _workshop, _stage = prepare(work, "maturity")
    page = work.open("registers.py", language="bg")
    assert page.header[0].value == "Регистри"
    assert "Изискват се общо" in {one.label for one in page.metric}
