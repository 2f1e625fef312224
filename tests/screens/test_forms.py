"""Forms made from models: every kind of field is drawn, read back, checked and kept."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field
from streamlit.testing.v1 import AppTest

from screens import forms
from screens.kinds import blank, questions
from workshop.fields import Form, Line, Lines, MaybeWhole, Options, SomeLine, Words
from workshop.language import Multilingual, text
from workshop.model import Option


class Mode(StrEnum):
    """An enumeration whose members name themselves."""

    quick = "quick"
    full = "full"

    @property
    def label(self) -> str:
        return f"{self.value} mode"


class Level(Form):
    level: int
    words: Multilingual


class Dimension(Form):
    code: Line
    name: Multilingual
    levels: tuple[Level, ...]


class Everything(Form):
    """One field of every kind."""

    dots: Annotated[int, text("Dots for each person")] = Field(5, ge=1, le=20)
    most: MaybeWhole = None
    share: float = 0.5
    live: Annotated[bool, text("Show at once"), text("While people write.")] = False
    day: date | None = None
    mode: Mode = Mode.quick
    who: Annotated[Literal["all", "some"], {"all": text("Everybody")}] = "all"
    several: tuple[Literal["a", "b"], ...] = ("a",)
    lines: tuple[str, ...] = ("x", "y")
    intro: Words = Multilingual(bg="Увод", en="Intro")
    note: Lines = ""
    options: Options = ()
    budget: dict[str, int] = Field(default_factory=dict)
    dimensions: tuple[Dimension, ...] = ()
    other: dict[str, Any] | None = None
    name: SomeLine


def script(values: dict[str, object]) -> None:
    import streamlit as st

    from screens import forms
    from tests.screens.test_forms import Everything
    from workshop.language import text

    values = st.session_state.get("elsewhere", values)
    filled = forms.entry_form(
        Everything, key="form", language="en", act=text("Save"), values=values
    )
    if filled is not None:
        st.session_state["filled"] = filled


def draw(values: dict[str, Any] | None = None) -> AppTest:
    page = AppTest.from_function(script, default_timeout=30, args=(values or {},)).run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def test_every_field_becomes_the_question_its_type_asks_for() -> None:
    kinds = {one.name: one.kind for one in questions(Everything)}
    assert kinds == {
        "dots": "whole",
        "most": "whole",
        "share": "number",
        "live": "flag",
        "day": "day",
        "mode": "choice",
        "who": "choice",
        "several": "choices",
        "lines": "words",
        "intro": "multilingual",
        "note": "lines",
        "options": "table",
        "budget": "mapping",
        "dimensions": "parts",
        "other": "document",
        "name": "line",
    }


def test_words_and_limits_come_from_the_model() -> None:
    known = {one.name: one for one in questions(Everything)}
    assert known["dots"].label == text("Dots for each person")
    assert (known["dots"].low, known["dots"].high) == (1, 20)
    assert known["live"].hint == text("While people write.")
    assert known["mode"].choices == (("quick", "quick mode"), ("full", "full mode"))
    assert known["who"].choices == (("all", text("Everybody")), ("some", "some"))
    assert known["name"].limit == 120
    assert known["name"].needed
    assert known["most"].may_be_empty


def test_untouched_answers_are_the_defaults() -> None:
    page = draw({"name": "Fair"})
    page.button(key="form:send").click().run()
    filled = page.session_state["filled"]
    assert Everything.model_validate(filled) == Everything(name="Fair")
    assert filled == {**blank(Everything), "name": "Fair"}


def test_typed_answers_come_back_as_the_model_wants_them() -> None:
    page = draw({"name": "Fair"})
    page.number_input[0].set_value(7)
    page.number_input[1].set_value(3)
    page.toggle[0].set_value(True)
    page.date_input[0].set_value(date(2026, 12, 17))
    page.multiselect[0].set_value(["a", "b"])
    page.text_area[0].set_value("one\n\n two ")
    page.button(key="form:send").click().run()
    filled = Everything.model_validate(page.session_state["filled"])
    assert (filled.dots, filled.most, filled.live) == (7, 3, True)
    assert filled.day == date(2026, 12, 17)
    assert filled.several == ("a", "b")
    assert filled.lines == ("one", "two")


def test_a_missing_answer_is_told_in_a_sentence_and_nothing_typed_is_lost() -> None:
    page = draw()
    page.number_input[0].set_value(9)
    page.button(key="form:send").click().run()
    assert "filled" not in page.session_state
    assert page.error[0].value == "1 answer needs another look."
    assert any("Please fill this in" in one.value for one in page.markdown)
    assert page.number_input[0].value == 9


def test_options_typed_by_hand_get_their_keys_and_those_handed_on_keep_their_origin() -> None:
    origin = {"stage_id": "a" * 32, "contribution_ids": ["b" * 32], "label": "W7"}
    named = {"bg": "Услуги", "en": "Services"}
    handed_on = {
        "key": "C07",
        "wording": {"bg": "Едно", "en": ""},
        "category": named,
        "origin": origin,
    }
    page = draw({"name": "Fair", "options": [handed_on]})
    cells = next(one for one in page.data_editor if str(one.key).endswith("options")).value
    assert list(cells["category"]) == ["Services"], "as the reader calls it"
    assert next(iter(cells)) == "wording.bg", "who clicks the first cell words what is chosen"
    table = next(one.key for one in page.data_editor if str(one.key).endswith("options"))
    page.session_state[table] = {
        "edited_rows": {0: {"wording.en": "One"}},
        "added_rows": [{"wording.bg": "Две", "category": "W"}, {}],
        "deleted_rows": [],
    }
    page.button(key="form:send").click().run()
    first, second = Everything.model_validate(page.session_state["filled"]).options
    assert first.wording == Multilingual(bg="Едно", en="One")
    assert first.origin is not None
    assert first.origin.label == "W7"
    assert first.category == Multilingual(**named), "left as it was, it keeps both languages"
    assert second == Option(key="C08", wording=Multilingual(bg="Две"), category="W")


def test_a_removed_row_takes_only_itself_away() -> None:
    rows = [{"key": f"C0{n}", "wording": {"bg": f"{n}", "en": ""}, "origin": None} for n in (1, 2)]
    page = draw({"name": "Fair", "options": rows})
    table = next(one.key for one in page.data_editor if str(one.key).endswith("options"))
    page.session_state[table] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [0]}
    page.button(key="form:send").click().run()
    assert [one["key"] for one in page.session_state["filled"]["options"]] == ["C02"]


def test_a_mapping_is_a_table_of_two_columns() -> None:
    page = draw({"name": "Fair", "budget": {"S": 3}})
    table = next(one.key for one in page.data_editor if str(one.key).endswith("budget"))
    page.session_state[table] = {
        "edited_rows": {},
        "added_rows": [{"key": "W", "value": 4}],
        "deleted_rows": [],
    }
    page.button(key="form:send").click().run()
    assert page.session_state["filled"]["budget"] == {"S": 3, "W": 4}


def test_parts_are_drawn_one_behind_each_tab_and_may_be_added() -> None:
    level = {"level": 1, "words": {"bg": "Начално", "en": "Ad hoc"}}
    part = {"code": "F1", "name": {"bg": "Основи", "en": "Foundations"}, "levels": [level]}
    page = draw({"name": "Fair", "dimensions": [part]})
    assert [one.label for one in page.tabs] == ["1. F1"]
    adds = [one for one in page.button if one.label == "Add one"]
    adds[0].click().run()
    assert len(page.tabs) == 2
    page.button(key="form:send").click().run()
    first, second = page.session_state["filled"]["dimensions"]
    assert first == part
    assert second["code"] == ""


def test_json_that_cannot_be_read_is_refused_and_kept() -> None:
    page = draw({"name": "Fair"})
    document = next(one for one in page.text_area if one.placeholder == "JSON")
    document.set_value("{torn")
    page.button(key="form:send").click().run()
    assert "filled" not in page.session_state
    assert next(one for one in page.text_area if one.placeholder == "JSON").value == "{torn"


def test_a_stored_number_outside_the_limits_is_shown_and_told() -> None:
    page = draw({"name": "Fair", "dots": 99})
    assert page.number_input[0].value == 99
    page.button(key="form:send").click().run()
    assert any("at most 20" in one.value for one in page.markdown)


def test_new_values_from_elsewhere_replace_what_the_form_showed() -> None:
    page = draw({"name": "Fair", "dots": 4})
    page.number_input[0].set_value(8).run()
    assert page.number_input[0].value == 8
    page.session_state["elsewhere"] = {"name": "Fair", "dots": 6}
    page.run()
    assert page.number_input[0].value == 6


@pytest.mark.parametrize("path", ["name", "dots", "options.0"])
def test_faults_name_the_field(path: str) -> None:
    wrong: dict[str, Any] = {
        "name": {},
        "dots": {"name": "x", "dots": 0},
        "options.0": {"name": "x", "options": [{"key": "??", "wording": {"bg": "a"}}]},
    }[path]
    found = forms.faults(Everything, wrong, "en")
    assert any(path.startswith(where) or where.startswith(path) for where in found)
    assert all(sentence.endswith(".") for sentence in found.values())
