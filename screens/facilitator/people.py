"""Who is in the room: names that wait to be accepted, the door, corrections of what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from screens import desk, house
from screens.facilitator import acts, voters
from screens.house import _, t
from workshop.language import counted, text
from workshop.model import Id, Organisation, Participant, Role, Series, Staff, StakeholderGroup


def page() -> None:
    """Draw what needs a decision first, then the people by number."""
    member, series, workshop = acts.begin(text("The room"), Role.facilitator)
    toolkit = house.toolkit()
    drawn = toolkit.results.revision(workshop.id)
    presence = toolkit.people.presence(workshop.id)
    organisations = toolkit.library.organisations(series.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        words = counted("{n} person joined", "{n} people joined", n=presence.joined)
        house.show(f'<p class="sed-h">{house.html(words, house.language())}</p>')
        locked = workshop.joining_locked
        label = _("Let people join again") if locked else _("Lock joining")
        if st.button(label, key="joining-open" if locked else "joining-lock"):
            lock = partial(toolkit.agenda.lock_joining, member, workshop.id, not locked)
            acts.attempt(member, lock)
    _waiting(member, presence.waiting, organisations)
    voters.draw(member, workshop, presence)
    people = toolkit.people.participants(workshop.id)
    voters.late(member, people, _names(series, people, organisations))
    _listed(series, people, organisations)
    _correct(member, series, people, organisations)
    acts.watch(workshop.id, drawn)


def _waiting(
    member: Staff, waiting: Sequence[Organisation], organisations: Sequence[Organisation]
) -> None:
    """Draw each typed name, to be mended, with its two answers: it is new, or one we know."""
    if not waiting:
        return
    house.show(f'<p class="sed-h">{_("Typed by participants, not yet accepted")}</p>')
    library = house.toolkit().library
    known = {one.id: t(one.name) for one in organisations if one.accepted}
    for one in waiting:
        name, accept, same, act = st.columns([4, 2, 4, 2], vertical_alignment="bottom")
        typed = name.text_input(
            _("Name on wall and phones"),
            t(one.name),
            key=f"named-{one.id}-{t(one.name)}",
            on_change="ignore",
        )
        if accept.button(_("Accept"), key=f"accept-{one.id}", width="stretch"):
            acts.attempt(member, partial(_accept, member, one, typed or ""))
        into = same.selectbox(
            _("It is"),
            list(known),
            index=None,
            format_func=known.__getitem__,
            placeholder=_("Choose an organisation"),
            key=f"same-{one.id}",
        )
        if act.button(_("Yes, it is"), key=f"merge-{one.id}", disabled=into is None):
            merge = partial(library.merge_organisation, member, one.id, str(into))
            acts.attempt(member, merge)


def _accept(member: Staff, one: Organisation, typed: str) -> None:
    """Accept a name as it was typed, or as the facilitator mended it."""
    library = house.toolkit().library
    if typed.strip() != t(one.name):
        spoken = one.name.tongue(house.language())
        library.change_organisation(member, one.id, name=replace(one.name, **{spoken: typed}))
    library.accept_organisation(member, one.id)


def _listed(
    series: Series, people: Sequence[Participant], organisations: Sequence[Organisation]
) -> None:
    groups = {one.id: one for one in house.toolkit().library.groups(series.id)}
    named = {one.id: one for one in organisations}
    rows = [
        {
            _("No."): person.number,
            _("Group"): t(groups[person.group_id].name) if person.group_id in groups else "",
            _("Organisation"): _organisation(named.get(person.organisation_id or "")),
            _("Votes"): _("yes") if person.voting else _("no"),
            _("Here"): _("left") if person.left_at else _("here"),
        }
        for person in people
    ]
    if rows:
        st.dataframe(rows, hide_index=True, height=min(420, 38 * (len(rows) + 1)))


def _names(
    series: Series, people: Sequence[Participant], organisations: Sequence[Organisation]
) -> dict[Id, str]:
    """Return as what people came, for a list of some of them."""
    groups = {one.id: t(one.name) for one in house.toolkit().library.groups(series.id)}
    named = {one.id: one for one in organisations}
    return {
        one.id: f"{groups.get(one.group_id, '')}, "
        f"{_organisation(named.get(one.organisation_id or ''))}"
        for one in people
    }


def _organisation(one: Organisation | None) -> str:
    return t(one.name) if one is not None else _("a citizen")


def _correct(
    member: Staff,
    series: Series,
    people: Sequence[Participant],
    organisations: Sequence[Organisation],
) -> None:
    """Correct what somebody said at the door, or note that they left."""
    if not people:
        return
    known = {person.id: person for person in people}
    chosen = st.selectbox(
        _("Correct somebody"),
        list(known),
        index=None,
        format_func={key: str(one.number) for key, one in known.items()}.__getitem__,
        placeholder=_("Choose a number"),
        key="correct",
    )
    if chosen is None:
        return
    person = known[chosen]
    groups = {one.id: one for one in house.toolkit().library.groups(series.id)}
    with st.form(f"correct-{desk.form_key(person.id, person.group_id, person.organisation_id)}"):
        group_id, organisation_id = _belongs(person, groups, organisations)
        voting = st.checkbox(_("Has a vote"), value=person.voting)
        left = st.checkbox(_("Has left"), value=person.left_at is not None)
        if st.form_submit_button(_("Save"), type="primary"):
            change = partial(
                house.toolkit().people.change_participant,
                member,
                person.id,
                group_id=group_id,
                organisation_id=organisation_id,
                voting=voting,
                left=left if left is not (person.left_at is not None) else None,
            )
            acts.attempt(member, change)


def _belongs(
    person: Participant, groups: dict[Id, StakeholderGroup], organisations: Sequence[Organisation]
) -> tuple[Id | None, Id | None]:
    """Ask for group and organisation; only what was changed is returned, the other as None."""
    at = person.organisation_id
    # Somebody who came for an organisation can change to another one, not become a citizen.
    named: dict[Id | None, str] = {} if at else {None: _organisation(None)}
    named |= {one.id: _organisation(one) for one in organisations}
    organisation_id = st.selectbox(
        _("Organisation"),
        list(named),
        index=list(named).index(at) if at in named else 0,
        format_func=named.__getitem__,
        key=f"belongs-{person.id}",
    )
    names = {key: t(one.name) for key, one in groups.items()}
    group_id = st.selectbox(
        _("Group (of a citizen)"),
        list(names),
        index=list(names).index(person.group_id) if person.group_id in names else 0,
        format_func=names.__getitem__,
        key=f"group-{person.id}",
    )
    return (
        group_id if group_id != person.group_id else None,
        organisation_id if organisation_id != at else None,
    )


page()
