"""A report that holds every kind of block, in both languages, about a town that does not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime

from workshop.blocks import (
    Bar,
    Bars,
    Basis,
    Block,
    Cloud,
    Column,
    Edge,
    Figure,
    Figures,
    Heat,
    Network,
    Node,
    Prose,
    Quadrant,
    Quadrants,
    Quote,
    Quotes,
    Radar,
    Spread,
    Table,
)
from workshop.language import Amount, Multilingual, text
from workshop.model import Series, Workshop
from workshop.report import Report, Section

M = Multilingual
WARNING = M(
    "Синтетични данни: всички мнения, гласове и ангажименти са измислени.",
    "Synthetic data: all opinions, votes and commitments are invented.",
)
VOTED = Basis(n=24, of=25, unit="ballots", weighting=text("equal weight per group"))
ANSWERED = Basis(n=22, of=25, note=text("groups below 3 people are not shown"))
GROUPS = (
    ("public", M("Публичен сектор", "Public sector")),
    ("private", M("Бизнес", "Business")),
    ("civic", M("Гражданско общество", "Civil society")),
    ("knowledge", M("Знание и наука", "Knowledge and science")),
)
PRIORITIES = (
    (M("Единна входна точка за информация и участие", "A single entry point for information and"
       " participation"), 25.0),
    (M("Политика за отворени данни", "An open data policy"), 22.5),
    (M("Обмен на данни между дирекциите, за да не се искат едни и същи документи два пъти",
       "Data exchange between directorates, so that nobody is asked twice for the same paper"),
     17.0),
    (M("Обучения за дигитални умения в кварталните библиотеки",
       "Digital skills courses in the neighbourhood libraries"), 12.0),
    (M("Електронно гласуване за малки проекти", "Online voting on small projects"), 6.5),
)  # fmt: skip
DIMENSIONS = (
    M("Управление и стратегия", "Governance and strategy"),
    M("Данни и инфраструктура", "Data and infrastructure"),
    M("Умения, приобщаване и достъпност", "Skills, inclusion and accessibility"),
    M("Електронни услуги и канали", "Digital services and channels"),
    M("Откритост и отчетност", "Openness and accountability"),
    M("Сигурност и доверие", "Security and trust"),
    M("Информиране", "Information"),
    M("Консултации и диалог", "Consultation and dialogue"),
    M("Съвместни решения и съсъздаване", "Co-decision and co-creation"),
)
SEEN = (2.6, 2.3, 1.84, 2.9, 2.2, 2.75, 2.6, 2.1, 2.4)
TARGET = (4.0, 3.8, 3.5, 4.4, 4.0, 4.1, 3.9, 3.6, 3.4)
PROVEN: tuple[float | None, ...] = (2, 2, 1, 3, 2, 2, 3, 2, None)
ACTORS = (
    ("public", M("Дирекция „Дигитално развитие“", "Digital Development Directorate")),
    ("public", M("Дирекция „Административно обслужване“", "Administrative Services Directorate")),
    ("public", M("Район „Изгрев на езерото“", "Lakeside District")),
    (
        "public",
        M("Общински съвет – комисия по прозрачност", "City Council, Transparency Committee"),
    ),
    ("private", M("Клъстер „Софтуер Бряст“", "Bryast Software Cluster")),
    ("private", M("„Градска карта“ ООД", "City Map Ltd")),
    ("private", M("Търговска камара", "Chamber of Commerce")),
    ("civic", M("Сдружение „Открит квартал“", "Open Neighbourhood Association")),
    ("civic", M("Фондация „Достъпна среда“", "Accessible Environment Foundation")),
    ("civic", M("Клуб на пенсионера „Дъбрава“", "Dabrava Pensioners’ Club")),
    ("civic", M("Младежки парламент", "Youth Parliament")),
    ("knowledge", M("Технически университет – филиал", "Technical University, branch")),
    ("knowledge", M("Регионална библиотека „Ален мак“", "Alen Mak Regional Library")),
    ("knowledge", M("Институт за местно развитие", "Institute for Local Development")),
    ("private", M("Кооперация „Чист път“", "Clean Road Cooperative")),
    ("civic", M("Родителски клуб „Стъпала“", "Steps Parents’ Club")),
)
LINKS = (
    (1, 0), (2, 0), (4, 0), (5, 0), (7, 0), (8, 0), (11, 0), (13, 0), (0, 11), (7, 8), (8, 7),
    (9, 12), (12, 0), (10, 7), (6, 4), (14, 5), (3, 1), (2, 1), (15, 7), (13, 12),
)  # fmt: skip
WORDS = (
    "данни доверие услуги прозрачност участие обучение достъпност библиотека квартал бюджет "
    "гласуване транспорт отвореност граждани общност сигурност иновации пенсионери паркове"
)


def bars() -> list[Block]:
    """Return bars in their three layouts."""
    named = M("Приоритети по точки", "Priorities by dots")
    single = Bars(
        title=named,
        bars=tuple(
            Bar(label=label, value=value, low=value * 0.75, high=value * 1.2, mark=mark)
            for (label, value), mark in zip(
                PRIORITIES,
                (M("стабилен", "robust"), M("стабилен", "robust"), M("вероятен", "likely"), "", ""),
                strict=True,
            )
        ),
        axis=M("Претеглени точки", "Weighted dots"),
        kind="number",
        basis=VOTED,
        note=M("Линиите показват 95-процентния интервал.", "The lines show the 95% interval."),
        key="priorities",
    )
    grouped = Bars(
        title=M("Приоритети при три начина на претегляне", "Priorities under three weightings"),
        bars=tuple(
            Bar(label=label, value=value / 83, parts=(value / 83, value / 90, value / 70))
            for label, value in PRIORITIES
        ),
        axis=M("Дял от точките", "Share of the dots"),
        series=(
            M("всеки участник", "each participant"),
            M("всяка организация", "each organisation"),
            M("всяка група", "each group"),
        ),
        layout="grouped",
        kind="percent",
        basis=VOTED,
    )
    stacked = Bars(
        title=M("Кой подкрепя приоритетите", "Who supports the priorities"),
        bars=tuple(
            Bar(label=label, value=12.0 - place, parts=(5.0 - place % 3, 3.0, 2.0, 2.0))
            for place, (label, _) in enumerate(PRIORITIES)
        ),
        axis=M("Гласове", "Votes"),
        series=tuple(name for _, name in GROUPS),
        layout="stacked",
        basis=VOTED,
    )
    return [single, grouped, stacked]


def spread() -> Spread:
    """Return answers on a scale of five."""
    return Spread(
        title=M("Съгласие с твърденията", "Agreement with the statements"),
        scale=(
            M("изобщо не", "not at all"),
            M("по-скоро не", "rather not"),
            M("нито да, нито не", "neither"),
            M("по-скоро да", "rather yes"),
            M("напълно", "fully"),
        ),
        rows=(
            (M("Информацията за един проект трябва да е на едно място",
               "Information on a project belongs in one place"), (0, 1, 1, 8, 14)),
            (M("Онлайн гласуването да изисква електронна идентификация",
               "Online votes should require e-identification"), (7, 4, 2, 5, 6)),
            (M("Общината да отговаря на всяко предложение",
               "The city should answer every proposal"), (1, 2, 6, 9, 4)),
        ),
        basis=ANSWERED,
    )  # fmt: skip


def heat() -> Heat:
    """Return ratings by group, one of them hidden."""
    values: tuple[tuple[float | None, ...], ...] = tuple(
        tuple(
            None
            if group == 3 and place % 3 == 0
            else round(1.3 + (place * 7 + group * 5) % 12 / 4, 1)
            for group in range(4)
        )
        for place in range(len(DIMENSIONS))
    )
    return Heat(
        title=M("Зрялост според групите", "Maturity as the groups see it"),
        rows=DIMENSIONS,
        columns=tuple(name for _, name in GROUPS),
        values=values,
        low=1,
        high=5,
        basis=ANSWERED,
        key="maturity_by_group",
    )


def radar() -> Radar:
    """Return three profiles over nine dimensions."""
    return Radar(
        title=M(
            "Зрялост: възприятие, цел и доказателства", "Maturity: perception, target, evidence"
        ),
        axes=DIMENSIONS,
        profiles=(
            (M("възприятие", "perceived"), SEEN),
            (M("цел 2030 г.", "target 2030"), TARGET),
            (M("доказателства", "evidence"), PROVEN),
        ),
        basis=ANSWERED,
    )


def network() -> Network:
    """Return a network of sixteen actors with a hub, a mutual pair and a declined need."""
    return Network(
        title=M("Кой от кого има нужда", "Who needs whom"),
        nodes=tuple(
            Node(key=f"O{place:02}", name=name, group=group, critical=place in (0, 7))
            for place, (group, name) in enumerate(ACTORS)
        ),
        edges=tuple(
            Edge(
                source=f"O{source:02}",
                target=f"O{target:02}",
                weight=1 + (source * 3 + target) % 3,
                declined=(source, target) == (14, 5),
            )
            for source, target in LINKS
        ),
        groups=GROUPS,
        basis=Basis(n=19, unit="commitments"),
        note=M("Отказаните нужди не се броят.", "Declined needs are not counted."),
        key="network",
    )


def cloud() -> Cloud:
    """Return words by weight."""
    words = WORDS.split()
    weighted = tuple((word, 30 / (place + 1) + 2) for place, word in enumerate(words))
    return Cloud(
        title=M("Думите на участниците", "The words of the participants"),
        words=weighted,
        basis=Basis(n=57, unit="entries"),
    )


def quadrants() -> Quadrants:
    """Return a SWOT board."""

    def quote(label: str, bg: str, en: str, support: int) -> Quote:
        return Quote(words=M(bg, en), label=label, support=support, by=GROUPS[support % 4][1])

    return Quadrants(
        title=M("SWOT: най-подкрепените записи", "SWOT: the entries with most support"),
        quadrants=(
            Quadrant(
                letter=M("С", "S"),
                name=M("Силни страни", "Strengths"),
                quotes=(
                    quote("S1", "Действащ портал за сигнали с бърз отговор",
                          "A working report-a-problem portal that answers fast", 7),
                    quote("S4", "Силни местни софтуерни фирми", "Strong local software firms", 5),
                ),
                more=11,
            ),
            Quadrant(
                letter=M("Н", "W"),
                name=M("Слаби страни", "Weaknesses"),
                quotes=(
                    quote("W2", "Отворените данни са стари, в PDF и без описание",
                          "Open data is old, in PDF and without description", 8),
                    quote("W7", "Няма един адрес, на който да се пита", "", 6),
                ),
                more=17,
            ),
            Quadrant(
                letter=M("В", "O"),
                name=M("Възможности", "Opportunities"),
                quotes=(
                    quote("O1", "Европейско финансиране за умения", "EU funding for skills", 4),
                ),
            ),
            Quadrant(letter=M("З", "T"), name=M("Заплахи", "Threats"), quotes=()),
        ),
        basis=Basis(n=57, unit="entries"),
    )  # fmt: skip


def commitments() -> Table:
    """Return a wide table of text, numbers, dates and shares."""
    return Table(
        title=M("Отчетени ангажименти", "Counted commitments"),
        columns=(
            Column(head=M("№", "No.")),
            Column(head=M("Кой", "Who"), width=3),
            Column(head=M("Какво", "What"), width=5),
            Column(head=M("Срок", "By"), kind="date", width=2),
            Column(head=M("Сила", "Strength"), kind="number", digits=1),
            Column(head=M("Дял", "Share"), kind="percent"),
            Column(head=M("Промяна", "Change"), kind="signed"),
        ),
        rows=tuple(
            (
                f"C{place:02}",
                name,
                M("Публикува набор от данни с описание и отговорник, обновяван всяко тримесечие",
                  "Publishes a described data set with an owner, updated every quarter"),
                date(2027, 1 + place % 12, 15),
                1234.5 + place,
                (place + 1) / 20,
                place * 0.25 - 1,
            )
            for place, (_, name) in enumerate(ACTORS)
        ),
        basis=Basis(n=19, unit="commitments"),
        note=M("Три ангажимента не са отчетени.", "Three commitments were not counted."),
        key="commitments",
    )  # fmt: skip


def chapters() -> tuple[Section, ...]:
    """Return sections of all depths with every kind of block."""
    summary = Section(
        key="R1",
        title=M("Резюме", "Executive summary"),
        blocks=(
            Figures(
                figures=(
                    Figure(value=Amount(0.96, 0, "percent"), label=M("от хората с право на глас "
                           "гласуваха", "of those with a vote voted")),
                    Figure(value=32, label=M("от 100 точки зрялост", "of 100 points of maturity")),
                    Figure(value=19, label=M("отчетени ангажимента", "counted commitments")),
                    Figure(value=Amount(1.84), label=M("най-слабо: умения и достъпност",
                                                       "weakest: skills and accessibility")),
                )
            ),
            Prose(sentences=(
                M("В двата семинара участваха 25 души с право на глас от 16 организации; гласуваха "
                  "24 (96%).", "The two workshops brought together 25 voting participants from 16 "
                  "organisations; 24 of them voted (96%)."),
                M("Участниците оценяват зрялостта на града с 32 от 100 точки, което отговаря на "
                  "потвърдено ниво 2 „Развиващо се“.", "Participants rate the city’s maturity at "
                  "32 out of 100, which corresponds to confirmed level 2 “Emerging”."),
            )),
            Prose(tone="finding", sentences=(
                M("И при шестте начина на броене сред първите три са два приоритета – единна "
                  "входна точка и политика за отворени данни.", "Two priorities are among the top "
                  "three under all six counting methods: a single entry point and open data."),
            )),
            Prose(tone="caution", sentences=(
                M("Редът между тях остава нерешен (10 : 10 при пряко сравнение).",
                  "Their mutual order is undecided (10 : 10 in direct comparison)."),
            )),
        ),
    )  # fmt: skip
    needs = Section(
        key="R6",
        title=M("Нужди и приоритети", "Needs and priorities"),
        blocks=(*bars(), spread()),
        sections=(
            Section(
                key="R6.1",
                title=M("Какво казаха участниците", "What participants said"),
                blocks=(
                    Quotes(
                        title=M("Нужди по групи", "Needs by group"),
                        quotes=(
                            Quote(words=M("Да не нося един документ на три места",
                                          "Not to carry one paper to three places"),
                                  by=GROUPS[2][1], label="N1", support=6),
                            Quote(words=M("", "Signage in English at the counters"), label="N2"),
                        ),
                        basis=Basis(n=31, unit="entries"),
                    ),
                    cloud(),
                ),
                sections=(
                    Section(key="R6.1.a", title=M("Думите отблизо", "A closer look at the words")),
                ),
            ),
        ),
    )  # fmt: skip
    return (
        summary,
        Section(
            key="R2",
            title=M("Контекст и цел", "Context and purpose"),
            blocks=(
                Prose(sentences=tuple(
                    M(f"Изречение номер {place} обяснява рамката, в която е направен анализът.",
                      f"Sentence number {place} explains the frame in which the analysis was made.")
                    for place in range(1, 8)
                )),
            ),
        ),
        Section(key="R5", title=M("SWOT и TOWS", "SWOT and TOWS"), blocks=(quadrants(),)),
        needs,
        Section(key="R9", title=M("Зрялост", "Maturity"), blocks=(radar(), heat())),
        Section(
            key="R11", title=M("Ангажименти", "Commitments"), blocks=(network(), commitments())
        ),
        Section(
            key="R14",
            title=M("Приложения", "Annexes"),
            sections=(
                Section(key="R14.B", title=M("Б. Всички записи", "B. All entries"),
                        blocks=(commitments(),)),
            ),
        ),
    )  # fmt: skip


def report(*, synthetic: bool = True, sections: tuple[Section, ...] | None = None) -> Report:
    """Return the report of a series of two workshops."""
    series = Series(
        id="0" * 32,
        short_name="bryast-2026",
        municipality=M("Община Бряст", "Municipality of Bryast"),
        theme=M("Е-управление и гражданско участие", "E-government and citizen participation"),
        funding=M("Финансирано по програма „Градове заедно“, договор № 17.",
                  "Funded by the programme “Cities Together”, contract no. 17."),
        synthetic=synthetic,
        warning=WARNING,
    )  # fmt: skip
    workshops = tuple(
        Workshop(
            id=f"{place}" * 32,
            series_id=series.id,
            short_name=f"w{place}",
            code="ABCDEF",
            title=title,
            day=day,
        )
        for place, (title, day) in enumerate(
            (
                (M("Първи семинар: къде сме", "First workshop: where we are"), date(2026, 12, 3)),
                (M("Втори семинар: накъде", "Second workshop: where to"), date(2026, 12, 17)),
            ),
            start=1,
        )
    )
    return Report(
        series=series,
        workshops=workshops,
        title=M("Анализ на зрялостта на е-управлението и гражданското участие",
                "Maturity analysis of e-government and citizen participation"),
        subtitle=M("Два семинара със заинтересованите страни", "Two workshops with stakeholders"),
        status=text("interim"),
        made_at=datetime(2026, 12, 18, 9, 30, tzinfo=UTC),
        sections=chapters() if sections is None else sections,
        readiness=(
            (text("Every recommendation is linked to evidence"), True),
            (text("All objections are printed"), False),
        ),
        version="0.3",
    )  # fmt: skip
