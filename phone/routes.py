"""Which address leads where, and what answers an address or a way of asking that does not exist."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import lru_cache

from starlette.responses import Response

from phone import attending, before, following, hinting, joining, mirror, moving, tryout
from phone.assets import ADDRESS, KEPT, by_address
from phone.tongue import header
from phone.visit import Visit
from workshop.language import text
from workshop.model import NotFound
from workshop.passes import SIGNS

LONGEST = 600
"""Letters of an address; none of ours has more, and what is remembered must stay small."""
Answer = Callable[..., Awaitable[Response]]
CODE = r"(?P<code>[^/]{1,64})"
AN_ID = "[0-9a-f]{32}"
HALL = rf"/j/hall/(?P<ticket>[{SIGNS}]{{12}})"
STAGE = rf"/w/{CODE}/s/(?P<stage>{AN_ID})"


async def _to_the_door(visit: Visit, **_: str) -> Response:
    return visit.go("/j")


async def _asset(visit: Visit) -> Response:
    found = by_address().get(visit.scope["path"])
    if found is None:
        raise NotFound("asset")
    packed = "gzip" in header(visit.scope, b"accept-encoding")
    headers = {"cache-control": KEPT, "vary": "Accept-Encoding"}
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(found.packed if packed else found.plain, 200, headers, found.kind)


TABLE: tuple[tuple[str, dict[str, Answer]], ...] = (
    (r"/j", {"GET": joining.ask_code, "POST": joining.take_code}),
    (r"/j/language", {"GET": _to_the_door, "POST": joining.switch_language}),
    (rf"/j/{CODE}", {"GET": joining.show_door, "POST": joining.come_in}),
    (rf"/j/{CODE}/t/(?P<ticket>[^/]{{1,40}})", {"GET": joining.show_door}),
    (rf"/j/{CODE}/language", {"GET": joining.back, "POST": joining.switch_language}),
    (HALL, {"GET": tryout.begin}),
    (rf"{HALL}/at/(?P<moment>[0-9]{{1,12}}\.[0-9]{{3}})", {"GET": tryout.show}),
    (rf"{HALL}/stream", {"GET": tryout.stream}),
    (rf"{HALL}/(?P<place>[0-9]{{1,2}})", {"POST": tryout.tell}),
    (r"/w", {"GET": _to_the_door}),
    (rf"/w/{CODE}", {"GET": attending.show}),
    (rf"/w/{CODE}/language", {"GET": attending.back, "POST": attending.switch_language}),
    (rf"/w/{CODE}/leave", {"GET": attending.back, "POST": attending.leave}),
    (rf"/w/{CODE}/me", {"GET": moving.about}),
    (rf"/w/{CODE}/before", {"GET": before.show}),
    (rf"/w/{CODE}/time", {"GET": moving.ask_time, "POST": moving.take_time}),
    (rf"/w/{CODE}/move", {"GET": moving.show}),
    (rf"/w/{CODE}/from/(?P<ticket>[\w.~-]{{20,300}})", {"GET": moving.ask, "POST": moving.take}),
    (rf"/w/{CODE}/wall", {"GET": mirror.show}),
    (rf"/w/{CODE}/wall/language", {"GET": mirror.back, "POST": mirror.switch_language}),
    (rf"/w/{CODE}/wall/pulse", {"GET": mirror.pulse}),
    (rf"/w/{CODE}/wall/events", {"GET": mirror.events}),
    (rf"/w/{CODE}/pulse", {"GET": following.pulse}),
    (rf"/w/{CODE}/events", {"GET": following.events}),
    (rf"/w/{CODE}/rehearsal", {"GET": following.rehearsal, "POST": following.stir}),
    (STAGE, {"GET": attending.back, "POST": attending.contribute}),
    (rf"{STAGE}/near", {"GET": attending.back, "POST": hinting.near}),
    (
        rf"{STAGE}/withdraw/(?P<contribution>{AN_ID})",
        {"GET": attending.back, "POST": attending.withdraw},
    ),
    (rf"{ADDRESS}[^/]+", {"GET": _asset}),
)
ROUTES = tuple((re.compile(pattern), answers) for pattern, answers in TABLE)


def is_ours(path: str) -> bool:
    """Return whether an address belongs to phones; all others are passed on."""
    return path in ("/j", "/w") or path.startswith(("/j/", "/w/", ADDRESS))


async def answer(visit: Visit) -> Response:
    """Answer a request to an address of ours.

    Raises:
        NotFound: there is nothing at the address.
    """
    path = visit.scope["path"]
    found = _found(path) if len(path) <= LONGEST else None
    if found is None:
        raise NotFound("page")
    method = "GET" if visit.scope["method"] == "HEAD" else visit.scope["method"]
    answers, parts = found
    if method not in answers:
        allowed = ", ".join([*answers, "HEAD"] if "GET" in answers else answers)
        return visit.problem(
            405, text("That cannot be done at this address."), headers={"allow": allowed}
        )
    return await answers[method](visit, **parts)


@lru_cache(maxsize=1024)
def _found(path: str) -> tuple[dict[str, Answer], dict[str, str]] | None:
    """Return what answers an address, and the parts of the address; a hall asks for the same."""
    tidy = path.rstrip("/") or path
    for pattern, answers in ROUTES:
        if found := pattern.fullmatch(tidy):
            return answers, found.groupdict()
    return None
