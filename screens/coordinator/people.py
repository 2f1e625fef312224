"""Read who took part in a workshop, and put right what somebody chose on joining."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from screens import desk, house
from screens.house import _, t
from workshop.language import clock, counted, text
from workshop.model import Attendance, Organisation, Participant, Series, Staff, StakeholderGroup

ATTENDANCE = {Attendance.onsite: text("in the hall"), Attendance.remote: text("remotely")}


def page() -> None:
    """Show the people of one workshop, by group and organisation; no names are ever stored."""
    member, series, workshop = desk.begin_series(text("Who took part"), workshop=True)
    if series is None or workshop is None:
        st.markdown(_("There is no workshop yet."))
        return
    toolkit = house.toolkit()
    groups = toolkit.library.groups(series.id)
    organisations = toolkit.library.organisations(series.id)
    people = toolkit.people.participants(workshop.id)
    if not people:
        st.markdown(_("Nobody has joined this workshop yet."))
        return
    left, right = st.columns([5, 2], gap="large")
    with left:
        _everybody(series, people, groups, organisations)
        _change(member, people, groups, organisations)
    with right:
        _by_group(people, groups)
        _missing(people, organisations)


def _everybody(
    series: Series,
    people: Sequence[Participant],
    groups: Sequence[StakeholderGroup],
    organisations: Sequence[Organisation],
) -> None:
    group_names = {one.id: t(one.name) for one in groups}
    names = {one.id: t(one.name) for one in organisations}
    zone = ZoneInfo(series.time_zone)
    order = {one.id: place for place, one in enumerate(groups)}
    rows = [
        (
            one.number,
            group_names.get(one.group_id, "–"),
            names.get(one.organisation_id or "", _("citizen")),
            one.role,
            _clock(one.joined_at, zone),
            _clock(one.left_at, zone),
            _("votes") if one.voting else _("waits") if one.waiting else _("observes"),
            _("on paper") if one.paper else t(ATTENDANCE[one.attendance]),
        )
        for one in sorted(people, key=lambda one: (order.get(one.group_id, 99), one.number))
    ]
    heads = [_("No."), _("Group"), _("Organisation"), _("Role"), _("Joined at"), _("Left at")]
    st.dataframe(
        pd.DataFrame(rows, columns=[*heads, _("Vote"), _("Attends")]),
        hide_index=True,
        height=min(38 + 35 * len(rows), 640),
        alt=_("People who took part"),
    )


def _clock(moment: datetime | None, zone: ZoneInfo) -> str:
    return clock(moment.astimezone(zone), house.language()) if moment else ""


def _by_group(people: Sequence[Participant], groups: Sequence[StakeholderGroup]) -> None:
    """Show how many of each group; who has no vote is in no figure."""
    voting = [one for one in people if one.voting]
    st.metric(_("Participants with a vote"), len(voting))
    rows = []
    for group in groups:
        inside = [one for one in voting if one.group_id == group.id]
        left = len([one for one in inside if one.left_at])
        speak_for = len({one.organisation_id for one in inside if one.organisation_id})
        rows.append((t(group.name), len(inside), speak_for, left))
    st.dataframe(
        pd.DataFrame(rows, columns=[_("Group"), _("People"), _("Organisations"), _("Left early")]),
        hide_index=True,
        alt=_("People by group"),
    )
    observers = sum(not one.voting and not one.waiting for one in people)
    if observers:
        st.caption(
            t(
                counted(
                    "{n} observer is not counted.", "{n} observers are not counted.", n=observers
                )
            )
        )


def _missing(people: Sequence[Participant], organisations: Sequence[Organisation]) -> None:
    came = {one.organisation_id for one in people}
    missing = [t(one.name) for one in organisations if one.accepted and one.id not in came]
    if missing:
        st.markdown(f"**{_('Nobody came from')}**")
        st.text("\n".join(missing))


def _change(
    member: Staff,
    people: Sequence[Participant],
    groups: Sequence[StakeholderGroup],
    organisations: Sequence[Organisation],
) -> None:
    """Put right a group, an organisation or the vote of one person."""
    names = desk.distinct({one.id: t(one.name) for one in organisations})
    group_names = desk.distinct({one.id: t(one.name) for one in groups})
    known = {one.id: one for one in people}
    chosen = st.selectbox(
        _("Change one person"),
        list(known),
        index=None,
        format_func={one.id: _person(one, names, group_names) for one in people}.__getitem__,
        placeholder=_("Please choose"),
        key="person.chosen",
    )
    one = known.get(str(chosen))
    if one is None:
        return
    with st.container(border=True):
        told = _told(one, names, group_names)
        if st.button(_("Save"), type="primary", key=f"{one.id}.save"):
            with desk.refusals():
                fields = {name: now for name, (before, now) in told.items() if now != before}
                house.toolkit().people.change_participant(member, one.id, **fields)
                desk.tell(_("Saved."))


def _told(
    one: Participant, names: dict[str, str], groups: dict[str, str]
) -> dict[str, tuple[Any, Any]]:
    """Draw what is known of a person; return each answer as it was and as it stands now."""
    key = desk.form_key(one.id, one.group_id, one.organisation_id, one.role, one.voting)
    listed = list(groups)
    group = st.selectbox(
        _("Group"),
        listed,
        index=listed.index(one.group_id),
        format_func=groups.__getitem__,
        key=f"{key}.group",
        on_change="ignore",
    )
    # Somebody who came for an organisation can change to another one, not become a citizen.
    places = list(names) if one.organisation_id else ["", *names]
    organisation = st.selectbox(
        _("Organisation"),
        places,
        index=places.index(one.organisation_id or ""),
        format_func={"": _("citizen"), **names}.__getitem__,
        key=f"{key}.organisation",
        on_change="ignore",
        help=_("With the organisation the group changes as well."),
    )
    role = st.text_input(_("Role"), one.role, key=f"{key}.role", on_change="ignore")
    voting = st.toggle(_("Has a vote"), one.voting, key=f"{key}.voting", on_change="ignore")
    gone = one.left_at is not None
    left = st.toggle(_("Left before the end"), gone, key=f"{key}.left", on_change="ignore")
    return {
        "group_id": (one.group_id, group),
        "organisation_id": (one.organisation_id or "", organisation),
        "role": (one.role, role),
        "voting": (one.voting, voting),
        "left": (gone, left),
    }


def _person(one: Participant, names: dict[str, str], groups: dict[str, str]) -> str:
    place = names.get(one.organisation_id or "", _("citizen"))
    return f"{one.number} · {groups.get(one.group_id, '–')} · {place}"


page()
