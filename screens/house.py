"""What every staff screen shares: the toolkit, the reader's language, the words, the look."""

from __future__ import annotations

import base64
import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import quote

import streamlit as st

from screens.network import base_address
from workshop.language import LANGUAGES, Language, Multilingual, Sayable, Text, say, text
from workshop.model import Series
from workshop.printable import literal, printable
from workshop.settings import settings

if TYPE_CHECKING:
    from workshop.toolkit import Toolkit

ASSETS = Path(__file__).resolve().parent / "assets"
LANGUAGE_COOKIE = "sedyanka_language"
_shared: list[Toolkit] = []
_opening = Lock()


def enter(toolkit: Toolkit) -> None:
    """Let all screens of this process use ``toolkit``; whoever starts the program calls it once."""
    with _opening:
        _shared[:] = [toolkit]


def toolkit() -> Toolkit:
    """Return the toolkit of this process, opening the configured database if nobody did yet."""
    with _opening:
        if not _shared:
            from workshop.toolkit import Toolkit

            _shared.append(Toolkit.open())
        return _shared[0]


def language() -> Language:
    """Return the language of whoever looks: the address, this visit, the cookie, the browser.

    Never a context variable: those are lost in fragments and callbacks.
    """
    asked = st.query_params.get("language")
    if asked in LANGUAGES:
        st.session_state["language"] = asked
    known = st.session_state.get("language") or st.context.cookies.get(LANGUAGE_COOKIE)
    if known in LANGUAGES:
        return str(known)
    locale = st.context.locale or ""
    return next((one for one in LANGUAGES if locale.startswith(one)), settings().language)


def speak(wanted: Language) -> None:
    """Show the screens in ``wanted`` from now on; the address keeps it over a lost connection."""
    st.session_state["language"] = wanted
    st.query_params["language"] = wanted


def t(thing: Sayable) -> str:
    """Return ``thing`` in the language of whoever looks."""
    return say(thing, language())


def _(message: str, /, **values: Sayable) -> str:
    """Return a sentence of ours in the language of whoever looks."""
    return say(text(message, **values), language())


def plain(words: str) -> str:
    """Return ``words`` so that Streamlit shows them letter by letter where Markdown is read."""
    return literal(words)


def html(thing: Sayable, reader: Language) -> str:
    """Return ``thing`` for HTML, marked with its language where it is not the reader's."""
    said = escape(printable(say(thing, reader)))
    if isinstance(thing, Multilingual) and thing.tongue(reader) != reader:
        return f'<span lang="{thing.tongue(reader)}" dir="auto">{said}</span>'
    return said


def show(markup: str) -> None:
    """Put our own markup on the page; everything people typed in it went through ``html``."""
    st.html(markup)


@cache
def style(name: str) -> str:
    """Return one of our style sheets as a tag for ``st.html``."""
    return f"<style>{(ASSETS / name).read_text(encoding='utf-8')}</style>"


def quoted(words: str) -> str:
    """Return words of ours for a style sheet: Streamlit's own are English in every language."""
    return json.dumps(words, ensure_ascii=False).replace("<", "")


@cache
def picture(name: str) -> str:
    """Return one of our SVG pictures as an address that needs no request."""
    return svg_address((ASSETS / name).read_text(encoding="utf-8"))


def svg_address(markup: str) -> str:
    """Return an SVG picture as an address; ``st.html`` drops svg elements but keeps images."""
    return "data:image/svg+xml;base64," + base64.b64encode(markup.encode()).decode()


def png_address(content: bytes) -> str:
    """Return a PNG as an address: Streamlit would serve its own copy to anybody who asks."""
    return "data:image/png;base64," + base64.b64encode(content).decode()


def join_address() -> str:
    """Return what people type to join, without the code: "http://192.168.1.20:8501/j"."""
    found = re.match(r"https?://[^/?#]+", st.context.url or "")
    seen, chosen = found.group() if found else "", toolkit().hall.address()
    return _reachable(seen, chosen, int(monotonic() / 60)) + "/j"


@lru_cache(maxsize=16)
def _reachable(seen: str, chosen: str, minute: int) -> str:
    """Return the address for phones; looked up once a minute: a laptop may change its network."""
    return base_address(seen, chosen=chosen)


def short_address(address: str) -> str:
    """Return an address as one reads it aloud: without "http://"."""
    return re.sub(r"^https?://", "", address)


def warn(series: Series | None) -> None:
    """Show the warning of a synthetic series; it stands on every screen that shows one."""
    if series is not None and series.synthetic:
        words = series.warning or text("Synthetic data, for demonstration only.")
        show(f'<p class="sed-warning" role="note">{html(words, language())}</p>')


def refusal(reason: Text) -> None:
    """Show why something cannot be done; what was typed stays where it is."""
    st.error(plain(t(reason)), icon=":material/front_hand:")


def link(path: str, **query: str) -> str:
    """Return a local address with its query."""
    asked = "&".join(f"{name}={quote(value)}" for name, value in query.items() if value)
    return f"{path}?{asked}" if asked else path


def here() -> str:
    """Return the path of this page with what was asked for, but without a language."""
    path = re.sub(r"^https?://[^/]+", "", st.context.url or "") or "/"
    asked = {name: value for name, value in st.query_params.items() if name != "language"}
    return link(path, **asked)
