"""How to lead a talk in the room: what to say, how long it takes, and what usually goes wrong."""

from workshop.exercise import Guide
from workshop.language import text

guide = Guide(
    time=text(
        "As long as the agenda says, and not a minute more: what runs over here is taken from"
        " the writing and voting, where everybody has a say."
    ),
    trap=text(
        "One person speaks for everybody. Say: “Thank you. Now I should like to hear somebody"
        " who has not spoken yet.” And wait, even if it is quiet for ten seconds."
    ),
    aloud=text(
        "“This is what we do now, and we shall be done at …” Name the hour on the clock, not "
        "the number of minutes."
    ),
    planned=(
        text(
            "Say what it is for: to listen, to ask, or to write. People put up with much if "
            "they know what is asked of them."
        ),
        text("With a speaker agree beforehand on a sign for “two minutes” and for “please end”."),
    ),
    open=(
        text(
            "Stand where you can be seen with the last sentence in mind. A clock on the wall "
            "does not stop anybody; you do."
        ),
        text(
            "If phones may write: “one thought a note, what you say aloud as well”. What is "
            "only said does not get into the report."
        ),
        text(
            "After a break begin at the minute you named, whoever is missing; the next break "
            "will be punctual."
        ),
    ),
    locked=(text("With notes: merge what says the same, give themes, hide what is personal."),),
    revealed=(
        text("First read the notes of people who have not spoken."),
        text("Choose together what is handed on to a vote or to the commitments."),
    ),
)
