"""What the people of the walk think and promise, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """The words of one walk."""

    library_before: str
    library: str
    website: str
    website_again: str
    skills: str
    neighbours: str
    young: str
    insult: str
    slip: str
    vague: str
    action: str
    result: str
    need: str
    club: str
    levels: str

    def dots(self, given: dict[str, int]) -> dict[str, int]:
        """Return dots by the words of the card they are given to."""
        return {str(getattr(self, card)): number for card, number in given.items()}


STORIES = {
    "bg": Story(
        library_before="Имаме библиотека",
        library="Библиотеката събира хора от всички квартали",
        website="Сайтът на общината е остарял",
        website_again="Остарял сайт на общината",
        skills="Национална програма за дигитални умения",
        neighbours="Съседните общини искат обща система за сигнали",
        young="Младите заминават за столицата",
        insult="Началникът на отдела е глупак",
        slip="Това ще го оттегля",
        vague="Ще съдействаме при необходимост",
        action="Да публикуваме календар на обществените обсъждания",
        result="Календар на сайта на сдружението",
        need="Теми и срокове от дирекциите",
        club="Клуб „Река“",
        levels="Къде сме днес?",
    ),
    "en": Story(
        library_before="We have a library",
        library="The library brings people together from every district",
        website="The website of the municipality is outdated",
        website_again="An outdated website of the municipality",
        skills="A national programme for digital skills",
        neighbours="Neighbouring towns want a common system for reports",
        young="Young people leave for the capital",
        insult="The head of that department is a fool",
        slip="I shall take this back",
        vague="We will assist where necessary",
        action="To publish a calendar of public consultations",
        result="A calendar on the website of the association",
        need="Topics and dates from the departments",
        club="River Club",
        levels="Where are we now?",
    ),
}
TOO_MANY = {"skills": 3, "neighbours": 1}
"""Four dots where each field of the SWOT has three."""
DOTS = (
    {"library": 3, "website": 3, "skills": 2, "neighbours": 1, "young": 3},
    {"library": 1, "website": 3, "neighbours": 3, "young": 2},
    {"website": 2, "skills": 3, "young": 3},
)
"""What each of the three gives."""
TOTALS = {"library": 4, "website": 8, "skills": 5, "neighbours": 4, "young": 8}
RATINGS = (("3", "4"), ("2", "4"), ("1", "3"))
"""Today and the target, as each of the three sees it."""
