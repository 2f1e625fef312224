"""Write a report as a Word document that a municipality can hand on as it is."""

from __future__ import annotations

from pathlib import Path

from exports.word.office import Office
from workshop.charts.beside import Beside
from workshop.language import Language
from workshop.report import Report

__all__ = ["Office", "write"]


def write(
    report: Report,
    language: Language,
    *,
    template: Path | None = None,
    exact: bool = True,
    office: Office | None = None,
    beside: Beside | None = None,
) -> bytes:
    """Return the report as .docx, on the municipality's own template if there is one.

    ``exact``: where LibreOffice is installed, lay the document out once to find the page
    numbers of its contents; else they are estimated. ``office``, and ``beside`` who draws: one
    that was started ahead.

    Raises:
        Refused: the template is no Word document, or holds what must not be passed on.
    """
    from exports.word.document import compose  # python-docx takes a while to load

    return compose(report, language, template, exact, office, beside)
