"""``sedyanka report``, ``export`` and ``import``: what people take home and bring along."""

from __future__ import annotations

from pathlib import Path

import click

from screens import console
from screens.terminal import place
from workshop.language import LANGUAGES, text

TARGET = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="The file to write.",
)  # fmt: skip
