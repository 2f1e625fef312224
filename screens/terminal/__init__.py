"""The staff's command line: ``sedyanka serve``, ``demo``, ``staff``, ``report`` and the others."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

import click

from screens import console
from screens.terminal import accounts, doctor, papers, rehearsing, serving
from screens.terminal.mistakes import misused, unreadable
from workshop.language import LANGUAGES, Language, text
from workshop.model import NotFound, Refused

FAILED = 1
STOPPED = 130


def release() -> str:
    """Return the version of this installation."""
    try:
        return version("sedyanka")
    except PackageNotFoundError:
        return "0.1.0 (not installed)"


def _speak(_context: click.Context, _parameter: click.Parameter, wanted: Language | None) -> None:
    if wanted:
        console.speak(wanted)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    is_eager=True,  # what follows may be mistyped, and that is said in it too
    expose_value=False,
    callback=_speak,
    help="Language of the messages; without it the system's.",
)
@click.version_option(release(), prog_name="sedyanka")
def sedyanka() -> None:
    """Run stakeholder workshops with phones, a projector and a Word report."""


for command in (
    serving.serve,
    serving.phones,
    serving.demo,
    accounts.staff,
    papers.report,
    papers.export,
    papers.tickets,
    papers.ballot,
    papers.import_,
    rehearsing.rehearse,
    doctor.doctor,
):
    sedyanka.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; whatever goes wrong becomes one sentence and an exit code."""
    try:
        code = sedyanka.main(
            list(arguments) if arguments is not None else None,
            prog_name="sedyanka",
            standalone_mode=False,
        )
    except Refused as refused:
        console.complain(refused.reason)
        code = FAILED
    except NotFound:
        console.complain(text("There is nothing of that name in this database."))
        code = FAILED
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        code = asked.exit_code
    except click.ClickException as mistake:
        console.complain(misused(mistake))
        code = mistake.exit_code
    except (KeyboardInterrupt, click.Abort):
        code = STOPPED
    except OSError as problem:
        console.complain(unreadable(problem))
        code = FAILED
    sys.exit(code if isinstance(code, int) else 0)
