"""Keep the organisations of a series: typed, pasted, uploaded; accept names typed on phones."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from screens import desk, house, sheets
from screens.house import _, plain, t
from screens.packed import MOST_BYTES
from workshop.language import Multilingual, Text, counted, text
from workshop.model import Organisation, Series, Staff, StakeholderGroup

TOLD = 5
"""Rows whose mistakes are told in words."""


def page() -> None:
    """Show the organisations of the series at hand and the three ways to add some."""
    member, series, _workshop = desk.begin_series(text("Organisations"))
    if series is None:
        st.markdown(_("Create a series first; its organisations come next."))
        return
    library = house.toolkit().library
    groups = library.groups(series.id)
    known = library.organisations(series.id)
    _waiting(member, groups, known)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _listed(groups, [one for one in known if one.accepted])
        _change(member, groups, [one for one in known if one.accepted])
    with right:
        st.subheader(_("Add organisations"))
        one, paste, upload = st.tabs(
            [_("One by one"), _("Paste"), _("Upload a file")], key="organisation.ways"
        )
        with one:
            _add_one(member, series, groups)
        with paste:
            _paste(member, series, groups, known)
        with upload:
            _upload(member, series, groups, known)


def _waiting(
    member: Staff, groups: Sequence[StakeholderGroup], known: Sequence[Organisation]
) -> None:
    """Show names that participants typed: accept them, or say which known one was meant."""
    waiting = [one for one in known if not one.accepted]
    if not waiting:
        return
    library = house.toolkit().library
    accepted = [one for one in known if one.accepted]
    names = desk.distinct({one.id: t(one.name) for one in accepted})
    with st.container(border=True):
        st.markdown(f"**{_('Typed by participants')}**")
        for one in waiting:
            words, act, same, merge = st.columns([4, 1.3, 4, 1.3], vertical_alignment="bottom")
            group = next((group for group in groups if group.id == one.group_id), None)
            words.text(f"{t(one.name)} · {t(group.name) if group else '–'}")
            if act.button(_("Accept"), key=f"{one.id}.accept", type="primary", width="stretch"):
                with desk.refusals():
                    library.accept_organisation(member, one.id)
                    desk.tell(_("“{name}” is accepted.", name=t(one.name)))
            meant = same.selectbox(
                _("It is the same as"),
                list(names),
                index=None,
                format_func=lambda known_id: names.get(known_id, ""),
                placeholder=_("Please choose"),
                key=f"{one.id}.same",
            )
            if merge.button(
                _("Merge"), key=f"{one.id}.merge", disabled=meant is None, width="stretch"
            ):
                with desk.refusals():
                    library.merge_organisation(member, one.id, str(meant))
                    desk.tell(_("“{name}” is merged.", name=t(one.name)))


def _listed(groups: Sequence[StakeholderGroup], known: Sequence[Organisation]) -> None:
    if not known:
        st.markdown(_("No organisations yet. Paste a list from a spreadsheet, at the right."))
        return
    names = {group.id: t(group.name) for group in groups}
    st.caption(t(counted("{n} organisation", "{n} organisations", n=len(known))))
    st.dataframe(
        pd.DataFrame(
            [(one.name.bg, one.name.en, names.get(one.group_id, "–")) for one in known],
            columns=[_("Name in Bulgarian"), _("Name in English"), _("Group")],
        ),
        hide_index=True,
        height=min(38 + 35 * len(known), 560),
        alt=_("Organisations of the series"),
    )


def _change(
    member: Staff, groups: Sequence[StakeholderGroup], known: Sequence[Organisation]
) -> None:
    """Let people change or remove one organisation."""
    names = desk.distinct({one.id: t(one.name) for one in known})
    if not names:
        return
    chosen = st.selectbox(
        _("Change or remove"),
        list(names),
        index=None,
        format_func=lambda known_id: names.get(known_id, ""),
        placeholder=_("Please choose"),
        key="organisation.chosen",
    )
    one = next((one for one in known if one.id == chosen), None)
    if one is None:
        return
    library = house.toolkit().library
    with st.container(border=True):
        key = desk.form_key(one)
        name = desk.two_tongues(_("Name"), one.name, key=f"{key}.name")
        group = _group(groups, key=f"{key}.group", chosen=one.group_id)
        with st.container(horizontal=True):
            if st.button(_("Save"), type="primary", key=f"{one.id}.save"):
                with desk.refusals():
                    library.change_organisation(member, one.id, name=name, group_id=group)
                    desk.tell(_("Saved."))
            question = _("Remove “{name}” from the series?", name=plain(t(one.name)))
            with desk.sure(_("Remove"), question, _("Yes, remove"), key=f"{one.id}.remove") as yes:
                if yes:
                    library.remove_organisation(member, one.id)
                    desk.tell(_("“{name}” is removed.", name=t(one.name)))


def _group(groups: Sequence[StakeholderGroup], *, key: str, chosen: str = "") -> str | None:
    names = desk.distinct({group.id: t(group.name) for group in groups})
    listed = list(names)
    return st.selectbox(
        _("Group"),
        listed,
        index=listed.index(chosen) if chosen in listed else None,
        format_func=lambda group_id: names.get(group_id, ""),
        placeholder=_("Please choose"),
        key=key,
        on_change="ignore",
    )


def _add_one(member: Staff, series: Series, groups: Sequence[StakeholderGroup]) -> None:
    turn = st.session_state.get("organisation.turn", 0)
    name = desk.two_tongues(_("Name"), Multilingual(), key=f"organisation.new.{turn}")
    group = _group(groups, key=f"organisation.new.{turn}.group")
    if st.button(_("Add"), type="primary", key="organisation.add"):
        if group is None:
            st.error(_("Please choose a group."))
            return
        with desk.refusals():
            house.toolkit().library.add_organisation(member, series.id, name, group)
            st.session_state["organisation.turn"] = turn + 1
            desk.tell(_("“{name}” is added.", name=t(name)))


def _paste(
    member: Staff,
    series: Series,
    groups: Sequence[StakeholderGroup],
    known: Sequence[Organisation],
) -> None:
    if "organisation.left" in st.session_state:
        st.session_state["organisation.pasted"] = st.session_state.pop("organisation.left")
    typed = st.text_area(
        _("Rows from a spreadsheet"),
        key="organisation.pasted",
        height=220,
        help=_("One organisation on each line: name in Bulgarian, name in English, group."),
        placeholder=_("Name in Bulgarian; name in English; group"),
    )
    st.button(_("Check the rows"), key="paste.check")  # leaving the field for it sends the text
    if typed.strip():
        with desk.refusals():
            rows = sheets.compared(sheets.pasted(typed), groups, known)
            _preview(member, series, groups, rows, key="paste")


def _upload(
    member: Staff,
    series: Series,
    groups: Sequence[StakeholderGroup],
    known: Sequence[Organisation],
) -> None:
    turn = st.session_state.get("upload.turn", 0)
    file = st.file_uploader(
        _("CSV or Excel file, up to {n} MB", n=MOST_BYTES // 1024 // 1024),
        type=["csv", "txt", "tsv", "xlsx"],
        key=f"organisation.file.{turn}",
        help=_("Columns: name in Bulgarian, name in English, group. A head line is recognised."),
    )
    if file is not None:
        with desk.refusals():
            rows = sheets.compared(sheets.read(file.name, file.getvalue()), groups, known)
            _preview(member, series, groups, rows, key="upload")


def _preview(
    member: Staff,
    series: Series,
    groups: Sequence[StakeholderGroup],
    rows: Sequence[sheets.Row],
    *,
    key: str,
) -> None:
    """Show what would happen to each row, then save the good ones when asked to."""
    good = [row for row in rows if row.good]
    wrong = [row for row in rows if row.problem]
    if not rows:
        st.error(_("There are no rows in it."))
        return
    names = {one.key: t(one.name) for one in groups}
    st.dataframe(
        pd.DataFrame(
            [
                (row.number, t(_fate(row)), row.bg, row.en, names.get(row.group, row.group))
                for row in rows
            ],
            columns=[_("Row"), _("What will happen"), _("Bulgarian"), _("English"), _("Group")],
        ),
        hide_index=True,
        height=min(38 + 35 * len(rows), 360),
        alt=_("Preview of the rows"),
    )
    if wrong:
        st.warning(_told(wrong))
    act = t(counted("Add {n} organisation", "Add {n} organisations", n=len(good)))
    if st.button(act, type="primary", key=f"{key}.save", disabled=not good):
        added = house.toolkit().library.add_organisations(
            member, series.id, [(row.bg, row.en, row.group) for row in good]
        )
        told = t(counted("{n} organisation added.", "{n} organisations added.", n=added.added))
        for number, problem in added.problems:
            told += f" {good[number - 1].bg or good[number - 1].en}: {t(problem)}"
        if key == "paste":  # what could not be added stays, to be mended
            lines = ["\t".join((row.bg, row.en, row.group)) for row in wrong]
            st.session_state["organisation.left"] = "\n".join(lines)
        else:
            st.session_state["upload.turn"] = st.session_state.get("upload.turn", 0) + 1
        desk.tell(told)


def _told(wrong: Sequence[sheets.Row]) -> str:
    """Return what is wrong with the first rows, also for people who cannot see the table."""
    needs = counted(
        "{n} row needs another look and will not be added.",
        "{n} rows need another look and will not be added.",
        n=len(wrong),
    )
    rows = [_("Row {n}: {problem}", n=row.number, problem=t(_fate(row))) for row in wrong[:TOLD]]
    return "  \n".join(plain(one) for one in (t(needs), *rows))


def _fate(row: sheets.Row) -> Text:
    if row.problem:
        return row.problem
    return text("Already known") if row.known else text("New")


page()
