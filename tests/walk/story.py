"""What the people of the walk think, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.language import Multilingual


@dataclass(frozen=True)
class Story:
    """The words of one walk."""

    library: str
    website: str
    website_again: str
    skills: str
    neighbours: str
    young: str
    insult: str
    slip: str
    library_before: str


STORIES = {
    "bg": Story(
        library="Библиотеката събира хора от всички квартали",
        library_before="Библиотеката събира хора",
        website="Сайтът на общината е остарял",
        website_again="Остарял сайт на общината",
        skills="Национална програма за дигитални умения",
        neighbours="Съседните общини искат обща система за сигнали",
        young="Младите заминават за столицата",
        insult="Началникът на отдела е глупак",
        slip="Това ще го оттегля",
    ),
    "en": Story(
        library="The library brings people together from every district",
        library_before="The library brings people together",
        website="The website of the municipality is outdated",
        website_again="An outdated website of the municipality",
        skills="A national programme for digital skills",
        neighbours="Neighbouring towns want a common system for reports",
        young="Young people leave for the capital",
        insult="The head of that department is a fool",
        slip="I shall take this back",
    ),
}
DOTS = (
    {"library": 3, "website": 3, "skills": 2, "neighbours": 1, "young": 3},
    {"library": 1, "website": 3, "neighbours": 3, "young": 2},
    {"website": 2, "skills": 3, "young": 3},
)
"""What each of the three gives; three dots for each field of the SWOT."""
TOTALS = {"library": 4, "website": 8, "skills": 5, "neighbours": 4, "young": 8}
