"""The staff's plain routes: sign-in and out, the own password, downloads, QR codes."""

from __future__ import annotations

from html import escape
from string import Template
from typing import Any
from urllib.parse import quote, urlsplit

import anyio.to_thread
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from screens import files, house, staff
from workshop.language import LANGUAGES, Language, Sayable, Text, say, text
from workshop.model import NotFound, Refused, Staff
from workshop.passes import new_token, qr_svg, tidy_code
from workshop.settings import settings

BROWSER_COOKIE = "sedyanka_browser"
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
_SERVED = {"signin.css": "text/css", "star.svg": "image/svg+xml"}


async def door(request: Request) -> Response:
    """Show the sign-in page, or to whom it is open already."""
    member = await _member(request)
    if member is not None:
        return _account(request, member)
    return _sign_in(request)


async def enter(request: Request) -> Response:
    """Check a name and a password; a right one gets the signed cookie."""
    if not _from_here(request):
        return _foreign(request)
    form = await request.form(max_files=0, max_fields=8, max_part_size=4096)
    browser = request.cookies.get(BROWSER_COOKIE) or new_token()
    try:
        member = await anyio.to_thread.run_sync(
            house.toolkit().accounts.sign_in, _line(form, "name"), _line(form, "password"), browser
        )
    except Refused as refused:
        answer = _sign_in(request, refused.reason, form)
        answer.set_cookie(BROWSER_COOKIE, browser, max_age=YEAR, **_kept(request))
        return answer
    goes_to = "/staff" if member.first_password else local(_line(form, "next"))
    answer = RedirectResponse(goes_to, 303, headers=HEADERS)
    _sign(request, answer, member)
    answer.set_cookie(
        house.LANGUAGE_COOKIE, _language(request), max_age=YEAR, samesite="lax", path="/"
    )
    return answer


async def leave(request: Request) -> Response:
    """Forget who was signed in on this browser."""
    if not _from_here(request):
        return _foreign(request)
    answer = RedirectResponse("/staff", 303, headers=HEADERS)
    for name in (staff.COOKIE, staff.SAFE_COOKIE):
        answer.delete_cookie(name, path="/", secure=name == staff.SAFE_COOKIE, httponly=True)
    return answer


async def change_password(request: Request) -> Response:
    """Take a new password of the one signed in; other browsers are signed out by it."""
    if not _from_here(request):
        return _foreign(request)
    member = await _member(request)
    if member is None:
        return RedirectResponse("/staff", 303, headers=HEADERS)
    form = await request.form(max_files=0, max_fields=8, max_part_size=4096)
    old, new = _line(form, "old"), _line(form, "new")
    if new != _line(form, "again"):
        return _account(request, member, text("The two new passwords differ."), 422)
    try:
        await anyio.to_thread.run_sync(
            house.toolkit().accounts.change_password, member.id, old, new
        )
    except Refused as refused:
        return _account(request, member, refused.reason, 422)
    answer = _account(request, member, text("Your password is changed."))
    _sign(request, answer, member)
    return answer


async def change_language(request: Request) -> Response:
    """Remember the language of this browser and go back to where it came from."""
    wanted = request.path_params["language"]
    answer = RedirectResponse(local(request.query_params.get("next", "")), 303, headers=HEADERS)
    if wanted in LANGUAGES:
        answer.set_cookie(house.LANGUAGE_COOKIE, wanted, max_age=YEAR, samesite="lax", path="/")
    return answer


async def download(request: Request) -> Response:
    """Hand over a report, a workbook or an archive to the one it was signed for."""
    member = await _member(request)
    order = await anyio.to_thread.run_sync(files.read, request.path_params["signed"], member)
    if order is None:
        words = text("This download is no longer valid. Please open it again from its page.")
        return _page(request, text("Download"), _message(request, words), "", 404)
    try:
        made = await files.make(order)
    except Refused as refused:
        status = 429 if refused.field == files.BUSY else 422
        return _page(request, text("Download"), _message(request, refused.reason), "", status)
    except NotFound:
        words = text("What you wanted to download no longer exists.")
        return _page(request, text("Download"), _message(request, words), "", 404)
    plain = made.name.encode("ascii", "ignore").decode().replace('"', "").strip("-_ ") or "file"
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(made.name)}"
    headers = {**HEADERS, "Content-Disposition": named}
    return Response(made.content, headers=headers, media_type=made.media_type)


async def qr(request: Request) -> Response:
    """Draw the QR code of a join address."""
    code = tidy_code(request.path_params["code"])
    base = settings().address.rstrip("/") or str(request.base_url).rstrip("/")
    title = say(text("QR code to join"), _language(request))
    picture = await anyio.to_thread.run_sync(qr_svg, f"{base}/j/{code}", title)
    return Response(picture, headers=HEADERS, media_type="image/svg+xml")


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
    Route("/staff/qr/{code}.svg", qr, methods=["GET"]),
    Route("/staff/assets/{name}", asset, methods=["GET"]),
]


