"""Reduce a text to a key for comparing: who typed the same thing, however they typed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from workshop.language import Language

LONGEST = 2000
"""Signs of a text that are compared; entries are far shorter."""
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[^\W_]+")
LATIN = re.compile(r"[a-z]")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
# Signs that look alike, capitals first because B, H, K, M and T only look alike there.
LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYaceopxykmt", "АВСЕНКМОРТХУасеорхукмт")

# How Bulgarian is written in Latin on phones: by the law, and by sound and look (6, 4, q, w).
# Longer spellings first; "y" is ъ between consonants ("byde") and й beside a vowel ("moy").
SPELLINGS: tuple[tuple[str, str], ...] = (
    ("sht", "щ"),
    ("6t", "щ"),
    ("dzh", "дж"),
    ("zh", "ж"),
    ("sh", "ш"),
    ("ch", "ч"),
    ("ts", "ц"),
    ("yu", "ю"),
    ("iu", "ю"),
    ("ya", "я"),
)
LETTERS = str.maketrans("abvgdejziklmnoprstufhcwxqy64", "абвгдежзиклмнопрстуфхцвхяй" + "шч")
END_IA = re.compile(r"ia\b")
Y_BETWEEN = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz64])y(?=[bcdfghjklmnpqrstvwxz64])")
NUMBER = re.compile(r"\d+")
PACKED = True
"""Dictionaries stay packed: half the time to load, a tenth of the memory (6 MB for both languages).

Looking a word up takes 25 microseconds instead of 8 then, and each is looked up once.
"""


def norm_key(typed: str, language: Language) -> str:
    """Return what is compared of a text; the text itself is always kept (method 3.0).

    Compatibility forms, tags away, lower case, letters and digits only; in words of mixed script
    Latin look-alikes become Cyrillic; and where the language is Bulgarian, a text wholly in Latin
    letters that reads better as Bulgarian than as English is written in Cyrillic.
    """
    return _key(typed[:LONGEST], language)


def same(a: str, b: str, language: Language = "bg") -> bool:
    """Return whether two texts are the same but for spacing, case, punctuation and script."""
    key = norm_key(a, language)
    return bool(key) and key == norm_key(b, language)


@lru_cache(maxsize=30000)
def _key(typed: str, language: Language) -> str:
    plain = TAG.sub(" ", unicodedata.normalize("NFKC", typed))
    words = [_one_script(word).casefold() for word in WORD.findall(plain)]
    joined = " ".join(words)
    if language == "bg" and LATIN.search(joined) and not CYRILLIC.search(joined):
        cyrillic = [_in_cyrillic(word) for word in words]
        if _reads_as_bulgarian(words, cyrillic):
            return " ".join(cyrillic)
    return joined


def _one_script(word: str) -> str:
    if LATIN.search(word.casefold()) and CYRILLIC.search(word):
        return word.translate(LOOK_ALIKES)
    return word


def _in_cyrillic(word: str) -> str:
    if NUMBER.fullmatch(word):
        return word
    spelled = Y_BETWEEN.sub("ъ", END_IA.sub("ия", word))
    for latin, cyrillic in SPELLINGS:
        spelled = spelled.replace(latin, cyrillic)
    return spelled.translate(LETTERS)


def _reads_as_bulgarian(latin: Sequence[str], cyrillic: Sequence[str]) -> bool:
    """Return whether dictionaries know more of the words as Bulgarian than as English.

    Each word counts by its length, so that "na" and "do", which are words in both, decide
    nothing. "AI can summarise citizen proposals" stays English; "nqma edno mqsto" does not. A
    text that neither knows keeps its letters: a wrong reading would only invent likeness.
    """
    bulgarian = english = 0
    for word, other in zip(latin, cyrillic, strict=True):
        if not NUMBER.fullmatch(word):
            bulgarian += len(word) * _is_known(other, "bg")
            english += len(word) * _is_known(word, "en")
    return bulgarian > english


@lru_cache(maxsize=20000)
def _is_known(word: str, language: Language) -> bool:
    from simplemma import is_known

    return bool(is_known(word, language, low_memory=PACKED))
