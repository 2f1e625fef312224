"""Words that stand beside figures everywhere: what they rest on, how far a stage is, why hidden."""

from __future__ import annotations

from typing import assert_never

from workshop.blocks import Basis
from workshop.language import Language, Text, counted, say, text
from workshop.model import WAITING, Anonymity, Spread, StageState

STATES: dict[StageState, Text] = {
    StageState.planned: text("planned"),
    StageState.open: text("open"),
    StageState.locked: text("locked"),
    StageState.revealed: text("revealed"),
    StageState.closed: text("closed"),
}
"""How far a stage is."""
PROMISES: dict[Anonymity, Text] = {
    Anonymity.named: text("Answers carry the organisation and role of who gives them."),
    Anonymity.organisation: text("Answers carry the organisation, never the person."),
    Anonymity.anonymous: text("Answers are shown without names."),
    Anonymity.secret: text("A secret ballot: nobody can tell who voted for what."),
}
"""What a room is told about names before it writes."""
SPREADS: dict[Spread, Text] = {
    Spread.mixed: text("Mixed: every group at every table"),
    Spread.group: text("By group: each group sits together"),
    Spread.hand: text("By hand: the facilitator says who sits where"),
}
"""How people are spread over tables."""
HIDDEN: dict[str, Text] = {
    "personal": text("personal data"),
    "insult": text("insult"),
    "markup": text("program code in the text"),
    "formula": text("spreadsheet formula in the text"),
    "test": text("test entry"),
    "duplicate": text("double entry"),
    "offtopic": text("not about the question"),
    "moved": text("moved to another stage"),
    "other": text("other reason"),
}
"""Why staff hid a contribution; there are no other reasons."""
NOT_THROUGH: Text = text("not let through")


def unseen(why: str) -> Text:
    """Return why a contribution is not shown, as its line in a list says it."""
    return NOT_THROUGH if why == WAITING else text("hidden: {why}", why=HIDDEN[why])


def digits(seconds: int) -> str:
    """Return how long something takes as clocks show it: "6:05"."""
    return f"{seconds // 60:d}:{seconds % 60:02d}"


def basis_line(basis: Basis | None, language: Language) -> str:
    """Return "n = 24 of 25 participants, equal weight per group", or "" without a basis."""
    if basis is None:
        return ""
    line = say(_count(basis), language)
    if basis.weighting:
        line += f", {say(basis.weighting, language)}"
    return f"{line}; {say(basis.note, language).rstrip('.')}" if basis.note else line


def _count(basis: Basis) -> Text:
    n, of = basis.n, basis.of
    match basis.unit:
        case "participants":
            return _turnout(basis) or counted("n = {n} participant", "n = {n} participants", n=n)
        case "ballots":
            return _turnout(basis) or counted("n = {n} ballot", "n = {n} ballots", n=n)
        case "entries":
            return counted("n = {n} entry", "n = {n} entries", n=n)
        case "commitments":
            return counted("n = {n} commitment", "n = {n} commitments", n=n)
        case "organisations":
            if of is None:
                return counted("n = {n} organisation", "n = {n} organisations", n=n)
            return counted(
                "n = {some} of {n} organisation", "n = {some} of {n} organisations", n=of, some=n
            )
        case _:
            assert_never(basis.unit)


def _turnout(basis: Basis) -> Text | None:
    if basis.of is None:
        return None
    n, some = basis.of, basis.n
    if basis.unit == "ballots":
        return text("n = {some} of {n} people with a vote", n=n, some=some)
    return counted(
        "n = {some} of {n} participant", "n = {some} of {n} participants", n=n, some=some
    )
