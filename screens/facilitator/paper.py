"""Type a stack of ballots: a line or a few for each, Enter for the next, the last taken back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from screens import files, house
from screens.editor import TONGUES
from screens.facilitator import acts
from screens.house import _, plain, t
from workshop.language import LANGUAGES, Text, text
from workshop.model import Id, Refused, Role, Series, Staff, Stage, StageState
from workshop.paper import Part

TYPED = (StageState.open, StageState.locked, StageState.revealed)
"""While it is open, and until it is closed: a stack is often typed after the lock."""
SHOWN = 12
"""Options listed beside the field; more stand in two columns."""


def page() -> None:
    """Draw the fields of one ballot; group and organisation stay from the one before."""
    member, series, workshop = acts.begin(text("Ballots on paper"), Role.facilitator)
    stages = house.toolkit().agenda.stages(workshop.id)
    _printed(member, stages)
    asked = {one.id: one for one in stages if one.state in TYPED and _parts(one)}
    if not asked:
        st.markdown(_("No stage that asks for anything is open. Open one, and type its ballots."))
        return
    names = {one: name for one, name in acts.numbered(stages).items() if one in asked}
    shown = workshop.current_stage_id
    chosen = st.selectbox(
        _("Stage"),
        list(names),
        index=list(names).index(shown) if shown in names else len(names) - 1,
        format_func=names.__getitem__,
        key=f"paper-stage-{'-'.join(names)[:200]}",
    )
    stage = asked[str(chosen)]
    group_id, organisation_id = _from(series)
    _ballot(member, stage, group_id, organisation_id)
    _last(member, stage)


def _printed(member: Staff, stages: Sequence[Stage]) -> None:
    """Offer the sheets to print, before a stage opens as well."""
    with st.popover(_("Ballots to print"), icon=":material/print:"):
        for stage in stages:
            if not _parts(stage):
                continue
            st.markdown(f"**{stage.position + 1}. {plain(t(stage.title))}**")
            with st.container(horizontal=True):
                for tongue in LANGUAGES:
                    number = stage.position + 1
                    at = files.address(member, "ballot", stage.workshop_id, tongue, number=number)
                    st.link_button(f"Word · {TONGUES[tongue]}", at)


def _parts(stage: Stage) -> Sequence[Part]:
    try:
        return house.toolkit().papers.parts(stage)
    except Refused:  # the exercise is gone, or its settings no longer fit
        return ()


def _from(series: Series) -> tuple[Id, Id | None]:
    """Ask whose ballots these are: a stack is sorted by group, so the answer stays."""
    library = house.toolkit().library
    groups = {one.id: t(one.name) for one in library.groups(series.id)}
    left, right = st.columns(2)
    group_id = left.selectbox(
        _("Group"), list(groups), format_func=groups.__getitem__, key="paper-group"
    )
    within = [one for one in library.organisations(series.id) if one.group_id == group_id]
    named: dict[Id, str] = {"": _("a citizen")} | {one.id: t(one.name) for one in within}
    organisation_id = right.selectbox(
        _("Organisation"),
        list(named),
        format_func=named.__getitem__,
        key=f"paper-organisation-{group_id}",
    )
    return str(group_id), organisation_id or None


def _ballot(member: Staff, stage: Stage, group_id: Id, organisation_id: Id | None) -> None:
    """Draw the fields; they become empty only once the ballot is on the disk."""
    parts = _parts(stage)
    keys = [
        [f"paper-{stage.id}-{part.key}-{place}" for place in range(len(part.lines))]
        for part in parts
    ]
    if st.session_state.pop("paper-kept", False):
        for key in (key for own in keys for key in own):
            st.session_state[key] = ""
    with st.form(f"paper-{stage.id}", enter_to_submit=True):
        for part, own in zip(parts, keys, strict=True):
            _part(part, own)
        if not st.form_submit_button(_("Keep, and type the next one"), type="primary"):
            return
    typed = [[str(st.session_state.get(key, "")) for key in own] for own in keys]

    def take() -> None:
        try:
            sheet = house.toolkit().papers.take(
                member,
                stage.id,
                typed,
                group_id=group_id,
                organisation_id=organisation_id,
                language=house.language(),
            )
        except Refused as refused:
            raise Refused(_where(parts, refused)) from refused
        st.session_state["paper-last"] = (stage.id, sheet.participant_id, sheet.number)
        st.session_state["paper-kept"] = True

    acts.attempt(member, take)


def _where(parts: Sequence[Part], refused: Refused) -> Text:
    """Return a refusal with the name of the part it is about, where there are several."""
    place = refused.field.partition(".")[0]
    if len(parts) < 2 or not place.isdecimal():
        return refused.reason
    values = (("part", parts[int(place)].title), ("reason", refused.reason))
    return Text("{part}: {reason}", values)


def _part(part: Part, keys: Sequence[str]) -> None:
    if part.kind == "count":
        listed = [f"{place}. {plain(t(one.label))}" for place, one in enumerate(part.blanks, 1)]
        columns = st.columns(1 if len(listed) <= SHOWN else 2)
        half = -(-len(listed) // len(columns))
        for nth, column in enumerate(columns):
            column.markdown("  \n".join(listed[nth * half : (nth + 1) * half]))
    hints = {
        "count": _("The number of an option once for each of its dots: 3 3 7"),
        "choice": _("One sign for each scale: 35, or “-” without a mark"),
    }
    for key, label in zip(keys, part.lines, strict=True):
        st.text_input(plain(t(label)), key=key, placeholder=hints.get(part.kind, ""))
    for blank in part.blanks if part.kind == "line" else ():
        if blank.choices:
            told = [f"{n} {plain(t(words))}" for n, (_key, words) in enumerate(blank.choices, 1)]
            st.caption(f"{plain(t(blank.label))} {' · '.join(told)}")


def _last(member: Staff, stage: Stage) -> None:
    """Say what was typed last, and how many so far; offer to take it back."""
    toolkit = house.toolkit()
    people = toolkit.people.participants(stage.workshop_id)
    senders = toolkit.entries.senders(stage.id)
    count = sum(one.paper and one.id in senders for one in people)
    st.markdown(plain(_("Typed in this stage: {n}", n=count)))
    last = st.session_state.get("paper-last")
    if last is None or last[0] != stage.id:
        return
    words = _("Take the last one back (participant {number})", number=last[2])
    if st.button(words, key="paper-undo", shortcut="Alt+Z"):

        def take_back() -> None:
            toolkit.papers.take_back(member, stage.id, last[1])
            st.session_state.pop("paper-last")

        acts.attempt(member, take_back)


page()
