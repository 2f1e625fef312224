"""An agenda is kept and shared without its room: what goes along, what stays, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports import blueprint as files
from screens.blueprints import BLUEPRINTS
from tests.steady import steady
from workshop.blueprint import Blueprint
from workshop.language import Multilingual, say
from workshop.model import Id, NotFound, Option, Origin, Refused, StageState, Workshop
from workshop.toolkit import StageDraft, Toolkit

TITLE = Multilingual(bg="Нашият ред", en="Our order")
PURPOSE = Multilingual(bg="За малки общини", en="For small towns")
TYPED = Option(key="C01", wording=Multilingual(bg="Нова библиотека", en="A new library"))
HANDED = Option(
    key="W7",
    wording=Multilingual(bg="Сдружение „Мост“ няма офис"),
    origin=Origin(stage_id="f" * 32, contribution_ids=("e" * 32,), label="W7"),
)


def held(toolkit: Toolkit) -> Workshop:
    """Hold a workshop: people of an organisation wrote, a card was handed on."""
    series = toolkit.library.create_series(
        None, short_name="brezovo", municipality=Multilingual(bg="Брезово поле"),
        theme=Multilingual(bg="Участие"),
    )  # fmt: skip
    group = toolkit.library.groups(series.id)[0]
    home = toolkit.library.add_organisation(
        None, series.id, Multilingual(bg="Клуб „Елбетица“"), group.id
    )
    options = [_plain(TYPED), _plain(HANDED)]
    workshop = toolkit.library.create_workshop(
        None, series.id, title=Multilingual(bg="Първа"), day=date(2026, 12, 3), minutes=95,
        stages=[
            StageDraft(exercise="swot", question=Multilingual(bg="Какво?", en="What?"), minutes=55,
                       live=True, moderated=True, settings={"each": 6}),
            StageDraft(exercise="talk", settings={"notes": True}, chapter="R8"),
            StageDraft(exercise="dots", settings={"options": options, "dots": 3}),
            StageDraft(exercise="maturity", settings={"importance": {"P1": 12}}),
        ],
    )  # fmt: skip
    stage = toolkit.agenda.stages(workshop.id)[0]
    toolkit.agenda.move(None, stage.id, StageState.open)
    person = toolkit.people.join(workshop.code, group_id=group.id, organisation_id=home.id)
    toolkit.entries.contribute(
        person.participant.id, stage.id, {"kind": "S", "text": "Тайната на клуба"}, "page.0"
    ).result()
    return workshop


def _plain(option: Option) -> dict[str, Any]:
    origin = option.origin
    return {
        "key": option.key,
        "wording": {"bg": option.wording.bg, "en": option.wording.en},
        "origin": origin and {
            "stage_id": origin.stage_id, "contribution_ids": origin.contribution_ids,
            "label": origin.label,
        },
    }  # fmt: skip


def drawn(toolkit: Toolkit, **how: bool) -> Blueprint:
    return toolkit.blueprints.drawn_from(held(toolkit).id, TITLE, PURPOSE, **how)


def test_the_agenda_goes_along_and_the_room_stays(toolkit: Toolkit) -> None:
    made = toolkit.blueprints.save(None, drawn(toolkit))
    assert (made.title, made.purpose, made.minutes) == (TITLE, PURPOSE, 95)
    swot, talk, dots, maturity = made.stages
    assert (swot.question.en, swot.minutes, swot.live) == ("What?", 55, True)
    assert swot.moderated
    assert swot.settings["each"] == 6
    assert (talk.settings["notes"], talk.chapter) == (True, "R8")
    assert (dots.settings["options"], dots.settings["dots"]) == ([], 3)
    assert maturity.settings["importance"] == {}
    written = files.write(made).decode()
    for word in ("Тайната", "Елбетица", "Мост", "библиотека", "f" * 32):
        assert word not in written


def test_what_was_typed_to_vote_on_goes_along_only_when_wished(toolkit: Toolkit) -> None:
    made = toolkit.blueprints.save(None, drawn(toolkit, options=True))
    assert [one["key"] for one in made.stages[2].settings["options"]] == ["C01"]
    assert "Мост" not in files.write(made).decode()


def test_saved_on_either_database_it_makes_a_workshop(both: str) -> None:
    with Toolkit.open(both, now=steady) as toolkit:
        made = toolkit.blueprints.save(None, drawn(toolkit))
        assert toolkit.blueprints.kept() == [made]
        renamed = toolkit.blueprints.rename(None, made.key, Multilingual(bg="Друг ред"), PURPOSE)
        assert toolkit.blueprints.kept() == [renamed]
        series = toolkit.library.all_series()[0]
        workshop = toolkit.library.create_workshop(
            None, series.id, title=renamed.title, day=date(2026, 12, 4), stages=renamed.stages
        )
        found = toolkit.agenda.stages(workshop.id)
        assert [one.exercise for one in found] == ["swot", "talk", "dots", "maturity"]
        assert all(one.state is StageState.planned for one in found)
        toolkit.blueprints.remove(None, made.key)
        assert toolkit.blueprints.kept() == []
        with pytest.raises(NotFound):
            toolkit.blueprints.remove(None, made.key)
        assert toolkit.agenda.stages(workshop.id) == found


def test_a_file_carries_it_to_another_house(toolkit: Toolkit, tmp_path: Path) -> None:
    here = toolkit.blueprints.save(None, drawn(toolkit, options=True))
    with Toolkit.open(str(tmp_path / "elsewhere.db"), now=steady) as other:
        there = other.blueprints.save(None, files.read(files.write(here)))
        assert files.write(there) == files.write(here)
        assert there.key != here.key
        assert other.library.all_series() == []


@pytest.mark.parametrize("ready", BLUEPRINTS, ids=lambda one: one.key)
def test_ready_ones_can_be_shared_too(ready: Blueprint, toolkit: Toolkit) -> None:
    kept = toolkit.blueprints.save(None, files.read(files.write(ready)))
    assert [one.question for one in kept.stages] == [one.question for one in ready.stages]


def changed(**fields: Any) -> bytes:
    content = json.loads(files.write(BLUEPRINTS[0])) | fields
    return json.dumps(content).encode()


def _first(**fields: Any) -> bytes:
    content = json.loads(files.write(BLUEPRINTS[0]))
    content["stages"][2] |= fields
    return json.dumps(content).encode()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "torn": (lambda: files.write(BLUEPRINTS[0])[:-9], "damaged"),
    "no text": (lambda: b"\xff\xfe\x00", "damaged"),
    "empty": (lambda: b"", "damaged"),
    "deep": (lambda: b"[" * 100_000, "damaged"),
    "a list": (lambda: b"[]", "damaged"),
    "not a number": (lambda: changed(minutes=float("nan")), "damaged"),
    "half a sign": (lambda: changed(title={"bg": "\ud800"}), "damaged"),
    "nothing": (lambda: _first(settings={"\0": "\0"}), "damaged"),
    "an archive": (lambda: changed(program="sedyanka archive"), "damaged"),
    "no version": (lambda: changed(format=None), "damaged"),
    "newer": (lambda: changed(format=2), "newer version"),
    "too large": (lambda: b" " * (files.LARGEST + 1), "too large"),
    "no title": (lambda: changed(title={}), "what the blueprint is called"),
    "long title": (lambda: changed(title={"bg": "а" * 400}), "400 characters"),
    "no stages": (lambda: changed(stages=[]), "nothing to save"),
    "endless": (lambda: changed(stages=[{"exercise": "talk"}] * 101), "At most 100"),
    "minutes": (lambda: changed(minutes=9999), "at most 1,440"),
    "more than asked": (lambda: changed(people=[1]), "cannot be read"),
    "unknown": (
        lambda: _first(exercise="canvas", title={"bg": "Платно", "en": "Canvas"}),
        "needs exercises that are not installed here: “Canvas” (canvas).",
    ),
    "settings": (lambda: _first(settings={"each": 0}), "Stage 3 of the blueprint does not fit"),
    "strange settings": (lambda: _first(settings={"x": 1}), "Stage 3"),
    "secret": (lambda: _first(anonymity="secret"), "Stage 3"),
    "chapter": (lambda: _first(chapter="R" * 9), "cannot be read"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_told_in_a_sentence_and_changes_nothing(case: str, toolkit: Toolkit) -> None:
    content, sentence = BAD[case]
    with pytest.raises(Refused) as refused:
        toolkit.blueprints.save(None, files.read(content()))
    assert sentence in say(refused.value.reason, "en")
    assert say(refused.value.reason, "bg") != say(refused.value.reason, "en")
    assert toolkit.blueprints.kept() == []


def test_unknown_exercises_are_all_named_at_once(toolkit: Toolkit) -> None:
    content = json.loads(files.write(BLUEPRINTS[0]))
    content["stages"][0]["exercise"] = "tows"
    content["stages"][1] = {"exercise": "canvas"}
    with pytest.raises(Refused) as refused:
        toolkit.blueprints.save(None, files.read(json.dumps(content).encode()))
    assert "“Welcome” (tows) and “canvas”." in say(refused.value.reason, "en")


def test_what_a_missing_folder_leaves_cannot_be_saved(toolkit: Toolkit) -> None:
    workshop: Id = held(toolkit).id
    exercises = {key: one for key, one in toolkit.catalogue.items() if key != "maturity"}
    toolkit.blueprints._agenda.catalogue = exercises
    with pytest.raises(Refused) as refused:
        toolkit.blueprints.drawn_from(workshop, TITLE, PURPOSE)
    assert "maturity" in say(refused.value.reason, "en")
