"""What a browser finds in a page: the files it loads, and the form somebody fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form with what it would send as it stands."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """The values of its radio buttons and pickers by name."""

    def filled(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return what is sent when ``answers`` were given."""
        return self.fields | dict(answers)


class Page(HTMLParser):
    """Reads a page as it comes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.forms: dict[str, Form] = {}
        self.follows = ""
        """The address of the page that follows the room, where it is one."""
        self._form: Form | None = None
        self._area = ""
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a browser would act on."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(given["href"])
        elif tag == "script" and "src" in given:
            self.scripts.append(given["src"])
        elif tag == "body":
            self.follows = given.get("data-follow", "")
        elif tag == "form":
            self._form = Form(given.get("action", ""))
            self.forms[given.get("id", "")] = self._form
        elif self._form is not None and "name" in given:
            self._field(tag, given)
        elif tag == "option" and self._form is not None and self._select:
            self._form.choices[self._select].append(given.get("value", ""))

    def _field(self, tag: str, given: Mapping[str, str]) -> None:
        assert self._form is not None
        name, kind = given["name"], given.get("type", "text")
        if tag == "textarea":
            self._form.fields[name] = ""
            self._area = name
        elif tag == "select":
            self._form.choices[name] = []
            self._select = name
        elif tag == "input" and kind in ("radio", "checkbox"):
            self._form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                self._form.fields[name] = given.get("value", "on")
        elif tag == "input":
            self._form.fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        """Keep what stands in a text field."""
        if self._area and self._form is not None:
            self._form.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a field."""
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
