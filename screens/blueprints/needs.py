"""The first meeting of a series: needs assessment."""

from screens.blueprints.parts import BREAK, CLOSING, dots, notes, talk
from workshop.blueprint import Blueprint
from workshop.language import Multilingual
from workshop.model import StageDraft

NEEDS = Blueprint(
    key="needs",
    title=Multilingual(bg="Семинар за оценка на нуждите", en="Needs assessment workshop"),
    purpose=Multilingual(
        bg="Първа среща: какво имаме, какво липсва и кое е най-важно за всички.",
        en="A first meeting: what there is, what is missing, and what matters most to all.",
    ),
    minutes=180,
    note=Multilingual(
        bg="Нуждите и моделът „печеля – печелиш“ засега се обсъждат и записват като бележки.",
        en="Needs and the win-win model are talked over and noted; they have no exercise yet.",
    ),
    stages=(
        talk(
            10,
            "Добре дошли",
            "Welcome",
            "Кои сме, защо сме тук и какво ще стане с казаното. Влезте с телефона си.",
            "Who we are, why we are here, and what becomes of what we say. Join with your phone.",
        ),
        talk(
            10,
            "Какво вече знаем",
            "What we know already",
            "Накратко за документите и данните по темата.",
            "The documents and figures on our theme, in short.",
        ),
        StageDraft(
            exercise="swot",
            title=Multilingual(
                bg="Силни и слаби страни, възможности и заплахи",
                en="Strengths, weaknesses, opportunities and threats",
            ),
            question=Multilingual(
                bg="Какво ни помага и какво ни пречи по темата на срещата? По една идея в запис.",
                en="What helps us and what hinders us in the theme of this meeting? "
                "One idea a card.",
            ),
            minutes=55,
        ),
        dots(
            10,
            "Кое тежи най-много",
            "What weighs most",
            "Кои записи са най-важни за следващите три години? Имате по три точки за всяко поле.",
            "Which cards matter most for the next three years? You have three dots for each field.",
            per_category=3,
        ),
        BREAK,
        notes(
            25,
            "Нужди и пречки",
            "Needs and obstacles",
            "Кой от какво има нужда и какво пречи? Напишете: „… има нужда от …, за да …“.",
            "Who needs what, and what stands in the way? Write: “… needs …, so that …”.",
            chapter="R6",
        ),
        notes(
            25,
            "Какво даваме и какво получаваме",
            "What we give and what we get",
            "Какво може да даде Вашата организация, какво иска да получи и с каква първа стъпка "
            "до 30 дни?",
            "What can your organisation give, what does it want to get, and what is the first "
            "step within 30 days?",
            chapter="R8",
        ),
        dots(
            20,
            "Откъде да започнем",
            "Where to begin",
            "С кои действия трябва да започне общината? Имате пет точки.",
            "Which actions should the municipality begin with? You have five dots.",
            dots=5,
        ),
        CLOSING,
        talk(
            10,
            "Какво следва",
            "What comes next",
            "Кой какво прави до следващата среща и кога излиза докладът.",
            "Who does what before we meet again, and when the report comes out.",
        ),
    ),
)
