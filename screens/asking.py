"""Draw one question of a form: a line, a number, a choice, a table, whatever its kind asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import streamlit as st

from screens.editor import TONGUES, mapping_editor, rows_editor
from screens.kinds import Question
from workshop.language import Sayable, say, text

Choices: TypeAlias = Mapping[str, Sequence[tuple[Any, Sayable]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What every field of one form needs to be drawn."""

    key: str
    language: str
    tongues: tuple[str, ...]
    problems: Mapping[str, str]
    choices: Choices
    """Answers known only now, by path: the organisations of the series, the options of a stage."""

    def say(self, thing: Sayable) -> str:
        """Return our own words in the reader's language."""
        return say(thing, self.language)


def hint_of(one: Question, form: Form) -> str | None:
    """Return the hint of a field in the reader's language, if it has one."""
    return form.say(one.hint) if one.hint else None


def _line(one: Question, value: Any, here: str, form: Form) -> str:
    return st.text_input(
        form.say(one.label),
        value or "",
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
        max_chars=one.limit,
    )


def _lines(one: Question, value: Any, here: str, form: Form) -> str:
    return st.text_area(
        form.say(one.label),
        value or "",
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
        max_chars=one.limit,
        height=100,
    )


def _whole(one: Question, value: Any, here: str, form: Form) -> Any:
    whole = one.kind == "whole"
    kind: Callable[[Any], Any] = int if whole else float
    low = kind(one.low) if one.low is not None else None
    high = kind(one.high) if one.high is not None else None
    if value is not None:
        value = kind(value)
        # A stored number outside the limits must be shown, not break the page.
        low = None if low is not None and value < low else low
        high = None if high is not None and value > high else high
    return st.number_input(
        form.say(one.label),
        min_value=low,
        max_value=high,
        value=value,
        step=1 if whole else 0.1,
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
        placeholder="–",
    )


def _flag(one: Question, value: Any, here: str, form: Form) -> bool:
    return st.toggle(
        form.say(one.label),
        bool(value),
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
    )


def _choice(one: Question, value: Any, here: str, form: Form) -> Any:
    named = {answer: say(label, form.language) for answer, label in one.choices}
    values = list(named)
    if one.may_be_empty and None not in named:
        values.insert(0, None)
    return st.selectbox(
        form.say(one.label),
        values,
        index=values.index(value) if value in values else None if one.needed else 0,
        format_func=lambda answer: named.get(answer, "–"),
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
        placeholder=say(text("Please choose"), form.language),
    )


def _choices(one: Question, value: Any, here: str, form: Form) -> list[Any]:
    named = {answer: say(label, form.language) for answer, label in one.choices}
    return st.multiselect(
        form.say(one.label),
        list(named),
        default=[answer for answer in value or () if answer in named],
        format_func=lambda answer: named.get(answer, str(answer)),
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
        placeholder=say(text("Please choose"), form.language),
    )


def _day(one: Question, value: Any, here: str, form: Form) -> str | None:
    chosen = st.date_input(
        form.say(one.label),
        date.fromisoformat(value) if value else None,
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
        format="DD.MM.YYYY",
    )
    return chosen.isoformat() if isinstance(chosen, date) else None


def _multilingual(one: Question, value: Any, here: str, form: Form) -> dict[str, str]:
    told = dict(value or {})
    long = max((len(str(words)) for words in told.values()), default=0) > 90
    columns = st.columns(len(form.tongues))
    for place, (column, tongue) in enumerate(zip(columns, form.tongues, strict=True)):
        hint = hint_of(one, form) if place == 0 else None
        label = f"{form.say(one.label)} · {TONGUES[tongue]}"
        key = f"{form.key}:{here}.{tongue}"
        with column:
            if long:
                told[tongue] = st.text_area(
                    label, told.get(tongue, ""), key=key, help=hint, height=100, on_change="ignore"
                )
            else:
                told[tongue] = st.text_input(
                    label, told.get(tongue, ""), key=key, help=hint, on_change="ignore"
                )
    return told


def _words(one: Question, value: Any, here: str, form: Form) -> list[str]:
    typed = st.text_area(
        form.say(one.label),
        "\n".join(value or ()),
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form) or form.say(text("One on each line.")),
        height=120,
    )
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _heading(one: Question, form: Form) -> None:
    st.markdown(f"**{form.say(one.label)}**", help=hint_of(one, form))
    st.caption(
        form.say(
            text(
                "Click a cell to type; the empty row below adds another one. Rows copied from a "
                "spreadsheet can be pasted."
            )
        )
    )


def _table(one: Question, value: Any, here: str, form: Form) -> list[Any]:
    _heading(one, form)
    return rows_editor(
        one.inner,
        value or [],
        key=f"{form.key}:{here}",
        language=form.language,
        tongues=form.tongues,
        name=say(one.label, form.language),
    )


def _mapping(one: Question, value: Any, here: str, form: Form) -> dict[str, Any]:
    _heading(one, form)
    return mapping_editor(
        one.inner,
        value or {},
        key=f"{form.key}:{here}",
        language=form.language,
        tongues=form.tongues,
        name=say(one.label, form.language),
    )


def _document(one: Question, value: Any, here: str, form: Form) -> Any:
    """Draw a field for JSON; what cannot be read is returned as typed, and refused by the model."""
    typed = st.text_area(
        form.say(one.label),
        json.dumps(value, ensure_ascii=False, indent=1) if value else "",
        key=f"{form.key}:{here}",
        on_change="ignore",
        help=hint_of(one, form),
        placeholder="JSON",
        height=100,
    )
    if not typed.strip():
        return None if one.may_be_empty else {}
    try:
        return json.loads(typed)
    except json.JSONDecodeError:
        return typed


def _constant(one: Question, value: Any, here: str, form: Form) -> Any:
    return one.choices[0][0]


def _kept(one: Question, value: Any, here: str, form: Form) -> Any:
    return value


DRAWN: Mapping[str, Callable[[Question, Any, str, Form], Any]] = {
    "line": _line,
    "lines": _lines,
    "whole": _whole,
    "number": _whole,
    "flag": _flag,
    "choice": _choice,
    "choices": _choices,
    "day": _day,
    "multilingual": _multilingual,
    "words": _words,
    "table": _table,
    "mapping": _mapping,
    "document": _document,
    "constant": _constant,
    "kept": _kept,
}
