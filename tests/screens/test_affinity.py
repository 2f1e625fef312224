"""The clusters on the page of the registers: a suggestion is taken over, changed and taken back."""

from __future__ import annotations

from typing import Any, cast

import pytest
from streamlit.testing.v1 import AppTest

from exercises.affinity.example import example
from exercises.affinity.result import Result
from tests.screens.coordination import Coordination, press, told
from workshop.language import Multilingual
from workshop.model import StageState
from workshop.toolkit import Toolkit


def submit(page: AppTest, label: str) -> None:
    next(one for one in page.button if one.label == label).click().run()
    assert not page.exception, page.exception[0].stack_trace


def test_a_suggestion_is_taken_over_changed_and_taken_back(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    workshop = work.workshop(work.series(), "affinity")
    (stage,) = toolkit.agenda.stages(workshop.id)
    settings = example.settings.model_dump(mode="json")
    english = {"bg": "", "en": "Opening hours"}
    settings["options"][0]["wording"] = english
    toolkit.agenda.update_stage(work.member, stage.id, {"settings": settings})
    assert "Open the stage first" in told_info(work.open("registers.py"))
    toolkit.agenda.move(work.member, stage.id, StageState.open)
    group = toolkit.library.groups(workshop.series_id)[0].id
    for sent in example.entries(example.settings, 5):
        person = toolkit.people.join(workshop.code, group_id=group).participant
        for nth, one in enumerate(sent):
            toolkit.entries.contribute(person.id, stage.id, one, f"p.{nth}").result()

    def result() -> Result:
        return cast(Result, toolkit.results.result(stage.id))

    suggested = [[one.option.key for one in each.cards] for each in result().suggested]
    page = work.open("registers.py")
    page.text_input[0].set_value("  ")
    submit(page, "Take the clusters over")
    assert "Please write a name." in page.error[0].value
    assert not toolkit.sorting.themes(stage.id), "nothing is done by halves"
    page.text_input[0].set_value("Services *for all*")
    submit(page, "Take the clusters over")
    put = [one for one in toolkit.results.contributions(stage.id) if one.entry.kind == "card"]
    words = {one.entry.card: toolkit.results.words(one) for one in put}
    assert words[settings["options"][0]["key"]] == Multilingual(**english)
    assert words[settings["options"][1]["key"]].bg
    named = [sorted(one.option.key for one in each.cards) for each in result().named]
    assert named == [sorted(one) for one in suggested]
    assert "Services *for all*" in told(page), "as typed, not as Markdown"
    first, second = result().named[:2]
    moved, target = first.cards[0].option.key, cast(Any, second.theme).id
    page.multiselect(key=f"{stage.id}.cards").set_value([moved])
    page.selectbox(key=f"{stage.id}.into").set_value(target)
    submit(page, "Move")
    assert moved in {one.option.key for one in result().named[1].cards}
    press(page, f"{stage.id}.undo")
    assert [sorted(one.option.key for one in each.cards) for each in result().named] == named
    for _ in range(2 * len(named)):  # a cluster is a theme made, and cards put under it
        toolkit.undoing.undo(work.member, toolkit.undoing.acts(workshop.id, most=1)[0].id)
    assert not result().named
    assert [[one.option.key for one in each.cards] for each in result().suggested] == suggested


def told_info(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in page.info)
