"""What waits stands first on the sorting board; one, those listed, or none is let through."""

from __future__ import annotations

import pytest

from screens.projector import frame, sight
from screens.projector.look import Look
from tests.screens.facilitation import Facilitation, button, press, shown
from workshop.toolkit import Toolkit

COCKPIT, BOARD = "facilitator/cockpit.py", "facilitator/board.py"


def test_what_waits_is_let_through_or_hidden_on_the_board(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Facilitation(toolkit, monkeypatch)
    toolkit.agenda.change_stage(None, work.swot.id, moderated=True)
    work.move("open")
    work.write("Сайтът е остарял", "Глупак", "Няма хора", "Няма пари")
    page = work.open(COCKPIT)
    assert "4 texts wait for you (page “Sort”)." in shown(page)
    page = work.open(BOARD)
    assert work.standing() == []
    ids = {one.number: one.id for one in toolkit.results.contributions(work.swot.id)}
    press(page, f"let-{ids[1]}")
    assert work.standing() == ["Сайтът е остарял"]
    press(page, f"refuse-{ids[2]}")
    why = next(one for one in page.selectbox if one.label == "Reason to hide No. 2")
    why.set_value("insult").run()
    press(page, f"hide-{ids[2]}")
    assert "2 texts wait for you" in shown(page)
    stale = button(page, "through")
    work.write("Още едно, което никой не е чел")
    stale.click().run()
    assert work.standing() == ["Сайтът е остарял"], "nobody has read the newest of the list"
    press(page, "through")
    assert len(work.standing()) == 4
    assert "wait for you" not in shown(page)
    press(page, "undo")
    assert work.standing() == ["Сайтът е остарял"]


def test_a_title_is_read_before_the_wall_shows_it_and_what_was_kept_back_waits_no_more(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Facilitation(toolkit, monkeypatch)

    def wall() -> str:
        return frame.draw(sight.gather(toolkit, work.workshop_id), Look(languages=("en",)))

    toolkit.agenda.change_stage(None, work.swot.id, moderated=True)
    work.move("open")
    for person, title in zip(work.people, ("Кметът е крадец", "Кметът е глупак"), strict=False):
        answers = {"kind": "W", "text": "Сайтът е бавен", "title": title}
        toolkit.entries.contribute(person.id, work.swot.id, answers, title).result()
    first, other = toolkit.results.contributions(work.swot.id)
    page = work.open(BOARD)
    assert "No. 1 · Кметът е крадец  \nСайтът е бавен" in shown(page)
    toolkit.sorting.hide(None, other.id, "insult")
    page = work.open(BOARD)
    assert "глупак" not in shown(page)
    next(one for one in page.toggle if one.key == "sort-hidden").set_value(True).run()
    assert "No. 2 · Кметът е глупак  \nСайтът е бавен" in shown(page)
    toolkit.agenda.change_stage(None, work.swot.id, moderated=False)
    work.move("locked", "revealed")
    assert "1 text waits for you (page “Sort”)." in shown(work.open(COCKPIT))
    assert "1 waits for the facilitator" in wall()
    work.move("closed")
    assert "1 text was not let through by the facilitator" in wall()
    assert "waits for the facilitator" not in wall()
    work.move("revealed")
    toolkit.sorting.let_through(None, first.id)
    page = work.open(BOARD)
    page.session_state["sort-picked"] = [first.id]
    page.run()
    assert "own words: Кметът е крадец · Сайтът е бавен" in shown(page)
