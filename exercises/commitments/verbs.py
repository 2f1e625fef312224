"""Find out whether a commitment says what somebody will do, or hides behind a vague verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

from exercises.commitments import bulgarian, english
from workshop.text import norm_key

Doing: TypeAlias = Literal["verb", "noun", "nothing"]
"""A verb; only the noun of one („Изготвяне на“, "Drafting"); neither."""

Reader: TypeAlias = Callable[[Sequence[str]], Doing]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
CLAUSE = re.compile(r"[,;:.!?()\n–—]+")
CYRILLIC = re.compile(r"[а-яѝ]")

# „Да“, „ще“ and „нека“ announce a verb; short words may stand between.
ANNOUNCING = frozenset({"да", "ще", "нека"})
LITTLE = "се си го я ги му ѝ й им ни ви ме те не ми ти също така"
BETWEEN = frozenset(LITTLE.split())
FUNCTION = """
на за без чрез към от до по при през след преди с със в във под над между около според освен и
или но а то това тази този тези как кога къде какво кой всички всеки всяка нова нови една
"""
NO_VERB = frozenset(FUNCTION.split())
VERB_END = re.compile(r"(?:[аяеи]|[аяеи]м|[аяеи]ш|[ая]т|[аяеи]ме|[аяеи]те)$")
VERBAL_NOUN = re.compile(r"[аяе]не(?:то)?$")
RELATIVE_BG = re.compile(r"^(?:който|която|което|които|чийто|чиято|чиито|че|където|когато|ако)$")

ANNOUNCING_EN = frozenset({"will", "shall", "must", "i'll", "we'll", "they'll", "i’ll", "we’ll"})
PEOPLE_EN = frozenset({"i", "we", "they", "you"})
THING_AFTER = frozenset({"of", "for", "on", "about", "in", "from", "by", "at"})
RELATIVE_EN = frozenset({"which", "that", "who", "whose", "where", "if", "when"})
BEFORE_EN = frozenset({"please", "also", "then", "and", "not", "jointly", "together", "publicly"})

VAGUE_BG = re.compile(
    r"\b(?:съдейств\w*|подкреп\w*|подпомаг\w*|подпомогн\w*|обмисл\w*|насърч\w*|допринес\w*"
    r"|допринас\w*|опита(?:м|ме|т)?|опитва\w*|постара\w*|старае\w*|стреми\w*|стремят|участва\w*"
    r"|при необходимост|при възможност|при нужда|евентуално|по възможност|ако е възможно"
    r"|ако се наложи)\b"
)
VAGUE_EN = re.compile(
    r"\b(?:assists?|supports?|helps?|consider(?:s|ing)?|explores?|tr(?:y|ies)|encourages?"
    r"|contributes?|participates?|look into|if necessary|if needed|if possible|where possible"
    r"|where appropriate|as appropriate|as needed|when needed)\b"
)


def doing(action: str) -> Doing:
    """Return whether the words of a commitment hold a verb that somebody will do.

    Bulgarian: „да“ or „ще“ with a verb, or a present or imperative form of a known verb.
    English: an infinitive, "will" or "we" with a verb, or an imperative. What stands in a relative
    clause ("a calendar that unites …") does not count.
    """
    plain = action.casefold()
    if CYRILLIC.search(plain):
        return _read(plain, _bulgarian)
    found = _read(plain, _english)
    if found == "verb":
        return found
    typed_in_latin = norm_key(action, "bg")  # „Da izgotvi kalendar“
    return _read(typed_in_latin, _bulgarian) if CYRILLIC.search(typed_in_latin) else found


def vague_words(action: str) -> tuple[str, ...]:
    """Return the words that promise nothing which could be checked, as written, each once."""
    plain = action.casefold()
    if not CYRILLIC.search(plain):
        plain = f"{plain} | {norm_key(action, 'bg')}"
    found = [*VAGUE_BG.findall(plain), *VAGUE_EN.findall(plain)]
    return tuple(dict.fromkeys(found))


def _read(plain: str, one: Reader) -> Doing:
    found = [one(WORD.findall(clause)) for clause in CLAUSE.split(plain)]
    return "verb" if "verb" in found else "noun" if "noun" in found else "nothing"


def _bulgarian(words: Sequence[str]) -> Doing:
    for place, word in enumerate(words):
        if RELATIVE_BG.match(word):
            break
        if word in ANNOUNCING and _announced(words[place + 1 :]):
            return "verb"
        if word in bulgarian.finite():
            return "verb"
    named = any(len(word) > 6 and VERBAL_NOUN.search(word) for word in words[:2])
    return "noun" if named else "nothing"


def _announced(following: Sequence[str]) -> bool:
    """Return whether a verb follows „да“; up to two adverbs may stand between."""
    adverbs = 0
    for word in following:
        if word in BETWEEN:
            continue
        if word in NO_VERB:
            return False
        if VERB_END.search(word):
            return True
        adverbs += 1
        if adverbs > 2:
            return False
    return False


def _english(words: Sequence[str]) -> Doing:
    kept = list(_until_relative(words))
    for word, following in zip(kept, [*kept, ""][1:], strict=True):
        if word in ANNOUNCING_EN and following:
            return "verb"
        if word == "to" and following in english.bases() | english.gerunds():
            return "verb"
        if word in PEOPLE_EN and following in english.bases():
            return "verb"
        if word in english.sure():
            return "verb"
    while kept and (kept[0] in BEFORE_EN or kept[0].endswith("ly")):
        kept.pop(0)
    if not kept:
        return "nothing"
    first, second = kept[0], kept[1] if len(kept) > 1 else ""
    if first in english.bases():
        thing = first in english.NOUNS and (not second or second in THING_AFTER)
        return "nothing" if thing else "verb"
    return "noun" if first in english.gerunds() else "nothing"


def _until_relative(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word in RELATIVE_EN:
            return
        yield word
