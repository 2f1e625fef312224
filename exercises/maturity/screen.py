"""The evidence register: staff write down what proves each level, and who verified it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from exercises.maturity.evidence import Exhibit, evidence_level, gather
from exercises.maturity.model import STATUSES, Settings
from workshop.language import Language, Sayable, counted, say, text
from workshop.model import Organisation, Refused, Staff, Stage
from workshop.printable import literal
from workshop.toolkit import Toolkit


def page(toolkit: Toolkit, stage: Stage, staff: Staff, language: Language) -> None:
    """Draw the register of one stage: dimension, its evidence, and the form of one piece."""
    try:
        settings = cast(Settings, toolkit.agenda.settings(stage))
    except Refused as refused:
        st.error(literal(say(refused.reason, language)))
        return
    room = toolkit.results.room(stage.workshop_id, stage.id)
    exhibits = gather(settings.scale, toolkit.results.contributions(stage.id), room)
    _figures(exhibits, language)
    left, right = st.columns([2, 3], gap="large")
    with left:
        exhibit = _choose(settings, exhibits, stage, language)
    with right, st.container(border=True):
        _piece(toolkit, stage, staff, exhibit, room.organisations, language)


def _figures(exhibits: Sequence[Exhibit], language: Language) -> None:
    with st.container(horizontal=True, gap="large"):
        for label, number in (
            (text("Required in all"), len(exhibits)),
            (text("Counts as proof"), len([one for one in exhibits if one.proven])),
            (text("Waits for a check"), len([one for one in exhibits if one.status == "claimed"])),
            (text("Missing"), len([one for one in exhibits if one.status == "missing"])),
        ):
            st.metric(say(label, language), number)


def _choose(
    settings: Settings, exhibits: Sequence[Exhibit], stage: Stage, language: Language
) -> Exhibit:
    """Let people choose a dimension, then one of its pieces."""
    dimensions = {one.code: one for one in settings.scale.dimensions if one.evidence}
    by_dimension = {
        code: [one for one in exhibits if one.dimension.code == code] for code in dimensions
    }
    names = {code: f"{code} {say(one.name, language)}" for code, one in dimensions.items()}
    code = st.selectbox(
        say(text("Dimension"), language),
        list(names),
        format_func=names.__getitem__,
        key=f"{stage.id}.dimension",
    )
    st.caption(say(_stand(by_dimension[code], settings.scale.top), language))
    pieces = {one.proof.id: one for one in by_dimension[code]}
    chosen = st.radio(
        say(text("Required evidence"), language),
        list(pieces),
        format_func={one.proof.id: _title(one, language) for one in pieces.values()}.__getitem__,
        captions=[_caption(one, language) for one in pieces.values()],
        key=f"{stage.id}.{code}.piece",
    )
    return pieces[str(chosen)]


def _stand(exhibits: Sequence[Exhibit], top: int) -> Sayable:
    level = evidence_level(exhibits, top)
    if level is None:
        return text("nothing submitted")
    return text("proven up to level {level}", level=level)


def _title(exhibit: Exhibit, language: Language) -> str:
    told = say(
        text("Level {level}: {evidence}", level=exhibit.proof.level, evidence=exhibit.proof.words),
        language,
    )
    # Options of a radio are read as Markdown, and the words may come from a model of their own.
    return literal(told)


def _caption(exhibit: Exhibit, language: Language) -> str:
    facts = [exhibit.proof.id, say(STATUSES[exhibit.status], language)]
    if exhibit.claims:
        facts.append(
            say(counted("{n} person says so", "{n} people say so", n=exhibit.claims), language)
        )
    return " · ".join(facts)


def _piece(
    toolkit: Toolkit,
    stage: Stage,
    staff: Staff,
    exhibit: Exhibit,
    organisations: Sequence[Organisation],
    language: Language,
) -> None:
    """Draw the form of one piece, as it stands now; saving replaces what staff wrote before."""
    st.caption(literal(f"{exhibit.dimension.code} {say(exhibit.dimension.name, language)}"))
    st.text(say(exhibit.proof.words, language))
    if exhibit.problem is not None:
        st.warning(literal(say(exhibit.problem, language)))
    # A piece that somebody else decided meanwhile gets a fresh form.
    key = f"{stage.id}.{hash(exhibit)}"
    answers = {
        "kind": "evidence",
        "evidence": exhibit.proof.id,
        **_answers(exhibit, language, key),
        **_organisations(exhibit, organisations, language, key),
    }
    if st.button(
        say(text("Save"), language), type="primary", key=f"{stage.id}.{exhibit.proof.id}.save"
    ):
        try:
            toolkit.entries.record(staff, stage.id, answers)
        except Refused as refused:
            st.error(literal(say(refused.reason, language)))
        else:
            st.toast(say(text("Saved."), language))
            st.rerun()


def _answers(exhibit: Exhibit, language: Language, key: str) -> dict[str, str]:
    listed = list(STATUSES)
    status = st.selectbox(
        say(text("Status"), language),
        listed,
        index=listed.index(exhibit.status),
        format_func={one: say(label, language) for one, label in STATUSES.items()}.__getitem__,
        key=f"{key}.status",
        on_change="ignore",
    )
    link = st.text_input(
        say(text("Link"), language),
        exhibit.link,
        key=f"{key}.link",
        on_change="ignore",
        max_chars=500,
        help=say(text("The web address where it can be read."), language),
    )
    hint = text("Why it was rejected or does not apply; a decision number, a page.")
    note = st.text_area(
        say(text("Note"), language),
        exhibit.note,
        key=f"{key}.note",
        on_change="ignore",
        height=90,
        help=say(hint, language),
    )
    return {"status": status, "link": link, "note": note}


def _organisations(
    exhibit: Exhibit, organisations: Sequence[Organisation], language: Language, key: str
) -> dict[str, str]:
    answers = {}
    for column, name, label, chosen in zip(
        st.columns(2),
        ("owner", "verifier"),
        (text("Organisation it comes from"), text("Organisation that verified it")),
        (exhibit.owner, exhibit.verifier),
        strict=True,
    ):
        with column:
            answers[name] = _organisation(label, chosen, organisations, language, f"{key}.{name}")
    return answers


def _organisation(
    label: Sayable,
    chosen: Organisation | None,
    organisations: Sequence[Organisation],
    language: Language,
    key: str,
) -> str:
    """Draw the organisations of the series to choose from; return the key, "" for none."""
    # The key belongs to it: Streamlit tells options apart by what they say.
    names = {"": "–"}
    names |= {one.key: f"{say(one.name, language)} ({one.key})" for one in organisations}
    listed = list(names)
    return str(
        st.selectbox(
            say(label, language),
            listed,
            index=listed.index(chosen.key) if chosen and chosen.key in names else 0,
            format_func=lambda one: names[one],
            key=key,
            on_change="ignore",
        )
    )
