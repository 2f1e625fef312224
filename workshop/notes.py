"""What every exercise asks of a note in one's own words, before it is taken."""

from __future__ import annotations

from workshop.exercise import Advice
from workshop.language import Text, text
from workshop.model import Refused, Sender
from workshop.text import personal

ASKED = 280
"""Characters the phone asks for; longer notes are kept whole and shortened on the wall."""
FEWEST_LETTERS = 3


def check_note(words: str, sender: Sender, *, asked: bool) -> list[Advice]:
    """Return advice on a note; ``asked``: the stage asks for notes.

    Raises:
        Refused: notes are not asked for, it says nothing, or it comes from an observer.
    """
    if not asked:
        raise Refused(text("There is nothing to write in this part of the workshop."))
    if not sender.voting and not sender.staff:
        raise Refused(text("Observers do not send notes. Please tell the facilitator."))
    if sum(sign.isalpha() for sign in words) < FEWEST_LETTERS:
        raise Refused(text("Please write at least a few words."), "text")
    advice: list[Text] = []
    if len(words) > ASKED:
        advice.append(text("Your whole note is kept; the wall shows its beginning."))
    if personal(words):
        advice.append(
            text(
                "This looks like personal data: an address, a telephone or a personal number. "
                "Please change it; otherwise the facilitator will hide it."
            )
        )
    return [Advice(level="warning", text=one, field="text") for one in advice]
