"""Every exercise on phones: its own example fits its form, and its whole result is told there."""

from __future__ import annotations

import importlib
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from phone.answers import flatten
from phone.handset import PageForm, PageReader
from tests.lobby import Hall, Phone
from tests.test_contract import NEW
from workshop.blocks import Figures, Prose
from workshop.catalogue import HOME, Catalogue, gather
from workshop.language import LANGUAGES, say
from workshop.model import StageDraft

PEOPLE = 6
CATALOGUE = gather()
WITH_FORM = [key for key in CATALOGUE if (HOME / key / "phone.html").is_file()]
FORM = """{% extends "form.html" %}
{% import "fields.html" as fields with context %}
{% block fields %}
{{ fields.choice("mood", "Mood", [(n, n, "") for n in (1, 2, 3, 4, 5)]) }}
{% endblock %}
"""


def walk_through(
    key: str, language: str, database: Path, catalogue: Catalogue, home: Path = HOME
) -> None:
    """Let people with phones play the example of an exercise, and read its result."""
    exercise = catalogue[key]
    settings = exercise.example.settings.model_dump(mode="json")
    hall = Hall(database, [StageDraft(exercise=key, settings=settings)], catalogue, home)
    try:
        stage = hall.move(key, "open")
        script = exercise.example.entries(exercise.example.settings, PEOPLE)
        people = [_take_part(hall, language, place, sent) for place, sent in enumerate(script)]
        stored = hall.toolkit.results.contributions(stage.id, everything=True)
        assert len(stored) == sum(len(sent) for sent in script)
        hall.move(key, "locked", "revealed")
        page = people[0].get(hall.here)
        assert page.status_code == 200
        told = " ".join(unescape(page.text).split())
        for block in hall.toolkit.results.tell(stage.id):
            for words in _words(block, language):
                assert words in told, words
    finally:
        hall.close()


def _take_part(hall: Hall, language: str, place: int, sent: list[dict[str, Any]]) -> Phone:
    phone = hall.phone(language)
    home = hall.organisations[place % len(hall.organisations)]
    phone.join(f"organisation-{home.id}")
    for entry in sent:
        fields = flatten(entry)
        form = _sheet(phone, fields)
        assert form.fits(fields), f"the form does not ask for all of {fields}"
        page = phone.fill(fields, form)
        assert page.status_code == 200
        assert "received=" in str(page.url)
    return phone


def _sheet(phone: Phone, fields: dict[str, str]) -> PageForm:
    """Return the step of the form that asks for these fields."""
    page = PageReader(phone.get(phone.hall.here).text)
    form = page.form("entry")
    steps = [link for link in page.links if "?step=" in link]
    while form is not None and not form.fits(fields) and steps:
        form = PageReader(phone.get(steps.pop(0)).text).form("entry")
    assert form is not None
    return form


def _words(block: Any, language: str) -> list[str]:
    """Return some of the words by which a block is known."""
    if isinstance(block, Prose):
        said = list(block.sentences)
    elif isinstance(block, Figures):
        said = [one.label for one in block.figures]
    else:
        said = [block.title]
    return [" ".join(say(one, language).split()) for one in said]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WITH_FORM)
def test_the_example_goes_from_the_form_to_the_result(
    key: str, language: str, tmp_path: Path
) -> None:
    walk_through(key, language, tmp_path / "hall.db", CATALOGUE)


def test_a_new_exercise_needs_only_its_folder_to_be_on_phones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "brought"
    (home / "mood").mkdir(parents=True)
    (home / "__init__.py").write_text("", encoding="utf-8")
    (home / "mood" / "__init__.py").write_text(NEW, encoding="utf-8")
    (home / "mood" / "phone.html").write_text(FORM, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    walk_through("mood", "en", tmp_path / "hall.db", gather(home, "brought"), home)
