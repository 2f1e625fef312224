"""Reads a page as a browser without JavaScript would: its forms, and where its links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser

VOID_TYPES = ("submit", "button", "image", "reset", "file")
KEY = re.compile(r'(name="_key" value=")([^"]*)')
ENTRY = re.compile(r'<form\b[^>]*\bid="entry".*?</form>', re.DOTALL)


@dataclass(slots=True)
class PageForm:
    """A form of a page with what a browser would send if nothing were touched."""

    action: str
    mark: str
    """The form's id."""
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """Radio buttons and lists by name, with what may be chosen."""
    fixed: dict[str, str] = field(default_factory=dict)
    """Hidden fields that belong to the answer."""

    def fits(self, fields: dict[str, str]) -> bool:
        """Return whether somebody could enter these answers here."""
        return all(self._takes(name, value) for name, value in fields.items())

    def _takes(self, name: str, value: str) -> bool:
        if name in self.fixed:
            return self.fixed[name] == value
        if name in self.choices:
            return value in self.choices[name]
        return name in self.values


class PageReader(HTMLParser):
    """Reads the forms and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self._writing = ""
        self._list = ""
        self.feed(page)

    def form(self, mark: str) -> PageForm | None:
        """Return the form with that id."""
        return next((one for one in self.forms if one.mark == mark), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields and links."""
        known = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        elif tag == "form":
            self.forms.append(PageForm(known.get("action", ""), known.get("id", "")))
        elif self.forms and tag in ("input", "textarea", "select", "option"):
            self._field(tag, known, self.forms[-1])

    def handle_data(self, data: str) -> None:
        """Note what stands in a text field."""
        if self._writing:
            self.forms[-1].values[self._writing] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a text field."""
        if tag == "textarea" and self._writing:
            values = self.forms[-1].values
            values[self._writing] = values[self._writing].removeprefix("\n")
            self._writing = ""

    def _field(self, tag: str, known: dict[str, str], form: PageForm) -> None:
        name, value, kind = known.get("name", ""), known.get("value", ""), known.get("type", "text")
        if tag == "option":
            form.choices[self._list].append(value)
            if "selected" in known or len(form.choices[self._list]) == 1:
                form.values[self._list] = value
        elif tag == "select":
            self._list = name
            form.choices[name] = []
        elif tag == "textarea":
            self._writing = name
            form.values[name] = ""
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value)
            if "checked" in known:
                form.values[name] = value
        elif kind not in VOID_TYPES:
            form.values[name] = value
            if kind == "hidden" and not name.startswith("_"):
                form.fixed[name] = value


def entry_form(page: str) -> PageForm | None:
    """Return the form people fill in.

    A thousand phones get the same form but for its key, so it is read once for all of them.
    """
    found = ENTRY.search(page)
    if found is None:
        return None
    key = KEY.search(found[0])
    form = _read(KEY.sub(r"\1", found[0]))
    return replace(form, values=form.values | ({"_key": key[2]} if key else {}))


@lru_cache(maxsize=1024)
def _read(markup: str) -> PageForm:
    return PageReader(markup).forms[0]
