"""The wall: what the room sees at each moment of a stage, and that it always fits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from screens.projector import frame, paging, place, sight
from screens.projector.look import Look, colours, read
from screens.projector.paging import views
from tests.nasty import NASTY
from tests.screens.facilitation import Facilitation, shown
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
    as_table,
)
from workshop.language import Multilingual, say
from workshop.model import Admission
from workshop.palette import palette
from workshop.toolkit import Toolkit

WALL = "projector/wall.py"
ENGLISH = Look(languages=("en",))
LONG = "Единен портал за предложения, в който всеки вижда какво е станало с неговото "


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch)


def wall(work: Facilitation, look: Look = ENGLISH) -> str:
    """Return the wall as it stands now."""
    return frame.draw(sight.gather(work.toolkit, work.workshop_id), look)


def _canvas(page: AppTest) -> str:
    return next(one.value for one in page.html if one.value.startswith('<div class="hall'))


def words(markup: str) -> str:
    """Return what can be read."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def every_block(many: int) -> list[Block]:
    """Return one block of each kind, with ``many`` rows where it has rows."""
    name = [Multilingual(bg=f"{LONG * (1 + row % 3)}{row}") for row in range(many)]
    quotes = tuple(Quote(words=one, by="Сдружение", label=f"W{row}", support=row)
                   for row, one in enumerate(name))  # fmt: skip
    field = Quadrant(letter="S", name="Силни страни", quotes=quotes, more=3)
    nodes = tuple(Node(key=str(row), name=f"Организация {row}") for row in range(min(many, 16)))
    return [
        Figures(figures=tuple(Figure(value=row, label="души") for row in range(min(many, 6)))),
        Quadrants(title="Дъска", quadrants=(field, field, field, field)),
        Prose(sentences=tuple(f"{LONG}{row}." for row in range(min(many, 9))), tone="finding"),
        Quotes(title="Думи", quotes=quotes, basis=Basis(n=many)),
        Table(
            title="Таблица", rows=tuple((one, 1, None) for one in name),
            columns=(Column(head="Какво", width=4), *(Column(head="Брой", kind="count"),) * 2),
        ),
        Bars(
            title="Точки", axis="точки",
            bars=tuple(Bar(label=one, value=many - row) for row, one in enumerate(name)),
        ),
        Spread(title="Оценки", scale=("1", "2", "3"), rows=tuple((one, (1, 2, 3)) for one in name)),
        Heat(
            title="По групи", columns=("А", "Б"), rows=tuple(name),
            values=tuple((1.0, None) for _ in name),
        ),
        Radar(title="Зрялост", axes=tuple(name[:9]), profiles=(("днес", (3.0,) * len(name[:9])),)),
        Network(title="Мрежа", nodes=nodes, edges=(Edge(source="0", target="1"),)[: many // 2]),
        Cloud(title="Облак", words=(("портал", 3.0), ("срок", 1.0))),
    ]  # fmt: skip


def test_the_lobby_says_how_to_join_and_who_did(work: Facilitation) -> None:
    page = wall(work)
    assert work.workshop.code in page
    assert "data:image/svg+xml" in page
    assert "4 people joined" in words(page)
    for group in work.groups:
        assert group.name.en in page


def test_while_people_write_only_the_question_and_the_count_are_seen(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял", "Няма пари")
    page = words(wall(work))
    assert "What stands in our way?" in page
    assert "2 of 4 done" in page
    assert "остарял" not in page
    assert work.workshop.code in page


def test_a_locked_door_invites_nobody(work: Facilitation) -> None:
    work.move("open")
    work.toolkit.agenda.lock_joining(None, work.workshop.id, True)
    page = wall(work)
    assert "Joining is closed" in words(page)
    assert "Join here" not in page
    assert work.workshop.code not in page
    work.toolkit.admission.choose(None, work.workshop.id, Admission.room)
    assert "Join here" in wall(work)


def test_contributions_are_seen_as_they_come_only_where_that_is_set(work: Facilitation) -> None:
    work.toolkit.agenda.change_stage(None, work.swot.id, live=True)
    work.move("open")
    work.write("Сайтът е остарял")
    assert "остарял" in wall(work)


def test_after_the_lock_the_wall_waits_until_the_reveal(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял")
    work.move("locked")
    assert "We are sorting" in wall(work)
    assert "остарял" not in wall(work)
    work.move("revealed")
    assert "остарял" in wall(work)


def test_what_staff_hide_leaves_the_wall(work: Facilitation) -> None:
    work.move("open")
    work.write("Иван от отдел Кадри е некадърен", "Няма пари")
    work.move("locked", "revealed")
    assert "Иван" in wall(work)
    first = work.toolkit.results.contributions(work.swot.id)[0]
    work.toolkit.sorting.hide(None, first.id, "insult")
    assert "Иван" not in wall(work)


def test_both_languages_stand_side_by_side(work: Facilitation) -> None:
    work.move("open")
    page = wall(work, read({"language": "both"}, "bg"))
    assert "Какво ни пречи?" in page
    assert '<p class="question" lang="en" dir="auto">What stands in our way?' in page


def test_a_title_in_the_other_language_is_marked_as_such(work: Facilitation) -> None:
    work.toolkit.agenda.change_stage(None, work.swot.id, title=Multilingual(bg="Силни страни"))
    work.move("open")
    assert '<span lang="bg" dir="auto">Силни страни' in wall(work)


def clock_of(work: Facilitation, look: Look = ENGLISH, **later: float) -> str:
    """Return what the wall's clock shows so much after the stage opened."""
    now = sight.gather(work.toolkit, work.workshop_id)
    opened = work.swot.opened_at
    assert opened is not None
    return frame.clock(replace(now, now=opened + timedelta(**later)), look)


def test_the_clock_runs_only_while_a_stage_is_open(work: Facilitation) -> None:
    lobby = frame.clock(sight.gather(work.toolkit, work.workshop_id), ENGLISH)
    assert 'class="left' not in lobby
    work.move("open")
    left = work.swot.minutes - 3
    assert f"<b>{left}:55</b>" in clock_of(work, minutes=2, seconds=5)
    work.move("locked")
    assert 'class="left' not in clock_of(work, minutes=3)


def test_at_zero_the_wall_says_so_in_words_and_goes_on_asking(work: Facilitation) -> None:
    work.move("open")
    late = clock_of(work, minutes=99)
    assert "Time is up" in words(late)
    assert "0:00" not in late
    both = clock_of(work, read({"language": "both"}, "bg"), minutes=99)
    assert "Времето изтече<br />Time is up" in both
    assert "What stands in our way?" in wall(work)


def test_a_paused_clock_says_so_and_stands(work: Facilitation) -> None:
    work.move("open")
    work.toolkit.clocks.pause(None, work.swot.id)
    first, later = clock_of(work, seconds=1), clock_of(work, minutes=50)
    assert "paused" in words(first)
    assert words(first).split("paused")[1].split()[0] == words(later).split("paused")[1].split()[0]


def test_an_exercise_that_is_gone_becomes_a_sentence(
    work: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.move("open")
    work.write("Сайтът е остарял")
    work.move("locked", "revealed")
    monkeypatch.delitem(work.toolkit.catalogue, "swot")  # type: ignore[arg-type]
    page = words(wall(work))
    assert "is not installed" in page or "no longer" in page


def test_all_walls_turn_together_and_another_stage_begins_at_its_first_view(
    work: Facilitation,
) -> None:
    work.people += [work.join(number) for number in range(4, 12)]
    work.move("open")
    work.write(*[f"{LONG}{number}" for number in range(20)])
    work.move("locked", "revealed")
    first = wall(work)
    one, other = work.open(WALL, w="brezovo-1"), work.open(WALL, w="brezovo-1")
    one.button(key="wall-on-PageDown").click().run()
    other.run()
    turned = [_canvas(page) for page in (one, other)]
    assert turned[0] == turned[1] != first
    assert place.of(work.workshop_id, work.swot.id).page == 1
    assert place.of(work.workshop_id, work.dots.id).page == 0


def test_a_wall_that_stands_still_says_so_and_what_comes_in_is_no_news(work: Facilitation) -> None:
    work.move("open")
    showing, walls = work.toolkit.showing, work.toolkit.walls
    walls.hush(work.workshop_id, still=True)
    before = showing.mark(work.workshop_id)
    work.write("Нещо ново")
    assert showing.mark(work.workshop_id) == before
    assert showing.mark(work.workshop_id, restless=True) != before
    assert "The wall stands still" in words(wall(work))
    work.move("locked")
    assert showing.mark(work.workshop_id) != before


def test_how_many_are_here_can_be_kept_off_the_wall(work: Facilitation) -> None:
    work.toolkit.agenda.show(None, work.workshop_id, None)
    assert "people joined" in words(wall(work))
    work.toolkit.walls.hush(work.workshop_id, discreet=True)
    assert "joined" not in words(wall(work))
    work.move("open")
    asked = words(wall(work))
    assert "of 4" not in asked
    assert "done" in asked


def test_the_table_of_a_picture_is_one_key_away(work: Facilitation) -> None:
    blocks = every_block(5)
    pictures = views(blocks, ENGLISH)
    tables = views(blocks, ENGLISH, table=True)
    assert any(piece.picture for view in pictures for piece in view.pieces)
    assert not any(piece.picture for view in tables for piece in view.pieces)
    anchors = {view.anchor for view in pictures}
    assert anchors == {view.anchor for view in tables}


@pytest.mark.parametrize("many", [0, 1, 3, 7, 24])
@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_view_never_holds_more_than_fits(many: int, language: str) -> None:
    look = Look(languages=(language,))
    for table in (False, True):
        for view in views(every_block(many), look, table):
            held = paging._Page(view.title, view.anchor, list(view.pieces))
            assert len(view.pieces) == 1 or held.takes([], look), view.title
            kinds = dict(paging._kinds(view.pieces))
            assert len(kinds.get("cards", ())) <= 7
            assert len(kinds.get("table", ())) <= 9


def test_a_field_of_a_board_says_how_many_more_there_are_and_cuts_no_support() -> None:
    board = every_block(7)[1]
    assert isinstance(board, Quadrants)
    s, w, o, t = (replace(one, letter=x) for one, x in zip(board.quadrants, "SWOT", strict=True))
    board = replace(board, quadrants=(s, w, o, t))
    markup = "".join(view.markup(ENGLISH) for view in views([board], ENGLISH)[1:])
    assert markup.count('<li class="more">and 3 more</li></ul>') == 4, "after the last of each"
    assert '<p class="by"><span class="support">6 people</span> · <span>Сдружение' in markup
    table = as_table(board)
    assert table is not None
    assert [say(one.head, "en") for one in table.columns[:2]] == ["Field", "No."]
    assert table.rows[1][:2] == ("S", "W1")


def test_parts_of_a_long_chart_keep_one_scale_and_lose_no_bar() -> None:
    bars = next(one for one in every_block(24) if isinstance(one, Bars))
    parts = [piece.picture for view in views([bars], ENGLISH) for piece in view.pieces]
    drawn = [part for part in parts if isinstance(part, Bars)]
    assert len(drawn) > 1
    assert [bar for part in drawn for bar in part.bars] == list(bars.bars)
    assert {part.ceiling for part in drawn} == {24}


def test_a_short_table_is_set_larger_only_where_no_word_would_be_torn() -> None:
    def set_large(*heads: str) -> bool:
        row = tuple("б" for _ in heads)
        table = Table(title="Т", columns=tuple(Column(head=one) for one in heads), rows=(row,))
        (view,) = views([table], ENGLISH)
        return '<table class="large">' in view.markup(ENGLISH)

    assert set_large("Кой", "Какво", "Твърдост")
    assert not set_large(*["Противопожарнозащитен"] * 4)


def test_meaning_stands_after_its_block_and_figures_before_theirs() -> None:
    blocks = [
        Figures(figures=(Figure(value=3, label="души"),)),
        Table(title="Таблица", columns=(Column(head="А"),), rows=(("б",),)),
        Prose(sentences=("Това значи нещо.",), tone="finding"),
    ]
    (view,) = views(blocks, ENGLISH)
    markup = view.markup(ENGLISH)
    assert markup.index("души") < markup.index("<table") < markup.index("Това значи")


@pytest.mark.parametrize("name", NASTY)
def test_nothing_people_typed_becomes_markup(name: str) -> None:
    typed = NASTY[name]
    blocks: list[Block] = [
        Quotes(title="", quotes=(Quote(words=Multilingual(bg=typed), by=typed, label=typed),)),
        Table(title=typed, columns=(Column(head=typed),), rows=((typed,),)),
        Prose(sentences=(typed,)),
        Figures(figures=(Figure(value=typed, label=typed),)),
    ]
    for view in views(blocks, ENGLISH):
        markup = view.markup(ENGLISH)
        tags = set(re.findall(r"</?([a-z0-9]+)", markup))
        assert tags <= {"ul", "li", "p", "span", "table", "thead", "tbody", "tr", "th", "td",
                        "div", "b"}  # fmt: skip


def test_pictures_are_described_and_come_from_nowhere_else() -> None:
    for view in views(every_block(4), Look(dark=True)):
        markup = view.markup(Look(dark=True))
        for image in re.findall(r"<img [^>]+>", markup):
            assert 'src="data:image/png;base64,' in image
            described = re.search(r'alt="([^"]+)"', image)
            assert described
            assert len(described[1]) > 10


def test_the_wall_wears_the_colours_of_the_house() -> None:
    for theme in ("light", "dark"):
        named = palette(theme)  # type: ignore[arg-type]
        assert named.ground in colours()
        assert named.accent in colours()


def test_the_wall_page_asks_which_workshop_if_it_is_not_told(work: Facilitation) -> None:
    page = work.open(WALL)
    assert "Which workshop" in shown(page)
    assert "First meeting" in page.link_button[0].label
    assert "w=brezovo-1" in page.link_button[0].url


def test_language_and_light_stand_in_the_address(work: Facilitation) -> None:
    page = work.open(WALL, w="brezovo-1")
    page.button(key="wall-look").click().run()
    assert page.query_params["look"] == "dark"
    page.button(key="wall-language-both").click().run()
    assert page.query_params["language"] == "both"
    assert _canvas(page).startswith('<div class="hall dark full"')


def test_a_synthetic_series_says_so_on_every_view(work: Facilitation) -> None:
    assert "Invented opinions." in wall(work)
    for state in ("open", "locked", "revealed", "closed"):
        work.move(state)
        assert "Invented opinions." in wall(work)
