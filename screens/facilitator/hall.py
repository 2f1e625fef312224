"""Is the hall ready: a look at the machine, at this browser, and at a phone on its way here."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from screens import checks, house, staff
from screens.facilitator import acts, ways
from screens.house import _, t
from workshop.language import Amount, Sayable, Text, text
from workshop.model import Id, Role, Series
from workshop.passes import qr_svg
from workshop.settings import settings
from workshop.toolkit import Arrival, Check

SECONDS = 2.0
"""How often the page looks whether a phone has come."""
HELD_BACK = 0.25
"""Seconds: pieces of a stream sent twice as far apart came together, so something kept them."""
SLOW = 1.0
"""Seconds an answer may take in a hall that is still empty."""
DRIFT = 2.0
"""Seconds between two clocks that nobody notices."""
WORDS = {
    "good": text("in order"),
    "care": text("look at it"),
    "bad": text("mend it"),
    "wait": text("waiting"),
}
FIRST = {"bad": 0, "care": 1, "good": 2}
Line = tuple[str, Sayable]


def page() -> None:
    """Draw what was found, then what can be set."""
    member, series, workshop = acts.begin(text("Is the hall ready?"), Role.facilitator)
    arrivals = house.toolkit().arrivals
    check = arrivals.check_of(workshop.id) or arrivals.open_check(workshop.id)
    mark = st.session_state.setdefault("browser-mark", secrets.token_hex(4))
    left, right = st.columns([5, 4], gap="large")
    with left:
        _heading(_("This machine"))
        house.show(_listed(_machine()))
        _heading(_("This browser"))
        _browser(workshop.id, series, mark)
        if st.button(_("Look again"), key="look-again"):
            arrivals.open_check(workshop.id)
            st.rerun()
        ways.choose_address(member)
    with right:
        _heading(_("Try it with a phone"))
        _invite(check, series)
        _phones(workshop.id, series)
        ways.tell_wifi(member, workshop)
    with st.container(key="desk-look"):
        st.iframe(f"/j/hall/{check.ticket}?browser={mark}", height=1, alt=_("This browser"))


def _heading(words: str) -> None:
    house.show(f'<h2 class="sed-h">{escape(words)}</h2>')


def _listed(lines: Iterable[Line]) -> str:
    rows = "".join(
        f'<li class="{kind}"><b>{escape(t(WORDS[kind]))}</b>'
        f"<span>{house.html(words, house.language())}</span></li>"
        for kind, words in lines
    )
    return f'<ul class="sed-checks">{rows}</ul>'


def _machine() -> list[Line]:
    toolkit = house.toolkit()
    port = urlsplit(st.context.url or "").port or settings().port
    looks = (
        checks.writing(toolkit.store),
        checks.contents(toolkit.store, quick=True),
        checks.disk(toolkit.url),
        checks.words(),
        checks.addresses(port, toolkit.hall.address()),
        checks.phones(),
        checks.clock(toolkit.now()),
    )
    found = [one for look in looks for one in look]
    return [(one.verdict, one.words) for one in sorted(found, key=lambda one: FIRST[one.verdict])]


@st.fragment(run_every=SECONDS)
def _browser(workshop_id: Id, series: Series, mark: str) -> None:
    """Draw what the script on this page found out on its way to the server."""
    staff.remain(Role.facilitator)
    check = house.toolkit().arrivals.check_of(workshop_id)
    found = check.browsers.get(mark) if check else None
    house.show(_listed([*_way(found), *_zone(series)]))


def _way(found: Arrival | None) -> Iterable[Line]:
    if found is None or found.drift is None:
        yield "wait", text("This browser is asked for its clock and its connections …")
        return
    if found.socket is not None and found.socket >= 0:
        words = text("The websocket of staff screens opens in {n} ms.", n=checks.ms(found.socket))
        yield "good", words
    else:
        yield (
            "bad",
            text(
                "A second websocket did not open: what stands between this browser and the server "
                "stops it. Let the proxy pass websockets, or use the server's own address."
            ),
        )
    yield _stream(found) or ("good", text("News reaches this browser as it happens."))
    if abs(found.drift) <= DRIFT:
        yield "good", text("The clocks of this browser and of the server agree.")
    else:
        yield "care", _drifted(found.drift)


def _drifted(drift: float) -> Text:
    seconds = Amount(abs(drift), 0)
    if drift > 0:
        return text(
            "This computer's clock is {seconds} s ahead of the server's: set both to the right "
            "time.",
            seconds=seconds,
        )
    return text(
        "This computer's clock is {seconds} s behind the server's: set both to the right time.",
        seconds=seconds,
    )


def _stream(found: Arrival) -> Line | None:
    """Return what is wrong with the stream of news, if its script could say."""
    if found.gap is None or found.gap >= HELD_BACK:
        return None
    return (
        "care",
        text(
            "Something on the way holds news back: phones will hear of a new stage some seconds "
            "later. Switch off buffering in the proxy."
        ),
    )


def _zone(series: Series) -> Iterable[Line]:
    """Compare the time of day here with the one the workshop is held in."""
    now, own = datetime.now(UTC), st.context.timezone or ""
    try:
        here = now.astimezone(ZoneInfo(own)).utcoffset() if own else None
    except (ZoneInfoNotFoundError, ValueError):  # a name this machine does not know
        here = None
    if here is None:
        return
    if here == now.astimezone(ZoneInfo(series.time_zone)).utcoffset():
        yield "good", text("The workshop's time of day is this computer's.")
        return
    yield (
        "care",
        text(
            "This computer shows the time of {own}, the workshop is held in that of {zone}, and "
            "the wall shows the latter. Change it on the page “Series” if it is wrong.",
            own=own,
            zone=series.time_zone,
        ),
    )


def _invite(check: Check, series: Series) -> None:
    """Show the code to scan."""
    link = f"{house.join_address()}/hall/{check.ticket}"
    title = _("QR code to try the way with a phone")
    until = check.until.astimezone(ZoneInfo(series.time_zone))
    picture, words = st.columns([2, 3], vertical_alignment="center")
    with picture:
        drawn = house.svg_address(qr_svg(link, title))
        house.show(f'<img class="sed-try" src="{drawn}" alt="{escape(title)}">')
    with words:
        st.markdown(_("Scan it with a phone that is in the hall's Wi-Fi, from the last row."))
        # As HTML: what keeps Markdown away would be copied with the address.
        house.show(f'<p class="sed-quiet">{escape(house.short_address(link))}</p>')
        st.caption(_("The code works until {time}.", time=f"{until:%H:%M}"))


@st.fragment(run_every=SECONDS)
def _phones(workshop_id: Id, series: Series) -> None:
    """Draw who came, newest first."""
    staff.remain(Role.facilitator)
    check = house.toolkit().arrivals.check_of(workshop_id)
    if check is None:
        house.show(_listed([("wait", text("This code is too old: press “Look again”."))]))
        return
    lines = [line for one in reversed(check.arrivals) for line in _came(one, series)]
    waiting = text("No phone has come yet.")
    house.show(_listed(lines or [("wait", waiting)]))


def _came(one: Arrival, series: Series) -> Iterable[Line]:
    time = f"{one.at.astimezone(ZoneInfo(series.time_zone)):%H:%M:%S}"
    if one.origin == "here":
        yield (
            "care",
            text(
                "{time}: somebody came from this computer, or through a proxy on it. That does not "
                "show that phones get here: take one.",
                time=time,
            ),
        )
    elif one.took > SLOW:
        yield (
            "care",
            text(
                "{time}: a phone came, but the answer took {seconds} s. The Wi-Fi is weak or full: "
                "bring the router nearer, or take another channel.",
                time=time,
                seconds=Amount(one.took, 1),
            ),
        )
    else:
        from_here = text("{time}: a phone of this network came; the answer took {n} ms.",
                         time=time, n=checks.ms(one.took))  # fmt: skip
        from_outside = text("{time}: a phone came from outside this network; the answer took {n} "
                            "ms.", time=time, n=checks.ms(one.took))  # fmt: skip
        yield "good", from_outside if one.origin == "public" else from_here
    wrong = _stream(one)
    if wrong is not None:
        yield wrong


page()
