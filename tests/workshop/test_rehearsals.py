"""A workshop is copied to be rehearsed: marked, counted nowhere, and gone when thrown away."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from exports import archive
from tests.workshop.test_blueprints import HANDED, held
from workshop.language import Multilingual
from workshop.model import Id, NotFound, Origin, Refused, StageState, Workshop
from workshop.store import tables
from workshop.toolkit import StageDraft, Toolkit


def _tables(toolkit: Toolkit) -> dict[str, list[Any]]:
    """Return everything in the database but how often things changed."""
    found = {}
    with toolkit.store.read() as connection:
        for name, table in tables.metadata.tables.items():
            columns = [one for one in table.c if one.name not in ("revision", "shape")]
            rows = connection.execute(table.select().with_only_columns(*columns))
            found[name] = sorted(rows, key=repr)
    return found


def _run(toolkit: Toolkit, copy: Workshop) -> Id:
    """Let somebody take part in a copy's SWOT, sort and show it; return the stage."""
    stage = toolkit.agenda.stages(copy.id)[0]
    group = toolkit.library.groups(copy.series_id)[0]
    toolkit.agenda.move(None, stage.id, StageState.open)
    person = toolkit.people.join(copy.code, group_id=group.id).participant
    for number, words in enumerate(("Имаме читалище", "Имаме библиотека")):
        sent = {"kind": "S", "text": words}
        toolkit.entries.contribute(person.id, stage.id, sent, f"page.{number}").result()
    first, second = toolkit.results.contributions(stage.id)
    toolkit.sorting.let_through(None, [first.id, second.id])
    toolkit.sorting.merge(None, [second.id], first.id)
    toolkit.observations.note(None, copy.id, "Тихо е", stage.id)
    toolkit.speaking.start(None, copy.id, group.id)
    toolkit.agenda.move(None, stage.id, StageState.locked)
    toolkit.agenda.move(None, stage.id, StageState.revealed)
    return stage.id


def test_a_copy_has_what_was_prepared_and_nobody_in_it(toolkit: Toolkit) -> None:
    original = held(toolkit)
    swot, _talk, dots, _levels = toolkit.agenda.stages(original.id)
    within = Origin(stage_id=swot.id, contribution_ids=("d" * 32,), label="S1")
    settings = dict(dots.settings)
    settings["options"] = [
        *settings["options"],
        {"key": "S1", "wording": {"bg": "Оттук"}, "origin": {**vars_of(within)}},
    ]
    toolkit.agenda.change_stage(None, dots.id, settings=settings)
    recap = toolkit.agenda.add_stage(
        None, original.id, StageDraft(exercise="recap", settings={"stages": [swot.id]})
    )
    toolkit.agenda.change_stage(None, swot.id, moderated=True)
    toolkit.hall.set_wifi(None, original.id, "Hall", "secret12")
    copy = toolkit.rehearsals.make(None, original.id)
    again = toolkit.rehearsals.make(None, original.id)  # a second press makes no second copy
    assert again.id == copy.id == toolkit.rehearsals.copy_of(original.id).id  # type: ignore[union-attr]
    assert (copy.rehearsal, copy.copy_of, copy.title) == (True, original.id, original.title)
    assert copy.code != original.code
    assert copy.code_until is not None
    assert copy.code_until >= toolkit.now() + timedelta(hours=12)
    assert toolkit.hall.look_at(copy.id).wifi == toolkit.hall.look_at(original.id).wifi
    stages = toolkit.agenda.stages(copy.id)
    told = ("exercise", "title", "question", "anonymity", "minutes", "live", "moderated", "chapter")
    assert [[getattr(one, name) for name in told] for one in stages] == [
        [getattr(one, name) for name in told] for one in toolkit.agenda.stages(original.id)
    ]
    assert {one.state for one in stages} == {StageState.planned}
    assert stages[0].settings["each"] == 6
    # Typed by hand, or handed on from an earlier workshop; not what people of this one wrote.
    assert [one["key"] for one in stages[2].settings["options"]] == ["C01", HANDED.key]
    assert stages[4].settings["stages"] == [stages[0].id]
    assert toolkit.agenda.stage(recap.id).settings["stages"] == [swot.id]
    assert toolkit.people.participants(copy.id) == []
    with pytest.raises(Refused, match="for rehearsal already"):
        toolkit.rehearsals.make(None, copy.id)


