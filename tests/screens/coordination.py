"""Open the coordinator's pages without a browser, signed in, on a real toolkit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from screens import house, staff
from screens.coordinator import HOME
from workshop.language import Multilingual
from workshop.model import Role, Series, Staff, Workshop
from workshop.toolkit import StageDraft, Toolkit


class Coordination:
    """A coordinator at work: the account, a series, and any page of theirs."""

    def __init__(self, toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> None:
        self.toolkit = toolkit
        self.monkeypatch = monkeypatch
        house.enter(toolkit)
        self.member, self.password = toolkit.accounts.create(None, "Мария", Role.coordinator)
        self.enter(self.member)

    def enter(self, member: Staff | None) -> None:
        """Let the browser send the cookie of ``member``."""
        signed = staff.pass_for(member) if member else ""
        self.monkeypatch.setattr(staff, "cookie", lambda: signed)

    def series(self, **fields: Any) -> Series:
        """Make a series with two organisations."""
        made = self.toolkit.library.create_series(
            self.member,
            short_name=fields.pop("short_name", "brezovo"),
            municipality=Multilingual(bg="Брезово поле", en="Brezovo pole"),
            theme=Multilingual(bg="Участие", en="Participation"),
            **fields,
        )
        for words in (("Сдружение „Мост“", "Bridge Association", "civic"),
                      ("Община Брезово поле", "Brezovo pole municipality", "public")):  # fmt: skip
            self.toolkit.library.add_organisations(self.member, made.id, [words])
        return made

    def workshop(self, series: Series, *exercises: str) -> Workshop:
        """Make a workshop whose agenda has these exercises, as they come."""
        return self.toolkit.library.create_workshop(
            self.member,
            series.id,
            title=Multilingual(bg="Първа среща", en="First meeting"),
            day=date(2036, 12, 3),
            stages=[StageDraft(exercise=key) for key in exercises],
        )

    def open(self, name: str, language: str = "en", **asked: str) -> AppTest:
        """Open a page and let it run once."""
        page = AppTest.from_file(str(HOME / name), default_timeout=30)
        page.session_state["language"] = language
        for key, value in asked.items():
            page.query_params[key] = value
        page.run()
        assert not page.exception, page.exception[0].stack_trace
        return page


def press(page: AppTest, key: str) -> AppTest:
    """Press the button with that key and let the page run."""
    page.button(key=key).click().run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def folded_out(page: AppTest) -> str:
    """Return what is refused inside what folds out: beside it, it would lie underneath."""
    said: list[str] = []

    def look(node: Any, inside: bool) -> None:
        for one in getattr(node, "children", {}).values():
            if inside and one.type == "error":
                said.append(str(one.value))
            look(one, inside or one.type == "popover")

    look(page.main, False)
    return "\n".join(said)


def write(page: AppTest, label: str, words: str, place: int = 0) -> None:
    """Type into the field that people see as ``label`` (the ``place``-th of that name)."""
    fields = [one for one in (*page.text_input, *page.text_area) if one.label == label]
    assert fields, (label, [one.label for one in (*page.text_input, *page.text_area)])
    fields[place].set_value(words)


def told(page: AppTest) -> str:
    """Return everything the page says, in the order of its kinds, without Markdown's escapes."""
    kinds = (page.error, page.warning, page.success, page.markdown, page.text, page.caption)
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")
