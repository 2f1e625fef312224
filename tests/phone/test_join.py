"""People at the door: a code, whom they speak for, and being the same person tomorrow."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.phone.conftest import Hall, hidden
from workshop.model import StageState

LOOK_ALIKES = str.maketrans("ACEHKMPTYX", "АСЕНКМРТУХ")


def test_a_code_typed_in_cyrillic_small_letters_with_spaces_leads_to_the_door(hall: Hall) -> None:
    code = hall.workshop.code.translate(LOOK_ALIKES).lower()
    page = hall.phone().post("/j", {"code": f" {code[:3]} {code[3:]} "})
    assert page.url.path == f"/j/{hall.workshop.code}"
    assert "First meeting" in page.text


def test_a_wrong_code_gets_a_sentence_and_stays_in_the_field(hall: Hall) -> None:
    page = hall.phone("bg").post("/j", {"code": "квас 17"})
    assert page.status_code == 422
    assert 'value="квас 17"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert 'href="#f-code"' in page.text
    assert "Няма" in page.text or "код" in page.text


def test_the_door_says_what_is_stored_before_anything_is(hall: Hall) -> None:
    page = hall.phone().get(f"/j/{hall.workshop.code}")
    assert "No name, no e-mail" in page.text
    assert "Municipality of Lozen runs this workshop" in page.text
    assert not hall.toolkit.people.participants(hall.workshop.id)


def test_somebody_of_a_listed_organisation_is_in_with_three_requests(hall: Hall) -> None:
    phone = hall.phone()
    page = phone.join()
    assert page.url.path == hall.here
    assert "You are participant 1: Town library (Public sector)." in page.text
    (person,) = hall.toolkit.people.participants(hall.workshop.id)
    assert person.organisation_id == hall.organisations[0]
    assert person.group_id == hall.groups[0]
    assert person.language == "en"


def test_a_typed_organisation_waits_for_the_facilitator_but_starts_at_once(hall: Hall) -> None:
    group = hall.groups[1]
    phone = hall.phone("bg")
    page = phone.get(f"/j/{hall.workshop.code}")
    page = phone.post(
        f"/j/{hall.workshop.code}",
        {
            "who": f"other-{group}",
            f"name-{group}": "Мандра <b>Извор</b>",
            "_key": hidden(page, "_key"),
        },
    )
    assert "Мандра &lt;b&gt;Извор&lt;/b&gt;" in page.text
    (waiting,) = hall.toolkit.people.presence(hall.workshop.id).waiting
    assert waiting.group_id == group
    assert "Мандра" not in hall.phone().get(f"/j/{hall.workshop.code}").text


def test_a_citizen_speaks_for_nobody_else(hall: Hall) -> None:
    page = hall.phone().join(f"citizen-{hall.groups[2]}")
    assert "You are participant 1: a citizen (Civic sector)." in page.text
    (person,) = hall.toolkit.people.participants(hall.workshop.id)
    assert person.organisation_id is None


@pytest.mark.parametrize("who", ["", "nonsense", "organisation-", "citizen-" + "0" * 32, "other-x"])
def test_a_choice_that_is_none_is_asked_again(hall: Hall, who: str) -> None:
    page = hall.phone().join(who or " ")
    assert page.status_code == 422
    assert 'id="errors"' in page.text
    assert not hall.toolkit.people.participants(hall.workshop.id)


def test_mine_is_not_listed_wants_a_name_and_keeps_the_choice(hall: Hall) -> None:
    page = hall.phone().join(f"other-{hall.groups[1]}")
    assert page.status_code == 422
    assert "Please write the name of your organisation." in page.text
    assert re.search(rf'value="other-{hall.groups[1]}" checked', page.text)
    assert len(re.findall(r'<details class="group" name="group" open>', page.text)) == 1


def test_coming_back_is_being_the_same_person(hall: Hall) -> None:
    phone = hall.phone()
    phone.join()
    page = phone.get(f"/j/{hall.workshop.code}")
    assert page.url.path == hall.here
    page = phone.post(f"/j/{hall.workshop.code}", {"who": f"citizen-{hall.groups[0]}"})
    assert page.url.path == hall.here
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == 1


def test_a_second_tap_on_the_same_page_is_the_same_person(hall: Hall) -> None:
    phone = hall.phone()
    page = phone.get(f"/j/{hall.workshop.code}")
    form = {"who": f"citizen-{hall.groups[0]}", "_key": hidden(page, "_key")}
    for _ in range(2):
        phone.client.cookies.clear()  # the answer to the first tap was lost
        assert phone.post(f"/j/{hall.workshop.code}", form).url.path == hall.here
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == 1


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_from_elsewhere(hall: Hall) -> None:
    phone = hall.phone()
    page = phone.get(f"/j/{hall.workshop.code}")
    answer = phone.post(
        f"/j/{hall.workshop.code}",
        {"who": f"citizen-{hall.groups[0]}", "_key": hidden(page, "_key")},
        follow_redirects=False,
    )
    cookie = next(
        one for one in answer.headers.get_list("set-cookie") if "sedyanka_phone" not in one
    )
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie  # plain HTTP in a hall
    token = cookie.split("=")[1].split(";")[0]
    assert token.encode() not in _file_of(hall)


def test_under_https_the_cookie_is_bound_to_this_host(hall: Hall) -> None:
    phone = hall.phone()
    address = f"https://hall.test/j/{hall.workshop.code}"
    page = phone.get(address)
    answer = phone.post(
        address,
        {"who": f"citizen-{hall.groups[0]}", "_key": hidden(page, "_key")},
        follow_redirects=False,
        headers={"origin": "https://hall.test"},
    )
    cookie = next(
        one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-sedyanka")
    )
    assert "Secure" in cookie
    assert "Path=/;" in cookie + ";"
    assert answer.headers["strict-transport-security"]


def test_a_locked_door_and_a_finished_workshop_say_so(hall: Hall) -> None:
    hall.toolkit.agenda.lock_joining(None, hall.workshop.id, True)
    page = hall.phone().get(f"/j/{hall.workshop.code}")
    assert page.status_code == 403
    assert "The door is closed" in page.text
    again = f'href="/j/{hall.workshop.code}">Try again<'
    assert again in page.text
    hall.toolkit.library.finish_workshop(None, hall.workshop.id)
    hall.settle()
    page = hall.phone("bg").get(f"/j/{hall.workshop.code}")
    assert "Семинарът приключи" in page.text


def test_the_door_that_closes_while_somebody_chooses(hall: Hall) -> None:
    phone = hall.phone()
    page = phone.get(f"/j/{hall.workshop.code}")
    hall.toolkit.agenda.lock_joining(None, hall.workshop.id, True)
    form = {"who": f"citizen-{hall.groups[0]}", "_key": hidden(page, "_key")}
    page = phone.post(f"/j/{hall.workshop.code}", form)
    assert page.status_code == 403
    assert not hall.toolkit.people.participants(hall.workshop.id)


def test_after_the_code_expired_those_inside_stay_inside(hall: Hall) -> None:
    inside, outside = hall.phone(), hall.phone()
    inside.join()
    hall.clock[0] += timedelta(days=3)
    hall.phones.readings._codes.clear()  # what it believed for ten seconds
    assert outside.get(f"/j/{hall.workshop.code}").status_code == 404
    assert inside.get(hall.here).status_code == 200


def test_a_code_that_runs_out_while_somebody_types_gives_the_words_back(hall: Hall) -> None:
    phone, group = hall.phone(), hall.groups[0]
    page = phone.get(f"/j/{hall.workshop.code}")
    hall.clock[0] += timedelta(days=3)
    hall.phones.readings._codes.clear()
    typed = {"who": f"other-{group}", f"name-{group}": "Bakery <3", "_key": hidden(page, "_key")}
    page = phone.post(f"/j/{hall.workshop.code}", typed)
    assert page.status_code == 404
    assert f'value="{hall.workshop.code}"' in page.text
    assert "Bakery &lt;3" in page.text.partition('class="kept"')[2]


def test_too_many_wrong_codes_stop_one_browser_and_nobody_else(hall: Hall) -> None:
    guesser, neighbour = hall.phone(), hall.phone()
    answers = [guesser.get(f"/j/GUESS{n}").status_code for n in range(22)]
    assert answers == [404] * 20 + [429] * 2
    assert guesser.post("/j", {"code": hall.workshop.code}).status_code == 429
    assert guesser.get(f"/w/{hall.workshop.code}").status_code == 429
    assert neighbour.join().status_code == 200


def test_unknown_and_expired_codes_sound_the_same(hall: Hall) -> None:
    hall.clock[0] += timedelta(days=3)
    unknown = hall.phone().get("/j/222222")
    expired = hall.phone().get(f"/j/{hall.workshop.code}")
    assert unknown.status_code == expired.status_code
    assert unknown.text.replace("222222", "") == expired.text.replace(hall.workshop.code, "")


def test_without_cookies_one_sentence_says_what_to_do(hall: Hall) -> None:
    phone = hall.phone()
    page = phone.get(f"/j/{hall.workshop.code}")
    key = hidden(page, "_key")
    answer = phone.post(
        f"/j/{hall.workshop.code}",
        {"who": f"citizen-{hall.groups[0]}", "_key": key},
        follow_redirects=False,
    )
    phone.client.cookies.clear()
    page = phone.get(answer.headers["location"])
    assert page.status_code == 403
    assert "keeps no cookies" in page.text


def test_the_language_can_be_changed_at_the_door_without_losing_the_choice(hall: Hall) -> None:
    phone = hall.phone("en")
    chosen = f"other-{hall.groups[1]}"
    page = phone.post(
        f"/j/{hall.workshop.code}/language",
        {"_language": "bg", "who": chosen, f"name-{hall.groups[1]}": "Пекарна"},
    )
    assert '<html lang="bg-BG">' in page.text
    assert f'value="{chosen}" checked' in page.text
    assert 'value="Пекарна"' in page.text
    page = phone.post(f"/j/{hall.workshop.code}/language", {"_language": "en"})
    assert '<html lang="en-GB">' in page.text
    assert "Whom do you speak for?" in page.text


def test_forgetting_leaves_what_was_sent(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    phone.write("Good library")
    page = phone.post(f"{hall.here}/leave", {})
    assert page.url.path == "/j"
    assert phone.get(hall.here).url.path == f"/j/{hall.workshop.code}"
    assert hall.written(stage) == ["Good library"]


def test_every_page_of_a_synthetic_series_says_so(hall: Hall) -> None:
    phone = hall.phone()
    door = phone.get(f"/j/{hall.workshop.code}")
    phone.join()
    stage = hall.stage()
    pages = [door, phone.get(hall.here)]
    for state in StageState.open, StageState.locked, StageState.revealed, StageState.closed:
        hall.move(stage, state)
        pages.append(phone.get(hall.here))
    hall.toolkit.library.finish_workshop(None, hall.workshop.id)
    hall.settle()
    pages.append(phone.get(hall.here))
    for page in pages:
        assert "Synthetic data" in page.text
        assert "Everything here is invented." in page.text


def _file_of(hall: Hall) -> bytes:
    from pathlib import Path

    return Path(hall.toolkit.url.removeprefix("sqlite:///")).read_bytes()
