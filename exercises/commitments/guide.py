"""How to lead commitments: what to say, how long it takes, and what usually goes wrong."""

from workshop.exercise import Guide
from workshop.language import text

guide = Guide(
    time=text(
        "Eight minutes to write, ten to check in pairs, half a minute to read out each. For "
        "sixteen organisations plan half an hour."
    ),
    trap=text(
        "Promises without a date: “we shall assist”. Ask: “What shall I be able to see, and "
        "on which day?” Half a commitment that is kept beats a whole one that is not."
    ),
    aloud=text(
        "“Write one thing your own organisation will do: a verb, what will be there in the "
        "end, and a day. Write down what you need from others and from whom. Promise only "
        "what you may promise; ‘I still need approval’ is an honest answer.”"
    ),
    planned=(
        text("Put the priorities on the wall once more: a commitment should serve one of them."),
        text(
            "Say that these are read out with the name of the organisation, and who will be "
            "asked about them in thirty days."
        ),
    ),
    open=(
        text(
            "After eight minutes let neighbours check each other: is there a verb, a result, "
            "a date?"
        ),
        text("A draft is not counted. The phone says what is missing; help with the date first."),
    ),
    locked=(
        text(
            "Look who is needed by many: ask that organisation before it is named before the "
            "whole room."
        ),
        text(
            "Look for needs addressed to somebody who is absent; somebody in the room must "
            "carry them."
        ),
    ),
    revealed=(
        text(
            "Each reads their own in half a minute. The one who is asked says at once “yes”, "
            "“no” or “by such a day”; a clear no is a good result."
        ),
        text(
            "Close with the dates: written confirmation within ten days, and a look back "
            "after thirty, ninety and a hundred and eighty days."
        ),
    ),
)
