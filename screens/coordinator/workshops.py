"""Make a workshop from a blueprint, give out its join code, change it and finish it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from screens import blueprints, desk, house
from screens.coordinator import HOME, sharing
from screens.facilitator import rehearsing
from screens.house import _, plain, t
from workshop.blueprint import Blueprint
from workshop.language import counted, text
from workshop.model import Series, Staff, Workshop
from workshop.passes import qr_svg


def page() -> None:
    """Show the workshops of the series at hand: one large, the others to choose from."""
    member, series, workshop = desk.begin_series(text("Workshops"), workshop=True)
    if series is None:
        st.markdown(_("Create a series first; its workshops come next."))
        return
    known = house.toolkit().library.workshops(series.id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if workshop is None:
            st.markdown(_("No workshop yet. Choose a blueprint at the right."))
        else:
            _one(member, series, workshop)
    with right:
        _new(member, series, known)
        sharing.bring_in(member)


def _one(member: Staff, series: Series, workshop: Workshop) -> None:
    """Show how people get in, and what can be changed."""
    st.subheader(plain(t(workshop.title)))
    facts = [
        t(workshop.day),
        workshop.starts_at,
        t(counted("{n} minute", "{n} minutes", n=workshop.minutes)),
    ]
    facts += [_("finished")] if workshop.finished else []
    facts += [_("rehearsal")] if workshop.rehearsal else []
    st.text(" · ".join(facts))
    with st.container(border=True):
        picture, words = st.columns([1, 2], vertical_alignment="center")
        with picture:
            title = _("QR code to join")
            drawn = house.svg_address(qr_svg(f"{house.join_address()}/{workshop.code}", title))
            house.show(f'<img src="{drawn}" alt="{escape(title)}" width="180" height="180">')
        with words:
            st.caption(_("People join at"))
            st.code(f"{house.join_address()}/{workshop.code}", language=None)
            st.caption(_("or type the code"))
            st.markdown(f"## {workshop.code}")
            if workshop.code_until:
                until = workshop.code_until.astimezone(ZoneInfo(series.time_zone))
                if workshop.code_is_past(house.toolkit().now()):
                    st.warning(_("The code worked until {moment}.", moment=until))
                else:
                    st.caption(_("The code works until {moment}.", moment=until))
    _ways(member, workshop)
    _change(member, workshop)


def _ways(member: Staff, workshop: Workshop) -> None:
    """Lead to what there is of this workshop elsewhere."""
    with st.container(horizontal=True):
        for name, label in (
            ("agenda.py", _("Agenda")),
            ("people.py", _("Who took part")),
            ("documents.py", _("Documents")),
        ):
            if st.button(label, key=f"go.{name}"):
                st.switch_page(HOME / name)
        if st.button(_("Run"), key="go.run"):
            st.switch_page(rehearsing.COCKPIT)
        wall = house.link("/wall", w=workshop.short_name, language=house.language())
        st.link_button(_("Open the wall"), wall, icon=":material/open_in_new:")
        rehearsing.offer(member, workshop)
        if workshop.copy_of is not None:
            rehearsing.drop(member, workshop)


def _change(member: Staff, workshop: Workshop) -> None:
    with st.container(border=True):
        st.markdown(f"**{_('Change the workshop')}**")
        shown = (workshop.id, workshop.title, workshop.day, workshop.starts_at, workshop.minutes)
        values = _fields(workshop, key=desk.form_key(*shown))
        library = house.toolkit().library
        with st.container(horizontal=True):
            if st.button(_("Save"), type="primary", key=f"{workshop.id}.save"):
                with desk.refusals():
                    library.change_workshop(member, workshop.id, **values)
                    desk.tell(_("Saved."))
            sharing.save(member, workshop)
            if workshop.finished:
                if st.button(_("Take it up again"), key=f"{workshop.id}.again"):
                    with desk.refusals():
                        library.finish_workshop(member, workshop.id, False)
                        desk.tell(_("The workshop is taken up again."))
                return
            question = _("Nobody can join or send anything any more. You can take it up again.")
            key = f"{workshop.id}.finish"
            with desk.sure(_("Finish the workshop"), question, _("Yes, finish"), key=key) as yes:
                if yes:
                    library.finish_workshop(member, workshop.id)
                    desk.tell(_("The workshop is finished."))


def _fields(workshop: Workshop, *, key: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": desk.two_tongues(_("Title"), workshop.title, key=f"{key}.title")
    }
    day, start, length = st.columns(3)
    values.update(
        _when(day, start, length, workshop.day, workshop.starts_at, workshop.minutes, key)
    )
    return values


def _when(
    first: Any, second: Any, third: Any, day: date, starts_at: str, minutes: int, key: str
) -> dict[str, Any]:
    chosen = first.date_input(
        _("Day"), day, format="DD.MM.YYYY", key=f"{key}.day", on_change="ignore"
    )
    hour, minute = (int(part) for part in starts_at.split(":"))
    start = second.time_input(
        _("Start"), time(hour, minute), key=f"{key}.start", on_change="ignore"
    )
    length = third.number_input(
        _("Minutes"),
        min_value=5,
        max_value=1440,
        value=minutes,
        step=5,
        key=f"{key}.minutes",
        on_change="ignore",
    )
    return {
        "day": chosen,
        "starts_at": start.strftime("%H:%M") if start else starts_at,
        "minutes": int(length or minutes),
    }


def _choose(known: Sequence[Workshop]) -> Blueprint:
    """Let people choose a blueprint; the first workshop proposes the first one, and so on."""
    offered = sharing.offered()
    ready = sum(not one.own for one in offered.values())
    names = desk.distinct({key: plain(t(one.title)) for key, one in offered.items()})
    names[""] = _("Empty agenda")
    chosen = st.radio(
        _("Blueprint"),
        list(names),
        index=min(len(known), ready - 1) if ready else 0,
        format_func=names.__getitem__,
        captions=[_caption(one) for one in offered.values()] + [_("You add every stage.")],
        key=f"workshop.blueprint.{len(known)}.{len(offered)}",
    )
    return offered.get(str(chosen), blueprints.EMPTY)


def _new(member: Staff, series: Series, known: Sequence[Workshop]) -> None:
    """Offer the blueprints; the fields are filled in, so that one click makes a workshop."""
    st.subheader(_("New workshop"))
    with st.container(border=True):
        blueprint = _choose(known)
        if blueprint.stages:
            sharing.acts(member, blueprint)
        key = f"workshop.new.{len(known)}.{blueprint.key}"
        title = desk.two_tongues(_("Title"), blueprint.title, key=f"{key}.title")
        columns = st.columns(3)
        when = _when(*columns, desk.today(series), "10:00", blueprint.minutes, key)
        rehearsal = st.toggle(
            _("For rehearsal only"),
            key=f"{key}.rehearsal",
            on_change="ignore",
            help=_("Scripted participants may join, to try everything out."),
        )
        if st.button(_("Create the workshop"), type="primary", key="workshop.create"):
            with desk.refusals():
                made = house.toolkit().library.create_workshop(
                    member,
                    series.id,
                    title=title,
                    stages=blueprint.stages,
                    rehearsal=rehearsal,
                    **when,
                )
                desk.lay("workshop", made.short_name)
                desk.tell(_("The workshop is created. Its code is {code}.", code=made.code))


def _caption(blueprint: Blueprint) -> str:
    length = t(counted("{n} minute", "{n} minutes", n=blueprint.minutes))
    stages = t(counted("{n} stage", "{n} stages", n=len(blueprint.stages)))
    return f"{length} · {stages}. {plain(t(blueprint.purpose))}"


page()
