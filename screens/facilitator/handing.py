"""Hand on: what came out best in one stage becomes what a later stage works with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from screens import house
from screens.facilitator import acts, undoing
from screens.house import _, plain, t
from workshop.exercise import Offer
from workshop.language import Sayable, counted, text
from workshop.model import Id, Refused, Role, Staff, Stage, StageState

USUAL = 10
"""How many of the best are ticked to begin with; never some of those that share a rank."""


def page() -> None:
    """Choose where from, where to, and what; the origin stays with each line."""
    member, series, workshop = acts.begin(text("Hand on"), Role.facilitator)
    drawn = house.toolkit().results.revision(workshop.id)
    stages = house.toolkit().agenda.stages(workshop.id)
    later = [
        stage
        for one in house.toolkit().library.workshops(series.id)
        if one.position >= workshop.position
        for stage in house.toolkit().agenda.stages(one.id)
    ]
    taking = [stage for stage in later if _exercise(stage, "take")]
    giving = [stage for stage in stages if _exercise(stage, "offers") and _after(stage, taking)]
    if not giving:
        st.markdown(_("There is no stage to hand on from, or none that takes something over."))
    else:
        _choose(member, giving, taking, workshop.current_stage_id)
    undoing.draw(member, series, workshop)
    acts.watch(workshop.id, drawn, shape_only=True)


def _exercise(stage: Stage, part: str) -> bool:
    exercise = house.toolkit().catalogue.get(stage.exercise)
    return exercise is not None and getattr(exercise, part) is not None


def _after(source: Stage, taking: Sequence[Stage]) -> list[Stage]:
    """Return what comes later, in this workshop or in one after it."""
    return [
        stage
        for stage in taking
        if stage.workshop_id != source.workshop_id or stage.position > source.position
    ]


def _choose(
    member: Staff, giving: Sequence[Stage], taking: Sequence[Stage], shown: Id | None
) -> None:
    one, other = st.columns(2)
    with one:
        source = _pick(_("From"), giving, "hand-from", shown)
    with other:
        target = _pick(_("To"), _after(source, taking), f"hand-to-{source.id}", None)
    if target.state is not StageState.planned:
        st.info(_("This stage has already opened; what is voted on stays as it is."))
    try:
        offers = house.toolkit().results.offers(source.id)
    except Refused as refused:
        house.refusal(refused.reason)
        return
    _tick(member, source, target, offers)


def _pick(label: str, stages: Sequence[Stage], key: str, usual: Id | None) -> Stage:
    known = {stage.id: stage for stage in stages}
    fresh = [one.id for one in stages if one.state is StageState.planned]
    first = usual if usual in known else next(iter(fresh if key != "hand-from" else []), None)
    chosen = st.selectbox(
        label,
        list(known),
        index=list(known).index(first) if first in known else 0,
        format_func={one.id: t(one.title) for one in stages}.__getitem__,
        key=key,
    )
    return known[chosen]


def _tick(member: Staff, source: Stage, target: Stage, offers: Sequence[Offer]) -> None:
    if not offers:
        st.markdown(_("There is nothing to hand on yet."))
        return
    st.caption(_("What is handed on is a copy: it stays as it is when the source is sorted again."))
    best = _best(offers)
    names = _names(source)
    chosen = []
    filed = any(offer.category for offer in offers)
    rest = text("Themes") if names else text("Without a category")
    for category in dict.fromkeys(offer.category for offer in offers):
        held = [offer for offer in offers if offer.category == category]
        if filed:
            name = names.get(category, category) or rest
            house.show(f'<p class="sed-h">{house.html(name, house.language())}</p>')
        for offer in held:
            # A theme sums up cards that are offered as well: not both to begin with.
            usual = offer.rank <= best and not (names and not offer.category)
            if st.checkbox(_line(offer), value=usual, key=f"offer-{source.id}-{offer.key}"):
                chosen.append(offer.key)
    words = counted("Hand on {n} line", "Hand on {n} lines", n=len(chosen))
    with st.container(key="hand-act"):
        pressed = st.button(t(words), type="primary", key="hand-on", disabled=not chosen)
    if pressed:
        results = house.toolkit().results
        done = text("Handed on to “{title}”.", title=target.title)
        acts.attempt(member, partial(results.hand_on, member, source.id, target.id, chosen), done)


def _best(offers: Sequence[Offer]) -> int:
    """Return the last rank that is ticked: a rank is ticked whole, or left to the facilitator."""
    ranks = [offer.rank for offer in offers]
    return max((rank for rank in ranks if sum(one <= rank for one in ranks) <= USUAL), default=0)


def _names(source: Stage) -> dict[str, Sayable]:
    """Return what categories are called where they are the shelves of the source."""
    exercise = house.toolkit().catalogue[source.exercise]
    if exercise.shelves is None:
        return {}
    return {one.key: one.name for one in exercise.shelves(house.toolkit().agenda.settings(source))}


def _line(offer: Offer) -> str:
    facts = [_("place {n}", n=offer.rank), *([t(offer.note)] if offer.note else [])]
    told = " · ".join(plain(one) for one in facts)
    return f"{plain(offer.wording.said(house.language()))}  \n— {told}"


page()
