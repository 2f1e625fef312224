"""``sedyanka report``, ``export`` and ``import``: what people take home and bring along."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from screens import console
from screens.terminal import place
from workshop.language import LANGUAGES, text
from workshop.model import NotFound, Refused

Command = TypeVar("Command", bound=Callable[..., Any])


def target(command: Command) -> Command:
    """Give a command the option that names the file it writes."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        required=True,
        help="The file to write.",
    )(command)


@click.command()
@click.argument("series")
@click.option("--language", type=click.Choice(LANGUAGES), default="bg", show_default=True)
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A .docx of your own whose styles, headers and footers are used.",
)
@target
@place.database
def report(
    series: str, language: str, template: Path | None, output: Path, database: str | None
) -> None:
    """Write the Word report of SERIES (its short name)."""
    from exports import word
    from workshop.charts import Beside

    with word.Office() as office, Beside() as beside, place.look(database) as toolkit:
        told = toolkit.results.report(place.series_named(toolkit, series).id)
        written = word.write(told, language, template=template, office=office, beside=beside)
        save(output, written)


@click.command()
@click.argument("workshop")
@click.option("--format", "kind", type=click.Choice(["xlsx", "json"]), required=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="bg", show_default=True)
@target
@place.database
def export(workshop: str, kind: str, language: str, output: Path, database: str | None) -> None:
    """Write WORKSHOP (short name or code) as a workbook with one sheet a stage, or as an archive.

    An archive may be of a whole series as well: give the short name of the series.
    """
    with place.look(database) as toolkit:
        if kind == "xlsx":
            from exports.excel.workbook import of_workshop

            named = place.workshop_named(toolkit, workshop)
            save(output, of_workshop(toolkit, named, language))
            return
        from exports import archive

        try:
            chosen = toolkit.library.series_named(workshop).id
        except NotFound:
            chosen = place.workshop_named(toolkit, workshop).id
        save(output, archive.write(toolkit.archive.dump(chosen)))


@click.command()
@click.argument("workshop")
@click.option("--address", required=True, help="Where people join: http://192.168.1.20:8501/j")
@click.option("--language", type=click.Choice(LANGUAGES), default="bg", show_default=True)
@target
@place.database
def tickets(workshop: str, address: str, language: str, output: Path, database: str | None) -> None:
    """Write the tickets of WORKSHOP that were not used yet, to be printed and cut apart."""
    from exports.word.tickets import write

    with place.look(database) as toolkit:
        named = place.workshop_named(toolkit, workshop)
        series = toolkit.library.series(named.series_id)
        known = toolkit.tickets.tickets(named.id)
        if all(one.state != "free" for one in known):
            raise Refused(text("There is no ticket left to print."))
        save(output, write(series, named, known, address.rstrip("/"), language))


@click.command()
@click.argument("workshop")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--language", type=click.Choice(LANGUAGES), default="bg", show_default=True)
@target
@place.database
def ballot(workshop: str, number: int, language: str, output: Path, database: str | None) -> None:
    """Write the ballot on paper of the stage with that NUMBER in the agenda of WORKSHOP."""
    from exports.word.ballots import write

    with place.look(database) as toolkit:
        named = place.workshop_named(toolkit, workshop)
        stages = toolkit.agenda.stages(named.id)
        parts = toolkit.papers.parts(stages[number - 1]) if number <= len(stages) else ()
        if not parts:
            raise Refused(text("There is nothing to fill in on paper in stage {n}.", n=number))
        series = toolkit.library.series(named.series_id)
        save(output, write(series, named, stages[number - 1], parts, language))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@place.database
def import_(file: Path, database: str | None) -> None:
    """Read the archive FILE that another installation exported."""
    from exports import archive

    if file.stat().st_size > archive.LARGEST:
        raise Refused(text("This file is too large to be an archive of a workshop."))
    content = archive.read(file.read_bytes())
    with place.change(database) as toolkit:
        series = toolkit.archive.load(None, content)
        console.tell(
            text(
                "Imported: {municipality}, short name {name}.",
                municipality=series.municipality,
                name=series.short_name,
            )
        )
        for workshop in toolkit.library.workshops(series.id):
            console.tell(text("{name}: code {code}", name=workshop.short_name, code=workshop.code))


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and say so."""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as problem:  # of the file somebody named, not of the draft beside it
        raise OSError(problem.errno, problem.strerror, str(path)) from problem
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    console.tell(text("Written: {file}", file=str(path)))
