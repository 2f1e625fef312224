"""What a phone's first screen holds: nothing twice, and nothing that asks for a form again."""

from __future__ import annotations

import re
from html import unescape

import httpx

from tests.phone.conftest import Hall
from workshop.language import Multilingual


def where(page: httpx.Response) -> str:
    found = re.search(r'<p class="where">(.*?)</p>', page.text, re.DOTALL)
    assert found, page.text
    return unescape(found[1]).strip()


def test_a_title_that_the_question_repeats_is_said_once(hall: Hall) -> None:
    phone = hall.phone("bg")
    phone.join()
    hall.open_stage(
        title=Multilingual(bg="Какво ни пречи", en="What hinders"),
        question=Multilingual(bg="Какво ни пречи?", en="What stands in our way?"),
    )
    assert where(phone.get(hall.here)) == "Етап 1 от 1"
    page = hall.phone("en")
    page.join()
    assert where(page.get(hall.here)) == "Stage 1 of 1 · What hinders"


def test_a_title_of_its_own_stands_above_the_question(hall: Hall) -> None:
    phone = hall.phone("en")
    phone.join()
    stage = hall.open_stage(question=Multilingual(bg="Какво мислите?", en="What do you think?"))
    assert where(phone.get(hall.here)) == "Stage 1 of 1 · Strong and weak"
    hall.move(stage, "locked")
    assert where(phone.get(hall.here)) == "Stage 1 of 1"


def test_changing_the_language_before_anything_is_typed_leads_on(hall: Hall) -> None:
    phone = hall.phone("en")
    door = f"/j/{hall.workshop.code}"
    blank = {f"name-{group}": "" for group in hall.groups}
    page = phone.post(f"{door}/language", {"_language": "bg", **blank}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, door)
    page = phone.post("/j/language", {"_language": "en", "code": " "}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/j")


def test_a_wrong_code_with_spaces_stands_on_the_page_once(hall: Hall) -> None:
    page = hall.phone("en").post("/j", {"code": " zzzz zz "})
    assert page.status_code == 422
    assert page.text.count("zzzz zz") == 1


def test_without_scripts_no_count_of_dots_stands_still(hall: Hall) -> None:
    page = hall.phone().get("/j")
    sheet = re.search(r'href="(/a/phone\.[^"]+\.css)"', page.text)
    assert sheet
    style = hall.phone().get(sheet[1]).text
    assert re.search(r"\.left\s*\{\s*display:\s*none", style)
    assert re.search(r"\.js \.left\s*\{\s*display:\s*block", style)