def local(address: str) -> str:
    """Return ``address`` if it is a path of ours, else the start page."""
    if address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable():
        return address
    return "/"


def _from_here(request: Request) -> bool:
    """Return whether a form was sent from one of our own pages (no cross-site request)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def _foreign(request: Request) -> Response:
    words = text("This form was sent from another site. Please sign in here.")
    return _sign_in(request, words, status=403)


async def _member(request: Request) -> Staff | None:
    for name in (staff.SAFE_COOKIE, staff.COOKIE):
        if name in request.cookies:
            return await anyio.to_thread.run_sync(staff.whose, request.cookies[name])
    return None


def _sign(request: Request, answer: Response, member: Staff) -> None:
    kept = _kept(request)
    name = staff.SAFE_COOKIE if kept["secure"] else staff.COOKIE
    answer.set_cookie(name, staff.pass_for(member), max_age=staff.HOURS * 3600, **kept)


def _kept(request: Request) -> dict[str, Any]:
    """Return how cookies are kept; the browser's own Origin knows HTTPS even behind a proxy."""
    secure = "https" in (request.url.scheme, urlsplit(request.headers.get("origin", "")).scheme)
    return {"httponly": True, "samesite": "lax", "secure": secure, "path": "/"}


def _language(request: Request) -> Language:
    asked = request.query_params.get("language") or request.cookies.get(house.LANGUAGE_COOKIE)
    if asked in LANGUAGES:
        return str(asked)
    wanted = request.headers.get("accept-language", "").lower()
    places = {one: wanted.find(one) for one in LANGUAGES if one in wanted}
    return min(places, key=lambda one: places[one]) if places else settings().language


def _line(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value[:1000] if isinstance(value, str) else ""


def _message(request: Request, words: Sayable, role: str = "alert") -> str:
    return f'<p role="{role}">{escape(say(words, _language(request)))}</p>' if words else ""


def _sign_in(
    request: Request, words: Text | None = None, form: FormData | None = None, status: int = 401
) -> Response:
    reader = _language(request)
    known = form or request.query_params
    slots = {
        "name": escape(say(text("Name"), reader)),
        "password": escape(say(text("Password"), reader)),
        "enter": escape(say(text("Sign in"), reader)),
        "hint": escape(say(text("Forgotten? A coordinator can give you a new one."), reader)),
        "typed": escape(str(known.get("name", ""))[:200]),
        "next": escape(local(str(known.get("next", "")))),
    }
    body = _FORM.substitute(slots)
    heading = text("For facilitators and coordinators")
    return _page(request, heading, _message(request, words), body, status if words else 200)


def _account(
    request: Request, member: Staff, words: Text | None = None, status: int = 200
) -> Response:
    reader = _language(request)
    if words is None and member.first_password:
        words = text("Your password was made by the program. Please choose your own.")
    slots = {
        "start": escape(say(text("To the workshops"), reader)),
        "out": escape(say(text("Sign out"), reader)),
        "heading": escape(say(text("Change my password"), reader)),
        "old": escape(say(text("Password until now"), reader)),
        "new": escape(say(text("New password"), reader)),
        "again": escape(say(text("New password once more"), reader)),
        "change": escape(say(text("Change password"), reader)),
    }
    role = "status" if status == 200 else "alert"
    heading = text("You are signed in as {name}", name=member.name)
    return _page(request, heading, _message(request, words, role), _INSIDE.substitute(slots), status)


def _page(request: Request, heading: Text, message: str, body: str, status: int) -> Response:
    reader = _language(request)
    here = request.url.path if request.method == "GET" else "/staff"
    links = "".join(
        f'<a href="/staff/language/{one}?next={quote(here)}" hreflang="{one}" lang="{one}"'
        f"{' aria-current=true' if one == reader else ''}>{one.upper()}</a>"
        for one in LANGUAGES
    )
    page = Template((house.ASSETS / "staff.html").read_text(encoding="utf-8")).substitute(
        language=reader,
        title=escape(say(heading, reader)),
        product=escape(say(text("Sedyanka"), reader)),
        language_label=escape(say(text("Language"), reader)),
        languages=links,
        heading=escape(say(heading, reader)),
        message=message,
        body=body,
    )
    return Response(page, status, headers=HEADERS, media_type="text/html")


_FORM = Template("""<form method="post" action="/staff">
<input type="hidden" name="next" value="$next">
<label for="name">$name</label>
<input id="name" name="name" value="$typed" autocomplete="username" autocapitalize="none" required>
<label for="password">$password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>$enter</button>
<p class="hint">$hint</p>
</form>""")
_INSIDE = Template("""<p><a class="act" href="/">$start</a></p>
<form method="post" action="/staff/out"><button class="quiet">$out</button></form>
<h2>$heading</h2>
<form method="post" action="/staff/password">
<label for="old">$old</label>
<input id="old" name="old" type="password" autocomplete="current-password" required>
<label for="new">$new</label>
<input id="new" name="new" type="password" autocomplete="new-password" required>
<label for="again">$again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required>
<button>$change</button>
</form>""")
