"""The staff's plain routes: sign-in and out, the own password, downloads."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from screens import files, house, signin, staff
from workshop.language import LANGUAGES, Language, Sayable, Text, text
from workshop.model import NotFound, Refused, Staff
from workshop.passes import new_token
from workshop.settings import settings

BROWSER_COOKIE = "sedyanka_browser"
"""A random key of this browser with the accounts that signed in here, signed."""
YEAR = 365 * 24 * 3600
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SERVED = {
    "remote.css": "text/css",
    "remote.js": "text/javascript",
    "signin.css": "text/css",
    "star.svg": "image/svg+xml",
}


async def door(request: Request) -> Response:
    """Show the sign-in page, or to whom it is open already."""
    member = await member_of(request)
    return _sign_in(request) if member is None else _account(request, member)


async def enter(request: Request) -> Response:
    """Check a name and a password; a right one gets the signed cookie."""
    if not from_here(request):
        return foreign(request)
    form = await form_of(request)
    name, password = line(form, "name"), line(form, "password")
    browser = _browser(request)
    sign_in = partial(
        house.toolkit().accounts.sign_in,
        name,
        password,
        browser=browser["key"],
        known=name.casefold().strip() in browser["names"],
    )
    try:
        member = await run_sync(sign_in)
    except Refused as refused:
        return _sign_in(request, refused.reason, form)
    goes_to = "/staff" if member.first_password else local(line(form, "next"))
    answer = RedirectResponse(goes_to, 303, headers=HEADERS)
    await _sign(request, answer, member)
    browser["names"] = [*browser["names"], name.casefold().strip()][-20:]
    kept = house.toolkit().signer.sign(browser, BROWSER_COOKIE)
    answer.set_cookie(BROWSER_COOKIE, kept, max_age=YEAR, **_kept(request))
    _speak(answer, language_of(request))
    return answer


async def leave(request: Request) -> Response:
    """Forget who was signed in on this browser."""
    if not from_here(request):
        return foreign(request)
    answer = RedirectResponse("/staff", 303, headers=HEADERS)
    for name in (staff.COOKIE, staff.SAFE_COOKIE):
        answer.delete_cookie(name, path="/", secure=name == staff.SAFE_COOKIE, httponly=True)
    return answer


async def change_password(request: Request) -> Response:
    """Take a new password of the one signed in; other browsers are signed out by it."""
    if not from_here(request):
        return foreign(request)
    member = await member_of(request)
    if member is None:
        return RedirectResponse("/staff", 303, headers=HEADERS)
    form = await form_of(request)
    old, new = line(form, "old"), line(form, "new")
    if new != line(form, "again"):
        return _account(request, member, text("The two new passwords differ."), 422)
    try:
        await run_sync(house.toolkit().accounts.change_password, member.id, old, new)
    except Refused as refused:
        return _account(request, member, refused.reason, 422)
    answer = _account(request, member, text("Your password is changed."))
    await _sign(request, answer, member)
    return answer


async def change_language(request: Request) -> Response:
    """Remember the language of this browser and go back to where it came from."""
    answer = RedirectResponse(local(request.query_params.get("next", "")), 303, headers=HEADERS)
    wanted = request.path_params["language"]
    if wanted in LANGUAGES:
        _speak(answer, wanted)
    return answer


async def download(request: Request) -> Response:
    """Hand over a report, a workbook or an archive to the one it was signed for."""
    member = await member_of(request)
    order = await run_sync(files.read, request.path_params["signed"], member)
    if order is None:
        words = text("This download is no longer valid. Please open it again from its page.")
        return _sorry(request, words, 404)
    try:
        made = await run_sync(files.make, order)
    except Refused as refused:
        return _sorry(request, refused.reason, 429 if refused.field == files.BUSY else 422)
    except NotFound:
        return _sorry(request, text("What you wanted to download no longer exists."), 404)
    ascii_name = made.name.encode("ascii", "ignore").decode().strip("-_ .") or "sedyanka"
    named = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(made.name)}"
    headers = {**HEADERS, "Content-Disposition": named}
    return Response(made.content, headers=headers, media_type=made.media_type)


async def asset(request: Request) -> Response:
    """Serve the style sheet and the mark of the sign-in page."""
    name = request.path_params["name"]
    if name not in _SERVED:
        return Response(status_code=404, headers=HEADERS)
    headers = {**HEADERS, "Cache-Control": "max-age=3600"}
    return FileResponse(house.ASSETS / name, headers=headers, media_type=_SERVED[name])


ROUTES = [
    Route("/staff", door, methods=["GET"]),
    Route("/staff", enter, methods=["POST"]),
    Route("/staff/out", leave, methods=["POST"]),
    Route("/staff/password", change_password, methods=["POST"]),
    Route("/staff/language/{language}", change_language, methods=["GET"]),
    Route("/staff/files/{signed}", download, methods=["GET"]),
    Route("/staff/assets/{name}", asset, methods=["GET"]),
]


def local(address: str) -> str:
    """Return ``address`` if it is a path of ours, else the start page."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() else "/"


