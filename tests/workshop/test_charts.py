"""Pictures: everything is legible, nothing overlaps, and hostile text is only text."""

from __future__ import annotations

import io
import itertools
import json
import math
import random
from dataclasses import replace
from typing import Any

import pytest
import vl_convert
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.exports import rich_report as rich
from tests.nasty import NASTY
from workshop import charts
from workshop.blocks import Bar, Bars, Cloud, Drawn, Edge, Heat, Network, Node, Radar, Spread
from workshop.charts.cloud import LONGEST_WORD, MOST_WORDS, _weights
from workshop.charts.letters import measure, wrap
from workshop.charts.scale import ticks
from workshop.charts.vector import register_fonts
from workshop.palette import FURTHER, GROUPS, contrast, group_styles, ink_on, mix, palette

BLOCKS: dict[str, Drawn] = {
    "bars": rich.bars()[0],
    "grouped": rich.bars()[1],
    "stacked": rich.bars()[2],
    "spread": rich.spread(),
    "heat": rich.heat(),
    "radar": rich.radar(),
    "network": rich.network(),
}


def crowd(people: int, links: int) -> Network:
    """Return a network with long names, five groups, a hub and many arrows."""
    chance = random.Random(3)
    groups = ("public", "private", "civic", "knowledge", "elders")
    nodes = tuple(
        Node(
            key=f"k{nth:02}",
            name=f"Сдружение „Дълго име на организация номер {nth}“ – клон Изток",
            group=groups[nth * 5 // people],
            critical=nth in (1, 7),
        )
        for nth in range(people)
    )
    pairs: dict[tuple[int, int], Edge] = {}
    while len(pairs) < links:
        source, target = chance.sample(range(people), 2)
        target = 1 if chance.random() < 0.3 and source != 1 else target
        pairs[source, target] = Edge(source=f"k{source:02}", target=f"k{target:02}")
    names = tuple((key, key) for key in groups)
    return Network(title="Кой от кого", nodes=nodes, edges=tuple(pairs.values()), groups=names)


def by_vega(chart: Any) -> Image.Image:
    """Return a chart as browsers draw it, in letters that our own pictures have as well."""
    register_fonts()
    drawn = vl_convert.vegalite_to_png(chart.to_json(validate=False), scale=1)
    return painted(drawn)


def layers(chart: Any) -> list[dict[str, Any]]:
    return chart.to_dict(validate=False)["layer"]


def texts(chart: Any) -> list[dict[str, Any]]:
    """Return every line of text with where and how it is written."""
    return [
        {**row, "align": layer["mark"]["align"]}
        for layer in layers(chart)
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
        if row["words"]
    ]


def words(chart: Any) -> list[str]:
    return [row["words"] for row in texts(chart)]


def shapes(chart: Any) -> list[dict[str, Any]]:
    return layers(chart)[0]["data"]["values"]


def box(row: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of a line; capitals and descenders, not the line height."""
    wide = measure(row["words"], row["size"]) * 0.86  # Arial's widths; DejaVu is wider
    before = {"left": 0.0, "center": wide / 2, "right": wide}[row["align"]]
    up, down = row["size"] * 0.72, row["size"] * 0.2
    if row["angle"]:
        return row["x"] - up, row["y"] - wide + before, row["x"] + down, row["y"] + before
    return row["x"] - before, row["y"] - up, row["x"] - before + wide, row["y"] + down


def overlapping(chart: Any) -> list[tuple[str, str]]:
    boxes = [(row["words"], box(row)) for row in texts(chart)]
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("name", BLOCKS)
def test_labels_neither_overlap_nor_leave_the_picture(name, language):
    chart = charts.draw(BLOCKS[name], language, "light")
    assert overlapping(chart) == []
    for row in texts(chart):
        left, top, right, bottom = box(row)
        assert left >= -0.5
        assert top >= -0.5
        assert right <= chart.width + 0.5
        assert bottom <= chart.height + 0.5


@pytest.mark.parametrize(("people", "links"), [(2, 1), (16, 26), (60, 90)])
def test_a_network_of_any_size_keeps_its_names_apart(people, links):
    chart = charts.draw(crowd(people, links), "bg", "paper")
    assert overlapping(chart) == []
    lines = words(chart)
    for nth in range(people):
        assert any(f"номер {nth}" in line or "…" in line for line in lines)
    millimetre = 160 / chart.width
    assert chart.height * millimetre < 247  # fits on a page
    assert min(row["size"] for row in texts(chart)) * millimetre / 25.4 * 72 >= 7.5  # points


@pytest.mark.parametrize(("people", "links"), [(2, 1), (16, 26), (30, 60)])
def test_a_network_on_the_wall_is_read_from_the_last_row(people, links):
    chart = charts.sketch(crowd(people, links), "bg", "light", far=True).chart()
    assert overlapping(chart) == []
    shown = min(1250 / chart.width, 813 / chart.height)  # units of the wall; see wall.css
    assert min(row["size"] for row in texts(chart)) * shown >= 28
    for row in texts(chart):
        assert box(row)[0] >= -0.5
        assert box(row)[2] <= chart.width + 0.5


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_pictures_have_words_on_the_right_ground(theme):
    for block, language in zip(BLOCKS.values(), itertools.cycle(("bg", "en"))):
        image = painted(charts.sketch(block, language, theme).png(1))
        colours = {colour: n for n, colour in image.getcolors(1 << 24)}
        ground = tuple(int(palette(theme).ground[i : i + 2], 16) for i in (1, 3, 5))
        ink = tuple(int(palette(theme).text[i : i + 2], 16) for i in (1, 3, 5))
        assert max(colours, key=lambda one: colours[one]) == ground
        assert colours.get(ink, 0) > 200  # letters: an unknown font would draw none


@pytest.mark.parametrize("name", BLOCKS)
def test_paper_and_wall_show_the_same_picture(name):
    for width in (900, 640):
        sketch = charts.sketch(BLOCKS[name], "bg", "paper", width)
        paper, wall = painted(sketch.png(1)), by_vega(sketch.chart())
        assert paper.size == wall.size
        # Letters may lie a part of a pixel apart; a missing line or word would be black on white.
        softened = (one.convert("L").filter(ImageFilter.BoxBlur(3)) for one in (paper, wall))
        apart = ImageChops.difference(*softened)
        assert ImageStat.Stat(apart).mean[0] < 0.05
        assert apart.getextrema()[1] < 25


@pytest.mark.parametrize("name", BLOCKS)
def test_the_theme_changes_only_colours(name):
    def bare(theme: Any) -> Any:
        chart = charts.draw(BLOCKS[name], "bg", theme)
        placed = [{**row, "colour": ""} for row in texts(chart)]
        return placed, [row["path"] for row in shapes(chart)], chart.width, chart.height

    assert bare("light") == bare("dark") == bare("paper")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_larger_picture_is_the_same_picture(name):
    small, large = (charts.draw(BLOCKS[name], "bg", "dark", width) for width in (900, 1800))
    assert large.height == pytest.approx(small.height * 2, abs=2)
    assert words(small) == words(large)
    for one, other in zip(texts(small), texts(large), strict=True):
        assert (other["x"], other["y"]) == pytest.approx((one["x"] * 2, one["y"] * 2))


def test_numbers_have_the_form_of_the_language():
    assert "22,5" in words(charts.draw(BLOCKS["bars"], "bg", "paper"))
    assert "22.5" in words(charts.draw(BLOCKS["bars"], "en", "paper"))
    locale = charts.draw(BLOCKS["bars"], "bg", "paper").to_dict()["config"]["locale"]["number"]
    assert (locale["decimal"], locale["thousands"]) == (",", "\xa0")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_chart_is_good_vega_and_its_font_lists_end_in_a_family_everybody_has(name):
    told = json.dumps(charts.draw(BLOCKS[name], "bg", "light").to_dict(validate=True))
    fonts = [piece.split('"')[2] for piece in told.split("ont")[1:] if piece.startswith('": "')]
    assert fonts
    assert all(font.endswith("sans-serif") for font in fonts)


@pytest.mark.parametrize("name", NASTY)
def test_hostile_labels_are_drawn_as_they_are(name):
    hostile = NASTY[name]
    block = Bars(
        title=hostile, axis=hostile, bars=(Bar(label=hostile, value=3, mark=hostile),), note=hostile
    )
    for one in (
        block,
        replace(
            block, series=(hostile,), layout="grouped", bars=(Bar(label="", value=1, parts=(1,)),)
        ),
        Spread(title=hostile, scale=(hostile, hostile), rows=((hostile, (1, 2)),)),
        Heat(title=hostile, rows=(hostile,), columns=(hostile,), values=((1.0,),)),
        Radar(title=hostile, axes=(hostile,) * 3, profiles=((hostile, (1, 2, 3)),)),
        Network(title=hostile, nodes=(Node(key=hostile, name=hostile, group=hostile),), edges=()),
    ):
        chart = charts.draw(one, "bg", "light")
        assert all(len(line) < 200 for line in words(chart))
        assert charts.alt(one, "bg")
        outline = charts.sketch(one, "bg", "paper")
    assert outline.png(1).startswith(b"\x89PNG")  # words stand in all of them the same way
    assert by_vega(chart).width == 900


def test_signs_that_other_tools_take_for_commands_stay():
    chart = charts.draw(
        Bars(title="", axis="", bars=(Bar(label="$x$ 100% {n} <b>", value=1),)), "en", "light"
    )
    assert "$x$ 100% {n} <b>" in words(chart)


def test_faces_do_not_hide_the_words_beside_them():
    assert wrap("🏳️‍🌈🇧🇬👨‍👩‍👧‍👦 нова възможност", 400, 17) == ["нова възможност"]
    assert wrap("Повече пейки 🌳", 400, 17) == ["Повече пейки"]
    assert wrap("👍🏽", 400, 17) == ["👍🏽"]
    assert wrap("5 ★ и 3 ♥", 400, 17) == ["5 ★ и 3 ♥"]


def test_a_long_label_takes_three_lines_and_says_that_it_was_cut():
    lines = wrap("дълъг етикет " * 400, 200, 17)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(measure(line, 17) <= 200 for line in lines)
    assert wrap("кратък", 200, 17) == ["кратък"]
    assert wrap("", 200, 17) == [""]


@pytest.mark.parametrize(
    "block",
    [
        Bars(title="t", bars=(), axis=""),
        Spread(title="t", scale=("a",), rows=()),
        Heat(title="t", rows=(), columns=(), values=()),
        Radar(title="t", axes=(), profiles=()),
        Network(title="t", nodes=(), edges=()),
    ],
    ids=lambda block: type(block).__name__,
)
def test_an_empty_block_is_a_friendly_sentence(block):
    assert words(charts.draw(block, "en", "light")) == ["There is nothing to show here yet."]
    assert "nothing to show" in charts.alt(block, "en")


def test_degenerate_numbers_are_drawn_without_failing():
    nothing = float("nan")
    for block in (
        Bars(title="", axis="", bars=(Bar(label="a", value=0), Bar(label="b", value=nothing))),
        Bars(title="", axis="", bars=(Bar(label="a", value=-3), Bar(label="b", value=4)),
             kind="number"),
        Bars(title="", axis="", bars=(Bar(label="a", value=0, parts=(nothing, 0)),),
             series=("x", "y"), layout="stacked"),
        Spread(title="", scale=("a", "b"), rows=(("r", (0, 0)),)),
        Heat(title="", rows=("r",), columns=("c",), values=((None,),)),
        Heat(title="", rows=("r",), columns=("c",), values=((3.0,),)),
        Radar(title="", axes=("a", "b", "c"), profiles=(("p", (None, None, None)),)),
        Network(title="", nodes=(Node(key="a", name="a"),), edges=(
            Edge(source="a", target="a"), Edge(source="a", target="gone"))),
    ):  # fmt: skip
        assert charts.sketch(block, "en", "paper").png(1).startswith(b"\x89PNG")


def test_bars_show_their_interval_and_their_mark():
    plain = replace(BLOCKS["bars"], bars=tuple(replace(bar, low=None, high=None) for bar in
                    BLOCKS["bars"].bars))  # fmt: skip
    with_lines, without = (charts.draw(block, "en", "light") for block in (BLOCKS["bars"], plain))
    accent = palette("light").accent
    assert sum(row["stroke"] == accent for row in shapes(with_lines)) == 3 * 5
    assert sum(row["stroke"] == accent for row in shapes(without)) == 0
    assert words(with_lines).count("robust") == 2


def test_spread_parts_at_the_middle_and_says_the_counts():
    block = Spread(
        title="", scale=("no", "so", "yes"), rows=(("even", (5, 10, 5)), ("sure", (0, 0, 9)))
    )
    chart = charts.draw(block, "en", "light")
    assert {"5", "10", "9", "n = 20", "n = 9"} <= set(words(chart))
    middle = next(row for row in shapes(chart) if row["thick"] == pytest.approx(1.4))
    zero = float(middle["path"][1:].split(",")[0])
    bars = [row["path"] for row in shapes(chart) if row["thick"] == 1.5]
    starts = [float(path[1:].split(",")[0]) for path in bars]
    wide = [float(path.split("h")[1].split("v")[0]) for path in bars]
    assert starts[1] + wide[1] / 2 == pytest.approx(zero, abs=0.1)  # the middle step is cut in two
    assert starts[3] == pytest.approx(zero, abs=0.1)  # only "yes": all of it at the right


def test_a_hidden_cell_is_told_in_words():
    chart = charts.draw(rich.heat(), "en", "light")
    assert words(chart).count("–") == 3
    assert any("not shown" in line for line in words(chart))
    full = replace(rich.heat(), rows=("r",), values=((1.0, 2.0, 3.0, 4.0),))
    assert not any("not shown" in line for line in words(charts.draw(full, "en", "light")))


def test_profiles_differ_by_dash_and_marker_too():
    rows = shapes(charts.draw(rich.radar(), "en", "light"))
    dashes = {tuple(row["dash"]) for row in rows if row["thick"] == 3}
    assert len(dashes) == 3


def test_a_missing_value_leaves_a_gap_in_the_profile():
    def lines(values: tuple[float | None, ...]) -> int:
        block = Radar(title="", axes=("a", "b", "c", "d"), profiles=(("p", values),))
        chart = charts.draw(block, "en", "light")
        return sum(row["thick"] == 3 for row in shapes(chart)) - 1  # one is the legend's

    assert lines((1, 2, 3, 4)) == 4
    assert lines((1, None, 3, 4)) == 2


def test_a_web_needs_three_axes():
    block = Radar(title="", axes=("a", "b"), profiles=(("now", (2, None)), ("then", (4, 5))))
    shown = words(charts.draw(block, "en", "light"))
    assert {"a", "b", "now", "then", "2", "4", "5", "–"} <= set(shown)


def test_network_tells_mutual_declined_and_critical_apart():
    nodes = tuple(Node(key=key, name=key, group="public", critical=key == "c") for key in "abcd")
    edges = (
        Edge(source="a", target="b"),
        Edge(source="b", target="a"),
        Edge(source="a", target="c", declined=True),
        Edge(source="d", target="c"),
    )
    chart = charts.draw(Network(title="", nodes=nodes, edges=edges), "en", "light")
    drawn = [row for row in shapes(chart) if "Q" in row["path"]]
    colours = palette("light")
    assert len(drawn) == 3  # a and b share one line with two heads
    assert sum(row["stroke"] == colours.link for row in drawn) == 1
    assert [bool(row["dash"]) for row in drawn if row["stroke"] == colours.accent] == [True]
    assert {"needs", "need each other", "declined"} <= set(words(chart))
    rings = [row for row in shapes(chart) if row["stroke"] == colours.accent and "a" in row["path"]]
    assert len(rings) == 2  # around c, and in the legend


def test_who_is_needed_more_is_larger():
    nodes = tuple(Node(key=key, name=key, group="private") for key in "abc")
    edges = (Edge(source="a", target="c"), Edge(source="b", target="c"))
    chart = charts.draw(Network(title="", nodes=nodes, edges=edges), "en", "light")
    fill = GROUPS["private"].light
    radii = [float(row["path"].split("a")[1].split(",")[0]) for row in shapes(chart)
             if row["fill"] == fill]  # fmt: skip
    assert radii[2] > radii[0] == radii[1]


def test_the_same_network_is_always_the_same_picture():
    assert charts.draw(crowd(30, 56), "bg", "light").to_dict() == (
        charts.draw(crowd(30, 56), "bg", "light").to_dict()
    )


def test_alternative_text_carries_the_main_numbers():
    assert charts.alt(rich.bars()[0], "en") == (
        "Bar chart: Priorities by dots. A single entry point for information and participation: "
        "25.0; An open data policy: 22.5; Data exchange between directorates, so that nobody is "
        "asked twice for the same…: 17.0; Digital skills courses in the neighbourhood "
        "libraries: 12.0; Online voting on small projects: 6.5. (n = 24 of 25 people with a "
        "vote, equal weight per group)"
    )
    assert "най-високо 2,90" in charts.alt(rich.radar(), "bg")
    assert "Дирекция „Дигитално развитие“ (9)" in charts.alt(rich.network(), "bg")
    assert "3 cells are not shown." in charts.alt(rich.heat(), "en")
    agreed = replace(rich.spread(), rows=(("x", (0, 0, 1, 2, 3)),))
    assert "x: 0 below the middle, 5 above it, of 6" in charts.alt(agreed, "en")
    assert "данни" in charts.alt(rich.cloud(), "bg")


# Word clouds


def painted(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def test_a_cloud_shows_words_in_our_colours_on_our_ground():
    for theme in ("light", "dark", "paper"):
        image = painted(charts.cloud(rich.cloud(), "bg", 800, 400, theme))
        assert image.size == (800, 400)
        ground = tuple(int(palette(theme).ground[i : i + 2], 16) for i in (1, 3, 5))
        share = sum(1 for pixel in image.get_flattened_data() if pixel != ground) / (800 * 400)
        assert 0.05 < share < 0.8


def test_the_same_words_make_the_same_cloud():
    assert charts.cloud(rich.cloud(), "bg", 600, 300) == charts.cloud(rich.cloud(), "bg", 600, 300)


@pytest.mark.parametrize(
    "given",
    {
        "endless word": (("я" * 100_000, 5.0),),
        "very many words": tuple((f"дума{nth}", float(nth)) for nth in range(100_000)),
        "faces only": (("😀", 3.0), ("👍🏽", 2.0)),
        "brackets": (("(" * 3000, 2.0),),
        "arabic": (("مرحبا", 2.0), ("العربية", 1.0)),
        "bad weights": (("а", float("nan")), ("б", -1.0), ("в", 0.0), ("г", math.inf)),
        **{name: ((hostile, 2.0), ("дума", 1.0)) for name, hostile in NASTY.items()},
    }.items(),
    ids=lambda one: one[0],
)
def test_hostile_words_ask_for_no_more_work_than_any_others(given):
    """One endless word kept the library busy for a minute: it gets few, and short ones."""
    block = Cloud(title="", words=given[1])
    asked = _weights(block)
    assert len(asked) <= MOST_WORDS
    assert all(len(word) <= LONGEST_WORD for word in asked)
    assert painted(charts.cloud(block, "bg", 1600, 800)).size == (1600, 800)


def test_no_words_make_a_friendly_picture():
    image = painted(charts.cloud(Cloud(title="", words=()), "bg", 800, 400))
    assert len(image.getcolors(1 << 20)) > 2  # a sentence, not an empty field


# The palette


def test_text_colours_are_readable_on_their_ground():
    for theme in ("light", "dark", "paper"):
        colours = palette(theme)
        for colour in (
            colours.text, colours.accent, colours.link, colours.good, colours.care, colours.quiet
        ):  # fmt: skip
            assert contrast(colour, colours.ground) >= 4.5
        for colour in colours.series:
            assert contrast(colour, colours.ground) >= 3


def test_numbers_are_readable_on_every_tint():
    for theme in ("light", "dark", "paper"):
        for share in range(101):
            fill = mix(*palette(theme).scale, share / 100)
            assert contrast(ink_on(fill), fill) >= 4.5


def test_groups_keep_their_look_and_further_ones_get_a_hatch():
    styles = group_styles(["private", "elders", "public", "youth"])
    assert styles["public"] is GROUPS["public"]
    assert styles["elders"] is FURTHER[0]
    assert styles["youth"] is FURTHER[1]
    assert styles["elders"].hatched
    shapes_used = [style.shape for style in (*GROUPS.values(), *FURTHER)]
    assert len(set(shapes_used)) == len(shapes_used)


def test_what_is_counted_has_no_halves_on_its_axis() -> None:
    for most in range(1, 40):
        marks = ticks(0, most, whole=True)
        assert marks == [round(mark) for mark in marks]
        assert marks[0] == 0
        assert marks[-1] >= most
