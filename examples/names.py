"""Invented names for the demo: nothing real may look as if it had said what is made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workshop.language import Multilingual

TOWN = Multilingual(bg="Бистрогора", en="Bistrogora")
"""No town or village of Bulgaria is called so."""
SHORT_NAME = "bistrogora"
WARNING = Multilingual(
    bg=(
        "СИНТЕТИЧНИ ДАННИ. Общината, организациите и всички мнения, оценки, гласове, ангажименти "
        "и дати тук са измислени и не изразяват позицията на никого."
    ),
    en=(
        "SYNTHETIC DATA. The municipality, the organisations and every opinion, rating, vote, "
        "commitment and date here are invented and express nobody’s position."
    ),
)
INVENTED: Mapping[str, Sequence[tuple[str, str]]] = {
    "public": (
        ("Екип „Умна Бистрогора“", "Smart Bistrogora Team"),
        ("Община Бистрогора", "Municipality of Bistrogora"),
        ("Хоризонт Бистрогора", "Horizon Bistrogora"),
        ("Бистрогораплан", "Bistrogoraplan"),
        ("Транспортен център – Бистрогора", "Bistrogora Transport Centre"),
        ("Фонд за развитие на Бистрогора", "Bistrogora Development Fund"),
        ("Градска библиотека – Бистрогора", "Bistrogora City Library"),
        ("Общинска болница – Бистрогора", "Bistrogora Municipal Hospital"),
    ),
    "private": (
        ("Съюз на софтуерните фирми в Бистрогора", "Bistrogora Union of Software Firms"),
        ("Работодатели за нова Бистрогора", "Employers for a New Bistrogora"),
        ("Асоциация „Дигитални плащания – Бистрогора“", "Bistrogora Digital Payments Association"),
        ("Асоциация „Сензори и роботи – Бистрогора“", "Bistrogora Sensors and Robots Association"),
        ("Бюро „Срещи в Бистрогора“", "Meet in Bistrogora Bureau"),
        (
            "Клъстер „Здраве и живи науки – Бистрогора“",
            "Bistrogora Health and Life Sciences Cluster",
        ),
        ("Клъстер „Разумни машини – Бистрогора“", "Bistrogora Reasoning Machines Cluster"),
        ("Търговци от чаршията на Бистрогора", "Bistrogora High Street Traders"),
        ("Хотелиери на Бистрогора", "Bistrogora Hoteliers"),
    ),
    "civic": (
        ("Център за гражданско право – Бистрогора", "Bistrogora Civic Law Centre"),
        ("Сдружение „Будни квартали на Бистрогора“", "Bistrogora Wakeful Neighbourhoods"),
        ("Клуб „Бистрогора без бариери“", "Bistrogora Without Barriers Club"),
        ("Младежки съвет – Бистрогора", "Bistrogora Youth Council"),
        ("Зелена Бистрогора", "Green Bistrogora"),
    ),
    "knowledge": (
        ("Технологичен парк – Бистрогора", "Bistrogora Technology Park"),
        ("Висше училище – Бистрогора", "Bistrogora College"),
        ("Природонаучен музей – Бистрогора", "Bistrogora Museum of Nature"),
        ("Езикова гимназия – Бистрогора", "Bistrogora Language School"),
    ),
}
"""By group and position; the town's name in each keeps them from being anybody's."""
GENERAL = (
    (r"в мрежата [A-Z]{2,6}\b", "в европейска мрежа от градове"),
    (r"in the [A-Z]{2,6} network\b", "in a European network of cities"),
)
PLACE = re.compile(r"\s(?:в|във|in)\s+([А-ЯA-Z][\w -]+)$")
"""The sample's title ends with its town: „… в Някъде“, "… in Somewhere"."""
BRACKETED = re.compile(r"\(([^)]*)\)|–\s*([^–]+)$")


class Names:
    """The invented names of one sample, and how to take the real ones out of its texts."""

    def __init__(self, sample: Mapping[str, Any]) -> None:
        self.organisations: dict[str, Multilingual] = {}
        used: dict[str, int] = {}
        for one in sample["organisations"]:
            group = one["group"]
            place = used[group] = used.get(group, -1) + 1
            self.organisations[one["id"]] = _invented(group, place, one)
        self._rules = [
            *self._rules_for(sample["organisations"]),
            *_rules_for_town(sample["meta"]),
            *GENERAL,
        ]

    def clean(self, words: str | None) -> str:
        """Return a text without any name of a real organisation or town."""
        answer = words or ""
        for pattern, instead in self._rules:
            answer = re.sub(pattern, instead, answer)
        return answer

    def both(self, line: Mapping[str, Any], name: str) -> Multilingual:
        """Return the two languages of a field: ``name_bg`` and ``name_en``."""
        return Multilingual(
            bg=self.clean(line.get(f"{name}_bg")), en=self.clean(line.get(f"{name}_en"))
        )

    def _rules_for(self, organisations: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
        rules = []
        for one in organisations:
            instead = self.organisations[one["id"]]
            for known, said in ((one["name_bg"], instead.bg), (one["name_en"], instead.en)):
                rules += [(rf"(?<!\w){re.escape(form)}(?!\w)", said) for form in _forms(known)]
        return sorted(rules, key=lambda rule: -len(rule[0]))


def _invented(group: str, place: int, one: Mapping[str, Any]) -> Multilingual:
    known = INVENTED.get(group, ())
    if place < len(known):
        return Multilingual(*known[place])
    # More organisations than names, or a group nobody thought of: the sample's own aliases.
    number = one["id"].removeprefix("ORG")
    return Multilingual(
        bg=one.get("alias_bg") or f"Организация {number}",
        en=one.get("alias_en") or f"Organisation {number}",
    )


def _rules_for_town(meta: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how to replace the sample's town, and in Bulgarian its adjective."""
    rules = []
    for title, instead in ((meta["title_bg"], TOWN.bg), (meta["title_en"], TOWN.en)):
        found = PLACE.search(title)
        if found:
            rules.append((rf"\b{re.escape(found[1])}\b", instead))
            stem = re.escape(found[1][:-1])
            rules += [
                (rf"\b{stem}\w*?ск(?=\w)", "Бистрогорск"),
                (rf"\b{stem[:1].lower()}{stem[1:]}\w*?ск(?=\w)", "бистрогорск"),
            ]
    return rules


def _forms(name: str) -> list[str]:
    """Return a full name, the name without its short form, and the short form."""
    short = [part.strip() for found in BRACKETED.findall(name) for part in found if part.strip()]
    long = BRACKETED.sub("", name).strip()
    return [form for form in dict.fromkeys([name, long, *short]) if len(form) > 2]
