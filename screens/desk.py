"""The coordinator's desk: which series and workshop lie on it, and how its pages behave."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Literal, NoReturn, TypeAlias
from zoneinfo import ZoneInfo

import streamlit as st

from screens import house, meant, staff
from screens.editor import TONGUES
from screens.house import _, plain, t
from screens.packed import MOST_BYTES
from workshop.language import Multilingual, Sayable
from workshop.model import NotFound, Refused, Role, Series, Staff, Workshop

LabelVisibility: TypeAlias = Literal["visible", "collapsed"]


def begin(title: Sayable, role: Role = Role.coordinator) -> Staff:
    """Let only ``role`` in, show the page's title and what the last act led to."""
    member = staff.entrance(role)
    _told()
    st.header(t(title), anchor=False)
    return member


def begin_series(
    title: Sayable, role: Role = Role.coordinator, *, workshop: bool = False
) -> tuple[Staff, Series | None, Workshop | None]:
    """Begin a page about a series, or about one of its workshops: title and choice in one line."""
    member = staff.entrance(role)
    _told()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.header(t(title), anchor=False, width="content")
        series = series_at_hand()
        lost = meant.gone(series) if series and workshop else ""
        chosen = workshop_at_hand(series) if series and workshop and not lost else None
    if series and lost:
        offer_others(series, lost)
    return member, series, chosen


def _told() -> None:
    unfit = _(
        "This file was not taken: it is of another kind, or larger than {n} MB.",
        n=MOST_BYTES // 1024 // 1024,
    )
    house.show(house.style("desk.css"))
    house.show(
        f"<style>:root {{ --sed-choose: {house.quoted(_('Choose a file'))}; "
        f"--sed-unfit: {house.quoted(unfit)}; }}</style>"
    )
    told = st.session_state.pop("told", "")
    if told:
        st.success(plain(told), icon=":material/check:")


def tell(words: str) -> None:
    """Show ``words`` at the top of the page, which is drawn afresh."""
    st.session_state["told"] = words
    st.rerun()


@contextmanager
def refusals() -> Iterator[None]:
    """Show why something was refused, where it was asked for; what was typed stays."""
    try:
        yield
    except Refused as refused:
        house.refusal(refused.reason)
    except NotFound:
        st.error(_("It is no longer there. Somebody else may have removed it."))


def series_at_hand() -> Series | None:
    """Let people choose a series and return it; None while there is none.

    The choice stands in the address, so that a lost connection comes back to the same page.
    """
    known = {one.short_name: one for one in house.toolkit().library.all_series()}
    if not known:
        return None
    usual = "" if meant.asked("series") in known else meant.series(known)
    chosen = _chosen("series", list(known), usual or next(iter(known)))
    if len(known) > 1:
        names = {name: plain_name(one) for name, one in known.items()}
        chosen = str(_pick("series", _("Series"), names, chosen))
    house.warn(known[chosen])
    return known[chosen]


def today(series: Series) -> date:
    """Return which day it is where the series takes place, whatever day it is for the machine."""
    return house.toolkit().now().astimezone(ZoneInfo(series.time_zone)).date()


def workshop_at_hand(series: Series) -> Workshop | None:
    """Let people choose one of the series' workshops and return it; None while there is none."""
    shops = house.toolkit().library.workshops(series.id, copies=True)
    known = {one.short_name: one for one in shops}
    if not known:
        return None
    usual = "" if meant.asked("workshop") in known else meant.usual(known)
    chosen = _chosen("workshop", list(known), usual)
    if len(known) > 1:
        names = {name: called(one) for name, one in known.items()}
        chosen = str(_pick("workshop", _("Workshop"), names, chosen))
    return known[chosen]


def offer_others(series: Series, lost: str) -> NoReturn:
    """Say that a workshop is gone and let people choose; no other one takes its place unasked.

    Whoever goes on pressing what they pressed in a rehearsal would press it in the meeting itself.
    """
    shops = house.toolkit().library.workshops(series.id, copies=True)
    source = meant.source(lost, shops)
    words = (
        _("This rehearsal was thrown away.") if source else _("This workshop is no longer there.")
    )
    st.warning(words, icon=":material/theater_comedy:" if source else ":material/search_off:")
    for one in shops:
        kind: Literal["primary", "secondary"] = "primary" if one == source else "secondary"
        if st.button(plain(called(one)), key=f"instead-{one.short_name}", type=kind):
            lay("workshop", one.short_name)
            st.rerun()
    st.stop()


