"""One request of one phone: its form, language and cookies, and the ways to answer it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zlib import crc32

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope

from phone.answers import Form, read_form
from phone.guard import BARE
from phone.packing import Part, packed
from phone.pages import html
from phone.press import Personal, Print, held, quoted, ticked
from phone.sentences import warning_of
from phone.tongue import COOKIE, cookies, header, language_of
from workshop.language import LANGUAGES, Language, Text, text
from workshop.model import Id, Series

if TYPE_CHECKING:
    from phone.app import Phones

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
DAYS_KEPT = 30
BROWSER_COOKIE = "sedyanka_phone"
SMALL = 500
"""Bytes below which packing a page is not worth the work."""
NEWS = "sedyanka"
"""Header by which our script knows our own answer from a hotel's sign-in page."""
HEADINGS = {
    403: text("That did not work"),
    404: text("Not found"),
    405: text("Not possible here"),
    410: text("No longer valid"),
    413: text("Too long"),
    429: text("Please wait a moment"),
    500: text("Our mistake"),
}


LATE = ("identity", "said", "key", "own_section", "nav", "anonymity", "clock", "table")
"""What differs between two people, or two moments, that otherwise see the same page."""
FEW_STEPS = 4


class Visit:
    """What a phone asks, and how it is answered."""

    def __init__(self, phones: Phones, scope: Scope, receive: Receive) -> None:
        self.phones = phones
        self.scope = scope
        self.receive = receive
        self.readings = phones.readings
        self.cookies = cookies(scope)
        self.scripted = header(scope, b"x-sedyanka").startswith("script")
        """Whether our own script asks: it takes the page at once instead of a redirect."""
        self.secure = scope["scheme"] == "https"
        self.series: Series | None = None
        self._language: Language | None = None
        self._form: Form | None = None
        self._jar: list[tuple[str, str, int]] = []

    @cached_property
    def query(self) -> QueryParams:
        """What stands behind the question mark of the address."""
        return QueryParams(self.scope.get("query_string", b"")[:2000])

    @property
    def language(self) -> Language:
        """The language of the answer."""
        if self._language is None:
            self._language = language_of(self.scope, self.series.languages if self.series else ())
        return self._language

    @property
    def sheet(self) -> str:
        """The mark of the form our script has on the screen, "" where there is none."""
        return header(self.scope, b"x-sedyanka").partition(" ")[2]

    @property
    def origin(self) -> str:
        """The address our pages have for this phone: "http://192.168.1.20:8501"."""
        return f"{self.scope['scheme']}://{header(self.scope, b'host')}"

    @property
    def kept(self) -> Sequence[str]:
        """What somebody typed into the form that was sent, for copying."""
        return self._form.words if self._form else ()

    def at(self, series: Series) -> None:
        """Let the workshop's series decide which languages are offered and what is warned of."""
        self.series, self._language = series, None

    async def form(self) -> Form:
        """Return the form that was sent; it is read once."""
        if self._form is None:
            self._form = await read_form(self.scope, self.receive)
        return self._form

    def token(self, workshop_id: Id) -> str:
        """Return what this phone holds for a workshop, "" when nothing."""
        return self.cookies.get(self._name(f"sedyanka_{workshop_id[:12]}"), "")

    def browser(self) -> str:
        """Return the random name of this browser, giving it one if it has none."""
        known = self.cookies.get(BROWSER_COOKIE, "")
        if 16 <= len(known) <= 40:
            return known
        fresh = secrets.token_hex(8)
        self._jar.append((BROWSER_COOKIE, fresh, 86_400))
        return fresh

    def keep_token(self, workshop_id: Id, token: str) -> None:
        """Let the phone be this participant from now on."""
        name = self._name(f"sedyanka_{workshop_id[:12]}")
        self._jar.append((name, token, DAYS_KEPT * 86_400))

    def forget_token(self, workshop_id: Id) -> None:
        """Let the phone be nobody again."""
        self._jar.append((self._name(f"sedyanka_{workshop_id[:12]}"), "", 0))

    def speak(self, wanted: str) -> bool:
        """Switch to an offered language and keep it; return whether it is one."""
        if wanted not in self._offered():
            return False
        self._language = wanted
        self._jar.append((COOKIE, wanted, 365 * 86_400))
        return True

    def page(
        self,
        template: str,
        known: Mapping[str, Any],
        *,
        status: int = 200,
        news: str = "page",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Answer with a page."""
        packs = "gzip" in header(self.scope, b"accept-encoding")
        body, coded = self._print(template, self._context(known), news, packs)
        return self._page(body, coded, status, {NEWS: news, **(headers or {})})

    def told(
        self, template: str, known: Mapping[str, Any], alike: Hashable = None
    ) -> Sequence[Part]:
        """Return a page as it stands in the news, in parts; ``alike``: who gets the same."""
        context = self._context(known)
        mark = self._sheet(template, context)
        if mark is not None:
            found = self.phones.pages.press.told(*self._pressing(mark, context), alike)
            if found is not None:
                return found
        body, _ = self._print(template, context, "page", packs=False)
        return [Part.of(quoted(body.decode()))]

    def _context(self, known: Mapping[str, Any]) -> dict[str, Any]:
        offered = self._offered()
        return {
            "here": "/j",
            "said": "",
            "script": "phone.js",
            "entry_form": False,
            "only_asked": False,
            "errors": {},
            "labels": {},
            "scripted": self.scripted,
            "sheet": "",
            "others": [one for one in offered if one != self.language],
            "warning": warning_of(self.series) if self.series and self.series.synthetic else None,
            **known,
        }

    def _print(
        self, template: str, context: dict[str, Any], news: str, packs: bool
    ) -> tuple[bytes, bool]:
        """Return the body of a page and whether it is packed."""
        mark = self._sheet(template, context)
        if mark is not None:
            # Only a form stays as it is: a page that waits has nothing to be kept.
            if news == "received" and context["entry_form"] and context["sheet"] == self.sheet:
                return self._shown(self._changed(context), packs)
            found = self.phones.pages.press.page(*self._pressing(mark, context), packs)
            if found is not None:
                return found, packs
        if "value" in context:
            answers = _by_name(context["value"])
            context |= {"held": held(answers), "ticked": ticked(answers)}
        return self._shown(self.phones.pages.draw(template, self.language, context), packs)

    def _changed(self, context: Mapping[str, Any]) -> str:
        """Return what an entry changes on the page it was sent from."""
        late = {name: context.get(name, "") for name in ("said", "nav", "own_section")}
        late["keep"] = "keep" if context.get("answers") else ""
        return self.phones.pages.fill("received.html", self.language, late)

    @staticmethod
    def _shown(page: str, packs: bool) -> tuple[bytes, bool]:
        body = page.encode()
        return (packed(body), True) if packs and len(body) > SMALL else (body, False)

    def _sheet(self, template: str, context: dict[str, Any]) -> tuple[Hashable, ...] | None:
        """Return what all who see the same page have in common, and mark the page with it.

        None for a page that is one person's alone.
        """
        mark = context.pop("mark", None)
        if mark is None:
            return None
        context["sheet"] = f"{crc32(repr((template, self.language, *mark)).encode()):08x}"
        return (template, self.language, self.scripted, *mark)

    def _pressing(
        self, mark: tuple[Hashable, ...], context: dict[str, Any]
    ) -> tuple[Hashable, Print, dict[str, Any], Personal]:
        """Return what the press needs for a page that others see too."""
        template, language = str(mark[0]), self.language
        late = {name: html(context[name], language) for name in LATE if context.get(name)}
        # An open place costs a phone up to 100 bytes: what stays empty is printed as that, and
        # the way through a few parts looks in few ways.
        if len(context.get("steps", ())) <= FEW_STEPS:
            mark = (*mark, late.pop("nav", ""))
        mark = (*mark, *late)
        given = context.get("answers")
        answers = _by_name(context["value"]) if given else None

        def draw(known: Mapping[str, Any]) -> str:
            return self.phones.pages.draw(template, language, known)

        return mark, draw, context, Personal(late=late, answers=answers)

    def _page(self, body: bytes, coded: bool, status: int, headers: Mapping[str, str]) -> Response:
        # What our script fetches becomes no document, so no policy of documents concerns it.
        extra = {"content-security-policy": BARE if self.scripted else POLICY, **headers}
        if coded:
            extra["content-encoding"] = "gzip"
        return self.finish(Response(body, status, extra, "text/html; charset=utf-8"))

    def problem(
        self,
        status: int,
        sentence: Text,
        *,
        door: str = "",
        number: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Answer with one clear sentence, and with what was typed where there was something."""
        known = {
            "heading": HEADINGS.get(status, text("That did not work")),
            "sentence": sentence,
            "kept": self.kept,
            "door": door,
            "number": number,
        }
        return self.page("problem.html", known, status=status, news="problem", headers=headers)

    def go(self, address: str) -> Response:
        """Answer by sending the phone to another page."""
        answer = RedirectResponse(address, 303)
        answer.headers[NEWS] = "go"
        return self.finish(answer)

    def finish(self, answer: Response) -> Response:
        """Put the cookies on an answer and keep it out of shared caches."""
        answer.headers.setdefault("cache-control", "no-store")
        for name, value, age in self._jar:
            answer.set_cookie(
                name, value, max_age=age, path="/", secure=self.secure, httponly=True,
                samesite="lax",
            )  # fmt: skip
        return answer

    def _offered(self) -> Sequence[Language]:
        return self.series.languages if self.series else LANGUAGES

    def _name(self, name: str) -> str:
        # The prefix makes browsers insist on Secure, this host and the whole path.
        return f"__Host-{name}" if self.secure else name


def _by_name(value: Callable[..., str]) -> Callable[[str], str]:
    return lambda name: value(*name.split("."))
