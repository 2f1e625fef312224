"""What the wall shows, on phones: the same, nothing more, for whoever cannot see the wall."""

from __future__ import annotations

import asyncio
import json
import re
from html import unescape

import httpx
import pytest

from phone import reflection
from phone.following import MOST_STREAMS
from tests.phone.conftest import ADDRESS, Hall, Phone, said
from tests.phone.test_pulse import Stream
from workshop.blocks import Bar, Bars, Block, Cloud, Figure, Figures, Prose, Table
from workshop.language import Multilingual
from workshop.model import Wall

SCRIPT = {"X-Sedyanka": "script"}


def wall(hall: Hall) -> str:
    return f"{hall.here}/wall"


def main(page: httpx.Response) -> str:
    """Return the words of a page's content."""
    found = re.search(r'<main id="main">(.*?)</main>', page.text, re.DOTALL)
    assert found, page.text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


def place(page: httpx.Response) -> str:
    found = re.search(r'data-place="([0-9a-f]{8})"', page.text)
    assert found
    return found[1]


def joined(hall: Hall, language: str = "en") -> Phone:
    phone = hall.phone(language)
    phone.join()
    return phone


def pulse(phone: Phone, hall: Hall) -> dict[str, object]:
    known: dict[str, object] = json.loads(phone.get(f"{wall(hall)}/pulse").text)
    return known


def test_the_participants_page_leads_to_it_and_it_leads_back(hall: Hall) -> None:
    phone = joined(hall)
    assert f'<a href="{wall(hall)}">What the wall shows</a>' in phone.get(hall.here).text
    page = phone.get(wall(hall))
    assert page.status_code == 200
    assert f'href="{hall.here}">To my own page</a>' in page.text


def test_who_has_not_joined_is_led_to_the_door(hall: Hall) -> None:
    stranger = hall.phone()
    assert stranger.get(wall(hall)).url.path == f"/j/{hall.workshop.code}"
    for way in ("pulse", "events"):
        assert stranger.get(f"{wall(hall)}/{way}").status_code == 404


def test_in_the_lobby_it_shows_the_way_in_and_who_has_come(hall: Hall) -> None:
    phone = joined(hall)
    other = hall.phone()
    other.join(f"organisation-{hall.organisations[1]}")
    hall.settle()
    page = phone.get(wall(hall))
    assert said(page) == "The wall shows how to join."
    assert hall.workshop.code in main(page)
    assert f"{ADDRESS.removeprefix('http://')}/j" in main(page)
    assert 'alt="QR code to join"' in page.text
    assert "2 people joined" in main(page)
    assert '<th scope="col"' in page.text
    assert page.text.count('<th scope="row">') == len(hall.groups)


def test_nobody_is_shown_a_way_in_that_is_closed(hall: Hall) -> None:
    phone = joined(hall)
    hall.toolkit.agenda.lock_joining(None, hall.workshop.id, True)
    hall.settle()
    page = phone.get(wall(hall))
    assert said(page) == "Joining is closed. Whoever is in goes on as before."
    assert "QR code" not in page.text


def test_while_people_write_it_counts_and_shows_no_word_of_theirs(hall: Hall) -> None:
    stage = hall.open_stage(minutes=5, question=Multilingual(bg="Какво?", en="What is strong?"))
    writer, watcher = joined(hall), joined(hall)
    hall.settle()
    before = watcher.get(wall(hall))
    assert said(before) == "Strong and weak: people are writing now."
    assert "What is strong?" in main(before)
    assert "0 of 2 done" in main(before)
    assert "5 min left" in main(before)
    writer.write("Nobody may read this yet")
    hall.settle()
    after = watcher.get(wall(hall))
    assert "1 of 2 done" in main(after)
    assert "Nobody may read" not in after.text
    assert place(after) == place(before), "a count is no news to be read out"
    hall.move(stage, "locked")
    locked = watcher.get(wall(hall))
    assert said(locked) == "Strong and weak: no more entries. We are sorting."
    assert "Nobody may read" not in locked.text
    hall.move(stage, "revealed")
    shown = watcher.get(wall(hall))
    assert "Nobody may read this yet" in main(shown)
    assert "wall shows" in said(shown)


