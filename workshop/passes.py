"""What lets people in: join codes, tokens, signed cookies, passwords, QR codes."""

from __future__ import annotations

import hashlib
import io
import re
import secrets
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from itsdangerous import BadData, URLSafeTimedSerializer

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SIGNS = "23456789ACDEFHJKMNPRTUVWXY"
"""26 signs nobody confuses when read aloud or typed on a phone."""
CODE_LENGTH = 6
# Cyrillic letters that look like a sign of the alphabet, and signs mistaken for another one.
_ALIKE_SIGNS = str.maketrans(
    {
        "А": "A",
        "С": "C",
        "Е": "E",
        "Н": "H",
        "К": "K",
        "М": "M",
        "Р": "P",
        "Т": "T",
        "У": "Y",
        "Х": "X",
        "Ј": "J",
        "З": "3",
        "Б": "6",
        "В": "8",
        "B": "8",
        "S": "5",
        "Ѕ": "5",
        "Z": "2",
        "G": "6",
        # What a phonetic Bulgarian keyboard writes for signs no Cyrillic letter looks like.
        "Д": "D",
        "Ф": "F",
        "Й": "J",
        "Ж": "V",
        "Ц": "C",
    }
)


def new_code() -> str:
    """Return a fresh join code of six signs (26^6, about 309 million)."""
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """Return the code somebody meant: upper case, look-alikes mapped, everything else dropped."""
    return _tidy(typed[:64])  # shortened first: what is remembered must not fill the memory


@lru_cache(maxsize=1024)
def _tidy(typed: str) -> str:
    upper = unicodedata.normalize("NFKC", typed).upper().translate(_ALIKE_SIGNS)
    return "".join(sign for sign in upper if sign in SIGNS)


def spaced(code: str) -> str:
    """Return a code in groups of four, as people read it aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def new_token() -> str:
    """Return a secret of 128 bits for a participant's cookie."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token; a random 128-bit token needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_mark(token: str) -> str:
    """Return what tells whether a token is still the one it was, and nothing of the token."""
    return token_hash(token)[:12]


class Signer:
    """Signs small values for cookies and addresses with the installation's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def sign(self, value: dict[str, Any], purpose: str) -> str:
        """Return ``value`` as signed text; ``purpose`` keeps one kind from passing as another."""
        return URLSafeTimedSerializer(self._secret, salt=purpose).dumps(value)

    def unsign(self, signed: str, purpose: str, max_age: int) -> dict[str, Any] | None:
        """Return the value signed at most ``max_age`` seconds ago, or None if it is not ours."""
        try:
            value = URLSafeTimedSerializer(self._secret, salt=purpose).loads(signed, max_age)
        except BadData:
            return None
        return value if isinstance(value, dict) else None


@cache
def _passwords() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),))


def new_password() -> str:
    """Return a password that can be read aloud: four groups of four signs."""
    return "-".join("".join(secrets.choice(SIGNS.lower()) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    """Return the argon2 hash of a password (about 0.2 s on purpose)."""
    return _passwords().hash(password)


def check_password(password: str, hashed: str) -> bool:
    """Return whether ``password`` is the one that was hashed."""
    return _passwords().verify(password, hashed)


def wifi_code(name: str, password: str = "", *, hidden: bool = False) -> str:
    """Return what a phone's camera reads as a Wi-Fi network; an empty password means an open one.

    The form is that of github.com/zxing/zxing/wiki/Barcode-Contents, but names and passwords made
    of hexadecimal signs get no quotes: iPhones take those for a part of the password.
    """
    kind = f"T:WPA;S:{_escaped(name)};P:{_escaped(password)};"
    if not password:
        kind = f"T:nopass;S:{_escaped(name)};"
    return f"WIFI:{kind}{'H:true;' if hidden else ''};"


def _escaped(words: str) -> str:
    return re.sub(r'([\\;,:"])', r"\\\1", words)


def qr_svg(address: str, title: str) -> str:
    """Return a QR code of ``address`` as an SVG picture with ``title`` for screen readers."""
    import segno

    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture,
        kind="svg",
        scale=8,
        border=2,
        xmldecl=False,
        svgns=True,
        title=title,
        dark="#1D1B1A",
        light="#FFFFFF",
        omitsize=True,
    )
    return picture.getvalue().decode()


def qr_png(address: str) -> bytes:
    """Return a QR code of ``address`` as a black and white picture for paper."""
    import segno

    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    return picture.getvalue()
