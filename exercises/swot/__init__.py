"""SWOT analysis: what helps and what hinders, from inside and from outside."""

from exercises.swot.analysis import Result, analyse
from exercises.swot.example import example
from exercises.swot.guide import guide
from exercises.swot.lists import annex, details
from exercises.swot.model import Entry, Settings, check, quadrants
from exercises.swot.paper import paper
from exercises.swot.report import method, offers, summary, tell
from workshop.exercise import Exercise
from workshop.language import text
from workshop.model import Anonymity

exercise: Exercise[Settings, Entry, Result] = Exercise(
    title=text("SWOT analysis"),
    purpose=text("Collect strengths, weaknesses, opportunities and threats; merge and theme them."),
    question=text("What helps us and what hinders us?"),
    settings=Settings,
    entry=Entry,
    analyse=analyse,
    tell=tell,
    example=example,
    chapter="R5",
    minutes=30,
    anonymity=Anonymity.organisation,
    check=check,
    text=lambda entry: entry.text,
    words=lambda entry: (entry.title, entry.text),
    hints=True,
    spoken=lambda entry: entry.shown,
    shelves=quadrants,
    shelf=lambda entry: entry.kind,
    steps=quadrants,
    limit=lambda settings: settings.each,
    details=details,
    method=method,
    summary=summary,
    annex=annex,
    offers=offers,
    paper=paper,
    guide=guide,
)
