"""The words and forms of the sign-in page: plain HTML, so that it works before Streamlit does."""

from __future__ import annotations

from html import escape
from string import Template
from urllib.parse import quote

from screens import house
from workshop.language import LANGUAGES, Language, Sayable, say, text
from workshop.model import Staff

_FORM = Template("""<form method="post" action="/staff">
<input type="hidden" name="next" value="$next">
<label for="name">$name</label>
<input id="name" name="name" value="$typed" autocomplete="username" autocapitalize="none" required>
<label for="password">$password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>$enter</button>
<p class="hint">$hint</p>
</form>""")
_INSIDE = Template("""<p><a class="act" href="/">$start</a></p>
<form method="post" action="/staff/out"><button class="quiet">$out</button></form>
<h2>$heading</h2>
<form method="post" action="/staff/password">
<input value="$name" autocomplete="username" hidden>
<label for="old">$old</label>
<input id="old" name="old" type="password" autocomplete="current-password" required>
<label for="new">$new</label>
<input id="new" name="new" type="password" autocomplete="new-password" required>
<label for="again">$again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required>
<button>$change</button>
</form>""")


def form(reader: Language, typed: str, goes_to: str) -> str:
    """Return the form for name and password; what was typed as a name stays."""
    return _FORM.substitute(
        name=_said(text("Name"), reader),
        password=_said(text("Password"), reader),
        enter=_said(text("Sign in"), reader),
        hint=_said(text("Forgotten? A coordinator can give you a new one."), reader),
        typed=escape(typed[:200]),
        next=escape(goes_to),
    )


def inside(member: Staff, reader: Language) -> str:
    """Return what somebody signed in can do here: go on, leave, change the password.

    The name is there for the browser: it would keep the new password without one.
    """
    return _INSIDE.substitute(
        name=escape(member.name),
        start=_said(text("To the workshops"), reader),
        out=_said(text("Sign out"), reader),
        heading=_said(text("Change my password"), reader),
        old=_said(text("Password until now"), reader),
        new=_said(text("New password"), reader),
        again=_said(text("New password once more"), reader),
        change=_said(text("Change password"), reader),
    )


def greeting(member: Staff) -> Sayable:
    """Return the heading for somebody signed in."""
    return text("You are signed in as {name}", name=member.name)


def page(
    reader: Language, heading: Sayable, *, words: Sayable = "", role: str = "alert",
    body: str = "", here: str = "/staff", head: str = "",
) -> str:  # fmt: skip
    """Return a whole page: the mark, the languages, a heading, a sentence if need be, a form."""
    links = "".join(
        f'<a href="/staff/language/{one}?next={quote(here)}" hreflang="{one}" lang="{one}"'
        f"{' aria-current=true' if one == reader else ''}>{one.upper()}</a>"
        for one in LANGUAGES
    )
    frame = Template((house.ASSETS / "staff.html").read_text(encoding="utf-8"))
    return frame.substitute(
        language=reader,
        title=_said(heading, reader),
        product=_said(text("Sedyanka"), reader),
        language_label=_said(text("Language"), reader),
        languages=links,
        heading=_said(heading, reader),
        head=head,
        message=f'<p role="{role}">{_said(words, reader)}</p>' if words else "",
        body=body,
    )


def _said(words: Sayable, reader: Language) -> str:
    return escape(say(words, reader))
