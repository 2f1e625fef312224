"""What a result means stands on as few views of the wall as it needs."""

from __future__ import annotations

from screens.projector.look import Look
from screens.projector.paging import View, views
from workshop.blocks import Edge, Figure, Figures, Network, Node, Prose

ENGLISH = Look(languages=("en",))
LONG = "Every commitment for this priority needs a partner who has not answered yet, number "
FIGURES = Figures(figures=tuple(Figure(value=n, label="commitments counted") for n in range(3)))
SENTENCES = tuple(f"{LONG}{n}, and that should be talked about in the room." for n in range(8))
NETWORK = Network(
    title="Who needs whom",
    nodes=tuple(Node(key=str(n), name=f"Organisation {n}") for n in range(16)),
    edges=tuple(Edge(source="0", target=str(n)) for n in range(1, 16)),
)


def sentences(view: View) -> int:
    """Return how many of the sentences stand on a view."""
    return view.markup(ENGLISH).count(LONG[:40])


def test_what_does_not_fit_below_the_figures_shares_the_next_view() -> None:
    laid = views([FIGURES, NETWORK, Prose(sentences=SENTENCES, tone="finding")], ENGLISH)
    counts = [sentences(view) for view in laid]
    assert [view.tall for view in laid] == [False, False, True]
    assert sum(counts) == len(SENTENCES)
    assert all(counts[:2])


def test_sentences_beside_a_tall_picture_leave_room_for_the_notes() -> None:
    laid = views([NETWORK, Prose(sentences=SENTENCES, tone="finding")], ENGLISH)
    assert laid[0].tall
    assert sum(piece.narrow for piece in laid[0].pieces if not piece.tall) <= 320
    assert sum(sentences(view) for view in laid) == len(SENTENCES)
