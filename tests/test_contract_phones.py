"""Every exercise on phones without scripts: its form, its entries, changes of mind, its result."""

from __future__ import annotations

import importlib
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from phone.answers import flatten, nest
from phone.app import Phones
from phone.guard import Guard
from phone.leaf import PageForm, PageReader
from tests.lobby import Lobby, Meeting, Phone, form_of, plain
from tests.postgres import free_port
from tests.test_contract import NEW
from workshop import fields
from workshop.blocks import Block, Figures, Prose
from workshop.catalogue import gather
from workshop.exercise import Exercise
from workshop.language import LANGUAGES, Language, say, text
from workshop.model import Anonymity, StageDraft
from workshop.toolkit import Toolkit

PEOPLE = 5
CATALOGUE = gather()
SECRET = [key for key, one in CATALOGUE.items() if Anonymity.secret in one.anonymities]
AnyExercise = Exercise[Any, Any, Any]


class Labels(HTMLParser):
    """Notes what every field of a page's form is called."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str, str]] = []
        """Name, id, and the words of a label around it."""
        self.called: dict[str, str] = {}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field, or the beginning of a label."""
        known = {name: value or "" for name, value in attrs}
        if tag == "label":
            self._open = known.get("for") or f"around {len(self.fields)}"
            self.called[self._open] = ""
        elif tag in ("input", "select", "textarea") and known.get("type") != "hidden":
            self.fields.append((known["name"], known.get("id", ""), self._open))

    def handle_data(self, data: str) -> None:
        """Note the words of a label."""
        if self._open:
            self.called[self._open] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave a label."""
        if tag == "label":
            self._open = ""

    @property
    def words(self) -> list[str]:
        """What the fields are called, in their order; "" for one without a label."""
        named = [self.called.get(around) or self.called.get(id_) for _, id_, around in self.fields]
        return [" ".join((one or "").split()) for one in named]


def labels_of(page: httpx.Response) -> list[str]:
    """Return what the fields of a form are called, having seen that it is whole without scripts."""
    form = page.text.partition(' id="entry"')[2].partition("</form>")[0]
    assert re.search(r'<button class="send">[^<]+</button>', form), "nothing sends it"
    labels = Labels(form)
    assert labels.fields
    named = zip(labels.fields, labels.words, strict=True)
    assert [field for field, words in named if not words] == [], "fields without a label"
    return labels.words


def opened(lobby: Lobby, key: str, exercise: AnyExercise, **wishes: Any) -> Meeting:
    """Open a stage with the example settings of an exercise."""
    settings = exercise.example.settings.model_dump(mode="json")
    meeting = lobby.meeting(StageDraft(exercise=key, settings=settings, **wishes))
    meeting.move("open")
    return meeting


def pages(phone: Phone, meeting: Meeting) -> Iterator[httpx.Response]:
    """Ask for the page with the form, or for that of each step, one after another."""
    first = phone.get(meeting.here)
    steps = [one for one in PageReader(first.text).links if "?step=" in one]
    yield from (phone.get(one) for one in steps) if steps else (first,)


def sheet(phone: Phone, meeting: Meeting, answers: dict[str, str]) -> PageForm:
    """Return the form that asks for these answers: the one shown first, or a later step."""
    first = form_of(phone.get(meeting.here))
    if first.fits(answers):
        return first
    fitting = (form for page in pages(phone, meeting) if (form := form_of(page)).fits(answers))
    found = next(fitting, None)
    assert found is not None, f"no form asks for all of {answers}"
    return found


def own(page: httpx.Response) -> tuple[set[str], str]:
    """Return which entries a page lists as one's own, and the words of the list."""
    section = page.text.partition('<section class="own">')[2].partition("</section>")[0]
    ids = {one.partition("?change=")[2] for one in PageReader(section).links}
    return ids - {""}, plain(section)


def told(block: Block, language: Language) -> list[str]:
    """Return some of the words by which a block is known."""
    if isinstance(block, Prose):
        said = list(block.sentences)
    elif isinstance(block, Figures):
        said = [one.label for one in block.figures]
    else:
        said = [block.title]
    return [plain(say(one, language)) for one in said]


def write(meeting: Meeting, exercise: AnyExercise, phone: Phone, sent: Sequence[Any]) -> list[Any]:
    """Let somebody send entries and see them received and listed; return them as stored."""
    before, _, after = say(text("Received at {time}.", time="|"), phone.language).partition("|")
    for entry in sent:
        answers = flatten(entry)
        page = phone.send(sheet(phone, meeting, answers), answers)
        status = re.search(r'id="said"[^>]*>(.*?)</p>', page.text)
        assert status, page.text
        assert re.fullmatch(rf"{before}\d\d:\d\d{re.escape(after)}", unescape(status[1]))
    mine = meeting.toolkit.people.participants(meeting.workshop.id)[-1].id
    stored = [one for one in meeting.entries() if one.sender.person == mine]
    assert [one.entry for one in stored] == [fields.read(exercise.entry, one) for one in sent]
    listed, words = own(phone.get(meeting.here))
    assert listed == {one.id for one in stored}
    if exercise.text is not None:
        assert all(plain(exercise.text(one.entry)) in words for one in stored)
    return stored


