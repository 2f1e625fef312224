"""The second meeting of a series: maturity of solutions, and strategy."""

from screens.blueprints.parts import BREAK, CLOSING, dots, notes, talk
from workshop.blueprint import Blueprint
from workshop.language import Multilingual
from workshop.model import StageDraft

STRATEGY = Blueprint(
    key="strategy",
    title=Multilingual(
        bg="Семинар за зрялост на решенията и стратегия",
        en="Solution maturity and strategy workshop",
    ),
    purpose=Multilingual(
        bg="Втора среща: колко сме зрели, кои решения избираме и кой какво поема.",
        en="A second meeting: how mature we are, which solutions we choose, who takes on what.",
    ),
    minutes=210,
    note=Multilingual(
        bg="Решенията, пътната карта и препоръките засега се обсъждат и записват като бележки.",
        en="Solutions, roadmap and recommendations are talked over and noted; they have no "
        "exercise yet.",
    ),
    stages=(
        StageDraft(
            exercise="recap",
            title=Multilingual(
                bg="Какво казахте и какво стана", en="What you said, and what happened"
            ),
            question=Multilingual(
                bg="Резултатите от първата среща и направеното след нея.",
                en="The results of our first meeting, and what has been done since.",
            ),
            minutes=15,
        ),
        StageDraft(
            exercise="maturity",
            title=Multilingual(
                bg="Къде сме и къде искаме да бъдем", en="Where we are and where we want to be"
            ),
            question=Multilingual(
                bg="Кое описание отговаря на общината днес? А кое искате да отговаря след три "
                "години?",
                en="Which description fits the municipality today? Which should fit in three "
                "years?",
            ),
            settings={"horizon": {"bg": "след три години", "en": "in three years"}},
            minutes=45,
        ),
        talk(
            20,
            "Голяма полза, малко усилие",
            "Much benefit, little effort",
            "Кое решение носи най-много и кое струва най-малко? Подреждаме ги заедно на дъската.",
            "Which solution brings most, which costs least? We place them on the board together.",
        ),
        dots(
            15,
            "Кои решения първо",
            "Which solutions first",
            "Кои решения ще ни придвижат най-много към желаното ниво? Разпределете точките си.",
            "Which solutions would move us furthest towards the level we want? Spend your dots.",
        ),
        BREAK,
        notes(
            35,
            "Решенията отблизо",
            "Solutions up close",
            "По групи: какво точно правим, с какви средства, с кого и по какво ще познаем успеха?",
            "In groups: what exactly do we do, with which means, with whom, and how shall we know "
            "it worked?",
            chapter="R12",
            each=8,
        ),
        StageDraft(
            exercise="commitments",
            title=Multilingual(bg="Какво поемаме", en="What we take on"),
            question=Multilingual(
                bg="С какво конкретно действие ще се включи Вашата организация и докога?",
                en="What will your organisation do, exactly, and by when?",
            ),
            minutes=30,
        ),
        notes(
            25,
            "Пътна карта",
            "Roadmap",
            "Какво трябва да е готово до шест месеца, какво до петнадесет и какво по-късно?",
            "What has to be ready within six months, what within fifteen, and what later?",
            chapter="R12",
        ),
        notes(
            10,
            "Препоръки",
            "Recommendations",
            "Към кого е препоръката и какво точно да направи? Започнете с „До …:“.",
            "To whom is it addressed, and what exactly should they do? Begin with “To …:”.",
            chapter="R13",
        ),
        CLOSING,
    ),
)