def from_here(request: Request) -> bool:
    """Return whether a form was sent from one of our own pages (no cross-site request)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = urlsplit(request.headers.get("origin", "")).netloc
    return bool(origin) and origin in (
        request.headers.get("host"),
        urlsplit(settings().address).netloc,
    )


def foreign(request: Request) -> Response:
    """Answer a form that another site sent."""
    words = text("This form was sent from another site. Please sign in here.")
    return _sign_in(request, words, status=403)


async def form_of(request: Request) -> FormData:
    """Return the form that was sent, within limits."""
    return await request.form(max_files=0, max_fields=8, max_part_size=4096)


async def member_of(request: Request) -> Staff | None:
    """Return who is signed in on this browser."""
    for name in (staff.SAFE_COOKIE, staff.COOKIE):
        if name in request.cookies:
            return await run_sync(staff.whose, request.cookies[name])
    return None


async def _sign(request: Request, answer: Response, member: Staff) -> None:
    kept = _kept(request)
    name = staff.SAFE_COOKIE if kept["secure"] else staff.COOKIE
    signed = await run_sync(staff.pass_for, member)
    answer.set_cookie(name, signed, max_age=staff.HOURS * 3600, **kept)


def _browser(request: Request) -> dict[str, Any]:
    """Return this browser's key and who signed in on it, so that others' guesses do not slow it."""
    signed = request.cookies.get(BROWSER_COOKIE, "")
    known = house.toolkit().signer.unsign(signed, BROWSER_COOKIE, YEAR)
    return known or {"key": new_token(), "names": []}


def _kept(request: Request) -> dict[str, Any]:
    """Return how cookies are kept; the browser's own Origin knows HTTPS even behind a proxy."""
    secure = "https" in (request.url.scheme, urlsplit(request.headers.get("origin", "")).scheme)
    return {"httponly": True, "samesite": "lax", "secure": secure, "path": "/"}


def _speak(answer: Response, wanted: Language) -> None:
    # The phones' pages read the same cookie; it holds no secret.
    answer.set_cookie(house.LANGUAGE_COOKIE, wanted, max_age=YEAR, samesite="lax", path="/")


def language_of(request: Request) -> Language:
    """Return the language of whoever asks: the address, the cookie, the browser."""
    asked = request.query_params.get("language") or request.cookies.get(house.LANGUAGE_COOKIE)
    if asked in LANGUAGES:
        return str(asked)
    wanted = request.headers.get("accept-language", "").lower()
    places = {one: wanted.find(one) for one in LANGUAGES if one in wanted}
    return min(places, key=lambda one: places[one]) if places else settings().language


def line(form: FormData, name: str) -> str:
    """Return a line of a form; what is too long is cut."""
    value = form.get(name, "")
    return value[:1000] if isinstance(value, str) else ""


def _sign_in(
    request: Request, words: Text | None = None, form: FormData | None = None, status: int = 401
) -> Response:
    reader = language_of(request)
    goes_to = line(form, "next") if form is not None else request.query_params.get("next", "")
    body = signin.form(reader, line(form, "name") if form is not None else "", local(goes_to))
    heading = text("For facilitators and coordinators")
    return _page(request, heading, words, body, status if words else 200)


def _account(
    request: Request, member: Staff, words: Text | None = None, status: int = 200
) -> Response:
    if words is None and member.first_password:
        words = text("Your password was made by the program. Please choose your own.")
    body = signin.inside(member, language_of(request))
    return _page(request, signin.greeting(member), words, body, status)


def _sorry(request: Request, words: Text, status: int) -> Response:
    return _page(request, text("Download"), words, "", status)


def _page(
    request: Request, heading: Sayable, words: Text | None, body: str, status: int
) -> Response:
    here = request.url.path if request.method == "GET" else "/staff"
    role = "status" if status == 200 else "alert"
    page = signin.page(
        language_of(request), heading, words=words or "", role=role, body=body, here=here
    )
    return Response(page, status, headers=HEADERS, media_type="text/html")