def think_again(
    meeting: Meeting, exercise: AnyExercise, phone: Phone, first: Any, script: Sequence[Any]
) -> None:
    """Change an own entry into what somebody else says, then take it back."""
    others = [one.id for one in meeting.entries() if one.id != first.id]
    history = len(meeting.entries(everything=True))
    form = phone.form(f"{meeting.here}?change={first.id}")
    assert fields.read(exercise.entry, nest(_typed(form))) == first.entry, "shown as it was sent"
    said = (one for sent in script for one in sent if form.fits(flatten(one)))
    other = next(one for one in said if fields.read(exercise.entry, one) != first.entry)
    blank = dict.fromkeys(set(_typed(form)) - set(form.fixed), "")
    page = phone.send(form, blank | flatten(other))
    assert "received=" in str(page.url)
    changed = meeting.entries()[-1]
    assert changed.entry == fields.read(exercise.entry, other)
    assert [one.id for one in meeting.entries()] == [*others, changed.id]
    listed, _ = own(page)
    assert changed.id in listed
    assert first.id not in listed
    ways = [one for one in PageReader(page.text).forms if f"/withdraw/{changed.id}" in one.action]
    assert len(ways) == 1, "there is no way to withdraw it"
    page = phone.send(ways[0], {})
    assert "withdrawn=" in str(page.url)
    assert own(page)[0] == listed - {changed.id}
    assert [one.id for one in meeting.entries()] == others
    assert len(meeting.entries(everything=True)) == history + 1, "what was said stays in the log"


def _typed(form: PageForm) -> dict[str, str]:
    """Return the answers a form holds, without what belongs to the page."""
    return {name: value for name, value in form.values.items() if not name.startswith("_")}


def walk_through(meeting: Meeting, exercise: AnyExercise, language: Language) -> None:
    """Let people with phones play the example of an exercise, and read its result."""
    script = exercise.example.entries(exercise.example.settings, PEOPLE)
    phones = []
    for place, sent in enumerate(script):
        phones.append(meeting.welcome(language, place))
        stored = write(meeting, exercise, phones[-1], sent)
        if not place:
            think_again(meeting, exercise, phones[0], stored[0], script)
    meeting.move("locked", "revealed")
    for phone in (phones[0], phones[-1]):
        page = phone.get(meeting.here)
        assert page.status_code == 200
        words = plain(page.text)
        for block in meeting.toolkit.results.tell(meeting.stage.id):
            assert [one for one in told(block, language) if one not in words] == []


@pytest.mark.parametrize("key", CATALOGUE)
def test_a_form_is_whole_and_labelled_in_both_languages(lobby: Lobby, key: str) -> None:
    meeting = opened(lobby, key, CATALOGUE[key])
    called: dict[Language, list[str]] = {}
    with meeting.welcome("bg") as phone:
        for phone.language in LANGUAGES:
            phone.post(f"{meeting.here}/language", {"_language": phone.language})
            asked = pages(phone, meeting)
            called[phone.language] = [words for page in asked for words in labels_of(page)]
    assert len(called["bg"]) == len(called["en"])
    both = zip(called["bg"], called["en"], strict=True)
    assert [one for one in both if one[0] == one[1]] == [], "said in one language only"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", CATALOGUE)
def test_the_example_goes_from_the_form_to_the_result(
    lobby: Lobby, key: str, language: Language
) -> None:
    walk_through(opened(lobby, key, CATALOGUE[key]), CATALOGUE[key], language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", SECRET)
def test_a_secret_ballot_is_received_and_never_shown(
    lobby: Lobby, key: str, language: Language
) -> None:
    meeting = opened(lobby, key, CATALOGUE[key], anonymity=Anonymity.secret)
    [[first, *_], *_] = CATALOGUE[key].example.entries(CATALOGUE[key].example.settings, 1)
    with meeting.welcome(language) as phone:
        page = phone.send(sheet(phone, meeting, flatten(first)), flatten(first))
        assert say(text("Received."), language) in plain(page.text)
        assert own(page) == (set(), "")
        assert PageReader(page.text).form("entry") is None, "it cannot be changed"
    assert len(meeting.entries()) == 1


@contextmanager
def serving(toolkit: Toolkit, exercises: Path) -> Iterator[Lobby]:
    """Serve the phones of a toolkit whose exercises lie in a folder of their own."""
    port = free_port()

    async def nobody(*_: Any) -> None:
        raise AssertionError("phones do not ask Streamlit")

    app = Guard(Phones(nobody, toolkit=lambda: toolkit, exercises=exercises))
    server = uvicorn.Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=port, log_level="error", lifespan="off", ws="none"
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        with closing(Lobby(f"http://127.0.0.1:{port}", toolkit, Path(toolkit.url))) as lobby:
            yield lobby
    finally:
        server.should_exit = True
        thread.join(20)


FORM = """{% extends "form.html" %}
{% import "fields.html" as fields with context %}
{% block fields %}
{{ fields.picker("mood", "Mood", [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")]) }}
{% endblock %}
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_exercise_needs_only_its_folder_to_be_on_phones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    package = f"brought_{language}"
    home = tmp_path / package
    (home / "mood").mkdir(parents=True)
    (home / "__init__.py").write_text("", encoding="utf-8")
    (home / "mood" / "__init__.py").write_text(NEW, encoding="utf-8")
    (home / "mood" / "phone.html").write_text(FORM, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    added = gather(home, package)
    with (
        Toolkit.open(str(tmp_path / "hall.db"), exercises=added) as toolkit,
        serving(toolkit, home) as lobby,
    ):
        meeting = opened(lobby, "mood", added["mood"])
        assert labels_of(meeting.welcome(language).get(meeting.here)) == ["Mood"]
        walk_through(meeting, added["mood"], language)
