"""Bad input: one clear sentence in the person's language, the words kept, nothing else changed."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from phone.leaf import PageForm, PageReader
from phone.pulse import EVERY
from tests.lobby import Lobby, Phone, form_of, plain, sentence_of
from workshop.language import Language, Multilingual, Text, counted, say, text
from workshop.model import StageDraft

OPTIONS = [
    {"key": f"C0{n}", "wording": {"bg": f"Вариант {n}", "en": f"Option {n}"}} for n in range(1, 5)
]
DOTS = StageDraft(exercise="dots", settings={"options": OPTIONS, "dots": 5})
SWOT = StageDraft(exercise="swot")
COMMITMENTS = StageDraft(exercise="commitments")
PROMISE = {"action": "Да публикуваме календар", "deliverable": "Календар на сайта", "strength": "4"}

NO_CODE = text("No workshop is open under this code. Please compare it with the screen.")
LOCKED = text("Nobody new can join for the moment. Please ask the facilitator to let you in.")
OVER = text("Thank you for your interest. Its results will be in the report.")
GONE = text("This choice is no longer there. Please choose again.")
TOO_LATE = text("This stage is closed. Your words were not counted; you can copy them.")
DIGITS = text("Please write a whole number with digits only.")
DRAFT = text("Kept as a draft: it does not count until you mend it.")
TOO_MUCH = text("That is more than this form can take. Please go back and shorten it.")

both_languages = pytest.mark.parametrize("language", ["bg", "en"])


def too_long(length: int, limit: int) -> Text:
    return text(
        "The text has {length} characters; at most {limit} fit here. Please shorten it.",
        length=length, limit=limit,
    )  # fmt: skip


def kept_words(page: httpx.Response) -> list[str]:
    """Return what a page without a form gives back for copying."""
    section = re.search(r'<section class="kept".*?</section>', page.text, re.DOTALL)
    assert section, plain(page.text)
    return [plain(one) for one in re.findall(r"<p class.*?</p>", section[0], re.DOTALL)]


def advice_of(page: httpx.Response) -> list[str]:
    """Return what the check says of the entry that was just received."""
    found = re.search(r'<div class="after">(.*?)</div>', page.text, re.DOTALL)
    return [plain(one) for one in re.findall(r"<p.*?</p>", found[1], re.DOTALL)] if found else []


def change(phone: Phone, page: httpx.Response) -> PageForm:
    """Follow the way to change the entry a page lists last."""
    ways = [one for one in PageReader(page.text).links if "?change=" in one]
    return phone.form(ways[-1])


@both_languages
@pytest.mark.parametrize("typed", ["Зю7*QQ", "<b>QQ7</b>", "=1+1", "🦆🦆", '"><i>', "أهلا", ""])
def test_a_wrong_code(lobby: Lobby, language: Language, typed: str) -> None:
    with lobby.phone(language) as phone, lobby.unchanged():
        page = phone.post("/j", {"code": typed})
        assert page.status_code == 422
        assert sentence_of(page) == say(NO_CODE, language)
        assert form_of(page).values["code"] == typed


@both_languages
def test_a_code_whose_time_is_over(lobby: Lobby, language: Language) -> None:
    long_ago = lobby.meeting(SWOT, day=datetime.now(UTC).date() - timedelta(days=9))
    with lobby.phone(language) as phone, lobby.unchanged():
        page = phone.post("/j", {"code": long_ago.workshop.code})
        assert page.status_code == 422
        assert sentence_of(page) == say(NO_CODE, language)
        assert form_of(page).values["code"] == long_ago.workshop.code


@both_languages
@pytest.mark.parametrize("reason", [LOCKED, OVER], ids=["locked", "over"])
def test_a_door_that_closes_while_somebody_types(
    lobby: Lobby, language: Language, reason: Text
) -> None:
    meeting = lobby.meeting(SWOT)
    with lobby.phone(language) as phone:
        form, group = phone.form(meeting.door), meeting.groups[0].id
        if reason is LOCKED:
            lobby.toolkit.agenda.lock_joining(None, meeting.workshop.id, True)
        else:
            lobby.toolkit.library.finish_workshop(None, meeting.workshop.id)
        time.sleep(EVERY)
        with lobby.unchanged():
            page = phone.send(form, {"who": f"other-{group}", f"name-{group}": "Пекарна „Зора“"})
            assert page.status_code == 403
            assert sentence_of(page) == say(reason, language)
            assert kept_words(page) == ["Пекарна „Зора“"]
            again = phone.get(meeting.door)
            assert again.status_code == 403
            assert sentence_of(again) == say(reason, language)


@both_languages
@pytest.mark.parametrize(
    ("who", "typed", "reason"),
    [
        ("organisation-" + "0" * 32, "Пекарна", GONE),
        ("citizen-x", "Пекарна", GONE),
        ("other-🦆", "Пекарна", GONE),
        ("", "Пекарна", text("Please choose whom you speak for.")),
        ("other", "   ", text("Please write the name of your organisation.")),
        ("other", "я" * 30_000, too_long(30_000, 200)),
    ],
    ids=["unknown", "no-group", "duck", "nobody", "nameless", "endless"],
)
def test_an_organisation_nobody_knows(
    lobby: Lobby, language: Language, who: str, typed: str, reason: Text
) -> None:
    meeting = lobby.shared(SWOT)
    group = meeting.groups[0].id
    who = f"other-{group}" if who == "other" else who
    with lobby.phone(language) as phone:
        with lobby.unchanged():
            page = phone.send(phone.form(meeting.door), {"who": who, f"name-{group}": typed})
        assert page.status_code == 422
        assert sentence_of(page) == plain(say(reason, language))
        back = form_of(page)
        assert back.values[f"name-{group}"] == typed
        assert back.values.get("who", "") == (who if typed in ("   ", "я" * 30_000) else "")
        assert phone.send(back, {"who": f"citizen-{group}"}).url.path == meeting.here


@both_languages
def test_what_staff_remove_while_somebody_chooses_it(lobby: Lobby, language: Language) -> None:
    meeting = lobby.meeting()
    extra = lobby.toolkit.library.add_group(
        None, meeting.series.id, "extra", Multilingual(bg="Други", en="Others")
    )
    with lobby.phone(language) as phone:
        form, chosen = phone.form(meeting.door), meeting.radio(phone, 0)
        lobby.toolkit.library.remove_organisation(None, meeting.organisations[0].id)
        lobby.toolkit.library.remove_group(None, extra.id)
        time.sleep(EVERY)
        for who in (chosen, f"other-{extra.id}"):
            with lobby.unchanged():
                page = phone.send(form, {"who": who, f"name-{extra.id}": "Хор „Зора“"})
            assert page.status_code == 422
            assert sentence_of(page) == say(GONE, language)
            assert kept_words(page) == ["Хор „Зора“"], "its field is gone with the group"


@both_languages
def test_a_stage_that_closed_a_second_ago(lobby: Lobby, language: Language) -> None:
    meeting = lobby.meeting(COMMITMENTS)
    meeting.move("open")
    with meeting.welcome(language) as phone:
        form = phone.form(meeting.here)
        meeting.move("locked")
        with lobby.unchanged():
            page = phone.send(form, PROMISE | {"resources": "двама души <3"})
        assert page.status_code == 409
        assert sentence_of(page) == say(TOO_LATE, language)
        heading = {"bg": "Не е отчетено", "en": "Not counted"}[language]
        assert f">{heading}</h1>" in page.text, "of any stage, so it names no exercise's words"
        assert kept_words(page) == [PROMISE["action"], PROMISE["deliverable"], "двама души <3"]
        assert meeting.entries() == []


@both_languages
@pytest.mark.parametrize(
    ("dots", "field", "reason"),
    [
        ({"C01": "3", "C02": "3"}, "",
         counted("You have {n} dot but gave {given}. Please take {over} back.",
                 "You have {n} dots but gave {given}. Please take {over} back.",
                 5, given=6, over=1)),
        ({"C01": "4"}, "C01",
         counted("At most {n} dot may go to one option. Please take {over} back.",
                 "At most {n} dots may go to one option. Please take {over} back.", 3, over=1)),
        ({"C01": "-1", "C02": "1"}, "C01", DIGITS),
        ({"C01": "два", "C02": "1"}, "C01", DIGITS),
        ({"C01": "1e9"}, "C01", DIGITS),
        ({"C01": "9" * 5_000}, "C01", DIGITS),
        ({}, "", text("Please give at least one dot.")),
        ({"C99": "1"}, "C99", text("One of the options has changed. Please reload the page.")),
    ],
    ids=["more", "on-one", "minus", "word", "power", "endless", "none", "unknown"],
)  # fmt: skip
def test_dots_that_cannot_be_given(
    lobby: Lobby, language: Language, dots: dict[str, str], field: str, reason: Text
) -> None:
    meeting = lobby.shared(DOTS)
    fields = {f"dots.{key}": number for key, number in dots.items()}
    with meeting.welcome(language) as phone:
        with lobby.unchanged():
            page = phone.send(phone.form(meeting.here), fields)
        assert page.status_code == 422
        assert sentence_of(page) == say(reason, language)
        assert (f'href="#f-dots.{field}"' in page.text) is bool(field)
        back = form_of(page)
        assert {name: back.values.get(name, "1") for name in fields} == fields
        page = phone.send(back, {f"dots.C0{n}": str(int(n < 3)) for n in range(1, 5)})
        assert "received=" in str(page.url), "what is mended can be sent from the same page"


@both_languages
@pytest.mark.parametrize("flood", ["я" * 30_000, "endless " * 7_500], ids=["cyrillic", "latin"])
def test_sixty_kilobytes_and_far_more(lobby: Lobby, language: Language, flood: str) -> None:
    meeting = lobby.shared(SWOT)
    with meeting.welcome(language) as phone, lobby.unchanged():
        page = phone.send(phone.form(meeting.here), {"text": flood})
        assert page.status_code == 422
        assert sentence_of(page) == plain(say(too_long(len(flood.strip()), 1000), language))
        assert form_of(page).values["text"] == flood
        page = phone.send(phone.form(meeting.here), {"text": flood * 20})
        assert page.status_code == 413
        assert sentence_of(page) == say(TOO_MUCH, language)


@both_languages
def test_a_day_in_the_past_and_a_partner_nobody_knows(lobby: Lobby, language: Language) -> None:
    """Both are kept and told: the one as a draft, the other outside the network."""
    meeting = lobby.shared(COMMITMENTS)
    today = datetime.now(UTC).date()
    past, ahead = today - timedelta(days=800), today + timedelta(days=60)
    before = lobby.dump()
    with meeting.welcome(language) as phone:
        sent = PROMISE | {"due": f"{past:%d.%m.%Y}"}
        page = phone.send(phone.form(meeting.here), sent)
        reason = text("{day} is before the workshop.", day=past)
        assert advice_of(page) == [say(DRAFT, language), plain(say(reason, language))]
        back = change(phone, page)
        assert {name: back.values[name] for name in sent} == sent
        need = {"needs.0.organisation": "Марсианците", "needs.0.what": "кораб"}
        page = phone.send(back, need | {"due": f"{ahead:%d.%m.%Y}"})
        told = advice_of(page)
        assert "Марсианците" in told[0]
        assert [one for one in told if say(DRAFT, language) in one] == []
        assert {name: change(phone, page).values[name] for name in need} == need
    after = lobby.dump()
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"participant", "contribution", "event", "stage", "workshop"}
    assert all(set(before[table]) <= set(after[table]) for table in ("contribution", "event"))


@both_languages
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "X"}, text("Please choose one of the answers offered.")),
        ({"strange": "x"}, text("This page is out of date. Please reload it; your text is kept.")),
        ({"_key": "old"},
         text("This page is too old to be sent. Please send it once more from here.")),
        ({"_replaces": "0" * 32},
         text("The entry you are changing is no longer there. Send your words as a new one.")),
    ],
    ids=["kind", "field", "key", "gone"],
)  # fmt: skip
def test_a_form_that_is_not_as_we_gave_it(
    lobby: Lobby, language: Language, fields: dict[str, str], reason: Text
) -> None:
    meeting = lobby.shared(SWOT)
    with meeting.welcome(language) as phone:
        with lobby.unchanged():
            page = phone.send(phone.form(meeting.here), fields | {"text": "Някакви думи"})
        assert page.status_code == 422
        assert sentence_of(page) == say(reason, language)
        assert form_of(page).values["text"] == "Някакви думи"


@both_languages
def test_a_form_for_another_room(lobby: Lobby, language: Language) -> None:
    meeting, other = lobby.shared(SWOT), lobby.shared(DOTS)
    with meeting.welcome(language) as phone:
        fields = phone.form(meeting.here).values | {"text": "Някакви думи"}
        with lobby.unchanged():
            page = phone.post(f"{meeting.here}/s/{other.stage.id}", fields)
        assert page.status_code == 404
        assert sentence_of(page) == say(text("There is nothing at this address."), language)
        assert kept_words(page) == ["Някакви думи"]
