"""How to lead a maturity rating: what to say, how long it takes, and what usually goes wrong."""

from workshop.exercise import Guide
from workshop.language import text

guide = Guide(
    time=text(
        "Two minutes for each dimension on the phone, so about twenty; another twenty to talk"
        " about the three that are contested most."
    ),
    trap=text(
        "The administration defends itself against a low mark. Say: “Nobody is being graded. "
        "Two groups see the same city differently; what does the one see that the other does "
        "not?”"
    ),
    aloud=text(
        "“Read the descriptions from the lowest up, and stop at the last one that is really "
        "true today, not on paper. Then choose where we want to be. If you cannot judge "
        "something, say so; that is an answer too.”"
    ),
    planned=(
        text("Rate one dimension together, aloud, so that everybody means the same by a level."),
        text(
            "Say by when the target should be reached. Without a year everybody wishes for a five."
        ),
    ),
    open=(
        text(
            "Go round quietly: the words are long for a telephone. Whoever reads slowly needs"
            " time, not help with the answer."
        ),
        text("Remind people that a note with an example is worth more than a number."),
    ),
    locked=(
        text(
            "Note for yourself which dimensions have a wide spread, and choose at most three "
            "to talk about."
        ),
        text("Hide notes that name people."),
    ),
    revealed=(
        text(
            "Do not read out averages. Begin with the contested ones: first somebody who "
            "rated low, then somebody who rated high, with an example each."
        ),
        text(
            "Where people rate higher than the evidence, ask what could be shown to a visitor"
            " tomorrow. That goes into the report, not the wish."
        ),
    ),
)
