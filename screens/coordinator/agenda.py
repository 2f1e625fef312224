"""Build the agenda of a workshop: its stages in order, each with its settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from screens import desk, forms, house, seats
from screens.asking import Choices
from screens.coordinator import adding
from screens.house import _, plain, t
from screens.kinds import plain_value
from workshop.captions import STATES
from workshop.exercise import Exercise
from workshop.language import Multilingual, Text, counted, text
from workshop.model import (
    Anonymity,
    Refused,
    Series,
    Staff,
    Stage,
    Workshop,
)

ANONYMITIES = {
    Anonymity.named: text("Named: the room sees who wrote it"),
    Anonymity.organisation: text("By organisation: the room sees for whom it was written"),
    Anonymity.anonymous: text("Anonymous: the room sees nobody; kept only to count fairly"),
    Anonymity.secret: text("Secret: nobody can ever find out, not even the program"),
}


def page() -> None:
    """Show the stages at the left, and the chosen one with its settings at the right."""
    member, series, workshop = desk.begin_series(text("Agenda"), workshop=True)
    if series is None or workshop is None:
        st.markdown(_("There is no workshop yet."))
        return
    stages = house.toolkit().agenda.stages(workshop.id)
    left, right = st.columns([2, 3], gap="large")
    with left:
        stage = _listed(member, workshop, stages)
        adding.draw(member, workshop, stages)
    with right:
        if stage is not None:
            _edit(member, series, workshop, stage, len(stages))


def _listed(member: Staff, workshop: Workshop, stages: Sequence[Stage]) -> Stage | None:
    """Draw the agenda as a list to choose from; return the chosen stage."""
    if not stages:
        st.markdown(_("The agenda is empty. Add the first stage below."))
        return None
    known = {stage.id: stage for stage in stages}
    chosen = st.radio(
        _("Stages"),
        list(known),
        index=list(known).index(adding.usual(workshop, stages)),
        format_func={stage.id: adding.line(stage) for stage in stages}.__getitem__,
        captions=[_caption(stage) for stage in stages],
        key=adding.picker(workshop),
    )
    adding.keep(workshop, str(chosen))
    together = sum(stage.minutes for stage in stages)
    planned = t(counted("{n} minute", "{n} minutes", n=together))
    st.caption(
        _("{planned} in stages; the workshop lasts {n}.", planned=planned, n=workshop.minutes)
    )
    return known.get(str(chosen))


def _caption(stage: Stage) -> str:
    exercise = house.toolkit().catalogue.get(stage.exercise)
    facts = [
        t(exercise.title) if exercise else plain(stage.exercise),
        t(counted("{n} minute", "{n} minutes", n=stage.minutes)),
        t(STATES[stage.state]),
    ]
    return " · ".join(facts)


def _edit(member: Staff, series: Series, workshop: Workshop, stage: Stage, among: int) -> None:
    exercise = house.toolkit().catalogue.get(stage.exercise)
    _moves(member, workshop, stage, among)
    if exercise is None:
        st.error(_("The exercise “{key}” is not installed.", key=stage.exercise))
        return
    frame = (stage.title, stage.question, stage.anonymity, stage.minutes, stage.chapter, stage.live)
    seating = (stage.tables, stage.spread, stage.state)
    key = desk.form_key(stage.id, *frame, stage.moderated, stage.ever_opened, *seating)
    tongues = series.languages
    values: dict[str, Any] = {
        "title": desk.two_tongues(_("Title"), stage.title, key=f"{key}.title", tongues=tongues),
        "question": desk.two_tongues(
            _("Question to the room"),
            stage.question,
            key=f"{key}.question",
            lines=True,
            tongues=tongues,
        ),
        "anonymity": _who(stage, exercise.anonymities, key),
        **_frame(stage, exercise.chapter, key),
        **_live(stage, exercise, key),
        **_moderated(stage, exercise, key),
        **(seats.choose(stage, key) if house.toolkit().agenda.asks(stage) else {}),
    }
    st.markdown(f"##### {_('Settings of the exercise')}")
    filled = forms.fields(
        exercise.settings,
        _stored(stage),
        key=f"stage.{stage.id}.settings",
        language=house.language(),
        tongues=tongues,
        choices=_recalled(stage, exercise.recalls),
    )
    if st.button(_("Save the stage"), key=f"{stage.id}.save", type="primary"):
        _save(member, stage, exercise.settings, values, filled)


def _recalled(stage: Stage, field: str) -> Choices:
    """Return the stages of earlier workshops among which the settings of a recap choose."""
    if not field:
        return {}
    known = house.toolkit().results.recalling.known(stage.workshop_id)
    named = "{workshop}: {title}"
    return {
        field: [
            (one.id, Text(named, (("workshop", shop.title), ("title", one.title))))
            for shop, one in known
        ]
    }


def _who(stage: Stage, allowed: Sequence[Anonymity], key: str) -> Anonymity | None:
    """Draw who may see whose words; None once people were told and it can no longer change."""
    modes = list(dict.fromkeys([*allowed, stage.anonymity]))
    fixed = _("It was said when the stage opened and can no longer change.")
    chosen = st.selectbox(
        _("Who sees whose words"),
        modes,
        index=modes.index(stage.anonymity),
        format_func={mode: t(label) for mode, label in ANONYMITIES.items()}.__getitem__,
        disabled=stage.ever_opened,
        help=fixed if stage.ever_opened else _("The phones say it before anybody types."),
        key=f"{key}.anonymity",
        on_change="ignore",
    )
    return None if stage.ever_opened else chosen


def _frame(stage: Stage, chapter: str, key: str) -> dict[str, Any]:
    """Draw what every stage has, whatever its exercise."""
    minutes, where = st.columns(2, vertical_alignment="bottom")
    length = minutes.number_input(
        _("Minutes"),
        min_value=0,
        max_value=480,
        value=stage.minutes,
        key=f"{key}.minutes",
        on_change="ignore",
    )
    told = where.text_input(
        _("Chapter"),
        stage.chapter,
        placeholder=chapter,
        help=_("Where the report tells it, for example R5. Empty: where the exercise belongs."),
        key=f"{key}.chapter",
        on_change="ignore",
    )
    return {"minutes": int(length), "chapter": told}


def _live(stage: Stage, exercise: Exercise[Any, Any, Any], key: str) -> dict[str, Any]:
    """Offer to show what people write at once; of votes and ratings that is a running total.

    A ballot is what takes the place of the sender's earlier one, even if it has room for a note.
    Where it was once chosen it can still be taken back.
    """
    written = exercise.text is not None and exercise.slot is None
    if not (written or stage.live):
        return {}
    shown = st.toggle(
        _("Show as they come"),
        stage.live,
        help=_("The wall shows contributions while people still write."),
        key=f"{key}.live",
        on_change="ignore",
    )
    return {"live": shown}


def _moderated(stage: Stage, exercise: Exercise[Any, Any, Any], key: str) -> dict[str, Any]:
    """Offer to look at what people write before the room does, where they write at all."""
    if exercise.text is None:
        return {}
    first = st.toggle(
        _("Look at it first"),
        stage.moderated,
        help=_(
            "What people write waits on the page “Sort” until a facilitator lets it through. "
            "Only its author sees it; switched off later, what waits goes on waiting."
        ),
        key=f"{key}.moderated",
        on_change="ignore",
    )
    return {"moderated": first}


def _moves(member: Staff, workshop: Workshop, stage: Stage, among: int) -> None:
    """Draw the buttons that move a stage in the agenda or take it out."""
    agenda = house.toolkit().agenda
    name, up, down, away = st.columns([6, 0.7, 0.7, 2], vertical_alignment="center")
    name.subheader(plain(t(stage.title)), anchor=False)
    for column, sign, label, place in (
        (up, "↑", _("Earlier"), stage.position - 1),
        (down, "↓", _("Later"), stage.position + 1),
    ):
        if column.button(
            sign, key=f"{stage.id}.{sign}", help=label, disabled=not 0 <= place < among
        ):
            with desk.refusals():
                agenda.place_stage(member, stage.id, place)
                adding.turn_to(workshop, stage.id)
                st.rerun()
    with away:
        question = _("Take “{name}” out of the agenda?", name=plain(t(stage.title)))
        with desk.sure(_("Remove"), question, _("Yes, remove"), key=f"{stage.id}.remove") as yes:
            if yes:
                agenda.remove_stage(member, stage.id)
                desk.tell(_("The stage is removed."))


def _stored(stage: Stage) -> dict[str, Any]:
    """Return the settings as they are stored; those that no longer fit are said to be so."""
    try:
        return dict(house.toolkit().agenda.settings(stage).model_dump(mode="json"))
    except Refused as refused:
        reason: Text = text("These settings no longer fit: {reason}", reason=refused.reason)
        house.refusal(reason)
        return dict(plain_value(stage.settings))


def _save(
    member: Staff, stage: Stage, model: Any, values: dict[str, Any], filled: dict[str, Any]
) -> None:
    key = f"stage.{stage.id}.settings"
    problems = forms.faults(model, filled, house.language())
    forms.complain(key, problems)
    if problems:
        st.rerun()
    title: Multilingual = values.pop("title")
    with desk.refusals():
        house.toolkit().agenda.change_stage(
            member, stage.id, title=title, settings=filled, **values
        )
        desk.tell(_("Saved."))


page()
