"""Dialogues about the future of a place: scenarios, arguments, and who moved."""

from screens.blueprints.parts import dots, notes, talk
from workshop.blueprint import Blueprint
from workshop.language import Multilingual

DIALOGUES = Blueprint(
    key="dialogues",
    title=Multilingual(bg="Диалози за бъдещето", en="Dialogues for the future"),
    purpose=Multilingual(
        bg="Два-три сценария за града: позиция преди и след доводите, и препоръки по политики.",
        en="Two or three scenarios for the town: where people stand before and after the "
        "arguments, and recommendations by policy.",
    ),
    minutes=120,
    note=Multilingual(
        bg="Преди срещата впишете сценариите в двете гласувания. Оценката на политиките засега "
        "се записва като бележки.",
        en="Before the meeting, type the scenarios into both votes. Policies are noted, not "
        "rated, for now.",
    ),
    stages=(
        notes(
            20,
            "Днес и утре",
            "Today and tomorrow",
            "Ако градът ни беше картина – какво има на нея днес и какво искате да има утре?",
            "If our town were a picture: what is in it today, and what should be in it tomorrow?",
            chapter="R10",
        ),
        talk(
            10,
            "Сценариите",
            "The scenarios",
            "Чуваме сценариите: какво печелим и какво губим с всеки.",
            "We hear the scenarios: what we gain and what we lose with each.",
        ),
        dots(
            5,
            "Къде стоя сега",
            "Where I stand now",
            "Кой сценарий Ви е най-близък сега? Имате една точка.",
            "Which scenario is closest to you now? You have one dot.",
            dots=1,
            max_per_option=1,
        ),
        notes(
            30,
            "За и против",
            "For and against",
            "Един довод в бележка. Започнете с името на сценария и „за“ или „против“.",
            "One argument a note. Begin with the scenario's name and “for” or “against”.",
            chapter="R10",
            each=4,
        ),
        dots(
            5,
            "Къде стоя след доводите",
            "Where I stand after the arguments",
            "Кой сценарий Ви е най-близък сега, след като чухте другите? Имате една точка.",
            "Which scenario is closest to you now that you have heard the others? You have one "
            "dot.",
            dots=1,
            max_per_option=1,
        ),
        notes(
            30,
            "Как се справяме с политиките",
            "How our policies fare",
            "Коя местна политика върви добре и коя не? Дайте причина и предложение.",
            "Which local policy goes well, which does not? Give a reason and a proposal.",
            chapter="R13",
        ),
        notes(
            20,
            "Препоръки по политики",
            "Recommendations by policy",
            "За коя политика, към кого и какво да се направи? Едно действие в бележка.",
            "For which policy, to whom, and what should be done? One action a note.",
            chapter="R13",
        ),
    ),
)
