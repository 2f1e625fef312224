"""``sedyanka rehearse``: scripted people with phones walk through a workshop over HTTP."""

from __future__ import annotations

import click

from screens import console
from workshop.language import Amount, text
from workshop.model import Refused


@click.command()
@click.argument("code")
@click.option("--url", required=True, help="Where the phones knock: http://localhost:8501")
@click.option(
    "--phones",
    type=click.IntRange(1, 2000),
    default=20,
    show_default=True,
    help="How many people.",
)
def rehearse(code: str, url: str, phones: int) -> None:
    """Let scripted people join workshop CODE and take part in its open stage.

    Only in a workshop that is marked for rehearsal: they must not mix with real ones.
    """
    from phone.rehearsal import rehearse as walk

    outcome = walk(url.rstrip("/"), code, phones, console.language())
    console.tell(
        text(
            "Joined: {joined}. Sent: {sent}, received: {received}, refused: {refused}.",
            joined=outcome.joined,
            sent=outcome.sent,
            received=outcome.acknowledged,
            refused=outcome.refused,
        )
    )
    console.tell(
        text(
            "Until “received”: half within {p50} s, 95 of 100 within {p95} s.",
            p50=Amount(outcome.p50),
            p95=Amount(outcome.p95),
        )
    )
    for problem in outcome.problems:
        console.tell(problem)
    if outcome.problems:
        raise Refused(text("The rehearsal did not go through without trouble, see above."))
