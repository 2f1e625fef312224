"""Tables: each phone says at which one its holder sits, in the page, in the news and after."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import httpx

from tests.phone.conftest import Hall, Phone
from tests.phone.test_mirror import main, wall
from tests.phone.test_pulse import Stream
from workshop.model import Spread, StageState


def table(words: str) -> str:
    """Return what a page, or a piece of the news, says of its reader's table."""
    found = re.search(r'<p id="table" role="status">(.*?)</p>', words)
    assert found, words
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split())


def seat(hall: Hall, phone: Phone) -> int:
    """Return where the holder of a phone sits, as the database knows it."""
    held = hall.toolkit.people.by_tokens(list(phone.client.cookies.values()))
    (person,) = held.values()
    assert person.at_table
    return person.at_table


def test_everybody_hears_of_their_own_table_by_one_page_printed_for_all(hall: Hall) -> None:
    stage = hall.stage(tables=2)
    hall.toolkit.agenda.show(None, hall.workshop.id, stage.id)
    phones = [hall.phone("bg" if nth == 3 else "en") for nth in range(4)]
    for phone in phones:
        phone.join()
    hall.settle()
    assert not table(phones[0].get(hall.here).text), "nobody sits yet"
    shape = phones[0].get(f"{hall.here}/pulse").json()["shape"]
    jars = ["; ".join(f"{k}={v}" for k, v in one.client.cookies.items()) for one in phones]

    async def tale() -> list[list[dict[str, str]]]:
        tongues = [b"en"] * 3 + [b"bg-BG"]
        streams = [
            Stream(hall, jar, f"shape={shape}", one) for jar, one in zip(jars, tongues, strict=True)
        ]
        await asyncio.sleep(0.5)
        await asyncio.to_thread(hall.toolkit.agenda.move, None, stage.id, StageState.open)
        await asyncio.sleep(1)
        who = hall.toolkit.people.participants(hall.workshop.id)[0].id
        (now,) = [one for one in hall.toolkit.seating.seats(stage.id) if one.participant_id == who]
        move = hall.toolkit.seating.seat
        await asyncio.to_thread(move, None, stage.id, who, 3 - now.at_table)
        await asyncio.sleep(1)
        for stream in streams:
            await stream.leave()
        return [stream.news for stream in streams]

    first, *others = hall.run(tale())
    at = [seat(hall, one) for one in phones]
    before = [3 - at[0], *at[1:]]
    assert sorted(before) == [1, 1, 2, 2]
    pages = [next(one["page"] for one in news if "page" in one) for news in (first, *others)]
    said = [f"Table {one} 2 people sit here" for one in before[:3]]
    assert [table(page) for page in pages] == [*said, f"Маса {before[3]} Тук седят 2 души"]
    assert "page" not in first[-1], "who is moved goes on writing"
    told = f'<p id="table" role="status">{first[-1]["table"]}</p>'
    assert table(told) == f"Table {at[0]} 3 people sit here" == table(phones[0].get(hall.here).text)
    answer = phones[0].write("Written at the new table")
    assert table(answer.text) == table(told), "an own page has it as well as a shared one"
    (one,) = hall.toolkit.results.contributions(stage.id)
    assert one.at_table == at[0]


def test_by_hand_a_phone_says_whom_to_ask_and_the_mirror_counts_by_table(hall: Hall) -> None:
    stage = hall.stage(tables=2, spread=Spread.hand)
    phone = hall.phone()
    phone.join()
    hall.move(stage, "open")
    assert table(phone.get(hall.here).text) == "Ask the facilitator at which table you sit."
    (who,) = hall.toolkit.people.participants(hall.workshop.id)
    hall.toolkit.seating.seat(None, stage.id, who.id, 2)
    hall.settle()
    assert table(phone.get(hall.here).text) == "Table 2 1 person sits here"
    phone.write("One")
    phone.write("Two")
    shown: httpx.Response = phone.get(wall(hall))
    assert "Table 1 0 Table 2 2" in main(shown)
    hall.move(stage, "locked", "revealed")
    assert 'id="table"' not in phone.get(hall.here).text
    hall.toolkit.walls.board(hall.workshop.id, stage.id, 2)
    hall.settle()
    assert "the board of table 2" in phone.get(wall(hall)).text