def rehearsal_at_hand(series: Series) -> Workshop | None:
    """Return the copy that lies on the desk, for a page about the whole series; None for others."""
    shops = house.toolkit().library.workshops(series.id, copies=True)
    asked = meant.asked("workshop")
    laid = next((one for one in shops if one.short_name == asked), None)
    if laid is None:
        return None
    _remember("workshop", laid.short_name)
    return laid if laid.copy_of is not None else None


def called(workshop: Workshop) -> str:
    """Return what a workshop is called in a list to choose from: a copy by what it is."""
    words = f"{t(workshop.title)} · {t(workshop.day)}"
    return words if workshop.copy_of is None else _("Rehearsal: {workshop}", workshop=words)


def lay(what: str, short_name: str) -> None:
    """Put another series or workshop on the desk."""
    st.session_state[f"desk.{what}"] = short_name
    # A fresh picker: the old one would go on saying what it said.
    st.session_state[f"desk.{what}.turn"] = st.session_state.get(f"desk.{what}.turn", 0) + 1


def plain_name(series: Series) -> str:
    """Return what a series is called: the municipality and the theme."""
    return f"{t(series.municipality)} · {t(series.theme)}"


@contextmanager
def sure(label: str, question: str, act: str, *, key: str) -> Iterator[bool]:
    """Draw a button that asks first; give whether people said yes.

    What is then refused stands below the question: outside, the open question would cover it.
    """
    with st.popover(label, key=f"{key}:ask"):
        st.markdown(question)
        with refusals():
            yield st.button(act, key=f"{key}:yes", type="primary")


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return names to choose from, each once: Streamlit tells options apart by what they say."""
    seen: Counter[str] = Counter()
    answer = {}
    for key, name in names.items():
        seen[name] += 1
        answer[key] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return answer


def form_key(*what: object) -> str:
    """Return a key for the fields that show ``what`` as it is stored now.

    When somebody else saves meanwhile, the fields show that instead of writing old words over it.
    """
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def turn(name: str) -> tuple[int, str]:
    """Return which turn of an empty form this is, and a key by which a second press is known."""
    seed = st.session_state.setdefault("desk.seed", secrets.token_hex(8))
    number = st.session_state.setdefault(f"desk.{name}.form", 0)
    return number, f"{name}-{seed}-{number}"


def next_turn(name: str) -> None:
    """Let the form be empty again: what was typed is kept."""
    st.session_state[f"desk.{name}.form"] = st.session_state.get(f"desk.{name}.form", 0) + 1


def two_tongues(
    label: str,
    value: Multilingual,
    *,
    key: str,
    lines: bool = False,
    bare: bool = False,
    tongues: tuple[str, ...] = ("bg", "en"),
) -> Multilingual:
    """Draw one field in each language of the series, side by side.

    ``bare`` shows no labels, under a line that has them.
    """
    seen: LabelVisibility = "collapsed" if bare else "visible"
    said = {"bg": value.bg, "en": value.en}
    columns = st.columns(len(tongues))
    for column, tongue in zip(columns, tongues, strict=True):
        name = f"{label} · {TONGUES[tongue]}"
        with column:
            if lines:
                typed = st.text_area(
                    name,
                    said[tongue],
                    key=f"{key}.{tongue}",
                    height=90,
                    label_visibility=seen,
                    on_change="ignore",
                )
            else:
                typed = st.text_input(
                    name,
                    said[tongue],
                    key=f"{key}.{tongue}",
                    label_visibility=seen,
                    on_change="ignore",
                )
        said[tongue] = typed or ""
    return Multilingual(**said)


def _chosen(what: str, names: list[str], usual: str) -> str:
    asked = meant.asked(what)
    chosen = asked if asked in names else usual
    _remember(what, chosen)
    return chosen


def _remember(what: str, chosen: str) -> None:
    """Remember the choice for this visit and in the address."""
    st.session_state[f"desk.{what}"] = chosen
    if st.query_params.get(what) != chosen:
        st.query_params[what] = chosen


def _pick(what: str, label: str, names: dict[str, str], chosen: str) -> str:
    names = distinct(names)
    listed = list(names)
    picked = st.selectbox(
        label,
        listed,
        index=listed.index(chosen),
        format_func=names.__getitem__,
        width=520,
        key=f"desk.{what}.picker.{st.session_state.get(f'desk.{what}.turn', 0)}",
    )
    _remember(what, picked)
    return picked
