"""What somebody mistyped on the command line, said in their language."""

from __future__ import annotations

import errno

import click

from workshop.language import Text, text

REASONS = {
    errno.ENOENT: text("there is no such file or folder"),
    errno.EACCES: text("it is not allowed here"),
    errno.EROFS: text("nothing can be written there"),
    errno.EISDIR: text("it is a folder"),
    errno.ENOTDIR: text("a part of its path is no folder"),
    errno.ENOSPC: text("no space is left"),
}


def unreadable(problem: OSError) -> Text:
    """Return why a file cannot be read or written; rare reasons in the system's own words."""
    return text(
        "The file {file} cannot be read or written: {why}.",
        file=str(problem.filename or "?"),
        why=REASONS.get(problem.errno or 0, problem.strerror or str(problem)),
    )


def misused(mistake: click.ClickException) -> Text:
    """Return what is wrong with a command as it was typed, and where its help is."""
    context = getattr(mistake, "ctx", None)
    return text(
        "{wrong} More: {command} --help",
        wrong=_wrong(mistake),
        command=context.command_path if context else "sedyanka",
    )


def _wrong(mistake: click.ClickException) -> Text:
    match mistake:
        case click.MissingParameter(param=click.Parameter() as missing):
            return text("{what} is missing.", what=_called(missing))
        case click.NoSuchOption():
            return text("There is no option {what}.", what=mistake.option_name)
        case click.BadParameter(param=click.Parameter(type=click.Choice() as kind) as one):
            return text(
                "{what} is one of: {these}.", what=_called(one), these=", ".join(kind.choices)
            )
        case click.BadParameter(param=click.Parameter(type=click.Path()) as one):
            return text("{what} is no file that can be read.", what=_called(one))
        case click.BadParameter(param=click.Parameter(type=click.IntRange() as kind) as one):
            least, most = kind.min or 0, kind.max
            if most is None:
                return text("{what} is a number from {least}.", what=_called(one), least=str(least))
            return text(
                "{what} is a number from {least} to {most}.",
                what=_called(one), least=str(least), most=str(most),
            )  # fmt: skip
        case click.BadParameter(param=click.Parameter() as one):
            return text("What was typed for {what} does not fit.", what=_called(one))
        case _:
            return text("There is no such command, or something in it is missing or too much.")


def _called(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.human_readable_name
