"""The result on the phone: every kind of block, readable aloud and without any style of its own."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import get_args

import pytest

from phone.pages import Pages
from phone.results import STAGES, STEPS, Told, tell
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
from workshop.palette import between_poles, group_styles, palette

EVIL = '<img src=x onerror="x()">'
BASIS = Basis(n=24, of=26)
QUOTE = Quote(words=Multilingual(bg=f"Думи {EVIL}"), by="Клуб", label="S1", support=3)
QUADRANT = Quadrant(letter="S", name=text("Strengths"), quotes=(QUOTE,), more=2)
EMPTY = Quadrant(letter="W", name=text("Weaknesses"), quotes=())
BLOCKS: tuple[Block, ...] = (
    Prose(sentences=(EVIL, text("Strengths")), tone="caution"),
    Figures(figures=(Figure(value=Amount(0.5, 0, "percent"), label=EVIL),)),
    Quotes(title=EVIL, quotes=(QUOTE,), basis=BASIS),
    Table(
        title="Table", columns=(Column(head="What"), Column(head="n", kind="number")),
        rows=((EVIL, 1.5), ("b", None)), note=EVIL,
    ),
    Bars(
        title="Bars", axis="n", basis=BASIS,
        bars=(Bar(label=EVIL, value=3, low=1, high=5, mark="robust"), Bar(label="b", value=0)),
    ),
    Bars(
        title="Parts", axis="n", series=("one", "two"), layout="stacked",
        bars=(Bar(label="a", value=3, parts=(1, 2)),),
    ),
    Bars(title="None", axis="n", bars=(), kind="percent"),
    Spread(title="Spread", scale=("1", "2", "3"), rows=((EVIL, (1, 0, 3)), ("b", (0, 0, 0)))),
    Heat(title="Heat", rows=("a", EVIL), columns=("x", "y"), values=((1.0, None), (3.5, 5.0))),
    Radar(title="Radar", axes=("a", "b", "c"), profiles=(("now", (1, 2, None)), (EVIL, (3, 4, 5)))),
    Quadrants(title="Four", quadrants=(QUADRANT, EMPTY, EMPTY, QUADRANT), basis=BASIS),
    Network(
        title="Net", nodes=(Node(key="a", name=EVIL), Node(key="b", name="B")),
        edges=(Edge(source="a", target="b", weight=2), Edge(source="b", target="a", declined=True)),
    ),
    Cloud(title="Cloud", words=((EVIL, 9), ("малка", 1))),
)  # fmt: skip
NEVER_CLOSED = {"meta", "link", "br", "input", "img", "rect"}


class Checker(HTMLParser):
    """Complains about what is not closed, scripts, styles and doubled ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()
        self.wrong += [f"never closed: {tag}" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        for name, _ in attrs:
            if name == "style" or name.startswith("on"):
                self.wrong.append(f"{tag} has {name}")
        if tag in ("script", "img", "iframe"):
            self.wrong.append(tag)
        if tag not in NEVER_CLOSED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note its end."""
        if tag in NEVER_CLOSED:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"closed too early: {tag}")


def test_there_is_an_example_of_every_kind() -> None:
    assert {type(block) for block in BLOCKS} == set(get_args(Block))


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_block_is_sound_html_in_which_words_stay_words(block: Block, language: str) -> None:
    page = tell(Pages(), [block], language)
    assert Checker(page).wrong == []
    assert "&lt;img" in page or EVIL not in repr(block)


def test_numbers_stand_in_words_beside_every_bar() -> None:
    page = tell(Pages(), BLOCKS, "bg")
    assert "(между 1 и 5)" in page
    assert '<span class="pair">one: 1</span> · <span class="pair">two: 2</span>' in page
    assert "50%" in page.replace("\xa0", "")
    assert "1,50" in page or "1,5" in page
    assert "не се показва" in page
    assert "казано от 3 души" in page
    assert "и още 2" in page
    assert "n = 24" in page


def test_a_table_too_wide_for_a_phone_becomes_a_list() -> None:
    narrow = Radar(title="Net", axes=("a", "b", "c"), profiles=(("now", (1.5, 2, None)),))
    assert "<table" in tell(Pages(), [narrow], "bg")
    names = ("Възприятие", "Цел", "Доказателства")
    wide = Radar(
        title="Net", axes=("Данни, оперативна съвместимост", "b", "c"),
        profiles=tuple((name, (1.5, 2, None)) for name in names),
    )  # fmt: skip
    page = tell(Pages(), [wide], "bg")
    assert "<table" not in page
    assert "съвместимост" in page
    assert page.count("Доказателства:") == 3
    assert page.count("1,50") == 3
    assert page.count("не се показва") == 3


def test_the_steps_of_a_scale_have_the_colours_of_the_wall() -> None:
    block = Spread(title="Levels", scale=("1", "2", "3", "4", "5"), rows=(("a", (1, 1, 1, 1, 1)),))
    page = tell(Pages(), [block], "bg")
    assert [page.count(f'class="d{step}"') for step in range(STEPS)] == [2, 0, 2, 0, 2, 0, 2, 0, 2]


def test_the_same_result_is_drawn_once_a_language() -> None:
    told = Told(Pages())
    blocks = list(BLOCKS)
    assert told.draw("s", blocks, "bg") is told.draw("s", blocks, "bg")
    assert told.draw("s", blocks, "en") != told.draw("s", blocks, "bg")
    assert told.draw("s", [*blocks], "bg") is not told.draw("s", blocks, "bg")
    for nth in range(2 * STAGES):
        told.draw(f"s{nth}", blocks[:1], "bg")
    assert len(told._kept) == STAGES


def test_the_phones_colours_are_those_of_the_house() -> None:
    from phone.assets import HOME

    style = "".join(path.read_text(encoding="utf-8") for path in sorted(HOME.glob("*.css")))
    for theme in "light", "dark":
        colours = palette(theme)
        for name in "ground", "text", "accent", "link", "good", "care", "quiet":
            assert f"--{name}: {getattr(colours, name)}" in style, (theme, name)
        for place, colour in enumerate(colours.series):
            assert f"--s{place}: {colour}" in style, (theme, place)
        for step in range(STEPS):
            colour = between_poles(colours, step / (STEPS - 1))
            assert f"--d{step}: {colour}" in style, (theme, step)
    for key, one in group_styles(["public", "private", "civic", "knowledge"]).items():
        assert f"--{one.shape}: {one.light}" in style, key
        assert f"--{one.shape}: {one.dark}" in style, key
