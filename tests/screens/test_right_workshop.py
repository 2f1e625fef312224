"""The cockpit shows the workshop the address means, and says when nobody can come into it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.screens.facilitation import Facilitation, press, shown
from tests.steady import BEGIN
from workshop.language import Multilingual
from workshop.model import StageState
from workshop.toolkit import Toolkit

COCKPIT = "facilitator/cockpit.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch)


def test_a_code_whose_day_is_over_stands_neither_on_the_wall_nor_in_the_cockpit(
    work: Facilitation,
) -> None:
    assert work.workshop.code in shown(work.open(COCKPIT))
    past = BEGIN.date() - timedelta(days=2)
    work.toolkit.library.change_workshop(None, work.workshop_id, day=past)
    page = work.open(COCKPIT)
    assert "worked until 30 November 2026, 01:00" in page.warning[0].value
    assert work.workshop.code not in shown(page)


def test_a_finished_workshop_has_no_door(work: Facilitation) -> None:
    work.toolkit.library.finish_workshop(None, work.workshop_id)
    page = work.open(COCKPIT)
    assert "The workshop is finished." in shown(page)
    assert not [one.key for one in page.button if str(one.key).startswith("joining")]


def test_a_lost_connection_is_told_in_the_readers_language(work: Facilitation) -> None:
    assert '<p class="sed-lost" role="status">Връзката прекъсна.' in shown(
        work.open(COCKPIT, language="bg")
    )


def test_an_address_may_name_a_workshop_without_its_series(work: Facilitation) -> None:
    work.toolkit.library.create_series(
        None, short_name="newer", municipality=Multilingual(en="Newer"), theme=Multilingual(en="X")
    )
    page = work.open(COCKPIT, workshop=work.workshop.short_name)
    assert "First meeting" in shown(page)


def test_a_rehearsal_thrown_away_leaves_no_buttons_of_another_workshop(work: Facilitation) -> None:
    copy = work.toolkit.rehearsals.make(None, work.workshop_id)
    work.toolkit.library.create_workshop(
        None, work.series.id, title=Multilingual(en="Earlier"), day=BEGIN.date(),
    )  # fmt: skip
    page = work.open(COCKPIT, workshop=copy.short_name)
    assert any(str(one.key).startswith("show-") for one in page.button)
    work.toolkit.rehearsals.throw_away(None, copy.id)
    page.run()
    assert page.warning[0].value == "This rehearsal was thrown away."
    offered = [str(one.key) for one in page.button]
    assert len(offered) == 2
    assert all(one.startswith("instead-") for one in offered)
    press(page, f"instead-{work.workshop.short_name}")
    assert any(str(one.key) == f"show-{work.swot.id}" for one in page.button)
    elsewhere = work.open(COCKPIT, workshop="never-made")
    assert elsewhere.warning[0].value == "This workshop is no longer there."


def test_without_an_address_the_workshop_that_is_running_is_meant(work: Facilitation) -> None:
    copy = work.toolkit.rehearsals.make(None, work.workshop_id)
    stage = work.toolkit.agenda.stages(copy.id)[0]
    work.toolkit.agenda.move(None, stage.id, StageState.open)
    work.toolkit.library.create_series(
        None, short_name="newer", municipality=Multilingual(en="Newer"), theme=Multilingual(en="X")
    )
    page = work.open(COCKPIT)
    assert page.query_params["workshop"] == copy.short_name
    work.move("open")
    assert work.open(COCKPIT).query_params["workshop"] == work.workshop.short_name
