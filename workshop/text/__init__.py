"""What people type: cleaned at the door, compared, counted as words, checked for privacy."""

from workshop.text.cleaning import LIMIT, clean, clean_words
from workshop.text.keys import norm_key, same
from workshop.text.likeness import Keys, Like, Pile, similar, suggest_themes
from workshop.text.privacy import personal
from workshop.text.words import cloud_words, lemmas, stop_words

__all__ = [
    "LIMIT",
    "Keys",
    "Like",
    "Pile",
    "clean",
    "clean_words",
    "cloud_words",
    "lemmas",
    "norm_key",
    "personal",
    "same",
    "similar",
    "stop_words",
    "suggest_themes",
]
