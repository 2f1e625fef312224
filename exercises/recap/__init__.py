"""Recap: what earlier workshops of the series said, and what has become of it since.

Wall and phones show it from the moment it opens; if you wish, people add what has changed.
"""

from exercises.recap.analysis import Result, analyse
from exercises.recap.example import example
from exercises.recap.guide import guide
from exercises.recap.model import Entry, Settings, check
from exercises.recap.paper import paper
from exercises.recap.report import annex, method, offers, tell
from workshop.exercise import Exercise
from workshop.language import text
from workshop.model import Anonymity

exercise: Exercise[Settings, Entry, Result] = Exercise(
    title=text("Recap of earlier workshops"),
    purpose=text(
        "What you said, and what has happened since: the first priorities and the commitments of "
        "earlier workshops of the series. If you wish, people write what has changed."
    ),
    question=text("What you said, and what has happened since."),
    settings=Settings,
    entry=Entry,
    analyse=analyse,
    tell=tell,
    example=example,
    chapter="R3",
    minutes=15,
    anonymity=Anonymity.organisation,
    check=check,
    text=lambda entry: entry.text,
    limit=lambda settings: settings.each,
    method=method,
    annex=annex,
    offers=offers,
    asks=lambda settings: settings.notes,
    paper=paper,
    recalls="stages",
    shows=lambda settings: True,
    local=("stages",),
    guide=guide,
)
