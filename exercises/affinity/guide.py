"""How to lead a sorting: in silence first, names last, and what to do with the rest."""

from workshop.exercise import Guide
from workshop.language import text

guide = Guide(
    time=text(
        "Eight minutes to sort up to 24 cards in silence, two to name the piles, ten to agree on "
        "clusters and their names."
    ),
    trap=text(
        "The first name that is said draws everything to it. Say: “First the piles, then the "
        "names. A good name says what lies there, in up to six words.”"
    ),
    aloud=text(
        "“Put together what belongs together in your eyes. There is no right order. Do not look "
        "at your neighbour's phone; where we differ is as interesting as where we agree.”"
    ),
    planned=(
        text(
            "Hand the cards on from an earlier stage, or type them: six to sixty, best fifteen to "
            "thirty. Merge what says the same before that."
        ),
        text(
            "Decide who sorts: everybody on their phone, or you with the room. The second is "
            "quicker, the first shows where people differ."
        ),
    ),
    open=(
        text(
            "Everybody sorts: be silent. Piles can be changed until you lock; a card may lie alone."
        ),
        text(
            "You group: on the page “Registers” put the cards on the board, make clusters and "
            "move the cards as the room says. The wall shows it as it grows."
        ),
        text("Ask “Where does this one belong?”, not “Is this the same as that?”."),
    ),
    locked=(
        text(
            "Look at the suggestion on the page “Registers” and at the names people gave; hide "
            "what is personal on the page “Sort the contributions”."
        ),
        text("Take the suggestion over only as a start: a program knows no reasons."),
    ),
    revealed=(
        text("Read a cluster aloud and ask for its name; take three to nine, none called “other”."),
        text(
            "Then the cards that stand alone: a cluster of their own, or a place in another. One "
            "card that fits nowhere may be the new idea."
        ),
        text("Hand the clusters on to a vote, or the cards where they are few."),
    ),
)
