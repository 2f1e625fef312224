"""Notice what would give a person away in a text meant for the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

# Every pattern looks at each sign a bounded number of times: 50,000 signs take milliseconds.
ADDRESS = re.compile(r"[\w.+-]@[\w-]+\.[\w-]")
NUMBER = re.compile(r"(?<![\d.,])\+?\d[\d\u00a0 ()/–-]*")
TEN_DIGITS = re.compile(r"(?<!\d)\d{10}(?!\d)", re.ASCII)
DAY = re.compile(r"\b\d{1,2}[/–-]\d{1,2}[/–-]\d{2,4}\b")
WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6)


def personal(typed: str) -> bool:
    """Return whether the text seems to hold an e-mail address, a telephone number or an ЕГН.

    A hint, never a lock: a facilitator decides. Numbers count as telephones from 9 digits with a
    leading 0, or 8 with a plus; years, sums and dates do not.
    """
    return (
        ADDRESS.search(typed) is not None
        or any(_is_citizen_number(found.group()) for found in TEN_DIGITS.finditer(typed))
        or any(_is_telephone(part) for part in _numbers(typed))
    )


def _numbers(typed: str) -> Iterator[str]:
    for found in NUMBER.finditer(DAY.sub(" . ", typed)):
        words = found.group().replace("\u00a0", " ").split()[:20]
        for place, word in enumerate(words):
            if word.startswith(("0", "+")) and word.strip("0"):  # not the zeros of 10 000
                yield " ".join(words[place:])
                break


def _is_telephone(number: str) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    if number.startswith("+"):
        return 8 <= digits <= 15
    return 9 <= digits <= 15


def _is_citizen_number(digits: str) -> bool:
    """Return whether ten digits are a Bulgarian personal number: a day of birth and a checksum."""
    numbers = [int(digit) for digit in digits]
    year, month, day = (int(digits[at : at + 2]) for at in (0, 2, 4))
    century, month = divmod(month, 20)
    try:
        date({0: 1900, 1: 1800, 2: 2000}[century] + year, month, day)
    except (KeyError, ValueError):
        return False
    total = sum(weight * number for weight, number in zip(WEIGHTS, numbers, strict=False))
    return total % 11 % 10 == numbers[9]
