"""The style and script of the phone pages: named by their content, kept by browsers for a year."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOME = Path(__file__).with_name("assets")
ADDRESS = "/a/"
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
NOTE = re.compile(r"^\s*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
"""A comment on lines of its own; a line never begins inside a string in these files."""
ASIDE = re.compile(r"/\* [^*\n]*\*/")
"""A comment within a line."""
AROUND, AFTER = re.compile(r"\s*([{};,])\s*"), re.compile(r":\s+")
"""Where a style needs no space; before a colon it may stand between two selectors."""
BESIDE = re.compile(r" *([={}(),;?:&|<>!*\[\]]|(?<!\+ )\+(?! \+)) *")
"""Where a script needs no space: between two ``+`` and around ``-`` it does; lines stay lines."""
SAID = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")
"""A string; none in these files holds its own quotation mark."""
KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    name: str
    """With the hash of the content: "phone.1a2b3c4d.css"."""
    kind: str
    plain: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """Return all files by plain name ("phone.css"), read and packed once."""
    found: dict[str, Asset] = {}
    for path in sorted(HOME.iterdir()):
        if path.suffix in KINDS:
            plain = shortened(path.read_text(encoding="utf-8"), path.suffix).encode()
            mark = hashlib.sha256(plain).hexdigest()[:8]
            packed = gzip.compress(plain, 9, mtime=0)
            name = f"{path.stem}.{mark}{path.suffix}"
            found[path.name] = Asset(name, KINDS[path.suffix], plain, packed)
    return found


@cache
def by_address() -> dict[str, Asset]:
    """Return all files by their full address."""
    return {ADDRESS + one.name: one for one in assets().values()}


def address(name: str) -> str:
    """Return where a file is served ("phone.css")."""
    return ADDRESS + assets()[name].name


def shortened(source: str, kind: str) -> str:
    """Return a style or script without what is there for people only: notes, indents, spaces."""
    lines = (line.strip() for line in ASIDE.sub("", NOTE.sub("", source)).splitlines())
    # What stands in quotation marks stays as it is.
    parts = SAID.split("\n".join(line for line in lines if line))
    if kind == ".css":
        tight = [AFTER.sub(":", AROUND.sub(r"\1", part)).replace(";}", "}") for part in parts[::2]]
    else:
        tight = [BESIDE.sub(r"\1", part) for part in parts[::2]]
    parts[::2] = tight
    return "".join(parts)
