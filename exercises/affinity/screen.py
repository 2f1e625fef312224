"""The clusters for staff: put the cards on the board, take a suggestion over, name and move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from exercises.affinity.lists import unnamed
from exercises.affinity.model import MOST_WORDS, Card, Settings
from exercises.affinity.result import Cluster, Result
from exercises.affinity.sentences import cautions, findings, overview
from workshop.language import Language, Multilingual, Sayable, counted, say, text
from workshop.model import Act, Id, Option, Refused, Staff, Stage, StageState, Theme
from workshop.printable import literal
from workshop.toolkit import Toolkit

NEW, NONE = "new", "none"


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """What the parts of the page share."""

    toolkit: Toolkit
    stage: Stage
    staff: Staff
    language: Language
    settings: Settings
    result: Result
    themes: Sequence[Theme]
    ids: Mapping[str, Id]
    """The cards on the board."""

    def say(self, thing: Sayable) -> str:
        """Return words as they stand on the page, with nothing in them read as Markdown."""
        return literal(say(thing, self.language))

    def key(self, name: str) -> str:
        """Return the key of a widget: a stage's own, fresh when a cluster is called otherwise."""
        return f"{self.stage.id}.{name}"

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something and draw the page afresh, or say why not."""
        try:
            act()
        except Refused as refused:
            st.error(self.say(refused.reason))
        else:
            st.rerun()


def page(toolkit: Toolkit, stage: Stage, staff: Staff, language: Language) -> None:
    """Draw what came out so far, and what can be done with it."""
    try:
        settings = cast(Settings, toolkit.agenda.settings(stage))
        result = cast(Result, toolkit.results.result(stage.id))
    except Refused as refused:
        st.error(literal(say(refused.reason, language)))
        return
    desk = _Desk(
        toolkit=toolkit, stage=stage, staff=staff, language=language, settings=settings,
        result=result, themes=toolkit.sorting.themes(stage.id), ids=_on_board(toolkit, stage),
    )  # fmt: skip
    if stage.state is StageState.planned:
        st.info(desk.say(text("Open the stage first: until then its cards may change.")))
        return
    for sentence in (*overview(result), *findings(result), *cautions(result)):
        st.text(say(sentence, language))
    if stage.state is StageState.closed:
        st.info(desk.say(text("This stage is closed. Reopen it to change its clusters.")))
    else:
        _undo(desk)
        _begin(desk)
        if desk.ids:
            _move(desk)
    _clusters(desk, closed=stage.state is StageState.closed)


def _undo(desk: _Desk) -> None:
    """Draw a button for the own latest act on these cards; all others are undone elsewhere."""
    acts = desk.toolkit.undoing.acts(desk.stage.workshop_id, most=1)
    own = acts and (acts[0].stage_id, acts[0].actor) == (desk.stage.id, desk.staff.name)
    label = desk.say(text("Undo my latest act"))
    if own and st.button(label, key=desk.key("undo"), icon=":material/undo:"):
        desk.attempt(lambda: _take_back(desk, acts[0]))


def _take_back(desk: _Desk, act: Act) -> None:
    desk.toolkit.undoing.undo(desk.staff, act.id, desk.staff.name)


def _begin(desk: _Desk) -> None:
    """Draw the two ways to begin: an empty board, or what the piles suggest."""
    missing = _missing(desk)
    if missing:
        label = counted("Put {n} card on the board", "Put {n} cards on the board", len(missing))
        if st.button(desk.say(label), key=desk.key("board")):
            desk.attempt(lambda: _put(desk))
    if not desk.result.suggested or desk.result.named:
        return
    with st.form(desk.key("suggested")):
        st.markdown(f"**{desk.say(text('Suggested clusters'))}**")
        names = [_suggested(desk, place) for place in range(len(desk.result.suggested))]
        if st.form_submit_button(desk.say(text("Take the clusters over")), type="primary"):
            desk.attempt(lambda: _take_over(desk, names))


def _missing(desk: _Desk) -> list[Option]:
    return [one for one in desk.settings.options if one.key not in desk.ids]


def _put(desk: _Desk) -> Mapping[str, Id]:
    """Write each card that is not on the board yet; return all that are.

    A colleague may do it in the same moment: a card written twice would take the place of the
    first and leave its cluster.
    """
    there = _on_board(desk.toolkit, desk.stage)
    for option in desk.settings.options:
        if option.key not in there:
            tongue = option.wording.tongue("bg")
            answers = {"kind": "card", "card": option.key, "text": option.wording.said(tongue)}
            desk.toolkit.entries.record(
                desk.staff, desk.stage.id, answers, first=True, language=tongue
            )
    return _on_board(desk.toolkit, desk.stage)


def _on_board(toolkit: Toolkit, stage: Stage) -> dict[str, Id]:
    found = toolkit.results.contributions(stage.id)
    return {one.entry.card: one.id for one in found if isinstance(one.entry, Card)}


def _suggested(desk: _Desk, place: int) -> Multilingual:
    """Draw a suggested cluster with a field for its name; return the name as it stands there."""
    one = desk.result.suggested[place]
    usual = say(one.name or text("Cluster {n}", n=place + 1), desk.language)
    typed = st.text_input(
        desk.say(text("Name of cluster {n}", n=place + 1)),
        usual,
        key=desk.key(f"suggested.{place}.{usual}"),
        max_chars=120,
    )
    st.caption(_listed(desk, one))
    return replace(one.name, **{desk.language: typed or ""})


def _take_over(desk: _Desk, names: Sequence[Multilingual]) -> None:
    """Make themes of the suggestion; each can be undone, renamed and emptied like any other."""
    clusters = desk.result.suggested
    for name in names:
        _check(name.said(desk.language))
    known = desk.toolkit.sorting.themes(desk.stage.id)
    said = [one.casefold() for name in names for one in {name.bg, name.en} if one]
    said += [one.casefold() for each in known for one in {each.name.bg, each.name.en} if one]
    if len(set(said)) < len(said):
        raise Refused(text("Two clusters have the same name."))
    ids = _put(desk)
    for cluster, name in zip(clusters, names, strict=True):
        theme = desk.toolkit.sorting.add_theme(desk.staff, desk.stage.id, name)
        chosen = [ids[placed.option.key] for placed in cluster.cards]
        desk.toolkit.sorting.assign(desk.staff, chosen, theme.id)


def _check(name: str) -> None:
    if not name.strip():
        raise Refused(text("Please write a name."))
    if len(name.split()) > MOST_WORDS:
        raise Refused(text("A name has at most {most} words.", most=MOST_WORDS))


def _move(desk: _Desk) -> None:
    """Draw the form that puts cards into a cluster, an old or a new one, or takes them out."""
    words = {one.key: one.wording for one in desk.result.order if one.key in desk.ids}
    homes = {NEW: text("a new cluster"), NONE: text("no cluster")}
    named: dict[str, Sayable] = {**{one.id: one.name for one in desk.themes}, **homes}
    with st.form(desk.key("move"), clear_on_submit=True):
        st.markdown(f"**{desk.say(text('Move cards'))}**")
        chosen = st.multiselect(
            desk.say(text("Cards")),
            list(words),
            format_func=lambda key: f"{key} {say(words[key], desk.language)}",
            key=desk.key("cards"),
            placeholder=desk.say(text("Choose cards")),
        )
        left, right = st.columns(2)
        target = left.selectbox(
            desk.say(text("Into")),
            list(named),
            format_func=lambda one: say(named[one], desk.language),
            key=desk.key("into"),
        )
        name = right.text_input(
            desk.say(text("Name of a new cluster")), key=desk.key("name"), max_chars=120
        )
        if st.form_submit_button(desk.say(text("Move")), type="primary"):
            desk.attempt(lambda: _put_into(desk, chosen, str(target), name or ""))


def _put_into(desk: _Desk, chosen: Sequence[str], target: str, name: str) -> None:
    if not chosen:
        raise Refused(text("Please choose at least one card."))
    sorting = desk.toolkit.sorting
    theme_id: Id | None = None if target == NONE else target
    if target == NEW:
        _check(name)
        words = Multilingual(**{desk.language: name.strip()})
        theme_id = sorting.add_theme(desk.staff, desk.stage.id, words).id
    sorting.assign(desk.staff, [desk.ids[key] for key in chosen], theme_id)


def _clusters(desk: _Desk, *, closed: bool) -> None:
    """Draw the named clusters with their cards, two beside each other."""
    columns = st.columns(2)
    held = {one.theme.id: (place, one) for place, one in enumerate(desk.result.named) if one.theme}
    for nth, theme in enumerate(desk.themes):
        place, cluster = held.get(theme.id, (None, None))
        with columns[nth % 2], st.container(border=True):
            if place is not None:
                st.markdown(f"**{desk.say(unnamed(desk.result, place))}**")
            else:
                st.markdown(f"**{desk.say(theme.name)}**")
            st.caption(_listed(desk, cluster) if cluster else desk.say(text("No card yet.")))
            if not closed:
                _rename(desk, theme)


def _rename(desk: _Desk, theme: Theme) -> None:
    sorting, now = desk.toolkit.sorting, say(theme.name, desk.language)
    with st.popover(desk.say(text("Change")), key=desk.key(f"{theme.id}.change")):
        fresh = st.text_input(
            desk.say(text("Name")), now, key=desk.key(f"{theme.id}.{now}"), max_chars=120
        )
        if st.button(desk.say(text("Rename")), key=desk.key(f"{theme.id}.rename"), type="primary"):
            _attempt_rename(desk, theme, fresh or "")
        if st.button(desk.say(text("Dissolve")), key=desk.key(f"{theme.id}.dissolve")):
            desk.attempt(lambda: sorting.remove_theme(desk.staff, theme.id))


def _attempt_rename(desk: _Desk, theme: Theme, fresh: str) -> None:
    def act() -> None:
        _check(fresh)
        name = replace(theme.name, **{desk.language: fresh.strip()})
        desk.toolkit.sorting.rename_theme(desk.staff, theme.id, name)

    desk.attempt(act)


def _listed(desk: _Desk, cluster: Cluster) -> str:
    lines = [f"{one.option.key} {say(one.option.wording, desk.language)}" for one in cluster.cards]
    return "  \n".join(literal(one) for one in lines)