def vars_of(origin: Origin) -> dict[str, Any]:
    return {
        "stage_id": origin.stage_id,
        "contribution_ids": list(origin.contribution_ids),
        "label": origin.label,
    }


def test_a_rehearsal_counts_nowhere(toolkit: Toolkit) -> None:
    original = held(toolkit)
    series_id = original.series_id
    later = toolkit.library.create_workshop(
        None, series_id, title=Multilingual(bg="Втора"), day=original.day + timedelta(days=7),
        stages=[StageDraft(exercise="recap"), StageDraft(exercise="dots")],
    )  # fmt: skip
    for state in ("locked", "revealed"):
        toolkit.agenda.move(None, toolkit.agenda.stages(original.id)[0].id, StageState(state))
    before = archive.write(toolkit.archive.dump(series_id))
    report = repr(toolkit.results.report(series_id).sections)
    recap, dots = toolkit.agenda.stages(later.id)
    recalled = toolkit.results.room(later.id, recap.id).earlier
    copy = toolkit.rehearsals.make(None, original.id)
    stage_id = _run(toolkit, copy)
    assert [one.id for one in toolkit.library.workshops(series_id)] == [original.id, later.id]
    listed = [one.id for one in toolkit.library.workshops(series_id, copies=True)]
    assert listed == [original.id, copy.id, later.id]
    assert repr(toolkit.results.report(series_id).sections) == report
    assert toolkit.results.room(later.id, recap.id).earlier == recalled
    with pytest.raises(Refused, match="within the rehearsal alone"):
        toolkit.results.hand_on(None, stage_id, dots.id, ["S1"])
    kept = {name: part for name, part in json.loads(before).items() if name != "workshops"}
    now = json.loads(archive.write(toolkit.archive.dump(series_id)))
    assert {name: part for name, part in now.items() if name != "workshops"} == kept
    assert len(now["workshops"]) == 2
    with pytest.raises(Refused, match="no archive"):
        toolkit.archive.dump(copy.id)
    # A name somebody typed would stay in the series when the rehearsal is gone.
    group = toolkit.library.groups(series_id)[0]
    with pytest.raises(Refused, match="choose one that is listed"):
        toolkit.people.join(copy.code, group_id=group.id, new_organisation="Ново сдружение")
    # The next real workshop is named and placed as if nobody had rehearsed.
    third = toolkit.library.create_workshop(None, series_id, title=Multilingual(bg="Трета"),
                                            day=later.day)  # fmt: skip
    assert third.position == later.position + 1


def test_thrown_away_nothing_of_a_rehearsal_is_left(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    original = held(toolkit)
    before = _tables(toolkit)
    copy = toolkit.rehearsals.make(None, original.id)
    _run(toolkit, copy)
    toolkit.walls.wear(copy.id, ("bg",), False)
    toolkit.hall.set_wifi(None, copy.id, "Hall", "secret12")
    toolkit.arrivals.open_check(copy.id)
    assert toolkit.rehearsals.throw_away(None, copy.id) == original.id
    after = _tables(toolkit)
    (act,) = [one.act for one in after.pop("event") if one not in before["event"]]
    assert act == "throw rehearsal away"
    assert after == {name: rows for name, rows in before.items() if name != "event"}
    with pytest.raises(NotFound):
        toolkit.rehearsals.throw_away(None, copy.id)
    with pytest.raises(Refused, match="Only a copy"):
        toolkit.rehearsals.throw_away(None, original.id)
    assert _tables(toolkit)["workshop"] == before["workshop"]
