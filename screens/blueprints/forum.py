"""A public forum on readiness: a wide circle and little time."""

from screens.blueprints.parts import NOTES_ONLY, dots, notes, talk
from workshop.blueprint import Blueprint
from workshop.language import Multilingual

FORUM = Blueprint(
    key="forum",
    title=Multilingual(bg="Форум за готовност", en="Readiness forum"),
    purpose=Multilingual(
        bg="За по-широк кръг и малко време: готови ли сме и какво препоръчваме – в 90 минути.",
        en="A wider circle, little time: are we ready, and what do we recommend, in 90 minutes.",
    ),
    minutes=90,
    note=Multilingual(
        bg="Готовността засега се описва с думи; анкетата с оценки още няма упражнение.",
        en="Readiness is told in words for now; the survey with ratings has no exercise yet.",
    ),
    stages=(
        talk(
            15,
            "За какво говорим",
            "What we talk about",
            "Какво се променя и какво означава това за Вас. Влезте с телефона си.",
            "What is changing, and what it means for you. Join with your phone.",
        ),
        notes(
            25,
            "Готови ли сме",
            "Are we ready",
            "Какво би Ви помогнало да участвате в решенията и по електронен път? Какво Ви спира?",
            "What would help you take part in decisions online as well? What stops you?",
            chapter="R10",
        ),
        talk(
            15,
            "Добри примери",
            "Good practices",
            "Как го правят другаде и какво от това става за нас.",
            "How others do it, and what of it would suit us.",
        ),
        notes(
            15,
            "Препоръки",
            "Recommendations",
            "Какво препоръчвате и на кого? Едно действие в бележка.",
            "What do you recommend, and to whom? One action a note.",
            chapter="R13",
            each=2,
        ),
        dots(
            10,
            "Кои препоръки първо",
            "Which recommendations first",
            "Кои препоръки са най-важни? Разпределете точките си.",
            "Which recommendations matter most? Spend your dots.",
        ),
        notes(
            10,
            "Кой продължава",
            "Who goes on",
            "С какво би се включила Вашата организация занапред? Без имена и телефони.",
            "How would your organisation like to go on taking part? No names or telephones.",
            chapter=NOTES_ONLY,
            each=2,
        ),
    ),
)
