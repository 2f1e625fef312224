"""Talk in the room: welcome, speech, round, break; the wall says what it is, phones may take notes.

What an agenda holds beside its exercises, and what has no exercise of its own yet.
"""

from exercises.talk.analysis import Result, analyse
from exercises.talk.example import example
from exercises.talk.guide import guide
from exercises.talk.model import Entry, Settings, check
from exercises.talk.paper import paper
from exercises.talk.report import annex, method, offers, tell
from workshop.exercise import Exercise
from workshop.language import text
from workshop.model import Anonymity

exercise: Exercise[Settings, Entry, Result] = Exercise(
    title=text("Talk or break"),
    purpose=text(
        "Welcome, speech, discussion, break: the wall says what is going on and how long it "
        "takes. If you wish, people write notes on their phones."
    ),
    question=text("We are talking here in the room."),
    settings=Settings,
    entry=Entry,
    analyse=analyse,
    tell=tell,
    example=example,
    chapter="R6",
    minutes=10,
    anonymity=Anonymity.organisation,
    check=check,
    text=lambda entry: entry.text,
    limit=lambda settings: settings.each,
    method=method,
    annex=annex,
    offers=offers,
    asks=lambda settings: settings.notes,
    paper=paper,
    guide=guide,
)
