"""Affinity clustering: which ideas belong together, by everybody's own piles or in the room."""

from exercises.affinity.analysis import analyse
from exercises.affinity.example import example
from exercises.affinity.guide import guide
from exercises.affinity.lists import annex, details
from exercises.affinity.model import (
    AnyEntry,
    Entry,
    Settings,
    answer,
    check,
    done,
    needs,
    shelves,
    slot,
    spoken,
    steps,
    take,
)
from exercises.affinity.paper import paper
from exercises.affinity.report import method, offers, summary, tell
from exercises.affinity.result import Result
from workshop.exercise import Exercise
from workshop.language import text
from workshop.model import Anonymity

exercise: Exercise[Settings, Entry, Result] = Exercise(
    title=text("Affinity clustering"),
    purpose=text(
        "Put ideas that belong together into clusters and name these: everybody sorts on their "
        "phone, or the facilitator groups the cards with the room."
    ),
    question=text("Which cards belong together?"),
    settings=Settings,
    entry=AnyEntry,
    analyse=analyse,
    tell=tell,
    example=example,
    chapter="R6",
    minutes=15,
    anonymity=Anonymity.anonymous,
    check=check,
    slot=slot,
    done=done,
    text=spoken,
    splits=False,
    answer=answer,
    shelves=shelves,
    shelf=lambda entry: entry.kind,
    steps=steps,
    limit=lambda settings: 4,
    details=details,
    method=method,
    summary=summary,
    annex=annex,
    offers=offers,
    take=take,
    needs=needs,
    asks=lambda settings: settings.phones,
    shows=lambda settings: not settings.phones,
    paper=paper,
    guide=guide,
)
