"""Forms on their way in: nested, limited, and never guessed at."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phone import answers
from phone.answers import MOST_BYTES, Unreadable, flatten, found, nest, parse, read_form
from tests.phone.conftest import aside
from workshop import passes
from workshop.model import Refused

PARTS = st.sampled_from(["text", "C01", "needs", "what-for", "a", "kind"])


def test_dotted_names_become_nested_answers() -> None:
    form = parse(b"kind=need&dots.C01=2&dots.C02=&needs.0.what=%D0%B2%D0%BE%D0%B4%D0%B0&_key=k-0")
    assert nest(form.fields) == {
        "kind": "need",
        "dots": {"C01": "2", "C02": ""},
        "needs": {"0": {"what": "вода"}},
    }
    assert form.frame == {"key": "k-0"}


def test_a_field_sent_twice_is_noticed() -> None:
    assert parse(b"dots.C01=1&dots.C01=3").twice == "dots.C01"
    assert parse(b"dots.C01=1&dots.C02=3").twice == ""


@pytest.mark.parametrize("fields", [{"a": "1", "a.b": "2"}, {"a.b": "2", "a": "1"}])
def test_a_field_that_is_a_word_and_a_group_at_once_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(Refused):
        nest(fields)


@pytest.mark.parametrize(
    "body",
    [
        b"text=%ff%fe", b"text=%ED%A0%80", b"te xt=1", b"__class__.x=1", b"a..b=1", b".a=1",
        b"a.b.c.d.e.f.g=1", b"a[0]=1", b"=1", b"x" * 200 + b"=1", "я=1".encode(), b"a%00b=1",
    ],
)  # fmt: skip
def test_a_damaged_form_is_answered_and_not_guessed_at(body: bytes) -> None:
    with pytest.raises(Unreadable) as problem:
        parse(body)
    assert problem.value.status == 400


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(Unreadable) as problem:
        parse(b"&".join(b"f%d=1" % n for n in range(400)))
    assert problem.value.status == 413


def test_raw_cyrillic_from_a_simple_program_is_read() -> None:
    assert parse("text=Здравейте+свят".encode()).fields == {"text": "Здравейте свят"}


def _read(pieces: list[bytes], **headers: str) -> Any:
    scope = {
        "type": "http",
        "headers": [
            (name.replace("_", "-").encode(), one.encode()) for name, one in headers.items()
        ],
    }
    waiting = iter(pieces)

    async def receive() -> dict[str, Any]:
        piece = next(waiting, b"")
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    return aside(read_form(scope, receive))


FORM = "application/x-www-form-urlencoded; charset=utf-8"


def test_a_form_in_pieces_is_put_together() -> None:
    assert _read([b"te", b"xt=1"], content_type=FORM).fields == {"text": "1"}


@pytest.mark.parametrize(
    ("pieces", "headers", "status"),
    [
        ([b"text=1"], {"content_type": "multipart/form-data; boundary=x"}, 415),
        ([b'{"text": "1"}'], {"content_type": "application/json"}, 415),
        ([b"text=1"], {}, 415),
        ([b"x" * 100_000] * 4, {"content_type": FORM}, 413),
        ([b"x" * 100_000] * 1000, {"content_type": FORM}, 413),
        ([b"text=1"], {"content_type": FORM, "content_length": str(10**9)}, 413),
        ([b"text=1"], {"content_type": FORM, "content_length": "-5"}, 413),
    ],
)
def test_what_is_no_form_of_ours_is_refused_early(
    pieces: list[bytes], headers: dict[str, str], status: int
) -> None:
    with pytest.raises(Unreadable) as problem:
        _read(pieces, **headers)
    assert problem.value.status == status


def test_sixty_kilobytes_of_cyrillic_fit() -> None:
    assert len("%D0%B4" * 30_000) < MOST_BYTES


def test_nothing_sent_is_an_empty_form() -> None:
    assert _read([]).fields == {}


WORDS = st.text(max_size=9)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(PARTS, WORDS | st.dictionaries(PARTS, WORDS, min_size=1)))
def test_flattening_is_the_way_back(answers: dict[str, Any]) -> None:
    assert nest(flatten(answers)) == answers


def test_values_are_found_as_fields_hold_them() -> None:
    answers = {"dots": {"C01": 2}, "needs": [{"what": "вода"}], "none": None, "yes": True}
    assert found(answers, "dots", "C01") == "2"
    assert found(answers, "needs", 0, "what") == found(answers, "needs", "0", "what") == "вода"
    assert found(answers, "needs", 1, "what") == ""
    assert found(answers, "needs", "what") == ""
    assert (
        found(answers, "none") == found(answers, "nowhere", "deep") == found(answers, "dots") == ""
    )
    assert found(answers, "yes") == "yes"


def test_nothing_long_that_somebody_sends_is_remembered() -> None:
    names, codes = answers._sound.cache_info().currsize, passes._tidy.cache_info().currsize
    for nth in range(20):
        with pytest.raises(Unreadable):
            parse(f"{'n' * 50_000}{nth}=1".encode())
        passes.tidy_code("2" * 50_000 + str(nth))  # all begin alike: one is remembered
    assert answers._sound.cache_info().currsize == names
    assert passes._tidy.cache_info().currsize <= codes + 1