def test_where_the_wall_shows_contributions_as_they_come_so_does_it(hall: Hall) -> None:
    hall.open_stage(live=True)
    writer, watcher = joined(hall), joined(hall)
    writer.write("Seen at once")
    hall.settle()
    assert "Seen at once" in main(watcher.get(wall(hall)))


def test_while_the_wall_stands_still_so_do_its_figures_here(hall: Hall) -> None:
    stage = hall.open_stage()
    writer, watcher = joined(hall), joined(hall)
    hall.toolkit.walls.hush(hall.workshop.id, still=True)
    hall.settle()
    assert "0 of 2 done The wall stands still" in reduced(watcher.get(wall(hall)))
    mark = pulse(watcher, hall)["shape"]
    writer.write("Something")
    hall.settle()
    assert pulse(watcher, hall)["shape"] == mark
    assert "0 of 2 done" in main(watcher.get(wall(hall)))
    hall.move(stage, "locked")
    assert said(watcher.get(wall(hall))) == "Strong and weak: no more entries. We are sorting."
    hall.toolkit.walls.hush(hall.workshop.id, still=False)
    hall.settle()
    page = watcher.get(wall(hall))
    assert "1 of 2 done" in main(page)
    assert "stands still" not in main(page)


def test_how_many_are_here_can_be_kept_quiet(hall: Hall) -> None:
    phone = joined(hall)
    hall.toolkit.walls.hush(hall.workshop.id, discreet=True)
    hall.settle()
    lobby = phone.get(wall(hall))
    assert "joined" not in main(lobby)
    assert "<table" not in lobby.text
    hall.open_stage()
    page = phone.get(wall(hall))
    assert "0 done" in main(page)
    assert "of 1" not in main(page)
    assert "<table" not in page.text


def reduced(page: httpx.Response) -> str:
    """Return the words of a page's content without its tables."""
    return main(httpx.Response(200, text=re.sub(r"<table>.*?</table>", "", page.text, flags=re.S)))


