"""A sheet of tickets: each a QR code and a short code, without any name, to be cut apart."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.shared import Mm, Pt
from docx.table import _Cell

from exports.word import cards
from exports.word.pictures import describe
from workshop.language import Language, say, text
from workshop.model import Series, Ticket, Workshop
from workshop.passes import qr_png, spaced

QR = 32
"""Millimetres: read from an arm's length by an old phone."""
LONGEST = 44
"""Letters of a workshop's title on a card."""


def write(
    series: Series, workshop: Workshop, tickets: Sequence[Ticket], address: str, language: Language
) -> bytes:
    """Return a Word document with a card for each ticket that still lets somebody in.

    ``address``: where people join, "http://192.168.1.20:8501/j".
    """
    document = cards.sheet(language, series, workshop, text("Tickets"))
    title = say(workshop.title, language)
    title = title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"

    def draw(cell: _Cell, ticket: Ticket) -> None:
        left, right = cards.halves(cell, QR + 3, 92 - QR - 3)
        left.paragraphs[0].paragraph_format.space_after = Pt(0)
        picture = (
            left.paragraphs[0]
            .add_run()
            .add_picture(
                io.BytesIO(qr_png(f"{address}/{workshop.code}/t/{ticket.code}")), width=Mm(QR)
            )
        )
        about = say(text("QR code of the ticket {code}", code=spaced(ticket.code)), language)
        describe(picture, about, about)
        cards.line(right.paragraphs[0], title, size=8.5, bold=True)
        cards.line(right, spaced(ticket.code), size=17, bold=True)
        way = text(
            "Scan the square. Or open {address}, type the code {code}, then this ticket.",
            address=address.partition("://")[2],
            code=workshop.code,
        )
        cards.line(right, say(way, language), size=8)
        once = text("Lets one person in, once. Keep it until you are in.")
        cards.line(right, say(once, language), size=8, quiet=True)

    cards.deal(document, [one for one in tickets if one.state == "free"], draw)
    return cards.saved(document)
