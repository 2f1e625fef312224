"""An audit of channels and e-tools, after URBACT's Interactive Cities."""

from screens.blueprints.parts import dots, notes, talk
from workshop.blueprint import Blueprint
from workshop.language import Multilingual

TOOLS = Blueprint(
    key="tools",
    title=Multilingual(bg="Канали и е-инструменти", en="Channels and e-tools"),
    purpose=Multilingual(
        bg="Какво ползваме за връзка с хората, къде не стига и какво да добавим.",
        en="What we use to reach people, where it falls short, and what to add.",
    ),
    minutes=120,
    note=Multilingual(
        bg="Каналите и пропуските засега се събират като бележки; оценките по канали не се "
        "изчисляват.",
        en="Channels and gaps are collected as notes for now; ratings by channel are not computed.",
    ),
    stages=(
        notes(
            20,
            "Какво имаме",
            "What we have",
            "Кои канали и инструменти за връзка с хората ползваме? По един в бележка: име, за "
            "кого е, кой отговаря.",
            "Which channels and tools do we use to reach people? One a note: name, for whom, who "
            "is in charge.",
            chapter="R7",
            each=8,
        ),
        notes(
            25,
            "Кое работи",
            "What works",
            "Кой канал работи добре, кой не и по какво личи? Дайте пример.",
            "Which channel works well, which does not, and how can one tell? Give an example.",
            chapter="R7",
        ),
        notes(
            25,
            "Къде хората липсват",
            "Where people are missing",
            "За коя услуга или решение хората не са питани, а е трябвало? Кой инструмент би "
            "помогнал?",
            "For which service or decision were people not asked, though they should have been? "
            "Which tool would help?",
            chapter="R7",
        ),
        talk(
            20,
            "Добри примери",
            "Good practices",
            "Как го правят другаде и какво би трябвало да се промени, за да работи тук?",
            "How others do it, and what would have to change for it to work here.",
        ),
        dots(
            10,
            "Кои инструменти да изпробваме",
            "Which tools to try",
            "Кои инструменти да изпробва общината първо? Разпределете точките си.",
            "Which tools should the municipality try first? Spend your dots.",
        ),
        notes(
            20,
            "Пътна карта",
            "Roadmap",
            "Какво правим първо, кой отговаря и по какво ще познаем, че работи?",
            "What do we do first, who is in charge, and how shall we know that it works?",
            chapter="R12",
        ),
    ),
)
