"""The routes of the remote: a plain page for a facilitator's phone, behind the staff's sign-in."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from screens import house, remote, signin, staff, web
from workshop.language import Sayable, text
from workshop.model import NotFound, Refused, Role, Staff, Workshop

HEADERS = web.HEADERS | {
    "Content-Security-Policy": (
        f"{web.HEADERS['Content-Security-Policy']}; script-src 'self'; connect-src 'self'"
    )
}
HEAD = (
    '<link rel="stylesheet" href="/staff/assets/remote.css">\n'
    '<script src="/staff/assets/remote.js" defer></script>\n'
)


async def show(request: Request) -> Response:
    """Show where the room is, and what the next press does; 304 while nothing changed."""
    admitted = await _admitted(request)
    if isinstance(admitted, Response):
        return admitted
    _, workshop = admitted
    marked = await run_sync(remote.mark, workshop.id, web.language_of(request))
    if request.headers.get("if-none-match") == marked:
        return Response(status_code=304, headers=HEADERS)
    words = remote.FASTER if "late" in request.query_params else ""
    return await _page(request, workshop, marked, words)


async def press(request: Request) -> Response:
    """Do what was pressed, and show where the room is then."""
    if not web.from_here(request):
        return web.foreign(request)
    admitted = await _admitted(request)
    if isinstance(admitted, Response):
        return admitted
    member, workshop = admitted
    form, reader = await web.form_of(request), web.language_of(request)
    key, sure = web.line(form, "key"), bool(web.line(form, "sure"))
    try:
        asked = await run_sync(partial(remote.press, member, workshop, reader, key, sure=sure))
    except Refused as refused:
        return await _page(request, workshop, "", refused.reason, 422)
    address = request.url.path + (f"?{asked}" if asked else "")
    return RedirectResponse(address, 303, headers=HEADERS)


ROUTES = [
    Route("/staff/remote/{code}", show, methods=["GET"]),
    Route("/staff/remote/{code}", press, methods=["POST"]),
]


async def _admitted(request: Request) -> tuple[Staff, Workshop] | Response:
    """Return who holds the remote of which workshop, or the answer for whoever may not."""
    member = await web.member_of(request)
    if member is None:
        address = f"/staff?next={quote(request.url.path)}"
        return RedirectResponse(address, 303, headers=HEADERS)
    if not staff.may(member, Role.facilitator):
        return _sorry(request, text("Observers watch; facilitators act."), 403)
    try:
        named = house.toolkit().library.workshop_named
        return member, await run_sync(named, request.path_params["code"][:64])
    except NotFound:
        return _sorry(request, text("There is no such workshop."), 404)


async def _page(
    request: Request, workshop: Workshop, marked: str, words: Sayable, status: int = 200
) -> Response:
    reader = web.language_of(request)
    hand = await run_sync(remote.hold, workshop.id, reader)
    body = remote.page(
        hand, reader, marked=marked, armed=request.query_params.get("armed", ""), words=words
    )
    page = signin.page(
        reader, remote.title(hand), body=body, here=request.url.path, head=HEAD,
    )  # fmt: skip
    return Response(page, status, headers=HEADERS, media_type="text/html")


def _sorry(request: Request, words: Sayable, status: int) -> Response:
    page = signin.page(web.language_of(request), text("Remote"), words=words, head=HEAD)
    return Response(page, status, headers=HEADERS, media_type="text/html")