def test_it_shows_the_view_the_facilitator_turned_to(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = hall.open_stage()
    hall.move(stage, "locked", "revealed")
    monkeypatch.setattr(hall.toolkit.results, "tell", lambda _: list(RESULT))
    phone = joined(hall)
    first = phone.get(wall(hall))
    assert said(first) == "Strong and weak: the wall shows “Votes”."
    assert "Turnout" in main(first)
    assert "Library wins" in main(first)
    assert "Words" not in main(first)
    hall.toolkit.walls.turn(hall.workshop.id, stage.id, 1, anchor=3)
    hall.settle()
    second = phone.get(wall(hall))
    assert said(second) == "Strong and weak: the wall shows “Words”."
    assert "Votes" not in main(second)
    assert place(second) != place(first)


def test_as_a_table_on_the_wall_is_a_table_here(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = hall.open_stage()
    hall.move(stage, "locked", "revealed")
    monkeypatch.setattr(hall.toolkit.results, "tell", lambda _: list(RESULT))
    phone = joined(hall)
    assert '<th scope="row"' not in phone.get(wall(hall)).text
    hall.toolkit.walls.turn(hall.workshop.id, stage.id, 0, table=True, anchor=1)
    hall.settle()
    assert '<th scope="row"' in phone.get(wall(hall)).text


def test_turning_the_wall_is_news_here_and_not_on_participants_pages(hall: Hall) -> None:
    stage = hall.open_stage()
    hall.move(stage, "locked", "revealed")
    phone = joined(hall)
    before, own = pulse(phone, hall), phone.get(f"{hall.here}/pulse").text
    hall.toolkit.walls.turn(hall.workshop.id, stage.id, 1, anchor=1)
    hall.settle()
    after = pulse(phone, hall)
    assert (after["shape"], after["place"]) != (before["shape"], before["place"])
    assert phone.get(f"{hall.here}/pulse").text == own


def test_an_event_tells_of_a_turn_and_leaves_nothing_behind(hall: Hall) -> None:
    stage = hall.open_stage()
    hall.move(stage, "locked", "revealed")
    phone = joined(hall)
    known = pulse(phone, hall)
    cookies = "; ".join(f"{name}={value}" for name, value in phone.client.cookies.items())

    async def tale() -> None:
        stream = Stream(hall, cookies, f"shape={known['shape']}", way="wall/events")
        while not stream.pieces:
            await asyncio.sleep(0.01)
        hall.toolkit.walls.turn(hall.workshop.id, stage.id, 1, anchor=1)
        async with asyncio.timeout(20):
            while not stream.news:
                await asyncio.sleep(0.01)
        assert stream.news[0]["place"] != known["place"]
        assert hall.phones.mirror.pulse.listeners == 1
        await stream.leave()
        async with asyncio.timeout(20):
            while hall.phones.mirror.pulse.listeners:
                await asyncio.sleep(0.01)

    hall.run(tale())


def test_its_streams_count_among_those_one_phone_may_hold(hall: Hall) -> None:
    phone = joined(hall)
    cookies = "; ".join(f"{name}={value}" for name, value in phone.client.cookies.items())

    async def tale() -> None:
        ways = ["events", "wall/events"] * (MOST_STREAMS // 2)
        streams = [Stream(hall, cookies, way=way) for way in ways]
        while not all(stream.pieces for stream in streams):
            await asyncio.sleep(0.01)
        surplus = Stream(hall, cookies, way="wall/events")
        await asyncio.wait_for(surplus.task, 5)
        assert surplus.status == 429
        for stream in streams:
            await stream.leave()

    hall.run(tale())


def test_nothing_new_costs_next_to_nothing(hall: Hall) -> None:
    phone = joined(hall)
    mark = phone.get(f"{wall(hall)}/pulse").headers["etag"]
    again = phone.get(f"{wall(hall)}/pulse", headers={"if-none-match": mark})
    assert again.status_code == 304


def test_the_language_changes_here_and_stays(hall: Hall) -> None:
    phone = joined(hall)
    page = phone.post(f"{wall(hall)}/language", {"_language": "bg"})
    assert page.url.path == wall(hall)
    assert said(page) == "Екранът показва как да се включите."


def test_what_comes_next_and_the_end_are_said(hall: Hall) -> None:
    stage = hall.stage(minutes=5)
    hall.toolkit.agenda.show(None, hall.workshop.id, stage.id)
    hall.settle()
    phone = joined(hall)
    planned = phone.get(wall(hall))
    assert said(planned) == "Strong and weak: the wall shows what comes next."
    assert "5 minutes" in main(planned)
    assert "joined" not in main(planned)
    hall.toolkit.library.finish_workshop(None, hall.workshop.id)
    hall.toolkit.agenda.show(None, hall.workshop.id, None)
    hall.settle()
    end = phone.get(wall(hall))
    assert said(end) == "Thank you. This workshop is finished."
    assert hall.workshop.code not in main(end)


def test_words_of_others_are_words(hall: Hall) -> None:
    stage = hall.open_stage()
    writer = joined(hall)
    writer.write("<script>window.x = 1</script> & <b>bold</b>")
    hall.move(stage, "locked", "revealed")
    page = writer.get(wall(hall))
    assert "<script>window" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'self'" in page.headers["content-security-policy"]


BARS = Bars(title="Votes", axis="votes", bars=(Bar(label="Library", value=7),))
CLOUD = Cloud(title="Words", words=(("library", 9), ("river", 2)))
RESULT: tuple[Block, ...] = (
    Figures(figures=(Figure(value="80 %", label="Turnout"),)),
    BARS,
    Prose(sentences=("Library wins.",)),
    CLOUD,
)


def test_a_cloud_is_told_as_words_with_their_counts() -> None:
    (table,) = _view(RESULT, anchor=3)
    assert isinstance(table, Table)
    assert [row[:2] for row in table.rows] == [("library", 9), ("river", 2)]


@pytest.mark.parametrize("anchor", [0, 1, 2])
def test_figures_and_sentences_stand_with_what_they_explain(anchor: int) -> None:
    assert _view(RESULT, anchor) == list(RESULT[:3])


def test_a_result_of_sentences_alone_is_one_view() -> None:
    only = (Prose(sentences=("a",)), Prose(sentences=("b",)))
    assert _view(only, 1) == list(only)
    assert _view((), 0) == []


def test_a_turn_beyond_a_result_that_became_shorter_shows_its_beginning() -> None:
    assert _view(RESULT, 99) == list(RESULT[:3])


def _view(blocks: tuple[Block, ...], anchor: int) -> list[Block]:
    class Now:
        wall = Wall(anchor=anchor)

    Now.blocks = blocks  # type: ignore[attr-defined]
    return reflection.view(Now())  # type: ignore[arg-type]
