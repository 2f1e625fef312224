"""Maturity rating: where we are, where we want to be, and what the evidence confirms."""

from exercises.maturity.analysis import analyse
from exercises.maturity.annexes import annex
from exercises.maturity.example import example
from exercises.maturity.guide import guide
from exercises.maturity.model import (
    AnyEntry,
    Entry,
    Settings,
    answer,
    check,
    done,
    slot,
    step_of,
    steps,
    words,
)
from exercises.maturity.paper import paper
from exercises.maturity.report import method, summary, tell
from exercises.maturity.result import Result
from exercises.maturity.tables import details
from workshop.exercise import Exercise
from workshop.language import text
from workshop.model import Anonymity

exercise: Exercise[Settings, Entry, Result] = Exercise(
    title=text("Maturity rating"),
    purpose=text("Rate where we are and where we want to be; compare it with evidence."),
    question=text("How far are we, and how far do we want to get?"),
    settings=Settings,
    entry=AnyEntry,
    analyse=analyse,
    tell=tell,
    example=example,
    chapter="R9",
    minutes=25,
    anonymity=Anonymity.anonymous,
    check=check,
    slot=slot,
    done=done,
    text=lambda entry: entry.note,
    words=words,
    answer=answer,
    shelf=step_of,
    steps=steps,
    limit=lambda settings: len(settings.scale.codes) + settings.scale.proofs,
    details=details,
    method=method,
    summary=summary,
    annex=annex,
    local=("importance",),
    paper=paper,
    guide=guide,
)
