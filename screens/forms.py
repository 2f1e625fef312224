"""Draw a form for any pydantic model: an exercise's settings, an entry that staff write.

``fields`` draws and returns what stands in the form now, as nested plain values; ``faults``
checks it and gives a sentence per field; ``complain`` keeps those sentences for the next run,
where each stands under its field while all that was typed stays. Nothing here knows a model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from pydantic import BaseModel, ValidationError

from screens.asking import DRAWN, Choices, Form, hint_of
from screens.house import plain
from screens.kinds import Question, blank, plain_value, questions
from workshop.fields import refusals
from workshop.language import Sayable, counted, say, text

SHORT_LABEL = 26
"""A switch has its label beside it: a longer one needs a line of its own."""


def fields(
    model: type[BaseModel],
    values: Mapping[str, Any],
    *,
    key: str,
    language: str,
    tongues: Sequence[str] = ("bg", "en"),
    choices: Choices | None = None,
    without: Sequence[str] = (),
) -> dict[str, Any]:
    """Draw the fields of ``model`` holding ``values`` and return what stands in them now.

    The widgets belong to exactly these ``values``: when somebody else saves others, the form
    shows those instead of writing old ones over them.
    """
    form = Form(
        key=f"{key}:{_digest(values)}",
        language=language,
        tongues=tuple(tongues),
        problems=st.session_state.get(f"{key}:problems", {}),
        choices=choices or {},
    )
    if form.problems:
        wrong = counted(
            "{n} answer needs another look.",
            "{n} answers need another look.",
            n=len(form.problems),
        )
        st.error(say(wrong, language))
    kept = {**blank(model), **values}
    asked = [one for one in questions(model) if one.name not in without]
    kept.update(_part(asked, kept, "", form))
    return kept


def faults(model: type[BaseModel], values: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return a sentence for each answer that does not fit, by path ("options.2.wording")."""
    try:
        model.model_validate(dict(values))
    except ValidationError as error:
        return {one.field: say(one.reason, language) for one in refusals(error, values)}
    return {}


def complain(key: str, problems: Mapping[str, str]) -> None:
    """Keep the sentences for the form called ``key``; an empty mapping forgets them."""
    st.session_state[f"{key}:problems"] = dict(problems)


def entry_form(
    model: type[BaseModel],
    *,
    key: str,
    language: str,
    act: Sayable,
    values: Mapping[str, Any] | None = None,
    choices: Choices | None = None,
) -> dict[str, Any] | None:
    """Draw a whole form with its button; return the answers once they are in order."""
    filled = fields(model, values or {}, key=key, language=language, choices=choices)
    if not st.button(say(act, language), key=f"{key}:send", type="primary"):
        return None
    problems = faults(model, filled, language)
    complain(key, problems)
    if problems:
        st.rerun()
    return filled


