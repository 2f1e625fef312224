"""Hand on: what came out best in one stage becomes what a later stage works with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from screens import house
from screens.facilitator import acts, undoing
from screens.facilitator.best import EACH, best, place
from screens.house import _, plain, t
from workshop.exercise import Offer
from workshop.language import counted, text
from workshop.model import Id, Refused, Role, Series, Staff, Stage, StageState, Workshop

SHOWN = (StageState.revealed, StageState.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """The stages that give something and those that take it, in the order of the series."""

    giving: Sequence[Stage]
    taking: Sequence[Stage]
    """Never of an earlier workshop: what was voted there stays as it is."""
    names: Mapping[Id, str]
    """With the workshop where it is another one."""

    def after(self, source: Stage) -> list[Stage]:
        """Return what comes later than a stage, in its workshop or in one after it."""
        return [
            stage
            for stage in self.taking
            if stage.workshop_id != source.workshop_id or stage.position > source.position
        ]


def page() -> None:
    """Choose where from, where to, and what; the origin stays with each line."""
    member, series, workshop = acts.begin(text("Hand on"), Role.facilitator)
    drawn = house.toolkit().results.revision(workshop.id)
    road = _road(series, workshop)
    if not road.giving:
        st.markdown(_("There is no stage to hand on from, or none that takes something over."))
    else:
        _choose(member, road, workshop.current_stage_id)
    undoing.draw(member, series, workshop)
    acts.watch(workshop.id, drawn, shape_only=True)


def _road(series: Series, workshop: Workshop) -> Road:
    """Return what can be handed on here: to a stage of this workshop, or from one of its own.

    Of earlier workshops only what their rooms have seen is brought forward.
    """
    toolkit = house.toolkit()
    shops = toolkit.library.workshops(series.id)
    if workshop.copy_of is not None:  # in a rehearsal: what came before, and nothing after it
        place = next(n for n, one in enumerate(shops) if one.id == workshop.copy_of)
        shops = [*shops[:place], workshop]
    order = [(one, stage) for one in shops for stage in toolkit.agenda.stages(one.id)]
    here = next(place for place, one in enumerate(shops) if one.id == workshop.id)
    before = {one.id for one in shops[:here]}
    names = {
        stage.id: t(stage.title)
        if one.id == workshop.id
        else _("{stage} – {workshop}", stage=stage.title, workshop=one.title)
        for one, stage in order
    }
    taking = [s for one, s in order if one.id not in before and _exercise(s, "take")]
    giving = [
        stage
        for one, stage in order
        if (one.id == workshop.id or (one.id in before and stage.state in SHOWN))
        and _exercise(stage, "offers")
    ]
    road = Road(giving=giving, taking=taking, names=names)
    return replace(road, giving=[one for one in giving if road.after(one)])


def _exercise(stage: Stage, part: str) -> bool:
    exercise = house.toolkit().catalogue.get(stage.exercise)
    return exercise is not None and getattr(exercise, part) is not None


def _choose(member: Staff, road: Road, shown: Id | None) -> None:
    one, other = st.columns(2)
    with one:
        source = _pick(_("From"), road.giving, road, "hand-from", shown)
    with other:
        target = _pick(_("To"), road.after(source), road, f"hand-to-{source.id}", None)
    if target.state is not StageState.planned:
        st.info(_("This stage has already opened; what is voted on stays as it is."))
    try:
        offers = house.toolkit().results.offers(source.id)
    except Refused as refused:
        house.refusal(refused.reason)
        return
    _tick(member, source, target, offers)


def _pick(label: str, stages: Sequence[Stage], road: Road, key: str, usual: Id | None) -> Stage:
    known = {stage.id: stage for stage in stages}
    fresh = [one.id for one in stages if one.state is StageState.planned]
    first = usual if usual in known else next(iter(fresh if key != "hand-from" else []), None)
    chosen = st.selectbox(
        label,
        list(known),
        index=list(known).index(first) if first in known else 0,
        format_func=road.names.__getitem__,
        key=key,
    )
    return known[chosen]


def _tick(member: Staff, source: Stage, target: Stage, offers: Sequence[Offer]) -> None:
    if not offers:
        st.markdown(_("There is nothing to hand on yet."))
        return
    st.caption(_("What is handed on is a copy: it stays as it is when the source is sorted again."))
    ticked, cut = best(offers)
    if cut:
        st.info(
            _(
                "More lines share a place than can be voted on: under each heading the first {n} "
                "are ticked, as listed. Look them over before you hand them on.",
                n=EACH,
            )
        )
    chosen = []
    filed = any(offer.category for offer in offers)
    for category in dict.fromkeys(offer.category for offer in offers):
        held = [offer for offer in offers if offer.category == category]
        if filed:
            name = held[0].category_name or category or text("Without a category")
            house.show(f'<p class="sed-h">{house.html(name, house.language())}</p>')
        for offer in held:
            line = _line(offer, place(offer, held))
            key = f"offer-{source.id}-{offer.key}"
            if st.checkbox(line, value=offer.key in ticked, key=key):
                chosen.append(offer.key)
    words = counted("Hand on {n} line", "Hand on {n} lines", n=len(chosen))
    with st.container(key="hand-act"):
        shut = not chosen or target.state is not StageState.planned
        pressed = st.button(t(words), type="primary", key="hand-on", disabled=shut)
    if pressed:
        results = house.toolkit().results
        done = text("Handed on to “{title}”.", title=target.title)
        acts.attempt(member, partial(results.hand_on, member, source.id, target.id, chosen), done)


def _line(offer: Offer, stands: int) -> str:
    facts = [_("place {n}", n=stands), *([t(offer.note)] if offer.note else [])]
    told = " · ".join(plain(one) for one in facts)
    return f"{plain(offer.wording.said(house.language()))}  \n— {told}"


page()
