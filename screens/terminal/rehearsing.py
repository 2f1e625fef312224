"""``sedyanka rehearse``: scripted people with phones walk through a workshop over HTTP."""

from __future__ import annotations

import click

from screens import console
from workshop.language import counted


@click.command()
@click.argument("code")
@click.option("--url", required=True, help="Where the phones knock: http://localhost:8501")
@click.option(
    "--phones", type=click.IntRange(1, 2000), default=12, show_default=True, help="How many people."
)
def rehearse(code: str, url: str, phones: int) -> None:
    """Let scripted participants join workshop CODE and take part in the open stage."""
    from phone import rehearsal

    outcome = rehearsal.run(url, code, phones)
    console.tell(counted("{n} phone took part.", "{n} phones took part.", n=outcome.joined))
