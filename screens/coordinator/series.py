"""Prepare a series: the municipality, the theme, and the groups people speak for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from screens import desk, house, staff
from screens.coordinator import HOME
from screens.editor import TONGUES
from screens.house import _, plain, t
from workshop.language import Multilingual, counted, text
from workshop.model import Role, Series, Staff, StakeholderGroup

LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        (*"abvgde", "zh", *"ziyklmnoprstufh", "ts", "ch", "sh", "sht", *"ay", "yu", "ya"),
        strict=True,
    )
)
"""The streamlined system of the Transliteration Act."""


def page() -> None:
    """Show one series, or the form for a new one."""
    staff.entrance(Role.coordinator)
    known = house.toolkit().library.all_series()
    if not known or st.session_state.get("series.new"):
        _new(desk.begin(text("Series")), first=not known)
        return
    member, series, _workshop = desk.begin_series(text("Series"))
    if series is None:
        return
    st.subheader(plain(desk.plain_name(series)))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _overview(series)
        _groups(member, series)
    with right:
        _about(member, series)
        st.button(_("New series"), on_click=_begin_new, key="series.begin")


def short(name: str) -> str:
    """Return a short name for the command line: "Стара Загора" becomes "stara-zagora"."""
    latin = "".join(LATIN.get(sign, sign) for sign in name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40]


def _begin_new() -> None:
    st.session_state["series.new"] = True


def _end_new() -> None:
    st.session_state["series.new"] = False


def _new(member: Staff, first: bool) -> None:
    st.subheader(_("New series"))
    if first:
        st.markdown(
            _("A series is a few workshops of one municipality on one theme. Start with these two.")
        )
    with st.container(border=True, width=900):
        values = _fields("new", None)
        with st.container(horizontal=True):
            made = st.button(_("Create the series"), type="primary", key="series.create")
            if not first:
                st.button(_("Cancel"), on_click=_end_new)
    if made:
        with desk.refusals():
            short_name = values.pop("short_name") or short(
                values["municipality"].en or values["municipality"].bg
            )
            series = house.toolkit().library.create_series(member, short_name=short_name, **values)
            _end_new()
            desk.lay("series", series.short_name)
            desk.tell(_("The series is created. Next: the organisations, then the workshops."))


def _fields(key: str, series: Series | None) -> dict[str, Any]:
    """Draw what is told about a series and return it."""
    given: dict[str, Any] = {}
    empty = Multilingual()
    given["municipality"] = desk.two_tongues(
        _("Municipality"), series.municipality if series else empty, key=f"{key}.municipality"
    )
    given["theme"] = desk.two_tongues(
        _("Theme"), series.theme if series else empty, key=f"{key}.theme"
    )
    given["funding"] = desk.two_tongues(
        _("Funding note on the cover"),
        series.funding if series else empty,
        key=f"{key}.funding",
        lines=True,
    )
    given.update(_rules(key, series))
    if series is None:
        given["short_name"] = st.text_input(
            _("Short name"),
            key=f"{key}.short",
            on_change="ignore",
            help=_("For the command line and for file names. Left empty, it is made for you."),
        )
    return given


def _rules(key: str, series: Series | None) -> dict[str, Any]:
    """Draw the languages, the time zone and the limit below which a group is not shown."""
    zones = sorted(available_timezones())
    zone = series.time_zone if series else "Europe/Sofia"
    languages = st.segmented_control(
        _("Languages"),
        ["bg", "en"],
        selection_mode="multi",
        default=list(series.languages) if series else ["bg", "en"],
        format_func=TONGUES.__getitem__,
        key=f"{key}.languages",
        on_change="ignore",
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    time_zone = left.selectbox(
        _("Time zone"),
        zones,
        index=zones.index(zone) if zone in zones else None,
        key=f"{key}.zone",
        on_change="ignore",
    )
    smallest = right.number_input(
        _("Smallest group shown"),
        min_value=3,
        max_value=10,
        value=series.smallest_group if series else 3,
        key=f"{key}.smallest",
        on_change="ignore",
        help=_("Results of groups with fewer people are not shown on their own."),
    )
    return {
        "languages": tuple(languages),
        "time_zone": time_zone or zone,
        "smallest_group": smallest,
    }


def _overview(series: Series) -> None:
    library = house.toolkit().library
    workshops = library.workshops(series.id)
    organisations = library.organisations(series.id)
    waiting = [one for one in organisations if not one.accepted]
    with st.container(horizontal=True, gap="large"):
        st.metric(_("Workshops"), len(workshops))
        st.metric(_("Organisations"), len(organisations) - len(waiting))
        st.metric(_("Finished"), len([one for one in workshops if one.finished]))
    if waiting:
        st.warning(
            t(
                counted(
                    "{n} organisation typed by a participant waits for you.",
                    "{n} organisations typed by participants wait for you.",
                    n=len(waiting),
                )
            )
        )
    with st.container(horizontal=True):
        for name, label, needed in (
            ("organisations.py", _("Add organisations"), not organisations),
            ("workshops.py", _("New workshop"), bool(organisations) and not workshops),
            ("documents.py", _("Download the report"), bool(workshops)),
        ):
            kind: Any = "primary" if needed else "secondary"
            if st.button(label, key=f"go.{name}", type=kind):
                st.switch_page(HOME / name)
    for workshop in workshops:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container():
                facts = [t(workshop.day), workshop.starts_at, workshop.code]
                facts += [_("finished")] if workshop.finished else []
                st.markdown(f"**{plain(t(workshop.title))}**")
                st.caption(plain(" · ".join(facts)))
            if st.button(_("Agenda"), key=f"agenda.{workshop.id}"):
                desk.lay("workshop", workshop.short_name)
                st.switch_page(HOME / "agenda.py")


def _about(member: Staff, series: Series) -> None:
    with st.container(border=True):
        st.markdown(f"**{_('About the series')}**")
        values = _fields(desk.form_key(series), series)
        st.caption(_("Short name: {name}", name=series.short_name))
        if st.button(_("Save"), type="primary", key=f"{series.id}.save"):
            with desk.refusals():
                house.toolkit().library.change_series(member, series.id, **values)
                desk.tell(_("Saved."))


def _groups(member: Staff, series: Series) -> None:
    """Let people rename, order, add and remove the groups."""
    library = house.toolkit().library
    groups = library.groups(series.id)
    st.markdown(f"**{_('Stakeholder groups')}**")
    names = {group.id: _group(member, groups, place) for place, group in enumerate(groups)}
    if st.button(_("Save the names"), key=f"{series.id}.groups"):
        with desk.refusals():
            for group in groups:
                if names[group.id] != group.name:
                    library.change_group(member, group.id, name=names[group.id])
            desk.tell(_("Saved."))
    with st.popover(_("Add a group")):
        name = desk.two_tongues(_("Name"), Multilingual(), key=f"group.new.{len(groups)}")
        if st.button(_("Add"), key="group.add", type="primary"):
            with desk.refusals():
                library.add_group(member, series.id, short(name.en or name.bg), name)
                desk.tell(_("The group is added."))


def _group(member: Staff, groups: Sequence[StakeholderGroup], place: int) -> Multilingual:
    group = groups[place]
    words, up, down, away = st.columns([7, 0.8, 0.8, 2.4], vertical_alignment="bottom", gap="small")
    with words:
        name = desk.two_tongues(
            _("Group {n}", n=place + 1),
            group.name,
            key=desk.form_key(group.id, group.name),
            bare=place > 0,
        )
    for column, sign, label, other in (
        (up, "↑", _("Move up"), place - 1),
        (down, "↓", _("Move down"), place + 1),
    ):
        column.button(
            sign,
            key=f"group.{group.id}.{sign}",
            help=label,
            disabled=not 0 <= other < len(groups),
            on_click=_place,
            args=(groups, place, other),
        )
    with away:
        question = _("Remove the group “{name}”?", name=plain(t(group.name)))
        with desk.sure(_("Remove"), question, _("Yes, remove"), key=f"group.{group.id}") as yes:
            if yes:
                house.toolkit().library.remove_group(member, group.id)
                desk.tell(_("The group is removed."))
    return name


def _place(groups: Sequence[StakeholderGroup], place: int, other: int) -> None:
    """Let two groups change places, and close the gaps that removed ones left.

    Callbacks run before the page asks who is looking, so it is asked here.
    """
    member = staff.signed_in()
    if not staff.may(member, Role.coordinator):
        return
    order = list(groups)
    order[place], order[other] = order[other], order[place]
    for position, group in enumerate(order):
        if group.position != position:
            house.toolkit().library.change_group(member, group.id, position=position)


page()
