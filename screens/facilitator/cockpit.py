"""The cockpit: what the wall shows now, what comes next, and the pulse of the room."""

from __future__ import annotations

from html import escape
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from screens import house, staff
from screens.facilitator import (
    acts,
    clock,
    controls,
    guide,
    keys,
    rehearsing,
    seating,
    strip,
    undoing,
    voters,
)
from screens.house import _, plain, t
from screens.projector import frame, place, sight
from screens.projector.look import Look, colours
from workshop.language import counted, text
from workshop.model import Id, Role, Series, Staff, StageState, Workshop
from workshop.palette import group_styles
from workshop.passes import qr_svg

SECONDS = 2.0


def page() -> None:
    """Draw the cockpit; observers see it too, without its buttons."""
    member, series, workshop = acts.begin(text("Run the workshop"), Role.observer, beside=keys.ask)
    drawn = house.toolkit().results.revision(workshop.id)
    now = sight.gather(house.toolkit(), workshop.id)
    stages = house.toolkit().agenda.stages(workshop.id)
    look = place.worn(workshop.id) or Look(languages=(house.language(),))
    house.show(house.style("wall.css"))
    house.show(colours())
    wall, agenda = st.columns([7, 4], gap="large")
    with wall:
        small = st.empty()
        controls.steer(member, now, stages)
        keys.warn(now, stages, look)
        clock.draw(member, now)
        controls.turn_pages(member, now, look)
        seating.draw(member, now)
        undoing.draw(member, series, workshop)
        keys.draw(member, now, stages, look)
        guide.draw(now)
    with agenda:
        _door(member, series, workshop)
        keys.tell()
        with st.container(key="pulse"):
            pulse = st.empty()
        fresh = all(one.state is StageState.planned for one in stages)
        rehearsing.offer(member, workshop, fresh=fresh)
        rehearsing.draw(member, now)
        strip.draw(member, now, stages)
    _beat(small, pulse, look, now, drawn, place.count(workshop.id))


@st.fragment(run_every=SECONDS)
def _beat(
    small: DeltaGenerator,
    pulse: DeltaGenerator,
    look: Look,
    now: sight.Sight,
    drawn: tuple[int, int],
    turned: int,
) -> None:
    """Draw whatever grows by itself, and the whole cockpit again when the wall changed.

    All in one place: each piece that is drawn anew costs the browser as much as a whole page.
    """
    staff.remain()
    workshop_id = now.workshop.id
    newest = house.toolkit().results.revision(workshop_id)
    if newest[1] != drawn[1] or place.count(workshop_id) != turned or _live(now, newest, drawn):
        st.rerun()
    # While people write, count and clock on the small wall move as those in the hall do.
    if now.stage is not None and now.stage.state is StageState.open and not now.still:
        with staff.while_there():
            now = sight.gather(house.toolkit(), workshop_id)
    with small:
        house.show(frame.draw(now, look, size="small"))
    with pulse.container():
        _pulse(workshop_id, now.stage.id if now.stage is not None and now.asks else None)


def _door(member: Staff, series: Series, workshop: Workshop) -> None:
    """Offer the wall in a tab of its own, and the door: open, locked, past its day, or gone."""
    locked = workshop.joining_locked
    with st.container(horizontal=True, vertical_alignment="center", key="door"):
        address = house.link("/wall", w=workshop.short_name, language=house.language())
        st.link_button(_("Open the wall"), address, type="primary", icon=":material/open_in_new:")
        _remote(workshop)
        controls.quiet(member, workshop)
    if workshop.finished:
        st.caption(_("The workshop is finished."))
        return
    if workshop.code_until and workshop.code_is_past(house.toolkit().now()):
        until = workshop.code_until.astimezone(ZoneInfo(series.time_zone))
        st.warning(
            _(
                "Nobody can come in any more: the code {code} worked until {moment}. A coordinator "
                "can give the workshop another day.",
                code=workshop.code,
                moment=until,
            )
        )
        return
    code = _("Join code: {code}", code=workshop.code)
    with st.container(horizontal=True, vertical_alignment="center", key="joining"):
        st.caption(f"{plain(code)} · {_('joining is locked')}" if locked else plain(code))
        words = _("Let people join again") if locked else _("Lock joining")
        key = "joining-open" if locked else "joining-lock"
        if st.button(words, key=key, disabled=not staff.may(member, Role.facilitator)):
            agenda = house.toolkit().agenda
            acts.attempt(member, lambda: agenda.lock_joining(member, workshop.id, not locked))


def _remote(workshop: Workshop) -> None:
    """Show how a second device becomes the remote: signed in there as here."""
    with st.popover(_("Remote"), icon=":material/settings_remote:", key="remote"):
        path = f"/staff/remote/{workshop.code}"
        title = _("QR code for the remote")
        picture = house.svg_address(qr_svg(house.join_address().removesuffix("/j") + path, title))
        house.show(f'<img src="{picture}" alt="{escape(title)}" width="200" height="200" />')
        words = _(
            "Point your own phone at it and sign in there: the next step, one back, and the "
            "clock, in one hand."
        )
        st.markdown(plain(words))
        st.link_button(_("Open the remote here"), path, type="tertiary")


def _pulse(workshop_id: Id, stage_id: Id | None) -> None:
    """Draw the room's pulse: only how many, never who."""
    toolkit, reader = house.toolkit(), house.language()
    with staff.while_there():
        presence = toolkit.people.presence(workshop_id)
        done = toolkit.results.progress(stage_id) if stage_id is not None else None
    figures = [
        (str(presence.joined), t(counted("person joined", "people joined", n=presence.joined))),
        (str(presence.seen), _("seen in the last minutes")),
    ]
    groups: dict[Id, str] = {}
    if done is not None:
        words = t(counted("done", "done", n=done.done))
        figures.append((f"{done.done} / {done.present}", words))
        figures.append((str(done.entries), t(counted("entry", "entries", n=done.entries))))
        groups = {group.id: f"{some} / {here}" for group, some, here in done.by_group}
    styles = group_styles([group.key for group, _joined, _seen in presence.by_group])
    for group, joined, _seen in presence.by_group:
        sign = styles[group.key]
        mark = f'<i style="color:{sign.light}" aria-hidden="true">{sign.sign}</i>'
        figures.append(
            (groups.get(group.id, str(joined)), f"{mark} {house.html(group.name, reader)}")
        )
    inside = "".join(f"<div><b>{figure}</b><span>{words}</span></div>" for figure, words in figures)
    house.show(f'<div class="sed-pulse">{inside}</div>')
    if hint := voters.hint(presence):
        st.caption(plain(t(hint)))
    if presence.waiting:
        waiting = counted(
            "{n} organisation is waiting to be accepted (page “Room”).",
            "{n} organisations are waiting to be accepted (page “Room”).",
            n=len(presence.waiting),
        )
        st.markdown(f":material/how_to_reg: {plain(t(waiting))}")


def _live(now: sight.Sight, newest: tuple[int, int], drawn: tuple[int, int]) -> bool:
    """Return whether entries change more than the small wall: cards are shown as they come."""
    return newest != drawn and (now.stage is None or now.stage.live)


page()
