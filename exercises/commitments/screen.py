"""The register of commitments: staff confirm them, follow them up and note partners' answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, get_args

import pandas as pd
import streamlit as st

from exercises.commitments.model import ANSWERS, STATUSES, STRENGTHS, Status
from exercises.commitments.register import ANSWERED, Line, Register, keep
from workshop.language import Language, Sayable, Text, say, text
from workshop.model import Refused, Staff, Stage
from workshop.printable import literal
from workshop.toolkit import Toolkit

Say: TypeAlias = Callable[[Sayable], str]
Write: TypeAlias = Callable[[Mapping[str, Any]], None]

VIEWS: Mapping[str, Text] = {
    "all": text("Every commitment"),
    "confirm": text("To confirm"),
    "needs": text("Needs without an answer"),
    "drafts": text("Drafts"),
}
WRITABLE: tuple[str, ...] = get_args(Status)
TO_CONFIRM = frozenset({"proposed", "needs_confirmation"})


def page(toolkit: Toolkit, stage: Stage, staff: Staff, language: Language) -> None:
    """Draw the register of one stage: all commitments, and what is known of the chosen one."""

    def words(thing: Sayable) -> str:
        return say(thing, language)

    def write(answers: Mapping[str, Any]) -> None:
        try:
            toolkit.entries.record(staff, stage.id, answers)
        except Refused as refused:
            st.error(literal(words(refused.reason)))
        else:
            st.toast(words(text("Saved.")))
            st.rerun()

    room = toolkit.results.room(stage.workshop_id, stage.id)
    register = keep(toolkit.results.contributions(stage.id), room)
    if not register.lines:
        st.text(words(text("Nobody has sent a commitment in this stage yet.")))
        return
    _figures(register, words)
    left, right = st.columns([3, 2], gap="large")
    with left:
        line = _choose(register, stage, words)
    if line is not None:
        with right, st.container(border=True):
            _commitment(line, stage, words)
            _status(line, stage, words, write)
            _needs(line, stage, words, write)


def _figures(register: Register, words: Say) -> None:
    with st.container(horizontal=True, gap="large"):
        for label, n in (
            (text("Counted"), len(register.counted)),
            (text("To confirm"), len(_shown(register, "confirm"))),
            # As the room sees it: a commitment may have several.
            (text("Needs without an answer"), sum(map(_unanswered, register.counted))),
            (text("Drafts"), len(_shown(register, "drafts"))),
        ):
            st.metric(words(label), n)


def _shown(register: Register, view: str) -> Sequence[Line]:
    match view:
        case "confirm":
            return [line for line in register.lines if line.counted and line.status in TO_CONFIRM]
        case "needs":
            return [line for line in register.counted if _unanswered(line)]
        case "drafts":
            return [line for line in register.lines if line.status == "draft"]
        case _:
            return register.lines


def _unanswered(line: Line) -> int:
    return len([need for need in line.needs if need.answer not in ANSWERED])


def _choose(register: Register, stage: Stage, words: Say) -> Line | None:
    """Let people narrow the list down, read it, and choose one commitment."""
    view = st.segmented_control(
        words(text("Show")),
        list(VIEWS),
        default="all",
        required=True,
        format_func={view: words(label) for view, label in VIEWS.items()}.__getitem__,
        key=f"{stage.id}.view",
    )
    lines = {line.number: line for line in _shown(register, str(view))}
    if not lines:
        st.text(words(text("Nothing left to do here.")))
        return None
    number = st.selectbox(
        words(text("Commitment")),
        list(lines),
        format_func=lambda number: (
            f"{number} · {_who(lines[number], words)}: {words(lines[number].words)}"
        ),
        key=f"{stage.id}.{view}.number",
    )
    _table(list(lines.values()), words)
    return lines.get(number)


def _table(lines: Sequence[Line], words: Say) -> None:
    heads = (text("No."), text("Status"), text("Due"), text("Organisation"), text("Action"))
    table = pd.DataFrame(
        [
            (
                line.number,
                words(STATUSES[line.status]),
                words(line.due or line.said(line.entry.due)),
                _who(line, words),
                words(line.words),
            )
            for line in lines
        ],
        columns=[words(head) for head in heads],
    )
    st.dataframe(
        table,
        hide_index=True,
        height=min(38 + 35 * len(table), 560),
        alt=words(text("Register of commitments")),
    )


def _who(line: Line, words: Say) -> str:
    return words(line.organisation.name if line.organisation else text("a citizen"))


def _commitment(line: Line, stage: Stage, words: Say) -> None:
    """Show what was promised, and why it does not count if it does not."""
    st.caption(f"{line.number} · {words(STATUSES[line.status])}")
    st.text(words(line.words))
    facts = (
        (text("Organisation"), _who(line, words)),
        (text("Result"), line.entry.deliverable),
        (text("Due"), words(line.due) if line.due else line.entry.due),
        (text("Strength"), f"{line.entry.strength} · {words(STRENGTHS[line.entry.strength])}"),
        (text("Resources"), line.entry.resources),
    )
    st.text("\n".join(f"{words(label)}: {told or '–'}" for label, told in facts))
    if not line.printable:
        st.text(words(text("Its author asked that its wording is not printed.")))
    for reason in line.errors:
        st.error(literal(words(reason)))
    for reason in line.warnings:
        st.warning(literal(words(reason)))


def _status(line: Line, stage: Stage, words: Say, write: Write) -> None:
    """Draw the one click that confirms, and the form for everything else."""
    entry = {"kind": "status", "commitment": str(line.number)}
    if (
        line.counted
        and line.status in TO_CONFIRM
        and st.button(
            words(text("Confirmed in writing")),
            type="primary",
            key=f"{stage.id}.{line.number}.confirm",
        )
    ):
        write({**entry, "status": "confirmed", "note": line.note})
    key = f"{stage.id}.{line.number}.{line.status}"
    status = st.selectbox(
        words(text("Status")),
        WRITABLE,
        index=WRITABLE.index(line.status) if line.status in WRITABLE else None,
        format_func={one: words(label) for one, label in STATUSES.items()}.__getitem__,
        placeholder=words(STATUSES["draft"]),
        key=f"{key}.status",
        on_change="ignore",
    )
    note = st.text_area(
        words(text("Note")),
        line.note,
        key=f"{key}.note",
        on_change="ignore",
        height=80,
        help=words(text("Printed in the register.")),
    )
    if st.button(
        words(text("Save")), key=f"{stage.id}.{line.number}.save", disabled=status is None
    ):
        write({**entry, "status": status, "note": note})


def _needs(line: Line, stage: Stage, words: Say, write: Write) -> None:
    """Draw each need with the answer of the partner, one click for each answer."""
    for place, need in enumerate(line.needs):
        st.divider()
        st.text(
            words(
                text(
                    "Needs from {organisation}: {what}",
                    organisation=need.organisation.name,
                    what=need.what,
                )
            )
        )
        st.caption(words(ANSWERS[need.answer]))
        with st.container(horizontal=True):
            for answer in sorted(ANSWERED - {need.answer}):
                if st.button(
                    _upper(words(ANSWERS[answer])), key=f"{stage.id}.{line.number}.{place}.{answer}"
                ):
                    write(
                        {
                            "kind": "need_answer",
                            "commitment": str(line.number),
                            "organisation": need.organisation.key,
                            "answer": answer,
                            "note": need.note,
                        }
                    )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
