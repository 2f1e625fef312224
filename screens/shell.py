"""What surrounds every staff screen but the wall: language, own account."""

from __future__ import annotations

from html import escape

import streamlit as st

from screens import house
from screens.house import _
from workshop.language import LANGUAGES, text
from workshop.model import Away, Staff

LOST = text("The connection is lost. What is saved is safe; this page comes back by itself.")
"""Shown by the style sheet while there is no server to say it."""
AWAY = text(
    "The database does not answer just now. What is saved is safe; this page comes back by itself."
)


def draw(member: Staff) -> None:
    """Put the languages and the own name at the right of the navigation."""
    here = house.here()
    reader = house.language()
    links = "".join(
        f'<a href="{house.link(f"/staff/language/{one}", next=here)}" hreflang="{one}" '
        f'target="_self"{" aria-current=true" if one == reader else ""}>{one.upper()}</a>'
        for one in LANGUAGES
    )
    skip = house.quoted(_("Skip to what the page says"))
    house.show(
        f"<style>:root {{ --sed-skip: {skip}; }}</style>"
        f'<nav class="sed-bar" aria-label="{escape(_("Language and account"))}">{links}'
        f'<a href="/staff" target="_self" class="sed-name">{escape(member.name)}</a></nav>'
        f'<p class="sed-lost" role="status">{escape(house.t(LOST))}</p>'
    )


@st.fragment(run_every=2.0)
def come_back() -> None:
    """Say that the database is away, and draw the page again as soon as it answers."""
    try:
        house.toolkit().library.all_series()
    except Away:
        st.warning(house.t(AWAY))
        return
    st.rerun()
