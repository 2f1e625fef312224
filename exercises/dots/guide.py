"""How to lead a dot vote: what to say, how long it takes, and what usually goes wrong."""

from workshop.exercise import Guide
from workshop.language import text

guide = Guide(
    time=text(
        "Three minutes to read the options aloud, five to vote, ten to talk about the result."
    ),
    trap=text(
        "The first place is announced as a decision. Say: “This shows where we agree. It is "
        "not yet a decision; let us look at who stands behind it.”"
    ),
    aloud=text(
        "“You have a few dots. Put several on one thing if it matters that much to you. You "
        "need not use them all. Nobody sees the totals before we are done, so vote for what "
        "you think, not for what is winning.”"
    ),
    planned=(
        text(
            "Look through the options: each a single thing, none contained in another, best "
            "five to twenty-five."
        ),
        text(
            "Read them aloud and ask “Is anything unclear?” This is the time for questions, "
            "not for speeches in favour."
        ),
    ),
    open=(
        text(
            "Be silent, and do not praise any option. The order differs on every phone, on purpose."
        ),
        text(
            "Wait for the last ones: the wall says how many are done. A ballot can be changed "
            "until you lock; a secret one cannot."
        ),
    ),
    locked=(
        text(
            "Before you show anything, ask: “What do you expect to come first?” The surprise "
            "is worth more than the ranking."
        ),
        text(
            "If fewer than half voted or a whole group is missing, say so now: the result "
            "only indicates."
        ),
    ),
    revealed=(
        text(
            "Look at how many different people stand behind it, and whether the order holds "
            "when every group counts alike."
        ),
        text(
            "With a tie or a close race, do not decide by one dot: hand on both, or vote once"
            " more on the two."
        ),
    ),
)
