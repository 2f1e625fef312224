"""Save an agenda as a blueprint, share it as a file, bring one in, rename it, delete it."""

from __future__ import annotations

import streamlit as st

from exports import blueprint as files
from screens import blueprints, desk, house
from screens.house import _, plain, t
from workshop.blueprint import Blueprint
from workshop.language import Multilingual
from workshop.model import Staff, Workshop


def offered() -> dict[str, Blueprint]:
    """Return what a workshop can be made from: the ready blueprints, then those saved here."""
    toolkit = house.toolkit()
    found = [*blueprints.offered(toolkit.catalogue), *toolkit.blueprints.kept()]
    return {one.key: one for one in found}


def save(member: Staff, workshop: Workshop) -> None:
    """Offer to keep the agenda of a workshop for others; what people said stays out of it."""
    with st.popover(_("Save as blueprint"), key=f"{workshop.id}.blueprint"):
        st.caption(
            _(
                "Stages, questions, minutes and settings are kept. What people wrote and voted, "
                "who they are and what was handed on are not."
            )
        )
        key = desk.form_key("blueprint", workshop.id, workshop.title)
        title = desk.two_tongues(
            _("What the blueprint is called"), workshop.title, key=f"{key}.title"
        )
        purpose = desk.two_tongues(
            _("What it is good for"), Multilingual(), key=f"{key}.purpose", lines=True
        )
        options = st.toggle(
            _("Also keep what is voted on and was typed by hand"),
            key=f"{key}.options",
            on_change="ignore",
        )
        if st.button(_("Save the blueprint"), type="primary", key=f"{workshop.id}.blueprint.save"):
            with desk.refusals():
                kept = house.toolkit().blueprints
                kept.save(
                    member, kept.drawn_from(workshop.id, title, purpose, options=bool(options))
                )
                desk.tell(_("The blueprint is saved; it is offered for new workshops."))


def acts(member: Staff, blueprint: Blueprint) -> None:
    """Draw what can be done with the chosen blueprint: look into it, share it, change one's own."""
    with st.container(horizontal=True):
        with st.popover(_("What is in it")):
            _contents(blueprint)
        st.download_button(
            _("Download as file"),
            files.write(blueprint),
            file_name=_file_name(blueprint),
            mime="application/json",
            key=f"blueprint.file.{blueprint.key}",
            on_click="ignore",
        )
        if blueprint.own:
            _rename(member, blueprint)
            question = _("Delete this blueprint? Workshops made from it stay as they are.")
            key = f"blueprint.{blueprint.key}.delete"
            with desk.sure(_("Delete"), question, _("Yes, delete"), key=key) as yes:
                if yes:
                    house.toolkit().blueprints.remove(member, blueprint.key)
                    desk.tell(_("The blueprint is deleted."))


def bring_in(member: Staff) -> None:
    """Take a blueprint that somebody shared; a file that does not fit changes nothing."""
    with st.expander(_("Bring in a blueprint from a file"), key="blueprint.in"):
        turn = st.session_state.get("blueprint.turn", 0)
        file = st.file_uploader(
            _("JSON file of a blueprint"), type=["json"], key=f"blueprint.upload.{turn}"
        )
        if file is None or not st.button(_("Bring it in"), type="primary", key="blueprint.load"):
            return
        with desk.refusals():
            made = house.toolkit().blueprints.save(member, files.read(file.getvalue()))
            st.session_state["blueprint.turn"] = turn + 1
            desk.tell(_("The blueprint “{name}” is here now.", name=made.title))


def _rename(member: Staff, blueprint: Blueprint) -> None:
    with st.popover(_("Rename"), key=f"blueprint.{blueprint.key}.rename"):
        key = desk.form_key(blueprint.key, blueprint.title, blueprint.purpose)
        title = desk.two_tongues(
            _("What the blueprint is called"), blueprint.title, key=f"{key}.title"
        )
        purpose = desk.two_tongues(
            _("What it is good for"), blueprint.purpose, key=f"{key}.purpose", lines=True
        )
        if st.button(_("Save"), type="primary", key=f"blueprint.{blueprint.key}.save"):
            with desk.refusals():
                house.toolkit().blueprints.rename(member, blueprint.key, title, purpose)
                desk.tell(_("Saved."))


def _contents(blueprint: Blueprint) -> None:
    catalogue = house.toolkit().catalogue
    if blueprint.note:
        st.markdown(plain(t(blueprint.note)))
    for place, stage in enumerate(blueprint.stages, 1):
        exercise = catalogue.get(stage.exercise)
        kind = t(exercise.title) if exercise else plain(stage.exercise)
        minutes = _("{n} min", n=stage.minutes or 0)
        head = f"**{place}. {plain(t(stage.title))}** · {minutes} · {kind}"
        st.markdown(f"{head}  \n{plain(t(stage.question))}")


def _file_name(blueprint: Blueprint) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in t(blueprint.title))
    return f"{' '.join(words.split())[:80] or 'blueprint'}.json"
