"""The words of a text: base forms for comparing, stop words, and counts for a word cloud."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from workshop.language import Language
from workshop.text.keys import CYRILLIC, PACKED, TAG, norm_key

LONGEST_WORD = 30
"""Longer "words" are noise; one of 100,000 signs would keep a word cloud busy for a minute."""
MOST_WORDS = 300
"""Words of one text that are counted."""
CLOUD = 60
"""Words in a cloud; more cannot be read from the last row."""
WORD = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*")
SENTENCE_END = frozenset(".!?…\n")

# stopwordsiso calls these empty, but in a workshop they are what people talk about.
KEPT = {
    "bg": "близо време глас година години годишен ден дни добра добро добър евтин екип живот "
    "забавям заедно заспал лесен лесно лош мек месец мокър нов нова нови новина равен равна "
    "син смях юмрук часа",
    "en": "better change changes clear computer early face faces free general goods great group "
    "grouped grouping groups help home homepage important information interest interested "
    "interests member members microsoft new number numbers old older open opened opening opens "
    "page pages place places poorly problem problems quickly recent research right rooms room "
    "serious small state states system volume webpage website welcome work worked working works "
    "year years young younger",
}
# What it does not know; lack is said of everything and so tells two cards apart from none.
ADDED = {
    "bg": "бъдем вкл всичките др други имаме имало искам искаме която което които липса липсата "
    "липсва липсват лв можем можеш наш наша нашата наше наши нашия напр например недостатъчен "
    "недостатъчна недостатъчни недостатъчно немного никаква никакво никакъв няма нямам нямаме "
    "нямат относно поради почти през просто самия своето своите своя свой свои спрямо стане "
    "става става тяхна тяхната техните трябват хем част части имам чл ал",
    "en": "lack lacking lacks missing insufficient",
}


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves, in lower case."""
    from stopwordsiso import stopwords

    listed: set[str] = {word.casefold() for word in stopwords(language)}
    return frozenset(listed - set(KEPT[language].split()) | set(ADDED[language].split()))


def lemmas(typed: str, language: Language) -> list[str]:
    """Return the base forms of the words that carry meaning, in order, for comparing only.

    Each word is looked up in the language of its letters, so English terms in a Bulgarian text
    find their own. Never show a base form to people: a few are wrong ("обучения" → "обуча").
    """
    found = (_base(word) for word in norm_key(typed, language).split()[:MOST_WORDS])
    return [base for base in found if base]


def cloud_words(
    texts: Sequence[str], language: Language, most: int = CLOUD
) -> list[tuple[str, float]]:
    """Return the words of a cloud with their weight: in how many different texts a word stands.

    Forms of a word count together and the commonest of them is shown. ``language`` decides whose
    reading holds for texts equal after normalising: they count once. The order of the texts does
    not matter.
    """
    weight: dict[str, int] = defaultdict(int)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    different = {norm_key(one, language): one for one in sorted(texts, reverse=True)}
    for key, one in different.items():
        read = CYRILLIC.search(key) and not CYRILLIC.search(one)  # Bulgarian in Latin letters
        bases, said = _said(key if read else one)
        for base, form in said:
            forms[base][form] += 1
        for base in bases:
            weight[base] += 1
    ranked = sorted(weight, key=lambda base: (-weight[base], base))[:most]
    return [(_commonest(forms[base]), float(weight[base])) for base in ranked]


@lru_cache(maxsize=30000)
def _said(typed: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """Return the base forms of a text's telling words, and each word with the form to be shown.

    Remembered: a wall counts the same thousands of texts again after each new one.
    """
    found = (
        (form.casefold() if form.isupper() else _base(form.casefold()), form)
        for form in _forms(typed)
    )
    said = tuple((base, form) for base, form in found if base)
    return frozenset(base for base, _ in said), said


def _forms(typed: str) -> Iterator[str]:
    """Yield the words as they should be shown: in lower case where only a sentence began."""
    typed = TAG.sub(" ", typed)
    loud = typed.isupper()
    for count, found in enumerate(WORD.finditer(typed)):
        word = found.group()
        if count >= MOST_WORDS:
            return
        if len(word) > LONGEST_WORD:
            continue
        acronym = word.isupper() and 2 <= len(word) <= 5 and not loud
        if acronym:
            yield word
        elif len(word) > 2:
            yield word.lower() if loud or _begins(typed, found.start()) else word


def _begins(typed: str, start: int) -> bool:
    before = typed[max(0, start - 5) : start].rstrip(" \t\u00a0„“\"'(-–—")
    return start == 0 or not before or before[-1] in SENTENCE_END


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], len(form), form))


@lru_cache(maxsize=20000)
def _base(word: str) -> str:
    """Return the base form of a lower-case word, or "" for one that says nothing."""
    from simplemma import lemmatize

    if len(word) < 2 or len(word) > LONGEST_WORD or not word[0].isalpha():
        return ""
    language = "bg" if CYRILLIC.search(word) else "en"
    empty = stop_words(language)
    base = str(lemmatize(word, language, low_memory=PACKED)).casefold()
    return "" if word in empty or base in empty else base
