"""What waits stands first on the sorting board; one, those listed, or none is let through."""

from __future__ import annotations

import pytest

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
