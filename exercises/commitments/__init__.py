"""Stakeholder commitments: who does what until when, and what each needs from the others."""

from exercises.commitments.analysis import analyse
from exercises.commitments.example import example
from exercises.commitments.guide import guide
from exercises.commitments.model import AnyEntry, Entry, Settings, spoken, typed
from exercises.commitments.paper import paper
from exercises.commitments.report import method, offers, summary, take, tell
from exercises.commitments.result import Result
from exercises.commitments.since import since
from exercises.commitments.smart import check
from exercises.commitments.tables import annex, details
from workshop.exercise import Exercise
from workshop.language import text
from workshop.model import Anonymity

exercise: Exercise[Settings, Entry, Result] = Exercise(
    title=text("Commitments"),
    purpose=text("Write down who does what until when, and see who depends on whom."),
    question=text("What will your organisation do, until when, and what do you need for it?"),
    settings=Settings,
    entry=AnyEntry,
    analyse=analyse,
    tell=tell,
    example=example,
    chapter="R11",
    minutes=30,
    anonymity=Anonymity.named,
    anonymities=(Anonymity.named, Anonymity.organisation),
    check=check,
    history=True,
    text=spoken,
    words=typed,
    splits=False,
    limit=lambda settings: 60,
    details=details,
    method=method,
    summary=summary,
    annex=annex,
    offers=offers,
    take=take,
    paper=paper,
    since=since,
    guide=guide,
)
