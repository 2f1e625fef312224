"""How to lead a SWOT analysis: what to say, how long it takes, and what usually goes wrong."""

from workshop.exercise import Guide
from workshop.language import text

guide = Guide(
    time=text(
        "Ten to twelve minutes of quiet writing, twenty-five for the round, fifteen for "
        "sorting. Plan almost an hour; whoever gives it half an hour only collects words."
    ),
    trap=text(
        "The room debates the first card for ten minutes. Say: “Noted. We are only listening "
        "now; the dots will show how much it weighs.”"
    ),
    aloud=text(
        "“Before we talk, let us write, each alone and in silence. One idea a card. Strengths"
        " and weaknesses are what we can change ourselves; opportunities and threats come "
        "from outside. Until I show the board, the room does not see what you wrote.”"
    ),
    planned=(
        text("Read the question aloud and give one example from another town for each field."),
        text("Ask for no opinions yet: whoever speaks first sets the theme for everybody."),
    ),
    open=(
        text(
            "Keep silent yourself. The best ideas come after the third minute, when it gets "
            "uncomfortable."
        ),
        text(
            "Watch the figures by group. If one falls behind, go there and ask whether the "
            "phone works, not what they write."
        ),
        text("Say “one more minute” aloud before you lock."),
    ),
    locked=(
        text(
            "Hide what names or insults a person. Merge only what says the same; when in "
            "doubt, leave two cards."
        ),
        text(
            "A card in the wrong field: ask “Does it depend on us?” and move it. A proposal "
            "(“we must …”) is no weakness; keep it for the vote on actions."
        ),
        text(
            "Then the round: “Read out card by card” brings one card of everybody in turn. Whoever "
            "it is reads it aloud and adds a sentence; passing is allowed. Only questions to "
            "understand, no objections."
        ),
        text(
            "With more than forty cards two rounds are enough: say so beforehand, then show all "
            "cards."
        ),
    ),
    revealed=(
        text("If there was no round, go round the room now: one person, one card."),
        text("Then name the themes together, and hand the cards on to the vote."),
    ),
)
