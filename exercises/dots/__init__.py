"""Dot voting: a few dots per person show what matters to the room, and how firmly."""

from exercises.dots.analysis import Result, analyse
from exercises.dots.example import example
from exercises.dots.figures import annex
from exercises.dots.guide import guide
from exercises.dots.lists import details
from exercises.dots.model import Entry, Settings, answer, check, needs, take
from exercises.dots.paper import paper
from exercises.dots.report import method, offers, summary, tell
from workshop.exercise import Exercise
from workshop.language import text
from workshop.model import Anonymity

exercise: Exercise[Settings, Entry, Result] = Exercise(
    title=text("Dot voting"),
    purpose=text("Give a few dots to what matters most, from a list or from an earlier stage."),
    question=text("What matters most to you?"),
    settings=Settings,
    entry=Entry,
    analyse=analyse,
    tell=tell,
    example=example,
    chapter="R6",
    minutes=10,
    anonymity=Anonymity.anonymous,
    anonymities=tuple(Anonymity),
    check=check,
    slot=lambda entry: "",
    answer=answer,
    details=details,
    method=method,
    summary=summary,
    annex=annex,
    offers=offers,
    take=take,
    needs=needs,
    paper=paper,
    guide=guide,
)