def _digest(values: Mapping[str, Any]) -> str:
    told = json.dumps(plain_value(values), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def _part(
    asked: Sequence[Question], values: Mapping[str, Any], path: str, form: Form
) -> dict[str, Any]:
    """Draw the questions; short ones share a line so that the page stays calm."""
    answers: dict[str, Any] = {}
    for line in _lines(asked, form):
        columns = st.columns(3, vertical_alignment="bottom") if _short(line[0], form) else [None]
        for one, column in zip(line, columns, strict=False):
            with column or st.container():
                answers[one.name] = _ask(one, values.get(one.name), path, form)
    return answers


def _lines(asked: Sequence[Question], form: Form) -> list[list[Question]]:
    """Return the questions in lines: up to three short ones beside each other."""
    lines: list[list[Question]] = []
    for one in asked:
        last = lines[-1] if lines else []
        if _short(one, form) and last and _short(last[0], form) and len(last) < 3:
            last.append(one)
        else:
            lines.append([one])
    return lines


def _short(one: Question, form: Form) -> bool:
    narrow = len(form.say(one.label)) <= SHORT_LABEL
    return one.kind in ("whole", "number", "day") or (one.kind == "flag" and narrow)


def _ask(one: Question, value: Any, path: str, form: Form) -> Any:
    here = f"{path}.{one.name}" if path else one.name
    if here in form.choices:
        offered = tuple(form.choices[here])
        one = replace(one, kind="choices" if one.kind in ("words", "choices") else "choice")
        one = replace(one, choices=offered)
    if one.kind == "part":
        answer: Any = _inner(one, plain_value(value), here, form)
    elif one.kind == "parts":
        answer = _parts(one, plain_value(value), here, form)
    else:
        answer = DRAWN[one.kind](one, plain_value(value), here, form)
    for where, sentence in form.problems.items():
        if where == here or (where.startswith(f"{here}.") and one.kind not in ("part", "parts")):
            st.markdown(f":red[{plain(_in_row(where, here, sentence, form))}]")
    return answer


def _in_row(where: str, here: str, sentence: str, form: Form) -> str:
    """Return the sentence with the number of the row it is about, if it is about one."""
    place = where[len(here) + 1 :].split(".")[0]
    if not place.isdigit():
        return sentence
    return form.say(text("Row {n}: {problem}", n=int(place) + 1, problem=sentence))


def _inner(one: Question, value: Any, here: str, form: Form) -> Any:
    with st.container(border=True):
        st.markdown(f"**{form.say(one.label)}**", help=hint_of(one, form))
        # A part with parts of its own (a whole maturity model) is long and rarely changed.
        if any(inner.kind == "parts" for inner in one.inner) and not st.toggle(
            form.say(text("Show and change it")), key=f"{form.key}:{here}?"
        ):
            return value
        return {**(value or {}), **_part(one.inner, value or {}, here, form)}


def _parts(one: Question, value: Any, here: str, form: Form) -> list[Any]:
    """Draw one sheet for each part behind tabs, with buttons to add and to remove.

    A part is drawn under its slot, which stays when others go; problems come by place.
    """
    stored = list(value or [])
    slots: list[int] = st.session_state.setdefault(f"{form.key}:{here}#", [*range(len(stored))])
    parts = {slot: stored[slot] if slot < len(stored) else {} for slot in slots}
    st.markdown(f"**{form.say(one.label)}**", help=hint_of(one, form))
    names = [f"{place}. {plain(_named(part))}" for place, part in enumerate(parts.values(), 1)]
    answers = []
    for place, (tab, slot) in enumerate(zip(st.tabs(names or ["–"]), slots, strict=False)):
        problems = _moved(form.problems, f"{here}.{place}", f"{here}.{slot}")
        with tab:
            inner = replace(form, problems=problems)
            answers.append(
                {**parts[slot], **_part(one.inner, parts[slot], f"{here}.{slot}", inner)}
            )
            st.button(
                form.say(text("Remove this one")),
                key=f"{form.key}:{here}-{slot}",
                on_click=slots.remove,
                args=(slot,),
            )
    following = max([*slots, len(stored) - 1], default=-1) + 1
    st.button(
        form.say(text("Add one")),
        key=f"{form.key}:{here}+",
        on_click=slots.append,
        args=(following,),
    )
    return answers


def _moved(problems: Mapping[str, str], place: str, slot: str) -> dict[str, str]:
    """Return the problems of the part at ``place``, told of its ``slot``."""
    found = (where for where in problems if where.startswith(f"{place}."))
    return {slot + where[len(place) :]: problems[where] for where in found}


def _named(part: Any) -> str:
    """Return what to call a part: its key, code or name."""
    for name in ("key", "code", "name", "title", "id"):
        value = part.get(name) if isinstance(part, Mapping) else None
        if isinstance(value, Mapping):
            value = value.get("bg") or value.get("en")
        if value:
            return str(value)[:24]
    return "…"
