"""Download Word, Excel and archives, and bring in an archive of another installation."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from screens import desk, files, house, letterhead, packed
from screens.editor import TONGUES
from screens.house import _, plain, t
from workshop.language import LANGUAGES, text
from workshop.model import Refused, Series, Staff, Workshop
from workshop.toolkit.reporting import held


def page() -> None:
    """Show what can be taken home at the left, and the way in for an archive at the right."""
    member, series, _workshop = desk.begin_series(text("Documents"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        if series is None:
            st.markdown(_("There is nothing to download yet."))
        else:
            workshops = house.toolkit().library.workshops(series.id)
            if desk.rehearsal_at_hand(series) is not None:
                words = _("You are rehearsing. A rehearsal is in no document: what stands here is "
                          "of the workshops themselves.")  # fmt: skip
                st.info(words, icon=":material/theater_comedy:")
            _report(member, series, workshops)
            for workshop in workshops:
                _results(member, workshop)
    with right:
        if series is not None:
            _whole(member, series)
        _bring_in(member)


def _report(member: Staff, series: Series, workshops: Sequence[Workshop]) -> None:
    with st.container(border=True):
        st.subheader(_("Maturity analysis in Word"), anchor=False)
        if series.final:
            st.caption(_("The report is final."))
        elif all(one.finished for one in held(workshops)):
            st.caption(_("All workshops are finished; the report is stamped “draft”."))
        else:
            st.caption(_("Not all workshops are finished, so the report is stamped “interim”."))
        template = _template()
        with st.container(horizontal=True):
            for tongue in LANGUAGES:
                st.link_button(
                    f"Word · {TONGUES[tongue]}",
                    files.address(member, "word", series.id, tongue, template),
                    type="primary" if tongue == house.language() else "secondary",
                )
        st.caption(_("It is made when you ask for it: the download begins within a minute."))
        if st.toggle(_("What is still missing before it is final"), key="report.readiness"):
            _readiness(member, series)


def _template() -> str:
    """Draw the field for a template; return where the uploaded one is kept."""
    with st.popover(_("Own template")):
        file = st.file_uploader(
            _("Word file of the municipality (.docx)"),
            type=["docx"],
            key="report.template",
            help=_("Its letterhead, fonts and styles are used; its text is left out."),
        )
        if file is None:
            return ""
        try:
            place = str(letterhead.keep(file.getvalue()))
        except Refused as refused:  # said in here: outside, the open field would cover it
            house.refusal(refused.reason)
            return ""
    st.caption(_("With the template {name}", name=plain(file.name)))
    return place


def _readiness(member: Staff, series: Series) -> None:
    """Show the checklist, and the two ways of the mark "final"."""
    checks = house.toolkit().results.report(series.id).readiness
    for what, met in checks:
        st.checkbox(plain(t(what)), value=met, disabled=True, key=f"ready.{what.message}")
    library = house.toolkit().library
    with st.container(horizontal=True):
        if series.final:
            if st.button(_("Work on it again"), key=f"{series.id}.again"):
                with desk.refusals():
                    library.change_series(member, series.id, final=False)
                    desk.tell(_("The report is no longer final."))
            return
        question = _("Mark the report as final?")
        if not all(met for _what, met in checks):
            question += " " + _("Not everything in the list is met.")
        key = f"{series.id}.final"
        with desk.sure(_("Mark as final"), question, _("Yes, it is final"), key=key) as yes:
            if yes:
                library.change_series(member, series.id, final=True)
                desk.tell(_("The report is final."))


def _results(member: Staff, workshop: Workshop) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container():
            st.markdown(f"**{plain(t(workshop.title))}**")
            st.caption(t(workshop.day))
        for kind, label in (("excel", "Excel"), ("archive", _("Archive"))):
            st.link_button(label, files.address(member, kind, workshop.id, house.language()))


def _whole(member: Staff, series: Series) -> None:
    with st.container(border=True):
        st.subheader(_("Archive of the series"), anchor=False)
        st.caption(_("Everything in one JSON file, for keeping and for another installation."))
        st.link_button(
            _("Download the archive"), files.address(member, "archive", series.id, house.language())
        )


def _bring_in(member: Staff) -> None:
    with st.container(border=True):
        st.subheader(_("Bring in an archive"), anchor=False)
        turn = st.session_state.get("archive.turn", 0)
        file = st.file_uploader(
            _("JSON file, up to {n} MB", n=packed.MOST_BYTES // 1024 // 1024),
            type=["json"],
            key=f"archive.file.{turn}",
        )
        if file is None or not st.button(_("Bring it in"), type="primary", key="archive.load"):
            return
        with desk.refusals():
            series = house.toolkit().archive.load(member, _archive(file.getvalue()))
            st.session_state["archive.turn"] = turn + 1
            desk.lay("series", series.short_name)
            desk.tell(_("The series “{name}” is here now.", name=desk.plain_name(series)))


def _archive(content: bytes) -> dict[str, object]:
    if len(content) > packed.MOST_BYTES:
        n = packed.MOST_BYTES // 1024 // 1024
        raise Refused(text("The file is larger than {n} MB.", n=n))
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as torn:
        raise Refused(text("This file is not an archive of Sedyanka, or it is torn.")) from torn
    if not isinstance(read, dict):
        raise Refused(text("This file is not an archive of Sedyanka, or it is torn."))
    return read


page()
