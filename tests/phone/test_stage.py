"""The page that follows the facilitator: waiting, writing, changing, seeing what the room said."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import httpx
import pytest

from phone.pages import Pages
from tests.phone.conftest import Hall, action, hidden, said
from workshop.language import Multilingual, text
from workshop.model import Anonymity, Refused

NASTY = {
    "zero": "ab\x00cd",
    "escape": "red \x1b[31m alert",
    "separators": "one\u2028two\u2029three",
    "noncharacter": "end\ufffe\uffff of it",
    "direction": "abc\u202edef\u2066ghi",
    "invisible": "in\u200bvis\u2060ible",
    "zalgo": "z" + "\u0301" * 300 + "algo",
    "emoji": "Работи 👩‍👩‍👧 🇧🇬 отлично",
    "arabic": "مرحبا بالجميع",
    "script": "<script>window.__x=1</script>",
    "picture": '<img src=x onerror="window.__x=1">',
    "template": "{{7*7}} {% raw %} ${7*7} #{7}",
    "percent": "%s %(n)s 100 %d",
    "quotes": "\"'`><&amp;",
    "formula": '=HYPERLINK("http://x")',
    "markdown": "![x](http://127.0.0.1/x) **bold** :red[x]",
    "cdata": "]]>&#x0;<!-- -->",
    "sql": "'; DROP TABLE contribution; --",
}


def test_waiting_says_what_the_room_does_and_what_comes(hall: Hall) -> None:
    stage = hall.stage()
    phone = hall.phone("bg")
    page = phone.join()
    assert "Вие сте вътре" in page.text
    assert "Семинарът започва в 10:00 ч." in page.text
    assert "Силни и слаби" in page.text
    hall.toolkit.agenda.show(None, hall.workshop.id, stage.id)
    hall.settle()
    page = phone.get(hall.here)
    assert "Водещият представя този етап." in page.text
    assert re.search(r'<li class="now" aria-current="step">.*Силни и слаби', page.text)


def test_who_sees_what_stands_before_the_first_field(hall: Hall) -> None:
    hall.open_stage(anonymity=Anonymity.organisation)
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    promise = page.text.index("The room may see that this comes from Town library")
    assert promise < page.text.index("<textarea")


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (Anonymity.named, "with the name of your organisation: Town library"),
        (Anonymity.anonymous, "neither you nor your organisation"),
    ],
)
def test_each_way_of_anonymity_has_its_own_promise(hall: Hall, mode: Anonymity, words: str) -> None:
    hall.open_stage(anonymity=mode)
    phone = hall.phone()
    phone.join()
    assert words in phone.get(hall.here).text


def test_an_entry_is_received_and_stands_among_ones_own(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone("bg")
    phone.join()
    page = phone.write("Добра библиотека")
    assert re.fullmatch(r"Получено в \d\d:\d\d\.", said(page))
    assert "Добра библиотека" in page.text
    assert hall.written(stage) == ["Добра библиотека"]
    again = phone.get(hall.here)
    assert said(again) == ""
    assert "Добра библиотека" in again.text


def test_after_a_card_the_same_field_asks_for_more(hall: Hall) -> None:
    hall.open_stage()
    phone = hall.phone()
    phone.join()
    assert hidden(phone.get(hall.here), "_step") == "S"
    page = phone.get(f"{hall.here}?step=O")
    for words in ("An open programme", "A second one"):
        form = {"kind": "O", "text": words, "_step": "O", "_key": hidden(page, "_key")}
        page = phone.post(action(page), form)
        assert hidden(page, "_step") == "O"
        assert re.search(r'step=O" aria-current="step" class="done"', page.text)
    assert hidden(phone.get(hall.here), "_step") == "S", "a fresh look begins with what is empty"


def test_the_same_form_twice_is_one_entry_and_one_answer(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    form = {"kind": "S", "text": "Once", "_key": hidden(page, "_key")}
    first, second = phone.post(action(page), form), phone.post(action(page), form)
    assert said(first) == said(second)
    assert hall.written(stage) == ["Once"]


def test_twenty_taps_at_once_are_one_entry(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    form = {"kind": "S", "text": "Once", "_key": hidden(page, "_key")}

    async def tap() -> list[httpx.Response]:
        taps = [phone.client.post(action(page), data=form) for _ in range(20)]
        return await asyncio.gather(*taps)

    answers = hall.run(tap())
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert hall.written(stage) == ["Once"]


def test_a_lost_answer_is_replayed_even_after_the_stage_closed(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    form = {"kind": "S", "text": "Heard", "_key": hidden(page, "_key")}
    first = phone.post(action(page), form, follow_redirects=False)
    hall.move(stage, "locked")
    again = phone.post(action(page), form, follow_redirects=False)
    assert again.headers["location"] == first.headers["location"]
    assert hall.written(stage) == ["Heard"]


def test_the_same_key_with_other_words_is_asked_again_with_a_new_key(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    key = hidden(page, "_key")
    phone.post(action(page), {"kind": "S", "text": "First", "_key": key})
    page = phone.post(action(page), {"kind": "S", "text": "Second", "_key": key})
    assert page.status_code == 422
    assert "Second" in page.text
    assert hidden(page, "_key") != key
    assert hall.written(stage) == ["First"]


@pytest.mark.parametrize("key", ["", "x", "0" * 33, "0" * 32, "../" * 9, "0" * 32 + "-1234567"])
def test_a_key_we_never_gave_is_refused_with_the_words_kept(hall: Hall, key: str) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    answer = phone.post(action(page), {"kind": "S", "text": "Kept words", "_key": key})
    assert answer.status_code == 422
    assert "Kept words" in answer.text
    assert hall.written(stage) == []


@pytest.mark.parametrize("headers", [{}, {"x-sedyanka": "script"}], ids=["plain", "scripted"])
def test_all_that_is_refused_comes_back_each_with_its_reason_at_the_field(
    hall: Hall, headers: dict[str, str]
) -> None:
    stage = hall.open_stage()
    phone = hall.phone("bg")
    phone.join()
    phone.client.headers.update(headers)
    idea, title = "Идея " * 300, "Заглавие " * 20
    page = phone.write(idea, title=title)
    assert page.status_code == 422
    assert re.search(r"<title>Грешка: ", page.text)
    summary = page.text.partition('id="errors"')[2].partition("</ul>")[0]
    assert 'role="alert"' in page.text
    for field, words in (("text", idea), ("title", title)):
        said = re.search(rf'<p class="error" id="e-{field}">(.+?)</p>', page.text)
        assert said
        assert re.search(rf'<a href="#f-{field}"><b>[^<]+</b> {re.escape(said[1])}</a>', summary)
        assert re.search(rf'id="f-{field}"[^>]*e-{field}"[^>]* aria-invalid="true"', page.text)
        assert words.strip() in page.text
    assert hall.written(stage) == []


def test_sixty_kilobytes_of_cyrillic_get_a_sentence_and_are_kept(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    words = "дълго " * 5000
    page = phone.write(words)
    assert page.status_code == 422
    assert "30000" in page.text.replace(",", "") or "29999" in page.text.replace(",", "")
    assert words.strip() in unescape(page.text)
    assert hall.written(stage) == []


def test_a_flood_gets_one_sentence(hall: Hall) -> None:
    hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.write("x" * 500_000)
    assert page.status_code == 413
    assert "more than this form can take" in page.text


@pytest.mark.parametrize("name", NASTY)
def test_nasty_words_are_shown_as_words(hall: Hall, name: str) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.write(f"nice {NASTY[name]} words")
    assert page.status_code == 200
    assert said(page).startswith("Received")
    (written,) = hall.written(stage)
    lists = re.findall(r'<p class="words"[^>]*>(.*?)</p>', page.text, re.DOTALL)
    assert [unescape(one) for one in lists] == [written]
    assert "<script>window" not in page.text
    assert "<img" not in page.text
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", page.text)


def test_own_entries_can_be_changed_while_the_stage_is_open(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.write("First thought")
    link = re.search(r'href="([^"]*\?change=[^"]*)"', page.text)
    assert link
    page = phone.get(unescape(link[1]))
    assert "You are changing No. 1." in page.text
    assert re.search(r"<textarea[^>]*>\nFirst thought</textarea>", page.text)
    form = {
        "kind": "S", "text": "Second thought", "_key": hidden(page, "_key"),
        "_replaces": hidden(page, "_replaces"),
    }  # fmt: skip
    phone.post(action(page), form)
    assert hall.written(stage) == ["Second thought"]


def test_own_entries_can_be_withdrawn(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone("bg")
    phone.join()
    page = phone.write("Take it back")
    withdraw = re.search(r'action="([^"]*/withdraw/[^"]*)"', page.text)
    assert withdraw
    for _ in range(2):  # a double tap
        page = phone.post(withdraw[1], {"_key": hidden(page, "_key")} if _ == 0 else {"_key": "a"})
        assert said(page) == "№ 1 е оттеглен."
    assert hall.written(stage) == []


def test_too_late_is_said_and_the_words_stay_for_copying(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    hall.move(stage, "locked")
    answer = phone.post(
        action(page), {"kind": "S", "text": "A second late", "_key": hidden(page, "_key")}
    )
    assert answer.status_code == 409
    assert "A second late" in answer.text
    assert "closed" in answer.text
    assert hall.written(stage) == []


def test_a_form_for_another_stage_never_lands_in_the_present_one(hall: Hall) -> None:
    first = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    hall.move(first, "locked", "closed")
    second = hall.open_stage()
    answer = phone.post(
        action(page), {"kind": "S", "text": "For the first", "_key": hidden(page, "_key")}
    )
    assert answer.status_code == 409
    assert "For the first" in answer.text
    assert hall.written(first) == hall.written(second) == []


def test_locked_then_revealed_then_closed(hall: Hall) -> None:
    stage = hall.open_stage()
    phone, other = hall.phone("bg"), hall.phone("bg")
    phone.join()
    other.join(f"citizen-{hall.groups[2]}")
    phone.write("Добра библиотека")
    hall.move(stage, "locked")
    page = phone.get(hall.here)
    assert "Етапът е заключен. Резултатът идва" in page.text
    assert "Добра библиотека" in page.text
    assert "Добра библиотека" not in other.get(hall.here).text
    assert 'id="entry"' not in page.text
    hall.move(stage, "revealed")
    page = other.get(hall.here)
    assert "Добра библиотека" in page.text
    assert "Това каза залата." in page.text
    hall.move(stage, "closed")
    assert "Етапът приключи." in other.get(hall.here).text


def test_a_reopened_stage_is_written_in_again(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    hall.move(stage, "locked", "open")
    assert said(phone.write("After all")).startswith("Received")
    assert hall.written(stage) == ["After all"]


def test_after_the_workshop_ones_own_words_are_still_there(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone("bg")
    phone.join()
    phone.write("Моите думи")
    hall.move(stage, "locked", "closed")
    hall.toolkit.library.finish_workshop(None, hall.workshop.id)
    hall.settle()
    page = phone.get(hall.here)
    assert "Благодарим Ви за участието" in page.text
    assert "Моите думи" in page.text
    assert "Променям" not in page.text


def test_changing_the_language_keeps_what_is_typed_and_what_is_written_in_it(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone("bg")
    phone.join()
    page = phone.post(
        f"{hall.here}/language", {"_language": "en", "_step": "W", "kind": "W", "text": "Half a"}
    )
    assert '<html lang="en-GB">' in page.text
    assert re.search(r"<textarea[^>]*>\nHalf a</textarea>", page.text)
    assert hidden(page, "_step") == "W"
    phone.write("Half a sentence")
    (entry,) = hall.toolkit.results.contributions(stage.id)
    assert entry.language == "en"
    page = phone.post(f"{hall.here}/language", {"_language": "xx"})
    assert '<html lang="en-GB">' in page.text


def test_a_workshop_held_in_one_language_offers_no_other(hall: Hall) -> None:
    hall.toolkit.library.change_series(None, hall.series.id, languages=("bg",))
    hall.settle()
    page = hall.phone("en").get(f"/j/{hall.workshop.code}")
    assert '<html lang="bg-BG">' in page.text
    assert "languages" not in page.text


def test_a_secret_ballot_is_cast_once_and_never_shown(hall: Hall) -> None:
    stage = hall.stage(
        exercise="ballots", anonymity=Anonymity.secret, title=Multilingual(en="Vote")
    )
    hall.move(stage, "open")
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    assert "Secret within this room" in page.text
    form = {"choice": "yes", "_key": hidden(page, "_key")}
    page = phone.post(action(page), form)
    assert said(page) == "Received."
    assert "Your ballot is in." in page.text
    assert 'id="entry"' not in page.text
    answer = phone.post(f"{hall.here}/s/{stage.id}", {"choice": "no", "_key": "0" * 32 + "-0"})
    assert "You have already voted." in answer.text


def test_a_ballot_sent_again_replaces_the_first_and_stands_in_the_form(hall: Hall) -> None:
    stage = hall.stage(exercise="ballots", title=Multilingual(en="Vote"))
    hall.move(stage, "open")
    phone = hall.phone()
    phone.join()
    for choice in ("yes", "no"):
        page = phone.get(hall.here)
        page = phone.post(action(page), {"choice": choice, "_key": hidden(page, "_key")})
        assert re.search(rf'value="{choice}" checked', page.text)
    (ballot,) = hall.toolkit.results.contributions(stage.id)
    assert ballot.entry.choice == "no"


def test_observers_watch(hall: Hall) -> None:
    hall.open_stage()
    phone = hall.phone()
    phone.join()
    (person,) = hall.toolkit.people.participants(hall.workshop.id)
    hall.toolkit.people.change_participant(None, person.id, voting=False)
    hall.settle()
    page = phone.get(hall.here)
    assert "Observers watch" in page.text
    assert 'id="entry"' not in page.text


def test_a_stage_without_a_form_takes_place_in_the_room(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    hall.phones.pages = Pages(hall.phones.pages._exercises / "elsewhere")
    page = phone.get(hall.here)
    assert page.status_code == 200
    assert "takes place in the room" in page.text
    assert hall.written(stage) == []


def test_a_flood_of_entries_is_slowed_with_a_sentence(hall: Hall) -> None:
    hall.open_stage(settings={"each": 60})
    hall.phones.sends.most = 3
    phone = hall.phone()
    phone.join()
    pages = [phone.write(f"Idea number {n}") for n in range(4)]
    assert [page.status_code for page in pages] == [200, 200, 200, 429]
    assert "Idea number 3" in pages[3].text


def test_a_form_that_contradicts_itself_comes_back_with_its_words(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.write("Kept words", **{"kind.x": "S"})
    assert page.status_code == 422
    assert re.search(r"<textarea[^>]*>\nKept words</textarea>", page.text)
    key = hidden(page, "_key")
    body = f"kind=S&text=One&text=Two&_key={key}".encode()
    answer = hall.run(
        phone.client.post(
            f"{hall.here}/s/{stage.id}", content=body,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
    )  # fmt: skip
    assert answer.status_code == 422
    assert hall.written(stage) == []


def test_a_database_that_is_away_keeps_the_words_and_asks_for_patience(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()

    def fail(*_: object, **__: object) -> None:
        raise Refused(text("The database does not answer."), passing=True)

    monkeypatch.setattr(hall.toolkit.entries, "contribute", fail)
    page = phone.write("Not lost")
    assert page.status_code == 503
    assert "Not lost" in page.text
    monkeypatch.undo()
    assert said(phone.write("Not lost")).startswith("Received")
    assert hall.written(stage) == ["Not lost"]


def test_our_own_mistake_does_not_cost_the_words(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.open_stage()
    phone = hall.phone()
    phone.join()
    monkeypatch.setattr(hall.toolkit.entries, "contribute", lambda *_, **__: 1 / 0)
    page = phone.write("Not lost either")
    assert page.status_code == 500
    assert "Not lost either" in page.text


def test_a_phone_whose_cookie_is_gone_keeps_its_words(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    phone.client.cookies.clear()
    answer = phone.post(
        action(page), {"kind": "S", "text": "Written for nothing?", "_key": hidden(page, "_key")}
    )
    assert answer.status_code == 404
    assert "Written for nothing?" in answer.text
    assert hall.written(stage) == []


def test_people_who_write_in_the_same_moment_are_all_heard_once(hall: Hall) -> None:
    stage = hall.open_stage()
    phones = [hall.phone() for _ in range(25)]
    for place, phone in enumerate(phones):
        phone.join(f"citizen-{hall.groups[place % 4]}")
    forms = [
        (action(page), hidden(page, "_key")) for page in (one.get(hall.here) for one in phones)
    ]

    async def send() -> list[httpx.Response]:
        return await asyncio.gather(
            *(
                phone.client.post(to, data={"kind": "S", "text": f"Idea {n}", "_key": key})
                for n, (phone, (to, key)) in enumerate(zip(phones, forms, strict=True))
            )
        )

    assert {answer.status_code for answer in hall.run(send())} == {303}
    assert sorted(hall.written(stage)) == sorted(f"Idea {n}" for n in range(25))
