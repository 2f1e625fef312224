"""How to lead a recap: short, honest about what was not done, and open for those who are new."""

from workshop.exercise import Guide
from workshop.language import text

guide = Guide(
    time=text(
        "Ten to fifteen minutes: one for each stage that is recalled, three for the commitments, "
        "the rest for questions of people who are new."
    ),
    trap=text(
        "The recap becomes a defence of what was not done. Say: “This is late. What do you need "
        "so that it can be done?” And go on to the next line."
    ),
    aloud=text(
        "“Last time you said this. Here is what has happened since: what is done, what is late, "
        "and what waits for an answer.”"
    ),
    planned=(
        text(
            "Ask the organisations beforehand how their commitments stand, and write it down on "
            "the page “Registers”: the wall shows what stands there."
        ),
        text("Choose few stages: three that matter are remembered, eight are not."),
    ),
    open=(
        text("Turn through the views with the remote; read the first line of each aloud."),
        text("Ask who was not there, and greet them: their phones have had the recap already."),
        text("Thank for what is done by name of the organisation; of what is late ask why."),
    ),
    locked=(text("With notes: merge what says the same and hide what is personal."),),
    revealed=(
        text("Read what has changed, first what the figures do not show."),
        text(
            "Bring forward what still matters: on the page “Hand on” choose the earlier stage and "
            "the one of today that goes on with it."
        ),
    ),
)
